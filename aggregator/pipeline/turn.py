"""One source's turn: ask its listing, fetch what is new and what is young, extract and tag; nothing is saved here.

A turn touches no table and raises nothing that a site can cause; it returns one Crawl value. It knows the archive
only through ``Memory``, read-only questions. Pages are read when all are fetched.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from aggregator import extract, schedule, urls
from aggregator.model import (
    Article,
    Counts,
    Crawl,
    Failure,
    Find,
    Link,
    Outcome,
    Reason,
    Rejection,
    Request,
    Validators,
)
from aggregator.pipeline import listing, reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, tzinfo

    from aggregator.fetch import Turn
    from aggregator.model import KnownPage, Source, SourceState
    from aggregator.tag import Rules

log = structlog.get_logger()

QUIET_REVISIT = timedelta(hours=3)
"""While the listing says that nothing is new, a young page is asked no more often than this."""
MISSING_REVISIT = timedelta(days=1)
"""A listed page that was gone, or moved, is tried at least this often, however old it is."""
FAILURES_IN_A_ROW = 3
"""So many time-outs or refused connections one after the other: the rest waits for the next turn."""
DRIFT_PAGES = 5
"""From so many new pages on, most of them unreadable is news about the site, not about the pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """All that a worker needs for one source's turn."""

    source: Source
    state: SourceState
    rules: Rules
    now: datetime
    tz: tzinfo
    read_since: datetime | None = None
    """Since when the source is read as it is now; pages last looked at before that are read as if they had changed."""
    pending: tuple[Link, ...] = ()
    """Links of earlier turns that wait."""
    young: tuple[KnownPage, ...] = ()


@dataclass(slots=True)
class _Gathered:
    """What gathers in a turn."""

    visits: list[Find | reading.Fetched] = field(default_factory=list)
    finds: tuple[Find, ...] = ()
    """The visits, once all are read."""
    pending: list[Link] = field(default_factory=list)
    not_modified: int = 0
    asked: int = 0
    """Pages asked for, whatever came of it: the cap counts requests, not successes."""
    pages: int = 0
    failures_in_a_row: int = 0
    stopped: Failure | None = None


def take(parcel: Parcel, web: Turn, archived: reading.Memory) -> Crawl:
    """One source's turn, whole."""
    source, now = parcel.source, parcel.now
    answer = listing.ask(source, parcel.state, web, now)
    links = _distinct(answer.links, source)
    memory = _memory(links, archived.known(source, links)) if links else {}
    got = _Gathered()
    if answer.problem is not None and answer.problem.reason in listing.HOST_WIDE:
        got.pending.extend(link for link in links if link.url not in memory)
    else:
        _read_new(parcel, web, _new(links, memory, parcel), got)
        _look_again(parcel, web, _again(links, memory, parcel, changed=answer.changed), got)
    got.finds = reading.read_all(parcel, got.visits, [link.title for link in links if link.title], archived)
    return _crawl(parcel, answer, got, web, links=len(links))


def _distinct(links: Iterable[Link], source: Source) -> tuple[Link, ...]:
    """One link an address, in the listing's order."""
    seen: dict[str, Link] = {}
    for link in links:
        seen.setdefault(urls.key(link.url, branches=source.branches, drop_query=source.drop_query), link)
    return tuple(seen.values())


def _memory(links: Sequence[Link], known: Mapping[str, KnownPage]) -> Mapping[str, KnownPage]:
    """What is remembered; a link once judged no article (id 0) is forgotten when its listing line moves."""
    line = {link.url: link.fingerprint for link in links}
    return {url: page for url, page in known.items() if page.article_id or page.fingerprint == line[url]}


def _new(links: Sequence[Link], memory: Mapping[str, KnownPage], parcel: Parcel) -> tuple[Link, ...]:
    """What is to be read for the first time: the listing's news, then what earlier turns left."""
    fresh = [link for link in links if link.url not in memory or _given_anew(link, memory[link.url])]
    return _distinct([*fresh, *parcel.pending], parcel.source)


def _given_anew(link: Link, page: KnownPage) -> bool:
    """Whether the listing itself holds other words than those it held last time, or gives them another address."""
    if not link.complete:
        return False
    said_anew = link.fingerprint is not None and link.fingerprint != page.fingerprint
    return said_anew or page.readdressed or page.gone_at is not None


def _again(
    links: Sequence[Link], memory: Mapping[str, KnownPage], parcel: Parcel, *, changed: bool
) -> tuple[tuple[Link, KnownPage], ...]:
    """Known pages to look at again: those whose listing line moved, then the young that are due.

    A page that its listing names by a new address, or names again though it was gone, is looked at where the
    listing says, when it is due; its old address is left alone.
    """
    listed = [(link, memory[link.url]) for link in links if link.url in memory]
    moved = [(link, page) for link, page in listed if not link.complete and _moved(link, page, parcel.now)]
    settled = {page.article_id for link, page in listed if link.complete or page.readdressed}
    settled.update(page.article_id for _, page in moved)
    by_url = {link.url: link for link in links}
    young = [
        (
            by_url.get(page.url, Link(url=page.url, external_id=page.external_id, fingerprint=page.fingerprint)),
            page,
        )
        for page in parcel.young
        if page.article_id not in settled and _due(page, parcel.now, changed=changed)
    ]
    # Of more than a turn may ask, first those that the site still shows, then those unasked for longest.
    return (*moved, *sorted(young, key=lambda pair: pair[0].url not in by_url))


