"""Dates, numbers and names as Swedish readers write them: the filters of the templates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aggregator.model import TagKind
from aggregator.swedish import MONTHS
from aggregator.urls import resolve

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_GAP = "\N{NO-BREAK SPACE}"
_SHOWN = 60


def number(value: int) -> str:
    """ "12 840", the thousands set apart by a no-break space."""
    return f"{value:,}".replace(",", _GAP)


def amount(value: int, one: str, several: str) -> str:
    """A number with its noun: "1 artikel", "2 400 artiklar"."""
    return f"{number(value)}{_GAP}{one if value == 1 else several}"


def label(name: str, kind: TagKind | str) -> str:
    """A tag as it is read: the theme "barn-unga" is "Barn och unga"; a name stays as it is."""
    if kind == TagKind.THEME:
        spelled = name.replace("-", " och ")
        return spelled[:1].upper() + spelled[1:]
    return name


def outside(url: str | None) -> str:
    """An address that a stranger wrote, for ``href``: a web address, or empty."""
    return (resolve(url, url) or "") if url else ""


def bare(url: str) -> str:
    """An address as a link's text: without "https://www." and the last slash, cut where it is long."""
    text = re.sub(r"^https?://(?:www\.)?", "", url).rstrip("/")
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def foreign(language: str | None) -> str:
    """What the attribute ``lang`` is to say of a text: empty where it is Swedish, or unknown."""
    tag = (language or "").strip().replace("_", "-")
    return "" if tag.partition("-")[0].lower() == "sv" or not _LANGUAGE.fullmatch(tag) else tag


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

    def near(self, at: datetime, now: datetime) -> str:
        """A time not far from now: "i dag kl. 14.05", "i går kl. 09.30", else the day and the time."""
        local, today = at.astimezone(self.zone), now.astimezone(self.zone).date()
        word = {-1: "i går", 0: "i dag", 1: "i morgon"}.get((local.date() - today).days)
        if word is None:
            return self.moment(at) if local.year != today.year else self.moment(at).replace(f" {local.year}", "")
        return f"{word} kl.{_GAP}{local:%H.%M}"

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
        "outside": outside,
        "bare": bare,
        "foreign": foreign,
        "day": clock.day,
        "moment": clock.moment,
        "near": clock.near,
        "iso": clock.iso,
    }
