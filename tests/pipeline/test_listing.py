"""A listing of several answers gives all that can be had of it, whichever of them fails."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from aggregator.model import Outcome
from tests.site import Page, Story

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.pipeline.conftest import House
    from tests.site import Site

    Build = Callable[..., House]

API = "/wp-json/wp/v2/posts"
FIELDS = (
    "&_embed=author,wp:term,wp:featuredmedia"
    "&_fields=id,date,date_gmt,modified,modified_gmt,guid,link,title,content,excerpt,_links,_embedded"
)


def _post(number: int, site: Site) -> dict[str, object]:
    at = f"2024-10-{number % 28 + 1:02d}T08:00:{number % 60:02d}"
    story = Story(number)
    return {
        "id": number,
        "date_gmt": at,
        "modified_gmt": at,
        "guid": {"rendered": f"{site.url}/?p={number}"},
        "link": f"{site.url}/text-{number}/",
        "title": {"rendered": story.title},
        "content": {"rendered": "".join(f"<p>{line}</p>" for line in story.body)},
    }


def _wordpress(site: Site, count: int, second: Page | None, headers: dict[str, str]) -> None:
    """A REST API that answers the first turn's questions."""
    posts = [_post(number, site) for number in range(count)]
    signal = f"{API}?per_page=50&orderby=modified&order=desc&_fields=id,modified_gmt&_envelope=1"
    archive = f"{API}?per_page=100&orderby=date&order=desc{FIELDS}"
    site.pages[signal] = Page(json.dumps({"body": posts[:50], "headers": {}}).encode(), "application/json")
    site.pages[archive] = Page(json.dumps(posts[:100]).encode(), "application/json", headers=headers)
    rest = Page(json.dumps(posts[100:]).encode(), "application/json", headers=headers)
    site.pages[f"{archive}&page=2"] = second or rest


@pytest.mark.parametrize("status", [400, 404])
def test_an_archive_that_ends_before_its_header_says_is_read_to_its_end(build: Build, status: int) -> None:
    house = build(kind="wordpress")
    _wordpress(
        house.sites[0], 100, Page(b'{"code":"rest_post_invalid_page_number"}', status=status), {"X-WP-TotalPages": "2"}
    )
    report = house.crawl(0)
    assert (report.counts.new, report.crawls[0].outcome) == (100, Outcome.CHANGED)
    assert house.crawl(2).crawls[0].outcome is Outcome.UNCHANGED


def test_an_archive_whose_header_a_proxy_drops_is_read_on_while_its_pages_are_full(build: Build) -> None:
    house = build(kind="wordpress")
    _wordpress(house.sites[0], 120, None, {})
    assert house.crawl(0).counts.new == 120


def test_a_further_page_that_breaks_costs_only_itself_and_is_asked_again(build: Build) -> None:
    house = build(kind="wordpress")
    site = house.sites[0]
    _wordpress(site, 120, Page(b"", status=500), {"X-WP-TotalPages": "2"})
    report = house.crawl(0)
    assert (report.counts.new, report.crawls[0].outcome) == (100, Outcome.FAILED)
    _wordpress(site, 120, None, {"X-WP-TotalPages": "2"})
    house.crawl(24)
    assert len(house.articles()) == 120


def _sitemaps(site: Site, children: dict[str, list[Story] | None], lastmod: str) -> None:
    entries = "".join(f"<sitemap><loc>{site.url}{path}</loc>{lastmod}</sitemap>" for path in children)
    site.pages["/nyheter/"] = Page(f"<sitemapindex>{entries}</sitemapindex>".encode(), "application/xml")
    for path, stories in children.items():
        if stories is not None:
            places = "".join(f"<url><loc>{site.url}{story.path}</loc></url>" for story in stories)
            site.pages[path] = Page(f"<urlset>{places}</urlset>".encode(), "application/xml")


def test_a_sitemap_that_is_gone_or_empty_does_not_cost_the_others_of_its_index(build: Build) -> None:
    house = build(kind="sitemap")
    site = house.sites[0]
    site.publish(*map(Story, range(3)))
    _sitemaps(site, {"/post-3.xml": None, "/post-2.xml": [], "/post-1.xml": site.stories}, "")
    assert house.crawl(0).counts.new == 3


@pytest.mark.parametrize("lastmod", ["", "<lastmod>2024-11-02</lastmod>"])
def test_an_index_that_does_not_tell_when_its_sitemaps_grow_is_read_through(build: Build, lastmod: str) -> None:
    house = build(kind="sitemap")
    site = house.sites[0]
    site.publish(*map(Story, range(2)))
    _sitemaps(site, {"/post-1.xml": list(site.stories)}, lastmod)
    house.crawl(0)
    site.publish(Story(2))
    _sitemaps(site, {"/post-1.xml": list(site.stories)}, lastmod)
    assert house.crawl(2).counts.new == 1


def test_an_index_that_tells_the_minute_costs_one_conditional_request(build: Build) -> None:
    house = build(kind="sitemap")
    site = house.sites[0]
    site.publish(*map(Story, range(2)))
    _sitemaps(site, {"/post-1.xml": list(site.stories)}, "<lastmod>2024-11-02T06:00:00+01:00</lastmod>")
    house.crawl(0)
    site.forget()
    house.crawl(2)
    assert site.asked() == [("/nyheter/", 304)]


def test_a_listing_that_has_moved_for_good_is_asked_at_its_new_address_though_it_never_changes(build: Build) -> None:
    house = build()
    site = house.sites[0]
    site.publish(*map(Story, range(2)))
    site.pages["/aktuellt/"] = site.pages["/nyheter/"]
    site.pages["/nyheter/"] = Page(b"", status=301, headers={"Location": "/aktuellt/"}, validators=False)
    for hours in (0, 2, 4):
        house.crawl(hours)
    house.crawl(6)
    site.forget()
    house.crawl(8)
    assert [line for line in site.asked() if "artikel" not in line[0]] == [("/aktuellt/", 304)]
