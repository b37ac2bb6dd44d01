"""Filling the tables of releases and pickups, in step with the stories.

What is followed are the articles' revisions: only stories of which an article moved since the last time are looked at,
and only pairs whose wording moved are compared again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from aggregator import group
from aggregator.archive.analysis import body
from aggregator.archive.appearances import by_story
from aggregator.archive.index import LOCAL
from aggregator.archive.opening import writing
from aggregator.archive.passages import standing
from aggregator.archive.rows import dump, stamp
from aggregator.archive.tables import insert, update

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from sqlite3 import Row

    from sqlite_utils import Database

    from aggregator.archive.appearances import Seen
    from aggregator.group import Appearance, Trace
    from aggregator.model import Overlap

VERSION = f"1.{group.OVERLAP_VERSION}"
"""Its first part is raised when releases and pickups are told apart otherwise than before."""

BATCH = 200
"""Stories followed in one transaction; a killed run does the last batch again."""


@dataclass(slots=True)
class _Desk:
    """One batch's work."""

    db: Database
    at: str
    releases: set[int] = field(default_factory=set)
    """The releases of the batch's stories as they are now, by article."""
    pickups: set[int] = field(default_factory=set)
    changed: int = 0


def follow(db: Database, at: datetime) -> int:
    """Bring releases and pickups in step with the stories; how many rows changed; none where nothing moved."""
    version, last, times = _noted(db)
    newest = db.execute("SELECT coalesce(max(revision), 0) AS newest FROM articles").fetchone()["newest"]
    if (version, last) == (VERSION, newest):
        return 0
    changed = 0
    stories = _touched(db, last if version == VERSION else -1)
    for start in range(0, len(stories), BATCH):
        with writing(db):
            changed += _follow(_Desk(db, stamp(at)), stories[start : start + BATCH])
    with writing(db):
        note = f"{VERSION}/{newest}/{times + bool(changed)}"
        db.execute("INSERT OR REPLACE INTO settings (name, value) VALUES ('pickups', ?)", (note,))
    return changed


def moved(db: Database) -> int:
    """A number that goes up when a release or a pickup changes."""
    return _noted(db)[2]


def compare(db: Database, release_id: int, article_id: int, source_id: str) -> Overlap:
    """A release and a pickup side by side, as they are worded now."""
    texts = {
        row["id"]: body(row["lead"], row["text"])
        for row in db.execute("SELECT id, lead, text FROM articles WHERE id IN (?, ?)", (release_id, article_id))
    }
    home = db.execute("SELECT source_id FROM releases WHERE article_id = ?", (release_id,)).fetchone()["source_id"]
    ignore = standing(db, home, release_id) | standing(db, source_id, article_id)
    return group.overlap(texts[release_id], texts[article_id], sorted(ignore))


def _noted(db: Database) -> tuple[str, int, int]:
    """With what version, up to what revision, and how many times with a change was followed."""
    row = db.execute("SELECT value FROM settings WHERE name = 'pickups'").fetchone()
    version, last, times = ("", -1, 0) if row is None else row["value"].split("/")
    return version, int(last), int(times)


def _touched(db: Database, last: int) -> list[int]:
    """The stories of which an article moved since then, those that it has left among them."""
    rows = db.execute(
        "WITH moved AS (SELECT id, story_id FROM articles WHERE revision > ?)"
        " SELECT coalesce(story_id, -id) AS story FROM moved"
        " UNION SELECT r.story FROM moved m JOIN releases r ON r.article_id = m.id"
        " UNION SELECT r.story FROM moved m JOIN pickups p ON p.article_id = m.id"
        " JOIN releases r ON r.article_id = p.release_id ORDER BY story",
        (last,),
    )
    return [row["story"] for row in rows]


def _follow(desk: _Desk, stories: Sequence[int]) -> int:
    db, named = desk.db, dump(stories)
    before = [
        row["article_id"]
        for row in db.execute("SELECT r.article_id FROM json_each(?) j JOIN releases r ON r.story = j.value", (named,))
    ]
    for story, seen in by_story(db, stories):
        traced = group.trace([one.appearance for one in seen])
        if traced is not None:
            _keep(desk, story, traced, seen)
    for article_id in desk.releases.union(before):
        for row in db.execute("SELECT id FROM pickups WHERE release_id = ?", (article_id,)).fetchall():
            if row["id"] not in desk.pickups:
                db.execute("DELETE FROM pickups WHERE id = ?", (row["id"],))
                desk.changed += 1
    for article_id in set(before) - desk.releases:
        db.execute("DELETE FROM releases WHERE article_id = ?", (article_id,))
        desk.changed += 1
    return desk.changed


