"""What is sent to break in, to break things, or to keep others out, does none of it: a test for each way."""

from __future__ import annotations

import http.client
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from aggregator.model import Contact, Evidence, KeptArticle, Project, ProjectStatus, Settings, Tag, TagKind
from aggregator.web.shield.headers import HEADERS, LARGEST_FORM
from tests.archive.made import DAY, HEALTH, NOW, PAPER, find, turn
from tests.web.conftest import CONFIG
from tests.web.staffed import STAFFED, TOKEN, browsing, hidden, sign_in

if TYPE_CHECKING:
    from aggregator.archive import Archive

STAFF = {"Authorization": f"Bearer {TOKEN}"}
PAGES = ("/", "/?q=avtal", "/logga-in", "/api/", "/feeds/", "/finns/inte", "/static/site.css", "/api/v1/articles")
INJECTIONS = (
    "' OR 1=1 --", '" OR 1=1 --', "'; DROP TABLE articles; --", "1; SELECT * FROM sqlite_master",
    "%' UNION SELECT 1--",
    'NEAR("a" "b")', "title:* OR text:*", '"', "'", '""""', "a* OR b*", "^avtal", "{title text}: avtal", "avtal NOT",
    "AND OR NOT", "NEAR(", "-", "--", "*", "((((", "))))", "marks : x", 'titel:"', "från:9999-99-99", "\\", "`", "$1",
    "?1", ":name", "@x", "avtal\x00avtal", "\x00",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "\u202eavtal",
)  # fmt: skip
MARKUP = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>'javascript:alert(1)"


@pytest.fixture
def filled(archive: Archive) -> Archive:
    archive.save(turn(find("https://bladet.example/1", tags=(HEALTH,))), PAPER, at=NOW)
    return archive


# What every answer carries


@pytest.mark.usefixtures("filled")
def test_every_answer_says_what_a_browser_may_do_with_it(browser: httpx.Client) -> None:
    for page in PAGES:
        told = browser.get(page).headers
        for name, value in HEADERS.items():
            if not (page == "/feeds/" and name.startswith("C")):
                assert told[name] == value, (page, name)
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert {"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"} <= set(policy.split("; "))


@pytest.mark.usefixtures("filled")
def test_no_page_holds_script_or_style_of_its_own_or_anything_from_elsewhere(browser: httpx.Client) -> None:
    for page in ("/", "/?q=avtal", "/logga-in", "/api/", "/finns/inte", "/kallor"):
        assert active(browser.get(page).text) == [], page


# XSS


def strange(article: str) -> Tag:
    return Tag(
        kind=TagKind.ORIGIN, name=article, score=1.0, evidence=(Evidence(rule=article, words=article, where="text"),)
    )


def test_no_stored_text_reaches_a_page_as_markup(path: Path, archive: Archive) -> None:
    source = replace(PAPER, name=MARKUP)
    contact = Contact(name=MARKUP, title=MARKUP, email=MARKUP, phone=MARKUP)
    project = Project(
        name=MARKUP, aliases=(MARKUP + "2",), status=ProjectStatus.ONGOING, description=MARKUP, contacts=(contact,),
        links=("javascript:alert(1)",), period=MARKUP, page_url="javascript:alert(1)",
    )  # fmt: skip
    settings = Settings(title=MARKUP, feeds=str(path.parent / "feeds"))  # not the checkout's, which the demo fills
    config = replace(STAFFED, sources=(source,), projects=(project,), settings=settings)
    archive.register(config, NOW)
    fields = dict.fromkeys(("title", "lead", "text", "category", "origin", "place", "language"), MARKUP)
    html = (
        f"{MARKUP}<p onclick=alert(1)>x</p><svg onload=alert(1)><a href='javascript:alert(1)'>x</a><style>*{{}}</style>"
    )
    found = find(
        "https://bladet.example/1", html=html, authors=(MARKUP,), image_url="javascript:alert(1)",
        tags=(strange(MARKUP),), **fields,
    )  # fmt: skip
    archive.save(turn(found), source, at=NOW)
    archive.save(turn(find("https://bladet.example/1", html=html, text="annan ordalydelse här")), source, at=NOW + DAY)
    [kept] = archive.export()
    with browsing(config, path, **STAFF) as client:
        for page in everything(kept, client):
            assert active(client.get(page).text) == [], page


