"""The words of all rules in one table, so that an article is matched against every rule in one pass.

A pattern is what stands in a rule:

- ``vård`` – the word in any inflection (compared by stem)
- ``=hälsan`` – this form and no other
- ``vård*``, ``*vård``, ``*vård*`` – also as the first, the last, any member of a compound
- ``gemensam nämnd`` – these words one after the other, each as above; in a phrase ``*ord*`` is any word that has it
- ``kommun + samverka*`` – both in one sentence, in any order

Capitals in a pattern are asked for in the text: ``Activa`` wants one, ``BUP`` wants nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from aggregator import swedish
from aggregator.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aggregator.tag.reading import Reading

_MOST_WORDS_REMEMBERED = 100_000
_LEAST, _MOST_CUT = 4, 1
"""Letters of a stem that may stand for the beginning of a word, and letters that stemming may cut of it."""


class Hit(NamedTuple):
    """An atom found at half-open token places."""

    atom: int
    start: int
    end: int


class Element(NamedTuple):
    """One word of a pattern: how it is compared (form, stem, first, begins, last, inside), with what, in which case."""

    how: str
    value: str
    case: str
    """"", "capital" or "upper"."""

    def fits(self, token: swedish.Token) -> bool:
        """Whether the word is one that this element means; compounds by their letters alone."""
        if not cased(self.case, token):
            return False
        match self.how:
            case "form":
                return token.word == self.value
            case "stem":
                return swedish.stem(token.word) == self.value
            case "first" | "begins":
                return token.word.startswith(self.value)
            case "last":
                return swedish.stem(token.word).endswith(self.value)
            case _:
                return self.value in token.word


class Phrase(NamedTuple):
    """Several words one after the other; ``letter`` is what the last of them begins with, where that is known."""

    atom: int
    elements: tuple[Element, ...]
    letter: str


def cased(case: str, token: swedish.Token) -> bool:
    """Whether the word is written in the case that a pattern asks for."""
    if case == "upper":
        return token.text[:2].isupper()  # "LSS-boende" too
    return not case or token.text[:1].isupper()


def element(text: str) -> Element:
    """One word of a pattern, read."""
    bare = text.strip("=*")
    case = "upper" if len(bare) > 1 and bare.isupper() else "capital" if bare[:1].isupper() else ""
    word = swedish.lower(bare)
    if text.startswith("="):
        return Element("form", word, case)
    if "*" not in text:
        return Element("stem", swedish.stem(word), case)
    if text.endswith("*") and not text.startswith("*") and _is_cut_short(word):
        return Element("begins", word, case)
    how = {(True, True): "inside", (True, False): "last", (False, True): "first"}[
        text.startswith("*"), text.endswith("*")
    ]
    return Element(how, swedish.stem(word), case)


def _is_cut_short(word: str) -> bool:
    """Whether stemming leaves too little to begin a word with: "motett" → "mot", "lärar" → "lär"."""
    stem = swedish.stem(word)
    return len(word) > len(stem) and (len(stem) < _LEAST or len(word) - len(stem) > _MOST_CUT)


@dataclass(slots=True)
class Table:
    """Every atom of every rule, found by the words of a text. Built once, then only read (but for its memory)."""

    atoms: int = 0
    _known: dict[tuple[Element, ...], int] = field(default_factory=dict)
    _words: dict[tuple[str, str], list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    """(how, value) → (atom, case) of the patterns of one word."""
    _phrases: dict[tuple[str, str], list[Phrase]] = field(default_factory=lambda: defaultdict(list))
    """The same of a phrase's first word → (atom, all of its words)."""
    _remembered: dict[str, tuple[tuple[tuple[int, str], ...], tuple[Phrase, ...]]] = field(default_factory=dict)

    def add(self, pattern: str) -> tuple[int, ...]:
        """The atoms of a pattern: one, or one for each side of a ``+``."""
        return tuple(self._add(side.split()) for side in pattern.split(" + "))

    def one(self, pattern: str) -> int:
        """The atom of a pattern without ``+``. Raises ConfigError for one with it: only themes weigh sentences."""
        atoms = self.add(pattern)
        if len(atoms) > 1:
            raise ConfigError([f'"{pattern}": " + " joins words of a theme only'])
        return atoms[0]

    def _add(self, words: Sequence[str]) -> int:
        elements = tuple(element(word) for word in words)
        if elements in self._known:
            return self._known[elements]
        atom = self._known[elements] = self.atoms
        self.atoms += 1
        first = elements[0]
        if len(elements) == 1:
            self._words[first.how, first.value].append((atom, first.case))
        else:
            last = elements[-1]
            letter = "" if last.how in {"last", "inside"} else last.value[:1]
            self._phrases[first.how, first.value].append(Phrase(atom, elements, letter))
        return atom

    def find(self, reading: Reading) -> list[Hit]:
        """Every atom in the reading, in the order of the words."""
        hits: list[Hit] = []
        tokens = reading.tokens
        for place, token in enumerate(tokens):
            words, phrases = self._remembered.get(token.word) or self._look_up(token.word)
            if words:
                hits += [Hit(atom, place, place + 1) for atom, case in words if not case or cased(case, token)]
            for atom, elements, letter in phrases:
                end = place + len(elements)
                # The last word first: the first is there already, but for its capital, and the last tells most apart.
                if (
                    end <= len(tokens)
                    and tokens[end - 1].word.startswith(letter)
                    and elements[-1].fits(tokens[end - 1])
                    and all(one.fits(tokens[place + step]) for step, one in enumerate(elements[:-1]))
                ):
                    hits.append(Hit(atom, place, end))
        if any(token.word[-1] == "-" for token in tokens):
            for place, whole in swedish.ellipses([token.word for token in tokens]):
                hits += [Hit(atom, place, place + 1) for atom, case in self._look_up(whole)[0] if not case]
        return hits

    def _look_up(self, word: str) -> tuple[tuple[tuple[int, str], ...], tuple[Phrase, ...]]:
        known = self._remembered.get(word)
        if known is not None:
            return known
        words: dict[tuple[int, str], None] = {}
        phrases: dict[Phrase, None] = {}
        for key in _keys(word):
            words.update(dict.fromkeys(self._words.get(key, ())))
            phrases.update(dict.fromkeys(self._phrases.get(key, ())))
        found = tuple(words), tuple(phrases)
        if len(self._remembered) < _MOST_WORDS_REMEMBERED:
            self._remembered[word] = found
        return found


def _keys(word: str) -> dict[tuple[str, str], None]:
    """Every (how, value) under which a pattern may hold this word."""
    stem = swedish.stem(word)
    keys = [("form", word), *((how, stem) for how in ("stem", "first", "last", "inside"))]
    keys += [("begins", word[:end]) for end in range(_LEAST, len(word) + 1)]
    pieces = word.split("-") if "-" in word.strip("-") else [word]
    for number, piece in enumerate(pieces):
        if len(pieces) > 1 and piece:
            keys += [("begins", piece[:end]) for end in range(_LEAST, len(piece) + 1)]
            short = swedish.stem(piece)
            keys += [("inside", short), ("last" if number == len(pieces) - 1 else "first", short)]
        for head, tail in swedish.splits(piece):
            for first in (head, swedish.stem(head)):
                keys += [("first", first), ("inside", first)]
            last = swedish.stem(tail)
            keys += [("last", last), ("inside", last)]
            keys += [("inside", part) for inner, _ in swedish.splits(tail) for part in (inner, swedish.stem(inner))]
    return dict.fromkeys(keys)
