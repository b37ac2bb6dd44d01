"""The outermost ring: what is asked beyond measure is refused, and every answer says what a browser may do with it."""

from __future__ import annotations

import asyncio
import re
from ipaddress import ip_address
from types import MappingProxyType
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.requests import Request

from aggregator.model import Public
from aggregator.web.access import viewer
from aggregator.web.troubles import trouble

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_ADDRESS = 65_000
"""Bytes of path and query; a search line of ten thousand letters is no mistake, only cut."""
MOST_PARAMETERS = 200
LARGEST_FORM = 65_536
"""Bytes; our forms have a handful of fields."""
FORM_SECONDS = 20.0
"""For the whole body of a request."""

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = MappingProxyType(
    {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        # Not "no-referrer": with that, browsers send forms with "Origin: null".
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
)
"""What every answer carries, unless its page says otherwise."""

_SENDING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::\d{1,5})?", re.ASCII)


class Shield:
    """``hosts``: the names under which the site may be asked for, besides localhost and plain IP addresses.

    Another name is another site's: one that a browser was made to believe is at our address (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = frozenset({"localhost", *hosts})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                _complete(MutableHeaders(scope=message), Request(scope))
            await send(message)

        request = Request(scope)
        status = self._refusal(request)
        if status is None and request.method in _SENDING:
            status, receive = await _whole_body(request, receive)
        answer = self.app if status is None else trouble(request, status)
        await answer(scope, receive, headed)

    def _refusal(self, request: Request) -> int | None:
        """The status with which a request is refused unread."""
        scope = request.scope
        raw = scope.get("raw_path") or scope["path"].encode("utf-8", "replace")
        if len(raw) + len(scope["query_string"]) > LONGEST_ADDRESS:
            return 414
        if not self._ours(request.headers.get("host", "")):
            return 421
        if re.search(r"[\x00-\x1f\x7f]", scope["path"]):
            return 404
        return 400 if scope["query_string"].count(b"&") >= MOST_PARAMETERS else None

    def _ours(self, host: str) -> bool:
        found = _HOST.fullmatch(host)
        if found is None:
            return False
        name = found[1].strip("[]").rstrip(".").lower()
        try:
            ip_address(name)
        except ValueError:
            return name in self.hosts
        return True


async def _whole_body(request: Request, receive: Receive) -> tuple[int | None, Receive]:
    """The body read within its bounds, as what the application receives; or the status of a refusal."""
    body = b""
    try:
        async with asyncio.timeout(FORM_SECONDS):
            more = True
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return 400, receive
                body += message.get("body", b"")
                more = message.get("more_body", False)
                if len(body) > LARGEST_FORM or _announced(request) > LARGEST_FORM:
                    return 413, receive
    except TimeoutError:
        return 408, receive
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return None, replay


def _announced(request: Request) -> int:
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0


def _complete(headers: MutableHeaders, request: Request) -> None:
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    who = viewer(request)
    if "cache-control" not in headers:
        headers["Cache-Control"] = "private, no-cache" if who.staff else "no-cache"
    told = headers["cache-control"]
    if "immutable" in told:
        return
    if told.startswith("public") and request.app.state.desk.shown is Public.NOTHING:
        headers["Cache-Control"] = told = told.replace("public", "private", 1)
    if not told.startswith("public"):
        headers.add_vary_header("Cookie")
        headers.add_vary_header("Authorization")
