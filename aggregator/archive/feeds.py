"""Which articles a feed holds, and whether anything about them moved since it was written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from aggregator import query as line_reader
from aggregator.archive import finding
from aggregator.archive.asking import ask, marked
from aggregator.archive.index import source_mark, tag_mark
from aggregator.archive.rows import stamp
from aggregator.model import TagKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlite_utils import Database

    from aggregator.archive.asking import Asked
    from aggregator.model import Filter


_JOINED = "CROSS JOIN search_places p ON p.id = {} CROSS JOIN articles a ON a.id = p.article_id"
"""From what the index finds to the articles, in this order: read newest first, it stops where enough is found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedTag:
    """A tag that articles bear, and how many of those not gone."""

    kind: TagKind
    name: str
    articles: int


def feed_tags(db: Database) -> tuple[FeedTag, ...]:
    """The tags that have articles, by kind and name."""
    rows = db.execute(
        "SELECT t.kind, t.name, m.articles - coalesce(g.articles, 0) AS articles FROM tags t"
        " JOIN (SELECT tag_id, sum(articles) AS articles FROM tag_months GROUP BY tag_id) m ON m.tag_id = t.id"
        " LEFT JOIN (SELECT x.tag_id, count(*) AS articles FROM articles a INDEXED BY articles_gone"
        " CROSS JOIN article_tags x ON x.article_id = a.id WHERE a.gone_at IS NOT NULL GROUP BY x.tag_id) g"
        " ON g.tag_id = t.id"
        " WHERE m.articles > coalesce(g.articles, 0) ORDER BY t.kind, t.name"
    )
    return tuple(FeedTag(kind=TagKind(r["kind"]), name=r["name"], articles=r["articles"]) for r in rows)


def feed_sources(db: Database) -> tuple[str, ...]:
    """The sources at which articles not gone were seen, in the order of the configuration."""
    rows = db.execute(
        "SELECT s.id FROM sources s WHERE EXISTS"
        " (SELECT 1 FROM addresses d CROSS JOIN articles a ON a.id = d.article_id WHERE d.source_id = s.id"
        " AND a.gone_at IS NULL) ORDER BY s.rowid"
    )
    return tuple(r["id"] for r in rows)


def member_ids(db: Database, chosen: Filter, limit: int | None = None) -> tuple[int, ...]:
    """The ids of a filter's articles, newest first; those gone are left out."""
    tables, place, conditions, values = finding.where(_asked(db, chosen))
    rows = db.execute(
        f"SELECT a.id FROM {tables} {_JOINED.format(place)} WHERE {conditions} AND a.gone_at IS NULL"
        f" ORDER BY {place} DESC LIMIT ?",
        (*values, -1 if limit is None else limit),
    )
    return tuple(row["id"] for row in rows)


def member_stories(db: Database, chosen: Filter) -> tuple[int, ...]:
    """The ids of the stories of a filter's articles; an article that is in none stands for itself.

    A story stands where the oldest of these articles does, so that it does not come up again with each newcomer.
    """
    folded = {
        row["id"]: row["story_id"]
        for row in db.execute("SELECT id, story_id FROM articles INDEXED BY articles_folded WHERE story_id <> id")
    }
    found: dict[int, None] = {}
    for one in member_ids(db, chosen):
        story = folded.get(one, one)
        found.pop(story, None)
        found[story] = None
    return tuple(found)


def fingerprint(db: Database, chosen: Filter) -> str:
    """A text that moves with anything about a filter's articles: new, gone, wording, facts, tags, names of sources."""
    tables, place, conditions, values = finding.where(_asked(db, chosen))
    row = db.execute(
        f"SELECT count(*) AS articles, max(a.revision) AS newest FROM {tables} {_JOINED.format(place)}"
        f" WHERE {conditions} AND a.gone_at IS NULL",
        values,
    ).fetchone()
    sources = "\n".join(
        f"{r['id']}\t{r['name']}\t{r['publish']}"
        for r in db.execute("SELECT id, name, publish FROM sources ORDER BY id")
    )
    names = blake2b(f"{chosen!r}\n{sources}".encode(), digest_size=6).hexdigest()
    return f"{row['articles']}-{row['newest'] or 0}-{names}"


def _asked(db: Database, chosen: Filter) -> Asked:
    """A filter in the words of the search index: the values of one kind joined by OR, kinds and all else by AND."""
    put = ask(db, line_reader.parse(chosen.query).node)
    told = [f"({put.match})"] if put.match else []
    for kind in dict.fromkeys(kind for kind, _ in chosen.tags):
        names = [name for other, name in chosen.tags if other == kind]
        rows = db.execute(f"SELECT id FROM tags WHERE kind = ? AND name IN ({_marks(names)})", (kind.value, *names))
        told.append(marked(tag_mark(row["id"]) for row in rows))
    if chosen.sources:
        told.append(marked(map(source_mark, chosen.sources)))
    return replace(put, match=" AND ".join(told))


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)


def published(db: Database) -> dict[str, str]:
    """The fingerprint with which each feed was last written, by the feed's id."""
    return {row["id"]: row["fingerprint"] for row in db.execute("SELECT id, fingerprint FROM feeds")}


def save_published(db: Database, fingerprints: Mapping[str, str], at: datetime) -> None:
    """Note with what fingerprint feeds were written; writes nothing where nothing changed."""
    for feed_id, moved in fingerprints.items():
        db.execute(
            "INSERT INTO feeds (id, fingerprint, published_at) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " fingerprint = excluded.fingerprint, published_at = excluded.published_at"
            " WHERE fingerprint <> excluded.fingerprint",
            (feed_id, moved, stamp(at)),
        )


def feed_archives(db: Database, feed_id: str) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """A feed's closed archive documents (RFC 5005, section 4), the oldest first: number, and ids in their order."""
    found: dict[int, list[int]] = {}
    for row in db.execute(
        "SELECT number, article_id FROM feed_archive_articles WHERE feed_id = ? ORDER BY number, position",
        (feed_id,),
    ):
        found.setdefault(row["number"], []).append(row["article_id"])
    return tuple((number, tuple(ids)) for number, ids in found.items())


def add_feed_archive(db: Database, feed_id: str, ids: Iterable[int], at: datetime) -> int:
    """Close an archive document that holds these articles for ever; its number, counted from 1."""
    members = tuple(dict.fromkeys(ids))
    row = db.execute(
        "SELECT coalesce(max(number), 0) + 1 AS next FROM feed_archives WHERE feed_id = ?", (feed_id,)
    ).fetchone()
    number = int(row["next"])
    db.execute(
        "INSERT INTO feed_archives (feed_id, number, closed_at, articles) VALUES (?, ?, ?, ?)",
        (feed_id, number, stamp(at), len(members)),
    )
    db.conn.executemany(
        "INSERT INTO feed_archive_articles (feed_id, number, position, article_id) VALUES (?, ?, ?, ?)",
        [(feed_id, number, position, article_id) for position, article_id in enumerate(members)],
    )
    return number
