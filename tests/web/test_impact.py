"""Genomslag: figures, charts, tables and lists that say what the archive does, and files of exactly what is shown."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import httpx
import openpyxl
import pytest

from aggregator.archive import Archive
from aggregator.model import Piece, PieceKind, Public, Tag, TagKind, Web
from aggregator.web import build
from aggregator.web.impact import months_before, paragraphs, read
from tests.archive.regional import CONFIG, HALF, NOW, PAPER, PRESS, RELEASE, RIVAL, TITLE, joined, save, told
from tests.web.conftest import served
from tests.web.staffed import ANNA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
OTHER = "Länets bibliotek får längre öppettider från nyår, och låntagare kan hämta böcker även på kvällar och helger."
OLD = "Förra året var det marknad på torget i två dagar, och alla fick ställa ut det som de hade gjort själva."


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    """Three releases: one taken up by two papers, one by nobody, one from two years ago."""
    theme, place = (
        Tag(kind=TagKind.THEME, name="barn-unga", score=1.0),
        Tag(kind=TagKind.KOMMUN, name="Lekeberg", score=1.0),
    )
    with Archive.open(path, tag_authority="example.org") as opened:
        opened.register(CONFIG, NOW)
        save(opened, PRESS, told(PRESS, "sensorer", TITLE, RELEASE, tags=(theme, place)))
        save(opened, PRESS, told(PRESS, "bibliotek", "Bibliotek <öppna> längre", OTHER, -48))
        save(opened, PRESS, told(PRESS, "marknad", "Marknad på torget", OLD, -24 * 730))
        save(opened, PAPER, told(PAPER, "a", "Larm när äldre faller", HALF, 3))
        save(opened, RIVAL, told(RIVAL, "b", TITLE, RELEASE, 5))
        kept = {one.article.url: one.id for one in opened.export()}
        joined(path, kept["https://press.example/sensorer"], kept["https://bladet.example/a"])
        opened.follow_pickups(NOW)
        yield opened


@pytest.fixture
def browser(archive: Archive) -> Iterator[httpx.Client]:
    with (
        served(build(CONFIG, archive.path, lambda: TODAY)) as address,
        httpx.Client(base_url=address, headers={"Accept": "text/html"}) as client,
    ):
        yield client


def _text(page: httpx.Response) -> str:
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)).replace("\N{NO-BREAK SPACE}", " ")


def test_the_report_tells_figures_tables_and_releases_of_the_last_twelve_months(browser: httpx.Client) -> None:
    page = browser.get("/genomslag")
    text = _text(page)
    assert "Skickade från 1 december 2025" in text
    for said in ("pressmeddelanden 2", "upptagna av någon 1", "som ingen tog upp 1", "artiklar hos utgivare 2"):
        assert said in text
    assert "Pressmeddelanden per månad" in text
    assert "Per utgivare" in text
    assert "Barn och unga" in text
    assert "3 timmar senare, 1 av 1 citat kvar, ny rubrik" in text
    assert "100 % ordagrant , 5 timmar senare" in text
    assert "Ingen har tagit upp det." in text
    assert "Bibliotek &lt;öppna&gt; längre" in page.text
    assert "Marknad på torget" not in text
    assert 'href="/genomslag" aria-current="page"' in page.text


@pytest.mark.parametrize(
    ("line", "titles"),
    [
        ("visa=ingen", ["Bibliotek <öppna> längre"]),
        ("visa=upptagna", [TITLE]),
        ("fran=&till=", [TITLE, "Bibliotek <öppna> längre", "Marknad på torget"]),
        ("fran=2024&till=2024", ["Marknad på torget"]),
        ("tema=barn-unga", [TITLE]),
        ("kommun=lekeberg", [TITLE]),
        ("utgivare=Länskuriren", [TITLE]),
        ("avsandare=Ingen+alls", []),
        ("fran=nonsens&till=%00&sida=-4&visa=%27", [TITLE, "Bibliotek <öppna> längre", "Marknad på torget"]),
        ("sida=99999999999999999999&projekt=" + "x" * 5000, []),
    ],
)
def test_the_address_narrows_the_page_and_the_files_alike(browser: httpx.Client, line: str, titles: list[str]) -> None:
    page = browser.get(f"/genomslag?{line}")
    assert page.status_code == 200
    shown = re.findall(r'<h3><a href="/genomslag/\d+">(.*?)</a>', page.text)
    assert [name.replace("&lt;", "<").replace("&gt;", ">") for name in shown] == titles
    whole = browser.get(f"/genomslag.json?{line}").json()
    assert [one["title"] for one in whole["releases"]] == titles
    assert whole["report"]["total"]["releases"] == len(titles)


def test_the_files_hold_what_is_shown_with_swedish_names(browser: httpx.Client) -> None:
    href = re.search(r'href="(/genomslag\.xlsx\?[^"]*)"', browser.get("/genomslag?visa=upptagna").text)
    assert href
    book = browser.get(href[1].replace("&amp;", "&"))
    assert 'filename="genomslag-2026-11-23.xlsx"' in book.headers["content-disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert sheet is not None
    head, *rows = sheet.values
    assert head[:2] == ("Pressmeddelande", "Avsändare")
    assert len(rows) == 2
    body = browser.get("/genomslag.csv?visa=upptagna").content.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(body), delimiter=";"))) == 2


def test_the_figures_are_a_table_for_excel_too(browser: httpx.Client) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(browser.get("/genomslag-summor.xlsx").content)).active
    assert sheet is not None
    head, total, *rows = sheet.values
    assert head[:3] == ("Indelning", "Namn", "Pressmeddelanden")
    assert total[:1] + total[2:6] == ("Allt", 2, 1, 1, 2)
    assert ("Månad", "2026-11", 2, 1, 1, 2) in [row[:6] for row in rows]
    assert ("Utgivare", "Exempelbladet", 1) in [row[:3] for row in rows]
    answer = browser.get("/genomslag-summor.csv?visa=ingen")
    assert 'filename="genomslag-summor-2026-11-23.csv"' in answer.headers["content-disposition"]
    assert "Allt;;1;0;1;0;;" in answer.content.decode("utf-8-sig")


def test_one_release_stands_beside_those_who_took_it_up(browser: httpx.Client) -> None:
    found = re.search(r'href="(/genomslag/\d+)\?utgivare=bladet#bredvid"', browser.get("/genomslag").text)
    assert found
    page = browser.get(f"{found[1]}?utgivare=bladet")
    assert "<ins>Grannarna är nyfikna." in page.text
    assert "<del>Försöket kostar pengar varje månad" in page.text
    text = _text(page)
    assert "Upptaget av 2 utgivare" in text
    assert "Kvar: ”Vi vill att fler ska kunna bo hemma tryggt”" in text
    told_of = browser.get(f"{found[1]}.json").json()
    assert "".join(piece["text"] for piece in told_of["pickups"][0]["compared"]["pickup"]) == HALF


def test_texts_are_for_staff_and_figures_for_everybody(archive: Archive) -> None:
    closed = replace(CONFIG, web=Web(public=Public.FEEDS, staff=(ANNA,)))
    with (
        served(build(closed, archive.path, lambda: TODAY)) as address,
        httpx.Client(base_url=address, headers={"Accept": "text/html"}) as client,
    ):
        page = client.get("/genomslag/1?utgivare=bladet")
        assert "3 timmar senare" in page.text
        assert "Personal som har loggat in ser texterna" in page.text
        assert "Grannarna" not in page.text
        assert "compared" not in client.get("/genomslag/1.json").json()["pickups"][0]


@pytest.mark.parametrize("name", ["0", "77", "abc", "1" * 40, "1.5", "999.json"])
def test_what_is_no_release_is_not_found(browser: httpx.Client, name: str) -> None:
    assert browser.get(f"/genomslag/{name}").status_code == 404


def test_before_anything_was_sent_the_page_says_so(path: Path) -> None:
    with Archive.open(path, tag_authority="example.org") as empty:
        empty.register(CONFIG, NOW)
    with served(build(CONFIG, path, lambda: TODAY)) as address:
        page = httpx.get(f"{address}/genomslag", headers={"Accept": "text/html"})
    assert "Inga pressmeddelanden i urvalet." in _text(page)


def test_the_feed_is_offered_once_there_is_one(browser: httpx.Client) -> None:
    page = browser.get("/genomslag")
    assert "/feeds/genomslag.rss" in page.headers["link"]
    assert "Följ nya genomslag" in page.text


def test_the_choices_of_an_address_are_written_as_they_were_read() -> None:
    chosen = read({"fran": "2026-03", "till": "2026-04", "tema": " hälsa ", "visa": "ingen", "sida": "3"}, None)
    assert chosen.line(page=3) == "fran=2026-03-01&till=2026-04-30&tema=h%C3%A4lsa&visa=ingen&sida=3"
    assert chosen.period == "1\N{NO-BREAK SPACE}mars 2026 till 30\N{NO-BREAK SPACE}april 2026"
    again = dict(pair.split("=") for pair in chosen.line("alla").replace("%C3%A4", "ä").split("&"))
    assert read(again, None).filter == chosen.filter
    assert months_before(TODAY.date(), 11).isoformat() == "2025-12-01"


def test_pieces_become_paragraphs_of_runs() -> None:
    kept, gone = PieceKind.CARRIED, PieceKind.LEFT_OUT
    pieces = (Piece("Ett två ", kept), Piece("tre.\n\nFyra ", gone), Piece("fem.", kept))
    assert paragraphs(pieces) == (
        (("Ett två ", "carried"), ("tre.", "left_out")),
        (("Fyra ", "left_out"), ("fem.", "carried")),
    )
