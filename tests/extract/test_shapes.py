"""Every shape in which the region's outlets write gives the article, and nothing of what stands around it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from aggregator.extract import extract
from aggregator.model import Article, Hints, Source
from tests.extract import shapes

NOW = datetime(2024, 12, 1, tzinfo=UTC)
URL = "https://www.example.org/nyhet/"


def read(body: bytes, **more: Any) -> Article:
    found = extract(body, URL, now=NOW, **more)
    assert isinstance(found, Article), found
    return found


def paragraphs(article: Article) -> list[str]:
    return article.text.split("\n\n")


CLOSING_LINES = [
    "<p>Hälsa | Örebro/Örebro län</p><p>Örebronyheter</p><p>Källa: Region Örebro län</p>",
    "<p>Hälsa | Örebro/Örebro län<br>Örebronyheter<br>Källa: Region Örebro län</p>",
    "<p>Hälsa | Örebro/Örebro län<br />\nÖrebronyheter</p><p>Källa Region Örebro län</p>",
    "<p><em>Hälsa | Örebro/Örebro län</em><br><strong>Örebronyheter</strong><br>källa: Region Örebro län</p>",
]


@pytest.mark.parametrize("closing", CLOSING_LINES)
def test_the_closing_block_becomes_fields_and_leaves_the_text(closing: str) -> None:
    article = read(shapes.max_mag(closing=closing))
    assert article.title == shapes.TITLE
    assert tuple(paragraphs(article)) == shapes.PARAGRAPHS
    assert article.origin == "Region Örebro län"
    assert article.category == "Hälsa | Örebro/Örebro län"
    assert article.lead == shapes.PARAGRAPHS[0]
    assert article.published_at is not None
    assert article.published_at.date().isoformat() == "2023-12-12"
    assert article.authors == ()


def test_ticker_captions_and_latest_news_are_not_the_article() -> None:
    article = read(shapes.max_mag())
    for word in ("derbyt", "Latest", "Posted", "Bild:", "logged in", "Skribenten", "Related"):
        assert word not in article.text
        assert word not in article.html
    assert article.origin is None


@pytest.mark.parametrize(
    ("line", "question", "branch", "updated"),
    [
        (
            "Publicerad: 2022-12-16 10:06",
            "Hade du nytta av innehållet på denna sida?",
            "sv",
            "Senast uppdaterad: den 16 maj 2024",
        ),
        ("Published: 2022-12-16 10:06", "Did the content help you?", "en", "Last updated: Thursday, May 16, 2024"),
        (
            "Publicerad: 2022-12-16 10:06",
            "Hat Ihnen dieser Inhalt weitergeholfen?",
            "de",
            "Zuletzt aktualisiert: Donnerstag, 16. Mai 2024",
        ),
    ],
)
def test_the_regions_branches_give_one_text_with_both_dates(
    line: str, question: str, branch: str, updated: str
) -> None:
    source = Source(
        id="region",
        name="Region",
        url="https://www.example.org/",
        branches=("sv", "en", "de", "sv-ll"),
        drop_query=("E-*",),
    )
    found = extract(
        shapes.region(line, question, branch=branch, updated=updated),
        f"https://www.example.org/{branch}/aktuellt/halsa--i-norr/?E-20583=20583",
        source=source,
        now=NOW,
    )
    assert isinstance(found, Article)
    assert found.canonical_url == "https://www.example.org/sv/aktuellt/halsa--i-norr/"
    assert tuple(paragraphs(found)) == shapes.PARAGRAPHS
    assert found.published_at == datetime(2022, 12, 16, 9, 6, tzinfo=UTC)
    assert found.page_updated_at is not None
    assert found.page_updated_at.date().isoformat() == "2024-05-16"
    assert found.language == "sv"


def test_a_page_that_only_says_when_it_was_updated_has_no_publication_time() -> None:
    article = read(
        shapes.region("", "Hade du nytta av innehållet på denna sida?", updated="Senast uppdaterad: den 16 maj 2024")
    )
    assert article.published_at is None
    assert article.page_updated_at is not None


def test_a_press_release_ends_before_its_contacts_and_its_about_us() -> None:
    article = read(shapes.pressroom())
    assert tuple(paragraphs(article)) == shapes.PARAGRAPHS
    assert article.published_at == datetime(2024, 6, 17, 12, 2, tzinfo=UTC)
    for word in ("019", "@", "Berit", "kollektivtrafik", "Dela"):
        assert word not in article.text + article.html


def test_teasers_glued_to_the_end_are_cut() -> None:
    article = read(shapes.glued())
    assert tuple(paragraphs(article)) == shapes.PARAGRAPHS
    assert article.title == shapes.TITLE


def test_a_police_event_is_a_notice_with_lead_and_text() -> None:
    article = read(shapes.police())
    assert article.kind == "notice"
    assert article.title == "24 november 08.19, Trafikolycka, singel, Karlskoga"
    assert article.lead.startswith("En personbil")
    assert "Bärgning är beställd." in article.text
    assert article.published_at == datetime(2024, 11, 24, 8, 12, tzinfo=UTC)


def test_a_municipal_page_gives_text_without_banners_and_no_publication_time() -> None:
    article = read(shapes.sitevision())
    assert article.title == "Gatan stängs av"
    assert article.text.startswith("Storgatan stängs av")
    assert article.text.endswith("arbetet pågår.")
    assert article.published_at is None
    assert article.page_updated_at == datetime(2023, 2, 26, 15, 50, tzinfo=UTC)


def test_a_stub_is_an_article_without_its_label_and_appeal() -> None:
    article = read(shapes.stub())
    assert article.text == "Klubben får en ny hall vid sjön. Bygget ska vara klart till hösten och kostar omkring tolv…"


def test_a_broadcasters_tail_and_empty_date_words_are_cut() -> None:
    article = read(shapes.broadcaster())
    assert tuple(paragraphs(article)) == shapes.PARAGRAPHS


def test_broken_markup_still_gives_the_article() -> None:
    whole = shapes.max_mag(closing=CLOSING_LINES[1]).decode()
    broken = whole.replace("</p>", "").replace("</div>", "").replace("</li>", "")
    article = read(broken.encode())
    assert article.title == shapes.TITLE
    for line in shapes.PARAGRAPHS:
        assert line in article.text


def test_every_truncation_of_a_page_is_answered() -> None:
    whole = shapes.max_mag(closing=CLOSING_LINES[0])
    for end in range(0, len(whole), 97):
        extract(whole[:end], URL, now=NOW)


def test_hints_win_and_a_hint_that_matches_nothing_changes_nothing() -> None:
    page = shapes.max_mag()
    hints = Hints(title=(".breadcrumb",), body=("#author-info",), date=(".none",), drop=(".none",), end_at=("Slut",))
    hinted = read(page, source=Source(id="x", name="x", url=URL, hints=hints))
    assert "Lokalt" in hinted.title
    assert hinted.text.startswith("Skribenten har skrivit")
    wrong = Hints(title=(".none",), body=(":::",), drop=("[[[",), end_at=("Finns inte",))
    assert read(page, source=Source(id="x", name="x", url=URL, hints=wrong)) == read(page)


def test_hints_drop_and_end() -> None:
    hints = Hints(drop=("#content-area p:nth-of-type(3)",), end_at=("Arbetet börjar",))
    article = read(shapes.max_mag(), source=Source(id="x", name="x", url=URL, hints=hints))
    assert paragraphs(article) == [shapes.PARAGRAPHS[0]]
    before = Hints(end_at=("#content-area p:nth-of-type(4)",))
    article = read(shapes.max_mag(), source=Source(id="x", name="x", url=URL, hints=before))
    assert paragraphs(article) == list(shapes.PARAGRAPHS[:2])


@pytest.mark.parametrize("lines", [shapes.PARAGRAPHS, ("En cykel stals i natt.",)])
def test_words_that_end_an_article_do_not_above_its_text(lines: tuple[str, ...]) -> None:
    page = (
        f"<html><body><main><p>Sist rört: 5 mars 2024</p><h1>{shapes.TITLE}</h1>{shapes.body(lines)}"
        "<p>Sist rört: 5 mars 2024</p><p>Webbredaktionen önskar en trevlig dag.</p></main></body></html>"
    )
    source = Source(id="x", name="x", url=URL, hints=Hints(end_at=("Sist rört",)))
    assert paragraphs(read(page.encode(), source=source)) == list(lines)


def test_text_that_only_the_script_holds_is_read_from_it() -> None:
    told = "\\n".join(shapes.PARAGRAPHS)
    article = read(
        f"<html lang='sv'><head><title>{shapes.TITLE}</title><script type='application/ld+json'>"
        f'{{"@type": "NewsArticle", "headline": "{shapes.TITLE}", "articleBody": "{told}"}}</script></head>'
        f"<body><main><h1>{shapes.TITLE}</h1><p>Kort ingress.</p></main></body></html>".encode()
    )
    assert tuple(paragraphs(article)) == shapes.PARAGRAPHS


def test_the_first_of_two_articles_on_one_page_is_taken() -> None:
    other = "<p>En helt annan nyhet om vägarbeten i söder som tar flera veckor och stänger av två gator.</p>" * 6
    article = read(
        f"<html><head><title>{shapes.TITLE}</title></head><body><main><article class='story'><h1>{shapes.TITLE}</h1>"
        f"<div class='body-text'>{shapes.body()}</div></article><article class='story second'><h2>Vägarbeten</h2>"
        f"<div class='body-text'>{other}</div></article></main></body></html>".encode()
    )
    assert tuple(paragraphs(article)) == shapes.PARAGRAPHS


def test_a_body_in_several_places_of_one_make_is_read_whole() -> None:
    first, rest = shapes.body(shapes.PARAGRAPHS[:2]), shapes.body(shapes.PARAGRAPHS[2:])
    article = read(
        f"<html><head><title>{shapes.TITLE}</title></head><body><main><h1>{shapes.TITLE}</h1><section>"
        f"<div class='article-body'>{first}</div><div class='ad-slot'><p>Annons</p></div>"
        f"<div class='article-body'>{rest}</div></section></main></body></html>".encode()
    )
    assert tuple(paragraphs(article)) == shapes.PARAGRAPHS


def test_dates_of_other_stories_do_not_date_this_one() -> None:
    story = "<article><a href='/x'>Annan nyhet</a><time datetime='2024-11-30T10:00'>30 november</time></article>"
    aside = f"<div class='senaste'>{story}</div>"
    page = shapes.region("", "Hade du nytta av innehållet?").decode()
    article = read(page.replace("<main>", aside + "<main>").replace("</main>", "</main>" + aside).encode())
    assert article.published_at is None


def test_a_date_far_in_the_future_is_no_date() -> None:
    article = read(shapes.region("Publicerad: 2025-03-01 10:06", "Hade du nytta av innehållet?"))
    assert article.published_at is None


def test_running_text_above_the_headline_is_kept_where_it_is_the_text() -> None:
    page = f"<html><body><main><article>{shapes.body()}<h1>{shapes.TITLE}</h1><p>Slutord om det.</p></article></main>"
    article = read(page.encode())
    assert article.text.startswith(shapes.PARAGRAPHS[0])
