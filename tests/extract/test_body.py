"""Where the article's text stands: places named after what stands around it, and those that hold it all the same."""

from __future__ import annotations

from datetime import UTC, datetime

from aggregator.extract import extract
from aggregator.model import Article

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TITLE = "Ny bro byggs vid badhuset"
PARAGRAPHS = (
    "Kommunen bygger en ny bro över ån vid badhuset, och arbetet börjar redan i april nästa år enligt planen.",
    "Bron ska bära både cyklar och gående, och den gamla rivs först när den nya har öppnats för trafik i höst.",
    "Under bygget leds trafiken om över den norra bron, som får dubbla körfält så länge arbetet pågår där.",
)
TEXT = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
MENU = "".join(
    f"<div><a href='/tjanst/{n}'>Tjänst nummer {n}</a><span>Så hjälper tjänsten dig i vardagen, hemma och på jobbet, "
    f"med allt som rör ärende {n} och det som hör dit.</span></div>"
    for n in range(12)
)


def _read(body: str) -> str:
    html = f"<html><head><title>{TITLE}</title></head><body>{body}</body></html>"
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


def test_a_teaser_that_hardly_leads_anywhere_is_the_articles_own_standfirst() -> None:
    lead = "Bron blir bred nog för både cyklar och barnvagnar, säger kommunens ingenjör, som har ritat den själv i vår."
    story = f"<p>{PARAGRAPHS[0]}</p>{TEXT * 3}"
    assert lead in _read(
        f"<article><h1>{TITLE}</h1><div class='artikelTeaser'><a>Åter</a><p>{lead * 2}</p></div>{story}"
    )
    other = f"<div class='teaser'><a href='/annat'>Badhuset får ett nytt tak till våren</a><p>{lead}</p></div>"
    assert lead not in _read(f"<article><h1>{TITLE}</h1>{story}{other}")
