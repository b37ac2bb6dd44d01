"""Press releases and what became of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import dropwhile, islice
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BeforeValidator
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from aggregator.model.pickups import Release, ReleaseFilter
from aggregator.render import impact
from aggregator.web.api import paging, rows, shapes
from aggregator.web.api.finding import Cursor, Limit
from aggregator.web.site import site_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aggregator.archive import Archive

router = APIRouter(prefix="/api/v1", tags=["releases"])

CHUNK = 100


def _iso(text: object) -> object:
    """Only "2026-11-22": pydantic would also take a number of seconds."""
    if isinstance(text, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        raise ValueError("must be a day such as 2026-11-22")
    return text


Day = Annotated[date, BeforeValidator(_iso)]


class Chosen:
    """Which releases: the parameters of the address."""

    def __init__(  # noqa: PLR0913, PLR0917 - FastAPI reads them here
        self,
        since: Annotated[Day | None, Query(description="The first day, Swedish time.")] = None,
        until: Annotated[Day | None, Query(description="The last day.")] = None,
        theme: Annotated[str, Query(description="The name of a theme.")] = "",
        project: Annotated[str, Query(description="The name of a project.")] = "",
        municipality: Annotated[str, Query(description="The name of a municipality.")] = "",
        outlet: Annotated[str, Query(description="The id or name of a source that took them up.")] = "",
        sender: Annotated[str, Query(description="Whose releases.")] = "",
        picked_up: Annotated[bool | None, Query(description="Only those that somebody, or nobody, took up.")] = None,
    ) -> None:
        self.filter = ReleaseFilter(
            since=since,
            until=until,
            theme=theme,
            project=project,
            municipality=municipality,
            outlet=outlet,
            sender=sender,
            picked_up=picked_up,
        )


@router.get("/releases", response_model=shapes.Releases, summary="Press releases and who took them up")
def releases(
    request: Request, chosen: Annotated[Chosen, Depends()], limit: Limit = 20, cursor: Cursor = None
) -> Response:
    """The newest first, each with its pickups: when, and how much of it word for word."""
    zone = ZoneInfo(site_of(request).config.settings.timezone)
    with site_of(request).reading() as archive:
        found = list(islice(_from(archive, chosen.filter, cursor), limit + 1))
    shown = found[:limit]
    after = None
    if len(found) > limit:
        last = shown[-1]
        after = paging.cursor_of(f"{last.published_at.astimezone(zone).date()}.{last.article_id}")
    address = paging.following(request, after)
    return rows.answer({"releases": [impact.release_json(one) for one in shown], "next": address}, following=address)


@router.get("/releases/report", response_model=shapes.ReleaseReport, summary="The figures of press releases")
def report(request: Request, chosen: Annotated[Chosen, Depends()]) -> Response:
    """By month, theme, project, municipality, outlet and sender."""
    with site_of(request).reading() as archive:
        found = archive.release_report(chosen.filter)
    return rows.answer(impact.report_json(found))


@router.get("/releases/{number}", response_model=shapes.Release, summary="One press release")
def release(
    request: Request, number: Annotated[int, Path(ge=1, lt=2**63, description="Its article's id, or a pickup's.")]
) -> Response:
    """With its pickups."""
    with site_of(request).reading() as archive:
        found = archive.release(number)
    if found is None:
        raise HTTPException(404, "No press release is known by this number.")
    return rows.answer(impact.release_json(found))


def _from(archive: Archive, chosen: ReleaseFilter, cursor: str | None) -> Iterator[Release]:
    """The releases after the one at which the page before ended, however many have come since."""
    if cursor is None:
        return _all(archive, chosen)
    day_told, _, number = paging.text_of(cursor).partition(".")
    try:
        day, last = date.fromisoformat(day_told), int(number)
    except ValueError:
        raise paging.unknown() from None
    # Days are read once more from where the page before ended: a release of that day may have come since.
    chosen = replace(chosen, until=min(day, chosen.until or day))
    rest = dropwhile(lambda one: one.article_id != last, _all(archive, chosen))
    return islice(rest, 1, None)


def _all(archive: Archive, chosen: ReleaseFilter) -> Iterator[Release]:
    offset = 0
    while chunk := archive.releases(chosen, limit=CHUNK, offset=offset):
        yield from chunk
        offset += CHUNK
