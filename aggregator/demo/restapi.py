"""The posts of WordPress's REST API: paging, filters, ``_fields``, ``_embed`` and ``_envelope`` as in WordPress 6.

WordPress itself sends no validators here; this site stands behind a cache that does, as many do.
https://developer.wordpress.org/rest-api/reference/posts/
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from aggregator.demo.answers import Answer, Ask, as_json, esc, iso
from aggregator.demo.paper import Paper, address, content, excerpt, post_id
from aggregator.demo.picture import PICTURE
from aggregator.demo.pieces import EPOCHS, STOCKHOLM, Piece, local, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def answer(paper: Paper, ask: Ask) -> Answer:
    """Whatever is asked of the API."""
    route = ask.path.removeprefix("/wp-json").rstrip("/")
    if route == "":
        return as_json({"name": paper.name, "url": ask.base, "home": ask.base, "namespaces": ["wp/v2"]})
    if route == "/wp/v2/posts":
        return _posts(paper, ask)
    one = route.removeprefix("/wp/v2/posts/")
    for piece in shown(paper.site, ask.epoch):
        if one == str(post_id(piece)):
            return as_json(_fields(_as_post(paper, ask, piece), ask.query))
    return _api_error(404, "rest_post_invalid_id" if one != route else "rest_no_route", "Ogiltigt.")


def _posts(paper: Paper, ask: Ask) -> Answer:
    per_page, number = (ask.query.get(key, default) for key, default in (("per_page", "10"), ("page", "1")))
    if not per_page.isdecimal() or not 1 <= int(per_page) <= 100:
        return _api_error(400, "rest_invalid_param", "Ogiltiga parametrar: per_page")
    pieces = _selected(paper, ask)
    pages = -(-len(pieces) // int(per_page))
    if not number.isdecimal() or int(number) > max(pages, 1):
        return _api_error(400, "rest_post_invalid_page_number", "Sidnumret är större än antalet sidor.")
    start = (int(number) - 1) * int(per_page)
    some = pieces[start : start + int(per_page)]
    headers = {"X-WP-Total": str(len(pieces)), "X-WP-TotalPages": str(pages)}
    if int(number) < pages:
        query = urlencode({**ask.query, "page": str(int(number) + 1)})
        headers["Link"] = f'<{ask.base}{ask.path}?{query}>; rel="next"'
    found = [_fields(_as_post(paper, ask, piece), ask.query) for piece in some]
    if "_envelope" in ask.query:
        counted = {"X-WP-Total": len(pieces), "X-WP-TotalPages": pages}
        return as_json({"body": found, "status": 200, "headers": counted}, etag=True)
    return as_json(found, headers=headers, etag=True)


def _selected(paper: Paper, ask: Ask) -> list[Piece]:
    """Filtered and sorted: ``after`` and its kin are strict, in the site's own time where they name no zone."""
    bounds = {key: _moment(ask.query[key]) for key in _BOUNDS if key in ask.query}
    pieces = [
        piece
        for piece in shown(paper.site, ask.epoch)
        if all(_BOUNDS[key](piece, bound) for key, bound in bounds.items())
    ]
    order = _ORDERS.get(ask.query.get("orderby", "date"), _ORDERS["date"])
    return sorted(pieces, key=order, reverse=ask.query.get("order") != "asc")


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text.replace(" ", "+"))
    return moment if moment.tzinfo else moment.replace(tzinfo=STOCKHOLM)


_ORDERS: Mapping[str, Callable[[Piece], float]] = {
    "date": lambda piece: (piece.at or EPOCHS[0]).timestamp(),
    "modified": lambda piece: (piece.changed_at or EPOCHS[0]).timestamp(),
    "id": lambda piece: piece.number,
}
_BOUNDS: Mapping[str, Callable[[Piece, datetime], bool]] = {
    "after": lambda piece, bound: piece.at is not None and piece.at > bound,
    "before": lambda piece, bound: piece.at is not None and piece.at < bound,
    "modified_after": lambda piece, bound: piece.changed_at is not None and piece.changed_at > bound,
    "modified_before": lambda piece, bound: piece.changed_at is not None and piece.changed_at < bound,
}


def _as_post(paper: Paper, ask: Ask, piece: Piece) -> dict[str, Any]:
    embedded = {"_embedded": _embedded(ask, piece)} if "_embed" in ask.query else {}
    at, changed_at = piece.at or ask.now, piece.changed_at or ask.now
    return {
        "id": post_id(piece),
        "date": local(at).strftime("%Y-%m-%dT%H:%M:%S"),
        "date_gmt": iso(at).rstrip("Z"),
        "guid": {"rendered": f"{ask.base}/?p={post_id(piece)}"},
        "modified": local(changed_at).strftime("%Y-%m-%dT%H:%M:%S"),
        "modified_gmt": iso(changed_at).rstrip("Z"),
        "slug": piece.slug,
        "status": "publish",
        "type": "post",
        "link": address(paper, ask, piece),
        "title": {"rendered": esc(piece.title).replace("–", "&#8211;").replace("”", "&#8221;")},
        "content": {"rendered": content(paper, piece), "protected": False},
        "excerpt": {"rendered": excerpt(paper, piece), "protected": False},
        "author": 1,
        "featured_media": post_id(piece) + 1 if piece.image else 0,
        "comment_status": "closed",
        "sticky": False,
        "format": "standard",
        "categories": [1],
        "tags": [],
        "_links": {"self": [{"href": f"{ask.base}/wp-json/wp/v2/posts/{post_id(piece)}"}]},
        **embedded,
    }


def _embedded(ask: Ask, piece: Piece) -> dict[str, Any]:
    """Author, categories and picture; the author's name is often left out, as in the theme."""
    term = {"id": 1, "name": piece.category.partition(" | ")[0] or "Nyheter", "taxonomy": "category"}
    embedded: dict[str, Any] = {"author": [{"id": 1, "name": piece.by}], "wp:term": [[term], []]}
    if piece.image:
        details = {"filesize": len(PICTURE), "width": 1, "height": 1}
        source = {"source_url": ask.base + piece.image, "mime_type": "image/png", "media_details": details}
        embedded["wp:featuredmedia"] = [source]
    return embedded


def _fields(post: dict[str, Any], query: Mapping[str, str]) -> dict[str, Any]:
    """``_fields=id,title.rendered``: a dotted name keeps its top one here."""
    if "_fields" not in query:
        return post
    wanted = {name.strip().partition(".")[0] for name in query["_fields"].split(",")}
    return {key: value for key, value in post.items() if key in wanted}


def _api_error(status: int, code: str, message: str) -> Answer:
    return as_json({"code": code, "message": message, "data": {"status": status}}, status=status)


def refused() -> Answer:
    """A paper that has closed its API."""
    return _api_error(401, "rest_login_required", "Du måste vara inloggad för att få åtkomst.")
