"""The police's event API: a JSON list of {id, datetime, name, summary, url, type, location{name, gps}} → links."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

from aggregator import markup
from aggregator.discover.asked import at_path, fingerprint
from aggregator.model import Link, Listing, Probe, Reason, Rejection, Request, SourceKind

if TYPE_CHECKING:
    from aggregator.discover.asked import Asked


def probe(url: str) -> Probe:
    """The request for events."""
    return Probe(kind=SourceKind.POLICE, request=Request(url=url, accept="application/json"))


def read(asked: Asked) -> Listing | Rejection:
    """Events; an event is one by its id, however its text and time are changed in place."""
    try:
        answer = json.loads(markup.decode(asked.snapshot.body, asked.content_type))
    except (ValueError, RecursionError):
        return asked.reject(Reason.NOT_PARSEABLE, "the event API did not answer in JSON")
    if not isinstance(answer, list):
        return asked.reject(Reason.NOT_PARSEABLE, "the event API did not answer with a list")
    links = asked.links(link for event in answer if isinstance(event, dict) and (link := _link(event, asked)))
    if answer and not links:
        return asked.reject(Reason.NO_LINKS, "no event has an id and an address")
    return Listing(links=links, memory=asked.remember())


def _link(event: dict[str, Any], asked: Asked) -> Link | None:
    number = event.get("id")
    url = asked.address(_text(event.get("url")))
    if url is None or not isinstance(number, int | str) or isinstance(number, bool):
        return None
    name, summary = _text(event.get("name")), _text(event.get("summary"))
    location = event.get("location")
    return Link(
        url=url,
        title=name or None,
        published_at=asked.moment(_text(event.get("datetime"))) or at_path(url, asked.now),
        external_id=str(number),
        lead=summary or None,
        html=f"<p>{escape(summary)}</p>" if summary else None,
        category=_text(event.get("type")) or None,
        place=(_text(location.get("name")) or None) if isinstance(location, dict) else None,
        fingerprint=fingerprint(name, summary, event.get("datetime"), event.get("type")),
    )


def _text(value: object) -> str:
    return markup.plain(escape(markup.strip_forbidden(value))) if isinstance(value, str) else ""
