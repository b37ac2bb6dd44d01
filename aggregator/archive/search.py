"""Full-text search: a line as a person types it, and the articles that it finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from aggregator import query as line_reader
from aggregator.archive import facets, meaning, ranking, reading, snippets
from aggregator.archive.asking import Asked, ask
from aggregator.query import Query

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlite_utils import Database

    from aggregator.archive.facets import Facet
    from aggregator.model import KeptArticle

Sort = Literal["relevance", "newest"]

COUNTED = 10_000
"""Matches that are counted; of more it is only said that there are more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Another outlet in which the same text or story stands."""

    source_id: str
    source_name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that a search found."""

    article: KeptArticle
    snippet: str
    """The place in its text that fits best; matches stand between ``[`` and ``]``."""
    score: float
    """Higher is better; 0 where the search is by other things than words."""
    also: tuple[Elsewhere, ...] = ()
    """The other outlets, in the order in which they had it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What a search found."""

    query: Query
    hits: tuple[Hit, ...]
    total: int
    """Articles found; where ``more``, at least so many."""
    more: bool = False
    """Whether counting stopped at ``total``: then facets and ranking are of the newest matches."""
    suggestion: str | None = None
    """The line as it may have been meant ("Menade du …"), where a word is not in the archive."""
    widened: bool = False
    """Whether nothing was found as typed, and the words were sought without regard to dots, or as beginnings."""
    facets: tuple[Facet, ...] = field(default=())
    """Filled where they were asked for."""

    @property
    def understood(self) -> bool:
        """False where the line could not be parsed and its words were sought instead."""
        return self.query.understood


def search(  # noqa: PLR0913 - they are the choices that a page of results has
    db: Database,
    asked: Query | str,
    *,
    limit: int = 20,
    offset: int = 0,
    sort: Sort = "relevance",
    with_facets: bool = False,
) -> SearchResult:
    """Find articles, those gone included; a query that asks for nothing finds all, newest first.

    By relevance: whole words above members of compounds, the title counting most, the newer first among equals.
    """
    understood = line_reader.parse(asked) if isinstance(asked, str) else asked
    most = max(COUNTED, offset + limit)
    put = ask(db, understood.node)
    places = _places(db, put, most + 1)
    widened = False
    if not places and put.units:
        wider = ask(db, understood.node, lambda one: meaning.widened(db, one))
        places = _places(db, wider, most + 1)
        if places:
            put, widened = wider, True
    more = len(places) > most
    places = places[:most]
    order = ranking.ranked(db, put, places) if sort == "relevance" else [(place, 0.0) for place in places]
    return SearchResult(
        query=understood,
        hits=tuple(_hits(db, put, order, offset, limit)),
        total=len(places),
        more=more,
        suggestion=meaning.suggestion(db, understood) if widened or not places else None,
        widened=widened,
        facets=facets.count(db, places) if with_facets else (),
    )


def condition(db: Database, line: str) -> tuple[str, tuple[object, ...]]:
    """A search line as a condition in SQL on ``a``, an article, and the values to bind."""
    put = ask(db, line_reader.parse(line).node)
    where, values = _where(put)
    source = "articles_fts f JOIN search_places p ON p.id = f.rowid" if put.match else "search_places p"
    return f"a.id IN (SELECT p.article_id FROM {source} WHERE {where})", values


def _where(put: Asked) -> tuple[str, tuple[object, ...]]:
    row = "f.rowid" if put.match else "p.id"
    told = [
        ("articles_fts MATCH ?", put.match or None),
        (f"{row} >= ?", put.first),
        (f"{row} <= ?", put.last),
    ]
    given = [(sql, value) for sql, value in told if value is not None]
    return " AND ".join(sql for sql, _ in given) or "1", tuple(value for _, value in given)


def _places(db: Database, put: Asked, most: int) -> list[int]:
    """Where the matches stand, the newest first."""
    where, values = _where(put)
    source, row = ("articles_fts f", "f.rowid") if put.match else ("search_places p", "p.id")
    rows = db.execute(f"SELECT {row} AS place FROM {source} WHERE {where} ORDER BY {row} DESC LIMIT ?", (*values, most))
    return [found["place"] for found in rows]


def _hits(db: Database, put: Asked, order: Sequence[tuple[int, float]], offset: int, limit: int) -> Iterable[Hit]:
    """A page, each story once: what of it stands further down is told beside the first."""
    wanted = order[: offset + limit]
    ids = {
        row["id"]: row["article_id"]
        for row in db.execute(
            "SELECT p.id, p.article_id FROM json_each(?) j JOIN search_places p ON p.id = j.value",
            (str([place for place, _ in wanted[offset:]]),),
        )
    }
    kept = {one.id: one for one in reading.by_ids(db, ids.values())}
    names = {row["id"]: row["name"] for row in db.execute("SELECT id, name FROM sources")}
    sought = frozenset().union(*(one.terms | {*one.members} for one in put.units))
    stories: dict[int, list[KeptArticle]] = {}
    for place, _ in wanted[offset:]:
        one = kept[ids[place]]
        stories.setdefault(one.story_id or -one.id, []).append(one)
    for place, score in wanted[offset:]:
        one = kept[ids[place]]
        members = stories[one.story_id or -one.id]
        if members[0] is one:
            text = one.article.text or one.article.lead
            yield Hit(article=one, snippet=snippets.cut(text, sought), score=score, also=_also(members, names))


def _also(members: Sequence[KeptArticle], names: dict[str, str]) -> tuple[Elsewhere, ...]:
    first = members[0]
    found: dict[str, Elsewhere] = {}
    for one in members:
        for address in one.addresses:
            if address.source_id != first.source_id and address.source_id not in found:
                found[address.source_id] = Elsewhere(
                    source_id=address.source_id, source_name=names[address.source_id], url=address.url
                )
    return tuple(found.values())
