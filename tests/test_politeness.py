"""May we ask again, and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.politeness import (
    MAX_CRAWL_DELAY,
    MAX_RETRY_AFTER,
    Robots,
    backoff,
    cache_control,
    freshness,
    http_date,
    retry_after,
)

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
US = "OrebroAggregator"
SITE = "https://site.example"


def robots(text: str) -> Robots:
    return Robots.parse(text.encode(), 200)


def allowed(text: str, path: str) -> bool:
    return robots(text).allows(SITE + path, US)


def test_the_longest_match_wins_whatever_the_order() -> None:
    for rules in (
        "Allow: /nyheter/\nDisallow: /nyheter/arkiv/\nDisallow: /",
        "Disallow: /\nDisallow: /nyheter/arkiv/\nAllow: /nyheter/",
    ):
        text = f"User-agent: *\n{rules}\n"
        assert allowed(text, "/nyheter/a")
        assert not allowed(text, "/nyheter/arkiv/a")
        assert not allowed(text, "/annat")


def test_allow_wins_a_tie() -> None:
    assert allowed("User-agent: *\nDisallow: /sida\nAllow: /sida\n", "/sida")


def test_our_own_group_replaces_the_one_for_all() -> None:
    text = "User-agent: *\nDisallow: /\n\nUser-agent: orebroaggregator\nDisallow: /privat\n"
    assert allowed(text, "/nyheter")
    assert not allowed(text, "/privat")


def test_groups_of_one_agent_merge_across_blank_lines_and_other_groups() -> None:
    text = "User-agent: OREBROAGGREGATOR\n\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n"
    text += "\nUser-agent: OrebroAggregator\nDisallow: /b\n"
    assert not allowed(text, "/a")
    assert not allowed(text, "/b")
    assert allowed(text, "/c")


def test_several_agents_may_share_a_group() -> None:
    text = "User-agent: a\nUser-agent: OrebroAggregator\nUser-agent: b\nDisallow: /x\n"
    assert not allowed(text, "/x")


@pytest.mark.parametrize("name", ["Orebro", "Aggregator", "OrebroAggregatorX", "My-OrebroAggregator", "o"])
def test_a_group_for_an_agent_with_a_similar_name_is_not_ours(name: str) -> None:
    assert allowed(f"User-agent: {name}\nDisallow: /\n", "/x")


@pytest.mark.parametrize("name", ["OrebroAggregator/1.0", "orebroaggregator # we", "OrebroAggregator "])
def test_a_version_or_comment_after_our_name_does_not_hide_it(name: str) -> None:
    assert not allowed(f"User-agent: {name}\nDisallow: /\n", "/x")


def test_paths_are_case_sensitive_and_field_names_are_not() -> None:
    text = "USER-AGENT: *\nDISALLOW: /Nyheter\n"
    assert not allowed(text, "/Nyheter")
    assert allowed(text, "/nyheter")


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ("/vård", "/v%C3%A5rd"),
        ("/v%c3%a5rd", "/v%C3%A5rd"),
        ("/~red", "/%7Ered"),
        ("/%7Ered", "/~red"),
        ("/a%2fb", "/a%2Fb"),
    ],
)
def test_paths_are_compared_percent_encoded(rule: str, path: str) -> None:
    assert not allowed(f"User-agent: *\nDisallow: {rule}\n", path)


def test_an_encoded_slash_is_not_a_slash() -> None:
    assert allowed("User-agent: *\nDisallow: /a/b\n", "/a%2Fb")


@pytest.mark.parametrize(
    ("rule", "path", "expected"),
    [
        ("/*.pdf$", "/fil.pdf", False),
        ("/*.pdf$", "/fil.pdf?x=1", True),
        ("/*/arkiv", "/nyheter/arkiv/1", False),
        ("/*?sida=", "/nyheter?sida=2", False),
        ("", "/allt", True),
        ("/", "/", False),
    ],
)
def test_star_and_dollar_mean_what_the_standard_says(rule: str, path: str, expected: bool) -> None:
    assert allowed(f"User-agent: *\nDisallow: {rule}\n", path) is expected


def test_robots_txt_itself_is_always_allowed() -> None:
    assert allowed("User-agent: *\nDisallow: /\n", "/robots.txt")
    assert Robots.parse(b"", 503).allows(SITE + "/robots.txt", US)
    assert not Robots.parse(b"", 503).allows(SITE + "/arkiv/robots.txt", US)


def test_a_byte_order_mark_does_not_hide_the_first_group() -> None:
    assert not Robots.parse(b"\xef\xbb\xbfUser-agent: *\nDisallow: /x\n", 200).allows(SITE + "/x", US)


def test_sitemap_lines_are_read_anywhere_and_never_end_a_group() -> None:
    text = (
        "Sitemap: https://site.example/a.xml\nUser-agent: *\nSitemap: https://site.example/b.xml\n"
        "Disallow: /x\nSitemap: https://site.example/a.xml\nDisallow: /y\n"
    )
    assert robots(text).sitemaps == ("https://site.example/a.xml", "https://site.example/b.xml")
    assert not allowed(text, "/x")
    assert not allowed(text, "/y")


@pytest.mark.parametrize("eol", ["\n", "\r", "\r\n"])
def test_every_line_ending_is_one_and_nothing_else_is(eol: str) -> None:
    assert not allowed(f"User-agent: *{eol}Disallow: /x{eol}", "/x")
    assert allowed("User-agent: x\nDisallow: /a\u2028User-agent: *\u2028Disallow: /\n", "/x")


def test_a_rule_in_latin_1_means_the_address_with_that_byte() -> None:
    found = Robots.parse(b"User-agent: *\nDisallow: /v\xe5rd\n", 200)
    assert not found.allows(SITE + "/v%E5rd", US)
    assert found.allows(SITE + "/vxrd", US)


@given(st.binary(max_size=300), st.text(max_size=50))
def test_no_robots_txt_and_no_address_make_it_raise(body: bytes, path: str) -> None:
    found = Robots.parse(b"User-agent: *\nDisallow: " + body, 200)
    assert found.allows(SITE + path, US) in (True, False)
    assert len(found.sitemaps) <= len(body)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 302])
def test_a_robots_txt_that_is_not_there_allows_all(status: int) -> None:
    assert Robots.parse(b"User-agent: *\nDisallow: /\n", status).allows(SITE + "/x", US)


@pytest.mark.parametrize("status", [500, 502, 503, 599, 429, None])
def test_a_robots_txt_that_cannot_be_had_disallows_all(status: int | None) -> None:
    found = Robots.parse(b"User-agent: *\nAllow: /\n", status)
    assert found.refused
    assert not found.allows(SITE + "/x", US)


def test_a_web_page_in_place_of_robots_txt_forbids_nothing() -> None:
    assert allowed("<!doctype html><html><body><p>Sidan finns inte: /</p></body></html>", "/x")


def test_rules_are_read_up_to_500_kib_at_least() -> None:
    filler = b"# fyllnad\n" * (500 * 1024 // 10)
    body = b"User-agent: *\n" + filler[: 500 * 1024 - 60] + b"\nDisallow: /sist\n"
    assert not Robots.parse(body, 200).allows(SITE + "/sist", US)


def test_a_rule_that_the_size_limit_cuts_in_two_is_left_out() -> None:
    body = b"User-agent: *\n" + b"Disallow: /abcdefghijklmnopqrstu\n" * 40_000
    found = Robots.parse(body, 200)
    assert found.allows(SITE + "/abcdef", US)
    assert not found.allows(SITE + "/abcdefghijklmnopqrstu", US)


def test_crawl_delay_is_taken_from_our_group_and_capped() -> None:
    text = "User-agent: *\nCrawl-delay: 10\n\nUser-agent: OrebroAggregator\nCrawl-delay: 2.5\n"
    assert robots(text).crawl_delay(US) == timedelta(seconds=2.5)
    assert robots("User-agent: *\nCrawl-delay: 86400\n").crawl_delay(US) == MAX_CRAWL_DELAY
    assert robots("User-agent: *\nCrawl-delay: snart\n").crawl_delay(US) is None
    assert robots("User-agent: *\nCrawl-delay: -1\n").crawl_delay(US) is None
    assert robots("").crawl_delay(US) is None


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("1.5", 1.5),
        ("30, 120", 120),
        ("Sun, 01 Mar 2026 12:05:00 GMT", 300),
        ("Sunday, 01-Mar-26 12:05:00 GMT", 300),
        ("Sun Mar  1 12:05:00 2026", 300),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("9" * 5000, MAX_RETRY_AFTER.total_seconds()),
        ("Fri, 01 Jan 2100 00:00:00 GMT", MAX_RETRY_AFTER.total_seconds()),
    ],
)
def test_retry_after_is_seconds_or_a_date_never_past_and_never_beyond_two_days(header: str, seconds: float) -> None:
    assert retry_after(header, NOW) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize("header", [None, "", "snart", "-5", "1e9", "٣", "Sun, 99 Mar 2026 12:05:00 GMT"])
def test_a_retry_after_that_cannot_be_read_says_nothing(header: str | None) -> None:
    assert retry_after(header, NOW) is None


@given(st.text(max_size=120))
def test_no_header_text_makes_the_readers_raise(text: str) -> None:
    at = retry_after(text, NOW)
    assert at is None or NOW <= at <= NOW + MAX_RETRY_AFTER
    http_date(text)
    left = freshness({"cache-control": text, "expires": text, "age": text, "date": text}, NOW)
    assert left is None or left > timedelta(0)


def test_back_off_doubles_up_to_its_cap_and_is_the_same_each_time_it_is_asked() -> None:
    base, cap = timedelta(minutes=10), timedelta(days=2)
    pauses = [backoff(n, base, cap, "na") for n in range(40)]
    assert pauses[0] == timedelta(0)
    for number, pause in enumerate(pauses[1:], start=1):
        whole = min(base * 2 ** min(number - 1, 20), cap)
        assert whole * 0.75 <= pause <= whole
    assert pauses == [backoff(n, base, cap, "na") for n in range(40)]


def test_sources_that_failed_together_do_not_return_together() -> None:
    pauses = {backoff(3, timedelta(minutes=10), timedelta(days=2), f"källa-{n}") for n in range(50)}
    assert len(pauses) == 50


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "public, max-age=600"}, 600),
        ({"cache-control": 'MAX-AGE="600", max-age=60'}, 600),
        ({"cache-control": "max-age=600", "age": "100"}, 500),
        ({"cache-control": "max-age=600", "expires": "Sun, 01 Mar 2026 18:00:00 GMT"}, 600),
        ({"expires": "Sun, 01 Mar 2026 12:10:00 GMT"}, 600),
        ({"expires": "Sun, 01 Mar 2026 13:10:00 GMT", "date": "Sun, 01 Mar 2026 13:00:00 GMT"}, 600),
        ({"cache-control": "max-age=" + "9" * 300}, 365 * 86400),
    ],
)
def test_freshness_is_max_age_or_expires_less_the_age(headers: dict[str, str], seconds: int) -> None:
    assert freshness(headers, NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"cache-control": "no-cache, max-age=600"},
        {"cache-control": "no-store, max-age=600"},
        {"cache-control": "max-age=0"},
        {"cache-control": "max-age=-1"},
        {"cache-control": "max-age=600", "age": "601"},
        {"cache-control": "max-age", "expires": "Sun, 01 Mar 2026 18:00:00 GMT"},
        {"cache-control": "s-maxage=600"},
        {"expires": "0"},
        {"expires": "Sun, 01 Mar 2026 11:00:00 GMT"},
    ],
)
def test_what_is_stale_or_says_nothing_gives_no_freshness(headers: dict[str, str]) -> None:
    assert freshness(headers, NOW) is None


def test_cache_control_is_read_without_regard_to_case_and_quotes() -> None:
    assert cache_control({"cache-control": 'No-Store, private="x", max-age = 5'}) == {
        "no-store": None,
        "private": "x",
        "max-age": "5",
    }
