"""What holds of every run (docs/architecture.md, "Invariants")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.model import Outcome
from tests.site import Page, Story

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.pipeline.conftest import House

    Build = Callable[..., House]


def test_a_run_with_nothing_due_writes_nothing(build: Build) -> None:
    house = build()
    house.sites[0].publish(*map(Story, range(3)))
    house.crawl(0)
    before = (house.folder / "archive.db").read_bytes(), house.written(), _times(house)
    house.sites[0].forget()
    report = house.crawl(0.1)
    assert report.crawls == ()
    assert house.sites[0].log == []
    assert ((house.folder / "archive.db").read_bytes(), house.written(), _times(house)) == before


def test_running_twice_at_the_same_instant_changes_no_byte_of_the_feeds(build: Build) -> None:
    house = build(2)
    for number, site in enumerate(house.sites):
        site.publish(*(Story(10 * number + i) for i in range(5)))
    house.crawl(0)
    before = house.written(), _times(house)
    house.crawl(0, "blad-0", "blad-1")
    assert (house.written(), _times(house)) == before
    assert len(before[0]) > 10


def test_a_guid_never_changes(build: Build) -> None:
    """Neither an edit of headline and text nor a new address moves it."""
    house = build()
    site = house.sites[0]
    site.publish(*map(Story, range(3)))
    house.crawl(0)
    first = {kept.article.title[-1]: kept.guid for kept in house.articles()}
    site.publish(Story(1, edition=1, title="Helt ny rubrik om bygget nummer 1"))
    house.crawl(2)
    edited = house.articles()
    assert {kept.article.title[-1]: kept.guid for kept in edited} == first
    assert [kept.article.title for kept in edited if kept.versions] == ["Helt ny rubrik om bygget nummer 1"]


def test_one_sources_failure_leaves_every_others_result_as_it_was(build: Build) -> None:
    house, alone = build(2), build(1, "alone")
    house.sites[0].publish(*map(Story, range(4)))
    house.sites[1].pages["/nyheter/"] = Page(b"", status=500)
    report = house.crawl(0)
    assert [crawl.outcome for crawl in report.crawls] == [Outcome.CHANGED, Outcome.FAILED]
    alone.crawl(0)
    strip = [(kept.guid, kept.article, kept.tags) for kept in house.articles()]
    assert strip == [(kept.guid, kept.article, kept.tags) for kept in alone.articles()]
    assert len(strip) == 4


def test_the_order_in_which_sites_answer_does_not_alter_the_output(build: Build) -> None:
    written = []
    for turn in range(2):
        house = build(3, f"house-{turn}", workers=str(1 + 7 * turn))
        for number, site in enumerate(house.sites):
            site.publish(*(Story(10 * number + i) for i in range(3)), Story(5))
            site.delay = 0.03 * (number if turn else 2 - number)
        house.crawl(0)
        written.append(house.written())
    assert written[0] == written[1]


def _times(house: House) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in house.feeds.rglob("*")}
