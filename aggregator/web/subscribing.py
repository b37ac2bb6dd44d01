"""How a feed is followed: where it is read here, and the address that is put into a reader."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from aggregator.render import FORMATS, file_name
from aggregator.web.site import site_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request
    from starlette.responses import Response

FEEDS = "/feeds/"
"""Where this site serves the folder of feeds."""
MOST = 3_000
"""Bytes of the header ``Link``; a reverse proxy may refuse an answer whose headers are above four thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One format of a feed."""

    name: str
    """As people call it: "RSS"."""
    href: str
    """A path on this server."""
    address: str
    """Whole, to be copied."""
    media_type: str


def ways(request: Request, feed_id: str) -> tuple[Way, ...]:
    """The formats of a feed, RSS first."""
    root = request.scope.get("root_path", "").rstrip("/")
    return tuple(
        Way(
            name=form.name.removesuffix(" Feed"),
            href=root + FEEDS + file_name(feed_id, form.suffix),
            address=whole(request, file_name(feed_id, form.suffix)),
            media_type=form.media_type,
        )
        for form in FORMATS
    )


def whole(request: Request, name: str) -> str:
    """The address at which others fetch a file of ``feeds/``: under ``base_url``, if that leads anywhere but here."""
    site = site_of(request)
    base = site.config.settings.base_url.rstrip("/") + "/"
    if (urlsplit(base).hostname or "localhost") in {"localhost", "127.0.0.1", "::1"}:
        return site.base(request).rstrip("/") + FEEDS + name
    return base + name


def linked(answer: Response, follow: Iterable[Way]) -> Response:
    """The answer with the feeds of its page in the header ``Link`` (RFC 8288), as they stand in its head.

    As many as a proxy takes in a header; the head of the page has them all.
    """
    told = [f'<{quote(way.href, safe="/:?=&%")}>; rel="alternate"; type="{way.media_type}"' for way in follow]
    if told:
        reached = list(accumulate(len(one) + 2 for one in told))
        answer.headers["Link"] = ", ".join(one for one, size in zip(told, reached, strict=True) if size <= MOST)
    return answer
