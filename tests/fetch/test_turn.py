"""Polite, conditional GETs: what is sent, what comes back, what every status means."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from aggregator.model import Failure, Reason, Request, Snapshot, Validators
from tests.fetch.conftest import BOUNDS, Exchange, Origin, Runs

if TYPE_CHECKING:
    from collections.abc import Callable


def got(runs: Runs, url: str, validators: Validators | None = None) -> Snapshot:
    answer = runs.turn().get(Request(url=url, validators=validators or Validators()))
    assert isinstance(answer, Snapshot), answer
    return answer


def failed(runs: Runs, url: str) -> Failure:
    answer = runs.turn().get(Request(url=url))
    assert isinstance(answer, Failure)
    return answer


def test_a_page_comes_back_with_its_body_status_headers_and_our_time(origin: Origin, runs: Runs) -> None:
    url = origin.page("/nyheter", "örebro".encode(), Content_Type="text/html; charset=utf-8")
    snapshot = got(runs, url + "#del")
    assert snapshot.url == url + "#del"
    assert (snapshot.final_url, snapshot.status, snapshot.body) == (url, 200, "örebro".encode())
    assert snapshot.headers["content-type"] == "text/html; charset=utf-8"
    assert snapshot.fetched_at == runs.clock.at
    assert snapshot.keep_body
    assert snapshot.permanent_url is None


def test_the_request_names_us_and_how_to_reach_us_and_sends_no_fragment(origin: Origin, runs: Runs) -> None:
    got(runs, origin.page("/a?b=c") + "#del")
    asked = origin.asked[-1]
    assert asked.path == "/a?b=c"
    assert asked.headers["User-Agent"] == "OrebroAggregator/0.1 (+https://kontakt.example/)"
    assert asked.headers["Host"] == f"127.0.0.1:{origin.port}"
    assert asked.headers["Accept-Encoding"] == "gzip, deflate, br, zstd"
    assert "text/html" in asked.headers["Accept"]
    assert "Cookie" not in asked.headers


def test_an_address_arrives_exactly_as_its_normal_form(origin: Origin, runs: Runs) -> None:
    path = "/v%C3%A5rd--och/'a'(b)%5Bc%5D;d=%7C?q=%22x%22&e=f+g%2Fh"
    got(runs, origin.page(path))
    assert origin.pages == [path]


def test_h1_validators_are_sent_byte_for_byte(origin: Origin, runs: Runs) -> None:
    url = origin.page("/lista", b"", status=304)
    etag, modified = 'W/"\xe5 a,b--gzip"', "Sön 1 mar 2026, ungefär".encode().decode("latin-1")
    snapshot = got(runs, url, Validators(etag=etag, last_modified=modified))
    assert snapshot.not_modified
    assert snapshot.body == b""
    assert origin.asked[-1].headers["If-None-Match"] == etag
    assert origin.asked[-1].headers["If-Modified-Since"] == modified


def test_h1_without_validators_no_condition_is_sent(origin: Origin, runs: Runs) -> None:
    got(runs, origin.page("/lista", ETag='"x"'))
    assert not {"If-None-Match", "If-Modified-Since"} & set(origin.asked[-1].headers)


def test_a_remembered_validator_cannot_smuggle_a_header_into_the_request(origin: Origin, runs: Runs) -> None:
    got(runs, origin.page("/lista"), Validators(etag='"a"\r\nX-Evil: 1', last_modified="\u2028"))
    assert not {"X-Evil", "If-None-Match", "If-Modified-Since"} & set(origin.asked[-1].headers)


def test_h2_the_validators_of_an_answer_are_those_it_came_with_byte_for_byte(origin: Origin, runs: Runs) -> None:
    url = origin.page("/lista", ETag='W/"\xe5"', Last_Modified="när som helst".encode().decode("latin-1"))
    validators = got(runs, url).validators
    assert validators.etag == 'W/"\xe5"'
    got(runs, url, validators)
    assert origin.asked[-1].headers["If-None-Match"] == 'W/"\xe5"'
    origin.page("/lista", b"", status=304, ETag='"ny"')
    assert got(runs, url, validators).validators.etag == '"ny"'


def test_h2_a_304_to_a_request_without_conditions_is_a_fault(origin: Origin, runs: Runs) -> None:
    failure = failed(runs, origin.page("/lista", b"", status=304))
    assert (failure.reason, failure.status) == (Reason.UNEXPECTED_304, 304)


def test_h6_no_store_keeps_no_body(origin: Origin, runs: Runs) -> None:
    assert not got(runs, origin.page("/a", Cache_Control="private, No-Store")).keep_body
    assert got(runs, origin.page("/b", Cache_Control="max-age=60")).keep_body


def test_repeated_fields_are_joined_single_ones_are_the_first_and_cookies_are_left_out(
    origin: Origin, runs: Runs
) -> None:
    head = (
        b"HTTP/1.1 200 OK\r\nETag: a\r\nETag: b\r\nVary: x\r\nvary: y\r\nSet-Cookie: s=1\r\nContent-Length: 0\r\n\r\n"
    )
    headers = got(runs, origin.behave("/a", lambda exchange: exchange.raw(head))).headers
    assert (headers["etag"], headers["vary"]) == ("a", "x, y")
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    ("status", "reason", "passing"),
    [
        (400, Reason.HTTP_ERROR, False),
        (401, Reason.FORBIDDEN, False),
        (403, Reason.FORBIDDEN, False),
        (404, Reason.NOT_FOUND, False),
        (408, Reason.HTTP_ERROR, True),
        (410, Reason.GONE, False),
        (429, Reason.RETRY_LATER, True),
        (451, Reason.FORBIDDEN, False),
        (500, Reason.SERVER_ERROR, True),
        (503, Reason.RETRY_LATER, True),
        (599, Reason.SERVER_ERROR, True),
        (206, Reason.PROTOCOL, False),
        (300, Reason.HTTP_ERROR, False),
    ],
)
def test_every_unusable_status_has_its_reason(
    origin: Origin, runs: Runs, status: int, reason: Reason, passing: bool
) -> None:
    failure = failed(runs, origin.page("/a", status=status))
    assert (failure.reason, failure.status, failure.passing) == (reason, status, passing)
    assert str(status) in failure.detail


def test_a_failure_that_passes_is_tried_again_within_the_turn_and_others_are_not(origin: Origin, runs: Runs) -> None:
    answers = iter([500, 502, 200])

    def flaky(exchange: Exchange) -> None:
        exchange.reply((next(answers), {"Connection": "close"}, b"hej"))

    turn = runs.turn(replace(BOUNDS, max_retries=2))
    assert isinstance(turn.get(Request(url=origin.behave("/a", flaky))), Snapshot)
    turn.get(Request(url=origin.page("/saknas", status=404)))
    assert origin.pages == ["/a", "/a", "/a", "/saknas"]
    assert turn.requests == 5
    assert turn.wire_bytes > 5 * len("HTTP/1.1 200 OK\r\n\r\n")


def test_tries_end_at_max_retries(origin: Origin, runs: Runs) -> None:
    turn = runs.turn(replace(BOUNDS, max_retries=1))
    failure = turn.get(Request(url=origin.page("/a", status=500)))
    assert isinstance(failure, Failure)
    assert origin.pages == ["/a", "/a"]


def test_requests_to_one_host_share_a_connection(origin: Origin, runs: Runs) -> None:
    ports = set()

    def note(exchange: Exchange) -> None:
        exchange.close_connection = False
        ports.add(exchange.client_address[1])
        exchange.reply((404 if exchange.path == "/c" else 200, {}, b"hej" * 1000))

    for path in ("/robots.txt", "/a", "/b", "/c", "/d"):
        origin.behave(path, note)
    for path in ("/a", "/b", "/c", "/d"):
        runs.turn().get(Request(url=origin.url + path))
    assert len(ports) == 1


def test_a_kept_connection_that_the_server_closed_costs_no_failure(origin: Origin, runs: Runs) -> None:
    url = origin.page("/a")
    got(runs, url)

    def close_first(exchange: Exchange) -> None:
        if len(origin.pages) == 2:
            exchange.connection.close()
            return
        exchange.reply((200, {}, b"igen"))

    origin.behave("/a", close_first)
    assert got(runs, url).body == b"igen"


def test_a_turn_ends_at_its_deadline(origin: Origin, runs: Runs) -> None:
    url = origin.behave("/a", Exchange.hang)
    turn = runs.turn(replace(BOUNDS, source_deadline=timedelta(seconds=0.3), max_retries=5))
    assert timedelta(0) < turn.time_left() <= timedelta(seconds=0.3)
    for _ in range(2):
        failure = turn.get(Request(url=url))
        assert isinstance(failure, Failure)
        assert (failure.reason, failure.passing) == (Reason.DEADLINE, True)
    assert turn.time_left() == timedelta(0)
    assert origin.pages == ["/a"]


def test_a_closed_fetcher_breaks_off_what_is_under_way(origin: Origin, runs: Runs) -> None:
    fetcher = runs.next()
    url = origin.behave("/a", lambda exchange: (fetcher.close(), exchange.hang())[0])
    failure = fetcher.turn(BOUNDS).get(Request(url=url))
    assert isinstance(failure, Failure)
    assert failure.reason is Reason.DEADLINE
    assert "stopped" in failure.detail


@pytest.mark.parametrize("url", ["", "mailto:x@example.se", "http://", "file:///etc/passwd", "//a/b", "http://[::1/"])
def test_s1_what_is_no_web_address_is_not_asked_for(runs: Runs, url: str) -> None:
    assert failed(runs, url).reason is Reason.BAD_URL


def test_many_sources_share_a_fetcher_and_each_counts_its_own(serve: Callable[[], Origin], runs: Runs) -> None:
    one, other = serve(), serve()
    runs.allow |= {one.pair, other.pair}
    first, second = runs.turn(), runs.turn()
    first.get(Request(url=one.page("/a")))
    second.get(Request(url=other.page("/a")))
    second.get(Request(url=other.page("/b")))
    assert (first.requests, second.requests) == (2, 3)
