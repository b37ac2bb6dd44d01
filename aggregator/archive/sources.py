"""What the configuration names, and what we remember of sources and hosts between runs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from aggregator.archive.rows import dump, optional_time, safe, stamp, stamped, time, validators
from aggregator.model import HostState, Publish, Role, SourceKind, SourceState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from sqlite3 import Row

    from sqlite_utils import Database

    from aggregator.model import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How a source fares, for the operator's list."""

    source_id: str
    name: str
    enabled: bool
    articles: int
    """All that the archive holds of it."""
    new_last_week: int
    newest_at: datetime | None
    """When its newest article was first seen."""
    waiting: int
    """Links found and not yet fetched."""
    given_up: int
    state: SourceState
    last_outcome: str | None
    last_detail: str
    seen: bool = True
    """Whether an article was ever met there, be it one that another source had first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSource:
    """A source as it was last configured; one that no longer is, is not enabled."""

    source_id: str
    name: str
    url: str
    kind: SourceKind
    role: Role
    publish: Publish
    enabled: bool
    municipality: str | None
    added_at: datetime


def known(db: Database) -> tuple[KnownSource, ...]:
    """Every source that was ever configured, in the order in which they were added."""
    return tuple(
        KnownSource(
            source_id=row["id"],
            name=row["name"],
            url=row["url"],
            kind=SourceKind(row["kind"]),
            role=Role(row["role"]),
            publish=Publish(row["publish"]),
            enabled=bool(row["enabled"]),
            municipality=row["municipality"],
            added_at=time(row["added_at"]),
        )
        for row in db.execute("SELECT * FROM sources ORDER BY rowid")
    )


def register(db: Database, sources: Iterable[Source], at: datetime) -> None:
    """Note the sources as they are configured now; writes nothing where nothing changed.

    One that was taken out of the configuration stays, as not enabled: its articles are still here.
    """
    configured = tuple(sources)
    db.execute(
        "UPDATE sources SET enabled = 0 WHERE enabled = 1 AND id NOT IN (SELECT value FROM json_each(?))",
        (dump([source.id for source in configured]),),
    )
    for source in configured:
        db.execute(
            "INSERT INTO sources (id, name, url, kind, role, publish, language, origin, municipality, enabled,"
            " added_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET (name, url, kind, role, publish, language, origin, municipality, enabled)"
            " = (excluded.name, excluded.url, excluded.kind, excluded.role, excluded.publish, excluded.language,"
            " excluded.origin, excluded.municipality, excluded.enabled)"
            " WHERE (name, url, kind, role, publish, language, origin, municipality, enabled)"
            " IS NOT (excluded.name, excluded.url, excluded.kind, excluded.role, excluded.publish, excluded.language,"
            " excluded.origin, excluded.municipality, excluded.enabled)",
            (
                source.id,
                source.name,
                source.url,
                source.kind,
                source.role,
                source.publish,
                source.language,
                source.origin,
                source.municipality,
                int(source.enabled),
                stamp(at),
            ),
        )


def moved(db: Database, readings: Mapping[str, str]) -> tuple[str, ...]:
    """The sources, of these, that are read in another way than the last time, or for the first time."""
    before = {
        row["name"]: row["value"] for row in db.execute("SELECT name, value FROM settings WHERE name LIKE 'reading/%'")
    }
    return tuple(source for source, reading in readings.items() if before.get(f"reading/{source}") != reading)


def read_anew(db: Database, source_id: str, reading: str, at: datetime) -> None:
    """Forget what makes a source's requests conditional, and how it was found; it is due at once."""
    db.execute("DELETE FROM listings WHERE source_id = ?", (source_id,))
    db.execute("UPDATE source_states SET memory = '{}', next_check_at = NULL WHERE source_id = ?", (source_id,))
    db.execute(
        "UPDATE addresses SET etag = NULL, last_modified = NULL"
        " WHERE source_id = ? AND (etag IS NOT NULL OR last_modified IS NOT NULL)",
        (source_id,),
    )
    db.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (f"reading/{source_id}", reading))
    db.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (f"read-since/{source_id}", stamp(at)))


def read_since(db: Database) -> dict[str, datetime]:
    """Since when each source is read as it is now, by its id."""
    rows = db.execute("SELECT name, value FROM settings WHERE name LIKE 'read-since/%'")
    return {row["name"].removeprefix("read-since/"): time(row["value"]) for row in rows}


def states(db: Database) -> dict[str, SourceState]:
    """What is remembered of each source that was ever checked, by its id."""
    listings: dict[str, list[Row]] = {}
    for row in db.execute("SELECT source_id, url, etag, last_modified, body_hash FROM listings"):
        listings.setdefault(row["source_id"], []).append(row)
    return {
        row["source_id"]: _state(row, listings.get(row["source_id"], []))
        for row in db.execute("SELECT * FROM source_states")
    }


