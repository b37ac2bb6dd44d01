"""Which network addresses may be connected to: only those of the public Internet, and the pairs that are allowed."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from typing import TYPE_CHECKING

from aggregator import urls
from aggregator.fetch.stop import Stop
from aggregator.model import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Resolver = Callable[[str, int], Sequence[str]]
    """(host, port) → IP addresses; raises OSError where there are none."""

PORTS = frozenset({80, 443, 8080, 8443})
"""Ports on which the web is served; others only where the configuration names the pair."""

_CLOSED_V4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
            *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        ),
    )
)
"""IANA's special-purpose registry, multicast and reserved space."""
_OPEN_V6 = ipaddress.IPv6Network("2000::/3")
"""All global unicast that IANA has handed out; what lies outside (fc00::/7, fe80::/10, ::ffff:0:0/96, …) is not."""
_CLOSED_V6 = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
"""Protocol assignments (Teredo), documentation, 6to4."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

_LOOKUPS = threading.BoundedSemaphore(64)
"""Lookups under way: the operating system's cannot be cancelled, so a dead resolver must not gather threads."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public Internet; NAT64 addresses by the IPv4 address inside."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        return ip in _OPEN_V6 and not any(ip in net for net in _CLOSED_V6)
    return not any(ip in net for net in _CLOSED_V4)


def system_resolver(host: str, port: int) -> tuple[str, ...]:
    """Ask the operating system."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


class Gate:
    """Decides on every address, before anything is sent and once more when a connection is made."""

    def __init__(self, allow_private: frozenset[tuple[str, int]], resolver: Resolver) -> None:
        written = (f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host, port in allow_private)
        self._allowed = frozenset(urls.host_port(text) for text in written)
        self._resolver = resolver

    def allows_private(self, host: str, port: int) -> bool:
        """Whether the configuration names exactly this pair, which then may be private and on any port."""
        return (host, port) in self._allowed

    def check(self, target: urls.Parts) -> None:
        """Refuse what its text alone condemns. Raises Stop: BAD_URL or PRIVATE_ADDRESS."""
        if target.userinfo is not None:
            raise Stop(Reason.BAD_URL, "the address carries a user name or password")
        if self.allows_private(target.host, target.port):
            return
        is_local = target.host == "localhost" or target.host.endswith(".localhost")  # always loopback (RFC 6761)
        if is_local or (is_literal(target.host) and not is_public(target.host)):
            raise Stop(Reason.PRIVATE_ADDRESS, f"{target.host} is not an address of the public Internet")
        if target.port not in PORTS:
            raise Stop(Reason.BAD_URL, f"port {target.port} is not one on which the web is served")

    def addresses(self, host: str, port: int, seconds: float) -> tuple[str, ...]:
        """Give the IP addresses of ``host`` that may be connected to.

        Raises Stop: DNS where the name has none or the answer takes longer than ``seconds``, PRIVATE_ADDRESS
        where it has none on the public Internet.
        """
        found = (host,) if is_literal(host) else _resolved(self._resolver, host, port, seconds)
        if self.allows_private(host, port):
            return found
        public = tuple(address for address in found if is_public(address))
        if not public:
            raise Stop(Reason.PRIVATE_ADDRESS, f"{host} leads to {', '.join(found)[:200]}, which is not public")
        return public


def is_literal(host: str) -> bool:
    """Whether a host in normal form is an IP address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _resolved(resolver: Resolver, host: str, port: int, seconds: float) -> tuple[str, ...]:
    """Resolve in a thread of its own, because the operating system's lookup knows no deadline."""
    answer: queue.SimpleQueue[tuple[str, ...] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answer.put(tuple(resolver(host, port)))
        except (OSError, UnicodeError) as error:  # UnicodeError: a label that the IDNA codec refuses
            answer.put(error)
        finally:
            _LOOKUPS.release()

    late = Stop(Reason.DNS, f"the name {host} was not resolved in time", passing=True)
    if not _LOOKUPS.acquire(timeout=seconds):
        raise late
    threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
    try:
        found = answer.get(timeout=seconds)
    except queue.Empty:
        raise late from None
    if isinstance(found, OSError | UnicodeError):
        said = getattr(found, "strerror", None) or found
        raise Stop(Reason.DNS, f"the name {host} cannot be resolved: {said}", passing=True)
    if not found:
        raise Stop(Reason.DNS, f"the name {host} has no address", passing=True)
    return found
