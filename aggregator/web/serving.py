"""The application on a port: uvicorn, with clients that are slow kept from holding its places."""

from __future__ import annotations

import asyncio
import signal
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from aggregator.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp

    from aggregator.model import Web

HEAD_SECONDS = 10.0
"""From connecting until the whole head of a request is there."""
REST_SECONDS = 60.0
"""From an answer until the head of the next request on the same connection."""
ANSWER_SECONDS = 60.0
"""From the head of a request until its answer has been sent; downloads of the whole archive have longer."""
DOWNLOAD_SECONDS = 1800.0
MOST_WAITING = 128
"""Connections without a request; one more, and the longest waiting is closed."""
MOST_CONNECTIONS = 512
LARGEST_HEAD = 98_304
"""Bytes of a request's head: the address that is allowed at most, and the headers."""
DOWNLOADS = (".csv", ".xlsx", ".jsonl")


class PatientProtocol(H11Protocol):
    """uvicorn's HTTP/1.1, which itself waits for ever for a request that does not come, or an answer not taken.

    A connection waits for a request, then for its answer to be sent; each has its time. Who sends a request at
    once is waiting for no more than a moment, so that it is the idle that are closed when there are too many.
    """

    waiting: ClassVar[dict[PatientProtocol, None]]
    """The longest waiting first; each server has its own."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Somebody has connected."""
        super().connection_made(transport)
        self._wait(HEAD_SECONDS)
        while len(self.waiting) > MOST_WAITING:
            next(iter(self.waiting)).close()

    def connection_lost(self, exc: Exception | None) -> None:
        """They have gone."""
        self._rest()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """Bytes have come: perhaps the head of a request."""
        before = self.cycle
        super().handle_events()
        if self.cycle is not before and not self.cycle.response_complete:
            self._rest()
            long = str(self.scope["path"]).endswith(DOWNLOADS)
            self._deadline = self.loop.call_later(DOWNLOAD_SECONDS if long else ANSWER_SECONDS, self.close)

    def on_response_complete(self) -> None:
        """An answer has been handed over."""
        self._wait(REST_SECONDS)
        super().on_response_complete()

    def close(self) -> None:
        """Break off, unless an answer is still on its way: that has its time first."""
        ahead = self in self.waiting and self.transport.get_write_buffer_size()
        self._rest()
        if ahead:
            self._deadline = self.loop.call_later(ANSWER_SECONDS, self.close)
        else:
            self.transport.abort()

    def _wait(self, seconds: float) -> None:
        self._rest()
        self.waiting[self] = None
        self._deadline = self.loop.call_later(seconds, self.close)

    def _rest(self) -> None:
        self.waiting.pop(self, None)
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def listen(web: Web) -> socket.socket:
    """A socket on the configured address. Raises ConfigError where there can be none, with what to do."""
    where = f"[{web.host}]:{web.port}" if ":" in web.host else f"{web.host}:{web.port}"
    try:
        family, _, _, _, address = socket.getaddrinfo(web.host, web.port, type=socket.SOCK_STREAM)[0]
        # Named, since asyncio sends at once (TCP_NODELAY) only on sockets whose protocol says TCP: else the second
        # packet of an answer waits 40 ms for the first one's acknowledgement.
        found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as error:
        raise ConfigError([f"host: {web.host} is no address of this machine: {_why(error)}"]) from None
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind(address)
        found.listen(1024)
    except OSError as error:
        found.close()
        raise ConfigError(
            [f"{where} cannot be listened on: {_why(error)}; choose another with --port or --host"]
        ) from None
    return found


def server(app: ASGIApp, trusted_proxies: Iterable[str] = ()) -> uvicorn.Server:
    """The server of an application, to be run with sockets."""
    proxies = list(trusted_proxies)
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=type("Patient", (PatientProtocol,), {"waiting": {}}),
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(proxies),
            forwarded_allow_ips=proxies or None,
            limit_concurrency=MOST_CONNECTIONS,
            h11_max_incomplete_event_size=LARGEST_HEAD,
            timeout_keep_alive=int(REST_SECONDS) - 1,
            timeout_graceful_shutdown=1,
        )
    )


def serve_until_stopped(app: ASGIApp, listening: socket.socket, trusted_proxies: Iterable[str] = ()) -> None:
    """Serve until SIGTERM or SIGINT; what is under way has a second to end."""
    # uvicorn raises the signal again when it has closed everything; by itself that would kill the process.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        server(app, trusted_proxies).run(sockets=[listening])


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
