"""What is said when a page cannot be given: in plain Swedish, with a way on."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from starlette.exceptions import HTTPException

from aggregator.errors import ArchiveError
from aggregator.web.reading import NoArchiveYet
from aggregator.web.site import show

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

log = structlog.get_logger()

WORDS = {
    HTTPStatus.BAD_REQUEST: (
        "Adressen gick inte att förstå",
        "Något i adressen är fel skrivet. Börja om från söksidan.",
    ),
    HTTPStatus.FORBIDDEN: ("Här får du inte vara", "Sidan är till för den som har loggat in."),
    HTTPStatus.NOT_FOUND: (
        "Sidan finns inte",
        "Länken kan vara gammal eller felskriven. Sök efter det du letar efter i stället.",
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: (
        "Det går inte att göra så här",
        "Sidan kan bara läsas. Gå tillbaka och försök igen.",
    ),
    HTTPStatus.TOO_MANY_REQUESTS: ("Det blev för många försök", "Vänta en stund och försök sedan igen."),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "Arkivet kan inte läsas just nu",
        "Försök igen om en stund. Är felet kvar, säg till den som sköter programmet.",
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "Något gick fel hos oss",
        "Felet är antecknat. Försök igen, och säg till den som sköter programmet om det kommer tillbaka.",
    ),
}
"""Status → heading, and what to do. Those not here are told as the nearest of 400 and 500."""


def trouble(request: Request, status: int) -> Response:
    """The page for a status."""
    fallback = HTTPStatus.BAD_REQUEST if status < 500 else HTTPStatus.INTERNAL_SERVER_ERROR
    heading, advice = WORDS[HTTPStatus(status) if status in WORDS else fallback]
    return show(request, "trouble.html", status=status, heading=heading, advice=advice)


def prepare(app: FastAPI) -> None:
    """Give the application its error pages."""
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(NoArchiveYet, _nothing_yet)
    app.add_exception_handler(ArchiveError, _unreadable)
    app.add_exception_handler(Exception, _bug)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - what it is registered for
    answer = trouble(request, error.status_code)
    answer.headers.update(error.headers or {})
    return answer


def _nothing_yet(request: Request, _: Exception) -> Response:
    return show(request, "empty.html")


def _unreadable(request: Request, error: Exception) -> Response:
    log.error("web.archive", path=request.url.path, why=str(error))
    return trouble(request, HTTPStatus.SERVICE_UNAVAILABLE)


def _bug(request: Request, _: Exception) -> Response:
    """Starlette raises the exception again when this page has been sent, so that it is logged."""
    return trouble(request, HTTPStatus.INTERNAL_SERVER_ERROR)