def _keep(desk: _Desk, story: int, traced: Trace, seen: Sequence[Seen]) -> None:
    """A story's release and its pickups, where they are not as they stand."""
    urls = {(one.appearance.article_id, one.appearance.source_id): one.url for one in seen}
    release = traced.release
    columns = {
        "story": story,
        "source_id": release.source_id,
        "url": urls[release.article_id, release.source_id],
        "sender": traced.sender,
        "sent_at": stamp(traced.sent_at),
        "sent_on": traced.sent_at.astimezone(LOCAL).date().isoformat(),
        "by_day": int(traced.by_day),
        "stands_in": int(traced.stands_in),
    }
    desk.releases.add(release.article_id)
    row = desk.db.execute("SELECT * FROM releases WHERE article_id = ?", (release.article_id,)).fetchone()
    if row is None or any(row[name] != value for name, value in columns.items()):
        names = ", ".join(columns)
        desk.db.execute(
            f"INSERT INTO releases (article_id, {names}) VALUES (?{', ?' * len(columns)}) ON CONFLICT (article_id)"
            f" DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in columns)}",
            (release.article_id, *columns.values()),
        )
        desk.changed += 1
    for pickup in traced.pickups:
        _keep_pickup(desk, traced, pickup, urls[pickup.article_id, pickup.source_id])


def _keep_pickup(desk: _Desk, traced: Trace, pickup: Appearance, url: str) -> None:
    db = desk.db
    texts = {
        row["id"]: row
        for row in db.execute(
            "SELECT id, guid, title, content_hash FROM articles WHERE id IN (?, ?)",
            (traced.release.article_id, pickup.article_id),
        )
    }
    ours, theirs = texts[traced.release.article_id], texts[pickup.article_id]
    row = db.execute(
        "SELECT * FROM pickups WHERE article_id = ? AND source_id = ?", (pickup.article_id, pickup.source_id)
    ).fetchone()
    wording = f"{VERSION}/{ours['id']}/{ours['content_hash']}/{theirs['content_hash']}"
    columns: dict[str, object] = {
        "release_id": ours["id"],
        "title": theirs["title"],
        "url": url,
        "published_at": stamp(pickup.at),
        "by_day": int(pickup.by_day or traced.by_day),
        "delay_seconds": round((pickup.at - traced.sent_at).total_seconds()),
        "headline_changed": int(group.headline_changed(ours["title"], theirs["title"])),
        "wording": wording,
    }
    if row is None or row["wording"] != wording:
        columns |= _figures(compare(db, ours["id"], theirs["id"], pickup.source_id))
    if row is None:
        named = {"article_id": theirs["id"], "source_id": pickup.source_id, "guid": _guid(theirs, pickup.source_id)}
        desk.pickups.add(insert(db, "pickups", {**named, **columns, "found_at": desk.at, "updated_at": desk.at}))
        desk.changed += 1
        return
    desk.pickups.add(row["id"])
    if any(row[name] != value for name, value in columns.items()):
        update(db, "pickups", row["id"], {**columns, "updated_at": desk.at})
        desk.changed += 1


def _figures(found: Overlap) -> dict[str, object]:
    return {
        "words": found.words,
        "carried": found.carried,
        "added": found.added,
        "quotes": len(found.quotes),
        "quotes_kept": found.quotes_kept,
    }


def _guid(article: Row, source_id: str) -> str:
    """The permanent id of an article's appearance as a pickup: made of the article's own, which never changes."""
    named, _, _ = article["guid"].rpartition(":")
    digest = blake2b(f"{article['guid']}\n{source_id}".encode(), digest_size=6).hexdigest()
    return f"{named}:genomslag/{digest}" if named.startswith("tag:") else f"{article['guid']}#genomslag-{digest}"
