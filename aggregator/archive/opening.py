"""Opening the file, to write or to read; the lock that makes two runs one run and one refusal."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from sqlite_utils import Database

from aggregator import schema
from aggregator.errors import ArchiveError, ArchiveTooOld, RunInProgress, TookTooLong

if TYPE_CHECKING:
    from collections.abc import Iterator

CACHE_KIB = 24_000
"""Pages that a connection keeps of the file, in KiB: a search of common words reads more than SQLite's own 2,000."""

WAIT_SECONDS = 30.0
"""How long a writer waits for another's transaction; ours last milliseconds."""


def open_writer(path: Path) -> Database:
    """A connection that writes; the file is made if it is not there, and brought to today's schema.

    Raises ArchiveError with the path and what to do; ArchiveTooNew where a later version wrote it.
    """
    _see_folder(path)
    if path.is_dir():
        raise ArchiveError(f"{path} is a folder; the archive is a file")
    with explained(path):
        db = _database(sqlite3.connect(path, timeout=WAIT_SECONDS, check_same_thread=False))
        try:
            db.execute("PRAGMA foreign_keys = ON")
            if not schema.check(db, str(path)):
                db.execute("PRAGMA journal_mode = WAL")
                schema.migrate(db, str(path))
            # Under WAL a commit that NORMAL did not flush can be lost to a power cut, never to a killed process,
            # and the file stays whole: docs/decisions/0500.
            db.execute("PRAGMA synchronous = NORMAL")
            # Asked for now, so that a file that cannot be written says so before anything is fetched.
            db.execute("BEGIN IMMEDIATE")
            db.execute("ROLLBACK")
        except BaseException:
            db.conn.close()
            raise
    return db


def _see_folder(path: Path) -> None:
    if not path.parent.is_dir():
        raise ArchiveError(f"the folder {path.parent} of the archive does not exist; make it, or name another")


def open_reader(path: Path) -> Database:
    """A connection that can only read and never waits for the writer (WAL).

    Raises ArchiveError where there is no archive, or an older or a broken one; ArchiveTooNew likewise.
    """
    if not path.is_file():
        raise ArchiveError(f"there is no archive at {path} yet; `aggregator crawl` makes one")
    with explained(path):
        db = _read_only(path)
        try:
            current = schema.check(db, str(path))
        except BaseException:
            db.conn.close()
            raise
    if not current:
        db.conn.close()
        raise ArchiveTooOld(f"{path} was written by an earlier version; `aggregator publish` brings it up to date")
    return db


def _read_only(path: Path) -> Database:
    address = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS, check_same_thread=False)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError:
        # WAL wants to write a small file beside the archive. Where the folder cannot be written and no writer has
        # left one, the file is all there is and stays as it is.
        connection.close()
        if Path(f"{path}-wal").exists():
            raise
        connection = sqlite3.connect(f"{address}&immutable=1", uri=True, check_same_thread=False)
    return _database(connection)


def _database(connection: sqlite3.Connection) -> Database:
    connection.row_factory = sqlite3.Row
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    return Database(connection, execute_plugins=False)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """What SQLite says of a file, in an operator's words."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            raise TookTooLong(f"a question to the archive {path} took too long and was broken off") from error
        raise ArchiveError(f"the archive {path} cannot be used: {error}; {_advice(str(error))}") from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise  # a bug of ours, not the file's fault
        raise ArchiveError(
            f"the archive {path} is damaged or no SQLite file ({error}); put back the last backup, "
            "or move the file away to begin anew"
        ) from error


def _advice(error: str) -> str:
    if "readonly" in error or "unable to open" in error:
        return "see that this user may write the file and its folder"
    if "locked" in error or "busy" in error:
        return "another program has held it for long; close that one and try again"
    if "full" in error or "disk" in error:
        return "see to the disk: is it full or failing?"
    return "if it stays so, put back the last backup"


@contextmanager
def archive_lock(path: Path) -> Iterator[None]:
    """Hold the archive for one run; the system releases it whatever becomes of the process (flock).

    Raises RunInProgress at once where another run holds it; ArchiveError where no lock file can be made.
    """
    _see_folder(path)
    lock = FileLock(f"{path}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise RunInProgress(f"another run is at work on {path}; it holds {path}.lock") from error
    except OSError as error:
        raise ArchiveError(
            f"no lock file can be made beside the archive {path} ({error.strerror}); "
            "see that this user may write the folder"
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """One transaction, all or nothing, that takes the write lock at its start.

    A transaction that first reads and then finds another writer ahead of it would have to be begun again.
    """
    with db.atomic():
        db.execute("UPDATE settings SET value = value WHERE 0")
        yield
