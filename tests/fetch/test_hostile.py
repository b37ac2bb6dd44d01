"""Hostile and broken origins, a test per S line of the checklist: each ends in a reason, soon, and small."""

from __future__ import annotations

import gzip
import random
import socket
import ssl
import subprocess
import time
import tracemalloc
import zlib
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import brotli
import pytest
import zstandard

from aggregator.fetch import Network
from aggregator.model import Failure, Reason, Request, Snapshot
from tests.fetch.conftest import BOUNDS, TLS, Exchange, Origin, Runs, Served

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from aggregator.model import Bounds

HASTY = replace(BOUNDS, page_deadline=timedelta(seconds=0.3))
MEGABYTE = 1_000_000


def fails(runs: Runs, url: str, bounds: Bounds = BOUNDS) -> Failure:
    answer = runs.turn(bounds).get(Request(url=url))
    assert isinstance(answer, Failure), answer
    assert answer.url == url
    assert answer.detail
    return answer


def comes(runs: Runs, url: str) -> Snapshot:
    answer = runs.turn().get(Request(url=url))
    assert isinstance(answer, Snapshot), answer
    return answer


def resolving(runs: Runs, table: dict[str, Sequence[Sequence[str]]]) -> list[str]:
    """Let names resolve by ``table``, each time to the next answer; the names asked for are returned."""
    asked: list[str] = []

    def resolver(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        answers = table[host]
        return answers[min(asked.count(host), len(answers)) - 1]

    runs.network = Network(resolver, TLS)
    return asked


PRIVATE_HOSTS = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "0.0.0.0",  # noqa: S104 - an address to be refused, not one to listen on
    "2130706433",
    "0x7f.1",
    "0177.1",
    "127.1",
    "[::1]",
    "[::]",
    "[fe80::1]",
    "[fc00::1]",
    "[ff02::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:8.8.8.8]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::]",
    "localhost",
    "intern.localhost",
    "LOCALHOST.",
]


def test_s1_a_private_address_is_refused_however_it_is_written(runs: Runs) -> None:
    for host in PRIVATE_HOSTS:
        failure = fails(runs, f"http://{host}/latest/meta-data/")
        assert (failure.reason, failure.passing) == (Reason.PRIVATE_ADDRESS, False), host


def test_s1_a_redirect_to_a_private_address_is_refused_however_it_is_written(origin: Origin, runs: Runs) -> None:
    for host in PRIVATE_HOSTS:
        url = origin.page("/a", b"", 302, Location=f"http://{host}/x")
        assert fails(runs, url).reason is Reason.PRIVATE_ADDRESS, host


def test_s1_a_redirect_to_another_port_of_the_allowed_host_is_refused(
    serve: Callable[[], Origin], origin: Origin, runs: Runs
) -> None:
    other = serve()
    assert fails(runs, origin.page("/a", b"", 302, Location=other.page("/x"))).reason is Reason.PRIVATE_ADDRESS
    assert other.asked == []


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fe80::1%eth0", "x"])
def test_s1_a_name_that_leads_to_a_private_address_is_refused(runs: Runs, address: str) -> None:
    resolving(runs, {"oskyldig.example": [[address]]})
    assert fails(runs, "http://oskyldig.example/").reason is Reason.PRIVATE_ADDRESS


def test_s1_an_allowed_name_may_be_private_and_the_pair_must_be_exact(origin: Origin, runs: Runs) -> None:
    resolving(runs, {"intranat.example": [["127.0.0.1"]]})
    runs.allow = {("intranat.example", origin.port)}
    origin.page("/a")
    assert comes(runs, f"http://intranat.example:{origin.port}/a").body == b"hej"
    assert origin.asked[-1].headers["Host"] == f"intranat.example:{origin.port}"
    assert fails(runs, f"http://127.0.0.1:{origin.port}/a").reason is Reason.PRIVATE_ADDRESS
    assert fails(runs, "http://intranat.example/a").reason is Reason.PRIVATE_ADDRESS


def test_s1_localhost_can_be_allowed_by_name(origin: Origin, runs: Runs) -> None:
    runs.allow = {("localhost", origin.port)}
    origin.page("/a")
    assert comes(runs, f"http://localhost:{origin.port}/a").body == b"hej"


def test_s1_the_connection_goes_to_the_address_that_was_checked_and_no_name_is_asked_twice_for_it(
    origin: Origin, runs: Runs
) -> None:
    asked = resolving(runs, {"ombunden.example": [["127.0.0.1"], ["10.0.0.1"]]})
    runs.allow = {("ombunden.example", origin.port)}
    comes(runs, origin.page("/a").replace("127.0.0.1", "ombunden.example"))
    assert asked == ["ombunden.example"]


