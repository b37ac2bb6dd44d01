"""Asks of every request who makes it, and keeps out whom the configuration keeps out. ASGI middleware."""

from __future__ import annotations

import base64
import binascii
from functools import partial
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from aggregator.model import Public
from aggregator.web.access import Viewer
from aggregator.web.signing.desk import TooOften
from aggregator.web.troubles import CHALLENGE, SIGN_IN, path_of, sign_in_first, trouble

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    from aggregator.web.signing.desk import Desk

FREE = ("/static/", SIGN_IN)
"""Where everybody comes, whatever is shown to the public."""
COOKIE = "session"
_FORWARDED = ("x-forwarded-for", "x-real-ip", "forwarded", "via")


class Doorman:
    """Puts ``request.state.viewer`` in place, or answers itself: 401, 429, or the way to the page to sign in on."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app = app
        self.desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        refusal = await self._refusal(request)
        await (refusal or self.app)(scope, receive, send)

    async def _refusal(self, request: Request) -> Response | None:
        try:
            found = await self._who(request)
        except TooOften as often:
            return trouble(request, 429, {"Retry-After": str(often.seconds)})
        if found is None:
            return trouble(request, 401, {"WWW-Authenticate": CHALLENGE})
        request.state.viewer = found
        if found.staff or self.desk.shown is not Public.NOTHING or path_of(request).startswith(FREE):
            return None
        return sign_in_first(request)

    async def _who(self, request: Request) -> Viewer | None:
        """Who asks; None where what they say of themselves is wrong. Raises TooOften."""
        kind, _, credentials = request.headers.get("authorization", "").partition(" ")
        if self.desk.has_staff and kind.lower() in ("bearer", "basic"):
            address = request.client.host if request.client else ""
            ask = self._by_token if kind.lower() == "bearer" else self._by_password
            person = await run_in_threadpool(partial(ask, credentials.strip(), address))
            return None if person is None else Viewer(may_read_texts=True, name=person)
        session = self.desk.sessions.read(request.cookies.get(cookie_name(request), ""))
        if session is not None:
            return self.desk.viewer_of(session)
        return self.desk.anyone(here=not any(name in request.headers for name in _FORWARDED))

    def _by_token(self, token: str, address: str) -> str | None:
        person = self.desk.by_token(token, address)
        return person.name if person else None

    def _by_password(self, credentials: str, address: str) -> str | None:
        """Basic authentication (RFC 7617): a name with its password."""
        try:
            name, _, password = base64.b64decode(credentials, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError, ValueError):
            name, password = "", ""
        person = self.desk.by_password(name, password, address)
        return person.name if person else None


def cookie_name(request: Request, name: str = COOKIE) -> str:
    """Behind https a name that no other host can plant a cookie under (draft RFC 6265bis, section 4.1.3.2)."""
    return f"__Host-{name}" if request.url.scheme == "https" else name
