"""Full-text search: a line as a person types it, and the articles that it finds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from aggregator import query as line_reader
from aggregator.archive import facets, finding, leafing, meaning, ranking, reading
from aggregator.archive.asking import ask
from aggregator.archive.facets import COUNTED
from aggregator.archive.snippets import Cutter, marked
from aggregator.query import Query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlite_utils import Database

    from aggregator.archive.asking import Asked
    from aggregator.archive.coverage import Month
    from aggregator.archive.facets import Facet
    from aggregator.archive.leafing import Elsewhere, Found
    from aggregator.archive.snippets import Pieces
    from aggregator.model import KeptArticle

Sort = Literal["relevance", "newest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that a search found."""

    article: KeptArticle
    snippet: str
    """The place in its text that fits best; matches stand between ``[`` and ``]``."""
    pieces: Pieces = ()
    """The same in pieces, (text, whether it is a match), for who writes markup: the texts are to be escaped."""
    title_pieces: Pieces = ()
    """Its title in the same way."""
    score: float
    """Higher is better; 0 where the search is by other things than words."""
    also: tuple[Elsewhere, ...] = ()
    """The other outlets in which the same text or story stands, in the order in which they had it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What a search found."""

    query: Query
    hits: tuple[Hit, ...]
    total: int
    """Articles found; where ``more``, at least so many. A story of several articles is one hit."""
    more: bool = False
    """Whether counting stopped at ``total``: then facets and ranking are of the newest matches."""
    next: str | None = None
    """What gives the hits after these (``after``), the same however many articles come meanwhile; None at the end."""
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
    folded: bool = True,
    after: str | None = None,
) -> SearchResult:
    """Find articles, those gone included; a query that asks for nothing finds all, newest first.

    By relevance: whole words above members of compounds, the title counting most, the newer first among equals.
    """
    understood = line_reader.parse(asked) if isinstance(asked, str) else asked
    mark = leafing.read(after, db, offset)
    put = mark.bound(ask(db, understood.node))
    newest = finding.places(db, put, ranking.RANKED)
    widened = False
    if not newest and put.units:
        wider = mark.bound(ask(db, understood.node, lambda one: meaning.widened(db, one)))
        newest = finding.places(db, wider, ranking.RANKED)
        if newest:
            put, widened = wider, True
    total = _total(db, put, newest, mark.offset + limit)
    found = leafing.leaf(db, mark, _order(db, put, newest, sort, mark), limit, folded=folded)
    return SearchResult(
        query=understood,
        hits=tuple(_hits(db, put, found)),
        total=min(total, max(COUNTED, mark.offset + limit)),
        more=total > max(COUNTED, mark.offset + limit),
        next=found.next,
        suggestion=meaning.suggestion(db, understood) if widened or not newest else None,
        widened=widened,
        facets=facets.count(db, put) if with_facets else (),
    )


def months(db: Database, asked: Query | str) -> tuple[Month, ...]:
    """The months with articles that a search finds, as ``search`` understands it."""
    understood = line_reader.parse(asked) if isinstance(asked, str) else asked
    put = ask(db, understood.node)
    if put.units and not finding.places(db, put, 1):
        put = ask(db, understood.node, lambda one: meaning.widened(db, one))
    return facets.months(db, put)


def _total(db: Database, put: Asked, newest: Sequence[int], shown: int) -> int:
    if len(newest) < ranking.RANKED:
        return len(newest)
    return finding.number(db, put, max(COUNTED, shown) + 1)


def _order(
    db: Database, put: Asked, newest: Sequence[int], sort: Sort, mark: leafing.Mark
) -> Iterator[tuple[int, float]]:
    """Every match with its score, in the order in which they are shown; read on as far as anyone leafs."""
    known = mark.without_later(db, newest)
    scored = ranking.ranked(db, put, known) if sort == "relevance" else [(place, 0.0) for place in known]
    yield from scored
    told = {place for place, _ in scored}
    while len(newest) >= ranking.RANKED:
        put = replace(put, last=newest[-1] - 1)
        newest = finding.places(db, put, ranking.RANKED)
        yield from ((place, 0.0) for place in mark.without_later(db, newest) if place not in told)


def _hits(db: Database, put: Asked, found: Found) -> Iterable[Hit]:
    cutter = Cutter(put)
    kept = {one.id: one for one in reading.by_ids(db, [one.article_id for one in found.lines])}
    for one in found.lines:
        article = kept[one.article_id]
        pieces = cutter.stretch(article.article.text or article.article.lead)
        yield Hit(
            article=article,
            snippet=marked(pieces),
            pieces=pieces,
            title_pieces=cutter.whole(article.article.title),
            score=one.score,
            also=one.also,
        )
