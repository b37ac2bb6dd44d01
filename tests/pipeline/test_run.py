"""What a run does, seen from outside: requests, articles, versions, the next check."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from aggregator.errors import ConfigError
from aggregator.model import Hints, Outcome, Reason
from tests.pipeline.conftest import START
from tests.site import Page, Story

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.pipeline.conftest import House
    from tests.site import Site

    Build = Callable[..., House]


def test_a_first_run_reads_every_article_of_the_listing(build: Build) -> None:
    house = build()
    house.sites[0].publish(*map(Story, range(12)))
    report = house.crawl(0)
    assert report.counts.new == 12
    titles = {kept.article.title for kept in house.articles()}
    assert titles == {story.title for story in house.sites[0].stories}
    bodies = {kept.article.title: kept.article.text for kept in house.articles()}
    assert all(bodies[story.title] == "\n\n".join(story.body) for story in house.sites[0].stories)


def test_a_paragraph_that_stands_in_the_midst_of_every_article_stays_in_each(build: Build) -> None:
    house = build()
    standing = "Kommunens arbete med trygghet i centrum fortsätter under hela hösten, meddelar förvaltningen i dag."
    for story in map(Story, range(6)):
        house.sites[0].publish(replace(story, body=(story.body[0], standing, *story.body[1:])))
    house.crawl(0)
    assert [standing in kept.article.text for kept in house.articles()] == [True] * 6


def test_an_unchanged_listing_costs_one_conditional_request(build: Build) -> None:
    house = build()
    house.sites[0].publish(*map(Story, range(5)))
    house.crawl(0)
    house.sites[0].forget()
    report = house.crawl(2)
    assert house.sites[0].asked() == [("/nyheter/", 304)]
    assert [crawl.outcome for crawl in report.crawls] == [Outcome.UNCHANGED]


def test_a_listing_without_validators_that_did_not_change_is_unchanged_by_its_hash(build: Build) -> None:
    house = build()
    site = house.sites[0]
    site.publish(*map(Story, range(5)))
    site.pages["/nyheter/"].validators = False
    house.crawl(0)
    site.forget()
    assert [crawl.outcome for crawl in house.crawl(2).crawls] == [Outcome.UNCHANGED]
    assert site.asked() == [("/nyheter/", 200)]


def test_an_edited_page_becomes_a_version_once(build: Build) -> None:
    house = build()
    site = house.sites[0]
    site.publish(*map(Story, range(3)))
    house.crawl(0)
    old = house.articles()[1]
    site.publish(Story(1, edition=1))
    assert house.crawl(2).counts.updated == 1
    site.publish(Story(7))
    assert house.crawl(4).counts.updated == 0
    edited = house.articles()[1]
    assert [version.text for version in edited.versions] == [old.article.text]
    assert edited.updated_at == START + timedelta(hours=2)
    assert edited.fetched_at == START


def test_a_page_that_vanishes_stays_in_the_archive_marked_and_leaves_the_feeds(build: Build) -> None:
    house = build()
    site = house.sites[0]
    site.publish(*map(Story, range(3)))
    house.crawl(0)
    gone = site.stories[1]
    site.withdraw(gone)
    assert house.crawl(2).counts.gone == 1
    marked = {kept.article.title: kept.gone_at for kept in house.articles()}
    assert marked.pop(gone.title) == START + timedelta(hours=2)
    assert set(marked.values()) == {None}
    assert gone.title.encode() not in house.written()["alla.atom"]


def test_a_new_hint_reaches_young_pages_though_the_site_says_that_nothing_changed(build: Build) -> None:
    house = build()
    house.sites[0].publish(*map(Story, range(2)))
    house.crawl(0)
    hinted = replace(house.config.sources[0], hints=Hints(end_at=(Story(1).body[2][:20],)))
    house.config = replace(house.config, sources=(hinted,))
    house.crawl(4)
    texts = {kept.article.title: kept.article.text for kept in house.articles()}
    assert texts[Story(1).title] == "\n\n".join(Story(1).body[:2])
    house.sites[0].forget()
    house.crawl(6)
    assert house.sites[0].asked() == [("/nyheter/", 304)]


def test_what_a_turns_cap_leaves_is_fetched_by_the_next_turns_though_the_listing_is_unchanged(build: Build) -> None:
    house = build(max_new_pages="4")
    house.sites[0].publish(*map(Story, range(10)))
    assert [house.crawl(hours).counts.new for hours in (0, 2, 4, 6)] == [4, 4, 2, 0]
    assert len(house.articles()) == 10


def test_pages_that_are_not_there_count_towards_the_cap(build: Build) -> None:
    house = build(max_new_pages="4")
    site = house.sites[0]
    site.publish(*map(Story, range(10)))
    for story in site.stories:
        site.pages[story.path].status = 404
    house.crawl(0)
    assert len(site.asked()) == 1 + 4


def test_a_page_that_fails_is_tried_again_until_it_succeeds(build: Build) -> None:
    house = build()
    site = house.sites[0]
    site.publish(*map(Story, range(3)))
    site.pages[site.stories[0].path].status = 500
    assert house.crawl(0).counts.new == 2
    site.pages[site.stories[0].path].status = 200
    runs = [house.crawl(hours).counts.new for hours in (12, 48)]
    assert sum(runs) == 1
    assert len(house.articles()) == 3


def test_retry_after_is_obeyed_by_the_next_runs(build: Build) -> None:
    house = build()
    site = house.sites[0]
    site.publish(Story(1))
    good = site.pages["/nyheter/"]
    site.pages["/nyheter/"] = Page(b"", status=503, headers={"Retry-After": "10800"})
    crawl = house.crawl(0).crawls[0]
    assert crawl.reason is Reason.RETRY_LATER
    site.pages["/nyheter/"] = good
    site.forget()
    house.crawl(1)
    house.crawl(2, "blad-0")
    assert site.log == []
    assert house.crawl(3.5).counts.new == 1


def test_a_failing_source_is_asked_ever_more_seldom_and_never_forgotten(build: Build) -> None:
    house = build()
    house.sites[0].pages["/nyheter/"] = Page(b"", status=500)
    tried = [hour for hour in range(0, 24 * 14, 2) if house.crawl(hour).crawls]
    gaps = [later - earlier for earlier, later in itertools.pairwise(tried)]
    assert len(tried) >= 6
    assert gaps[-1] > gaps[0]
    assert max(gaps) <= 50
    house.sites[0].publish(Story(1))
    assert house.crawl(24 * 17).counts.new == 1


def test_the_same_story_word_for_word_in_two_papers_is_one_article_at_two_addresses(build: Build) -> None:
    house = build(2)
    for site in house.sites:
        site.publish(Story(1))
    report = house.crawl(0)
    assert (report.counts.new, report.counts.duplicates) == (1, 1)
    only = house.articles()[0]
    assert [address.source_id for address in only.addresses] == ["blad-0", "blad-1"]


def test_robots_txt_is_obeyed(build: Build) -> None:
    house = build()
    site = house.sites[0]
    site.publish(*map(Story, range(2)))
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /nyheter/artikel-nummer-1\n", "text/plain")
    house.crawl(0)
    assert [kept.article.title for kept in house.articles()] == [Story(0).title]
    assert site.asked(Story(1).path) == []


def test_a_feeds_folder_that_cannot_be_written_is_in_the_report_and_what_was_crawled_is_saved(build: Build) -> None:
    house = build()
    house.sites[0].publish(*map(Story, range(2)))
    house.feeds.write_text("in the way", "utf-8")
    report = house.crawl(0)
    assert report.counts.new == 2
    assert [name for name, _ in report.published.failed] == [str(house.feeds)]
    house.feeds.unlink()
    house.crawl(0.1)
    assert b"nummer 1" in house.written()["alla.rss"]


def test_a_source_that_nobody_knows_is_an_error_that_names_the_nearest(build: Build) -> None:
    with pytest.raises(ConfigError, match=r'"blad-9"; did you mean "blad-0"'):
        build().crawl(0, "blad-9")


def _feed(site: Site, entries: dict[str, Story | str], *, whole: bool = False) -> None:
    """Publish a feed: the source's own id → the story at its usual path, or at the path given with it."""
    items = []
    for name, told in entries.items():
        story = told if isinstance(told, Story) else Story(int(name))
        path = told if isinstance(told, str) else story.path
        text = "".join(f"&lt;p&gt;{line}&lt;/p&gt;" for line in story.body)
        body = f"<content:encoded>{text}</content:encoded>" if whole else f"<description>{story.body[0]}</description>"
        items.append(
            f'<item><title>{story.title}</title><link>{path}</link><guid isPermaLink="false">{name}</guid>{body}</item>'
        )
    xml = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Bladet</title>'
        f"<link>{site.url}/</link><description>Nyheter</description>{''.join(items)}</channel></rss>"
    )
    site.pages["/nyheter/"] = Page(xml.encode(), "application/rss+xml")


