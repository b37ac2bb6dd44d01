"""Where a text names a place of the county, and what the words around leave of it.

A person called Nora, a prison, a comparison, a change of trains and a birthplace leave nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from aggregator import swedish

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aggregator.tag.patterns import Hit
    from aggregator.tag.reading import Reading

_BEFORE = 5
_ELSEWHERE = re.compile(
    r"(?:jämfört med|jämförelse med|skillnad från|likhet med|precis som i|precis som|liksom i|som tidigare i|än i"
    r"|via|med stopp i|stannar i|stannade i|byte i|byter i|byta i|byten i|uppehåll i|etappmål i"
    r"|född i|föddes i|född och uppvuxen i|uppvuxen i|uppväxt i|växte upp i|bördig från|ursprungligen från"
    r"|härstammar från|rötter i|barndomens|flyttade från|inspirerat av|inspiration från|förebild i)(?: \w+)?$"
)
_ATTACHED = re.compile(
    r"(?:forskar\w*|\w*läkare|\w*läkaren|\w*chef|\w*chefen|professor\w*|docent\w*|doktorand\w*|\w*sköterska\w*|barnmorska\w*"
    r"|kirurg(?:en|er|erna)?|psykolog\w*|specialist(?:en|er|erna)?|anställd|verksam) (?:vid|på|från)(?: \w+)?$"
)
"""Where somebody works is not where it happens."""
_UPON = re.compile(r"(?:^|\s)på$")
"""One lives on an estate (på Varberga), but in a town: "på Kumla" is the prison, "satsar på Laxå" hardly a place."""
_BODY = frozenset({"kommun", "kommuns"})
_FAINT = re.compile(r"(?:\bmot|riktning|norr om|söder om|väster om|öster om|mil från|km från|kilometer från)(?: \w+)?$")
_PRISON = re.compile(r"(?:anstalt|fängelse|häktet på)\w*(?: \w+){0,2}$")
_LOCATIVE = frozenset(
    [
        "i",
        "från",
        "till",
        "utanför",
        "nära",
        "vid",
        "genom",
        "runt",
        "kring",
        "inom",
        "ur",
        "hela",
        "centrala",
        "norra",
        "södra",
        "östra",
        "västra",
    ]
)
_INSTITUTION = re.compile(
    r"^(?:kommun|stad|torg|kyrk|vårdcentral|bibliotek|skol|församling|centrum|station|socken|energi|motorstadion|motorbana"
    r"|idrottsplats|folkets|konsthall|kulturskol|lasarett)"
)
_INITIALS = 3
"""Capitals that a club's name may have beside a place's: Nora BK, Hällefors AIF."""
_CLUB = re.compile(
    r"^(?:hockey|bergslag\w*|marknad\w*|\w+(?:krets\w*|klubb\w*|förening\w*|museum|museet|festival\w*|dagarna"
    r"|bostäder|skolan?|hus|teater|orkester|kyrka|kommun|stadshotell|församling))$"
)
_DWELLERS = frozenset(
    [
        "bo",
        "bor",
        "bon",
        "bons",
        "borna",
        "bornas",
        "are",
        "aren",
        "arna",
        "arnas",
        "bygden",
        "bygdens",
        "laget",
        "lagets",
        "klubben",
    ]
)
_NAMING = frozenset(
    [
        *("heter", "hette", "heta", "döpt", "döptes", "kallas", "lilla", "flickan", "dottern", "dotter", "systern"),
        *("syster", "mamman", "hustrun", "frun", "sambon", "tjejen", "eleven", "artisten", "sångerskan", "författaren"),
        *("konstnären", "mormor", "farmor", "vännen", "kompisen"),
    ]
)
"""Words after which a name is a person's."""
_OF_A_PERSON = frozenset(
    [
        *(
            "säger",
            "berättar",
            "tycker",
            "menar",
            "förklarar",
            "minns",
            "skrattar",
            "ler",
            "heter",
            "jobbar",
            "arbetar",
        ),
        *("studerar", "pluggar", "tänker", "drömmer", "älskar", "svarar", "fyller", "undrar", "konstaterar"),
    ]
)
"""Words before which a name is a person's."""
_HOUSE = re.compile(r"^(\w{4,}?)s?(?:skolan?s?|förskolan?|kyrkan?|hallen|gården|vallen|hemmet|badet|torget|centrum)$")
_NOT_THE_PLACE = re.compile(
    r"^s?(?:kuriren|nyheter|guiden|tidning|tribune|region|län|anstalt|fängelse|polis|bladet|universitet|forskar|professor|hybrid)"
)


