"""Themes, municipalities, senders, projects and sources: what is seen, what never is, and that every address holds."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from aggregator.model import (
    Contact,
    Project,
    ProjectStatus,
    Reason,
    Source,
    SourceKind,
    SourceState,
    Tag,
    TagKind,
    TagRule,
)
from aggregator.web.health import WORDS, explained
from aggregator.web.pages.topics import folded
from tests.archive.made import DAY, HEALTH, HOUR, KARLSKOGA, LONG, NOW, PAPER, RIVAL, find, turn
from tests.web.conftest import CONFIG, TODAY
from tests.web.staffed import STAFFED, browsing, sign_in

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from aggregator.archive import Archive
    from aggregator.model import Find

HOME = "https://bladet.example"
EVIL = '<script>alert("x")</script><b onclick=1>\'"&'
CHILDREN = Tag(kind=TagKind.THEME, name="barn-unga", score=0.8)
CROSS = Project(
    name="CROSS",
    aliases=("Cross border",),
    status=ProjectStatus.ONGOING,
    description="Ett projekt om vård över gränser.\nRing 019-602 10 00 eller skriv till eva@region.example.",
    contacts=(Contact(name="Eva Ek", title="Projektledare", email="eva@region.example", phone="019-602 10 00"),),
    links=("https://region.example/cross", "javascript:alert(1)"),
    period="2024 – 2026",
    page_url="https://region.example/projekt",
)
DONE = Project(name="Klara", status=ProjectStatus.FINISHED)


def one(number: int, *tags: Tag, **more: object) -> Find:
    more.setdefault("published_at", NOW - number * HOUR)
    return find(f"{HOME}/{number}", f"Titel {number}", f"{LONG} {number}", tags=tags, **more)


def see(archive: Archive, *finds: Find) -> None:
    archive.save(turn(*finds), PAPER, at=NOW)


def heading(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page.partition("<h1")[2].partition(">")[2].partition("</h1>")[0])


def test_a_theme_shows_its_articles_newest_first_its_feeds_and_its_figures_as_a_table(
    browser: httpx.Client, archive: Archive
) -> None:
    see(archive, *(one(number, CHILDREN) for number in range(1, 4)), one(9, HEALTH))
    answer = browser.get("/tema/barn-unga")
    assert answer.status_code == 200
    assert heading(answer.text) == "Barn och unga"
    assert re.findall(r">Titel (\d)</a>", answer.text) == ["1", "2", "3"]
    assert '<link rel="canonical" href="/tema/barn-unga">' in answer.text
    assert 'type="application/rss+xml" title="Barn och unga (RSS)" href="/feeds/tema-barn-unga.rss"' in answer.text
    assert '</feeds/tema-barn-unga.rss>; rel="alternate"; type="application/rss+xml"' in answer.headers["link"]
    assert "<td>3</td>" in answer.text.replace(' class="num"', "")
    assert 'aria-current="page">Teman</a>' in answer.text


def test_a_long_row_is_paged_and_every_article_is_seen_once(browser: httpx.Client, archive: Archive) -> None:
    see(archive, *(one(number, HEALTH) for number in range(1, 46)))
    address, seen = "/tema/halsa", list[str]()
    for _ in range(9):
        page = browser.get(address).text
        seen += re.findall(r">Titel (\d+)</a>", page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        if found is None:
            break
        address = found[1]
    assert seen == [str(number) for number in range(1, 46)]
    back = re.search(r'rel="prev" href="([^"]+)"', page)
    assert back is not None
    assert re.findall(r">Titel (\d+)</a>", browser.get(back[1]).text)[-1] == "40"


def test_one_text_in_several_outlets_stands_once_with_the_others_beside(archive: Archive) -> None:
    see(archive, one(1), one(2), one(3))
    archive.save(turn(find("https://kuriren.example/1", "Ny", "Kort text " * 20), source=RIVAL), RIVAL, at=NOW)
    newest, second, third, rival = sorted(archive.leaf().articles, key=lambda kept: kept.article.title[::-1])
    alike = [replace(kept, story_id=7) for kept in (newest, rival, second)]
    told = list(folded([*alike, replace(third, story_id=None)]))
    assert [kept.id for kept, _ in told] == [newest.id, second.id, third.id]
    assert [[other.source_name for other in also] for _, also in told] == [["Länskuriren"], [], []]


def test_more_sources_than_a_page_holds_go_on_on_the_next(path: Path, archive: Archive) -> None:
    many = tuple(replace(PAPER, id=f"kalla{number:03}", name=f"Källa {number:03}") for number in range(170))
    archive.register(replace(CONFIG, sources=many), NOW)
    with browsing(CONFIG, path) as browser:
        first, last = browser.get("/kallor"), browser.get("/kallor?sida=3")
        assert len(first.content) < 60_000
        assert "Källa 079" in first.text
        assert "Källa 080" not in first.text
        assert "Källa 169" in last.text


def test_whatever_stands_in_an_address_is_a_page(browser: httpx.Client, archive: Archive) -> None:
    see(archive, one(1, HEALTH))
    for query in ("fore=x", "fore=-1", "fore=0", "efter=99999999999999999", "fore=" + "9" * 400, "fore=%00", "sida=0"):
        answer = browser.get(f"/tema/halsa?{query}")
        assert (answer.status_code, query) == (200, query)
    assert "Till de nyaste artiklarna" in browser.get("/tema/halsa?fore=1").text
    for path in ("/teman?sida=999", "/teman?sida=-1", "/kommuner?sida=٣", "/kallor?x=1"):
        assert browser.get(path).status_code == 200


def test_unknown_names_are_not_found(browser: httpx.Client, archive: Archive) -> None:
    see(archive, one(1, HEALTH))
    for path in (
        "/tema/x",
        "/tema/%00",
        "/kommun/h%C3%A4lsa",
        "/projekt/..%2f",
        "/avsandare/x",
        "/kalla/nej",
        "/kalla/%0a",
    ):
        assert browser.get(path).status_code == 404, path


def test_every_theme_of_the_configuration_is_listed_and_has_its_page(path: Path, archive: Archive) -> None:
    rules = tuple(TagRule(kind=TagKind.KOMMUN, name=name) for name in ("Örebro", "Karlskoga", "Askersund"))
    see(archive, one(1, KARLSKOGA), one(2, KARLSKOGA, published_at=NOW - 800 * DAY))
    with browsing(replace(CONFIG, tags=rules), path) as browser:
        page = browser.get("/kommuner").text
        assert re.findall(r'href="/kommun/([a-z]+)"', page) == ["askersund", "karlskoga", "orebro"]
        assert re.search(r">Karlskoga</a></th><td[^>]*>1</td><td[^>]*>2</td>", page)
        empty = browser.get("/kommun/orebro").text
        assert "Här finns inga artiklar ännu" in empty
        assert "/feeds/" not in empty.partition("</head>")[0]


def test_names_that_fold_into_one_address_have_one_each(browser: httpx.Client, archive: Archive) -> None:
    told = [Tag(kind=TagKind.ORIGIN, name=name, score=1.0) for name in ("Å & Co", "A Co", "???")]
    see(archive, *(one(number, tag) for number, tag in enumerate(told, 1)))
    page = browser.get("/avsandare").text
    addresses = re.findall(r'href="(/avsandare/[^"]+)"', page)
    assert len(set(addresses)) == 3
    assert sorted(heading(browser.get(address).text) for address in addresses) == ["???", "A Co", "Å &amp; Co"]


def test_a_project_tells_what_it_is_and_contacts_are_for_staff_alone(path: Path, archive: Archive) -> None:
    archive.register(replace(CONFIG, projects=(CROSS, DONE)), NOW)
    see(archive, one(1, Tag(kind=TagKind.PROJEKT, name="CROSS", score=1.0)))
    with browsing(STAFFED, path) as client:
        listed, public = client.get("/projekt").text, client.get("/projekt/cross").text
        sign_in(client)
        staff = client.get("/projekt/cross").text
    assert listed.index("Pågående") < listed.index(">CROSS<") < listed.index("Avslutade") < listed.index(">Klara<")
    for page in (listed, public):
        assert "vård över gränser" in page
        assert "602 10 00" not in page
        assert "eva@" not in page
    assert "Eva Ek" not in public
    for words in ("Eva Ek", "019-602 10 00", "eva@region.example", "2024 – 2026", "Cross border", "Titel 1"):
        assert words in staff
    assert 'href="https://region.example/cross"' in staff
    assert "javascript:" not in staff


def test_a_project_gone_from_its_page_is_kept_and_told(browser: httpx.Client, archive: Archive) -> None:
    source = Source(id="projekten", name="Projekten", url="https://p.example/", kind=SourceKind.PROJECTS)
    archive.register(replace(CONFIG, sources=(*CONFIG.sources, source)), NOW)
    archive.save(turn(source=source, projects=(CROSS,)), source, at=NOW)
    archive.save(turn(source=source, projects=()), source, at=NOW + DAY)
    assert "Inte längre i registret" in browser.get("/projekt").text
    assert "togs bort från sin sida" in browser.get("/projekt/cross").text
    assert "läses regionens projekt" in browser.get("/kalla/projekten").text


def test_a_source_that_fails_is_told_in_words_with_since_when_and_what_it_means(
    browser: httpx.Client, archive: Archive
) -> None:
    failing = SourceState(
        source_id="bladet",
        last_checked_at=TODAY - HOUR,
        next_check_at=TODAY + HOUR,
        failures=7,
        failing_since=TODAY - 3 * DAY,
        last_reason=Reason.NO_LINKS.value,
    )
    archive.save(turn(reason=Reason.NO_LINKS, state=failing), PAPER, at=NOW)
    listed, told = browser.get("/kallor").text, browser.get("/kalla/bladet").text
    for page in (listed, told):
        text = re.sub(r"<[^>]+>|\s+|\xa0", " ", page)
        text = re.sub(r" +", " ", text)
        assert "Fungerar inte" in text
        assert "Inga nyheter hittades på sidan sedan 20 november kl. 08.00 ." in text
        assert "Webbplatsen kan ha byggts om" in text
        assert "i dag kl. 09.00" in text
    assert listed.index("Att se över") < listed.index("Alla källor")


def test_every_reason_has_words_and_a_code_of_another_version_is_no_error() -> None:
    assert set(WORDS) == set(Reason)
    assert all(what and not what.endswith(".") and means.endswith(".") for what, means in WORDS.values())
    assert "framtiden" in explained("framtiden")[0]


def test_sources_that_work_are_quiet_or_were_left_are_told_apart(browser: httpx.Client, archive: Archive) -> None:
    see(archive, one(1, HEALTH))
    archive.save(turn(source=RIVAL, state=SourceState(source_id="kuriren", last_checked_at=NOW)), RIVAL, at=NOW)
    page = browser.get("/kallor").text
    assert re.search(r">Örebrobladet</a></th><td[^>]*>Fungerar</td>", page)
    assert re.search(r">Länskuriren</a></th><td[^>]*>Tom</td>", page)
    archive.save(turn(find("https://kuriren.example/9", "Titel 1", f"{LONG} 1"), source=RIVAL), RIVAL, at=NOW)
    assert "andra källor haft först" in browser.get("/kalla/kuriren").text
    archive.register(replace(CONFIG, sources=(PAPER,)), NOW)
    assert "Källor vi inte följer nu" in browser.get("/kallor").text
    assert browser.get("/kalla/kuriren").status_code == 200


def test_where_nothing_runs_no_source_is_blamed(browser: httpx.Client, archive: Archive) -> None:
    long_ago = TODAY - 90 * DAY
    for source in (PAPER, RIVAL):
        state = SourceState(source_id=source.id, last_checked_at=long_ago, next_check_at=long_ago + HOUR)
        archive.save(turn(one(1, HEALTH), source=source, state=state), source, at=long_ago)
    page = browser.get("/kallor").text
    assert "Ingenting har hämtats sedan" in page
    assert "Hämtningen ser ut att stå still" in page
    assert "Inget nytt på" not in page
    assert "Alla källor fungerar" not in page


def test_a_source_shows_its_articles_its_last_turns_and_its_feed(browser: httpx.Client, archive: Archive) -> None:
    see(archive, one(1, HEALTH), one(2, HEALTH))
    page = browser.get("/kalla/bladet").text
    assert re.findall(r">Titel (\d)</a>", page) == ["1", "2"]
    assert "2\xa0nya artiklar" in page
    assert 'href="/feeds/kalla-bladet.rss"' in page
    assert "Senast hämtad" in page


def test_nothing_that_strangers_wrote_is_markup(path: Path, archive: Archive) -> None:
    evil_source = replace(PAPER, name=EVIL, url="javascript:alert(1)", municipality=EVIL)
    project = replace(CROSS, name=EVIL, aliases=(EVIL,), description=EVIL, period=EVIL, links=(EVIL,), page_url=EVIL)
    project = replace(project, contacts=(Contact(name=EVIL, title=EVIL, email=EVIL, phone=EVIL),))
    config = replace(CONFIG, sources=(evil_source, RIVAL), projects=(project,))
    archive.register(config, NOW)
    tags = [Tag(kind=kind, name=EVIL, score=1.0) for kind in TagKind]
    archive.save(turn(one(1, *tags, lead=EVIL, authors=(EVIL,)), detail=EVIL, source=evil_source), evil_source, at=NOW)
    with browsing(config, path) as browser:
        found = {"/teman", "/kommuner", "/avsandare", "/projekt", "/kallor", "/kalla/bladet"}
        for path_ in sorted(found):
            found |= set(re.findall(r'href="(/(?:tema|kommun|avsandare|projekt)/[^"]+)"', browser.get(path_).text))
        assert len(found) == 10
        for path_ in found:
            page = browser.get(path_)
            assert page.status_code == 200
            assert "alert(" in page.text, path_
            assert "<script" not in page.text
            assert "<b " not in page.text
            assert 'href="javascript' not in page.text
