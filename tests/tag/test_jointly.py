"""Cooperation told by who does what jointly, and sentences that list many themes."""

from __future__ import annotations

import pytest

from aggregator.model import TagKind, TagRule
from aggregator.tag import compile_rules, tag
from tests.tag.conftest import article

TOWNS = [TagRule(kind=TagKind.KOMMUN, name=name) for name in ("Kumla", "Nora", "Laxå", "Hallsberg")]


def score(text: str, **more: object) -> float:
    """The score of a theme that is told by doing jointly alone; 0 where it is not given."""
    values: dict[str, object] = {
        "parties": {"kommun": 1, "=kommunerna": 2, "polis": 1, "förening": 1},
        "jointly": {"delar på": 1.0, "ihop": 0.6},
        **more,
    }
    rule = TagRule(kind=TagKind.THEME, name="x", threshold=0.05, **values)  # type: ignore[arg-type]  # any field
    found = [one for one in tag(article(text, title="Rubrik"), compile_rules([rule, *TOWNS], [])) if one.name == "x"]
    return found[0].score if found else 0.0


@pytest.mark.parametrize(
    "text",
    [
        "Kumla och Nora delar på en brandbil.",
        "Polisen och kommunen delar på kostnaden.",
        "Kommunerna delar på notan.",
        "Nora och Laxå är grannar. Nu köper de en pump ihop.",
        "Kumla kommun delar på en lokal med föreningen.",
    ],
)
def test_two_parties_that_do_something_jointly_are_found(text: str) -> None:
    assert score(text) > 0


@pytest.mark.parametrize(
    "text",
    [
        "Kommunen delar på området.",
        "Kumla kommun delar på kyrkogården i två.",
        "Nora och Laxå är grannar.",
        "Systrarna delar på en tårta.",
        "Kumla och Nora är grannar. Systrarna delar på en tårta.",
    ],
)
def test_one_party_alone_or_nothing_done_is_no_cooperation(text: str) -> None:
    assert score(text) == 0


def test_the_more_parties_the_surer() -> None:
    two = score("Nu köper Kumla och Nora en bil ihop.")
    four = score("Nu köper Kumla, Nora, Laxå och Hallsberg en bil ihop.")
    assert 0 < two < four


def test_what_is_masked_is_not_done_jointly() -> None:
    assert score("Bilarna körde ihop i Kumla och Nora.", not_in=("körde ihop",)) == 0


def test_a_sentence_that_lists_many_themes_is_about_none_of_them() -> None:
    rules = [
        TagRule(kind=TagKind.THEME, name=name, words={name: 1.0}, threshold=0.0)
        for name in ("vård", "skola", "trafik", "kultur")
    ]

    def of(text: str) -> float:
        given = tag(article(text, title="Rubrik"), compile_rules(rules, []))
        return next(one.score for one in given if one.name == "vård")

    assert of("Mötet gällde vård och skola i hela länet.") > of("Mötet gällde vård, skola, trafik och kultur.")
