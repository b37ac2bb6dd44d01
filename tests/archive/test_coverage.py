"""Coverage by month and source is what a count of the articles says, whatever becomes of them; long rows are paged."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from aggregator.archive import Leaf
from aggregator.model import Counts, Filter, Outcome, Reason, Tag, TagKind
from tests.archive.made import DAY, HEALTH, HOUR, KARLSKOGA, LONG, NOW, PAPER, RIVAL, failed, find, plans, turn

if TYPE_CHECKING:
    from pathlib import Path

    from aggregator.archive import Archive
    from aggregator.model import Find

HOME = "https://bladet.example"
CARE = (TagKind.THEME, "hälsa")
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def one(number: int, *tags: Tag, **more: object) -> Find:
    return find(f"{HOME}/{number}", f"Titel {number}", f"{LONG} {number}", tags=tags, **more)


def see(archive: Archive, *finds: Find, hours: int = 0) -> None:
    archive.save(turn(*finds), PAPER, at=NOW + hours * HOUR)


def titles(*leaves: Leaf) -> list[str]:
    return [kept.article.title for leaf in leaves for kept in leaf.articles]


def told(archive: Archive, tag: tuple[TagKind, str] | None = None) -> dict[str, dict[str, int]]:
    return {one.month: dict(one.by_source) for one in archive.months(tag)}


def counted(path: Path, tag: tuple[TagKind, str] | None) -> dict[str, dict[str, int]]:
    """The same by counting, with the zone's own rules."""
    of_tag = (
        " JOIN article_tags x ON x.article_id = a.id JOIN tags t ON t.id = x.tag_id AND t.kind = ? AND t.name = ?"
        if tag
        else ""
    )
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute(f"SELECT a.listed_at, a.source_id FROM articles a{of_tag}", tag or ()).fetchall()  # noqa: S608 - ours
    found: dict[str, dict[str, int]] = {}
    for at, source in rows:
        month = f"{datetime.fromisoformat(at).astimezone(STOCKHOLM):%Y-%m}"
        of_month = found.setdefault(month, {})
        of_month[source] = of_month.get(source, 0) + 1
    return dict(sorted(found.items()))


def test_months_are_local_in_winter_and_in_summer(archive: Archive) -> None:
    dates = {
        1: datetime(2026, 1, 31, 22, 59, tzinfo=UTC),
        2: datetime(2026, 1, 31, 23, 0, tzinfo=UTC),
        3: datetime(2026, 6, 30, 21, 59, tzinfo=UTC),
        4: datetime(2026, 6, 30, 22, 0, tzinfo=UTC),
        5: datetime(2026, 3, 31, 22, 0, tzinfo=UTC),
        6: datetime(2025, 10, 31, 22, 30, tzinfo=UTC),
    }
    see(archive, *(one(number, HEALTH, published_at=at) for number, at in dates.items()))
    assert list(told(archive, CARE)) == ["2025-10", "2026-01", "2026-02", "2026-04", "2026-06", "2026-07"]


def test_the_counts_follow_new_tags_gone_pages_corrected_dates_and_another_outlet(archive: Archive, path: Path) -> None:
    chance = random.Random(4)  # noqa: S311 - the same each time
    for round_ in range(12):
        finds = [
            one(
                chance.randrange(30),
                *chance.sample([HEALTH, KARLSKOGA], chance.randrange(3)),
                published_at=NOW - chance.randrange(700) * DAY,
            )
            for _ in range(6)
        ]
        see(archive, *{found.link.url: found for found in finds}.values(), hours=round_)
    archive.save(turn(find("https://kuriren.example/1", tags=(HEALTH,)), source=RIVAL), RIVAL, at=NOW)
    see(archive, failed(f"{HOME}/3", Reason.GONE), hours=20)
    archive.retag("andra", lambda article, _: [KARLSKOGA] if article.title.endswith("1") else [HEALTH])
    for tag in (None, CARE, (TagKind.KOMMUN, "Karlskoga")):
        assert told(archive, tag) == counted(path, tag)
        assert told(archive, tag)
    everything = [month.by_source for month in archive.months()]
    sources = {source for month in everything for source in month}
    assert archive.articles_by_source() == {one: sum(month.get(one, 0) for month in everything) for one in sources}
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("DELETE FROM articles WHERE id = (SELECT article_id FROM article_tags LIMIT 1)")
        db.execute("UPDATE articles SET source_id = 'kuriren' WHERE id = (SELECT max(id) FROM articles)")
        db.commit()
    assert told(archive, CARE) == counted(path, CARE)
    assert told(archive) == counted(path, None)


def test_an_unknown_tag_or_source_has_no_months_and_no_articles(archive: Archive) -> None:
    see(archive, one(1, HEALTH))
    for name in ("okänd", "häl\0sor", 'x" OR marks : "x'):
        assert archive.months((TagKind.THEME, name)) == ()
        assert archive.leaf((TagKind.THEME, name)).articles == ()
        assert archive.months(source_id=name) == ()
        assert archive.leaf(source_id=name).articles == ()


