"""Where a response leads: the next hop of a redirect, and what a final status means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator import urls
from aggregator.fetch.exchange import decode_text
from aggregator.fetch.stop import Stop
from aggregator.model import Reason

if TYPE_CHECKING:
    from aggregator.fetch.addresses import Gate
    from aggregator.fetch.exchange import Answer
    from aggregator.urls import Parts

MAX_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})

_REASONS = {
    401: Reason.FORBIDDEN,
    403: Reason.FORBIDDEN,
    404: Reason.NOT_FOUND,
    407: Reason.FORBIDDEN,
    410: Reason.GONE,
    429: Reason.RETRY_LATER,
    451: Reason.FORBIDDEN,
    503: Reason.RETRY_LATER,
}
_PASSING = frozenset({408, 421, 425, 429})


class Trail:
    """The hops of one request so far."""

    def __init__(self, start: Parts, gate: Gate) -> None:
        self.target = start._replace(fragment=None)
        self.permanent_url: str | None = None
        self._gate = gate
        self._seen = {self.target.text()}
        self._all_permanent = True

    def follow(self, answer: Answer) -> None:
        """Take the next hop. Raises Stop: REDIRECTS (loop, too many, https to http, no Location) or BAD_URL."""
        location = decode_text(answer.headers.get("location", "")).strip()
        if not location:
            raise Stop(Reason.REDIRECTS, "a redirect without a Location", status=answer.status)
        here = self.target
        there = urls.parts(urls.resolve(here.text(), location) or "")
        if there is None:
            raise Stop(
                Reason.BAD_URL, f"a redirect to {location[:120]!r}, which is no web address", status=answer.status
            )
        there = there._replace(fragment=None)
        text = there.text()
        if text in self._seen:
            raise Stop(Reason.REDIRECTS, f"a redirect loop at {text[:120]}", status=answer.status)
        if len(self._seen) > MAX_REDIRECTS:
            raise Stop(Reason.REDIRECTS, f"more than {MAX_REDIRECTS} redirects", status=answer.status)
        downgrade = here.scheme == "https" and there.scheme == "http"
        if downgrade and not self._gate.allows_private(there.host, there.port):
            raise Stop(Reason.REDIRECTS, f"a redirect from https to http: {text[:120]}", status=answer.status)
        self._seen.add(text)
        self._all_permanent = self._all_permanent and answer.status in PERMANENT
        self.permanent_url = text if self._all_permanent else None
        self.target = there


def refuse(status: int) -> Stop:
    """Name what a status means that brought no usable response: anything but 2xx and 304."""
    reason = _REASONS.get(status, Reason.SERVER_ERROR if status >= 500 else Reason.HTTP_ERROR)
    return Stop(reason, f"the server answered {status}", passing=status >= 500 or status in _PASSING, status=status)
