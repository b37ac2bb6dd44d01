"""``sources``: how each is, one tried live, one recorded as a fixture."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aggregator.cli.commands import command
from aggregator.cli.place import LOCAL, Place
from aggregator.cli.streams import say, say_json, shown_time, terminal_columns
from aggregator.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from aggregator.archive import SourceHealth
    from aggregator.model import Article, Config, Crawl, Source

SAMPLES = 10
"""Articles that ``sources check`` shows."""


class Action(StrEnum):
    """What to do with one source."""

    CHECK = "check"
    RECORD = "record"


@command("sources", short_help="List the sources; try one; record one.")
def sources(
    place: Place,
    action: Annotated[
        Action | None,
        typer.Argument(metavar="[check|record]", help="check tries ID live; record leaves it as a fixture."),
    ] = None,
    source_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="The source's id in the configuration.")
    ] = None,
    folder: Annotated[
        Path, typer.Option("--folder", metavar="FOLDER", help="record: where the fixture's folder is made.")
    ] = Path("tests/fixtures"),
) -> int:
    """List the sources with their health; "check ID" tries one live and writes nothing, "record ID" keeps it."""
    config = place.config()
    if action is None:
        return _list(place, config)
    source = _one(config, source_id, action)
    from aggregator import pipeline
    from aggregator.cli.reports import crawl_json

    crawl = pipeline.check(config, source, now=place.now())
    if action is Action.RECORD:
        from aggregator.cli.recording import record

        place_of_fixture = record(crawl, source, folder / source.id)
        say(f"{place_of_fixture} is written; look at expected.json, and correct it by hand where it is wrong")
    elif place.json:
        say_json(crawl_json(crawl) | {"way": _way(crawl), "found": _found(crawl), "articles": list(_samples(crawl))})
    else:
        for line in _check_lines(crawl, source):
            say(line)
    return 1 if crawl.outcome.value == "failed" else 0


def _one(config: Config, source_id: str | None, action: Action) -> Source:
    from aggregator.config import named

    if source_id is None:
        raise ConfigError([f"sources {action} needs the id of a source; `aggregator sources` lists them"])
    return named(config, [source_id])[0]


def _list(place: Place, config: Config) -> int:
    from aggregator.cli.tables import table

    health: dict[str, SourceHealth] = {}
    if Path(config.settings.archive).exists():
        from aggregator.archive import Archive

        with Archive.reader(Path(config.settings.archive)) as archive:
            health = {one.source_id: one for one in archive.health(place.now())}
    rows = [_health_row(source, health.get(source.id)) for source in config.sources]
    if place.json:
        say_json(rows)
        return 0
    head = ("Id", "Name", "State", "Articles", "This week", "Waiting", "Next check", "Why")
    cells = [
        tuple(
            str(row[key] if row[key] is not None else "")
            for key in ("id", "name", "state", "articles", "new_last_week", "waiting", "next_check", "why")
        )
        for row in ({**row, "next_check": _local(row["next_check_at"])} for row in rows)
    ]
    for line in table(head, cells, right=(3, 4, 5), width=terminal_columns()):
        say(line)
    return 0


def _health_row(source: Source, health: SourceHealth | None) -> dict[str, Any]:
    state = health.state if health else None
    return {
        "id": source.id,
        "name": source.name,
        "url": source.url,
        "kind": source.kind.value,
        "enabled": source.enabled,
        "state": _state(source, health),
        "articles": health.articles if health else 0,
        "new_last_week": health.new_last_week if health else 0,
        "newest_at": health.newest_at if health else None,
        "waiting": health.waiting if health else 0,
        "given_up": health.given_up if health else 0,
        "failures": state.failures if state else 0,
        "failing_since": state.failing_since if state else None,
        "last_checked_at": state.last_checked_at if state else None,
        "next_check_at": state.next_check_at if state and source.enabled else None,
        "why": _why(health),
    }


def _state(source: Source, health: SourceHealth | None) -> str:
    if not source.enabled:
        return "off"
    if health is None or health.state.last_checked_at is None:
        return "never read"
    return f"failing ({health.state.failures} in a row)" if health.state.failures else "well"


def _why(health: SourceHealth | None) -> str:
    from aggregator.cli.reasons import REASONS

    last = health.state.last_reason if health else None
    if not last:
        return ""
    # An archive may hold a code that this version does not know.
    what, remedy = next((words for reason, words in REASONS.items() if reason.value == last), (last, "upgrade"))
    return f"{what}; do: {remedy}"


def _local(at: datetime | None) -> str:
    return at.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M") if at else ""


def _way(crawl: Crawl) -> Mapping[str, str]:
    """How the source was read, as it would be remembered."""
    memory = crawl.state.memory if crawl.state else {}
    return {key: memory[key] for key in ("kind", "endpoint") if key in memory}


def _found(crawl: Crawl) -> dict[str, int]:
    from aggregator.cli.reports import finds_summary

    found = dict(finds_summary(crawl))
    if crawl.projects is not None:
        found["project"] = len(crawl.projects)
    return found


def _samples(crawl: Crawl) -> Iterator[dict[str, Any]]:
    from aggregator.model import Article

    for find in crawl.finds:
        if isinstance(find.result, Article):
            yield _sample(find.result) | {"tags": [f"{tag.kind}:{tag.name}" for tag in find.tags]}


def _sample(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "url": article.canonical_url,
        "published_at": shown_time(article.published_at),
        "letters": len(article.text),
    }


def _check_lines(crawl: Crawl, source: Source) -> Iterator[str]:
    from aggregator.cli.reasons import OUTCOMES, explain

    yield f"{source.name}: {OUTCOMES[crawl.outcome]} {explain(crawl)}".rstrip()
    for key, value in _way(crawl).items():
        yield f"  {key}: {value}"
    yield f"  requests: {crawl.counts.requests}, links: {crawl.counts.links}, left for later: {len(crawl.pending)}"
    for kind, count in sorted(_found(crawl).items()):
        yield f"  {kind}: {count}"
    for sample in list(_samples(crawl))[:SAMPLES]:
        yield f"  {sample['published_at'] or 'no date':20}  {sample['letters']:6} letters  {sample['title']}"
        if sample["tags"]:
            yield f"{'':24}{', '.join(sample['tags'])}"
