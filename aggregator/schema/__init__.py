"""The archive's tables, as numbered migrations recorded in the file itself (sqlite-utils' ``_sqlite_migrations``).

A change is a new function at the foot of ``growth``; one that has been released is never edited. Times are TEXT in UTC,
``2026-11-22T21:46:00Z``, so that they sort and read well; lists are JSON arrays; sizes are in bytes.
Texts are compared exactly: å, ä and ö are letters (``unicode61 remove_diacritics 0``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.errors import ArchiveError, ArchiveTooNew
from aggregator.schema import growth  # noqa: F401 - it tells the migrations by being read
from aggregator.schema.numbered import MIGRATIONS, NAMES

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x4F524542
"""SQLite's ``application_id`` of an archive: "OREB" in ASCII."""


def check(db: Database, path: str) -> bool:
    """Whether every migration is applied already; writes nothing.

    Raises ArchiveTooNew where a later version of the program wrote the file, and ArchiveError where it is
    another program's database.
    """
    applied = [migration.name for migration in MIGRATIONS.applied(db)]
    if not applied and db.table_names():
        raise ArchiveError(f"{path} is a SQLite database of another program; name another file with --archive")
    unknown = sorted(set(applied).difference(NAMES))
    if unknown:
        raise ArchiveTooNew(
            f"{path} was written by a later version of the program (it knows {', '.join(unknown)}); "
            "install that version or a later one"
        )
    return len(applied) == len(NAMES)


def migrate(db: Database, path: str) -> None:
    """Bring the archive to today's schema, each migration in a transaction of its own."""
    if check(db, path):
        return
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    MIGRATIONS.apply(db)
