"""Flöden: every feed can be found, looked into and followed, by a person and by a reader that is given the page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from aggregator.model import Feed, Filter, Publish, Reason, Tag, TagKind
from tests.archive.made import DAY, HEALTH, HOUR, LONG, NOW, PAPER, RIVAL, failed, find, turn
from tests.web.conftest import CONFIG
from tests.web.staffed import browsing

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from aggregator.archive import Archive
    from aggregator.model import Find

HOME = "https://bladet.example"
EVIL = '<script>alert("x")</script><b onclick=1>\'"&'
OWN = Feed(
    id="vard-i-nora",
    title="Vård i Nora",
    description="Vårt eget.",
    filter=Filter(query="avtal", tags=((TagKind.THEME, "hälsa"),)),
    group="Egna",
)


def one(number: int, *tags: Tag, **more: object) -> Find:
    more.setdefault("published_at", NOW - number * HOUR)
    return find(f"{HOME}/{number}", f"Titel {number}", f"{LONG} {number}", tags=tags or (HEALTH,), **more)


def see(archive: Archive, *finds: Find) -> None:
    archive.save(turn(*finds), PAPER, at=NOW)


def test_every_feed_is_listed_and_found_by_a_reader_that_is_given_the_page(path: Path, archive: Archive) -> None:
    see(archive, one(1), one(2))
    with browsing(replace(CONFIG, feeds=(OWN,)), path) as browser:
        answer = browser.get("/floden")
        listed = re.findall(r'href="/floden/([^"/]+)"', answer.text)
        assert listed == ["alla", "tema-halsa", "kalla-bladet", "vard-i-nora"]
        head = answer.text.partition("</head>")[0]
        for name in listed:
            assert 'type="application/rss+xml" title="' in head
            assert f'href="/feeds/{name}.rss"' in head
            assert f'</feeds/{name}.rss>; rel="alternate"; type="application/rss+xml"' in answer.headers["link"]
            assert browser.get(f"/floden/{name}").status_code == 200
        assert 'href="/feeds/alla.json"' in head
        assert 'href="/feeds/aggregator.opml"' in answer.text
        for heading in ("Så gör du", "Alla", "Teman", "Källor", "Egna"):
            assert re.search(rf"<h2[^>]*>{heading}</h2>", answer.text)


def test_a_feed_shows_what_stands_in_it_and_what_its_rights_allow(path: Path, archive: Archive) -> None:
    see(archive, one(1, lead="Ring 019-602 10 00. Kort."), one(2), one(3))
    archive.save(turn(failed(f"{HOME}/2", Reason.GONE)), PAPER, at=NOW + DAY)
    with browsing(replace(CONFIG, feeds=(OWN,)), path) as browser:
        for name in ("tema-halsa", "vard-i-nora", "alla", "kalla-bladet"):
            page = browser.get(f"/floden/{name}").text
            assert re.findall(r">Titel (\d)</a>", page) == ["1", "3"], name
            assert "602 10 00" not in page
            assert f"/feeds/{name}.atom" in page
    archive.register(replace(CONFIG, sources=(replace(PAPER, publish=Publish.FULL), RIVAL)), NOW)
    with browsing(CONFIG, path) as browser:
        page = browser.get("/floden/tema-halsa").text
        assert "Hela texten följer med" in page
        assert 'href="/tema/halsa"' in page


def test_the_address_to_copy_is_where_the_feeds_are_published(path: Path, archive: Archive) -> None:
    see(archive, one(1))
    settings = replace(CONFIG.settings, base_url="https://nyheter.example/floden/")
    with browsing(replace(CONFIG, settings=settings), path) as browser:
        assert "<code>https://nyheter.example/floden/tema-halsa.rss</code>" in browser.get("/floden/tema-halsa").text
    with browsing(CONFIG, path) as browser:
        assert re.search(r"<code>http://127\.0\.0\.1:\d+/feeds/tema-halsa\.rss</code>", browser.get("/tema/halsa").text)


def test_a_long_group_is_shortened_and_has_pages_of_its_own(browser: httpx.Client, archive: Archive) -> None:
    senders = [Tag(kind=TagKind.ORIGIN, name=f"Avsändare {number:03}", score=1.0) for number in range(230)]
    see(archive, *(one(number, tag) for number, tag in enumerate(senders, 1)))
    answer = browser.get("/floden")
    assert "Visa alla 230 flöden" in answer.text
    assert len(re.findall(r'href="/floden/avsandare-', answer.text)) == 30
    assert len(answer.headers["link"]) < 3_500
    assert len(answer.content) < 60_000
    seen: list[str] = []
    address = "/floden/grupp/avsandare"
    for _ in range(5):
        page = browser.get(address)
        assert len(page.content) < 60_000
        seen += re.findall(r'href="/floden/(avsandare-[^"]+)"', page.text)
        found = re.search(r'rel="next" href="([^"]+)"', page.text)
        if found is None:
            break
        address = found[1]
    assert len(seen) == len(set(seen)) == 230


def test_a_feed_or_group_that_is_not_there_is_not_found(browser: httpx.Client, archive: Archive) -> None:
    see(archive, one(1))
    for name in ("tema-x", "grupp/x", "..%2f", "tema-halsa.rss", "x/y"):
        assert browser.get(f"/floden/{name}").status_code == 404, name


def test_nothing_that_strangers_wrote_is_markup(path: Path, archive: Archive) -> None:
    tags = [Tag(kind=kind, name=EVIL, score=1.0) for kind in TagKind]
    evil = replace(PAPER, name=EVIL)
    found = find(f"{HOME}/1", EVIL, f"{EVIL}{LONG}", tags=tags, lead=EVIL, canonical_url="javascript:alert(1)")
    archive.save(turn(found, source=evil), evil, at=NOW)
    config = replace(CONFIG, sources=(evil, RIVAL), feeds=(replace(OWN, title=EVIL, description=EVIL, group=EVIL),))
    archive.register(config, NOW)
    with browsing(config, path) as browser:
        listed = set(re.findall(r'href="(/floden/[^"]+)"', browser.get("/floden").text))
        assert len(listed) == 7
        for address in {"/floden", *listed}:
            page = browser.get(address).text
            assert "alert(" in page or address == "/floden/alla"
            for bad in ("<script", "<b ", 'href="javascript'):
                assert bad not in page, address
