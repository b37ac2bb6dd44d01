"""What went wrong, for programs: application/problem+json (RFC 9457), in plain words."""

from __future__ import annotations

import json
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIA_TYPE = "application/problem+json"
ADVICE = MappingProxyType(
    {
        400: "The request could not be understood.",
        401: "Sign in: send a token as 'Authorization: Bearer …', or a name and a password as Basic.",
        403: "This is for staff.",
        404: "There is nothing at this address. /api/v1/ tells what there is.",
        405: "This can only be read: use GET.",
        408: "The request came too slowly.",
        413: "The body of the request is too large; none is needed.",
        414: "The address is too long.",
        421: "This server does not answer to that host name; see 'hosts' in its configuration.",
        422: "A parameter has a value that it cannot have.",
        429: "There were too many tries to sign in. Wait for as many seconds as Retry-After says.",
        500: "Something went wrong here. It has been logged; try again, and tell whoever runs this if it comes back.",
        503: "The archive cannot be read just now, or the question takes too long. Try again, or ask for less.",
    }
)


def problem(
    status: int, detail: str | None = None, headers: Mapping[str, str] | None = None, **more: object
) -> Response:
    """A problem of this status; ``detail`` says what it was in this very case."""
    title = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Error"
    said = detail or ADVICE.get(status, ADVICE[400 if status < 500 else 500])
    body = {"type": "about:blank", "title": title, "status": status, "detail": said, **more}
    return Response(
        json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"),
        status_code=status,
        headers=dict(headers or {}),
        media_type=MEDIA_TYPE,
    )
