"""How much of a release stands in a pickup: exact, fair to order, blind to typography and standing passages."""

from __future__ import annotations

import random
import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.group import headline_changed, overlap
from aggregator.group.spelled import keys
from aggregator.model import Overlap, PieceKind
from bench.understanding.pairs import TORN, WAYS, Pair, pairs

POINTS = 0.02
"""How far a share may be from the truth."""
FLOOR = 0.98
"""How many pairs are within it: newsrooms' rewrites. Floors only rise."""
FLOOR_OF_TORN = 0.85
"""The same of torn pairs."""

RELEASE = """Tjugo hem i Lekeberg får i vinter sensorer som märker om någon har fallit eller inte stigit upp ur \
sängen. Det är testbädden som prövar tekniken tillsammans med kommunens hemtjänst.

– Vi vill att fler ska kunna bo hemma tryggt, säger projektledaren Alva Exempelsson. Tekniken ska märkas \
så lite det går.

Försöket kostar 10 000 kronor i månaden och pågår mellan klockan 08.00 och 16.00. Resultaten redovisas i juni för \
kommunerna och regionen, som sedan bestämmer om sensorerna ska köpas in.

I rapporten står att ”ingen ska behöva ligga på golvet en hel natt” och att arbetet fortsätter."""
OWN = """Kylskåpet brummar i köket där vi träffas. Utanför fönstret går en hund förbi i snålblåsten, och bussen är sen \
igen. Kaffet hinner kallna medan vi pratar om vädret, barnbarnen och priset på ved."""

texts = st.lists(
    st.lists(st.text("abcdeåäö", min_size=1, max_size=7), min_size=1, max_size=12).map(lambda w: " ".join(w) + "."),
    min_size=1,
    max_size=8,
).map("\n\n".join)


@cache
def _compared() -> list[tuple[Pair, Overlap]]:
    return [(pair, overlap(pair.release, pair.pickup)) for seed in (101, 102) for pair in pairs(seed)]


def test_the_shares_of_a_newsrooms_rewrites_are_within_two_points_of_the_truth() -> None:
    errors = {(pair.way, pair.share): found.share - pair.share for pair, found in _compared() if pair.way in WAYS}
    assert sum(abs(error) <= POINTS for error in errors.values()) / len(errors) >= FLOOR, errors


def test_most_shares_of_texts_torn_word_by_word_are_too() -> None:
    errors = [abs(found.share - pair.share) for pair, found in _compared() if pair.way in TORN]
    assert sum(error <= POINTS for error in errors) / len(errors) >= FLOOR_OF_TORN


def test_a_pair_of_five_hundred_words_costs_a_few_milliseconds() -> None:
    pair = next(pair for pair in pairs(101) if pair.way == "half own sentences" and len(pair.release.split()) > 480)
    overlap(pair.release, pair.pickup)
    began = time.process_time()
    for _ in range(5):
        overlap(pair.release, pair.pickup)
    assert (time.process_time() - began) / 5 < 0.1  # a wide margin: bench/README.md has the figure


@given(texts)
def test_a_text_stands_whole_in_itself(text: str) -> None:
    found = overlap(text, text)
    assert found.share == 1 if found.words else found.share == 0
    assert found.added == found.left_out == 0


@given(texts, texts)
def test_shares_lie_between_nought_and_one_and_pieces_give_the_texts_back(one: str, other: str) -> None:
    found = overlap(one, other)
    assert 0 <= found.carried <= found.words
    assert "".join(piece.text for piece in found.release) == one
    assert "".join(piece.text for piece in found.pickup) == other
    assert not {piece.kind for piece in found.release} & {PieceKind.ADDED}
    assert not {piece.kind for piece in found.pickup} & {PieceKind.LEFT_OUT}


@given(texts)
def test_nothing_is_shared_with_a_text_of_other_words(text: str) -> None:
    assert overlap(text, text.translate({ord(a): b for a, b in zip("abcdeåäö", "stuvwxyz", strict=True)})).share == 0


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_the_order_of_paragraphs_makes_no_difference(seed: int) -> None:
    paragraphs = RELEASE.split("\n\n")
    random.Random(seed).shuffle(paragraphs)  # noqa: S311 - any order will do
    assert overlap(RELEASE, "\n\n".join(paragraphs)).share >= 1 - POINTS


def test_a_passage_that_one_text_has_twice_is_met_in_both_places() -> None:
    """A lead that is told again in the text, or a quote that stands beside it, is neither left out nor added."""
    lead = RELEASE.split("\n\n", maxsplit=1)[0]
    assert overlap(f"{lead}\n\n{RELEASE}", RELEASE).share == 1
    assert overlap(RELEASE, f"{lead}\n\n{RELEASE}").added == 0


def test_typography_makes_no_difference() -> None:
    """Dashes, quotation marks, blanks, soft hyphens, capitals, figures and composed letters may be set otherwise."""
    other = (
        RELEASE.replace("–", "-")
        .replace("”", '"')
        .replace("10 000", "10\u00a0000")
        .replace("08.00", "08:00")
        .replace("ö", "o\u0308")
        .replace("sensorer", "sen\u00adsorer")
        .replace("Tjugo hem", "TJUGO HEM")
        .replace("\n\n", "\n")
    )
    assert overlap(RELEASE, other).share == 1


