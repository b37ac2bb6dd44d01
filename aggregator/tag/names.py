"""Projects: by their names and aliases, and where a name is an ordinary phrase, by what stands near."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from aggregator import swedish
from aggregator.model import Evidence, Tag, TagKind
from aggregator.tag.ordinary import (
    ABOUT,
    ENOUGH_LETTERS,
    ENOUGH_WORDS,
    LEFT_OUT,
    LONG,
    context_words,
    is_coined,
    is_ordinary,
    is_unmistakable,
    name_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aggregator.model import Project, Standing
    from aggregator.tag.patterns import Hit, Table
    from aggregator.tag.reading import Reading

_ANNOUNCERS = frozenset(
    swedish.stem(word)
    for word in (
        "projektet",
        "samverkansprojektet",
        "utvecklingsprojektet",
        "forskningsprojektet",
        "delprojektet",
        "omställningen",
        "satsningen",
        "testbädden",
        "initiativet",
        "programmet",
        "förstudien",
        "enkäten",
        "undersökningen",
        "modellen",
    )
)
_TELLING = 3
"""An ordinary phrase of so many words that begins a sentence with its own spelling is taken for the name."""
_WHERE = {"title": 1.0, "lead": 0.9, "text": 0.8}


class Name(NamedTuple):
    """One way to write a project's name: its words as compared, and what it takes to be the project."""

    project: str
    words: tuple[str, ...]
    upper: bool
    """Whether it is written in capitals, so that other writings are less sure."""
    ordinary: bool
    """Whether it may be an ordinary phrase, so that it needs its context."""
    unsure: bool
    """Whether a capital at the beginning of a sentence says nothing, the name being one plain word."""


@dataclass(frozen=True, slots=True)
class NameRules:
    """The names of all projects by their first word, longest first, and each project's context."""

    names: Mapping[str, Sequence[Name]]
    near: Mapping[str, frozenset[int]]
    never_near: Mapping[str, frozenset[int]]
    masks: Mapping[str, frozenset[int]]
    context: Mapping[str, Mapping[int, bool]]
    """Words of each project's own description; whether one of them is enough."""

    def told(self) -> str:
        """What the rules hold of names, as a text that moves with it."""
        names = sorted(repr(name) for found in self.names.values() for name in found)
        return repr((names, sorted((name, len(words)) for name, words in self.context.items())))


class _Word(NamedTuple):
    """A word of the text as names are compared: hyphens split, "och" and "&" left out."""

    word: str
    token: int
    capital: bool
    opens: bool
    """Whether it is the first of its sentence, where every word has a capital letter."""


def name_rules(projects: Sequence[Project], table: Table, standings: Mapping[str, Standing]) -> NameRules:
    """The projects' names and contexts; atoms of the contexts go into the table.

    ``standings`` says for a name how the archive writes it; the others are judged by their looks.
    """
    names: dict[str, list[Name]] = defaultdict(list)
    near, never, masks, context = {}, {}, {}, {}
    for project in projects:
        near[project.name] = frozenset(map(table.one, project.near))
        never[project.name] = frozenset(map(table.one, project.never_near))
        masks[project.name] = frozenset(map(table.one, project.not_in))
        context[project.name] = {
            table.one(word): len(word) >= ENOUGH_LETTERS for word in sorted(context_words(project))
        }
        for name in _spellings(project, standings):
            names[name.words[0]].append(name)
    for found in names.values():
        found.sort(key=lambda name: -len(name.words))
    return NameRules(names, near, never, masks, context)


def _spellings(project: Project, standings: Mapping[str, Standing]) -> Iterator[Name]:
    shown = dict.fromkeys((project.name, *project.aliases))
    firm = {text.casefold() for text in shown if is_coined(text)}
    for text in shown:
        words = name_words(text)
        if words:
            asks = bool(project.near) and len(words) < LONG and not _is_compounded(text) and not is_unmistakable(text)
            ordinary = asks or (not project.near and is_ordinary(text, standings.get(text)))
            unsure = len(words) == 1 and text.casefold() not in firm
            yield Name(project.name, words, text.isupper(), ordinary, unsure)


def _is_compounded(name: str) -> bool:
    return "-" in name.strip("-")


def score_names(rules: NameRules, reading: Reading, hits: Iterable[Hit]) -> tuple[Tag, ...]:
    """The projects that are named, each with what named it; the longest name at a place wins it."""
    if not rules.names:
        return ()
    by_atom: dict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_atom[hit.atom].append(hit)
    words = _words(reading)
    found: dict[str, list[Evidence]] = defaultdict(list)
    place = 0
    while place < len(words):
        step = 1
        for name in _names_at(rules, words, place):
            span = words[place : place + len(name.words)]
            if _is_meant(rules, name, (reading, by_atom), words, place):
                where = reading.sentences[reading.sentence_of[span[0].token]].where
                text = reading.words(span[0].token, span[-1].token + 1)
                found[name.project].append(
                    Evidence(rule=f"projekt:{name.project}", words=text, where=where, weight=_WHERE[where])
                )
                step = len(name.words)
                break
        place += step
    return tuple(
        Tag(
            kind=TagKind.PROJEKT,
            name=project,
            score=round(max(piece.weight for piece in evidence), 3),
            evidence=tuple(dict.fromkeys(evidence))[:8],
        )
        for project, evidence in sorted(found.items())
    )


