"""Asks a source's listing what is new: the way remembered from last time, else the ways probed, best first."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from aggregator import discover, politeness, projects
from aggregator.model import (
    Failure,
    Listing,
    Reason,
    Rejection,
    Request,
    SourceKind,
    Validators,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from aggregator.fetch import Turn
    from aggregator.model import Link, Probe, Project, Snapshot, Source, SourceState

MAX_PAGES = 20
"""Pages of one listing read in a turn."""
MOVES = 3
"""A permanent redirect seen in this many turns is believed, and its target asked directly (RFC 9110, 15.4.2)."""
HOST_WIDE = frozenset({Reason.RETRY_LATER, Reason.ROBOTS_UNREACHABLE, Reason.DEADLINE})
"""Failures that hold for everything else on the host in this turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a source's listing said this turn."""

    state: SourceState
    """With the validators, hashes and memory to keep; untouched where the listing was not read to its end."""
    changed: bool = False
    links: tuple[Link, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    projects: tuple[Project, ...] | None = None
    freshness: timedelta | None = None
    """How long the listing's headers, or its ttl, say not to come back."""
    problem: Failure | Rejection | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """Whom to ask, what is remembered of it, and by what means."""

    source: Source
    state: SourceState
    web: Turn
    now: datetime


@dataclass(slots=True)
class _Reading:
    """What gathers while one listing is read page by page."""

    memory: dict[str, str]
    links: list[Link] = field(default_factory=list)
    snapshots: list[Snapshot] = field(default_factory=list)
    projects: tuple[Project, ...] | None = None
    freshness: timedelta | None = None

    def wait(self, *floors: timedelta | None) -> None:
        known = [floor for floor in (self.freshness, *floors) if floor is not None]
        self.freshness = max(known, default=None)


def ask(source: Source, state: SourceState, web: Turn, now: datetime) -> Answer:
    """Ask the listing once. A way that no longer leads anywhere is replaced by probing, in the same turn."""
    question = _Question(source=source, state=state, web=web, now=now)
    way = discover.remembered(source, state.memory)
    if way is None:
        return _probe(question)
    answer = _follow(question, way)
    if answer.problem is None or _may_pass(answer.problem):
        return answer
    fresh = _probe(replace(question, state=replace(state, memory=MappingProxyType({}))))
    if fresh.problem is None:
        return fresh
    return replace(answer, snapshots=answer.snapshots + fresh.snapshots)


def _may_pass(problem: Failure | Rejection) -> bool:
    return isinstance(problem, Failure) and (problem.passing or problem.reason in HOST_WIDE)


def _probe(question: _Question) -> Answer:
    source, state, web = question.source, question.state, question.web
    home: Snapshot | None = None
    sitemaps: tuple[str, ...] = ()
    if source.kind is SourceKind.AUTO:
        got = web.get(Request(url=source.url))
        if isinstance(got, Failure):
            return Answer(state=state, problem=got)
        home, sitemaps = got, web.sitemaps(source.url)
    first: Failure | Rejection | None = None
    for way in discover.probes(source, home, sitemaps):
        answer = _follow(question, way, home)
        if answer.links or answer.projects:
            return answer
        if answer.problem is not None and answer.problem.reason in HOST_WIDE:
            return answer
        first = first or answer.problem
    nothing = Rejection(url=source.url, reason=Reason.NO_LINKS, detail="no API, feed, sitemap or listing gave a link")
    return Answer(state=state, problem=first or nothing)


def _follow(question: _Question, way: Probe, home: Snapshot | None = None) -> Answer:
    """Read one way to its end; ``home`` spares a second request for the page that probing has fetched already."""
    state, now = question.state, question.now
    root = _moved(way, state)
    got = home if home is not None and home.url == root.url else question.web.get(_conditional(root, state))
    if isinstance(got, Failure):
        return Answer(state=state, problem=got)
    equal = got.keep_body and state.body_hashes.get(root.url) == body_hash(got)
    if got.not_modified or equal:
        memory = _note_move(dict(state.memory), root.url, got)
        return Answer(state=_remember(state, root.url, got, memory), freshness=_freshness(got, now))
    reading = _Reading(memory=dict(state.memory))
    problem = _read_on(question, way, got, reading)
    kept = state if problem else _remember(state, root.url, got, _note_move(reading.memory, root.url, got))
    return Answer(
        state=kept,
        changed=True,
        links=tuple(reading.links),
        snapshots=tuple(reading.snapshots),
        projects=reading.projects,
        freshness=reading.freshness,
        problem=problem,
    )


def _read_on(question: _Question, way: Probe, got: Snapshot, reading: _Reading) -> Failure | Rejection | None:
    """Read page after page into ``reading``; the problem, where one ended it early."""
    for _ in range(MAX_PAGES):
        reading.snapshots.append(got)
        listing = _read(question, way, got, reading.memory)
        if isinstance(listing, Rejection):
            return listing
        if isinstance(listing, tuple):
            reading.projects = listing
            reading.memory.update({"kind": SourceKind.PROJECTS.value, "endpoint": way.request.url})
            return None
        reading.links.extend(listing.links)
        reading.memory.update(listing.memory)
        reading.wait(listing.ttl, _freshness(got, question.now) if len(reading.snapshots) == 1 else None)
        further = _further(question, listing, reading)
        if not isinstance(further, tuple):
            return further
        way, got = further
    return None


def _further(question: _Question, listing: Listing, reading: _Reading) -> tuple[Probe, Snapshot] | Failure | None:
    """The chain's next answer, stepping over what a listing can spare; None at its end, or the failure that ends it."""
    for _ in range(MAX_PAGES):
        way = listing.next_probe
        if way is None:
            return None
        answer = question.web.get(way.request)
        if not isinstance(answer, Failure):
            return way, answer
        spared = discover.without(way, answer, question.source, memory=reading.memory, now=question.now)
        if spared is None:
            return answer
        reading.memory.update(spared.memory)
        listing = spared
    return None


def _read(
    question: _Question, way: Probe, got: Snapshot, memory: Mapping[str, str]
) -> Listing | tuple[Project, ...] | Rejection:
    if way.kind is SourceKind.PROJECTS:
        return projects.read_projects(got, question.source, question.now)
    return discover.read(way, got, question.source, memory=memory, now=question.now)


def _conditional(request: Request, state: SourceState) -> Request:
    """The request with the validators of the body that we read last (H1); without, where we hold none."""
    if request.url not in state.body_hashes:
        return request
    return replace(request, validators=state.validators.get(request.url, Validators()))


def _remember(state: SourceState, url: str, got: Snapshot, memory: Mapping[str, str]) -> SourceState:
    """Keep the newest validators of the one address asked first: a 304 replaces both, field by field (H2)."""
    if not got.keep_body or memory.get("unsure"):
        # An index that stays as it is while its sitemaps grow is no sign that nothing is new.
        validators: dict[str, Validators] = {}
        hashes: dict[str, str] = {}
    else:
        old = state.validators.get(url, Validators()) if got.not_modified else Validators()
        fresh = got.validators
        validators = {
            url: Validators(
                etag=fresh.etag or old.etag,
                last_modified=fresh.last_modified or old.last_modified,
            )
        }
        hashes = {url: state.body_hashes[url] if got.not_modified else body_hash(got)}
    return replace(
        state,
        validators=MappingProxyType(validators),
        body_hashes=MappingProxyType(hashes),
        memory=MappingProxyType(dict(memory)),
    )


def _moved(way: Probe, state: SourceState) -> Request:
    """The request, at its new address where a permanent redirect was seen often enough (H6)."""
    if state.memory.get("moved_from") == way.request.url and int(state.memory.get("moved_times", "0")) >= MOVES:
        return replace(way.request, url=state.memory["moved_to"])
    return way.request


def _note_move(memory: dict[str, str], url: str, got: Snapshot) -> dict[str, str]:
    if got.permanent_url is None or got.permanent_url == url:
        return memory
    again = memory.get("moved_from") == url and memory.get("moved_to") == got.permanent_url
    times = int(memory.get("moved_times", "0")) + 1 if again else 1
    return {**memory, "moved_from": url, "moved_to": got.permanent_url, "moved_times": str(times)}


def _freshness(got: Snapshot, now: datetime) -> timedelta | None:
    return politeness.freshness(got.headers, now)


def body_hash(snapshot: Snapshot) -> str:
    """SHA-256 of the decoded body, in hexadecimal."""
    return hashlib.sha256(snapshot.body).hexdigest()
