"""A search line is understood as people write it; nothing that is typed is an error."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.query import All, Either, Field, Node, Not, Phrase, Query, Within, Word, parse

A, B, C = Word("a1"), Word("b2"), Word("c3")


@pytest.mark.parametrize(
    ("line", "node"),
    [
        ("a1", A),
        ("  a1   b2 ", All((A, B))),
        ("a1 OR b2", Either((A, B))),
        ("a1 ELLER b2 | c3", Either((A, B, C))),
        ("a1 b2 OR c3", Either((All((A, B)), C))),
        ("a1 (b2 OR c3)", All((A, Either((B, C))))),
        ("(a1)(b2)", All((A, B))),
        ("-a1", Not(A)),
        ("–a1", Not(A)),
        ("a1 -(b2 OR c3)", All((A, Not(Either((B, C)))))),
        ('-"i natt"', Not(Phrase("i natt"))),
        ('"Nära vård"', Phrase("Nära vård")),
        ("”Nära vård”", Phrase("Nära vård")),
        ("»Nära vård«", Phrase("Nära vård")),
        ("or eller och", All((Word("or"), Word("eller"), Word("och")))),
        ("covid-19", Word("covid-19")),
        ("hälso- och sjukvård", All((Word("hälso-"), Word("och"), Word("sjukvård")))),
        ("kl:10.30 s:t", All((Word("kl:10.30"), Word("s:t")))),
        ("https://x.example/a", Word("https://x.example/a")),
        ("a1 - b2 !", All((A, B))),
        ("", None),
        (" () ! ", None),
        ("tagg:hälsa", Within(Field.TAG, "hälsa")),
        ("Tag:hälsa", Within(Field.TAG, "hälsa")),
        (
            "kommun:Örebro -kommun:Nora",
            All((Within(Field.MUNICIPALITY, "Örebro"), Not(Within(Field.MUNICIPALITY, "Nora")))),
        ),
        ('municipality:"Örebro"', Within(Field.MUNICIPALITY, "Örebro")),
        ('projekt:"Trygga kompetensen"', Within(Field.PROJECT, "Trygga kompetensen")),
        ("project:CROSS", Within(Field.PROJECT, "CROSS")),
        ("utgivare:na outlet:svt", All((Within(Field.OUTLET, "na"), Within(Field.OUTLET, "svt")))),
        ("avsändare:na origin:svt", All((Within(Field.ORIGIN, "na"), Within(Field.ORIGIN, "svt")))),
        ("källa:na source:svt", All((Within(Field.SOURCE, "na"), Within(Field.SOURCE, "svt")))),
        ("titel:vård title:vård", All((Within(Field.TITLE, "vård"), Within(Field.TITLE, "vård")))),
        ("från:2022 till:2022", All((Within(Field.AFTER, date(2022, 1, 1)), Within(Field.BEFORE, date(2022, 12, 31))))),
        ("after:2024-02", Within(Field.AFTER, date(2024, 2, 1))),
        ("before:2024-02", Within(Field.BEFORE, date(2024, 2, 29))),
        ("till:2022-5-3", Within(Field.BEFORE, date(2022, 5, 3))),
    ],
)
def test_a_line_means_what_it_says(line: str, node: Node | None) -> None:
    assert parse(line) == Query(line=line, node=node, understood=True)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("(a1 b2", ["a1", "b2"]),
        ("a1) b2", ["a1", "b2"]),
        ('"a1 b2', ["a1", "b2"]),
        ("a1 OR", ["a1"]),
        ("OR a1", ["a1"]),
        ("a1 OR OR b2", ["a1", "b2"]),
        ("från:igår a1", ["igår", "a1"]),
        ("Till:2022-13", ["2022-13"]),
        ("från:0000", ["0000"]),
        ("kommun:(a1 b2)", ["a1", "b2"]),
        ("tagg:!!! a1", ["a1"]),
        ("-(a1", ["a1"]),
    ],
)
def test_what_cannot_be_parsed_is_plain_words_and_says_so(line: str, words: list[str]) -> None:
    query = parse(line)
    assert not query.understood
    assert _words(query.node) == words


@pytest.mark.parametrize("line", ["(" * 10_000 + "a1", "-(" * 500 + "a1" + ")" * 500, "a1 " * 10_000, "a1 OR " * 5_000])
def test_an_endless_or_bottomless_line_is_cut_and_says_so(line: str) -> None:
    query = parse(line)
    assert not query.understood
    assert len(_words(query.node)) <= 60


@given(st.text() | st.text(st.sampled_from('aå1 "()-|:ORfråntilkommu”\x00\ud800')))
def test_nothing_that_is_typed_raises(line: str) -> None:
    query = parse(line)
    assert query.line == line
    assert all(word.strip() for word in _words(query.node))


def _words(node: Node | None) -> list[str]:
    if node is None:
        return []
    if isinstance(node, All | Either):
        return [word for part in node.nodes for word in _words(part)]
    if isinstance(node, Not):
        return _words(node.node)
    return [str(node.value)] if isinstance(node, Within) else [node.text]
