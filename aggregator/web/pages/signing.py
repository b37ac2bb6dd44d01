"""Logga in and Logga ut."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aggregator.web.access import check_form, viewer
from aggregator.web.signing.desk import TooOften
from aggregator.web.signing.doorman import COOKIE, cookie_name
from aggregator.web.site import show
from aggregator.web.troubles import SIGN_IN

if TYPE_CHECKING:
    from aggregator.model import Staff
    from aggregator.web.signing import Desk

router = APIRouter(include_in_schema=False)

VISIT = "besok"
"""The cookie to which the form is bound before there is a session."""
VISIT_SECONDS = 3600
_VISIT = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)


@router.get(SIGN_IN)
def sign_in(request: Request) -> Response:
    """The form."""
    return _form(request, after=safe_next(request.query_params.get("next", "")))


@router.post(SIGN_IN)
async def enter(request: Request) -> Response:
    """The form as it was sent."""
    form = {name: value for name, value in (await request.form(max_files=0)).items() if isinstance(value, str)}
    after, name = safe_next(form.get("next", "")), form.get("name", "").strip()
    if not _ours(request, form.get("csrf", "")):
        return _form(request, after=after, name=name, status=403, wrong="stale")
    address = request.client.host if request.client else ""
    try:
        person = await run_in_threadpool(desk_of(request).by_password, name, form.get("password", ""), address)
    except TooOften as often:
        page = _form(request, after=after, name=name, status=429, wrong="often")
        page.headers["Retry-After"] = str(often.seconds)
        return page
    if person is None:
        return _form(request, after=after, name=name, status=403, wrong="unknown")
    return _enter(request, person, after)


@router.post("/logga-ut")
async def leave(request: Request) -> Response:
    """Sign out: also copies of the cookie are worth nothing any more."""
    form = await request.form(max_files=0)
    token = form.get("csrf", "")
    if viewer(request).name is not None:
        check_form(request, token if isinstance(token, str) else "")
        _end(request)
    answer = RedirectResponse(_to(request, "/"), status_code=303, headers={"Cache-Control": "no-store"})
    answer.delete_cookie(cookie_name(request), path="/", secure=_secure(request), httponly=True, samesite="lax")
    return answer


def desk_of(request: Request) -> Desk:
    """Where one is asked who one is."""
    found: Desk = request.app.state.desk
    return found


def safe_next(where: str) -> str:
    """The path to go to when signed in, on this site and no other; "/" for anything else."""
    if not where.startswith("/") or len(where) > 4_000 or re.search(r"[\x00-\x20\x7f\\]", where):
        return "/"
    try:
        parts = urlsplit(where)
    except ValueError:
        return "/"
    elsewhere = parts.scheme or parts.netloc or where.startswith("//") or not where.isascii()
    return "/" if elsewhere or parts.path in (SIGN_IN, "/logga-ut") else where


def _form(request: Request, *, after: str, name: str = "", status: int = 200, wrong: str = "") -> Response:
    visit = _visit(request) or secrets.token_urlsafe(16)
    desk = desk_of(request)
    values = {"after": after, "name": name[:200], "wrong": wrong, "has_staff": desk.has_staff}
    page = show(request, "signin.html", status=status, csrf=desk.sessions.form_token(_bound(visit)), **values)
    page.headers["Cache-Control"] = "no-store"
    _set_cookie(request, page, VISIT, visit, VISIT_SECONDS)
    return page


def _ours(request: Request, csrf: str) -> bool:
    """Whether the form was sent from our page, by the browser to which the page was given."""
    visit = _visit(request)
    if visit is None or not desk_of(request).sessions.fits(csrf, _bound(visit)):
        return False
    origin = request.headers.get("origin")
    same_site = request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
    return same_site and (origin is None or origin.partition("://")[2].lower() == request.headers["host"].lower())


def _enter(request: Request, person: Staff, after: str) -> Response:
    _end(request)
    sessions = desk_of(request).sessions
    answer = RedirectResponse(_to(request, after), status_code=303, headers={"Cache-Control": "no-store"})
    _set_cookie(request, answer, COOKIE, sessions.start(person), sessions.lasts)
    return answer


def _end(request: Request) -> None:
    """End the session that the request comes with, if one."""
    sessions = desk_of(request).sessions
    session = sessions.read(request.cookies.get(cookie_name(request), ""))
    if session is not None:
        sessions.end(session)


def _set_cookie(request: Request, answer: Response, name: str, value: str, seconds: int) -> None:
    answer.set_cookie(
        cookie_name(request, name),
        value,
        max_age=seconds,
        path="/",
        secure=_secure(request),
        httponly=True,
        samesite="lax",
    )


def _secure(request: Request) -> bool:
    return request.url.scheme == "https"


def _visit(request: Request) -> str | None:
    found = request.cookies.get(cookie_name(request, VISIT), "")
    return found if _VISIT.fullmatch(found) else None


def _bound(visit: str) -> str:
    return f"visit:{visit}"


def _to(request: Request, path: str) -> str:
    return f"{request.scope.get('root_path', '').rstrip('/')}{path}"
