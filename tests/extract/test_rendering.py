"""The text, and links and pictures in its HTML."""

from __future__ import annotations

import pytest

from aggregator.extract import extract
from aggregator.model import Article

TEXT = "Kommunen öppnar en ny skola i höst, och den ska ha plats för tvåhundra elever från hela östra delen av staden. "
URL = "https://example.org/nyheter/skola"


def read(inner: str) -> Article:
    body = f"<body><h1>Ny skola öppnar i höst</h1><p>{TEXT * 3}{inner}</p><p>{TEXT * 3}</p>"
    article = extract(body.encode(), URL)
    assert isinstance(article, Article)
    return article


def html_of(inner: str) -> str:
    return read(inner).html


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


def test_items_stand_on_lines_and_cells_in_rows() -> None:
    listed = (
        "</p><ul><li>tolv nya avdelningar<li>egna kök<ul><li>med kock</ul><li>en gård</ul><ol><li>Först den.</ol>"
        "<table><tr><th>Skola<th>Platser<tr><td>Solrosen<td>36</table><dl><dt>Byggstart<dd>I augusti</dl>"
        "<p>Slut på listan."
    )
    assert (
        "tolv nya avdelningar\negna kök\nmed kock\nen gård\n\nFörst den.\n\n"
        "Skola\tPlatser\nSolrosen\t36\n\nByggstart\nI augusti\n\nSlut på listan." in read(listed).text
    )


def test_what_is_not_seen_parts_no_words() -> None:
    assert (
        "för att omfattas av förskolelagen" in read("Det görs för att om&shy;fattas av för\u200bskole\xadlagen.").text
    )
