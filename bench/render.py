"""Seconds to render 100 feeds of 50 entries in all formats: ``python bench/render.py``.

The entries have the size of ordinary news: a lead, six paragraphs of markup, a picture, four categories. The peer is
feedgen by itself, given the same entries: no cleaning, and with the defaults that a feed validator complains of.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from feedgen.feed import FeedGenerator

from aggregator.model import Entry, Feed, Image
from aggregator.render import FORMATS, Document, Listed, Shelf, fit, index_page, opml

FEEDS, ENTRIES, ROUNDS = 100, 50, 3
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SENTENCE = "Regionen och kommunerna har enats om en gemensam väg för vården av äldre på landsbygden. "


def entry(number: int) -> Entry:
    at = NOW - timedelta(minutes=7 * number)
    return Entry(
        guid=f"tag:nyheter.example,2026:{number}",
        url=f"https://tidning.example/nyheter/artikel-{number}/",
        title=f"Nytt samarbete om vården av äldre, del {number}",
        summary=SENTENCE * 3,
        content_html=f"<p>{SENTENCE * 5} <a href='https://region.example/'>Läs mer</a></p>" * 6,
        published_at=at,
        updated_at=at,
        source_name="Länstidningen Exempel",
        categories=("hälsa", "omsorg-äldre", "Lindesberg", "Region Örebro län"),
        image=Image(url=f"https://tidning.example/bilder/{number}.jpg"),
    )


def documents() -> list[Document]:
    return [
        Document(
            feed=Feed(id=f"tema-{number}", title=f"Tema {number}", description="Nyheter.", group="Teman"),
            entries=tuple(entry(number * 10 + place) for place in range(ENTRIES)),
            base_url="https://nyheter.example/feeds/",
        )
        for number in range(FEEDS)
    ]


def feedgen_alone(document: Document) -> FeedGenerator:
    """The same feed as its library writes it without our help."""
    bare = FeedGenerator()
    bare.id(document.feed.id)
    bare.title(document.feed.title)
    bare.description("Nyheter.")
    bare.link(href="https://nyheter.example/feeds/", rel="alternate")
    for one in document.entries:
        item = bare.add_entry(order="append")
        item.id(one.guid)
        item.title(one.title)
        item.link(href=one.url)
        item.summary(one.summary)
        item.content(one.content_html, type="html")
        item.published(one.published_at)
        item.updated(one.updated_at)
        for category in one.categories:
            item.category(term=category)
    return bare


def main() -> None:
    made = documents()
    best: dict[str, float] = {}
    peer: dict[str, float] = {}
    size = 0

    def note(name: str, began: float) -> None:
        best[name] = min(best.get(name, 1e9), time.perf_counter() - began)

    for _ in range(ROUNDS):
        began = time.perf_counter()
        fitted = [fit(document)[0] for document in made]
        note("making entries fit", began)
        size = 0
        for form in FORMATS:
            began = time.perf_counter()
            size += sum(len(form.write(document)) for document in fitted)
            note(form.name, began)
        began = time.perf_counter()
        listed = tuple(Listed(feed=one.feed, entries=ENTRIES, newest=one.entries[0]) for one in fitted)
        shelves = (Shelf(name="Teman", feeds=listed),)
        index_page(shelves, FORMATS, title="Nyheter", timezone=ZoneInfo("Europe/Stockholm"))
        opml([one.feed for one in fitted], title="Nyheter", base_url="https://nyheter.example/feeds/")
        note("index page and OPML", began)
        for name, write in (("RSS", "rss_str"), ("Atom", "atom_str")):
            began = time.perf_counter()
            for document in fitted:
                getattr(feedgen_alone(document), write)()
            peer[name] = min(peer.get(name, 1e9), time.perf_counter() - began)
    print(f"{FEEDS} feeds of {ENTRIES} entries, {size / 1e6:.1f} MB, best of {ROUNDS}:")
    for name, seconds in best.items():
        beside = f"   (feedgen alone {peer[name]:.2f} s)" if name in peer else ""
        print(f"  {name:<20} {seconds:6.2f} s{beside}")
    print(f"  {'all':<20} {sum(best.values()):6.2f} s")


if __name__ == "__main__":
    main()
