"""Whatever bytes come, extract answers with an article or a reason, soon."""

from __future__ import annotations

import gzip
import json
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator import markup
from aggregator.extract import extract
from aggregator.model import Article, Rejection
from tests.extract import shapes

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 1, 1, tzinfo=UTC)
URL = "https://www.example.org/nyhet/"
PAGES = [
    shapes.max_mag(),
    shapes.pressroom(),
    shapes.police(),
    shapes.sitevision(),
    shapes.glued(),
    shapes.broadcaster(),
]
TAGS = [
    "<div>",
    "</div>",
    "<p>",
    "<a href='x'>",
    "<table>",
    "<td>",
    "<h1>",
    "<b>",
    "<script>",
    "<!--",
    "<time datetime='",
    "'>",
    "<br>",
]
CONTENT_TYPES = st.sampled_from(
    [None, "", "text/html", "text/html; charset=utf-16", "text/html; charset=koi8-r", "a/b; charset=x"]
)


def answered(body: bytes, url: str = URL, content_type: str | None = None) -> Article | Rejection:
    found = extract(body, url, content_type=content_type, now=NOW)
    assert isinstance(found, Article | Rejection)
    if isinstance(found, Article):
        assert found.title
        assert found.text
        assert found.published_at is None or found.published_at <= NOW
        assert "<script" not in found.html
        for words in (found.title, found.lead, found.text, found.html, *found.authors):
            assert markup.strip_forbidden(words) == words, "what XML forbids is gone"
    return found


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=600), CONTENT_TYPES, st.text(max_size=40))
def test_random_bytes_are_answered(body: bytes, content_type: str | None, url: str) -> None:
    answered(body, url, content_type)
    answered(b"<html><body><p>" + body, url, content_type)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(TAGS), st.text(max_size=60)), max_size=60))
def test_random_markup_is_answered(pieces: list[str]) -> None:
    answered(("<html><body>" + "".join(pieces)).encode("utf-8", "surrogatepass"))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PAGES), st.data())
def test_a_page_with_a_hole_is_answered(page: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(page)))
    end = data.draw(st.integers(start, min(len(page), start + 400)))
    answered(page[:start] + data.draw(st.binary(max_size=20)) + page[end:])


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    ["@type", "headline", "author", "datePublished", "image", "@graph", "articleBody", "name", "url"]
                ),
                inner,
            )
        ),
        max_leaves=20,
    )
)
def test_any_structured_description_is_answered(value: object) -> None:
    script = json.dumps({"@type": "NewsArticle", "@graph": value, "author": value, "image": value, "headline": value})
    answered(
        shapes.max_mag().replace(b"</head>", f'<script type="application/ld+json">{script}</script></head>'.encode())
    )


HOSTILE = {
    "open elements": "<div>" * 40_000,
    "formatting in paragraphs": "".join(f"<p><b id={n}>" for n in range(8_000)),
    "nested lists": "<ul><li>text som räcker till" * 6_000,
    "tables": "<table><tr><td>" * 8_000,
    "links": "<a href='/x'>länk</a> " * 8_000,
    "breaks": "<p>" + "rad som är ganska lång<br>" * 8_000,
    "paragraphs": "<p>Ett stycke som har en längd som stycken brukar ha i en nyhet.</p>" * 3_000,
    "a long word": "<p>" + "a" * 200_000,
    "spaces": "<p>" + " " * 200_000 + "x",
    "dates": "<time class='date'>12 december 2023</time>" * 4_000,
    "headings": "<h1>Rubrik ett två tre</h1>" * 4_000,
    "deep json": '<script type="application/ld+json">' + "[" * 80_000,
    "entities": "<p>" + "&amp;" * 40_000,
    "bylines": "<span class='author'>Av Någon Annan</span>" * 4_000,
    "contacts": "<p>Text som börjar här.</p>" + "<div><h3>Ada Exempel</h3><p>019-12 34 56</p></div>" * 4_000,
    "headings of contacts": "<p>Text som börjar här.</p>" + "<h2>Kontakt</h2><p>a</p>" * 8_000,
    "appeals": "<p>Text som börjar här.</p>" + "<p>Redan prenumerant? Logga in</p>" * 6_000,
    "a log": "<p>2024-03-05 kl. 10.00</p><p>Ett stycke som har en längd som stycken brukar ha i en nyhet.</p>" * 2_000,
    "dots": "<p>" + "Foto: " * 20_000,
    "bars": "<title>" + "a | " * 40_000 + "</title><p>text",
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_page_is_answered_in_linear_time(html: str) -> None:
    answered(f"<html><body>{html[: len(html) // 8]}".encode())
    began = time.process_time()
    answered(f"<html><body>{html}".encode())
    assert time.process_time() - began < 5, "linear work on so much takes a fraction of a second even on a busy machine"


def test_real_pages_cut_short_and_mislabelled_are_answered(corpus: Path) -> None:
    with (corpus / "gold.jsonl").open(encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines][::60]
    for number, page in enumerate(pages):
        raw = gzip.decompress((corpus / page["html"]).read_bytes())
        answered(raw[: len(raw) * (number % 7 + 1) // 8], page["url"], "text/html; charset=windows-1252")
        answered(raw[len(raw) // 3 :], page["url"], "text/html; charset=shift_jis")
