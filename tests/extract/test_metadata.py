"""Headline, names and date where the page's witnesses disagree."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from aggregator.extract import extract, times
from aggregator.extract.head import Head
from aggregator.model import Article
from tests.extract import shapes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aggregator.extract.tree import Node

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LONG = "Föreningen Exempel i Nora får nytt stöd till sommarens läger för ungdomar"
SHORT = "Föreningen Exempel får nytt stöd till läger för ungdomar"


def read(head: str, above: str = "", *, inside: str = "", data: object = None) -> Article:
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data else ""
    page = (
        f"<html><head>{head}{script}</head><body>{above}<main><article>{inside}{shapes.body()}</article></main>"
        "</body></html>"
    )
    found = extract(page.encode(), "https://www.example.org/nyhet/", now=NOW)
    assert isinstance(found, Article), found
    return found


def og(title: str) -> str:
    return f'<meta property="og:title" content="{title}">'


def test_a_headline_below_the_trail_of_links_is_taken_before_the_h1_in_it() -> None:
    trail = f"<nav class='breadcrumb'><ol><li><a href='/'>Hem</a></li><li><h1>{LONG}</h1></li></ol></nav>"
    said = f"<title>{LONG} | Exempelbladet</title>{og('Läger får pengar i år igen')}"
    assert read(said, inside=f"{trail}<h2>Läger får pengar i år igen</h2>").title == "Läger får pengar i år igen"


def test_a_headline_made_longer_for_search_gives_way_to_the_desks_own() -> None:
    assert read(f"<title>{LONG}</title>{og(SHORT)}", inside=f"<h1>{LONG}</h1>").title == SHORT
    assert read(f"<title>{SHORT}</title>{og(SHORT)}", inside=f"<h1>{SHORT}</h1>").title == SHORT
    cut = " ".join(LONG.split()[:6]) + " …"
    assert read(f"<title>{LONG}</title>{og(cut)}", inside=f"<h1>{LONG}</h1>").title == LONG


def test_a_headline_is_taken_without_its_kicker_where_the_page_names_it_so() -> None:
    kicked = f"Sommarläger: {SHORT}"
    told = {"@type": "NewsArticle", "headline": kicked}
    assert read(f"<title>{kicked}</title>{og(SHORT)}", inside=f"<h1>{kicked}</h1>", data=told).title == SHORT
    assert read(f"<title>{kicked}</title>{og(kicked)}", inside=f"<h1>{kicked}</h1>", data=told).title == kicked


def test_quotes_are_spelled_as_readers_see_them() -> None:
    straight, typographic = "&quot;Vi är glada&quot; säger ordföranden i dag", "”Vi är glada” säger ordföranden i dag"
    assert read(og(straight), inside=f"<h1>{typographic}</h1>").title == typographic


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "name": "Anna Exempel"}, ("Anna Exempel",)),
        (
            [{"@type": "Person", "name": "Anna Exempel"}, {"@type": "Organization", "name": "TT"}],
            ("Anna Exempel", "TT"),
        ),
        ({"@type": "Person", "givenName": "Anna", "familyName": "Exempel"}, ("Anna Exempel",)),
        ({"@id": "#anna"}, ("Anna Exempel",)),
        ({"@type": "Organization", "name": "Exempelbladet"}, ("Exempelbladet",)),
        ({"@type": ["Person"], "name": ["Anna Exempel", "Bo Påhittad"]}, ("Anna Exempel", "Bo Påhittad")),
        ({"@type": "Person", "name": "admin"}, ()),
        ("https://www.example.org/anna", ()),
    ],
)
def test_names_are_taken_as_the_data_signs(author: object, names: tuple[str, ...]) -> None:
    person = {"@type": "Person", "@id": "#anna", "name": "Anna Exempel"}
    data = {"@graph": [{"@type": "NewsArticle", "headline": SHORT, "author": author}, person]}
    assert read("", inside=f"<h1>{SHORT}</h1>", data=data).authors == names


def test_a_comments_byline_signs_nothing() -> None:
    comment = "<div class='comment'><span class='author'>Bo Påhittad säger</span><p>Bra!</p></div>"
    form = "<form><label class='comment-form-author'>Namn</label></form>"
    assert read("", inside=f"<h1>{SHORT}</h1>{comment}{form}").authors == ()


def test_a_date_by_the_headline_counts_though_the_wrapper_is_named_after_a_sidebar() -> None:
    above = f"<div class='with-sidebar'><h1>{SHORT}</h1><p>4. 2. 22</p></div>"
    assert str(read("", above=above).published_at)[:10] == "2022-02-04"
    aside = f"<h1>{SHORT}</h1><div class='related'><a href='/x/'>Annat</a> <span>4.2.2022</span></div>"
    assert read("", above=aside).published_at is None


def test_a_date_that_links_to_the_article_itself_is_the_articles() -> None:
    posted = '<div class="posted-on">Publicerat <a href="/nyhet/" rel="bookmark"><time>4 februari 2022</time></a></div>'
    assert str(read("", above=f"<h1>{SHORT}</h1>{posted}").published_at)[:10] == "2022-02-04"
    teaser = '<div><a href="/annan/">En annan nyhet i Nora <time>4 februari 2022</time></a></div>'
    assert read("", above=f"<h1>{SHORT}</h1>{teaser}").published_at is None


def test_the_date_with_which_the_text_begins_counts_where_there_is_no_other() -> None:
    for opening in ("Örebro 4 februari 2022 – ", "4.2.2022 – ", "2022-02-04: "):
        told = read("", inside=f"<h1>{SHORT}</h1><p>{opening}Föreningen får pengar till sommarens läger för unga.</p>")
        assert str(told.published_at)[:10] == "2022-02-04", opening
    fair = "<p>Den 4 februari 2022 – en fredag – öppnar marknaden för alla som vill handla med kuponger.</p>"
    assert read("", inside=f"<h1>{SHORT}</h1>{fair}").published_at is None


def test_a_label_of_change_does_not_hide_a_bare_date_by_the_headline() -> None:
    stand = "<div class='lastChangeDate'>Senast uppdaterad: 2022-03-01</div>"
    told = read("", above=f"<small>04.02.2022 | 13:10 Uhr | Kim Exempel</small><h1>{SHORT}</h1>", inside=stand)
    assert str(told.published_at)[:16] == "2022-02-04 12:10"
    assert str(told.page_updated_at)[:10] == "2022-03-01"


class Seen:
    """What readers see, and how much of it was asked for."""

    def __init__(self, *lines: str) -> None:
        self.told, self.asked = lines, 0

    def places(self) -> list[Node]:
        self.asked += 1
        return []

    def unmarked(self) -> list[Node]:
        self.asked += 1
        return []

    def lines(self) -> Sequence[str]:
        self.asked += 1
        return self.told

    def is_apart(self, node: Node) -> bool:
        return node.place < 0

    def dateline(self) -> str:
        self.asked += 1
        return ""


@pytest.mark.parametrize(
    ("published", "updated", "lines", "expected", "asked"),
    [
        ("2025-05-06T08:00:00Z", "2025-05-07T08:00:00Z", ["2025-05-05 10:00"], ("08:00", True, "meta"), 0),
        ("2025-05-06T08:00:00Z", "", ["Uppdaterad 2025-05-07 10:00"], ("08:00", True, "meta"), 2),
        ("2025-05-06", "2025-05-07T08:00:00Z", ["2025-05-06 12:30"], ("10:30", True, "a visible line"), 3),
        ("2025-05-06", "", ["2025-05-08 12:30"], ("10:00", False, "meta"), 3),
        ("", "2025-05-07T08:00:00Z", ["2025-05-06 12:30"], ("10:30", True, "a visible line"), 3),
    ],
)
def test_what_readers_see_is_looked_at_where_the_data_leaves_a_question(
    published: str, updated: str, lines: list[str], expected: tuple[str, bool, str], asked: int
) -> None:
    head, seen = Head(metas={"article:published_time": [published], "article:modified_time": [updated]}), Seen(*lines)
    at, changed, witness = times.choose(head, seen, "https://www.example.org/nyhet/", NOW)
    assert (f"{at.at:%H:%M}" if at else "", changed is not None, witness) == expected
    assert seen.asked == asked


def test_the_pages_own_data_dates_it_where_nothing_else_does() -> None:
    data = {"@type": "WebPage", "datePublished": "2023-05-06T08:00:00+00:00"}
    assert str(read("", inside=f"<h1>{SHORT}</h1>", data=data).published_at)[:10] == "2023-05-06"
    head = '<meta name="date" content="Mon Oct 11 14:57:21 CEST 2021">'
    assert str(read(head, inside=f"<h1>{SHORT}</h1>").published_at)[:16] == "2021-10-11 12:57"


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("<p>Av Ada Exempel</p>", "", ("Ada Exempel",)),
        ("<p>Text: Ada Exempel<br>Foto: Bo Påhittad</p>", "", ("Ada Exempel",)),
        ("<p>Ada Exempel</p><p>ada.exempel@blad.example.org</p>", "", ("Ada Exempel",)),
        ("<p>Skriven av Ada</p>", "", ("Ada",)),
        ("<p><a href='/skribent/ada/'>Ada Exempel</a></p>", "", ("Ada Exempel",)),
        ("<p>Ada Exempel<br>ada.exempel@blad.example.org</p>", "", ("Ada Exempel",)),
        ("<p>Ada Exempel, reporter</p>", "", ("Ada Exempel",)),
        ("<div class='author'><span>Ada Exempel</span><span>Reporter</span></div>", "", ("Ada Exempel",)),
        (
            "<div class='byline'><b>Ada Exempel</b><a href='mailto:a@b.example'>ada@b.example</a></div>",
            "",
            ("Ada Exempel",),
        ),
        ("<dl><dt>Författare:</dt><dd>Ada Exempel</dd><dt>Foto</dt><dd>Bo Påhittad</dd></dl>", "", ("Ada Exempel",)),
        ("", "<table><tr><td>Skribent<td>Ada Exempel<tr><td>Ansvarig<td>Bo Påhittad</table>", ("Ada Exempel",)),
        ("<ul><li><span>Text</span><span>Ada Exempel</span></li></ul>", "", ("Ada Exempel",)),
        ("<dl><dt>Foto</dt><dd>Bo Påhittad</dd></dl>", "", ()),
        ("<p>5 mars 2024 av Ada Exempel</p>", "", ("Ada Exempel",)),
        ("<p>5 mars, 2024 · Av Ada Exempel</p>", "", ("Ada Exempel",)),
        ("<p>Nyheter / Av Ada Exempel / 5 mars, 2024</p>", "", ("Ada Exempel",)),
        ("<p>Av Ada Exempel den 5 mars 2024 i Nyheter, Sport</p>", "", ("Ada Exempel",)),
        ("<p>Nora Bandy • 5 mars 2024</p>", "", ()),
        ("<p>Text som ska läsas</p>", "", ()),
        ("", "<p>Uppdaterad 2024-03-05 av Ada Exempel</p>", ()),
        ("", "<p>Sidan uppdaterad 2024-03-05 13.45</p><p>av Ada Exempel</p>", ()),
        ("<p>Fredag 10/8 kl. 14.00 Föredrag av Ada Exempel</p>", "", ()),
        ("", "<p>Ada Exempel, reporter</p>", ()),
        ("<p>Ada Exempel, kommunikatör</p>", "", ()),
        ("<p>Ny kulturchef, tidigare reporter</p>", "", ()),
        ("", "<p>Av Ada Exempel, TT</p>", ("Ada Exempel",)),
        ("", "<p>Ada Exempel | Örebro</p>", ("Ada Exempel",)),
        ("", "<p>Ada Exempel</p><p>ada.exempel@region.example.org</p>", ()),
        ("", "<p>Politik | Örebro</p>", ()),
        ("<p>Av fem förslag blev två kvar</p>", "", ()),
        ("", "<div class='related'><p>Av Ada Exempel</p></div>", ()),
    ],
)
def test_a_line_signs_that_says_so_and_a_contact_does_not(above: str, below: str, expected: tuple[str, ...]) -> None:
    page = f"<main><article><h1>{SHORT}</h1>{above}{shapes.body()}{below}</article></main>"
    found = extract(f"<html><body>{page}</body></html>".encode(), "https://www.example.org/nyhet/", now=NOW)
    assert isinstance(found, Article)
    assert found.authors == expected


def test_a_preview_cards_label_tells_who_wrote() -> None:
    card = '<meta name="twitter:label1" content="Skriven av"><meta name="twitter:data1" content="Ada Exempel">'
    assert read(card, inside=f"<h1>{SHORT}</h1>").authors == ("Ada Exempel",)


def test_what_the_data_calls_an_organisation_does_not_sign_as_a_person_by_a_meta_tag() -> None:
    data = {"@type": "NewsArticle", "headline": SHORT, "author": {"@type": "Organization", "name": "Exempel Nytt"}}
    meta = '<meta name="author" content="Exempel Nytt">'
    byline = "<span class='author'>Av Ada Exempel</span>"
    assert read(meta, inside=f"<h1>{SHORT}</h1>{byline}", data=data).authors == ("Ada Exempel",)
    assert read(meta, inside=f"<h1>{SHORT}</h1>", data=data).authors == ("Exempel Nytt",)


def test_a_byline_by_the_headline_signs_though_the_wrapper_is_named_after_a_sidebar() -> None:
    above = f"<div class='with-sidebar'><h1>{SHORT}</h1><span class='author'>Ada Exempel</span></div>"
    assert read("", above=above).authors == ("Ada Exempel",)


@pytest.mark.parametrize(
    "office", ["Kommunledningskontoret", "Exempelstads kommun", "Region Exempel", "Länsstyrelsen", "Hembygdsföreningen"]
)
def test_an_authority_or_office_is_no_writer(office: str) -> None:
    assert read(f'<meta name="author" content="{office}">', inside=f"<h1>{SHORT}</h1>").authors == ()
    signed = f'<meta name="author" content="Kim Berg, {office}">'
    assert read(signed, inside=f"<h1>{SHORT}</h1>").authors == ("Kim Berg",)
