"""An article's page: as much as its reader may see, why it bears its tags, what changed, and nothing that does harm."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from aggregator.model import Evidence, Publish, Reason, Tag, TagKind, TagRule
from aggregator.web import changes
from aggregator.web.changes import Fate
from aggregator.web.evidence import because
from aggregator.web.readable import readable
from tests.archive.made import DAY, HEALTH, HOUR, KARLSKOGA, LONG, NOW, PAPER, RIVAL, failed, find, turn
from tests.web.conftest import CONFIG
from tests.web.staffed import STAFFED, browsing, hidden, sign_in

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from aggregator.archive import Archive
    from aggregator.model import Find

HOME = "https://bladet.example"
EVIL = '<script>alert("x")</script><b onclick=1>\'"&'
SECRET = "Ring Eva på 019-602 10 00 eller eva@region.example. "
RULES = replace(STAFFED, tags=(TagRule(kind=TagKind.THEME, name="kultur"), TagRule(kind=TagKind.THEME, name="hälsa")))


def one(number: int = 1, **more: object) -> Find:
    return find(f"{HOME}/{number}", f"Titel {number}", f"{LONG} {number}", **more)


def see(archive: Archive, *finds: Find, days: int = 0) -> None:
    archive.save(turn(*finds), PAPER, at=NOW + days * DAY)


def words(page: str) -> str:
    return re.sub(r"[\s\xa0]+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def test_an_article_tells_what_it_is_in_swedish(browser: httpx.Client, archive: Archive) -> None:
    more = {
        "lead": "En ingress.",
        "authors": ("Eva Ek", "Åke Ö"),
        "category": "Vård",
        "place": "Karlskoga",
        "origin": "Region Örebro län",
        "image_url": "https://bladet.example/b.jpg",
        "page_updated_at": NOW - HOUR / 2,
    }
    see(archive, one(**more))
    page = browser.get("/artikel/1").text
    told = words(page)
    for said in ("Titel 1", "En ingress.", LONG[:40], "Eva Ek, Åke Ö", "22 november 2026 kl. 12.00", "Örebrobladet"):
        assert said in told
    for said in ("Vård", "Karlskoga", "Region Örebro län", "Ändrad enligt källan", "Öppna bilden hos källan"):
        assert said in told
    assert f'href="{HOME}/1"' in page
    assert '<link rel="canonical" href="/artikel/1">' in page
    assert "<img" not in page


def test_the_public_sees_what_the_source_permits_and_staff_see_all(path: Path, archive: Archive) -> None:
    see(archive, one(lead="Kort ingress.", html=f"<p>{SECRET}{LONG}</p>"))
    archive.save(
        turn(find("https://kuriren.example/1", "Öppen", SECRET + LONG, html=f"<p>{SECRET}{LONG}</p>"), source=RIVAL),
        RIVAL,
        at=NOW,
    )
    open_source = replace(STAFFED, sources=(PAPER, replace(RIVAL, publish=Publish.FULL)))
    archive.register(open_source, NOW)
    with browsing(open_source, path) as client:
        closed, opened = client.get("/artikel/1").text, client.get("/artikel/2").text
        assert "Kort ingress." in closed
        assert "Åtta vårdcentraler" not in closed
        assert "Hela texten finns hos Örebrobladet" in closed
        assert "Åtta vårdcentraler" in opened
        for page in (closed, opened):
            assert "602 10 00" not in page
            assert "eva@" not in page
            assert "<form method" not in page.partition("<main")[2]
            assert "sida.txt" not in page
        sign_in(client)
        assert "602 10 00" in client.get("/artikel/1").text
        assert "602 10 00" in client.get("/artikel/2").text


def test_an_article_that_is_not_there_is_not_found(browser: httpx.Client, archive: Archive) -> None:
    see(archive, one())
    for name in ("2", "0", "-1", "x", "1x", "٣", "9" * 30, "1/sida/x", "1/andring/1", "1/andring/0", "1/andring/x"):
        assert browser.get(f"/artikel/{name}").status_code == 404, name


def test_a_tag_says_why_in_words_that_a_person_understands() -> None:
    told = [("avtal", "title"), ("Avtal", "title"), ("samverkan", "title"), ("nära vård", "text")]
    tag = Tag(
        kind=TagKind.THEME,
        name="x",
        score=1,
        evidence=tuple(Evidence(rule="r", words=word, where=where) for word, where in told),
    )
    assert because(tag) == "orden ”avtal” och ”samverkan” i rubriken och orden ”nära vård” i texten"
    many = tuple(Evidence(rule="r", words=f"ord{n}", where="lead") for n in range(7))
    assert because(replace(tag, evidence=many)).endswith("”ord4” och 2 till i ingressen")
    sent = (Evidence(rule="källa", words="Region", where="source"),)
    assert because(replace(tag, kind=TagKind.ORIGIN, evidence=sent)) == "utgivaren är själv avsändare"
    assert because(replace(tag, kind=TagKind.KOMMUN, evidence=sent)) == "källan bevakar Region"
    assert because(replace(tag, evidence=())) == ""
    assert because(replace(tag, evidence=(Evidence(rule="r", words="v", where="nytt ställe"),))) == "”v”"


def test_staff_add_and_remove_tags_and_take_it_back(path: Path, archive: Archive) -> None:
    see(archive, one(tags=(HEALTH, KARLSKOGA)))
    with browsing(RULES, path) as client:
        assert "Ta bort" not in client.get("/artikel/1").text
        sign_in(client)
        page = client.get("/artikel/1").text
        assert "ordet ”vårdcentraler” i texten" in words(page)
        csrf = hidden(page)
        answer = client.post("/artikel/1/taggar", data={"csrf": csrf, "andra": "remove:theme:hälsa"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/artikel/1#taggar")
        client.post("/artikel/1/taggar", data={"csrf": csrf, "andra": "add", "tagg": "theme:kultur"})
        client.post("/artikel/1/taggar", data={"csrf": csrf, "andra": "add", "avsandare": "  Region  Örebro län "})
        page = client.get("/artikel/1").text
        told = words(page.partition("Lägg till en tagg")[0])
        assert "Kultur" in told
        assert "Region Örebro län" in told
        assert "rättad av Anna" in told
        assert "Hälsa" not in told
        assert "Anna tog bort Hälsa" in words(page)
        client.post("/artikel/1/taggar", data={"csrf": csrf, "andra": "withdraw:theme:hälsa"})
        assert "Hälsa" in words(client.get("/artikel/1").text.partition("Lägg till en tagg")[0])
    assert [(c.by, c.verdict) for c in archive.corrections(1)] == [
        ("Anna", "remove"),
        ("Anna", "add"),
        ("Anna", "add"),
        ("Anna", "withdraw"),
    ]


def test_a_correction_that_says_nothing_is_told_and_one_from_elsewhere_refused(path: Path, archive: Archive) -> None:
    see(archive, one(tags=(HEALTH,)))
    with browsing(RULES, path) as client:
        form = {"csrf": "x", "andra": "remove:theme:hälsa"}
        assert client.post("/artikel/1/taggar", data=form).status_code in {303, 401, 403}
        sign_in(client)
        assert client.post("/artikel/1/taggar", data=form).status_code == 403
        csrf = hidden(client.get("/artikel/1").text)
        for said in (
            {},
            {"andra": "add", "tagg": "theme:finns inte"},
            {"andra": "remove:x:y"},
            {"andra": "remove:theme: "},
        ):
            answer = client.post("/artikel/1/taggar", data={"csrf": csrf, **said})
            assert (answer.status_code, "Välj vilken tagg" in answer.text) == (400, True)
        assert client.post("/artikel/99/taggar", data={"csrf": csrf, "andra": "add"}).status_code == 404
    assert archive.corrections() == ()


def test_earlier_wordings_are_shown_with_what_changed(browser: httpx.Client, archive: Archive) -> None:
    see(archive, find(f"{HOME}/1", "Avtal om vård", f"Först detta.\n\n{LONG}"))
    see(archive, find(f"{HOME}/1", "Avtal om sjukvård", f"Först detta.\n\n{LONG} Nytt sist."), days=1)
    see(archive, find(f"{HOME}/1", "Avtal om sjukvård", f"{LONG} Nytt sist."), days=2)
    page = browser.get("/artikel/1").text
    assert "ändrats 2\xa0gånger" in page
    assert page.index("/artikel/1/andring/2") < page.index("/artikel/1/andring/1")
    first = browser.get("/artikel/1/andring/1").text
    assert re.search(r"<del>.{0,60}vård</del>", first)
    assert re.search(r"<ins>.{0,60}sjukvård</ins>", first)
    assert re.search(r"<ins>.{0,60}Nytt sist\.</ins>", first)
    assert re.search(r"<del>.{0,60}Först detta\.</del>", browser.get("/artikel/1/andring/2").text)


def test_texts_of_earlier_wordings_are_not_for_the_public(path: Path, archive: Archive) -> None:
    see(archive, find(f"{HOME}/1", "Avtal", f"{SECRET}{LONG}"))
    see(archive, find(f"{HOME}/1", "Avtalet", f"{LONG} {LONG} Hemligt tillägg"), days=1)
    with browsing(STAFFED, path) as client:
        for address in ("/artikel/1", "/artikel/1/andring/1"):
            page = client.get(address).text
            assert "Avtalet" in page
            assert "Hemligt" not in page
            assert "Eva" not in page
        sign_in(client)
        assert "Hemligt" in client.get("/artikel/1/andring/1").text


def test_the_kept_page_is_for_staff_and_never_served_as_a_page(path: Path, archive: Archive) -> None:
    see(archive, one())
    with browsing(STAFFED, path) as client:
        for address in ("/artikel/1/sida", "/artikel/1/sida.txt"):
            assert client.get(address).status_code in {303, 401}
        sign_in(client)
        shown, kept = client.get("/artikel/1/sida.txt"), client.get("/artikel/1/sida")
        assert client.get("/artikel/2/sida").status_code == 404
    assert shown.headers["content-type"] == "text/plain; charset=utf-8"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert kept.headers["content-type"] == "application/octet-stream"
    assert kept.headers["content-disposition"].startswith("attachment")
    assert kept.content == f"Titel 1{LONG} 1".encode()


def test_the_other_outlets_of_a_story_are_told_with_what_they_did(browser: httpx.Client, archive: Archive) -> None:
    text = " ".join(f"Mening {n} handlar om avtalet mellan regionen och kommun {n * 7}." for n in range(30))
    see(archive, find(f"{HOME}/1", "Nytt avtal", text))
    same = find("https://kuriren.example/1", "Nytt avtal", text)
    other = find("https://kuriren.example/2", "Avtal klart", f"{text} Läs mer i morgon, skriver vi då.")
    archive.save(turn(same, other, source=RIVAL), RIVAL, at=NOW)
    archive.group(NOW)
    told = words(browser.get("/artikel/1").text)
    assert "Samma nyhet i andra källor" in told
    assert "Länskuriren Nytt avtal" in told
    assert "samma text ord för ord" in told
    assert "Länskuriren Avtal klart" in told
    assert "(den här artikeln)" in told


def test_one_gone_from_its_site_is_told_so(browser: httpx.Client, archive: Archive) -> None:
    see(archive, one())
    see(archive, failed(f"{HOME}/1", Reason.GONE), days=1)
    assert "Borttagen hos källan" in browser.get("/artikel/1").text


def test_nothing_that_strangers_wrote_is_markup(path: Path, archive: Archive) -> None:
    proof = (Evidence(rule=EVIL, words=EVIL, where="title"), Evidence(rule=EVIL, words=EVIL, where=EVIL))
    tags = [Tag(kind=kind, name=EVIL, score=1.0, evidence=proof) for kind in TagKind]
    more = dict.fromkeys(("lead", "category", "origin", "place", "external_id"), EVIL)
    more |= {"authors": (EVIL,), "image_url": "javascript:alert(1)", "language": EVIL, "canonical_url": "javascript:x"}
    evil = replace(PAPER, name=EVIL)
    config = replace(CONFIG, sources=(evil, RIVAL))
    archive.register(config, NOW)
    body = f'{EVIL}<img src=x onerror="alert(1)"><a href="javascript:alert(1)">l</a><svg/onload=alert(1)>{LONG}'
    for day, text in enumerate((f"{EVIL} {LONG}", f"{EVIL} {EVIL} {LONG}")):
        found = find(f"{HOME}/1", f"{EVIL} {day}", text, tags=tags, html=body, **more)
        archive.save(turn(found, source=evil), evil, at=NOW + day * DAY)
    with browsing(config, path) as client:
        for address in ("/artikel/1", "/artikel/1/andring/1"):
            page = client.get(address).text
            assert "alert(" in page
            for bad in ("<script", "<b ", "onerror=", "<img", "<svg/", 'href="javascript', 'lang="&lt;'):
                assert bad not in page, (address, bad)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("<h1>A</h1><h4>B</h4><h2>C</h2>", "<h2>A</h2><h3>B</h3><h2>C</h2>"),
        ("<ul>lös<li>a</li><p>b</p></ul>", "<ul><li>lös</li><li>a</li><li><p>b</p></li></ul>"),
        ("<li>a</li>", "<p>a</p>"),
        ('<p><a href="/x"> </a></p><p>kvar</p>', "<p>kvar</p>"),
        ("<dl><dt>a</dt><dd>b<ul><li>c</li></ul></dd></dl>", "<p>a</p><p>b</p><ul><li>c</li></ul>"),
        ("<p>a<script>alert(1)</script><style>p{}</style></p>", "<p>a</p>"),
        ("<p>a &lt;script&gt; & b</p>", "<p>a &lt;script&gt; &amp; b</p>"),
    ],
)
def test_stored_markup_is_put_in_order(stored: str, shown: str) -> None:
    assert readable(stored, "https://a.example/b") == shown


def test_pictures_are_links_and_nothing_is_fetched_from_elsewhere() -> None:
    shown = readable(
        '<img src="/b.jpg" alt="En bil"><a href="/c"><img src="d.jpg"></a><iframe src="x">', "https://a.example/"
    )
    assert 'href="https://a.example/b.jpg"' in shown
    assert ">Bild: En bil</a>" in shown
    assert ">Bild</a>" in shown
    assert "src=" not in shown


def test_what_changed_is_told_by_words_and_what_did_not_is_left_out() -> None:
    before = "\n\n".join(["Ett två tre fyra.", *(f"Stycke {n} står kvar." for n in range(6)), "Sista går bort."])
    after = before.replace("tre", "3").replace("\n\nSista går bort.", "\n\nEtt helt annat slut.")
    told = changes.text(before, after)
    assert [piece.text.strip() for piece in told[0].pieces if piece.fate is Fate.REMOVED] == ["tre"]
    assert [piece.text.strip() for piece in told[0].pieces if piece.fate is Fate.ADDED] == ["3"]
    assert [one.left_out for one in told if one.left_out] == [4]
    assert {piece.fate for one in told[-2:] for piece in one.pieces} == {Fate.ADDED, Fate.REMOVED}
    assert changes.text(before, before.replace("\n\n", " \n\n ")) == ()


def test_texts_made_to_be_slow_are_compared_all_the_same() -> None:
    before, after = "\n\n".join(["a " * 3_000] * 40), "\n\n".join(["a " * 2_900 + "b"] * 40)
    told = changes.text(before, after)
    kept = "".join(piece.text for one in told for piece in one.pieces if piece.fate is not Fate.REMOVED)
    assert kept.split() == after.split()