def test_tags_are_told_with_their_articles_and_those_without_are_not(archive: Archive) -> None:
    see(archive, one(1, HEALTH), one(2, HEALTH, KARLSKOGA))
    assert [(found.kind, found.name, found.articles) for found in archive.borne()] == [
        (TagKind.KOMMUN, "Karlskoga", 1),
        (TagKind.THEME, "hälsa", 2),
    ]
    archive.retag("andra", lambda *_: [KARLSKOGA])
    assert [found.name for found in archive.borne()] == ["Karlskoga"]
    assert archive.borne(TagKind.THEME) == ()


def test_leaves_hold_every_article_once_forth_and_back_though_others_come_between(archive: Archive) -> None:
    see(archive, *(one(number, HEALTH, published_at=NOW - number * HOUR) for number in range(1, 8)))
    first = archive.leaf(CARE, limit=3)
    see(archive, one(9, HEALTH, published_at=NOW))
    second = archive.leaf(CARE, limit=3, before=first.older)
    third = archive.leaf(CARE, limit=3, before=second.older)
    assert titles(first, second, third) == [f"Titel {number}" for number in range(1, 8)]
    assert (first.newer, third.older) == (None, None)
    assert archive.leaf(CARE, limit=3, after=third.newer) == second
    back = archive.leaf(CARE, limit=3, after=second.newer)
    assert titles(back) == ["Titel 1", "Titel 2", "Titel 3"]
    assert titles(archive.leaf(CARE, limit=3, after=back.newer)) == ["Titel 9"]
    assert archive.leaf(CARE, limit=3, after=back.newer).newer is None
    assert archive.leaf(CARE, limit=3, before=0) == Leaf(articles=(), newer=None, older=None)


def test_a_leaf_of_a_tag_and_a_source_holds_what_bears_both(archive: Archive) -> None:
    see(archive, one(1, HEALTH), one(2, KARLSKOGA))
    archive.save(turn(find("https://kuriren.example/1", "Ny", "Kort text " * 20), source=RIVAL), RIVAL, at=NOW)
    assert titles(archive.leaf(source_id="bladet")) == ["Titel 2", "Titel 1"]
    assert titles(archive.leaf(CARE, source_id="bladet")) == ["Titel 1"]
    assert titles(archive.leaf(CARE, source_id="kuriren")) == ["Ny"]
    assert len(archive.leaf().articles) == 3


def test_a_look_into_a_feed_shows_what_the_feed_holds(archive: Archive) -> None:
    see(archive, one(1, HEALTH), one(2, KARLSKOGA), one(3, HEALTH, KARLSKOGA), one(4), one(5, HEALTH))
    see(archive, failed(f"{HOME}/5", Reason.GONE), hours=1)
    archive.save(turn(find("https://kuriren.example/1", "Ny", "Kort text " * 20), source=RIVAL), RIVAL, at=NOW)
    place = (TagKind.KOMMUN, "Karlskoga")
    filters = [
        Filter(),
        Filter(tags=(CARE,)),
        Filter(tags=(CARE, place)),
        Filter(tags=(CARE, (TagKind.THEME, "okänd"))),
        Filter(tags=(place,), sources=("bladet", "kuriren")),
        Filter(sources=("kuriren",)),
        Filter(query="titel:3 OR kort"),
        Filter(query="avtal -3", tags=(CARE,)),
        Filter(query="från:2027"),
        Filter(sources=("okänd",)),
    ]
    for chosen in filters:
        assert [kept.id for kept in archive.newest(chosen, limit=9)] == list(archive.member_ids(chosen)), chosen
    assert titles(archive.leaf(limit=1)) == [archive.newest(Filter(), limit=1)[0].article.title]


def test_sources_and_their_turns_are_told(archive: Archive) -> None:
    archive.save(turn(detail="allt väl", counts=Counts(requests=2), seconds=1.5), PAPER, at=NOW)
    archive.save(turn(reason=Reason.TIMEOUT), PAPER, at=NOW)
    assert [known.source_id for known in archive.known_sources()] == ["bladet", "kuriren"]
    assert archive.known_sources()[0].name == "Örebrobladet"
    last, before = archive.crawls("bladet")
    assert (last.reason, before.detail, before.counts.requests, before.seconds) == (Reason.TIMEOUT, "allt väl", 2, 1.5)
    assert before.outcome is Outcome.CHANGED
    assert archive.crawls("okänd") == ()


def test_the_revision_moves_with_articles_and_tags_and_not_otherwise(archive: Archive) -> None:
    assert archive.revision() == 0
    see(archive, one(1, HEALTH))
    first = archive.revision()
    see(archive, one(1, HEALTH), hours=1)
    assert archive.revision() == first > 0
    archive.retag("andra", lambda *_: [KARLSKOGA])
    assert archive.revision() > first


def test_no_table_is_read_through_to_show_a_page(archive: Archive, path: Path) -> None:
    see(archive, one(1, HEALTH), one(2, KARLSKOGA))
    for ask in (
        lambda: archive.months(CARE),
        lambda: archive.leaf(CARE),
        lambda: archive.crawls("bladet"),
        archive.borne,
        archive.revision,
        lambda: archive.health(NOW),
    ):
        for step in plans(archive, path, ask):
            assert "VIRTUAL TABLE" in step or not step.startswith(("SCAN a", "SCAN x", "SCAN c")), step