def _state(row: Row, listings: Sequence[Row]) -> SourceState:
    conditional = {r["url"]: validators(r) for r in listings if r["etag"] is not None or r["last_modified"] is not None}
    return SourceState(
        source_id=row["source_id"],
        validators=MappingProxyType(conditional),
        body_hashes=MappingProxyType({r["url"]: r["body_hash"] for r in listings if r["body_hash"] is not None}),
        memory=MappingProxyType(json.loads(row["memory"])),
        next_check_at=optional_time(row["next_check_at"]),
        last_checked_at=optional_time(row["last_checked_at"]),
        last_changed_at=optional_time(row["last_changed_at"]),
        failures=row["failures"],
        failing_since=optional_time(row["failing_since"]),
        last_reason=row["last_reason"],
    )


def save_state(db: Database, state: SourceState) -> None:
    """Replace what is remembered of a source."""
    db.execute(
        "INSERT OR REPLACE INTO source_states (source_id, memory, next_check_at, last_checked_at, last_changed_at,"
        " failures, failing_since, last_reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            state.source_id,
            dump(dict(state.memory)),
            stamped(state.next_check_at),
            stamped(state.last_checked_at),
            stamped(state.last_changed_at),
            state.failures,
            stamped(state.failing_since),
            state.last_reason,
        ),
    )
    db.execute("DELETE FROM listings WHERE source_id = ?", (state.source_id,))
    for url in sorted({*state.validators, *state.body_hashes}):
        known = state.validators.get(url)
        db.execute(
            "INSERT OR REPLACE INTO listings (source_id, url, etag, last_modified, body_hash) VALUES (?, ?, ?, ?, ?)",
            (
                state.source_id,
                safe(url),
                None if known is None or known.etag is None else safe(known.etag),
                None if known is None or known.last_modified is None else safe(known.last_modified),
                state.body_hashes.get(url),
            ),
        )


def hosts(db: Database) -> dict[str, HostState]:
    """What is remembered of each host, by ``scheme://host:port``."""
    return {
        row["host"]: HostState(
            host=row["host"],
            retry_at=optional_time(row["retry_at"]),
            failures=row["failures"],
            robots=row["robots"],
            robots_status=row["robots_status"],
            robots_at=optional_time(row["robots_at"]),
            unreachable_since=optional_time(row["unreachable_since"]),
        )
        for row in db.execute("SELECT * FROM hosts")
    }


def save_hosts(db: Database, changed: Iterable[HostState]) -> None:
    """Replace what is remembered of the given hosts."""
    for host in changed:
        # A time to come back is never rounded down: we would be there early.
        retry_at = None if host.retry_at is None else host.retry_at + timedelta(microseconds=999_999)
        db.execute(
            "INSERT OR REPLACE INTO hosts (host, retry_at, failures, robots, robots_status, robots_at,"
            " unreachable_since) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                host.host,
                stamped(retry_at),
                host.failures,
                host.robots,
                host.robots_status,
                stamped(host.robots_at),
                stamped(host.unreachable_since),
            ),
        )


def health(db: Database, now: datetime) -> tuple[SourceHealth, ...]:
    """Each source with its counts and its last crawl, in the order in which they were added."""
    remembered = states(db)
    week = stamp(now - timedelta(days=7))
    rows = db.execute(
        "SELECT s.id, s.name, s.enabled,"
        " (SELECT coalesce(sum(articles), 0) FROM tag_months WHERE tag_id = 0 AND source_id = s.id) AS articles,"
        " (SELECT count(*) FROM articles a WHERE a.source_id = s.id AND a.fetched_at >= ?) AS fresh,"
        " (SELECT max(a.fetched_at) FROM articles a WHERE a.source_id = s.id) AS newest,"
        " (SELECT count(*) FROM links l WHERE l.source_id = s.id AND l.given_up_at IS NULL) AS waiting,"
        " (SELECT count(*) FROM links l WHERE l.source_id = s.id AND l.given_up_at IS NOT NULL) AS given_up,"
        " EXISTS (SELECT 1 FROM addresses d WHERE d.source_id = s.id) AS seen,"
        " c.outcome, c.detail FROM sources s LEFT JOIN crawls c ON c.id ="
        " (SELECT id FROM crawls WHERE source_id = s.id ORDER BY started_at DESC, id DESC LIMIT 1)"
        " ORDER BY s.rowid",
        (week,),
    )
    return tuple(
        SourceHealth(
            source_id=row["id"],
            name=row["name"],
            enabled=bool(row["enabled"]),
            articles=row["articles"],
            new_last_week=row["fresh"],
            newest_at=optional_time(row["newest"]),
            waiting=row["waiting"],
            given_up=row["given_up"],
            state=remembered.get(row["id"], SourceState(source_id=row["id"])),
            last_outcome=row["outcome"],
            last_detail=row["detail"] or "",
            seen=bool(row["seen"]),
        )
        for row in rows
    )
