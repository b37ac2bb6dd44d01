"""Where the article's text begins."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

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


BELOW_TEXT = [
    "Blev du hjälpt av sidan?",
    "Fick du hjälp av informationen på sidan?",
    "Var den här sidan till hjälp?",
    "Är du nöjd med informationen på sidan?",
    "Vad tycker du om sidan?",
    "Hur kan vi förbättra sidan?",
    "Berätta hur vi kan göra sidan bättre",
    "Tack för ditt svar!",
    "83% som röstat tyckte att sidan var till hjälp",
    "Ansvarig för sidan: Anna Exempelsson",
    "Informationsansvarig: Anna Exempelsson",
    "Ansvarig utgivare: Anna Exempelsson",
    "Uppdaterad av: Webbredaktionen",
    "Granskad: 5 mars 2024",
    "Faktagranskad: 2024-03-05",
    "Sidan publicerad: 5 mars 2024",
    "Nyheten publicerades 5 mars 2024",
    "Publiceringsdatum: 2024-03-05",
    "Skapad 5 mars 2024",
    "Sidan uppdaterades senast den 5 mars 2024",
    "Senaste uppdatering: 2024-03-05",
    "Nyhet / Publicerad 5 mars 2024 / Ändrad 6 mars 2024",
    "Så jobbar Tidningen med kvalitetsjournalistik: uppgifter som publiceras ska vara sanna.",
    "Vill du veta mer om hur Tidningen arbetar med kvalitetsjournalistik? Läs våra etiska regler här.",
    "Andra har läst",
    "Du kanske också gillar",
    "Läs fler krönikor av Anna Exempelsson",
    "Swisha en slant till 123 456 78 90 så kan vi fortsätta.",
    "Gillar du vad du läser? Prenumerera för 89 kronor i månaden.",
    "Stötta oss gärna via Swish 123 456 78 90.",
    "Vill du ha koll på allt om bandy? Ladda ned appen och följ ditt lag.",
    "#vård #läkare #nora",
    "Era gåvor gör skillnad. Vill du också stötta oss?",
    "Vi vill tacka alla er som genom swishgåvor har stöttat.",
    "Dela på Facebook Dela på Twitter",
    "Utvalda artiklar",
    "Nora2024-05-21 15:37",
    "Läs om beslutet på vår sida, länk till annan webbplats.",
    "Taggar: Brand",
]
INSIDE_TEXT = [
    "- Annons -",
    "Artikeln fortsätter under annonsen",
    "Texten fortsätter nedanför bilden",
    "Öppna bild i helskärm",
    "Bild 1 av 5",
    "Visa bildtext",
    "Innehåll från Facebook kan inte visas",
    "Nästa artikel: Bron byggs om",
    "Anna Exempelsson visar den nya bron. Foto: Bo Påhittad",
    "Bron sedd från norr. Bild: Läsarbild",
]
ABOVE_TEXT = [
    "Den här sidan uppdaterades för mer än tre månader sedan och kan vara inaktuell.",
    "Observera att informationen på sidan kan vara inaktuell.",
    "Sidan är arkiverad och uppdateras inte längre.",
    "Det här är en äldre nyhet. Innehållet kan vara inaktuellt.",
    "Nyheten publicerades för mer än ett år sedan.",
    "Sidan är översatt med Google Translate. Kommunen ansvarar inte för översättningen.",
]
SUBHEADINGS = [
    "Så arbetar vi vidare",
    "Var sidan av vägen blir avstängd?",
    "Är det här lösningen?",
    "Frågor och svar",
    "Om projektet",
    "Nästa steg",
    "Så här gör du",
    "Uppdaterad: vägen är öppen igen",
    "Läsning för sommaren",
]


PROGRAMME = [
    "4 januari kl. 08.00 – 5 januari kl. 08.00",
    "1 juli kl. 13.00-16.00 Hornsberg",
    "12 februari kl. 11.00, Rådhuset, Sessionssalen",
    "Bilder från invigningen finns på kommunens webbplats, och fler kommer under veckan.",
    "Se även till att stänga alla kranar innan vattnet kommer tillbaka.",
    "– Stötta oss på läktaren, säger lagkaptenen efter matchen.",
    "Har du tips om vem som gjorde det? Ring polisen på 114 14.",
    "Uppdaterad kl 14.50: Nu har skolan öppnat igen.",
    "2024-02-18 kl 13.15 Uppdaterad information om vattenläckan i Svartå.",
    "2024-02-18 kl. 08.00 Senast i går kväll lagades läckan.",
    "Anmäl gärna er medverkan till kommunikation@nora.example",
    "Lämna synpunkter till bygg@nora.example senast 3 juni",
]


@pytest.mark.parametrize("line", PROGRAMME)
def test_times_of_a_programme_and_sentences_that_begin_as_furniture_does_are_text(line: str) -> None:
    first, rest = _paragraphs(4), _paragraphs(5, first=5)
    assert line in _read(f"<h1>{TITLE}</h1>{first}<p>{line}</p>{rest}")
    assert line in _read(f"<h1>{TITLE}</h1>{first}{rest}<p>{line}</p>")


def test_the_entries_of_a_log_keep_their_days() -> None:
    log = "".join(f"<p>2024-08-0{n} kl. 13.30</p>{_paragraphs(2, first=n)}" for n in (9, 8, 7))
    text = _read(f"<h1>{TITLE}</h1>{_paragraphs(3)}{log}")
    assert "2024-08-08 kl. 13.30" in text
    assert "2024-08-07 kl. 13.30" in text


@pytest.mark.parametrize("heading", ["Uppdaterad information 6 maj 2024 kl. 15.30", "Fakta", "Bild/filmkväll"])
def test_a_heading_with_text_under_it_is_no_byline_and_no_caption(heading: str) -> None:
    text = _read(f"<h1>{TITLE}</h1>{_paragraphs(4)}<h2>{heading}</h2><p>Ån är ren.</p>{_paragraphs(3, first=5)}")
    assert heading in text


@pytest.mark.parametrize("heading", ["Mer information", "Följ oss under bygget", "Fler nyheter", "Så arbetar vi"])
def test_a_heading_that_often_ends_a_text_does_not_where_a_sentence_of_it_follows(heading: str) -> None:
    last = "Se kartor över hur arbetet påverkar den som går och cyklar på gatan varje dag."
    text = _read(f"<h1>{TITLE}</h1>{_paragraphs(9)}<h2>{heading}</h2><p>{last}</p>")
    assert text.endswith(f"{heading}\n\n{last}")


def test_the_date_under_a_long_headline_is_no_part_of_the_text() -> None:
    title = "Inbjudan till presslunch efter regionstyrelsens sammanträde onsdagen den 25 januari i Örebro"
    page = f"<html><body><main><h1>{title}</h1><p>Pressmeddelanden • Jan 20, 2017 10:25 CET</p>{_paragraphs(9)}</main>"
    found = extract(page.encode(), "https://kommunen.example/nyheter/rapport", now=NOW)
    assert isinstance(found, Article)
    assert found.text.startswith("Avsnitt 1 av")
    assert found.published_at is not None
    assert found.published_at.year == 2017


@pytest.mark.parametrize("lines", [("Örebro/Örebro län", "Kommunen"), ("Lokalt", "Kommunen"), ("Kommunen",)])
def test_the_names_of_place_section_and_site_below_a_text_are_no_part_of_it(lines: tuple[str, ...]) -> None:
    closing = "".join(f"<p>{line}</p>" for line in lines)
    assert _read(f"<h1>{TITLE}</h1>{_paragraphs(9)}{closing}") == _read(f"<h1>{TITLE}</h1>{_paragraphs(9)}")


def test_what_those_who_listen_are_told_of_a_link_is_no_part_of_the_text() -> None:
    note = "<span class='a1'>, länk till annan webbplats, öppnas i nytt fönster.</span>"
    line = f"<p>Vägen sköts av <a href='https://x.example'>Trafikverket{note}</a> i länet.</p>"
    assert "Vägen sköts av Trafikverket i länet." in _read(f"<h1>{TITLE}</h1>{line}{_paragraphs(9)}")


@pytest.mark.parametrize("line", [*BELOW_TEXT, *INSIDE_TEXT])
def test_what_sites_set_below_a_text_is_no_part_of_it(line: str) -> None:
    text = _paragraphs(9)
    assert _read(f"<h1>{TITLE}</h1>{text}<p>{line}</p>") == _read(f"<h1>{TITLE}</h1>{text}")


@pytest.mark.parametrize("line", INSIDE_TEXT)
def test_what_sites_set_into_a_text_is_no_part_of_it(line: str) -> None:
    first, rest = _paragraphs(4), _paragraphs(5, first=5)
    assert _read(f"<h1>{TITLE}</h1>{first}<p>{line}</p>{rest}") == _read(f"<h1>{TITLE}</h1>{first}{rest}")


@pytest.mark.parametrize("line", ABOVE_TEXT)
def test_what_sites_say_of_a_pages_age_and_language_is_no_part_of_its_text(line: str) -> None:
    assert _read(f"<h1>{TITLE}</h1><p>{line}</p>{_paragraphs(9)}").startswith("Avsnitt 1 av")


@pytest.mark.parametrize("heading", SUBHEADINGS)
def test_a_subheading_that_begins_as_such_lines_do_ends_nothing(heading: str) -> None:
    text = _read(f"<h1>{TITLE}</h1>{_paragraphs(6)}<h2>{heading}</h2>{_paragraphs(4, first=7)}")
    assert heading in text
    assert "Avsnitt 10 av" in text


def test_the_headline_under_a_pointers_words_goes_with_them() -> None:
    pointer = "<p>LÄS OCKSÅ</p><p><a href='/bron'>Bron byggs om</a></p>"
    text = _read(f"<h1>{TITLE}</h1>{_paragraphs(4)}{pointer}{_paragraphs(4, first=5)}")
    assert "Bron byggs om" not in text
    assert "Avsnitt 8 av" in text


def test_the_box_of_a_locked_article_goes_whole_and_what_stands_above_it_stays() -> None:
    box = (
        "<div><p>Det här är en artikel för prenumeranter.</p><h2>Fortsätt läsa för 1 krona</h2>"
        "<ul><li>Ingen bindningstid</li></ul><p>Redan prenumerant? <a href='/in'>Logga in</a></p></div>"
    )
    assert _read(f"<h1>{TITLE}</h1><p>Kommunen visar hur ån mår.</p>{box}") == "Kommunen visar hur ån mår."


def test_the_name_of_an_icon_is_no_word_of_the_text() -> None:
    icon = "<span class='c-icon material-symbols-outlined'>lock_clock</span>"
    assert _read(f"<h1>{TITLE}</h1><p>{icon}Ån mår bra.</p>{_paragraphs(9)}").startswith("Ån mår bra.")
    step = "<span class='icon'>1</span>"
    assert _read(f"<h1>{TITLE}</h1><p>{step} Ån mår bra.</p>{_paragraphs(9)}").startswith("1 Ån mår bra.")


def test_a_banner_that_holds_the_headline_holds_the_standfirst() -> None:
    lead = "Ån är renare än på länge, och badhuset har fler besökare än i fjol."
    banner = f"<section class='page-banner'><div><h1>{TITLE}</h1><p class='intro'>{lead}</p></div></section>"
    text = f"{banner}<div class='grid'><div class='text'>{_paragraphs(9)}</div></div>"
    assert _read(text).startswith(lead)


def test_a_standfirst_that_is_set_as_a_heading_is_the_lead() -> None:
    lead = "Ån är renare än på länge, och badhuset har fler besökare än i fjol."
    html = f"<html><body><main><h1>{TITLE}</h1><h2>{lead}</h2>{_paragraphs(9)}</main></body></html>"
    found = extract(html.encode(), "https://kommunen.example/nyheter/rapport", now=NOW)
    assert isinstance(found, Article)
    assert found.lead == lead
    assert found.text.startswith(lead)


@pytest.mark.parametrize("tag", ["p", "h2"])
def test_what_a_broadcaster_says_of_its_work_is_no_part_of_a_short_text(tag: str) -> None:
    work = "SVT:s nyheter ska stå för saklighet och opartiskhet. Det vi publicerar ska vara sant och relevant. " * 3
    text = _read(f"<h1>{TITLE}</h1>{_paragraphs(2)}<{tag}>Så arbetar vi</{tag}><p>{work}</p>")
    assert text == _read(f"<h1>{TITLE}</h1>{_paragraphs(2)}")


def test_who_signs_with_a_greeting_goes_with_all_lines() -> None:
    signed = "".join(
        f"<p>{line}</p>"
        for line in ("Med vänliga hälsningar", "Anna Exempelsson", "Kommunikatör", "Nora kommun", "Tel: 0587-00 00 00")
    )
    assert _read(f"<h1>{TITLE}</h1>{_paragraphs(9)}{signed}") == _read(f"<h1>{TITLE}</h1>{_paragraphs(9)}")


@pytest.mark.parametrize("heading", ["Om oss", "Om Nora kommun", "Om Exempelbolaget AB"])
def test_what_a_sender_says_of_itself_is_no_part_of_its_release(heading: str) -> None:
    us = f"<h2>{heading}</h2><p>Här arbetar 1 700 personer, och vi finns i hela landet.</p>"
    assert _read(f"<h1>{TITLE}</h1>{_paragraphs(9)}{us}") == _read(f"<h1>{TITLE}</h1>{_paragraphs(9)}")
