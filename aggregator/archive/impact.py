"""What became of press releases, out of the archive: lists, figures, one release side by side with a pickup."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from aggregator import group
from aggregator.archive import tracing
from aggregator.archive.opened import Opened
from aggregator.archive.rows import dump, tag, time
from aggregator.group import Borne, Sent, TakenUp
from aggregator.model import Pickup, Release, ReleaseFilter, TagKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from sqlite3 import Row

    from sqlite_utils import Database

    from aggregator.model import Overlap, ReleaseReport, Tag

_TAGS = (("theme", TagKind.THEME), ("project", TagKind.PROJEKT), ("municipality", TagKind.KOMMUN))
_KINDS = {kind.value: kind for kind in TagKind}
# CROSS JOIN keeps SQLite from beginning with the tags' articles: releases are few among them, and it cannot know.
_OUTLET = "(SELECT id FROM sources WHERE id = ? OR name = ? COLLATE NOCASE)"


class Impact(Opened):
    """Press releases and their pickups. What is kept of them follows the stories (``follow_pickups``)."""

    def follow_pickups(self, at: datetime) -> int:
        """Bring releases and pickups in step with the stories, after grouping; how many of them changed.

        Only what moved since the last time is looked at, and only wordings that moved are compared again.
        """
        with self._open_to_write() as db:
            return tracing.follow(db, at)

    def pickups_moved(self) -> int:
        """A number that goes up whenever a release or a pickup is new, changed, or gone."""
        with self._reading() as db:
            return tracing.moved(db)

    def releases(
        self, chosen: ReleaseFilter | None = None, *, limit: int | None = None, offset: int = 0
    ) -> tuple[Release, ...]:
        """The releases that a filter takes, the newest first, with their pickups by time."""
        chosen = chosen or ReleaseFilter()
        where, values = _where(chosen)
        with self._reading() as db:
            ids = [
                row["article_id"]
                for row in db.execute(
                    f"SELECT r.article_id FROM releases r WHERE {where}"
                    " ORDER BY r.sent_on DESC, r.sent_at DESC, r.article_id DESC LIMIT ? OFFSET ?",
                    (*values, -1 if limit is None else limit, offset),
                )
            ]
            return _by_ids(db, ids, chosen.outlet)

    def release(self, name: int | str) -> Release | None:
        """One release by its article's id, guid or address, or by those of one of its pickups; None where none is."""
        column = "id" if isinstance(name, int) else None
        with self._reading() as db:
            rows = db.execute(
                f"SELECT id FROM articles WHERE {column} = ?"
                if column
                else "SELECT id FROM articles WHERE guid = ? UNION SELECT article_id FROM addresses WHERE url = ?"
                " UNION SELECT id FROM articles WHERE canonical_url = ? OR url = ?"
                " UNION SELECT article_id FROM pickups WHERE guid = ?",
                (name,) if column else (name,) * 5,
            ).fetchall()
            found = dump([row["id"] for row in rows])
            row = db.execute(
                "SELECT article_id FROM releases WHERE article_id IN (SELECT value FROM json_each(?)) UNION ALL"
                " SELECT release_id FROM pickups WHERE article_id IN (SELECT value FROM json_each(?)) LIMIT 1",
                (found, found),
            ).fetchone()
            return None if row is None else _by_ids(db, [row["article_id"]])[0]

    def compare(self, release: Release, pickup: Pickup) -> Overlap:
        """A release and one of its pickups side by side, word by word, as the archive has them now."""
        with self._reading() as db:
            return tracing.compare(db, release.article_id, pickup.article_id, pickup.source_id)

    def release_report(self, chosen: ReleaseFilter | None = None) -> ReleaseReport:
        """The figures of the releases that a filter takes."""
        chosen = chosen or ReleaseFilter()
        with self._reading() as db:
            return _report(db, chosen)

    def release_count(self, chosen: ReleaseFilter | None = None) -> int:
        """How many releases a filter takes."""
        where, values = _where(chosen or ReleaseFilter())
        with self._reading() as db:
            return int(db.execute(f"SELECT count(*) AS n FROM releases r WHERE {where}", values).fetchone()["n"])

    def new_pickups(self, limit: int) -> tuple[tuple[Release, Pickup], ...]:
        """The pickups that were found last, the newest first, each with its release; without pages that are gone."""
        with self._reading() as db:
            rows = db.execute(
                "SELECT p.guid, p.release_id FROM pickups p CROSS JOIN articles a ON a.id = p.article_id"
                " WHERE a.gone_at IS NULL ORDER BY p.found_at DESC, p.published_at DESC, p.id DESC LIMIT ?",
                (limit,),
            ).fetchall()
            releases = {one.article_id: one for one in _by_ids(db, list({row["release_id"] for row in rows}))}
        found = []
        for row in rows:
            release = releases[row["release_id"]]
            found.append((release, next(one for one in release.pickups if one.guid == row["guid"])))
        return tuple(found)

    def pickup_count(self) -> int:
        """How many pickups there are on pages that are not gone."""
        with self._reading() as db:
            row = db.execute(
                "SELECT count(*) AS n FROM pickups p CROSS JOIN articles a ON a.id = p.article_id"
                " WHERE a.gone_at IS NULL"  # in this order, whatever SQLite thinks: pickups are few
            ).fetchone()
            return int(row["n"])

    def release_choices(self) -> dict[str, tuple[str, ...]]:
        """What a report can be narrowed to: themes, projects, municipalities, outlets and senders that there are."""
        with self._reading() as db:
            found = {
                name: _texts(
                    db,
                    "SELECT DISTINCT t.name FROM releases r CROSS JOIN article_tags x ON x.article_id = r.article_id"
                    " CROSS JOIN tags t ON t.id = x.tag_id WHERE t.kind = ?",
                    kind.value,
                )
                for name, kind in _TAGS
            }
            found["outlet"] = _texts(
                db, "SELECT name FROM sources WHERE id IN (SELECT DISTINCT source_id FROM pickups)"
            )
            found["sender"] = _texts(db, "SELECT DISTINCT sender FROM releases")
            return found


