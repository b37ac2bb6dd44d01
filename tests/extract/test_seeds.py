"""The seed pages, as text wrapped in naive HTML, give their article."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING

import pytest

from aggregator.extract import extract
from aggregator.model import Article

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TITLE = "Förbättrad samverkan mellan samhällets aktörer"


def naive(text: str, *, breaks: bool = False, head: str = "") -> bytes:
    """Each line a paragraph, each dash a list item; or all lines joined by breaks in one place."""
    pieces = []
    for line in text.splitlines():
        if breaks:
            pieces.append(escape(line) + "<br>")
        elif line.startswith("- "):
            pieces.append(f"<li>{escape(line[2:])}</li>")
        elif line.strip() not in ("-", ""):
            pieces.append(f"<p>{escape(line)}</p>")
    return f"<html lang='sv'><head>{head}</head><body><div>{''.join(pieces)}</div></body></html>".encode()


@pytest.mark.parametrize("head", ["", f"<title>{TITLE} - Örebronyheter</title>", f"<title>{TITLE}</title>"])
def test_the_newspaper_article_is_read_from_lines(seeds: Path, head: str) -> None:
    text = (seeds / "orebronyheter-article.txt").read_text("utf-8")
    found = extract(naive(text, head=head), "https://www.orebronyheter.com/forbattrad-samverkan/", now=NOW)
    assert isinstance(found, Article), found
    assert found.title == TITLE
    assert found.origin == "Region Örebro län"
    assert found.category == "Hälsa | Örebro/Örebro län"
    assert found.text.startswith("Den som behöver samhällets insatser")
    assert found.text.endswith("ledamot i regionala tillväxtnämnden.")
    assert len(found.text.split("\n\n")) == 6
    for line in ("Mingel", "Latest News", "Posted", "Nattens händelser", "Bild:", "logged in"):
        assert line not in found.text + found.html + found.lead
    assert found.published_at is None, "the dates belong to other stories"


def test_the_newspaper_article_is_read_from_lines_joined_by_breaks(seeds: Path) -> None:
    text = (seeds / "orebronyheter-article.txt").read_text("utf-8")
    head = f"<title>{TITLE} - Örebronyheter</title>"
    found = extract(naive(text, breaks=True, head=head), "https://orebronyheter.com/forbattrad", now=NOW)
    assert isinstance(found, Article), found
    assert found.origin == "Region Örebro län"
    assert "Den som behöver" in found.text
    for line in ("Mingel", "Latest News", "Posted", "Nattens händelser", "logged in"):
        assert line not in found.text


def test_the_project_page_is_read_without_chrome(seeds: Path) -> None:
    text = (seeds / "region-projects-page.txt").read_text("utf-8")
    page = naive(text, head="<title>Projekt - Region Örebro län</title>")
    found = extract(page, "https://utveckling.regionorebrolan.se/en/valfard-och-folkhalsa/projekt/", now=NOW)
    assert isinstance(found, Article), found
    assert found.title == "Projekt"
    assert found.published_at is None
    assert found.page_updated_at is not None
    assert found.page_updated_at.date().isoformat() == "2024-05-07"
    assert "CHERRIES" in found.text
    for line in ("Region Örebo county", "Did the content help", ".jpg", "webbplats för Regional utveckling"):
        assert line not in found.text
