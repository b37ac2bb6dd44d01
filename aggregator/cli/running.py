"""``crawl``, ``watch`` and ``publish``: the runs."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aggregator.cli.commands import command
from aggregator.cli.place import Place
from aggregator.cli.streams import complain, say, say_json, terminal_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from aggregator.archive import Archive
    from aggregator.model import Config, Crawl, Run


@command("crawl", short_help="Read the sources that are due, and publish: for cron.")
def crawl(
    place: Place,
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SOURCE]...", help="Ids of sources; those that are due where none is named."),
    ] = None,
) -> int:
    """Read the sources that are due, or those named whether due or not; publish; print the report.

    For cron, as often as the most impatient source; see docs/operating.md.
    """
    from aggregator.archive import archive_lock
    from aggregator.cli.reports import exit_code, run_json, run_report

    config = place.config()
    _warn_of_missing_contact(config)
    with archive_lock(Path(config.settings.archive)), open_archive(config) as archive:
        run = run_once(config, archive, place.now(), tuple(sources or ()), quiet=place.json)
    if place.json:
        say_json(run_json(run))
    else:
        for line in run_report(run, {source.id: source.name for source in config.sources}, terminal_columns()):
            say(line)
    return exit_code(run)


@command("watch", short_help="The same on each source's schedule, in one process.")
def watch(place: Place) -> int:
    """Run for ever, each source on its own schedule, in one process; SIGTERM or Ctrl-C ends it.

    A changed configuration file is noticed by itself. For systemd; see docs/operating.md.
    """
    from aggregator.cli.watching import watch_until_stopped

    return watch_until_stopped(place)


@command("publish", short_help="Write the feeds from the archive.")
def publish(place: Place) -> int:
    """Write the feeds from the archive; only those files change whose content did."""
    from aggregator import pipeline
    from aggregator.archive import archive_lock
    from aggregator.cli.reports import published_json, published_report

    config = place.config()
    with archive_lock(Path(config.settings.archive)), open_archive(config) as archive:
        pipeline.tag_anew(config, archive)
        archive.group(place.now())
        archive.follow_pickups(place.now())
        published = pipeline.publish_all(config, archive, Path(config.settings.feeds), place.now(), anew=True)
    if place.json:
        say_json(published_json(published))
    else:
        for line in published_report(published):
            say(line)
    return 1 if published.failed else 0


def open_archive(config: Config) -> Archive:
    """The archive to write to; the authority of new guids is the host at which the feeds are served."""
    from urllib.parse import urlsplit

    from aggregator.archive import Archive

    host = urlsplit(config.settings.base_url).hostname or "localhost"
    try:
        authority = host.encode("idna").decode("ascii")
    except UnicodeError:
        authority = "localhost"
    return Archive.open(Path(config.settings.archive), tag_authority=authority.replace(":", "-"))


def run_once(
    config: Config, archive: Archive, now: datetime, only: tuple[str, ...] = (), *, quiet: bool = False
) -> Run:
    """One run with a progress bar where a person looks on."""
    from aggregator import pipeline

    with _progress(config, archive, now, only, quiet=quiet) as tell:
        return pipeline.run(config, archive, now=now, folder=Path(config.settings.feeds), only=only, progress=tell)


@contextmanager
def _progress(
    config: Config, archive: Archive, now: datetime, only: tuple[str, ...], *, quiet: bool
) -> Iterator[Callable[[Crawl], None] | None]:
    """A bar on standard error, if that is a terminal; nothing elsewhere."""
    import sys
    from zoneinfo import ZoneInfo

    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from aggregator import schedule

    total = len(set(only)) or len(
        schedule.due(config.sources, archive.states(), now, ZoneInfo(config.settings.timezone))
    )
    names = {source.id: source.name for source in config.sources}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading the sources", total=total)

        def tell(crawl: Crawl) -> None:
            bar.update(task, advance=1, description=f"{names[crawl.source_id]}: {crawl.counts.new} new")

        yield tell


def _warn_of_missing_contact(config: Config) -> None:
    public = [source for source in config.sources if source.enabled and not _private(source.url)]
    if public and not config.settings.user_agent_contact:
        complain("note: user_agent_contact is empty; webmasters who wonder about our visits cannot reach you")


def _private(url: str) -> bool:
    """Whether an address is plainly one of this machine or a test."""
    from urllib.parse import urlsplit

    host = urlsplit(url).hostname or ""
    return host.startswith("127.") or host in ("localhost", "::1") or host.endswith((".example", ".test"))
