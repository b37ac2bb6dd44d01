"""WordPress by its REST API (https://developer.wordpress.org/rest-api/reference/posts/) → links.

The first question of a turn is small: the ids and times of change of the posts changed last, and how many there are
in all. As long as the answer is the same, nothing was published, edited or binned. (The feed would answer with a 304,
but its Last-Modified is the newest change of anything, pages included: it hides deletions and backdated posts, and
caches serve it stale. See docs/decisions/0302.)

When it moved, posts are asked for by time of change (edits), by time of publication (scheduled posts, whose change
lies before their publication) and, where their number moved, by id (backdated ones). The first time the archive is
read from its newest end, a bounded number of pages a turn, until it is whole.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from aggregator import dates, markup
from aggregator.discover.asked import LOCAL, fingerprint
from aggregator.discover.wholeness import without_footer, words_cut_short
from aggregator.model import Link, Listing, Probe, Reason, Rejection, Request, SourceKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aggregator.discover.asked import Asked

PAGE: Final = 100
"""Posts a page; the API's own limit."""
PAGES_A_TURN: Final = 10
"""Archive pages read in one turn; what is left waits for the next."""
OVERLAP: Final = timedelta(hours=3)
"""How far behind the newest time seen we ask again: clocks differ, and some sites take our UTC for local time."""
FIELDS: Final = "id,date,date_gmt,modified,modified_gmt,guid,link,title,content,excerpt,_links,_embedded"
JSON: Final = "application/json"
_SHORTCODE: Final = re.compile(r"\[/?(?:vc_|et_pb_|fusion_|av_|cs_)[a-z_]+")
_SHORTEST: Final = 60
"""Characters of text below which a post's content is a caption or a player, and the page is fetched."""
_OWN: Final = frozenset({
    "per_page", "page", "orderby", "order", "status", "_fields", "_embed", "_envelope", "before", "after",
    "modified_after", "modified_before",
})  # fmt: skip


def signal(endpoint: str) -> Probe:
    """The small question: what changed last, and how many posts are there."""
    query = {"per_page": "50", "orderby": "modified", "order": "desc", "_fields": "id,modified_gmt", "_envelope": "1"}
    return Probe(kind=SourceKind.WORDPRESS, request=_request(endpoint, query), purpose="signal", endpoint=endpoint)


def posts(endpoint: str, **query: str) -> Probe:
    """One page of posts; ``endpoint`` is the collection's address, and may carry a query of its own."""
    asked = {"per_page": str(PAGE), "orderby": "date", "order": "desc", **query}
    asked |= {"_embed": "author,wp:term,wp:featuredmedia", "_fields": FIELDS}
    return Probe(kind=SourceKind.WORDPRESS, request=_request(endpoint, asked), endpoint=endpoint)


def _request(endpoint: str, query: Mapping[str, str]) -> Request:
    whole = urlsplit(endpoint)
    own = [(name, value) for name, value in parse_qsl(whole.query) if name not in _OWN]
    return Request(url=urlunsplit(whole._replace(query=urlencode([*own, *query.items()], safe=":,/"))), accept=JSON)


def first_question(endpoint: str, memory: Mapping[str, str]) -> Probe:
    """What to ask the API: all the archive at first, afterwards what changed."""
    if changed := memory.get("modified_after"):
        return posts(endpoint, orderby="modified", modified_after=changed)
    return posts(endpoint)


def read(asked: Asked) -> Listing | Rejection:
    """One answer of the API; the next question is in ``next_probe`` until all has been asked.

    Memory: ``total``, ``seen_modified`` and ``seen_date`` gather while the pages are read; ``modified_after``,
    ``after`` and ``backlog`` (where the archive is to be continued) come with the last page only.
    """
    try:
        answer = json.loads(markup.decode(asked.snapshot.body, asked.content_type))
    except (ValueError, RecursionError):
        return asked.reject(Reason.NOT_PARSEABLE, "the API did not answer in JSON")
    if asked.probe.purpose == "signal":
        return _read_signal(answer, asked)
    if not isinstance(answer, list):
        return asked.reject(Reason.NOT_PARSEABLE, "the API did not answer with a list of posts")
    found = [post for post in answer if isinstance(post, dict)]
    links = asked.links(link for post in found if (link := _link(post, asked)))
    if found and not links and not (asked.source.include or asked.source.exclude):
        return asked.reject(Reason.NOT_PARSEABLE, "the API's items are no posts")
    seen = _seen(found, asked.memory)
    following = _next(asked, found, seen)
    if isinstance(following, Probe):
        return Listing(links=links, next_probe=following, memory=seen)
    return Listing(links=links, memory={**seen, **following})


