"""Teman, Kommuner, Avsändare: what there is of each, and one with its coverage over time and its articles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from aggregator.archive import Elsewhere
from aggregator.model import TagKind
from aggregator.web import charts, rows, telling
from aggregator.web.access import viewer
from aggregator.web.catalogue import SHELVES, Topic, topics
from aggregator.web.site import show, site_of
from aggregator.web.subscribing import linked, ways
from aggregator.web.wording import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aggregator.archive import Archive
    from aggregator.model import KeptArticle
    from aggregator.web.charts import Chart
    from aggregator.web.telling import Told

router = APIRouter(include_in_schema=False)

LISTED = 120
"""Topics on a page of a list."""
SHOWN = 20
"""Articles on a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Some articles out of a long row."""

    items: tuple[Told, ...]
    newer: int | None
    older: int | None
    first: bool
    """Whether these are the newest."""


@router.get("/teman")
def themes(request: Request) -> Response:
    """Every theme."""
    return _listed(request, TagKind.THEME)


@router.get("/kommuner")
def municipalities(request: Request) -> Response:
    """Every municipality."""
    return _listed(request, TagKind.KOMMUN)


@router.get("/avsandare")
def senders(request: Request) -> Response:
    """Every organisation whose press releases became news."""
    return _listed(request, TagKind.ORIGIN)


@router.get("/tema/{slug}")
def theme(request: Request, slug: str) -> Response:
    """One theme."""
    return _one(request, TagKind.THEME, slug)


@router.get("/kommun/{slug}")
def municipality(request: Request, slug: str) -> Response:
    """One municipality."""
    return _one(request, TagKind.KOMMUN, slug)


@router.get("/avsandare/{slug}")
def sender(request: Request, slug: str) -> Response:
    """One sender."""
    return _one(request, TagKind.ORIGIN, slug)


def _listed(request: Request, kind: TagKind) -> Response:
    site = site_of(request)
    with site.reading() as archive:
        found = topics(archive, site.config, kind, site.now())
    return show(request, "topics.html", shelf=SHELVES[kind], part=rows.part(found, request, LISTED), total=len(found))


def _one(request: Request, kind: TagKind, slug: str) -> Response:
    site = site_of(request)
    with site.reading() as archive:
        topic = named(topics(archive, site.config, kind, site.now()), slug)
        chart, row = coverage(archive, topic), articles(request, archive, tag=(kind, topic.name))
    follow = ways(request, topic.feed_id) if topic.has_feed else ()
    answer = show(request, "topic.html", shelf=SHELVES[kind], topic=topic, chart=chart, row=row, follow=follow)
    return linked(answer, follow)


def named(found: tuple[Topic, ...], slug: str) -> Topic:
    """The topic at an address; 404 where there is none."""
    for topic in found:
        if topic.slug == slug:
            return topic
    raise HTTPException(404)


def coverage(archive: Archive, topic: Topic) -> Chart | None:
    """How much was written of a topic, over time and by outlet."""
    title = f"Artiklar om {label(topic.name, topic.kind)} över tid"
    if topic.kind is TagKind.ORIGIN:
        title = f"Artiklar från {topic.name} över tid"
    return chart_of(archive, title, tag=(topic.kind, topic.name))


def chart_of(
    archive: Archive, title: str, *, tag: tuple[TagKind, str] | None = None, source_id: str | None = None
) -> Chart | None:
    """The same of anything that the archive counts by month."""
    names = {source.source_id: source.name for source in archive.known_sources()}
    counts: dict[tuple[str, str], int] = {}
    for month in archive.months(tag, source_id=source_id):
        for source, number in month.by_source.items():
            key = (month.month, names.get(source, source))
            counts[key] = counts.get(key, 0) + number
    return charts.by_month(title, counts)


def articles(
    request: Request,
    archive: Archive,
    *,
    tag: tuple[TagKind, str] | None = None,
    source_id: str | None = None,
) -> Row:
    """The articles that an address asks for: those before ``?fore=``, those after ``?efter=``, else the newest."""
    before = rows.number(request.query_params.get("fore"))
    after = rows.number(request.query_params.get("efter")) if before is None else None
    leaf = archive.leaf(tag, source_id=source_id, limit=SHOWN, before=before, after=after)
    reader = viewer(request)
    return Row(
        items=tuple(replace(telling.told(kept, reader), also=also) for kept, also in folded(leaf.articles)),
        newer=leaf.newer,
        older=leaf.older,
        first=before is None and (after is None or leaf.newer is None),
    )


def folded(found: Sequence[KeptArticle]) -> Iterator[tuple[KeptArticle, tuple[Elsewhere, ...]]]:
    """Articles of one story that stand on one page are told once, the other outlets beside the first.

    Another version in the same outlet is told as an article of its own.
    """
    first: dict[int, KeptArticle] = {}
    also: dict[int, dict[str, Elsewhere]] = {}
    shown: list[KeptArticle] = []
    for kept in found:
        lead = kept if kept.story_id is None else first.setdefault(kept.story_id, kept)
        if lead is kept or lead.source_id == kept.source_id:
            shown.append(kept)
            continue
        url = kept.article.canonical_url or kept.article.url
        told = Elsewhere(source_id=kept.source_id, source_name=kept.source_name, url=url)
        also.setdefault(lead.id, {}).setdefault(kept.source_id, told)
    for kept in shown:
        yield kept, tuple(also.get(kept.id, {}).values())
