"""Which article each article is linked to: the most alike of those before it, within the window.

``Shelf`` is where the articles stand: in memory here, in SQLite in the archive. The rules are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol

from aggregator.group.likeness import UNLIKE, Likeness, likeness, overlap_of
from aggregator.group.verdict import Verdict, is_version, judge

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from aggregator.group.reading import Reading

WINDOW = timedelta(days=14)
"""How far apart two articles of one story may be published."""
HOURS = timedelta(hours=6)
"""How soon after each other two texts of a source are most likely versions of one."""
SHORT_WINDOW = timedelta(days=1)
"""The same for what has next to no text."""
NOTICE = 40
"""Words below which one source may say the same again of another day."""
STANDING = 3
"""Texts of one source from which a shingle is that source's standing words."""
NOTICE_RUNS = 8
"""Shingles of a text that has so few that one shared is enough to look closer."""
LEAST_SHARE = 0.06
"""Share of the smaller text's shingles from which it is worth looking closer."""
VERSION_SHARE = 0.5
"""The same for a version of the same source."""
NEAREST = 12
"""Articles that one is compared with: those that share most shingles with it."""
CERTAIN = 0.97
"""Share from which no better match is looked for."""
COMMON_SHINGLE = 400
"""Articles in the window from which a shingle leads to too many to tell anything."""

Order = tuple[datetime, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An article as grouping knows it."""

    id: int
    source: str
    """Its outlet's id; empty where it is not known, which is then no outlet's."""
    at: datetime | None
    """When it was published, as far as is known; None is near any time."""
    reading: Reading
    order: Order
    """Where it stands among all: by time, then by what it says, so that the order of arrival does not show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """That an article tells the same as an earlier one."""

    to: int
    like: Likeness


class Shared(NamedTuple):
    """An article that has indexed shingles in common with another."""

    id: int
    common: int
    """How many."""
    size: int
    """How many indexed shingles it has in all."""


class Shelf(Protocol):
    """Where articles stand that others are compared with."""

    def text(self, text_id: int, /) -> Text:
        """The article with this id."""

    def sharing(self, text: Text, /) -> Iterable[Shared]:
        """The other articles within the window that have some of its indexed shingles."""

    def standing(self, source: str, shingles: Collection[int], /) -> frozenset[int]:
        """Those of the shingles that are standing words of a source."""


def near(one: Text, other: Text) -> bool:
    """Whether two articles are within one window; headlines alone, and notices of one source, recur from day to day."""
    if one.at is None or other.at is None:
        return True
    sparse = one.reading.sparse or other.reading.sparse
    notice = one.source == other.source and min(len(one.reading.stems), len(other.reading.stems)) < NOTICE
    return abs(one.at - other.at) <= (SHORT_WINDOW if sparse or notice else WINDOW)


def soon(one: Text, other: Text) -> bool:
    """Whether one came within hours of the other, as corrections and additions do."""
    return one.at is not None and other.at is not None and abs(one.at - other.at) <= HOURS


def nearest(text: Text, shelf: Shelf) -> list[Text]:
    """The articles within the window that share most with this one, the most first."""
    chosen = sorted(worth_a_look(text, shelf), key=lambda one: -one.common)
    found = [(one.common, shelf.text(one.id)) for one in chosen[: 2 * NEAREST]]
    kept = [(-count, other.order, other) for count, other in found if near(text, other)]
    return [other for _, _, other in sorted(kept, key=lambda one: one[:2])[:NEAREST]]


def worth_a_look(text: Text, shelf: Shelf) -> list[Shared]:
    """Those that share so much that the verdict can be other than "apart"."""
    least = 2 if len(text.reading.runs) > NOTICE_RUNS else 1
    size = len(text.reading.indexed)
    shared = shelf.sharing(text)
    return [one for one in shared if one.common >= least and one.common >= LEAST_SHARE * min(size, one.size)]


def compared(one: Text, other: Text, shelf: Shelf) -> tuple[Verdict, Likeness]:
    """What two articles are to each other."""
    if overlap_of(one.reading, other.reading) < LEAST_SHARE:
        return Verdict.APART, UNLIKE
    raw = like = likeness(one.reading, other.reading)
    if raw.words:
        known = shelf.standing(one.source, one.reading.indexed) | shelf.standing(other.source, other.reading.indexed)
        if known:
            like = likeness(one.reading, other.reading, known)
    return judge(like, raw, within=one.source == other.source != "", soon=soon(one, other)), like


def versions(text: Text, candidates: Iterable[Text]) -> list[int]:
    """The articles of the same source that are versions of this one, whatever words are standing."""
    return [
        other.id
        for other in candidates
        if other.source == text.source
        and overlap_of(text.reading, other.reading) >= VERSION_SHARE
        and is_version(likeness(text.reading, other.reading), soon=soon(text, other))
    ]


def best(text: Text, candidates: Iterable[Text], shelf: Shelf) -> tuple[Link | None, list[int]]:
    """The link to the most alike of the articles before this one; and those with which it shares a quote only."""
    found: list[tuple[float, Order, Link]] = []
    related = []
    for other in candidates:
        if other.order >= text.order:
            continue
        verdict, like = compared(text, other, shelf)
        if verdict is Verdict.RELATED:
            related.append(other.id)
        elif verdict is Verdict.SAME:
            found.append((-like.share, other.order, Link(to=other.id, like=like)))
            if like.share >= CERTAIN:
                break
    return (min(found, key=lambda one: one[:2])[2] if found else None), related
