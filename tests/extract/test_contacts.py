"""Contact persons and offices are no part of a text, wherever they stand in it, and what follows them is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.extract import contacts, extract
from aggregator.model import Article
from tests.extract import shapes

PARTS = shapes.body().split("</p>")
BEGINNING, REST = "</p>".join(PARTS[:2]) + "</p>", "</p>".join(PARTS[2:])
MAIL = "<a href='mailto:ada@b.example.org'>ada@b.example.org</a>"
CARDS = [
    "<div><p>TELEFON</p><a href='tel:1'>0500-10 00 00</a></div><div><p>E-POST</p><b>a@b.se</b></div>",
    f"<div><h3>Ada Exempel <small>Projektledare</small></h3><div>Storgatan 2</div><p>{MAIL} / 019-11 22 33</p></div>",
    f"<div><h3>Ada Exempel</h3><p>Projektledare</p><p>019-11 22 33</p><p>{MAIL}</p></div>",
    "<div><h2>Kontakt</h2><p>Ada Exempel</p><p>Projektledare</p><p>019-11 22 33</p></div>",
    "<h2>Har du frågor?</h2><p>Ada Exempel, projektledare</p><p>019-11 22 33</p>",
    f"<h2>Vill du veta mer?</h2><div><p>Ada Exempel</p><p>Projektledare</p><p>{MAIL}</p></div>",
    "<h2>Kontaktcenter</h2><p>Öppet vardagar 8–16</p><p>Telefon: 019-11 22 33</p><p>Besöksadress: Rådhuset</p>",
    f"<p><strong>Kontakt:</strong><br>Ada Exempel, projektledare<br>019-11 22 33<br>{MAIL}</p>",
    "<p>Ada Exempel</p><p>Projektledare</p><p>019-11 22 33</p>",
]


def lines_of(pattern: re.Pattern[str]) -> st.SearchStrategy[str]:
    return st.from_regex(pattern).map(lambda line: " ".join(line.split()))


def read(text: str) -> str:
    page = f"<html><body><main><h1>Rubriken på nyheten</h1><div class='text'>{text}</div></main></body></html>"
    found = extract(page.encode(), "https://www.example.org/nyhet/")
    assert isinstance(found, Article), found
    return found.text


@pytest.mark.parametrize("card", CARDS)
def test_a_card_of_contacts_goes_whole_and_the_text_around_it_stays(card: str) -> None:
    whole = read(BEGINNING + REST)
    assert read(BEGINNING + card + REST) == whole
    assert read(BEGINNING + REST + card) == whole


@pytest.mark.parametrize("heading", ["Kontakt", "Kontakta oss", "Kontakt och frågor", "Kontaktuppgifter"])
def test_the_text_under_a_heading_of_contacts_stays_where_it_holds_none(heading: str) -> None:
    assert REST.count("<p>") >= 2
    goes_on = f"<h2>{heading}</h2>{REST}"
    assert read(BEGINNING + goes_on).endswith(read(BEGINNING + REST)[-200:])


def test_a_heading_behind_contacts_begins_the_text_again() -> None:
    text = f"{BEGINNING}<h2>Kontakt</h2><p>Ada Exempel</p><p>019-11 22 33</p><h2>Nästa steg</h2>{REST}"
    assert read(text) == read(f"{BEGINNING}<h2>Nästa steg</h2>{REST}")


@pytest.mark.parametrize(
    "line",
    [
        "Jourhavande medmänniska. Ring 08-702 16 80.",
        "Den som har synpunkter på förslaget ska skicka dem till samhallsbyggnad@nora.example senast i maj.",
        "Anmäl dig på telefon 019-21 10 00.",
    ],
)
def test_a_sentence_below_the_middle_that_tells_where_to_turn_is_text(line: str) -> None:
    assert line in read(f"{BEGINNING}{REST}<p>{line}</p>")


@pytest.mark.parametrize(
    "line",
    [
        "Har du frågor kan du ringa till växeln på 0953-140 00.",
        "Berättar gör Ada Exempel, som nås på 019-21 10 00.",
        "Svar lämnas av ada.exempel@nora.example under dagen.",
        "E-post: kommun@nora.example",
    ],
)
def test_a_line_below_the_middle_on_whom_to_ask_is_none(line: str) -> None:
    assert line not in read(f"{BEGINNING}{REST}<p>{line}</p>")


def test_a_heading_without_contacts_does_not_hide_the_next_one() -> None:
    appeal = "<h2>Mer information om hur du kan överklaga:</h2><p>Se länsstyrelsens webbplats.</p>"
    card = "<h2>Kontakt</h2><p>Dela sidan:</p><p>Landshövding</p><p>Ada Exempel</p><p>Telefon: 010-224 80 00</p>"
    text = read(BEGINNING + REST + appeal + card)
    assert "Landshövding" not in text
    assert "Ada Exempel" not in text


@pytest.mark.parametrize("above", ["<ul><li>Bo Påhittad, chef</li></ul>", "<p>Storkyrkan, Nora</p>"])
def test_what_stands_above_contacts_and_is_no_name_of_theirs_stays(above: str) -> None:
    text = read(f"{BEGINNING}{above}<p>Kontaktperson: Ada Exempel, 019-11 22 33</p>{REST}")
    assert re.sub("<.*?>", "", above) in text


def test_what_is_about_contacts_keeps_them() -> None:
    offices = "".join(f"<div><h3>Ada Exempel</h3><p>Distrikt {n}</p><p>019-11 22 3{n}</p></div>" for n in range(8))
    assert "Distrikt 1" in read(f"<p>Här är de nya distrikten i länet, med sina chefer.</p>{offices}")


def test_a_table_with_addresses_is_no_card() -> None:
    rows = "".join(f"<tr><td>Nora {n}</td><td>Ada Exempel</td><td>a{n}@b.example.org</td></tr>" for n in range(4))
    assert "Ada Exempel" in read(f"<table>{rows}</table>{BEGINNING}{REST}")


@given(lines_of(contacts.PHONE) | lines_of(contacts.EMAIL) | st.text(alphabet="0+46tel@ .-a1", max_size=30))
def test_telephones_and_addresses_are_found_by_their_signs(line: str) -> None:
    assert contacts.has_contact(line) == bool(contacts.PHONE.search(line) or contacts.EMAIL.search(line))


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Telefon 019-000 00 00", True),
        ("Ring (019) 602 10 00.", True),
        ("Skriv till tips@blad.example.org!", True),
        ("Filen har summan a9f0191234567bc och kom i går", False),
        ("Sedel B00000019A är eftersökt", False),
        ("Paketet exempel@2.14.0 är borttaget", False),
    ],
)
def test_digits_inside_a_word_and_versions_of_programs_are_no_contacts(line: str, *, is_one: bool) -> None:
    assert contacts.has_contact(line) == is_one
