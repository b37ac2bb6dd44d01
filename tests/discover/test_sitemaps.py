"""discover: a sitemap gives the addresses that look like articles, the newest first; an index leads to its newest."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from aggregator import discover
from aggregator.model import Bounds, Listing, Reason, Rejection, SourceKind
from tests.discover.shapes import NOW, listing, read, snapshot, source

SITEMAP = SourceKind.SITEMAP
URL = "https://paper.example/sitemap.xml"
XML = "application/xml"


def urlset(*entries: str) -> str:
    names = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return f'<?xml version="1.0"?><urlset {names}>' + "".join(f"<url>{entry}</url>" for entry in entries) + "</urlset>"


GENERAL = urlset(
    "<loc>https://paper.example/</loc><lastmod>2026-11-20</lastmod>",
    "<loc>https://paper.example/kontakt/</loc>",
    "<loc>https://paper.example/tag/brand-i-hus/</loc>",
    "<loc>https://paper.example/2024/05/02/brand-i-lada/</loc><lastmod>2024-05-03T10:00:00+02:00</lastmod>",
    "<loc>https://paper.example/nyheter/bron-over-an-ar-klar/?a=1&amp;b=2</loc><lastmod>2024-06-01</lastmod>",
    "<loc>https://annan.example/nyheter/inte-var-egen-text/</loc>",
    "<loc>https://paper.example/bilder/en-bild-fran-bron.jpg</loc>",
)


def test_a_general_sitemap_gives_articles_of_the_site_alone() -> None:
    links = listing(SITEMAP, URL, GENERAL, content_type=XML).links
    assert [link.url for link in links] == [
        "https://paper.example/nyheter/bron-over-an-ar-klar/?a=1&b=2",
        "https://paper.example/2024/05/02/brand-i-lada/",
    ]
    assert links[1].updated_at == datetime(2024, 5, 3, 8, tzinfo=UTC)
    assert links[1].published_at == datetime(2024, 5, 2, 10, tzinfo=UTC)


def test_a_news_sitemap_gives_title_and_time_whatever_its_addresses_look_like() -> None:
    entry = """<loc>https://paper.example/a17</loc><news:news><news:publication><news:name>P</news:name></news:publication>
<news:publication_date>2026-11-22T08:00:00+01:00</news:publication_date><news:title><![CDATA[Bron & ån]]></news:title>
</news:news>"""
    (link,) = listing(SITEMAP, URL, urlset(entry), content_type=XML).links
    assert (link.title, link.published_at) == ("Bron & ån", datetime(2026, 11, 22, 7, tzinfo=UTC))


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(GENERAL.encode()),
        GENERAL.replace("<urlset", "<s:urlset").replace("<url>", "<s:url>").replace("<loc>", "<s:loc>"),
        GENERAL[: GENERAL.index("annan.example")],
        "https://paper.example/2024/05/02/brand-i-lada/\nhttps://paper.example/nyheter/bron-over-an-ar-klar/?a=1&b=2\n",
    ],
)
def test_packed_prefixed_cut_and_plain_sitemaps_are_read(body: str | bytes) -> None:
    assert len(listing(SITEMAP, URL, body, content_type=XML).links) == 2


def test_a_general_sitemap_is_no_news_sitemap() -> None:
    probe = replace(discover.probes(source(URL, SITEMAP), None, ())[0], purpose="news")
    asked = source("https://paper.example/")
    result = discover.read(probe, snapshot(URL, GENERAL, {"content-type": XML}), asked, memory={}, now=NOW)
    assert isinstance(result, Rejection)
    assert result.reason is Reason.NO_LINKS


def test_the_same_time_of_change_everywhere_tells_nothing() -> None:
    entries = [
        f"<loc>https://paper.example/nyheter/en-text-om-{n}/</loc><lastmod>2026-11-22</lastmod>" for n in range(9)
    ]
    links = listing(SITEMAP, URL, urlset(*entries), content_type=XML).links
    assert {(link.updated_at, link.fingerprint) for link in links} == {(None, None)}


def test_a_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(b" " * 3_000_000)
    result = read(SITEMAP, URL, bomb, bounds=Bounds(max_page_bytes=1_000_000))
    assert isinstance(result, Rejection)
    assert result.reason is Reason.BAD_ENCODING


@pytest.mark.parametrize("body", ["", "<html></html>", "<!DOCTYPE x []><urlset></urlset>", "\x1f\x8bx"])
def test_what_is_no_sitemap_is_rejected(body: str) -> None:
    assert isinstance(read(SITEMAP, URL, body, content_type=XML), Rejection)


@pytest.mark.parametrize("body", ["<urlset></urlset>", urlset(), '<?xml version="1.0"?><urlset xmlns="x"/>'])
def test_a_sitemap_without_news_is_a_listing_all_the_same(body: str) -> None:
    assert listing(SITEMAP, URL, body, content_type=XML).links == ()


INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://paper.example/wp-sitemap-posts-post-1.xml</loc></sitemap>
<sitemap><loc>https://paper.example/wp-sitemap-posts-post-2.xml</loc></sitemap>
<sitemap><loc>https://paper.example/wp-sitemap-posts-page-1.xml</loc></sitemap>
<sitemap><loc>https://paper.example/wp-sitemap-taxonomies-category-1.xml</loc></sitemap>
<sitemap><loc>https://paper.example/wp-sitemap-users-1.xml</loc></sitemap>
<sitemap><loc>https://annan.example/sitemap-posts.xml</loc></sitemap></sitemapindex>"""


def test_an_index_leads_through_its_newest_sitemaps_and_is_what_is_remembered() -> None:
    memory: dict[str, str] = {}
    asked = source(URL, SITEMAP)
    bodies = {URL: INDEX, "https://paper.example/wp-sitemap-posts-post-2.xml": GENERAL}
    way, visited, links = discover.probes(asked, None, ())[0], [], 0
    while way is not None:
        url = way.request.url
        visited.append(url.rpartition("/")[2])
        body = bodies.get(url, urlset("<loc>https://paper.example/2020/01/01/gammal-nyhet/</loc>"))
        result = discover.read(way, snapshot(url, body, {"content-type": XML}), asked, memory=memory, now=NOW)
        assert isinstance(result, Listing)
        memory.update(result.memory)
        links += len(result.links)
        way = result.next_probe
    assert visited[:3] == ["sitemap.xml", "wp-sitemap-posts-post-2.xml", "wp-sitemap-posts-post-1.xml"]
    assert "wp-sitemap-users-1.xml" not in visited
    assert links >= 3
    again = discover.remembered(asked, memory)
    assert again is not None
    assert again.request.url == URL
