"""Text → the instant that it names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Final

from aggregator.dates import grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

MINUTE: Final = "minute"
DAY: Final = "day"
_LONGEST: Final = 300
"""A date is short: ``parse`` looks no further into a text than this many characters."""
_LONGEST_TEXT: Final = 200_000
_YEARS: Final = range(1970, 2200)


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant in UTC and how exactly it was written: ``precision`` is "minute" or "day".

    A day without a clock stands at noon of its local day, so that it is the same calendar day in Stockholm and
    in UTC. ``settle`` brings it back where noon has not come yet.
    """

    at: datetime
    precision: str = MINUTE


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: where it stands, and what it says."""

    start: int
    end: int
    moment: Moment


def parse(text: str, *, tz: tzinfo, reference: datetime | None = None) -> Moment | None:
    """The date that a short text holds, or None.

    Reads ISO 8601 and its loose forms, RFC 822/5322 and RFC 9110 dates, Swedish, English and German prose,
    ``20241124``, Unix seconds and milliseconds. In numeric forms the day precedes the month, but where the weekday
    before them says otherwise ("tis, 03/05/2024"). What has no zone is local time in ``tz``; a local time that
    occurs twice is the first, one that never was is moved on by the gap. Forms without a year ("24 november 08.19")
    and relative ones ("igår 14:05") need ``reference``, an aware datetime; the year is that which puts the date last
    before it, a day's slack included.
    """
    tidy = tidied(text[:_LONGEST])
    alone = _standard(tidy) or _numeric(tidy, tz)
    if alone is not None:
        return alone
    first = next(iter(found(tidy, tz=tz, reference=reference)), None)
    if first is not None:
        return first.moment
    return _slashed(tidy, tz, reference)


def find(text: str, *, tz: tzinfo, reference: datetime | None = None) -> Moment | None:
    """The first date in a free text; without ``reference``, only dates with a year count."""
    first = next(iter(found(tidied(text[:_LONGEST_TEXT]), tz=tz, reference=reference)), None)
    return first.moment if first else None


def settle(moment: Moment | None, now: datetime) -> datetime | None:
    """The instant as it may be published: never in the future.

    A day or clock up to a day ahead (today's noon, a clock gone wrong by its zone) becomes ``now``; what lies
    further ahead is no publication time, and None.
    """
    if moment is None or moment.at > now + timedelta(days=1):
        return None
    return min(moment.at, now)


def local(day: date, clock: time | None, tz: tzinfo) -> Moment | None:
    """A local day, and clock where one is known, as a Moment; None outside the years 1970 to 2199."""
    if day.year not in _YEARS:
        return None
    at = datetime.combine(day, clock or time(12))
    if at.tzinfo is None:
        at = at.replace(tzinfo=tz)
    at = at.astimezone(UTC)
    # 1970-01-01T00:00Z is how programs write "none"
    return Moment(at, MINUTE if clock else DAY) if at.timestamp() else None


def tidied(text: str) -> str:
    """Composed letters in lower case, single ordinary spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("\u200b", " ").replace("\ufeff", " ")
    return " ".join(text.lower().split())


def found(tidy: str, *, tz: tzinfo, reference: datetime | None) -> Iterator[Found]:
    """Every date of a tidied text, from left to right, none overlapping another."""
    shapes = _shapes(tidy, yearless=reference is not None)
    # Each shape's next match is kept until it is passed, so that the whole is linear in the text's length.
    ahead = [shape.search(tidy) for shape in shapes]
    position = 0
    while True:
        for index, match in enumerate(ahead):
            if match is not None and match.start() < position:
                ahead[index] = shapes[index].search(tidy, position)
        first = min(filter(None, ahead), key=lambda match: (match.start(), -match.end()), default=None)
        if first is None:
            return
        end, moment = _read(tidy, first, tz, reference)
        if moment is not None:
            yield Found(first.start(), end, moment)
        position = max(end, first.start() + 1)


def _shapes(tidy: str, *, yearless: bool) -> tuple[re.Pattern[str], ...]:
    """The shapes that a date in this text may have; where two begin at one place, the first counts."""
    shapes = grammar.NUMERIC
    if grammar.MONTH_BEGINS.search(tidy):
        shapes += grammar.NAMED + grammar.YEARLESS if yearless else grammar.NAMED
    return (*shapes, grammar.RELATIVE_DAY, grammar.AGO) if yearless else shapes


def _read(tidy: str, match: re.Match[str], tz: tzinfo, reference: datetime | None) -> tuple[int, Moment | None]:
    """The end of the date that begins with ``match``, clock included, and what it says."""
    groups = match.groupdict()
    if "n" in groups:
        return match.end(), _ago(groups, tz, reference)
    day = _day(groups, tz, reference)
    if groups.get("sep") == "/":
        day = _by_weekday(day, groups, tidy[max(0, match.start() - 12) : match.start()])
    if day is None:
        return match.end(), None
    end, clock, fault = _clock(tidy, match)
    return end, None if fault else local(day, clock, tz)


def _day(groups: dict[str, str | None], tz: tzinfo, reference: datetime | None) -> date | None:
    if word := groups.get("word"):
        if reference is None:
            return None
        return reference.astimezone(tz).date() - timedelta(days=grammar.DAYS_AGO[word])
    month_name = groups.get("month")
    month = grammar.MONTHS[month_name] if month_name else int(groups["m"] or 0)
    number = int(groups["d"] or 0)
    if year := groups.get("y"):
        return _date(int(year), month, number)
    if short := groups.get("yy"):
        # RFC 5322 section 4.3: 00 to 49 are this century
        return _date(int(short) + (2000 if int(short) < 50 else 1900), month, number)
    return _latest(month, number, tz, reference)


def _by_weekday(day: date | None, groups: dict[str, str | None], before: str) -> date | None:
    """The day, or the one with the month first where the weekday written before tells that ("tis, 03/05/2024")."""
    told = grammar.WEEKDAY_BEFORE.search(before)
    if told is None or told.lastgroup is None or len(groups["y"] or "") != 4:
        return day
    weekday = int(told.lastgroup[1])
    if day is not None and day.weekday() == weekday:
        return day
    turned = _date(int(groups["y"] or 0), int(groups["d"] or 0), int(groups["m"] or 0))
    return turned if turned is not None and turned.weekday() == weekday else day


def _latest(month: int, number: int, tz: tzinfo, reference: datetime | None) -> date | None:
    """The last such day not after the reference, but for a day's slack."""
    if reference is None:
        return None
    today = reference.astimezone(tz).date()
    for year in (today.year + 1, today.year, today.year - 1):
        day = _date(year, month, number)
        if day is not None and day <= today + timedelta(days=1):
            return day
    return None


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _clock(tidy: str, match: re.Match[str]) -> tuple[int, time | None, bool]:
    """The end, the clock beside a date, and whether what stands there is a broken ISO clock."""
    if hms := match.groupdict().get("hms"):
        clock = _time(*map(int, hms.split(":")))
        return match.end(), clock, clock is None
    basic = grammar.BASIC_CLOCK.match(tidy, match.end())
    after = basic or grammar.CLOCK_AFTER.match(tidy, match.end())
    if after:
        clock = _zoned(after)
        if clock is not None:
            return after.end(), clock, False
        if basic or after["gap"] == "t":
            return after.end(), None, True
    before = grammar.CLOCK_BEFORE.search(tidy[max(0, match.start() - 40) : match.start()])
    if before:
        return match.end(), _time(int(before["H"]), int(before["M"])), False
    return match.end(), None, False


def _zoned(match: re.Match[str]) -> time | None:
    groups = match.groupdict()
    hour = int(groups["H"])
    if half := groups.get("half"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    clock = _time(hour, int(groups.get("M") or 0), int(groups.get("S") or 0))
    if clock is None:
        return None
    offset = _offset(groups)
    if offset is None:
        return clock
    return clock.replace(tzinfo=timezone(offset)) if abs(offset) <= timedelta(hours=14) else None


def _offset(groups: dict[str, str | None]) -> timedelta | None:
    if name := groups.get("zone"):
        return timedelta(minutes=grammar.ZONES[name])
    if not (sign := groups.get("sign")):
        return None
    offset = timedelta(hours=int(groups["oh"] or 0), minutes=int(groups["om"] or 0))
    return offset if sign == "+" else -offset


def _time(hour: int, minute: int, second: int = 0) -> time | None:
    try:
        return time(hour, minute, min(second, 59) if second == 60 else second)
    except ValueError:
        return None


def _ago(groups: dict[str, str | None], tz: tzinfo, reference: datetime | None) -> Moment | None:
    if reference is None:
        return None
    count = int(word) if (word := groups["n"] or "").isdecimal() else 1
    if groups["minutes"] or groups["hours"]:
        back = timedelta(minutes=count) if groups["minutes"] else timedelta(hours=count)
        return Moment((reference - back).astimezone(UTC).replace(second=0, microsecond=0))
    back = timedelta(days=count) if groups["days"] else timedelta(weeks=count)
    return local((reference - back).astimezone(tz).date(), None, tz)


def _standard(tidy: str) -> Moment | None:
    """A text that is nothing but a time of RFC 3339; ``found`` reads it, too, but patiently."""
    if grammar.STANDARD.fullmatch(tidy) is None:
        return None
    try:
        at = datetime.fromisoformat(tidy.upper()).replace(microsecond=0)
    except ValueError:
        return None
    return Moment(at.astimezone(UTC)) if at.year in _YEARS and at.timestamp() else None


def _numeric(tidy: str, tz: tzinfo) -> Moment | None:
    """A text that is nothing but digits: 20241124, 202411240805, Unix seconds or milliseconds."""
    if match := grammar.COMPACT.fullmatch(tidy):
        day = _date(int(match["y"]), int(match["m"]), int(match["d"]))
        clock = _time(int(match["H"]), int(match["M"]), int(match["S"] or 0)) if match["H"] else None
        if day and day.year in _YEARS and bool(match["H"]) == (clock is not None):
            return local(day, clock, tz)
    if match := grammar.UNIX.fullmatch(tidy):
        return Moment(datetime.fromtimestamp(int(match["seconds"]), UTC))
    return None


def _slashed(tidy: str, tz: tzinfo, reference: datetime | None) -> Moment | None:
    match = grammar.SLASHED.search(tidy)
    if match is None or reference is None:
        return None
    return _read(tidy, match, tz, reference)[1]
