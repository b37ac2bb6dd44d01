"""Where the article's text begins."""

from __future__ import annotations

from datetime import UTC, datetime

from aggregator.extract import extract
from aggregator.model import Article

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TITLE = "Rapport om ån och badhuset första halvåret"


def _read(body: str) -> str:
    html = f"<html><head><title>{TITLE}</title></head><body><main>{body}</main></body></html>"
    found = extract(html.encode(), "https://kommunen.example/nyheter/rapport", now=NOW)
    assert isinstance(found, Article)
    return found.text


def _paragraphs(count: int, *, first: int = 1) -> str:
    return "".join(
        f"<p>Avsnitt {n} av rapporten handlar om ån, om badhuset och om vattnet som har runnit under bron.</p>"
        for n in range(first, first + count)
    )


def test_a_line_inside_the_text_that_repeats_the_headline_takes_no_beginning_with_it() -> None:
    text = _read(f"<p>Kommunen</p>{_paragraphs(7)}<p>{TITLE}</p>{_paragraphs(30, first=8)}")
    assert "Avsnitt 1 av" in text
    assert "Avsnitt 37 av" in text
    assert TITLE not in text


def test_lines_above_a_headline_go() -> None:
    text = _read(f"<p>Kommunen</p><p>Så läser du sidan</p><p>{TITLE}</p>{_paragraphs(9)}")
    assert text.startswith("Avsnitt 1 av")


def test_a_heading_that_sets_a_kicker_before_the_headline_goes_however_long_it_is() -> None:
    kicked = f"Kommunstyrelsen i Exempelstad möttes – {TITLE}"
    assert len(kicked) >= 80
    assert _read(f"<h2>{kicked}</h2>{_paragraphs(9)}").startswith("Avsnitt 1 av")


def test_the_line_above_a_text_that_dates_it_is_no_part_of_it() -> None:
    for line in (
        "Nyhet 2024-03-05",
        "Tisdag 5 mars 2024",
        "2024-03-05 Region Exempel",
        "Publicerad för 2 dagar sedan",
    ):
        assert _read(f"<h1>{TITLE}</h1><p>{line}</p>{_paragraphs(9)}").startswith("Avsnitt 1 av"), line
    fair = "Lördag 5 mars 2024 kl. 18, Stora torget"
    assert fair in _read(f"<h1>{TITLE}</h1><p>{fair}</p>{_paragraphs(9)}")
    midst = f"<h1>{TITLE}</h1>{_paragraphs(4)}<p>Kumla 5 mars 2024</p>{_paragraphs(4, first=5)}"
    assert "Kumla 5 mars 2024" in _read(midst)
