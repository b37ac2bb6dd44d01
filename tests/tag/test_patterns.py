"""What a pattern of a rule matches."""

from __future__ import annotations

import pytest

from aggregator.errors import ConfigError
from aggregator.model import TagKind, TagRule
from aggregator.tag import compile_rules, tag
from tests.tag.conftest import article


def gives(pattern: str, text: str, **more: object) -> bool:
    """Whether a rule of this one pattern gives its theme to a text of this one sentence."""
    rule = TagRule(kind=TagKind.THEME, name="x", words={pattern: 2.0}, threshold=0.3, **more)  # type: ignore[arg-type] # any field
    return bool(tag(article(text, title="Rubrik"), compile_rules([rule], [])))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("vård", "Vårdens köer"),
        ("brand", "Två bränder"),
        ("=hälsan", "Om hälsan"),
        ("vård*", "Fler vårdplatser"),
        ("vård*", "Mer vård"),
        ("*vård", "I sjukvården"),
        ("*vård*", "En akutsjukvårdsplats"),
        ("hälsa*", "Hälsovården växer"),
        ("hälsovård", "Hälso- och sjukvården växer"),
        ("gemensam nämnd", "De gemensamma nämnderna"),
        ("*skola bygg*", "Grundskolan byggs ut"),
        ("kommun + samverka", "Nu samverkar två av länets kommuner"),
        ("BUP", "Köer till BUP"),
        ("LSS*", "Ett LSS-boende"),
        ("Activa", "Stiftelsen Activa"),
        ("*lopp", "Ett Vasalopp"),
        ("*förening", "Kultur-förening"),
        ("motett*", "Två motetter"),
        ("biogas*", "En biogasmack"),
        ("lärar*", "Lärarnas lön"),
    ],
)
def test_a_pattern_finds_its_forms(pattern: str, text: str) -> None:
    assert gives(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("vård", "I sjukvården"),
        ("vård*", "I sjukvården"),
        ("*vård", "Fler vårdplatser"),
        ("=hälsan", "Vi hälsar"),
        ("mål*", "En målning"),
        ("väg*", "På väggen hänger den"),
        ("gemensam nämnd", "En nämnd är gemensam"),
        ("kommun + samverka", "En kommun bygger. Två bolag samverkar"),
        ("BUP", "Köer till bup"),
        ("Activa", "En activa"),
        ("börs*", "Det börjar nu"),
    ],
)
def test_a_pattern_finds_nothing_else(pattern: str, text: str) -> None:
    assert not gives(pattern, text)


def test_an_exception_hides_the_words_it_covers_and_no_others() -> None:
    assert not gives("hälsa", "Media hälsas välkommen", not_in=("hälsas välkommen",))
    assert gives("hälsa", "Media hälsas välkommen till ett samtal om hälsa", not_in=("hälsas välkommen",))


def test_a_single_word_among_the_exceptions_is_that_form_alone() -> None:
    assert not gives("hälsa", "Kungen hälsar", not_in=("hälsar",))
    assert gives("hälsa", "Vägen till hälsan", not_in=("hälsar",))


def test_required_and_excluded_words_stand_near() -> None:
    far = "Laget vann. Solen sken. Regnet kom. Vinden tog i. Matchen är slut"
    assert gives("laget", "Laget vann. Matchen är slut", requires=("match",))
    assert not gives("laget", far, requires=("match",))
    assert not gives("laget", "Laget vann. Matchen är slut", excludes=("match",))
    assert gives("laget", far, excludes=("match",))


def test_a_negative_weight_speaks_against_its_sentence() -> None:
    for weight, given in ((0.0, True), (-2.0, False)):
        rule = TagRule(kind=TagKind.THEME, name="x", words={"samverkan": 2.0, "bråk": weight}, threshold=0.3)
        assert bool(tag(article("Bråk om samverkan"), compile_rules([rule], []))) is given


def test_a_phrase_counts_in_place_of_the_words_in_it() -> None:
    rule = TagRule(kind=TagKind.THEME, name="x", words={"samarbete": 2.0, "i samarbete med": 0.1}, threshold=0.3)
    assert not tag(article("Festen hålls i samarbete med en kör"), compile_rules([rule], []))


def test_words_joined_by_plus_are_refused_where_they_would_mean_nothing() -> None:
    rule = TagRule(kind=TagKind.KOMMUN, name="Nora", words={"Nora + kommun": 1.0})
    with pytest.raises(ConfigError, match="joins words of a theme"):
        compile_rules([rule], [])


def test_the_fingerprint_moves_with_rules_and_projects_and_with_nothing_else() -> None:
    one = TagRule(kind=TagKind.THEME, name="x", words={"a": 1.0, "b": 2.0})
    same = TagRule(kind=TagKind.THEME, name="x", words={"b": 2.0, "a": 1.0})
    other = TagRule(kind=TagKind.THEME, name="x", words={"b": 2.0})
    assert compile_rules([one], []).fingerprint == compile_rules([same], []).fingerprint
    assert compile_rules([one], []).fingerprint != compile_rules([other], []).fingerprint


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("motett*", "Det går emot"),
        ("motett*", "Laget mot alla"),
        ("biogas*", "På biografen"),
        ("lärar*", "De lär sig"),
        ("sensor*", "En sensation"),
        ("klimat*", "Klimpar i såsen"),
    ],
)
def test_a_star_reaches_no_farther_than_its_letters_where_the_stem_is_short(pattern: str, text: str) -> None:
    assert not gives(pattern, text)