def test_s1_a_name_that_is_bound_anew_to_a_private_address_is_refused_the_next_time(runs: Runs) -> None:
    unroutable = "192.0.2.1"  # documentation space: refused, so nothing is ever sent to it
    resolving(runs, {"ombunden.example": [[unroutable], ["127.0.0.1"]]})
    for _ in range(2):
        assert fails(runs, "http://ombunden.example/").reason is Reason.PRIVATE_ADDRESS


@pytest.mark.parametrize("port", [22, 25, 6379, 8000])
def test_s1_a_port_on_which_no_web_is_served_is_refused(runs: Runs, port: int) -> None:
    asked = resolving(runs, {})
    assert fails(runs, f"http://example.se:{port}/").reason is Reason.BAD_URL
    assert asked == []


def test_s1_a_user_name_in_the_address_is_refused_also_in_a_redirect(origin: Origin, runs: Runs) -> None:
    with_user = origin.page("/b").replace("http://", "http://en:tva@")
    assert fails(runs, with_user).reason is Reason.BAD_URL
    assert fails(runs, origin.page("/a", b"", 302, Location=with_user)).reason is Reason.BAD_URL
    assert origin.pages == ["/a"]


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://example.se/", "gopher://x", "http://[::1"])
def test_s1_a_redirect_to_what_is_no_web_address_is_refused(origin: Origin, runs: Runs, location: str) -> None:
    assert fails(runs, origin.page("/a", b"", 302, Location=location)).reason is Reason.BAD_URL


def test_s1_a_name_without_an_address_has_its_reason(runs: Runs) -> None:
    def resolver(_host: str, _port: int) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    runs.network = Network(resolver, TLS)
    failure = fails(runs, "http://finns-inte.example/")
    assert failure.reason is Reason.ROBOTS_UNREACHABLE
    assert "finns-inte.example cannot be resolved" in failure.detail


def test_s2_redirects_are_followed_five_times_at_most(origin: Origin, runs: Runs) -> None:
    for number in range(7):
        origin.page(f"/{number}", b"", 302, Location=f"/{number + 1}")
    origin.page("/7", b"framme")
    assert comes(runs, origin.url + "/2").body == b"framme"
    assert fails(runs, origin.url + "/1").reason is Reason.REDIRECTS


@pytest.mark.parametrize("location", ["/a", "/a#b", "/b"])
def test_s2_a_redirect_loop_is_noted(origin: Origin, runs: Runs, location: str) -> None:
    origin.page("/b", b"", 302, Location="/a")
    failure = fails(runs, origin.page("/a", b"", 302, Location=location))
    assert failure.reason is Reason.REDIRECTS
    assert "loop" in failure.detail


def test_s2_a_redirect_without_a_location_has_its_reason(origin: Origin, runs: Runs) -> None:
    assert fails(runs, origin.page("/a", b"", 302)).reason is Reason.REDIRECTS


def test_s2_permanent_redirects_alone_move_the_address(origin: Origin, runs: Runs) -> None:
    origin.page("/ny")
    origin.page("/mitt", b"", 308, Location="/ny")
    permanent = comes(runs, origin.page("/gammal", b"", 301, Location="/mitt"))
    assert permanent.permanent_url == permanent.final_url == origin.url + "/ny"
    mixed = comes(runs, origin.page("/annan", b"", 302, Location="/mitt"))
    assert (mixed.permanent_url, mixed.final_url) == (None, origin.url + "/ny")


def test_s2_a_location_in_raw_utf_8_is_followed(origin: Origin, runs: Runs) -> None:
    origin.page("/v%C3%A5rd", b"framme")
    head = "HTTP/1.1 302 Found\r\nLocation: /vård\r\nContent-Length: 0\r\n\r\n".encode()
    assert comes(runs, origin.behave("/a", lambda exchange: exchange.raw(head))).body == b"framme"


def send(response: bytes, exchange: Exchange) -> None:
    exchange.raw(response)


def slow_start(exchange: Exchange) -> None:
    exchange.hang()


def slow_header(exchange: Exchange) -> None:
    exchange.drip(b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 5000, 0.02)


def slow_body(exchange: Exchange) -> None:
    exchange.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
    exchange.drip(b"a" * 5000, 0.02)


def slow_chunks(exchange: Exchange) -> None:
    exchange.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    exchange.drip(b"1\r\na\r\n" * 900, 0.01)


def interim_for_ever(exchange: Exchange) -> None:
    exchange.drip(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 500, 0.005)


