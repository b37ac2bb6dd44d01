"""``search``: the archive from the shell."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aggregator.cli.commands import command
from aggregator.cli.place import LOCAL, Place
from aggregator.cli.streams import complain, opened, say, say_json
from aggregator.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aggregator.archive import Facet, Hit, SearchResult
    from aggregator.model import KeptArticle

SHOWN = 20
"""Hits on the screen where nothing is said; a file gets all that can be had."""
MOST = 10_000
MOST_VALUES = 12
"""Values of a facet that are told on the screen; with --json all are."""

EXAMPLES = """
Examples:

\b
  aggregator search vårdcentral karlskoga
  aggregator search '"nära vård" kommun:Nora från:2025'
  aggregator search 'skola OR förskola' -ishockey
  aggregator search kommun:Degerfors --sort newest --open 1
  aggregator search projekt:CROSS --xlsx cross.xlsx
"""


class Sort(StrEnum):
    """The order of what a search finds."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


CsvOption = Annotated[bool, typer.Option("--csv", help="CSV, for programs: commas, UTF-8.")]
ExcelOption = Annotated[bool, typer.Option("--excel", help="CSV as a Swedish Excel opens it: semicolons.")]
XlsxOption = Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help="An Excel workbook, into this file.")]


@command("search", short_help="Search the archive.", context_settings={"ignore_unknown_options": True}, epilog=EXAMPLES)
def search(  # noqa: PLR0913, PLR0917 - a parameter is an option, and typer reads them here
    place: Place,
    query: Annotated[list[str], typer.Argument(metavar="QUERY", help='Words, "a phrase", -without, kommun:Nora, …')],
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, max=MOST, help=f"The most to show: {SHOWN}, and in files {MOST}."),
    ] = None,
    sort: Annotated[Sort, typer.Option("--sort", help="What comes first.")] = Sort.RELEVANCE,
    as_csv: CsvOption = False,
    excel: ExcelOption = False,
    xlsx: XlsxOption = None,
    facets: Annotated[
        bool, typer.Option("--facets", help="How what is found spreads over sources, tags, years.")
    ] = False,
    number: Annotated[
        int | None, typer.Option("--open", metavar="N", min=1, max=MOST, help="Open the N-th hit in the browser.")
    ] = None,
) -> int:
    """Search the archive: inflections and compounds are found; docs/commands.md tells the whole search line."""
    stray = next((word for word in query if word.startswith("--")), None)
    if stray:
        raise ConfigError([f"{stray}: no such option of search (aggregator search --help tells them)"])
    line = " ".join(query)
    to_file = as_csv or excel or xlsx is not None
    limit = limit or (MOST if to_file else max(SHOWN, number or 0))
    with place.reader() as archive:
        found = archive.search(line, limit=limit, sort=sort.value, with_facets=facets or place.json, folded=not to_file)
    if not place.json:
        for note in _notes(found):
            complain(note)
    if to_file:
        _write(found.hits, xlsx, excel=excel)
    if place.json:
        say_json(_told(line, found))
    if number is not None:
        _open(found.hits, number)
    elif not (place.json or to_file):
        _show(found)
        for text in _facet_lines(found.facets):
            say(text)
    return 0


def hit_lines(kept: KeptArticle, snippet: str) -> Iterator[str]:
    """An article in a list: day, title, source; a stretch of its text, where there is one; its address."""
    at = (kept.article.published_at or kept.fetched_at).astimezone(LOCAL)
    yield f"{at:%Y-%m-%d}  {kept.article.title}  ({kept.source_name})"
    if snippet:
        yield f"            {' '.join(snippet.split())}"
    yield f"            {kept.article.canonical_url}"


def _write(hits: Sequence[Hit], xlsx: Path | None, *, excel: bool) -> None:
    from aggregator.render import articles_csv, articles_xlsx

    articles = [hit.article for hit in hits]
    with opened(xlsx) as stream:
        for chunk in (articles_xlsx(articles),) if xlsx is not None else articles_csv(articles, excel=excel):
            stream.write(chunk)
    if xlsx is not None:
        complain(f"note: {len(articles)} articles in {xlsx}")


def _told(line: str, found: SearchResult) -> dict[str, object]:
    from aggregator.render import to_row

    hits = [
        to_row(hit.article)
        | {"snippet": hit.snippet, "score": hit.score, "also": [asdict(outlet) for outlet in hit.also]}
        for hit in found.hits
    ]
    told = {"understood": found.understood, "total": found.total, "more": found.more}
    facets = [{"kind": one.kind, "name": one.name, "count": one.count} for one in found.facets]
    return {"query": line, **told, "suggestion": found.suggestion, "facets": facets, "hits": hits}


def _open(hits: Sequence[Hit], number: int) -> None:
    """Show the N-th hit in the browser, and its address in any case. Raises ConfigError where there is none."""
    import webbrowser

    if number > len(hits):
        raise ConfigError([f"--open {number}: there {'is' if len(hits) == 1 else 'are'} only {len(hits)}"])
    url = hits[number - 1].article.article.canonical_url
    say(url)
    if not (url.lower().startswith(("http://", "https://")) and webbrowser.open(url)):
        complain("note: no browser could be opened; the address is printed")


def _show(found: SearchResult) -> None:
    for hit in found.hits:
        for text in hit_lines(hit.article, hit.snippet):
            say(text)
        if hit.also:
            say("            also in " + ", ".join(outlet.source_name for outlet in hit.also))
    number = f"more than {found.total}" if found.more else f"{found.total}"
    say(f"{number} found" + (f", {len(found.hits)} shown" if found.total > len(found.hits) else ""))


KINDS = ("source", "theme", "kommun", "projekt", "källa", "year")
"""The kinds of facets in the order in which they are told."""


def _facet_lines(facets: Sequence[Facet]) -> Iterator[str]:
    """A line for each kind: its values with their counts, the most frequent first, the years newest first."""
    for kind in KINDS:
        found = [one for one in facets if one.kind == kind]
        if kind == "year":
            found.sort(key=lambda one: one.name, reverse=True)
        if found:
            more = f", … ({len(found)} in all)" if len(found) > MOST_VALUES else ""
            yield f"{kind}: " + ", ".join(f"{one.name} {one.count}" for one in found[:MOST_VALUES]) + more


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