def active(page: str) -> list[str]:
    """What in a page could run or load something that is not ours."""
    tree = LexborHTMLParser(page)
    bad = "script:not([src]), style, iframe, object, embed, base, svg animate, math"
    found = [f"<{node.tag}>" for node in tree.css(bad)]
    for node in tree.css("*"):
        for name, value in node.attributes.items():
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name.startswith("on") or name in {"style", "srcdoc"}:
                found.append(f"<{node.tag} {name}>")
            elif (
                name in {"href", "src", "action", "formaction", "xlink:href"}
                and re.match("javascript:|vbscript:|data:(?!,)", address)
            ) or (node.tag in {"link", "script", "img", "source", "video"} and address.startswith(("http", "//"))):
                found.append(f"<{node.tag} {name}={value}>")
    return found


def everything(kept: KeptArticle, client: httpx.Client) -> set[str]:
    """Every page that the site's own links lead to, within bounds, and the API's answers."""
    known = {
        "/",
        "/?q=alert",
        f"/artikel/{kept.id}",
        "/projekt",
        "/kallor",
        "/teman",
        "/kommuner",
        "/avsandare",
        "/api/",
    }
    waiting = sorted(known)
    while waiting and len(known) < 25:
        text = client.get(waiting.pop()).text
        for link in re.findall(r'href="(/(?!static|api|/)[^"#]*)"', text):
            address = link.replace("&amp;", "&")
            if address not in known and not address.startswith("/sok.") and len(known) < 25:
                known.add(address)
                waiting.append(address)
    return known


@pytest.mark.usefixtures("filled")
def test_nothing_that_is_typed_reaches_a_page_as_markup(browser: httpx.Client) -> None:
    typed = "<script>alert(1)</script>\"'><b onclick=x>"
    for page in ("/", "/logga-in", "/projekt", "/api/v1/search"):
        for key in ("q", "next", "sida", "sort", "kalla", "tema", "from", "cursor", typed):
            answer = browser.get(page, params={key: typed})
            assert answer.status_code < 500, (page, key)
            if "html" in answer.headers["content-type"]:
                assert active(answer.text) == [], (page, key)
                assert "<b onclick" not in answer.text, (page, key)
    assert active(browser.get("/%3Cscript%3Ealert(1)%3C/script%3E").text) == []


# SQL and FTS


@pytest.mark.usefixtures("filled")
def test_no_parameter_reaches_sql_or_the_index_as_syntax(browser: httpx.Client, archive: Archive) -> None:
    whole = browser.get("/api/v1/search").json()["total"]
    assert whole == 1
    choices = ("kalla", "tema", "kommun", "projekt", "avsandare", "ar", "sort", "sida", "from", "till")
    for number, typed in enumerate(INJECTIONS):
        everywhere = [("q", typed), *((key, typed) for key in choices)]
        assert browser.get("/", params=everywhere).status_code == 200, typed
        assert browser.get("/api/v1/search", params={"q": typed}).status_code == 200, typed
        assert browser.get("/api/v1/articles", params={"source": typed}).json()["articles"] == []
        key = ("tag", "limit", "cursor")[number % 3]
        assert browser.get("/api/v1/articles", params={key: typed}).status_code in {200, 404, 422}, (key, typed)
        place = ("articles", "projects", "stories")[number % 3]
        answer = browser.get(f"/api/v1/{place}/{quote(typed, safe='')}")
        assert answer.status_code in {200, 404, 422}, (place, typed)
        assert browser.get("/sok.rss", params={"q": typed}).status_code == 200, typed
    for key in choices:
        assert browser.get("/", params={key: INJECTIONS[0]}).status_code == 200, key
    assert len(list(archive.export())) == 1


@pytest.mark.usefixtures("filled")
def test_deep_and_long_lines_are_answered_soon(browser: httpx.Client) -> None:
    for typed in ("(" * 10_000, "(" * 5_000 + ")" * 5_000, "a OR " * 8_000, '"' * 9_999, "-" * 10_000, "ö" * 5_000,
                  "titel:" * 5_000, "avtal " * 5_000, "NEAR " * 5_000, "från:2020 " * 3_000):  # fmt: skip
        for page in ("/", "/api/v1/search", "/sok.json"):
            begun = time.process_time()
            answer = browser.get(f"{page}?q={quote(typed)}"[:60_000], timeout=60)
            assert answer.status_code == 200, (page, typed[:20])
            assert len(answer.content) < 1_000_000, (page, typed[:20])
            assert time.process_time() - begun < 5, (page, typed[:20])


# Paths


