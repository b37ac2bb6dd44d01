"""The archive file: made, brought up to date, refused in plain words."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from aggregator import schema
from aggregator.archive import Archive
from aggregator.errors import ArchiveError, ArchiveTooNew
from aggregator.model import Config
from tests.archive.made import HEALTH, NOW, PAPER, find, turn

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = Config(sources=(PAPER,))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "arkiv.db"


def make(path: Path) -> None:
    Archive.open(path, tag_authority="example.org").close()


def ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute(sql).fetchall()
        connection.commit()
        return rows
    finally:
        connection.close()


def test_a_new_archive_has_every_migration_recorded_in_order(path: Path) -> None:
    make(path)
    rows = ask(path, "SELECT name FROM _sqlite_migrations WHERE migration_set = 'aggregator' ORDER BY id")
    assert [name for (name,) in rows] == schema.NAMES
    assert sorted(schema.NAMES) == schema.NAMES
    assert ask(path, "PRAGMA journal_mode") == [("wal",)]


def test_opening_again_changes_no_byte(path: Path) -> None:
    make(path)
    before = path.read_bytes()
    make(path)
    Archive.reader(path).close()
    assert path.read_bytes() == before


def test_a_killed_migration_is_finished_by_the_next_opening(path: Path) -> None:
    make(path)
    ask(path, "DROP VIEW articles_full")
    ask(path, "DROP VIEW coverage")
    ask(path, "DELETE FROM _sqlite_migrations WHERE name = 'm009_views'")
    with pytest.raises(ArchiveError, match="earlier version"):
        Archive.reader(path)
    make(path)
    assert ask(path, "SELECT count(*) FROM coverage") == [(0,)]


def test_a_later_version_s_archive_is_refused_with_what_to_do(path: Path) -> None:
    make(path)
    ask(path, "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('aggregator', 'm999_x', '')")
    for opened in (lambda: Archive.open(path, tag_authority="example.org"), lambda: Archive.reader(path)):
        with pytest.raises(ArchiveTooNew, match=r"arkiv\.db was written by a later version.*m999_x"):
            opened()


@pytest.mark.parametrize("content", [b"detta \xe4r ingen databas" * 99, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_archive_is_refused_and_left_as_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for opened in (lambda: Archive.open(path, tag_authority="example.org"), lambda: Archive.reader(path)):
        with pytest.raises(ArchiveError, match=r"arkiv\.db"):
            opened()
    assert path.read_bytes() == content


def test_another_program_s_database_is_refused_and_left_as_it_is(path: Path) -> None:
    ask(path, "CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match="another program"):
        make(path)
    assert path.read_bytes() == before


def test_a_missing_folder_a_folder_and_a_missing_archive_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"borta.*does not exist; make it"):
        make(tmp_path / "borta" / "a.db")
    with pytest.raises(ArchiveError, match="is a folder"):
        make(tmp_path)
    with pytest.raises(ArchiveError, match="aggregator crawl"):
        Archive.reader(tmp_path / "a.db")


def test_a_damaged_archive_ends_in_words_and_not_in_a_traceback(path: Path) -> None:
    with Archive.open(path, tag_authority="example.org") as archive:
        archive.register(CONFIG, NOW)
        archive.save(turn(*(find(f"https://bladet.example/{n}", f"T {n}", f"x {n}") for n in range(40))), PAPER, at=NOW)
    content = bytearray(path.read_bytes())
    content[4096 : len(content) - 4096] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match=r"arkiv\.db.*damaged.*backup"), Archive.reader(path) as archive:
        list(archive.export())


def test_the_views_and_names_that_outsiders_hold_on_to(path: Path) -> None:
    with Archive.open(path, tag_authority="example.org") as archive:
        archive.register(CONFIG, NOW)
        archive.save(turn(find("https://bladet.example/å", tags=(HEALTH,))), PAPER, at=NOW)
    assert ask(path, "SELECT source_name, tags, versions FROM articles_full") == [("Örebrobladet", "theme:hälsa", 0)]
    assert ask(path, "SELECT kind, name, month, source, articles FROM coverage") == [
        ("theme", "hälsa", "2026-11", "bladet", 1)
    ]
    found = "SELECT p.article_id FROM articles_fts f JOIN search_places p ON p.id = f.rowid WHERE articles_fts MATCH"
    assert ask(path, f"{found} 'vården'") == [(1,)]
    assert ask(path, f"{found} 'varden'") == []
    assert ask(path, "PRAGMA foreign_key_check") == []
    assert ask(path, "PRAGMA integrity_check") == [("ok",)]


def test_times_are_written_so_that_they_sort_and_read_well(path: Path) -> None:
    with Archive.open(path, tag_authority="example.org") as archive:
        archive.register(CONFIG, NOW)
        archive.save(turn(find("https://bladet.example/å")), PAPER, at=NOW)
    assert ask(path, "SELECT published_at, fetched_at FROM articles") == [
        ("2026-11-22T11:00:00Z", "2026-11-22T12:00:00Z")
    ]
