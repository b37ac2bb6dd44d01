"""Nobody takes all the places: each reader has a few requests at work at a time, and the next waits for its turn."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.requests import Request

from aggregator.web.access import viewer
from aggregator.web.signing.desk import network_of
from aggregator.web.troubles import trouble

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

EACH = 6
"""Requests of one reader that are worked on at the same time."""
WAIT_SECONDS = 20.0


@dataclass(slots=True)
class _Queue:
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(EACH))
    users: int = 0


class Turns:
    """A reader is who has signed in, else an address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._queues: dict[str, _Queue] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, when it is its turn; 503 where that takes too long."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        key = viewer(request).name or network_of(request.client.host if request.client else "")
        queue = self._queues.setdefault(key, _Queue())
        queue.users += 1
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await queue.places.acquire()
        except TimeoutError:
            self._leave(key, queue)
            await trouble(request, 503, {"Retry-After": "30"})(scope, receive, send)
            return
        except BaseException:
            self._leave(key, queue)
            raise
        try:
            await self.app(scope, receive, send)
        finally:
            queue.places.release()
            self._leave(key, queue)

    def _leave(self, key: str, queue: _Queue) -> None:
        queue.users -= 1
        if not queue.users:
            self._queues.pop(key, None)
