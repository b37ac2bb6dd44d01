"""How often one may try: so many times at once, then one more every so often (GCRA, the leaky bucket as a meter)."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Throttle:
    """Counts tries by key in bounded memory. Times are seconds of ``clock``, which only goes forward."""

    def __init__(self, *, tries: int, every: float, clock: Callable[[], float], most: int = 10_000) -> None:
        self.every = every
        self._burst = (tries - 1) * every
        self._clock = clock
        self._most = most
        self._full_until: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str) -> float:
        """Count a try and give 0, or the seconds to wait before the next; then nothing is counted.

        It is counted before its outcome is known, so that tries made at the same time do not slip through together.
        """
        now = self._clock()
        with self._lock:
            until = max(now, self._full_until.pop(key, now))
            wait = until - now - self._burst
            self._full_until[key] = until if wait > 0 else until + self.every
            self._forget_some(now)
            return max(0.0, wait)

    def give_back(self, key: str) -> None:
        """The try was no failure: it does not count."""
        with self._lock:
            if key in self._full_until:
                self._full_until[key] -= self.every

    def forget(self, key: str) -> None:
        """Nothing has been tried under this key."""
        with self._lock:
            self._full_until.pop(key, None)

    def __len__(self) -> int:
        return len(self._full_until)

    def _forget_some(self, now: float) -> None:
        """Keep within bounds: what has run out goes first, which is nearly always the longest untouched."""
        while self._full_until and next(iter(self._full_until.values())) <= now:
            self._full_until.popitem(last=False)
        while len(self._full_until) > self._most:
            self._full_until.popitem(last=False)
