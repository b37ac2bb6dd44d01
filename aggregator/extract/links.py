"""Articles from what a listing, an API or a feed says of them."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from aggregator import markup, urls
from aggregator.extract import names, reading, titles
from aggregator.extract import page as pages
from aggregator.model import Article, Link, Reason, Rejection

if TYPE_CHECKING:
    from datetime import datetime

    from aggregator.model import Source


def from_link(link: Link, source: Source, now: datetime) -> Article | Rejection:
    """See ``aggregator.extract.from_link``."""
    title = titles.squeeze(link.title)
    html = markup.strip_forbidden(link.html or "")
    if not html.strip():
        html = f"<p>{escape(link.lead or '')}</p>"
    if "<" not in html:
        html = "".join(f"<p>{line}</p>" for line in html.splitlines() if line.strip())
    page = pages.read(f"<html><body><article>{_headed(title)}{html}</article></body></html>", link.url)
    read = reading.assemble(page, source, now)
    if isinstance(read, Rejection):
        if read.reason is Reason.EMPTY and title and link.lead:
            return _notice(link, source, title)
        return read
    plain = replace(
        read,
        canonical_url=urls.prefer_branch(urls.clean(link.url, drop_query=source.drop_query), source.branches),
        published_at=link.published_at or read.published_at,
        page_updated_at=link.updated_at or read.page_updated_at,
        language=source.language,
    )
    return complete(plain, link)


def _headed(title: str) -> str:
    return f"<h1>{escape(title)}</h1>" if title else ""


def _notice(link: Link, source: Source, title: str) -> Article:
    """A listing's lead is all there is."""
    lead = " ".join(markup.plain(link.lead or "").split())
    return complete(
        Article(
            url=link.url,
            canonical_url=urls.prefer_branch(urls.clean(link.url, drop_query=source.drop_query), source.branches),
            title=title,
            lead=lead,
            text=lead,
            html=f"<p>{escape(lead)}</p>",
            language=source.language,
            kind="notice",
        ),
        link,
    )


def complete(article: Article, link: Link) -> Article:
    """See ``aggregator.extract.complete``."""
    lead = article.lead or " ".join(markup.plain(link.lead or "").split())
    authors = article.authors or tuple(name for name in map(titles.squeeze, link.authors) if names.is_name(name))
    given = article.published_at is None or (
        article.date_precision == "day"
        and link.published_at is not None
        and abs((link.published_at - article.published_at).total_seconds()) < 36 * 3600
    )
    published = link.published_at if given and link.published_at else article.published_at
    return replace(
        article,
        lead=lead,
        authors=authors,
        published_at=published,
        date_precision="minute" if published is not article.published_at else article.date_precision,
        page_updated_at=article.page_updated_at or link.updated_at,
        image_url=article.image_url or link.image_url,
        category=article.category or link.category,
        place=article.place or link.place,
        external_id=article.external_id or link.external_id,
    )
