"""What happened: the report of a turn, of publishing, of a run."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from aggregator.model.articles import Article, Rejection, Tag
    from aggregator.model.inbound import Failure, Link, Reason, Snapshot, SourceState
    from aggregator.model.settings import Project


class Outcome(StrEnum):
    """How a source's turn ended."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    PARTIAL = "partial"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """What became of one link in a turn: an article or a rejection, and the snapshot it was read from."""

    link: Link
    snapshot: Snapshot | None
    result: Article | Rejection | Failure | None
    """None: the page is as it was (304, an equal body, or still there where the listing gives the text)."""
    tags: tuple[Tag, ...] = ()
    before: Article | None = None
    """What the kept page of a known article says when it is read as this one was: where both say the same, the outlet
    changed nothing, however our reading differs from the one that was kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What one turn, or a whole run, amounted to."""

    requests: int = 0
    not_modified: int = 0
    links: int = 0
    pages: int = 0
    new: int = 0
    updated: int = 0
    duplicates: int = 0
    rejected: int = 0
    failed: int = 0
    gone: int = 0
    pending: int = 0
    wire_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawl:
    """One source's turn within a run: all that is to be saved, and how it went."""

    source_id: str
    started_at: datetime
    outcome: Outcome
    reason: Reason | None = None
    detail: str = ""
    counts: Counts = Counts()
    listings: tuple[Snapshot, ...] = ()
    finds: tuple[Find, ...] = ()
    pending: tuple[Link, ...] = ()
    """Links found and not yet fetched; the next turn continues with them."""
    projects: tuple[Project, ...] | None = None
    """The projects of a project page, all of them; None where none was read."""
    state: SourceState | None = None
    """Saved last: validators and the next check."""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What publishing did to ``feeds/``."""

    written: tuple[str, ...] = ()
    unchanged: int = 0
    failed: tuple[tuple[str, str], ...] = ()
    """(file, why); the old file is still in place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One pass over the due sources, and its report."""

    started_at: datetime
    ended_at: datetime
    crawls: tuple[Crawl, ...] = ()
    published: Published = Published()
    counts: Counts = Counts()
