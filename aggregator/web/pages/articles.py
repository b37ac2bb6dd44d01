"""Artikel: one article, what it was before, the page as it was fetched, and its tags as staff correct them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aggregator import markup
from aggregator.archive import Archive
from aggregator.errors import InputError
from aggregator.model import TagKind
from aggregator.tag import read_label
from aggregator.web import portrait, rows
from aggregator.web.access import check_form, require_staff, viewer
from aggregator.web.catalogue import SHELVES, every_topic
from aggregator.web.site import show, site_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aggregator.model import Correction, KeptArticle, Story
    from aggregator.web.catalogue import Topic
    from aggregator.web.site import Site

router = APIRouter(include_in_schema=False)

RELATED = 5
"""Stories that share a quote, and are named."""
LONGEST_NAME = 200
VERBS = {"add": "lade till", "remove": "tog bort", "withdraw": "lät reglerna avgöra"}
_KINDS = {kind.value: kind for kind in TagKind}

Label = tuple[TagKind, str]


@router.get("/artikel/{number}")
def article(request: Request, number: str) -> Response:
    """One article."""
    return _page(request, _id(number))


def _page(request: Request, article_id: int, *, status: int = 200, wrong: str = "") -> Response:
    site, reader = site_of(request), viewer(request)
    with site.reading() as archive:
        kept = _kept(archive, article_id)
        story = archive.story(kept.story_id) if kept.story_id is not None else None
        related = _related(archive, story)
        release = archive.release(article_id)
        topics = every_topic(archive, site.config, site.now())
        page = archive.kept_page(article_id) if reader.staff else None
        history = archive.corrections(article_id) if reader.staff else ()
    pages = {(topic.kind, topic.name): topic.path for found in topics.values() for topic in found}
    moves = portrait.times_of_changes(kept)
    latest = portrait.change(kept, len(kept.versions), reader) if kept.versions else None
    return show(
        request,
        "article.html",
        status=status,
        kept=kept,
        title=portrait.title(kept, reader),
        authors=portrait.authors(kept, reader),
        lead=portrait.lead(kept, reader),
        body=portrait.body(kept, reader),
        whole=reader.may_read(kept),
        reasons=portrait.reasons(kept, pages),
        shelves=SHELVES,
        tellers=portrait.tellers(story),
        related=related,
        release=release,
        moves=moves[: portrait.LISTED],
        moved=len(moves),
        latest=latest if latest is not None and latest.size <= portrait.INLINE else None,
        page=page,
        options=_options(topics, kept),
        history=_history(history),
        verbs=VERBS,
        wrong=wrong,
    )


@router.get("/artikel/{number}/andring/{change}")
def change(request: Request, number: str, change: str) -> Response:
    """What became of one wording of an article in the next."""
    site, reader = site_of(request), viewer(request)
    with site.reading() as archive:
        kept = _kept(archive, _id(number))
    try:
        told = portrait.change(kept, _id(change), reader)
    except IndexError:
        raise HTTPException(404) from None
    return show(
        request,
        "change.html",
        kept=kept,
        title=portrait.title(kept, reader),
        change=told,
        changes=len(kept.versions),
        whole=reader.may_read(kept),
    )


@router.get("/artikel/{number}/sida.txt")
def page_as_text(request: Request, number: str) -> Response:
    """The page that the article was last read from, as plain text in the browser: its markup is shown, never obeyed."""
    body, media_type = _page_of(request, number)
    text = markup.decode(body, media_type)
    return Response(text.encode("utf-8", "replace"), media_type="text/plain; charset=utf-8")


@router.get("/artikel/{number}/sida")
def page_as_file(request: Request, number: str) -> Response:
    """The same as a file to keep, byte for byte."""
    body, _ = _page_of(request, number)
    told = {"Content-Disposition": f'attachment; filename="artikel-{_id(number)}.html"'}
    return Response(body, media_type="application/octet-stream", headers=told)


@router.post("/artikel/{number}/taggar")
async def correct(request: Request, number: str) -> Response:
    """A correction of the article's tags, as the form on its page sends it."""
    by = require_staff(request).signature
    article_id = _id(number)
    form = {name: value for name, value in (await request.form(max_files=0)).items() if isinstance(value, str)}
    check_form(request, form.get("csrf", ""))
    return await run_in_threadpool(_correct, request, article_id, form, by)


