"""What of a title is the site's, and what is news."""

from __future__ import annotations

import pytest

from aggregator.extract import sites


@pytest.mark.parametrize("name", ["Nora kommun", "Nora", "nora.se", "Visit Nora", "Noras kommun"])
def test_the_sites_name_is_known_with_the_words_that_go_with_it(name: str) -> None:
    assert sites.is_general(name, "nora")


@pytest.mark.parametrize("name", ["Nora växer", "Nora firar", "Noranyheter", "Norabo vann"])
def test_what_begins_as_the_sites_name_does_is_no_name(name: str) -> None:
    assert not sites.is_general(name, "nora")


@pytest.mark.parametrize(
    "line", ["Nyheter", "Alla nyheter 2024", "Etikett: förskola", "mars 2024", "Sökresultat för vatten"]
)
def test_a_sections_name_is_none_of_news(line: str) -> None:
    assert sites.is_section(line)


@pytest.mark.parametrize(
    "line", ["Nyheter från nämnden", "Kalender för kvinnor", "Sök bidrag", "Kategori 5-orkan närmar sig"]
)
def test_a_headline_that_begins_as_a_sections_name_is_none(line: str) -> None:
    assert not sites.is_section(line)