def _texts(db: Database, sql: str, *values: str) -> tuple[str, ...]:
    return tuple(row[0] for row in db.execute(sql, values))


def _where(chosen: ReleaseFilter) -> tuple[str, tuple[object, ...]]:
    """A filter as a condition in SQL on ``r``, a release, and the values to bind."""
    conditions, values = ["1"], list[object]()
    for sql, day in (("r.sent_on >= ?", chosen.since), ("r.sent_on <= ?", chosen.until)):
        if day is not None:
            conditions.append(sql)
            values.append(day.isoformat())
    for name, kind in _TAGS:
        if wanted := getattr(chosen, name):
            conditions.append(
                "EXISTS (SELECT 1 FROM article_tags x WHERE x.article_id = r.article_id AND x.tag_id IN"
                " (SELECT id FROM tags WHERE kind = ? AND name = ? COLLATE NOCASE))"
            )
            values += [kind.value, wanted]
    if chosen.outlet:
        conditions.append(f"r.article_id IN (SELECT release_id FROM pickups WHERE source_id IN {_OUTLET})")
        values += [chosen.outlet, chosen.outlet]
    if chosen.sender:
        conditions.append("r.sender = ? COLLATE NOCASE")
        values.append(chosen.sender)
    if chosen.picked_up is not None:
        some = "EXISTS (SELECT 1 FROM pickups p WHERE p.release_id = r.article_id)"
        conditions.append(some if chosen.picked_up else f"NOT {some} AND NOT r.stands_in")
    return " AND ".join(conditions), tuple(values)


