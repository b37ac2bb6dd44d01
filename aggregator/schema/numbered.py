"""Migrations as numbered steps: how one is told, and the order in which they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

MIGRATIONS = Migrations("aggregator")

NAMES: list[str] = []
"""Every migration that this version of the program knows, in order."""


def migration(step: Callable[[Database], None]) -> Callable[[Database], None]:
    """Make a function the next migration; its name is noted in the archive, and never changes."""
    NAMES.append(step.__name__)
    return MIGRATIONS()(step)


def run(db: Database, statements: str) -> None:
    """Run statements parted by blank lines, inside the migration's transaction (``executescript`` would commit)."""
    for statement in statements.split("\n\n"):
        if statement.strip():
            db.execute(statement)
