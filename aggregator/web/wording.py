"""Dates, numbers and names as Swedish readers write them: the filters of the templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aggregator.model import TagKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo

MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
_GAP = "\N{NO-BREAK SPACE}"


def number(value: int) -> str:
    """ "12 840", the thousands set apart by a no-break space."""
    return f"{value:,}".replace(",", _GAP)


def amount(value: int, one: str, several: str) -> str:
    """A number with its noun: "1 artikel", "2 400 artiklar"."""
    return f"{number(value)}{_GAP}{one if value == 1 else several}"


def label(kind: TagKind | str, name: str) -> str:
    """A tag as it is read: the theme "barn-unga" is "Barn och unga"; a name stays as it is."""
    if kind == TagKind.THEME:
        spelled = name.replace("-", " och ")
        return spelled[:1].upper() + spelled[1:]
    return name


@dataclass(frozen=True, slots=True)
class Clock:
    """Times told in the readers' zone."""

    zone: tzinfo

    def day(self, at: datetime) -> str:
        """ "23 november 2026"."""
        local = at.astimezone(self.zone)
        return f"{local.day}{_GAP}{MONTHS[local.month - 1]} {local.year}"

    def moment(self, at: datetime) -> str:
        """ "23 november 2026 kl. 14.05"."""
        return f"{self.day(at)} kl.{_GAP}{at.astimezone(self.zone):%H.%M}"

    def iso(self, at: datetime) -> str:
        """What the attribute ``datetime`` of ``<time>`` wants, with the zone's offset."""
        return at.astimezone(self.zone).isoformat(timespec="minutes")


def filters(zone: tzinfo) -> dict[str, Callable[..., Any]]:
    """The filters by their names in templates."""
    clock = Clock(zone)
    return {
        "number": number,
        "amount": amount,
        "label": label,
        "day": clock.day,
        "moment": clock.moment,
        "iso": clock.iso,
    }
