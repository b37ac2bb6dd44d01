"""Signed cookies, and the tokens by which a form is known to come from one of our own pages.

A session is all in its cookie: name, id, when it ends, and a mark of the password's hash, so that a new password ends
the sessions of the old. What was signed out is remembered until it would have ended.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from dataclasses import dataclass
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING, Any

from itsdangerous import BadData, URLSafeSerializer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from aggregator.model import Staff, Web

LONGEST = 4_096
"""Characters of a cookie that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One who has signed in."""

    name: str
    id: str
    ends: int
    """Seconds since 1970."""


class Sessions:
    """Makes and reads sessions. ``now`` gives the present moment in UTC."""

    def __init__(self, secret: bytes, web: Web, now: Callable[[], datetime]) -> None:
        self.lasts = int(web.session.total_seconds())
        self._marks = {person.name: _mark(person) for person in web.staff}
        self._now = now
        self._secret = secret
        self._cookie = URLSafeSerializer(
            secret, salt="session", signer_kwargs={"key_derivation": "hmac", "digest_method": sha256}
        )
        self._ended: dict[str, int] = {}
        self._lock = threading.Lock()

    def start(self, person: Staff) -> str:
        """A new session, as its cookie's value."""
        ends = int(self._now().timestamp()) + self.lasts
        return self._written([person.name, secrets.token_urlsafe(16), ends, self._marks[person.name]])

    def read(self, cookie: str) -> Session | None:
        """The session of a cookie; None where we did not write it, or it has ended."""
        if not 0 < len(cookie) <= LONGEST:
            return None
        try:
            name, number, ends, mark = self._cookie.loads(cookie)
        except (BadData, ValueError, TypeError):
            return None
        if ends <= self._now().timestamp() or self._marks.get(name) != mark or number in self._ended:
            return None
        return Session(name=name, id=number, ends=ends)

    def end(self, session: Session) -> None:
        """Sign out: the cookie is worth nothing any more, whoever has a copy."""
        now = self._now().timestamp()
        with self._lock:
            self._ended = {number: ends for number, ends in self._ended.items() if ends > now}
            self._ended[session.id] = session.ends

    def form_token(self, bound_to: str) -> str:
        """What a form carries that is sent by the holder of a session, or of a visit."""
        return hmac.new(self._secret, b"form\0" + bound_to.encode(), sha256).hexdigest()

    def fits(self, token: str, bound_to: str) -> bool:
        """Whether a form's token was made for this session or visit."""
        return hmac.compare_digest(token.encode("utf-8", "replace"), self.form_token(bound_to).encode())

    def _written(self, values: list[Any]) -> str:
        made = self._cookie.dumps(values)
        return made if isinstance(made, str) else made.decode()


def _mark(person: Staff) -> str:
    return blake2b(person.password.encode(), digest_size=9).hexdigest()
