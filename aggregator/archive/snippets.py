"""The stretch of an article's text that shows why it was found: whole sentences where they fit."""

from __future__ import annotations

import re
import unicodedata
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from aggregator import swedish
from aggregator.archive.occurrences import WHOLE, Spotter, phrases_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aggregator.archive.asking import Asked

Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces: (text, whether it is a match). Put together they are the text; nothing in them is markup."""

LENGTH = 240
"""Characters, about two lines."""

_LONGEST = 300
"""Characters of a sentence that is shown whole."""

_READ = 20_000
"""Characters of a long text that are looked through."""

_weight = attrgetter("weight")
_SPACE = re.compile(r"\s+")
_Span = tuple[int, int]


class _Match(NamedTuple):
    start: int
    end: int
    what: int
    weight: int


class Cutter:
    """Cuts the stretches of one search's hits."""

    def __init__(self, asked: Asked) -> None:
        self._phrases = asked.phrases
        # The words of a phrase count where the phrase stands, and else only beside other words that are sought.
        phrased = {word for phrase in asked.phrases for word in phrase.split()}
        alone = [one for one in asked.units if not asked.phrases or one.word not in phrased]
        self._spotter = Spotter(alone)

    def stretch(self, text: str) -> Pieces:
        """The sentences that tell the most of what is sought, the first of equals; else the beginning."""
        text = unicodedata.normalize("NFC", text[:_READ])
        found = self._matches(text)
        start, end = _around(text, found) if found else _from(text, 0, text[:1])
        return _pieces(text, start, end, [one[:2] for one in found])

    def whole(self, text: str) -> Pieces:
        """All of a text that is short, such as a title."""
        text = unicodedata.normalize("NFC", text)
        return _pieces(text, 0, len(text), [one[:2] for one in self._matches(text)])

    def _matches(self, text: str) -> list[_Match]:
        """Half-open places that do not overlap, each with what it tells, a unit or a phrase, and how well."""
        told = [_Match(s.start, s.end, s.signs[0].unit, s.signs[0].kind) for s in self._spotter.spots(text)]
        told += [_Match(start, end, -1, 2 * WHOLE) for start, end in phrases_in(text, self._phrases)]
        found: list[_Match] = []
        for one in sorted(told, key=lambda one: (one.start, -one.end)):
            if not found or one.start >= found[-1].end:
                found.append(one)
        return found


def marked(pieces: Pieces) -> str:
    """Pieces as one text, matches between ``[`` and ``]``."""
    return "".join(f"[{text}]" if match else text for text, match in pieces)


def _around(text: str, found: Sequence[_Match]) -> _Span:
    """The sentence that tells the most of what is sought, whole words before members, with those after it that fit."""
    best, most = (0, len(text)), 0
    for start, end in swedish.sentences(text):
        if start > found[-1].start:
            break
        told = {one.what: one.weight for one in sorted(found, key=_weight) if start <= one.start < end}
        if sum(told.values()) > most:
            best, most = (start, end), sum(told.values())
    start, end = best
    if end - start > _LONGEST:
        first = next(one.start for one in found if start <= one.start)
        return _from(text, max(start, first - LENGTH // 4), "…")
    return _from(text, start, text[start : start + 1])


def _from(text: str, start: int, head: str) -> _Span:
    """From there as many whole sentences as fit; where none does, whole words. ``head`` "…": not a sentence's start."""
    if head == "…" and start > 0:
        start = text.find(" ", start) + 1 or start
    end = start
    for _, stop in swedish.sentences(text[start : start + 2 * LENGTH]):
        if stop > LENGTH and end > start:
            break
        end = start + stop
    if end - start > _LONGEST or (end == start + 2 * LENGTH and end < len(text)):
        end = max(text.rfind(" ", start, start + LENGTH), start + 1)
    return start, end


def _pieces(text: str, start: int, end: int, matches: Sequence[_Span]) -> Pieces:
    """A stretch with single blanks, and ``…`` where a sentence is broken or something is left out."""
    while end > start and text[end - 1].isspace():
        end -= 1
    pieces: list[tuple[str, bool]] = [("… ", False)] if start > 0 else []
    at = start
    for a, b in matches:
        if a >= end or b <= start:
            continue
        pieces += [(text[at:a], False), (text[a : min(b, end)], True)]
        at = min(b, end)
    pieces.append((text[at:end] + (" …" if end < len(text.rstrip()) else ""), False))
    return tuple((_SPACE.sub(" ", piece), match) for piece, match in pieces if piece)
