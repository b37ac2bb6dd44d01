"""All that a search finds, an article each: what its feed holds, and what is taken home as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator import query as line_reader
from aggregator.archive import meaning
from aggregator.archive.asking import ask
from aggregator.archive.opened import Opened

if TYPE_CHECKING:
    from sqlite_utils import Database

    from aggregator.archive.asking import Asked
    from aggregator.query import Query


class Matching(Opened):
    """The part of the archive that gives a search's articles without ranking, folding or stretches of text."""

    def matching(self, line: Query | str, *, limit: int | None = None, gone: bool = True) -> tuple[int, ...]:
        """The ids of the articles that a search finds, the newest first.

        As ``search``, it seeks words without their dots where nothing is found as typed. ``gone``: with those that
        have vanished from their sites.
        """
        query = line_reader.parse(line) if isinstance(line, str) else line
        with self._reading() as db:
            put = ask(db, query.node)
            found = _ids(db, put, limit, gone=gone)
            if not found and put.units:
                found = _ids(db, ask(db, query.node, lambda one: meaning.widened(db, one)), limit, gone=gone)
            return found


def _ids(db: Database, put: Asked, limit: int | None, *, gone: bool) -> tuple[int, ...]:
    place = "f.rowid" if put.match else "p.id"
    told = [("articles_fts MATCH ?", put.match or None), (f"{place} >= ?", put.first), (f"{place} <= ?", put.last)]
    conditions = [sql for sql, value in told if value is not None]
    tables = "articles_fts f JOIN search_places p ON p.id = f.rowid" if put.match else "search_places p"
    if not gone:
        tables += " JOIN articles a ON a.id = p.article_id"
        conditions.append("a.gone_at IS NULL")
    rows = db.execute(
        f"SELECT p.article_id FROM {tables} WHERE {' AND '.join(conditions) or '1'} ORDER BY {place} DESC LIMIT ?",
        (*(value for _, value in told if value is not None), -1 if limit is None else limit),
    )
    return tuple(row["article_id"] for row in rows)
