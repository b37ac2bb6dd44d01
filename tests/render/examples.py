"""Entries and documents for the tests, in our own words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from aggregator.model import Entry, Feed, Image
from aggregator.render import Document

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
BASE = "https://nyheter.example/feeds/"


def entry(number: int = 1, **changes: object) -> Entry:
    """An ordinary entry; ``changes`` are fields that shall be otherwise."""
    at = NOW - timedelta(days=1, hours=number)
    fields: dict[str, object] = {
        "guid": f"tag:nyheter.example,2026:{number}",
        "url": f"https://tidning.example/artikel-{number}/",
        "title": f"Nytt samarbete om vård, del {number}",
        "summary": "Region och kommuner har enats om en ny väg till vård för äldre.",
        "content_html": None,
        "published_at": at,
        "updated_at": at,
        "authors": ("Skrivare Påhittad",),
        "source_name": "Länstidningen Exempel",
        "categories": ("hälsa", "Örebro"),
    }
    return Entry(**(fields | changes))  # type: ignore[arg-type] # fields are given by name in one place


def document(*entries: Entry, **changes: object) -> Document:
    """A document of the feed "halsa" with these entries."""
    fields: dict[str, object] = {
        "feed": Feed(id="tema-halsa", title="Hälsa", description="Vård, omsorg och folkhälsa i länet", group="Teman"),
        "entries": entries,
        "base_url": BASE,
        "publisher": "Nyheter från Örebro län",
    }
    return Document(**(fields | changes))  # type: ignore[arg-type] # likewise


PICTURE = Image(url="https://tidning.example/bild.jpg", media_type="image/jpeg", length_bytes=12345)
