"""What changed between two wordings of a text: paragraph by paragraph, and word by word within those alike.

difflib's matching blocks, over paragraphs first: a text is changed in a few places, and comparing whole paragraphs
leaves little for words, whose comparison grows with the square of the length and is bounded here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ALIKE = 0.5
"""Share of common words from which two paragraphs are one that was changed."""
MOST_PAIRS = 60_000
"""Pairs of equal words that are looked at in one text; what goes beyond is told whole, as taken out and put in."""
MOST_PARAGRAPHS = 250
NEAR = 1
"""Unchanged paragraphs that are shown around a changed one."""
_WORDS = re.compile(r"\S+\s*")


class Fate(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words on end with the same fate."""

    fate: Fate
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph in pieces, or a gap where unchanged ones are left out."""

    pieces: tuple[Piece, ...] = ()
    left_out: int = 0
    """How many unchanged paragraphs stand here."""


def line(before: str, after: str) -> tuple[Piece, ...]:
    """One line, such as a headline, word by word."""
    return tuple(_Comparison().words(_split(before), _split(after)))


def text(before: str, after: str) -> tuple[Paragraph, ...]:
    """A text whose paragraphs are parted by blank lines; what is unchanged is left out but for what stands near.

    Empty where nothing changed.
    """
    old, new = _paragraphs(before), _paragraphs(after)
    if old == new:
        return ()
    if max(len(old), len(new)) > MOST_PARAGRAPHS:
        old, new = ["\n".join(old)], ["\n".join(new)]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found: list[Paragraph] = []
    comparison = _Comparison()
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found += [Paragraph(pieces=(Piece(Fate.KEPT, one),)) for one in old[a:b]]
        else:
            found += comparison.replaced(old[a:b], new[c:d])
    return tuple(_shortened(found))


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


class _Comparison:
    """Compares within one text, as far as its bound reaches."""

    def __init__(self) -> None:
        self._left = MOST_PAIRS

    def replaced(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
        """Paragraphs that are alike, in their order, are one that was changed; the others came or went."""
        waiting = list(old)
        for one in new:
            words = _split(one)
            place = next((at for at, other in enumerate(waiting[:8]) if _alike(_split(other), words)), None)
            if place is None:
                yield Paragraph(pieces=(Piece(Fate.ADDED, one),))
                continue
            yield from (Paragraph(pieces=(Piece(Fate.REMOVED, gone),)) for gone in waiting[:place])
            yield Paragraph(pieces=tuple(self.words(_split(waiting[place]), words)))
            del waiting[: place + 1]
        yield from (Paragraph(pieces=(Piece(Fate.REMOVED, gone),)) for gone in waiting)

    def words(self, old: list[str], new: list[str]) -> Iterator[Piece]:
        """What became of the words of one paragraph."""
        counts = Counter(new)
        self._left -= sum(counts[word] for word in old)
        if self._left < 0:
            old, new = ["".join(old)], ["".join(new)]
        for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind == "equal":
                yield Piece(Fate.KEPT, "".join(old[a:b]))
                continue
            if a < b:
                yield Piece(Fate.REMOVED, "".join(old[a:b]))
            if c < d:
                yield Piece(Fate.ADDED, "".join(new[c:d]))


def _alike(old: list[str], new: list[str]) -> bool:
    """By the words that both have, in whatever order: which costs no more than their number."""
    return SequenceMatcher(None, old, new, autojunk=False).quick_ratio() >= ALIKE


def _split(text: str) -> list[str]:
    return _WORDS.findall(" ".join(text.split()) + " ")


def _shortened(found: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Unchanged paragraphs only where something changed near them."""
    moved = [any(piece.fate is not Fate.KEPT for piece in one.pieces) for one in found]
    left_out = 0
    for at, one in enumerate(found):
        if any(moved[max(0, at - NEAR) : at + NEAR + 1]):
            if left_out:
                yield Paragraph(left_out=left_out)
            left_out = 0
            yield one
        else:
            left_out += 1
    if left_out:
        yield Paragraph(left_out=left_out)
