"""``search``, ``projects``, ``export`` and ``import``: what the archive holds."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aggregator.cli.commands import command
from aggregator.cli.place import LOCAL, Place
from aggregator.cli.spreadsheets import csv_rows, write_csv
from aggregator.cli.streams import complain, say, say_json, shown_time, terminal_columns
from aggregator.errors import ConfigError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import TextIO

    from aggregator.archive import SearchResult
    from aggregator.model import Config, KeptArticle, Project


class Sort(StrEnum):
    """The order of what a search finds."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


class Form(StrEnum):
    """How articles are written in a file."""

    JSONL = "jsonl"
    CSV = "csv"


CsvOption = Annotated[bool, typer.Option("--csv", help="CSV, for programs: commas, UTF-8.")]
ExcelOption = Annotated[bool, typer.Option("--excel", help="CSV as a Swedish Excel opens it: semicolons.")]


@command("search", short_help="Search the archive.", context_settings={"ignore_unknown_options": True})
def search(  # noqa: PLR0913, PLR0917 - a parameter is an option, and typer reads them here
    place: Place,
    query: Annotated[list[str], typer.Argument(metavar="QUERY", help='Words, "a phrase", -without, kommun:Nora, …')],
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="The most to show.")] = 20,
    sort: Annotated[Sort, typer.Option("--sort", help="What comes first.")] = Sort.RELEVANCE,
    as_csv: CsvOption = False,
    excel: ExcelOption = False,
) -> int:
    """Search the archive: inflections and compounds are found; docs/commands.md tells the whole search line."""
    stray = next((word for word in query if word.startswith("--")), None)
    if stray:
        raise ConfigError([f"{stray}: no such option of search (aggregator search --help tells them)"])
    line = " ".join(query)
    with place.reader() as archive:
        found = archive.search(line, limit=limit, sort=sort.value)
    if place.json:
        hits = [
            _row(hit.article)
            | {"snippet": hit.snippet, "score": hit.score, "also": [asdict(outlet) for outlet in hit.also]}
            for hit in found.hits
        ]
        told = {"understood": found.understood, "total": found.total, "more": found.more}
        say_json({"query": line, **told, "suggestion": found.suggestion, "hits": hits})
        return 0
    for note in _notes(found):
        complain(note)
    if as_csv or excel:
        write_csv((hit.article for hit in found.hits), sys.stdout, excel=excel)
        return 0
    for hit in found.hits:
        for text in _hit_lines(hit.article, hit.snippet):
            say(text)
        if hit.also:
            say("            also in " + ", ".join(outlet.source_name for outlet in hit.also))
    number = f"more than {found.total}" if found.more else f"{found.total}"
    say(f"{number} found" + (f", {len(found.hits)} shown" if found.total > len(found.hits) else ""))
    return 0


def _notes(found: SearchResult) -> Iterator[str]:
    """What a person should know of how the line was taken."""
    if not found.understood:
        yield "note: the search line could not be read as written, and was searched as plain words"
    if found.widened:
        yield "note: nothing was found as typed; these are found with å, ä and ö"
    if found.suggestion is not None:
        yield f"did you mean: {found.suggestion}"
    if found.more:
        yield "note: of so many matches the newest are ranked; more words, or dates, narrow them"


@command("projects", short_help="The register of projects.")
def projects(
    place: Place,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="One project, with its coverage.")] = None,
) -> int:
    """List the register of projects: from the configuration, and read from project pages."""
    if name is not None:
        return _one_project(place, name)
    register = sorted(_register(place), key=lambda project: project.name.casefold())
    if place.json:
        say_json([project_json(project) for project in register])
        return 0
    from aggregator.cli.tables import table

    rows = [(project.name, _status(project), project.period or "", ", ".join(project.aliases)) for project in register]
    for line in table(("Project", "Status", "Period", "Also called"), rows, width=terminal_columns()):
        say(line)
    return 0


@command("export", short_help="Articles out of the archive: JSON Lines or CSV.")
def export(
    place: Place,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="A file, not standard output.")
    ] = None,
    as_csv: CsvOption = False,
    excel: ExcelOption = False,
) -> int:
    """Write every article of the archive: JSON Lines with all that is known, or CSV."""
    with place.reader() as archive, _opened(output) as stream:
        if as_csv or excel:
            write_csv(archive.export(), stream, excel=excel)
        else:
            import json

            for kept in archive.export():
                stream.write(json.dumps(_row(kept), ensure_ascii=False) + "\n")
    return 0


