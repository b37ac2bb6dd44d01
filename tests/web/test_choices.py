"""The search page's address: read without ever failing, and written in one way only."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.query import All, Field, Phrase, Within, Word
from aggregator.web.choices import LAST_PAGE, Choices, read

KEYS = st.sampled_from(
    ["q", "kalla", "tema", "kommun", "projekt", "avsandare", "ar", "fran", "till", "ordning", "sida", "x"]
)


def reread(choices: Choices) -> Choices:
    return read(parse_qsl(urlsplit(choices.address()).query))


@given(
    st.lists(st.tuples(KEYS, st.one_of(st.text(max_size=40), st.sampled_from(["2024", "2024-02-30", "nyast", "9"]))))
)
def test_whatever_stands_in_an_address_is_read_and_written_in_one_way(parameters: list[tuple[str, str]]) -> None:
    choices = read(parameters)
    choices.query()
    assert reread(choices).address() == choices.address()


def test_the_order_of_what_was_chosen_does_not_alter_the_address() -> None:
    one = read([("kommun", "Nora"), ("q", "vård"), ("kalla", "Bladet"), ("kommun", "Kumla"), ("tema", "")])
    other = read([("q", " vård "), ("kommun", "Kumla"), ("kalla", "Bladet"), ("kommun", "Nora"), ("sida", "1")])
    assert one.address() == other.address() == "/?q=v%C3%A5rd&kalla=Bladet&kommun=Kumla&kommun=Nora"


@pytest.mark.parametrize(
    ("given_as", "page"), [("3", 3), ("0", 1), ("-2", 1), ("99999999", LAST_PAGE), ("9" * 5000, 1), ("²", 1), ("", 1)]
)
def test_a_page_is_a_page_that_there_can_be(given_as: str, page: int) -> None:
    assert read([("sida", given_as)]).page == page


def test_line_and_filters_must_all_hold() -> None:
    query = read([("q", '"nära vård" OR lån'), ("kalla", "Bladet"), ("tema", "hälsa"), ("ar", "2024")]).query()
    assert isinstance(query.node, All)
    _, outlet, theme, after, before = query.node.nodes
    assert (outlet, theme) == (Within(Field.OUTLET, "Bladet"), Within(Field.TAG, "hälsa"))
    assert (str(after.value), str(before.value)) == ("2024-01-01", "2024-12-31")  # type: ignore[union-attr]


def test_a_line_that_cannot_be_read_does_not_take_the_filters_with_it() -> None:
    query = read([("q", "(vård"), ("kommun", "Nora")]).query()
    assert not query.understood
    assert query.node == All((Word("vård"), Within(Field.MUNICIPALITY, "Nora")))


def test_what_was_chosen_can_be_added_to_and_dropped_from() -> None:
    choices = read([("q", "vård"), ("sida", "4")])
    narrower = choices.added("kommun", "Nora & Kumla")
    assert narrower.address() == "/?q=v%C3%A5rd&kommun=Nora+%26+Kumla"
    assert narrower.dropped("kommun", "Nora & Kumla").address() == "/?q=v%C3%A5rd"


def test_words_are_ranked_and_the_rest_is_the_newest_first_unless_chosen_otherwise() -> None:
    assert read([("q", "vård")]).sort == "relevance"
    assert read([("tema", "hälsa")]).sort == "newest"
    assert read([("q", "vård"), ("ordning", "nyast")]).sort == "newest"
    assert read([("q", "vård"), ("ordning", "relevans")]).address() == "/?q=v%C3%A5rd"


def test_a_phrase_alone_is_asked_as_itself() -> None:
    assert read([("q", '"nära vård"')]).query().node == Phrase("nära vård")
