"""Captions, lists of links, summaries and credits inside a text are no part of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aggregator.extract import extract
from aggregator.model import Article

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FIRST = "Kommunen bygger en ny bro över ån vid badhuset, och arbetet börjar redan i april nästa år enligt planen. " * 2
SECOND = "Bron ska bära både cyklar och gående, och den gamla rivs först när den nya har öppnats för trafik. " * 3


def _text(inside: str, *, before: str = "") -> str:
    html = (
        f"<html><head><title>Ny bro byggs vid badhuset</title></head><body><main><article class='artikel'>"
        f"<h1>Ny bro byggs vid badhuset</h1>{before}<p>{FIRST}</p>{inside}<p>{SECOND}</p>"
        "</article></main></body></html>"
    )
    found = extract(html.encode(), "https://kommunen.example/nyheter/bro", now=NOW)
    assert isinstance(found, Article)
    assert FIRST.strip() in found.text
    assert SECOND.strip() in found.text
    return found.text


def test_a_short_text_alone_in_a_box_with_a_picture_is_its_caption() -> None:
    box = "<div><img src='/bro.jpg'><p>Bron som den såg ut i våras, sedd från badhuset.</p></div>"
    assert "i våras" not in _text(box)


def test_a_paragraph_with_a_picture_beside_it_stays_where_the_article_is_made_of_such_boxes() -> None:
    boxes = "".join(
        f"<div class='bild'><img src='/{n}.jpg'><p>Steg {n} av bygget tar fyra veckor, och under tiden leds trafiken "
        f"om över den norra bron, som får dubbla körfält så länge arbetet pågår.</p></div>"
        for n in range(1, 5)
    )
    assert "Steg 3 av bygget" in _text(boxes)


def test_a_list_of_links_to_other_stories_goes_with_its_label_and_a_list_of_sentences_stays() -> None:
    links = "".join(f"<li>Trafik: <a href='/n/{n}'>Så leds bilarna om vecka {n}</a></li>" for n in range(3))
    assert "leds bilarna" not in _text(f"<p>Mer om bygget:</p><ul>{links}</ul>")
    assert "Mer om bygget" not in _text(f"<p>Mer om bygget:</p><ul>{links}</ul>")
    items = "".join(f"<li>Etapp {n} är klar i maj, se <a href='/p'>planen</a>.</li>" for n in range(3))
    assert "Etapp 2 är klar" in _text(f"<ul>{items}</ul>")


def test_a_heading_over_nothing_but_links_that_went_goes_and_so_does_a_line_with_a_colon_before_one() -> None:
    links = "".join(f"<p><a href='/n/{n}'>Så leds bilarna om under vecka {n}</a></p>" for n in range(2))
    text = _text(f"<h3>Nyhetsdygnet</h3>{links}<h3>Två körfält</h3><p>{SECOND}</p><p>Missa inte:</p>{links}")
    assert "Nyhetsdygnet" not in text
    assert "Missa inte" not in text
    assert "Två körfält" in text


def test_a_heading_that_is_a_link_to_another_story_goes_and_a_subheading_stays() -> None:
    text = _text("<a href='/annat'><h3>Badhuset får nytt tak</h3></a><h2>Två körfält</h2>")
    assert "nytt tak" not in text
    assert "Två körfält" in text


def test_a_summary_made_for_those_in_a_hurry_goes() -> None:
    summary = "<h2>Kort fortalt</h2><ul><li>Kommunen bygger en bro.</li><li>Den blir klar i höst.</li></ul>"
    assert "klar i höst" not in _text("", before=summary)


def test_an_offer_of_a_newsletter_behind_its_own_heading_goes() -> None:
    offer = (
        "<h3>Vårt nyhetsbrev om trafik</h3><p>Varje måndag det viktigaste ur veckan.</p><h3>Så fortsätter bygget</h3>"
    )
    text = _text(f"<p>{FIRST}</p><p>{SECOND}</p>{offer}")
    assert "Varje måndag" not in text
    assert "Så fortsätter bygget" in text


def test_a_heading_about_a_channel_is_an_offer_only_where_readers_are_spoken_to() -> None:
    news = "<h3>Bluffen började i Whatsapp</h3><p>Enligt polisen fick fem personer samma meddelande.</p>"
    offer = "<h3>Nyheterna i Whatsapp</h3><p>Följ redaktionen och få det viktigaste varje morgon.</p>"
    text = _text(f"<p>{FIRST}</p><p>{SECOND}</p>{news}<h3>Så fortsätter bygget</h3><p>{SECOND}</p>{offer}")
    assert "Bluffen började" in text
    assert "samma meddelande" in text
    assert "varje morgon" not in text


def test_short_lines_after_the_text_go_where_links_to_other_stories_stand_among_them() -> None:
    foot = "<div>Senast i ämnet</div>" + "".join(
        f"<div><a href='/n/{n}'>Nyhet nummer {n} om något annat</a></div><div>{n} maj</div>" for n in range(1, 4)
    )
    assert "Senast i ämnet" not in _end(f"Bygget börjar i vår.</p>{foot}<p>")
    assert "Bygget börjar i vår" in _end(f"Bygget börjar i vår.</p>{foot}<p>")


def test_credits_and_the_marks_of_writers_at_the_end_go() -> None:
    assert "Editing" not in _end("Reporting by Ada Exempel; Editing by Bo Exempel")
    assert "TT/abc" not in _end("TT/abc")
    assert "Av Ada Exempel" not in _end("Av Ada Exempel")
    assert "Bron heter Exempelbron" in _end("Bron heter Exempelbron.")


def _end(line: str) -> str:
    html = (
        f"<html><head><title>Ny bro byggs vid badhuset</title></head><body><article><h1>Ny bro byggs vid badhuset</h1>"
        f"<p>{FIRST}</p><p>{SECOND}</p><p>{line}</p></article></body></html>"
    )
    found = extract(html.encode(), "https://kommunen.example/nyheter/bro", now=NOW)
    assert isinstance(found, Article)
    return found.text


def test_a_caption_in_a_box_of_its_own_with_the_picture_goes() -> None:
    assert "från badhuset" not in _text("<div class='photo'><img src='/b.jpg'>Bron sedd från badhuset</div>")


@pytest.mark.parametrize(
    "line",
    [
        "Advert",
        "[button link=”https://kommunen.example/kort/” type=”big”]Beställ kort[/button]",
        "$$ARTICLEAD$$",
        "Uppdaterad 15.59 | Publicerad 14.14",
        "2 timmar sedan",
        "Titelbild: Privat",
        "Tags: bro, trafik",
        "___",
        "Lesedauer: 2 Min.",
        "Create an account or sign in to continue with your reading experience.",
    ],
)
def test_lines_of_the_pages_furniture_go(line: str) -> None:
    assert line not in _text(f"<p>{line}</p>")


@pytest.mark.parametrize("line", ["2 timmar sedan stod vattnet högt.", "Tags är ett ord för etiketter.", "[sic]"])
def test_lines_that_only_begin_like_furniture_stay(line: str) -> None:
    assert line in _text(f"<p>{line}</p>")


@pytest.mark.parametrize(
    "line",
    [
        "Det här är en debattartikel. Åsikterna är skribentens egna.",
        "Detta är en opinionstext i Exempelbladet, vars ledarsida är oberoende.",
        "Åsikter som framförs står artikelförfattarna för",
        "Nu kan du lyssna på våra artiklar!",
        "För att kommentera måste du vara inloggad med ett konto hos oss.",
        "Sammanfattningen är gjord med hjälp av AI och granskad av redaktionen.",
    ],
)
def test_what_a_site_tells_its_readers_about_the_text_goes(line: str) -> None:
    assert line not in _text(f"<p>{line}</p>")


@pytest.mark.parametrize(
    "line",
    [
        "Hon skrev en debattartikel om bron, och åsikterna i kommunen gick isär.",
        "Bron är översatt till en modell av trä.",
        "Du kan nu lyssna på forsen från den nya bron.",
    ],
)
def test_news_about_opinions_and_listening_stays(line: str) -> None:
    assert line in _text(f"<p>{line}</p>")


def test_a_row_of_linked_headlines_goes_and_a_paragraph_with_links_stays() -> None:
    row = "<a href='/a'>Badhuset stängs i höst</a> | <a href='/b'>Ny väg till skolan öppnar</a> [BILDER]"
    assert "stängs i höst" not in _text(f"<p>{row}</p>")
    text = "Beslutet följer på <a href='/a'>utredningen i våras</a> och <a href='/b'>en namninsamling</a>, säger hon."
    assert "utredningen i våras" in _text(f"<p>{text}</p>")


def test_another_entry_of_a_wordpress_inside_the_article_is_another_story() -> None:
    other = "<article class='post-72 post type-post'><p>Biblioteket stänger för ombyggnad under sommaren.</p></article>"
    html = (
        "<html><head><title>Ny bro byggs vid badhuset</title></head><body><article class='post-71 post type-post'>"
        f"<h1>Ny bro byggs vid badhuset</h1><p>{FIRST}</p><p>{SECOND}</p>{other}</article></body></html>"
    )
    found = extract(html.encode(), "https://kommunen.example/nyheter/bro", now=NOW)
    assert isinstance(found, Article)
    assert SECOND.strip() in found.text
    assert "Biblioteket" not in found.text


def test_a_box_that_opens_over_a_name_is_no_part_of_its_sentence() -> None:
    box = "<span class='rollover-people-block'><a href='/p'>Mer om henne: bron blir dyrare</a></span>"
    text = _text(f"<p>Enligt <a href='/p'>Ada Berg</a>{box} blir bron klar i tid, trots den sena våren.</p>")
    assert "Enligt Ada Berg blir bron klar" in text


def test_an_article_that_is_made_of_offers_keeps_them() -> None:
    offers = "".join(
        f"<li>Sign up for kort {n} hos <a href='/k{n}'>badhuset</a> och få {n} bad till samma pris som ett.</li>"
        for n in range(2, 8)
    )
    assert "Sign up for kort 5" in _text(f"<ul>{offers}</ul>")


def test_a_paragraph_around_which_a_named_place_is_set_is_no_link() -> None:
    line = "Vad kostar bron, och vem betalar den när staten inte vill vara med?"
    assert line in _text(f"<p><a name='fraga2'>{line}</a></p><ul><li>{SECOND}</li></ul>")
    assert line not in _text(f"<p><a href='/fraga2'>{line}</a></p><ul><li>{SECOND}</li></ul>")


def test_a_sentence_that_is_one_link_stays_with_its_quotes_and_a_cut_off_one_goes() -> None:
    quote = "”Vi har väntat på den här bron sedan jag var liten och gick i skolan på andra sidan.”"
    assert quote in _text(f"<p><a href='/a'>{quote}</a></p><p>{FIRST}</p>")
    cut = "Den gamla badhusbron har stängts för all trafik sedan en av pelarna visat sig vara ..."
    assert cut not in _text(f"<p><a href='/a'>{cut}</a></p>")


def test_lines_of_signs_stay_in_what_is_set_as_typed() -> None:
    assert "{\nlast\n}" in _text("<pre>bro {\n{\nlast\n}\n}</pre>")


def test_a_writer_with_an_address_of_e_mail_before_the_text_is_its_byline() -> None:
    text = _text("", before="<p>Åsa Exempel</p><p>asa.exempel@blad.example.org</p>")
    assert "Exempel" not in text
    assert "@" not in text


@pytest.mark.parametrize(
    "line", ["Publicerad av Kommunledningskontoret", "Av Region Exempel län", "Uppdaterad av pressavdelningen"]
)
def test_the_office_that_signs_above_a_text_goes(line: str) -> None:
    assert line not in _text("", before=f"<p>{line}</p>")
    assert line in _text(f"<p>{line}, {SECOND}</p>", before=f"<p>{FIRST}</p>")


def test_a_first_line_that_only_begins_with_av_stays() -> None:
    line = "Av Exempelstads elever klarar nio av tio alla mål i år"
    assert line in _text("", before=f"<p>{line}</p>")
