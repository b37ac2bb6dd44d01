"""One answer for all who ask for the same at the same time: a page is made once, however many wait for it.

An answer holds for as long as the archive is as it was, and a moment at most, because pages tell of the time, too.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.requests import Request

from aggregator.web.access import viewer

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOLDS_SECONDS = 2.0
MOST = 256
LARGEST_BYTES = 200_000
"""What is larger is made for each: a whole search as a file."""

_Answer = tuple["Message", "Message"]


@dataclass(slots=True)
class _Shared:
    made: asyncio.Future[_Answer | None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    """None where it was not to be shared."""
    begun: float = field(default_factory=time.monotonic)


class Shared:
    """``version`` moves with the archive; None where there is none, and nothing is shared."""

    def __init__(self, app: ASGIApp, version: Callable[[], Hashable | None]) -> None:
        self.app = app
        self._version = version
        self._known: OrderedDict[Hashable, _Shared] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        key = self._key(scope)
        if key is None:
            await self.app(scope, receive, send)
            return
        known = self._known.get(key)
        if known is not None and time.monotonic() - known.begun < HOLDS_SECONDS:
            answer = await asyncio.shield(known.made)
            if answer is None:
                await self.app(scope, receive, send)
            else:
                for message in answer:
                    await send(_copied(message))
            return
        await self._make(key, scope, receive, send)

    def _key(self, scope: Scope) -> Hashable | None:
        """What two requests must have in common to be answered alike; None for what is not shared."""
        path = str(scope.get("path", ""))
        if scope["type"] != "http" or scope["method"] != "GET" or path.startswith(("/logga", "/static/", "/feeds/")):
            return None
        if "." in path.rpartition("/")[2] and not path.startswith("/sok."):
            return None  # a file, which has a life of its own
        version = self._version()
        request = Request(scope)
        where = (request.url.scheme, request.headers.get("host"), path, scope["query_string"])
        return None if version is None else (version, viewer(request), where)

    async def _make(self, key: Hashable, scope: Scope, receive: Receive, send: Send) -> None:
        """Have the answer made, and keep it for those who ask meanwhile."""
        mine = self._known[key] = _Shared()
        while len(self._known) > MOST:
            self._known.popitem(last=False)
        start: list[Message] = []

        async def kept(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.append(_copied(message))
            elif not mine.made.done():
                whole = _whole(start[0], message) if start else False
                mine.made.set_result((start[0], message) if whole else None)
            await send(message)

        try:
            await self.app(scope, receive, kept)
        finally:
            if not mine.made.done():
                mine.made.set_result(None)
            if mine.made.result() is None and self._known.get(key) is mine:
                del self._known[key]


def _copied(message: Message) -> Message:
    """The message with headers of its own, since whoever stands around writes into them."""
    return {name: list(value) if name == "headers" else value for name, value in message.items()}


def _whole(start: Message, body: Message) -> bool:
    """Whether an answer is one that anybody may have who is asked for by the same key."""
    headers = Headers(raw=start["headers"])
    fine = start["status"] == 200 and "set-cookie" not in headers and "no-store" not in headers.get("cache-control", "")
    length = headers.get("content-length", "")
    return fine and length == str(len(body.get("body", b""))) and int(length) <= LARGEST_BYTES
