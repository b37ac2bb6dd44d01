"""What stands in the index for a query: places in time, their number, their marks; the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

    from aggregator.archive.asking import Asked


def where(put: Asked) -> tuple[str, str, str, tuple[object, ...]]:
    """Tables, the column of the place, conditions and their values, for a statement over what a query finds."""
    tables, place = ("articles_fts f", "f.rowid") if put.match else ("search_places f", "f.id")
    told = [("articles_fts MATCH ?", put.match or None), (f"{place} >= ?", put.first), (f"{place} <= ?", put.last)]
    given = [(sql, value) for sql, value in told if value is not None]
    return tables, place, " AND ".join(sql for sql, _ in given) or "1", tuple(value for _, value in given)


def places(db: Database, put: Asked, most: int) -> list[int]:
    """Where the newest matches stand."""
    tables, place, conditions, values = where(put)
    rows = db.execute(
        f"SELECT {place} AS place FROM {tables} WHERE {conditions} ORDER BY {place} DESC LIMIT ?", (*values, most)
    )
    return [row["place"] for row in rows]


def number(db: Database, put: Asked, most: int) -> int:
    """How many there are; of more than ``most``, so many."""
    tables, _, conditions, values = where(put)
    row = db.execute(
        f"SELECT count(*) AS found FROM (SELECT 1 FROM {tables} WHERE {conditions} LIMIT ?)", (*values, most)
    ).fetchone()
    return int(row["found"])


def marks(db: Database, put: Asked, most: int) -> list[str]:
    """The marks of the newest, an article each."""
    tables, place, conditions, values = where(put)
    row = db.execute(
        "SELECT group_concat(p.marks, char(10)) AS told FROM"
        f" (SELECT {place} AS id FROM {tables} WHERE {conditions} ORDER BY {place} DESC LIMIT ?) found"
        " JOIN search_places p ON p.id = found.id",
        (*values, most),
    ).fetchone()
    return (row["told"] or "").split("\n") if row["told"] else []
