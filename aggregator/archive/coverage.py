"""How much was written of what, month by month and outlet by outlet; and the articles of a tag or a source, paged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aggregator import query
from aggregator.archive import finding, reading
from aggregator.archive.asking import Asked, ask, quoted
from aggregator.archive.index import EVERY, source_mark, tag_mark
from aggregator.archive.rows import dump, safe
from aggregator.model import TagKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlite_utils import Database

    from aggregator.model import Filter, KeptArticle

EVERYTHING = 0
"""The tag under which ``tag_months`` counts every article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What was written in a month: articles by source id."""

    month: str
    """The local month: "2026-11"."""
    by_source: Mapping[str, int]

    @property
    def articles(self) -> int:
        """All sources together."""
        return sum(self.by_source.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Borne:
    """A tag and how many articles bear it, those gone from their sites included."""

    kind: TagKind
    name: str
    articles: int
    lately: int
    """Those since the month that was asked from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """Some articles out of a long row, newest first, and where it goes on."""

    articles: tuple[KeptArticle, ...]
    newer: int | None
    """Give it as ``after`` for the leaf before this one; None on the first."""
    older: int | None
    """Give it as ``before`` for the next leaf; None on the last."""


def months(db: Database, tag: tuple[TagKind, str] | None, source_id: str | None) -> tuple[Month, ...]:
    """The months with articles, the oldest first; of a tag, of a source, of both or of everything."""
    tag_id = EVERYTHING if tag is None else _tag_id(db, *tag)
    rows = db.execute(
        "SELECT month, source_id, articles FROM tag_months WHERE tag_id = ? AND articles > 0"
        " AND (?2 IS NULL OR source_id = ?2) ORDER BY month, articles DESC, source_id",
        (tag_id, source_id),
    )
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["month"], {})[row["source_id"]] = row["articles"]
    return tuple(Month(month=month, by_source=counts) for month, counts in found.items())


def by_source(db: Database) -> dict[str, int]:
    """How many articles each source has, by its id; those gone included."""
    rows = db.execute(
        "SELECT source_id, sum(articles) AS articles FROM tag_months WHERE tag_id = ? GROUP BY source_id", (EVERYTHING,)
    )
    return {row["source_id"]: row["articles"] for row in rows}


def borne(db: Database, kind: TagKind | None, since: str) -> tuple[Borne, ...]:
    """The tags that articles bear, by kind and name; of one kind or of all. ``since``: a month, "2026-01"."""
    rows = db.execute(
        "SELECT t.kind, t.name, sum(m.articles) AS articles,"
        " coalesce(sum(m.articles) FILTER (WHERE m.month >= ?2), 0) AS lately"
        " FROM tags t JOIN tag_months m ON m.tag_id = t.id WHERE ?1 IS NULL OR t.kind = ?1"
        " GROUP BY t.id HAVING sum(m.articles) > 0 ORDER BY t.kind, t.name",
        (kind, since),
    )
    return tuple(
        Borne(kind=TagKind(row["kind"]), name=row["name"], articles=row["articles"], lately=row["lately"])
        for row in rows
    )


def leaf(
    db: Database,
    marks: Sequence[str],
    *,
    limit: int,
    before: int | None = None,
    after: int | None = None,
) -> Leaf:
    """The articles that bear all these marks of the search index, read off the index in the order of time.

    A place (``index.place``) stands still however many articles come: what was seen on a page is not seen again on
    the next.
    """
    match = " AND ".join(map(quoted, marks or (EVERY,)))
    if after is not None:
        found = _places(db, match, "> ?", "ASC", (after, limit + 1))
        more_older, more_newer = True, len(found) > limit
        found = found[:limit][::-1]
    else:
        found = _places(db, match, "< ?", "DESC", (before if before is not None else 1 << 62, limit + 1))
        more_older, more_newer = len(found) > limit, before is not None
        found = found[:limit]
    ids = {
        row["id"]: row["article_id"]
        for row in db.execute(
            "SELECT p.id, p.article_id FROM json_each(?) j JOIN search_places p ON p.id = j.value", (dump(found),)
        )
    }
    return Leaf(
        articles=tuple(reading.by_ids(db, [ids[one] for one in found])),
        newer=found[0] if found and more_newer else None,
        older=found[-1] if found and more_older else None,
    )


def newest(db: Database, chosen: Filter, limit: int) -> tuple[KeptArticle, ...]:
    """The newest articles of a feed's filter, read off the index: no more of them is looked at than is shown.

    Those gone from their sites are left out; where they are many among the newest, fewer are shown.
    """
    kinds = dict.fromkeys(kind for kind, _ in chosen.tags)
    groups = [[tag_mark(_tag_id(db, *tag)) for tag in chosen.tags if tag[0] is kind] for kind in kinds]
    groups.append([source_mark(safe(source)) for source in chosen.sources])
    put = ask(db, query.parse(chosen.query).node) if chosen.query.strip() else Asked("")
    told = [" OR ".join(map(quoted, marks)) for marks in groups if marks]
    match = " AND ".join(f"({one})" for one in [*told, put.match] if one) or quoted(EVERY)
    found = finding.places(db, replace(put, match=match), 2 * limit)
    ids = [
        row["article_id"]
        for row in db.execute(
            "SELECT p.article_id FROM json_each(?) j JOIN search_places p ON p.id = j.value"
            " JOIN articles a ON a.id = p.article_id WHERE a.gone_at IS NULL",
            (dump(found),),
        )
    ]
    return tuple(reading.by_ids(db, ids[:limit]))


def marks_of(db: Database, tag: tuple[TagKind, str] | None, source_id: str | None) -> list[str]:
    """The marks that the articles of a tag, a source, or both bear; a tag that is unknown has one that none bears."""
    marks = [] if tag is None else [tag_mark(_tag_id(db, *tag))]
    return marks if source_id is None else [*marks, source_mark(safe(source_id))]


def _tag_id(db: Database, kind: TagKind, name: str) -> int:
    """A tag's id; -1 where no article ever bore it."""
    row = db.execute("SELECT id FROM tags WHERE kind = ? AND name = ?", (kind, safe(name))).fetchone()
    return -1 if row is None else int(row["id"])


def _places(db: Database, match: str, bound: str, order: str, values: tuple[int, int]) -> list[int]:
    rows = db.execute(
        f"SELECT rowid AS place FROM articles_fts WHERE articles_fts MATCH ? AND rowid {bound}"
        f" ORDER BY rowid {order} LIMIT ?",
        (match, *values),
    )
    return [row["place"] for row in rows]