def past_the_end(asked: Asked) -> Listing | None:
    """Go on after a page of posts that is not there: the one before was the last. None where it was no further page."""
    if not _page_of(asked):
        return None
    following = _next(asked, [], asked.memory)
    if isinstance(following, Probe):
        return Listing(next_probe=following)
    return Listing(memory=following)


def _page_of(asked: Asked) -> str:
    return dict(parse_qsl(urlsplit(asked.probe.request.url).query)).get("page", "")


def _read_signal(answer: object, asked: Asked) -> Listing | Rejection:
    envelope = answer if isinstance(answer, dict) else {"body": answer}
    if not isinstance(envelope.get("body"), list) or not asked.probe.endpoint:
        return asked.reject(Reason.NOT_PARSEABLE, "the API did not answer with a list of posts")
    headers = envelope.get("headers")
    total = str(headers.get("X-WP-Total", "")) if isinstance(headers, dict) else ""
    grown = _number(total, 0) - _number(asked.memory.get("total", ""), 0)
    return Listing(
        next_probe=first_question(asked.probe.endpoint, asked.memory),
        memory={"total": total, "grown": str(max(grown, 0))},
    )


def _next(asked: Asked, found: list[dict[str, Any]], seen: Mapping[str, str]) -> Probe | dict[str, str]:
    """The next question, or the memory that ends the chain: changed, then published, then by id, then the archive."""
    endpoint = asked.probe.endpoint or asked.probe.request.url.partition("?")[0]
    query = dict(parse_qsl(urlsplit(asked.probe.request.url).query))
    page = _number(query.get("page", ""), 1)
    # where a proxy drops the header, a full page says that there may be another
    pages = _number(asked.snapshot.headers.get("x-wp-totalpages", ""), page + (len(found) >= PAGE))
    grown = _number(asked.memory.get("grown", ""), 0)
    if page < min(pages, PAGES_A_TURN) and _worth_turning(query, found, read_so_far=page * PAGE, grown=grown):
        return _turned(asked.probe, page + 1)
    if "modified_after" in query:
        return posts(endpoint, order="asc", after=asked.memory.get("after") or _back(seen.get("seen_date")))
    if "after" in query and grown:
        return posts(endpoint, orderby="id")
    backlog = asked.memory.get("backlog", "")
    if backlog and ("after" in query or query.get("orderby") == "id"):
        return posts(endpoint, before=backlog)
    archive = "after" not in query and query.get("orderby") != "id"
    return _remembered(asked, endpoint, seen, backlog=_oldest(found) if archive and page < pages else "")


def _worth_turning(query: Mapping[str, str], found: list[dict[str, Any]], *, read_so_far: int, grown: int) -> bool:
    """Whether the next page can hold what is asked for."""
    if "modified_after" in query:
        return _passes(found, "modified_gmt", query["modified_after"])
    return query.get("orderby") != "id" or read_so_far < grown


def _remembered(asked: Asked, endpoint: str, seen: Mapping[str, str], *, backlog: str) -> dict[str, str]:
    return asked.remember(
        endpoint,
        modified_after=_back(seen.get("seen_modified")),
        after=_back(seen.get("seen_date")),
        backlog=backlog,
        grown="0",
    )


def _turned(probe: Probe, page: int) -> Probe:
    whole = urlsplit(probe.request.url)
    query = {**dict(parse_qsl(whole.query)), "page": str(page)}
    url = urlunsplit(whole._replace(query=urlencode(query, safe=":,/")))
    return replace(probe, request=replace(probe.request, url=url))


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else otherwise


