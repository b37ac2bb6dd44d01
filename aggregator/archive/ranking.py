"""In what order the articles of a search are shown by relevance.

Whole words count above members of compounds, the title above the text, and words that stand together above words apart.
Of many matches some are weighed word by word, in their texts; the index tells which, by where the words stand.
"""

from __future__ import annotations

import math
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from aggregator.archive.analysis import body, token
from aggregator.archive.asking import quoted
from aggregator.archive.occurrences import HALF, MEMBER, WHOLE, Spotter
from aggregator.archive.rows import dump

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlite_utils import Database

    from aggregator.archive.asking import Asked, Unit
    from aggregator.archive.occurrences import Spot

WEIGHED = 100
"""Articles that are weighed word by word."""

RANKED = 3_000
"""The newest matches among which the best are sought; older ones only if all words stand in the title."""

COMMON = 1_000
"""Articles from which a word is as common as any."""

NEAR = 6
"""Words between the halves of a compound that is told in two words."""

_LEAD = 40
"""Words at the beginning of a text that count more."""

_SPOTS = 80
"""Words of a text that are noted; who seeks nothing but the commonest words learns no more from the rest."""

_READ = 20_000
"""Characters of a long text that are looked through."""


def ranked(db: Database, asked: Asked, places: Sequence[int]) -> list[tuple[int, float]]:
    """The newest places of an answer, the newest first → the same with their scores, the best first.

    Older ones with all words in the title are put among them. What was not weighed has no score and stands last.
    """
    if not asked.units:
        return [(place, 0.0) for place in places]
    rarity = [_rarity(db, one, asked.last) for one in asked.units]
    chosen = places if len(places) <= WEIGHED else _chosen(db, asked, places, rarity)
    spotter = Spotter(asked.units)
    scores: list[tuple[int, float]] = []
    for row in db.execute(
        "SELECT p.id, a.title, a.lead, a.text FROM json_each(?) j JOIN search_places p ON p.id = j.value"
        " JOIN articles a ON a.id = p.article_id",
        (dump(list(chosen)),),
    ):
        told = _read(spotter, asked.units, row["title"], body(row["lead"], row["text"])[:_READ])
        score = sum(weight * one.score for weight, one in zip(rarity, told, strict=True))
        scores.append((row["id"], score + _together(told)))
    scores.sort(key=lambda scored: (-round(scored[1], 6), -scored[0]))
    weighed = set(chosen)
    return scores + [(place, 0.0) for place in places if place not in weighed]


def _rarity(db: Database, one: Unit, last: int | None) -> float:
    """By the oldest articles that have it, so that new ones do not shift the pages of a list being read."""
    row = db.execute(
        "SELECT count(*) AS found FROM"
        f" (SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? AND rowid <= ? LIMIT {COMMON})",
        (one.whole, 1 << 62 if last is None else last),
    ).fetchone()
    return math.log(2 + COMMON / (1 + int(row["found"])))


