"""All that a search finds as a file, for Excel and other programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from aggregator.pipeline.entries import entry_of
from aggregator.pipeline.feeds import slug
from aggregator.render import CSV_TYPE, XLSX_TYPE, articles_csv, articles_xlsx
from aggregator.web.access import viewer
from aggregator.web.choices import read
from aggregator.web.narrowing import told
from aggregator.web.site import site_of

if TYPE_CHECKING:
    from aggregator.model import KeptArticle
    from aggregator.web.site import Site

router = APIRouter(include_in_schema=False)

FOR_ALL = 2_000
"""Articles in a file for one who is not staff, the newest."""
_BATCH = 200


@router.get("/sok.csv")
def as_csv(request: Request) -> Response:
    """Every hit as a line of CSV that a Swedish Excel opens by a double click; sent as it is read."""
    chunks = articles_csv(_articles(site_of(request), _ids(request), whole=viewer(request).staff), excel=True)
    return StreamingResponse(chunks, media_type=CSV_TYPE, headers=_named(request, "csv"))


@router.get("/sok.xlsx")
def as_workbook(request: Request) -> Response:
    """Every hit as a row of a workbook."""
    book = articles_xlsx(_articles(site_of(request), _ids(request), whole=viewer(request).staff))
    return Response(book, media_type=XLSX_TYPE, headers=_named(request, "xlsx"))


def _ids(request: Request) -> tuple[int, ...]:
    """Asked before the answer begins, so that what is wrong can still be told."""
    query = read(request.query_params.multi_items()).query()
    with site_of(request).reading() as archive:
        return archive.matching(query, limit=None if viewer(request).staff else FOR_ALL)


def _articles(site: Site, ids: Sequence[int], *, whole: bool) -> Iterator[KeptArticle]:
    with site.reading() as archive:
        for start in range(0, len(ids), _BATCH):
            for kept in archive.articles(ids[start : start + _BATCH]):
                yield kept if whole else _for_all(kept)


def _for_all(kept: KeptArticle) -> KeptArticle:
    """What the feeds carry of every article: headline, summary and link."""
    entry = entry_of(kept)
    return replace(kept, article=replace(kept.article, title=entry.title, lead=entry.summary, text="", html=""))


def _named(request: Request, suffix: str) -> dict[str, str]:
    """The file's name: what was sought, and the day."""
    site = site_of(request)
    sought = told(read(request.query_params.multi_items()), site.config)
    day = f"{site.now():%Y-%m-%d}"
    name = "-".join(part for part in ("sok", slug(sought)[:60] if sought else "", day) if part)
    return {"Content-Disposition": f'attachment; filename="{name}.{suffix}"', "Cache-Control": "private, no-store"}
