"""Leafing through what a search found: each story once in the whole list, and pages that stand still."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from aggregator.archive.rows import dump
from aggregator.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlite_utils import Database

    from aggregator.archive.asking import Asked

_CHUNK = 64
"""Articles whose stories are looked up at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Another outlet in which the same text or story stands."""

    source_id: str
    source_name: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list."""

    article_id: int
    story_id: int | None
    score: float
    also: tuple[Elsewhere, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list, and what leads to the next."""

    lines: tuple[Line, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """How far somebody has leafed, and what the archive held when they began: later articles are left out."""

    offset: int
    newest_id: int
    newest_place: int

    def bound(self, put: Asked) -> Asked:
        """The query, asked of what stood there then."""
        return replace(put, last=self.newest_place if put.last is None else min(put.last, self.newest_place))

    def without_later(self, db: Database, places: Sequence[int]) -> Sequence[int]:
        """The places without those of articles that came in between others later."""
        later = {
            row["id"]
            for row in db.execute(
                "SELECT id FROM search_places WHERE article_id > ? AND id <= ?", (self.newest_id, self.newest_place)
            )
        }
        return [place for place in places if place not in later] if later else places

    def told(self, offset: int) -> str:
        """The mark for the page that begins there; opaque to whoever carries it."""
        text = f"{offset}.{self.newest_id}.{self.newest_place}"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(after: str | None, db: Database, offset: int) -> Mark:
    """A mark as ``SearchResult.next`` gave it; without one, the archive as it is. Raises InputError."""
    if after is None:
        row = db.execute(
            "SELECT (SELECT max(article_id) FROM search_places) AS newest, (SELECT max(id) FROM search_places) AS place"
        ).fetchone()
        return Mark(offset, row["newest"] or 0, row["place"] or 0)
    try:
        text = base64.urlsafe_b64decode(after.encode("ascii") + b"=" * (-len(after) % 4)).decode("ascii")
        first, newest_id, newest_place = (int(one) for one in text.split("."))
    except (ValueError, binascii.Error):
        raise InputError("this is no mark of a next page; begin the list anew") from None
    if not (0 <= first < 1 << 31 and 0 <= newest_id < 1 << 62 and abs(newest_place) < 1 << 62):
        raise InputError("this is no mark of a next page; begin the list anew")
    return Mark(first + offset, newest_id, newest_place)


def leaf(db: Database, mark: Mark, order: Iterable[tuple[int, float]], limit: int, *, folded: bool) -> Found:
    """The ``limit`` lines from the mark on. ``folded``: of a story only the first stands in the list."""
    lines = _folded(_lines(db, order)) if folded else _lines(db, order)
    wanted = list(islice(lines, mark.offset, mark.offset + limit + 1))
    shown = wanted[:limit]
    if folded:
        elsewhere = _elsewhere(db, shown)
        shown = [replace(one, also=elsewhere.get(one.article_id, ())) for one in shown]
    return Found(tuple(shown), mark.told(mark.offset + limit) if len(wanted) > limit else None)


def _lines(db: Database, order: Iterable[tuple[int, float]]) -> Iterator[Line]:
    places = iter(order)
    while chunk := dict(islice(places, _CHUNK)):
        rows = db.execute(
            "SELECT p.id, p.article_id, a.story_id FROM json_each(?) j JOIN search_places p ON p.id = j.value"
            " JOIN articles a ON a.id = p.article_id",
            (dump(list(chunk)),),
        )
        known = {row["id"]: row for row in rows}
        for place, score in chunk.items():
            if place in known:
                yield Line(known[place]["article_id"], known[place]["story_id"], score)


def _folded(lines: Iterable[Line]) -> Iterator[Line]:
    told: set[int] = set()
    for one in lines:
        if one.story_id is None or one.story_id not in told:
            yield one
            told.update(() if one.story_id is None else (one.story_id,))


def _elsewhere(db: Database, lines: Sequence[Line]) -> dict[int, tuple[Elsewhere, ...]]:
    """By article: where else it or its story stands, each outlet once, the first to have it first."""
    shown = {one.article_id: one.article_id for one in lines}
    for row in db.execute(
        "SELECT j.value AS article_id, a.id AS member FROM json_each(?) j JOIN articles own ON own.id = j.value"
        " JOIN articles a ON a.story_id = own.story_id AND a.gone_at IS NULL",
        (dump(list(shown)),),
    ):
        shown.setdefault(row["member"], row["article_id"])
    rows = db.execute(
        "SELECT j.value AS member, d.source_id, s.name, d.url FROM json_each(?) j"
        " JOIN addresses d ON d.article_id = j.value JOIN sources s ON s.id = d.source_id"
        " WHERE d.alias_of IS NULL ORDER BY d.first_seen_at, d.id",
        (dump(list(shown)),),
    ).fetchall()
    own = {row["member"]: row["source_id"] for row in reversed(rows)}
    found: dict[int, dict[str, Elsewhere]] = {}
    for row in rows:
        article_id = shown[row["member"]]
        if row["source_id"] != own.get(article_id):
            other = Elsewhere(source_id=row["source_id"], source_name=row["name"], url=row["url"])
            found.setdefault(article_id, {}).setdefault(row["source_id"], other)
    return {article_id: tuple(others.values()) for article_id, others in found.items()}
