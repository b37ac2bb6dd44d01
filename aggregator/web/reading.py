"""Read-only archives for threads that serve at the same time: each has one to itself while it needs it."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from aggregator.archive import Archive
from aggregator.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEPT = 16
"""Archives that stay open between requests; more are opened where more are asked at once, and closed after."""

PATIENCE_SECONDS = 10.0
"""How long one reader may have an archive: what is asked of it after that is broken off."""

_Kept = tuple[tuple[int, int], Archive]


class NoArchiveYet(Exception):  # noqa: N818 - a state of the world before the first crawl, not a mistake
    """There is no archive at the path: nothing has been fetched so far."""


class Readers:
    """Lends read-only archives of one path; opens them when they are first needed.

    Where the file has been put aside for another (a backup put back), those of the old one are closed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: list[_Kept] = []
        self._counting: _Kept | None = None
        self._lock = threading.Lock()

    @contextmanager
    def lend(self) -> Iterator[Archive]:
        """An archive for the caller alone, until the block ends.

        Raises NoArchiveYet, TookTooLong, or ArchiveError where there is one that cannot be read.
        """
        file = self._file()
        archive = self._taken(file) or Archive.reader(self.path)
        try:
            with archive.within(PATIENCE_SECONDS):
                yield archive
        except BaseException:
            archive.close()
            raise
        self._put_back((file, archive))

    def version(self) -> tuple[int, int, int] | None:
        """What moves with every change of the archive; None where there is none that can be read.

        For one thread: it has an archive of its own, since SQLite counts the changes that one connection has seen.
        """
        try:
            file = self._file()
            if self._counting is None or self._counting[0] != file:
                if self._counting is not None:
                    self._counting[1].close()
                self._counting = file, Archive.reader(self.path)
            return *file, self._counting[1].changes()
        except (NoArchiveYet, ArchiveError):
            return None

    def close(self) -> None:
        """Close those that nobody has at the moment."""
        if self._counting is not None:
            self._counting[1].close()
            self._counting = None
        with self._lock:
            idle, self._idle = self._idle, []
        for _, archive in idle:
            archive.close()

    def _file(self) -> tuple[int, int]:
        """Which file stands at the path now."""
        try:
            stat = self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            raise NoArchiveYet(str(self.path)) from None
        return stat.st_dev, stat.st_ino

    def _taken(self, file: tuple[int, int]) -> Archive | None:
        stale: list[Archive] = []
        found = None
        with self._lock:
            while self._idle and found is None:
                known, archive = self._idle.pop()
                if known == file:
                    found = archive
                else:
                    stale.append(archive)
        for archive in stale:
            archive.close()
        return found

    def _put_back(self, kept: _Kept) -> None:
        with self._lock:
            if len(self._idle) < KEPT:
                self._idle.append(kept)
                return
        kept[1].close()
