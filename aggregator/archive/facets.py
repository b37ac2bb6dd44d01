"""How the articles of a search spread over sources, tags and years."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aggregator.archive.index import source_mark, tag_mark
from aggregator.archive.rows import dump

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

SPREAD = 5_000
"""The newest matches that are counted; counting all of a common word would keep a reader waiting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One value by which a search can be narrowed."""

    kind: str
    """``source``, ``year``, or the kind of a tag: ``theme``, ``kommun``, ``projekt``, ``källa``."""
    name: str
    count: int


def count(db: Database, places: Sequence[int]) -> tuple[Facet, ...]:
    """The facets of the newest ``SPREAD`` of these places, by kind, the most frequent first."""
    newest = dump(list(places[:SPREAD]))
    marks: Counter[str] = Counter()
    for row in db.execute("SELECT p.marks FROM json_each(?) j JOIN search_places p ON p.id = j.value", (newest,)):
        marks.update(row["marks"].split())
    found = [
        Facet(kind="source", name=row["name"], count=marks[source_mark(row["id"])])
        for row in db.execute("SELECT id, name FROM sources")
    ]
    found += [
        Facet(kind=row["kind"], name=row["name"], count=marks[tag_mark(row["id"])])
        for row in db.execute("SELECT id, kind, name FROM tags")
    ]
    found += [Facet(kind="year", name=mark[1:], count=number) for mark, number in marks.items() if mark[0] == "y"]
    return tuple(sorted((one for one in found if one.count), key=lambda one: (one.kind, -one.count, one.name)))
