"""Articles that tell the same thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class Relation(StrEnum):
    """What a story is, by its members; of a member, what it is to the story's lead."""

    SINGLE = "single"
    """One article alone; of a member: the lead itself."""
    VERSION = "version"
    """The same text again from the same source: updated, corrected, or put at a second address."""
    COPY = "copy"
    """The same text in another outlet, but for typography and small edits."""
    REWRITE = "rewrite"
    """The same matter with much of the wording: shortened, reordered, or half told anew."""
    PICKUP = "pickup"
    """A press release in the hands of others: the lead is its sender's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlsoAt:
    """Another source at which the very same article stands, word for word."""

    source_id: str
    source_name: str
    url: str
    since_at: datetime
    """When we first saw it there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An article as a member of a story."""

    article_id: int
    guid: str
    """The article's own."""
    source_id: str
    source_name: str
    title: str
    url: str
    published_at: datetime | None
    fetched_at: datetime
    relation: Relation
    """To the lead; ``SINGLE`` for the lead itself."""
    share: float
    """0..1: how much of what the shorter of two texts tells stands in the other, this member and the lead."""
    joined_at: datetime
    """When it was grouped into this story."""
    gone_at: datetime | None = None
    also: tuple[AlsoAt, ...] = ()
    """Other sources at which this very article stands, the first to have it first."""

    @property
    def outlets(self) -> tuple[str, ...]:
        """The names of the sources at which it stands, its own first."""
        return (self.source_name, *(other.source_name for other in self.also))


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles that tell the same thing: copies, rewrites, and a press release with its pickups."""

    id: int
    """The archive's id of the member that we kept first: it does not change as members come."""
    guid: str
    """That member's permanent id, under which the story stands in feeds, whichever member leads."""
    relation: Relation
    lead: Member
    """The origin's own (a pressroom's, an authority's) where we have it, else the first and fullest; one that is gone
    leads only where all are."""
    members: tuple[Member, ...]
    """The lead first, then by the time at which they were published."""
    created_at: datetime
    """When it was grouped first."""
    related: tuple[int, ...] = ()
    """Ids of other stories that share a quote with this one and little else."""

    @property
    def outlets(self) -> tuple[str, ...]:
        """The names of the sources at which it stands, each once, the lead's first."""
        return tuple(dict.fromkeys(name for one in self.members for name in one.outlets))
