"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING, Any

from aggregator.render.fitness import enclosable

if TYPE_CHECKING:
    from datetime import datetime

    from aggregator.model import Entry
    from aggregator.render.document import Document

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(document: Document) -> bytes:
    """The document as JSON Feed 1.1, UTF-8; ``next_url`` leads to older entries, archive by archive."""
    feed: dict[str, Any] = {
        "version": VERSION,
        "title": document.feed.title,
        "home_page_url": document.page,
        "feed_url": document.address("json"),
    }
    if document.feed.description:
        feed["description"] = document.feed.description
    if document.previous is not None:
        feed["next_url"] = document.archived("json", document.previous)
    if document.publisher:
        feed["authors"] = [{"name": document.publisher}]
    feed["language"] = document.language
    feed["items"] = [_item(entry, document.language) for entry in document.entries]
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _item(entry: Entry, language: str) -> dict[str, Any]:
    item: dict[str, Any] = {"id": entry.guid, "url": entry.url, "title": entry.title}
    if entry.content_html:
        item["content_html"] = entry.content_html
        item["summary"] = entry.summary or entry.title
    else:
        item["content_text"] = entry.summary or entry.title
    if entry.image is not None:
        item["image"] = entry.image.url
    item["date_published"] = _rfc3339(min(entry.published_at, entry.updated_at))
    item["date_modified"] = _rfc3339(entry.updated_at)
    item["authors"] = [{"name": name} for name in entry.authors or (entry.source_name,) if name]
    item["tags"] = list(entry.categories)
    if entry.language and entry.language != language:
        item["language"] = entry.language
    image = entry.image
    if image is not None and enclosable(image):
        item["attachments"] = [{"url": image.url, "mime_type": image.media_type, "size_in_bytes": image.length_bytes}]
    if entry.source_name:
        # Names that begin with an underscore are the specification's room for one's own.
        item["_source"] = {"name": entry.source_name}
    return {name: value for name, value in item.items() if value not in ([], "")}


def _rfc3339(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
