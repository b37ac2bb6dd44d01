"""Runs and crawls: what was done, when, and how it went."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

from aggregator.archive.rows import dump, optional_time, safe, stamp, time
from aggregator.archive.tables import insert
from aggregator.model import Counts, Outcome, Reason

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from aggregator.model import Crawl, Run


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """A run as the archive keeps it."""

    id: int
    started_at: datetime
    ended_at: datetime | None
    """None where the run was killed, or is still at work."""
    sources: int
    """How many sources had their turn."""
    counts: Counts
    written: tuple[str, ...]
    """The files of ``feeds/`` that it wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCrawl:
    """A source's turn as the archive keeps it."""

    started_at: datetime
    seconds: float
    outcome: Outcome
    reason: Reason | None
    detail: str
    counts: Counts


def past_crawls(db: Database, source_id: str, limit: int) -> tuple[PastCrawl, ...]:
    """A source's last turns, the newest first."""
    rows = db.execute(
        "SELECT * FROM crawls WHERE source_id = ? ORDER BY started_at DESC, id DESC LIMIT ?", (source_id, limit)
    )
    return tuple(
        PastCrawl(
            started_at=time(row["started_at"]),
            seconds=row["seconds"],
            outcome=Outcome(row["outcome"]),
            reason=Reason(row["reason"]) if row["reason"] else None,
            detail=row["detail"],
            counts=Counts(**{one.name: row[one.name] for one in fields(Counts)}),
        )
        for row in rows
    )


def past(db: Database, limit: int) -> tuple[PastRun, ...]:
    """The last runs, the newest first."""
    rows = db.execute(
        "SELECT r.*, (SELECT count(*) FROM crawls c WHERE c.run_id = r.id) AS sources FROM runs r"
        " ORDER BY r.id DESC LIMIT ?",
        (limit,),
    )
    return tuple(
        PastRun(
            id=row["id"],
            started_at=time(row["started_at"]),
            ended_at=optional_time(row["ended_at"]),
            sources=row["sources"],
            counts=Counts(**json.loads(row["counts"] or "{}")),
            written=tuple(json.loads(row["written"] or "[]")),
        )
        for row in rows
    )


def start(db: Database, at: datetime) -> int:
    """Open a run; its id."""
    return insert(db, "runs", {"started_at": stamp(at)})


def close(db: Database, run_id: int, run: Run) -> None:
    """Close a run with its report. A run that was killed stays open: ``ended_at`` is empty."""
    db.execute(
        "UPDATE runs SET ended_at = ?, counts = ?, written = ?, failed = ? WHERE id = ?",
        (
            stamp(run.ended_at),
            dump(asdict(run.counts)),
            dump(run.published.written),
            dump(run.published.failed),
            run_id,
        ),
    )


def save_crawl(db: Database, crawl: Crawl, run_id: int | None) -> None:
    """Keep a turn's report."""
    columns = {
        "run_id": run_id,
        "source_id": crawl.source_id,
        "started_at": stamp(crawl.started_at),
        "seconds": crawl.seconds,
        "outcome": crawl.outcome.value,
        "reason": crawl.reason.value if crawl.reason else None,
        "detail": safe(crawl.detail),
        **asdict(crawl.counts),
    }
    insert(db, "crawls", columns)