@pytest.mark.parametrize("behaviour", [slow_start, slow_header, slow_body, slow_chunks, interim_for_ever])
def test_s3_the_whole_response_has_one_deadline(
    origin: Origin, runs: Runs, behaviour: Callable[[Exchange], None]
) -> None:
    url = origin.behave("/a", behaviour)
    runs.turn().sitemaps(url)
    began = time.monotonic()
    failure = fails(runs, url, HASTY)
    assert time.monotonic() - began < 1.5
    assert (failure.reason, failure.passing) == (Reason.TIMEOUT, True)


def test_s3_redirects_share_the_deadline(origin: Origin, runs: Runs) -> None:
    def slowly(exchange: Exchange) -> None:
        exchange.server.origin.stopping.wait(0.12)
        exchange.reply((302, {"Location": f"/{int(exchange.path[1:]) + 1}"}, b""))

    for number in range(6):
        origin.behave(f"/{number}", slowly)
    assert fails(runs, origin.url + "/0", HASTY).reason is Reason.TIMEOUT


def test_s3_a_name_server_that_does_not_answer_is_not_waited_for(origin: Origin, runs: Runs) -> None:
    def resolver(_host: str, _port: int) -> Sequence[str]:
        origin.stopping.wait(20)
        return ()

    runs.network = Network(resolver, TLS)
    began = time.monotonic()
    assert "in time" in fails(runs, "http://seg.example/", HASTY).detail
    assert time.monotonic() - began < 1.5


def test_s3_a_host_that_takes_no_connection_is_given_up(origin: Origin, runs: Runs) -> None:
    url = origin.page("/a")
    comes(runs, url)
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))  # bound and not listening: refused
        port = deaf.getsockname()[1]
        runs.allow.add(("127.0.0.1", port))
        runs.next()
        assert "no connection" in fails(runs, f"http://127.0.0.1:{port}/").detail


def encoded(coding: str, body: bytes) -> bytes:
    raw = zlib.compressobj(wbits=-15)
    return {
        "gzip": lambda: gzip.compress(body),
        "deflate": lambda: zlib.compress(body),
        "raw deflate": lambda: raw.compress(body) + raw.flush(),
        "br": lambda: brotli.compress(body, quality=5),
        "zstd": lambda: zstandard.compress(body),
    }[coding]()


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw deflate", "br", "zstd"])
def test_s4_a_compressed_page_is_read_and_a_bomb_ends_small(origin: Origin, runs: Runs, coding: str) -> None:
    header = coding.rpartition(" ")[2]
    page = b"nyheter fran lanet " * 20_000
    assert comes(runs, origin.page("/a", encoded(coding, page), Content_Encoding=header)).body == page
    origin.page("/bomb", encoded(coding, b"\0" * 30 * MEGABYTE), Content_Encoding=header)
    tracemalloc.start()
    try:
        failure = fails(runs, origin.url + "/bomb")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (failure.reason, failure.passing) == (Reason.TOO_LARGE, False)
    assert peak < 8 * MEGABYTE


def test_s4_a_page_larger_than_the_cap_is_refused_whatever_length_it_claims(origin: Origin, runs: Runs) -> None:
    def endless(exchange: Exchange) -> None:
        exchange.raw(b"HTTP/1.1 200 OK\r\n\r\n")
        while not exchange.server.origin.stopping.is_set():
            exchange.raw(b"a" * 65_536)

    assert fails(runs, origin.behave("/a", endless)).reason is Reason.TOO_LARGE
    turn = runs.turn()
    turn.get(Request(url=origin.page("/b", b"a" * (3 * MEGABYTE))))
    assert turn.wire_bytes < 2 * MEGABYTE
    exact = replace(BOUNDS, max_page_bytes=5000)
    assert isinstance(runs.turn(exact).get(Request(url=origin.page("/c", b"a" * 5000))), Snapshot)
    assert fails(runs, origin.page("/d", b"a" * 5001), exact).reason is Reason.TOO_LARGE


@pytest.mark.parametrize(
    "response",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhej",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhej",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/ht",
        b"",
    ],
)
def test_s4_a_response_that_is_cut_off_is_a_failure_that_passes(origin: Origin, runs: Runs, response: bytes) -> None:
    failure = fails(runs, origin.behave("/a", lambda exchange: exchange.raw(response)))
    assert (failure.reason, failure.passing) == (Reason.PROTOCOL, True)


def test_s4_a_body_longer_than_its_content_length_is_read_to_that_length(origin: Origin, runs: Runs) -> None:
    response = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhej och HTTP/1.1 200 OK\r\n\r\n"
    assert comes(runs, origin.behave("/a", lambda exchange: exchange.raw(response))).body == b"hej"
    assert comes(runs, origin.page("/b", b"nasta")).body == b"nasta"


