"""A paper on WordPress: REST API, feed, sitemap and archive listings, as WordPress 6 gives them.

How an article and a listing look is the theme's matter: a ``Paper`` names its two pages and its permalinks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aggregator.demo.answers import Answer, Ask, as_json, esc, iso, missing, moved, page, rfc822, robots, xml
from aggregator.demo.pieces import EPOCHS, STOCKHOLM, Piece, body, every, local, shown, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PER_PAGE = 10
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63d8f3e73f00059702cbb7cfebd00000000049454e44ae426082"
)
"""The smallest PNG: every picture of the region."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One WordPress site: its name, what its addresses look like, and its theme."""

    site: str
    name: str
    permalink: Callable[[Piece], str]
    article: Callable[[Ask, Piece], str]
    listing: Callable[[Ask, str, Sequence[Piece]], str]
    api: bool = True
    """Whether the REST API is open; many papers close it."""
    stub: Callable[[Piece], str] | None = None
    """What the feed gives of a text, where it is less than all."""


def answer(paper: Paper, ask: Ask) -> Answer:
    """Whatever is asked of a WordPress site."""
    if ask.path.startswith("/wp-json"):
        return _api(paper, ask) if paper.api else _refused()
    fixed = _FIXED.get(ask.path)
    if fixed is not None:
        return fixed(paper, ask)
    if ask.path.startswith("/wp-content/uploads/"):
        return Answer(body=PICTURE, media_type="image/png", compressible=False)
    if "p" in ask.query:
        return _by_number(paper, ask)
    return _article(paper, ask) or _archive(paper, ask) or missing("Sidan hittades inte")


def content(paper: Paper, piece: Piece) -> str:
    """The body as the editor has it in WordPress: caption first, and the closing block with "Källa"."""
    caption = f"<p>{esc(piece.caption)}</p>\n" if piece.caption else ""
    closing = [piece.category, paper.name if piece.category else "", piece.closing]
    lines = [esc(line) for line in closing if line]
    return caption + body(piece.text) + (f"\n<p>{'<br />'.join(lines)}</p>" if lines else "")


def post_id(piece: Piece) -> int:
    """WordPress's own number of an article."""
    return 20000 + piece.number * 17


def _address(paper: Paper, ask: Ask, piece: Piece) -> str:
    return ask.base + paper.permalink(piece)


def _article(paper: Paper, ask: Ask) -> Answer | None:
    for piece in every(paper.site, ask.epoch):
        address = paper.permalink(piece)
        if address.rstrip("/") != ask.path.rstrip("/"):
            continue
        if piece.until is not None and ask.epoch >= piece.until:
            return moved(f"{ask.base}/{piece.moved_to}/") if piece.moved_to else missing()
        if ask.path != address:
            return moved(ask.base + address)
        link = f'<{ask.base}/wp-json/>; rel="https://api.w.org/"'
        return page(paper.article(ask, piece), headers={"Link": link} if paper.api else {}, etag=False)
    return None


def _by_number(paper: Paper, ask: Ask) -> Answer:
    for piece in shown(paper.site, ask.epoch):
        if str(post_id(piece)) == ask.query["p"]:
            return moved(_address(paper, ask, piece))
    return missing()


def _archive(paper: Paper, ask: Ask) -> Answer | None:
    """/category/…/, /tag/…/ and /kommun/…/, with /page/N/."""
    kind, _, rest = ask.path.strip("/").partition("/")
    name, _, number = rest.partition("/page/")
    pieces = [piece for piece in shown(paper.site, ask.epoch) if name and name in piece.more.get(kind, "")]
    number = number.strip("/") or "1"
    if kind not in {"category", "tag", "kommun"} or not pieces or not number.isdecimal():
        return None
    some = pieces[(int(number) - 1) * PER_PAGE : int(number) * PER_PAGE]
    heading = f"All posts tagged “{name}”" if kind == "tag" else name.capitalize()
    return page(paper.listing(ask, heading, some)) if some else None


def _home(paper: Paper, ask: Ask) -> Answer:
    return page(paper.listing(ask, paper.name, shown(paper.site, ask.epoch)[:PER_PAGE]))


