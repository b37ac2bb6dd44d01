"""What is no article is refused with its reason; what is one, however short, is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aggregator.extract import extract
from aggregator.model import Article, Reason, Rejection

NOW = datetime(2026, 1, 1, tzinfo=UTC)
URL = "https://www.example.org/sida"


def page(body: str, head: str = "<title>Sida</title>") -> bytes:
    return f"<!doctype html><html lang='sv'><head>{head}</head><body>{body}</body></html>".encode()


LISTING = "".join(
    f"<article><h2><a href='/nyhet-{n}'>Rubriken på nyhet nummer {n} här</a></h2>"
    "<p>Ett utdrag ur nyheten…</p></article>"
    for n in range(12)
)
CARDS = "".join(
    f"<div><h3><a href='/nyhet-{n}'>Rubriken på nyhet nummer {n} här</a></h3>"
    f"<p>Ett helt utdrag ur nyheten, som säger det viktigaste i den om sak nummer {n}.</p><span>{n} mars</span></div>"
    for n in range(8)
)
EVENTS = "".join(
    f"<li><a href='/e{n}'>Konsert i kyrkan {n}</a> {n} mars kl 18.00 i Exempelkyrkan</li>" for n in range(9)
)
MENU = "".join(f"<li><a href='/{n}'>Länk till avdelning {n}</a></li>" for n in range(40))
PICTURES = "".join(f"<figure><img src='/bild-{n}.jpg'></figure>" for n in range(12))


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"", None, Reason.EMPTY),
        (b"  \n", "text/html", Reason.EMPTY),
        (page(""), None, Reason.EMPTY),
        (page("<nav><a href='/'>Start</a></nav>"), None, Reason.EMPTY),
        (b"%PDF-1.7 ...", "application/pdf", Reason.NOT_HTML),
        (b"%PDF-1.7 ...", None, Reason.NOT_HTML),
        (b"\x89PNG\r\n\x1a\n", "image/png", Reason.NOT_HTML),
        (b'{"a": 1}', "application/json", Reason.NOT_HTML),
        (b"bara text", "text/plain", Reason.NOT_HTML),
        (
            page("<h1>Sidan kunde inte hittas</h1><p>Sidan finns inte.</p>", "<title>404</title>"),
            None,
            Reason.ERROR_PAGE,
        ),
        (page("<h1>Hoppsan!</h1><p>Sidan du letar efter kunde inte hittas.</p>"), None, Reason.ERROR_PAGE),
        (page("<h1>Page not found</h1><p>Sorry.</p>", "<title>Page not found</title>"), None, Reason.ERROR_PAGE),
        (
            page("<p>Checking your browser before accessing</p>", "<title>Just a moment...</title>"),
            None,
            Reason.ERROR_PAGE,
        ),
        (
            page(
                "<h1>Vi värnar om din integritet</h1><p>Vi och våra partner använder cookies för annonser. "
                "Genom att godkänna samtycker du till detta.</p><button>Godkänn</button>"
            ),
            None,
            Reason.CONSENT,
        ),
        (page(f"<h1>Nyheter</h1>{LISTING}", "<title>Nyheter</title>"), None, Reason.LISTING),
        (page(f"<h1>Innehåll</h1><ul>{MENU}</ul>"), None, Reason.LISTING),
        (page(f"<h1>I blickfånget</h1>{CARDS}"), None, Reason.LISTING),
        (page(f"<h1>Etikett: förskola</h1>{CARDS}"), None, Reason.LISTING),
        (page(f"<h1>Sökresultat</h1><p>Din sökning gav 124 träffar.</p>{CARDS}"), None, Reason.LISTING),
        (page(f"<h1>Evenemang</h1><ul>{EVENTS}</ul>"), None, Reason.LISTING),
        (page("<h1>Nyheter</h1><p>Det finns inga nyheter att visa.</p>"), None, Reason.LISTING),
        (page("<h1>Logga in</h1><form><input type='password'></form><p>Glömt lösenordet?</p>"), None, Reason.PAYWALL),
        (page("<h1>Underhåll pågår</h1><p>Webbplatsen är tillfälligt stängd.</p>"), None, Reason.ERROR_PAGE),
        (page(f"<h1>Bilder från festen</h1>{PICTURES}"), None, Reason.GALLERY),
        (
            page("<h1>Branden</h1><div class='paywall'><p>Bli prenumerant för att läsa vidare</p></div>"),
            None,
            Reason.PAYWALL,
        ),
        (
            page(
                "<p>Regionen har beslutat att bygga en ny vårdcentral i centrum, och arbetet ska börja nästa år "
                "enligt planen som nämnden antog i går kväll efter en lång debatt.</p>",
                "",
            ),
            None,
            Reason.NO_TITLE,
        ),
        (page("<h1>Mina sidor</h1><p>Välj hur du vill logga in: med BankID eller Freja.</p>"), None, Reason.PAYWALL),
        (
            page("<h1>Logga in</h1><form><input type='email'></form><p>Skriv din e-post.</p>"),
            None,
            Reason.PAYWALL,
        ),
        (page("<h1>Bli prenumerant</h1><p>Läs allt för 1 krona den första månaden.</p>"), None, Reason.PAYWALL),
        (
            page(
                "<h1>Din integritet</h1><p>Vi och våra 842 partner lagrar och hämtar information på din enhet "
                "och behandlar personuppgifter.</p>"
            ),
            None,
            Reason.CONSENT,
        ),
        (page("<h1>Träffar</h1><p>Ingenting matchade dina sökord.</p>"), None, Reason.ERROR_PAGE),
        (page("<h1>Driftstörningar</h1><p>Just nu finns inga kända störningar.</p>"), None, Reason.LISTING),
        (page("<h1>Kontakta oss</h1><h3>Ada Exempel</h3><p>Handläggare</p><p>019-00 00 00</p>"), None, Reason.LISTING),
    ],
)
def test_a_page_that_is_no_article_is_refused_with_its_reason(
    body: bytes, content_type: str | None, reason: Reason
) -> None:
    found = extract(body, URL, content_type=content_type, now=NOW)
    assert isinstance(found, Rejection), found
    assert (found.reason, found.url) == (reason, URL)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Brand i garage", "Ett garage brann ned i natt."),
        ("Stulen cykel", "En röd cykel stals vid stationen. Polisen söker vittnen."),
        ("404 nya jobb till Karlskoga", "Företaget anställer 404 personer i sin nya fabrik."),
        ("Sidan som saknas i arkivet", "En sida ur stadens äldsta bok har legat i en låda i hundra år."),
        ("Mina sidor får ny inloggning", "Regionen byter inloggning på måndag. Den som vill kan ringa i stället."),
        ("Logga in och träffa en läkare", "Vårdcentralen öppnar en digital mottagning med BankID i höst."),
        ("500-årsjubileum firas i Nora", "Staden fyller år, och det firas hela veckan."),
        ("410 – så många kom till mässan", "Mässan drog rekordpublik i år."),
        ("Tekniskt fel stoppade tågen i Hallsberg", "Ett ställverk gick sönder i natt."),
        ("Inget hittades vid sökandet i Tisaren", "Dykare sökte hela dagen efter båten."),
        ("Ny e-tjänst för bygglov", "Kommunen öppnar en ny tjänst på måndag. Tjänsten kräver inloggning med BankID."),
        ("Oj, så gick det för laget", "Laget vann med tio mål mot ett."),
        ("Bli prenumerant på kulturen i Nora", "Teatern säljer årskort för alla sina föreställningar."),
        ("Åtkomst saknas till badplatsen", "Vägen till badet är avstängd i två veckor."),
        ("Sidan av saken", "Krönikan handlar om att en sida i en bok saknades."),
        (
            "Nya regler för kakor på webben",
            "Kommunen ändrar hur webbplatsen använder kakor. Det beslutade nämnden i dag.",
        ),
        ("Prenumeranter rasar", "Allt fler säger upp sin tidning. Den som är prenumerant får betala mer nästa år."),
        ("Underhåll pågår på järnvägen", "Tågen är inställda på lördag. Bussar ersätter dem."),
        (
            "Kalender för lokalt näringsliv",
            "Föreningen säljer sin kalender på torget. Pengarna går till cancerforskning.",
        ),
        ("Sök bidrag", "Föreningar kan söka bidrag av kommunen senast 1 maj. Nytt i år är att också lag får söka."),
        ("Bilder: festen i parken", "Hundratals kom till parken i lördags. Se bilderna från kvällen här nedanför."),
    ],
)
def test_a_short_notice_is_an_article(title: str, text: str) -> None:
    found = extract(page(f"<main><h1>{title}</h1><p>{text}</p></main>", f"<title>{title}</title>"), URL, now=NOW)
    assert isinstance(found, Article), found
    assert found.title == title
    assert found.text.replace("\n\n", " ") == text
    assert found.kind == "notice"


@pytest.mark.parametrize(
    "title",
    [
        "Sidan kan inte hittas",
        "Sidan kunde tyvärr inte hittas",
        "Tyvärr, sidan finns inte",
        "Vi hittar inte sidan",
        "Vi hittade inte sidan",
        "Sidan du sökte finns inte",
        "Den sida du söker finns inte längre",
        "Sidan har flyttat",
        "Sidan är borttagen",
        "Nyheten är borttagen",
        "Artikeln har tagits bort",
        "Sidan är under uppbyggnad",
        "Åtkomst saknas",
        "Du har inte behörighet",
        "Inget hittades",
    ],
)
def test_a_page_that_says_that_there_is_none_is_refused(title: str) -> None:
    found = extract(page(f"<h1>{title}</h1><p>Gå till startsidan och välj i menyn.</p>"), URL, now=NOW)
    assert isinstance(found, Rejection), found
    assert found.reason is Reason.ERROR_PAGE


@pytest.mark.parametrize("title", ["Nora", "Etikett: skola", "Arkiv: mars 2024", "Författare: Ada Exempel", "Lokalt"])
def test_a_list_whose_meta_tags_call_it_an_article_without_a_day_is_refused(title: str) -> None:
    head = f"<title>{title}</title><meta property='og:type' content='article'>"
    found = extract(page(f"<h1>{title}</h1>{LISTING}", head), URL, now=NOW)
    assert isinstance(found, Rejection), found
    assert found.reason is Reason.LISTING


@pytest.mark.parametrize("heading", ["2022", "Mars", "Mars 2024", "5 mars 2024", "2024-03-05"])
def test_a_year_or_day_over_a_list_is_no_headline(heading: str) -> None:
    items = "".join(
        f"<h3><a href='/n{n}'>Rubriken på nyhet nummer {n}</a></h3><p>Ett helt utdrag ur nyheten.</p>" for n in range(5)
    )
    found = extract(page(f"<h1>Nyheter</h1><h2>{heading}</h2>{items}"), URL, now=NOW)
    assert isinstance(found, Rejection), found
    assert found.reason is Reason.LISTING


def test_a_list_without_links_under_a_sections_name_is_refused() -> None:
    items = "".join(
        f"<h2>Rubriken på nyhet nummer {n} här</h2><p>Ett helt utdrag ur nyheten, som säger det viktigaste om {n}.</p>"
        for n in range(5)
    )
    found = extract(page(f"<h1>Nyheter</h1>{items}"), URL, now=NOW)
    assert isinstance(found, Rejection), found
    assert found.reason is Reason.LISTING


@pytest.mark.parametrize("title", ["Mina sidor", "Logga in med BankID", "Tekniskt fel", "Bli prenumerant"])
def test_what_its_data_dates_as_an_article_is_not_refused_for_its_title(title: str) -> None:
    data = f'{{"@type": "NewsArticle", "headline": "{title}", "datePublished": "2025-03-05"}}'
    head = f"<title>{title}</title><script type='application/ld+json'>{data}</script>"
    text = "<p>Regionens nya sidor kräver BankID från och med måndag, och den som inget har får ringa.</p>"
    assert isinstance(extract(page(f"<h1>{title}</h1>{text}", head), URL, now=NOW), Article)


def test_an_e_service_is_no_news() -> None:
    body = (
        "<h1>Ansök om bygglov</h1><p>Den här tjänsten kräver inloggning.</p><p>Du kan spara och fortsätta senare.</p>"
    )
    found = extract(page(body), URL, now=NOW)
    assert isinstance(found, Rejection), found
    assert found.reason is Reason.PAYWALL


def test_an_article_with_a_long_list_of_links_below_is_an_article() -> None:
    text = "<p>Nämnden sade ja till att bygga en ny skola i centrum, och arbetet ska börja redan nästa höst.</p>" * 3
    found = extract(page(f"<main><h1>Ny skola i centrum</h1>{text}</main><div>{LISTING}</div>"), URL, now=NOW)
    assert isinstance(found, Article), found
    assert "utdrag" not in found.text


def test_a_section_over_one_heading_is_not_the_headline_of_what_stands_below() -> None:
    body = "<main><h1>Nyheter</h1><h2>Vattnet stängs av</h2><p>På tisdag stängs vattnet av på Storgatan.</p></main>"
    found = extract(page(body), URL, now=NOW)
    assert isinstance(found, Article), found
    assert found.title == "Vattnet stängs av"
    assert found.text == "På tisdag stängs vattnet av på Storgatan."


def test_a_section_with_a_long_text_of_its_own_is_an_article() -> None:
    text = "<p>" + "Nämnden sade ja till att bygga en ny skola i centrum, och arbetet ska börja i höst. " * 9 + "</p>"
    assert isinstance(extract(page(f"<main><h1>Insändare</h1>{text}</main>"), URL, now=NOW), Article)


@pytest.mark.parametrize("dated", ["<p>Publicerad 5 mars 2024</p>", ""])
def test_a_notice_under_a_sections_name_is_dated(dated: str) -> None:
    notice = (
        "<p>En vattenläcka på Storgatan gör att vattnet är avstängt mellan torget och stationen. Vi räknar med att bli "
        "klara i kväll. Dricksvatten finns att hämta i en tank vid torget.</p>"
    )
    found = extract(page(f"<main><h1>Driftinformation</h1>{dated}{notice}</main>"), URL, now=NOW)
    assert isinstance(found, Article if dated else Rejection), found


@pytest.mark.parametrize("dated", ["<p>Senast uppdaterad: 5 mars 2024</p>", "<p>Publicerad 5 mars 2024</p>", ""])
def test_a_line_over_the_headlines_of_other_stories_is_a_notice_where_it_is_dated(dated: str) -> None:
    notice = "<p>Vattnet är avstängt på Storgatan i dag.</p>"
    related = "".join(f"<h3><a href='/n{n}'>Rubriken på nyhet nummer {n}</a></h3>" for n in range(9))
    found = extract(page(f"<main><h1>Vattenläcka</h1>{notice}{dated}</main><div>{related}</div>"), URL, now=NOW)
    assert isinstance(found, Article if dated else Rejection), found


def test_a_text_with_linked_headings_below_it_is_an_article() -> None:
    text = "<p>" + "Nämnden sade ja till att bygga en ny skola i centrum, och arbetet ska börja i höst. " * 4 + "</p>"
    assert isinstance(extract(page(f"<main><h1>Ny skola</h1>{text}{CARDS}</main>"), URL, now=NOW), Article)
