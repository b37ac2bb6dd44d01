"""The site over the recorded region's archive, in Debian's chromium. ``make test-browser`` runs these tests."""

from __future__ import annotations

import os
import re
import shutil
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import sync_playwright

from aggregator import cli, config
from aggregator.web import build
from tests.conftest import ROOT
from tests.web.conftest import served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
BEGIN = (
    "/",
    "/?q=v%C3%A5rd+kommun%3AKarlskoga",
    "/?q=v%C3%A5rd&tema=h%C3%A4lsa&fran=2024-01-01&ordning=nyast",
    "/?q=%28atlantis",
    "/?sida=2",
    "/finns/inte",
    "/logga-in",
)
"""Where the walk through the site begins: what no link leads to."""
KINDS = 60
"""The most pages of different kinds that the site is expected to have."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's chromium; Playwright's own is not downloaded."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    root = ["--no-sandbox"] if os.geteuid() == 0 else []  # chromium's sandbox refuses root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=root)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site over the archive of the recorded region, crawled three times."""
    folder = tmp_path_factory.mktemp("region")
    archive = folder / "region.db"
    options = ["--config", str(ROOT / "sources.toml"), "--archive", str(archive), "--feeds", str(folder / "feeds")]
    assert cli.run(["demo", *options]) == 0
    with served(
        build(config.load(archive.with_suffix(".toml")), archive, lambda: datetime(2024, 11, 6, tzinfo=UTC))
    ) as at:
        yield at


@pytest.fixture(scope="session")
def pages(address: str) -> tuple[str, ...]:
    """A page of every kind that the site has: its links followed until none leads to a kind that is new."""
    found: dict[str, str] = {}
    waiting = list(BEGIN)
    with httpx.Client(base_url=address, headers={"Accept": "text/html"}) as client:
        while waiting and len(found) < KINDS:
            path = waiting.pop(0)
            if _kind(path) in found:
                continue
            answer = client.get(path)
            html = answer.headers.get("content-type", "").startswith("text/html")
            if not html or (answer.status_code != 200 and path not in BEGIN):
                continue
            found[_kind(path)] = path
            waiting += [unescape(href) for href in re.findall(r'<a [^>]*?href="(/[^"#]*)', answer.text)]
    return tuple(found.values())


def _kind(path: str) -> str:
    """Pages of one template: names and numbers below a place are alike, and so is what an address asks."""
    parts = urlsplit(path)
    if path in BEGIN:
        return path
    steps = parts.path.split("/")
    place = "/".join([*steps[:2], *("*" for _ in steps[2:3]), *steps[3:]])
    return f"{place}?" if parts.query and place != "/" else place


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open a page at a size and in a colour scheme; nothing may be asked of any other site, nor complain."""
    opened: list[Page] = []
    asked: list[str] = []
    complaints: list[str] = []

    def opens(path: str, size: dict[str, int] | None = None, scheme: str = "light", **more: object) -> Page:
        context = chromium.new_context(viewport=size or DESKTOP, color_scheme=scheme, locale="sv-SE", **more)  # type: ignore[arg-type]
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda said: complaints.append(said.text) if "404" not in said.text else None)
        page.goto(address + path)
        opened.append(page)
        return page

    yield opens
    for page in opened:
        page.context.close()
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert complaints == []
