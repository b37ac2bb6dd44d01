"""One source's requests: admission by gate, Retry-After and robots.txt; redirects; further tries."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from aggregator import urls
from aggregator.fetch.exchange import Answer, Call, sendable
from aggregator.fetch.redirects import REDIRECTS, Trail, refuse
from aggregator.fetch.robots import robots_of
from aggregator.fetch.stop import Stop
from aggregator.model import Failure, Reason, Snapshot
from aggregator.politeness import ROBOTS_MAX_BYTES, backoff, cache_control

if TYPE_CHECKING:
    from collections.abc import Callable

    from aggregator.fetch.fetcher import Fetcher
    from aggregator.fetch.turnstile import Turnstile
    from aggregator.model import Bounds, Request
    from aggregator.politeness import Robots
    from aggregator.urls import Parts

ACCEPT_LANGUAGE = "sv-SE,sv;q=0.9,en;q=0.5"
RETRY_PAUSE = timedelta(milliseconds=200)
"""The least pause before a further try; it grows from twice the host's own pause, where that is longer."""
MAX_RETRY_PAUSE = timedelta(minutes=1)

_NEVER_AGAIN = frozenset({Reason.DEADLINE, Reason.ROBOTS_UNREACHABLE})

T = TypeVar("T")


class Turn:
    """One source's turn: its bounds, its time, its counts. For one thread at a time."""

    def __init__(self, fetcher: Fetcher, bounds: Bounds) -> None:
        self._fetcher = fetcher
        self._bounds = bounds
        self._until = time.monotonic() + bounds.source_deadline.total_seconds()
        self._stile: Turnstile | None = None
        self.requests = 0
        """Requests sent, robots.txt, redirects and further tries included."""
        self.wire_bytes = 0
        """Bytes received, header fields included."""

    def time_left(self) -> timedelta:
        """What remains of ``source_deadline``; never negative."""
        return timedelta(seconds=max(0.0, self._until - time.monotonic()))

    def get(self, request: Request) -> Snapshot | Failure:
        """Fetch one page, conditionally where the request has validators. Raises nothing that a server can cause."""
        start = urls.parts(request.url)
        if start is None:
            return Failure(url=request.url, reason=Reason.BAD_URL, detail="this is no http or https address")
        try:
            return self._patiently(lambda: self._page(request, start), request.url)
        except Stop as stop:
            return stop.failure(request.url)

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """Give the Sitemap lines of the robots.txt for ``url``, resolved; none where it cannot be had."""
        target = urls.parts(url)
        lines: tuple[str, ...] = ()
        if target is not None:
            with suppress(Stop):  # whoever asks for a page of the host is told why
                self._fetcher.gate.check(target)
                lines = self._robots(self._fetcher.stile(target), target).sitemaps
        found = (urls.resolve(url, line) for line in lines)
        return tuple(dict.fromkeys(address for address in found if address is not None))

    def _page(self, request: Request, start: Parts) -> Snapshot:
        """Follow one request to its end. Raises Stop."""
        conditions = _conditions(request)
        headers = {"Accept": request.accept, **conditions}
        trail = Trail(start, self._fetcher.gate)
        seconds = self._bounds.page_deadline.total_seconds()
        while True:
            stile = self._admit(trail.target)
            call = Call(target=trail.target, headers=headers, seconds=seconds, max_bytes=self._bounds.max_page_bytes)
            answer, lasted = self._ask(stile, call)
            seconds -= lasted
            if answer.status not in REDIRECTS:
                break
            trail.follow(answer)
        self._judge(stile, answer, conditional=bool(conditions))
        return Snapshot(
            url=request.url,
            final_url=trail.target.text(),
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            fetched_at=self._fetcher.now(),
            permanent_url=trail.permanent_url,
            keep_body="no-store" not in cache_control(answer.headers),
        )

    def _judge(self, stile: Turnstile, answer: Answer, *, conditional: bool) -> None:
        """Raise Stop unless the answer is a page, or word that the page is unchanged."""
        status = answer.status
        if status == 304 and not conditional:
            raise Stop(Reason.UNEXPECTED_304, "status 304 to a request without conditions", passing=True, status=304)
        if status == 206:
            raise Stop(Reason.PROTOCOL, "status 206, a part, though the whole was asked for", status=206)
        usable = status == 304 or 200 <= status < 300
        if usable or status in (404, 410):
            stile.accepted()
        if not usable:
            stop = refuse(status)
            if status in (403, 429):
                stop.retry_at = stile.refused(status, self._fetcher.now(), self._bounds)
            raise stop

    def _admit(self, target: Parts) -> Turnstile:
        """Give the host's turnstile if ``target`` may be asked for now. Raises Stop."""
        self._fetcher.gate.check(target)
        stile = self._fetcher.stile(target)
        stile.check_retry(self._fetcher.now())
        robots = self._robots(stile, target)
        if not robots.allows(target.text(), self._fetcher.token):
            if robots.refused:
                detail = f"robots.txt cannot be had, so nothing may be fetched: {stile.robots_trouble}"
                raise Stop(Reason.ROBOTS_UNREACHABLE, detail, passing=True)
            raise Stop(Reason.ROBOTS, "robots.txt disallows it")
        self._stile = stile
        return stile

    def _robots(self, stile: Turnstile, target: Parts) -> Robots:
        """Give the host's rules; one thread asks for them, the others wait. Raises Stop."""
        if not stile.robots_lock.acquire(timeout=self.time_left().total_seconds()):
            raise Stop(Reason.DEADLINE, "the source's time was up while robots.txt was fetched", passing=True)
        try:
            seed = f"{stile.host}/robots.txt"
            robots = robots_of(
                stile, lambda: self._patiently(lambda: self._robots_answer(target), seed), self._fetcher.now()
            )
            stile.crawl_delay = robots.crawl_delay(self._fetcher.token) or timedelta(0)
            return robots
        finally:
            stile.robots_lock.release()

    def _robots_answer(self, target: Parts) -> Answer:
        """Ask for robots.txt through at most five redirects; what lies behind more counts as absent (RFC 9309).

        Raises Stop, for 429 and 5xx too.
        """
        trail = Trail(target._replace(path="/robots.txt", query=None, userinfo=None), self._fetcher.gate)
        seconds = self._bounds.page_deadline.total_seconds()
        while True:
            stile = self._fetcher.stile(trail.target)
            call = Call(
                target=trail.target,
                headers={"Accept": "text/plain,*/*;q=0.5"},
                seconds=seconds,
                max_bytes=max(self._bounds.max_page_bytes, ROBOTS_MAX_BYTES * 2),
                keep_bytes=ROBOTS_MAX_BYTES,
            )
            answer, lasted = self._ask(stile, call)
            seconds -= lasted
            if answer.status == 429:
                stop = refuse(429)
                stop.retry_at = stile.refused(429, self._fetcher.now(), self._bounds)
                raise stop
            if answer.status >= 500:
                raise Stop(Reason.SERVER_ERROR, f"status {answer.status}", passing=True)
            if answer.status not in REDIRECTS:
                return answer
            try:
                trail.follow(answer)
                self._fetcher.gate.check(trail.target)
            except Stop:  # counts as absent, and the 3xx says so to Robots.parse
                return answer

    def _ask(self, stile: Turnstile, call: Call) -> tuple[Answer, float]:
        """Pass the turnstile and ask once; the answer, and the seconds that it took. Raises Stop."""
        fetcher = self._fetcher
        if fetcher.closing.is_set():
            raise _stopped()
        with stile.passage(self._bounds, self.time_left().total_seconds(), fetcher.closing):
            stile.check_retry(fetcher.now())  # another thread may have been told while we waited
            begun = time.monotonic()
            left = self._until - begun
            if min(left, call.seconds) <= 0:
                raise Stop(Reason.TIMEOUT, "the time for the response was up", passing=True)
            requests, wire_bytes = stile.line.requests, stile.line.wire_bytes
            try:
                headers = {"User-Agent": fetcher.user_agent, "Accept-Language": ACCEPT_LANGUAGE, **call.headers}
                answer = stile.line.send(replace(call, headers=headers, seconds=min(left, call.seconds)))
            finally:
                self.requests += stile.line.requests - requests
                self.wire_bytes += stile.line.wire_bytes - wire_bytes
            stile.heed(answer.status, answer.headers, fetcher.now())
            return answer, time.monotonic() - begun

    def _patiently(self, work: Callable[[], T], seed: str) -> T:
        """Do ``work``, and again after a pause that grows while it fails in a way that may pass. Raises Stop."""
        tries = 0
        base = max(self._bounds.min_delay * 2, RETRY_PAUSE)
        while True:
            try:
                return work()
            except Stop as met:
                stop = self._in_time(met)
                tries += 1
                pause = backoff(tries, base, MAX_RETRY_PAUSE, seed)
                again = stop.passing and stop.reason not in _NEVER_AGAIN and stop.retry_at is None
                if not again or tries > self._bounds.max_retries or pause > self.time_left():
                    if stop.status == 503 and stop.retry_at is None and self._stile is not None:
                        stop.retry_at = self._stile.refused(503, self._fetcher.now(), self._bounds)
                    raise stop from met
                self._fetcher.closing.wait(pause.total_seconds())

    def _in_time(self, stop: Stop) -> Stop:
        """Call it the turn's deadline, or the run's end, where that is why an exchange was broken off."""
        if self._fetcher.closing.is_set():
            return _stopped()
        if stop.reason is Reason.TIMEOUT and not self.time_left():
            return Stop(Reason.DEADLINE, "the source's time was up", passing=True)
        return stop


def _conditions(request: Request) -> dict[str, str]:
    """If-None-Match and If-Modified-Since, both exactly as the server once wrote them (checklist H1)."""
    asked = {
        "If-None-Match": request.validators.etag,
        "If-Modified-Since": request.validators.last_modified,
    }
    return {name: value for name, value in asked.items() if value is not None and sendable(value)}


def _stopped() -> Stop:
    return Stop(Reason.DEADLINE, "the run was stopped", passing=True)
