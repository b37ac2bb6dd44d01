"""In what order the articles of a search are shown by relevance.

Whole words count above members of compounds, the title above the text, and words that stand together above words apart.
Of many matches a few hundred are weighed word by word; which these are, the index tells by where the words stand.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from aggregator.archive.analysis import terms
from aggregator.archive.asking import NEAR, quoted
from aggregator.archive.index import unpack

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlite_utils import Database

    from aggregator.archive.analysis import Terms
    from aggregator.archive.asking import Asked, Unit

WEIGHED = 250
"""Articles that are weighed word by word."""

RANKED = 3_000
"""The newest matches among which the best are sought; older ones only if all words stand in the title."""

COMMON = 1_000
"""Articles from which a word is as common as any."""

_LEAD = 40
"""Words at the beginning of a text that count more."""


def ranked(db: Database, asked: Asked, places: Sequence[int]) -> list[tuple[int, float]]:
    """The places, newest first, of an answer → the same with their scores, the best first."""
    if not asked.units:
        return [(place, 0.0) for place in places]
    rarity = [_rarity(db, one) for one in asked.units]
    chosen = places if len(places) <= WEIGHED else _chosen(db, asked, places[:RANKED], rarity)
    exact = [_exact(db, one, chosen) for one in asked.units]
    scores: list[tuple[int, float]] = []
    for place, held in _terms(db, chosen):
        told = [_Told(held, one) for one in asked.units]
        score = sum(
            weight * (one.score + (0.3 if place in there else 0.0))
            for weight, one, there in zip(rarity, told, exact, strict=True)
        )
        scores.append((place, score + _together(told)))
    scores.sort(key=lambda scored: (-round(scored[1], 6), -scored[0]))
    weighed = set(chosen)
    return scores + [(place, 0.0) for place in places if place not in weighed]


def _rarity(db: Database, one: Unit) -> float:
    row = db.execute(
        f"SELECT count(*) AS found FROM (SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? LIMIT {COMMON})",
        (f"{{heads stems}} : {one.whole}",),
    ).fetchone()
    return math.log(2 + COMMON / (1 + int(row["found"])))


def _chosen(db: Database, asked: Asked, newest: Sequence[int], rarity: Sequence[float]) -> list[int]:
    """Those worth weighing: by how many of the words stand whole in title and text, then the newest."""
    levels = dict.fromkeys(newest, 0.0)
    oldest = newest[-1]
    for weight, one in zip(rarity, asked.units, strict=True):
        for column, worth in (("heads", 3.0), ("stems", 1.0)):
            for place in _among(db, f"({asked.match}) AND {column} : {one.whole}", oldest):
                if place in levels:
                    levels[place] += weight * worth
    titled = " AND ".join(f"heads : {one.whole}" for one in asked.units)
    levels.update(dict.fromkeys(_among(db, f"({asked.match}) AND {titled}", 0, WEIGHED), 3.0 * sum(rarity)))
    best = sorted(levels, key=lambda place: (-levels[place], -place))[:WEIGHED]
    first, last = asked.first, asked.last
    return [p for p in best if (first is None or p >= first) and (last is None or p <= last)]


def _among(db: Database, match: str, oldest: int, limit: int = RANKED) -> list[int]:
    rows = db.execute(
        "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? AND rowid >= ? ORDER BY rowid DESC LIMIT ?",
        (match, oldest, limit),
    )
    return [row["rowid"] for row in rows]


def _exact(db: Database, one: Unit, chosen: Collection[int]) -> set[int]:
    """The places, of those chosen, where the word stands just as it was typed."""
    if not chosen:
        return set()
    return set(_among(db, f"{{title body}} : {quoted(one.word)}", min(chosen), RANKED))


def _terms(db: Database, places: Sequence[int]) -> list[tuple[int, Terms]]:
    marks = ", ".join("?" * len(places))
    rows = db.execute(f"SELECT id, terms FROM search_terms WHERE id IN ({marks})", tuple(places))
    return [(row["id"], unpack(row["terms"])) for row in rows]


class _Told:
    """How one article tells one word."""

    __slots__ = ("at", "score")

    def __init__(self, held: Terms, one: Unit) -> None:
        heads, stems = held.heads.split(), held.stems.split()
        self.at = [place for place, stem in enumerate(stems) if stem in one.terms]
        whole = any(head in one.terms for head in heads)
        self.score = 3.0 * whole
        if self.at:
            often = len(self.at) / (len(self.at) + 1.5 * (0.5 + len(stems) / 400))
            self.score += 1.0 + often + (0.5 if self.at[0] < _LEAD else 0.0)
        if not self.score:
            self._as_members(held, one, heads, stems)

    def _as_members(self, held: Terms, one: Unit, heads: list[str], stems: list[str]) -> None:
        for first, second in one.pairs:
            for words, worth in ((heads, 1.6), (stems, 0.9)):
                there = _near(words, first, second)
                if there is not None:
                    self.score = max(self.score, worth)
                    self.at = self.at or ([there] if words is stems else [])
        sought = " ".join(one.members)
        inside = any(sought in " ".join(terms(head)[1:]) for head in heads)
        if inside:
            self.score = max(self.score, 0.8)
        elif f" {sought} " in f" {held.parts} ":
            self.score = max(self.score, 0.4)


def _near(words: list[str], first: str, second: str) -> int | None:
    """Where two words stand near each other, in either order."""
    one = [place for place, word in enumerate(words) if word == first]
    other = [place for place, word in enumerate(words) if word == second]
    return next((a for a in one for b in other if a != b and abs(a - b) <= NEAR + 1), None)


def _together(told: Sequence[_Told]) -> float:
    """More, the nearer the words stand to each other."""
    bonus = 0.0
    for one, other in pairwise(told):
        if one.at and other.at:
            gap = min(abs(a - b) for a in one.at[:20] for b in other.at[:20])
            bonus += 1.5 / (1 + gap / 3)
    return bonus
