"""Which article of a story is the press release, and which are its pickups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """An article in one outlet; where outlets have the very same text, each has an appearance of the one article."""

    article_id: int
    source_id: str
    at: datetime
    by_day: bool
    """Whether only the day is known."""
    sender: str | None
    """The organisation that speaks here: the outlet itself, or the one that the closing line names."""
    own: bool
    """Whether that is the outlet's own: a pressroom, an authority, a university, the police."""
    pressroom: bool
    marked: bool
    """Whether its address or category says that it is a press release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A press release and where it went."""

    release: Appearance
    sender: str
    sent_at: datetime
    by_day: bool
    stands_in: bool
    """Whether the sender's own text is not there, and the first article that names it stands for it."""
    pickups: tuple[Appearance, ...]
    """The first of each outlet, by time."""


def trace(appearances: Sequence[Appearance]) -> Trace | None:
    """The release of a story and its pickups, or None where the story has no release.

    The release is its sender's own: the sender who had it first, in a pressroom rather than on another site of
    theirs. What else the same sender has of it is no pickup. A sender's own article that is neither in a pressroom nor
    marked is a release from when somebody takes it up. Where no sender's own is there, the first article that names
    one stands for it.
    """
    own = [one for one in appearances if one.own]
    if own:
        return _of_sender(appearances, own)
    naming = [one for one in appearances if one.sender]
    if not naming:
        return None
    first = min(naming, key=lambda one: (one.at, one.article_id))
    others = [one for one in appearances if one.source_id != first.source_id]
    return _traced(first, (first,), others, stands_in=True)


def _of_sender(appearances: Sequence[Appearance], own: Sequence[Appearance]) -> Trace | None:
    first = min(own, key=lambda one: (one.at, not one.pressroom, one.article_id))
    theirs = [one for one in own if _same(one.sender, first.sender)]
    release = min(theirs, key=lambda one: (not one.pressroom, one.at, one.article_id))
    homes = {one.source_id for one in theirs}
    others = [one for one in appearances if one.source_id not in homes]
    if not others and not any(one.pressroom or one.marked for one in theirs):
        return None
    return _traced(release, theirs, others, stands_in=False)


def _traced(
    release: Appearance, theirs: Sequence[Appearance], others: Sequence[Appearance], *, stands_in: bool
) -> Trace:
    earliest = min(theirs, key=lambda one: one.at)
    firsts: dict[str, Appearance] = {}
    for one in sorted(others, key=lambda one: (one.at, one.article_id, one.source_id)):
        firsts.setdefault(one.source_id, one)
    return Trace(
        release=release,
        sender=release.sender or "",
        sent_at=earliest.at,
        by_day=earliest.by_day,
        stands_in=stands_in,
        pickups=tuple(firsts.values()),
    )


def _same(one: str | None, other: str | None) -> bool:
    return (one or "").casefold() == (other or "").casefold()
