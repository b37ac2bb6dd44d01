"""Sök: the start page. The line, what it finds, how that is spread, and the ways to keep on following it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from aggregator.render import FORMATS
from aggregator.web import charts, narrowing, telling
from aggregator.web.access import viewer
from aggregator.web.choices import LAST_PAGE, PAGE, Choices, Order, read
from aggregator.web.site import show, site_of
from aggregator.web.subscribing import Way, linked

if TYPE_CHECKING:
    from aggregator.archive import Archive, SearchResult
    from aggregator.web.charts import Chart

router = APIRouter(include_in_schema=False)

EXAMPLES = (
    ("vårdcentral karlskoga", "båda orden, i alla böjningar och i sammansättningar"),
    ('"nära vård"', "precis de orden, i den ordningen"),
    ("skola OR förskola", "det ena eller det andra"),
    ("vinter -ishockey", "utan ett ord"),
    ("titel:sjukhus", "i rubriken"),
    ("kommun:Karlskoga från:2024", "en kommun, från och med ett år, en månad eller en dag"),
    ("tagg:hälsa", "ett tema"),
    ('källa:"Region Örebro län"', "en källa eller avsändare"),
)


CHART_HEIGHT = 150
"""Lower than elsewhere: the results come below."""
FILES = (("Excel", "xlsx"), ("CSV", "csv"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to the same search told otherwise: in another order, on another page, as a file."""

    name: str
    href: str
    current: bool = False


@router.get("/")
def search(request: Request) -> Response:
    """The search line and what it finds."""
    site = site_of(request)
    choices = read(request.query_params.multi_items())
    with site.reading() as archive:
        found = archive.search(
            choices.query(),
            limit=PAGE,
            offset=(choices.page - 1) * PAGE,
            sort=choices.sort,
            with_facets=choices.narrowed,
        )
        facets = found.facets if choices.narrowed else narrowing.everything(archive)
        chart = spread(archive, choices) if choices.narrowed and found.total > 1 else None
    reader = viewer(request)
    follow = feeds(request, choices)
    page = show(
        request,
        "search.html",
        choices=choices,
        found=found,
        hits=[telling.found(hit, reader) for hit in found.hits],
        groups=narrowing.groups(facets, choices),
        chosen=narrowing.chosen(choices, site.config),
        orders=orders(choices),
        feeds=follow,
        files=[Link(name=name, href=choices.address(f"/sok.{suffix}", paged=False)) for name, suffix in FILES],
        chart=chart,
        pager=pager(choices, found),
        first=(choices.page - 1) * PAGE + 1,
        start=replace(choices, page=1).address(),
        undated=replace(choices, since="", until="", page=1).address(),
        feed_title=narrowing.told(choices, site.config) or site.config.settings.title,
        examples=[(line, Choices(line=line).address(), what) for line, what in EXAMPLES],
        meant=replace(choices, line=found.suggestion, page=1).address() if found.suggestion else "",
    )
    return linked(page, follow)


def spread(archive: Archive, choices: Choices) -> Chart | None:
    """The chart of what a search finds, by month and source; none of a single month."""
    names = {source.source_id: source.name for source in archive.known_sources()} | {"": "Alla källor"}
    counts: Counter[tuple[str, str]] = Counter()
    for month in archive.search_months(choices.query()):
        for source, number in month.by_source.items():
            counts[month.month, names.get(source, source)] += number
    chart = charts.by_month("Träffar över tid", counts, height=CHART_HEIGHT)
    return chart if chart is not None and len(chart.columns) > 1 else None


def orders(choices: Choices) -> tuple[Link, ...]:
    """The orders in which results can stand; none where no words are sought, since nothing is then ranked."""
    if not choices.line:
        return ()
    known: tuple[tuple[str, Order], ...] = (("Bäst träff", "relevance"), ("Nyast", "newest"))
    return tuple(
        Link(name=name, href=replace(choices, order=order, page=1).address(), current=choices.sort == order)
        for name, order in known
    )


def feeds(request: Request, choices: Choices) -> tuple[Way, ...]:
    """The feeds of exactly this search."""
    root = request.scope.get("root_path", "").rstrip("/")
    base = site_of(request).base(request).rstrip("/")
    told = ((form, choices.address(f"/sok.{form.suffix}", paged=False)) for form in FORMATS)
    return tuple(
        Way(
            name=form.name.removesuffix(" Feed"),
            href=f"{root}{address}",
            address=f"{base}{address}",
            media_type=form.media_type,
        )
        for form, address in told
    )


def pager(choices: Choices, found: SearchResult) -> dict[str, Link]:
    """The pages before and after this one, those that there are."""
    beside: dict[str, int] = {}
    if choices.page > 1:
        beside["before"] = choices.page - 1
    if found.next is not None and choices.page < LAST_PAGE:
        beside["after"] = choices.page + 1
    return {where: Link(name=str(page), href=replace(choices, page=page).address()) for where, page in beside.items()}
