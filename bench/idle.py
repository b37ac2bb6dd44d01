"""A crawl of many loopback sources with nothing new: requests, bytes written, seconds, peak memory.

    python bench/idle.py [--sources 200] [--articles 5]

The sources are served by a process of its own, each on a port of its own, so that the figures are the crawl's alone.
The first run finds everything; the second, an hour later, is the one that is measured.
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import structlog

from aggregator import config, pipeline
from aggregator.archive import Archive
from tests.site import Site, Story, sites, toml_for

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

START = datetime(2024, 11, 2, 6, 0, tzinfo=UTC)


def serve(pipe: Connection, sources: int, articles: int) -> None:
    with sites(sources) as running:
        for number, site in enumerate(running):
            site.publish(*(Story(1000 * number + i) for i in range(articles)))
        pipe.send(toml_for(running, workers="16"))
        while pipe.recv():
            pipe.send(_asked(running))
            for site in running:
                site.forget()


def _asked(running: list[Site]) -> tuple[int, int]:
    lines = [status for site in running for _, status in site.log]
    return len(lines), lines.count(304)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--articles", type=int, default=5)
    wanted = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    origin = multiprocessing.get_context("spawn").Process(
        target=serve, args=(theirs, wanted.sources, wanted.articles), daemon=True
    )
    origin.start()
    settings = config.parse(ours.recv(), "sources.toml")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(
            f"{'run':<12}{'requests':>9}{'304s':>6}{'new':>6}{'feed files':>11}{'db writes':>10}{'s':>7}{'peak MB':>9}"
        )
        for label, hours in (("everything", 0), ("nothing new", 1)):
            _measure(label, settings, folder, ours, START + timedelta(hours=hours))
    ours.send(False)
    origin.join()


def _measure(label: str, settings: config.Config, folder: Path, origin: Connection, now: datetime) -> None:
    began, wrote = time.perf_counter(), _written()
    with Archive.open(folder / "archive.db", tag_authority="example.org") as archive:
        report = pipeline.run(settings, archive, now=now, folder=folder / "feeds")
    seconds, wrote = time.perf_counter() - began, _written() - wrote
    origin.send(True)
    requests, unchanged = origin.recv()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{label:<12}{requests:>9}{unchanged:>6}{report.counts.new:>6}{len(report.published.written):>11}"
        f"{wrote / 1e6:>8.1f}MB{seconds:>7.1f}{peak:>9.0f}"
    )


def _written() -> int:
    """Bytes that this process has handed to write(), as Linux counts them."""
    lines = Path("/proc/self/io").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("wchar"))


if __name__ == "__main__":
    main()
