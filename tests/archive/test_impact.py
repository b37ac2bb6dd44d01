"""What became of press releases: traced in step with the stories, told with figures, narrowed by filters."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from aggregator.archive import Archive
from aggregator.model import PieceKind, ReleaseFilter, Tag, TagKind
from tests.archive.made import plans
from tests.archive.regional import (
    BY_REGION,
    CONFIG,
    HALF,
    NOW,
    PAPER,
    PRESS,
    RELEASE,
    RIVAL,
    SENT,
    SITE,
    TITLE,
    joined,
    save,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OTHER = (
    "Länets bibliotek får längre öppettider från nyår, och låntagare kan hämta sina böcker även på kvällar och helger."
)


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with Archive.open(path, tag_authority="example.org") as opened:
        opened.register(CONFIG, NOW)
        yield opened


@pytest.fixture
def traced(archive: Archive, path: Path) -> Archive:
    """A release that two papers took up, and one that nobody did."""
    health = Tag(kind=TagKind.THEME, name="hälsa", score=1.0)
    save(archive, PRESS, told(PRESS, "sensorer", TITLE, RELEASE, tags=(health, BY_REGION)))
    save(archive, PRESS, told(PRESS, "bibliotek", "Bibliotek öppna längre", OTHER, -48))
    save(archive, PAPER, told(PAPER, "a", "Ny teknik ska larma när äldre faller", HALF, 3))
    save(archive, RIVAL, told(RIVAL, "b", TITLE, RELEASE.replace("Arbetet", "Allt"), 26))
    first, _, third, fourth = (kept.id for kept in archive.export())
    joined(path, first, third, fourth)
    assert archive.follow_pickups(NOW) > 0
    return archive


def test_a_release_is_told_with_its_pickups_their_delay_share_quotes_and_headline(traced: Archive) -> None:
    release, _ = traced.releases()
    assert (release.title, release.sender, release.outlet, release.stands_in) == (
        TITLE,
        "Region Exempel",
        "Regionens pressrum",
        False,
    )
    half, whole = release.pickups
    assert (half.outlet, half.delay, half.headline_changed) == ("Exempelbladet", timedelta(hours=3), True)
    assert (whole.outlet, whole.delay, whole.headline_changed) == ("Länskuriren", timedelta(hours=26), False)
    assert (half.quotes, half.quotes_kept, whole.quotes_kept) == (1, 1, 1)
    assert 0.3 < half.share < 0.6
    assert 0.95 < whole.share < 1
    assert half.guid.startswith("tag:example.org,2026-11-22:genomslag/")


def test_a_release_that_nobody_took_up_is_told_as_such(traced: Archive) -> None:
    [alone] = traced.releases(ReleaseFilter(picked_up=False))
    assert (alone.title, alone.pickups) == ("Bibliotek öppna längre", ())
    assert [one.title for one in traced.releases(ReleaseFilter(picked_up=True))] == [TITLE]


def test_following_again_writes_nothing_and_ids_stay(traced: Archive, path: Path) -> None:
    before, moved = traced.releases(), traced.pickups_moved()
    assert traced.follow_pickups(NOW + timedelta(hours=1)) == 0
    joined(path, *(before[0].article_id, *(one.article_id for one in before[0].pickups)))  # moved, but as it was
    assert traced.follow_pickups(NOW + timedelta(hours=2)) == 0
    assert (traced.releases(), traced.pickups_moved()) == (before, moved)


def test_a_pickup_that_is_reworded_is_compared_again_under_the_same_id(traced: Archive) -> None:
    before = traced.releases()[0].pickups[0]
    later = NOW + timedelta(hours=1)
    save(
        traced,
        PAPER,
        told(PAPER, "a", "Ny teknik ska larma när äldre faller", f"{HALF}\n\nRättat i efterhand.", 3),
        at=later,
    )
    traced.follow_pickups(later)
    after = traced.releases()[0].pickups[0]
    assert (after.guid, after.added, after.updated_at) == (before.guid, before.added + 3, later)
    assert after.found_at == before.found_at


def test_the_very_same_text_in_another_outlet_is_a_pickup_too(archive: Archive) -> None:
    """It is one article with two addresses, whichever outlet was read first."""
    save(archive, PAPER, told(PAPER, "a", TITLE, RELEASE, 2))
    save(archive, PRESS, told(PRESS, "sensorer", TITLE, RELEASE))
    archive.follow_pickups(NOW)
    [release] = archive.releases()
    [pickup] = release.pickups
    assert (release.outlet, release.published_at, release.url) == (PRESS.name, SENT, "https://press.example/sensorer")
    assert (pickup.outlet, pickup.share, pickup.delay) == (PAPER.name, 1, timedelta(hours=2))
    assert pickup.url == "https://bladet.example/a"


def test_what_the_sender_has_on_another_site_is_no_pickup(archive: Archive, path: Path) -> None:
    save(archive, PRESS, told(PRESS, "sensorer", TITLE, RELEASE, 1))
    save(archive, SITE, told(SITE, "aktuellt/sensorer", TITLE, f"{RELEASE}\n\nLäs mer hos oss på webben."))
    joined(path, 1, 2)
    archive.follow_pickups(NOW)
    [release] = archive.releases()
    assert (release.outlet, release.published_at, release.pickups) == (PRESS.name, SENT, ())


def test_an_authoritys_own_article_is_a_release_once_somebody_takes_it_up(archive: Archive, path: Path) -> None:
    """Or where its address says so from the start; and not what it tells beside."""
    save(
        archive,
        SITE,
        told(SITE, "aktuellt/sensorer", TITLE, RELEASE),
        told(SITE, "pressmeddelanden/b", "Bibliotek", OTHER),
    )
    archive.follow_pickups(NOW)
    assert [one.title for one in archive.releases()] == ["Bibliotek"]
    save(archive, PAPER, told(PAPER, "a", "Larm", HALF, 1))
    joined(path, *(kept.id for kept in archive.export() if kept.article.title != "Bibliotek"))
    archive.follow_pickups(NOW)
    assert {one.title: len(one.pickups) for one in archive.releases()} == {"Bibliotek": 0, TITLE: 1}


def test_where_the_senders_own_text_is_missing_the_first_article_that_names_it_stands_for_it(
    archive: Archive, path: Path
) -> None:
    """Until the sender's own turns up. Nobody can say how much the stand-in took over, nor that nobody took it up."""
    save(archive, PAPER, told(PAPER, "a", TITLE, RELEASE, 1, origin="Region Exempel"))
    save(archive, RIVAL, told(RIVAL, "b", "Larm", HALF, 5))
    joined(path, 1, 2)
    archive.follow_pickups(NOW)
    [release] = archive.releases()
    assert (release.stands_in, release.outlet, release.sender) == (True, PAPER.name, "Region Exempel")
    [pickup] = release.pickups
    assert (pickup.outlet, pickup.delay) == (RIVAL.name, timedelta(hours=4))
    save(archive, PRESS, told(PRESS, "sensorer", TITLE, f"{RELEASE}\n\nTack."))
    joined(path, 1, 2, 3)
    archive.follow_pickups(NOW)
    [release] = archive.releases()
    assert (release.stands_in, release.outlet, len(release.pickups)) == (False, PRESS.name, 2)
    assert pickup.guid in {one.guid for one in release.pickups}


