"""What is compared of a text: its words by their stems, how much each tells, its runs of three words, its quotes."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from aggregator import swedish
from aggregator.group.commonness import COMMON, FIGURES

if TYPE_CHECKING:
    from collections.abc import Sequence

RUN: Final = 3
"""Words of a shingle."""
WHOLE = 160
"""Shingles up to which a text's are all indexed; of a longer text, one in four: a notice has none to spare."""
TELLING = 1.0
"""What the words of a shingle must tell together to be indexed: "i samband med" leads to half of all news."""
SPARSE = 12
"""Words below which a text is read together with its headline."""
GAP = 16
"""Shingles between two indexed ones, both standing words, that are taken for standing words too."""
LONGEST = 20_000
"""Words of a text that are read; what is longer is a list, and as like others after so many words as after all."""

_WORD = re.compile(r"\d+(?:[.,:/ \u00a0]\d+)*|[^\W\d_]+(?:['’&-][^\W\d_]+)*")
_WEEKDAY = re.compile(r"(?:mån|tis|ons|tors|fre|lör|sön)dag", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_SAID = re.compile(r"(?:^|\n)\s*- ?(?=[^\W\d_])[^\n]*")
"""A paragraph of dialogue."""
_SAID_WITHIN = re.compile(
    r"(?:^|(?<=[.!?:]))\s*- ?(?=[A-ZÅÄÖ])[^\n]{0,900}?[,!?] (?:s[äa](?:ger|de|gt)?|menar|berättar|förklarar|tycker|tror"
    r"|konstaterar|hävdar|skriver|kommenterar|uppger|tillägger|påpekar|fortsätter)\b[^.\n]*"
)
"""The same in a text whose paragraphs were lost, up to who said it."""
_QUOTED = re.compile(r"[\"“”»«„]([^\"“”»«„\n]{24,900})[\"“”»«„]")
_ENDS = frozenset('.!?:\n-"“”»«„–')
_QUOTE_WEIGHT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A text made ready to be compared. Places are indices of words."""

    stems: tuple[str, ...]
    weights: Sequence[float]
    """How much a word tells: names and figures most, the commonest words next to nothing; half of it in a quote."""
    quoted: Sequence[int]
    """1 where a word is in a quote."""
    slots: bytes
    """Whether the word is a figure, a weekday, a month or a name: it changes from one issue of a series to the next."""
    runs: Sequence[int]
    """The hash (64 bit, signed) of the shingle that begins at each place."""
    title: frozenset[str]
    """The stems of the headline that tell something."""
    places: Sequence[int]
    """Where the indexed shingles begin: of a long text one in four, none of common words only."""
    indexed: frozenset[int]
    """The shingles by which others find this text."""
    sparse: bool
    """Whether there is next to no text."""

    def standing(self, known: frozenset[int]) -> list[bool]:
        """For each word, whether it belongs to the source's standing words, of which some shingles are known."""
        mask = [False] * len(self.stems)
        if not known:
            return mask
        last = None
        for at in self.places:
            if self.runs[at] not in known:
                last = None
                continue
            first = at if last is None or at - last > GAP else last
            mask[first : at + RUN] = [True] * (at + RUN - first)
            last = at
        return mask


def read(title: str, text: str) -> Reading:
    """Read a text. A very short one is read with its headline before it."""
    spans = _words(text)
    sparse = len(spans.words) < SPARSE
    if sparse and title.strip():
        spans = _words(f"{title}\n{text}")
    stems = tuple(FIGURES.get(word) or swedish.stem(word) for word in spans.words)
    weights = array(
        "d",
        (
            _weight(word, slot=slot) * (_QUOTE_WEIGHT if quote else 1.0)
            for word, slot, quote in zip(spans.words, spans.slots, spans.quoted, strict=True)
        ),
    )
    headline = frozenset(swedish.stem(word) for word in _words(title).words if _weight(word, slot=False) >= 1)
    runs = _runs(stems)
    places = _indexed(runs, weights)
    return Reading(
        stems=stems,
        weights=weights,
        quoted=bytes(spans.quoted),
        slots=bytes(spans.slots),
        runs=runs,
        title=headline,
        places=places,
        indexed=frozenset(runs[at] for at in places),
        sparse=sparse,
    )


def _indexed(runs: Sequence[int], weights: Sequence[float]) -> Sequence[int]:
    some = len(runs) > WHOLE
    return array(
        "l",
        (
            at
            for at, run in enumerate(runs)
            if not (some and run & 3) and weights[at] + weights[at + 1] + weights[at + 2] >= TELLING
        ),
    )


@dataclass(frozen=True, slots=True)
class _Words:
    words: tuple[str, ...]
    slots: tuple[bool, ...]
    quoted: tuple[bool, ...]


def _words(text: str) -> _Words:
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_DASHES)
    found = [m.span() for _, m in zip(range(LONGEST), _WORD.finditer(text), strict=False)]
    said = _SAID if "\n" in text.strip() else _SAID_WITHIN
    quotes = _merged([m.span() for pattern in (said, _QUOTED) for m in pattern.finditer(text)])
    starts = [start for start, _ in quotes]
    words, slots, quoted = [], [], []
    for start, end in found:
        written = text[start:end]
        words.append(written.lower())
        slots.append(_is_slot(written, begins=_begins(text, start)))
        at = bisect_right(starts, start) - 1
        quoted.append(at >= 0 and start < quotes[at][1])
    return _Words(tuple(words), tuple(slots), tuple(quoted))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _begins(text: str, start: int) -> bool:
    """Whether a word begins a sentence, where a capital tells nothing."""
    before = text[max(0, start - 4) : start].rstrip(" \u00a0")
    return not before or before[-1] in _ENDS


def _is_slot(written: str, *, begins: bool) -> bool:
    if written[0].isdigit() or (written[0].isupper() and not begins):
        return True
    word = written.lower()
    return word in FIGURES or word in swedish.MONTHS or _WEEKDAY.match(word) is not None


def _weight(word: str, *, slot: bool) -> float:
    if slot:
        return 1.5
    if len(word) < 3 or word in COMMON:
        return 0.2
    return 0.6 if len(word) < 5 else 1.0


def _runs(stems: Sequence[str]) -> Sequence[int]:
    """64-bit hashes (BLAKE2b, RFC 7693) of each three stems in a row."""
    return array(
        "q",
        (
            int.from_bytes(
                blake2b(" ".join(three).encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True
            )
            for three in zip(stems, stems[1:], stems[2:], strict=False)
        ),
    )