def _feed(paper: Paper, ask: Ask) -> Answer:
    pieces = shown(paper.site, ask.epoch)[:PER_PAGE]
    newest = max(piece.changed_at for piece in shown(paper.site, ask.epoch) if piece.changed_at)
    items = "\n".join(_item(paper, ask, piece) for piece in pieces)
    return xml(
        f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:atom="http://www.w3.org/2005/Atom"
	xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
	xmlns:slash="http://purl.org/rss/1.0/modules/slash/">
<channel>
	<title>{paper.name}</title>
	<atom:link href="{ask.base}/feed/" rel="self" type="application/rss+xml" />
	<link>{ask.base}</link>
	<description>Lokala nyheter varje dag</description>
	<lastBuildDate>{rfc822(newest)}</lastBuildDate>
	<language>sv-SE</language>
	<sy:updatePeriod>hourly</sy:updatePeriod>
	<sy:updateFrequency>1</sy:updateFrequency>
	<generator>https://wordpress.org/?v=6.6.2</generator>
{items}
</channel>
</rss>
""",
        modified_at=newest.replace(microsecond=0),
    )


def _item(paper: Paper, ask: Ask, piece: Piece) -> str:
    address = _address(paper, ask, piece)
    whole = f"\n\t\t<content:encoded><![CDATA[{content(paper, piece)}]]></content:encoded>"
    return f"""	<item>
		<title>{esc(piece.title)}</title>
		<link>{address}</link>
		<comments>{address}#respond</comments>
		<dc:creator><![CDATA[{piece.by}]]></dc:creator>
		<pubDate>{rfc822(piece.at or ask.now)}</pubDate>
		<category><![CDATA[{piece.category.partition(" | ")[0] or "Nyheter"}]]></category>
		<guid isPermaLink="false">{ask.base}/?p={post_id(piece)}</guid>
		<description><![CDATA[{_excerpt(paper, piece)}]]></description>{"" if paper.stub else whole}
		<wfw:commentRss>{address}feed/</wfw:commentRss>
		<slash:comments>0</slash:comments>
	</item>"""


def _excerpt(paper: Paper, piece: Piece) -> str:
    text = paper.stub(piece) if paper.stub else words(piece.text, 55).replace("...", " [&#8230;]")
    return f"<p>{text}</p>"


def _sitemap_index(_paper: Paper, ask: Ask) -> Answer:
    return xml(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<sitemap><loc>{ask.base}/wp-sitemap-posts-post-1.xml</loc></sitemap></sitemapindex>",
        "application/xml; charset=UTF-8",
    )


def _sitemap(paper: Paper, ask: Ask) -> Answer:
    urls = "".join(
        f"<url><loc>{_address(paper, ask, piece)}</loc><lastmod>{iso(piece.changed_at or ask.now)}</lastmod></url>"
        for piece in shown(paper.site, ask.epoch)
    )
    return xml(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>',
        "application/xml; charset=UTF-8",
    )


def _robots(_paper: Paper, ask: Ask) -> Answer:
    return robots(
        f"User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n\nSitemap: {ask.base}/wp-sitemap.xml\n"
    )


def _api(paper: Paper, ask: Ask) -> Answer:
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
        query = "&".join(f"{key}={value}" for key, value in ask.query.items() if key != "page")
        headers["Link"] = f'<{ask.base}{ask.path}?{query}&page={int(number) + 1}>; rel="next"'
    return as_json([_fields(_as_post(paper, ask, piece), ask.query) for piece in some], headers=headers)


def _selected(paper: Paper, ask: Ask) -> list[Piece]:
    """Filtered and sorted: ``after`` and its kin are strict, in the site's own time where they name no zone."""
    bounds = {key: _moment(ask.query[key]) for key in _BOUNDS if key in ask.query}
    pieces = [
        piece
        for piece in shown(paper.site, ask.epoch)
        if all(_BOUNDS[key](piece, bound) for key, bound in bounds.items())
    ]
    by_change = ask.query.get("orderby") == "modified"
    pieces.sort(
        key=lambda piece: (piece.changed_at if by_change else piece.at) or EPOCHS[0],
        reverse=ask.query.get("order") != "asc",
    )
    return pieces


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text.replace(" ", "+"))
    return moment if moment.tzinfo else moment.replace(tzinfo=STOCKHOLM)


_BOUNDS: Mapping[str, Callable[[Piece, datetime], bool]] = {
    "after": lambda piece, bound: piece.at is not None and piece.at > bound,
    "before": lambda piece, bound: piece.at is not None and piece.at < bound,
    "modified_after": lambda piece, bound: piece.changed_at is not None and piece.changed_at > bound,
    "modified_before": lambda piece, bound: piece.changed_at is not None and piece.changed_at < bound,
}


def _as_post(paper: Paper, ask: Ask, piece: Piece) -> dict[str, Any]:
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
        "link": _address(paper, ask, piece),
        "title": {"rendered": esc(piece.title).replace("–", "&#8211;").replace("&quot;", "&#8221;")},
        "content": {"rendered": content(paper, piece), "protected": False},
        "excerpt": {"rendered": _excerpt(paper, piece), "protected": False},
        "author": 1,
        "featured_media": 0,
        "comment_status": "closed",
        "sticky": False,
        "format": "standard",
        "jetpack_featured_media_url": f"{ask.base}{piece.image}" if piece.image else "",
        "categories": [1],
        "tags": [],
        "_links": {"self": [{"href": f"{ask.base}/wp-json/wp/v2/posts/{post_id(piece)}"}]},
    }


def _fields(post: dict[str, Any], query: Mapping[str, str]) -> dict[str, Any]:
    """``_fields=id,title.rendered``: a dotted name keeps its top one here."""
    if "_fields" not in query:
        return post
    wanted = {name.strip().partition(".")[0] for name in query["_fields"].split(",")}
    return {key: value for key, value in post.items() if key in wanted}


def _api_error(status: int, code: str, message: str) -> Answer:
    return as_json({"code": code, "message": message, "data": {"status": status}}, status=status)


def _refused() -> Answer:
    return _api_error(401, "rest_login_required", "Du måste vara inloggad för att få åtkomst.")


_FIXED: Mapping[str, Callable[[Paper, Ask], Answer]] = {
    "/": _home,
    "/feed/": _feed,
    "/feed": lambda _paper, ask: moved(f"{ask.base}/feed/"),
    "/robots.txt": _robots,
    "/sitemap.xml": lambda _paper, ask: moved(f"{ask.base}/wp-sitemap.xml", 302),
    "/wp-sitemap.xml": _sitemap_index,
    "/wp-sitemap-posts-post-1.xml": _sitemap,
}
