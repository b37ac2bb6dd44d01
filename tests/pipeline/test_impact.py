"""The feed of pickups: an entry for each, with an id that stays; the headlines of texts and no more of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from aggregator.archive import Archive
from aggregator.model import Config, Feed, Filter, Settings
from aggregator.pipeline.publication import publish_all
from tests.archive.regional import CONFIG, HALF, NOW, PAPER, PRESS, RELEASE, RIVAL, TITLE, joined, save, told
from tests.render.validator import findings, json_findings, opml_findings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BASE = "https://nyheter.example/feeds/"
SETTINGS = Config(settings=Settings(base_url=BASE, feed_limit=10), sources=CONFIG.sources)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db", tag_authority="example.org") as opened:
        yield opened


def _take_up(archive: Archive) -> None:
    save(archive, PRESS, told(PRESS, "sensorer", TITLE, RELEASE))
    save(archive, PAPER, told(PAPER, "a", "Larm när äldre faller, ring 019-12 34 56", HALF, 3))
    joined(archive.path, 1, 2)
    archive.follow_pickups(NOW)


def _items(folder: Path) -> list[dict[str, object]]:
    items: list[dict[str, object]] = json.loads((folder / "genomslag.json").read_bytes())["items"]
    return items


def test_the_feed_is_there_when_somebody_has_taken_something_up(archive: Archive, tmp_path: Path) -> None:
    save(archive, PRESS, told(PRESS, "sensorer", TITLE, RELEASE))
    archive.follow_pickups(NOW)
    publish_all(SETTINGS, archive, tmp_path / "feeds", NOW)
    assert not (tmp_path / "feeds" / "genomslag.rss").exists()
    _take_up(archive)
    publish_all(SETTINGS, archive, tmp_path / "feeds", NOW)
    assert "genomslag.rss" in (tmp_path / "feeds" / "aggregator.opml").read_text("utf-8")
    assert "Nya genomslag" in (tmp_path / "feeds" / "index.html").read_text("utf-8")


def test_an_entry_names_outlet_share_and_delay_and_carries_no_text(archive: Archive, tmp_path: Path) -> None:
    _take_up(archive)
    publish_all(SETTINGS, archive, tmp_path, NOW)
    [item] = _items(tmp_path)
    assert item["title"] == f"Exempelbladet tog upp ”{TITLE}”"
    assert item["url"] == "https://bladet.example/a"
    told_of = str(item["content_text"])
    assert " % ordagrant, 3 timmar senare, 1 av 1 citat kvar, ny rubrik: ”Larm när äldre faller, ring" in told_of
    assert "Pressmeddelande från Region Exempel 2026-11-20." in told_of
    assert "019" not in told_of
    for suffix in ("rss", "atom", "json"):
        body = (tmp_path / f"genomslag.{suffix}").read_text("utf-8")
        assert "Grannarna" not in body
        assert "Försöket" not in body


def test_the_documents_are_valid(archive: Archive, tmp_path: Path) -> None:
    _take_up(archive)
    publish_all(SETTINGS, archive, tmp_path, NOW)
    for suffix in ("rss", "atom"):
        assert findings((tmp_path / f"genomslag.{suffix}").read_bytes(), f"{BASE}genomslag.{suffix}", NOW) == []
    assert json_findings((tmp_path / "genomslag.json").read_bytes(), f"{BASE}genomslag.json", NOW) == []
    assert opml_findings((tmp_path / "aggregator.opml").read_bytes()) == []


def test_it_moves_when_a_pickup_comes_and_else_stays_byte_by_byte(archive: Archive, tmp_path: Path) -> None:
    _take_up(archive)
    publish_all(SETTINGS, archive, tmp_path, NOW)
    before = (tmp_path / "genomslag.atom").read_bytes()
    archive.follow_pickups(NOW)
    assert publish_all(SETTINGS, archive, tmp_path, NOW).written == ()
    save(archive, RIVAL, told(RIVAL, "b", TITLE, RELEASE, 5))
    archive.follow_pickups(NOW)
    assert "genomslag.atom" in publish_all(SETTINGS, archive, tmp_path, NOW).written
    first, second = _items(tmp_path)
    assert {first["_source"]["name"], second["_source"]["name"]} == {PAPER.name, RIVAL.name}  # type: ignore[index]
    assert str(second["id"] if first["url"] == "https://kuriren.example/b" else first["id"]).encode() in before


def test_a_feed_of_the_configuration_with_its_id_stands_in_its_place(archive: Archive, tmp_path: Path) -> None:
    _take_up(archive)
    own = Feed(id="genomslag", title="Eget", filter=Filter(sources=(PAPER.id,)), limit=10, group="Egna")
    config = Config(settings=SETTINGS.settings, sources=CONFIG.sources, feeds=(own,))
    publish_all(config, archive, tmp_path, NOW)
    [item] = _items(tmp_path)
    assert "genomslag" not in str(item["id"])
    assert json.loads((tmp_path / "genomslag.json").read_bytes())["title"] == "Eget"


def test_a_full_feed_does_not_claim_to_be_complete(archive: Archive, tmp_path: Path) -> None:
    _take_up(archive)
    save(archive, RIVAL, told(RIVAL, "b", TITLE, RELEASE, 5))
    archive.follow_pickups(NOW)
    short = Config(settings=Settings(base_url=BASE, feed_limit=1), sources=CONFIG.sources)
    publish_all(short, archive, tmp_path, NOW)
    assert len(_items(tmp_path)) == 1
    assert "complete" not in (tmp_path / "genomslag.atom").read_text("utf-8")
