"""All that a search finds, an article or a story each: what its feed holds, and what is taken home as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from aggregator import query as line_reader
from aggregator.archive import finding, meaning
from aggregator.archive.asking import ask
from aggregator.archive.opened import Opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

    from aggregator.archive.asking import Asked
    from aggregator.query import Query

Row = TypeVar("Row")

MEMBERS = 6
"""Articles that are looked at for each story that is asked for: a story has fewer, all but always."""


class Matching(Opened):
    """The part of the archive that gives a search's articles without ranking and without stretches of text.

    As ``search``, it seeks words without their dots where nothing is found as typed.
    """

    def matching(self, line: Query | str, *, limit: int | None = None) -> tuple[int, ...]:
        """The ids of the articles that a search finds, the newest first, with those gone from their sites."""
        return self._found(line, lambda db, put: _articles(db, put, limit))

    def matching_articles(self, line: Query | str, *, limit: int) -> tuple[int, ...]:
        """The same of articles that are still there."""
        return tuple(one for one, _ in self._found(line, lambda db, put: _present(db, put, limit)))

    def matching_stories(self, line: Query | str, *, limit: int) -> tuple[int, ...]:
        """The ids of the stories of articles that are still there; an article that is in none stands for itself.

        A story stands where the oldest of the articles found does, so that it does not come up again with each
        newcomer; of a search that finds many, articles that are older than ``MEMBERS`` times ``limit`` do not count.
        """
        found: dict[int, None] = {}
        for _, story in self._found(line, lambda db, put: _present(db, put, limit * MEMBERS)):
            found.pop(story, None)
            found[story] = None
        return tuple(found)[:limit]

    def _found(self, line: Query | str, look: Callable[[Database, Asked], tuple[Row, ...]]) -> tuple[Row, ...]:
        query = line_reader.parse(line) if isinstance(line, str) else line
        with self._reading() as db:
            put = ask(db, query.node)
            found = look(db, put)
            if not found and put.units:
                found = look(db, ask(db, query.node, lambda one: meaning.widened(db, one)))
            return found


def _articles(db: Database, put: Asked, limit: int | None) -> tuple[int, ...]:
    tables, place, conditions, values = finding.where(put)
    rows = db.execute(
        f"SELECT p.article_id FROM {tables} JOIN search_places p ON p.id = {place} WHERE {conditions}"
        f" ORDER BY {place} DESC LIMIT ?",
        (*values, -1 if limit is None else limit),
    )
    return tuple(row["article_id"] for row in rows)


def _present(db: Database, put: Asked, limit: int) -> tuple[tuple[int, int], ...]:
    """Articles that are still there, each with its story, or with itself."""
    tables, place, conditions, values = finding.where(put)
    rows = db.execute(
        f"SELECT a.id, coalesce(a.story_id, a.id) AS story FROM {tables} JOIN search_places p ON p.id = {place}"
        f" JOIN articles a ON a.id = p.article_id WHERE {conditions} AND a.gone_at IS NULL"
        f" ORDER BY {place} DESC LIMIT ?",
        (*values, limit),
    )
    return tuple((row["id"], row["story"]) for row in rows)
