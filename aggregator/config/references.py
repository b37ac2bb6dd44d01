"""What no table shows alone: things given twice, and feeds that ask for what is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.config.reading import label
from aggregator.config.tables import TAG_KINDS
from aggregator.config.values import nearest, shown
from aggregator.model import SourceKind, TagKind

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from aggregator.config.tables import FeedTable, StaffTable, Table, Tables


def check_references(tables: Tables) -> list[str]:
    """A line for each problem."""
    problems = [
        *_twice("source", tables.source, [(source.id.lower(),) for source in tables.source]),
        *_twice("feed", tables.feed, [(feed.id.lower(),) for feed in tables.feed]),
        *_twice("tag", tables.tag, [(tag.kind, tag.name.casefold()) for tag in tables.tag]),
        *_twice("project", tables.project, [(project.name.casefold(),) for project in tables.project]),
        *_staff(tables.web.staff),
    ]
    for number, feed in enumerate(tables.feed, 1):
        title = label("feed", number, feed)
        problems.extend(f"{title}: {problem}" for problem in (*_tags(feed, tables), *_sources(feed, tables)))
    return problems


def tag_of(text: str, tables: Tables) -> tuple[TagKind, str]:
    """A tag as a feed names it ("hälsa", "kommun:Karlskoga") → kind and name, spelt as its own table spells it.

    Raises ValueError where its kind is unknown, or it is a theme or kommun that no ``[[tag]]`` gives. Projects and
    origins are also learned from pages, so that any name of these can become a tag.
    """
    prefix, colon, rest = text.partition(":")
    kind, name = TagKind.THEME, text.strip()
    if colon:
        spelled = prefix.strip().casefold()
        spelled = TAG_KINDS.get(spelled, spelled)
        if spelled not in tuple(TagKind):
            raise ValueError(f'"{shown(text)}" has an unknown kind{nearest(prefix, TagKind)}')
        kind, name = TagKind(spelled), rest.strip()
    known = _known(kind, tables)
    if name.casefold() in known:
        return kind, known[name.casefold()]
    if kind in (TagKind.THEME, TagKind.KOMMUN):
        raise ValueError(f'no [[tag]] of kind {kind} is called "{shown(name)}"{nearest(name, known.values())}')
    has_pages = any(source.kind is SourceKind.PROJECTS for source in tables.source)
    if kind is TagKind.PROJEKT and not has_pages:
        raise ValueError(f'no [[project]] is called "{shown(name)}"{nearest(name, known.values())}')
    return kind, name


def _known(kind: TagKind, tables: Tables) -> dict[str, str]:
    """Names of one kind, folded → as spelt; a project's aliases give the project."""
    known = {tag.name.casefold(): tag.name for tag in tables.tag if tag.kind is kind}
    if kind is TagKind.PROJEKT:
        for project in tables.project:
            for name in (project.name, *project.aliases):
                known.setdefault(name.casefold(), project.name)
    return known


def _twice(name: str, entries: Sequence[Table], marks: Sequence[tuple[Hashable, ...]]) -> Iterator[str]:
    first: dict[tuple[Hashable, ...], int] = {}
    for number, (entry, mark) in enumerate(zip(entries, marks, strict=True), 1):
        if mark in first:
            yield f"{label(name, number, entry)}: is given twice; the first is #{first[mark]}"
        else:
            first[mark] = number


def _staff(people: Sequence[StaffTable]) -> Iterator[str]:
    yield from _twice("web.staff", people, [(person.name.casefold(),) for person in people])
    for number, person in enumerate(people, 1):
        if not (person.password or person.token):
            yield f"{label('web.staff', number, person)}: needs a password or a token; `aggregator staff` makes them"


def _tags(feed: FeedTable, tables: Tables) -> Iterator[str]:
    for text in feed.tags:
        try:
            tag_of(text, tables)
        except ValueError as error:
            yield f"tags: {error}"


def _sources(feed: FeedTable, tables: Tables) -> Iterator[str]:
    ids = [source.id for source in tables.source]
    for text in feed.sources:
        if text not in ids:
            yield f'sources: no [[source]] has the id "{shown(text)}"{nearest(text, ids)}'
