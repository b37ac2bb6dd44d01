"""Passwords and tokens as argon2id hashes (RFC 9106), a few at a time: each costs some 64 MiB for a moment."""

from __future__ import annotations

import secrets
import threading
from hashlib import blake2b
from typing import TYPE_CHECKING

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aggregator.model import Staff

AT_ONCE = 2
"""Hashes that are computed at the same time; more wait."""
LONGEST = 1_000
"""Characters of a password or token that are looked at; a longer one is wrong."""
REMEMBERED = 256
"""Tokens whose hash was right lately, so that a program's next request does not cost it again."""


def hashed(secret: str) -> str:
    """A password or token as it stands in the configuration, with the parameters that argon2-cffi recommends."""
    return PasswordHasher().hash(secret)


class Verifier:
    """Compares what was sent with the hashes of the staff; takes as long for a name that nobody has."""

    def __init__(self, staff: Sequence[Staff]) -> None:
        self._by_name = {person.name.casefold(): person for person in staff if person.password}
        self._with_token = tuple(person for person in staff if person.token)
        self._turns = threading.Semaphore(AT_ONCE)
        known = next((person.password for person in staff if person.password), None)
        self._nobodys = None if known is None else self._like(known)
        self._known: dict[bytes, Staff] = {}
        self._salt = secrets.token_bytes(16)

    def by_password(self, name: str, password: str) -> Staff | None:
        """The one of this name, if the password is theirs."""
        person = self._by_name.get(name.strip().casefold())
        known = person.password if person else self._nobodys
        return person if known is not None and self._fits(known, password) else None

    def by_token(self, token: str) -> Staff | None:
        """The one whose token it is."""
        mark = self._mark(token)
        if mark in self._known:
            return self._known[mark]
        found = next((person for person in self._with_token if self._fits(person.token, token)), None)
        if found is not None:
            while len(self._known) >= REMEMBERED:
                self._known.pop(next(iter(self._known)), None)
            self._known[mark] = found
        return found

    def remembers(self, token: str) -> Staff | None:
        """The one whose token it is, if it was found right before: costs nothing."""
        return self._known.get(self._mark(token))

    def _mark(self, token: str) -> bytes:
        return blake2b(token.encode("utf-8", "surrogatepass"), key=self._salt).digest()

    def _fits(self, known: str, sent: str) -> bool:
        fitting = 0 < len(sent) <= LONGEST
        with self._turns:
            try:
                # What is too long is wrong, but the work is done all the same.
                PasswordHasher().verify(known, sent[:LONGEST].encode("utf-8", "surrogatepass"))
            except (VerificationError, InvalidHashError):
                return False
        return fitting

    @staticmethod
    def _like(known: str) -> str:
        """A hash that fits nothing anybody knows, as dear to compare with as ``known``."""
        return PasswordHasher.from_parameters(extract_parameters(known)).hash(secrets.token_bytes(32))
