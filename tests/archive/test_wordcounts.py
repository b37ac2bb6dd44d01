"""How the archive writes a name: in lower case as a word, or with a capital that only a name has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.model import Standing
from tests.archive.made import NOW, PAPER, find, turn

if TYPE_CHECKING:
    from pathlib import Path

    from aggregator.archive import Archive


def save(archive: Archive, *texts: str) -> None:
    number = len(list(archive.export()))
    finds = [
        find(f"https://bladet.example/{number + place}", title=f"Rubrik {number + place}", text=text)
        for place, text in enumerate(texts)
    ]
    archive.save(turn(*finds), PAPER, at=NOW)


def test_a_name_is_counted_once_an_article_by_how_it_is_written(archive: Archive) -> None:
    save(
        archive,
        "De gick framåt. Alla vill framåt, sade hon om läget i bygden.",
        "Pengarna går till Framåt, som hjälper unga i hela länet.",
        "Framåt gick det. – Framåt marsch! ”Framåt” ropade de alla tillsammans.",
        "Satsningen heter FRAMÅT och drivs av regionen i tre år.",
        "Framåtanda råder i bygden, och det märks på alla håll.",
    )
    assert archive.standings(["Framåt", "Okänt namn"]) == {
        "Framåt": Standing(lower=1, capital=2),
        "Okänt namn": Standing(),
    }


def test_a_name_of_several_words_may_be_broken_over_lines(archive: Archive) -> None:
    save(archive, "Vi vill ha nära\nvård i byn.", "Omställningen till Nära vård tar tid.")
    assert archive.standings(["Nära vård"]) == {"Nära vård": Standing(lower=1, capital=1)}


def test_new_articles_are_added_to_what_was_counted_and_nothing_is_written_without_them(
    archive: Archive, path: Path
) -> None:
    save(archive, "Det går framåt i bygden.")
    assert archive.standings(["Framåt"])["Framåt"].lower == 1
    save(archive, "Det går framåt även här.")
    assert archive.standings(["Framåt", "Bakåt"])["Framåt"].lower == 2
    before = path.read_bytes(), path.with_name(f"{path.name}-wal").read_bytes()
    assert archive.standings(["Framåt", "Bakåt"])["Framåt"].lower == 2
    assert (path.read_bytes(), path.with_name(f"{path.name}-wal").read_bytes()) == before


def test_in_a_large_archive_a_new_name_is_looked_up_in_the_index(archive: Archive) -> None:
    save(archive, "Det går framåt i bygden.", "Pengarna går till Framåt i år.", "Här står något helt annat.")
    assert archive.standings(["Framåt"], read_through=1) == {"Framåt": Standing(lower=1, capital=1)}
