"""Projekt: the register, and one project with what it is, its coverage over time and its articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from aggregator import markup
from aggregator.model import ProjectStatus, TagKind
from aggregator.pipeline.entries import without_contacts
from aggregator.web.access import viewer
from aggregator.web.catalogue import SHELVES, topics
from aggregator.web.pages.topics import articles, coverage, named
from aggregator.web.site import show, site_of
from aggregator.web.subscribing import linked, ways

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aggregator.model import Project
    from aggregator.web.access import Viewer
    from aggregator.web.catalogue import Topic

router = APIRouter(include_in_schema=False)

SAID = 220
"""Characters of a description in the list."""
MANY = 60
"""Projects from which a description is told in a third of that, so that the page stays small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A project of the register as a list tells it."""

    topic: Topic
    project: Project | None
    """None for one that articles were tagged with before it left the register."""
    said: str


GROUPS = (
    ("pagaende", "Pågående"),
    ("avslutade", "Avslutade"),
    ("ovriga", "Övriga"),
    ("borta", "Inte längre i registret"),
)
STATES = {
    "pagaende": "Pågår",
    "avslutade": "Avslutat",
    "ovriga": "Läget är okänt",
    "borta": "Inte längre i registret",
}
"""The same of one project."""


@router.get("/projekt")
def projects(request: Request) -> Response:
    """The register: what goes on, what is finished, what is gone."""
    site = site_of(request)
    with site.reading() as archive:
        found = topics(archive, site.config, TagKind.PROJEKT, site.now())
        register = {project.name: project for project in archive.projects()}
    reader = viewer(request)
    said = SAID if len(found) <= MANY else SAID // 3
    listed = [_listed(topic, register.get(topic.name), reader, said) for topic in found]
    groups = [(anchor, heading, [one for one in listed if _group(one.project) == anchor]) for anchor, heading in GROUPS]
    return show(request, "projects.html", shelf=SHELVES[TagKind.PROJEKT], groups=groups, total=len(listed))


@router.get("/projekt/{slug}")
def project(request: Request, slug: str) -> Response:
    """One project."""
    site = site_of(request)
    with site.reading() as archive:
        topic = named(topics(archive, site.config, TagKind.PROJEKT, site.now()), slug)
        known = next((one for one in archive.projects() if one.name == topic.name), None)
        chart, row = coverage(archive, topic), articles(request, archive, tag=(TagKind.PROJEKT, topic.name))
    follow = ways(request, topic.feed_id) if topic.has_feed else ()
    answer = show(
        request,
        "project.html",
        shelf=SHELVES[TagKind.PROJEKT],
        topic=topic,
        project=known,
        description=_paragraphs(known, viewer(request)),
        state=STATES[_group(known)],
        chart=chart,
        row=row,
        follow=follow,
    )
    return linked(answer, follow)


def _listed(topic: Topic, project: Project | None, reader: Viewer, most: int) -> Listed:
    said = " ".join(_paragraphs(project, reader))
    return Listed(topic=topic, project=project, said=markup.shorten(said, most))


def _paragraphs(project: Project | None, reader: Viewer) -> list[str]:
    """The description; without anybody's telephone and address where its reader is not staff."""
    told: Iterable[str] = project.description.split("\n") if project is not None else ()
    shown = (part if reader.staff else without_contacts(part) for part in told)
    return [part.strip() for part in shown if part.strip()]


def _group(project: Project | None) -> str:
    if project is None or project.gone_at is not None:
        return "borta"
    return {ProjectStatus.ONGOING: "pagaende", ProjectStatus.FINISHED: "avslutade"}.get(project.status, "ovriga")
