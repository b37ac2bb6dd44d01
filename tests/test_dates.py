"""dates: every way in which regional newsrooms write a date gives the instant that it names, or None."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aggregator import dates
from aggregator.dates import Moment, Said

TZ = ZoneInfo("Europe/Stockholm")
NOW = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
MONTHS_SV = [
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
]
MONTHS_DE = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]


def minute(text: str) -> Moment:
    return Moment(datetime.fromisoformat(text).astimezone(UTC), "minute")


def day(text: str) -> Moment:
    return Moment(datetime.combine(date.fromisoformat(text), time(12), TZ).astimezone(UTC), "day")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-12-16T10:06:00Z", minute("2022-12-16T10:06:00+00:00")),
        ("2022-12-16T10:06:00.123+0100", minute("2022-12-16T10:06:00+01:00")),
        ("2024-10-02 7:05:00 +02:00", minute("2024-10-02T07:05:00+02:00")),
        ("2024-05-16T10:06:00", minute("2024-05-16T10:06:00+02:00")),
        ("20240516T100600Z", minute("2024-05-16T10:06:00+00:00")),
        ("2024-05-16T10:06:00+02:00[Europe/Stockholm]", minute("2024-05-16T10:06:00+02:00")),
        ("Wed, 02 Oct 2024 07:05:00 +0200", minute("2024-10-02T07:05:00+02:00")),
        ("Sat, 16 May 24 10:00:00 GMT", minute("2024-05-16T10:00:00+00:00")),
        ("Sun, 06-Nov-1994 08:49:37 GMT", minute("1994-11-06T08:49:37+00:00")),
        ("Thu May 16 10:06:00 2024", minute("2024-05-16T10:06:00+02:00")),
        ("den 16 maj 2024", day("2024-05-16")),
        ("16 maj 2024 kl. 14.05", minute("2024-05-16T14:05:00+02:00")),
        ("3. mars 2026 kl. 14.05", minute("2026-03-03T14:05:00+01:00")),
        ("kl. 14.05 den 16 maj 2024", minute("2024-05-16T14:05:00+02:00")),
        ("onsdag den 3:e juni 2020 klockan 12:30", minute("2020-06-03T12:30:00+02:00")),
        ("november 2, 2024", day("2024-11-02")),
        ("By on 12 december, 2017", day("2017-12-12")),
        ("Av på 17 juni, 2021", day("2021-06-17")),
        ("Monday, June 17, 2024", day("2024-06-17")),
        ("17th of June 2024", day("2024-06-17")),
        ("Oct 10, 2018 3:57 PM", minute("2018-10-10T15:57:00+02:00")),
        ("Dienstag, 14. Februar 2023", day("2023-02-14")),
        ("14. März 2023, 14:05 Uhr", minute("2023-03-14T14:05:00+01:00")),
        ("Okt 10, 2018 09:00 CEST", minute("2018-10-10T09:00:00+02:00")),
        ("14. MÄRZ 2023, 14:05 UHR", minute("2023-03-14T14:05:00+01:00")),
        ("FÖR 3 TIMMAR SEDAN", minute("2026-11-22T19:00:00+00:00")),
        ("VOR 3 STUNDEN: 2024-05-16t10:06:00z", minute("2024-05-16T10:06:00+00:00")),
        ("Publicerad: 2022-12-16 10:06", minute("2022-12-16T10:06:00+01:00")),
        ("26 februari 2023 kl. 16.50", minute("2023-02-26T16:50:00+01:00")),
        ("Publicerad:12 december 2017", day("2017-12-12")),
        ("Publicerad 08:00 2 maj 2024", minute("2024-05-02T08:00:00+02:00")),
        ("16/5 2024", day("2024-05-16")),
        ("tis, 03/05/2024 - 10:15", minute("2024-03-05T10:15:00+01:00")),
        ("fre, 03/05/2024", day("2024-05-03")),
        ("mån, 03/05/2024", day("2024-05-03")),
        ("fre, 03/15/2024", day("2024-03-15")),
        ("16.05.2024 14:05", minute("2024-05-16T14:05:00+02:00")),
        ("20241124", day("2024-11-24")),
        ("1718632620", minute("2024-06-17T13:57:00+00:00")),
        ("1718632620000", minute("2024-06-17T13:57:00+00:00")),
        ("/Date(1718632620000)/", minute("2024-06-17T13:57:00+00:00")),
        ("24 november 08.19, Trafikolycka, singel, Karlskoga", minute("2025-11-24T08:19:00+01:00")),
        ("22 november 21.10", minute("2026-11-22T21:10:00+01:00")),
        ("igår 14:05", minute("2026-11-21T14:05:00+01:00")),
        ("i dag", day("2026-11-22")),
        ("för 3 timmar sedan", minute("2026-11-22T19:00:00+00:00")),
        ("16/5", day("2026-05-16")),
    ],
)
def test_a_written_date_is_read_as_the_instant_it_names(text: str, expected: Moment) -> None:
    assert dates.parse(text, tz=TZ, reference=NOW) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024",
        "maj 2024",
        "2024-02-30",
        "31 februari 2024",
        "10/31/2024",
        "2024-13-01",
        "2024-05-16T25:00:00",
        "0001-01-01T00:00:00",
        "1970-01-01T00:00:00Z",
        "32 maj 2024",
        "2024-05-16T10:00:00+99:00",
        "019-602 72 00",
        "version 10.12.3",
    ],
)
def test_an_impossible_date_is_none_and_day_and_month_are_never_swapped(text: str) -> None:
    assert dates.parse(text, tz=TZ, reference=NOW) is None


@pytest.mark.parametrize("text", ["24 november 08.19", "igår 14:05", "16/5", "för 2 dagar sedan"])
def test_what_depends_on_the_present_is_none_without_it(text: str) -> None:
    assert dates.parse(text, tz=TZ) is None


def test_an_hour_that_occurs_twice_is_the_first_and_one_that_never_was_moves_on_by_the_gap() -> None:
    assert dates.parse("2024-10-27 02:30", tz=TZ) == minute("2024-10-27T02:30:00+02:00")
    assert dates.parse("2024-10-27 02:30 CET", tz=TZ) == minute("2024-10-27T02:30:00+01:00")
    assert dates.parse("2024-03-31 02:30", tz=TZ) == minute("2024-03-31T03:30:00+02:00")
    assert dates.parse("2024-03-31 01:59", tz=TZ) == minute("2024-03-31T00:59:00+00:00")


def test_a_yearless_date_ahead_of_the_reference_belongs_to_the_year_before() -> None:
    new_year = datetime(2026, 1, 2, 8, 0, tzinfo=UTC)
    assert dates.parse("31 december 23.50", tz=TZ, reference=new_year) == minute("2025-12-31T23:50:00+01:00")
    assert dates.parse("3 januari", tz=TZ, reference=new_year) == day("2026-01-03")


DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@given(DAYS, st.times(), st.sampled_from(["sv", "de", "us", "iso", "rfc"]))
@example(date(2000, 10, 29), time(2, 0, fold=1), "iso")
def test_a_day_and_clock_written_in_any_form_come_back(when: date, clock: time, form: str) -> None:
    hm = f"{clock:%H:%M}"
    text = {
        "sv": f"den {when.day} {MONTHS_SV[when.month - 1]} {when.year} kl. {clock:%H.%M}",
        "de": f"{when.day}. {MONTHS_DE[when.month - 1]} {when.year}, {hm} Uhr",
        "us": f"{MONTHS_SV[when.month - 1].capitalize()} {when.day}, {when.year} {hm}",
        "iso": f"{when.isoformat()} {hm}",
        "rfc": f"{when:%d %b %Y} {hm}:00",
    }[form]
    first = clock.replace(second=0, microsecond=0, fold=0)  # no text tells which of two equal hours it means
    expected = datetime.combine(when, first, TZ).astimezone(UTC)
    assert dates.parse(text, tz=TZ) == Moment(expected, "minute")


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.timezones()))  # noqa: DTZ001 - bounds
def test_an_iso_time_with_its_zone_round_trips(at: datetime) -> None:
    whole = at.replace(microsecond=0)
    offset = whole.utcoffset()
    if offset is not None and offset.total_seconds() % 60 == 0:
        assert dates.parse(whole.isoformat(), tz=TZ) == Moment(whole.astimezone(UTC), "minute")


@given(
    st.from_regex(r"\A(?:19|20|22)\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-6]\d:[0-6]\d(?:\.\d{1,3})?(?:Z|[+-][01]\d:[0-6]\d)\Z")
)
def test_the_standards_form_is_read_alone_as_it_is_in_a_text(text: str) -> None:
    assert dates.parse(text, tz=TZ) == dates.find(f"den {text}", tz=TZ)


@pytest.mark.parametrize("month", MONTHS_SV + MONTHS_DE + ["MARCH", "Maerz", "okt", "dec", "SEPT"])
def test_a_month_is_read_in_any_case(month: str) -> None:
    spellings = (month, month.lower(), month.upper(), month.capitalize())
    read = {dates.parse(f"3 {spelling} 2024", tz=TZ) for spelling in spellings}
    assert len(read) == 1
    assert None not in read


@given(st.text() | st.text(alphabet="0123456789-/:.,TZ+ maj kl Okt") | st.sampled_from(["3 ſept 2024", "/2024/ſep/3/"]))
def test_no_text_raises(text: str) -> None:
    for read in (dates.parse(text, tz=TZ, reference=NOW), dates.find(text, tz=TZ), dates.in_path(text, tz=TZ)):
        assert read is None or read.at.utcoffset() == timedelta(0)
    dates.find_published([text, text], tz=TZ, reference=NOW)


def test_a_long_text_of_impossible_dates_is_read_in_time_linear_in_its_length() -> None:
    assert dates.find("31/31/2024 99 maj 2024 " * 8000, tz=TZ) is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Publicerad: 2022-12-16 10:06", Said.PUBLISHED),
        ("Published: 2024-06-17 15:57", Said.PUBLISHED),
        ("Posted november 2, 2024", Said.PUBLISHED),
        ("Pressmeddelanden • Okt 10, 2018 09:00 CEST", Said.PUBLISHED),
        ("By on 12 december, 2017", Said.PUBLISHED),
        ("Senast uppdaterad: den 16 maj 2024", Said.UPDATED),
        ("Uppdaterad: 2020-09-16", Said.UPDATED),
        ("Senast publicerad: 2016-12-21", Said.UPDATED),
        ("Last updated: Monday, June 17, 2024", Said.UPDATED),
        ("Zuletzt aktualisiert: Dienstag, 14. Februar 2023", Said.UPDATED),
        ("Sidan granskades den 27 augusti 2019", Said.OTHER),
        ("Sista ansökningsdag 3 maj 2024", Said.OTHER),
        ("3 maj 2024", Said.NOTHING),
    ],
)
def test_a_line_says_what_its_date_is(line: str, said: Said) -> None:
    assert [stamp.said for stamp in dates.stamps(line, tz=TZ)] == [said]


def test_one_line_may_hold_both_dates() -> None:
    published, updated = dates.stamps("Publicerad 2 maj 2024, uppdaterad 3 maj 2024 kl 10.15", tz=TZ)
    assert (published.said, published.moment) == (Said.PUBLISHED, day("2024-05-02"))
    assert (updated.said, updated.moment) == (Said.UPDATED, minute("2024-05-03T10:15:00+02:00"))


def test_the_publication_time_is_the_labelled_one_and_never_an_update_or_a_review() -> None:
    lines = ["Senast uppdaterad: den 16 maj 2024", "12 maj 2024", "Publicerad", "2024-05-02 08:00"]
    assert dates.find_published(lines, tz=TZ) == minute("2024-05-02T08:00:00+02:00")
    assert dates.find_published(lines[:2], tz=TZ) == day("2024-05-12")
    assert dates.find_labelled(lines, tz=TZ) == minute("2024-05-02T08:00:00+02:00")
    assert dates.find_labelled(lines[:2], tz=TZ) is None
    assert dates.find_labelled([*lines, "Publicerad 2024-05-03"], tz=TZ) is None
    assert dates.find_updated(lines, tz=TZ) == day("2024-05-16")
    assert dates.find_published(["Sidan granskades den 27 augusti 2019", "Senast uppdaterad 2024-01-02"], tz=TZ) is None


def test_labels_are_told_apart_without_a_date() -> None:
    assert dates.is_updated_label("Senast publicerad:")
    assert dates.is_published_label("Publicerad")
    assert dates.is_published_label("VERÖFFENTLICHT AM")
    assert not dates.is_published_label("Senast uppdaterad")
    assert not dates.is_published_label("Sidan granskades")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/2024/10/31/slug/", day("2024-10-31")),
        ("https://a.example/aktuellt/handelser/2024/november/24/24-november-08.19/", day("2024-11-24")),
        ("https://a.example/nyheter/2023-10-06-uppdatering-2023-05-22.html", day("2023-10-06")),
        ("https://a.example/committees/namnd/mote-2022-02-10", day("2022-02-10")),
        ("https://a.example/20241124-slug", day("2024-11-24")),
        ("https://a.example/2018/05/slug/", None),
        ("https://a.example/?start=20240101", None),
        ("https://a.example/2024/13/31/slug/", None),
    ],
)
def test_the_day_in_an_address(url: str, expected: Moment | None) -> None:
    assert dates.in_path(url, tz=TZ) == expected


def test_a_free_text_gives_its_first_date() -> None:
    text = "Vid mötet den 16 maj 2024 beslutades att 3/4 av medlen ska användas före 2025-01-31."
    assert dates.find(text, tz=TZ) == day("2024-05-16")


def test_nothing_is_published_in_the_future() -> None:
    now = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
    assert dates.settle(dates.parse("2026-11-22", tz=TZ), now) == now
    assert dates.settle(dates.parse("2027-11-22", tz=TZ), now) is None
    assert dates.settle(dates.parse("2026-11-21 10:00", tz=TZ), now) == datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert dates.settle(None, now) is None


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("2024-03-05", True),
        ("Tisdag den 5 mars 2024", True),
        ("Publicerad i går kl. 14.32", True),
        ("Pressmeddelanden • Mar 05, 2024 09:00 CET", True),
        ("5 mars 2024 | Nyheter | Kumla", True),
        ("Publicerat: 5 mars", True),
        ("5 mars", False),
        ("I går kväll", False),
        ("Lördag 5 mars 2024 kl. 18, Stora torget", False),
        ("Lördag 5 mars 2024, Stora torget", False),
        ("Sista ansökningsdag 5 mars 2024", False),
        ("Mellan 5 mars 2024 och 6 april 2024", False),
        ("Bron öppnas för all trafik den 5 mars 2024", False),
        ("Kumla", False),
        ("", False),
    ],
)
def test_a_dateline_is_a_date_with_little_else(line: str, is_one: bool) -> None:
    assert dates.is_dateline(line) is is_one