def _by_ids(db: Database, ids: Sequence[int], outlet: str = "") -> tuple[Release, ...]:
    """The releases with these ids, in that order; of their pickups those of one outlet, where one is named."""
    named = dump(ids)
    pickups: dict[int, list[Pickup]] = {}
    narrowed = f" WHERE p.source_id IN {_OUTLET}" if outlet else ""
    for row in db.execute(
        "SELECT p.*, s.name AS outlet FROM json_each(?) j JOIN pickups p ON p.release_id = j.value"
        f" JOIN sources s ON s.id = p.source_id{narrowed} ORDER BY p.published_at, p.id",
        (named, outlet, outlet) if outlet else (named,),
    ):
        pickups.setdefault(row["release_id"], []).append(_pickup(row))
    tags: dict[int, list[Tag]] = {}
    for row in db.execute(
        "SELECT x.article_id, t.kind, t.name, x.score, x.evidence FROM json_each(?) j"
        " JOIN article_tags x ON x.article_id = j.value JOIN tags t ON t.id = x.tag_id ORDER BY t.kind, t.name",
        (named,),
    ):
        tags.setdefault(row["article_id"], []).append(tag(row))
    rows = {
        row["article_id"]: row
        for row in db.execute(
            "SELECT r.*, a.guid, a.title, s.name AS outlet FROM json_each(?) j"
            " JOIN releases r ON r.article_id = j.value JOIN articles a ON a.id = r.article_id"
            " JOIN sources s ON s.id = r.source_id",
            (named,),
        )
    }
    return tuple(_release(rows[one], tags.get(one, ()), pickups.get(one, ())) for one in ids)


def _release(row: Row, tags: Iterable[Tag], pickups: Iterable[Pickup]) -> Release:
    return Release(
        article_id=row["article_id"],
        guid=row["guid"],
        title=row["title"],
        url=row["url"],
        sender=row["sender"],
        source_id=row["source_id"],
        outlet=row["outlet"],
        published_at=time(row["sent_at"]),
        stands_in=bool(row["stands_in"]),
        tags=tuple(tags),
        pickups=tuple(pickups),
    )


def _pickup(row: Row) -> Pickup:
    return Pickup(
        guid=row["guid"],
        article_id=row["article_id"],
        source_id=row["source_id"],
        outlet=row["outlet"],
        title=row["title"],
        url=row["url"],
        published_at=time(row["published_at"]),
        delay=timedelta(seconds=row["delay_seconds"]),
        by_day=bool(row["by_day"]),
        words=row["words"],
        carried=row["carried"],
        added=row["added"],
        quotes=row["quotes"],
        quotes_kept=row["quotes_kept"],
        headline_changed=bool(row["headline_changed"]),
        found_at=time(row["found_at"]),
        updated_at=time(row["updated_at"]),
    )


def _report(db: Database, chosen: ReleaseFilter) -> ReleaseReport:
    where, values = _where(chosen)
    sent = [
        Sent(row[0], row[1], row[2], bool(row[3]))
        for row in db.execute(
            f"SELECT r.article_id, substr(r.sent_on, 1, 7), r.sender, r.stands_in FROM releases r WHERE {where}", values
        )
    ]
    narrowed = f" AND p.source_id IN {_OUTLET}" if chosen.outlet else ""
    taken = [
        TakenUp(row[0], row[1], row[2], row[3])
        for row in db.execute(
            "SELECT p.release_id, s.name, p.delay_seconds, 1.0 * p.carried / max(p.words, 1) FROM releases r"
            f" JOIN pickups p ON p.release_id = r.article_id JOIN sources s ON s.id = p.source_id"
            f" WHERE {where}{narrowed}",
            (*values, chosen.outlet, chosen.outlet) if chosen.outlet else values,
        )
    ]
    borne = [
        Borne(row[0], _KINDS[row[1]], row[2])
        for row in db.execute(
            "SELECT x.article_id, t.kind, t.name FROM releases r CROSS JOIN article_tags x"
            " ON x.article_id = r.article_id CROSS JOIN tags t ON t.id = x.tag_id"
            f" WHERE t.kind <> ? AND {where}",
            (TagKind.ORIGIN.value, *values),
        )
    ]
    return group.report(chosen, sent, taken, borne)
