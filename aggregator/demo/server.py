"""The region on loopback: one small HTTP server per site, each on a port of its own."""

from __future__ import annotations

import gzip
import hashlib
import socket
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from aggregator.demo.answers import missing
from aggregator.demo.pieces import EPOCHS
from aggregator.demo.sites import SITES, respond

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aggregator.demo.answers import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One request as it was answered."""

    epoch: int
    site: str
    path: str
    """With its query."""
    status: int
    conditional: bool
    agent: str


class Region:
    """The served region: addresses, the epoch that it shows, and the log of what it was asked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hits: list[Hit] = []
        self._asked: Counter[tuple[int, str, str]] = Counter()
        self._epoch = 0
        self._closing = threading.Event()
        self._servers = {name: _Server(self, name) for name in SITES}
        self.addresses: Mapping[str, str] = MappingProxyType(
            {name: f"http://127.0.0.1:{server.server_port}" for name, server in self._servers.items()}
        )

    def base(self, site: str) -> str:
        """A site's address, "http://127.0.0.1:PORT", without a slash at its end."""
        return self.addresses[site]

    @property
    def epoch(self) -> int:
        """Which of ``EPOCHS`` the sites show: 0, 1 or 2."""
        return self._epoch

    @epoch.setter
    def epoch(self, epoch: int) -> None:
        if not 0 <= epoch < len(EPOCHS):
            raise ValueError(f"there are {len(EPOCHS)} epochs, and {epoch} is none of them")
        self._epoch = epoch

    @property
    def requests(self) -> tuple[Hit, ...]:
        """Everything asked so far, in the order of the answers."""
        with self._lock:
            return tuple(self._hits)

    @property
    def closing(self) -> bool:
        """Whether the region is being taken down, so that endless answers end."""
        return self._closing.is_set()

    def answer(self, site: str, target: str) -> Answer:
        """What ``site`` says to a GET of ``target`` (path and query) at the present epoch."""
        epoch = self._epoch
        with self._lock:
            self._asked[epoch, site, target] += 1
            first = self._asked[epoch, site, target] == 1
        return respond(site, target, epoch=epoch, bases=self.addresses, first=first)

    def note(self, hit: Hit) -> None:
        """Add to the log."""
        with self._lock:
            self._hits.append(hit)

    def start(self) -> None:
        """Serve, a thread per site."""
        for name, server in self._servers.items():
            threading.Thread(target=server.serve_forever, args=(0.05,), name=f"demo-{name}", daemon=True).start()

    def close(self) -> None:
        """Stop serving and close every connection."""
        self._closing.set()
        for server in self._servers.values():
            server.shutdown()
            server.server_close()
            server.hang_up()


@contextmanager
def serve() -> Iterator[Region]:
    """Serve the recorded region on 127.0.0.1 for as long as the block lasts."""
    region = Region()
    region.start()
    try:
        yield region
    finally:
        region.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, region: Region, site: str) -> None:
        self.region = region
        self.site = site
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._open_lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._open_lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End what a client keeps alive, so that the threads behind it end too."""
        with self._open_lock:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:  # the client was quicker
                    continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up in the middle is no news here: the hostile pages ask for it."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 20
    server: _Server

    def do_GET(self) -> None:
        answer = self.server.region.answer(self.server.site, self.path) or missing()
        headers = {"Content-Type": answer.media_type, **answer.headers}
        if answer.etag and answer.status == 200 and answer.drip is None:
            headers["ETag"] = f'W/"{hashlib.sha256(answer.body).hexdigest()[:20]}"'
        if answer.modified_at is not None:
            headers["Last-Modified"] = format_datetime(answer.modified_at.astimezone(UTC), usegmt=True)
        status = 304 if answer.status == 200 and self._current(headers) else answer.status
        self._note(status)
        if answer.drip is not None:
            self._send_slowly(headers, answer.drip)
        elif status == 304:
            self._send(status, {k: v for k, v in headers.items() if k in {"ETag", "Last-Modified"}}, b"")
        else:
            self._send(status, *self._packed(headers, answer))

    def _current(self, headers: Mapping[str, str]) -> bool:
        """Whether what the client has is what we would send (RFC 9110, section 13.2.2)."""
        known = self.headers.get("If-None-Match")
        if known is not None:
            return headers.get("ETag") in [each.strip() for each in known.split(",")]
        since = self.headers.get("If-Modified-Since")
        if since is None or "Last-Modified" not in headers:
            return False
        return parsedate_to_datetime(headers["Last-Modified"]) <= parsedate_to_datetime(since)

    def _note(self, status: int) -> None:
        self.server.region.note(
            Hit(
                epoch=self.server.region.epoch,
                site=self.server.site,
                path=self.path,
                status=status,
                conditional="If-None-Match" in self.headers or "If-Modified-Since" in self.headers,
                agent=self.headers.get("User-Agent", ""),
            )
        )

    def _packed(self, headers: dict[str, str], answer: Answer) -> tuple[dict[str, str], bytes]:
        if not answer.compressible or "gzip" not in self.headers.get("Accept-Encoding", ""):
            return headers, answer.body
        return {**headers, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}, gzip.compress(
            answer.body, 5, mtime=0
        )

    def _send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _send_slowly(self, headers: Mapping[str, str], drip: Iterator[bytes]) -> None:
        self.close_connection = True
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        for drop in drip:
            if self.server.region.closing:
                return
            self.wfile.write(drop)
            self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing: the region keeps its own log."""
