"""What the turns of a run share: the hosts with their turnstiles, who we are, and which addresses are allowed."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx

from aggregator import urls
from aggregator.fetch.addresses import Gate, system_resolver
from aggregator.fetch.turn import Turn
from aggregator.fetch.turnstile import Turnstile
from aggregator.model import HostState

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from aggregator.fetch.addresses import Resolver
    from aggregator.model import Bounds
    from aggregator.urls import Parts


_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))


@dataclass(frozen=True, slots=True)
class Network:
    """How names become addresses and whose certificates are believed; tests bring their own."""

    resolver: Resolver = system_resolver
    tls: ssl.SSLContext | None = None


class Fetcher:
    """The only HTTP client, shared by the threads of a run.

    ``user_agent`` begins with the product token that robots.txt files may name. ``allow_private`` holds the exact
    (host, port) pairs, as they stand in addresses, that may be private, on odd ports, or reached from https by
    http. ``hosts`` is what earlier runs learned, by ``scheme://host:port``; ``now`` serves every time that is
    stored, while pauses and deadlines follow the monotonic clock.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        now: Callable[[], datetime],
        allow_private: frozenset[tuple[str, int]] = frozenset(),
        hosts: Mapping[str, HostState] = MappingProxyType({}),
        network: Network = Network(),
    ) -> None:
        self.user_agent = quote(re.sub(r"[\x00-\x1f\x7f]", "", user_agent).strip(), safe=_PRINTABLE)
        token = re.match(r"[A-Za-z_-]+", self.user_agent)
        if token is None:
            raise ValueError(f"the user agent {user_agent!r} does not begin with a product token")
        self.token = token[0]
        self.now = now
        self.gate = Gate(allow_private, network.resolver)
        self.closing = threading.Event()
        self._tls = network.tls or httpx.create_ssl_context()
        self._hosts = dict(hosts)
        self._stiles: dict[str, Turnstile] = {}
        self._lock = threading.Lock()

    def turn(self, bounds: Bounds) -> Turn:
        """Begin one source's turn; its ``source_deadline`` runs from here."""
        return Turn(self, bounds)

    def stile(self, target: Parts) -> Turnstile:
        """The turnstile before the host of ``target``."""
        host = urls.host(target.text())
        with self._lock:
            if host not in self._stiles:
                state = self._hosts.get(host) or HostState(host=host)
                self._stiles[host] = Turnstile(state, self.gate, self._tls)
            return self._stiles[host]

    def host_states(self) -> tuple[HostState, ...]:
        """What was learned of hosts since this was last asked, or since the beginning: for the caller to keep."""
        with self._lock:
            stiles = tuple(self._stiles.values())
        changed = []
        for stile in stiles:
            state = stile.state
            if state != stile.saved:
                stile.saved = state
                changed.append(state)
        return tuple(changed)

    def close(self) -> None:
        """Close every connection; requests under way in other threads end with a Failure."""
        self.closing.set()
        with self._lock:
            stiles = tuple(self._stiles.values())
        for stile in stiles:
            stile.close()