def _chosen(db: Database, asked: Asked, newest: Sequence[int], rarity: Sequence[float]) -> list[int]:
    """Those worth weighing: by where the words stand whole, in title and text, and near each other; then the newest."""
    levels = dict.fromkeys(newest, 0.0)
    span = (newest[-1], newest[0])
    guard = "" if asked.plain else f"({asked.match}) AND "
    for weight, one in zip(rarity, asked.units, strict=True):
        _raise(levels, _among(db, guard + one.titled, span, len(newest)), 3.0 * weight)
    whole = " AND ".join(one.whole for one in asked.units)
    _raise(levels, _among(db, guard + whole, span, len(newest)), sum(rarity))
    for one, other in pairwise(asked.units):
        near = " OR ".join(
            f"NEAR({quoted(token(a))} {quoted(token(b))}, 2)" for a in sorted(one.terms) for b in sorted(other.terms)
        )
        _raise(levels, _among(db, f"{guard}({near})", span, len(newest)), 1.5)
    titled = " AND ".join(one.titled for one in asked.units)
    older = _among(db, guard + titled, (asked.first or 0, newest[-1] - 1), WEIGHED // 2)
    levels.update(dict.fromkeys(older, 3.0 * sum(rarity)))
    return sorted(levels, key=lambda place: (-levels[place], -place))[:WEIGHED]


def _raise(levels: dict[int, float], places: Sequence[int], worth: float) -> None:
    for place in places:
        if place in levels:
            levels[place] += worth


def _among(db: Database, match: str, span: tuple[int, int], limit: int) -> list[int]:
    rows = db.execute(
        "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? AND rowid BETWEEN ? AND ?"
        " ORDER BY rowid DESC LIMIT ?",
        (match, *span, limit),
    )
    return [row["rowid"] for row in rows]


class _Told:
    """How one article tells one word."""

    __slots__ = ("at", "exact", "halves", "heads", "titled", "weight")

    def __init__(self) -> None:
        self.titled = self.exact = False
        self.weight = 0.0
        self.at: list[int] = []
        """Where it stands whole in the text, counted in words."""
        self.heads: list[tuple[int, str]] = []
        self.halves: list[tuple[int, str]] = []
        """Where the halves of a compound stand, in the title and in the text."""

    @property
    def score(self) -> float:
        """Without the word's rarity."""
        return self.weight + (0.3 if self.exact else 0.0)


def _read(spotter: Spotter, units: Sequence[Unit], title: str, text: str) -> list[_Told]:
    """How an article tells each unit."""
    told = [_Told() for _ in units]
    _note(told, spotter.spots(title), title, in_title=True)
    _note(told, islice(spotter.spots(text), _SPOTS), text, in_title=False)
    length = text.count(" ") + 1
    for one, asked in zip(told, units, strict=True):
        _weigh(one, asked, length)
    return told


def _note(told: Sequence[_Told], spots: Iterable[Spot], text: str, *, in_title: bool) -> None:
    word = last = 0
    for spot in spots:
        word += text.count(" ", last, spot.start) + text.count("\n\n", last, spot.start)
        last = spot.start
        for sign in spot.signs:
            one = told[sign.unit]
            one.exact = one.exact or sign.exact
            if sign.kind == WHOLE:
                one.titled = one.titled or in_title
                if not in_title:
                    one.at.append(word)
            elif sign.kind == MEMBER:
                both = bool(one.weight) and not in_title  # the title is read first
                one.weight = 0.8 if in_title else 0.9 if both and one.weight > 0.4 else 0.4
            elif sign.kind == HALF:
                (one.heads if in_title else one.halves).append((word, sign.half))


def _weigh(one: _Told, asked: Unit, length: int) -> None:
    if one.titled or one.at:
        one.weight = 3.0 * one.titled
        if one.at:
            often = len(one.at) / (len(one.at) + 1.5 * (0.5 + length / 400))
            one.weight += 1.0 + often + (0.5 if one.at[0] < _LEAD else 0.0)
        return
    for first, second in asked.pairs:
        for words, worth in ((one.heads, 1.6), (one.halves, 0.9)):
            there = _near(words, first, second)
            if there is not None:
                one.weight = max(one.weight, worth)
                one.at = one.at or ([there] if words is one.halves else [])


def _near(words: Sequence[tuple[int, str]], first: str, second: str) -> int | None:
    """Where two words stand near each other, in either order."""
    one = [place for place, word in words if word == first]
    other = [place for place, word in words if word == second]
    return next((a for a in one for b in other if a != b and abs(a - b) <= NEAR + 1), None)


def _together(told: Sequence[_Told]) -> float:
    """More, the nearer the words stand to each other."""
    bonus = 0.0
    for one, other in pairwise(told):
        if one.at and other.at:
            gap = min(abs(a - b) for a in one.at[:20] for b in other.at[:20])
            bonus += 1.5 / (1 + gap / 3)
    return bonus
