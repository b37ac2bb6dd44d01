"""``demo``: the whole job against the recorded region on loopback."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from aggregator.cli.commands import command
from aggregator.cli.pages import read_bytes
from aggregator.cli.place import Place
from aggregator.cli.streams import say, say_json
from aggregator.errors import InputError

if TYPE_CHECKING:
    from datetime import datetime

    from aggregator.model import Run

ARCHIVE = Path("demo.db")
FEEDS = Path("feeds")


@command("demo", short_help="The whole job on this machine, without a network.")
def demo(place: Place) -> int:
    """Show the main job: crawl a recorded region on this machine three times, and write its feeds.

    Works without a network. The archive is demo.db and the feeds go to feeds/, unless options say otherwise; an
    earlier demo.db is replaced. The tags and projects are those of the configuration.
    """
    from aggregator import demo as region

    try:
        rules = read_bytes(str(place.config_path)).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{place.config_path}: is not UTF-8") from None
    report = region.play(
        _crawl,
        rules=rules,
        archive=place.archive_override or ARCHIVE,
        feeds=place.feeds_override or FEEDS,
        say=say if not place.json else _unsaid,
    )
    if place.json:
        say_json(asdict(report))
    else:
        for line in report.lines(_program()):
            say(line)
    return 1 if report.problems else 0


def _crawl(config_path: Path, now: datetime) -> Run:
    """One run on the demo's configuration, as ``crawl`` does it."""
    from aggregator import config
    from aggregator.archive import archive_lock
    from aggregator.cli.running import open_archive, run_once

    found = config.load(config_path)
    with archive_lock(Path(found.settings.archive)), open_archive(found) as archive:
        return run_once(found, archive, now)


def _program() -> str:
    """How the program was called, so that what is shown can be copied: ".venv/bin/aggregator" after ``make demo``."""
    import shutil
    import sys

    called = Path(sys.argv[0])
    if called.stem != "aggregator":
        return "python3 -m aggregator"
    found = shutil.which(called.name)
    return called.name if found and Path(found) == called.absolute() else str(called)


def _unsaid(_line: str) -> None:
    """What people are told on the way and machines are not."""
