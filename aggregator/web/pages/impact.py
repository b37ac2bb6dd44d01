"""Genomslag: what became of press releases, as charts, tables and a list; one release beside those who took it up."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from aggregator.model import ReleaseFilter, ReleaseReport
from aggregator.pipeline.impact import IMPACT
from aggregator.render import CSV_TYPE, XLSX_TYPE, csv_chunks, impact, sheet
from aggregator.web import impact as told
from aggregator.web.access import viewer
from aggregator.web.rows import number
from aggregator.web.site import show, site_of
from aggregator.web.subscribing import linked, ways

if TYPE_CHECKING:
    from aggregator.archive import Archive
    from aggregator.model import Release
    from aggregator.web.impact import Chosen

router = APIRouter(include_in_schema=False)

SHOWN = 20
"""Releases on a page."""
KEPT = 64
"""Reports that are kept."""
_LOCK = threading.Lock()
Made = tuple[ReleaseReport, dict[str, tuple[str, ...]]]
_MADE: dict[tuple[Path, int, int, ReleaseFilter], Made] = {}
"""The reports made last, by archive, what it holds, and what was asked."""


@router.get("/genomslag")
def report(request: Request) -> Response:
    """The report of a period, and the releases in it."""
    site = site_of(request)
    with site.reading() as archive:
        chosen = _chosen(request, archive)
        figures, names = _report(archive, chosen.filter)
        listed = archive.release_count(chosen.listed)
        pages = max(1, -(-listed // SHOWN))
        page = min(chosen.page, pages)
        releases = archive.releases(chosen.listed, limit=SHOWN, offset=(page - 1) * SHOWN)
        follow = ways(request, IMPACT) if archive.pickup_count() else ()
    answer = show(
        request,
        "impact.html",
        chosen=chosen,
        figures=figures,
        median=told.line(figures.total),
        charts=(told.by_outcome(figures), told.by_outlet(figures)),
        tables=told.tables(figures),
        fields=[
            (key, name, told.options(names[field], getattr(chosen.filter, field), kind))
            for key, (field, name, kind) in told.KEYS.items()
        ],
        views=told.VIEWS,
        listed=listed,
        releases=[(release, [told.fate(pickup) for pickup in release.pickups]) for release in releases],
        page=page,
        pages=pages,
        follow=follow,
    )
    return linked(answer, follow)


@router.get("/genomslag.json")
def as_json(request: Request) -> Response:
    """The report and all its releases for programs."""
    figures, releases = _whole(request)
    found = {"report": impact.report_json(figures), "releases": [impact.release_json(one) for one in releases]}
    return Response(json.dumps(found, ensure_ascii=False), media_type="application/json")


@router.get("/genomslag.csv")
def as_csv(request: Request) -> Response:
    """The releases as CSV that a Swedish Excel opens by a double click: a row for each pickup."""
    _, releases = _whole(request)
    rows = impact.impact_texts(releases, local=True)
    body = b"".join(csv_chunks(impact.IMPACT_NAMES, rows, excel=True))
    return Response(body, media_type=CSV_TYPE, headers=_named(request, "csv"))


@router.get("/genomslag.xlsx")
def as_workbook(request: Request) -> Response:
    """The same as a workbook."""
    _, releases = _whole(request)
    book = sheet("Genomslag", impact.IMPACT_NAMES, impact.impact_rows(releases))
    return Response(book, media_type=XLSX_TYPE, headers=_named(request, "xlsx"))


@router.get("/genomslag-summor.csv")
def totals_as_csv(request: Request) -> Response:
    """The report's figures as CSV that a Swedish Excel opens."""
    figures, _ = _whole(request)
    rows = (impact.as_texts(row, local=True) for row in impact.total_rows(figures))
    body = b"".join(csv_chunks(impact.TOTAL_NAMES, rows, excel=True))
    return Response(body, media_type=CSV_TYPE, headers=_named(request, "csv", "summor-"))


@router.get("/genomslag-summor.xlsx")
def totals_as_workbook(request: Request) -> Response:
    """The same as a workbook."""
    figures, _ = _whole(request)
    book = sheet("Summor", impact.TOTAL_NAMES, impact.total_rows(figures))
    return Response(book, media_type=XLSX_TYPE, headers=_named(request, "xlsx", "summor-"))


@router.get("/genomslag/{article_id}.json")
def release_as_json(request: Request, article_id: str) -> Response:
    """One release for programs; for staff with the texts side by side."""
    with site_of(request).reading() as archive:
        found = _release(archive, article_id)
        answer = impact.release_json(found)
        if viewer(request).staff:
            for pickup, row in zip(found.pickups, answer["pickups"], strict=True):
                row["compared"] = impact.overlap_json(archive.compare(found, pickup))
    return Response(json.dumps(answer, ensure_ascii=False), media_type="application/json")


@router.get("/genomslag/{article_id}")
def release(request: Request, article_id: str) -> Response:
    """One release, and what became of it; for staff the texts side by side."""
    site, wanted = site_of(request), request.query_params.get("utgivare", "")
    with site.reading() as archive:
        found = _release(archive, article_id)
        shown = next((one for one in found.pickups if one.source_id == wanted), None) or next(iter(found.pickups), None)
        compared = archive.compare(found, shown) if shown is not None and viewer(request).staff else None
    return show(
        request,
        "release.html",
        release=found,
        fates=[told.fate(pickup) for pickup in found.pickups],
        shown=shown,
        compared=compared,
        sides=() if compared is None else (told.paragraphs(compared.release), told.paragraphs(compared.pickup)),
    )


def _chosen(request: Request, archive: Archive) -> Chosen:
    zone = ZoneInfo(site_of(request).config.settings.timezone)
    newest = next((one.published_at.astimezone(zone).date() for one in archive.releases(limit=1)), None)
    return told.read(request.query_params, newest)


def _report(archive: Archive, chosen: ReleaseFilter) -> Made:
    """The figures, and what they can be narrowed to; made once while nothing moves."""
    asked = (archive.path, archive.revision(), archive.pickups_moved(), chosen)
    with _LOCK:
        found = _MADE.get(asked)
    if found is None:
        found = archive.release_report(chosen), archive.release_choices()
        with _LOCK:
            if len(_MADE) >= KEPT:
                del _MADE[next(iter(_MADE))]
            _MADE[asked] = found
    return found


def _whole(request: Request) -> tuple[ReleaseReport, tuple[Release, ...]]:
    with site_of(request).reading() as archive:
        chosen = _chosen(request, archive)
        return _report(archive, chosen.listed)[0], archive.releases(chosen.listed)


def _release(archive: Archive, article_id: str) -> Release:
    known = number(article_id)
    found = None if known is None else archive.release(known)
    if found is None:
        raise HTTPException(404)
    return found


def _named(request: Request, suffix: str, what: str = "") -> dict[str, str]:
    name = f"genomslag-{what}{site_of(request).now():%Y-%m-%d}.{suffix}"
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
