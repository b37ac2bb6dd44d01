"""A person's search line → a query; nothing that is typed is an error.

Words, "an exact phrase", -without, OR, parentheses, and fields in Swedish and English: ``tagg: kommun: projekt:
källa: från: till: titel:`` and ``tag: municipality: project: source: after: before: title:``; of a källa, ``utgivare:``
(``outlet:``) is where an article stands, ``avsändare:`` (``origin:``) whose release it is. A field's value is a
word or a phrase; dates are ``2022``, ``2022-05`` or ``2022-05-31``, both ends inclusive. Words side by side must all
be there; OR (in capitals, or ``|``) binds weaker. A line that cannot be parsed is searched as plain words, and
``Query.understood`` says so.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_LINE = 1_000
"""Characters; what a person types is shorter, and the rest of a longer line is not read."""

MOST_TERMS = 60
"""Words, phrases and fields in one query."""

DEEPEST = 20
"""Parentheses within parentheses."""


class Field(StrEnum):
    """What a term may be sought in."""

    TAG = "tag"
    MUNICIPALITY = "municipality"
    PROJECT = "project"
    SOURCE = "source"
    """An outlet, or the organisation whose release it is."""
    OUTLET = "outlet"
    """Where it stands."""
    ORIGIN = "origin"
    """Whose release it is."""
    AFTER = "after"
    BEFORE = "before"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Word:
    """One word, in any inflection."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order and form."""

    text: str


@dataclass(frozen=True, slots=True)
class Within:
    """A field with its value; dates for AFTER (its first day) and BEFORE (its last)."""

    field: Field
    value: str | date


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be there."""

    node: Node


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    nodes: tuple[Node, ...]


Node = Word | Phrase | Within | Not | All | Either


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A search line as it was understood."""

    line: str
    node: Node | None
    """None where the line asks for nothing: then it finds everything."""
    understood: bool = True
    """False where the line could not be parsed and its words are sought instead."""


class _Token(NamedTuple):
    kind: str
    text: str


class _Unclear(Exception):  # noqa: N818 - it never leaves this room
    """The line does not parse."""


_QUOTES = '"“”„»«″'
_TOKEN = re.compile(
    rf"""\s*(?:
    (?P<open>\() | (?P<close>\))
    | (?P<minus>[-−–](?=[^\s\-−–)]))
    | (?P<field>[^\W\d_]+):(?=\S)
    | [{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]
    | (?P<or>\|+|(?:OR|ELLER)(?=[\s()]|$))
    | (?P<word>[^\s(){_QUOTES}]+)
    )""",
    re.VERBOSE,
)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_WORDS = re.compile(r"[^\W_]+(?:[-.'’:&][^\W_]+)*")

FIELDS = {
    "tagg": Field.TAG,
    "tag": Field.TAG,
    "tema": Field.TAG,
    "kommun": Field.MUNICIPALITY,
    "municipality": Field.MUNICIPALITY,
    "projekt": Field.PROJECT,
    "project": Field.PROJECT,
    "källa": Field.SOURCE,
    "kalla": Field.SOURCE,
    "source": Field.SOURCE,
    "utgivare": Field.OUTLET,
    "outlet": Field.OUTLET,
    "avsändare": Field.ORIGIN,
    "avsandare": Field.ORIGIN,
    "origin": Field.ORIGIN,
    "från": Field.AFTER,
    "fran": Field.AFTER,
    "after": Field.AFTER,
    "till": Field.BEFORE,
    "before": Field.BEFORE,
    "titel": Field.TITLE,
    "title": Field.TITLE,
}
"""The fields by the names that a person may give them, in lower case."""

_FIELD_NAMES = re.compile(rf"(?<!\w)(?:{'|'.join(FIELDS)}):", re.IGNORECASE)


def parse(line: str) -> Query:
    """Read a search line; never raises."""
    read = line[:LONGEST_LINE]
    try:
        parser = _Parser(_tokens(read))
        node = parser.line()
    except _Unclear:
        return Query(line=line, node=_plain(read), understood=False)
    return Query(line=line, node=node, understood=len(line) <= LONGEST_LINE)


