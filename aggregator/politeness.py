"""May we ask again, and when: robots.txt (RFC 9309), Retry-After, back-off, and how long an answer is fresh."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from protego import Protego

if TYPE_CHECKING:
    from collections.abc import Mapping

ROBOTS_MAX_BYTES = 1_000_000
"""What is read of a robots.txt; RFC 9309 (section 2.5) asks for at least 500 KiB."""
ROBOTS_MAX_AGE = timedelta(hours=24)
"""How long an answer is used (RFC 9309, section 2.4), except while a newer one cannot be had."""
ROBOTS_GIVEN_UP = timedelta(days=30)
"""How long a host may be unreachable before its robots.txt counts as absent (section 2.3.1.4)."""
MAX_CRAWL_DELAY = timedelta(seconds=60)
"""Crawl-delay is in no standard; it is honoured up to here, so that a wrong figure does not silence a source."""
MAX_RETRY_AFTER = timedelta(days=2)
MAX_FRESHNESS = timedelta(days=365)
"""RFC 9111 (section 1.2.2) lets a large figure stand for "very long"; the caller clamps further."""

_ROBOTS_TXT = re.compile(r"[A-Za-z]+://[^/?#]*/robots\.txt(?:[?#]|\Z)")
_EOL = re.compile(r"\r\n|\r|\n")
_OTHER_EOL = re.compile(r"[\x0b\x0c\x1c-\x1e\x85\u2028\u2029\x00]")
_GROUP = re.compile(r"\s*user(?:-|\s)?agent\s*(?::|\s)\s*(?P<name>[^#]*)", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z_-]+")
_SECONDS = re.compile(r"[0-9]+(?:\.[0-9]*)?(?:\s*,\s*[0-9]+)*")
_DIRECTIVE = re.compile(r'(?P<name>[\w-]+)(?:\s*=\s*"?(?P<value>[^",;\s]*)"?)?')


class Robots:
    """What one host's robots.txt says.

    Made by ``parse``. ``refused`` tells that everything is disallowed because the file could not be had, which
    may pass, and not because it says so.
    """

    def __init__(self, text: str, *, refused: bool = False) -> None:
        self._text = text
        self.refused = refused
        self._rules: dict[str, Protego] = {}

    @classmethod
    def parse(cls, body: bytes, status: int | None) -> Robots:
        """Read a robots.txt answer; ``status`` is None where the host could not be reached.

        2xx: what parses is obeyed. 3xx (too many of them) and 4xx: all is allowed (RFC 9309, 2.3.1.3). 429, 5xx
        and no answer: all is disallowed. Never raises.
        """
        if status is None or status == 429 or status >= 500 or status < 200:
            return cls("", refused=True)
        if status >= 300:
            return cls("")
        cut = body[:ROBOTS_MAX_BYTES]
        if len(body) > len(cut):
            cut = cut[: max(cut.rfind(b"\n"), cut.rfind(b"\r")) + 1]
        text = cut.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
        return cls(re.sub("[\udc80-\udcff]", lambda odd: f"%{ord(odd[0]) - 0xDC00:02X}", text))

    def allows(self, url: str, agent: str) -> bool:
        """Whether ``agent`` (a product token: "OrebroAggregator") may fetch ``url`` (absolute, percent-encoded)."""
        try:
            allowed = self._for(agent).can_fetch(url, agent)
        except ValueError:  # urllib's word for an address that cannot be read
            return False
        return allowed and not (self.refused and _ROBOTS_TXT.match(url) is None)

    def crawl_delay(self, agent: str) -> timedelta | None:
        """Give the pause that the host asks of ``agent``, capped; None where it asks for none."""
        seconds = self._for(agent).crawl_delay(agent)
        if seconds is None:
            return None
        return timedelta(seconds=min(seconds, MAX_CRAWL_DELAY.total_seconds()))

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The Sitemap lines, in order, each once."""
        return tuple(dict.fromkeys(self._for("*").sitemaps))

    def _for(self, agent: str) -> Protego:
        """Parse for one agent: protego matches names by prefix, RFC 9309 (2.2.1) the whole token without case."""
        if agent not in self._rules:
            lines = _EOL.split(_OTHER_EOL.sub(" ", self._text))
            self._rules[agent] = Protego.parse("\n".join(_group_line(line, agent) for line in lines))
        return self._rules[agent]


