"""robots.txt of a host: had before the first page, kept for a day, and obeyed (RFC 9309)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from aggregator.fetch.stop import Stop
from aggregator.model import Reason
from aggregator.politeness import ROBOTS_GIVEN_UP, ROBOTS_MAX_AGE, Robots

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from aggregator.fetch.exchange import Answer
    from aggregator.fetch.turnstile import Turnstile
    from aggregator.model import HostState

TRY_AGAIN = timedelta(minutes=5)
"""How long one process takes a host's robots.txt for unreachable before it asks again."""

_NOT_THE_HOSTS_FAULT = frozenset({Reason.PRIVATE_ADDRESS, Reason.BAD_URL, Reason.DEADLINE, Reason.RETRY_LATER})
"""Why robots.txt was not asked for, or not answered, that says nothing of whether the host can be reached."""


def robots_of(stile: Turnstile, ask: Callable[[], Answer], now: datetime) -> Robots:
    """Give the rules that hold for a host, asking for them where none are kept or they are a day old.

    While robots.txt cannot be had, the last one that could be holds on (RFC 9309, 2.4); where there never was one,
    all is disallowed, and after 30 days all is allowed (2.3.1.4). ``ask`` raises Stop for 5xx as for a dead host;
    Stop is passed on for what says nothing of whether the host can be reached.
    """
    tried_at = stile.robots_tried_at
    tried = tried_at is not None and timedelta(0) <= now - tried_at < TRY_AGAIN
    if not tried and not _fresh(stile.state, now):
        stile.robots = None
        _renew(stile, ask, now)
    if stile.robots is None:
        stile.robots = _parsed(stile.state, now)
    return stile.robots


def _renew(stile: Turnstile, ask: Callable[[], Answer], now: datetime) -> None:
    """Ask for robots.txt and remember the answer, or that there was none."""
    try:
        answer = ask()
    except Stop as stop:
        if stop.reason in _NOT_THE_HOSTS_FAULT:
            raise
        stile.robots_tried_at = now
        stile.robots_trouble = stop.detail
        stile.learn(unreachable_since=stile.state.unreachable_since or now)
        return
    stile.learn(robots=answer.body, robots_status=answer.status, robots_at=now, unreachable_since=None)


def _fresh(state: HostState, now: datetime) -> bool:
    return (
        state.robots_status is not None
        and state.robots_at is not None
        and timedelta(0) <= now - state.robots_at < ROBOTS_MAX_AGE
    )


def _parsed(state: HostState, now: datetime) -> Robots:
    """Read what is remembered of a host."""
    if state.robots_status is not None:
        return Robots.parse(state.robots or b"", state.robots_status)
    if state.unreachable_since is not None and now - state.unreachable_since >= ROBOTS_GIVEN_UP:
        return Robots.parse(b"", 404)
    return Robots.parse(b"", None)
