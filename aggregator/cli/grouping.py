"""``group``: which of some texts tell the same thing, for texts from anywhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from aggregator.cli.commands import command
from aggregator.cli.pages import STANDARD, numbered_lines
from aggregator.cli.place import Place
from aggregator.cli.streams import say_json
from aggregator.errors import InputError

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from aggregator.group import Given
    from aggregator.model import Config

TEXTS = ("title", "text", "lead", "url")


@command("group", short_help="Stories among texts, JSON Lines to JSON Lines.")
def group(
    place: Place,
    file: Annotated[str, typer.Argument(metavar="[FILE]", help='JSON Lines; "-" is standard input.')] = STANDARD,
) -> int:
    """Group JSON Lines {id, url, title, text, source, published_at}; print {story, members: [ids], relation} a story.

    The answer is the same in whatever order the lines come.
    """
    from aggregator import group as grouping

    config = place.config_if_there()
    origins = _origins(config)
    tz = ZoneInfo(config.settings.timezone)
    given = [_given(row, f"{file}, line {number}", tz, origins) for number, row in numbered_lines(file)]
    for number, story in enumerate(grouping.group(given), 1):
        told: dict[str, Any] = {"story": number, "members": _ids(story.members), "relation": story.relation.value}
        if story.related:
            told["related"] = _ids(story.related)
        say_json(told, indent=None)
    return 0


def _ids(names: tuple[str, ...]) -> list[Any]:
    """The ids as they were given, each once."""
    return [json.loads(name) for name in dict.fromkeys(names)]


def _given(row: dict[str, Any], where: str, tz: tzinfo, origins: frozenset[str]) -> Given[str]:
    from aggregator.group import Given

    said = {name: row.get(name) for name in TEXTS}
    for name, value in said.items():
        if value is not None and not isinstance(value, str):
            raise InputError(f"{where}: {name} is no text: {json.dumps(value, ensure_ascii=False)}")
    title, text, lead, url = ((said[name] or "") for name in TEXTS)
    source = _source(row.get("source"), where)
    named = row.get("origin")
    return Given(
        name=_name(row, where),
        title=title,
        text=text if text.startswith(lead) else f"{lead}\n\n{text}",
        source=source,
        url=url,
        published_at=_time(row.get("published_at"), where, tz),
        origin=source.casefold() in origins or (isinstance(named, str) and bool(source) and named == source),
    )


def _name(row: dict[str, Any], where: str) -> str:
    """A line's id as JSON, so that 1 and "1" are two; a line without one is named by its address."""
    name = row.get("id")
    if name is None:
        name = row.get("url")
    if not isinstance(name, str | int | float) or isinstance(name, bool) or name == "":
        raise InputError(f"{where}: id must be a text or a number, and it is {json.dumps(row.get('id'))}")
    return json.dumps(name)


def _source(value: object, where: str) -> str:
    if value is None or (isinstance(value, str | int) and not isinstance(value, bool)):
        return "" if value is None else str(value).strip()
    raise InputError(f"{where}: source must be a source's id or name, and it is {json.dumps(value)}")


def _time(value: object, where: str, tz: tzinfo) -> datetime | None:
    """A time in ISO 8601 or Unix seconds, or as newsrooms write it; without a zone it is local, a day is its noon."""
    from aggregator import dates

    if value is None or value == "":
        return None
    readable = isinstance(value, str | int) and not isinstance(value, bool)
    moment = dates.parse(str(value), tz=tz) if readable else None
    if moment is None:
        raise InputError(f"{where}: published_at is no date: {json.dumps(value, ensure_ascii=False)}")
    return moment.at


def _origins(config: Config) -> frozenset[str]:
    """The ids and names of the sources that are the origin of what they publish."""
    from aggregator.model import ORIGIN_ROLES

    sources = [source for source in config.sources if source.role in ORIGIN_ROLES]
    return frozenset(name.casefold() for source in sources for name in (source.id, source.name))
