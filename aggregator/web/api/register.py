"""What there is to follow: tags, projects, sources, feeds."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from aggregator.model import TagKind
from aggregator.pipeline.feeds import all_feeds
from aggregator.render import FORMATS, OPML
from aggregator.web.access import viewer
from aggregator.web.api import rows, shapes
from aggregator.web.site import site_of

router = APIRouter(prefix="/api/v1", tags=["register"])


@router.get("/tags", response_model=shapes.Tags, summary="Tags and how many articles bear them")
def tags(
    request: Request, kind: Annotated[shapes.Kind | None, Query(description="Of one kind; else of all.")] = None
) -> Response:
    """Themes, municipalities, projects and origins."""
    with site_of(request).reading() as archive:
        borne = archive.borne(None if kind is None else TagKind(kind))
    return rows.answer(
        {"tags": [{"kind": one.kind.value, "name": one.name, "articles": one.articles} for one in borne]}
    )


@router.get("/projects", response_model=shapes.Projects, summary="The register of projects")
def projects(request: Request) -> Response:
    """By name."""
    with site_of(request).reading() as archive:
        register = archive.projects()
        counts = {one.name: one.articles for one in archive.borne(TagKind.PROJEKT)}
    reader = viewer(request)
    ordered = sorted(register, key=lambda project: project.name.casefold())
    return rows.answer({"projects": [rows.project(one, reader, counts.get(one.name, 0)) for one in ordered]})


@router.get("/projects/{name:path}", response_model=shapes.Project, summary="One project")
def project(
    request: Request, name: Annotated[str, Path(description="Its name or an alias of it, in any case.")]
) -> Response:
    """Its articles: /api/v1/articles?tag=projekt:<name>."""
    folded = name.casefold()
    with site_of(request).reading() as archive:
        found = next(
            (one for one in archive.projects() if folded in (known.casefold() for known in (one.name, *one.aliases))),
            None,
        )
        counts = {one.name: one.articles for one in archive.borne(TagKind.PROJEKT)}
    if found is None:
        raise HTTPException(404, "No project is called so.")
    return rows.answer(rows.project(found, viewer(request), counts.get(found.name, 0)))


@router.get("/sources", response_model=shapes.Sources, summary="The sources and how they fare")
def sources(request: Request) -> Response:
    """Every outlet that was ever followed."""
    site = site_of(request)
    with site.reading() as archive:
        health = {one.source_id: one for one in archive.health(site.now())}
        known = archive.known_sources()
    return rows.answer({"sources": [rows.source(one, health.get(one.source_id)) for one in known]})


@router.get("/feeds", response_model=shapes.Feeds, summary="The feeds that are published")
def feeds(request: Request) -> Response:
    """In the order of the index; any search has a feed as well, at /sok.rss?q=…"""
    config = site_of(request).config
    with site_of(request).reading() as archive:
        published = all_feeds(config, archive)
    suffixes = tuple(form.suffix for form in FORMATS)
    opml = f"{config.settings.base_url.rstrip('/')}/{OPML}"
    return rows.answer({"opml": opml, "feeds": [rows.feed(one, config, suffixes) for one in published]})
