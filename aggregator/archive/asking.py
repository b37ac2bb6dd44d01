"""A query → an expression of the search index, a stretch of time, and the words to rank by.

What a person typed reaches the index inside quotes, and its own syntax is ours alone; SQL gets bound values only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeVar

from aggregator import swedish
from aggregator.archive import projects
from aggregator.archive.analysis import MEMBER, STOP_WORDS, TITLE, exact, term, terms, token
from aggregator.archive.index import EVERY, LOCAL, day_marks, source_mark, tag_mark, year_at
from aggregator.archive.rows import safe
from aggregator.model import TagKind
from aggregator.query import All, Either, Field, Not, Phrase, Within, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlite_utils import Database

    from aggregator.query import Node

Key = TypeVar("Key", int, str)

NOTHING = '"#nothing"'
EVERYTHING = f'"{EVERY}"'
NEAR = 4
"""Telling words between the members of a compound that is told as "avtal om samverkan"."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One word that is asked for: what articles are ranked by."""

    word: str
    terms: frozenset[str]
    """The forms under which the whole word is indexed."""
    pairs: frozenset[tuple[str, str]]
    """Of a compound: what it is told as in two words."""
    members: tuple[str, ...]
    """Of a compound; of a simple word, itself."""

    @property
    def whole(self) -> str:
        """The whole word in the index's language."""
        return "(" + " OR ".join(quoted(token(one)) for one in sorted(self.terms)) + ")"

    @property
    def titled(self) -> str:
        """The whole word in a title."""
        return "(" + " OR ".join(quoted(token(one, TITLE)) for one in sorted(self.terms)) + ")"

    @property
    def match(self) -> str:
        """The whole word, or its place inside compounds, or its members near each other."""
        whole = [quoted(token(one)) for one in sorted(self.terms)]
        inside = [quoted(token(one, MEMBER)) for one in sorted(self.terms)]
        members = [quoted(" ".join(token(one, MEMBER) for one in self.members))] if len(self.members) > 1 else []
        told = [f"NEAR({quoted(token(a))} {quoted(token(b))}, {NEAR})" for a, b in sorted(self.pairs)]
        return " OR ".join([*whole, *inside, *members, *told])


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as the index is asked it."""

    match: str
    """An expression of the index; empty where only the stretch of time counts."""
    first: int | None = None
    last: int | None = None
    """The places between which the articles stand, both included."""
    units: tuple[Unit, ...] = ()
    phrases: tuple[str, ...] = ()
    """What must stand just so, as ``exact`` gives it."""
    plain: bool = False
    """Whether all words must be there and nothing else is asked, but for the stretch of time."""


def unit(word: str, *, name: bool = False) -> Unit:
    """A word in lower case; ``name``: whether it was typed like one."""
    whole, *members = terms(word, name)
    told = {(term(head), term(tail)) for head, tail in swedish.splits(word) if _same(members, head, tail)}
    return Unit(word, frozenset({whole}), frozenset(told), tuple(members) if len(members) > 1 else (whole,))


def _same(members: list[str], head: str, tail: str) -> bool:
    return len(members) > 1 and [*_members(head), *_members(tail)] == members


def _members(word: str) -> tuple[str, ...]:
    whole, *members = terms(word)
    return tuple(members) or (whole,)


def ask(db: Database, node: Node | None, widen: Callable[[Unit], Sequence[Unit]] | None = None) -> Asked:
    """Put a query into the index's words. ``widen`` gives other words that may be meant, a word's own among them."""
    asker = _Asker(db, widen or (lambda one: (one,)))
    first, last, rest = _stretch(node)
    match = "" if rest is None else asker.match(rest)
    words = rest.nodes if isinstance(rest, All) else (rest,)
    return Asked(
        match,
        first,
        last,
        tuple(dict.fromkeys(asker.units)),
        tuple(dict.fromkeys(asker.phrases)),
        plain=all(isinstance(one, Word) for one in words),
    )


def sources_named(db: Database, name: str) -> list[str]:
    """The ids of the sources that have this id or name."""
    rows = db.execute("SELECT id, name FROM sources").fetchall()
    return sorted(
        {
            *_named({row["id"]: row["name"] for row in rows}, name),
            *_named({row["id"]: row["id"] for row in rows}, name),
        }
    )


def quoted(text: str) -> str:
    """Text as a string of the index's query language (FTS5): nothing in it is syntax."""
    return '"' + safe(text).replace('"', '""') + '"'


