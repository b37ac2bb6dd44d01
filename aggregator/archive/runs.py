"""Runs and crawls: what was done, when, and how it went."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from aggregator.archive.rows import dump, safe, stamp
from aggregator.archive.tables import insert

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from aggregator.model import Crawl, Run


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