def test_a_stand_in_that_nobody_else_has_is_neither_taken_up_nor_left(archive: Archive) -> None:
    save(archive, PAPER, told(PAPER, "a", TITLE, RELEASE, 1, origin="Region Exempel"))
    archive.follow_pickups(NOW)
    total = archive.release_report().total
    assert (total.releases, total.picked_up, total.not_picked_up, total.known_by_one) == (1, 0, 0, 1)


def test_an_article_that_leaves_a_story_is_a_pickup_no_more(traced: Archive, path: Path) -> None:
    joined(path, traced.releases()[0].pickups[0].article_id)
    traced.follow_pickups(NOW)
    assert [one.outlet for one in traced.releases()[0].pickups] == [RIVAL.name]


def test_one_release_is_found_by_id_guid_address_and_by_its_pickups(traced: Archive) -> None:
    release = traced.releases()[0]
    half = release.pickups[0]
    for name in (release.article_id, release.guid, release.url, half.article_id, half.guid, half.url):
        assert traced.release(name) == release
    assert traced.release("https://bladet.example/nej") is None


def test_side_by_side_every_word_of_both_texts_stands_with_what_became_of_it(traced: Archive) -> None:
    release = traced.releases()[0]
    found = traced.compare(release, release.pickups[0])
    assert "".join(piece.text for piece in found.release) == RELEASE
    assert "".join(piece.text for piece in found.pickup) == HALF
    assert found.share == release.pickups[0].share
    assert any(piece.kind is PieceKind.ADDED and "Grannarna" in piece.text for piece in found.pickup)


def test_paragraphs_that_stand_in_several_of_an_outlets_articles_are_not_compared(archive: Archive, path: Path) -> None:
    footer = "Region Exempel har elva tusen anställda och finns i tolv kommuner mellan sjöarna."
    others = [told(PRESS, f"o{n}", f"Annat {n}", f"{OTHER} Nummer {n}.\n\n{footer}", -n - 1) for n in range(2)]
    save(archive, PRESS, *others, told(PRESS, "sensorer", TITLE, f"{RELEASE}\n\n{footer}"))
    save(archive, PAPER, told(PAPER, "a", TITLE, RELEASE, 1))
    kept = {one.article.url: one.id for one in archive.export()}
    joined(path, kept["https://press.example/sensorer"], kept["https://bladet.example/a"])
    archive.follow_pickups(NOW)
    [pickup] = archive.releases(ReleaseFilter(picked_up=True))[0].pickups
    assert pickup.share == 1


