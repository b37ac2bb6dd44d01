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
