"""Every page that was fetched, compressed, once per distinct body."""

from __future__ import annotations

from typing import TYPE_CHECKING

import zstandard

from aggregator.archive.rows import dump, safe, stamp
from aggregator.archive.wording import body_hash
from aggregator.model import Snapshot

if TYPE_CHECKING:
    from datetime import datetime
    from sqlite3 import Row

    from sqlite_utils import Database

    from aggregator.model import Settings

LEVEL = 3
"""zstd's own default: 6 takes four times as long for 2 % less."""


def save(db: Database, source_id: str, snapshot: Snapshot, purpose: str) -> int | None:
    """Keep a response and give its id; None for a 304, which has nothing to keep.

    An equal body from the same address is kept once, as first fetched. A page's snapshot outlives a listing's.
    """
    if snapshot.not_modified:
        return None
    found = body_hash(snapshot.body)
    url = safe(snapshot.url)
    row = db.execute("SELECT id, purpose FROM snapshots WHERE url = ? AND body_hash = ?", (url, found)).fetchone()
    if row is not None:
        if purpose == "page" and row["purpose"] != "page":
            db.execute("UPDATE snapshots SET purpose = 'page' WHERE id = ?", (row["id"],))
        return int(row["id"])
    _save_body(db, found, snapshot)
    cursor = db.execute(
        "INSERT INTO snapshots (source_id, purpose, url, final_url, status, headers, fetched_at, body_hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            source_id,
            purpose,
            url,
            safe(snapshot.final_url),
            snapshot.status,
            dump(dict(snapshot.headers)),
            stamp(snapshot.fetched_at),
            found,
        ),
    )
    return cursor.lastrowid


def _save_body(db: Database, found: str, snapshot: Snapshot) -> None:
    """The body, or where the origin forbids keeping it (no-store) only its hash and size."""
    row = db.execute("SELECT content IS NULL AS unkept FROM bodies WHERE hash = ?", (found,)).fetchone()
    if row is not None and not (row["unkept"] and snapshot.keep_body):
        return
    content = zstandard.compress(snapshot.body, LEVEL) if snapshot.keep_body else None
    db.execute(
        "INSERT INTO bodies (hash, content, size_bytes, stored_bytes) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (hash) DO UPDATE SET content = excluded.content, stored_bytes = excluded.stored_bytes",
        (found, content, len(snapshot.body), len(content or b"")),
    )


def read(row: Row) -> bytes | None:
    """The body from a row of bodies; None where it was not to be kept."""
    content = row["content"]
    return None if content is None else zstandard.decompress(content, max_output_size=row["size_bytes"])


def forget(db: Database, settings: Settings, now: datetime) -> None:
    """Drop what is past its time: listings (but for the newest of each address), runs and crawls.

    What was fetched as an article's page stays.
    """
    old = stamp(now - settings.keep_listings)
    db.execute(
        "DELETE FROM snapshots WHERE purpose = 'listing' AND fetched_at < ?"
        " AND id NOT IN (SELECT snapshot_id FROM addresses WHERE snapshot_id IS NOT NULL)"
        " AND id < (SELECT max(newer.id) FROM snapshots newer WHERE newer.url = snapshots.url)",
        (old,),
    )
    db.execute("DELETE FROM bodies WHERE NOT EXISTS (SELECT 1 FROM snapshots s WHERE s.body_hash = bodies.hash)")
    ended = stamp(now - settings.keep_runs)
    db.execute("DELETE FROM runs WHERE started_at < ?", (ended,))
    db.execute("DELETE FROM links WHERE given_up_at < ?", (ended,))
