"""Full-text search: a query → a condition in SQL, and the articles that meet it.

What a person typed reaches SQL as bound values only, and the index's own syntax only inside quotes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal, TypeVar
from zoneinfo import ZoneInfo

from aggregator import query as line_reader
from aggregator import swedish
from aggregator.archive import projects, reading, snippets
from aggregator.archive.analysis import term
from aggregator.archive.rows import dump, safe, stamp
from aggregator.model import TagKind
from aggregator.query import All, Either, Field, Not, Phrase, Query, Within, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlite_utils import Database

    from aggregator.model import KeptArticle
    from aggregator.query import Node

Key = TypeVar("Key", int, str)

Sort = Literal["relevance", "newest"]

LOCAL = ZoneInfo("Europe/Stockholm")
"""A day that a person names begins and ends at its midnights there."""

_WEIGHTS = "10.0, 4.0, 1.0, 2.0"
"""Of title, lead, text and stems in the ranking (bm25)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that a search found."""

    article: KeptArticle
    snippet: str
    """The place in its text that fits best; matches stand between ``[`` and ``]``."""
    score: float
    """Higher is better; 0 where the search is by other things than words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What a search found."""

    query: Query
    hits: tuple[Hit, ...]
    total: int

    @property
    def understood(self) -> bool:
        """False where the line could not be parsed and its words were sought instead."""
        return self.query.understood


@dataclass(frozen=True, slots=True)
class _Condition:
    """Part of a query: an expression of the index, or a condition in SQL on ``a``, an article."""

    match: str = ""
    sql: str = ""
    values: tuple[object, ...] = ()

    def as_sql(self) -> tuple[str, tuple[object, ...]]:
        """All of it in SQL."""
        if not self.match:
            return self.sql, self.values
        sought = "a.id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)"
        return (f"{sought} AND {self.sql}" if self.sql else sought), (self.match, *self.values)


_EVERYTHING = _Condition(sql="1")
_NOTHING = _Condition(sql="0")


def search(
    db: Database, asked: Query | str, *, limit: int = 20, offset: int = 0, sort: Sort = "relevance"
) -> SearchResult:
    """Find articles, those gone included; a query that asks for nothing finds all, newest first.

    By relevance: bm25 with the title counting most, and the newer first among equals.
    """
    understood = line_reader.parse(asked) if isinstance(asked, str) else asked
    found = _compile(db, understood.node)
    source = "articles_fts f JOIN articles a ON a.id = f.rowid" if found.match else "articles a"
    where = " AND ".join(filter(None, ["articles_fts MATCH ?" if found.match else "", found.sql]))
    values = (found.match, *found.values) if found.match else found.values
    total = db.execute(f"SELECT count(*) AS total FROM {source} WHERE {where}", values).fetchone()["total"]
    score = f"-bm25(articles_fts, {_WEIGHTS})" if found.match else "0.0"
    order = "score DESC, " if found.match and sort == "relevance" else ""
    rows = db.execute(
        f"SELECT a.id, {score} AS score FROM {source} WHERE {where}"
        f" ORDER BY {order}a.listed_at DESC, a.id DESC LIMIT ? OFFSET ?",
        (*values, limit, offset),
    ).fetchall()
    kept = {article.id: article for article in reading.by_ids(db, [row["id"] for row in rows])}
    sought = _stems(understood.node)
    hits = tuple(
        Hit(article=kept[row["id"]], snippet=_snippet(kept[row["id"]], sought), score=row["score"]) for row in rows
    )
    return SearchResult(query=understood, hits=hits, total=total)


def _snippet(kept: KeptArticle, sought: frozenset[str]) -> str:
    return snippets.cut(kept.article.text or kept.article.lead, sought)


def _stems(node: Node | None) -> frozenset[str]:
    """The stems of all that is asked for, without what must not be there."""
    if isinstance(node, Word | Phrase):
        return frozenset(term(token.word) for token in swedish.tokens(node.text))
    if isinstance(node, All | Either):
        return frozenset().union(*(_stems(part) for part in node.nodes))
    return frozenset()


def condition(db: Database, line: str) -> tuple[str, tuple[object, ...]]:
    """A search line as a condition in SQL on ``a``, an article, and the values to bind."""
    return _compile(db, line_reader.parse(line).node).as_sql()


def _compile(db: Database, node: Node | None) -> _Condition:
    if node is None:
        return _EVERYTHING
    if isinstance(node, Word):
        return _word(node.text)
    if isinstance(node, Phrase):
        return _Condition(match=f"{{title lead text}} : {quoted(node.text)}")
    if isinstance(node, Within):
        return _FIELDS[node.field](db, node.value)
    if isinstance(node, Not):
        sql, values = _compile(db, node.node).as_sql()
        return _Condition(sql=f"NOT ({sql})", values=values)
    parts = [_compile(db, part) for part in node.nodes]
    return _all(parts) if isinstance(node, All) else _either(parts)


def _all(parts: Sequence[_Condition]) -> _Condition:
    return _Condition(
        match=" AND ".join(f"({part.match})" for part in parts if part.match),
        sql=" AND ".join(f"({part.sql})" for part in parts if part.sql),
        values=tuple(value for part in parts for value in part.values),
    )


def _either(parts: Sequence[_Condition]) -> _Condition:
    if all(part.match and not part.sql for part in parts):
        return _Condition(match=" OR ".join(f"({part.match})" for part in parts))
    conditions = [part.as_sql() for part in parts]
    return _Condition(
        sql="(" + " OR ".join(f"({sql})" for sql, _ in conditions) + ")",
        values=tuple(value for _, values in conditions for value in values),
    )


def _word(text: str) -> _Condition:
    """A word in any inflection, or as the member of a compound; every part of one that is written with signs."""
    each = [
        f"(words : {quoted(term(token.word))} OR {{title lead}} : {quoted(token.word)})"
        for token in swedish.tokens(text)
        if any(letter.isalnum() for letter in token.word)
    ]
    return _Condition(match=" AND ".join(each)) if each else _NOTHING


def quoted(text: str) -> str:
    """Text as a string of the index's query language (FTS5): nothing in it is syntax."""
    return '"' + safe(text).replace('"', '""') + '"'


