"""What became of a press release: who took it up, when, and how much of it word for word."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from aggregator.model.articles import Tag

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta


class PieceKind(StrEnum):
    """What a run of words is when two texts are read side by side."""

    CARRIED = "carried"
    """It stands word for word in both."""
    LEFT_OUT = "left_out"
    """Only the release has it."""
    ADDED = "added"
    """Only the pickup has it."""
    STANDING = "standing"
    """A standing passage (contacts, "Om oss", the origin line): neither counted nor compared."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text; a text's pieces joined are the text."""

    text: str
    kind: PieceKind


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted passage of a release."""

    text: str
    """What was said, without dash, quotation marks and attribution."""
    kept: bool
    """Whether it stands in the pickup."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """How much of one text stands word for word in another."""

    words: int
    """Words of the release, standing passages not counted."""
    carried: int
    """Those of them that stand in the pickup, in runs that are no chance."""
    added: int
    """Words of the pickup that the release does not have, standing passages not counted."""
    quotes: tuple[Quote, ...] = ()
    release: tuple[Piece, ...] = ()
    pickup: tuple[Piece, ...] = ()

    @property
    def share(self) -> float:
        """0..1: how much of the release was carried over word for word; 0 for a release without words."""
        return self.carried / self.words if self.words else 0.0

    @property
    def left_out(self) -> int:
        """Words of the release that the pickup does not have."""
        return self.words - self.carried

    @property
    def quotes_kept(self) -> int:
        """How many quoted passages stand in the pickup."""
        return sum(quote.kept for quote in self.quotes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pickup:
    """A release in the hands of another outlet."""

    guid: str
    """Our permanent id of the pickup (RFC 4151), minted when it was first seen; that of its entry in the feed."""
    article_id: int
    """The archive's id of the pickup; that of the release where the outlet has the very same text."""
    source_id: str
    outlet: str
    title: str
    url: str
    published_at: datetime
    """The outlet's word; where it gives none, when we first saw it."""
    delay: timedelta
    """From the release to the pickup; negative where the pickup bears the earlier time."""
    by_day: bool
    """Whether a time of day is missing on either side, so that the delay is of whole days."""
    words: int
    carried: int
    added: int
    quotes: int
    quotes_kept: int
    headline_changed: bool
    found_at: datetime
    """When we first saw that it is one."""
    updated_at: datetime
    """When what is said of it here last changed."""

    @property
    def share(self) -> float:
        """0..1: how much of the release was carried over word for word."""
        return self.carried / self.words if self.words else 0.0

    @property
    def left_out(self) -> int:
        """Words of the release that the pickup does not have."""
        return self.words - self.carried


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A press release, and what became of it."""

    article_id: int
    guid: str
    """The article's own."""
    title: str
    url: str
    sender: str
    """Whose release it is."""
    source_id: str
    outlet: str
    """Where it was read."""
    published_at: datetime
    stands_in: bool
    """Whether the sender's own text is not in the archive, and the first article that names it stands for it."""
    tags: tuple[Tag, ...] = ()
    pickups: tuple[Pickup, ...] = ()
    """By time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFilter:
    """Which releases a report is about; the conditions are joined by AND. Empty conditions take all."""

    since: date | None = None
    """The first day, Swedish time, on which a release was sent."""
    until: date | None = None
    """The last."""
    theme: str = ""
    project: str = ""
    municipality: str = ""
    outlet: str = ""
    """Id or name of a source: releases that it took up, and of the pickups only its own."""
    sender: str = ""
    picked_up: bool | None = None
    """True: only releases that somebody took up; False: only those that nobody did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseTotal:
    """What became of the releases of one month, theme, project, municipality, outlet or sender."""

    name: str
    releases: int
    """For an outlet: those that it took up."""
    picked_up: int
    """Those that somebody took up."""
    not_picked_up: int
    """Those that nobody did; not counted are those known from one outlet alone, whose sender's text is not here."""
    pickups: int
    median_delay: timedelta | None
    """Of the pickups; None without any."""
    median_share: float | None

    @property
    def known_by_one(self) -> int:
        """Those known from one outlet alone: whether others had the chance to take them up nobody can say."""
        return self.releases - self.picked_up - self.not_picked_up


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseReport:
    """What became of the releases that a filter takes."""

    chosen: ReleaseFilter
    total: ReleaseTotal
    months: tuple[ReleaseTotal, ...] = ()
    """By name ("2026-11"), without gaps."""
    themes: tuple[ReleaseTotal, ...] = ()
    projects: tuple[ReleaseTotal, ...] = ()
    municipalities: tuple[ReleaseTotal, ...] = ()
    outlets: tuple[ReleaseTotal, ...] = ()
    senders: tuple[ReleaseTotal, ...] = ()
    outlet_months: tuple[tuple[str, tuple[int, ...]], ...] = field(default=())
    """Outlet → its pickups by month of the release, in the order of ``months``."""
