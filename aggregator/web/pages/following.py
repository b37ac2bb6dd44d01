"""Any search as a feed: the articles that it finds, the newest first, in every format."""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from aggregator.model import Feed, Filter
from aggregator.pipeline.retold import Desk
from aggregator.render import FORMATS, Document, render
from aggregator.web.choices import Choices, read
from aggregator.web.narrowing import told
from aggregator.web.site import Site, site_of

if TYPE_CHECKING:
    from aggregator.archive import Archive

router = APIRouter(include_in_schema=False)

LIMIT = 50
"""Entries of a search's feed."""
FRESH_SECONDS = 600
"""How long a reader may take a feed for new."""

_FORMATS = {form.suffix: form for form in FORMATS}


@router.get("/sok.{suffix}")
def follow(request: Request, suffix: str) -> Response:
    """The feed of a search, by the same choices as its page; the same articles give the same bytes."""
    form = _FORMATS.get(suffix)
    if form is None:
        raise HTTPException(404)
    site = site_of(request)
    choices = read(request.query_params.multi_items())
    with site.reading() as archive:
        document = feed_of(choices, archive, site, site.base(request))
    return Response(
        render(document, form),
        media_type=form.media_type,
        headers={
            "Cache-Control": f"public, max-age={FRESH_SECONDS}",
            "Last-Modified": format_datetime(document.updated_at, usegmt=True),
            "Link": f'<{document.address(suffix)}>; rel="self", <{document.page}>; rel="alternate"; type="text/html"',
        },
    )


def feed_of(choices: Choices, archive: Archive, site: Site, base: str) -> Document:
    """The document of a search's feed; a story is one entry, and what has vanished from its site is none."""
    settings = site.config.settings
    sought = told(choices, site.config)
    feed = Feed(
        id="sok",
        title=f"{sought} – {settings.title}" if sought else settings.title,
        description=f"Allt i arkivet om: {sought}." if sought else "Allt som publiceras av de källor vi följer.",
        filter=Filter(sources=tuple(value for key, value in choices.filters if key == "kalla")),
        limit=LIMIT,
        stories=settings.stories,
    )
    look = archive.matching_stories if feed.stories else archive.matching_articles
    ids = look(choices.query(), limit=LIMIT + 1)
    return Document(
        feed=feed,
        entries=Desk(archive).entries(ids[:LIMIT], feed),
        base_url=base,
        language=settings.language,
        publisher=settings.title,
        asked=urlencode(choices.parameters(paged=False), errors="replace"),
        cut=len(ids) > LIMIT,
    )