def test_passages_that_always_stand_there_are_neither_carried_nor_left_out() -> None:
    footer = "Lekebergs kommun har elva tusen invånare och ligger väster om Örebro, nära Kilsbergen."
    closing = (
        "\n\nFör mer information kontakta:\nAlva Exempelsson, projektledare\n070-174 06 05\n\nOm Region Exempel\n"
        "Region Exempel ansvarar för hälso- och sjukvård, kollektivtrafik och kultur i länet."
    )
    found = overlap(
        f"{RELEASE}\n\n{footer}{closing}", f"{RELEASE}\n\nFoto: Bo Påhittad\n\nKälla: Region Exempel", [footer]
    )
    assert (found.share, found.added) == (1, 0)
    assert found.words == overlap(RELEASE, RELEASE).words
    assert footer in "".join(piece.text for piece in found.release if piece.kind is PieceKind.STANDING)


@pytest.mark.parametrize(
    "sentence",
    [
        "Kontakta vårdcentralen om du blir sjuk.",
        "Den som vill kan nå mottagningen på telefon dygnet runt.",
        "Texten ska vara lätt att läsa för alla.",
        "Källor inom kommunen säger att skolan stängs.",
        "Mer information kommer i höst.",
        "Om Karlskoga växer behövs fler skolor.",
        "Mottagningen har öppet 08.00–16.00 från 2026-03-02.",
    ],
)
def test_a_sentence_is_no_standing_passage(sentence: str) -> None:
    words = overlap(RELEASE, OWN).words
    assert overlap(f"{RELEASE}\n\n{sentence}", OWN).words > words


@pytest.mark.parametrize(
    "line",
    [
        "Källa: Region Exempel",
        "Källa Region Exempel",
        "Hälsa | Örebro/Örebro län",
        "Foto: Bo Påhittad",
        "Text & foto: Bo Påhittad",
        "Läs mer: Nya lokaler för hemtjänsten",
        "Presskontakt:",
        "Alva Exempelsson, alva@region.example",
        "Tel. 070-174 06 05",
        "Publicerad 3 mars 2026",
    ],
)
def test_a_line_of_the_newsrooms_own_is_one(line: str) -> None:
    words = overlap(RELEASE, OWN).words
    assert overlap(f"{RELEASE}\n\n{line}", OWN).words == words


def test_names_that_both_use_are_no_copying() -> None:
    found = overlap(
        RELEASE, f"{OWN} Region Örebro län och Örebro kommun är med. Testbädden prövar. Alva Exempelsson håller i det."
    )
    assert found.share <= POINTS


def test_quotes_are_found_in_speech_and_between_marks_and_told_when_kept() -> None:
    kept = overlap(
        RELEASE, "- Vi vill att fler ska kunna bo hemma tryggt, säger hon. Tekniken ska märkas så lite det går."
    )
    assert [quote.text for quote in kept.quotes] == [
        "Vi vill att fler ska kunna bo hemma tryggt … Tekniken ska märkas så lite det går.",
        "ingen ska behöva ligga på golvet en hel natt",
    ]
    assert [quote.kept for quote in kept.quotes] == [True, False]
    assert (kept.quotes_kept, overlap(RELEASE, OWN).quotes_kept) == (1, 0)


def test_a_list_is_no_speech() -> None:
    assert overlap("Det här gäller:\n- öppet hus på lördag\n- kaffe till alla", OWN).quotes == ()


def test_side_by_side_shows_runs_and_no_single_words() -> None:
    """What was left out and added is readable: no carried run of one or two words stands inside changed ones."""
    other = RELEASE.replace("Det är testbädden som prövar tekniken tillsammans med kommunens hemtjänst.", OWN)
    found = overlap(RELEASE, other)
    assert [(piece.kind, piece.text) for piece in found.release][1] == (
        PieceKind.LEFT_OUT,
        "Det är testbädden som prövar tekniken tillsammans med kommunens hemtjänst.\n\n",
    )
    assert [piece.kind for piece in found.pickup] == [PieceKind.CARRIED, PieceKind.ADDED, PieceKind.CARRIED]
    for _, compared in _compared():
        between = [piece.text.strip() for piece in compared.release[1:-1] if piece.kind is PieceKind.CARRIED]
        assert all(len(keys(text)) >= 3 or text.endswith((".", "!", "?")) for text in between)


@pytest.mark.parametrize(
    ("release", "pickup", "changed"),
    [
        ("Ny ”mottagning” i Karlskoga – öppnar 08.00", 'NY "MOTTAGNING" I KARLSKOGA - ÖPPNAR 08:00', False),
        ("Ny mottagning i Karlskoga", "Karlskoga får ny mottagning", True),
    ],
)
def test_a_headline_is_changed_by_its_words_not_by_its_typography(release: str, pickup: str, *, changed: bool) -> None:
    assert headline_changed(release, pickup) is changed


@pytest.mark.parametrize(
    "text",
    [
        "ja " * 5000,
        "1 000 " * 5000,
        "x" * 100_000,
        "\n– a, säger b. " * 3000,
        "“a" * 20_000,
        "a.b@c" * 20_000,
        "0 1 2 3 " * 3000,
    ],
    ids=["one word", "figures", "no blank", "speech", "marks", "addresses", "a table"],
)
def test_a_text_that_is_none_costs_no_more_than_a_moment(text: str) -> None:
    began = time.process_time()
    overlap(text, f"{text[: len(text) // 2]} slut")
    assert time.process_time() - began < 8  # unbounded, these take minutes


def test_empty_texts_share_nothing() -> None:
    assert overlap("", "").share == overlap("", RELEASE).share == overlap(RELEASE, "").share == 0
