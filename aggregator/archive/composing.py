"""Links → stories: whose links hang together, who leads, and what the members are to the lead.

A story's id is that of the member which we kept first. So it does not change as members come, and needs no memory;
where two stories become one, the older stays; where one is parted, the part with its first member keeps the name.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aggregator.archive.rows import dump, stamp, time
from aggregator.archive.tagging import next_revision
from aggregator.group.memory import join, root
from aggregator.group.stories import Candidate, lead, of_story, to_lead
from aggregator.model import ORIGIN_ROLES, Relation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime
    from sqlite3 import Row

    from sqlite_utils import Database

    from aggregator.archive.shelf import Shelf

_MEMBERS = (
    "SELECT a.id, a.story_id, a.source_id, a.listed_at, a.content_hash, a.gone_at, a.origin, length(a.text) AS size,"
    " s.name, s.role, s.origin AS sender, m.parent_id, m.share, m.relation FROM json_each(?) j"
    " JOIN articles a ON {} = j.value JOIN sources s ON s.id = a.source_id"
    " LEFT JOIN story_members m ON m.article_id = a.id"
)


@dataclass(frozen=True, slots=True)
class _Composed:
    """A story as it is to be."""

    id: int
    members: tuple[Row, ...]
    lead: int
    relation: Relation
    parts: dict[int, tuple[Relation, float]]
    """Of each member: what it is to the lead, and how much is shared."""


def compose(db: Database, shelf: Shelf, touched: Collection[int], at: datetime) -> None:
    """Bring the stories of these articles in step with the links; articles that show a change get a revision."""
    rows = _around(db, touched)
    before = {row["story_id"] for row in rows.values() if row["story_id"] is not None}
    after: set[int] = set()
    changed: list[int] = []
    for members in _hanging_together(rows):
        story = _composed(members, shelf)
        after.add(story.id)
        changed += _write(db, story, at)
    db.execute("DELETE FROM stories WHERE id IN (SELECT value FROM json_each(?))", (dump(sorted(before - after)),))
    db.execute(
        "UPDATE articles SET revision = ? WHERE id IN (SELECT value FROM json_each(?))",
        (next_revision(db), dump(changed)),
    )


def _around(db: Database, touched: Collection[int]) -> dict[int, Row]:
    """These articles and all that are in their stories."""
    rows = {row["id"]: row for row in db.execute(_MEMBERS.format("a.id"), (dump(list(touched)),))}
    stories = sorted({row["story_id"] for row in rows.values() if row["story_id"] is not None})
    rows.update((row["id"], row) for row in db.execute(_MEMBERS.format("a.story_id"), (dump(stories),)))
    return rows


def _hanging_together(rows: dict[int, Row]) -> Iterator[list[Row]]:
    roots = {one: one for one in rows}
    for one, row in rows.items():
        if row["parent_id"] in roots:
            join(roots, one, row["parent_id"])
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for one in sorted(rows):
        found[root(roots, one)].append(rows[one])
    yield from found.values()


def _composed(members: list[Row], shelf: Shelf) -> _Composed:
    first = lead(_candidate(row) for row in members)
    parts = {first: (Relation.SINGLE, 1.0)}
    if len(members) > 1:
        head = shelf.text(first)
        parts.update({row["id"]: to_lead(shelf.text(row["id"]), head) for row in members if row["id"] != first})
    origin = next(_is_origin(row) for row in members if row["id"] == first)
    relations = [part for one, (part, _) in parts.items() if one != first]
    return _Composed(members[0]["id"], tuple(members), first, of_story(relations, origin=origin), parts)


def _candidate(row: Row) -> Candidate:
    return Candidate(
        id=row["id"],
        order=(time(row["listed_at"]), f"{row['content_hash']} {row['source_id']} {row['id']:012d}"),
        size=row["size"],
        origin=_is_origin(row),
        gone=row["gone_at"] is not None,
    )


def _is_origin(row: Row) -> bool:
    """Whether a source tells of its own: by what it is, or because the article names it as the sender."""
    return row["role"] in ORIGIN_ROLES or (row["origin"] is not None and row["origin"] in (row["name"], row["sender"]))


def _write(db: Database, story: _Composed, at: datetime) -> list[int]:
    """Write a story where it is not as it stands; the articles of which something changed that readers see."""
    row = db.execute("SELECT lead_article_id, relation FROM stories WHERE id = ?", (story.id,)).fetchone()
    moved = [one["id"] for one in story.members if one["story_id"] != story.id]
    count = db.execute("SELECT count(*) AS members FROM articles WHERE story_id = ?", (story.id,)).fetchone()["members"]
    left = count != len(story.members) - len(moved)
    told_anew = row is None or (row["lead_article_id"], row["relation"]) != (story.lead, story.relation.value)
    if told_anew or moved or left:
        db.execute(
            "INSERT INTO stories (id, created_at, lead_article_id, relation, updated_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET lead_article_id = excluded.lead_article_id, relation = excluded.relation,"
            " updated_at = excluded.updated_at",
            (story.id, stamp(at), story.lead, story.relation.value, stamp(at)),
        )
    db.conn.executemany("UPDATE articles SET story_id = ? WHERE id = ?", [(story.id, one) for one in moved])
    db.conn.executemany(
        "UPDATE story_members SET relation = ?, share = ?, joined_at = CASE WHEN ? THEN ? ELSE joined_at END"
        " WHERE article_id = ?",
        [
            (relation.value, share, one in moved, stamp(at), one)
            for one, (relation, share) in sorted(story.parts.items())
        ],
    )
    alone = row is None and len(story.members) == 1
    return [] if alone or not (told_anew or moved or left) else [one["id"] for one in story.members]
