"""Which articles a feed holds, and that a feed's mark moves exactly when something about them does."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from aggregator.model import Config, Filter, Reason, Tag, TagKind
from tests.archive.made import DAY, HEALTH, HOUR, KARLSKOGA, LONG, NOW, PAPER, RIVAL, failed, find, plans, turn

if TYPE_CHECKING:
    from pathlib import Path

    from aggregator.archive import Archive
    from aggregator.model import Find

HOME = "https://bladet.example"
NORA = Tag(kind=TagKind.KOMMUN, name="Nora", score=1.0)
HEALTHY = Filter(tags=((TagKind.THEME, "hälsa"),))


def one(number: int, *tags: Tag, **more: object) -> Find:
    return find(f"{HOME}/{number}", f"Titel {number}", f"{LONG} {number}", tags=tags, **more)


def see(archive: Archive, *finds: Find, hours: int = 0) -> None:
    archive.save(turn(*finds), PAPER, at=NOW + hours * HOUR)


def test_values_of_a_kind_are_alternatives_and_kinds_are_conditions(archive: Archive) -> None:
    see(archive, one(1, HEALTH), one(2, KARLSKOGA), one(3, HEALTH, KARLSKOGA), one(4, HEALTH, NORA))
    places = ((TagKind.KOMMUN, "Karlskoga"), (TagKind.KOMMUN, "Nora"))
    assert set(archive.member_ids(HEALTHY)) == {1, 3, 4}
    assert set(archive.member_ids(Filter(tags=places))) == {2, 3, 4}
    assert set(archive.member_ids(Filter(tags=(*HEALTHY.tags, *places)))) == {3, 4}
    assert archive.member_ids(Filter(tags=HEALTHY.tags, sources=("kuriren",))) == ()
    assert archive.member_ids(Filter(query="titel:3", tags=HEALTHY.tags)) == (3,)


def test_the_newest_come_first_and_an_undated_or_future_one_stands_where_it_was_seen(archive: Archive) -> None:
    see(
        archive,
        one(1, published_at=NOW - 2 * DAY),
        one(2, published_at=None),
        one(3, published_at=NOW + 9 * DAY),
        one(4, published_at=NOW - DAY),
    )
    see(archive, one(5, published_at=NOW - 3 * DAY), hours=1)
    assert archive.member_ids(Filter()) == (3, 2, 4, 1, 5)
    assert [kept.id for kept in archive.members(Filter(), limit=2)] == [3, 2]


def test_a_mark_moves_with_whatever_a_reader_could_see(archive: Archive) -> None:
    see(archive, one(1, HEALTH), one(2, KARLSKOGA))
    marks = [archive.fingerprint(HEALTHY)]
    see(archive, one(3, HEALTH), hours=1)
    marks.append(archive.fingerprint(HEALTHY))
    see(archive, find(f"{HOME}/1", "Ny rubrik", LONG, tags=(HEALTH,)), hours=2)
    marks.append(archive.fingerprint(HEALTHY))
    see(archive, failed(f"{HOME}/3", Reason.GONE), hours=3)
    marks.append(archive.fingerprint(HEALTHY))
    archive.retag("andra", lambda article, _: [HEALTH] if article.title == "Titel 2" else [])
    marks.append(archive.fingerprint(HEALTHY))
    archive.register(Config(sources=(RIVAL,)), NOW)
    marks.append(archive.fingerprint(Filter(tags=HEALTHY.tags, query="avtal")))
    assert len(set(marks)) == len(marks)


def test_a_mark_stays_when_nothing_about_the_members_moved(archive: Archive) -> None:
    see(archive, one(1, HEALTH), one(2, KARLSKOGA))
    mark = archive.fingerprint(HEALTHY)
    see(archive, one(1, HEALTH), hours=1)
    see(archive, one(9, KARLSKOGA), hours=1)
    see(archive, failed(f"{HOME}/1", Reason.TIMEOUT, passing=True), hours=2)
    assert archive.fingerprint(HEALTHY) == mark


def test_a_feed_is_remembered_by_the_mark_it_was_written_with(archive: Archive) -> None:
    archive.save_published({"alla": "a", "tema-hälsa": "b"}, NOW)
    archive.save_published({"alla": "c"}, NOW)
    assert archive.published() == {"alla": "c", "tema-hälsa": "b"}


def test_archive_documents_hold_the_same_articles_for_ever(archive: Archive) -> None:
    see(archive, *(one(n) for n in range(1, 6)))
    assert archive.add_feed_archive("alla", [3, 1, 2], NOW) == 1
    assert archive.add_feed_archive("alla", [5, 4], NOW) == 2
    assert archive.add_feed_archive("annan", [1], NOW) == 1
    see(archive, failed(f"{HOME}/3", Reason.GONE), hours=1)
    assert archive.feed_archives("alla") == ((1, (3, 1, 2)), (2, (5, 4)))
    assert archive.feed_archives("ingen") == ()


def test_an_operator_who_checks_a_backup_with_sqlite_is_told_that_it_is_whole(archive: Archive, path: Path) -> None:
    see(archive, *(one(n) for n in range(1, 4)))
    archive.add_feed_archive("alla", [3, 1, 2], NOW)
    with closing(sqlite3.connect(path)) as backup:
        assert backup.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert backup.execute("PRAGMA foreign_key_check").fetchall() == []


def test_tags_with_articles_are_listed_with_their_number_and_sources_that_have_any(archive: Archive) -> None:
    see(archive, one(1, HEALTH), one(2, HEALTH, KARLSKOGA), one(3, NORA))
    see(archive, failed(f"{HOME}/3", Reason.GONE), hours=1)
    tags = [(tag.kind, tag.name, tag.articles) for tag in archive.feed_tags()]
    assert tags == [(TagKind.KOMMUN, "Karlskoga", 1), (TagKind.THEME, "hälsa", 2)]
    assert archive.feed_sources() == ("bladet",)
    see(archive, failed(f"{HOME}/1", Reason.GONE), failed(f"{HOME}/2", Reason.GONE), hours=2)
    assert archive.feed_sources() == ()


def test_new_rules_reach_every_article_once(archive: Archive) -> None:
    see(archive, *(one(n, HEALTH) for n in range(1, 4)))
    asked: list[tuple[str, str]] = []

    def tagger(article: object, source_id: str) -> list[Tag]:
        asked.append((article.title, source_id))  # type: ignore[attr-defined] # an Article, which the test reads only
        return [KARLSKOGA] if "2" in article.title else [HEALTH]  # type: ignore[attr-defined] # likewise

    assert archive.retag("regler 2", tagger) == 1
    assert archive.retag("regler 2", tagger) == 0
    assert asked == [(f"Titel {n}", "bladet") for n in (1, 2, 3)]
    assert [kept.tags for kept in archive.articles([1, 2])] == [(HEALTH,), (KARLSKOGA,)]


@pytest.mark.parametrize(
    "chosen",
    [
        HEALTHY,
        Filter(),
        Filter(sources=("bladet",)),
        Filter(query="kommun:Nora från:2024"),
        Filter(query="samverkansavtal", tags=HEALTHY.tags, sources=("kuriren",)),
    ],
)
def test_a_feed_is_read_through_indexes_however_many_articles_there_are(
    archive: Archive, path: Path, chosen: Filter
) -> None:
    see(archive, one(1, HEALTH, NORA))
    steps = plans(archive, path, lambda: (archive.members(chosen, limit=50), archive.fingerprint(chosen)))
    assert [step for step in steps if step.startswith("SEARCH a ") or "USING INDEX articles_by_date" in step]
    big = re.compile(r"SCAN (?:a|d|x)(?! USING INDEX articles_by_date)\b")
    assert not [step for step in steps if big.match(step)]
