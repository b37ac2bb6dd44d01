"""A run: the due sources' turns in threads, each saved as it comes in its turn, then tags, stories, pickups, feeds.

The order of the day, and the only place that knows it:
states → due → turns (threads) → save (one thread, configuration order) → tag anew → group → follow pickups → publish →
report.
"""

from __future__ import annotations

import hashlib
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from datetime import timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog

from aggregator import schedule, tag
from aggregator.config import named
from aggregator.fetch import Fetcher
from aggregator.model import Counts, Crawl, Failure, Outcome, Published, Reason, Rejection, Run, SourceState
from aggregator.pipeline.publication import publish_all
from aggregator.pipeline.turn import Parcel, take
from aggregator.publish import PublishError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from datetime import datetime
    from pathlib import Path

    from aggregator.archive import Archive
    from aggregator.model import Article, Config, HostState, KnownPage, Link, Snapshot, Source, Tag
    from aggregator.tag import Rules

log = structlog.get_logger()

READING = "1"
"""Raised when listings or pages are read in a new way: what was unchanged for the old reader is asked for anew."""
PENDING_A_TURN = 500
"""Waiting links that a turn is handed; the page cap lets fewer through."""
YOUNG_A_TURN = 500
"""Young pages that a turn is handed."""


def run(  # noqa: PLR0913 - the door of the main job: what to run on, when, for whom, and whom to tell
    config: Config,
    archive: Archive,
    *,
    now: datetime,
    folder: Path,
    only: Sequence[str] = (),
    progress: Callable[[Crawl], None] | None = None,
) -> Run:
    """One pass over the due sources, or over those named whether due or not; publishes at the end.

    ``progress`` is told of each crawl as it is saved. Raises ConfigError for an unknown name in ``only``.
    """
    began = time.monotonic()
    wanted = named(config, only)
    archive.register(config, now)
    archive.read_anew({source.id: _reading_of(source) for source in config.sources}, now)
    states = archive.states()
    chosen = wanted or schedule.due(config.sources, states, now, _tz(config))
    rules = _rules(config, archive)
    crawls: list[Crawl] = []
    run_id = archive.start_run(now) if chosen else None
    if run_id is not None:
        for crawl in _crawls(config, archive, chosen, rules, now):
            source = next(source for source in chosen if source.id == crawl.source_id)
            saved = archive.save(crawl, source, at=now, run_id=run_id)
            _tell(run_id, saved)
            crawls.append(saved)
            if progress is not None:
                progress(saved)
    tag_anew(config, archive)
    archive.group(now)
    archive.follow_pickups(now)
    published = _publish(config, archive, folder, now)
    report = Run(
        started_at=now,
        ended_at=now + timedelta(seconds=time.monotonic() - began),
        crawls=tuple(crawls),
        published=published,
        counts=total(crawls),
    )
    if run_id is not None:
        archive.close_run(run_id, report)
        archive.prune(config.settings, now)
    return report


def _publish(config: Config, archive: Archive, folder: Path, now: datetime) -> Published:
    """Publish; a folder that cannot be written is part of the report, since what was crawled is saved all the same."""
    try:
        return publish_all(config, archive, folder, now)
    except PublishError as error:
        log.error("feeds.not_written", folder=str(folder), why=str(error))  # noqa: TRY400 - an operator's matter, no bug
        return Published(failed=((str(folder), str(error)),))


def _tell(run_id: int, crawl: Crawl) -> None:
    """Log a saved turn: each page that gave no article, with its reason, and how it went as a whole."""
    told = log.bind(run=run_id, source=crawl.source_id)
    for find in crawl.finds:
        if isinstance(find.result, Failure | Rejection):
            told.info("page.refused", url=find.link.url, reason=find.result.reason.value, detail=find.result.detail)
    reason = crawl.reason.value if crawl.reason else None
    told.info("source.done", outcome=crawl.outcome.value, reason=reason, requests=crawl.counts.requests)


def check(config: Config, source: Source, *, now: datetime) -> Crawl:
    """Try one source live, as if for the first time, and write nothing."""
    rules = tag.compile_rules(config.tags, config.projects)
    fetcher = _fetcher(config, {}, now)
    try:
        parcel = Parcel(source=source, state=SourceState(source_id=source.id), rules=rules, now=now, tz=_tz(config))
        return take(parcel, fetcher.turn(source.bounds), _NothingKnown())
    finally:
        fetcher.close()


