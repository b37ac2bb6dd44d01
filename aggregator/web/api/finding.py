"""Search, articles, stories."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from aggregator.errors import InputError
from aggregator.model import TagKind
from aggregator.web.access import viewer
from aggregator.web.api import paging, rows, shapes
from aggregator.web.site import site_of

router = APIRouter(prefix="/api/v1", tags=["articles"])

Limit = Annotated[int, Query(ge=1, le=100, description="How many to a page.")]
Cursor = Annotated[
    str | None, Query(pattern=paging.FORM, description="From next of the page before; not to be made up.")
]
Line = Annotated[
    str,
    Query(
        description='A search line: words, "a phrase", -without, OR, ( ), tagg: kommun: projekt: källa: från: till:'
        " titel: (or their English twins). Empty finds everything. Nothing that is typed is an error.",
        examples=["vårdcentral kommun:Karlskoga från:2024"],
    ),
]


@router.get("/search", response_model=shapes.Found, summary="Search the archive")
def search(  # noqa: PLR0913, PLR0917 - the parameters of the address
    request: Request,
    q: Line = "",
    sort: Annotated[Literal["relevance", "newest"], Query(description="What comes first.")] = "relevance",
    limit: Limit = 20,
    facets: Annotated[bool, Query(description="Also count sources, tags and years.")] = False,
    cursor: Cursor = None,
) -> Response:
    """Find articles in any inflection and inside compounds. What several outlets tell is one hit: see its key also."""
    try:
        with site_of(request).reading() as archive:
            found = archive.search(q, limit=limit, sort=sort, with_facets=facets, after=cursor)
    except InputError:
        raise paging.unknown() from None
    reader = viewer(request)
    body: dict[str, Any] = {
        "query": q,
        "understood": found.understood,
        "total": found.total,
        "more": found.more,
        "suggestion": found.suggestion,
        "hits": [rows.hit(hit, reader) for hit in found.hits],
        "facets": [
            {"kind": one.kind, "name": one.name, "value": one.value, "count": one.count} for one in found.facets
        ],
    }
    address = paging.following(request, found.next)
    return rows.answer(body | {"next": address}, following=address)


@router.get("/articles", response_model=shapes.Articles, summary="Articles, the newest first")
def articles(
    request: Request,
    source: Annotated[str | None, Query(description="The id of a source.", examples=["orebronyheter"])] = None,
    tag: Annotated[
        str | None,
        Query(
            pattern=rf"^(?:{'|'.join(kind.value for kind in TagKind)}):[^\x00-\x1f]+$",
            description="Kind and name of a tag.",
            examples=["theme:hälsa", "kommun:Karlskoga"],
        ),
    ] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """All articles, or those of a source, of a tag, or of both. Pages stand still while new articles come."""
    kind, _, name = (tag or "").partition(":")
    wanted = (TagKind(kind), name) if tag else None
    with site_of(request).reading() as archive:
        leaf = archive.leaf(wanted, source_id=source, limit=limit, before=paging.number_of(cursor))
    reader = viewer(request)
    address = paging.following(request, None if leaf.older is None else paging.cursor_of(leaf.older))
    told = [rows.article(kept, reader) for kept in leaf.articles]
    return rows.answer({"articles": told, "next": address}, following=address)


@router.get("/articles/{name:path}", response_model=shapes.Article, summary="One article")
def article(request: Request, name: Annotated[str, Path(description="Its id or its guid.")]) -> Response:
    """With its earlier wordings, for staff."""
    number = _number(name)
    with site_of(request).reading() as archive:
        kept = archive.article(number if number is not None else name)
    if kept is None:
        raise HTTPException(404, "There is no such article.")
    return rows.answer(rows.article(kept, viewer(request)))


@router.get("/stories/{number}", response_model=shapes.Story, summary="One story")
def story(
    request: Request, number: Annotated[int, Path(ge=1, lt=2**63, description="The story of an article.")]
) -> Response:
    """The articles that tell the same thing, the lead first."""
    with site_of(request).reading() as archive:
        found = archive.story(number)
    if found is None:
        raise HTTPException(404, "There is no such story.")
    return rows.answer(rows.story(found))


def _number(name: str) -> int | None:
    """An id; None where it is no whole number that the archive could hold."""
    if not (name.isascii() and name.isdigit() and len(name) < 19):
        return None
    return int(name)
