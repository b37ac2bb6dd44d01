"""One request and its response on one host: no redirects, no robots, no retries; those are the turn's."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import httpcore
import httpx

from aggregator.fetch.decode import ACCEPTED, decoded
from aggregator.fetch.stop import NETWORK_ERRORS, Stop, stop_for
from aggregator.fetch.wire import Backend, Gauge, Transport
from aggregator.model import Reason

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator, Mapping

    from aggregator.fetch.addresses import Gate
    from aggregator.urls import Parts

MAX_FIELDS = 200
"""Header fields in a response; the busiest real sites send about sixty."""
DRAIN_BYTES = 65_536
"""An unwanted body up to this size is read, so that the connection can be used again."""

_SINGLE = frozenset({"etag", "last-modified", "location", "content-type", "retry-after", "expires", "date", "age"})
"""Fields that may stand once; of repeated ones the first counts."""
_SENDABLE = re.compile(r"[\x21-\x7e\x80-\xff](?:[\x20-\x7e\x80-\xff\t]*[\x21-\x7e\x80-\xff])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What one exchange is to do."""

    target: Parts
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    seconds: float
    max_bytes: int
    keep_bytes: int | None = None
    """Where given, a longer body is cut here, and not refused: robots.txt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A response as it came."""

    status: int
    headers: Mapping[str, str]
    """Lower-case names, values byte for byte as Latin-1; repeated fields joined by ", "."""
    body: bytes
    """Decoded; empty unless the status is 2xx."""


class Line:
    """The connection to one host. Not for two threads at once: the turnstile sees to it."""

    def __init__(self, gate: Gate, tls: ssl.SSLContext) -> None:
        self._backend = Backend(gate)
        self._transport = Transport(self._backend, tls)
        self.requests = 0
        self.wire_bytes = 0

    def send(self, call: Call) -> Answer:
        """Ask once; twice where a kept-alive connection turns out to have been closed (RFC 9112, 9.3.1).

        Raises Stop.
        """
        gauge = Gauge(call.seconds, call.max_bytes)
        try:
            return self._once(call, gauge)
        except NETWORK_ERRORS as error:
            if gauge.connected or gauge.received:
                raise stop_for(error, cut_off=gauge.cut_off) from error
        gauge = Gauge(gauge.left(), call.max_bytes)
        try:
            return self._once(call, gauge)
        except NETWORK_ERRORS as error:
            raise stop_for(error, cut_off=gauge.cut_off) from error

    def _once(self, call: Call, gauge: Gauge) -> Answer:
        self._backend.gauge = gauge
        self.requests += 1
        try:
            request = httpx.Request("GET", call.target._replace(fragment=None, userinfo=None).text(), headers=())
        except httpx.InvalidURL as error:
            raise Stop(Reason.BAD_URL, f"the address cannot be sent: {error}") from error
        request.headers.update([(name.encode("ascii"), value.encode("latin-1")) for name, value in _fields(call)])
        try:
            response = self._transport.handle_request(request)
            try:
                return _read(call, response, gauge)
            finally:
                response.close()
        finally:
            self.wire_bytes += gauge.received

    def abort(self) -> None:
        """Break off what is under way, from another thread."""
        self._backend.abort()

    def close(self) -> None:
        """Close the connection."""
        self._transport.close()


def decode_text(value: str) -> str:
    """Read a header value as UTF-8 where it is that: what servers put into Location beside ASCII."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def sendable(value: str) -> bool:
    """Whether a remembered validator can stand in a request; nothing else may slip into its headers."""
    return _SENDABLE.fullmatch(value) is not None


def _fields(call: Call) -> list[tuple[str, str]]:
    return [("Host", call.target.netloc), *call.headers.items(), ("Accept-Encoding", ACCEPTED)]


def _read(call: Call, response: httpx.Response, gauge: Gauge) -> Answer:
    raw = response.headers.raw
    if len(raw) > MAX_FIELDS:
        raise Stop(Reason.PROTOCOL, f"the response has {len(raw)} header fields")
    headers = _headers(raw)
    status = response.status_code
    if not 200 <= status < 300:
        _drain(response)
        return Answer(status=status, headers=headers, body=b"")
    pieces: list[bytes] = []
    total = 0
    keep = call.max_bytes if call.keep_bytes is None else call.keep_bytes
    for piece in decoded(_wire(response, call.max_bytes), headers.get("content-encoding", ""), call.max_bytes):
        gauge.left()
        pieces.append(piece)
        total += len(piece)
        if call.keep_bytes is not None and total >= keep:
            break
    return Answer(status=status, headers=headers, body=b"".join(pieces)[:keep])


def _wire(response: httpx.Response, max_bytes: int) -> Iterator[bytes]:
    """The body as it comes, at most ``max_bytes`` of it. Content-Length may lie; nothing is believed of it."""
    total = 0
    for piece in response.iter_raw():
        total += len(piece)
        if total > max_bytes:
            raise Stop(Reason.TOO_LARGE, f"more than {max_bytes} bytes on the wire")
        yield piece


def _drain(response: httpx.Response) -> None:
    """Read a body that nobody wants, if it is short; a failure meanwhile only costs the connection."""
    total = 0
    try:
        for piece in response.iter_raw():
            total += len(piece)
            if total > DRAIN_BYTES:
                return
    except (Stop, httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException):
        return


def _headers(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name_bytes, value_bytes in raw:
        name, value = name_bytes.decode("latin-1").lower(), value_bytes.decode("latin-1")
        if name == "set-cookie":  # cookies are neither used nor kept
            continue
        if name not in found:
            found[name] = value
        elif name not in _SINGLE:
            found[name] = f"{found[name]}, {value}"
    return found
