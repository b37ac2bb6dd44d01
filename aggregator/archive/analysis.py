"""What the search index holds of an article, and under what form a word is asked for."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from aggregator import swedish

VERSION = f"3-{blake2b(swedish.vocabulary().encode(), digest_size=6).hexdigest()}"
"""Moves whenever the same text gives other terms; an archive that was indexed by another is indexed anew.

The index is told what it held when an article leaves it, so the terms of a text must be those that they were.
"""

STOP_WORDS = frozenset(
    """
    och att det som på är av för med till den i en om ett de så från vid hos eller samt men vad hur man har kan ska sig
    var vi ut in än där här dem sin sitt sina under mot efter över mellan utan
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
"""Words that tell nothing by themselves: beside others they need not be there."""

_FOLDED = str.maketrans("éèêëüúùûáàâíìîïóòôçñÉÈÊËÜÚÙÛÁÀÂÍÌÎÏÓÒÔÇÑ", "eeeeuuuuaaaiiiiooocnEEEEUUUUAAAIIIIOOOCN")
_MARKED = re.compile("[éèêëüúùûáàâíìîïóòôçñÉÈÊËÜÚÙÛÁÀÂÍÌÎÏÓÒÔÇÑ]")
"""Letters that Swedish writes in borrowed words and people type without the mark."""


MEMBER, STEM, TITLE = "+", "~", "!"
"""What a token of the index begins with: a member of a compound, a word's term, the term of a word of the title.

A token without any is a word as it was written, in lower case. A word that has but one form (one that tells nothing, a
number) stands as written alone.
"""

_PIECE = re.compile(r"[^\W_]+")
_CUT_SHORT = re.compile(r"\w[-‐‑](?!\w)")
_INSIDE = re.compile(r"[\W_]+")


def body(lead: str, text: str) -> str:
    """Lead and text, the lead left out where the text begins with it."""
    return text if text.startswith(lead) else f"{lead}\n{text}"


def exact(text: str) -> str:
    """Text in lower case, in which only the borrowed letters are folded, its words apart by blanks; for phrases."""
    return " ".join(_PIECE.findall(unmarked(swedish.lower(text))))


def unmarked(text: str) -> str:
    """Text of the same length, in which only the borrowed letters are folded."""
    return text.translate(_FOLDED) if _MARKED.search(text) else text


def token(term_: str, kind: str = STEM) -> str:
    """The token of a term of that kind."""
    if kind == STEM and _single(term_):
        return term_
    return kind + _INSIDE.sub("_", term_)


def _single(word: str) -> bool:
    return word in STOP_WORDS or word.isdecimal()


class Written(NamedTuple):
    """What the index holds of one word of a text."""

    exact: str
    stem: str
    """Empty where the word has but one form."""
    members: str
    """Of a compound: the tokens of its members in order."""


@lru_cache(maxsize=200_000)
def written(word: str) -> Written:
    """A word as it stands in a text."""
    low = swedish.lower(word)
    whole, *members = terms.__wrapped__(low, word[0].isupper())
    return Written(
        exact(low), "" if _single(whole) else token(whole), " ".join(token(one, MEMBER) for one in members[:_MEMBERS])
    )


def tokens(title: str, text: str) -> tuple[str, str]:
    """What the index holds of an article, tokens joined by blanks: (of its body and of compounds, of its title)."""
    heads, body_words = words_of(title), words_of(text)
    compounds = dict.fromkeys(word.members for word in (*heads, *body_words) if word.members)
    stems = [word.stem for word in body_words if word.stem]
    titled = [word.stem for word in heads if word.stem]
    return (
        " ".join([*stems, *(word.exact for word in body_words), *compounds]),
        " ".join([*titled, *(TITLE + stem[1:] for stem in titled), *(word.exact for word in heads)]),
    )


def words_of(text: str) -> list[Written]:
    """The words of a text; what a coordinated ellipsis leaves out is put in."""
    found = swedish.words(text)
    told = list(map(written, found))
    if _CUT_SHORT.search(text):
        for index, whole in swedish.ellipses([swedish.lower(word) for word in found], swedish.generous()):
            told[index] = written(whole)._replace(exact=told[index].exact)
    return told


@lru_cache(maxsize=20_000)
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


@lru_cache(maxsize=50_000)
def term(word: str) -> str:
    """The form under which a word is indexed and asked for; the same for "kaféet", "kafé" and "kafe"."""
    if word in STOP_WORDS:
        return word
    stem = swedish.stem(word.rstrip("-"))
    folded = unmarked(stem)
    while folded != stem:
        stem, folded = folded, swedish.stem(folded)
    if stem.endswith("in") and len(stem) > 5:  # psykiatri, psykiatrin; and so maskin, maskinen
        return stem[:-1]
    if stem.endswith("ett") and len(stem) > 5:  # lasarettet; the stem of lasarett is without
        return stem[:-3]
    if len(stem) == 4 and stem.endswith("s") and stem[:3] in swedish.generous():  # läns
        return stem[:3]
    return stem


_MEMBERS = 8
"""The most members of a compound that are indexed."""

_SIMPLE = 6
"""Letters of a stem that is a word of its own, however it might be cut ("kom-mun")."""
