"""Sitemaps (https://www.sitemaps.org/protocol.html), news sitemaps, sitemap indexes, gzipped or plain → links."""

from __future__ import annotations

import html
import json
import re
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from aggregator import markup, urls
from aggregator.discover import feeds
from aggregator.discover.asked import at_path, fingerprint
from aggregator.discover.likeness import article_like
from aggregator.model import Link, Listing, Probe, Reason, Rejection, Request, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aggregator.discover.asked import Asked

MOST_CHILDREN: Final = 4
"""Sitemaps of an index that are read in one turn, the newest first."""
_GZIP: Final = b"\x1f\x8b"
_TAG: Final = r"<(?:\w{1,20}:)?%s(?:\s[^>]{0,500})?>"
_ENTRY: Final = re.compile(_TAG % "(?:url|sitemap)", re.IGNORECASE)
_URLSET: Final = re.compile(r"<(?:\w{1,20}:)?urlset[\s/>]", re.IGNORECASE)
_INDEX: Final = re.compile(_TAG % "sitemapindex", re.IGNORECASE)
_FIELD: Final = re.compile(
    r"<(?:\w{1,20}:)?(loc|lastmod|publication_date|title)(?:\s[^>]{0,200})?>\s*(?:<!\[CDATA\[)?([^<]{1,4000}?)(?:\]\]>)?\s*<",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(r"\d[T ]\d\d?:\d\d")
"""An index that tells no time of day, or no time at all, stays as it is when one of its sitemaps grows."""
_NUMBER: Final = re.compile(r"(\d{1,9})(?!.*\d)")
_NEWSY: Final = re.compile(r"news|nyhet|post(?!-tag)|artik|article|aktuellt|story|press", re.IGNORECASE)
_NAMED_NEWS: Final = re.compile(r"news|nyhet", re.IGNORECASE)
_OTHER: Final = re.compile(
    r"image|video|categor|kategori|tag|author|user|page|product|event|attachment|media|taxonom", re.IGNORECASE
)
_LONGEST_ENTRY: Final = 10_000


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of a sitemap."""

    url: str
    changed: str = ""
    published: str = ""
    title: str = ""


def probe(url: str, purpose: str = "listing") -> Probe:
    """The request for a sitemap. Purpose "news" takes nothing but news sitemaps: a list of all a site's pages is a
    poorer listing than its page of news."""
    request = Request(url=url, accept="application/xml,text/xml;q=0.9,*/*;q=0.5")
    return Probe(kind=SourceKind.SITEMAP, request=request, purpose=purpose)


def read(asked: Asked) -> Listing | Rejection:
    """A sitemap's article-like addresses; an index leads on to its newest children, one after the other."""
    found = _read(asked)
    # one of an index's sitemaps that cannot be read must not cost the others
    return (spared(asked) or found) if isinstance(found, Rejection) else found


def spared(asked: Asked) -> Listing | None:
    """Go on with an index's next sitemap after one that is not there; None where it was no index's."""
    return _go_on((), _queue(asked.memory), asked) if asked.probe.purpose == "child" else None


def _read(asked: Asked) -> Listing | Rejection:
    body = _unpacked(asked)
    if body is None:
        return asked.reject(Reason.BAD_ENCODING, "the packed sitemap is broken or too large")
    text = markup.xml_text(body, asked.content_type)
    if isinstance(text, Reason):
        return asked.reject(text, "the sitemap declares a document type")
    if feeds.is_feed(text):
        return feeds.read(asked)
    places = list(_plain(text) if "<" not in text[:200] else _places(text))
    if _INDEX.search(text[:5000]):
        return _index(places, asked)
    if not places and not _URLSET.search(text[:5000]):
        return asked.reject(Reason.NOT_PARSEABLE, "no address in it: not a sitemap")
    strict = "news" in (asked.probe.purpose, asked.memory.get("strict") if asked.probe.purpose == "child" else "")
    links = asked.links(_newest(_links(places, asked, strict=strict)))
    following = _queue(asked.memory) if asked.probe.purpose == "child" else []
    if places and not links and not following and asked.probe.purpose != "child":
        return asked.reject(Reason.NO_LINKS, "none of its addresses looks like an article's")
    return _go_on(links, following, asked)


def _unpacked(asked: Asked) -> bytes | None:
    """The body; a .xml.gz is unpacked, up to the source's cap on a page."""
    body = asked.snapshot.body
    if not body.startswith(_GZIP):
        return body
    cap = asked.source.bounds.max_page_bytes
    try:
        unpacked = zlib.decompressobj(wbits=31).decompress(body, cap + 1)
    except zlib.error:
        return None
    return unpacked if len(unpacked) <= cap else None


def _places(text: str) -> Iterator[Place]:
    """The entries, split at their opening tags, so that a broken sitemap gives what can be read of it."""
    for piece in _ENTRY.split(text)[1:]:
        fields: dict[str, str] = {}
        for name, value in _FIELD.findall(piece[:_LONGEST_ENTRY]):
            fields.setdefault(name.lower(), html.unescape(value).strip())
        if loc := fields.get("loc"):
            yield Place(loc, fields.get("lastmod", ""), fields.get("publication_date", ""), fields.get("title", ""))


def _plain(text: str) -> Iterator[Place]:
    """A sitemap of one address a line."""
    for line in text.splitlines():
        if line.strip().startswith(("http://", "https://")):
            yield Place(line.strip())


def _index(places: list[Place], asked: Asked) -> Listing | Rejection:
    if asked.probe.purpose == "child":
        return _go_on((), _queue(asked.memory), asked)
    children = [
        (url, place)
        for place in places
        if (url := asked.feed_address(place.url)) and urls.same_site(url, asked.url) and url != asked.url
    ]
    articles = [child for child in children if not _OTHER.search(urlsplit(child[0]).path) or _NEWSY.search(child[0])]
    if asked.probe.purpose == "news":
        articles = children = [child for child in children if _NAMED_NEWS.search(urlsplit(child[0]).path)]
    chosen = articles or children
    unsure = "" if all(_CLOCK.search(place.changed) for _, place in chosen) else "1"
    ordered = sorted(chosen, key=lambda child: _age(child[0], child[1], asked), reverse=True)
    queue = list(dict.fromkeys(url for url, _ in ordered))[:MOST_CHILDREN]
    if not queue:
        return asked.reject(Reason.NO_LINKS, "the sitemap index names no sitemap of this site")
    return _go_on((), queue, replace(asked, memory={**asked.memory, "unsure": unsure}))


def _age(url: str, place: Place, asked: Asked) -> tuple[bool, datetime, int]:
    path = urlsplit(url).path
    number = _NUMBER.search(path)
    changed = asked.moment(place.changed) or datetime.min.replace(tzinfo=UTC)
    return bool(_NEWSY.search(path)), changed, int(number[1]) if number else 0


def _go_on(links: tuple[Link, ...], queue: list[str], asked: Asked) -> Listing:
    """What was found, and the next sitemap of the queue; the way is remembered with the last."""
    if queue:
        return Listing(
            links=links,
            next_probe=probe(queue[0], "child"),
            memory={
                "queue": json.dumps(queue[1:]),
                "index": asked.memory.get("index") or asked.probe.request.url,
                "unsure": asked.memory.get("unsure", ""),
                "strict": asked.memory.get("strict", "") if asked.probe.purpose == "child" else asked.probe.purpose,
            },
        )
    index = asked.memory.get("index") if asked.probe.purpose == "child" else ""
    purpose = asked.memory.get("strict", "") if asked.probe.purpose == "child" else asked.probe.purpose
    return Listing(links=links, memory=asked.remember(index or None, queue="[]", index="", strict=purpose))


def _queue(memory: Mapping[str, str]) -> list[str]:
    try:
        queue = json.loads(memory.get("queue") or "[]")
    except (ValueError, RecursionError):
        return []
    return [url for url in queue if isinstance(url, str)] if isinstance(queue, list) else []


def _links(places: list[Place], asked: Asked, *, strict: bool) -> Iterator[Link]:
    below = _folder(asked.source.url)
    # a site that writes the same time of change everywhere tells nothing by it
    tells = len(places) < 5 or len({place.changed for place in places}) > 1
    for place in places:
        url = asked.address(place.url)
        if url is None or not urls.same_site(url, asked.url):
            continue
        news = bool(place.published or place.title)
        if not news and (strict or not _fits(url, below, asked)):
            continue
        yield Link(
            url=url,
            title=markup.plain(place.title) or None,
            published_at=asked.moment(place.published) or at_path(url, asked.now),
            updated_at=asked.moment(place.changed) if tells else None,
            fingerprint=fingerprint(place.title, place.changed if tells else "", place.published)
            if (place.changed and tells) or place.title
            else None,
        )


def _fits(url: str, below: str, asked: Asked) -> bool:
    """Whether a page of a general sitemap is an article of this source: by its globs, its folder, or its looks."""
    if asked.source.include:
        return True
    if below and asked.source.kind is not SourceKind.SITEMAP:
        path = urlsplit(url).path
        return path.startswith(below) and len(path) > len(below)
    return article_like(url)


def _folder(url: str) -> str:
    """The folder of the source's own page, in which its articles lie; nothing for a home page."""
    path = urlsplit(url).path if "://" in url else ""
    return path if path.endswith("/") and path != "/" else ""


def _newest(links: Iterable[Link]) -> list[Link]:
    oldest = datetime.min.replace(tzinfo=UTC)
    return sorted(links, key=lambda link: link.published_at or link.updated_at or oldest, reverse=True)
