"""The index page is one that a person can read, on any device, and that gives nothing away."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import groupby, pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from aggregator.model import Feed
from aggregator.render import FORMATS, Listed, Shelf, index_page
from aggregator.render.style import CSS
from tests.render.examples import entry

if TYPE_CHECKING:
    from collections.abc import Sequence

STOCKHOLM = ZoneInfo("Europe/Stockholm")
FEEDS = [
    Feed(id="alla", title="Alla nyheter", description="Allt från alla källor", group="Alla"),
    Feed(id="tema-halsa", title="Hälsa", description="Vård och folkhälsa", group="Teman"),
    Feed(id="tema-kultur", title="Kultur", group="Teman"),
    Feed(id="kommun-nora", title="Nora", group="Kommuner"),
]
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """What a test asks of the page."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(body.decode())
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.tags if name == tag]


def page(*listed: Listed, title: str = "Nyheter från Örebro län") -> Page:
    return Page(index_page(shelves(listed), FORMATS, title=title, timezone=STOCKHOLM))


def shelves(listed: Sequence[Listed]) -> list[Shelf]:
    return [Shelf(name=name, feeds=tuple(of)) for name, of in groupby(listed, key=lambda one: one.feed.group)]


def ordinary() -> list[Listed]:
    return [Listed(feed=feed, entries=1284 - n, newest=entry(n)) for n, feed in enumerate(FEEDS)]


def test_every_feed_is_found_by_readers_and_by_people() -> None:
    shown = page(*ordinary())
    for feed in FEEDS:
        for form in FORMATS:
            name = f"{feed.id}.{form.suffix}"
            alternates = [link for link in shown.all("link") if link.get("href") == name]
            assert [(link["rel"], link["type"]) for link in alternates] == [("alternate", form.media_type)]
            assert feed.title in alternates[0]["title"]
            assert name in [link.get("href") for link in shown.all("a")]
        assert feed.title in shown.text
        assert feed.description in shown.text
        assert feed.id in [item.get("id") for item in shown.all("li")]
    assert "aggregator.opml" in [link.get("href") for link in shown.all("a")]
    assert "1\N{NO-BREAK SPACE}284 nyheter" in shown.text


def test_groups_are_headings_that_one_can_jump_to() -> None:
    shown = page(*ordinary())
    anchors = {section["id"] for section in shown.all("section")}
    jumps = {link["href"].removeprefix("#") for link in shown.all("a") if link.get("href", "").startswith("#grupp")}
    assert len(anchors) == 3
    assert anchors == jumps


def test_a_shelf_that_says_what_its_feeds_are_says_it_once() -> None:
    shelf = Shelf(name="Teman", intro="Efter ämne.", feeds=(Listed(feed=FEEDS[1], entries=1),))
    empty = Shelf(name="Projekt", intro="Vid namn.", feeds=())
    shown = Page(index_page([shelf, empty], FORMATS, title="Nyheter", timezone=STOCKHOLM))
    assert "Efter ämne." in shown.text
    assert FEEDS[1].description not in shown.text
    assert "Projekt" not in shown.text


def test_every_link_within_the_page_leads_somewhere_and_ids_are_given_once() -> None:
    shown = page(*ordinary())
    ids = [attrs["id"] for _, attrs in shown.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    for link in shown.all("a"):
        if link["href"].startswith("#"):
            assert link["href"][1:] in ids


def test_the_page_asks_nothing_of_anyone_and_runs_no_script() -> None:
    shown = page(*ordinary())
    names = {tag for tag, _ in shown.tags}
    assert not names & {"script", "iframe", "img", "object", "embed", "form"}
    for tag, attrs in shown.tags:
        assert not any(name.startswith("on") for name in attrs)
        if tag == "link":
            assert not re.match(r"(https?:)?//", attrs["href"])
    assert "url(" not in CSS
    assert "@import" not in CSS


def test_the_page_has_landmarks_a_language_and_a_way_past_the_menu() -> None:
    shown = page(*ordinary())
    names = [tag for tag, _ in shown.tags]
    for landmark in ("header", "nav", "main", "footer", "h1", "title"):
        assert names.count(landmark) == 1
    assert shown.all("html")[0]["lang"] == "sv"
    assert shown.all("nav")[0]["aria-label"]
    skip = shown.all("a")[0]["href"].removeprefix("#")
    assert shown.all("main")[0]["id"] == skip
    headings = [int(tag[1]) for tag in names if re.fullmatch(r"h\d", tag)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(headings))


def test_a_headline_in_another_language_says_so() -> None:
    shown = page(Listed(feed=FEEDS[0], entries=1, newest=entry(language="en")))
    assert "en" in [link.get("lang") for link in shown.all("a")]
    assert "1 nyhet\n" in shown.text


def test_dates_are_those_of_the_readers_calendar() -> None:
    late = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    shown = page(Listed(feed=FEEDS[0], entries=1, newest=entry(published_at=late)))
    assert "1 juli 2026" in shown.text


@pytest.mark.parametrize(
    "evil", ["<script>alert(1)</script>", '"><b onload=x>', "&lt;script&gt;x&lt;/script&gt;", "\x00"]
)
def test_no_text_comes_out_as_markup(evil: str) -> None:
    feed = Feed(id="tema-x", title=evil, description=evil, group=evil)
    shown = page(
        Listed(feed=feed, entries=1, newest=entry(title=evil, url=f"https://x.example/{evil}", language=evil)),
        title=evil,
    )
    assert not {"script", "b"} & {tag for tag, _ in shown.tags}


def test_a_newest_article_without_a_web_address_is_named_and_not_linked() -> None:
    shown = page(Listed(feed=FEEDS[0], entries=1, newest=entry(url="javascript:alert(1)")))
    assert "Nytt samarbete om vård, del 1" in shown.text
    assert not [link for link in shown.all("a") if "javascript" in link["href"]]


def test_an_empty_archive_has_a_page_that_says_so() -> None:
    assert "inga flöden ännu" in page().text


def test_the_same_feeds_are_the_same_bytes() -> None:
    first = index_page(shelves(ordinary()), FORMATS, title="Nyheter", timezone=STOCKHOLM)
    assert first == index_page(shelves(ordinary()), FORMATS, title="Nyheter", timezone=STOCKHOLM)


def _palettes() -> dict[str, dict[str, str]]:
    light, dark = [
        dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in re.findall(r":root \{([^}]*)\}", CSS)[:2]
    ]
    return {"light": light, "dark": dark}


def _luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_and_edges_stand_out_as_wcag_asks(mode: str) -> None:
    """WCAG 2.2, 1.4.3 (text 4.5:1) and 1.4.11 (edges of controls and focus 3:1)."""
    of = _palettes()[mode]
    for ink in ("ink", "soft", "accent"):
        for ground in ("paper", "card"):
            assert _contrast(of[ink], of[ground]) >= 4.5, (ink, ground)
    assert _contrast(of["accent-ink"], of["accent"]) >= 4.5
    assert _contrast(of["band-ink"], of["band"]) >= 4.5
    assert _contrast(of["band-soft"], of["band"]) >= 4.5
    assert _contrast(of["edge"], of["card"]) >= 3
