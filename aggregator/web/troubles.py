"""What is said when a page cannot be given: in plain Swedish, with a way on."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

import structlog
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from aggregator.errors import ArchiveError, TookTooLong
from aggregator.web.access import SignInFirst
from aggregator.web.problems import problem
from aggregator.web.reading import NoArchiveYet
from aggregator.web.site import show

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

log = structlog.get_logger()

SIGN_IN = "/logga-in"
"""The page to sign in on."""
CHALLENGE = 'Basic realm="aggregator", charset="UTF-8", Bearer realm="aggregator"'
API = "/api"
"""Below this address programs are answered."""

WORDS = {
    HTTPStatus.BAD_REQUEST: (
        "Adressen gick inte att förstå",
        "Något i adressen är fel skrivet. Börja om från söksidan.",
    ),
    HTTPStatus.UNAUTHORIZED: ("Logga in först", "Namnet, lösenordet eller nyckeln stämmer inte."),
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


def trouble(request: Request, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """The page for a status; in the API, what programs understand (RFC 9457)."""
    if for_programs(request):
        return problem(status, headers=headers)
    fallback = HTTPStatus.BAD_REQUEST if status < 500 else HTTPStatus.INTERNAL_SERVER_ERROR
    heading, advice = WORDS[HTTPStatus(status) if status in WORDS else fallback]
    page = show(request, "trouble.html", status=status, heading=heading, advice=advice)
    page.headers.update(headers or {})
    return page


def for_programs(request: Request) -> bool:
    """Whether the API is asked."""
    return path_of(request).startswith(f"{API}/")


def path_of(request: Request) -> str:
    """The path below where the site stands."""
    root = request.scope.get("root_path", "").rstrip("/")
    return str(request.scope["path"]).removeprefix(root) or "/"


def sign_in_first(request: Request) -> Response:
    """To the page to sign in on, for browsers; for programs 401."""
    if for_programs(request) or "text/html" not in request.headers.get("accept", ""):
        return trouble(request, 401, {"WWW-Authenticate": CHALLENGE})
    back = path_of(request) + (f"?{request.url.query}" if request.url.query else "")
    root = request.scope.get("root_path", "").rstrip("/")
    where = f"{root}{SIGN_IN}?next={quote(back, safe='')}" if request.method == "GET" else f"{root}{SIGN_IN}"
    return RedirectResponse(where, status_code=303)


def prepare(app: FastAPI) -> None:
    """Give the application its error pages."""
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _wrong)
    app.add_exception_handler(SignInFirst, _sign_in)
    app.add_exception_handler(NoArchiveYet, _nothing_yet)
    app.add_exception_handler(ArchiveError, _unreadable)
    app.add_exception_handler(Exception, _bug)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - what it is registered for
    if for_programs(request):
        phrase = HTTPStatus(error.status_code).phrase
        return problem(error.status_code, error.detail if error.detail != phrase else None, error.headers)
    return trouble(request, error.status_code, error.headers)


def _wrong(request: Request, error: Exception) -> Response:
    """A parameter of the API has a value that it cannot have."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - what it is registered for
    if not for_programs(request):
        return trouble(request, HTTPStatus.BAD_REQUEST)
    told = [f"{'.'.join(str(part) for part in one['loc'][1:])}: {one['msg']}" for one in error.errors()]
    return problem(422, "A parameter has a value that it cannot have. " + "; ".join(told), errors=told)


def _sign_in(request: Request, _: Exception) -> Response:
    return sign_in_first(request)


def _nothing_yet(request: Request, _: Exception) -> Response:
    if for_programs(request):
        return problem(503, "Nothing has been fetched yet: there is no archive.", {"Retry-After": "60"})
    return show(request, "empty.html")


def _unreadable(request: Request, error: Exception) -> Response:
    if isinstance(error, TookTooLong):
        log.warning("web.slow", path=request.url.path, query=request.url.query[:200])
        return _too_long(request)
    log.error("web.archive", path=request.url.path, why=str(error))
    return trouble(request, HTTPStatus.SERVICE_UNAVAILABLE)


def _too_long(request: Request) -> Response:
    if for_programs(request):
        return problem(503, "The question takes too long to answer. Ask for less: more words, or dates.")
    heading = "Frågan tog för lång tid"
    advice = "Sök efter färre eller ovanligare ord, eller begränsa sökningen till några år med från: och till:."
    return show(request, "trouble.html", status=503, heading=heading, advice=advice)


def _bug(request: Request, _: Exception) -> Response:
    """Starlette raises the exception again when this page has been sent, so that it is logged."""
    return trouble(request, HTTPStatus.INTERNAL_SERVER_ERROR)
