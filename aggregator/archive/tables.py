"""One row in, one row changed: the statements that every table needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database


def insert(db: Database, table: str, columns: Mapping[str, object]) -> int:
    """Add a row; its id. Values are bound, names are ours."""
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    return db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(columns.values())).lastrowid or 0


def update(db: Database, table: str, row_id: int, columns: Mapping[str, object]) -> None:
    """Change a row; nothing where there is nothing to change."""
    if columns:
        names = ", ".join(f"{name} = ?" for name in columns)
        db.execute(f"UPDATE {table} SET {names} WHERE id = ?", (*columns.values(), row_id))