@pytest.mark.usefixtures("archive")
def test_no_path_leads_out_of_the_folders(tmp_path: Path, path: Path) -> None:
    folder = tmp_path / "ut"
    (folder / "arkiv").mkdir(parents=True)
    (folder / "alla.rss").write_text("<rss/>", "utf-8")
    (tmp_path / "hemligt.rss").write_text("hemligt", "utf-8")
    (folder / "lank.rss").symlink_to(tmp_path / "hemligt.rss")
    (folder / ".publish-x.rss").write_text("hemligt", "utf-8")
    (folder / "anteckning.txt").write_text("hemligt", "utf-8")
    with browsing(replace(CONFIG, settings=Settings(feeds=str(folder))), path) as client:
        address = client.base_url.netloc.decode()
        assert client.get("/alla.rss").status_code == 200
        for place in (
            "/feeds/../hemligt.rss", "/feeds/..%2fhemligt.rss", "/feeds/%2e%2e/hemligt.rss",
            "/feeds/arkiv/../../hemligt.rss",
            "/feeds/%2Fetc%2Fpasswd", "/feeds//etc/passwd", "/feeds/lank.rss", "/feeds/.publish-x.rss",
            "/feeds/anteckning.txt", "/feeds/..\\hemligt.rss", "/feeds/arkiv", "/feeds/alla.rss%00.html",
            "/../hemligt.rss",
            "/static/../app.py", "/static/..%2f..%2fapp.py", "/static/%2e%2e%2fapp.py", "/feeds/alla.rss/", "/%2e%2e/",
        ):  # fmt: skip
            asked = http.client.HTTPConnection(address, timeout=20)  # httpx would tidy the path first
            asked.request("GET", place)
            answer = asked.getresponse()
            told = answer.read()
            asked.close()
            assert answer.status in {400, 404}, place
            assert b"hemligt" not in told, place
            assert b"import" not in told, place


@pytest.mark.usefixtures("archive")
def test_paths_that_are_no_text_are_nowhere(browser: httpx.Client) -> None:
    address = browser.base_url.netloc.decode()
    for place in (
        "/%00",
        "/%ff%fe",
        "/artikel/%00",
        "/api/v1/articles/%ff",
        "/%0d%0aSet-Cookie:%20a=b",
        "/a%0ab",
        "/%c0%af",
    ):
        asked = http.client.HTTPConnection(address, timeout=20)
        asked.request("GET", place)
        answer = asked.getresponse()
        answer.read()
        asked.close()
        assert answer.status == 404, place
        assert answer.getheader("set-cookie") is None


# Headers


@pytest.mark.usefixtures("archive")
def test_nothing_that_is_typed_becomes_a_header(path: Path) -> None:
    split = "x\r\nSet-Cookie: a=b"
    with browsing(STAFFED, path) as client:
        for page in ("/", "/logga-in", "/api/v1/articles", "/sok.rss", "/projekt"):
            for key in ("q", "next", "cursor", "source", "tag"):
                answer = client.get(page, params={key: split})
                assert answer.status_code < 500, (page, key)
                assert "a=b" not in answer.headers.get("set-cookie", ""), (page, key)
        token = hidden(client.get("/logga-in").text)
        answer = client.post("/logga-in", data={"csrf": token, "name": split, "password": split, "next": split})
        assert answer.status_code == 403
        assert "a=b" not in answer.headers.get("set-cookie", "")


@pytest.mark.usefixtures("archive")
def test_another_sites_name_is_refused(browser: httpx.Client) -> None:
    port = browser.base_url.port
    for name in (
        "annan.example",
        f"annan.example:{port}",
        "localhost.annan.example",
        "",
        "a b",
        "localhost:x",
        "127.0.0.1@x",
    ):
        assert browser.get("/", headers={"Host": name}).status_code in {400, 421}, name
    for name in ("localhost", f"localhost:{port}", "127.0.0.1", "[::1]:80", "LOCALHOST."):
        assert browser.get("/", headers={"Host": name}).status_code == 200, name


@pytest.mark.usefixtures("archive")
def test_names_of_the_configuration_are_answered_to(path: Path) -> None:
    web = replace(CONFIG.web, hosts=("intranat.example",))
    config = replace(CONFIG, web=web, settings=Settings(base_url="https://nyheter.example/feeds/"))
    with browsing(config, path) as client:
        for name, status in (("intranat.example", 200), ("nyheter.example", 200), ("annan.example", 421)):
            assert client.get("/", headers={"Host": name}).status_code == status


