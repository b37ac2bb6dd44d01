"""What holds for a host and not for a page: robots.txt, Retry-After, back-off, turnstile, memory between runs."""

from __future__ import annotations

import itertools
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from aggregator.model import Failure, Reason, Request, Snapshot, Validators
from tests.fetch.conftest import BOUNDS, Exchange, Origin, Runs

if TYPE_CHECKING:
    from collections.abc import Callable

ROBOTS = "/robots.txt"


def robots(origin: Origin, text: str, status: int = 200, **headers: str) -> None:
    origin.page(ROBOTS, text.encode(), status, **headers)


def ask(runs: Runs, url: str) -> Snapshot | Failure:
    return runs.turn().get(Request(url=url))


def reason(runs: Runs, url: str) -> Reason | None:
    answer = ask(runs, url)
    return answer.reason if isinstance(answer, Failure) else None


def times_asked(origin: Origin, path: str = ROBOTS) -> int:
    return [asked.path for asked in origin.asked].count(path)


def test_r1_robots_is_fetched_before_the_first_page_once_and_obeyed(origin: Origin, runs: Runs) -> None:
    robots(origin, "User-agent: *\nDisallow: /privat\n")
    failure = ask(runs, origin.page("/privat/a"))
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.passing) == (Reason.ROBOTS, False)
    assert reason(runs, origin.page("/a")) is None
    assert [asked.path for asked in origin.asked] == [ROBOTS, "/a"]
    assert origin.asked[0].headers["User-Agent"].startswith("OrebroAggregator/")


def test_r1_the_group_with_our_token_replaces_the_one_for_all(origin: Origin, runs: Runs) -> None:
    robots(origin, "User-agent: *\nDisallow: /\n\nUser-agent: orebroaggregator\nDisallow: /b\n")
    assert reason(runs, origin.page("/a")) is None
    assert reason(runs, origin.page("/b")) is Reason.ROBOTS


def test_r1_robots_txt_itself_may_be_fetched_as_a_page(origin: Origin, runs: Runs) -> None:
    robots(origin, "User-agent: *\nDisallow: /\n")
    assert reason(runs, origin.url + ROBOTS) is None


def test_r1_each_port_has_its_own_robots_txt(serve: Callable[[], Origin], runs: Runs) -> None:
    strict, free = serve(), serve()
    runs.allow |= {strict.pair, free.pair}
    robots(strict, "User-agent: *\nDisallow: /\n")
    assert reason(runs, strict.page("/a")) is Reason.ROBOTS
    assert reason(runs, free.page("/a")) is None


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_r2_no_robots_txt_allows_all(origin: Origin, runs: Runs, status: int) -> None:
    robots(origin, "User-agent: *\nDisallow: /\n", status)
    assert reason(runs, origin.page("/a")) is None


def test_r2_a_robots_txt_that_answers_5xx_disallows_all_and_may_pass(origin: Origin, runs: Runs) -> None:
    robots(origin, "", 500)
    failure = ask(runs, origin.page("/a"))
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.passing) == (Reason.ROBOTS_UNREACHABLE, True)
    assert "500" in failure.detail
    assert origin.pages == []


def test_r2_a_robots_txt_that_never_comes_disallows_all(origin: Origin, runs: Runs) -> None:
    origin.behave(ROBOTS, Exchange.hang)
    turn = runs.turn(replace(BOUNDS, page_deadline=timedelta(seconds=0.2)))
    failure = turn.get(Request(url=origin.page("/a")))
    assert isinstance(failure, Failure)
    assert failure.reason is Reason.ROBOTS_UNREACHABLE


def test_r2_an_unreachable_robots_txt_is_asked_for_once_a_run_and_again_in_the_next(origin: Origin, runs: Runs) -> None:
    robots(origin, "", 500)
    for path in ("/a", "/b", "/c"):
        assert reason(runs, origin.page(path)) is Reason.ROBOTS_UNREACHABLE
    assert times_asked(origin) == 1
    runs.next()
    robots(origin, "")
    assert reason(runs, origin.url + "/a") is None