class Place(NamedTuple):
    """A name of a place: its words in lower case, whose it is, and whether people bear it too."""

    words: tuple[str, ...]
    kommun: str
    first_name: bool


class Mention(NamedTuple):
    """One place named in the text at half-open token places; ``factor`` is how much its context leaves of it."""

    kommun: str
    start: int
    end: int
    factor: float
    listed: bool = False
    body: bool = False
    """Whether the municipality itself is named as somebody who acts: "Kumla kommun"."""


@dataclass(frozen=True, slots=True)
class PlaceRules:
    """All municipalities: their names by first word, their clubs and institutions, and what is neither."""

    places: Mapping[str, Sequence[Place]]
    words: Mapping[int, tuple[tuple[str, float], ...]]
    """Atom → (kommun, weight): clubs, hospitals, streets."""
    masks: frozenset[int]
    own_names: Mapping[str, str]
    """The municipalities' names in lower case, for compounds ("karlskogabo")."""
    thresholds: Mapping[str, float]


def find_mentions(rules: PlaceRules, reading: Reading, hits: Sequence[Hit]) -> list[Mention]:
    """Every place named in the text, in order, with what its context leaves of it; what is left at nothing is out."""
    taken = {place for hit in hits if hit.atom in rules.masks for place in range(hit.start, hit.end)}
    found: list[Mention] = []
    for hit in sorted(hits, key=lambda hit: hit.start - hit.end):
        if hit.atom in rules.words and taken.isdisjoint(range(hit.start, hit.end)):
            taken.update(range(hit.start, hit.end))
            before = _before(reading, hit.start)
            faint = 0.4 if _FAINT.search(before) or _ATTACHED.search(before) else 1.0
            found += [Mention(kommun, hit.start, hit.end, weight * faint) for kommun, weight in rules.words[hit.atom]]
    named = _named(rules, reading)
    persons = _persons(rules, reading, named)
    for start, place in named:
        end = start + len(place.words)
        twin = bool(found) and found[-1].start == start and found[-1].kommun != place.kommun  # "Kumla-Hallsberg"
        if (twin or taken.isdisjoint(range(start, end))) and (
            factor := _factor(rules, reading, (start, end), place, persons)
        ):
            taken.update(range(start, end))
            after = _after(reading, end)
            found.append(Mention(place.kommun, start, end, factor, body=after is not None and after.word in _BODY))
    found += [mention for mention in _compounds(rules, reading) if mention.start not in taken]
    return sorted(found, key=lambda mention: mention.start)


def _named(rules: PlaceRules, reading: Reading) -> list[tuple[int, Place]]:
    found = []
    tokens = reading.tokens
    for start, token in enumerate(tokens):
        if not token.capital:
            continue
        for piece in token.word.split("-") if "-" in token.word else (token.word,):
            for place in rules.places.get(piece, ()):
                words = place.words
                following = [other.word for other in tokens[start : start + len(words)]]
                if len(words) == 1 or tuple(following) == words:
                    found.append((start, place))
                    break
    return found


def _compounds(rules: PlaceRules, reading: Reading) -> list[Mention]:
    found = []
    beginnings = {name[:4] for name in rules.own_names}
    for start, token in enumerate(reading.tokens):
        if token.word[:4] not in beginnings:
            continue
        for name, kommun in rules.own_names.items():
            if len(token.word) > len(name) + 1 and token.word.startswith(name) and _is_compound(token.word, len(name)):
                found.append(Mention(kommun, start, start + 1, 0.8))
    return [*found, *_houses(rules, reading)]


def _houses(rules: PlaceRules, reading: Reading) -> Iterator[Mention]:
    """What bears a locality's name: "Storåskolan", "Rostaskolan", "Björkalundsskolan"."""
    for start, token in enumerate(reading.tokens):
        house = _HOUSE.match(token.word) if token.capital else None
        for place in rules.places.get(house[1], ()) if house else ():
            if len(place.words) == 1 and not place.first_name:
                yield Mention(place.kommun, start, start + 1, 0.8)
                break


