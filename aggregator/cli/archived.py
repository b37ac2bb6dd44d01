"""``projects``, ``export`` and ``import``: what the archive holds."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aggregator.cli.commands import command
from aggregator.cli.place import Place
from aggregator.cli.searching import CsvOption, ExcelOption, XlsxOption, hit_lines
from aggregator.cli.spreadsheets import csv_rows
from aggregator.cli.streams import opened, say, say_json, shown_time, terminal_columns
from aggregator.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aggregator.archive import Archive
    from aggregator.model import Config, KeptArticle, Project


class Form(StrEnum):
    """How articles are written in a file."""

    JSONL = "jsonl"
    CSV = "csv"


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


@command("export", short_help="Articles out of the archive: JSON Lines, CSV or Excel.")
def export(
    place: Place,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="A file, not standard output.")
    ] = None,
    as_csv: CsvOption = False,
    excel: ExcelOption = False,
    xlsx: XlsxOption = None,
) -> int:
    """Write every article of the archive: JSON Lines with all that is known, CSV, or an Excel workbook."""
    from aggregator.render import articles_csv, articles_xlsx, to_row

    with place.reader() as archive, opened(xlsx or output) as stream:
        chunks: Iterable[bytes]
        if xlsx is not None:
            chunks = (articles_xlsx(archive.export()),)
        elif as_csv or excel:
            chunks = articles_csv(archive.export(), excel=excel)
        else:
            import json

            lines = (json.dumps(to_row(kept), ensure_ascii=False) + "\n" for kept in archive.export())
            chunks = (line.encode("utf-8", "replace") for line in lines)
        for chunk in chunks:
            stream.write(chunk)
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
        done = archive.import_articles(_tagged(rows, config, archive), at=place.now())
        archive.group(place.now())
        archive.follow_pickups(place.now())
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
    from aggregator.render import to_row

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
        say_json(project_json(project) | {"coverage": [to_row(kept) for kept in coverage]})
        return 0
    say(f"{project.name} ({_status(project)}{', ' + project.period if project.period else ''})")
    for line in (*project.aliases, project.description, *project.links, project.page_url or ""):
        if line:
            say(f"  {line}")
    for kept in coverage:
        for text in hit_lines(kept, ""):
            say(text)
    say(f"{len(coverage)} article{'' if len(coverage) == 1 else 's'}")
    return 0


def _status(project: Project) -> str:
    return "gone from its page" if project.gone_at else project.status.value


def _json_rows(file: str) -> Iterator[Mapping[str, Any]]:
    from aggregator.cli.pages import json_lines

    return json_lines(file)


def _tagged(rows: Iterable[Mapping[str, Any]], config: Config, archive: Archive) -> Iterator[Mapping[str, Any]]:
    """The rows, those without tags given the tags of today's rules."""
    from aggregator import tag
    from aggregator.cli.pages import article_of, tag_json

    register = archive.projects()
    rules = tag.compile_rules(config.tags, register, archive.standings(tag.names_of(register)))
    sources = {source.id: source for source in config.sources}
    for row in rows:
        if row.get("tags") is not None:
            yield row
            continue
        given = tag.tag(article_of(dict(row)), rules, sources.get(str(row.get("source"))))
        yield {**row, "tags": [tag_json(one) for one in given]}