def test_r2_after_thirty_days_without_an_answer_it_counts_as_absent(origin: Origin, runs: Runs) -> None:
    robots(origin, "", 500)
    url = origin.page("/a")
    assert reason(runs, url) is Reason.ROBOTS_UNREACHABLE
    for days, expected in ((29, Reason.ROBOTS_UNREACHABLE), (2, None)):
        runs.clock.at += timedelta(days=days)
        runs.next()
        assert reason(runs, url) is expected


def test_r2_robots_is_followed_through_redirects_and_holds_for_the_first_host(
    serve: Callable[[], Origin], runs: Runs
) -> None:
    first, second = serve(), serve()
    runs.allow |= {first.pair, second.pair}
    first.page(ROBOTS, b"", 301, Location=second.url + "/regler")
    second.page("/regler", b"User-agent: *\nDisallow: /a\n")
    assert reason(runs, first.page("/a")) is Reason.ROBOTS
    assert reason(runs, second.page("/a")) is None


def test_r2_more_redirects_than_five_count_as_absent(origin: Origin, runs: Runs) -> None:
    origin.page(ROBOTS, b"", 302, Location="/0")
    for number in range(8):
        origin.page(f"/{number}", b"User-agent: *\nDisallow: /\n", 302, Location=f"/{number + 1}")
    assert reason(runs, origin.page("/a")) is None
    assert len(origin.pages) == 6


@pytest.mark.parametrize("location", ["http://10.0.0.1/", "file:///etc/passwd", "/robots.txt", "http://a:b@x.example/"])
def test_r2_a_robots_txt_behind_a_broken_redirect_counts_as_absent(origin: Origin, runs: Runs, location: str) -> None:
    origin.page(ROBOTS, b"", 301, Location=location)
    for path in ("/a", "/b"):
        assert reason(runs, origin.page(path)) is None
    assert times_asked(origin) == 1


def test_r3_robots_is_kept_a_day_across_runs_and_no_longer(origin: Origin, runs: Runs) -> None:
    robots(origin, "User-agent: *\nDisallow: /a\n")
    url = origin.page("/a")
    assert reason(runs, url) is Reason.ROBOTS
    robots(origin, "")
    runs.clock.at += timedelta(hours=23)
    runs.next()
    assert reason(runs, url) is Reason.ROBOTS
    runs.clock.at += timedelta(hours=2)
    runs.next()
    assert reason(runs, url) is None
    assert times_asked(origin) == 2


def test_r3_a_long_run_asks_again_after_a_day(origin: Origin, runs: Runs) -> None:
    url = origin.page("/a")
    assert reason(runs, url) is None
    robots(origin, "User-agent: *\nDisallow: /a\n")
    runs.clock.at += timedelta(hours=25)
    assert reason(runs, url) is Reason.ROBOTS


def test_r3_while_robots_is_unreachable_the_last_one_holds(origin: Origin, runs: Runs) -> None:
    robots(origin, "User-agent: *\nDisallow: /privat\n")
    assert reason(runs, origin.page("/a")) is None
    robots(origin, "", 500)
    runs.clock.at += timedelta(days=3)
    runs.next()
    assert reason(runs, origin.url + "/a") is None
    assert reason(runs, origin.page("/privat")) is Reason.ROBOTS


def test_r3_a_huge_robots_txt_is_read_to_half_a_megabyte_at_least_and_does_no_harm(origin: Origin, runs: Runs) -> None:
    filler = b"# fyllnad\n" * 60_000
    origin.page(ROBOTS, b"User-agent: *\n" + filler[: 500 * 1024 - 40] + b"\nDisallow: /a\n" + filler * 3)
    assert reason(runs, origin.page("/a")) is Reason.ROBOTS


def test_r3_a_redirect_to_another_host_is_checked_against_that_hosts_robots(
    serve: Callable[[], Origin], runs: Runs
) -> None:
    first, second = serve(), serve()
    runs.allow |= {first.pair, second.pair}
    robots(second, "User-agent: *\nDisallow: /b\n")
    assert reason(runs, first.page("/a", b"", 302, Location=second.page("/b"))) is Reason.ROBOTS
    assert second.pages == []


