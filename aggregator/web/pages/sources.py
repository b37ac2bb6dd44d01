"""Källor: how each source fares, in plain words; and one source with its coverage, articles and last turns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from aggregator.archive import KnownSource, SourceHealth
from aggregator.model import Publish, Role, SourceKind
from aggregator.web import rows
from aggregator.web.health import OUTCOMES, Condition, condition, explained, standstill
from aggregator.web.pages.topics import articles, chart_of
from aggregator.web.site import show, site_of
from aggregator.web.subscribing import linked, ways

if TYPE_CHECKING:
    from datetime import datetime

    from aggregator.archive import Archive

router = APIRouter(include_in_schema=False)

ROLES = {
    Role.NEWSPAPER: "Tidning",
    Role.BROADCASTER: "Radio och tv",
    Role.AUTHORITY: "Myndighet",
    Role.UNIVERSITY: "Universitet",
    Role.PRESSROOM: "Pressrum",
    Role.POLICE: "Polisen",
    Role.ORGANISATION: "Organisation",
}
LISTED = 80
"""Sources on a page."""
TROUBLED = 12
"""Those that are told of at length; the others' trouble stands in the table."""
TURNS = 10
"""Last turns that are told of a source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A source and how it is."""

    source: KnownSource
    health: SourceHealth
    condition: Condition

    @property
    def path(self) -> str:
        """Its page's permanent address."""
        return f"/kalla/{quote(self.source.source_id, safe='')}"

    @property
    def role(self) -> str:
        """What it is, in a word."""
        return ROLES[self.source.role]

    @property
    def troubled(self) -> bool:
        """Whether somebody should look at it."""
        return self.condition.tone in {"bad", "warn"}


@router.get("/kallor")
def sources(request: Request) -> Response:
    """Every source, the troubled ones told of first."""
    site = site_of(request)
    now = site.now()
    with site.reading() as archive:
        seen = _seen(archive, now)
    return show(
        request,
        "sources.html",
        now=now,
        part=rows.part([one for one in seen if one.source.enabled], request, LISTED),
        followed=sum(one.source.enabled for one in seen),
        left=[one for one in seen if not one.source.enabled],
        troubled=[one for one in seen if one.troubled],
        most=TROUBLED,
        stalled=standstill((one.health for one in seen), now),
    )


@router.get("/kalla/{source_id}")
def source(request: Request, source_id: str) -> Response:
    """One source."""
    site = site_of(request)
    now = site.now()
    with site.reading() as archive:
        found = next((one for one in _seen(archive, now) if one.source.source_id == source_id), None)
        if found is None:
            raise HTTPException(404)
        chart = chart_of(archive, f"Artiklar i {found.source.name} över tid", source_id=source_id)
        row = articles(request, archive, source_id=source_id)
        turns = archive.crawls(source_id, limit=TURNS)
    follow = ways(request, f"kalla-{source_id}") if found.health.seen else ()
    answer = show(
        request,
        "source.html",
        now=now,
        seen=found,
        chart=chart,
        row=row,
        follow=follow,
        turns=[(turn, OUTCOMES[turn.outcome], explained(turn.reason)[0] if turn.reason else "") for turn in turns],
        whole=found.source.publish is Publish.FULL,
        register=found.source.kind is SourceKind.PROJECTS,
    )
    return linked(answer, follow)


def _seen(archive: Archive, now: datetime) -> list[Seen]:
    known = {one.source_id: one for one in archive.known_sources()}
    return [
        Seen(source=known[one.source_id], health=one, condition=condition(known[one.source_id], one))
        for one in archive.health(now)
        if one.source_id in known
    ]