def _plain(line: str) -> Node | None:
    """The words of a line, without what was meant as its grammar."""
    told = [text for text in _WORDS.findall(_FIELD_NAMES.sub(" ", line)) if text not in {"OR", "ELLER"}]
    return _joined(All, [Word(text) for text in told[:MOST_TERMS]])


def _joined(kind: type[All | Either], nodes: Sequence[Node]) -> Node | None:
    if len(nodes) > 1:
        return kind(tuple(nodes))
    return nodes[0] if nodes else None


def _tokens(line: str) -> list[_Token]:
    tokens: list[_Token] = []
    place = 0
    line = line.rstrip()
    while place < len(line):
        match = _TOKEN.match(line, place)
        if match is None:
            raise _Unclear
        kind = match.lastgroup or ""
        if kind == "field" and match["field"].lower() not in FIELDS:
            match = re.compile(rf"\s*(?P<word>[^\s(){_QUOTES}]+)").match(line, place)
            if match is None:
                raise _Unclear
            kind = "word"
        tokens.append(_Token(kind, match[kind]))
        place = match.end()
    return tokens


class _Parser:
    """Recursive descent over the tokens of one line."""

    def __init__(self, tokens: list[_Token]) -> None:
        if sum(token.kind in {"word", "phrase"} for token in tokens) > MOST_TERMS:
            raise _Unclear
        self.tokens = tokens
        self.place = 0
        self.depth = 0

    def line(self) -> Node | None:
        node = self.either()
        if self.place < len(self.tokens):
            raise _Unclear
        return node

    def next_kind(self) -> str:
        return self.tokens[self.place].kind if self.place < len(self.tokens) else ""

    def take(self) -> _Token:
        self.place += 1
        return self.tokens[self.place - 1]

    def either(self) -> Node | None:
        nodes = [self.all()]
        while self.next_kind() == "or":
            self.take()
            nodes.append(self.all())
        present = [node for node in nodes if node is not None]
        if len(nodes) > 1 and len(present) < len(nodes):
            raise _Unclear
        return _joined(Either, present)

    def all(self) -> Node | None:
        nodes: list[Node] = []
        while self.next_kind() not in {"", "or", "close"}:
            node = self.one()
            if node is not None:
                nodes.append(node)
        return _joined(All, nodes)

    def one(self) -> Node | None:
        token = self.take()
        if token.kind == "minus":
            return self.without()
        if token.kind == "open":
            return self.group()
        if token.kind == "field":
            return self.within(FIELDS[token.text.lower()])
        if not _WORDS.search(token.text):
            return None  # a lone dash or an exclamation mark asks for nothing
        return Phrase(token.text) if token.kind == "phrase" else Word(token.text)

    def without(self) -> Node | None:
        if self.next_kind() in {"", "or", "close", "minus"}:
            raise _Unclear
        node = self.one()
        return None if node is None else Not(node)

    def group(self) -> Node | None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _Unclear
        node = self.either()
        if self.next_kind() != "close":
            raise _Unclear
        self.take()
        self.depth -= 1
        return node

    def within(self, field: Field) -> Node:
        if self.next_kind() not in {"word", "phrase"}:
            raise _Unclear
        value = self.take().text.strip()
        if not _WORDS.search(value):
            raise _Unclear
        if field in {Field.AFTER, Field.BEFORE}:
            return Within(field, _day(value, last=field is Field.BEFORE))
        return Within(field, value)


def day(text: str, *, last: bool = False) -> date | None:
    """A day, or the first or ``last`` one of a month or a year ("2026-03-15", "2026-03", "2026"); None for others."""
    try:
        return _day(text.strip(), last=last)
    except _Unclear:
        return None


def _day(text: str, *, last: bool) -> date:
    """The first or the last day of a year, a month or a day."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise _Unclear
    year, month, day = (None if part is None else int(part) for part in match.groups())
    try:
        whole = date(year or 0, month or (12 if last else 1), day or 1)
        if day is None and last:
            return whole.replace(day=calendar.monthrange(whole.year, whole.month)[1])
    except ValueError:
        raise _Unclear from None
    return whole
