"""Which ways there are to read a source, best first, and the way that was found last time."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from aggregator import markup, urls
from aggregator.discover import feeds, page, police, sitemaps, wordpress
from aggregator.discover.asked import Asked
from aggregator.model import Probe, Request, Snapshot, Source, SourceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

POSTS: Final = "wp/v2/posts"
NEWS_SITEMAP: Final = "sitemap-news.xml"
"""Looked for where robots.txt names no sitemap."""
_API_LINK: Final = re.compile(r"<([^<>]{1,2000})>\s*;[^,]{0,300}?rel\s*=\s*\"?https://api\.w\.org/", re.IGNORECASE)
_WORDPRESS: Final = re.compile(r"/wp-(?:content|includes)/|content=[\"']WordPress", re.IGNORECASE)
_ARCHIVE: Final = re.compile(r"(?:^|\s)(?:category|tag|author|date|tax-\S+|archive)(?:\s|$)", re.IGNORECASE)
_TERM: Final = re.compile(r"/wp/v2/(categories|tags|users)/(\d{1,12})\b")
_TERM_QUERY: Final = {"categories": "categories", "tags": "tags", "users": "author"}
_NEWS: Final = re.compile(r"news|nyhet", re.IGNORECASE)


def probes(source: Source, home: Snapshot | None, sitemap_urls: Sequence[str]) -> tuple[Probe, ...]:
    """The ways to read a source, best first: API, feed, sitemap, page.

    ``home`` is the page at ``source.url``, needed for kind ``auto`` alone; ``sitemap_urls`` are those that robots.txt
    names. An explicit kind gives its own ways and what is likeliest to stand in for them.
    """
    ways = (
        _EXPLICIT[source.kind](source, sitemap_urls) if source.kind in _EXPLICIT else _auto(source, home, sitemap_urls)
    )
    distinct: dict[tuple[str, str, str], Probe] = {}
    for way in ways:
        distinct.setdefault((way.kind, way.purpose, way.request.url), way)
    return tuple(distinct.values())


def remembered(source: Source, memory: Mapping[str, str]) -> Probe | None:
    """The way that was found last time; None where there is none, or the source has been configured anew."""
    kind, endpoint = memory.get("kind", ""), memory.get("endpoint", "")
    if kind not in _REMEMBERED or not endpoint:
        return None
    if kind == SourceKind.PROJECTS:
        return _REMEMBERED[kind](endpoint, memory) if endpoint == source.url else None
    if memory.get("for") != source.url or source.kind is SourceKind.PROJECTS:
        return None
    if source.kind is not SourceKind.AUTO and kind != source.kind and kind not in _STAND_INS.get(source.kind, ()):
        return None
    return _REMEMBERED[kind](endpoint, memory)


def _wordpress_again(endpoint: str, memory: Mapping[str, str]) -> Probe:
    """The small question; where the archive is not read to its end yet, the whole."""
    return wordpress.first_question(endpoint, memory) if memory.get("backlog") else wordpress.signal(endpoint)


_STAND_INS: Final = {SourceKind.WORDPRESS: (SourceKind.FEED, SourceKind.SITEMAP, SourceKind.PAGE)}
"""Kinds whose ways may end in another kind."""
_REMEMBERED: Final[dict[str, Callable[[str, Mapping[str, str]], Probe]]] = {
    SourceKind.WORDPRESS: _wordpress_again,
    SourceKind.FEED: lambda endpoint, _: feeds.probe(endpoint),
    SourceKind.SITEMAP: lambda endpoint, memory: sitemaps.probe(endpoint, memory.get("strict") or "listing"),
    SourceKind.POLICE: lambda endpoint, _: police.probe(endpoint),
    SourceKind.PAGE: lambda endpoint, _: page.probe(endpoint),
    SourceKind.PROJECTS: lambda endpoint, _: Probe(kind=SourceKind.PROJECTS, request=Request(url=endpoint)),
}


def _auto(source: Source, home: Snapshot | None, sitemap_urls: Sequence[str]) -> Iterator[Probe]:
    if home is None:
        yield page.probe(source.url)
        return
    text = markup.decode(home.body, home.headers.get("content-type"))
    itself = _what_it_is(text)
    if itself is not None:
        yield itself(source.url)
        return
    html = markup.cap_depth(text)
    asked = _asked(source, home)
    tree = LexborHTMLParser(html)
    yield from _wordpress(tree, text, asked)
    for url in _feeds(tree, html, asked):
        yield feeds.probe(url)
    if _WORDPRESS.search(text):
        yield feeds.probe(_below(asked.url, "feed/"))
    named = [url for url in sitemap_urls if urls.resolve(source.url, url)]
    newsy = [url for url in named if _NEWS.search(urlsplit(url).path)]
    for url in (*newsy, *(url for url in named if url not in newsy)) or (_below(source.url, NEWS_SITEMAP, root=True),):
        yield sitemaps.probe(url, "news")
    yield page.probe(source.url)
    for url in named:
        yield sitemaps.probe(url)


def _feeds(tree: LexborHTMLParser, html: str, asked: Asked) -> list[str]:
    """The feeds that a page names, its own section's first; of a section's page, no other."""
    found = list(feeds.alternates(html, asked))
    folder = urlsplit(asked.url).path
    own = [url for url in found if len(folder) > 1 and urlsplit(url).path.startswith(folder)]
    others = [] if len(folder) > 1 and _section(tree) != "" else [url for url in found if url not in own]
    return own + others


def _asked(source: Source, home: Snapshot) -> Asked:
    return Asked(probe=page.probe(source.url), snapshot=home, source=source, memory={}, now=home.fetched_at)


def _what_it_is(text: str) -> Callable[[str], Probe] | None:
    """How to read an address that is no page: a feed, a sitemap, an API."""
    start = text[:4000].lstrip("\ufeff \t\r\n")
    if start[:1] in {"{", "["}:
        return _json_kind(text)
    if feeds.is_feed(start) and "<html" not in start.lower():
        return feeds.probe
    if re.search(r"<(?:\w{1,20}:)?(?:urlset|sitemapindex)[\s>]", start):
        return sitemaps.probe
    return None


def _json_kind(text: str) -> Callable[[str], Probe] | None:
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return None
    first = answer[0] if isinstance(answer, list) and answer else None
    if isinstance(first, dict) and "location" in first and "datetime" in first:
        return police.probe
    if isinstance(first, dict) and "link" in first and "date_gmt" in first:
        return wordpress.signal
    return feeds.probe if isinstance(answer, dict) and "items" in answer else None


def _wordpress(tree: LexborHTMLParser, text: str, asked: Asked) -> Iterator[Probe]:
    """The API that the page names, with the page's own section where it shows only one."""
    named = _named_api(tree, asked)
    if named is None and not _WORDPRESS.search(text):
        return
    api = named or _below(asked.url, "wp-json/", root=True)
    section = _section(tree)
    if section is None:
        return
    endpoint = _join(api, POSTS, section)
    yield wordpress.signal(endpoint)


