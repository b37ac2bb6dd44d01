"""The feeds as readers fetch them: types, validators, links, and what a reader has is not sent again (P6, P7, P10)."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import feedparser
import pytest

from aggregator import pipeline
from aggregator.model import Settings
from tests.archive.made import NOW, PAPER, find, turn
from tests.web.conftest import CONFIG
from tests.web.staffed import CLOSED, TOKEN, browsing

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from aggregator.archive import Archive

BASE = "https://nyheter.example/ut/"


@pytest.fixture
def folder(tmp_path: Path, archive: Archive) -> Path:
    """Feeds published from a small archive."""
    for number in range(9):
        archive.save(turn(find(f"https://bladet.example/{number}", title=f"Nyhet {number}")), PAPER, at=NOW)
    place = tmp_path / "ut"
    config = replace(CONFIG, settings=Settings(base_url=BASE, feed_limit=4))
    pipeline.publish_all(config, archive, place, NOW)
    return place


@pytest.fixture
def reader(folder: Path, path: Path) -> Iterator[httpx.Client]:
    config = replace(CONFIG, settings=Settings(base_url=BASE, feeds=str(folder)))
    with browsing(config, path, Accept="*/*", Accept_Encoding="identity") as client:
        yield client


TYPES = {
    "alla.rss": "application/rss+xml",
    "alla.atom": "application/atom+xml",
    "alla.json": "application/feed+json",
    "aggregator.opml": "text/x-opml; charset=utf-8",
    "index.html": "text/html; charset=utf-8",
}


def test_each_file_has_its_type_and_its_bytes(reader: httpx.Client, folder: Path) -> None:
    for place in ("/feeds/", "/ut/"):
        for name, media_type in TYPES.items():
            answer = reader.get(place + name)
            assert answer.headers["content-type"] == media_type
            assert answer.content == (folder / name).read_bytes()
            assert answer.headers["cache-control"] == "public, max-age=300"
            assert "cookie" not in answer.headers["vary"].lower()
        assert reader.get(place).content == (folder / "index.html").read_bytes()


def test_archive_documents_are_served(reader: httpx.Client, folder: Path) -> None:
    names = [file.name for file in (folder / "arkiv").iterdir()]
    assert names
    for name in names:
        assert reader.get(f"/ut/arkiv/{name}").status_code == 200


def test_what_a_reader_has_is_not_sent_again(reader: httpx.Client, folder: Path) -> None:
    for name in TYPES:
        first = reader.get(f"/feeds/{name}")
        changed_at = datetime.fromtimestamp(int((folder / name).stat().st_mtime), UTC)
        assert first.headers["last-modified"] == changed_at.strftime("%a, %d %b %Y %H:%M:%S GMT")
        for condition in (
            {"If-None-Match": first.headers["etag"]},
            {"If-None-Match": f'"annan", W/{first.headers["etag"]}'},
            {"If-None-Match": "*"},
            {"If-Modified-Since": first.headers["last-modified"]},
            {"If-None-Match": first.headers["etag"], "If-Modified-Since": "Mon, 01 Jan 1990 00:00:00 GMT"},
        ):
            again = reader.get(f"/feeds/{name}", headers=condition)
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == first.headers["etag"]
            assert "content-type" not in again.headers
        for condition in (
            {"If-None-Match": '"annan"'},
            {"If-None-Match": '"annan"', "If-Modified-Since": first.headers["last-modified"]},
            {"If-Modified-Since": "Mon, 01 Jan 1990 00:00:00 GMT"},
            {"If-Modified-Since": "yesterday"},
            {"If-Modified-Since": "Mon, 01 Jan 1990 00:00:00 -0000"},
            {"If-Modified-Since": "Mon, 01 Jan 99999 00:00:00 GMT"},
        ):
            assert reader.get(f"/feeds/{name}", headers=condition).status_code == 200


def test_a_changed_file_is_sent_with_another_etag(reader: httpx.Client, folder: Path) -> None:
    first = reader.get("/feeds/alla.rss").headers["etag"]
    (folder / "alla.rss").write_bytes((folder / "alla.rss").read_bytes() + b"\n")
    again = reader.get("/feeds/alla.rss", headers={"If-None-Match": first})
    assert again.status_code == 200
    assert again.headers["etag"] != first


def test_packed_and_plain_have_an_etag_each_and_either_is_known(reader: httpx.Client) -> None:
    plain = reader.get("/feeds/alla.rss")
    with reader.stream("GET", "/feeds/alla.rss", headers={"Accept-Encoding": "br;q=1, gzip;q=0.5"}) as packed:
        body = b"".join(packed.iter_raw())
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == plain.content
    assert int(packed.headers["content-length"]) == len(body) < len(plain.content)
    assert packed.headers["etag"] != plain.headers["etag"]
    for answer in (plain, packed):
        assert "accept-encoding" in answer.headers["vary"].lower()
        for encoding in ("identity", "gzip"):
            condition = {"If-None-Match": answer.headers["etag"], "Accept-Encoding": encoding}
            assert reader.get("/feeds/alla.rss", headers=condition).status_code == 304
    for refused in ("gzip;q=0", "gzip; q=0.000, *;q=1", "identity", ""):
        assert "content-encoding" not in reader.get("/feeds/alla.rss", headers={"Accept-Encoding": refused}).headers


def test_head_tells_the_same_without_a_body(reader: httpx.Client) -> None:
    for place in ("/feeds/alla.rss", "/", "/api/v1/articles", "/static/site.css"):
        whole, head = reader.get(place), reader.head(place)
        assert (head.status_code, head.content) == (200, b"")
        for name in ("etag", "content-length", "content-type", "cache-control"):
            assert head.headers.get(name) == whole.headers.get(name), (place, name)
    assert reader.head("/finns/inte").status_code == 404


def test_self_is_the_address_that_stands_in_the_document_and_there_is_one(reader: httpx.Client) -> None:
    for name in ("alla.rss", "alla.atom"):
        answer = reader.get(f"/ut/{name}")
        links = [link["href"] for link in feedparser.parse(answer.content).feed.links if link["rel"] == "self"]
        assert links == [BASE + name]
        assert answer.headers["link"].count('rel="self"') == 1
        assert f'<{BASE}{name}>; rel="self"' in answer.headers["link"]
    index = reader.get("/feeds/").headers["link"]
    for suffix in ("rss", "atom", "json"):
        assert f'<{BASE}alla.{suffix}>; rel="alternate"; type="{TYPES[f"alla.{suffix}"]}"' in index


def test_every_page_is_known_again_by_its_etag(reader: httpx.Client) -> None:
    for place in ("/", "/?q=nyhet", "/projekt", "/kallor", "/api/", "/api/v1/articles", "/artikel/1", "/finns/inte"):
        first = reader.get(place)
        if first.status_code == 200:
            assert reader.get(place, headers={"If-None-Match": first.headers["etag"]}).status_code == 304, place
        else:
            assert "etag" not in first.headers


def test_where_nothing_is_public_a_reader_signs_in_and_nothing_is_shared(folder: Path, path: Path) -> None:
    config = replace(CLOSED, settings=Settings(base_url=BASE, feeds=str(folder)))
    with browsing(config, path, Accept="*/*") as client:
        refused = client.get("/feeds/alla.rss")
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"].startswith("Basic")
        for place in ("/feeds/alla.rss", "/sok.rss"):
            answer = client.get(place, headers={"Authorization": f"Bearer {TOKEN}"})
            assert answer.status_code == 200
            assert answer.headers["cache-control"].startswith("private")
            assert "access-control-allow-origin" not in answer.headers