def test_the_report_sums_by_month_theme_outlet_and_sender_with_medians(traced: Archive) -> None:
    report = traced.release_report()
    assert (report.total.releases, report.total.picked_up, report.total.pickups, report.total.not_picked_up) == (
        2,
        1,
        2,
        1,
    )
    assert report.total.median_delay == timedelta(hours=14.5)
    assert report.total.median_share == pytest.approx(sum(one.share for one in traced.releases()[0].pickups) / 2)
    assert [(one.name, one.releases, one.picked_up) for one in report.months] == [("2026-11", 2, 1)]
    assert [(one.name, one.releases) for one in report.themes] == [("hälsa", 1)]
    assert [(one.name, one.pickups) for one in report.outlets] == [(PAPER.name, 1), (RIVAL.name, 1)]
    assert [(one.name, one.releases) for one in report.senders] == [("Region Exempel", 2)]
    assert report.outlet_months == ((PAPER.name, (1,)), (RIVAL.name, (1,)))


@pytest.mark.parametrize(
    ("chosen", "titles"),
    [
        (ReleaseFilter(since=date(2026, 11, 19)), [TITLE]),
        (ReleaseFilter(until=date(2026, 11, 19)), ["Bibliotek öppna längre"]),
        (ReleaseFilter(theme="hälsa"), [TITLE]),
        (ReleaseFilter(municipality="Nora"), []),
        (ReleaseFilter(project="CROSS"), []),
        (ReleaseFilter(sender="region exempel"), [TITLE, "Bibliotek öppna längre"]),
    ],
)
def test_a_report_is_narrowed(traced: Archive, chosen: ReleaseFilter, titles: list[str]) -> None:
    assert [one.title for one in traced.releases(chosen)] == titles
    assert traced.release_count(chosen) == traced.release_report(chosen).total.releases == len(titles)


@pytest.mark.parametrize("name", [RIVAL.id, RIVAL.name])
def test_a_report_on_one_outlet_counts_its_own_pickups_alone(traced: Archive, name: str) -> None:
    [release] = traced.releases(ReleaseFilter(outlet=name))
    assert [one.outlet for one in release.pickups] == [RIVAL.name]
    assert traced.release_report(ReleaseFilter(outlet=name)).total.pickups == 1


def test_what_a_report_can_be_narrowed_to_is_what_there_is(traced: Archive) -> None:
    assert traced.release_choices() == {
        "theme": ("hälsa",),
        "project": (),
        "municipality": (),
        "outlet": (PAPER.name, RIVAL.name),
        "sender": ("Region Exempel",),
    }


def test_new_pickups_come_the_newest_first_without_pages_that_are_gone(traced: Archive) -> None:
    found = traced.new_pickups(10)
    assert [(release.title, pickup.outlet) for release, pickup in found] == [(TITLE, RIVAL.name), (TITLE, PAPER.name)]
    assert len(traced.new_pickups(1)) == 1


def test_outsiders_read_it_in_a_view(traced: Archive, path: Path) -> None:
    with Archive.reader(path) as reader:
        assert reader.releases() == traced.releases()


def test_a_day_without_a_time_gives_a_delay_of_days(archive: Archive, path: Path) -> None:
    save(archive, PRESS, told(PRESS, "sensorer", TITLE, RELEASE, date_precision="day"))
    save(archive, PAPER, told(PAPER, "a", "Larm", HALF, 30))
    joined(path, 1, 2)
    archive.follow_pickups(NOW)
    assert archive.releases()[0].pickups[0].by_day


def test_however_large_the_archive_only_releases_and_pickups_are_read_through(traced: Archive, path: Path) -> None:
    chosen = ReleaseFilter(theme="hälsa", sender="Region Exempel", outlet=PAPER.id)

    def ask() -> None:
        traced.release_report(chosen)
        traced.releases(chosen)
        traced.release_choices()
        traced.new_pickups(5)
        traced.pickup_count()

    steps = plans(traced, path, ask)
    assert [step for step in steps if re.match(r"SCAN (?:a|x|articles|article_tags|d|addresses)\b", step)] == []
    assert [step for step in steps if "article_tags_by_tag" in step] == []


def test_an_empty_archive_has_an_empty_report(archive: Archive) -> None:
    assert archive.follow_pickups(NOW) == 0
    report = archive.release_report()
    assert (report.total.releases, report.total.median_delay, report.months) == (0, None, ())
