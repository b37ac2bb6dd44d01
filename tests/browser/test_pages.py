"""Every page in a real browser: for everyone, at every size, by keyboard alone."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import httpx
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import DESKTOP, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

UNFOLD = "document.querySelectorAll('details').forEach(one => { one.open = true; })"

REACHABLE = """() => {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
  window.reachable = all.filter(one => one.type !== 'hidden' && !one.disabled && one.checkVisibility());
  return window.reachable.map(one => one.outerHTML.slice(0, 120));
}"""

FOCUSED = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {
    place: window.reachable.indexOf(one),
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""

WIDER = """() => [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
    && !one.closest('.scroll, .vh, svg'))
  .slice(0, 5).map(one => one.outerHTML.slice(0, 120))"""


def test_axe_finds_nothing_on_any_page(visit: Callable[..., Page], pages: tuple[str, ...]) -> None:
    """As a phone shows it in the dark, and as a desktop shows it by day."""
    axe = Axe()
    found: dict[str, Any] = {}
    for path in pages:
        page = visit(path, PHONE, "dark")
        page.evaluate(UNFOLD)
        for size, scheme in ((PHONE, "dark"), (DESKTOP, "light")):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            results = axe.run(page, options={"resultTypes": ["violations"], "runOnly": RULES})
            for violation in results.response["violations"]:
                found[f"{path} {scheme} {violation['id']}"] = [node["html"][:200] for node in violation["nodes"]][:3]
        page.context.close()
    assert found == {}


def test_no_page_is_wider_than_the_window_at_two_and_four_times_the_size(
    visit: Callable[..., Page], pages: tuple[str, ...]
) -> None:
    wider: dict[str, list[str]] = {}
    for path in pages:
        page = visit(path, {"width": 640, "height": 512})
        page.evaluate(UNFOLD)
        for width in (640, 320):
            page.set_viewport_size({"width": width, "height": 512})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wider[f"{path} {width}"] = page.evaluate(WIDER)
        page.context.close()
    assert wider == {}


def test_every_page_is_walked_through_by_keyboard(visit: Callable[..., Page], pages: tuple[str, ...]) -> None:
    for path in pages:
        page = visit(path, reduced_motion="reduce")  # where scrolling takes no time
        names = page.evaluate(REACHABLE)
        walked: list[int] = []
        for _ in range(3 * len(names)):
            page.keyboard.press("Tab")
            at = page.evaluate(FOCUSED)
            if at["place"] < 0:
                break
            name = names[at["place"]]
            assert at["outlined"], f"{path}: no focus to be seen on {name}"
            assert at["seen"], f"{path}: the focus is outside the window on {name}"
            walked.append(at["place"])
            if at["place"] == len(names) - 1 and 'type="date"' not in name:
                break
        missed = [names[place] for place in range(len(names)) if place not in walked]
        assert not missed, f"{path}: never reached"
        assert walked == sorted(walked), f"{path}: the order of the keys is not that of the page"
        page.context.close()


def test_the_first_key_offers_to_skip_to_the_content(visit: Callable[..., Page]) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innehall"


def test_a_search_is_made_read_and_narrowed_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("/")
    page.locator("#q").focus()
    page.keyboard.type("vård")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=v%C3%A5rd")
    page.locator(".facet").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=v%C3%A5rd&kalla=*")
    assert page.locator(".chip").count() == 1


def test_the_search_works_without_scripts(visit: Callable[..., Page]) -> None:
    page = visit("/", java_script_enabled=False)
    page.fill("#q", "vård")
    page.click(".seek button")
    page.click(".how summary")
    assert page.locator(".examples").is_visible()
    assert page.locator("mark").count() > 0


def test_every_page_is_marked_as_swedish_and_has_a_title_of_its_own(address: str, pages: tuple[str, ...]) -> None:
    titles: dict[str, str] = {}
    for path in pages:
        html = httpx.get(address + path, headers={"Accept": "text/html"}).text
        assert html.startswith('<!doctype html>\n<html lang="sv">'), path
        titles[path] = html.partition("<title>")[2].partition("</title>")[0]
    places = {path: title for path, title in titles.items() if "?" not in path}
    assert len(set(places.values())) == len(places), titles


def test_no_link_of_the_site_leads_nowhere(address: str, pages: tuple[str, ...]) -> None:
    dead: dict[str, str] = {}
    seen: set[str] = set()
    with httpx.Client(base_url=address, headers={"Accept": "text/html"}) as client:
        for path in pages:
            html = client.get(path).text
            links = {unescape(href) for href in re.findall(r' href="(/[^"#]*)', html)} - seen
            seen |= links
            dead |= {link: path for link in sorted(links) if client.head(link).status_code >= 400}
    assert dead == {}


def test_nothing_moves_for_one_who_wants_it_still(visit: Callable[..., Page]) -> None:
    page = visit("/", reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_on_paper_the_results_remain_and_the_controls_do_not(visit: Callable[..., Page]) -> None:
    page = visit("/?q=v%C3%A5rd")
    page.emulate_media(media="print")
    assert page.locator(".item").first.is_visible()
    for control in (".top nav", ".seek button", ".beside"):
        assert not page.locator(control).first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
