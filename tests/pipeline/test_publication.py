"""What stands in feeds/ is what the archive holds, and moves only when that does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from aggregator.archive import Archive
from aggregator.model import Tag, TagKind
from aggregator.pipeline.publication import publish_all
from aggregator.render import FORMATS
from tests.pipeline.shelves import BASE, CONFIG, NOW, REGION, found, kommun, lost, save, theme
from tests.render.validator import ATOM, FH, findings, json_findings, opml_findings, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aggregator.model import Published


class Room:
    """An archive and the folder that is published from it."""

    def __init__(self, archive: Archive, folder: Path) -> None:
        self.archive = archive
        self.folder = folder
        self.config = CONFIG

    def publish(self) -> Published:
        return publish_all(self.config, self.archive, self.folder, NOW)

    def bytes(self) -> dict[str, bytes]:
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in files}

    def items(self, name: str) -> list[dict[str, str]]:
        feed: dict[str, list[dict[str, str]]] = json.loads((self.folder / f"{name}.json").read_bytes())
        return feed["items"]

    def titles(self, name: str) -> list[str]:
        return [item["title"] for item in self.items(name)]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with Archive.open(tmp_path / "archive.db", tag_authority="nyheter.example") as archive:
        archive.register(CONFIG, NOW)
        yield Room(archive, tmp_path / "feeds")


def test_there_is_a_feed_for_all_and_for_each_tag_source_and_origin_with_articles(room: Room) -> None:
    origin = Tag(kind=TagKind.ORIGIN, name="Region Örebro län", score=1.0)
    projekt = Tag(kind=TagKind.PROJEKT, name="Nära vård", score=1.0)
    save(room.archive, [found(1, theme("hälsa"), kommun("Örebro"), projekt, origin)])
    assert room.publish().failed == ()
    ids = {
        "alla",
        "tema-halsa",
        "kommun-orebro",
        "projekt-nara-vard",
        "kalla-tidningen",
        "avsandare-region-orebro-lan",
        "vard-i-nora",
    }
    expected = {f"{feed}.{form.suffix}" for feed in ids for form in FORMATS} | {"index.html", "aggregator.opml"}
    assert set(room.bytes()) == expected
    assert room.titles("tema-halsa") == ["Nyhet nummer 1"]
    assert room.titles("vard-i-nora") == []


def test_every_file_passes_the_validator_at_its_address(room: Room) -> None:
    save(room.archive, [found(n, theme("hälsa"), kommun("Nora")) for n in range(1, 41)])
    save(room.archive, [found(n, theme("kultur"), source=REGION) for n in range(41, 48)], REGION)
    room.publish()
    for name, body in room.bytes().items():
        if name.endswith((".rss", ".atom")):
            assert findings(body, BASE + name, NOW) == [], name
        elif name.endswith(".json"):
            assert json_findings(body, BASE + name, NOW) == [], name
        elif name.endswith(".opml"):
            assert opml_findings(body) == []


def test_a_publish_of_nothing_new_touches_nothing_and_says_so(room: Room) -> None:
    save(room.archive, [found(n, theme("hälsa")) for n in range(1, 25)])
    first = room.publish()
    before = {path: path.stat().st_mtime_ns for path in room.folder.rglob("*")}
    again = room.publish()
    assert again.written == ()
    assert again.unchanged == len(FORMATS) * 4 + 2
    assert len(first.written) > again.unchanged
    assert {path: path.stat().st_mtime_ns for path in room.folder.rglob("*")} == before


def test_only_feeds_with_something_new_are_written(room: Room) -> None:
    save(room.archive, [found(1, theme("hälsa")), found(2, theme("kultur"))])
    room.publish()
    save(room.archive, [found(3, theme("kultur"))])
    written = room.publish().written
    assert "tema-kultur.rss" in written
    assert not [name for name in written if name.startswith("tema-halsa")]


def test_the_bytes_do_not_depend_on_the_way_there(room: Room, tmp_path: Path) -> None:
    """Published at once or step by step, with a folder that was lost in between: the same current feeds."""
    for number in range(1, 8):
        save(room.archive, [found(number, theme("hälsa"))])
        room.publish()
    stepwise = room.bytes()
    room.folder = tmp_path / "anew"
    room.publish()
    assert room.bytes() == stepwise


def test_an_edit_moves_the_entry_and_keeps_its_guid(room: Room) -> None:
    save(room.archive, [found(1, theme("hälsa"))])
    room.publish()
    before = room.items("tema-halsa")[0]
    later = NOW + timedelta(hours=1)
    save(room.archive, [found(1, theme("hälsa"), title="Rättad rubrik", text="Ny text.")], at=later)
    room.publish()
    after = room.items("tema-halsa")[0]
    assert after["id"] == before["id"]
    assert after["title"] == "Rättad rubrik"
    assert after["date_published"] == before["date_published"]
    assert after["date_modified"] > before["date_modified"]


def test_an_article_that_is_gone_leaves_the_feeds(room: Room) -> None:
    save(room.archive, [found(1, theme("hälsa")), found(2, theme("hälsa"))])
    room.publish()
    save(room.archive, [lost(1)])
    room.publish()
    assert room.titles("tema-halsa") == ["Nyhet nummer 2"]


def test_a_feed_whose_tag_vanished_keeps_its_old_files_and_leaves_the_index(room: Room) -> None:
    save(room.archive, [found(1, theme("hälsa")), found(2, theme("kultur"))])
    room.publish()
    old = room.bytes()["tema-halsa.rss"]
    save(room.archive, [lost(1)])
    room.publish()
    assert room.bytes()["tema-halsa.rss"] == old
    assert b"tema-halsa" not in room.bytes()["index.html"]
    assert b"tema-halsa" not in room.bytes()["aggregator.opml"]


def test_a_summary_source_gives_no_content_and_a_full_one_does(room: Room) -> None:
    save(room.archive, [found(1)])
    save(room.archive, [found(2, source=REGION)], REGION)
    room.publish()
    assert b"Hela texten" not in room.bytes()["kalla-tidningen.atom"]
    assert b"Hela texten" in room.bytes()["kalla-regionen.atom"]


def test_permission_to_publish_in_full_that_is_withdrawn_is_obeyed_at_once(room: Room) -> None:
    save(room.archive, [found(2, source=REGION)], REGION)
    room.publish()
    closed = replace(REGION, publish=CONFIG.sources[0].publish)
    room.config = replace(CONFIG, sources=(CONFIG.sources[0], closed))
    room.archive.register(room.config, NOW)
    room.publish()
    assert b"Hela texten" not in room.bytes()["kalla-regionen.atom"]


def test_a_small_feed_is_complete_and_a_larger_one_leads_back_to_its_first_entry(room: Room) -> None:
    save(room.archive, [found(n, theme("hälsa")) for n in range(1, 36)])
    save(room.archive, [found(40, theme("kultur"))])
    room.publish()
    assert parsed(room.bytes()["tema-kultur.rss"]).find(f"channel/{FH}complete") is not None
    for suffix, top in (("rss", "channel/"), ("atom", "")):
        name, titles, steps = f"tema-halsa.{suffix}", set[str | None](), 0
        while name:
            root = parsed(room.bytes()[name])
            assert (root.find(f"{top}{FH}archive") is not None) == (steps > 0)
            entries = [*root.iter("item"), *root.iter(f"{ATOM}entry")]
            titles |= {entry.findtext("title") or entry.findtext(f"{ATOM}title") for entry in entries}
            links = {link.get("rel"): link.get("href") or "" for link in root.findall(f"{top}{ATOM}link")}
            name, steps = links.get("prev-archive", "").removeprefix(BASE), steps + 1
        assert titles == {f"Nyhet nummer {n}" for n in range(1, 36)}
        assert steps > 2


def test_the_subscription_document_keeps_its_limit_and_shows_what_was_found_late(room: Room) -> None:
    save(room.archive, [found(n) for n in range(100, 130)])
    room.publish()
    save(room.archive, [found(1)])
    room.publish()
    titles = room.titles("alla")
    assert len(titles) == 10
    assert "Nyhet nummer 1" in titles
    assert titles[0] == "Nyhet nummer 129"


def test_an_archive_document_never_changes(room: Room) -> None:
    for number in range(1, 60):
        save(room.archive, [found(number)])
        if number % 7 == 0:
            room.publish()
            archived = {name: body for name, body in room.bytes().items() if name.startswith("arkiv/alla")}
            save(
                room.archive, [found(number - 6, title="Ändrad", text="Annan text.")], at=NOW + timedelta(hours=number)
            )
            room.publish()
            assert archived.items() <= room.bytes().items()
    assert len([name for name in room.bytes() if name.startswith("arkiv/alla")]) > 15


def test_a_lost_archive_document_is_written_again_with_the_next_change(room: Room) -> None:
    save(room.archive, [found(n) for n in range(1, 31)])
    room.publish()
    whole = room.bytes()
    (room.folder / "arkiv" / "alla-1.rss").unlink()
    save(room.archive, [found(31)])
    room.publish()
    assert room.bytes()["arkiv/alla-1.rss"] == whole["arkiv/alla-1.rss"]


def test_a_file_that_cannot_be_written_is_told_of_and_tried_again(room: Room) -> None:
    save(room.archive, [found(1, theme("hälsa"))])
    (room.folder / "tema-halsa.rss").mkdir(parents=True)
    outcome = room.publish()
    assert [name for name, _ in outcome.failed] == ["tema-halsa.rss"]
    assert "tema-halsa.atom" in outcome.written
    (room.folder / "tema-halsa.rss").rmdir()
    assert room.publish().written == ("tema-halsa.rss",)
    assert room.publish().written == ()


def test_a_file_that_somebody_changed_is_mended_when_all_is_published_anew(room: Room) -> None:
    save(room.archive, [found(n) for n in range(1, 31)])
    room.publish()
    whole = room.bytes()
    (room.folder / "alla.atom").write_bytes(b"half a fe")
    assert room.publish().written == ()
    assert publish_all(room.config, room.archive, room.folder, NOW, anew=True).written == ("alla.atom",)
    assert room.bytes() == whole


def test_a_lost_file_is_written_again(room: Room) -> None:
    save(room.archive, [found(1)])
    room.publish()
    for name in ("alla.json", "index.html", "aggregator.opml"):
        (room.folder / name).unlink()
        assert room.publish().written == (name,)


def test_two_folders_are_each_brought_up_to_date(room: Room, tmp_path: Path) -> None:
    one, other = room.folder, tmp_path / "other"
    for number in range(1, 5):
        save(room.archive, [found(number)])
        room.folder = other if number % 2 else one
        room.publish()
    room.folder = other
    room.publish()
    assert room.titles("alla") == [f"Nyhet nummer {n}" for n in (4, 3, 2, 1)]


def test_an_own_feed_stands_in_place_of_an_automatic_one_with_its_id(room: Room) -> None:
    own = replace(CONFIG.feeds[0], id="alla", title="Vårt urval", group="Egna flöden")
    room.config = replace(CONFIG, feeds=(own,))
    save(room.archive, [found(1, theme("hälsa"), kommun("Nora")), found(2)])
    room.publish()
    assert room.titles("alla") == ["Nyhet nummer 1"]
    assert room.bytes()["index.html"].count(b'id="alla"') == 1


def test_a_feed_is_renamed_everywhere_at_once(room: Room) -> None:
    save(room.archive, [found(1)])
    room.publish()
    room.config = replace(CONFIG, settings=replace(CONFIG.settings, title="Länets nyheter"))
    room.publish()
    for name in ("alla.rss", "kalla-tidningen.atom", "index.html", "aggregator.opml"):
        assert "Länets nyheter" in room.bytes()[name].decode()


def test_lists_are_in_swedish_order(room: Room) -> None:
    save(
        room.archive,
        [found(n, kommun(name)) for n, name in enumerate(("Örebro", "Hällefors", "Hallsberg", "Askersund"))],
    )
    room.publish()
    page = room.bytes()["index.html"].decode()
    places = [page.index(f"<h3>{name}") for name in ("Askersund", "Hallsberg", "Hällefors", "Örebro")]
    assert places == sorted(places)


def test_an_empty_archive_has_an_index_and_a_feed_of_everything(room: Room) -> None:
    assert room.publish().failed == ()
    assert room.titles("alla") == []
    assert findings(room.bytes()["alla.rss"], BASE + "alla.rss", NOW) == []