def test_sitemap_lines_are_given_resolved_and_without_a_second_request(origin: Origin, runs: Runs) -> None:
    robots(origin, "Sitemap: /news.xml\nSitemap: https://annan.example/s.xml\nSitemap: mailto:x\n")
    turn = runs.turn()
    assert turn.sitemaps(origin.url + "/x") == (origin.url + "/news.xml", "https://annan.example/s.xml")
    turn.sitemaps(origin.url + "/y")
    assert times_asked(origin) == 1
    assert turn.sitemaps("inget") == ()
    assert turn.sitemaps("http://10.0.0.1/") == ()


def test_h5_retry_after_stops_every_request_to_the_host_in_this_run_and_the_next(origin: Origin, runs: Runs) -> None:
    failure = ask(runs, origin.page("/a", b"", 429, Retry_After="3600"))
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.status) == (Reason.RETRY_LATER, 429)
    until = runs.clock.at + timedelta(hours=1)
    assert failure.retry_at == until
    for wait in (timedelta(0), timedelta(minutes=59)):
        runs.clock.at += wait
        runs.next()
        again = ask(runs, origin.page("/b"))
        assert isinstance(again, Failure)
        assert (again.reason, again.retry_at, again.passing) == (Reason.RETRY_LATER, until, True)
    assert origin.pages == ["/a"]
    runs.clock.at += timedelta(minutes=2)
    runs.next()
    assert reason(runs, origin.url + "/b") is None


@pytest.mark.parametrize("status", [302, 403, 500, 503])
def test_h5_retry_after_counts_on_other_statuses_too(origin: Origin, runs: Runs, status: int) -> None:
    date = "Sun, 01 Mar 2026 13:00:00 GMT"
    url = origin.page("/a", b"", status, Retry_After=date, Location="/b")
    failure = runs.turn(replace(BOUNDS, max_retries=3)).get(Request(url=url))
    assert isinstance(failure, Failure)
    assert failure.retry_at == runs.clock.at + timedelta(hours=1)
    assert origin.pages == ["/a"]


def test_h5_retry_after_on_robots_txt_counts_for_the_host(origin: Origin, runs: Runs) -> None:
    robots(origin, "", 429, Retry_After="60")
    assert reason(runs, origin.page("/a")) is Reason.RETRY_LATER
    assert reason(runs, origin.url + "/a") is Reason.RETRY_LATER
    assert len(origin.asked) == 1


def test_h5_a_past_retry_after_does_not_stop_the_host(origin: Origin, runs: Runs) -> None:
    ask(runs, origin.page("/a", b"", 503, Retry_After="Sun, 01 Mar 2020 13:00:00 GMT"))
    assert reason(runs, origin.page("/b")) is None


def test_h5_too_many_requests_without_a_date_backs_off_longer_each_time(origin: Origin, runs: Runs) -> None:
    url = origin.page("/a", b"", 429)
    waits = []
    for _ in range(4):
        failure = runs.turn(replace(BOUNDS, max_retries=3)).get(Request(url=url))
        assert isinstance(failure, Failure)
        assert failure.retry_at is not None
        waits.append(failure.retry_at - runs.clock.at)
        runs.clock.at = failure.retry_at
        runs.next()
    assert origin.pages == ["/a"] * 4
    assert all(longer > wait * 1.4 for wait, longer in itertools.pairwise(waits))
    origin.page("/a")
    assert reason(runs, url) is None
    runs.next()
    afresh = ask(runs, origin.page("/b", b"", 429))
    assert isinstance(afresh, Failure)
    assert afresh.retry_at is not None
    assert afresh.retry_at - runs.clock.at == waits[0]


@pytest.mark.parametrize("status", [403, 503])
def test_h5_a_burst_of_refusals_leaves_the_host_in_peace_and_one_does_not(
    origin: Origin, runs: Runs, status: int
) -> None:
    urls = [origin.page(f"/{number}", b"", status) for number in range(6)]
    answers = [reason(runs, url) for url in urls]
    assert answers[0] is (Reason.FORBIDDEN if status == 403 else Reason.RETRY_LATER)
    assert answers[3:] == [Reason.RETRY_LATER] * 3
    assert len(origin.pages) == 3


def test_h5_a_page_in_between_ends_a_burst(origin: Origin, runs: Runs) -> None:
    for number in range(4):
        ask(runs, origin.page(f"/{number}", b"", 403))
        assert reason(runs, origin.page(f"/ok{number}")) is None


