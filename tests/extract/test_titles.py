"""The headline as Swedish sites write it into headings and title tags."""

from __future__ import annotations

import pytest

from aggregator.extract import extract, titles
from aggregator.model import Article
from tests.extract import shapes

HEADLINE = "Fler platser i förskolan"


def read(title: str, heading: str) -> Article:
    page = (
        f"<html lang='sv'><head><title>{title}</title></head><body><header><a href='/'>Exempels kommun</a></header>"
        f"<main>{heading}<div>{shapes.body()}</div></main><footer><p>Exempels kommun, 711 30 Nora</p></footer></body>"
    )
    found = extract(page.encode(), "https://www.exempel.example/nyheter/fler-platser")
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    "title",
    [
        f"{HEADLINE} - exempel.example",
        f"{HEADLINE} | Exempels kommun",
        f"{HEADLINE} – Exempels kommun",
        f"{HEADLINE} » Exempels kommun",
        f"{HEADLINE} :: Exempel",
        f"{HEADLINE} - Nyheter - Exempels kommun",
        f"{HEADLINE} / Exempels kommun",
        f"{HEADLINE} (Exempels kommun)",
        f"Exempels kommun | {HEADLINE}",
        f"Start / Nyheter / {HEADLINE}",
    ],
)
def test_a_title_tag_alone_gives_the_headline_without_the_sites_name_and_sections(title: str) -> None:
    assert read(title, "").title == HEADLINE


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        (f"Nyheter: {HEADLINE}", f"<h1>{HEADLINE}</h1>"),
        (f"{HEADLINE} | Exempels kommun", f"<h1><a href='/'>Exempels kommun</a></h1><h2>{HEADLINE}</h2>"),
        (f"{HEADLINE} | Exempels kommun", f"<h1>Exempels kommun</h1><h1>{HEADLINE}</h1>"),
        (f"{HEADLINE} | Exempels kommun", f"<h1><a href='/nyheter/fler-platser'>{HEADLINE}</a></h1>"),
        (f"{HEADLINE} | Exempels kommun", f"<h1><span class='kicker'>Förskola</span> {HEADLINE}</h1>"),
        ("Nyheter | Exempels kommun", f"<h1>Nyheter</h1><h2>{HEADLINE}</h2>"),
        ("Exempels kommun", f"<h2>{HEADLINE}</h2>"),
    ],
)
def test_the_headline_is_found_whatever_the_first_heading_is(title: str, heading: str) -> None:
    found = read(title, heading)
    assert found.title == HEADLINE
    assert HEADLINE.lower() not in found.text.lower()


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (f"<h1><span class='vinjett'>Förskola</span>{HEADLINE}</h1>", "Exempels kommun"),
        (f"<h1><span><small>Förskola</small><br>{HEADLINE}</span></h1>", "Exempels kommun"),
        (f"<h1><span>Förskola</span> <span>{HEADLINE}</span></h1>", f"Förskola | {HEADLINE} | Exempels kommun"),
        (f"<h1>{HEADLINE}<br><small>2024-03-05 • Förskola, Press</small></h1>", f"{HEADLINE} | Exempels kommun"),
    ],
)
def test_a_kicker_of_its_own_in_a_heading_is_no_part_of_the_headline(heading: str, title: str) -> None:
    found = read(title, heading)
    assert found.title == HEADLINE
    assert "Förskola" not in found.text


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("<h1><em>Örebro</em> – hit flyttar flest</h1>", "Örebro – hit flyttar flest | Exempels kommun"),
        ("<h1><b>Klart:</b> Örebro bygger ny skola</h1>", "Klart: Örebro bygger ny skola | Exempels kommun"),
        ("<h1>Örebro bygger <em>skola</em></h1>", "Örebro bygger skola | Exempels kommun"),
        ("<h1><span class='category'>Skola</span> stängs</h1>", "Skola stängs | Exempels kommun"),
    ],
)
def test_a_word_that_a_headline_only_sets_apart_is_part_of_it(heading: str, title: str) -> None:
    assert read(title, heading).title == title.removesuffix(" | Exempels kommun")


def test_a_word_of_the_sites_name_at_the_beginning_is_not_the_sites_name() -> None:
    assert titles.bare("Nora – Laxå 3–1 | Noranyheter", "Noranyheter", tag=True) == "Nora – Laxå 3–1"


def test_a_headline_that_names_the_place_of_the_site_is_not_the_sites_name() -> None:
    text = f"<div class='text'>{shapes.body()}<h2>Så ser siffrorna ut</h2>{shapes.body()}</div>"
    page = (
        "<html><head><title>Nora växer - Nora kommun</title></head><body><main><header><h1>Nora växer</h1></header>"
        f"{text}</main></body></html>"
    )
    found = extract(page.encode(), "https://www.nora.example/nyheter/nora-vaxer")
    assert isinstance(found, Article), found
    assert found.title == "Nora växer"
    assert "Så ser siffrorna ut" in found.text
    assert titles.bare("Nora växer – rekord i år | Nora kommun", "nora", tag=True) == "Nora växer – rekord i år"


@pytest.mark.parametrize(
    "line", ["Nora växer", "Noras nya skola", "Nytt i Nora", "Nora – bäst i länet", "Kultur i Nora"]
)
@pytest.mark.parametrize("tag", ["{} - Nora kommun", "{} | Noras kommun", "Nora kommun - {}", "{} - nora.se"])
@pytest.mark.parametrize(
    "heading", ["", "<h1>{}</h1>", "<header><h1>{}</h1></header>", "<h1>Nora kommun</h1><h2>{}</h2>"]
)
def test_news_that_names_the_place_whose_site_it_is_keeps_its_headline(line: str, tag: str, heading: str) -> None:
    page = (
        f"<html><head><title>{tag.format(line)}</title></head><body><main>{heading.format(line)}"
        f"<div class='text'>{shapes.body()}</div></main></body></html>"
    )
    found = extract(page.encode(), "https://www.nora.example/nyheter/a")
    assert isinstance(found, Article), found
    assert found.title == line
    assert found.text.startswith(shapes.PARAGRAPHS[0])


def test_a_heading_inside_a_text_is_no_headline_under_a_sections_name() -> None:
    page = (
        f"<html><body><main><h1>Nyheter</h1><div>{shapes.body()}<h2>Så ska det gå till</h2>{shapes.body()}</div></main>"
    )
    found = extract(page.encode(), "https://www.nora.example/nyheter/a")
    assert isinstance(found, Article), found
    assert found.title == "Nyheter"
    assert found.text.startswith(shapes.PARAGRAPHS[0])


def test_a_dash_inside_a_headline_parts_no_name_from_it() -> None:
    line = "Fler platser - och färre barn - i förskolan"
    assert titles.bare(f"{line} | Exempels kommun", "Exempels kommun", tag=True) == line
