"""One host's turnstile: one request at a time, a pause between two, and what we remember of the host."""

from __future__ import annotations

import random
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from aggregator.fetch.exchange import Line
from aggregator.fetch.stop import Stop
from aggregator.model import HostState, Reason
from aggregator.politeness import Robots, backoff, retry_after

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from aggregator.fetch.addresses import Gate
    from aggregator.model import Bounds

REFUSALS = 3
"""403s or 503s in a row, without a Retry-After, from which the whole host is left in peace for a while."""
CLOSE_SECONDS = 1.0

_chance = random.SystemRandom()


class Turnstile:
    """Stands before one scheme://host:port; shared by every turn that goes there."""

    def __init__(self, state: HostState, gate: Gate, tls: ssl.SSLContext) -> None:
        self.host = state.host
        self.line = Line(gate, tls)
        self.state = state
        self.saved = state
        self.robots: Robots | None = None
        self.robots_tried_at: datetime | None = None
        self.robots_trouble = ""
        self.crawl_delay = timedelta(0)
        self.robots_lock = threading.Lock()
        self._lock = threading.Lock()
        self._state_lock = threading.Lock()
        self._last_at: float | None = None

    @contextmanager
    def passage(self, bounds: Bounds, seconds: float, closing: threading.Event) -> Iterator[None]:
        """Wait for our turn and for the pause, at most ``seconds``; hold the host for the time of one request.

        Raises Stop DEADLINE where the wait would be longer.
        """
        until = time.monotonic() + seconds
        if not self._lock.acquire(timeout=max(0.0, min(seconds, threading.TIMEOUT_MAX))):
            raise _out_of_time("while others were talking to the host")
        try:
            pause = self._pause(bounds)
            if pause > until - time.monotonic():
                raise _out_of_time(f"before the pause of {pause:.3g} seconds was over")
            if closing.wait(pause):
                raise _out_of_time("because the run was stopped")
            try:
                yield
            finally:
                self._last_at = time.monotonic()
        finally:
            self._lock.release()

    def check_retry(self, now: datetime) -> None:
        """Raise Stop RETRY_LATER while the host has asked us to stay away."""
        retry_at = self.state.retry_at
        if retry_at is not None and retry_at > now:
            raise self._later(f"the host asked not to be visited before {_at(retry_at)}")

    def heed(self, status: int, headers: Mapping[str, str], now: datetime) -> None:
        """Raise Stop RETRY_LATER where an answer, by Retry-After on 3xx, 403, 408, 429 or 5xx, says so; store it."""
        if not (300 <= status < 400 or status in (403, 408, 429) or status >= 500) or status == 304:
            return
        retry_at = retry_after(headers.get("retry-after"), now)
        if retry_at is not None and retry_at > now:
            self.learn(retry_at=retry_at)
            raise self._later(f"status {status} with Retry-After: come back at {_at(retry_at)}", status)

    def refused(self, status: int, now: datetime, bounds: Bounds) -> datetime | None:
        """Back off without being told to: at once on 429, on 403 and 503 when they come in a row (checklist H5)."""
        with self._state_lock:
            failures = self.state.failures + 1
            steps = failures if status == 429 else failures - REFUSALS + 1
            pause = backoff(steps, bounds.min_interval, bounds.max_interval, self.host)
            retry_at = now + pause if pause else None
            self.state = replace(self.state, failures=failures, retry_at=retry_at or self.state.retry_at)
            return retry_at

    def accepted(self) -> None:
        """Forget earlier refusals: the host talks to us again."""
        if self.state.failures or self.state.retry_at:
            self.learn(failures=0, retry_at=None)

    def learn(self, **changes: Any) -> None:
        """Change fields of ``state``, whichever threads do so at once."""
        with self._state_lock:
            self.state = replace(self.state, **changes)

    def close(self) -> None:
        """Break off what is under way and close the connection, unless its user is slow to notice."""
        self.line.abort()
        if self._lock.acquire(timeout=CLOSE_SECONDS):
            try:
                self.line.close()
            finally:
                self._lock.release()

    def _later(self, detail: str, status: int | None = None) -> Stop:
        stop = Stop(Reason.RETRY_LATER, detail, passing=True, status=status)
        stop.retry_at = self.state.retry_at
        return stop

    def _pause(self, bounds: Bounds) -> float:
        """Seconds still to wait since the last request ended."""
        if self._last_at is None:
            return 0.0
        least = max(bounds.min_delay, self.crawl_delay).total_seconds()
        whole = least * (1 + bounds.jitter * _chance.random())
        return max(0.0, self._last_at + whole - time.monotonic())


def _at(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M:%S} UTC"


def _out_of_time(when: str) -> Stop:
    return Stop(Reason.DEADLINE, f"the source's time was up {when}", passing=True)
