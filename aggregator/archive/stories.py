"""Stories in the archive: which articles tell the same thing, and which of them leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.archive.rows import dump, optional_time, time
from aggregator.model import AlsoAt, Member, Relation, Story

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from sqlite3 import Row

    from sqlite_utils import Database


def stories(db: Database, ids: Iterable[int]) -> dict[int, Story]:
    """The stories with these ids and their members, by id; those that there are not are left out."""
    named = dump(list(ids))
    heads = {
        row["id"]: row
        for row in db.execute("SELECT s.* FROM json_each(?) j JOIN stories s ON s.id = j.value", (named,))
    }
    rows = db.execute(
        "SELECT a.story_id, a.id, a.guid, a.source_id, s.name AS source_name, a.title, a.url, a.published_at,"
        " a.fetched_at, a.gone_at, m.share, m.relation, m.joined_at FROM json_each(?) j"
        " JOIN articles a ON a.story_id = j.value JOIN stories t ON t.id = a.story_id"
        " JOIN sources s ON s.id = a.source_id LEFT JOIN story_members m ON m.article_id = a.id"
        " ORDER BY a.gone_at IS NOT NULL, a.id = t.lead_article_id DESC, a.listed_at, a.id",
        (named,),
    ).fetchall()
    also = _elsewhere(db, [row["id"] for row in rows])
    members: dict[int, list[Member]] = {}
    for row in rows:
        members.setdefault(row["story_id"], []).append(_member(row, also.get(row["id"], ())))
    related = _related(db, named)
    return {one: _story(heads[one], members[one], related.get(one, ())) for one in members}


def _story(head: Row, members: Sequence[Member], related: Sequence[int]) -> Story:
    return Story(
        id=head["id"],
        guid=min(members, key=lambda member: member.article_id).guid,
        relation=Relation(head["relation"]),
        lead=members[0],
        members=tuple(members),
        created_at=time(head["created_at"]),
        related=tuple(related),
    )


def _member(row: Row, also: Sequence[AlsoAt]) -> Member:
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


def _elsewhere(db: Database, ids: Sequence[int]) -> dict[int, list[AlsoAt]]:
    """Of each article, the other sources at which it stands now, the first to have it first."""
    found: dict[int, list[AlsoAt]] = {}
    for row in db.execute(
        "SELECT d.article_id, d.source_id, s.name, d.url, min(d.first_seen_at) AS since FROM json_each(?) j"
        " JOIN addresses d ON d.article_id = j.value JOIN articles a ON a.id = d.article_id"
        " JOIN sources s ON s.id = d.source_id WHERE d.source_id <> a.source_id AND d.gone_at IS NULL"
        " GROUP BY d.article_id, d.source_id ORDER BY since, min(d.id)",
        (dump(list(ids)),),
    ):
        place = AlsoAt(source_id=row["source_id"], source_name=row["name"], url=row["url"], since_at=time(row["since"]))
        found.setdefault(row["article_id"], []).append(place)
    return found


def _related(db: Database, named: str) -> dict[int, list[int]]:
    """Of each story, other stories of which a member shares a quote with a member of it."""
    found: dict[int, list[int]] = {}
    for row in db.execute(
        "SELECT DISTINCT a.story_id AS story, o.story_id AS other FROM json_each(?) j"
        " JOIN articles a ON a.story_id = j.value"
        " JOIN (SELECT article_id AS one, other_id AS other FROM story_related"
        " UNION SELECT other_id, article_id FROM story_related) r ON r.one = a.id"
        " JOIN articles o ON o.id = r.other WHERE o.story_id <> a.story_id ORDER BY story, other",
        (named,),
    ):
        found.setdefault(row["story"], []).append(row["other"])
    return found
