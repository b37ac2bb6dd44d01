"""The API: what it answers, to whom, and that it does what it says it does (OpenAPI, RFC 9457)."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from aggregator.archive import Archive
from aggregator.model import Contact, Project, ProjectStatus, Publish, Tag, TagKind
from tests.archive import regional
from tests.archive.made import DAY, HEALTH, KARLSKOGA, LONG, NOW, PAPER, RIVAL, find, turn
from tests.web.staffed import CLOSED, STAFFED, TOKEN, browsing

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from aggregator.model import Find

STAFF = {"Authorization": f"Bearer {TOKEN}"}
CALL = "Ring 019-123 45 67 eller skriv till kontakt@bladet.example."


@pytest.fixture
def filled(archive: Archive) -> Archive:
    for number in range(7):
        archive.save(
            turn(
                find(
                    f"https://bladet.example/{number}",
                    title=f"Avtal nummer {number}",
                    lead=CALL,
                    text=f"{LONG}\n\nStycke {number} om äldrevård. {CALL}",
                    tags=(HEALTH, KARLSKOGA),
                )
            ),
            PAPER,
            at=NOW + number * DAY,
        )
    return archive


def pages(client: httpx.Client, address: str) -> list[dict[str, Any]]:
    found = []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200
        body = answer.json()
        found.append(body)
        assert (f'<{body["next"]}>; rel="next"' == answer.headers.get("link")) is bool(body["next"])
        address = body["next"]
    return found


@pytest.mark.usefixtures("filled")
def test_articles_come_in_the_shape_of_the_export(browser: httpx.Client, archive: Archive) -> None:
    [kept] = [kept for kept in archive.export() if kept.article.title == "Avtal nummer 3"]
    for name in (str(kept.id), kept.guid):
        told = browser.get(f"/api/v1/articles/{name}").json()
        assert (told["guid"], told["source"], told["title"]) == (kept.guid, "bladet", "Avtal nummer 3")
        assert told["text"] == kept.article.text
        assert [tag["name"] for tag in told["tags"]] == ["Karlskoga", "hälsa"]
    assert browser.get("/api/v1/articles/999").status_code == 404


@pytest.mark.usefixtures("filled")
def test_pages_follow_one_another_to_the_end(browser: httpx.Client) -> None:
    for address, key in (
        ("/api/v1/articles?limit=3&tag=theme:hälsa&source=bladet", "articles"),
        ("/api/v1/search?q=avtal&limit=3&sort=newest", "hits"),
    ):
        leaves = pages(browser, address)
        assert [len(leaf[key]) for leaf in leaves] == [3, 3, 1]
        titles = [one["title"] for leaf in leaves for one in leaf[key]]
        assert titles == [f"Avtal nummer {number}" for number in reversed(range(7))]


@pytest.mark.usefixtures("filled")
def test_a_page_stands_still_while_new_articles_come(browser: httpx.Client, archive: Archive) -> None:
    first = browser.get("/api/v1/articles?limit=3").json()
    archive.save(turn(find("https://bladet.example/ny", title="Nytt")), PAPER, at=NOW + 30 * DAY)
    second = browser.get(first["next"]).json()
    assert [one["title"] for one in second["articles"]] == [f"Avtal nummer {number}" for number in (3, 2, 1)]


@pytest.mark.usefixtures("filled")
def test_the_public_sees_headlines_and_leads_and_staff_everything(path: Path) -> None:
    addresses = ("/api/v1/articles", "/api/v1/search?q=äldrevård", "/api/v1/articles/1")
    with browsing(STAFFED, path) as client:
        for address in addresses:
            public, staff = client.get(address).text, client.get(address, headers=STAFF).text
            assert "Avtal nummer" in public
            for hidden in ("Stycke", "kontakt@bladet.example", "45 67", "vårdcentraler"):
                assert hidden not in public
                assert hidden in staff
            assert json.loads(public).get("text") is None
        found = client.get("/api/v1/search?q=äldrevård").json()["hits"][0]
        assert (found["text"], found["snippet"], found["versions"]) == (None, None, [])


def test_what_the_publisher_permits_is_everybodys_but_for_telephone_numbers(path: Path, archive: Archive) -> None:
    permitted = replace(PAPER, publish=Publish.FULL)
    config = replace(STAFFED, sources=(permitted, RIVAL))
    archive.register(config, NOW)
    archive.save(turn(find("https://bladet.example/1", text=f"{LONG} {CALL}", html=f"<p>{CALL}</p>")), PAPER, at=NOW)
    with browsing(config, path) as client:
        told = client.get("/api/v1/articles/1").json()
    assert told["text"].startswith(LONG)
    assert "45 67" not in json.dumps(told)
    assert "@" not in json.dumps(told["text"] + told["html"])


def test_contact_persons_are_reached_by_staff_alone(path: Path, archive: Archive) -> None:
    person = Contact(name="Eva Ek", title="Projektledare", email="eva@kommunen.example", phone="019-12 34 56")
    project = Project(name="CROSS", aliases=("Korsa",), status=ProjectStatus.ONGOING, contacts=(person,))
    archive.register(replace(STAFFED, projects=(project,)), NOW)
    with browsing(STAFFED, path) as client:
        for address in ("/api/v1/projects", "/api/v1/projects/korsa"):
            public, staff = client.get(address).text, client.get(address, headers=STAFF).text
            assert "Eva Ek" in public
            assert "eva@" not in public
            assert "34 56" not in public
            assert "eva@kommunen.example" in staff
        assert client.get("/api/v1/projects/okänt").status_code == 404


@pytest.mark.usefixtures("filled")
def test_there_is_a_list_of_tags_sources_and_feeds(browser: httpx.Client) -> None:
    assert browser.get("/api/v1/tags").json()["tags"] == [
        {"kind": "kommun", "name": "Karlskoga", "articles": 7},
        {"kind": "theme", "name": "hälsa", "articles": 7},
    ]
    assert [one["name"] for one in browser.get("/api/v1/tags?kind=theme").json()["tags"]] == ["hälsa"]
    assert [(one["id"], one["articles"]) for one in browser.get("/api/v1/sources").json()["sources"]] == [
        ("bladet", 7),
        ("kuriren", 0),
    ]
    feeds = browser.get("/api/v1/feeds").json()
    assert feeds["opml"] == "http://localhost:8000/aggregator.opml"
    assert feeds["feeds"][0]["addresses"]["rss"] == "http://localhost:8000/alla.rss"


WRONG = [
    ("/api/v1/articles?limit=0", 422, "limit: Input should be greater than or equal to 1"),
    ("/api/v1/articles?limit=många", 422, "limit: "),
    ("/api/v1/articles?cursor=%00", 422, "cursor: "),
    ("/api/v1/articles?cursor=abc", 404, "No page begins at this cursor"),
    ("/api/v1/search?cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", 404, "No page begins"),
    ("/api/v1/articles?tag=hälsa", 422, "tag: "),
    ("/api/v1/tags?kind=ämne", 422, "kind: "),
    ("/api/v1/stories/x", 422, "number: "),
    ("/api/v1/stories/999", 404, "There is no such story."),
    ("/api/v1/articles/tag:x,2026:1", 404, "There is no such article."),
    ("/api/v1/finns-inte", 404, "There is nothing at this address."),
    ("/api/v1/articles?" + "&".join(["a"] * 500), 400, "could not be understood"),
    ("/api/v1/articles?source=" + "x" * 65_500, 414, "too long"),
]


@pytest.mark.usefixtures("archive")
def test_whatever_is_wrong_is_a_problem_in_plain_words(browser: httpx.Client) -> None:
    for address, status, says in WRONG:
        answer = browser.get(address)
        assert answer.status_code == status, address[:100]
        assert answer.headers["content-type"] == "application/problem+json"
        body = answer.json()
        assert (body["status"], body["type"]) == (status, "about:blank")
        assert says in body["detail"]


@pytest.mark.usefixtures("archive")
def test_only_reading_is_possible(browser: httpx.Client) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        answer = browser.request(method, "/api/v1/articles")
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET"
        assert answer.headers["content-type"] == "application/problem+json"


def test_without_an_archive_it_says_so(browser: httpx.Client) -> None:
    answer = browser.get("/api/v1/articles")
    assert answer.status_code == 503
    assert "Nothing has been fetched yet" in answer.json()["detail"]


@pytest.mark.usefixtures("archive")
def test_where_nothing_is_public_the_api_asks_who_one_is(path: Path) -> None:
    with browsing(CLOSED, path) as client:
        for address in ("/api/v1/articles", "/api/v1/openapi.json", "/api/"):
            refused = client.get(address)
            assert refused.status_code == 401
            assert refused.headers["www-authenticate"].startswith("Basic")
            assert refused.headers["content-type"] == "application/problem+json"
        assert client.get("/api/v1/articles", headers=STAFF).status_code == 200


def test_the_description_is_shown_to_people_without_anything_from_elsewhere(browser: httpx.Client) -> None:
    page = browser.get("/api/").text
    told = browser.get("/api/v1/openapi.json").json()
    for path in told["paths"]:
        assert f"GET {path}" in page
    for shape in told["components"]["schemas"]:
        assert f'id="shape-{shape}"' in page
    assert "<script" not in page
    assert "//" not in page.partition("<main")[0].replace("http://127.0.0.1", "").partition("<head>")[2]
    assert browser.get("/api/v1/").headers["location"] == "/api/"


def test_releases_are_told_with_their_pickups_page_by_page(path: Path) -> None:
    health = Tag(kind=TagKind.THEME, name="hälsa", score=1.0)
    with Archive.open(path, tag_authority="example.org") as archive:
        archive.register(regional.CONFIG, regional.NOW)
        regional.save(archive, regional.PRESS, sent(0, regional.RELEASE, health, regional.BY_REGION))
        taken = regional.told(regional.PAPER, "a", "Ny teknik larmar", regional.HALF, 3)
        regional.save(archive, regional.PAPER, taken)
        for number in range(1, 6):
            text = f"Meddelande nummer {number} om helt andra saker i länet, skrivet för sig och av ingen återgivet."
            regional.save(archive, regional.PRESS, sent(number, text))
        first, second = (kept.id for kept in itertools.islice(archive.export(), 2))
        regional.joined(path, first, second)
        archive.follow_pickups(regional.NOW)
    with browsing(STAFFED, path) as client:
        leaves = pages(client, "/api/v1/releases?limit=2")
        titles = [one["title"] for leaf in leaves for one in leaf["releases"]]
        assert titles == [f"Meddelande {number}" for number in range(6)]
        [taken_up] = client.get("/api/v1/releases?picked_up=true").json()["releases"]
        assert [pickup["outlet"] for pickup in taken_up["pickups"]] == [regional.PAPER.name]
        assert client.get(f"/api/v1/releases/{first}").json() == taken_up
        report = client.get("/api/v1/releases/report?theme=hälsa").json()
        assert (report["total"]["releases"], report["total"]["pickups"]) == (1, 1)
        for wrong in ("since=0", "until=2026-02-31", "picked_up=kanske"):
            assert client.get(f"/api/v1/releases?{wrong}").status_code == 422
        assert client.get("/api/v1/releases/999").status_code == 404


def sent(number: int, text: str, *tags: Tag) -> Find:
    return regional.told(regional.PRESS, f"m-{number}", f"Meddelande {number}", text, -number, tags=tags)
