"""What an API or a feed gives of an article is cleaned like a page, and completes what a page lacks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from aggregator.extract import complete, extract, from_link
from aggregator.model import Article, Link, Reason, Rejection, Source
from tests.extract import shapes

NOW = datetime(2024, 12, 1, tzinfo=UTC)
AT = datetime(2024, 11, 24, 7, 30, tzinfo=UTC)
SOURCE = Source(id="tidning", name="Tidningen", url="https://www.example.org/", language="sv")
CLOSING = "<p>Hälsa | Örebro/Örebro län<br />\nÖrebronyheter<br />\nKälla: Region Örebro län</p>"


def given(link: Link) -> Article:
    found = from_link(link, SOURCE, NOW)
    assert isinstance(found, Article), found
    return found


def test_an_apis_body_is_cleaned_like_a_pages() -> None:
    link = Link(
        url="https://www.example.org/nyhet/?utm_source=rss",
        title="H&auml;lsa &#8211; i norr",
        html=f"<p>Bild: Region Exempel</p>{shapes.body()}{CLOSING}<script>alert(1)</script>",
        complete=True,
        published_at=AT,
        updated_at=AT + timedelta(hours=1),
        external_id="4711",
        authors=("Anna Exempel",),
        category="Lokalt",
        image_url="https://www.example.org/bild.jpg",
    )
    article = given(link)
    assert article.title == "Hälsa – i norr"
    assert tuple(article.text.split("\n\n")) == shapes.PARAGRAPHS
    assert article.lead == shapes.PARAGRAPHS[0]
    assert article.origin == "Region Örebro län"
    assert article.category == "Hälsa | Örebro/Örebro län"
    assert article.canonical_url == "https://www.example.org/nyhet/"
    assert (article.published_at, article.page_updated_at) == (AT, AT + timedelta(hours=1))
    assert (article.external_id, article.authors, article.language) == ("4711", ("Anna Exempel",), "sv")
    assert article.image_url == "https://www.example.org/bild.jpg"
    assert "Källa" not in article.html
    assert "script" not in article.html


def test_plain_text_bodies_become_paragraphs() -> None:
    article = given(
        Link(url="https://www.example.org/a", title="Rubrik", html="\n".join(shapes.PARAGRAPHS), complete=True)
    )
    assert tuple(article.text.split("\n\n")) == shapes.PARAGRAPHS


def test_a_police_event_of_two_sentences_is_a_notice_with_its_place() -> None:
    link = Link(
        url="https://polisen.se/aktuellt/handelser/2024/november/24/24-november-trafikolycka/",
        title="24 november 08.19, Trafikolycka, singel, Karlskoga",
        html="<p>En bil har kört av vägen.</p>",
        complete=True,
        external_id="555",
        place="Karlskoga",
        published_at=AT,
    )
    article = given(link)
    assert (article.kind, article.place, article.text) == ("notice", "Karlskoga", "En bil har kört av vägen.")


def test_a_link_with_nothing_but_a_lead_gives_a_notice_and_one_with_nothing_is_refused() -> None:
    article = given(Link(url="https://www.example.org/a", title="Rubrik", lead="Kort."))
    assert article.text == "Kort."
    empty = from_link(Link(url="https://www.example.org/a", title="Rubrik"), SOURCE, NOW)
    assert isinstance(empty, Rejection)
    assert empty.reason is Reason.EMPTY


def test_complete_fills_only_what_the_page_lacks() -> None:
    page = extract(shapes.region("", "Hade du nytta av innehållet?"), "https://www.example.org/sida", now=NOW)
    assert isinstance(page, Article)
    link = Link(
        url=page.url,
        title="En annan rubrik",
        lead="En annan ingress",
        published_at=AT,
        external_id="7",
        authors=("Bo Påhittad",),
        image_url="https://www.example.org/b.jpg",
        place="Nora",
        category="Lokalt",
    )
    full = complete(page, link)
    assert full.published_at == AT
    assert (full.title, full.lead, full.text) == (page.title, page.lead, page.text)
    assert (full.external_id, full.authors, full.place, full.category) == ("7", ("Bo Påhittad",), "Nora", "Lokalt")
    assert complete(full, Link(url=page.url, published_at=NOW, external_id="8")) == full


def test_a_listing_gives_the_clock_to_a_page_that_tells_only_the_day() -> None:
    page = extract(shapes.max_mag(), "https://www.example.org/sida", now=NOW)
    assert isinstance(page, Article)
    assert page.date_precision == "day"
    at = datetime(2023, 12, 12, 6, 15, tzinfo=UTC)
    full = complete(page, Link(url=page.url, published_at=at))
    assert (full.published_at, full.date_precision) == (at, "minute")
    other = complete(page, Link(url=page.url, published_at=at + timedelta(days=90)))
    assert other.published_at == page.published_at
