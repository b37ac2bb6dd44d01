"""From bytes to an article: the order of the steps, and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from aggregator import dates, markup, urls
from aggregator.extract import (
    body,
    foreign,
    hints,
    people,
    pictures,
    reject,
    rendering,
    sites,
    times,
    titles,
    trim,
    witness,
)
from aggregator.extract import page as pages
from aggregator.extract.blocks import gather
from aggregator.extract.surroundings import Surroundings
from aggregator.extract.template import EMPTY
from aggregator.extract.trace import titled_by
from aggregator.extract.tree import untie
from aggregator.model import Article, Hints, Reason, Rejection

if TYPE_CHECKING:
    from datetime import datetime

    from aggregator.extract.blocks import Block
    from aggregator.extract.page import Page, RawPage
    from aggregator.extract.template import Template
    from aggregator.extract.trace import Trace
    from aggregator.extract.tree import Node
    from aggregator.extract.trim import Trimmed
    from aggregator.model import Source

_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|p|article|main|section|h1|table|ul|br|span|a)[\s/>]", re.IGNORECASE
)
_NOTICE_CHARS = 500
_LEAD_CHARS = 600
_STANDFIRST = 60
"""So many letters has a sentence that is set as a heading and is a standfirst."""


def read(
    fetched: RawPage,
    source: Source | None,
    now: datetime | None,
    template: Template = EMPTY,
    trace: Trace | None = None,
) -> Article | Rejection:
    """The article of a page, or the reason why it holds none; see ``aggregator.extract.read_page``."""
    raw, content_type, url = fetched
    kind = (content_type or "").split(";")[0].strip().lower()
    if kind and not kind.startswith(("text/", "application/xhtml", "application/xml", "application/octet", "unknown/")):
        return Rejection(url=url, reason=Reason.NOT_HTML, detail=kind)
    if not raw or raw.isspace():
        return Rejection(url=url, reason=Reason.EMPTY, detail="an empty body")
    if raw[:8].startswith((b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b")):
        return Rejection(url=url, reason=Reason.NOT_HTML, detail="a file of another format")
    html = markup.decode(markup.without_scripts(raw), content_type)
    if not _HTML.search(html):
        return Rejection(url=url, reason=Reason.NOT_HTML, detail="no HTML tag")
    whole = bool(template) or (source is not None and source.hints != Hints())
    found = _read_once(pages.read(html, url, fetched=fetched, whole=whole), source, now, template, trace)
    if template and isinstance(found, Rejection):  # a template that leaves nothing was learned from other pages
        return _read_once(pages.read(html, url, fetched=fetched, whole=True), source, now, trace=trace)
    return found


def _read_once(
    page: Page, source: Source | None, now: datetime | None, template: Template = EMPTY, trace: Trace | None = None
) -> Article | Rejection:
    found = assemble(page, source, now, template, trace)
    if trace is None:  # else its steps are asked for later
        untie(page.order)
    return found


def assemble(
    page: Page, source: Source | None, now: datetime | None, template: Template = EMPTY, trace: Trace | None = None
) -> Article | Rejection:
    """Every field, decided on one read page."""
    strange = foreign.Foreign(template, page.order) if template else None
    body.weigh(page)
    hint = hints.apply(page, source)
    container = hint.body or body.find(page)
    title = hint.title or titles.choose(page.head, page.h1s, page.site, page.order)
    blocks = gather(container, body.leads(page, container) if hint.body is None else ())
    hints.end(blocks, hint)
    if not title:
        title = _inferred_title(blocks)
    elif not hint.title and sites.is_general(title, page.site):
        title = titles.under(page.h1s, page.order, blocks) or title
    if trace is not None:
        trace.begin(page.order, container, "hint body" if hint.body else "most running text", blocks)
        trace.say("title", title, "hint title" if hint.title else titled_by(page, title))
    if strange:
        strange.weigh(blocks, title)
    trimmed = trim.trim(blocks, title, page.site)
    told = witness.instead(page, container, trimmed.blocks) if hint.body is None else []
    if told:
        trimmed = trim.trim(told, title, page.site)
        if trace is not None:
            trace.begin(page.order, container, "the page's JSON, twice what the markup shows", told)
    if strange:
        trimmed.blocks = strange.cut(trimmed.blocks, title)
    refusal = reject.why_not(page, title, trimmed.blocks, lambda: _is_dated(page, now, container, trimmed))
    if refusal:
        return Rejection(url=page.url, reason=refusal[0], detail=refusal[1])
    if not title:
        return Rejection(url=page.url, reason=Reason.NO_TITLE, detail="text, and nothing that could be its headline")
    return _article(page, source, now, (title, container, trimmed, hint), trace)


def _is_dated(page: Page, now: datetime | None, container: Node, trimmed: Trimmed) -> bool:
    """Whether anything dates the page, or its last change; not a line within the text, which may be another story's."""
    around = Surroundings(page, container, replace(trimmed, dated=[]))
    published, updated, _ = times.choose(page.head, around, page.url, now)
    return published is not None or updated is not None


