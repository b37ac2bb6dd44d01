"""What a reader has already is not sent again, and what is sent is small: ETag, 304, gzip, HEAD (RFC 9110)."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SMALLEST = 600
"""Bytes from which packing pays: what is shorter fits into one packet as it is."""
_PACKED = re.compile(r"text/|application/(?:[\w.-]+\+)?(?:json|xml)|image/svg", re.ASCII)
_MARK = re.compile(r'(?:W/)?"([^"]*)"', re.ASCII)
_NOT_IN_304 = ("content-length", "content-type", "content-encoding")


class Thrift:
    """Answers that come whole are compared with what the reader has; streams are passed on as they are."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; HEAD is asked of the application as GET."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        held: list[Message] = []

        async def thrifty(message: Message) -> None:
            if message["type"] == "http.response.start" and "content-length" in Headers(raw=message["headers"]):
                held.append(message)
                return
            if held and message["type"] == "http.response.body":
                start = held.pop()
                body = _fitted(start, message.get("body", b""), Headers(scope=scope))
                await send(start)
                message = {"type": "http.response.body", "body": body}
            if scope["method"] == "HEAD" and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"}, receive, thrifty)


def _fitted(start: Message, body: bytes, asked: Headers) -> bytes:
    """The body to send; ``start`` is brought to say what it is."""
    headers = MutableHeaders(scope=start)
    if _PACKED.match(headers.get("content-type", "")) and "content-encoding" not in headers:
        headers.add_vary_header("Accept-Encoding")
        packs = len(body) >= SMALLEST and _takes_gzip(asked.get("accept-encoding", ""))
    else:
        packs = False
    if start["status"] != 200:
        return _packed(headers, body) if packs else body
    mark = _MARK.fullmatch(headers.get("etag", "")) or _MARK.fullmatch(f'"{_digest(headers, body)}"')
    plain = mark[1] if mark else ""
    headers["ETag"] = f'"{plain}-gzip"' if packs else f'"{plain}"'
    if _has(asked, plain, headers):
        start["status"] = 304
        for name in _NOT_IN_304:
            del headers[name]
        return b""
    return _packed(headers, body) if packs else body


def _packed(headers: MutableHeaders, body: bytes) -> bytes:
    small = _compressed(body)
    headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(small))
    return small


@lru_cache(maxsize=64)
def _compressed(body: bytes) -> bytes:
    """Packed; lately asked for, the feeds among them, is at hand."""
    return gzip.compress(body, compresslevel=5, mtime=0)


def _digest(headers: MutableHeaders, body: bytes) -> str:
    return blake2b(body, digest_size=12, key=headers.get("content-type", "").encode()[:64]).hexdigest()


def _takes_gzip(accepted: str) -> bool:
    """Whether Accept-Encoding names gzip, or anything, and does not refuse it with q=0."""
    weights: dict[str, bool] = {}
    for part in accepted.lower().split(","):
        name, _, rest = part.partition(";")
        weights[name.strip()] = not re.fullmatch(r"\s*q\s*=\s*0(?:\.0*)?\s*", rest)
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", False)))


def _has(asked: Headers, plain: str, headers: MutableHeaders) -> bool:
    """Whether the reader has this very body, packed or not; ETag is asked before Last-Modified."""
    known = ",".join(asked.getlist("if-none-match"))
    if known:
        return known.strip() == "*" or bool({plain, f"{plain}-gzip"}.intersection(_MARK.findall(known)))
    since, changed = _time(asked.get("if-modified-since")), _time(headers.get("last-modified"))
    return since is not None and changed is not None and changed <= since


def _time(text: str | None) -> datetime | None:
    try:
        found = parsedate_to_datetime(text) if text else None
    except (ValueError, TypeError, OverflowError):
        return None
    return found.replace(tzinfo=UTC) if found is not None and found.tzinfo is None else found
