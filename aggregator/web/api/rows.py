"""How answers are made of what the archive holds, and what is left out for whoever is not staff."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from aggregator import markup
from aggregator.pipeline.entries import entry_of, markup_without_contacts, without_contacts
from aggregator.render import to_row

if TYPE_CHECKING:
    from datetime import datetime

    from aggregator.archive import Hit, KnownSource, SourceHealth
    from aggregator.model import Config, Feed, KeptArticle, Project
    from aggregator.model.stories import Story
    from aggregator.web.access import Viewer


def answer(body: dict[str, Any], *, following: str | None = None) -> Response:
    """A JSON answer; ``following`` is the address of the next page (also as ``Link: rel=next``)."""
    headers = {"Link": f'<{following}>; rel="next"'} if following else None
    # A lone surrogate, which a broken page may hold, has no form in UTF-8.
    text = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    return Response(text, media_type="application/json", headers=headers)


def article(kept: KeptArticle, viewer: Viewer) -> dict[str, Any]:
    """An article as its reader may see it."""
    row = {"id": kept.id} | to_row(kept) | {"source_name": kept.source_name}
    if viewer.staff:
        return row | {"html": markup.sanitise(kept.article.html, kept.article.url)}
    entry = entry_of(kept)
    row |= {"title": entry.title, "lead": entry.summary, "authors": list(entry.authors), "versions": []}
    row |= {"tags": [tag | {"evidence": []} for tag in row["tags"]], "text": None, "html": None}
    if viewer.may_read(kept):
        row["text"] = without_contacts(kept.article.text)
        row["html"] = markup_without_contacts(markup.sanitise(kept.article.html, kept.article.url))
    return row


def hit(found: Hit, viewer: Viewer) -> dict[str, Any]:
    """An article that a search found."""
    also = [{"source": one.source_id, "source_name": one.source_name, "url": one.url} for one in found.also]
    snippet = found.snippet if viewer.staff else None
    return article(found.article, viewer) | {"snippet": snippet, "score": found.score, "also": also}


def project(found: Project, viewer: Viewer, articles: int) -> dict[str, Any]:
    """A project of the register; telephone and e-mail are for staff."""
    contacts = [
        asdict(contact) | ({} if viewer.staff else {"email": None, "phone": None}) for contact in found.contacts
    ]
    return {
        "name": found.name,
        "aliases": list(found.aliases),
        "status": found.status.value,
        "description": found.description if viewer.staff else without_contacts(found.description),
        "contacts": contacts,
        "links": list(found.links),
        "period": found.period,
        "page_url": found.page_url,
        "page_updated_at": stamp(found.page_updated_at),
        "gone_at": stamp(found.gone_at),
        "articles": articles,
    }


def source(known: KnownSource, health: SourceHealth | None) -> dict[str, Any]:
    """A source and how it fares."""
    state = health.state if health else None
    return {
        "id": known.source_id,
        "name": known.name,
        "url": known.url,
        "kind": known.kind.value,
        "role": known.role.value,
        "enabled": known.enabled,
        "articles": health.articles if health else 0,
        "new_last_week": health.new_last_week if health else 0,
        "newest_at": stamp(health.newest_at) if health else None,
        "last_checked_at": stamp(state.last_checked_at) if state else None,
        "next_check_at": stamp(state.next_check_at) if state else None,
        "failing_since": stamp(state.failing_since) if state else None,
        "reason": state.last_reason if state and state.failures else None,
    }


def feed(found: Feed, config: Config, suffixes: tuple[str, ...]) -> dict[str, Any]:
    """A feed and its addresses."""
    base = config.settings.base_url.rstrip("/")
    return {
        "id": found.id,
        "title": found.title,
        "description": found.description,
        "group": found.group,
        "addresses": {suffix: f"{base}/{found.id}.{suffix}" for suffix in suffixes},
    }


def story(found: Story) -> dict[str, Any]:
    """A story and its members."""
    members = [
        {
            "id": one.article_id,
            "guid": one.guid,
            "source": one.source_id,
            "source_name": one.source_name,
            "title": without_contacts(one.title),
            "url": one.url,
            "published_at": stamp(one.published_at),
            "fetched_at": stamp(one.fetched_at),
            "gone_at": stamp(one.gone_at),
            "relation": one.relation.value,
            "share": one.share,
        }
        for one in found.members
    ]
    return {
        "id": found.id,
        "guid": found.guid,
        "relation": found.relation.value,
        "members": members,
        "related": list(found.related),
    }


def stamp(at: datetime | None) -> str | None:
    """A time as the export writes it."""
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
