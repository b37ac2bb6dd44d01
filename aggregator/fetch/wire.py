"""The connection itself: made to a checked address, and stopped when its time or its bytes are up.

httpx and httpcore bound each read; a peer that drips a byte now and then lives for ever under such time-outs. Here a
Gauge holds the whole exchange's deadline, and every operation on the socket, TLS handshake included, gets only what is
left of it.
"""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING, Any

import httpcore
import httpx

from aggregator.fetch.stop import Stop
from aggregator.model import Reason

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable, Iterator

    from aggregator.fetch.addresses import Gate

HEADER_BYTES = 131_072
"""What a response may carry beside its body: header fields, chunk sizes, interim responses."""
MIN_BYTES_PER_SECOND = 100
"""A response that has begun and comes slower than this, on average, is given up."""
SLOW_START_SECONDS = 10.0
"""How long a response may be slow before its rate counts."""
CONNECT_SECONDS = 5.0
"""How long one of several addresses is waited for; IPv6 without a route is the usual case."""
KEEPALIVE_SECONDS = 30.0


class Gauge:
    """The time and the bytes of one exchange."""

    def __init__(self, seconds: float, max_bytes: int, *, patience: float = SLOW_START_SECONDS) -> None:
        self._until = time.monotonic() + seconds
        self._patience = patience
        self._seconds = seconds
        self._max_bytes = max_bytes + HEADER_BYTES
        self._begun_at: float | None = None
        self.received = 0
        self.connected = False
        """Whether this exchange made its connection, and did not find one open."""
        self.cut_off = False
        """Whether the peer has closed the connection."""

    def left(self) -> float:
        """Seconds that remain. Raises Stop where none do, or the peer is too slow."""
        now = time.monotonic()
        if now >= self._until:
            raise Stop(Reason.TIMEOUT, f"the response took longer than {self._seconds:.3g} seconds", passing=True)
        if self._begun_at is not None:
            lasted = now - self._begun_at
            if lasted > self._patience and self.received < lasted * MIN_BYTES_PER_SECOND:
                detail = f"only {self.received} bytes came in {lasted:.0f} seconds"
                raise Stop(Reason.TIMEOUT, detail, passing=True)
        return self._until - now

    def took(self, count: int) -> None:
        """Count received bytes. Raises Stop where they are too many."""
        if count == 0:
            self.cut_off = True
        elif self._begun_at is None:
            self._begun_at = time.monotonic()
        self.received += count
        if self.received > self._max_bytes:
            raise Stop(Reason.TOO_LARGE, f"more than {self._max_bytes - HEADER_BYTES} bytes on the wire")


class Stream(httpcore.NetworkStream):
    """A connection whose every operation is bounded by the current exchange's gauge."""

    def __init__(self, inner: httpcore.NetworkStream, backend: Backend) -> None:
        self._inner = inner
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the gauge bounds it
        """Read what there is."""
        gauge = self._backend.gauge
        got = self._inner.read(max_bytes, gauge.left())
        gauge.took(len(got))
        return got

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - the gauge bounds it
        """Write all of it."""
        self._inner.write(buffer, self._backend.gauge.left())

    def close(self) -> None:
        """Close the socket."""
        self._backend.streams.discard(self)
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - the gauge bounds it
    ) -> httpcore.NetworkStream:
        """Shake hands under the name that was asked for, whatever the address."""
        try:
            inner = self._inner.start_tls(ssl_context, server_hostname, self._backend.gauge.left())
        except BaseException as error:
            self.close()
            if isinstance(error, ValueError):  # a name that cannot be sent as SNI
                raise Stop(Reason.TLS, f"TLS cannot be spoken with {server_hostname}: {error}") from error
            raise
        self._inner = inner
        return self

    def get_extra_info(self, info: str) -> Any:
        """As httpcore's streams."""
        return self._inner.get_extra_info(info)


class Backend(httpcore.NetworkBackend):
    """Connects to addresses that the gate has checked, and to no others."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._sockets = httpcore.SyncBackend()
        self.gauge = Gauge(0, 0)
        self.streams: set[Stream] = set()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the gauge bounds it
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve, check, and connect to exactly what was checked, one address after the other."""
        gauge = self.gauge
        gauge.connected = True
        refused: Exception = httpcore.ConnectError("no address")
        addresses = self._gate.addresses(host, port, gauge.left())
        for place, address in enumerate(addresses):
            others = len(addresses) - place - 1
            share = min(gauge.left() / (others + 1), CONNECT_SECONDS) if others else gauge.left()
            try:
                inner = self._sockets.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refused = error
                continue
            stream = Stream(inner, self)
            self.streams.add(stream)
            return stream
        raise refused

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Never: there is no such address on the web."""
        raise httpcore.UnsupportedProtocol(path, timeout, socket_options)

    def sleep(self, seconds: float) -> None:
        """Never needed: httpcore sleeps only before retries of its own, which are off."""
        raise httpcore.UnsupportedProtocol(seconds)

    def abort(self) -> None:
        """Wake whoever waits on these connections, from another thread; they see the peer as gone."""
        for stream in tuple(self.streams):
            sock = stream.get_extra_info("socket")
            if isinstance(sock, socket.socket):
                try:
                    socket.socket.shutdown(sock, socket.SHUT_RDWR)  # not SSLSocket's, which touches its TLS state
                except OSError:  # closed already
                    continue


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class Transport(httpx.BaseTransport):
    """httpx over one kept-alive connection to one host. Raises httpcore's errors and Stop, untranslated."""

    def __init__(self, backend: Backend, tls: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls,
            max_connections=1,
            max_keepalive_connections=1,
            keepalive_expiry=KEEPALIVE_SECONDS,
            network_backend=backend,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send, and give the response with its body still to be read."""
        url = request.url
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            extensions={"timeout": {"pool": 0.0}},
        )
        response = self._pool.handle_request(asked)
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response), extensions=response.extensions
        )

    def close(self) -> None:
        """Close the connection."""
        self._pool.close()
