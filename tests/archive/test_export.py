"""What goes out can come in again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from aggregator.archive import Archive
from aggregator.errors import InputError
from aggregator.model import Filter, Reason
from aggregator.render import to_flat, to_row
from tests.archive.made import HEALTH, HOUR, KARLSKOGA, LONG, NOW, PAPER, failed, find, turn

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://bladet.example/nyhet"
KEYS = [
    *("guid", "source", "url", "canonical_url", "title", "lead", "text", "html", "authors", "category", "origin"),
    *("image_url", "language", "published_at", "updated_at", "page_updated_at", "fetched_at", "gone_at", "tags"),
    *("story", "versions"),
]


@pytest.fixture
def full(archive: Archive) -> Archive:
    told = {
        "lead": "Ingressen.",
        "authors": ("Åsa Testare",),
        "category": "Hälsa | Örebro",
        "origin": "Region Örebro län",
        "image_url": f"{URL}.jpg",
        "language": "sv",
        "page_updated_at": NOW - HOUR,
    }
    archive.save(turn(find(URL, tags=(HEALTH, KARLSKOGA), **told)), PAPER, at=NOW)
    archive.save(turn(find(URL, title="Ny rubrik", tags=(HEALTH, KARLSKOGA), **told)), PAPER, at=NOW + HOUR)
    archive.save(turn(find(f"{URL}/2", "Annan", f"{LONG} 2", published_at=None)), PAPER, at=NOW)
    archive.save(turn(failed(f"{URL}/2", Reason.GONE)), PAPER, at=NOW + HOUR)
    return archive


def test_a_line_has_the_promised_keys_and_no_others(full: Archive) -> None:
    first, second = (to_row(kept) for kept in full.export())
    assert list(first) == KEYS
    assert json.loads(json.dumps(first)) == first
    assert (first["updated_at"], first["fetched_at"]) == ("2026-11-22T13:00:00Z", "2026-11-22T12:00:00Z")
    assert first["versions"] == [{"at": "2026-11-22T12:00:00Z", "title": "Nytt avtal om vården", "text": LONG}]
    assert [(tag["kind"], tag["name"]) for tag in first["tags"]] == [("kommun", "Karlskoga"), ("theme", "hälsa")]
    assert first["tags"][1]["evidence"][0]["words"] == "vårdcentraler"
    assert (second["published_at"], second["gone_at"]) == (None, "2026-11-22T13:00:00Z")


def test_a_table_row_is_all_text(full: Archive) -> None:
    row = to_flat(next(full.export()))
    assert list(row) == KEYS
    assert all(isinstance(value, str) for value in row.values())
    assert (row["tags"], row["authors"], row["versions"]) == ("kommun:Karlskoga; theme:hälsa", "Åsa Testare", "1")


def test_an_import_keeps_guids_and_everything_else_and_done_twice_does_nothing(full: Archive, tmp_path: Path) -> None:
    rows = [to_row(kept) for kept in full.export()]
    with Archive.open(tmp_path / "annat.db", tag_authority="other.example") as other:
        first = other.import_articles(rows, at=NOW + 9 * HOUR)
        again = other.import_articles(rows, at=NOW + 10 * HOUR)
        assert ((first.new, first.known), (again.new, again.known)) == ((2, 0), (0, 2))
        assert [to_row(kept) for kept in other.export()] == rows
        assert other.search("avtal").total == 2
        assert len(other.member_ids(Filter())) == 1


def test_an_article_that_is_here_under_another_guid_is_not_taken_in_again(full: Archive) -> None:
    row = to_row(next(full.export()))
    there = {**row, "guid": "tag:other.example,2020:x", "url": row["url"] + "?utm_source=x"}
    copy = {**row, "guid": "tag:other.example,2020:y", "url": "https://annan.example/x", "source": "annan"}
    done = full.import_articles([there, copy, {"source": "bladet", "url": f"{URL}/3", "title": "Bara rubrik"}], at=NOW)
    assert (done.new, done.known) == (1, 2)
    kept = full.article(3)
    assert kept is not None
    assert kept.guid.startswith("tag:example.org,2026-11-22:bladet/")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"source": "a", "title": "x"}, "article 2 of the import: 'url' is missing"),
        ({"source": "a", "url": "https://a.example/", "title": "x", "published_at": "i går"}, "article 2"),
        ({"source": "a", "url": "https://a.example/", "title": 7}, "title is no text"),
        ({"source": "a", "url": "https://a.example/", "title": "x", "tags": [{"kind": "färg", "name": "x"}]}, "färg"),
        ({"source": "a", "url": "https://a.example/", "title": "x", "authors": "Åsa"}, "authors is no list"),
        ({"source": "a", "url": "https://a.example/", "title": "x", "versions": [1]}, "article 2"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_nothing_half_is_kept(
    archive: Archive, row: dict[str, object], why: str
) -> None:
    good = {"source": "a", "url": "https://a.example/1", "title": "x", "text": "y"}
    with pytest.raises(InputError, match=why):
        archive.import_articles([good, row], at=NOW)
    assert list(archive.export()) == []