def _moved(link: Link, page: KnownPage, now: datetime) -> bool:
    """Whether the listing says another thing of a known page than it said when we last looked."""
    if link.fingerprint is not None and link.fingerprint != page.fingerprint:
        return True
    elsewhere = page.readdressed or page.gone_at is not None
    return elsewhere and (now - page.last_checked_at >= MISSING_REVISIT or _due(page, now, changed=True))


def _due(page: KnownPage, now: datetime, *, changed: bool) -> bool:
    """A young page is asked again when half its age at the last check has passed: often at first, then ever less."""
    waited = now - page.last_checked_at
    aged = (page.last_checked_at - page.first_seen_at) / 2
    return waited >= (aged if changed else max(aged, QUIET_REVISIT))


def _read_new(parcel: Parcel, web: Turn, links: Sequence[Link], got: _Gathered) -> None:
    for link in links:
        if link.complete:
            got.visits.append(reading.tagged(link, None, extract.from_link(link, parcel.source, parcel.now), parcel))
        elif got.stopped or got.asked >= parcel.source.bounds.max_new_pages:
            got.pending.append(link)
        else:
            _visit(parcel, web, link, None, got)


def _look_again(parcel: Parcel, web: Turn, pages: Sequence[tuple[Link, KnownPage]], got: _Gathered) -> None:
    for link, page in pages:
        if got.stopped or got.asked >= 2 * parcel.source.bounds.max_new_pages:
            return
        _visit(parcel, web, link, page, got)


def _visit(parcel: Parcel, web: Turn, link: Link, page: KnownPage | None, got: _Gathered) -> None:
    """Fetch one page; a failure that holds for the whole host ends the turn's fetching."""
    # Validators belong to the address that gave them (H3).
    validators = page.validators if page and not page.readdressed else Validators()
    got.asked += 1
    answer = web.get(Request(url=link.url, validators=validators))
    if isinstance(answer, Failure):
        _note_failure(answer, got)
        if answer.reason in listing.HOST_WIDE:
            if page is None:
                got.pending.append(link)
            return
        got.visits.append(reading.stand_in(parcel, link, page, answer))
        return
    got.pages += 1
    got.failures_in_a_row = 0
    if answer.not_modified:
        got.not_modified += 1
    if page is not None and (answer.not_modified or page.complete):
        got.visits.append(Find(link=link, snapshot=answer, result=None))
        return
    got.visits.append(reading.Fetched(link=link, snapshot=answer, page=page))


def _note_failure(failure: Failure, got: _Gathered) -> None:
    got.failures_in_a_row = got.failures_in_a_row + 1 if failure.passing else 0
    if failure.reason in listing.HOST_WIDE or got.failures_in_a_row >= FAILURES_IN_A_ROW:
        got.stopped = failure


def _crawl(parcel: Parcel, answer: listing.Answer, got: _Gathered, web: Turn, *, links: int) -> Crawl:
    source, now = parcel.source, parcel.now
    problem = answer.problem or got.stopped
    drift = _drift(got)
    outcome = _outcome(answer, got, drift=drift)
    failed = outcome is Outcome.FAILED
    # A turn that was held back by what a host asked for earlier, without a request, is no new failure.
    failures = parcel.state.failures + bool(web.requests) if failed else 0
    next_check = schedule.next_check(
        source,
        now=now,
        tz=parcel.tz,
        freshness=answer.freshness,
        failures=failures,
        retry_at=problem.retry_at if isinstance(problem, Failure) else None,
    )
    reason = problem.reason if problem else (Reason.DRIFT if drift else None)
    state = replace(
        answer.state,
        next_check_at=now + source.bounds.max_interval if reason is Reason.GONE and failed else next_check,
        last_checked_at=now,
        last_changed_at=now if outcome is Outcome.CHANGED else parcel.state.last_changed_at,
        failures=failures,
        failing_since=(parcel.state.failing_since or now) if failed else None,
        last_reason=reason.value if reason else None,
    )
    return Crawl(
        source_id=source.id,
        started_at=now,
        outcome=outcome,
        reason=reason,
        detail=problem.detail if problem else drift,
        counts=_counts(got, answer, web, links=links),
        listings=answer.snapshots,
        finds=got.finds,
        pending=tuple(got.pending),
        projects=answer.projects,
        state=state,
        seconds=(source.bounds.source_deadline - web.time_left()).total_seconds(),
    )


def _outcome(answer: listing.Answer, got: _Gathered, *, drift: str) -> Outcome:
    if answer.problem is not None:
        return Outcome.FAILED
    if got.stopped or drift:
        return Outcome.PARTIAL
    fresh = any(find.result is not None for find in got.finds) or got.pending or answer.projects
    return Outcome.CHANGED if fresh else Outcome.UNCHANGED


def _drift(got: _Gathered) -> str:
    """A sentence, where nearly all of a fair number of new pages could not be read as articles; else nothing."""
    read = [find for find in got.finds if isinstance(find.result, Article | Rejection) and find.snapshot is not None]
    lost = sum(isinstance(find.result, Rejection) for find in read)
    if len(read) < DRIFT_PAGES or lost * 5 < len(read) * 4:
        return ""
    return f"{lost} of {len(read)} new pages were not readable as articles; the site may have changed its markup"


def _counts(got: _Gathered, answer: listing.Answer, web: Turn, *, links: int) -> Counts:
    listing_unchanged = not answer.changed and answer.problem is None
    return Counts(
        requests=web.requests,
        not_modified=got.not_modified + listing_unchanged,
        links=links,
        pages=got.pages,
        rejected=sum(isinstance(find.result, Rejection) for find in got.finds),
        failed=sum(isinstance(find.result, Failure) for find in got.finds),
        pending=len(got.pending),
        wire_bytes=web.wire_bytes,
    )