def tag_anew(config: Config, archive: Archive) -> int:
    """Bring the whole archive's tags to today's rules and projects, if these moved; how many articles changed."""
    rules = _rules(config, archive)
    sources = {source.id: source for source in config.sources}

    def tagger(article: Article, source_id: str) -> tuple[Tag, ...]:
        return tag.tag(article, rules, sources.get(source_id))

    return archive.retag(rules.fingerprint, tagger)


def _rules(config: Config, archive: Archive) -> Rules:
    """Today's rules, the register's names judged by how the archive writes them."""
    register = archive.projects()
    return tag.compile_rules(config.tags, register, archive.standings(tag.names_of(register)))


def total(crawls: Sequence[Crawl]) -> Counts:
    """The sum of the crawls' counts."""
    return Counts(**{f.name: sum(getattr(crawl.counts, f.name) for crawl in crawls) for f in fields(Counts)})


def _reading_of(source: Source) -> str:
    """How a source is read: what its settings say of finding and reading, and the version of our readers."""
    told = (source.url, source.kind, source.hints, source.branches, source.drop_query, source.include, source.exclude)
    return hashlib.sha256(repr((READING, told)).encode()).hexdigest()[:16]


def _crawls(config: Config, archive: Archive, chosen: Sequence[Source], rules: Rules, now: datetime) -> Iterator[Crawl]:
    """The crawls in configuration order, whichever site answers first: so the outcome does not depend on it."""
    states, read_since = archive.states(), archive.read_since()
    fetcher = _fetcher(config, archive.hosts(), now)
    pool = ThreadPoolExecutor(max_workers=max(1, min(config.settings.workers, len(chosen))))
    try:
        turns: list[tuple[Source, Future[Crawl]]] = []
        for source in chosen:
            parcel = Parcel(
                source=source,
                state=states.get(source.id, SourceState(source_id=source.id)),
                rules=rules,
                now=now,
                tz=_tz(config),
                read_since=read_since.get(source.id),
                pending=archive.pending(source.id, now, PENDING_A_TURN),
                young=archive.young(source.id, now - source.bounds.revisit, YOUNG_A_TURN),
            )
            turns.append((source, pool.submit(_take, parcel, fetcher, archive)))
        for source, turn in turns:
            yield _outcome_of(source, turn, now)
            archive.save_hosts(fetcher.host_states())
    finally:
        # On an interrupt the turns not yet begun are dropped, and the connections of the others closed under them.
        pool.shutdown(wait=False, cancel_futures=True)
        fetcher.close()


def _take(parcel: Parcel, fetcher: Fetcher, archive: Archive) -> Crawl:
    return take(parcel, fetcher.turn(parcel.source.bounds), archive)


def _outcome_of(source: Source, turn: Future[Crawl], now: datetime) -> Crawl:
    try:
        return turn.result()
    except Exception as bug:
        # A bug met in one source's turn is reported loudly, in the log and as a failed crawl with exit code 1, and
        # costs no other source its turn.
        log.exception("source.bug", source=source.id)
        detail = f"{type(bug).__name__}: {bug}"
        return Crawl(source_id=source.id, started_at=now, outcome=Outcome.FAILED, reason=Reason.BUG, detail=detail)


def _fetcher(config: Config, hosts: Mapping[str, HostState], now: datetime) -> Fetcher:
    contact = config.settings.user_agent_contact
    product = f"OrebroAggregator/{version('aggregator')}"
    return Fetcher(
        user_agent=f"{product} (+{contact})" if contact else product,
        allow_private=config.settings.allow_private,
        hosts=hosts,
        now=lambda: now,
    )


def _tz(config: Config) -> ZoneInfo:
    return ZoneInfo(config.settings.timezone)


class _NothingKnown:
    """The memory of one who never saw the source."""

    def known(self, _source: Source, _links: Sequence[Link], /) -> Mapping[str, KnownPage]:
        return {}

    def page(self, _article_id: int, /) -> None:
        return None

    def recent_pages(self, _source_id: str, _limit: int, /) -> tuple[Snapshot, ...]:
        return ()
