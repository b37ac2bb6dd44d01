"""Where a command works: the options that every command has, and what they give."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from aggregator.errors import ConfigError

if TYPE_CHECKING:
    from aggregator.archive import Archive
    from aggregator.model import Config

LOCAL = ZoneInfo("Europe/Stockholm")
"""The zone of a ``--now`` that names none."""
NOW_VARIABLE = "AGGREGATOR_NOW"
DEFAULT_CONFIG = Path("sources.toml")

# Whether a path can be read is told by those who read it, in their words and with their exit code.
ConfigOption = Annotated[
    Path,
    typer.Option(
        "--config",
        metavar="FILE",
        readable=False,
        help=f"The configuration; {DEFAULT_CONFIG} where not given.",
        show_default=False,
    ),
]
ArchiveOption = Annotated[
    Path | None,
    typer.Option("--archive", metavar="FILE", readable=False, help="The archive; wins over the configuration."),
]
FeedsOption = Annotated[
    Path | None,
    typer.Option("--feeds", metavar="FOLDER", readable=False, help="Where feeds go; wins over the configuration."),
]
NowOption = Annotated[
    str | None,
    typer.Option("--now", metavar="TIME", help=f"The present moment (ISO 8601), else {NOW_VARIABLE}, else the clock."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]
LogOption = Annotated[
    str,
    typer.Option(
        "--log-level", metavar="LEVEL", help="debug, info, warning (the default) or error.", show_default=False
    ),
]
LogJsonOption = Annotated[bool, typer.Option("--log-json", help="Log as JSON Lines.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The common options of a command, read."""

    config_path: Path
    archive_override: Path | None
    feeds_override: Path | None
    given_now: datetime | None
    json: bool
    log_level: str | None = None
    log_json: bool = False

    def config(self) -> Config:
        """The configuration, with the options that win over it. Raises ConfigError."""
        from aggregator import config

        return self._overridden(config.load(self.config_path))

    def _overridden(self, found: Config) -> Config:
        settings = found.settings
        if self.archive_override is not None:
            settings = replace(settings, archive=str(self.archive_override))
        if self.feeds_override is not None:
            settings = replace(settings, feeds=str(self.feeds_override))
        return replace(found, settings=settings)

    def config_if_there(self) -> Config:
        """The same; the defaults where no configuration was named and none stands in the working folder."""
        from aggregator.model import Config

        if self.config_path == DEFAULT_CONFIG and not self.config_path.exists():
            return self._overridden(Config())
        return self.config()

    def reader(self) -> Archive:
        """The archive to read from; the caller closes it. Needs the configuration only where no option names it."""
        from aggregator.archive import Archive

        path = self.archive_override or Path(self.config().settings.archive)
        return Archive.reader(path)

    def now(self) -> datetime:
        """The present moment, in UTC: as given, else the clock's."""
        return self.given_now or datetime.now(UTC)


def present_moment(option: str | None) -> datetime | None:
    """``--now``, else the variable; None where neither says. Raises ConfigError where it is no time."""
    name, text = ("--now", option) if option is not None else (NOW_VARIABLE, os.environ.get(NOW_VARIABLE, ""))
    if option is None and not text.strip():
        return None
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ConfigError([f'{name}: "{text}" is not a time such as 2026-11-22T07:00:00+01:00']) from None
    if not 1970 < at.year < 2200:
        raise ConfigError([f'{name}: "{text}" lies outside the years 1971 to 2199'])
    return (at if at.tzinfo else at.replace(tzinfo=LOCAL)).astimezone(UTC)
