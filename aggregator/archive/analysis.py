"""What the search index holds of an article, and under what form a word is asked for."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from aggregator import swedish

if TYPE_CHECKING:
    from collections.abc import Sequence

VERSION = "2"
"""Moves whenever the same text gives other terms; an archive that was indexed by another is indexed anew."""

STOP_WORDS = frozenset(
    """
    och att det som på är av för med till den i en om ett de så från vid hos eller samt men vad hur man har kan ska sig
    var vi ut in än där här dem sin sitt sina under mot efter över mellan utan
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
"""Words that tell nothing by themselves: beside others they need not be there."""

_FOLDED = str.maketrans("éèêëüúùûáàâíìîïóòôçñÉÈÊËÜÚÙÛÁÀÂÍÌÎÏÓÒÔÇÑ", "eeeeuuuuaaaiiiiooocnEEEEUUUUAAAIIIIOOOCN")
"""Letters that Swedish writes in borrowed words and people type without the mark."""


@dataclass(frozen=True, slots=True)
class Terms:
    """An article's terms, each list joined by blanks in the order of the text."""

    heads: str
    """Of the title, one a word."""
    stems: str
    """Of lead and text, one a word; what an ellipsis leaves out is put in."""
    parts: str
    """Of compounds in either, their members in order, each compound once."""


def body(lead: str, text: str) -> str:
    """Lead and text, the lead left out where the text begins with it."""
    return text if text.startswith(lead) else f"{lead}\n{text}"


def exact(text: str) -> str:
    """Text in which only the borrowed letters are folded; for phrases."""
    return unicodedata.normalize("NFC", text).translate(_FOLDED)


def analyse(title: Sequence[swedish.Token], text: Sequence[swedish.Token]) -> Terms:
    """The terms of an article, from the words of its title and its body."""
    members: dict[tuple[str, ...], None] = {}
    heads = _terms_of(title, members)
    stems = _terms_of(text, members)
    return Terms(" ".join(heads), " ".join(stems), " ".join(part for parts in members for part in parts))


def _terms_of(tokens: Sequence[swedish.Token], members: dict[tuple[str, ...], None]) -> list[str]:
    """The term of each word; the members of compounds are added to ``members``."""
    words = [token.word for token in tokens]
    for index, whole in (
        swedish.ellipses(words, swedish.generous()) if any(word.endswith("-") for word in words) else ()
    ):
        words[index] = whole
    found: list[str] = []
    for token, word in zip(tokens, words, strict=True):
        whole, *inside = terms(word, token.capital)
        found.append(whole)
        if len(inside) > 1:
            members[tuple(inside)] = None
    return found


@lru_cache(maxsize=200_000)
def terms(word: str, name: bool = False) -> tuple[str, ...]:
    """A word's own term, then those of the members of a compound.

    ``name``: whether it is written like one; then it is cut only where all its members are known.
    """
    members = [inner for member in _members(word, name) for inner in _whole_cut(member)]
    if len(members) > 2 and members[-1][0] == "s" and members[-1][1:] in swedish.generous():
        members[-1] = members[-1][1:]  # a compound takes an s to the next member: "solcells-park", not "solcell-spark"
    return (term(word), *map(term, members))


def _whole_cut(member: str) -> tuple[str, ...]:
    """A member's own members: the list has "solcell", and "sol" is to be found in "solcellspark" all the same."""
    return (swedish.cut(member) if len(member) > _SIMPLE else ()) or (member,)


def _members(word: str, name: bool) -> tuple[str, ...]:
    stem = swedish.stem(word)
    if len(stem) <= _SIMPLE and stem in swedish.generous():
        return _derived(word)
    return _derived(word) or swedish.cut(word, half=not name)


def _derived(word: str) -> tuple[str, ...]:
    """Of "ohälsa" and "elnät", whose first members are too short to be cut by the rule."""
    for first in ("el", "o"):
        rest = word.removeprefix(first)
        if rest != word and len(rest) > 3 and swedish.stem(rest) in swedish.generous():
            return first, swedish.stem(rest)
    return ()


@lru_cache(maxsize=200_000)
def term(word: str) -> str:
    """The form under which a word is indexed and asked for; the same for "kaféet", "kafé" and "kafe"."""
    stem = swedish.stem(word.rstrip("-"))
    folded = stem.translate(_FOLDED)
    while folded != stem:
        stem, folded = folded, swedish.stem(folded)
    if stem.endswith("in") and len(stem) > 5:  # psykiatri, psykiatrin; and so maskin, maskinen
        return stem[:-1]
    if stem.endswith("ett") and len(stem) > 5:  # lasarettet; the stem of lasarett is without
        return stem[:-3]
    if len(stem) == 4 and stem.endswith("s") and stem[:3] in swedish.generous():  # läns
        return stem[:3]
    return stem


_SIMPLE = 6
"""Letters of a stem that is a word of its own, however it might be cut ("kom-mun")."""