def _group_line(line: str, agent: str) -> str:
    """Write a User-agent line so that its name is ``agent``, ``*``, or somebody else's."""
    match = _GROUP.match(line)
    if match is None:
        return line
    name = match["name"].strip()
    if name == "*":
        return "User-agent: *"
    token = _TOKEN.match(name)
    ours = token is not None and token[0].lower() == agent.lower()
    return f"User-agent: {agent}" if ours else "User-agent: another/0"


def retry_after(header: str | None, now: datetime) -> datetime | None:
    """Read Retry-After (RFC 9110, 10.2.3), seconds or an HTTP-date, as the instant from which we may come again.

    A past date is ``now``; none is later than ``now`` + ``MAX_RETRY_AFTER``. None where the header is absent or
    cannot be read.
    """
    if header is None:
        return None
    text = header.strip()
    if _SECONDS.fullmatch(text):
        seconds = max(float(piece) for piece in text.split(","))
        return now + timedelta(seconds=min(seconds, MAX_RETRY_AFTER.total_seconds()))
    at = http_date(text)
    return None if at is None else min(max(at, now), now + MAX_RETRY_AFTER)


def backoff(failures: int, base: timedelta, cap: timedelta, seed: str) -> timedelta:
    """Give the pause after ``failures`` failures in a row: doubling from ``base``, at most ``cap``.

    Chance takes away up to a quarter, so that sources that failed together do not return together; it is drawn
    from ``seed`` and the number of failures, so that the same question has the same answer.
    """
    if failures <= 0:
        return timedelta(0)
    pause = timedelta(seconds=min(base.total_seconds() * 2.0 ** min(failures - 1, 60), cap.total_seconds()))
    draw = hashlib.sha256(f"{seed}/{failures}".encode("utf-8", "surrogatepass")).digest()
    return pause * (1 - int.from_bytes(draw[:4], "big") / 2**34)


def freshness(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Give how long a response stays fresh (RFC 9111, 4.2.1): max-age, else Expires − Date, less its Age.

    ``headers`` have lower-case names. None where nothing is said, or that it is stale already or not to be used
    without asking (no-cache, no-store).
    """
    directives = cache_control(headers)
    if "no-cache" in directives or "no-store" in directives:
        return None
    lifetime: timedelta | None = None
    if "max-age" in directives:
        lifetime = _duration(directives["max-age"] or "")
    elif (expires := http_date(headers.get("expires", ""))) is not None:
        lifetime = expires - (http_date(headers.get("date", "")) or now)
    if lifetime is None:
        return None
    left = min(lifetime, MAX_FRESHNESS) - (_duration(headers.get("age", "").strip()) or timedelta(0))
    return left if left > timedelta(0) else None


def cache_control(headers: Mapping[str, str]) -> dict[str, str | None]:
    """Read Cache-Control into directive → value; of a repeated directive the first counts (RFC 9111, 4.2.1)."""
    found: dict[str, str | None] = {}
    for match in _DIRECTIVE.finditer(headers.get("cache-control", "")[:4000]):
        found.setdefault(match["name"].lower(), match["value"])
    return found


def _duration(text: str) -> timedelta | None:
    """Read delta-seconds; None for anything else."""
    if not (text.isascii() and text.isdigit()):
        return None
    return min(timedelta(seconds=int(text[:12])), MAX_FRESHNESS)


@lru_cache(maxsize=256)
def http_date(text: str) -> datetime | None:
    """Read an HTTP-date (RFC 9110, 5.6.7) in any of its three forms, as UTC; None for anything else."""
    if len(text) > 100:
        return None
    try:
        at = parsedate_to_datetime(text.strip())
        return (at if at.tzinfo is not None else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):  # what the standard parser raises on odd text
        return None
