"""Sök: the start page."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from aggregator.web.site import show, site_of

router = APIRouter(include_in_schema=False)


@router.get("/")
def search(request: Request) -> Response:
    """The search line and what it finds."""
    line = request.query_params.get("q", "").strip()
    with site_of(request).reading() as archive:
        found = archive.search(line, limit=20, sort="newest")
    return show(request, "search.html", line=line, found=found)
