"""Links and pictures in the text's HTML."""

from __future__ import annotations

import pytest

from aggregator.extract import extract
from aggregator.model import Article

TEXT = "Kommunen öppnar en ny skola i höst, och den ska ha plats för tvåhundra elever från hela östra delen av staden. "
URL = "https://example.org/nyheter/skola"


def html_of(inner: str) -> str:
    body = f"<body><h1>Ny skola öppnar i höst</h1><p>{TEXT * 3}{inner}</p><p>{TEXT * 3}</p>"
    article = extract(body.encode(), URL)
    assert isinstance(article, Article)
    return article.html


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://a.example/b?c=d", "https://a.example/b?c=d"),
        ("http://a.example/", "http://a.example/"),
        ("/b", "https://example.org/b"),
        ("b", "https://example.org/nyheter/b"),
        ("?b=c", "https://example.org/nyheter/skola?b=c"),
        ("//a.example/b", "https://a.example/b"),
    ],
)
def test_addresses_are_absolute(written: str, address: str) -> None:
    html = html_of(f'Läs <a href="{written}">mer</a> om den. <img src="{written}" alt="Två = två">')
    assert f'<a href="{address}" rel' in html
    if not written.startswith("?"):
        assert f'<img src="{address}" alt="Två = två">' in html


def test_quotes_and_signs_in_text_stay_text() -> None:
    html = html_of("""Han sade "nej" &amp; gick: 1 &lt; 2, '<b>"ja"</b>' och href="x".""")
    assert """Han sade "nej" &amp; gick: 1 &lt; 2, '<b>"ja"</b>' och href="x".""" in html