def _is_compound(word: str, length: int) -> bool:
    rest = word[length:].removeprefix("-")
    if _NOT_THE_PLACE.match(rest):
        return False
    if rest in _DWELLERS or rest.removeprefix("s") in _DWELLERS:
        return True
    return length > 4 and len(rest) > 3 and any(part in swedish.common() for part in swedish.parts(rest))


def _before(reading: Reading, start: int) -> str:
    first = reading.sentences[reading.sentence_of[start]].start
    return " ".join(token.word for token in reading.tokens[max(first, start - _BEFORE) : start])


def _after(reading: Reading, end: int) -> swedish.Token | None:
    """The word right after, with nothing but a space between."""
    if end >= len(reading.tokens) or reading.sentence_of[end] != reading.sentence_of[end - 1]:
        return None
    following = reading.tokens[end]
    return following if following.start - reading.tokens[end - 1].end == 1 else None


def _persons(rules: PlaceRules, reading: Reading, named: Sequence[tuple[int, Place]]) -> frozenset[str]:
    """The municipalities whose name is somebody's first name in this text."""
    found = set()
    for start, place in named:
        after = _after(reading, start + 1) if place.first_name else None
        surname = after is not None and after.capital and not _is_club(after) and after.word not in rules.places
        if surname or (place.first_name and _is_told_of(reading, start)):
            found.add(place.kommun)
    return frozenset(found)


def _is_told_of(reading: Reading, start: int) -> bool:
    """ "Nora, 9" and "Nora, som …": what follows a comma tells of a person."""
    if start + 1 >= len(reading.tokens):
        return False
    token, following = reading.tokens[start], reading.tokens[start + 1]
    before = _before(reading, start).rpartition(" ")[2]
    return (
        before not in _LOCATIVE
        and following.start - token.end == 2
        and (following.word == "som" or (following.word.isdigit() and len(following.word) < 3))
    )


def _in_a_row(rules: PlaceRules, reading: Reading, start: int) -> bool:
    """Whether another place stands beside it: "Degerfors, Hällefors och Nora"."""
    return any(
        _is_named(rules, reading, start, start + step)
        or (_is_joining(reading, start + step) and _is_named(rules, reading, start, start + 2 * step))
        for step in (-1, 1)
    )


def _is_joining(reading: Reading, place: int) -> bool:
    return 0 <= place < len(reading.tokens) and reading.tokens[place].word in {"och", "samt", "eller"}


def _is_named(rules: PlaceRules, reading: Reading, start: int, place: int) -> bool:
    """Whether another place stands at a token of the same sentence."""
    if not 0 <= place < len(reading.tokens) or reading.sentence_of[place] != reading.sentence_of[start]:
        return False
    token = reading.tokens[place]
    return token.capital and any(not other.first_name for other in rules.places.get(token.word, ()))


def _factor(rules: PlaceRules, reading: Reading, span: tuple[int, int], place: Place, persons: frozenset[str]) -> float:
    start, end = span
    before = _before(reading, start)
    after = _after(reading, end)
    if _PRISON.search(before) or (after is not None and after.word.startswith(("anstalt", "fängelse"))):
        return 0.0
    if place.first_name and not (_in_a_row(rules, reading, start) or _is_place(before, after, place.kommun in persons)):
        return 0.0
    if after is not None and _INSTITUTION.match(after.word):
        return 1.0
    if _ELSEWHERE.search(before):
        return 0.0
    if before.endswith(" eller") or (after is not None and after.word == "eller"):
        return 0.5
    if place.words[0] in rules.own_names and _UPON.search(before):
        return 0.5
    return 0.4 if _FAINT.search(before) or _ATTACHED.search(before) else 1.0


def _is_place(before: str, after: swedish.Token | None, is_person: bool) -> bool:
    if after is not None and _INSTITUTION.match(after.word):
        return True
    if after is not None and after.capital:
        return _is_club(after)
    last = before.rpartition(" ")[2]
    if is_person:
        return last in _LOCATIVE and last != "till"
    return last in _LOCATIVE or not (last in _NAMING or (after is not None and after.word in _OF_A_PERSON))


def _is_club(token: swedish.Token) -> bool:
    """Whether a word with a capital makes the name before it a club's, and not a person's."""
    return bool(_CLUB.match(token.word)) or (len(token.text) <= _INITIALS and token.text.isupper())
