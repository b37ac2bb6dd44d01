"""Pickups in words and as a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from aggregator.model import Pickup, Release, Tag, TagKind
from aggregator.render.impact import (
    IMPACT_KEYS,
    IMPACT_NAMES,
    delay_told,
    impact_rows,
    impact_texts,
    pickup_told,
    quotes_told,
    release_json,
    share_told,
)

AT = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
PICKUP = Pickup(
    guid="tag:example.org,2026-07-01:genomslag/0",
    article_id=2,
    source_id="bladet",
    outlet="Exempelbladet",
    title="Ny rubrik",
    url="https://bladet.example/a",
    published_at=AT + timedelta(hours=3),
    delay=timedelta(hours=3),
    by_day=False,
    words=200,
    carried=145,
    added=20,
    quotes=2,
    quotes_kept=1,
    headline_changed=True,
    found_at=AT,
    updated_at=AT,
)
RELEASE = Release(
    article_id=1,
    guid="tag:example.org,2026-07-01:press/0",
    title="=SUMMA(A1)",
    url="https://press.example/a",
    sender="Region Exempel",
    source_id="press",
    outlet="Pressrummet",
    published_at=AT,
    stands_in=False,
    tags=(Tag(kind=TagKind.THEME, name="hälsa", score=1.0),),
    pickups=(PICKUP,),
)


@pytest.mark.parametrize(
    ("delay", "by_day", "told"),
    [
        (timedelta(0), False, "samtidigt"),
        (timedelta(minutes=1), False, "1 minut senare"),
        (timedelta(minutes=59), False, "59 minuter senare"),
        (timedelta(hours=1), False, "1 timme senare"),
        (timedelta(hours=47), False, "47 timmar senare"),
        (timedelta(days=3, hours=2), False, "3 dagar senare"),
        (timedelta(hours=-3), False, "3 timmar före"),
        (timedelta(hours=5), True, "samma dag"),
        (timedelta(hours=25), True, "1 dag senare"),
    ],
)
def test_a_delay_is_told_in_the_unit_that_says_enough(delay: timedelta, told: str, *, by_day: bool) -> None:
    assert delay_told(delay, by_day=by_day) == told


@pytest.mark.parametrize(
    ("share", "told"), [(0.725, "72 %"), (1, "100 %"), (0.999, "99 %"), (0.001, "1 %"), (0, "0 %")]
)
def test_a_share_is_told_in_whole_percent_and_only_the_whole_is_a_hundred(share: float, told: str) -> None:
    assert share_told(share) == f"{told} ordagrant"


def test_a_pickup_is_told_in_a_line() -> None:
    assert pickup_told(PICKUP) == "72 % ordagrant, 3 timmar senare, 1 av 2 citat kvar, ny rubrik"
    assert quotes_told(0, 0) == ""


def test_the_table_has_a_row_for_each_pickup_and_one_for_a_release_without() -> None:
    alone = replace(RELEASE, pickups=())
    rows = list(impact_rows([RELEASE, alone]))
    assert [len(row) for row in rows] == [len(IMPACT_KEYS)] * 2
    assert len(IMPACT_NAMES) == len(IMPACT_KEYS)
    assert (rows[0][IMPACT_KEYS.index("percent")], rows[1][IMPACT_KEYS.index("percent")]) == (72, None)


def test_as_texts_programs_get_utc_and_people_swedish_time() -> None:
    [machine], [human] = impact_texts([RELEASE]), impact_texts([RELEASE], local=True)
    at = IMPACT_KEYS.index("sent_at")
    assert (machine[at], human[at]) == ("2026-07-01T08:00:00Z", "2026-07-01 10:00")
    hours = IMPACT_KEYS.index("delay_hours")
    assert (machine[hours], human[hours]) == ("3.0", "3,0")


def test_as_json_shares_are_numbers_and_delays_seconds() -> None:
    found = release_json(RELEASE)
    assert (found["themes"], found["pickups"][0]["share"], found["pickups"][0]["delay_seconds"]) == (
        ["hälsa"],
        0.725,
        10_800,
    )
