"""How the articles of a search spread over sources, tags, years and months."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from aggregator.archive import finding
from aggregator.archive.coverage import Month
from aggregator.archive.index import LOCAL, source_mark, tag_mark

if TYPE_CHECKING:
    from sqlite_utils import Database

    from aggregator.archive.asking import Asked

COUNTED = 10_000
"""Matches that are counted; of more it is only said that there are more, and the newest are spread out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One value by which a search can be narrowed."""

    kind: str
    """``source``, ``year``, or the kind of a tag: ``theme``, ``kommun``, ``projekt``, ``källa`` (the origin)."""
    name: str
    count: int
    value: str = ""
    """What stands for it in a search line: a source's id; else its name."""


def count(db: Database, put: Asked) -> tuple[Facet, ...]:
    """The facets of the newest ``COUNTED`` of what a query finds, by kind, the most frequent first."""
    marks = Counter(" ".join(finding.marks(db, put, COUNTED)).split())
    found = [
        Facet(kind="source", name=row["name"], count=marks[source_mark(row["id"])], value=row["id"])
        for row in db.execute("SELECT id, name FROM sources")
    ]
    found += [
        Facet(kind=row["kind"], name=row["name"], count=marks[tag_mark(row["id"])], value=row["name"])
        for row in db.execute("SELECT id, kind, name FROM tags")
    ]
    years = ((mark[2:], number) for mark, number in marks.items() if mark.startswith("#y"))
    found += [Facet(kind="year", name=year, count=number, value=year) for year, number in years]
    return tuple(sorted((one for one in found if one.count), key=lambda one: (one.kind, -one.count, one.name)))


def months(db: Database, put: Asked) -> tuple[Month, ...]:
    """The months with matches, the oldest first, each match under the source that had it first.

    Of more than ``COUNTED`` matches each month is counted whole, and not by source: it stands under "".
    """
    marks = finding.marks(db, put, COUNTED + 1)
    if len(marks) > COUNTED:
        return _counted(db, put)
    names = {source_mark(row["id"]): row["id"] for row in db.execute("SELECT id FROM sources")}
    found: dict[str, Counter[str]] = {}
    for told in marks:
        _, _, month, _, source, *_ = told.split(" ", 5)
        found.setdefault(f"{month[2:6]}-{month[6:]}", Counter())[names.get(source, "")] += 1
    return tuple(Month(month=month, by_source=dict(sources)) for month, sources in sorted(found.items()))


def _counted(db: Database, put: Asked) -> tuple[Month, ...]:
    """By stretches of the index, a month each."""
    row = db.execute("SELECT min(id) AS low, max(id) AS high FROM search_places").fetchone()
    low, high = max(row["low"], put.first or row["low"]), min(row["high"], put.last or row["high"])
    found = []
    begun = datetime.fromtimestamp(low, LOCAL).replace(day=1, hour=0, minute=0, second=0)
    while begun.timestamp() <= high:
        after = begun.replace(year=begun.year + begun.month // 12, month=begun.month % 12 + 1)
        within = replace(put, first=max(low, int(begun.timestamp())), last=min(high, int(after.timestamp()) - 1))
        articles = finding.number(db, within, -1)
        if articles:
            found.append(Month(month=f"{begun:%Y-%m}", by_source={"": articles}))
        begun = after
    return tuple(found)
