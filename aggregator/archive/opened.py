"""The archive's file as it stands open: its connections, who may use them, and when."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from aggregator.archive import index
from aggregator.archive.opening import explained, open_reader, open_writer, writing
from aggregator.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Self

    from sqlite_utils import Database


STEPS = 20_000
"""Steps of SQLite's machine, about a millisecond, after which it is seen whether the time is up."""


class Opened:
    """The open file. What may be asked of it stands in the classes that are built on this one.

    What reads may be called from any thread; it uses a read-only connection of its own, and sees what was last
    saved. What writes is for one thread, and is one transaction: all or nothing, whatever becomes of the process.
    Every method raises ArchiveError where the file cannot be read or written.
    """

    def __init__(self, path: Path, reader: Database, writer: Database | None = None, authority: str = "") -> None:
        self.path = path
        self._reader = reader
        self._writer = writer
        self._authority = authority
        self._lock = threading.RLock()

    @classmethod
    def open(cls, path: Path | str, *, tag_authority: str) -> Self:
        """Open the archive to read and to write; make it, or bring it to today's schema, where need be.

        ``tag_authority`` (a domain name of the operator's, or an e-mail address) goes into the permanent ids of
        articles first seen from now on (RFC 4151). Raises ArchiveError, ArchiveTooNew.
        """
        writer = open_writer(Path(path))
        try:
            with explained(Path(path)):
                index.catch_up(writer)
            return cls(Path(path), open_reader(Path(path)), writer, tag_authority)
        except BaseException:
            writer.conn.close()
            raise

    @classmethod
    def reader(cls, path: Path | str) -> Self:
        """Open the archive to read only, beside a writer if there is one. Raises ArchiveError, ArchiveTooNew."""
        return cls(Path(path), open_reader(Path(path)))

    def close(self) -> None:
        """Close the file. Closing twice is no mistake."""
        with self._lock:
            self._reader.conn.close()
            if self._writer is not None:
                self._writer.conn.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Questions asked inside the block are broken off when it has lasted so long; they raise TookTooLong.

        For one thread at a time: what another asks of the same archive meanwhile is broken off as well.
        """
        ends = time.monotonic() + seconds
        connection = self._reader.conn
        connection.set_progress_handler(lambda: time.monotonic() > ends, STEPS)
        try:
            yield
        finally:
            with suppress(sqlite3.ProgrammingError):  # it may have been closed inside
                connection.set_progress_handler(None, STEPS)

    @contextmanager
    def _reading(self) -> Iterator[Database]:
        with self._lock, explained(self.path):
            yield self._reader

    @contextmanager
    def _writing(self) -> Iterator[Database]:
        with self._open_to_write() as db, writing(db):
            yield db

    @contextmanager
    def _open_to_write(self) -> Iterator[Database]:
        if self._writer is None:
            raise ArchiveError(f"the archive {self.path} was opened to read only")
        with explained(self.path):
            yield self._writer
