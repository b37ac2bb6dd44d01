"""Swedish words: places, stems, compounds, ellipses, folding."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator import swedish


def test_a_token_is_found_again_at_its_place() -> None:
    text = "– Hälso- och sjukvården i Örebro får 2,5 miljoner, säger S:t Eriks chef."
    found = swedish.tokens(text)
    assert [text[token.start : token.end] for token in found] == [token.text for token in found]
    assert {"hälso-", "sjukvården", "örebro", "s:t"} <= {token.word for token in found}


def test_a_number_with_a_point_and_a_name_with_a_hyphen_are_one_token_each() -> None:
    assert [token.word for token in swedish.tokens("TABB 2.0 och CROSS-samverkan.")] == [
        "tabb",
        "2.0",
        "och",
        "cross-samverkan",
    ]


def test_decomposed_letters_give_the_same_words() -> None:
    text = "Vården i Hällefors"
    apart = unicodedata.normalize("NFD", text)
    assert [t.word for t in swedish.tokens(apart)] == [t.word for t in swedish.tokens(text)]


def test_capitals_are_remembered() -> None:
    assert [token.capital for token in swedish.tokens("Nora och ÖREBRO, nora")] == [True, False, True, False]


def test_sentences_end_at_stops_and_line_breaks_but_not_in_clock_times_and_abbreviations() -> None:
    text = "Larmet kom kl. 13.04 vid t.ex. Nora. Ingen skadades! – Det var tur, säger A. Alm.\nPolisen utreder"
    assert [text[start:end].strip() for start, end in swedish.sentences(text)] == [
        "Larmet kom kl. 13.04 vid t.ex. Nora.",
        "Ingen skadades!",
        "– Det var tur, säger A. Alm.",
        "Polisen utreder",
    ]


@pytest.mark.parametrize(
    "forms",
    [
        "hälsa hälsan hälsans",
        "brott brottet brotten brottets",
        "samverkan samverkans samverkar samverkade samverkat",
        "program programmet programmen programmets",
        "bostadsbrand bostadsbranden bostadsbränder bostadsbränderna",
        "museum museet museer museerna museets",
        "centrum centret",
        "universitet universitetet universitetets universiteten",
        "cykel cykeln cyklar cyklarna",
        "skola skolan skolor skolorna skolans",
        "teater teatern teatrar",
        "elev elever elevernas elevers",
        "fängelse fängelset fängelser",
        "kommun kommunen kommunernas",
        "rektor rektorn rektorer rektorns",
        "bostad bostaden bostäder bostads",
        "marknad marknaden marknader",
        "kontor kontoret kontors",
    ],
)
def test_the_forms_of_a_word_share_a_stem(forms: str) -> None:
    assert len({swedish.stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("mål", "målning"), ("vård", "värd"), ("brand", "brandy"), ("skola", "skål"), ("hälsning", "hälsa")],
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert swedish.stem(one) != swedish.stem(other)


@pytest.mark.parametrize(
    ("word", "members"),
    [
        ("sjukvården", "sjuk vård"),
        ("folkhälsan", "folk hälsa"),
        ("hälsovårdens", "hälsa vård"),
        ("gatukontoret", "gata kontor"),
        ("kyrkogården", "kyrka gård"),
        ("samverkansprojekt", "samverkan projekt"),
        ("busstation", "buss station"),
        ("barn-konventionen", "barn konventionen"),
        ("bostadsrättsförening", "bostad rätt förening"),
    ],
)
def test_a_compound_is_split_into_its_members(word: str, members: str) -> None:
    assert swedish.parts(word) == tuple(swedish.stem(member) for member in members.split())


@pytest.mark.parametrize("word", ["målning", "hälsningar", "transport", "brandy", "tekniken", "vård", "örebro"])
def test_a_simple_or_unknown_word_is_not_cut(word: str) -> None:
    assert swedish.parts(word) == (swedish.stem(word),)


def test_an_own_vocabulary_decides_what_a_member_is() -> None:
    assert swedish.parts("karlskogabo") == (swedish.stem("karlskogabo"),)
    known = {swedish.stem("zinkgruva"), swedish.stem("dagarna")}
    assert swedish.parts("zinkgruvedagarna", known) == ("zinkgruv", swedish.stem("dagarna"))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("hälso- och sjukvården", ["hälsovården"]),
        ("barn- och ungdomspsykiatri", ["barnpsykiatri"]),
        ("för-, grund- och gymnasieskolor", ["förskolor", "grundskolor"]),
        ("kultur- och fritidsnämnden", []),
        ("på- och av", []),
    ],
)
def test_a_coordinated_ellipsis_is_told_in_full(text: str, whole: list[str]) -> None:
    known = {swedish.stem(word) for word in ("sjuk", "vård", "ungdom", "psykiatri", "gymnasie", "skola")}
    words = [token.word for token in swedish.tokens(text)]
    assert [word for _, word in swedish.ellipses(words, known)] == whole


def test_folding_leaves_out_the_dots_and_nothing_else() -> None:
    assert swedish.fold("Örebro – Ångström, HÄLLEFORS, idé, Øst") == "orebro – angstrom, hallefors, ide, ost"


@given(st.text(max_size=300))
def test_no_text_is_too_strange(text: str) -> None:
    words = [token.word for token in swedish.tokens(text)]
    assert all(word and not word.isspace() for word in words)
    assert all(swedish.parts(word) for word in words)
    assert len(swedish.ellipses(words)) <= len(words)
    places = swedish.sentences(text)
    assert all(start < end for start, end in places)
    assert "".join(text[start:end] for start, end in places).split() == text.split()


def test_a_very_long_word_is_looked_at_no_further() -> None:
    assert swedish.parts("sjuk" * 10_000) == (swedish.stem("sjuk" * 10_000),)
