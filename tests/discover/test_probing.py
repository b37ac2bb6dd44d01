"""discover: the most structured way that a site offers comes first, and the way found is remembered."""

from __future__ import annotations

import json

import pytest

from aggregator import discover
from aggregator.model import Probe, SourceKind
from tests.discover.shapes import HTML, snapshot, source

SITE = "https://paper.example/"
API = '<link rel="https://api.w.org/" href="https://paper.example/wp-json/">'
FEED = '<link rel="alternate" type="application/rss+xml" title="Nyheter" href="/feed/">'
COMMENTS = '<link rel="alternate" type="application/rss+xml" title="P &raquo; Kommentarsflöde" href="/comments/feed/">'


def ways(
    head: str = "", *, url: str = SITE, body: str = "", link: str = "", sitemaps: tuple[str, ...] = ()
) -> list[tuple[str, str]]:
    home = snapshot(url, f"<!doctype html><html><head>{head}</head><body {body}><p>Hej</p></body></html>",
                    {"content-type": HTML, "link": link})  # fmt: skip
    return [described(probe) for probe in discover.probes(source(url), home, sitemaps)]


def described(probe: Probe) -> tuple[str, str]:
    return probe.kind.value, probe.request.url.partition("&")[0]


def test_api_feed_news_sitemap_and_page_in_that_order_and_a_general_sitemap_last() -> None:
    assert ways(API + COMMENTS + FEED, sitemaps=("https://paper.example/s.xml", "https://paper.example/news.xml")) == [
        ("wordpress", "https://paper.example/wp-json/wp/v2/posts?per_page=50"),
        ("feed", "https://paper.example/feed/"),
        ("sitemap", "https://paper.example/news.xml"),
        ("sitemap", "https://paper.example/s.xml"),
        ("page", "https://paper.example/"),
        ("sitemap", "https://paper.example/s.xml"),
        ("sitemap", "https://paper.example/news.xml"),
    ]


@pytest.mark.parametrize(
    ("head", "link", "api"),
    [
        ("", '<https://paper.example/wp-json/>; rel="https://api.w.org/"', "wp-json/wp/v2/posts"),
        ("", '</x>; rel=shortlink, <https://paper.example/api/>; rel="https://api.w.org/"', "api/wp/v2/posts"),
        ('<link rel="stylesheet" href="/wp-content/themes/a/style.css">', "", "wp-json/wp/v2/posts"),
        ('<link rel="https://api.w.org/" href="/?rest_route=/">', "", "?rest_route=/wp/v2/posts"),
    ],
)
def test_a_wordpress_is_known_by_its_header_its_link_or_its_files(head: str, link: str, api: str) -> None:
    kind, url = ways(head, link=link)[0]
    assert kind == "wordpress"
    assert url.partition("?per_page")[0].startswith(SITE + api)


def test_no_wordpress_is_guessed_where_nothing_speaks_for_it() -> None:
    assert "wordpress" not in dict(ways(FEED))


def test_a_section_of_a_wordpress_is_asked_for_alone() -> None:
    term = '<link rel="alternate" type="application/json" href="https://paper.example/wp-json/wp/v2/categories/12">'
    found = ways(API + term, url=SITE + "kommun/nora/", body='class="archive category"')
    assert found[0] == ("wordpress", "https://paper.example/wp-json/wp/v2/posts?categories=12")
    assert "wordpress" not in dict(ways(API, url=SITE + "kommun/nora/", body='class="archive category"'))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>', "feed"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed"),
        ("<urlset></urlset>", "sitemap"),
        (json.dumps([{"id": 1, "datetime": "2024-01-01", "location": {"name": "Nora"}}]), "police"),
    ],
)
def test_an_address_that_is_itself_a_feed_or_an_api_is_read_as_one(body: str, kind: str) -> None:
    (probe,) = discover.probes(source(SITE), snapshot(SITE, body, {"content-type": "text/plain"}), ())
    assert described(probe) == (kind, SITE)


@pytest.mark.parametrize(
    ("kind", "url", "expected"),
    [
        (SourceKind.PAGE, SITE + "nytt", [("page", SITE + "nytt")]),
        (SourceKind.PROJECTS, SITE + "projekt", [("projects", SITE + "projekt")]),
        (SourceKind.FEED, SITE + "a.rss", [("feed", SITE + "a.rss"), ("feed", SITE)]),
        (SourceKind.POLICE, SITE, [("police", SITE + "api/events")]),
        (SourceKind.POLICE, SITE + "api/events?a=b", [("police", SITE + "api/events?a=b")]),
    ],
)
def test_an_explicit_kind_gives_its_own_ways(kind: SourceKind, url: str, expected: list[tuple[str, str]]) -> None:
    assert [described(probe) for probe in discover.probes(source(url, kind), None, ())] == expected


def test_an_explicit_wordpress_falls_back_on_its_feed_and_its_page() -> None:
    kinds = [probe.kind.value for probe in discover.probes(source(SITE + "blogg", SourceKind.WORDPRESS), None, ())]
    assert kinds[0] == "wordpress"
    assert kinds.index("feed") < kinds.index("sitemap") < kinds.index("page")


def test_the_way_is_remembered_for_the_source_as_it_was_configured() -> None:
    memory = {"kind": "feed", "endpoint": SITE + "feed/", "for": SITE}
    remembered = discover.remembered(source(SITE), memory)
    assert remembered is not None
    assert described(remembered) == ("feed", SITE + "feed/")
    assert discover.remembered(source(SITE + "annat/"), memory) is None
    assert discover.remembered(source(SITE, SourceKind.POLICE), memory) is None
    assert discover.remembered(source(SITE), {}) is None
    assert discover.remembered(source(SITE), {**memory, "kind": "okänt"}) is None


def test_a_project_page_is_remembered_by_its_address() -> None:
    memory = {"kind": "projects", "endpoint": SITE}
    assert discover.remembered(source(SITE, SourceKind.PROJECTS), memory) is not None
    assert discover.remembered(source(SITE + "ny", SourceKind.PROJECTS), memory) is None


def test_of_a_sections_page_its_own_feed_is_taken_and_not_the_whole_sites() -> None:
    own = '<link rel="alternate" type="application/rss+xml" title="Nora" href="/kommun/nora/feed/">'
    found = ways(FEED + own, url=SITE + "kommun/nora/", body='class="archive tax-kommun"')
    assert [url for kind, url in found if kind == "feed"] == [SITE + "kommun/nora/feed/"]
    assert [url for kind, url in ways(FEED, url=SITE + "aktuellt/") if kind == "feed"] == [SITE + "feed/"]
