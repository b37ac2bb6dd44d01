"""The search page, its feeds and its files."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import feedparser
import openpyxl
import pytest

from aggregator.model import Publish, Reason, Tag, TagKind
from tests.archive.made import DAY, HEALTH, KARLSKOGA, LONG, NOW, PAPER, RIVAL, failed, find, turn
from tests.web.conftest import CONFIG
from tests.web.staffed import STAFFED, browsing, sign_in

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from aggregator.archive import Archive

SICK = (
    "På sjukhuset öppnar en ny avdelning för den som är svårt sjuk. Vården blir bättre, säger chefen, och köer kortas."
)
GAME = "Laget vann med fyra mål mot två inför tusen åskådare. Tränaren var nöjd, och publiken stannade länge i hallen."


@pytest.fixture(autouse=True)
def articles(archive: Archive) -> None:
    archive.save(
        turn(
            find("https://bladet.example/sjukhus", "Ny avdelning på sjukhuset", SICK, tags=(HEALTH, KARLSKOGA)),
            find("https://bladet.example/lag", "Laget vann igen", GAME, tags=(), published_at=NOW - 400 * DAY),
        ),
        PAPER,
        at=NOW,
    )
    archive.save(
        turn(find("https://kuriren.example/avtal", "Avtal om vården", tags=(HEALTH,)), source=RIVAL), RIVAL, at=NOW
    )


def titles(page: str) -> list[str]:
    found = re.findall(r"<h3><a href=\"/artikel/\d+\">(.*?)</a></h3>", page, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", title)) for title in found]


def test_the_start_page_tells_the_newest_and_how_to_search(browser: httpx.Client) -> None:
    page = browser.get("/").text
    assert titles(page) == ["Avtal om vården", "Ny avdelning på sjukhuset", "Laget vann igen"]
    assert "Så kan du söka" in page


def test_what_was_sought_is_marked_in_what_was_found(browser: httpx.Client) -> None:
    page = browser.get("/", params={"q": "sjukhus"}).text
    assert titles(page) == ["Ny avdelning på sjukhuset"]
    assert "På <mark>sjukhuset</mark> öppnar" in page
    assert "1\N{NO-BREAK SPACE}artikel" in page


def test_a_facet_narrows_to_as_many_as_it_says(browser: httpx.Client) -> None:
    page = browser.get("/").text
    facets = re.findall(r'<a class="facet" href="([^"]+)"[^>]*>(.*?)</a>', page)
    assert {re.sub(r"<[^>]+>", "", text).rpartition(" ")[0] for _, text in facets} >= {
        "Örebrobladet",
        "Länskuriren",
        "Hälsa",
        "Karlskoga",
        "2025",
        "2026",
    }
    for address, text in facets:
        narrowed = browser.get(unescape(address)).text
        assert len(titles(narrowed)) == int(re.sub(r"<[^>]+>", "", text).rpartition(" ")[2])
        assert "Ta bort filtret" in narrowed


def test_filters_add_up_and_can_be_dropped(browser: httpx.Client) -> None:
    page = browser.get("/", params={"q": "vården", "tema": "hälsa", "kalla": "bladet"}).text
    assert titles(page) == ["Ny avdelning på sjukhuset"]
    chip = re.search(r'<a class="chip" href="([^"]+)"><span class="vh">[^<]*</span>Örebrobladet', page)
    assert chip is not None
    assert sorted(titles(browser.get(unescape(chip[1])).text)) == ["Avtal om vården", "Ny avdelning på sjukhuset"]


def test_a_stretch_of_time_limits_the_search(browser: httpx.Client) -> None:
    page = browser.get("/", params={"fran": "2025-01-01", "till": "2025-12-31"}).text
    assert titles(page) == ["Laget vann igen"]
    assert "från 2025-01-01 till 2025-12-31" in page


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("(sjukhus", "Sökraden gick inte att tolka"),
        ("sjukhsuet", "Menade du <a"),
        ("atlantis", "Inga artiklar i arkivet"),
        ("varden sjukhuset", "Vi sökte därför också med å, ä och ö"),
        ("\0" * 5 + '"' * 99 + "(" * 99, "Ingen"),
        ("a " * 2000, "Sökraden gick inte att tolka"),
    ],
)
def test_nothing_that_is_typed_is_an_error(browser: httpx.Client, line: str, says: str) -> None:
    page = browser.get("/", params={"q": line})
    assert page.status_code == 200
    if says != "Ingen":
        assert says in page.text


@pytest.mark.parametrize("line", ["", "vården", "å" * 990])
def test_a_page_of_results_stays_light(browser: httpx.Client, archive: Archive, line: str) -> None:
    names = [(kind, f"{kind.value} nummer {n}") for kind in TagKind for n in range(40)]
    finds = [
        find(
            f"https://bladet.example/{n}",
            f"Vården i kommun nummer {n}",
            f"{SICK} {'å' * 990} {LONG * 9} {n}",
            tags=tuple(Tag(kind=kind, name=name, score=1.0) for kind, name in names[n::30]),
            published_at=NOW - 300 * n * DAY,
        )
        for n in range(60)
    ]
    archive.save(turn(*finds), PAPER, at=NOW)
    page = browser.get("/", params={"q": line})
    assert len(titles(page.text)) == 20
    assert len(page.content) <= (60_000 if len(line) < 900 else 300_000)
    assert page.num_bytes_downloaded <= 60_000


def test_text_of_strangers_is_text_and_never_markup(browser: httpx.Client, archive: Archive) -> None:
    nasty = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    archive.save(
        turn(
            find("https://bladet.example/x", f"Rubrik {nasty}", f"Xylofon {nasty} {SICK}", canonical_url="javascript:1")
        ),
        PAPER,
        at=NOW,
    )
    page = browser.get("/", params={"q": f"xylofon OR {nasty}", "kommun": nasty}).text
    page += browser.get("/", params={"q": "xylofon"}).text
    assert "<script" not in page
    assert "<img" not in page
    assert "javascript:" not in page


def test_what_was_found_is_shown_over_time_with_the_same_figures_in_a_table(browser: httpx.Client) -> None:
    page = browser.get("/", params={"q": "vann OR vården"}).text
    chart = page.partition('<figure class="chart">')[2].partition("</figure>")[0]
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th>((?:<td>\d+</td>)+)</tr>', chart)
    figures = {month: [int(n) for n in re.findall(r"\d+", cells)] for month, cells in rows}
    assert figures["november 2026"] == [1, 1, 2]
    assert sum(cells[-1] for cells in figures.values()) == 3
    assert 'role="img" aria-label="Träffar över tid, ' in chart


def test_many_results_stand_on_pages(browser: httpx.Client, archive: Archive) -> None:
    finds = [
        find(f"https://bladet.example/{n}", f"Notis {n}", f"{GAME} Notis nummer {n}.", published_at=NOW - n * DAY)
        for n in range(45)
    ]
    archive.save(turn(*finds), PAPER, at=NOW)
    seen: list[str] = []
    address = "/?q=notis&ordning=nyast"
    for _ in range(3):
        page = browser.get(address).text
        seen += titles(page)
        further = re.search(r'<a rel="next" href="([^"]+)"', page)
        address = unescape(further[1]) if further else ""
    assert seen == [f"Notis {n}" for n in range(45)]
    assert not address
    assert "Den här sidan av sökningen är tom" in browser.get("/?q=notis&sida=9").text


def test_every_search_tells_where_its_feeds_are(browser: httpx.Client) -> None:
    page = browser.get("/?q=v%C3%A5rden&tema=h%C3%A4lsa")
    told = re.findall(r'<link rel="alternate" type="([^"]+)" title="([^"]+)" href="([^"]+)">', page.text)
    assert [kind for kind, _, _ in told] == ["application/rss+xml", "application/atom+xml", "application/feed+json"]
    for kind, title, address in told:
        assert title.startswith("vården · Hälsa")
        assert f'<{unescape(address)}>; rel="alternate"; type="{kind}"' in page.headers["link"]
        assert browser.get(unescape(address)).headers["content-type"].partition(";")[0] == kind


@pytest.mark.parametrize("suffix", ["rss", "atom"])
def test_a_search_can_be_followed_under_the_address_that_its_feed_names(browser: httpx.Client, suffix: str) -> None:
    address = f"/sok.{suffix}?q=v%C3%A5rden&tema=h%C3%A4lsa"
    answer = browser.get(address)
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == ["Avtal om vården", "Ny avdelning på sjukhuset"]
    assert all(entry.id.startswith("tag:example.org,") for entry in feed.entries)
    own = [link.href for link in feed.feed.links if link.rel == "self"]
    assert own == [str(browser.base_url).rstrip("/") + address]
    assert f'<{own[0]}>; rel="self"' in answer.headers["link"]
    assert browser.get(address).content == answer.content


def test_a_searchs_json_feed_names_its_own_address(browser: httpx.Client) -> None:
    feed = browser.get("/sok.json", params={"q": "laget"}).json()
    assert feed["feed_url"].endswith("/sok.json?q=laget")
    assert feed["home_page_url"].endswith("/?q=laget")
    assert [item["title"] for item in feed["items"]] == ["Laget vann igen"]


def test_a_searchs_feed_holds_the_newest_and_says_whether_these_are_all(
    browser: httpx.Client, archive: Archive
) -> None:
    finds = [
        find(f"https://bladet.example/{n}", f"Notis {n}", f"{GAME} Notis nummer {n}.", published_at=NOW - n * DAY)
        for n in range(60)
    ]
    archive.save(turn(*finds), PAPER, at=NOW)
    items = browser.get("/sok.json", params={"q": "notis"}).json()["items"]
    assert [item["title"] for item in items] == [f"Notis {n}" for n in range(50)]
    assert b"fh:complete" not in browser.get("/sok.rss", params={"q": "notis"}).content
    assert b"fh:complete" in browser.get("/sok.rss", params={"q": "sjukhus"}).content


def test_a_story_is_one_entry_of_a_searchs_feed_under_the_guid_of_its_first_member(
    browser: httpx.Client, archive: Archive
) -> None:
    archive.save(
        turn(find("https://kuriren.example/sjukhus", "Ny avdelning på sjukhuset", f"{SICK} {LONG}"), source=RIVAL),
        RIVAL,
        at=NOW,
    )
    before = browser.get("/sok.json?q=sjukhuset").json()["items"]
    archive.save(
        turn(find("https://bladet.example/samma", "Ny avdelning på sjukhuset i dag", f"{SICK} {LONG}")), PAPER, at=NOW
    )
    archive.group(NOW)
    items = browser.get("/sok.json?q=sjukhuset").json()["items"]
    assert {item["id"] for item in items} <= {item["id"] for item in before}
    assert any("Även i: " in item["content_text"] for item in items)


def test_what_has_vanished_from_its_site_is_found_but_no_longer_published(
    browser: httpx.Client, archive: Archive
) -> None:
    archive.save(turn(failed("https://bladet.example/lag", Reason.GONE)), PAPER, at=NOW)
    assert "borttagen hos källan" in browser.get("/?q=laget").text
    assert browser.get("/sok.json?q=laget").json()["items"] == []


def test_a_format_that_there_is_not_is_not_found(browser: httpx.Client) -> None:
    assert browser.get("/sok.exe").status_code == 404


def test_all_hits_can_be_taken_home_as_csv_and_workbook(browser: httpx.Client) -> None:
    text = browser.get("/sok.csv", params={"tema": "hälsa"})
    assert [row["title"] for row in rows_of(text)] == ["Avtal om vården", "Ny avdelning på sjukhuset"]
    assert text.headers["content-disposition"] == 'attachment; filename="sok-halsa-2026-11-23.csv"'
    book = openpyxl.load_workbook(io.BytesIO(browser.get("/sok.xlsx", params={"q": "laget"}).content))
    header, *cells = book.active.iter_rows(values_only=True)
    assert [row[header.index("title")] for row in cells] == ["Laget vann igen"]
    book.close()


def test_the_public_reads_headlines_and_summaries_and_staff_the_texts(path: Path) -> None:
    with browsing(STAFFED, path) as client:
        page = client.get("/", params={"q": "åskådare"}).text
        assert titles(page) == ["Laget vann igen"]
        assert "<mark>" not in page
        (row,) = rows_of(client.get("/sok.csv", params={"q": "åskådare"}))
        assert row["title"]
        assert not row["text"] + row["html"]
        sign_in(client)
        assert "inför tusen <mark>åskådare</mark>" in client.get("/", params={"q": "åskådare"}).text
        (row,) = rows_of(client.get("/sok.csv", params={"q": "åskådare"}))
        assert row["text"] == GAME


def test_nobodys_telephone_stands_in_what_the_public_is_shown(archive: Archive, path: Path) -> None:
    text = f"{SICK} Ring Eva på 070-123 45 67 om xylofonen."
    finds = [find("https://bladet.example/tel", "Ring 070-123 45 67", text)]
    archive.register(replace(CONFIG, sources=(replace(PAPER, publish=Publish.FULL),)), NOW)
    archive.save(turn(*finds), PAPER, at=NOW)
    with browsing(STAFFED, path) as client:
        shown = client.get("/", params={"q": "xylofonen ring"}).text + client.get("/sok.csv?q=xylofonen").text
        assert "Ring" in shown
        assert "070" not in shown
        assert "<mark>vård" in client.get("/", params={"q": "vården"}).text.lower()


def rows_of(answer: httpx.Response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
