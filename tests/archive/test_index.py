"""The search index stands in step with the articles, and an older archive is brought up to it however often killed."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from hashlib import blake2b
from typing import TYPE_CHECKING

import pytest

from aggregator import schema
from aggregator.archive import Archive
from aggregator.archive.analysis import tokens
from aggregator.archive.index import BATCH
from aggregator.model import Config, Tag, TagKind
from tests.archive.made import DAY, HEALTH, LONG, NOW, PAPER, find, turn
from tests.archive.test_opening import ROOT

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://bladet.example"
OLD_SEARCH = """
DROP TABLE articles_fts;
DROP TABLE search_places;
DROP TABLE search_words;
DELETE FROM settings WHERE name = 'search';
ALTER TABLE articles ADD COLUMN words TEXT NOT NULL DEFAULT 'ord';
CREATE VIRTUAL TABLE articles_fts USING fts5(
    title, lead, text, words, content='articles', content_rowid='id', tokenize="unicode61 remove_diacritics 0");
CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN
    INSERT INTO articles_fts(rowid, title) VALUES (new.id, new.title); END;
CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles BEGIN SELECT 1; END;
CREATE TRIGGER articles_fts_update AFTER UPDATE OF title ON articles BEGIN SELECT 1; END;
INSERT INTO articles_fts(articles_fts) VALUES ('rebuild');
DELETE FROM _sqlite_migrations WHERE name IN ('m010_search_by_time', 'm017_search_by_token');
"""
"""Turns an archive of today into one of the version before the index stood in the order of time."""


def made_older(path: Path, articles: int) -> None:
    with Archive.open(path, tag_authority="example.org") as archive:
        archive.register(Config(sources=(PAPER,)), NOW)
        for n in range(0, articles, 100):
            finds = (find(f"{URL}/{m}", f"Samverkan {m}", f"{LONG} {m}") for m in range(n, n + 100))
            archive.save(turn(*finds), PAPER, at=NOW)
    connection = sqlite3.connect(path)
    connection.executescript(OLD_SEARCH)
    connection.close()


def test_an_archive_of_the_version_before_is_searched_like_a_new_one(path: Path) -> None:
    made_older(path, 100)
    with Archive.open(path, tag_authority="example.org") as archive:
        assert archive.search("samverkans avtalet").total == archive.search("vårdcentral").total == 100
        archive.save(turn(find(f"{URL}/ny", "Samverkan igen")), PAPER, at=NOW)
        assert archive.search("samverkan").total == 101
    connection = sqlite3.connect(path)
    names = [name for (name,) in connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
    assert sorted(names) == sorted(schema.NAMES)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


SAMPLE = """Covid-19: 3 500 bränder på museet i t.ex. Örebros län, 2026. Samverkansavtalen om folkhälsan, elnätet och
caféernas solcellspark; à-priset för Müllers busstation var "rimligt". Rektorns läkarintyg och länsbibliotekets tåg."""


OPENER = """
import sys
from aggregator.archive import Archive, index
refresh = index.refresh
def telling(db, articles):
    refresh(db, articles)
    print("batch", flush=True)
index.refresh = telling
Archive.open(sys.argv[1], tag_authority="example.org").close()
"""


def test_indexing_that_is_killed_goes_on_where_it_was(path: Path) -> None:
    articles = 2 * BATCH + 200
    made_older(path, articles)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", OPENER, str(path)], stdout=subprocess.PIPE, env=environment) as opener:
        assert opener.stdout is not None
        opener.stdout.readline()
        opener.stdout.readline()
        os.kill(opener.pid, signal.SIGKILL)
        opener.wait()
    with Archive.reader(path) as reader:
        part = reader.search("samverkan", limit=1).total
        assert BATCH <= part < articles
    with Archive.open(path, tag_authority="example.org") as archive:
        assert archive.search("samverkan", limit=1).total == articles
        assert len({hit.article.id for hit in archive.search("samverkan", limit=articles).hits}) == articles


def test_who_changes_what_is_indexed_raises_the_version() -> None:
    # An article leaves the index by being analysed again: if its terms were others than when it came, they would stay.
    told = tokens("Hälso- och sjukvården växer i Nora", SAMPLE)
    digest = blake2b("\n".join(told).encode(), digest_size=6).hexdigest()
    assert digest == "c0dab617e318", "raise the number in analysis.VERSION, and put this digest here"


def test_what_another_version_s_reading_of_words_indexed_is_indexed_anew(path: Path) -> None:
    with Archive.open(path, tag_authority="example.org") as archive:
        archive.register(Config(sources=(PAPER,)), NOW)
        archive.save(turn(find(f"{URL}/1")), PAPER, at=NOW)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE settings SET value = 'en annan' WHERE name = 'search'")
    connection.commit()
    connection.close()
    with Archive.open(path, tag_authority="example.org") as archive:
        assert archive.search("vårdcentral").total == 1


def test_a_new_wording_a_new_tag_and_a_new_date_are_found_and_the_old_are_not(archive: Archive) -> None:
    archive.save(turn(find(f"{URL}/1", "Om fåglar", "Storken häckar.", published_at=None)), PAPER, at=NOW)
    assert archive.search("stork från:2026-11-22").total == 1
    nora = Tag(kind=TagKind.KOMMUN, name="Nora", score=1.0)
    again = find(f"{URL}/1", "Om fiskar", "Gäddan leker.", published_at=NOW - 40 * DAY, tags=(nora,))
    archive.save(turn(again), PAPER, at=NOW)
    totals = [archive.search(line).total for line in ("stork", "fåglar", "tagg:hälsa", "från:2026-11-22")]
    assert totals == [0, 0, 0, 0]
    assert archive.search("gädda fisk kommun:Nora till:2026-11").total == 1
    archive.retag("andra regler", lambda _article, _source: (HEALTH,))
    assert [archive.search(line).total for line in ("kommun:Nora", "tagg:hälsa gädda")] == [0, 1]


def test_more_articles_of_one_second_than_it_has_places_keep_their_order(archive: Archive) -> None:
    finds = (find(f"{URL}/{n}", f"Nummer {n}", f"{LONG} {n}", published_at=NOW) for n in range(70))
    archive.save(turn(*finds), PAPER, at=NOW)
    newest = [hit.article.article.title for hit in archive.search("", limit=70).hits]
    assert newest == [f"Nummer {n}" for n in reversed(range(70))]


@pytest.mark.parametrize("line", ["från:2026-10-13 OR titel:fiskar", "-till:2026-10-12", "-(från:2026-10-14)"])
def test_dates_within_a_larger_condition_count_whole_days(archive: Archive, line: str) -> None:
    for day in (1, 12, 13, 31):
        at = NOW.replace(month=10, day=day)
        archive.save(turn(find(f"{URL}/{day}", f"D {day}", f"{LONG} {day}", published_at=at)), PAPER, at=NOW)
    days = {hit.article.article.title for hit in archive.search(line).hits}
    assert days == ({"D 13", "D 31"} if "10-14" not in line else {"D 1", "D 12", "D 13"})
