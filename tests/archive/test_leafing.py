"""A list is leafed through without a story twice, without an article lost, and stands still while articles come in."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from aggregator.archive import Archive
from aggregator.errors import InputError
from aggregator.model import Config, Project
from tests.archive.made import DAY, HOUR, KARLSKOGA, NOW, PAPER, RIVAL, find, turn

if TYPE_CHECKING:
    from pathlib import Path

    from aggregator.archive.search import Sort

WORDS = "Storken häckar vid sjön, säger naturvårdaren. Den kom i mars och har byggt bo nummer"


@pytest.fixture
def birds(archive: Archive) -> Archive:
    """Thirty articles of two outlets, an hour apart."""
    archive.register(Config(sources=(PAPER, RIVAL), projects=(Project(name="CROSS"),)), NOW)
    for n in range(30):
        source = (PAPER, RIVAL)[n % 2]
        met = find(
            f"{source.url}{n}", f"Stork {n}", f"{WORDS} {n} av {n * n}.", tags=(KARLSKOGA,), published_at=NOW - n * DAY
        )
        archive.save(turn(met, source=source), source, at=NOW)
    return archive


def titles(archive: Archive, **asked: object) -> list[str]:
    found = archive.search("stork", **asked)  # type: ignore[arg-type] # as the test has it
    return [hit.article.article.title for hit in found.hits]


def one_story(path: Path, *ids: int) -> None:
    connection = sqlite3.connect(path)
    connection.executemany("UPDATE articles SET story_id = ? WHERE id = ?", [(ids[0], one) for one in ids])
    connection.commit()
    connection.close()


@pytest.mark.parametrize("sort", ["relevance", "newest"])
def test_page_after_page_gives_the_whole_list_once(birds: Archive, sort: Sort) -> None:
    whole = titles(birds, limit=99, sort=sort)
    assert len(set(whole)) == 30
    leafed: list[str] = []
    mark: str | None = None
    for _ in range(5):
        found = birds.search("stork", limit=7, sort=sort, after=mark)
        leafed += [hit.article.article.title for hit in found.hits]
        mark = found.next
    assert mark is None
    assert leafed == whole
    assert [title for page in range(5) for title in titles(birds, limit=7, sort=sort, offset=7 * page)] == whole


@pytest.mark.parametrize("sort", ["relevance", "newest"])
def test_what_comes_in_meanwhile_shifts_no_page(birds: Archive, sort: Sort) -> None:
    whole = titles(birds, limit=99, sort=sort)
    first = birds.search("stork", limit=10, sort=sort)
    late = [
        find(f"{PAPER.url}late{n}", "Stork stork stork", f"{WORDS} {n} igen.", published_at=NOW - HOUR - n * DAY)
        for n in range(15)
    ]
    birds.save(turn(*late), PAPER, at=NOW)
    second = birds.search("stork", limit=20, sort=sort, after=first.next)
    assert [hit.article.article.title for hit in (*first.hits, *second.hits)] == whole
    assert second.next is None
    assert len(titles(birds, limit=99, sort=sort)) == 45


def test_a_story_is_one_hit_in_the_whole_list_and_names_every_other_outlet(birds: Archive, path: Path) -> None:
    one_story(path, 1, 2, 22, 27)
    pages = [birds.search("stork", limit=9, offset=9 * page, sort="newest") for page in range(3)]
    hits = [hit for page in pages for hit in page.hits]
    assert [hit.article.id for hit in hits] == [n for n in range(1, 31) if n not in {2, 22, 27}]
    assert [[other.source_name for other in hit.also] for hit in hits[:2]] == [["Länskuriren"], []]
    assert pages[0].total == 30
    assert pages[2].next is None
    assert len(birds.search("stork", limit=99, folded=False).hits) == 30
    alone = birds.search("stork källa:kuriren", limit=99).hits
    assert next(hit for hit in alone if hit.article.id == 2).also[0].source_name == "Örebrobladet"


@pytest.mark.parametrize("mark", ["", "x", "å", "MTIz", "LTEuMS4x", "a" * 5000, "MS4yLjMuNA", "MS4uMw", "==="])
def test_a_mark_that_nobody_gave_is_refused_in_words(birds: Archive, mark: str) -> None:
    with pytest.raises(InputError, match="begin the list anew"):
        birds.search("stork", after=mark)


def test_the_months_of_a_search_are_counted_by_source(birds: Archive) -> None:
    months = birds.search_months("stork kommun:Karlskoga")
    assert [(one.month, one.articles) for one in months] == [("2026-10", 8), ("2026-11", 22)]
    assert months[1].by_source == {"bladet": 11, "kuriren": 11}
    assert birds.search_months("pelikan") == ()
    assert sum(one.articles for one in birds.search_months("från:2026-11-10")) == 13


def test_many_articles_of_one_moment_all_find_a_place(archive: Archive) -> None:
    archive.register(Config(sources=(PAPER,)), NOW)
    for start in (0, 40, 80):
        finds = (
            find(f"{PAPER.url}{n}", f"Stork {n}", f"{WORDS} {n}.", published_at=NOW) for n in range(start, start + 40)
        )
        archive.save(turn(*finds), PAPER, at=NOW)
    assert titles(archive, limit=200, sort="newest") == [f"Stork {n}" for n in reversed(range(120))]
