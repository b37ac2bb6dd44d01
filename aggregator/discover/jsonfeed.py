"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/) → links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aggregator import markup
from aggregator.discover.asked import fingerprint
from aggregator.discover.wholeness import whole
from aggregator.model import Link, Listing, Reason, Rejection

if TYPE_CHECKING:
    from aggregator.discover.asked import Asked


def read_json(answer: object, asked: Asked) -> Listing | Rejection:
    """The items of a JSON Feed; lenient about versions and missing fields, strict about its being one."""
    items = answer.get("items") if isinstance(answer, dict) else None
    if not isinstance(items, list):
        return asked.reject(Reason.NOT_PARSEABLE, "JSON, but no JSON Feed")
    links = asked.links(link for item in items if isinstance(item, dict) and (link := _link(item, asked)))
    if items and not links:
        return asked.reject(Reason.NO_LINKS, "no item of the feed has an address")
    return Listing(links=links, memory=asked.remember())


def _link(item: dict[str, Any], asked: Asked) -> Link | None:
    guid = str(item["id"]) if isinstance(item.get("id"), str | int) else ""
    url = asked.address(_text(item, "url") or _text(item, "external_url") or (guid if "://" in guid else ""))
    if url is None:
        return None
    body = _text(item, "content_html")
    text = markup.plain(_text(item, "summary")) or markup.plain(_text(item, "content_text"))
    updated = asked.moment(_text(item, "date_modified"))
    return Link(
        url=url,
        title=markup.plain(_text(item, "title")) or None,
        published_at=asked.moment(_text(item, "date_published")) or updated,
        updated_at=updated,
        external_id=guid or None,
        lead=text or None,
        html=body or None,
        complete=bool(_text(item, "title")) and whole(body),
        authors=_authors(item),
        category=next((tag for tag in item.get("tags") or () if isinstance(tag, str)), None)
        if isinstance(item.get("tags"), list)
        else None,
        image_url=asked.feed_address(_text(item, "image") or _text(item, "banner_image")),
        fingerprint=fingerprint(_text(item, "title"), body or text, _text(item, "date_modified")),
    )


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return markup.strip_forbidden(value).strip() if isinstance(value, str) else ""


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    people = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [_text(person, "name") for person in people or () if isinstance(person, dict)]
    return tuple(name for name in names if name)
