"""schedule: what is due, and when next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator import schedule
from aggregator.model import Bounds, Source, SourceState

TZ = ZoneInfo("Europe/Stockholm")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SOURCE = Source(id="tidningen", name="Tidningen", url="https://tidningen.example/")
HOUR = timedelta(hours=1)


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=TZ)


def scheduled(expression: str, **given_: object) -> Source:
    return replace(SOURCE, schedule=expression, **given_)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("15m", 900), ("1h", 3600), ("1h30m", 5400), ("1d", 86_400), ("2W", 1_209_600), (" 45s ", 45)],
)
def test_an_interval_is_a_number_with_a_unit(text: str, seconds: int) -> None:
    assert schedule.interval(text) == timedelta(seconds=seconds)
    schedule.check(text)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "0m", "15", "1x", "9999d", "* * * *", "61 * * * *", "0 0 31 2 *", "* * * * 8", "* * * * 5-2",
     "* * * * */0", "* * * * mon-", "*/0 * * * *", "0 0 * * måndag", "a b c d e", "٣m", "0 0 * * ²"],
)  # fmt: skip
def test_a_schedule_that_cannot_be_followed_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"interval|cron|longer|never"):
        schedule.check(text)


@given(st.text(max_size=30))
def test_any_text_is_followed_or_refused(text: str) -> None:
    try:
        schedule.check(text)
    except ValueError:
        assert text not in ("1h", "* * * * *")
    else:
        assert schedule.next_check(scheduled(text), now=NOW, tz=TZ) > NOW


def test_an_hourly_source_is_due_at_the_next_run_of_an_hourly_cron_line() -> None:
    for number in range(200):
        source = replace(SOURCE, id=f"s{number}")
        at = schedule.next_check(source, now=NOW, tz=TZ)
        assert timedelta(minutes=55) <= at - NOW <= HOUR


def test_jitter_spreads_sources_and_is_the_same_when_asked_again() -> None:
    times = [schedule.next_check(replace(SOURCE, id=f"s{n}"), now=NOW, tz=TZ) for n in range(50)]
    assert times == [schedule.next_check(replace(SOURCE, id=f"s{n}"), now=NOW, tz=TZ) for n in range(50)]
    assert len(set(times)) > 40


@pytest.mark.parametrize(
    ("expression", "now", "then"),
    [
        ("0 7 * * *", local(2026, 11, 22, 12, 0), local(2026, 11, 23, 7, 0)),
        ("30 6 * * 0", local(2026, 11, 23, 12, 0), local(2026, 11, 29, 6, 30)),
        ("30 6 * * 7", local(2026, 11, 23, 12, 0), local(2026, 11, 29, 6, 30)),
        ("0 8 * * mon-fri", local(2026, 11, 21, 9, 0), local(2026, 11, 23, 8, 0)),
        ("0 8 * * 1-5", local(2026, 11, 21, 9, 0), local(2026, 11, 23, 8, 0)),
        ("0 8 * * */3", local(2026, 11, 22, 9, 0), local(2026, 11, 25, 8, 0)),
        ("0 0 13 * 5", local(2026, 11, 22, 9, 0), local(2026, 11, 27, 0, 0)),
        ("@daily", local(2026, 11, 22, 9, 0), local(2026, 11, 23, 0, 0)),
        ("0 7 * * *", local(2026, 11, 22, 7, 0), local(2026, 11, 23, 7, 0)),
        ("0 7 * * *", local(2026, 3, 28, 8, 0), local(2026, 3, 29, 7, 0)),
        ("0 7 * * *", local(2026, 10, 24, 8, 0), local(2026, 10, 25, 7, 0)),
    ],
)
def test_a_cron_expression_means_what_crontab_says_in_local_time(
    expression: str, now: datetime, then: datetime
) -> None:
    assert schedule.next_check(scheduled(expression), now=now, tz=TZ) == then


def test_an_expression_in_the_hour_that_summer_time_skips_still_comes_that_day() -> None:
    at = schedule.next_check(scheduled("30 2 * * *"), now=local(2026, 3, 28, 12, 0), tz=TZ)
    assert at.astimezone(TZ).date() == local(2026, 3, 29, 0, 0).date()


def test_an_expression_in_the_hour_that_summer_time_repeats_comes_once_a_day() -> None:
    first = schedule.next_check(scheduled("30 2 * * *"), now=local(2026, 10, 24, 12, 0), tz=TZ)
    second = schedule.next_check(scheduled("30 2 * * *"), now=first + timedelta(hours=2), tz=TZ)
    assert (second - first) > timedelta(hours=23)


def test_what_the_site_says_puts_the_check_off_but_not_beyond_the_bound() -> None:
    day = schedule.next_check(SOURCE, now=NOW, tz=TZ, freshness=timedelta(hours=6))
    assert day == NOW + timedelta(hours=6)
    year = schedule.next_check(SOURCE, now=NOW, tz=TZ, freshness=timedelta(days=365))
    assert year == NOW + SOURCE.bounds.max_interval


def test_retry_after_is_obeyed_up_to_the_bound_and_a_past_one_is_nothing() -> None:
    later = NOW + timedelta(hours=5)
    assert schedule.next_check(SOURCE, now=NOW, tz=TZ, retry_at=later) == later
    assert schedule.next_check(SOURCE, now=NOW, tz=TZ, retry_at=NOW + timedelta(days=90)) == NOW + timedelta(days=2)
    past = schedule.next_check(SOURCE, now=NOW, tz=TZ, retry_at=NOW - timedelta(days=90))
    assert past == schedule.next_check(SOURCE, now=NOW, tz=TZ)


def test_a_listing_is_not_asked_again_within_the_least_interval() -> None:
    busy = scheduled("1m", bounds=Bounds(min_interval=timedelta(minutes=10)))
    assert schedule.next_check(busy, now=NOW, tz=TZ) == NOW + timedelta(minutes=10)


def test_back_off_grows_to_the_bound_and_never_gives_up() -> None:
    waits = [schedule.next_check(SOURCE, now=NOW, tz=TZ, failures=n) - NOW for n in range(1, 2000, 7)]
    assert waits == sorted(waits)
    assert waits[0] <= HOUR
    assert waits[-1] == SOURCE.bounds.max_interval


@given(
    st.integers(0, 10_000),
    st.one_of(st.none(), st.timedeltas()),
    st.one_of(st.none(), st.integers(0, 200_000_000_000).map(lambda s: datetime.fromtimestamp(s, UTC))),
    st.sampled_from(["1m", "1h", "7d", "0 3 * * *"]),
)
def test_the_next_check_is_always_ahead_and_never_out_of_reach(
    failures: int, freshness: timedelta | None, retry_at: datetime | None, expression: str
) -> None:
    source = scheduled(expression, quiet_hours=(time(23), time(5)))
    at = schedule.next_check(source, now=NOW, tz=TZ, freshness=freshness, failures=failures, retry_at=retry_at)
    assert NOW < at <= NOW + timedelta(days=8)


@pytest.mark.parametrize(
    ("quiet", "now", "then"),
    [
        ((time(23), time(5)), local(2026, 11, 22, 22, 30), local(2026, 11, 23, 5, 0)),
        ((time(23), time(5)), local(2026, 11, 23, 2, 30), local(2026, 11, 23, 5, 0)),
        ((time(1), time(6)), local(2026, 11, 23, 2, 30), local(2026, 11, 23, 6, 0)),
        ((time(23), time(2, 30)), local(2026, 3, 28, 22, 30), local(2026, 3, 29, 3, 30)),
    ],
)
def test_nothing_falls_in_the_quiet_hours(quiet: tuple[time, time], now: datetime, then: datetime) -> None:
    assert schedule.next_check(scheduled("1h", quiet_hours=quiet), now=now, tz=TZ) == then


def test_quiet_hours_that_end_in_the_repeated_hour_never_send_time_backwards() -> None:
    quiet = scheduled("20m", quiet_hours=(time(23), time(2, 30)))
    now = datetime(2026, 10, 25, 0, 55, tzinfo=UTC)  # 02:55, the first of two
    assert schedule.next_check(quiet, now=now, tz=TZ) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def state(**given_: object) -> dict[str, SourceState]:
    return {"tidningen": SourceState(source_id="tidningen", **given_)}


def test_due_are_the_enabled_whose_time_has_come_and_those_never_asked() -> None:
    assert schedule.due([SOURCE], {}, NOW) == (SOURCE,)
    assert schedule.due([SOURCE], state(), NOW) == (SOURCE,)
    assert schedule.due([SOURCE], state(next_check_at=NOW), NOW) == (SOURCE,)
    assert schedule.due([SOURCE], state(next_check_at=NOW + timedelta(seconds=1)), NOW) == ()
    assert schedule.due([replace(SOURCE, enabled=False)], {}, NOW) == ()


def test_a_source_in_its_quiet_hours_is_not_due() -> None:
    quiet = replace(SOURCE, quiet_hours=(time(23), time(5)))
    night = local(2026, 11, 23, 1, 0)
    assert schedule.due([quiet], {}, night, TZ) == ()
    assert schedule.due([quiet], {}, local(2026, 11, 23, 5, 0), TZ) == (quiet,)


def test_a_check_set_by_a_clock_that_stood_ahead_is_not_waited_for() -> None:
    ahead = state(last_checked_at=NOW + timedelta(days=400), next_check_at=NOW + timedelta(days=401))
    assert schedule.due([SOURCE], ahead, NOW) == (SOURCE,)


def test_earliest_is_when_the_first_source_is_due() -> None:
    other = replace(SOURCE, id="andra")
    states = state(next_check_at=NOW + HOUR) | {"andra": SourceState(source_id="andra", next_check_at=NOW + 2 * HOUR)}
    assert schedule.earliest([other, SOURCE], states, NOW) == NOW + HOUR
    assert schedule.earliest([SOURCE], {}, NOW) == NOW
    assert schedule.earliest([replace(SOURCE, enabled=False)], {}, NOW) is None
    quiet = replace(SOURCE, quiet_hours=(time(12), time(15)))
    assert schedule.earliest([quiet], {}, NOW, TZ) == local(2026, 11, 22, 15, 0)
