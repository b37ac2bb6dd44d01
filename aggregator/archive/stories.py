"""Stories in the archive: which articles tell the same thing, and which of them leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.archive.rows import dump, optional_time, time
from aggregator.model import Member, Relation, Story

if TYPE_CHECKING:
    from collections.abc import Sequence
    from sqlite3 import Row

    from sqlite_utils import Database


def story(db: Database, story_id: int) -> Story | None:
    """A story with its members; None where there is none of this id."""
    head = db.execute("SELECT * FROM stories WHERE id = ?", (story_id,)).fetchone()
    if head is None:
        return None
    rows = db.execute(
        "SELECT a.id, a.guid, a.source_id, s.name AS source_name, a.title, a.url, a.published_at, a.fetched_at,"
        " a.gone_at, m.share, m.relation, m.joined_at"
        " FROM articles a JOIN sources s ON s.id = a.source_id LEFT JOIN story_members m ON m.article_id = a.id"
        " WHERE a.story_id = ? ORDER BY a.gone_at IS NOT NULL, a.id = ? DESC, a.listed_at, a.id",
        (story_id, head["lead_article_id"]),
    ).fetchall()
    if not rows:
        return None
    elsewhere = _elsewhere(db, [row["id"] for row in rows])
    members = tuple(_member(row, elsewhere.get(row["id"], ())) for row in rows)
    first = min(members, key=lambda member: member.article_id)
    return Story(
        id=story_id,
        guid=first.guid,
        relation=Relation(head["relation"]),
        lead=members[0],
        members=members,
        related=_related(db, story_id),
    )


def _member(row: Row, also: Sequence[str]) -> Member:
    return Member(
        article_id=row["id"],
        guid=row["guid"],
        source_id=row["source_id"],
        source_name=row["source_name"],
        title=row["title"],
        url=row["url"],
        published_at=optional_time(row["published_at"]),
        fetched_at=time(row["fetched_at"]),
        relation=Relation(row["relation"] or Relation.SINGLE),
        share=1.0 if row["share"] is None else row["share"],
        joined_at=time(row["joined_at"] or row["fetched_at"]),
        gone_at=optional_time(row["gone_at"]),
        also=tuple(also),
    )


def _elsewhere(db: Database, ids: Sequence[int]) -> dict[int, list[str]]:
    """Of each article, the names of other sources at which it stands now, the first to have it first."""
    found: dict[int, list[str]] = {}
    for row in db.execute(
        "SELECT d.article_id, s.name FROM json_each(?) j JOIN addresses d ON d.article_id = j.value"
        " JOIN articles a ON a.id = d.article_id JOIN sources s ON s.id = d.source_id"
        " WHERE d.source_id <> a.source_id AND d.gone_at IS NULL"
        " GROUP BY d.article_id, d.source_id ORDER BY min(d.first_seen_at), min(d.id)",
        (dump(list(ids)),),
    ):
        found.setdefault(row["article_id"], []).append(row["name"])
    return found


def _related(db: Database, story_id: int) -> tuple[int, ...]:
    """Other stories of which a member shares a quote with a member of this one."""
    rows = db.execute(
        "SELECT DISTINCT o.story_id FROM articles a"
        " JOIN (SELECT article_id AS one, other_id AS other FROM story_related"
        " UNION SELECT other_id, article_id FROM story_related) r ON r.one = a.id"
        " JOIN articles o ON o.id = r.other WHERE a.story_id = ? AND o.story_id <> ? ORDER BY o.story_id",
        (story_id, story_id),
    )
    return tuple(row["story_id"] for row in rows)