def marked(marks: Iterable[str]) -> str:
    """Articles that bear any of these marks; none where there is none."""
    told = " OR ".join(map(quoted, marks))
    return f"({told})" if told else NOTHING


def _stretch(node: Node | None) -> tuple[int | None, int | None, Node | None]:
    """The time that the whole query is limited to, and what else it asks."""
    first: int | None = None
    last: int | None = None
    rest: list[Node] = []
    for one in node.nodes if isinstance(node, All) else () if node is None else (node,):
        if isinstance(one, Within) and one.field is Field.AFTER:
            first = max(_midnight(one.value), first if first is not None else _midnight(one.value))
        elif isinstance(one, Within) and one.field is Field.BEFORE:
            end = _midnight(_next(one.value)) - 1
            last = min(end, last if last is not None else end)
        else:
            rest.append(one)
    whole = All(tuple(rest)) if len(rest) > 1 else rest[0] if rest else None
    return first, last, whole


class _Asker:
    """Compiles one query, and gathers the words that must be there."""

    def __init__(self, db: Database, widen: Callable[[Unit], Sequence[Unit]]) -> None:
        self.db = db
        self.widen = widen
        self.units: list[Unit] = []
        self.phrases: list[str] = []

    def match(self, node: Node) -> str:
        if isinstance(node, Word):
            return self.words(node.text)
        if isinstance(node, Phrase):
            self.units += [unit(one.word) for one in swedish.tokens(node.text)]
            self.phrases.append(exact(node.text))
            return quoted(exact(node.text))
        if isinstance(node, Within):
            return self.within(node)
        if isinstance(node, Not):
            return f"{EVERYTHING} NOT ({self.unwanted(node.node)})"
        if isinstance(node, Either):
            return " OR ".join(f"({self.match(one)})" for one in node.nodes)
        return self.all(node.nodes)

    def all(self, nodes: Sequence[Node]) -> str:
        positive = [one for one in _told_in_full(nodes) if not isinstance(one, Not)]
        telling = [one for one in positive if not (isinstance(one, Word) and one.text.lower() in STOP_WORDS)]
        found = " AND ".join(f"({self.match(one)})" for one in telling or positive) or EVERYTHING
        without = [one.node for one in nodes if isinstance(one, Not)]
        if not without:
            return found
        return f"({found}) NOT ({' OR '.join(f'({self.unwanted(one)})' for one in without)})"

    def unwanted(self, node: Node) -> str:
        """What must not be there is nothing to rank by."""
        units, phrases = len(self.units), len(self.phrases)
        without = self.match(node)
        del self.units[units:]
        del self.phrases[phrases:]
        return without

    def words(self, text: str) -> str:
        """A word in any inflection, or as the member of a compound; every part of one that is written with signs."""
        found: list[str] = []
        for one in swedish.tokens(text):
            meant = self.widen(unit(one.word, name=one.capital))
            merged = replace(meant[0], terms=frozenset().union(*(other.terms for other in meant)))
            self.units.append(merged)
            found.append(" OR ".join(other.match for other in meant))
        return " AND ".join(f"({one})" for one in found) or NOTHING

    def within(self, node: Within) -> str:
        value = node.value
        if isinstance(value, date):
            return _days(self.db, value, after=node.field is Field.AFTER)
        return _FIELDS[node.field](self.db, value)


def _told_in_full(nodes: Sequence[Node]) -> list[Node]:
    """ "hälso- och sjukvård" as words side by side: what the ellipsis leaves out is put in."""
    words = [one.text.lower() if isinstance(one, Word) else "" for one in nodes]
    full = list(nodes)
    for index, whole in swedish.ellipses(words) if any(word.endswith("-") for word in words) else ():
        full[index] = Word(whole)
    return full


