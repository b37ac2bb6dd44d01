"""Where in a text the words stand that a search seeks; by the letters they begin with, so that few words are read."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from aggregator import swedish
from aggregator.archive.analysis import exact, terms, unmarked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aggregator.archive.asking import Unit

WHOLE, MEMBER, HALF = 3, 2, 1
"""How a word is what was sought: in any inflection; as a member of a compound; as one half of the compound sought."""

_LIKE = {"a": "aäåáàâ", "o": "oöóòôø", "e": "eéèêë", "u": "uüúùû", "i": "iíìîï", "c": "cç", "n": "nñ"}
_REST = re.compile(r"[^\W_]*(?:[-‐‑:'’&.][^\W_]+)*")
_JOINTS = frozenset("-‐‑:'’&.")
_HYPHENS = frozenset("-‐‑")
_ELLIPSIS = 60
"""Characters after a word cut short in which the whole one stands: "hälso- och sjukvård"."""


class Sign(NamedTuple):
    """One unit of a search, told by a word."""

    unit: int
    """Its place among the units."""
    kind: int
    half: str
    """Of a HALF: its term."""
    exact: bool
    """Whether it stands just as it was typed."""


class Spot(NamedTuple):
    """A word of a text that tells something sought; its half-open place in the text."""

    start: int
    end: int
    signs: tuple[Sign, ...]


class Spotter:
    """Finds what a search seeks in any number of texts."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self._typed = [exact(one.word) for one in units]
        sought = {
            term for one in units for term in (*one.terms, *one.members, *(t for pair in one.pairs for t in pair))
        }
        begins = sorted({_begin(term) for term in sought})
        self._probe = re.compile("|".join(begins)) if begins else None
        self._known: dict[str, tuple[Sign, ...]] = {}

    def spots(self, text: str) -> Iterator[Spot]:
        """In the order of the text, whose places are those of its Unicode NFC."""
        if self._probe is None:
            return
        text = unicodedata.normalize("NFC", text)
        low = _lower(text)
        at = 0
        while (probe := self._probe.search(low, at)) is not None:
            start = _beginning(low, probe.start(), at)
            rest = _REST.match(low, probe.start())
            at = end = max(rest.end() if rest else 0, probe.end())
            word = text[start:end]
            signs = self._signs(word)
            if low[end : end + 1] in _HYPHENS:
                signs = signs or self._signs(_completed(low[start : end + _ELLIPSIS]) or word)
            if signs:
                yield Spot(start, end, signs)

    def _signs(self, word: str) -> tuple[Sign, ...]:
        found = self._known.get(word)
        if found is None:
            low = swedish.lower(word)
            whole, *members = terms(low, word[0].isupper())
            typed = exact(low)
            told = (_told(one, whole, members) for one in self._units)
            found = self._known[word] = tuple(
                Sign(place, kind, whole if kind == HALF else "", typed == self._typed[place])
                for place, kind in enumerate(told)
                if kind
            )
        return found


def _told(one: Unit, whole: str, members: Sequence[str]) -> int:
    if whole in one.terms:
        return WHOLE
    wanted = one.members
    if any(tuple(members[i : i + len(wanted)]) == wanted for i in range(len(members))):
        return MEMBER
    return HALF if any(whole in pair for pair in one.pairs) else 0


def phrases_in(text: str, phrases: Iterable[str]) -> list[tuple[int, int]]:
    """Where phrases, as ``exact`` gives them, stand in a text; half-open places, in its Unicode NFC."""
    phrases = tuple(phrases)
    if not phrases:
        return []
    low = unmarked(_lower(unicodedata.normalize("NFC", text)))
    found: list[tuple[int, int]] = []
    for phrase in phrases:
        words = r"[\W_]+".join(map(re.escape, phrase.split()))
        found += (match.span() for match in re.finditer(rf"(?<![^\W_]){words}(?![^\W_])", low))
    return sorted(found)


def _lower(text: str) -> str:
    """In lower case, each letter still one."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(letter if len(letter.lower()) > 1 else letter.lower() for letter in text)


def _begin(term: str) -> str:
    """The first letters of a term's inflections, with the marks that they may have: brand, bränder."""
    plain = swedish.fold(term)
    return "".join(f"[{_LIKE[one]}]" if one in _LIKE else re.escape(one) for one in plain[: 3 if len(plain) > 3 else 2])


def _beginning(low: str, at: int, least: int) -> int:
    while at > least:
        before = low[at - 1]
        joint = before in _JOINTS and at - 1 > least and low[at - 2].isalnum()
        if not (before.isalnum() or joint):
            return at
        at -= 1
    return at


def _completed(low: str) -> str:
    """What a word cut short at the beginning of a stretch stands for: "hälso- och sjukvård" → "hälsovård"."""
    words = [swedish.lower(word) for word in swedish.words(low)]
    return next((whole for place, whole in swedish.ellipses(words, swedish.generous()) if place == 0), "")
