"""The site itself: what every page has, static files, and what is said when something is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from starlette.routing import Route

from aggregator.web import build
from tests.archive.made import NOW, PAPER, find, turn
from tests.web.conftest import CONFIG, TODAY, served

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from aggregator.archive import Archive


def test_before_the_first_crawl_every_page_says_that_the_archive_is_empty(browser: httpx.Client) -> None:
    page = browser.get("/")
    assert page.status_code == 200
    assert "Arkivet är tomt" in page.text


def test_the_archive_may_come_while_the_site_is_up(browser: httpx.Client, archive: Archive) -> None:
    archive.save(turn(find("https://bladet.example/a")), PAPER, at=NOW)
    assert "Nytt avtal om vården" in browser.get("/").text


def test_an_archive_that_cannot_be_read_is_told_in_plain_words(browser: httpx.Client, path: Path) -> None:
    path.write_bytes(b"this is no archive, whatever its name says" * 100)
    page = browser.get("/")
    assert page.status_code == 503
    assert "Arkivet kan inte läsas just nu" in page.text


def test_a_page_that_is_not_there_is_told_in_plain_words(browser: httpx.Client) -> None:
    page = browser.get("/finns/inte")
    assert page.status_code == 404
    assert "Sidan finns inte" in page.text
    assert page.headers["content-type"] == "text/html; charset=utf-8"


def test_a_bug_is_told_in_plain_words_and_says_nothing_of_itself(path: Path) -> None:
    app = build(CONFIG, path, lambda: TODAY)

    def wrong(_: Request) -> Response:
        raise RuntimeError("hemligt")

    app.router.routes.insert(0, Route("/fel", wrong))
    with served(app) as address:
        page = httpx.get(f"{address}/fel")
    assert page.status_code == 500
    assert "Något gick fel hos oss" in page.text
    assert "hemligt" not in page.text


def test_static_files_are_kept_by_browsers_under_an_address_that_moves_with_them(browser: httpx.Client) -> None:
    page = browser.get("/finns/inte").text
    address = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    kept = browser.get(address)
    assert kept.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in kept.headers["cache-control"]
    assert browser.get("/static/site.css").headers["cache-control"] == "no-cache"
    assert browser.get("/static/..%2fapp.py").status_code == 404


def test_an_archive_put_in_the_others_place_is_read_from_then_on(
    browser: httpx.Client, archive: Archive, path: Path
) -> None:
    archive.save(turn(find("https://bladet.example/a")), PAPER, at=NOW)
    assert "Nytt avtal om vården" in browser.get("/").text
    archive.close()
    for file in path.parent.glob(f"{path.name}*"):
        file.rename(f"{file}.old")
    assert "Arkivet är tomt" in browser.get("/").text