def test_h7_two_hundred_threads_ask_one_host_one_at_a_time(origin: Origin, runs: Runs) -> None:
    fetcher = runs.next()
    paths = [origin.page(f"/{number}") for number in range(200)]

    def one(url: str) -> bool:
        return isinstance(fetcher.turn(BOUNDS).get(Request(url=url)), Snapshot)

    with ThreadPoolExecutor(200) as pool:
        assert all(pool.map(one, paths))
    assert origin.most_at_once == 1
    assert times_asked(origin) == 1
    assert sorted(origin.pages) == sorted(path.removeprefix(origin.url) for path in paths)


def test_h7_a_pause_lies_between_two_requests_to_a_host_whoever_asks(origin: Origin, runs: Runs) -> None:
    bounds = replace(BOUNDS, min_delay=timedelta(seconds=0.05), jitter=0.5)
    began = time.monotonic()
    for path in ("/a", "/b", "/c"):
        runs.turn(bounds).get(Request(url=origin.page(path)))
    assert time.monotonic() - began >= 3 * 0.05


def test_h7_other_hosts_are_not_waited_for(serve: Callable[[], Origin], runs: Runs) -> None:
    one, other = serve(), serve()
    runs.allow |= {one.pair, other.pair}
    bounds = replace(BOUNDS, min_delay=timedelta(seconds=30))
    runs.fetcher = runs.next()
    robots(one, "")
    for origin in (one, other):
        assert runs.turn(bounds).sitemaps(origin.url + "/") == ()
    assert (len(one.asked), len(other.asked)) == (1, 1)


def test_a_crawl_delay_is_a_floor_of_the_pause(origin: Origin, runs: Runs) -> None:
    robots(origin, "User-agent: *\nCrawl-delay: 0.2\n")
    began = time.monotonic()
    assert reason(runs, origin.page("/a")) is None
    assert time.monotonic() - began >= 0.2


def test_a_pause_longer_than_the_turn_ends_it_at_once(origin: Origin, runs: Runs) -> None:
    robots(origin, "User-agent: *\nCrawl-delay: 50\n")
    began = time.monotonic()
    assert reason(runs, origin.page("/a")) is Reason.DEADLINE
    assert time.monotonic() - began < 5


def test_only_what_moved_is_handed_to_the_next_run(origin: Origin, runs: Runs) -> None:
    fetcher = runs.next()
    url = origin.page("/a")
    fetcher.turn(BOUNDS).get(Request(url=url))
    (state,) = fetcher.host_states()
    assert (state.host, state.robots_status, state.robots_at) == (origin.url, 404, runs.clock.at)
    runs.hosts[state.host] = state
    fetcher.turn(BOUNDS).get(Request(url=url))
    assert fetcher.host_states() == ()
    assert isinstance(runs.next().turn(BOUNDS).get(Request(url=url)), Snapshot)
    assert times_asked(origin) == 1


def test_a_304_with_retry_after_is_still_a_304(origin: Origin, runs: Runs) -> None:
    url = origin.page("/a", b"", 304, Retry_After="60")
    answer = runs.turn().get(Request(url=url, validators=Validators(etag='"x"')))
    assert isinstance(answer, Snapshot)
    assert answer.not_modified


def test_a_contact_in_swedish_letters_can_be_sent(origin: Origin, runs: Runs) -> None:
    fetcher = type(runs.next())(
        user_agent="OrebroAggregator/0.1 (+https://exempel.example/å\n)",
        now=runs.clock,
        allow_private=frozenset({origin.pair}),
    )
    assert isinstance(fetcher.turn(BOUNDS).get(Request(url=origin.page("/a"))), Snapshot)
    fetcher.close()
    assert origin.asked[-1].headers["User-Agent"] == "OrebroAggregator/0.1 (+https://exempel.example/%C3%A5)"


def test_a_user_agent_without_a_product_token_is_a_mistake_of_ours(runs: Runs) -> None:
    fetcher = type(runs.next())
    with pytest.raises(ValueError, match="product token"):
        fetcher(user_agent="(okänd)", now=runs.clock)
