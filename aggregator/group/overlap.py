"""How much of a press release stands word for word in another text, and what was left out and added."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from aggregator.group.alignment import align
from aggregator.group.quotes import quotes
from aggregator.group.spelled import keys, words
from aggregator.group.standing import standing
from aggregator.model import Overlap, Piece, PieceKind, Quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aggregator.group.alignment import Aligned
    from aggregator.group.spelled import Word

VERSION = "4"
"""Raised when the same texts are compared otherwise than before, so that what is kept of them is made anew."""

KEPT = 0.8
"""Share of a quote's words from which it counts as kept: a newsroom may drop a "ju" and the quote is the same."""

MOST = 20_000
"""Words of a text that are compared; no press release has as many, and a text without end shall not stop a run."""

ISLAND = 3
"""Fewer carried words than these among changed ones are shown as changed: a reader sees runs, no confetti."""

_LETTING_GO = re.compile(r"\S*\s*")


def overlap(release: str, pickup: str, ignore: Iterable[str] = ()) -> Overlap:
    """Compare a release's text with a pickup's; blind to typography and to the order of passages.

    ``ignore`` holds standing passages of either outlet; those known by their form are left out by themselves
    (``standing``). The figures count every word; the pieces for reading side by side show short islands of carried
    words among changed ones as changed.
    """
    passages = tuple(ignore)
    ours, theirs = words(release)[:MOST], words(pickup)[:MOST]
    our_standing, their_standing = standing(release, ours, passages), standing(pickup, theirs, passages)
    mine = [word for word, skip in zip(ours, our_standing, strict=True) if not skip]
    others = [word for word, skip in zip(theirs, their_standing, strict=True) if not skip]
    aligned = align(mine, others)
    starts = {word.start for word, place in zip(mine, aligned.places, strict=True) if place >= 0}
    shown_here, shown_there = _shown(mine, others, aligned)
    return Overlap(
        words=len(mine),
        carried=len(starts),
        added=aligned.met.count(False),
        quotes=tuple(_quotes(release, ours, starts)),
        release=_pieces(release, _spread(our_standing, shown_here, PieceKind.LEFT_OUT), ours),
        pickup=_pieces(pickup, _spread(their_standing, shown_there, PieceKind.ADDED), theirs),
    )


def headline_changed(release: str, pickup: str) -> bool:
    """Whether two headlines differ by more than typography and capitals."""
    return keys(release) != keys(pickup)


def _quotes(text: str, ours: Sequence[Word], carried: set[int]) -> Iterable[Quote]:
    starts = [word.start for word in ours]
    for spans in quotes(text):
        said = [at for start, end in spans for at in starts[bisect_left(starts, start) : bisect_left(starts, end)]]
        kept = sum(start in carried for start in said) >= KEPT * len(said)
        yield Quote(" … ".join(text[start:end].strip(" ,") for start, end in spans), kept)


def _shown(mine: Sequence[Word], others: Sequence[Word], aligned: Aligned) -> tuple[list[bool], list[bool]]:
    """Which words are shown as carried, on either side: those carried, without the islands of either side."""
    here, there = [place >= 0 for place in aligned.places], list(aligned.met)
    while True:
        before = sum(here) + sum(there)
        here, there = _without_islands(mine, here), _without_islands(others, there)
        for at, place in enumerate(aligned.places):
            if place >= 0 and not (here[at] and there[place]):
                here[at] = there[place] = False
        if sum(here) + sum(there) == before:
            return here, there


def _without_islands(text: Sequence[Word], carried: Sequence[bool]) -> list[bool]:
    shown = list(carried)
    start = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and carried[at] == carried[start]:
            continue
        sentence = text[start].opens and (at == len(text) or text[at].opens)
        if carried[start] and at - start < ISLAND and start > 0 and at < len(text) and not sentence:
            shown[start:at] = [False] * (at - start)
        start = at
    return shown


def _spread(skipped: Sequence[bool], carried: Sequence[bool], other: PieceKind) -> list[PieceKind]:
    """The kind of every word of a text, those of standing passages among them."""
    rest = iter(carried)
    return [PieceKind.STANDING if skip else PieceKind.CARRIED if next(rest) else other for skip in skipped]


def _pieces(text: str, kinds: Sequence[PieceKind], found: Sequence[Word]) -> tuple[Piece, ...]:
    """Runs of words of one kind, with the signs around them; signs that open a word go with it."""
    if not found:
        return (Piece(text, PieceKind.STANDING),) if text else ()
    pieces: list[Piece] = []
    start = 0
    for at in range(1, len(found)):
        if kinds[at] is not kinds[at - 1]:
            gap = _LETTING_GO.match(text, found[at - 1].end, found[at].start)
            end = gap.end() if gap else found[at].start
            pieces.append(Piece(text[start:end], kinds[at - 1]))
            start = end
    return (*pieces, Piece(text[start:], kinds[-1]))
