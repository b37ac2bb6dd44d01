"""A text that only a framework's state holds is read; the state of a page that is no article is not."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from aggregator.extract import extract
from aggregator.model import Article, Reason, Rejection

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PARAGRAPHS = [
    f"Stycke {n} berättar att kommunen bygger en ny bro över ån, att arbetet börjar i april, och att trafiken leds om "
    f"över den norra bron så länge arbetet pågår, vilket tar fyra veckor."
    for n in range(1, 6)
]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def _page(script: str, kind: str) -> bytes:
    return (
        f"<html><head><title>Ny bro byggs vid badhuset</title><meta property='og:type' content='{kind}'>"
        f"<meta property='og:title' content='Ny bro byggs vid badhuset'></head>"
        f"<body><div id='app'></div><script>{script}</script></body></html>"
    ).encode()


def _script() -> str:
    inner = json.dumps({"article": {"html": BODY, "teaser": "<p>kort</p>"}}).replace("<", "\\u003c")
    return f"self.flight.push([1,{json.dumps('5:' + inner)}])"


def test_a_text_in_a_json_string_inside_a_json_string_is_the_articles() -> None:
    found = extract(_page(_script(), "article"), "https://kommunen.example/nyheter/bro", now=NOW)
    assert isinstance(found, Article)
    assert found.text.split("\n\n") == PARAGRAPHS


def test_a_page_that_does_not_call_itself_an_article_stays_empty() -> None:
    found = extract(_page(_script(), "website"), "https://kommunen.example/", now=NOW)
    assert isinstance(found, Rejection)
    assert found.reason is Reason.EMPTY


def test_a_string_that_never_ends_costs_no_more_than_its_length() -> None:
    script = 'x="' + 'a\\"' * 200_000
    found = extract(_page(script, "article"), "https://kommunen.example/nyheter/bro", now=NOW)
    assert isinstance(found, Rejection)
