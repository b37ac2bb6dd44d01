"""One writer, readers that never wait, one run at a time; a killed process leaves all or nothing."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from aggregator.archive import Archive, archive_lock
from aggregator.errors import ArchiveError, RunInProgress, TookTooLong
from aggregator.model import Filter, Link
from tests.archive.made import LONG, NOW, PAPER, find, turn

URL = "https://bladet.example"
ROOT = Path(__file__).resolve().parents[2]


def test_a_reader_sees_what_was_saved_last_while_a_writer_is_at_it(archive: Archive, path: Path) -> None:
    archive.save(turn(find(f"{URL}/1")), PAPER, at=NOW)
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE articles SET title = 'halvskrivet'")
    with Archive.reader(path) as reader:
        assert [kept.article.title for kept in reader.export()] == ["Nytt avtal om vården"]
        assert reader.search("avtal").total == 1
        assert list(archive.known(PAPER, [Link(url=f"{URL}/1")])) == [f"{URL}/1"]
    writer.execute("ROLLBACK")
    writer.close()


def test_a_writer_waits_for_another_s_transaction(archive: Archive, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.05, lambda: other.execute("COMMIT"))
    release.start()
    archive.save(turn(find(f"{URL}/1")), PAPER, at=NOW)
    release.join()
    other.close()
    assert archive.member_ids(Filter()) == (1,)


def test_known_may_be_asked_from_many_threads_while_articles_are_saved(archive: Archive) -> None:
    links = [Link(url=f"{URL}/{n}") for n in range(60)]
    seen: list[int] = []

    def ask() -> None:
        seen.extend(len(archive.known(PAPER, links)) for _ in range(40))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for n in range(0, 60, 10):
        finds = (find(f"{URL}/{m}", f"T {m}", f"{LONG} {m}") for m in range(n, n + 10))
        archive.save(turn(*finds), PAPER, at=NOW)
    for thread in threads:
        thread.join()
    assert len(seen) == 160
    assert all(count % 10 == 0 for count in seen), "a turn was seen half saved"
    assert len(archive.known(PAPER, links)) == 60


def test_a_turn_that_cannot_be_saved_leaves_no_trace(archive: Archive) -> None:
    stranger = turn(find(f"{URL}/1"), find(f"{URL}/2", "Annan", published_at=NOW.replace(tzinfo=None)))
    with pytest.raises(ValueError, match="without a zone"):
        archive.save(stranger, PAPER, at=NOW)
    assert (list(archive.export()), archive.states()) == ([], {})
    assert archive.save(turn(find(f"{URL}/1")), PAPER, at=NOW).counts.new == 1


def test_an_archive_opened_to_read_cannot_be_written(archive: Archive, path: Path) -> None:
    assert archive.states() == {}
    with Archive.reader(path) as reader, pytest.raises(ArchiveError, match="to read only"):
        reader.start_run(NOW)


def test_an_archive_in_a_folder_that_cannot_be_written_is_read_all_the_same(archive: Archive, path: Path) -> None:
    archive.save(turn(find(f"{URL}/1")), PAPER, at=NOW)
    archive.close()
    assert not path.with_name(f"{path.name}-wal").exists()
    path.parent.chmod(0o500)
    try:
        with Archive.reader(path) as reader:
            assert reader.member_ids(Filter()) == (1,)
    finally:
        path.parent.chmod(0o700)


def test_a_question_that_takes_too_long_is_broken_off_and_the_next_is_answered(archive: Archive, path: Path) -> None:
    archive.save(turn(find(f"{URL}/1")), PAPER, at=NOW)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"
    with Archive.reader(path) as reader:
        with pytest.raises(TookTooLong, match="took too long"), reader.within(0.01), reader._reading() as db:  # noqa: SLF001 - none of ours is endless
            db.execute(endless).fetchone()
        with reader.within(10):
            assert reader.search("avtal").total == 1
        assert reader.search("avtal").total == 1


def test_a_second_run_is_refused_and_the_lock_is_free_afterwards(path: Path) -> None:
    with archive_lock(path), pytest.raises(RunInProgress, match="another run is at work on"), archive_lock(path):
        pass
    with archive_lock(path):
        pass
    with pytest.raises(ArchiveError, match="does not exist"), archive_lock(path.parent / "borta" / "a.db"):
        pass
    assert not (path.parent / "borta").exists()
    path.with_name("b.db.lock").mkdir()
    with pytest.raises(ArchiveError, match="no lock file"), archive_lock(path.with_name("b.db")):
        pass


HOLDER = """
import sys
import time
from pathlib import Path
from aggregator.archive import archive_lock
with archive_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_killed_run_gives_the_lock_back(path: Path) -> None:
    with _process(HOLDER, path) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(RunInProgress), archive_lock(path):
            pass
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
        with archive_lock(path):
            pass


SAVER = """
import sys
from pathlib import Path
from aggregator.archive import Archive
from aggregator.model import Filter
from tests.archive.made import LONG, NOW, PAPER, find, turn
with Archive.open(Path(sys.argv[1]), tag_authority="example.org") as archive:
    first = len(archive.member_ids(Filter()))
    print("open", flush=True)
    for n in range(first, 100_000, 10):
        finds = (find(f"https://bladet.example/{m}", f"T {m}", f"{LONG} {m}") for m in range(n, n + 10))
        archive.save(turn(*finds), PAPER, at=NOW)
        print(n, flush=True)
"""


def test_a_process_killed_while_it_saves_leaves_whole_turns(archive: Archive, path: Path) -> None:
    archive.close()
    for turns in (1, 2, 4):
        with _process(SAVER, path) as saver:
            assert saver.stdout is not None
            for _ in range(1 + turns):
                saver.stdout.readline()
            os.kill(saver.pid, signal.SIGKILL)
            saver.wait()
        with Archive.reader(path) as reader:
            members = reader.member_ids(Filter())
            assert len(members) % 10 == 0
            assert reader.search("avtalet", limit=1).total == len(members)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("SELECT count(*) FROM articles").fetchone() >= (70,)
    assert connection.execute("SELECT count(*) - count(DISTINCT content_hash) FROM articles").fetchone() == (0,)
    connection.execute("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')")
    connection.close()


def _process(program: str, path: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
