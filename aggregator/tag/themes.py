"""Themes: what a piece is about, by its headline, its lead and the share of its sentences."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from aggregator import swedish
from aggregator.model import Evidence, Tag, TagKind
from aggregator.tag.reading import QUOTED

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from aggregator.tag.patterns import Hit
    from aggregator.tag.reading import Reading, Sentence

THRESHOLD = 0.5
_TITLE, _LEAD, _BODY = 0.62, 0.5, 0.8
_LEAD_OF_LONG, _SHORT = 0.42, 80
"""The lead's part in a piece of twice as many words and more; up to so many words it is ``_LEAD``."""
_UNTITLED = 0.06
"""What a theme of a long piece loses where the headline says nothing of it: a long piece touches many."""
_FILLS = 0.45
"""The share of the body from which a theme needs no headline: about a third of a piece of ordinary prose, since
a sentence that continues the matter without naming it does not count."""
_CATEGORY = 0.1
_ENOUGH, _AGAIN = 1.8, 0.35
_CLEAR = 0.9
"""The strength from which a sentence lists a theme among others."""
_FAINT, _MOST_FAINT = 0.5, 0.4
"""A word of less weight than the first only supports others: however many, they add no more than the second."""
_SHOWN = 8
_PARTIES, _MORE, _MOST_MORE = 2, 0.15, 1.6
"""Parties that do something jointly, at least; what each further one adds to the words for it, and how much at most."""
_THEY = frozenset({"de", "dem", "deras", "båda", "bägge", "parterna"})
_AT_HOME = 2
"""Themes that a sentence may have and be about each; "vård, skola och kollektivtrafik" is about none of them."""


Atoms = tuple[int, ...]
"""A pattern in the table: one atom, or several that count when all stand in one sentence."""


class Mark(NamedTuple):
    """A pattern found: its weight, the sentence, the half-open token places."""

    weight: float
    sentence: int
    start: int
    end: int

    @property
    def covered(self) -> range:
        """The token places from the first to the last word."""
        return range(self.start, self.end)

    def outdoes(self, other: Mark) -> bool:
        """Whether it is the one to count where both stand: the longer, then the weightier."""
        return (self.end - self.start, abs(self.weight)) > (other.end - other.start, abs(other.weight))


@dataclass(frozen=True, slots=True)
class ThemeRule:
    """One theme, its patterns as atoms of the table."""

    name: str
    threshold: float
    words: Mapping[int, float]
    joint: tuple[tuple[Atoms, float], ...]
    masks: frozenset[int]
    joint_masks: tuple[Atoms, ...]
    requires: tuple[Atoms, ...]
    excludes: tuple[Atoms, ...]
    parties: Mapping[int, float]
    jointly: Mapping[int, float]
    quotes: float
    yields_to: Mapping[str, float]


Found = dict[int, list[Mark]]
"""What speaks for one theme, by sentence."""


def score_themes(
    rules: Sequence[ThemeRule],
    reading: Reading,
    hits: Iterable[Hit],
    category: Mapping[str, float],
    towns: Container[str] = (),
) -> tuple[Tag, ...]:
    """The themes of the article: each at or over its threshold, with score in 0..1 and evidence.

    ``category`` gives for a theme how clearly the publisher's own category line names it: a weak hint. ``towns``
    are names, in lower case, that are parties to whatever is done jointly.
    """
    by_atom: dict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_atom[hit.atom].append(hit)
    found = {rule.name: _find(rule, reading, by_atom, towns) for rule in rules}
    shares = _shares(rules, reading, found)
    raw = {rule.name: _score(rule, reading, found[rule.name], shares, category.get(rule.name, 0.0)) for rule in rules}
    tags = []
    for rule in rules:
        score = raw[rule.name]
        for other, share in rule.yields_to.items():
            score *= 1 - share * max(0.0, raw.get(other, 0.0) - 0.5) * 2
        if score >= rule.threshold:
            evidence = _evidence(rule, reading, found[rule.name])
            tags.append(Tag(kind=TagKind.THEME, name=rule.name, score=round(score, 3), evidence=evidence))
    return tuple(tags)


