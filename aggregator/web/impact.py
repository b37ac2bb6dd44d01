"""What the pages of Genomslag show: the choices of an address, figures and texts made ready for the templates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlencode

from aggregator import query
from aggregator.model import ReleaseFilter, TagKind
from aggregator.render import impact
from aggregator.swedish import MONTHS as MONTH_NAMES
from aggregator.web import charts
from aggregator.web.choices import LONGEST_VALUE
from aggregator.web.rows import number
from aggregator.web.wording import label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aggregator.model import Pickup, Piece, ReleaseReport, ReleaseTotal
    from aggregator.web.charts import Chart

MONTHS = 12
"""Months that are shown where an address names no period: the last ones in which releases were sent."""

KEYS = {
    "tema": ("theme", "Tema", TagKind.THEME),
    "kommun": ("municipality", "Kommun", TagKind.KOMMUN),
    "projekt": ("project", "Projekt", TagKind.PROJEKT),
    "utgivare": ("outlet", "Utgivare", None),
    "avsandare": ("sender", "Avsändare", None),
}
"""Key of the address → the filter's field, its name for people, and its kind of tag."""

View = Literal["alla", "upptagna", "ingen"]
VIEWS: dict[View, str] = {"alla": "Alla", "upptagna": "Upptagna av någon", "ingen": "Ingen har tagit upp"}
_PICKED_UP: dict[View, bool | None] = {"alla": None, "upptagna": True, "ingen": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a person has chosen, as the address tells it; what is not understood in it is passed over."""

    filter: ReleaseFilter
    """Of the report: it does not depend on the view."""
    view: View = "alla"
    page: int = 1

    @property
    def listed(self) -> ReleaseFilter:
        """The releases of the list."""
        return replace(self.filter, picked_up=_PICKED_UP[self.view])

    @property
    def values(self) -> dict[str, str]:
        """What stands in the form's fields, by key."""
        told = {key: getattr(self.filter, name) for key, (name, _, _) in KEYS.items()}
        return {"fran": _told(self.filter.since), "till": _told(self.filter.until), **told}

    @property
    def period(self) -> str:
        """The days between which releases were sent, in words; empty where they are not bounded."""
        since, until = self.filter.since, self.filter.until
        if since and until:
            return f"{_day(since)} till {_day(until)}"
        return f"från {_day(since)}" if since else f"till och med {_day(until)}" if until else ""

    def narrowed(self, key: str, value: str) -> str:
        """The query string of the same choices with one more."""
        change: dict[str, Any] = {KEYS[key][0]: value}
        more = replace(self.filter, **change)
        return replace(self, filter=more).line()

    def line(self, view: View | None = None, page: int = 1) -> str:
        """The query string of the same choices with another view, or another page; the period is always told."""
        values = {key: value for key, value in self.values.items() if value or key in ("fran", "till")}
        if (view or self.view) != "alla":
            values["visa"] = view or self.view
        if page > 1:
            values["sida"] = str(page)
        return urlencode(values)


def read(params: Mapping[str, str], newest: date | None) -> Chosen:
    """The choices of an address. Where it names no period, the twelve months up to the newest release."""
    fields: dict[str, Any] = {name: params.get(key, "").strip()[:LONGEST_VALUE] for key, (name, _, _) in KEYS.items()}
    since = query.day(params.get("fran", ""))
    until = query.day(params.get("till", ""), last=True)
    if "fran" not in params and "till" not in params and newest is not None:
        since = months_before(newest, MONTHS - 1)
    view: View = next((one for one in VIEWS if one == params.get("visa")), "alla")
    chosen = ReleaseFilter(since=since, until=until, **fields)
    return Chosen(filter=chosen, view=view, page=max(1, number(params.get("sida")) or 1))


def months_before(day: date, months: int) -> date:
    """The first day of the month so many months earlier."""
    count = day.year * 12 + day.month - 1 - months
    return date(max(count // 12, 1), count % 12 + 1, 1)


def _day(day: date) -> str:
    return f"{day.day}\N{NO-BREAK SPACE}{MONTH_NAMES[day.month - 1]} {day.year}"


def _told(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def by_outcome(report: ReleaseReport) -> Chart | None:
    """Releases by month: those taken up, and the others."""
    counts: dict[tuple[str, str], int] = {}
    for month in report.months:
        counts[month.name, "Upptagna av någon"] = month.picked_up
        counts[month.name, "Ingen tog upp"] = month.not_picked_up
        counts[month.name, "Kända från en enda utgivare"] = month.known_by_one
    return charts.by_month("Pressmeddelanden per månad", counts)


def by_outlet(report: ReleaseReport) -> Chart | None:
    """Pickups by month of the release, and by outlet."""
    names = [month.name for month in report.months]
    counts = {
        (month, outlet): count
        for outlet, of_months in report.outlet_months
        for month, count in zip(names, of_months, strict=True)
    }
    return charts.by_month("Genomslag per månad och utgivare", counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Figures of one kind."""

    heading: str
    """As a column is headed: "Utgivare"."""
    key: str
    """That of the address which narrows to a row."""
    rows: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a table of figures."""

    name: str
    """As it is asked for."""
    label: str
    """As it is read."""
    total: ReleaseTotal
    delay: str
    share: str

    @property
    def percent(self) -> str:
        """The share without its word."""
        return self.share.removesuffix(" ordagrant")


def tables(report: ReleaseReport) -> tuple[Table, ...]:
    """The tables of a report; empty ones are left out."""
    groups = {
        "utgivare": report.outlets,
        "tema": report.themes,
        "kommun": report.municipalities,
        "projekt": report.projects,
        "avsandare": report.senders,
    }
    return tuple(
        Table(heading=KEYS[key][1], key=key, rows=tuple(line(total, KEYS[key][2]) for total in totals))
        for key, totals in groups.items()
        if totals
    )


def line(total: ReleaseTotal, kind: TagKind | None = None) -> Line:
    """A row of figures in words."""
    return Line(
        name=total.name,
        label=label(total.name, kind) if kind is not None else total.name,
        total=total,
        delay="" if total.median_delay is None else impact.delay_told(total.median_delay),
        share="" if total.median_share is None else impact.share_told(total.median_share),
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a select."""

    value: str
    label: str
    chosen: bool


def options(names: Iterable[str], chosen: str, kind: TagKind | None) -> tuple[Choice, ...]:
    """The options of a select in the order of the alphabet; what was chosen is there even if nothing has it."""
    known = {name.casefold(): name for name in names}
    if chosen:
        known.setdefault(chosen.casefold(), chosen)
    read_as = {name: label(name, kind) if kind is not None else name for name in known.values()}
    return tuple(
        Choice(name, read_as[name], name.casefold() == chosen.casefold())
        for name in sorted(read_as, key=lambda name: read_as[name].casefold().translate(_ALPHABET))
    )


_ALPHABET = str.maketrans({"å": "z1", "ä": "z2", "ö": "z3"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """A pickup in words."""

    pickup: Pickup
    share: str
    delay: str
    quotes: str
    percent: int
    """How long its bar is."""


def fate(pickup: Pickup) -> Fate:
    """A pickup made ready to be shown."""
    return Fate(
        pickup=pickup,
        share=impact.share_told(pickup.share),
        delay=impact.delay_told(pickup.delay, by_day=pickup.by_day),
        quotes=impact.quotes_told(pickup.quotes_kept, pickup.quotes),
        percent=round(100 * pickup.share),
    )


Run = tuple[str, str]
"""A run of a text, and its kind ("carried", "left_out", "added", "standing")."""


def paragraphs(pieces: Sequence[Piece]) -> tuple[tuple[Run, ...], ...]:
    """A text's pieces as paragraphs of runs."""
    found: list[list[Run]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split("\n")
        if first.strip():
            found[-1].append((first, piece.kind.value))
        found += [[(text, piece.kind.value)] if text.strip() else [] for text in others]
    return tuple(tuple(runs) for runs in found if runs)
