"""Which sources are due, and when to ask each again.

A schedule is an interval ("15m", "1h30m", "1d") or a five-field cron expression in the configured time zone,
with the meaning of crontab(5): Sunday is 0 or 7, and where both day fields are restricted either of them
suffices. APScheduler's CronTrigger does the calendar and summer time; what it reads otherwise than crontab(5)
is translated here.

Nothing here reads a clock: the same arguments give the same answer, jitter included.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]  # version 3 has no types

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import time, tzinfo

    from aggregator.model import Source, SourceState

STOCKHOLM = ZoneInfo("Europe/Stockholm")

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_INTERVAL = re.compile(r"(?:\d{1,6}[smhdw])+", re.ASCII)
_NICKNAMES = {"@hourly": "0 * * * *", "@daily": "0 0 * * *", "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *"}
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_JITTER_SHARE = 0.1
_JITTER_CAP = timedelta(minutes=5)
_CLOCK_SLACK = timedelta(hours=1)
_DOUBLINGS = 20


def interval(schedule: str) -> timedelta | None:
    """The length of an interval schedule ("15m", "1h30m"), or None where it is not written as one."""
    text = schedule.strip().lower()
    if not _INTERVAL.fullmatch(text):
        return None
    parts = re.findall(r"(\d+)([smhdw])", text)
    return timedelta(seconds=sum(int(count) * _UNITS[unit] for count, unit in parts))


def check(schedule: str) -> None:
    """Raise ValueError, in words for an operator, unless ``schedule`` can be followed."""
    length = interval(schedule)
    if length is not None:
        if not timedelta(0) < length <= timedelta(days=366):
            raise ValueError(f'"{schedule}" must be longer than nothing and at most a year')
        return
    fields = _NICKNAMES.get(schedule.strip().lower(), schedule).split()
    if len(fields) != 5:
        raise ValueError(
            f'"{schedule}" is neither an interval ("15m", "1h", "1d") nor a cron expression of five fields'
        )
    try:
        triggers = _triggers(schedule, STOCKHOLM)
    except ValueError as error:
        raise ValueError(f'"{schedule}" is not a cron expression: {error}') from None
    if _next_fire(triggers, datetime(2024, 1, 1, tzinfo=UTC)) is None:
        raise ValueError(f'"{schedule}" never comes: there is no such day')


def due(
    sources: Iterable[Source], states: Mapping[str, SourceState], now: datetime, tz: tzinfo = STOCKHOLM
) -> tuple[Source, ...]:
    """The enabled sources to ask now, in the order given; none in its quiet hours."""
    return tuple(source for source in sources if _is_due(source, states.get(source.id), now, tz))


def next_check(  # noqa: PLR0913 - each is one fact of the turn that has ended; the room's door since the first day
    source: Source,
    *,
    now: datetime,
    tz: tzinfo,
    freshness: timedelta | None = None,
    failures: int = 0,
    retry_at: datetime | None = None,
) -> datetime:
    """When to ask a source again, in UTC.

    The schedule gives the time; ``freshness`` (max-age, ttl), ``failures`` in a row and ``retry_at``
    (Retry-After) may put it off, by ``bounds.max_interval`` at most; ``bounds.min_interval`` is the least
    wait. An interval is shortened by a jitter (at most a tenth, at most five minutes; the same for a source
    all day), never lengthened, so that an hourly cron line finds an hourly source due. A cron expression is
    kept to the minute.
    """
    bounds = source.bounds
    length = interval(source.schedule)
    if length is None:
        # A day's grace: an expression was checked when the configuration was read.
        scheduled = _next_fire(_triggers(source.schedule, tz), now) or now + timedelta(days=1)
    else:
        scheduled = now + length - _jitter(source.id, length, now.astimezone(tz))
    put_off = max(
        freshness or timedelta(0),
        (retry_at - now) if retry_at else timedelta(0),
        _back_off(length or bounds.min_interval, failures),
    )
    at = max(scheduled, now + bounds.min_interval, now + min(put_off, bounds.max_interval))
    return _after_quiet(at, source.quiet_hours, tz).astimezone(UTC)


def earliest(
    sources: Iterable[Source], states: Mapping[str, SourceState], now: datetime, tz: tzinfo = STOCKHOLM
) -> datetime | None:
    """When the first of the enabled sources is due, not before ``now``; None where there is none."""
    times = []
    for source in sources:
        if not source.enabled:
            continue
        state = states.get(source.id)
        remembered = None if state is None or _clock_was_wrong(state, now) else state.next_check_at
        times.append(_after_quiet(max(remembered or now, now), source.quiet_hours, tz))
    return min(times).astimezone(UTC) if times else None


def _is_due(source: Source, state: SourceState | None, now: datetime, tz: tzinfo) -> bool:
    if not source.enabled or _after_quiet(now, source.quiet_hours, tz) > now:
        return False
    if state is None or state.next_check_at is None or _clock_was_wrong(state, now):
        return True
    return state.next_check_at <= now


def _clock_was_wrong(state: SourceState, now: datetime) -> bool:
    """A machine that once started with its clock ahead must not wait for that time to come."""
    return state.last_checked_at is not None and state.last_checked_at > now + _CLOCK_SLACK


def _jitter(source_id: str, length: timedelta, local: datetime) -> timedelta:
    digest = hashlib.blake2b(f"{source_id} {local.date()}".encode(), digest_size=4).digest()
    share = int.from_bytes(digest) / 2**32
    return min(length * _JITTER_SHARE, _JITTER_CAP) * share


def _back_off(length: timedelta, failures: int) -> timedelta:
    """Nothing for a first failure, then 2, 4, 8 … intervals; the caller caps it, so it never gives up."""
    if failures < 2:
        return timedelta(0)
    return length * (1 << min(failures - 1, _DOUBLINGS))


def _after_quiet(moment: datetime, quiet: tuple[time, time] | None, tz: tzinfo) -> datetime:
    """``moment``, or the end of the quiet hours in which it falls; these are local, their end is outside."""
    if quiet is None:
        return moment
    start, end = quiet
    local = moment.astimezone(tz)
    clock = local.time()
    over_midnight = start > end
    within = (clock >= start or clock < end) if over_midnight else start <= clock < end
    if not within:
        return moment
    day = local.date() + timedelta(days=1 if over_midnight and clock >= start else 0)
    # The hour that summer time's end repeats: stay in the same pass of it.
    return max(moment, datetime.combine(day, end, tzinfo=tz).replace(fold=local.fold))


def _next_fire(triggers: tuple[CronTrigger, ...], now: datetime) -> datetime | None:
    """The first time after ``now``, not at it."""
    after = now + timedelta(microseconds=1)
    times = [trigger.get_next_fire_time(None, after) for trigger in triggers]
    found = [at.astimezone(UTC) for at in times if at is not None]
    return min(found) if found else None


@lru_cache(maxsize=256)
def _triggers(schedule: str, tz: tzinfo) -> tuple[CronTrigger, ...]:
    """An expression as triggers of which the first to fire counts; ValueError where it is none."""
    text = schedule.strip().lower()
    minute, hour, day, month, weekday = _NICKNAMES.get(text, text).split()
    common = {"minute": minute, "hour": hour, "month": month, "timezone": tz}
    weekday = _weekdays(weekday)
    if "*" in (day[:1], weekday[:1]):
        return (CronTrigger(day=day, day_of_week=weekday, **common),)
    return (CronTrigger(day=day, **common), CronTrigger(day_of_week=weekday, **common))


def _weekdays(field: str) -> str:
    """A weekday field as names, since APScheduler 3 counts from Monday where crontab counts from Sunday."""
    if field == "*":
        return field
    days: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, dash, last = span.partition("-")
        low = 0 if span == "*" else _weekday(first)
        high = 6 if span == "*" or (step and not last) else _weekday(last or first)
        if high < low or (dash and not last) or (step and not (step.isascii() and step.isdigit() and int(step))):
            raise ValueError(f'"{part}" is no range of weekdays')
        days.update(number % 7 for number in range(low, high + 1, int(step or 1)))
    return ",".join(_WEEKDAYS[number] for number in sorted(days))


def _weekday(text: str) -> int:
    if text in _WEEKDAYS:
        return _WEEKDAYS.index(text)
    if text.isascii() and text.isdigit() and int(text) <= 7:
        return int(text)
    raise ValueError(f'"{text}" is no weekday (0–7 or mon, tue, …)')