def _find(rule: ThemeRule, reading: Reading, by_atom: Mapping[int, Sequence[Hit]], towns: Container[str]) -> Found:
    singles = [(atom,) for atom in rule.masks & by_atom.keys()]
    masks = [mark for atoms in (*singles, *rule.joint_masks) for mark in _marks(atoms, reading, by_atom)]
    masked = {place for mark in masks for place in mark.covered}
    best: dict[int, Mark] = {}
    for atom in sorted(rule.words.keys() & by_atom.keys()):
        for mark in _marks((atom,), reading, by_atom, rule.words[atom]):
            if masked.isdisjoint(mark.covered) and all(
                mark.outdoes(best[place]) for place in mark.covered if place in best
            ):
                best.update(dict.fromkeys(mark.covered, mark))
    found: Found = defaultdict(list)
    for atoms, weight in rule.joint:
        for mark in _marks(atoms, reading, by_atom, weight) if atoms[0] in by_atom else ():
            if masked.isdisjoint(mark.covered):
                found[mark.sentence].append(mark)
    for mark in _joint_doings(rule, reading, by_atom, towns):
        beneath = max((best[place].weight for place in mark.covered if place in best), default=0.0)
        if masked.isdisjoint(mark.covered) and mark.weight > beneath:
            best.update(dict.fromkeys(mark.covered, mark))
    for mark in dict.fromkeys(best.values()):
        found[mark.sentence].append(mark)
    return _in_context(rule, reading, by_atom, found)


def _marks(atoms: Atoms, reading: Reading, by_atom: Mapping[int, Sequence[Hit]], weight: float = 0.0) -> Iterator[Mark]:
    """Where a pattern stands: each hit of a single atom, or each sentence that has all of several."""
    of = reading.sentence_of
    if len(atoms) == 1:
        for hit in by_atom.get(atoms[0], ()):
            yield Mark(weight, of[hit.start], hit.start, hit.end)
    elif all(atom in by_atom for atom in atoms):
        places = [{of[hit.start]: hit for hit in by_atom[atom]} for atom in atoms]
        for number in sorted(set(places[0]).intersection(*places[1:])):
            ends = [place[number] for place in places]
            yield Mark(weight, number, min(hit.start for hit in ends), max(hit.end for hit in ends))


def _joint_doings(
    rule: ThemeRule, reading: Reading, by_atom: Mapping[int, Sequence[Hit]], towns: Container[str]
) -> Iterator[Mark]:
    """What is done jointly, in sentences that name two parties or more; the longest words at a place count."""
    marks = [
        mark
        for atom in sorted(rule.jointly.keys() & by_atom.keys())
        for mark in _marks((atom,), reading, by_atom, rule.jointly[atom])
    ]
    taken: set[int] = set()
    for mark in sorted(marks, key=lambda mark: (mark.start - mark.end, -mark.weight, mark.start)):
        parties = _parties(rule, reading, by_atom, towns, mark.sentence) if taken.isdisjoint(mark.covered) else 0
        if parties >= _PARTIES:
            taken.update(mark.covered)
            yield mark._replace(weight=mark.weight * min(_MOST_MORE, 1 + _MORE * (parties - _PARTIES)))


def _parties(
    rule: ThemeRule, reading: Reading, by_atom: Mapping[int, Sequence[Hit]], towns: Container[str], number: int
) -> float:
    """How many parties a sentence names, with the one before if it says "they"; "Kumla kommun" is one of them."""
    last = reading.sentences[number]
    before = number > 0 and any(reading.tokens[place].word in _THEY for place in range(last.start, last.end))
    sentence = replace(last, start=reading.sentences[number - 1].start) if before else last
    named: dict[int, str] = {}
    for place in range(sentence.start, sentence.end):
        token = reading.tokens[place]
        pieces = {piece for word in token.word.split("-") for piece in (word, word.removesuffix("s"))}
        found = [piece for piece in pieces if piece in towns] if token.capital else []
        if found:
            named[place] = found[0]
    towns_named = set(named.values())
    parties: dict[int, float] = {}
    for atom in rule.parties.keys() & by_atom.keys():
        for hit in by_atom[atom]:
            if sentence.start <= hit.start < sentence.end and named.keys().isdisjoint((hit.start, hit.start - 1)):
                parties[atom] = rule.parties[atom]
    return len(towns_named) + sum(parties.values())


