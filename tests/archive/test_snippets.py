"""The stretch that is shown begins and ends with sentences, and marks what was sought in the form that it has."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.archive.analysis import exact
from aggregator.archive.asking import Asked, unit
from aggregator.archive.snippets import Cutter, marked

FILLER = "Här står något annat som inte rör saken alls och som bara fyller ut texten. "
TEXT = (
    FILLER * 5
    + "Region Örebro län skriver samverkansavtal med Karlskoga. Avtalet gäller sjukvården i länet. "
    + FILLER * 5
)


def asked(*words: str, phrases: tuple[str, ...] = ()) -> Asked:
    units = [unit(word) for phrase in phrases for word in exact(phrase).split()]
    return Asked("", units=(*map(unit, words), *units), phrases=tuple(map(exact, phrases)))


def shown(text: str, *words: str, phrases: tuple[str, ...] = ()) -> str:
    return marked(Cutter(asked(*words, phrases=phrases)).stretch(text))


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        (("karlskoga",), ["Karlskoga"]),
        (("avtal",), ["Avtalet"]),
        (("samverkan", "vård"), ["samverkansavtal", "sjukvården"]),
        (("avtalens", "län"), ["Avtalet", "länet"]),
        (("sjukvårdsavtal",), ["Avtalet", "sjukvården"]),
        (("orebro",), []),
    ],
)
def test_it_is_the_sentence_that_tells_the_most_from_its_beginning(words: tuple[str, ...], marks: list[str]) -> None:
    cut = shown(TEXT, *words)
    assert [part.partition("]")[0] for part in cut.split("[")[1:]] == marks
    if marks:
        assert cut.replace("[", "").replace("]", "").startswith(("… Region Örebro", "… Avtalet gäller"))
        assert cut.endswith((". …", "."))


def test_a_phrase_is_marked_whole_and_where_it_stands(  # its words elsewhere are not
) -> None:
    text = f"Länet är Örebro, sade en region. {FILLER}Det säger Region\nÖrebro  län i dag."
    assert "[Region Örebro län] i dag." in shown(text, phrases=("region örebro län",))
    assert "[Länet]" not in shown(text, phrases=("region örebro län",))


def test_the_place_with_most_different_words_wins_over_the_first() -> None:
    text = f"Bussen kom. {FILLER * 4}Bussen körde på vägen. {FILLER * 4}"
    assert "[Bussen] körde på [vägen]." in shown(text, "buss", "väg")


def test_without_a_match_it_is_the_beginning_in_whole_sentences() -> None:
    cut = shown(TEXT, "pelikan")
    assert cut == (FILLER * 3).strip() + " …"
    assert shown("Kort text.") == "Kort text."
    assert shown("") == ""


def test_a_sentence_without_end_is_cut_between_words_around_the_match() -> None:
    cut = shown("ord " * 400 + "vargen " + "ord " * 400, "varg")
    assert "[vargen]" in cut
    assert cut.startswith("… ord")
    assert cut.endswith("ord …")
    assert len(cut) < 320


def test_the_whole_of_a_coordinated_ellipsis_is_seen() -> None:
    assert "[Hälso]- och [sjukvården] växer." in shown("Hälso- och sjukvården växer.", "hälsovård", "vård")


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.sampled_from("aåäöé vårdlänb.-!?…\n\u0301İ[]<&"), max_size=900),
    st.lists(st.sampled_from(["vård", "län", "a", "vårdlän", "b-å", "i"]), min_size=1, max_size=3),
)
def test_the_pieces_are_the_text_whatever_it_is(text: str, words: list[str]) -> None:
    cutter = Cutter(asked(*words, phrases=(words[0],)))
    for pieces in (cutter.stretch(text), cutter.whole(text)):
        assert all(isinstance(match, bool) and piece for piece, match in pieces)
        assert len("".join(piece for piece, _ in pieces)) <= max(340, len(text) + 4)
