"""The ways in which what was found can be narrowed further: facets as links that add or take away a filter."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aggregator.archive import Facet
from aggregator.web.choices import WAYS
from aggregator.web.wording import label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aggregator.archive import Archive
    from aggregator.model import Config
    from aggregator.web.choices import Choices, Way

SHOWN = 6
"""Values of one facet that are shown at once; the rest are unfolded."""
MOST = 20
"""Values of one facet at all."""
ROOM = 24_000
"""Characters that the addresses of all facets may take together: each holds the whole search line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One link: it narrows by this value, or no longer."""

    name: str
    count: int | None
    """Articles it leaves; None of a filter that stands above the results."""
    address: str
    """The search with the filter added, or dropped if it is chosen."""
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One facet."""

    heading: str
    shown: tuple[Value, ...]
    folded: tuple[Value, ...]


def groups(facets: Iterable[Facet], choices: Choices) -> tuple[Group, ...]:
    """The facets that tell anything, in the order of WAYS: the most frequent values first, the years newest first."""
    by_kind: dict[str, list[Facet]] = {}
    for facet in facets:
        by_kind.setdefault(facet.kind, []).append(facet)
    made: list[Group] = []
    most = max(1, min(MOST, ROOM // (len(WAYS) * len(choices.address()))))
    for way in WAYS:
        found = by_kind.get(way.facet, [])[:most]
        if way.field is None:
            found.sort(key=lambda one: one.name, reverse=True)
        values = [_value(way, (facet.value or facet.name, facet.name), facet.count, choices) for facet in found]
        values.sort(key=lambda value: not value.chosen)
        if values:
            made.append(Group(heading=way.heading, shown=tuple(values[:SHOWN]), folded=tuple(values[SHOWN:])))
    return tuple(made)


def everything(archive: Archive) -> tuple[Facet, ...]:
    """The facets of the whole archive, from the counts that it keeps by month: no article is looked at.

    An article that several outlets carry is counted at the one that had it first.
    """
    names = {source.source_id: source.name for source in archive.known_sources()}
    sources: Counter[str] = Counter()
    years: Counter[str] = Counter()
    for month in archive.months():
        sources.update(month.by_source)
        years[month.month[:4]] += month.articles
    found = [
        *(Facet(kind="source", name=names.get(one, one), count=n, value=one) for one, n in sources.most_common()),
        *(Facet(kind=one.kind, name=one.name, count=one.articles, value=one.name) for one in archive.borne()),
        *(Facet(kind="year", name=year, count=n, value=year) for year, n in years.items()),
    ]
    return tuple(sorted(found, key=lambda one: (one.kind, -one.count, one.name)))


def chosen(choices: Choices, config: Config) -> tuple[Value, ...]:
    """The filters that hold now, each with the search without it."""
    ways = {way.key: way for way in WAYS}
    return tuple(
        _value(ways[key], (value, _name(ways[key], value, config)), None, choices) for key, value in choices.filters
    )


def told(choices: Choices, config: Config) -> str:
    """What was asked for, in a line: "vårdcentral · Karlskoga"; empty where nothing was."""
    dates = (f"från {choices.since}" if choices.since else "", f"till {choices.until}" if choices.until else "")
    names = (choices.line, *(value.name for value in chosen(choices, config)), *dates)
    return " · ".join(name for name in names if name)


def _name(way: Way, value: str, config: Config) -> str:
    """A source stands in the address by its id."""
    names = {source.id: source.name for source in config.sources} if way.facet == "source" else {}
    return names.get(value, value)


def _value(way: Way, named: tuple[str, str], count: int | None, choices: Choices) -> Value:
    """``named``: what stands in the address, and what a person reads."""
    value, name = named
    held = (way.key, value) in choices.filters
    other = choices.dropped(way.key, value) if held else choices.added(way.key, value)
    return Value(name=label(name, way.facet), count=count, address=other.address(), chosen=held)
