"""Cursors: opaque to whoever holds them, and stable however many articles come meanwhile."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from aggregator.web.site import site_of

if TYPE_CHECKING:
    from starlette.requests import Request

FORM = r"^[A-Za-z0-9_-]{1,200}$"
"""What a cursor looks like."""
_LARGEST = 2**62


def cursor_of(place: int | str) -> str:
    """A place in a list as a cursor."""
    return base64.urlsafe_b64encode(str(place).encode()).decode().rstrip("=")


def number_of(cursor: str | None) -> int | None:
    """The number that a cursor holds. Raises HTTPException 404 where it is none of ours."""
    if cursor is None:
        return None
    text = text_of(cursor)
    if not (text.isascii() and text.isdigit() and int(text[:30]) < _LARGEST):
        raise unknown()
    return int(text)


def text_of(cursor: str) -> str:
    """The text that a cursor holds; likewise."""
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError):
        raise unknown() from None


def unknown() -> HTTPException:
    """What is raised where no page begins at a cursor."""
    return HTTPException(404, "No page begins at this cursor: take the one of an earlier answer's next.")


def following(request: Request, cursor: str | None) -> str | None:
    """The address of the page that begins at the cursor: this one's, with another cursor."""
    if cursor is None:
        return None
    path = request.url.include_query_params(cursor=cursor)
    return f"{site_of(request).base(request).rstrip('/')}{path.path}?{path.query}"
