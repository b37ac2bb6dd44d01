"""Stacked bars over time: figures in, shapes out; the template ``charts.html`` draws them, with a table behind."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aggregator.swedish import MONTHS
from aggregator.web.wording import number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

WIDTH = 720
HEIGHT = 220
"""Units of the drawing, which a page stretches to the room there is."""
MOST_SERIES = 5
"""Series with a colour of their own; the rest go together under OTHERS."""
MOST_PERIODS = 36
"""Bars that a phone shows apart: of more months quarters are told, of more quarters years."""
OTHERS = "Övriga"
_TOP = 12
_BOTTOM = 30
_LABELS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One colour of the bars."""

    name: str
    values: tuple[int, ...]
    total: int
    place: int
    """Which colour, from 1; 0 for OTHERS."""
    path: str
    """Its parts of all bars, as the ``d`` of an SVG path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A text along an axis."""

    at: float
    text: str
    small: bool = True
    """Whether there is room for it on a phone as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One bar: where it stands, and what it says."""

    x: float
    width: float
    label: str
    total: int
    values: tuple[int, ...]
    """In the order of the series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing in units of WIDTH × its height, and the figures in it."""

    title: str
    summary: str
    """What a person sees at a glance, for one who does not see."""
    left: float
    """Where the bars begin, beside the figures of the axis."""
    bottom: float
    series: tuple[Series, ...]
    columns: tuple[Column, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def total(self) -> int:
        """All figures together."""
        return sum(column.total for column in self.columns)


def by_month(title: str, counts: Mapping[tuple[str, str], int], *, height: int = HEIGHT) -> Chart | None:
    """The chart of counts by (month as "2026-01", series); months between them without any are shown as such.

    Where they are more than MOST_PERIODS, quarters or years are told instead. None where there is nothing to show.
    """
    found = {key: count for key, count in counts.items() if count > 0}
    if not found:
        return None
    for name in (_month, _quarter, _year):
        periods = _between(min(month for month, _ in found), max(month for month, _ in found), name)
        if len(periods) <= MOST_PERIODS:
            break
    heights: dict[str, Counter[str]] = {}
    for (month, series), count in found.items():
        heights.setdefault(series, Counter())[name(month)] += count
    values = {series: [of[period] for period in periods] for series, of in heights.items()}
    return stacked(title, periods, values, height=height)


def stacked(
    title: str, labels: Sequence[str], series: Mapping[str, Sequence[int]], *, height: int = HEIGHT
) -> Chart | None:
    """A bar for each label, of the series' values in it; None where all are 0.

    Labels such as "2026-01" are told as months. The MOST_SERIES largest have a colour of their own.
    """
    rows = _largest(series, len(labels))
    totals = [sum(values[at] for _, values in rows) for at in range(len(labels))]
    if not any(totals):
        return None
    step = _step(max(totals))
    most = -(-max(totals) // step) * step
    up = [at * step for at in range(most // step + 1)]
    left = 12.0 + 13 * len(number(most))
    bottom = float(height - _BOTTOM)
    scale = (bottom - _TOP) / most
    slot = (WIDTH - left) / len(labels)
    width = min(slot * 0.78, 56.0)
    xs = [left + slot * at + (slot - width) / 2 for at in range(len(labels))]
    told = [spelled(label) for label in labels]
    return Chart(
        title=title,
        summary=_summary(title, told, totals),
        left=left,
        bottom=bottom,
        series=tuple(_stack(rows, xs, width, bottom, scale)),
        columns=tuple(
            Column(x=round(x, 1), width=round(width, 1), label=label, total=total, values=values)
            for x, label, total, values in zip(xs, told, totals, zip(*(v for _, v in rows), strict=True), strict=True)
        ),
        across=tuple(_across(labels, [x + width / 2 for x in xs])),
        up=tuple(Tick(at=round(bottom - value * scale, 1), text=number(value)) for value in up),
        height=height,
    )


def spelled(label: str) -> str:
    """ "2026-01" → "januari 2026"; anything else as it is."""
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", label)
    return f"{MONTHS[int(match[2]) - 1]} {match[1]}" if match else label


def _largest(series: Mapping[str, Sequence[int]], length: int) -> list[tuple[str, tuple[int, ...]]]:
    ordered = sorted(((name, tuple(values)) for name, values in series.items()), key=lambda row: (-sum(row[1]), row[0]))
    filled = [row for row in ordered if any(row[1])]
    shown, rest = filled[:MOST_SERIES], filled[MOST_SERIES:]
    if rest:
        shown.append((OTHERS, tuple(sum(values[at] for _, values in rest) for at in range(length))))
    return shown


def _stack(
    rows: Sequence[tuple[str, tuple[int, ...]]], xs: Sequence[float], width: float, bottom: float, scale: float
) -> list[Series]:
    """Each series' parts, the largest series at the foot."""
    reached = [bottom] * len(xs)
    stacked_up: list[Series] = []
    for place, (name, values) in enumerate(rows, 1):
        parts: list[str] = []
        for at, value in enumerate(values):
            if value:
                top = reached[at] - value * scale
                parts.append(f"M{xs[at]:.1f} {top:.1f}h{width:.1f}v{value * scale:.1f}h-{width:.1f}z")
                reached[at] = top
        own = 0 if name == OTHERS and place == len(rows) and place > MOST_SERIES else place
        stacked_up.append(Series(name=name, values=values, total=sum(values), place=own, path="".join(parts)))
    return stacked_up


def _across(labels: Sequence[str], centres: Sequence[float]) -> list[Tick]:
    """As many labels as have room, at even distances, every other of them on a phone."""
    every = max(1, -(-len(labels) // _LABELS))
    chosen = range(0, len(labels), every)
    return [
        Tick(at=round(centres[at], 1), text=_short(labels[at]), small=len(chosen) <= 3 or order % 2 == 0)
        for order, at in enumerate(chosen)
    ]


def _short(label: str) -> str:
    told = spelled(label)
    return told if told == label else f"{told[:3]} {label[:4]}"


def _step(most: int) -> int:
    """A round distance between two to five lines up to ``most``."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if most <= step * 4:
                return step
        size *= 10


def _summary(title: str, told: Sequence[str], totals: Sequence[int]) -> str:
    best = max(range(len(totals)), key=lambda at: totals[at])
    span = f"{told[0]} till {told[-1]}" if len(told) > 1 else told[0]
    return f"{title}, {span}. Sammanlagt {number(sum(totals))}, flest {told[best]}: {number(totals[best])}."


def _month(month: str) -> str:
    return month


def _quarter(month: str) -> str:
    return f"kvartal {(int(month[5:7]) + 2) // 3} {month[:4]}"


def _year(month: str) -> str:
    return month[:4]


def _between(first: str, last: str, name: Callable[[str], str]) -> list[str]:
    """All periods from that of the first month to that of the last."""
    year, month = int(first[:4]), int(first[5:7])
    periods: dict[str, None] = {}
    while (told := f"{year:04}-{month:02}") <= last:
        periods[name(told)] = None
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return list(periods)