def _correct(request: Request, article_id: int, form: Mapping[str, str], by: str) -> Response:
    site = site_of(request)
    with site.reading() as archive:
        _kept(archive, article_id)
        said = _said(site, archive, form)
    if said is None:
        return _page(request, article_id, status=400, wrong="Välj vilken tagg du vill lägga till.")
    verdict, label = said
    # A correction mints no permanent id, so that the authority of those does not matter here.
    with Archive.open(site.readers.path, tag_authority="localhost") as writing:
        writing.correct(article_id, **{verdict: [label]}, by=by, at=site.now())
    root = request.scope.get("root_path", "").rstrip("/")
    return RedirectResponse(f"{root}/artikel/{article_id}#taggar", status_code=303)


def _said(site: Site, archive: Archive, form: Mapping[str, str]) -> tuple[str, Label] | None:
    """(verdict, tag) as the form says it; None where it names no tag that can be added.

    Only what is known can be added; senders are free, and told by the one name that the rules give them.
    """
    verdict, _, told = form.get("andra", "").partition(":")
    if verdict in {"remove", "withdraw"}:
        label = _label(told)
        return (verdict, label) if label is not None else None
    name = " ".join(form.get("avsandare", "").split())[:LONGEST_NAME]
    if name:
        try:
            return "add", read_label(f"källa:{name}", site.config.tags, archive.projects())
        except InputError:
            return None
    label = _label(form.get("tagg", ""))
    if label is None:
        return None
    known = every_topic(archive, site.config, site.now())[label[0]]
    return ("add", label) if any(topic.name == label[1] for topic in known) else None


def _label(text: str) -> Label | None:
    kind, _, name = text.partition(":")
    return (_KINDS[kind], name) if kind in _KINDS and name.strip() else None


def _id(text: str) -> int:
    """A number of the address; 404 for anything else."""
    number = rows.number(text)
    if number is None:
        raise HTTPException(404)
    return number


def _kept(archive: Archive, article_id: int) -> KeptArticle:
    kept = archive.article(article_id)
    if kept is None:
        raise HTTPException(404)
    return kept


def _page_of(request: Request, number: str) -> tuple[bytes, str]:
    """A kept page and its media type, for staff alone."""
    require_staff(request)
    with site_of(request).reading() as archive:
        page = archive.page(_id(number))
    if page is None:
        raise HTTPException(404)
    return page.body, page.headers.get("content-type", "")


def _related(archive: Archive, story: Story | None) -> list[Story]:
    found = [archive.story(other) for other in (story.related if story is not None else ())[:RELATED]]
    return [one for one in found if one is not None]


def _options(topics: Mapping[TagKind, Sequence[Topic]], kept: KeptArticle) -> list[tuple[str, list[Topic]]]:
    """What can be added, under its headings: every theme, municipality and project that the article does not bear."""
    borne = {(tag.kind, tag.name) for tag in kept.tags}
    return [
        (SHELVES[kind].heading, [topic for topic in found if (kind, topic.name) not in borne])
        for kind, found in topics.items()
        if kind is not TagKind.ORIGIN
    ]


def _history(history: Sequence[Correction]) -> list[tuple[Correction, bool]]:
    """The corrections, the newest first, each with whether it is a removal that holds and can be taken back."""
    newest = {(one.kind, one.name): one for one in history}
    return [(one, one.verdict == "remove" and newest[one.kind, one.name] is one) for one in reversed(history)]
