"""What the configuration says of access, made ready: sessions, hashes, throttles."""

from __future__ import annotations

import secrets
import time
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from aggregator.model import Public
from aggregator.web.access import PUBLIC, Viewer
from aggregator.web.signing.hashing import Verifier
from aggregator.web.signing.secrets import secret_of
from aggregator.web.signing.sessions import Sessions
from aggregator.web.signing.throttle import Throttle

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from aggregator.model import Staff, Web
    from aggregator.web.signing.sessions import Session

EVERYONE = "open"
"""What forms are bound to where nobody signs in."""
ONES_TRIES, ONES_SECONDS = 10, 60.0
"""Under one name: so many tries at once, then one in so many seconds."""
ADDRESS_TRIES, ADDRESS_SECONDS = 20, 30.0
"""From one address, likewise."""


class TooOften(Exception):  # noqa: N818 - what somebody did
    """There were too many tries; ``seconds`` until the next."""

    def __init__(self, seconds: float) -> None:
        self.seconds = int(seconds) + 1
        super().__init__(f"try again in {self.seconds} s")


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens on ``host``."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_open(web: Web) -> bool:
    """Whether everyone is staff: nothing is said of access, and only this machine reaches the site."""
    return is_loopback(web.host) and web.public is None and not web.staff and not web.trusted_proxies


class Desk:
    """Where one is asked who one is. Raises ConfigError where the key that signs cookies cannot be kept."""

    def __init__(self, web: Web, archive: Path, now: Callable[[], datetime]) -> None:
        self.open = is_open(web)
        self.shown = web.public or Public.FEEDS
        self.has_staff = bool(web.staff)
        path = Path(web.secret_file or f"{archive}.secret")
        self.sessions = Sessions(secret_of(path) if web.staff else secrets.token_bytes(32), web, now)
        self._verifier = Verifier(web.staff)
        self._names = Throttle(tries=ONES_TRIES, every=ONES_SECONDS, clock=time.monotonic)
        self._addresses = Throttle(tries=ADDRESS_TRIES, every=ADDRESS_SECONDS, clock=time.monotonic)

    def by_password(self, name: str, password: str, address: str) -> Staff | None:
        """The one of this name, if the password is theirs. Raises TooOften."""
        key, place = name.strip().casefold()[:200], network_of(address)
        wait = self._addresses.take(place) or self._names.take(key)
        if wait:
            raise TooOften(wait)
        person = self._verifier.by_password(name, password)
        if person is not None:
            self._names.forget(key)
            self._addresses.give_back(place)
        return person

    def by_token(self, token: str, address: str) -> Staff | None:
        """The one whose token it is. Raises TooOften."""
        known = self._verifier.remembers(token)
        if known is not None:
            return known
        place = network_of(address)
        wait = self._addresses.take(place)
        if wait:
            raise TooOften(wait)
        person = self._verifier.by_token(token)
        if person is not None:
            self._addresses.give_back(place)
        return person

    def viewer_of(self, session: Session) -> Viewer:
        """One who has signed in in a browser."""
        token = self.sessions.form_token(session.id)
        return Viewer(may_read_texts=True, name=session.name, csrf=token, bound_to=session.id)

    def anyone(self, *, here: bool) -> Viewer:
        """One who has not; ``here`` says that the request comes from this very machine, and from no proxy."""
        if self.open and here:
            return Viewer(may_read_texts=True, open=True, csrf=self.sessions.form_token(EVERYONE), bound_to=EVERYONE)
        return PUBLIC


def network_of(address: str) -> str:
    """What counts as one address: of IPv6 the first 64 bits, which one customer has."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:100]
    if found.version == 6:
        mapped = found.ipv4_mapped
        return str(mapped) if mapped else found.exploded[:19]
    return str(found)
