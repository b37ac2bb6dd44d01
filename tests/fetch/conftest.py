"""A real origin on loopback, as well or ill behaved as a test wants it."""

from __future__ import annotations

import ssl
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from aggregator.fetch import Fetcher, Network, Turn
from aggregator.fetch.addresses import system_resolver
from aggregator.model import Bounds, HostState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Behaviour = Callable[["Exchange"], None]


@dataclass
class Asked:
    """One request as it arrived."""

    path: str
    headers: Mapping[str, str]


@dataclass
class Origin:
    """What a test server answers by path, and what it was asked."""

    routes: dict[str, tuple[int, Mapping[str, str], bytes] | Behaviour] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    port: int = 0
    at_once: int = 0
    most_at_once: int = 0
    stopping: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pages(self) -> list[str]:
        """The paths asked for, without robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    @property
    def pair(self) -> tuple[str, int]:
        return ("127.0.0.1", self.port)

    def page(self, path: str, body: bytes = b"hej", status: int = 200, **headers: str) -> str:
        """Answer ``path`` so; header names are written with underscores."""
        self.routes[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)
        return self.url + path

    def behave(self, path: str, behaviour: Behaviour) -> str:
        """Let ``behaviour`` write whatever it likes on the connection, which is closed after it."""
        self.routes[path] = behaviour
        return self.url + path


class Exchange(BaseHTTPRequestHandler):
    """One connection of the origin."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Served

    def do_GET(self) -> None:
        origin = self.server.origin
        with origin.lock:
            origin.asked.append(Asked(self.path, dict(self.headers.items())))
            origin.at_once += 1
            origin.most_at_once = max(origin.most_at_once, origin.at_once)
        try:
            self.reply(origin.routes.get(self.path, (404, {}, b"")))
        finally:
            with origin.lock:
                origin.at_once -= 1

    def reply(self, route: tuple[int, Mapping[str, str], bytes] | Behaviour) -> None:
        if callable(route):
            self.close_connection = True
            try:
                route(self)
            except OSError:  # the client hung up, as it should
                return
            return
        status, headers, body = route
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304 and "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.wfile.write(data)
        self.wfile.flush()

    def drip(self, data: bytes, seconds: float) -> None:
        """Send a byte at a time until the client hangs up or the test ends."""
        for byte in data:
            if self.server.origin.stopping.wait(seconds):
                return
            self.raw(bytes([byte]))

    def hang(self) -> None:
        """Say nothing until the test ends."""
        self.server.origin.stopping.wait(20)

    def log_message(self, *_: object) -> None:
        """Nothing: the test asks the origin."""


class Served(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    origin: Origin

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what most of these tests are about."""


@pytest.fixture
def servers() -> Iterator[Callable[[], Served]]:
    """Start a server on a free port; all are stopped after the test."""
    running: list[tuple[Served, threading.Thread]] = []

    def start() -> Served:
        server = Served(("127.0.0.1", 0), Exchange)
        server.origin = Origin(port=server.server_port)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        running.append((server, thread))
        return server

    yield start
    for server, thread in running:
        server.origin.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def serve(servers: Callable[[], Served]) -> Callable[[], Origin]:
    """Start an origin on a free port."""
    return lambda: servers().origin


@pytest.fixture
def served(servers: Callable[[], Served]) -> Served:
    return servers()


@pytest.fixture
def origin(serve: Callable[[], Origin]) -> Origin:
    return serve()


TLS = ssl.create_default_context()
"""Made once, because it takes longer than most of these tests."""

BOUNDS = Bounds(
    min_delay=timedelta(0),
    jitter=0.0,
    max_retries=0,
    page_deadline=timedelta(seconds=5),
    source_deadline=timedelta(seconds=20),
    max_page_bytes=1_000_000,
)


@dataclass
class Clock:
    """The ``now`` that a run is told."""

    at: datetime = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Runs:
    """Makes fetchers as cron runs do: each gets what the one before it learned of hosts."""

    allow: set[tuple[str, int]] = field(default_factory=set)
    clock: Clock = field(default_factory=Clock)
    network: Network = field(default_factory=lambda: Network(system_resolver, TLS))
    hosts: dict[str, HostState] = field(default_factory=dict)
    fetcher: Fetcher | None = None

    def next(self) -> Fetcher:
        """End the run under way, keep its host states, and begin another."""
        self.end()
        self.fetcher = Fetcher(
            user_agent="OrebroAggregator/0.1 (+https://kontakt.example/)",
            now=self.clock,
            allow_private=frozenset(self.allow),
            hosts=dict(self.hosts),
            network=self.network,
        )
        return self.fetcher

    def turn(self, bounds: Bounds = BOUNDS) -> Turn:
        return (self.fetcher or self.next()).turn(bounds)

    def end(self) -> None:
        if self.fetcher is not None:
            self.hosts.update({state.host: state for state in self.fetcher.host_states()})
            self.fetcher.close()
            self.fetcher = None


@pytest.fixture
def runs(origin: Origin) -> Iterator[Runs]:
    """Runs that may talk to ``origin``."""
    made = Runs(allow={origin.pair})
    yield made
    made.end()