def _title(_: Database, value: str | date) -> _Condition:
    return _Condition(match=f"title : {quoted(str(value))}")


def _tag(db: Database, value: str | date) -> _Condition:
    rows = db.execute("SELECT id, name FROM tags")
    return _bearing(_named({row["id"]: row["name"] for row in rows}, str(value)))


def _municipality(db: Database, value: str | date) -> _Condition:
    rows = db.execute("SELECT id, name FROM tags WHERE kind = ?", (TagKind.KOMMUN,))
    return _bearing(_named({row["id"]: row["name"] for row in rows}, str(value)))


def _project(db: Database, value: str | date) -> _Condition:
    """By the project's name or an alias of it."""
    key = projects.name_key(str(value))
    names = {key}
    for known in projects.all_of(db):
        keys = {projects.name_key(name) for name in (known.name, *known.aliases)}
        if key in keys:
            names |= keys
    rows = db.execute("SELECT id, name FROM tags WHERE kind = ?", (TagKind.PROJEKT,))
    return _bearing([row["id"] for row in rows if projects.name_key(row["name"]) in names])


def _source(db: Database, value: str | date) -> _Condition:
    """By the outlet, its id or name, at which it was seen, or by the organisation whose release it is."""
    rows = db.execute("SELECT id, name FROM sources").fetchall()
    outlets = {
        *_named({row["id"]: row["name"] for row in rows}, str(value)),
        *_named({row["id"]: row["id"] for row in rows}, str(value)),
    }
    origins = db.execute("SELECT id, name FROM tags WHERE kind = ?", (TagKind.ORIGIN,))
    origin = _bearing(_named({row["id"]: row["name"] for row in origins}, str(value)))
    return _Condition(
        sql="(a.id IN (SELECT d.article_id FROM addresses d"
        f" WHERE d.source_id IN (SELECT value FROM json_each(?))) OR {origin.sql})",
        values=(dump(sorted(outlets)), *origin.values),
    )


def _named(names: Mapping[Key, str], wanted: str) -> list[Key]:
    """Those of that name; where there are none, those that have it without the dots."""
    for form in (str.casefold, swedish.fold):
        found = [key for key, name in names.items() if form(name) == form(wanted)]
        if found:
            return found
    return []


def _bearing(tag_ids: Sequence[int]) -> _Condition:
    return _Condition(
        sql="a.id IN (SELECT x.article_id FROM json_each(?) j JOIN article_tags x ON x.tag_id = j.value)",
        values=(dump(tag_ids),),
    )


def _after(_: Database, value: str | date) -> _Condition:
    return _Condition(sql="a.listed_at >= ?", values=(_midnight(value),))


def _before(_: Database, value: str | date) -> _Condition:
    later = value + timedelta(days=1) if isinstance(value, date) and value < date.max else value
    return _Condition(sql="a.listed_at < ?", values=(_midnight(later),))


def _midnight(day: str | date) -> str:
    """The instant at which a day begins where the news is made."""
    begun = day if isinstance(day, date) else date.fromisoformat(day)
    if not date.min < begun < date.max:
        return f"{begun.isoformat()}T00:00:00Z"
    return stamp(datetime.combine(begun, time(), LOCAL))


_FIELDS: Mapping[Field, Callable[[Database, str | date], _Condition]] = {
    Field.TAG: _tag,
    Field.MUNICIPALITY: _municipality,
    Field.PROJECT: _project,
    Field.SOURCE: _source,
    Field.AFTER: _after,
    Field.BEFORE: _before,
    Field.TITLE: _title,
}