@pytest.mark.parametrize("whole", [False, True])
def test_an_article_that_its_feed_gives_a_new_address_follows_it_and_is_not_gone(build: Build, *, whole: bool) -> None:
    house = build(kind="feed")
    site = house.sites[0]
    site.publish(*map(Story, range(3)))
    _feed(site, {"0": Story(0), "1": Story(1), "2": Story(2)}, whole=whole)
    house.crawl(0)
    before = {kept.guid for kept in house.articles()}
    site.pages["/nytt/ett"] = site.pages.pop(Story(1).path)
    _feed(site, {"0": Story(0), "1": "/nytt/ett", "2": Story(2)}, whole=whole)
    report = house.crawl(2)
    assert (report.counts.new, report.counts.gone) == (0, 0)
    after = house.articles()
    assert {kept.guid for kept in after} == before
    assert [kept.article.url for kept in after if kept.article.title == Story(1).title] == [f"{site.url}/nytt/ett"]
    assert [kept.gone_at for kept in after] == [None] * 3


def test_a_page_that_was_gone_and_is_listed_again_is_back_under_its_guid(build: Build) -> None:
    house = build()
    site = house.sites[0]
    site.publish(*map(Story, range(3)))
    house.crawl(0)
    before = house.articles()
    site.withdraw(site.stories[1])
    assert house.crawl(2).counts.gone == 1
    site.publish(Story(1))
    house.crawl(26)
    after = house.articles()
    assert [(kept.guid, kept.gone_at, len(kept.versions)) for kept in after] == [
        (kept.guid, None, 0) for kept in before
    ]
    assert Story(1).title.encode() in house.written()["alla.atom"]
