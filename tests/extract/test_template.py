"""A site's template is learned from its pages, and takes from a page what is not the page's own."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.extract import EMPTY, RawPage, Template, extract, learn, read_page
from aggregator.model import Article
from tests.extract.frames import NAMES, Site


def page(site: Site, number: int, at: int) -> RawPage:
    return RawPage(site.page(number, at), "text/html; charset=utf-8", site.stories[number].url)


def simple(title: str, body: str, around: str = "") -> RawPage:
    html = f"<!doctype html><title>{title}</title><body>{around}<h1>{title}</h1><div class='t'>{body}</div></body>"
    return RawPage(html.encode(), "text/html; charset=utf-8", f"https://www.example.org/{len(title)}-{title[:4]}/")


def paragraphs(text: str) -> str:
    return "".join(f"<p>{line}</p>" for line in text.split("|"))


def text(of: RawPage, template: Template = EMPTY) -> str:
    found = read_page(of, template=template)
    assert isinstance(found, Article)
    return found.text


def words(line: str) -> Counter[str]:
    return Counter(line.casefold().split())


@pytest.mark.parametrize("seed", [21])
@pytest.mark.parametrize("theme", NAMES)
def test_the_frame_of_a_site_goes_and_the_story_stays(theme: str, seed: int) -> None:
    """Both in a first turn, all of one moment, and with pages that were kept at other moments."""
    site = Site(theme, seed)
    together = learn([page(site, n, 19) for n in range(19, 7, -1)])
    apart = learn([page(site, n, n) for n in range(30, 18, -1)])
    for number, at, template in [*((n, 19, together) for n in range(20)), (30, 30, apart), (25, 30, apart)]:
        own = words(" ".join(site.stories[number].paragraphs))
        got = words(text(page(site, number, at), template))
        assert (own - got).total() <= 0.01 * own.total()
        assert (got - own).total() <= 0.01 * got.total()


def test_fewer_than_three_different_pages_teach_nothing() -> None:
    site = Site("ticker", 1)
    assert learn([]) == EMPTY
    assert not learn([page(site, 1, 9), page(site, 2, 9)])
    assert not learn([page(site, 1, 9)] * 8)


def test_an_empty_template_changes_nothing() -> None:
    site = Site("glued", 1)
    one = page(site, 3, 19)
    assert read_page(one, template=EMPTY) == extract(one.body, one.url, content_type=one.content_type)


def test_a_text_that_other_pages_quote_stays_on_its_own_page() -> None:
    lead = "Ledaren för laget lämnar uppdraget redan i sommar, berättar klubben i ett brev till alla medlemmar i dag."
    others = [
        simple(f"Nyhet nummer {word} i raden", paragraphs(f"Den här handlar om {word} och inget annat alls i dag, så "
        f"mycket är säkert redan nu.|Mer om {word} följer när vi vet hur det gick för dem som var där.|{lead}"))
        for word in ("ett", "två", "tre", "fyra", "fem")
    ]  # fmt: skip
    own = simple("Ledaren lämnar laget", paragraphs(f"{lead}|Vem som tar över är inte klart ännu, enligt klubben."))
    template = learn([own, *others])
    assert lead in text(own, template)
    assert all(lead not in text(other, template) for other in others)


def test_a_subheading_that_many_stories_have_stays() -> None:
    pages = [
        simple(
            f"Rubrik om {word} här",
            f"<p>Först sägs det att {word} är på väg tillbaka och att många väntar.</p><h2>Bakgrund</h2>"
            f"<p>Sedan sägs det att {word} har funnits länge och att det inte är något nytt.</p>",
        )
        for word in ("älgen", "lodjuret", "vargen", "bävern")
    ]
    assert "Bakgrund" in text(pages[0], learn(pages))


TOWNS = ("Norrby", "Söderby", "Västerby", "Österby", "Mellanby")
NOTICES = ("Polisen har inga misstänkta för brottet.", "En man har omhändertagits enligt lagen.", "Inget är stulet.")


def test_the_sentences_of_a_series_stay() -> None:
    """A log of the night says the same things each morning, of other places and times; they are its text."""

    def night(number: int) -> RawPage:
        lines = []
        for place in range(2 + number % 4):
            lines += [
                f"{TOWNS[(number + place) % 5]}, klockan {place + 1}.{10 + 3 * number}",
                NOTICES[(number + place) % 3],
            ]
        return simple(f"Händelser natten till den {number} mars", paragraphs("|".join(lines)))

    nights = [night(number) for number in range(1, 13)]
    template = learn(nights)
    assert all(text(each, template) == text(each) for each in nights)


def test_a_standing_sentence_amid_the_text_stays() -> None:
    said = "Siffrorna uppdateras tisdag till fredag och avser det dygn som gick när rapporten togs fram av enheten."
    days = [
        simple(f"{7 * day} nya fall i länet dag {day}", paragraphs(
            f"Under det senaste dygnet har {7 * day} nya fall konstaterats i länet, visar siffror i dag.|{said}|"
            f"Flest nya fall har {TOWNS[day % 5]} med {2 * day}, och minst har de orter som inte har några alls."))
        for day in range(1, 9)
    ]  # fmt: skip
    template = learn(days)
    assert all(said in text(each, template) for each in days)


def test_a_table_with_the_same_rows_on_every_page_stays() -> None:
    def table(word: str, first: int) -> RawPage:
        rows = "".join(
            f"<tr><td>{name}</td><td>{first + n}</td></tr>" for n, name in enumerate(("Norrby", "Söderby", "Västerby"))
        )
        lead = f"<p>Så många fall av {word} har varje kommun anmält hittills under året, visar nya siffror.</p>"
        return simple(f"Fall av {word} i länet", f"{lead}<table>{rows}</table>")

    pages = [table(word, 7) for word in ("influensa", "halsfluss", "vattkoppor", "hosta")]
    assert "Söderby" in text(pages[0], learn(pages))


def test_pages_that_say_the_same_are_not_emptied() -> None:
    """Three notices in the same words are three notices."""
    body = paragraphs("Vattnet stängs av mellan klockan nio och tolv på grund av arbete med ledningarna i området.")
    pages = [simple(f"Avstängt vatten på {street}", body) for street in ("Storgatan", "Nygatan", "Lillgatan", "Kajen")]
    assert "Vattnet stängs av" in text(pages[0], learn(pages))


def test_a_template_makes_no_article_a_rejection() -> None:
    site, other = Site("ticker", 1), Site("bare", 2)
    template = learn([page(site, n, 19) for n in range(8, 20)])
    for number in range(10):
        assert isinstance(read_page(page(other, number, 19), template=template), Article)


def test_a_listings_headlines_are_known_as_other_stories() -> None:
    pages = [
        simple(f"Om {word} den här gången", paragraphs(
            f"Det var {word} som stod i fokus när alla samlades i går kväll för att tala.|"
            f"Ny gång{word}väg förbi gamla {word}verket|Den ska stå klar till hösten och kostar mindre än {word} …"))
        for word in ("spår", "bruk", "såg", "kalk")
    ]  # fmt: skip
    headlines = [f"Ny gång{word}väg förbi gamla {word}verket" for word in ("spår", "bruk", "såg", "kalk")]
    assert "väg förbi" not in text(pages[0], learn(pages, headlines))


def test_hashes_hold_between_processes() -> None:
    """A template may be kept: what it holds does not depend on the seed of a process's hashes."""
    site = Site("glued", 5)
    here = learn([page(site, n, 19) for n in range(8, 20)])
    program = (
        "from tests.extract.frames import Site; from aggregator.extract import RawPage, learn; s = Site('glued', 5);"
        "t = learn([RawPage(s.page(n, 19), 'text/html; charset=utf-8', s.stories[n].url) for n in range(8, 20)]);"
        "print(sorted(t.texts.items()), sorted(t.places), sorted(t.headlines), sorted(t.openings), sorted(t.owners))"
    )
    there = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    mine = (sorted(each) for each in (here.texts.items(), here.places, here.headlines, here.openings, here.owners))
    assert there.split() == " ".join(map(str, mine)).split()
    assert len(pickle.dumps((dict(here.texts), here.places, here.headlines))) < 20_000


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=300), max_size=6))
def test_any_bytes_teach_something_or_nothing(bodies: list[bytes]) -> None:
    raw = [RawPage(b"<html><body><h1>Rubrik</h1>" + body, "text/html", "https://www.example.org/") for body in bodies]
    template = learn([*raw, *(RawPage(body, None, "x") for body in bodies)])
    for one in raw:
        read_page(one, template=template)