@command("import", short_help="Articles into the archive: JSON Lines or CSV.")
def import_(
    place: Place,
    file: Annotated[str, typer.Argument(metavar="FILE", help='What export wrote; "-" is standard input.')],
    form: Annotated[
        Form | None, typer.Option("--format", help="By the file's name where not given, else JSON Lines.")
    ] = None,
) -> int:
    """Add articles from JSON Lines or CSV to the archive; those it knows already are left as they are.

    Articles that come without tags are tagged by the configuration's rules.
    """
    from aggregator.archive import archive_lock
    from aggregator.cli.running import open_archive

    if form is None:
        form = Form.CSV if file.lower().endswith(".csv") else Form.JSONL
    rows = csv_rows(file) if form is Form.CSV else _json_rows(file)
    config = place.config()
    with archive_lock(Path(config.settings.archive)), open_archive(config) as archive:
        archive.register(config, place.now())
        done = archive.import_articles(_tagged(rows, config, archive.projects()), at=place.now())
    if place.json:
        say_json({"new": done.new, "known": done.known})
    else:
        say(f"{done.new} new articles, {done.known} were known already")
    return 0


def project_json(project: Project) -> dict[str, Any]:
    """A project as ``projects --json`` prints it."""
    return {
        "name": project.name,
        "aliases": list(project.aliases),
        "status": project.status.value,
        "description": project.description,
        "contacts": [asdict(contact) for contact in project.contacts],
        "links": list(project.links),
        "period": project.period,
        "page_url": project.page_url,
        "page_updated_at": shown_time(project.page_updated_at),
        "gone_at": shown_time(project.gone_at),
    }


def _register(place: Place) -> Iterable[Project]:
    """The archive's register, which holds the configuration's; the configuration's alone before the first crawl."""
    config = place.config_if_there()
    path = Path(config.settings.archive)
    if place.archive_override is None and not path.exists():
        return config.projects
    with place.reader() as archive:
        return archive.projects()


def _one_project(place: Place, name: str) -> int:
    from aggregator.model import Filter, TagKind

    folded = name.casefold()
    project = next(
        (one for one in _register(place) if folded in (called.casefold() for called in (one.name, *one.aliases))), None
    )
    if project is None:
        raise ConfigError([f'no project is called "{name}"; `aggregator projects` lists them'])
    coverage: tuple[KeptArticle, ...] = ()
    if place.archive_override is not None or Path(place.config().settings.archive).exists():
        with place.reader() as archive:
            coverage = archive.members(Filter(tags=((TagKind.PROJEKT, project.name),)))
    if place.json:
        say_json(project_json(project) | {"coverage": [_row(kept) for kept in coverage]})
        return 0
    say(f"{project.name} ({_status(project)}{', ' + project.period if project.period else ''})")
    for line in (*project.aliases, project.description, *project.links, project.page_url or ""):
        if line:
            say(f"  {line}")
    for kept in coverage:
        for text in _hit_lines(kept, ""):
            say(text)
    say(f"{len(coverage)} article{'' if len(coverage) == 1 else 's'}")
    return 0


def _status(project: Project) -> str:
    return "gone from its page" if project.gone_at else project.status.value


def _row(kept: KeptArticle) -> dict[str, Any]:
    from aggregator.archive.export import to_row

    return dict(to_row(kept))


def _hit_lines(kept: KeptArticle, snippet: str) -> Iterator[str]:
    at = (kept.article.published_at or kept.fetched_at).astimezone(LOCAL)
    yield f"{at:%Y-%m-%d}  {kept.article.title}  ({kept.source_name})"
    if snippet:
        yield f"            {' '.join(snippet.split())}"
    yield f"            {kept.article.canonical_url}"


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that appears under its name only when it is whole."""
    if output is None:
        yield sys.stdout
        return
    import os

    partial = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with partial.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        partial.replace(output)
    except OSError as error:
        raise InputError(f"{output}: cannot be written: {error.strerror}") from None
    finally:
        partial.unlink(missing_ok=True)


def _json_rows(file: str) -> Iterator[Mapping[str, Any]]:
    from aggregator.cli.pages import json_lines

    return json_lines(file)


def _tagged(
    rows: Iterable[Mapping[str, Any]], config: Config, register: Iterable[Project]
) -> Iterator[Mapping[str, Any]]:
    """The rows, those without tags given the tags of today's rules."""
    from aggregator import tag
    from aggregator.cli.pages import article_of, tag_json

    rules = tag.compile_rules(config.tags, tuple(register))
    sources = {source.id: source for source in config.sources}
    for row in rows:
        if row.get("tags") is not None:
            yield row
            continue
        given = tag.tag(article_of(dict(row)), rules, sources.get(str(row.get("source"))))
        yield {**row, "tags": [tag_json(one) for one in given]}
