"""Municipalities: where it happened, or whose matter it is; not every place that is named."""

from __future__ import annotations

from collections import defaultdict
from statistics import median_low
from typing import TYPE_CHECKING

from aggregator.model import Evidence, Tag, TagKind
from aggregator.tag.mentions import Mention, PlaceRules, find_mentions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aggregator.tag.patterns import Hit
    from aggregator.tag.reading import Reading

THRESHOLD = 0.5
WHOLE_COUNTY = 7
"""From so many municipalities in one list it tells of the county and not of them; up to six are participants."""
_WHERE = {"title": 0.7, "lead": 0.55, "text": 0.33}
_FIRM = 0.7
"""The factor from which a place named in somebody's mouth may be where it all is set."""
_LOGGED, _IN_ITEM = 3, 2
"""Places from which paragraphs with one or two of them each are taken for the items of a log; two hold but one."""
_LISTED, _LOG, _ALONE = 0.55, 0.6, 0.55


def score_places(
    rules: PlaceRules, reading: Reading, hits: Sequence[Hit], hints: Sequence[tuple[str, float, str]]
) -> tuple[Tag, ...]:
    """The municipalities concerned. ``hints``: (kommun, weight, where) of what the publisher says beside the text."""
    mentions = _without_long_lists(find_mentions(rules, reading, hits))
    by_kommun: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_kommun[mention.kommun].append(mention)
    hinted: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for kommun, weight, where in hints:
        hinted[kommun].append((weight, where))
    passed = _concerned(reading, by_kommun)
    items = _items(reading, mentions)
    tags = []
    for kommun in sorted({*by_kommun, *hinted}):
        score = _score(reading, by_kommun[kommun], items, sole=len(by_kommun) == 1) if kommun in passed else 0.0
        for weight, _ in hinted[kommun]:
            score = 1 - (1 - score) * (1 - weight)
        if score >= rules.thresholds.get(kommun, THRESHOLD):
            evidence = _evidence(reading, kommun, by_kommun[kommun], hinted[kommun])
            tags.append(Tag(kind=TagKind.KOMMUN, name=kommun, score=round(score, 3), evidence=evidence))
    return tuple(tags)


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


def _score(reading: Reading, mentions: Sequence[Mention], items: frozenset[int], *, sole: bool) -> float:
    missing = 1.0
    early = False
    for mention in mentions:
        number = reading.sentence_of[mention.start]
        sentence = reading.sentences[number]
        weight = _WHERE[sentence.where]
        early = early or mention.body or _is_early(reading, number, quoted=mention.factor >= _FIRM)
        if sentence.where == "text":
            if _opens_an_item(reading, mention, sentence.start) or sentence.paragraph in items:
                weight = _LOG
            elif mention.listed and not sentence.quoted:
                weight = _LISTED
        missing *= 1 - weight * mention.factor * sentence.say
    score = 1 - missing
    if sole and early and score < _ALONE and max(mention.factor for mention in mentions) >= 0.6:
        return _ALONE
    return score


def _items(reading: Reading, mentions: Sequence[Mention]) -> frozenset[int]:
    """The paragraphs of a log that is told in prose: three places or more, and one or two in each, whatever else."""
    named: dict[int, set[str]] = defaultdict(set)
    for mention in mentions:
        sentence = reading.sentences[reading.sentence_of[mention.start]]
        if sentence.where != "title" and not sentence.quoted and mention.factor >= _FIRM:
            named[sentence.paragraph].add(mention.kommun)
    few = {paragraph: towns for paragraph, towns in named.items() if len(towns) <= _IN_ITEM}
    alone = {paragraph for paragraph, towns in few.items() if len(towns) == 1}
    towns = set().union(*few.values())
    return frozenset(few) if len(few) >= _LOGGED and len(towns) >= _LOGGED and len(alone) >= _IN_ITEM else frozenset()


def _is_early(reading: Reading, number: int, *, quoted: bool) -> bool:
    """Whether a sentence tells where the piece is set: in its first half; in somebody's mouth only if ``quoted``."""
    sentence = reading.sentences[number]
    return sentence.where == "title" or (
        (quoted or not sentence.quoted) and (sentence.where != "text" or number <= len(reading.sentences) // 2)
    )


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
