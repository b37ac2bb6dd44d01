"""Quick looks at lines must let through whatever the patterns that they spare would have found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.extract import closing
from aggregator.extract.titles import loose

FROM_THE_BEGINNING = ("ABOUT_US", "BYLINE", "CAPTION", "END", "FURNITURE", "POINTER", "POSTED", "SHORTCODE")


def lines_of(pattern: re.Pattern[str]) -> st.SearchStrategy[str]:
    return st.from_regex(pattern).map(lambda line: " ".join(line.split()))


@pytest.mark.parametrize("name", FROM_THE_BEGINNING)
def test_no_line_that_a_pattern_knows_is_passed_at_a_glance(name: str) -> None:
    pattern: re.Pattern[str] = getattr(closing, name)

    @settings(max_examples=400)
    @given(lines_of(pattern))
    def look(line: str) -> None:
        small = line.lower()
        assert closing.may_tell(small) or not pattern.match(small)

    look()


@given(st.from_regex(r"(?:källa|Källor|Source|quelle):? [A-ZÅÄÖ]\w{1,8}", fullmatch=True))
def test_no_line_that_names_its_source_is_passed_at_a_glance(line: str) -> None:
    assert closing.origin_of(line) is None or closing.may_tell(line.lower())


def test_no_category_is_passed_at_a_glance() -> None:
    assert closing.category_of("Hälsa | Örebro/Örebro län")
    assert closing.may_tell("hälsa | örebro/örebro län")


def test_most_lines_of_a_text_are_passed_at_a_glance() -> None:
    for line in ("Det var en fin dag i parken.", "The minister said that he would resign.", "Polisen söker vittnen."):
        assert not closing.may_tell(line.lower())


@settings(max_examples=500)
@given(lines_of(closing.BANNER) | lines_of(closing.APPEAL))
def test_what_asks_of_readers_is_found_by_its_words(line: str) -> None:
    small = line.lower()
    assert closing.is_asking(small) == bool(closing.BANNER.search(small) or closing.APPEAL.search(small))


@settings(max_examples=500)
@given(lines_of(closing.NOTICE))
def test_notices_are_found_by_their_words(line: str) -> None:
    small = line.lower()
    assert closing.is_notice(small) == bool(closing.NOTICE.search(small))


@settings(max_examples=500)
@given(lines_of(closing.PLEA))
def test_pleas_are_found_by_their_words(line: str) -> None:
    small = line.lower()
    assert closing.is_plea(small) == bool(closing.PLEA.search(small))


@given(st.text(max_size=40), st.integers(0, 12))
def test_the_words_of_a_beginning_begin_the_words_of_the_whole(line: str, length: int) -> None:
    assert loose(line).startswith(loose(line[:length]))


@pytest.mark.parametrize(
    "line",
    [
        "Hjälpte informationen på den här sidan dig?",
        "Annons: Vårens cyklar är här!",
        "Annons",
        "Skriv ut",
        "Till toppen",
    ],
)
def test_what_a_site_sets_between_the_lines_is_told_from_the_text(line: str) -> None:
    assert closing.may_tell(line.lower())
    assert closing.FURNITURE.match(line.lower()) or closing.END.match(line.lower())


@pytest.mark.parametrize(
    "line", ["Majblomman 2024", "Junilistan 2009", "Marsvin 2023", "Augustifamiljen 2024", "Aprender 2022"]
)
def test_a_word_that_begins_as_a_month_does_is_no_date(line: str) -> None:
    assert not closing.BYLINE.match(line)


@pytest.mark.parametrize(
    "line", ["Maj 5, 2024", "5 maj 2024", "12. März 2022", "Januar 2022", "June 3", "dec. 24, 2023"]
)
def test_a_line_that_is_a_date_is_a_byline(line: str) -> None:
    assert closing.BYLINE.match(line)