@pytest.mark.usefixtures("archive")
def test_what_a_client_says_of_its_address_is_believed_from_no_one(path: Path) -> None:
    with browsing(STAFFED, path) as client:
        last = 0
        for number in range(25):
            forged = {"X-Forwarded-For": f"198.51.100.{number}", "Authorization": "Bearer fel"}
            last = client.get("/", headers=forged).status_code
        assert last == 429


# Size


@pytest.mark.usefixtures("archive")
def test_bodies_beyond_measure_are_refused_unread(path: Path) -> None:
    with browsing(STAFFED, path) as client:
        assert client.post("/logga-in", content=b"x" * (LARGEST_FORM + 1)).status_code == 413
        assert client.post("/logga-in", content=iter([b"x" * 40_000] * 3)).status_code == 413
        many = client.post("/logga-in", data={f"k{number}": "v" for number in range(5_000)})
        assert many.status_code in {400, 403}
        token = hidden(client.get("/logga-in").text)
        for files in ({"password": b"x"}, {"csrf": b"x"}):
            answer = client.post("/logga-in", data={"csrf": token}, files=files)
            assert answer.status_code in {400, 403}
        broken = {"Content-Type": "multipart/form-data; boundary=x"}
        assert client.post("/logga-in", content=b"--x\r\nbroken", headers=broken).status_code in {400, 403}


# What is not everybody's


def test_no_page_shows_the_public_what_is_for_staff(path: Path, archive: Archive) -> None:
    person = Contact(name="Eva Ek", title="Projektledare", email="eva@kommunen.example", phone="019-12 34 56")
    project = Project(name="Korsvägen", status=ProjectStatus.ONGOING, description="Om vägar.", contacts=(person,))
    config = replace(STAFFED, projects=(project,))
    archive.register(config, NOW)
    sentences = [f"Hemlig mening nummer {number} som bara personalen läser." for number in range(40)]
    text = "Korsvägen byggs om i Karlskoga, säger kommunen. " * 8 + " ".join(sentences)
    tag = Tag(kind=TagKind.PROJEKT, name="Korsvägen", score=1.0)
    for number, end in enumerate(("", " Hemligt tillägg.")):
        found = find(
            "https://bladet.example/1", title="Korsvägen byggs om", lead="Bygget börjar.", text=text + end,
            html=f"<p>{text}{end}</p>", tags=(tag, strange("Hemlig")),
        )  # fmt: skip
        archive.save(turn(found), PAPER, at=NOW + number * DAY)
    [kept] = archive.export()
    assert kept.versions
    with browsing(config, path) as client:
        pages = everything(kept, client) | {
            "/?q=hemlig+mening", "/sok.rss?q=hemlig", "/sok.atom?q=hemlig", "/sok.json?q=hemlig", "/sok.csv?q=hemlig",
            "/api/v1/search?q=hemlig+mening", "/api/v1/articles", "/api/v1/articles/1", "/api/v1/projects",
            "/api/v1/projects/Korsv%C3%A4gen", f"/artikel/{kept.id}/sida", f"/artikel/{kept.id}/sida.txt",
            f"/artikel/{kept.id}/andring/1",
        }  # fmt: skip
        for page in sorted(pages):
            public = client.get(page).text
            for secret in ("bara personalen", "tillägg", "eva@", "34 56"):
                assert secret not in public, (page, secret)
        assert "bara personalen" in client.get(f"/artikel/{kept.id}", headers=STAFF).text


@pytest.mark.usefixtures("filled")
def test_tags_are_corrected_by_staff_from_our_own_form_alone(path: Path, archive: Archive) -> None:
    said = {"andra": "remove:theme:hälsa"}
    with browsing(STAFFED, path) as client:
        assert client.post("/artikel/1/taggar", data=said).headers["location"] == "/logga-in"
        assert client.post("/artikel/1/taggar", data=said, headers={"Accept": "*/*"}).status_code == 401
        assert client.post("/artikel/1/taggar", data=said, headers=STAFF).status_code == 403  # no form, no token
        sign_in(client)
        token = hidden(client.get("/artikel/1").text)
        for form, headers in (
            (said, {}),
            (said | {"csrf": "0" * 64}, {}),
            (said | {"csrf": token}, {"Origin": "https://annan.example"}),
            (said | {"csrf": token}, {"Sec-Fetch-Site": "cross-site"}),
        ):
            assert client.post("/artikel/1/taggar", data=form, headers=headers).status_code == 403
        assert archive.corrections() == ()
        assert client.post("/artikel/1/taggar", data=said | {"csrf": token}).status_code == 303
    [correction] = archive.corrections()
    assert correction.by == "Anna"
