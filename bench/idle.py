"""A crawl of many loopback sources with nothing new: requests, bytes written, seconds, peak memory.

    python bench/idle.py [--sources 200] [--articles 5] [--feeds] [--peer]

The sources are served by a process of its own, each on a port of its own, so that the figures are the crawl's alone.
The first run finds everything; the second, an hour later, is the one that counts. ``--feeds`` has each source
followed by its RSS feed, else by its front page. ``--peer`` measures lemon24/reader (``pip install reader``) on the
same feeds in a process of its own; it keeps what the feeds say and fetches no pages.
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

from tests.site import Page, Site, Story, sites, toml_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

START = datetime(2024, 11, 2, 6, 0, tzinfo=UTC)
WORKERS = 16
SPAWN = multiprocessing.get_context("spawn")


def serve(pipe: Connection, sources: int, articles: int) -> None:
    """The origin: sends the configuration, then for each question what it was asked since the last."""
    with sites(sources) as running:
        for number, site in enumerate(running):
            site.publish(*(Story(1000 * number + i) for i in range(articles)))
            site.pages["/rss"] = Page(_rss(site).encode(), "application/rss+xml")
        pipe.send((toml_for(running, workers=str(WORKERS)), [f"{site.url}/rss" for site in running]))
        while pipe.recv():
            lines = [status for site in running for _, status in site.log]
            pipe.send((len(lines), lines.count(304)))
            for site in running:
                site.forget()


def _rss(site: Site) -> str:
    items = "".join(
        f"<item><title>{story.title}</title><link>{site.url}{story.path}</link><guid>{site.url}{story.path}</guid>"
        f"<pubDate>Fri, 01 Nov 2024 06:{story.number % 60:02d}:00 +0100</pubDate>"
        f"<description>{story.body[0][:200]}</description></item>"
        for story in site.stories
    )
    head = f"<title>Bladet</title><link>{site.url}/nyheter/</link><description>Nyheter</description>"
    return f'<rss version="2.0"><channel>{head}{items}</channel></rss>'


def ours(toml: str, _feeds: list[str], pipe: Connection) -> None:
    """This program: the first run, and the one with nothing new."""
    import structlog  # noqa: PLC0415 - in the measured process alone

    from aggregator import config, pipeline  # noqa: PLC0415
    from aggregator.archive import Archive  # noqa: PLC0415

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    settings = config.parse(toml, "sources.toml")
    with tempfile.TemporaryDirectory() as name:
        for hours in (0, 1):

            def crawl(now: datetime = START + timedelta(hours=hours)) -> int:
                with Archive.open(Path(name) / "archive.db", tag_authority="example.org") as archive:
                    return pipeline.run(settings, archive, now=now, folder=Path(name) / "feeds").counts.new

            _measure(pipe, crawl)


def reader(_toml: str, feeds: list[str], pipe: Connection) -> None:
    """lemon24/reader on the same feeds."""
    from reader import make_reader  # noqa: PLC0415 - only where the peer is asked for

    with tempfile.TemporaryDirectory() as name:
        peer = make_reader(f"{name}/reader.sqlite")
        for url in feeds:
            peer.add_feed(url)
        for _ in range(2):
            _measure(
                pipe,
                lambda: sum(
                    got.value.new for got in peer.update_feeds_iter(workers=WORKERS, scheduled=False) if got.value
                ),
            )


def _measure(pipe: Connection, run: Callable[[], int]) -> None:
    began, wrote = time.perf_counter(), _written()
    new = run()
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pipe.send((new, (_written() - wrote) / 1e6, seconds, peak))
    pipe.recv()


def _written() -> int:
    """Bytes that this process has handed to write(), as Linux counts them."""
    lines = Path("/proc/self/io").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("wchar"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--articles", type=int, default=5)
    parser.add_argument("--feeds", action="store_true")
    parser.add_argument("--peer", action="store_true")
    wanted = parser.parse_args()
    origin, far = SPAWN.Pipe()
    server = SPAWN.Process(target=serve, args=(far, wanted.sources, wanted.articles), daemon=True)
    server.start()
    toml, feeds = origin.recv()
    if wanted.feeds:
        toml = toml.replace('/nyheter/"', '/rss"').replace('kind = "page"', 'kind = "feed"')
    print(f"{'':<24}{'requests':>9}{'304s':>6}{'new':>6}{'written MB':>11}{'s':>7}{'peak MB':>9}")
    for runner in (ours, reader) if wanted.peer else (ours,):
        near, inside = SPAWN.Pipe()
        process = SPAWN.Process(target=runner, args=(toml, feeds, inside))
        process.start()
        for label in ("everything", "nothing new"):
            new, wrote, seconds, peak = near.recv()
            origin.send(True)
            requests, unchanged = origin.recv()
            name = f"{runner.__name__}, {label}"
            print(f"{name:<24}{requests:>9}{unchanged:>6}{new:>6}{wrote:>11.1f}{seconds:>7.2f}{peak:>9.0f}", flush=True)
            near.send(True)
        process.join()
    origin.send(False)
    server.join()


if __name__ == "__main__":
    main()