def _words(reading: Reading) -> list[_Word]:
    found: list[_Word] = []
    starts = {sentence.start for sentence in reading.sentences}
    for place, token in enumerate(reading.tokens):
        opens = place in starts
        if "-" not in token.word and "projekt" not in token.word:
            if token.word not in LEFT_OUT:
                word = "om" if token.word in ABOUT else token.word
                found.append(_Word(word, place, token.text[0].isupper(), opens))
            continue
        pieces = _pieces(token.text)
        for piece in pieces:
            word = piece.lower()
            if not piece or word in LEFT_OUT:
                continue
            word = "om" if word in ABOUT else word
            found.append(_Word(word, place, piece[0].isupper(), opens))
            opens = False
    return found


def _pieces(text: str) -> list[str]:
    """The parts of "CROSS-samverkan" and "Crossprojektet"; any other word is one."""
    if "-" in text:
        return text.split("-")
    head, found, tail = text.partition("projekt")
    return [head, found + tail] if head and found else [text]


def _names_at(rules: NameRules, words: Sequence[_Word], place: int) -> list[Name]:
    """The names that stand here, genitives too, the longest first."""
    first = words[place].word
    known = rules.names.get(first, ())
    if first[-1] == "s":
        known = [*known]
        known += [name for name in rules.names.get(_nominative(first), ()) if len(name.words) == 1]
    if not known:
        return []
    found = []
    for name in known:
        length = len(name.words)
        if place + length > len(words):
            continue
        said = [word.word for word in words[place : place + length]]
        sentence_is_one = words[place + length - 1].token - words[place].token <= length + 2
        *heads, last = said
        if sentence_is_one and tuple(heads) == name.words[:-1] and name.words[-1] in {last, _nominative(last)}:
            found.append(name)
    return sorted(found, key=lambda name: -len(name.words))


def _nominative(word: str) -> str:
    return word.removesuffix("s").removesuffix(":").removesuffix("'")


def _is_meant(
    rules: NameRules,
    name: Name,
    context: tuple[Reading, Mapping[int, Sequence[Hit]]],
    words: Sequence[_Word],
    place: int,
) -> bool:
    reading, by_atom = context
    span = words[place : place + len(name.words)]
    start, end = span[0].token, span[-1].token + 1
    if _is_masked(rules, name, by_atom, (start, end)) or _stands_near(
        rules.never_near.get(name.project, frozenset()), reading, by_atom, (start, end)
    ):
        return False
    announced = _is_announced(words, place) or _is_compounded_with(words, place + len(span))
    if not name.ordinary:
        if name.unsure and span[0].opens:
            return any(swedish.stem(word.word) in _ANNOUNCERS for word in words[place + 1 : place + 12])
        looks = span[0].capital or not name.upper or len(name.words) > 1
        return looks or announced
    if announced:
        return True
    wanted = rules.near.get(name.project, frozenset())
    if _stands_near(wanted, reading, by_atom, (start, end)) or _is_described(
        rules.context.get(name.project, {}), reading, by_atom, (start, end)
    ):
        return True
    return not wanted and len(name.words) > 1 and span[0].capital and (not span[0].opens or len(name.words) >= _TELLING)


def _is_masked(rules: NameRules, name: Name, by_atom: Mapping[int, Sequence[Hit]], span: tuple[int, int]) -> bool:
    return any(
        hit.start < span[1] and hit.end > span[0]
        for atom in rules.masks.get(name.project, ())
        for hit in by_atom.get(atom, ())
    )


def _stands_near(
    atoms: frozenset[int], reading: Reading, by_atom: Mapping[int, Sequence[Hit]], span: tuple[int, int]
) -> bool:
    here = reading.sentence_of[span[0]]
    return any(
        abs(reading.sentence_of[hit.start] - here) <= 1 and not span[0] <= hit.start < span[1]
        for atom in atoms
        for hit in by_atom.get(atom, ())
    )


def _is_described(
    context: Mapping[int, bool], reading: Reading, by_atom: Mapping[int, Sequence[Hit]], span: tuple[int, int]
) -> bool:
    """Whether words of the project's own description stand near: a long one, or two."""
    near = [atom for atom in context if _stands_near(frozenset({atom}), reading, by_atom, span)]
    return len(near) >= ENOUGH_WORDS or any(context[atom] for atom in near)


def _is_announced(words: Sequence[_Word], place: int) -> bool:
    """ "projektet Nära vård", "omställningen till nära vård": said within three words before, in its sentence."""
    for step in range(3):
        if place - step < 1 or words[place - step].opens:
            return False
        if swedish.stem(words[place - step - 1].word) in _ANNOUNCERS:
            return True
    return False


def _is_compounded_with(words: Sequence[_Word], end: int) -> bool:
    """ "Crossprojektet", "nära vård-omställningen": the name and an announcing word in one."""
    return (
        0 < end < len(words)
        and words[end].token == words[end - 1].token
        and swedish.stem(words[end].word) in _ANNOUNCERS
    )