def _named_api(tree: LexborHTMLParser, asked: Asked) -> str | None:
    header = _API_LINK.search(asked.snapshot.headers.get("link", ""))
    if header and (url := asked.feed_address(header[1])):
        return url
    node = tree.css_first('link[rel="https://api.w.org/"][href]')
    return asked.feed_address(node.attributes.get("href")) if node is not None else None


def _section(tree: LexborHTMLParser) -> str | None:
    """The query that narrows the API to the page's section; "" for the whole site, None where it cannot be told."""
    for node in tree.css("link[rel~=alternate][type='application/json'][href]"):
        match = _TERM.search(node.attributes.get("href") or "")
        if match:
            return f"{_TERM_QUERY[match[1]]}={match[2]}"
    classes = (tree.body.attributes.get("class") or "") if tree.body is not None else ""
    return None if _ARCHIVE.search(classes) else ""


def _below(url: str, path: str, *, root: bool = False) -> str:
    """An address in the folder of another, or at its site's root."""
    whole = urlsplit(url)
    folder = "/" if root else whole.path if whole.path.endswith("/") else whole.path + "/"
    return urlunsplit((whole.scheme, whole.netloc, folder + path, "", ""))


def _join(api: str, route: str, query: str = "") -> str:
    """A route of the REST API, which is a path, or ``?rest_route=`` on sites without pretty addresses."""
    if "rest_route=" in api:
        return api.rstrip("/") + "/" + route + (f"&{query}" if query else "")
    return api.rstrip("/") + "/" + route + (f"?{query}" if query else "")


def _explicit_wordpress(source: Source, sitemap_urls: Sequence[str]) -> Iterator[Probe]:
    whole = urlsplit(source.url)
    root = _below(source.url, "", root=True)
    if "/wp-json" in whole.path or "rest_route" in parse_qs(whole.query):
        endpoint = source.url if POSTS in source.url else _join(source.url, POSTS)
        sites = [urlunsplit((whole.scheme, whole.netloc, whole.path.partition("wp-json")[0] or "/", "", ""))]
        yield wordpress.signal(endpoint)
    else:
        sites = list(dict.fromkeys((_below(source.url, ""), root)))
        for site in sites:
            yield wordpress.signal(_below(site, "wp-json/" + POSTS))
        yield wordpress.signal(f"{root}?rest_route=/{POSTS}")
    for site in sites:
        yield feeds.probe(_below(site, "feed/"))
    yield from (sitemaps.probe(url) for url in sitemap_urls or (_below(root, "wp-sitemap.xml"),))
    yield page.probe(source.url)


def _explicit_feed(source: Source, _sitemap_urls: Sequence[str]) -> Iterator[Probe]:
    yield feeds.probe(source.url)
    # where the feed has moved, the site's home page names its new address
    yield feeds.probe(_below(source.url, "", root=True))


def _explicit_sitemap(source: Source, sitemap_urls: Sequence[str]) -> Iterator[Probe]:
    yield sitemaps.probe(source.url)
    for url in sitemap_urls:
        yield sitemaps.probe(url)
    for name in (NEWS_SITEMAP, "news-sitemap.xml", "sitemap.xml", "sitemap_index.xml", "wp-sitemap.xml"):
        yield sitemaps.probe(_below(source.url, name, root=True))


def _explicit_police(source: Source, _sitemap_urls: Sequence[str]) -> Iterator[Probe]:
    named = "/api/" in source.url
    yield police.probe(source.url if named else _below(source.url, "api/events", root=True))


def _explicit_page(source: Source, _sitemap_urls: Sequence[str]) -> Iterator[Probe]:
    yield page.probe(source.url)


def _explicit_projects(source: Source, _sitemap_urls: Sequence[str]) -> Iterator[Probe]:
    yield Probe(kind=SourceKind.PROJECTS, request=Request(url=source.url))


_EXPLICIT: Final[dict[SourceKind, Callable[[Source, Sequence[str]], Iterator[Probe]]]] = {
    SourceKind.WORDPRESS: _explicit_wordpress,
    SourceKind.FEED: _explicit_feed,
    SourceKind.SITEMAP: _explicit_sitemap,
    SourceKind.POLICE: _explicit_police,
    SourceKind.PAGE: _explicit_page,
    SourceKind.PROJECTS: _explicit_projects,
}
