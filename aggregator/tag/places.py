"""Municipalities: where it happened, or whose matter it is; not every place that is named."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from statistics import median_low
from typing import TYPE_CHECKING, NamedTuple

from aggregator import swedish
from aggregator.model import Evidence, Tag, TagKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aggregator.tag.patterns import Hit
    from aggregator.tag.reading import Reading

THRESHOLD = 0.5
WHOLE_COUNTY = 7
"""From so many municipalities in one list it tells of the county and not of them; up to six are participants."""
_WHERE = {"title": 0.7, "lead": 0.55, "text": 0.33}
_LISTED, _LOG, _ALONE = 0.55, 0.6, 0.55
_BEFORE = 5
_ELSEWHERE = re.compile(
    r"(?:jämfört med|jämförelse med|skillnad från|likhet med|precis som i|precis som|liksom i|som tidigare i|än i"
    r"|via|med stopp i|stannar i|stannade i|byte i|byter i|byta i|byten i|uppehåll i|etappmål i"
    r"|född i|föddes i|född och uppvuxen i|uppvuxen i|uppväxt i|växte upp i|bördig från|ursprungligen från"
    r"|härstammar från|rötter i|barndomens|flyttade från|inspirerat av|inspiration från|förebild i)(?: \w+)?$"
)
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
    r"^(?:kommun|stad|torg|kyrk|vårdcentral|bibliotek|skol|församling|centrum|station|socken|energi)"
)
_CLUB = re.compile(
    r"^(?:[a-zåäö]{1,3}|hockey|bergslag\w*|marknad\w*|\w+(?:krets\w*|klubb\w*|förening\w*|museum|museet|festival\w*|dagarna"
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
_NOT_THE_PLACE = re.compile(
    r"^s?(?:kuriren|nyheter|guiden|tidning|tribune|region|län|anstalt|fängelse|polis|bladet|universitet|hybrid)"
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


def score_places(
    rules: PlaceRules, reading: Reading, hits: Sequence[Hit], hints: Sequence[tuple[str, float, str]]
) -> tuple[Tag, ...]:
    """The municipalities concerned. ``hints``: (kommun, weight, where) of what the publisher says beside the text."""
    mentions = _without_long_lists(_mentions(rules, reading, hits))
    by_kommun: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_kommun[mention.kommun].append(mention)
    hinted: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for kommun, weight, where in hints:
        hinted[kommun].append((weight, where))
    passed = _concerned(reading, by_kommun)
    tags = []
    for kommun in sorted({*by_kommun, *hinted}):
        score = _score(reading, by_kommun[kommun], sole=len(by_kommun) == 1) if kommun in passed else 0.0
        for weight, _ in hinted[kommun]:
            score = 1 - (1 - score) * (1 - weight)
        if score >= rules.thresholds.get(kommun, THRESHOLD):
            evidence = _evidence(reading, kommun, by_kommun[kommun], hinted[kommun])
            tags.append(Tag(kind=TagKind.KOMMUN, name=kommun, score=round(score, 3), evidence=evidence))
    return tuple(tags)


def _mentions(rules: PlaceRules, reading: Reading, hits: Sequence[Hit]) -> list[Mention]:
    taken = {place for hit in hits if hit.atom in rules.masks for place in range(hit.start, hit.end)}
    found: list[Mention] = []
    for hit in sorted(hits, key=lambda hit: hit.start - hit.end):
        if hit.atom in rules.words and taken.isdisjoint(range(hit.start, hit.end)):
            taken.update(range(hit.start, hit.end))
            faint = 0.4 if _FAINT.search(_before(reading, hit.start)) else 1.0
            found += [Mention(kommun, hit.start, hit.end, weight * faint) for kommun, weight in rules.words[hit.atom]]
    named = _named(rules, reading)
    persons = _persons(rules, reading, named)
    for start, place in named:
        end = start + len(place.words)
        if taken.isdisjoint(range(start, end)) and (factor := _factor(rules, reading, (start, end), place, persons)):
            taken.update(range(start, end))
            found.append(Mention(place.kommun, start, end, factor))
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
    return found


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
        if after is not None and after.capital and not _CLUB.match(after.word) and after.word not in rules.places:
            found.add(place.kommun)
    return frozenset(found)


def _in_a_row(rules: PlaceRules, reading: Reading, start: int) -> bool:
    """Whether another place stands beside it: "Degerfors, Hällefors och Nora"."""
    here = reading.sentence_of[start]
    beside = (start - 1, start - 2, start + 1, start + 2)
    return any(
        0 <= place < len(reading.tokens)
        and reading.sentence_of[place] == here
        and reading.tokens[place].capital
        and any(not other.first_name for other in rules.places.get(reading.tokens[place].word, ()))
        for place in beside
    )


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
    return 0.4 if _FAINT.search(before) else 1.0


def _is_place(before: str, after: swedish.Token | None, is_person: bool) -> bool:
    if after is not None and _INSTITUTION.match(after.word):
        return True
    if after is not None and after.capital:
        return bool(_CLUB.match(after.word))
    located = before.rpartition(" ")[2] in _LOCATIVE
    if is_person:
        return located and before.rpartition(" ")[2] != "till"
    return located or not before


def _without_long_lists(mentions: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    run: list[Mention] = []
    for mention in [*mentions, None]:
        if mention is not None and (not run or mention.start - run[-1].end <= 2):
            run.append(mention)
            continue
        different = len({other.kommun for other in run})
        if different < WHOLE_COUNTY:
            kept += [other._replace(listed=different > 2) for other in run]
        run = [mention] if mention is not None else []
    return kept


def _concerned(reading: Reading, by_kommun: Mapping[str, Sequence[Mention]]) -> set[str]:
    """Where most of the county is named (a table of twelve), only those that stand out of it."""
    if len(by_kommun) < WHOLE_COUNTY:
        return set(by_kommun)
    usual = median_low(len(mentions) for mentions in by_kommun.values())
    out = set()
    for kommun, mentions in by_kommun.items():
        title = any(reading.sentences[reading.sentence_of[mention.start]].where == "title" for mention in mentions)
        if title or len(mentions) >= usual + 3:
            out.add(kommun)
    return out


def _score(reading: Reading, mentions: Sequence[Mention], *, sole: bool) -> float:
    missing = 1.0
    early = False
    for mention in mentions:
        number = reading.sentence_of[mention.start]
        sentence = reading.sentences[number]
        weight = _WHERE[sentence.where]
        early = early or sentence.where != "text" or number <= len(reading.sentences) // 2
        if sentence.where == "text":
            if _opens_an_item(reading, mention, sentence.start):
                weight = _LOG
            elif mention.listed and not sentence.quoted:
                weight = _LISTED
        missing *= 1 - weight * mention.factor * sentence.say
    score = 1 - missing
    if sole and early and score < _ALONE and max(mention.factor for mention in mentions) >= 0.6:
        return _ALONE
    return score


def _opens_an_item(reading: Reading, mention: Mention, first: int) -> bool:
    """ "Karlskoga: …", "KUMLA. …": the first word of an item in a log, or a place in capitals."""
    token = reading.tokens[mention.start]
    alone = mention.end < len(reading.tokens) and (
        reading.tokens[mention.end].start - reading.tokens[mention.end - 1].end != 1
        or reading.sentence_of[mention.end] != reading.sentence_of[mention.start]
    )
    return mention.start == first and (alone or (token.text.isupper() and len(token.text) > 2))


def _evidence(
    reading: Reading, kommun: str, mentions: Sequence[Mention], hinted: Sequence[tuple[float, str]]
) -> tuple[Evidence, ...]:
    rule = f"kommun:{kommun}"
    pieces: dict[tuple[str, str], Evidence] = {}
    for mention in mentions:
        where = reading.sentences[reading.sentence_of[mention.start]].where
        words = reading.words(mention.start, mention.end)
        piece = Evidence(rule=rule, words=words, where=where, weight=round(mention.factor, 2))
        pieces.setdefault((words, where), piece)
    hints = [Evidence(rule=rule, words=kommun, where=where, weight=weight) for weight, where in hinted]
    return (*list(pieces.values())[:6], *hints)
