"""A trace tells what the reading decided, in words and selectors that an operator can use; it changes nothing."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from aggregator.extract import RawPage, Step, Trace, learn, read_page
from aggregator.model import Article, Hints, Rejection, Source
from tests.extract import shapes
from tests.extract.frames import Site

PAGE = """<!doctype html><html lang='sv'><head><title>Ny mottagning i norr | Bladet</title>
<link rel='canonical' href='https://www.example.org/ny-mottagning/'>
<meta property='og:title' content='Ny mottagning i norr'>
<meta property='article:published_time' content='2024-11-02T08:00:00+01:00'></head><body>
<nav><a href='/'>Hem</a></nav><main><h1>Ny mottagning i norr</h1><p class='byline'>Av Anna Exempel</p>
<div class='entry 2col'><p>Regionen öppnar en ny mottagning för äldre i norr i början av nästa år, i gamla skolan.</p>
<p>Bild: Region Exempel</p><div id='promo-box'><p>Ladda ner vår app och få nyheterna först av alla i länet.</p></div>
<p>Mottagningen bemannas av två sjuksköterskor och en läkare från det nya året, enligt beslutet.</p>
<p>Du måste logga in för att lämna kommentarer</p>
<p>Något annat som hände samma dag i en annan del av länet, långt från mottagningen.</p></div>
<div class='tips'>Tipsa oss om nyheter</div></main><footer>Ansvarig utgivare</footer></body></html>"""


def trace(html: str | bytes, hints: Hints | None = None) -> tuple[Step, ...]:
    raw = html if isinstance(html, bytes) else html.encode()
    source = Source(id="a", name="A", url="https://www.example.org/", hints=hints) if hints else None
    page, told = RawPage(raw, "text/html; charset=utf-8", "https://www.example.org/ny/"), Trace()
    found = read_page(page, source=source, trace=told)
    assert found == read_page(page, source=source)
    return told.steps()


def reason(steps: tuple[Step, ...], words: str) -> str:
    """Why the place that begins so was cut."""
    return next(step.reason for step in steps if step.what == "cut" and step.text.startswith(words))


def test_each_field_is_told_with_who_said_it() -> None:
    said = {step.path: (step.text, step.reason) for step in trace(PAGE) if step.what == "field"}
    assert said["title"] == ("Ny mottagning i norr", "h1, og:title, title tag")
    assert said["date"] == ("2024-11-02 07:00:00+00:00", "meta")
    assert said["authors"] == ("Anna Exempel", "a visible byline")
    assert said["canonical"] == ("https://www.example.org/ny-mottagning/", "link canonical")
    assert said["lead"][0].startswith("Regionen öppnar")


def test_each_place_that_was_cut_is_told_with_the_reason() -> None:
    steps = trace(PAGE)
    assert reason(steps, "Hem") == "navigation"
    assert reason(steps, "Bild:") == "furniture"
    assert reason(steps, "Du måste") == "end"
    assert reason(steps, "Något annat") == "after the end"
    assert reason(steps, "Ansvarig") == "side"
    assert reason(steps, "Tipsa oss") in {"outside the place that was taken", "side by its class or id"}


def test_what_was_kept_is_the_text() -> None:
    kept = [step.text.removesuffix(" …") for step in trace(PAGE) if step.what == "kept"]
    article = read_page(RawPage(PAGE.encode(), None, "https://www.example.org/ny/"))
    assert isinstance(article, Article)
    assert len(kept) == len(article.text.split("\n\n"))
    assert all(paragraph.startswith(words) for paragraph, words in zip(article.text.split("\n\n"), kept, strict=True))


def test_a_path_is_a_selector_that_finds_the_place() -> None:
    """Classes that CSS cannot name plainly are left out; the operator copies the path into a hint."""
    tree = LexborHTMLParser(PAGE)
    for step in trace(PAGE):
        if step.what in ("kept", "cut", "taken"):
            assert tree.css(step.path), step
    dropped = next(step for step in trace(PAGE) if step.text.startswith("Mottagningen bemannas"))
    assert "2col" not in dropped.path


def test_hints_are_told_as_what_they_are() -> None:
    hints = Hints(body=(".entry",), title=("nav a",), drop=("#promo-box",), end_at=("Du måste logga in",))
    steps = trace(PAGE, hints)
    assert next(step for step in steps if step.what == "taken").reason == "hint body"
    assert next(step for step in steps if step.path == "title").reason == "hint title"
    assert reason(steps, "Ladda ner") == "hint drop"
    assert reason(steps, "Något annat") == "hint end_at"


def test_the_template_is_told_as_what_it_is() -> None:
    site, told = Site("banners", 3), Trace()
    pages = [RawPage(site.page(n, 19), "text/html", site.stories[n].url) for n in range(8, 20)]
    read_page(pages[0], template=learn(pages), trace=told)
    assert "template" in {step.reason for step in told.steps() if step.what == "cut"}


@pytest.mark.parametrize("page", [shapes.max_mag(), shapes.region("Publicerad: 2024-11-02", "Fråga?"), b"", b"<p>"])
def test_any_page_can_be_explained(page: bytes) -> None:
    steps = trace(page)
    found = read_page(RawPage(page, None, "https://www.example.org/"))
    assert bool(steps) or isinstance(found, Rejection)