def _passes(found: list[dict[str, Any]], field: str, bound: str) -> bool:
    """Whether the whole page lies above the bound; a WordPress before 5.7 does not know modified_after."""
    last = _utc(found[-1].get(field)) if found else None
    limit = dates.parse(bound, tz=UTC)
    return last is not None and limit is not None and last > limit.at


def _seen(found: list[dict[str, Any]], memory: Mapping[str, str]) -> dict[str, str]:
    """The newest time of change and of publication so far, in UTC without a zone, as the API writes them."""
    newest = {}
    for name, field in (("seen_modified", "modified_gmt"), ("seen_date", "date_gmt")):
        times = [at for post in found if (at := _utc(post.get(field)))]
        before = _utc(memory.get(name))
        if latest := max([*times, *([before] if before else [])], default=None):
            newest[name] = latest.strftime("%Y-%m-%dT%H:%M:%S")
    return newest


def _back(seen: str | None) -> str:
    at = _utc(seen)
    return (at - OVERLAP).strftime("%Y-%m-%dT%H:%M:%SZ") if at else "1970-01-01T00:00:00Z"


def _oldest(found: list[dict[str, Any]]) -> str:
    times = [at for post in found if (at := _utc(post.get("date_gmt")))]
    # the posts of that very second, and of a site's three hours of confusion, are asked again
    return (min(times) + OVERLAP).strftime("%Y-%m-%dT%H:%M:%SZ") if times else ""


def _utc(text: object) -> datetime | None:
    moment = dates.parse(text, tz=UTC) if isinstance(text, str) else None
    return moment.at if moment else None


def _link(post: dict[str, Any], asked: Asked) -> Link | None:
    url = asked.address(_text(post.get("link")))
    title = markup.plain(_rendered(post, "title"))
    if url is None or not isinstance(post.get("id"), int):
        return None
    body = without_footer(_rendered(post, "content"))
    guarded = bool(isinstance(content := post.get("content"), dict) and content.get("protected"))
    published = dates.settle(_moment(post, "date"), asked.now)
    embedded = post.get("_embedded")
    more = _embedded(embedded) if isinstance(embedded, dict) else {}
    return Link(
        url=url,
        title=title or None,
        published_at=published,
        updated_at=dates.settle(_moment(post, "modified"), asked.now),
        external_id=html.unescape(_rendered(post, "guid")) or f"{asked.source.id}:{post['id']}",
        lead=without_footer(markup.plain(_rendered(post, "excerpt"))) or None,
        html=body or None,
        complete=bool(title) and not guarded and _whole(body),
        fingerprint=fingerprint(title, body, post.get("modified_gmt") or post.get("modified")),
        **more,
    )


def _moment(post: dict[str, Any], name: str) -> dates.Moment | None:
    for field, tz in ((f"{name}_gmt", UTC), (name, LOCAL)):
        text = post.get(field)
        if isinstance(text, str) and (moment := dates.parse(text, tz=tz)):
            return moment
    return None


def _whole(body: str) -> bool:
    text = markup.plain(body)
    return len(text) >= _SHORTEST and not words_cut_short(text) and not _SHORTCODE.search(text)


def _embedded(embedded: dict[str, Any]) -> dict[str, Any]:
    """Authors, category and picture, as far as the site lets them be seen."""
    names = tuple(name for author in _items(embedded.get("author")) if (name := _text(author.get("name"))))
    terms = [
        name
        for group in embedded.get("wp:term") or ()
        if isinstance(group, list)
        for term in _items(group)
        if term.get("taxonomy") == "category" and (name := markup.plain(_text(term.get("name")) or ""))
    ]
    images = [url for media in _items(embedded.get("wp:featuredmedia")) if (url := _text(media.get("source_url")))]
    return {
        "authors": tuple(markup.plain(name) for name in names),
        "category": terms[0] if terms else None,
        "image_url": images[0] if images else None,
    }


def _items(group: object) -> list[dict[str, Any]]:
    return [item for item in group if isinstance(item, dict)] if isinstance(group, list) else []


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _rendered(post: dict[str, Any], field: str) -> str:
    value = post.get(field)
    inner = value.get("rendered") if isinstance(value, dict) else value
    return markup.strip_forbidden(inner) if isinstance(inner, str) else ""
