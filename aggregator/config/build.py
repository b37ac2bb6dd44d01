"""Tables that were found right → the model's frozen types."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from aggregator.config.references import tag_of
from aggregator.model import (
    Bounds,
    Config,
    Contact,
    Feed,
    Filter,
    Hints,
    Project,
    Settings,
    Source,
    Staff,
    TagRule,
    Web,
)

if TYPE_CHECKING:
    from aggregator.config.tables import (
        AggregatorTable,
        BoundsTable,
        FeedTable,
        ProjectTable,
        SourceTable,
        Table,
        Tables,
        TagTable,
        WebTable,
    )

LIKELY = 0.6
"""The weight of a word in a tag rule's ``likely``."""
WEAK = 0.3
"""The weight of a word in its ``weak``."""

_SUFFIXES = {"_seconds": "seconds", "_hours": "hours", "_days": "days"}


def build(tables: Tables) -> Config:
    """The configuration; a source's bounds are its own, then those of ``[aggregator]``, then the program's."""
    settings = _settings(tables.aggregator)
    return Config(
        settings=settings,
        sources=tuple(_source(table, settings) for table in tables.source),
        tags=tuple(_tag(table) for table in tables.tag),
        projects=tuple(_project(table) for table in tables.project),
        feeds=tuple(_feed(table, tables, settings) for table in tables.feed),
        web=_web(tables.web),
    )


def _given(table: Table, *leave_out: str) -> dict[str, Any]:
    """What was written in a table: lists become tuples, and "_seconds", "_hours", "_days" become durations."""
    found: dict[str, Any] = {}
    for key in table.model_fields_set:
        value = getattr(table, key)
        if key in leave_out or value is None:
            continue
        suffix = next((suffix for suffix in _SUFFIXES if key.endswith(suffix)), None)
        if suffix and key != "quiet_hours":
            found[key.removesuffix(suffix)] = timedelta(**{_SUFFIXES[suffix]: value})
        else:
            found[key] = tuple(value) if isinstance(value, list) else value
    return found


def _bounds(table: BoundsTable, defaults: Bounds) -> tuple[Bounds, dict[str, Any]]:
    """The bounds, and what else was written in the table."""
    given = _given(table, "hints")
    names = [field.name for field in fields(Bounds)]
    own = {name: given.pop(name) for name in names if name in given}
    inherited = {name: getattr(defaults, name) for name in names}
    return Bounds(**(inherited | own)), given


def _settings(table: AggregatorTable) -> Settings:
    bounds, given = _bounds(table, Bounds())
    if "allow_private" in given:
        given["allow_private"] = frozenset(given["allow_private"])
    return Settings(bounds=bounds, **given)


def _source(table: SourceTable, settings: Settings) -> Source:
    bounds, given = _bounds(table, settings.bounds)
    given.setdefault("language", settings.language)
    return Source(bounds=bounds, hints=Hints(**_given(table.hints)), **given)


def _tag(table: TagTable) -> TagRule:
    given = _given(table, "words", "likely", "weak", "phrases", "yields_to", "parties", "jointly")
    listed = dict.fromkeys(table.weak, WEAK) | dict.fromkeys(table.likely, LIKELY)
    return TagRule(
        words=MappingProxyType(listed | table.words | table.phrases),
        yields_to=MappingProxyType(table.yields_to),
        parties=MappingProxyType(table.parties),
        jointly=MappingProxyType(table.jointly),
        **({"kind": table.kind} | given),
    )


def _project(table: ProjectTable) -> Project:
    contacts = tuple(Contact(**_given(contact)) for contact in table.contacts)
    return Project(contacts=contacts, **_given(table, "contacts"))


def _web(table: WebTable) -> Web:
    staff = tuple(Staff(**_given(person)) for person in table.staff)
    return Web(staff=staff, **_given(table, "staff"))


def _feed(table: FeedTable, tables: Tables, settings: Settings) -> Feed:
    chosen = Filter(
        tags=tuple(dict.fromkeys(tag_of(text, tables) for text in table.tags)),
        sources=tuple(dict.fromkeys(table.sources)),
        query=table.query,
    )
    return Feed(
        id=table.id,
        title=table.title,
        description=table.description,
        filter=chosen,
        limit=table.limit or settings.feed_limit,
        stories=settings.stories if table.stories is None else table.stories,
        group=table.group,
    )