@pytest.mark.parametrize(
    "response",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhejhej",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nhej\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 5_000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX\x00Y: a\r\n\r\n",
        b"\x16\x03\x01\x02\x00" + b"\x00" * 600,
    ],
)
def test_s4_what_is_not_http_has_its_reason(origin: Origin, runs: Runs, response: bytes) -> None:
    failure = fails(runs, origin.behave("/a", lambda exchange: exchange.raw(response)))
    assert failure.reason in (Reason.PROTOCOL, Reason.TOO_LARGE)


def test_s8_a_page_that_fails_leaves_the_next_as_it_was(origin: Origin, runs: Runs) -> None:
    turn = runs.turn(HASTY)
    turn.get(Request(url=origin.behave("/a", slow_body)))
    turn.get(Request(url=origin.page("/b", b"\x1f\x8bx", Content_Encoding="gzip")))
    answer = turn.get(Request(url=origin.page("/c", b"hel")))
    assert isinstance(answer, Snapshot)
    assert answer.body == b"hel"


def test_s8_no_garbled_response_makes_the_fetcher_raise(origin: Origin, runs: Runs) -> None:
    chance = random.Random(9309)  # noqa: S311 - the same garbling each time, no secret
    zipped = gzip.compress(b"hej" * 99)
    whole = [
        b'HTTP/1.1 200 OK\r\nETag: "a"\r\nCache-Control: max-age=5\r\nContent-Length: 5\r\n\r\nhejsa',
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhejsa\r\n0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: /b\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 Nej\r\nRetry-After: 9\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + zipped,
    ]
    ends = set()
    for _ in range(150):
        garbled = bytearray(chance.choice(whole))
        for _ in range(chance.randrange(4)):
            place = chance.randrange(len(garbled))
            garbled[place : place + chance.randrange(4)] = chance.randbytes(chance.randrange(4))
        runs.next()
        runs.hosts.clear()
        url = origin.behave("/a", partial(send, bytes(garbled)))
        answer = runs.turn().get(Request(url=url))
        ends.add(answer.reason if isinstance(answer, Failure) else answer.status)
    assert {200, Reason.PROTOCOL, Reason.RETRY_LATER} <= ends


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for sakert.example, made for the occasion."""
    file = tmp_path / "sakert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-keyout", str(file), "-out", str(file), "-days", "2", "-subj", "/CN=sakert.example"]
    command += ["-addext", "subjectAltName=DNS:sakert.example"]
    made = tmp_path / "cert.pem"
    command[command.index("-out") + 1] = str(made)
    try:
        subprocess.run(command, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("no openssl to make a certificate with")
    file.write_bytes(file.read_bytes() + made.read_bytes())
    return file


def over_tls(runs: Runs, origin: Origin, server: Served, certificate: Path) -> str:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    resolving(runs, {"sakert.example": [["127.0.0.1"]], "falskt.example": [["127.0.0.1"]]})
    runs.network = replace(runs.network, tls=ssl.create_default_context(cafile=certificate))
    runs.allow = {("sakert.example", origin.port), ("falskt.example", origin.port)}
    return f"https://sakert.example:{origin.port}"


def test_s1_tls_is_spoken_with_the_name_though_the_connection_goes_to_the_address(
    served: Served, runs: Runs, certificate: Path
) -> None:
    origin = served.origin
    site = over_tls(runs, origin, served, certificate)
    origin.page("/a", b"sakert")
    assert comes(runs, site + "/a").body == b"sakert"
    failure = fails(runs, site.replace("sakert", "falskt") + "/a")
    assert failure.reason is Reason.ROBOTS_UNREACHABLE
    assert "certificate" in failure.detail


def test_s2_https_does_not_redirect_to_http_unless_the_pair_is_allowed(
    served: Served, serve: Callable[[], Origin], runs: Runs, certificate: Path
) -> None:
    origin, plain = served.origin, serve()
    site = over_tls(runs, origin, served, certificate)
    origin.page("/a", b"", 301, Location="http://sakert.example/a")
    assert fails(runs, site + "/a").reason is Reason.REDIRECTS
    runs.allow.add(plain.pair)
    runs.next()
    origin.page("/b", b"", 301, Location=plain.page("/c", b"klartext"))
    assert comes(runs, site + "/b").body == b"klartext"


def test_s3_a_tls_handshake_that_never_ends_has_the_same_deadline(origin: Origin, runs: Runs) -> None:
    url = origin.page("/a").replace("http:", "https:")
    began = time.monotonic()
    failure = fails(runs, url, HASTY)
    assert time.monotonic() - began < 1.5
    assert failure.reason is Reason.ROBOTS_UNREACHABLE