def _in_context(rule: ThemeRule, reading: Reading, by_atom: Mapping[int, Sequence[Hit]], found: Found) -> Found:
    for patterns, wanted in ((rule.requires, True), (rule.excludes, False)):
        if patterns and found:
            there = {mark.sentence for atoms in patterns for mark in _marks(atoms, reading, by_atom)}
            near = {number + step for number in there for step in (-1, 0, 1)}
            found = {number: marks for number, marks in found.items() if (number in near) == wanted}
    return found


def _strength(marks: Sequence[Mark]) -> float:
    """How clearly one sentence is about the theme, 0 to 1."""
    return max(0.0, min(1.0, sum(mark.weight for mark in marks)))


def _shares(rules: Sequence[ThemeRule], reading: Reading, found: Mapping[str, Found]) -> dict[int, float]:
    """What is left of a sentence for each of its themes, where it lists so many that it is about none of them.

    What parties do jointly is no theme beside others: it may be about all that is listed.
    """
    crowds: dict[int, int] = defaultdict(int)
    for rule in rules:
        for number, marks in found[rule.name].items() if not rule.parties else ():
            said = rule.quotes / QUOTED if reading.sentences[number].quoted else 1.0
            crowds[number] += _strength(marks) * said >= _CLEAR
    return {number: _AT_HOME / crowd for number, crowd in crowds.items() if crowd > _AT_HOME}


def _score(rule: ThemeRule, reading: Reading, found: Found, shares: Mapping[int, float], category: float) -> float:
    if not found:
        return 0.0
    title = lead = filled = 0.0
    for number, marks in found.items():
        sentence, strength = reading.sentences[number], _strength(marks)
        if sentence.where == "title":
            title = max(title, strength)
            continue
        say = _say(rule, sentence) * (1.0 if rule.parties else shares.get(number, 1.0))
        if sentence.where == "lead":
            lead = min(1.0, lead + strength * say)
        filled += (sentence.end - sentence.start) * say * strength
    body = min(1.0, filled / reading.body / _FILLS) if reading.body else 0.0
    about = 1 - (1 - _TITLE * title) * (1 - _lead_weight(reading) * lead) * (1 - _BODY * body) * (
        1 - _CATEGORY * category
    )
    if not title:
        about *= 1 - _UNTITLED * _beyond(reading)
    return about * _certainty(reading, found)


def _lead_weight(reading: Reading) -> float:
    """Of a long piece the lead says less: its body must go on about it."""
    return _LEAD - (_LEAD - _LEAD_OF_LONG) * _beyond(reading)


def _beyond(reading: Reading) -> float:
    """How long a piece is: 0 up to ``_SHORT`` words, 1 from twice as many."""
    return max(0.0, min(1.0, (reading.body - _SHORT) / _SHORT))


def _certainty(reading: Reading, found: Found) -> float:
    """One passing word does not make a theme, however short the piece: different words, a headline, or the same
    word again and again do."""
    weights: dict[str, float] = {}
    again = 0.0
    for number, marks in found.items():
        for mark in marks:
            word = swedish.stem(reading.words(mark.start, mark.end))
            weight = mark.weight * (2 if reading.sentences[number].where == "title" else 1)
            again += _AGAIN * mark.weight if word in weights and mark.weight >= _FAINT else 0.0
            weights[word] = max(weight, weights.get(word, weight))
    faint = sum(weight for weight in weights.values() if 0 < weight < _FAINT)
    clear = sum(weight for weight in weights.values() if not 0 < weight < _FAINT)
    return max(0.0, min(1.0, (clear + again + min(_MOST_FAINT, faint)) / _ENOUGH))


def _say(rule: ThemeRule, sentence: Sentence) -> float:
    return min(sentence.say, rule.quotes) if sentence.quoted else sentence.say


def _evidence(rule: ThemeRule, reading: Reading, found: Found) -> tuple[Evidence, ...]:
    shown: dict[tuple[str, str], Evidence] = {}
    for number in sorted(found):
        where = reading.sentences[number].where
        for weight, _, start, end in found[number]:
            words = reading.words(start, end)
            key = (words.casefold(), where)
            shown.setdefault(key, Evidence(rule=f"theme:{rule.name}", words=words, where=where, weight=weight))
    ranks = {"title": 0, "lead": 1}
    chosen = sorted(shown.values(), key=lambda piece: (ranks.get(piece.where, 2), -piece.weight))
    return tuple(chosen[:_SHOWN])
