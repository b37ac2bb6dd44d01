"""RSS 0.9x, 1.0, 2.0, Atom and JSON Feed → links."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import feedparser
from selectolax.lexbor import LexborHTMLParser

from aggregator import markup
from aggregator.discover.asked import fingerprint
from aggregator.discover.jsonfeed import read_json
from aggregator.discover.wholeness import whole, without_footer
from aggregator.model import Link, Listing, Probe, Reason, Rejection, Request, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aggregator.discover.asked import Asked

ACCEPT: Final = "application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5"
OTHER_FEEDS: Final = re.compile(
    r"comment|kommentar|kalender|calendar|evenemang|event|lediga|jobb|podcast|podd|anslag", re.IGNORECASE
)
"""Titles and addresses of a site's feeds that are not its news."""
_TYPES: Final = re.compile(r"application/(?:rss|atom|feed|rdf)\+(?:xml|json)|application/json|text/xml", re.IGNORECASE)
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_ROOT: Final = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_HTML: Final = re.compile(r"<(?:!doctype\s+html|html|body|head)[\s>]", re.IGNORECASE)
_SKIPPED: Final = re.compile(r"<skipHours[^>]{0,50}>(.{0,2000}?)</skipHours>", re.IGNORECASE | re.DOTALL)
_HOUR: Final = re.compile(r"<hour[^>]{0,50}>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_PERIODS: Final = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_ENTRY_END: Final = re.compile(r"</(?:\w{1,20}:)?(item|entry)\s*>", re.IGNORECASE)
MOST_ENTRIES: Final = 500
LONGEST: Final = 4_000_000
"""Characters of a feed that are looked at."""
_LONGEST_WAIT: Final = timedelta(days=30)


def probe(url: str, purpose: str = "listing") -> Probe:
    """The request for a feed."""
    return Probe(kind=SourceKind.FEED, request=Request(url=url, accept=ACCEPT), purpose=purpose)


def read(asked: Asked) -> Listing | Rejection:
    """A feed's entries. What is no feed but a page that names one leads on to that feed, once."""
    text = markup.decode(asked.snapshot.body, asked.content_type)
    start = text[:2000].lstrip("\ufeff \t\r\n")
    if start[:1] in {"{", "["}:
        return _read_json(text, asked)
    if not _ROOT.search(start) and _HTML.search(start):
        return _lead_on(text, asked)
    xml = markup.xml_text(asked.snapshot.body, asked.content_type)
    if isinstance(xml, Reason):
        return asked.reject(xml, "the feed declares a document type")
    parsed = _parsed(_bounded(xml))
    if parsed is None or not (parsed["entries"] or (parsed["version"] and not parsed["broken"])):
        return asked.reject(Reason.NOT_PARSEABLE, "neither RSS, Atom nor JSON Feed")
    links = asked.links(link for entry in parsed["entries"] if (link := _link(dict(entry), asked)))
    return Listing(links=links, memory=asked.remember(), ttl=_ttl(parsed["feed"], xml, asked))


def is_feed(text: str) -> bool:
    """Whether an XML text is a feed by its root element."""
    return bool(_ROOT.search(text[:2000]))


def alternates(html: str, asked: Asked) -> Iterator[str]:
    """The addresses of the news feeds that a page names in its head, in its order."""
    tree = LexborHTMLParser(markup.cap_depth(html))
    for node in tree.css("link[rel~=alternate i][href], a[rel~=alternate i][href]"):
        named = f"{node.attributes.get('title') or ''} {node.attributes.get('href') or ''}"
        if not _TYPES.match(node.attributes.get("type") or "") or OTHER_FEEDS.search(named):
            continue
        if "oembed" in named or "/wp-json" in named or "rest_route" in named:
            continue
        url = asked.feed_address(node.attributes.get("href"))
        if url:
            yield url


def _read_json(text: str, asked: Asked) -> Listing | Rejection:
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return asked.reject(Reason.NOT_PARSEABLE, "neither RSS, Atom nor JSON Feed")
    return read_json(answer, asked)


def _lead_on(html: str, asked: Asked) -> Listing | Rejection:
    if asked.probe.purpose != "alternate":
        for url in alternates(html, asked):
            if url != asked.url:
                return Listing(next_probe=probe(url, "alternate"))
    return asked.reject(Reason.NOT_PARSEABLE, "a page, not a feed, and it names none")


def _bounded(xml: str) -> str:
    """The feed's first entries: feedparser takes seconds for a megabyte, and no newsroom's feed is that long."""
    for number, match in enumerate(_ENTRY_END.finditer(xml[:LONGEST]), start=1):
        if number == MOST_ENTRIES and len(xml) > match.end() + 100:
            return xml[: match.end()] + ("</feed>" if match[1].lower() == "entry" else "</channel></rss>")
    return xml[:LONGEST]


def _parsed(xml: str) -> dict[str, Any] | None:
    body = io.BytesIO(_DECLARATION.sub("", xml, count=1).encode("utf-8", "replace"))
    try:
        # The text is decoded already: feedparser is told so, and neither sanitises nor resolves.
        parsed = feedparser.parse(
            body,
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        # its fallback for broken XML is an SGML parser, which fails on hostile input in all these ways
        return None
    return {
        "version": parsed.get("version"),
        "broken": bool(parsed.get("bozo")),
        "entries": parsed.get("entries") or [],
        # plain dictionaries: feedparser's own invent keys ("updated" from "published") and warn of it
        "feed": dict(parsed.get("feed") or {}),
    }


def _link(entry: dict[str, Any], asked: Asked) -> Link | None:
    guid = _string(entry, "id")
    href = _string(entry, "feedburner_origlink") or _alternate(entry) or _string(entry, "link")
    url = asked.address(href or (guid if guid.startswith(("http://", "https://")) else ""))
    if url is None:
        return None
    content = without_footer(_content(entry))
    summary = without_footer(_string(entry, "summary"))
    if not content and whole(summary):
        content = summary
    title = markup.plain(_string(entry, "title"))
    updated = asked.moment(_string(entry, "updated"))
    published = asked.moment(_string(entry, "published") or _string(entry, "created")) or updated
    return Link(
        url=url,
        title=title or None,
        published_at=published,
        updated_at=updated,
        external_id=guid or None,
        lead=markup.plain(summary) or None,
        html=content or summary or None,
        complete=bool(title) and whole(content),
        authors=_authors(entry),
        category=next(iter(_terms(entry)), None),
        image_url=_image(entry, asked),
        fingerprint=fingerprint(title, content or summary, _string(entry, "updated")),
    )


def _string(entry: dict[str, Any], name: str) -> str:
    value = entry.get(name)
    return value.strip() if isinstance(value, str) else ""


def _mappings(entry: dict[str, Any], name: str) -> list[dict[str, Any]]:
    values = entry.get(name)
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _alternate(entry: dict[str, Any]) -> str:
    for link in _mappings(entry, "links"):
        if link.get("rel", "alternate") == "alternate" and _HTMLISH.match(_string(link, "type") or "text/html"):
            return _string(link, "href")
    return ""


_HTMLISH: Final = re.compile(r"text/html|application/xhtml", re.IGNORECASE)


def _content(entry: dict[str, Any]) -> str:
    """The longest content that is HTML or text."""
    bodies = [_string(body, "value") for body in _mappings(entry, "content")]
    return max(bodies, key=len, default="")


def _authors(entry: dict[str, Any]) -> tuple[str, ...]:
    names = [_string(author, "name") for author in _mappings(entry, "authors")] or [_string(entry, "author")]
    plain = [markup.plain(name) for name in names]
    return tuple(dict.fromkeys(name for name in plain if name and "@" not in name))


def _terms(entry: dict[str, Any]) -> list[str]:
    return [plain for tag in _mappings(entry, "tags") if (plain := markup.plain(_string(tag, "term")))]


def _image(entry: dict[str, Any], asked: Asked) -> str | None:
    for group, address in (("media_content", "url"), ("links", "href"), ("media_thumbnail", "url")):
        for media in _mappings(entry, group):
            if group == "links" and _string(media, "rel") != "enclosure":
                continue
            kind = _string(media, "type") or _string(media, "medium") or ("image" if "thumb" in group else "")
            if kind.startswith("image") and (url := asked.feed_address(_string(media, address))):
                return url
    return None


def _ttl(feed: dict[str, Any], xml: str, asked: Asked) -> timedelta | None:
    """What the feed itself says of coming back: ttl in minutes, sy:updatePeriod, skipHours (hours of GMT)."""
    waits = [_skip(xml, asked)]
    if (ttl := _string(feed, "ttl")).isdecimal() and len(ttl) < 8:
        waits.append(timedelta(minutes=int(ttl)))
    if period := _PERIODS.get(_string(feed, "sy_updateperiod").lower()):
        often = _string(feed, "sy_updatefrequency")
        waits.append(period / (int(often) if often.isdecimal() and 0 < int(often[:6]) < 10_000 else 1))
    return max((min(wait, _LONGEST_WAIT) for wait in waits if wait), default=None)


def _skip(xml: str, asked: Asked) -> timedelta | None:
    match = _SKIPPED.search(xml)
    hours = {int(hour) % 24 for hour in _HOUR.findall(match[1])} if match else set()
    ahead = 0
    while ahead < 24 and (asked.now + timedelta(hours=ahead)).hour in hours:
        ahead += 1
    if not 0 < ahead < 24:
        return None
    return timedelta(hours=ahead, minutes=-asked.now.minute, seconds=-asked.now.second)
