"""The stretch of an article's text that shows why it was found: whole sentences where they fit."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from aggregator import swedish
from aggregator.archive.occurrences import Spotter, phrases_in

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

_SPACE = re.compile(r"\s+")
_Span = tuple[int, int]


class Cutter:
    """Cuts the stretches of one search's hits."""

    def __init__(self, asked: Asked) -> None:
        self._phrases = asked.phrases
        # The words of a phrase count where the phrase stands, and else only beside other words that are sought.
        phrased = {word for phrase in asked.phrases for word in phrase.split()}
        alone = [one for one in asked.units if not asked.phrases or one.word not in phrased]
        self._spotter = Spotter(alone)

    def stretch(self, text: str) -> Pieces:
        """The sentences with the most different words of those sought, the first of equals; else the beginning."""
        text = unicodedata.normalize("NFC", text[:_READ])
        found = self._matches(text)
        start, end = _around(text, found) if found else _from(text, 0, text[:1])
        return _pieces(text, start, end, [(a, b) for a, b, _ in found])

    def whole(self, text: str) -> Pieces:
        """All of a text that is short, such as a title."""
        text = unicodedata.normalize("NFC", text)
        return _pieces(text, 0, len(text), [(a, b) for a, b, _ in self._matches(text)])

    def _matches(self, text: str) -> list[tuple[int, int, int]]:
        """Half-open places that do not overlap, each with what it tells: a unit, or a phrase."""
        told = [(spot.start, spot.end, spot.signs[0].unit) for spot in self._spotter.spots(text)]
        told += [(start, end, -1) for start, end in phrases_in(text, self._phrases)]
        found: list[tuple[int, int, int]] = []
        for start, end, what in sorted(told, key=lambda one: (one[0], -one[1])):
            if not found or start >= found[-1][1]:
                found.append((start, end, what))
        return found


def marked(pieces: Pieces) -> str:
    """Pieces as one text, matches between ``[`` and ``]``."""
    return "".join(f"[{text}]" if match else text for text, match in pieces)


def _around(text: str, found: Sequence[tuple[int, int, int]]) -> _Span:
    """The sentence that tells the most, with those after it that fit."""
    best, most = (0, len(text)), 0
    for start, end in swedish.sentences(text):
        if start > found[-1][0]:
            break
        different = {what for a, _, what in found if start <= a < end}
        if len(different) > most:
            best, most = (start, end), len(different)
    start, end = best
    if end - start > _LONGEST:
        first = next(a for a, _, _ in found if start <= a)
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
