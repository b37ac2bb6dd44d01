"""``pickups``: what became of press releases, from the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from aggregator.cli.commands import command
from aggregator.cli.place import LOCAL, Place
from aggregator.cli.searching import CsvOption, ExcelOption, XlsxOption
from aggregator.cli.streams import complain, opened, say, say_json, terminal_columns
from aggregator.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from aggregator.archive import Archive
    from aggregator.model import Overlap, Pickup, Release, ReleaseFilter, ReleaseReport, ReleaseTotal

SHOWN = 20
"""Releases on the screen where nothing is said; a file gets all."""

EXAMPLES = """
Examples:

\b
  aggregator pickups
  aggregator pickups --from 2026-01 --theme hälsa --xlsx genomslag.xlsx
  aggregator pickups --nobody --sender "Region Örebro län"
  aggregator pickups https://via.tt.se/pressmeddelande/1234
"""


@command("pickups", short_help="What became of press releases.", epilog=EXAMPLES)
def pickups(  # noqa: PLR0913, PLR0917 - a parameter is an option, and typer reads them here
    place: Place,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[RELEASE]", help="One release by its id, guid or address; texts side by side."),
    ] = None,
    since: Annotated[str, typer.Option("--from", metavar="DAY", help="Sent on this day or later; also 2026-03.")] = "",
    until: Annotated[str, typer.Option("--to", metavar="DAY", help="Sent on this day or before; also 2026.")] = "",
    theme: Annotated[str, typer.Option("--theme", metavar="NAME", help="Releases with this theme.")] = "",
    project: Annotated[str, typer.Option("--project", metavar="NAME", help="Releases on this project.")] = "",
    municipality: Annotated[str, typer.Option("--municipality", metavar="NAME", help="On this municipality.")] = "",
    outlet: Annotated[str, typer.Option("--outlet", metavar="NAME", help="Taken up by this outlet (id or name).")] = "",
    sender: Annotated[str, typer.Option("--sender", metavar="NAME", help="Sent by this organisation.")] = "",
    nobody: Annotated[bool, typer.Option("--nobody", help="Only releases that nobody took up.")] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help=f"The most releases to show: {SHOWN}, and in files all.")
    ] = None,
    as_csv: CsvOption = False,
    excel: ExcelOption = False,
    xlsx: XlsxOption = None,
) -> int:
    """Who took up our press releases, how soon, and how much of them word for word.

    With a release's id, guid or address: its pickups, and for each what was left out and added. CSV has a row for each
    pickup and one for each release that nobody took up; names of columns are English, with --excel and --xlsx Swedish.
    """
    from aggregator.model import ReleaseFilter

    if name is not None:
        return _one(place, name)
    chosen = ReleaseFilter(
        since=_day("--from", since, last=False),
        until=_day("--to", until, last=True),
        theme=theme,
        project=project,
        municipality=municipality,
        outlet=outlet,
        sender=sender,
        picked_up=False if nobody else None,
    )
    to_file = as_csv or excel or xlsx is not None
    limit = limit or (None if to_file or place.json else SHOWN)
    with place.reader() as archive:
        releases, report = archive.releases(chosen, limit=limit), archive.release_report(chosen)
        notes = list(_notes(archive, chosen))
    if not place.json:
        for note in notes:
            complain(note)
    if to_file:
        _write(releases, xlsx, excel=excel)
    if place.json:
        from aggregator.render import impact

        say_json({"report": impact.report_json(report), "releases": [impact.release_json(one) for one in releases]})
    elif not to_file:
        _show(releases, report)
    return 0


def _notes(archive: Archive, chosen: ReleaseFilter) -> Iterator[str]:
    """What a filter asks for that no release has, as it is mostly misspelt."""
    known = archive.release_choices()
    sources = {source.source_id.casefold() for source in archive.known_sources()}
    for name, names in known.items():
        wanted = getattr(chosen, name)
        there = {one.casefold() for one in names} | (sources if name == "outlet" else set())
        if wanted and wanted.casefold() not in there:
            yield f'note: no release has --{name} "{wanted}"; there are: {", ".join(names) or "none at all"}'


def _day(option: str, text: str, *, last: bool) -> date | None:
    """A day, or the first or last of a month or a year. Raises ConfigError."""
    from aggregator import query

    found = query.day(text, last=last) if text else None
    if text and found is None:
        raise ConfigError([f'{option}: "{text}" is no day such as 2026-03-15, 2026-03 or 2026'])
    return found


def _write(releases: Sequence[Release], xlsx: Path | None, *, excel: bool) -> None:
    from aggregator.render import csv_chunks, impact, sheet

    with opened(xlsx) as stream:
        if xlsx is not None:
            stream.write(sheet("Genomslag", impact.IMPACT_NAMES, impact.impact_rows(releases)))
        else:
            header = impact.IMPACT_NAMES if excel else impact.IMPACT_KEYS
            for chunk in csv_chunks(header, impact.impact_texts(releases, local=excel), excel=excel):
                stream.write(chunk)
    if xlsx is not None:
        complain(f"note: {len(releases)} releases in {xlsx}")


def _show(releases: Sequence[Release], report: ReleaseReport) -> None:
    from aggregator.cli.tables import table

    for release in releases:
        for line in _release_lines(release):
            say(line)
    if report.outlets:
        say()
        rows = [(one.name, str(one.pickups), *_medians(one)) for one in report.outlets]
        for line in table(
            ("Outlet", "Pickups", "Median delay", "Median share"), rows, right=(1,), width=terminal_columns()
        ):
            say(line)
        say()
    total = report.total
    shown = f", {len(releases)} shown" if len(releases) < total.releases else ""
    say(
        f"{total.releases} releases{shown}: {total.picked_up} taken up, {total.not_picked_up} by nobody"
        + (f", {total.known_by_one} known from one outlet alone;" if total.known_by_one else ";")
        + f" {total.pickups} pickups"
        + ("; median {}, {}".format(*_medians(total)) if total.pickups else "")
    )


def _release_lines(release: Release) -> Iterator[str]:
    """A release in a list: day, title, sender; a line for each pickup."""
    from aggregator.render import impact

    sent = release.published_at.astimezone(LOCAL)
    yield f"{sent:%Y-%m-%d}  {release.title}  ({release.sender})  [{release.article_id}]"
    if release.stands_in:
        yield f"            Avsändarens egen text saknas; först hos {release.outlet}"
    for pickup in release.pickups:
        yield f"            {pickup.outlet}: {impact.pickup_told(pickup)}"
    if not release.pickups and not release.stands_in:
        yield "            Ingen har tagit upp det"


def _medians(total: ReleaseTotal) -> tuple[str, str]:
    from aggregator.render import impact

    delay, share = total.median_delay, total.median_share
    return (
        "" if delay is None else impact.delay_told(delay),
        "" if share is None else impact.share_told(share),
    )


def _one(place: Place, name: str) -> int:
    from aggregator.render import impact

    with place.reader() as archive:
        release = archive.release(int(name) if name.isdecimal() and len(name) < 19 else name)
        if release is None:
            raise ConfigError([f'no press release, and no pickup of one, is "{name}"; `aggregator pickups` lists them'])
        compared = [(pickup, archive.compare(release, pickup)) for pickup in release.pickups]
    if place.json:
        told = impact.release_json(release)
        told["pickups"] = [
            impact.pickup_json(one) | {"compared": impact.overlap_json(found)} for one, found in compared
        ]
        say_json(told)
        return 0
    for line in _release_lines(release):
        say(line)
    say(f"            {release.url}")
    for pickup, found in compared:
        say()
        for line in _side_by_side(pickup, found):
            say(line)
    return 0


def _side_by_side(pickup: Pickup, found: Overlap) -> Iterator[str]:
    """A pickup with its text as word-wise differences are written: [-left out-], {+added+}."""
    from aggregator.model import PieceKind
    from aggregator.render import impact

    yield f"== {pickup.outlet}: {pickup.title}"
    yield f"   {pickup.url}"
    yield f"   {impact.pickup_told(pickup)}"
    for quote in found.quotes:
        yield f"   {'kept' if quote.kept else 'gone'}: {' '.join(quote.text.split())}"
    for head, pieces, kind, marks in (
        ("The release; [-left out-]", found.release, PieceKind.LEFT_OUT, ("[-", "-]")),
        ("The pickup; {+added+}", found.pickup, PieceKind.ADDED, ("{+", "+}")),
    ):
        yield ""
        yield f"-- {head}"
        yield "".join(_marked(piece.text, marks) if piece.kind is kind else piece.text for piece in pieces).strip()


def _marked(text: str, marks: tuple[str, str]) -> str:
    """A run between marks, the blanks behind it outside them."""
    kept = text.rstrip()
    return f"{marks[0]}{kept}{marks[1]}{text[len(kept) :]}"
