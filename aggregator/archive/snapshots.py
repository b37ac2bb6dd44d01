"""Every page that was fetched, compressed, once per distinct body."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import zstandard

from aggregator.archive.rows import dump, safe, stamp, time
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


_KEPT = (
    "SELECT s.*, b.content, b.size_bytes FROM addresses d JOIN snapshots s ON s.id = d.snapshot_id"
    " JOIN bodies b ON b.hash = s.body_hash"
)


def of_article(db: Database, article_id: int) -> Snapshot | None:
    """The page that an article was last read from; None where it came from a listing or its body was not kept."""
    row = db.execute(
        f"{_KEPT} WHERE d.article_id = ? AND d.main = 1 AND b.content IS NOT NULL", (article_id,)
    ).fetchone()
    return None if row is None else _snapshot(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """That a page was kept, without its body."""

    url: str
    fetched_at: datetime
    size_bytes: int


def kept_page(db: Database, article_id: int) -> KeptPage | None:
    """What is known of the page that ``of_article`` gives."""
    row = db.execute(
        "SELECT s.final_url, s.fetched_at, b.size_bytes FROM addresses d JOIN snapshots s ON s.id = d.snapshot_id"
        " JOIN bodies b ON b.hash = s.body_hash WHERE d.article_id = ? AND d.main = 1 AND b.content IS NOT NULL",
        (article_id,),
    ).fetchone()
    if row is None:
        return None
    return KeptPage(url=row["final_url"], fetched_at=time(row["fetched_at"]), size_bytes=row["size_bytes"])


def recent(db: Database, source_id: str, limit: int) -> tuple[Snapshot, ...]:
    """The kept pages of a source's newest articles, the newest first."""
    rows = db.execute(
        f"{_KEPT} WHERE d.source_id = ? AND d.main = 1 AND b.content IS NOT NULL ORDER BY d.article_id DESC LIMIT ?",
        (source_id, limit),
    )
    return tuple(map(_snapshot, rows))


def _snapshot(row: Row) -> Snapshot:
    return Snapshot(
        url=row["url"],
        final_url=row["final_url"],
        status=row["status"],
        headers=json.loads(row["headers"]),
        body=zstandard.decompress(row["content"], max_output_size=row["size_bytes"]),
        fetched_at=time(row["fetched_at"]),
    )


def forget(db: Database, settings: Settings, now: datetime) -> None:
    """Drop what is past its time: listings, runs, crawls, links long given up.

    The newest body of a listing that is asked conditionally stays (a condition without a body would be a promise that
    we cannot keep), and so does whatever was fetched as an article's page.
    """
    dropped = db.execute(
        "DELETE FROM snapshots WHERE purpose = 'listing' AND fetched_at < ?"
        " AND NOT EXISTS (SELECT 1 FROM addresses d WHERE d.snapshot_id = snapshots.id)"
        " AND NOT (id = (SELECT max(s.id) FROM snapshots s WHERE s.url = snapshots.url)"
        " AND EXISTS (SELECT 1 FROM listings l WHERE l.source_id = snapshots.source_id AND l.url = snapshots.url))",
        (stamp(now - settings.keep_listings),),
    )
    if dropped.rowcount:
        db.execute("DELETE FROM bodies WHERE NOT EXISTS (SELECT 1 FROM snapshots s WHERE s.body_hash = bodies.hash)")
    ended = stamp(now - settings.keep_runs)
    db.execute("DELETE FROM runs WHERE started_at < ?", (ended,))
    db.execute("DELETE FROM links WHERE given_up_at < ?", (ended,))
