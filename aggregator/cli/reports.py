"""What a run did, for people and for machines."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from aggregator.cli.place import LOCAL
from aggregator.cli.reasons import OUTCOMES, explain
from aggregator.cli.streams import shown_time
from aggregator.cli.tables import table
from aggregator.model import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aggregator.model import Crawl, Published, Run


def exit_code(run: Run) -> int:
    """0, or 1 where a source failed or a feed could not be written."""
    failed = any(crawl.outcome is Outcome.FAILED for crawl in run.crawls)
    return 1 if failed or run.published.failed else 0


def run_report(run: Run, names: Mapping[str, str], width: int | None = None) -> Iterator[str]:
    """The lines of a run's report: a table of the sources, then the feeds.

    Begins its last part with the run's time in Sweden, so that a log file can be read. ``names``: source id → name;
    ``width``: the terminal's columns, if one reads it.
    """
    began = run.started_at.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")
    if run.crawls:
        rows = [_row(crawl, names) for crawl in run.crawls]
        yield from table(("Source", "Outcome", "New", "Updated", "Requests", "Why"), rows, right=(2, 3, 4), width=width)
        yield ""
        counts = run.counts
        yield (
            f"{began}  {_many(len(run.crawls), 'source')}: {counts.new} new, {counts.updated} updated, "
            f"{_many(counts.requests, 'request')} ({counts.not_modified} unchanged), "
            f"{(run.ended_at - run.started_at).total_seconds():.1f} s"
        )
    else:
        yield f"{began}  No source was due."
    yield from published_report(run.published)


def published_report(published: Published) -> Iterator[str]:
    """The lines on the feeds."""
    yield f"Feeds: {_many(len(published.written), 'file')} written, {published.unchanged} as they were"
    for name, why in published.failed:
        yield f"NOT WRITTEN {name}: {why}; the earlier file is still in place"


def run_json(run: Run) -> dict[str, Any]:
    """A run as ``crawl --json`` prints it."""
    return {
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "exit_code": exit_code(run),
        "counts": asdict(run.counts),
        "sources": [crawl_json(crawl) for crawl in run.crawls],
        "feeds": published_json(run.published),
    }


def crawl_json(crawl: Crawl) -> dict[str, Any]:
    """One source's turn."""
    state = crawl.state
    return {
        "source": crawl.source_id,
        "outcome": crawl.outcome.value,
        "reason": crawl.reason.value if crawl.reason else None,
        "detail": crawl.detail,
        "counts": asdict(crawl.counts),
        "seconds": round(crawl.seconds, 3),
        "failures": state.failures if state else None,
        "next_check_at": shown_time(state.next_check_at) if state else None,
    }


def published_json(published: Published) -> dict[str, Any]:
    """What publishing did, as ``publish --json`` prints it."""
    return {
        "written": list(published.written),
        "unchanged": published.unchanged,
        "failed": [{"file": name, "why": why} for name, why in published.failed],
    }


def finds_summary(crawl: Crawl) -> Counter[str]:
    """How many of a turn's links became what: "article", or the reason why not."""
    from aggregator.model import Article

    kinds: Counter[str] = Counter()
    for find in crawl.finds:
        if find.result is not None:
            kinds["article" if isinstance(find.result, Article) else find.result.reason.value] += 1
    return kinds


def _row(crawl: Crawl, names: Mapping[str, str]) -> tuple[str, ...]:
    counts = crawl.counts
    return (
        names.get(crawl.source_id, crawl.source_id),
        OUTCOMES[crawl.outcome],
        str(counts.new),
        str(counts.updated),
        str(counts.requests),
        explain(crawl),
    )


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
