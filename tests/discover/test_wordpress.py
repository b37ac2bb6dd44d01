"""discover: WordPress is asked one small question, and what moved is found by change, by time and by number."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from aggregator import discover
from aggregator.model import Link, Listing, Probe, Rejection, Request, Snapshot, SourceKind
from tests.discover.shapes import NOW, read, snapshot, source

SITE = "https://paper.example/"
API = SITE + "wp-json/wp/v2/posts"
SOURCE = source(SITE, SourceKind.WORDPRESS)
TEXT = "<p>Bron över ån är klar och öppnas för trafik på lördag klockan tolv, säger projektledaren.</p>"


def post(number: int, date: str = "2024-10-02T05:05:00", **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "date_gmt": date,
        "modified_gmt": date,
        "guid": {"rendered": f"{SITE}?p={number}&#038;x=1"},
        "link": f"{SITE}text-{number}/",
        "title": {"rendered": f"Bron &#8211; ån &amp; text {number}"},
        "content": {"rendered": TEXT, "protected": False},
        "excerpt": {"rendered": "<p>Bron är klar [&hellip;]</p>"},
        **more,
    }


@dataclass
class Site:
    """What a WordPress does with the questions that we ask."""

    posts: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def answer(self, request: Request) -> Snapshot:
        self.asked.append(request.url)
        query = {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}
        order = {"id": "id", "modified": "modified_gmt"}.get(query["orderby"], "date_gmt")
        found = sorted(self.posts, key=lambda item: item[order], reverse=query["order"] == "desc")
        for bound, name, after in (
            ("after", "date_gmt", 1),
            ("before", "date_gmt", 0),
            ("modified_after", "modified_gmt", 1),
        ):
            if bound in query:
                found = [p for p in found if (p[name] > query[bound][:19]) == bool(after)]
        size, page = int(query["per_page"]), int(query.get("page", "1"))
        pages = -(-len(found) // size)
        shown: Any = found[(page - 1) * size : page * size]
        if "_envelope" in query:
            shown = [{"id": p["id"], "modified_gmt": p["modified_gmt"]} for p in shown]
            shown = {"body": shown, "status": 200, "headers": {"X-WP-Total": len(found), "X-WP-TotalPages": pages}}
        headers = {"content-type": "application/json", "x-wp-totalpages": str(pages)}
        return snapshot(request.url, json.dumps(shown), headers)

    def turn(self, memory: dict[str, str], before: bytes | None = None) -> tuple[list[Link], bytes]:
        """One turn as the pipeline takes it: an equal first answer is the whole story."""
        way: Probe | None = discover.remembered(SOURCE, memory) or discover.probes(SOURCE, None, ())[0]
        links: list[Link] = []
        first: bytes | None = None
        while way is not None:
            got = self.answer(way.request)
            if first is None:
                first = got.body
                if first == before:
                    break
            result = discover.read(way, got, SOURCE, memory=memory, now=NOW)
            assert isinstance(result, Listing), result
            memory.update(result.memory)
            links.extend(result.links)
            way = result.next_probe
        return links, first or b""


def test_a_post_gives_all_that_it_says() -> None:
    embedded = {
        "author": [{"name": "Redaktionen"}],
        "wp:term": [[{"taxonomy": "category", "name": "Trafik &amp; väg"}], [{"taxonomy": "post_tag", "name": "bro"}]],
        "wp:featuredmedia": [{"source_url": f"{SITE}bro.jpg"}],
    }
    result = read(SourceKind.WORDPRESS, API, json.dumps([post(17, _embedded=embedded)]), source=SOURCE)
    assert isinstance(result, Listing)
    (link,) = result.links
    assert link.url == f"{SITE}text-17/"
    assert link.title == "Bron – ån & text 17"
    assert link.published_at == datetime(2024, 10, 2, 5, 5, tzinfo=UTC)
    assert link.external_id == f"{SITE}?p=17&x=1"
    assert (link.html, link.complete) == (TEXT, True)
    assert (link.authors, link.category, link.image_url) == (("Redaktionen",), "Trafik & väg", f"{SITE}bro.jpg")


@pytest.mark.parametrize(
    "content",
    [
        {"rendered": "", "protected": True},
        {"rendered": TEXT, "protected": True},
        {"rendered": "<p>Bild</p>"},
        {"rendered": TEXT + "<p>[&hellip;]</p>"},
        {"rendered": f"[vc_row][vc_column]{TEXT}[/vc_column][/vc_row]"},
        None,
    ],
)
def test_a_post_that_is_not_whole_is_to_be_fetched(content: object) -> None:
    result = read(SourceKind.WORDPRESS, API, json.dumps([post(1, content=content)]), source=SOURCE)
    assert isinstance(result, Listing)
    assert not result.links[0].complete


def test_a_site_of_hundreds_of_posts_is_found_whole_in_the_first_turn_and_nothing_in_the_second() -> None:
    start = datetime(2024, 1, 1, tzinfo=UTC)
    site = Site([post(n, (start + timedelta(hours=n)).strftime("%Y-%m-%dT%H:%M:%S")) for n in range(1, 431)])
    memory: dict[str, str] = {}
    links, body = site.turn(memory)
    assert len({link.url for link in links}) == 430
    assert links[0].url == f"{SITE}text-430/"
    site.asked.clear()
    assert site.turn(memory, body)[0] == []
    assert len(site.asked) == 1


def test_a_large_archive_is_continued_turn_by_turn_until_it_is_whole() -> None:
    start = datetime(2015, 1, 1, tzinfo=UTC)
    site = Site([post(n, (start + timedelta(hours=n)).strftime("%Y-%m-%dT%H:%M:%S")) for n in range(1, 2301)])
    memory: dict[str, str] = {}
    found: set[str] = set()
    for _ in range(3):
        site.asked.clear()
        links, _body = site.turn(memory)
        found |= {link.url for link in links}
        assert len(site.asked) <= 14
    assert len(found) == 2300
    assert memory["backlog"] == ""


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"modified_gmt": "2024-12-01T10:00:00", "title": {"rendered": "Ändrad"}}, id="edited"),
        pytest.param({"id": 900, "date_gmt": "2024-12-02T10:00:00", "modified_gmt": "2024-12-02T10:00:00"}, id="new"),
        pytest.param(
            {"id": 900, "date_gmt": "2024-12-02T10:00:00", "modified_gmt": "2024-09-01T10:00:00"}, id="scheduled"
        ),
        pytest.param(
            {"id": 900, "date_gmt": "2020-01-01T10:00:00", "modified_gmt": "2020-01-01T10:00:00"}, id="backdated"
        ),
    ],
)
def test_every_kind_of_change_is_found_in_the_next_turn(change: dict[str, Any]) -> None:
    site = Site([post(n, f"2024-10-{n:02}T05:05:00") for n in range(1, 29)])
    memory: dict[str, str] = {}
    _, body = site.turn(memory)
    if "id" in change:
        site.posts.append({**post(900), **change})
    else:
        site.posts[3].update(change)
    links, after = site.turn(memory, body)
    assert any(link.url.endswith("/text-900/" if "id" in change else "/text-4/") for link in links)
    site.asked.clear()
    assert site.turn(memory, after)[0] == []
    assert len(site.asked) == 1


def test_a_deleted_post_moves_the_small_answer() -> None:
    site = Site([post(n) for n in range(1, 90)])
    memory: dict[str, str] = {}
    _, body = site.turn(memory)
    del site.posts[5]
    assert site.turn(memory, body)[1] != body


def test_an_edit_moves_the_fingerprint() -> None:
    first, edited = (
        read(SourceKind.WORDPRESS, API, json.dumps([post(1, content={"rendered": text})]), source=SOURCE)
        for text in (TEXT, TEXT.replace("lördag", "söndag"))
    )
    assert isinstance(first, Listing)
    assert isinstance(edited, Listing)
    assert first.links[0].fingerprint != edited.links[0].fingerprint


@pytest.mark.parametrize("body", ["", "<html>Spärrad</html>", '{"code": "rest_forbidden"}', "[1, 2", '[{"a": 1}]'])
def test_a_closed_api_is_rejected_so_that_the_feed_is_tried(body: str) -> None:
    assert isinstance(read(SourceKind.WORDPRESS, API, body, source=SOURCE), Rejection)


def test_a_wordpress_that_does_not_know_modified_after_is_not_paged_through() -> None:
    posts = [post(n, f"2024-01-01T00:{n // 60:02}:{n % 60:02}") for n in range(100, 0, -1)]
    url = f"{API}?per_page=100&orderby=modified&order=desc&modified_after=2024-06-01T00:00:00Z"
    got = snapshot(url, json.dumps(posts), {"x-wp-totalpages": "80"})
    probe = Probe(kind=SourceKind.WORDPRESS, request=Request(url=url), endpoint=API)
    result = discover.read(probe, got, SOURCE, memory={"after": "2024-06-01T00:00:00Z"}, now=NOW)
    assert isinstance(result, Listing)
    assert result.next_probe is not None
    assert "modified_after" not in result.next_probe.request.url