def _title(_: Database, value: str) -> str:
    words = [one.word for one in swedish.tokens(value)]
    whole = f"title : {quoted(exact(value))}"
    return f"{whole} OR {quoted(token(term(words[0]), TITLE))}" if len(words) == 1 else whole


def _tag(db: Database, value: str) -> str:
    rows = db.execute("SELECT id, name FROM tags")
    return marked(map(tag_mark, _named({row["id"]: row["name"] for row in rows}, value)))


def _municipality(db: Database, value: str) -> str:
    return marked(map(tag_mark, _named(_tags(db, TagKind.KOMMUN), value)))


def _project(db: Database, value: str) -> str:
    """By the project's name or an alias of it."""
    key = projects.name_key(value)
    names = {key}
    for known in projects.all_of(db):
        keys = {projects.name_key(name) for name in (known.name, *known.aliases)}
        if key in keys:
            names |= keys
    tags = _tags(db, TagKind.PROJEKT).items()
    return marked(tag_mark(tag_id) for tag_id, name in tags if projects.name_key(name) in names)


def _source(db: Database, value: str) -> str:
    """By the outlet, its id or name, at which it was seen, or by the organisation whose release it is."""
    return marked([*map(source_mark, sources_named(db, value)), *map(tag_mark, _origins(db, value))])


def _outlet(db: Database, value: str) -> str:
    return marked(map(source_mark, sources_named(db, value)))


def _origin(db: Database, value: str) -> str:
    return marked(map(tag_mark, _origins(db, value)))


def _origins(db: Database, value: str) -> list[int]:
    return _named(_tags(db, TagKind.ORIGIN), value)


def _tags(db: Database, kind: TagKind) -> dict[int, str]:
    return {row["id"]: row["name"] for row in db.execute("SELECT id, name FROM tags WHERE kind = ?", (kind,))}


def _named(names: Mapping[Key, str], wanted: str) -> list[Key]:
    """Those of that name; where there are none, those that have it without the dots."""
    for form in (str.casefold, swedish.fold):
        found = [key for key, name in names.items() if form(name) == form(wanted)]
        if found:
            return found
    return []


def _days(db: Database, day: date, *, after: bool) -> str:
    """Since or until a day, as the tokens of days, months and years that the archive can hold."""
    row = db.execute("SELECT min(id) AS low, max(id) AS high FROM search_places").fetchone()
    if row["low"] is None:
        return NOTHING
    marks = [day_marks(day)[2]]
    here = day_marks(day)
    days, months = (
        (range(day.day + 1, 32), range(day.month + 1, 13)) if after else (range(1, day.day), range(1, day.month))
    )
    marks += [f"{here[2][:-2]}{other:02}" for other in days]
    marks += [f"{here[1][:-2]}{month:02}" for month in months]
    low, high = year_at(row["low"]), year_at(row["high"])
    years = range(max(day.year + 1, low), high + 1) if after else range(low, min(day.year, high + 1))
    marks += [f"#y{year:04}" for year in years]
    return marked(marks)


def _midnight(day: str | date) -> int:
    """The first place of the day where the news is made."""
    begun = day if isinstance(day, date) else date.fromisoformat(day)
    if not date.min < begun < date.max:
        begun = min(max(begun, date.min + timedelta(days=1)), date.max - timedelta(days=1))
    return int(datetime.combine(begun, time(), LOCAL).timestamp())


def _next(day: str | date) -> str | date:
    return day + timedelta(days=1) if isinstance(day, date) and day < date.max else day


_FIELDS: Mapping[Field, Callable[[Database, str], str]] = {
    Field.TAG: _tag,
    Field.MUNICIPALITY: _municipality,
    Field.PROJECT: _project,
    Field.SOURCE: _source,
    Field.OUTLET: _outlet,
    Field.ORIGIN: _origin,
    Field.TITLE: _title,
}