def _article(
    page: Page,
    source: Source | None,
    now: datetime | None,
    parts: tuple[str, Node, Trimmed, hints.Hinted],
    trace: Trace | None,
) -> Article:
    title, container, trimmed, hint = parts
    around = Surroundings(page, container, trimmed, hint.dates)
    published, updated, dated = times.choose(page.head, around, page.url, now)
    canonical, canonical_by = _canonical(page, source)
    authors, named = people.choose(page.head, page.bylines, page.site, around)
    text = rendering.text(trimmed.blocks)
    article = Article(
        url=page.url,
        canonical_url=canonical,
        title=markup.strip_forbidden(title),
        lead=markup.strip_forbidden(_lead(trimmed.blocks)),
        text=text,
        html=rendering.html(container, trimmed.blocks, page.base),
        authors=authors,
        published_at=dates.settle(published, now) if published and now else published.at if published else None,
        page_updated_at=dates.settle(updated, now) if updated and now else updated.at if updated else None,
        image_url=pictures.choose(page, container, trimmed.blocks[0].node.place),
        language=_language(page, source),
        origin=trimmed.origin,
        category=trimmed.category,
        kind=_kind(page, text),
        date_precision=published.precision if published else "minute",
    )
    if trace is not None:
        shown = str(article.published_at or "")
        trace.say("date", shown, "hint date" if hint.dates and dated == "a visible line" else dated)
        trace.say("authors", ", ".join(authors), named)
        trace.say("lead", article.lead, "the first long line of the text")
        trace.say("canonical", canonical, canonical_by)
    return article


def _kind(page: Page, text: str) -> str:
    if any("LiveBlogPosting" in str(item.get("@type")) for item in page.head.items):
        return "liveblog"
    return "notice" if len(text) < _NOTICE_CHARS else "article"


def _lead(blocks: list[Block]) -> str:
    for number, block in enumerate(blocks):
        line, ends = block.line, block.line.endswith((".", "!", "?"))
        if block.is_heading:
            if number == 0 and len(line) >= _STANDFIRST and ends:
                return markup.shorten(line, _LEAD_CHARS)
        elif len(line) >= 40 or (len(line) >= 15 and ends):
            return markup.shorten(line, _LEAD_CHARS)
    return markup.shorten(blocks[0].line, _LEAD_CHARS) if blocks else ""


def _inferred_title(blocks: list[Block]) -> str:
    """Where no tag says what the headline is: the last short line before the first paragraph."""
    before = ""
    for block in blocks[:80]:
        line = block.line
        if len(line) >= 100:
            break
        if block.node.tag != "li" and len(line) >= 8 and not trim.is_furniture(line):
            before = line
    return before if len(before) <= 200 else ""


def _canonical(page: Page, source: Source | None) -> tuple[str, str]:
    """The page's own word where it names a page of the same site that is no home page; else the address itself.

    With it the word of who says so.
    """
    drop = source.drop_query if source else ()
    branches = source.branches if source else ()
    own = urls.clean(page.url, drop_query=drop)
    links = [("link canonical", href) for href in page.head.links.get("canonical", ())]
    for who, href in (*links, *(("og:url", href) for href in page.head.metas.get("og:url", ()))):
        whole = urls.resolve(page.base, href)
        if whole and urls.same_site(whole, own):
            told = urls.clean(whole, drop_query=drop)
            if _is_page(told) or not _is_page(own):
                return urls.prefer_branch(told, branches), who
    return urls.prefer_branch(own, branches), "the page's own address"


def _is_page(url: str) -> bool:
    whole = urls.parts(url)
    return whole is not None and (len(whole.path.strip("/")) > 3 or bool(whole.query))


def _language(page: Page, source: Source | None) -> str | None:
    """The page's language; where a source folds its branches, the text is in the source's, whatever the chrome says."""
    if source is not None and source.branches:
        return source.language
    told = page.head.language or page.head.first("content-language", "og:locale", "language", "inlanguage")
    match = re.match(r"([a-zA-Z]{2,3})(?:[-_]([a-zA-Z]{2}))?(?![a-zA-Z])", told)
    if match:
        return match[1].lower() + (f"-{match[2].upper()}" if match[2] else "")
    return source.language if source else None
