"""Where the article's text stands: places named after what stands around it, and those that hold it all the same."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aggregator.extract import body, extract, page
from aggregator.model import Article, Rejection

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TITLE = "Ny bro byggs vid badhuset"
PARAGRAPHS = (
    "Kommunen bygger en ny bro över ån vid badhuset, och arbetet börjar redan i april nästa år enligt planen.",
    "Bron ska bära både cyklar och gående, och den gamla rivs först när den nya har öppnats för trafik i höst.",
    "Under bygget leds trafiken om över den norra bron, som får dubbla körfält så länge arbetet pågår där.",
)
TEXT = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
LINES = TEXT.replace("<p>", "<div>").replace("</p>", "</div>")
NUMBERS = "".join(f"<div>Bild nummer {n}</div>" for n in range(250))
MENU = "".join(
    f"<div><a href='/tjanst/{n}'>Tjänst nummer {n}</a><span>Så hjälper tjänsten dig i vardagen, hemma och på jobbet, "
    f"med allt som rör ärende {n} och det som hör dit.</span></div>"
    for n in range(12)
)


def _read(inside: str) -> str:
    html = f"<html><head><title>{TITLE}</title></head><body>{inside}</body></html>"
    found = extract(html.encode(), "https://kommunen.example/nyheter/bro", now=NOW)
    assert isinstance(found, Article)
    return found.text


def test_a_place_that_holds_most_of_the_text_is_measured_without_the_pages_menus() -> None:
    about = "<p>Företaget grundades av två bröder och säljer i dag sina broar i hela landet, från norr till söder.</p>"
    steps = "".join(f"<li>Steg {n}: {line}</li>" for n in range(3) for line in PARAGRAPHS)
    column = f"<div class='col-8 cta-item'>{TEXT}<ul>{steps}</ul></div><div class='col-12'>{about * 6}</div>"
    assert "Steg 2: " in _read(f"<header><nav>{MENU}</nav></header><main><h1>{TITLE}</h1>{column}</main>")


def test_an_aside_is_the_article_only_where_it_holds_almost_all_of_the_text() -> None:
    story = f"<article><h1>{TITLE}</h1>{TEXT}</article>"
    ticker = "".join(
        f"<li><p>Klockan {n}: hemmalaget gör mål igen, och läktaren sjunger så att det hörs till torget.</p></li>"
        for n in range(5)
    )
    text = _read(f"<main>{story}<aside class='flode'><ul>{ticker}</ul></aside></main>")
    assert PARAGRAPHS[0] in text
    assert "hemmalaget" not in text
    assert PARAGRAPHS[0] in _read(f"<main><h1>{TITLE}</h1><aside>{TEXT}</aside></main>")


NEXT = "".join(
    f"<p>Nästa nyhet handlar om något annat, nämligen sak nummer {n}, och den är längre än den som läsaren kom för.</p>"
    for n in range(9)
)


LINKED = "<h3><a href='/n'>Rubriken på en annan nyhet, som leder till den</a></h3>" * 3


@pytest.mark.parametrize(
    "inside",
    [
        f"<main><article><h1>{TITLE}</h1>{TEXT * 2}</article><article><h1>En annan nyhet</h1>{NEXT}</article></main>",
        f"<main><article class=x><h1>{TITLE}</h1>{TEXT}</article><section>{LINKED}{NEXT}</section></main>",
        f"<div><main><h1>{TITLE}</h1>{TEXT}</main></div><div><div>{NEXT}</div></div>",
    ],
    ids=["the next story", "a section of others in main", "others outside of main"],
)
def test_the_story_of_the_headline_is_taken_though_what_follows_is_longer(inside: str) -> None:
    text = _read(inside)
    assert all(line in text for line in PARAGRAPHS)
    assert "Nästa nyhet" not in text


def test_a_text_before_what_is_longer_stays_where_nothing_tells_the_two_apart() -> None:
    text = _read(f"<div><div><h1>{TITLE}</h1>{TEXT * 3}</div><div>{NEXT * 4}</div></div>")
    assert all(line in text for line in PARAGRAPHS)


def test_a_headline_in_an_article_of_its_own_does_not_hide_the_text_below() -> None:
    lead = "Kommunen bygger en ny bro över ån, och den ska stå klar om tre år, säger nämnden. " * 4
    parts = f"<article><h1>{TITLE}</h1><p>{lead}</p></article><div>{TEXT * 4}</div>"
    assert all(line in _read(f"<main>{parts}</main>") for line in PARAGRAPHS)
    assert all(line in _read(f"<nav>{MENU}</nav>{parts}") for line in PARAGRAPHS)
    named = parts.replace("<div>", "<div class='article-body'>")
    assert all(line in _read(f"<main>{named}</main>") for line in PARAGRAPHS)


def test_a_teaser_that_hardly_leads_anywhere_is_the_articles_own_standfirst() -> None:
    lead = "Bron blir bred nog för både cyklar och barnvagnar, säger kommunens ingenjör, som har ritat den själv i vår."
    story = f"<p>{PARAGRAPHS[0]}</p>{TEXT * 3}"
    assert lead in _read(
        f"<article><h1>{TITLE}</h1><div class='artikelTeaser'><a>Åter</a><p>{lead * 2}</p></div>{story}"
    )
    other = f"<div class='teaser'><a href='/annat'>Badhuset får ett nytt tak till våren</a><p>{lead}</p></div>"
    assert lead not in _read(f"<article><h1>{TITLE}</h1>{story}{other}")


@pytest.mark.parametrize("name", ["podd-podcast__text", "widget blogg", "testdel--ads", "promo-text"])
def test_a_box_is_the_article_where_no_text_stands_elsewhere(name: str) -> None:
    inner = f"<div class='{name}-inner'>{LINES * 3}</div>"
    share = "<p>Tipsa en vän om sidan, så ser fler vad som händer.</p>"
    box = f"<div class='{name}'>{inner}</div>"
    assert PARAGRAPHS[2] in _read(f"<h1>{TITLE}</h1><main>{box}{share}</main>{NUMBERS}")
    notice = "<div>Den gamla bron stängs i kväll klockan nio, och den öppnar inte igen förrän allt är färdigt.</div>"
    assert PARAGRAPHS[2] not in _read(f"<h1>{TITLE}</h1><main>{notice * 2}{box}</main>{NUMBERS}")


@pytest.mark.parametrize("name", ["widget donation", "cookie-box", "promo kommentar", "promo senaste-nytt"])
def test_an_appeal_or_other_stories_are_no_article_though_the_page_holds_nothing_else(name: str) -> None:
    page = f"<h1>{TITLE}</h1><div class='{name}'>{LINES * 3}</div>{NUMBERS}"
    html = f"<html><head><title>{TITLE}</title></head><body>{page}</body></html>"
    found = extract(html.encode(), "https://kommunen.example/", now=NOW)
    assert isinstance(found, Rejection) or PARAGRAPHS[0] not in found.text


def test_an_articles_last_section_is_part_of_it_and_links_below_the_text_are_not() -> None:
    first = f"<section>{TEXT * 4}</section>"
    last = f"<section><h2>Så går det till</h2><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]} Sista ordet.</p></section>"
    links = "".join(f"<p><a href='/n/{n}'>{PARAGRAPHS[0]} Del {n}.</a></p>" for n in range(3))
    assert "Sista ordet." in _read(f"<article><h1>{TITLE}</h1><div>{first}{last}</div></article>")
    assert "Del 2." not in _read(f"<article><h1>{TITLE}</h1><div>{first}<section>{links}</section></div></article>")


def test_what_was_marked_before_stays_marked_where_a_box_is_the_article() -> None:
    strange = "<div id='annat'>Prenumerera på vårt nyhetsbrev så missar du ingenting av det som händer i stan.</div>"
    html = f"<body><div class='promo'>{LINES * 3}{strange}</div>{NUMBERS}</body>"
    read = page.read(html, "https://kommunen.example/nyheter/bro")
    place = next(node for node in read.order if node.attr("id") == "annat")
    place.mark(read.order, "the template's")
    body.weigh(read)
    assert place.around == "the template's"
    assert place.parent is not None
    assert not place.parent.around
