"""In feeds a story is one entry: its guid stays as members come, and it names who else tells it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aggregator import config
from tests.site import Story

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.pipeline.conftest import House

RELEASE = Story(7, day=2)
CUT = replace(RELEASE, day=1, body=RELEASE.body[:2])
LONGER = replace(
    RELEASE, day=3, body=(*RELEASE.body, "Det säger Regionens pressavdelning i ett tillägg som kom senare på dagen.")
)


def items(house: House, feed: str = "alla") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((house.feeds / f"{feed}.json").read_bytes())["items"]
    return found


def entries(house: House, story: Story) -> list[dict[str, Any]]:
    return [one for one in items(house) if one["title"] == story.title]


def test_a_story_is_one_entry_whose_guid_stays_as_members_come(build: Callable[..., House]) -> None:
    house = build(3)
    for number, site in enumerate(house.sites):
        site.publish(Story(30 + number))
    house.sites[0].publish(CUT)
    house.crawl(0)
    [alone] = entries(house, CUT)
    assert "Även i" not in alone["content_text"]
    house.sites[1].publish(RELEASE)
    house.crawl(1)
    [joined] = entries(house, RELEASE)
    assert joined["id"] == alone["id"]
    assert joined["_source"]["name"] == "Bladet 1"
    assert joined["content_text"].endswith("Även i: Bladet 0.")
    assert len(joined["content_text"]) <= 300
    assert joined["date_modified"] == "2024-11-02T07:00:00Z"
    house.sites[2].publish(LONGER)
    house.crawl(2)
    [whole] = entries(house, LONGER)
    assert whole["id"] == alone["id"]
    assert sorted(whole["content_text"].partition("Även i: ")[2].rstrip(".").split(", ")) == ["Bladet 0", "Bladet 2"]
    assert whole["date_modified"] == "2024-11-02T08:00:00Z"


def test_a_feed_of_one_source_shows_its_own_member_under_the_storys_guid(build: Callable[..., House]) -> None:
    house = build(2)
    house.sites[0].publish(RELEASE, Story(1))
    house.sites[1].publish(CUT)
    house.crawl(0)
    [entry] = items(house, "kalla-blad-1")
    assert entry["_source"]["name"] == "Bladet 1"
    assert entry["content_text"].endswith("Även i: Bladet 0.")
    assert entry["id"] in {one["id"] for one in items(house, "kalla-blad-0")} & {one["id"] for one in items(house)}
    assert len(items(house)) == 2


def test_the_entry_does_not_move_with_another_version_of_the_same_outlet(build: Callable[..., House]) -> None:
    house = build(2)
    house.sites[0].publish(RELEASE)
    house.sites[1].publish(CUT)
    house.crawl(0)
    before = (house.feeds / "alla.atom").read_bytes()
    again = replace(CUT, number=16, title=CUT.title, body=(*CUT.body, "Texten har fått en mening till."))
    house.sites[1].publish(again)
    house.crawl(1)
    assert len(house.articles()) == 3
    assert (house.feeds / "alla.atom").read_bytes() == before


def test_an_outlet_whose_article_is_gone_is_no_longer_named(build: Callable[..., House]) -> None:
    house = build(2)
    house.sites[0].publish(RELEASE)
    house.sites[1].publish(CUT, Story(2))
    house.crawl(0)
    house.sites[1].withdraw(CUT)
    house.crawl(30)
    house.crawl(60)
    by_id = {one["id"]: one for one in items(house)}
    assert len(by_id) == 2
    everything = [*by_id.values(), *items(house, "kalla-blad-0")]
    assert not any("Även i" in one["content_text"] for one in everything)


def test_with_stories_off_every_article_is_an_entry(build: Callable[..., House]) -> None:
    house = build(2, stories="false")
    house.sites[0].publish(RELEASE)
    house.sites[1].publish(CUT)
    house.crawl(0)
    assert len({one["id"] for one in items(house)}) == 2
    assert not any("Även i" in one["content_text"] for one in items(house))


def test_a_feed_of_its_own_says_for_itself(build: Callable[..., House]) -> None:
    house = build(2)
    path = house.folder / "sources.toml"
    path.write_text(path.read_text("utf-8") + '[[feed]]\nid = "eget"\ntitle = "Eget"\nstories = false\n', "utf-8")
    house.config = config.load(path)
    house.sites[0].publish(RELEASE)
    house.sites[1].publish(CUT)
    house.crawl(0)
    assert (len(items(house)), len(items(house, "eget"))) == (1, 2)


def test_the_order_in_which_outlets_come_in_one_run_does_not_show(build: Callable[..., House]) -> None:
    written = []
    for turn in range(2):
        house = build(3, f"house-{turn}", workers=str(1 + 3 * turn))
        for number, (site, story) in enumerate(zip(house.sites, (CUT, RELEASE, LONGER), strict=True)):
            site.publish(story, Story(20 + number))
            site.delay = 0.02 * (number if turn else 2 - number)
        house.crawl(0)
        written.append(house.written())
    assert written[0] == written[1]
    assert len(items(house)) == 4
