"""An article as a line of the export, and as a row of a table."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from aggregator.model import KeptArticle

COLUMNS = (
    "guid",
    "source",
    "url",
    "canonical_url",
    "title",
    "lead",
    "text",
    "html",
    "authors",
    "category",
    "origin",
    "image_url",
    "language",
    "published_at",
    "updated_at",
    "page_updated_at",
    "fetched_at",
    "gone_at",
    "tags",
    "story",
    "versions",
)
"""The keys of a line and the columns of a table, in their order."""

TIMES = ("published_at", "updated_at", "page_updated_at", "fetched_at", "gone_at")
"""Those of them that are moments."""


def to_row(kept: KeptArticle) -> dict[str, Any]:
    """An article as a line of the export: the keys ``COLUMNS``, times as ``2026-11-22T21:46:00Z``."""
    article = kept.article
    return {
        "guid": kept.guid,
        "source": kept.source_id,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "title": article.title,
        "lead": article.lead,
        "text": article.text,
        "html": article.html,
        "authors": list(article.authors),
        "category": article.category,
        "origin": article.origin,
        "image_url": article.image_url,
        "language": article.language,
        "published_at": _stamp(article.published_at),
        "updated_at": _stamp(kept.updated_at),
        "page_updated_at": _stamp(article.page_updated_at),
        "fetched_at": _stamp(kept.fetched_at),
        "gone_at": _stamp(kept.gone_at),
        "tags": [
            {
                "kind": tag.kind.value,
                "name": tag.name,
                "score": tag.score,
                "evidence": [
                    {"rule": e.rule, "words": e.words, "where": e.where, "weight": e.weight} for e in tag.evidence
                ],
            }
            for tag in kept.tags
        ],
        "story": kept.story_id,
        "versions": [{"at": _stamp(v.at), "title": v.title, "text": v.text} for v in kept.versions],
    }


def to_flat(kept: KeptArticle) -> dict[str, str]:
    """The same for a table (CSV): lists joined by ``; ``, tags as ``kind:name``, versions as their number."""
    row = to_row(kept)
    row["authors"] = "; ".join(row["authors"])
    row["tags"] = "; ".join(f"{tag['kind']}:{tag['name']}" for tag in row["tags"])
    row["versions"] = len(row["versions"])
    return {name: "" if value is None else str(value) for name, value in row.items()}


def _stamp(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
