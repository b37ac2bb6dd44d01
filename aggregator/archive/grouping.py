"""Grouping the articles that have no story yet, or another text than when they were grouped; oldest first.

What comes out depends on the articles, not on the order in which they came: whatever a newcomer may change is looked at
again. Each batch is one transaction, so that a killed run is finished by the next (docs/decisions/0901).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aggregator.archive.composing import compose
from aggregator.archive.opening import writing
from aggregator.archive.rows import dump, time
from aggregator.archive.shelf import Shelf, later
from aggregator.archive.tagging import next_revision
from aggregator.group.linking import WINDOW, best, nearest, versions

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from aggregator.group.linking import Text

BATCH = 200
"""Articles grouped in one transaction."""

SETTING = "stories"
"""Under which the revision is noted up to which every article is grouped."""

_MARK = "a.content_hash || ' ' || a.listed_at"
"""What an article is grouped by; when it moves, the article is grouped again."""


@dataclass(slots=True)
class _Desk:
    """One batch's work."""

    db: Database
    shelf: Shelf
    touched: set[int] = field(default_factory=set)
    """Articles whose links may be others now."""


def group_new(db: Database, at: datetime) -> int:
    """Group what is not grouped as it stands; how many articles that were; writes nothing where there are none."""
    newest = next_revision(db) - 1
    row = db.execute("SELECT value FROM settings WHERE name = ?", (SETTING,)).fetchone()
    last = -1 if row is None else int(row["value"])
    if last == newest:
        return 0
    waiting = _waiting(db, last)
    for start in range(0, len(waiting), BATCH):
        with writing(db):
            _group(db, waiting[start : start + BATCH], at)
    with writing(db):
        _stir(db, last, at)
        if waiting:
            _prune(db)
        db.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (SETTING, str(next_revision(db) - 1)))
    return len(waiting)


def _waiting(db: Database, last: int) -> list[int]:
    rows = db.execute(
        "SELECT a.id FROM articles a LEFT JOIN story_texts t ON t.article_id = a.id"
        f" WHERE a.revision > ? AND (t.mark IS NULL OR t.mark <> {_MARK}) ORDER BY a.listed_at, a.id",
        (last,),
    )
    return [row["id"] for row in rows]


def _group(db: Database, ids: list[int], at: datetime) -> None:
    desk = _Desk(db, Shelf(db))
    texts = [desk.shelf.text(one) for one in ids]
    times = [text.order[0] for text in texts]
    desk.shelf.move(min(times), max(times))
    marks = {
        row["id"]: row["mark"]
        for row in db.execute(
            f"SELECT a.id, {_MARK} AS mark FROM json_each(?) j JOIN articles a ON a.id = j.value", (dump(ids),)
        )
    }
    for text in texts:
        _shelve(desk, text, marks[text.id])
    moved = _link_anew(desk)
    compose(db, desk.shelf, moved.union(ids), at)


def _shelve(desk: _Desk, text: Text, mark: str) -> None:
    """Put an article on the shelf, and count its shingles with its source's; versions of a text count once."""
    shelf = desk.shelf
    before = shelf.shelved([text.id]).get(text.id)
    desk.touched.update(later(text, shelf) if before is not None else ())
    same = versions(text, [other for other in nearest(text, shelf) if other.source == text.source])
    roots = {version_of for version_of, _ in shelf.shelved(same).values()}
    root = min({text.id, *roots})
    family = shelf.versions(roots)
    if len(roots) > 1 or (roots and root == text.id):
        desk.db.execute(
            "UPDATE story_texts SET version_of = ? WHERE version_of IN (SELECT value FROM json_each(?))",
            (root, dump(list(roots))),
        )
    counted = {shingle for _, shingles in shelf.shelved(family).values() for shingle in shingles}
    counted.update(before[1] if before is not None else ())
    became = shelf.count(text.source, sorted(text.reading.indexed - counted))
    shelf.put(text, mark, root)
    desk.touched.add(text.id)
    if became:
        desk.touched.update(shelf.holders(text.source, became))


def _link_anew(desk: _Desk) -> set[int]:
    """Find the links of all that may have others now; those that have, and those to which they were linked."""
    affected = set(desk.touched)
    for one in desk.touched:
        affected.update(later(desk.shelf.text(one), desk.shelf))
    moved: set[int] = set()
    for one in sorted(affected, key=lambda one: desk.shelf.text(one).order):
        moved.update(_link(desk, desk.shelf.text(one)))
    return moved


def _link(desk: _Desk, text: Text) -> set[int]:
    db = desk.db
    link, related = best(text, nearest(text, desk.shelf), desk.shelf)
    db.execute("DELETE FROM story_related WHERE article_id = ?", (text.id,))
    db.conn.executemany(
        "INSERT INTO story_related (article_id, other_id) VALUES (?, ?)", [(text.id, other) for other in related]
    )
    row = db.execute("SELECT parent_id FROM story_members WHERE article_id = ?", (text.id,)).fetchone()
    before, now = (None if row is None else row["parent_id"]), (None if link is None else link.to)
    if row is not None and before == now:
        return set()
    db.execute(
        "INSERT INTO story_members (article_id, parent_id, share, relation, joined_at) VALUES (?, ?, 1, 'single', '')"
        " ON CONFLICT (article_id) DO UPDATE SET parent_id = excluded.parent_id",
        (text.id, now),
    )
    return {one for one in (text.id, before, now) if one is not None}


def _stir(db: Database, last: int, at: datetime) -> None:
    """See to the stories of which a member moved otherwise: it is gone, or back, or stands at another outlet too.

    Its fellows bear it in what they are told with, and so their revisions move as well.
    """
    if last < 0:
        return
    rows = db.execute(
        "SELECT o.id FROM (SELECT DISTINCT story_id FROM articles WHERE revision > ?) s"
        " JOIN articles o ON o.story_id = s.story_id"
        " WHERE EXISTS (SELECT 1 FROM articles f WHERE f.story_id = o.story_id AND f.id <> o.id)",
        (last,),
    ).fetchall()
    if rows:
        fellows = [row["id"] for row in rows]
        compose(db, Shelf(db), fellows, at)
        db.execute(
            "UPDATE articles SET revision = ? WHERE id IN (SELECT value FROM json_each(?))",
            (next_revision(db), dump(fellows)),
        )


def _prune(db: Database) -> None:
    """Take down what lies further back than the window, seen from the newest article."""
    newest = db.execute("SELECT max(at) AS at FROM story_texts").fetchone()["at"]
    Shelf(db).prune(time(newest) - WINDOW)
