"""Fifty readers while a crawl writes: what they wait, against one reader alone, in the same run.

    python -m bench.load [--articles 5000] [--readers 50] [--pause 2] [--seconds 30]

The site is ``aggregator serve`` in a process of its own; a second process saves a turn of twenty articles every second,
with the pages that they were read from. A reader asks for a page, waits for all of it, and reads for a while
(``--pause``: the mean of an exponential distribution, in seconds; 0 asks without end). The pages are those that people
ask for: the newest, searches of one to three words with facets, articles, overviews, the API, a feed. An answer other
than 200 or 304, and one that does not come within ten seconds, is an error.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

from aggregator.archive import Archive
from aggregator.model import Config, Crawl, Find, Outcome, SourceState
from bench.archive import ENDS, NOW, PAPER, STEMS, finds

WARM = 3.0
"""Seconds of each measurement that do not count."""
PATIENCE = 10.0


@dataclass
class Waits:
    """What the readers of one measurement met."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def p(self, share: float) -> float:
        """A quantile, in milliseconds."""
        return 1000 * statistics.quantiles(self.seconds, n=100)[round(100 * share) - 1]


def addresses(articles: int, chance: random.Random) -> list[str]:
    """What is asked for, in the shares in which people do."""
    words = [stem + end for stem in STEMS for end in ENDS]
    searches = [quote(" ".join(chance.sample(words, chance.choice([1, 1, 2, 3])))) for _ in range(60)]
    return [
        *["/"] * 10,
        *[f"/?q={line}" for line in searches[:40]],
        *[f"/artikel/{chance.randrange(1, articles)}" for _ in range(30)],
        *[f"/api/v1/search?q={line}" for line in searches[40:50]],
        *[f"/sok.rss?q={line}" for line in searches[50:]],
        "/projekt", "/kommuner", "/teman", "/kallor", "/floden", "/tema/halsa", "/kommun/karlskoga",
    ]  # fmt: skip


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, address: str) -> int:
    """One page on a kept connection; its status."""
    head = f"GET {address} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n\r\n"
    writer.write(head.encode())
    told = await reader.readuntil(b"\r\n\r\n")
    length = next(
        (int(line.partition(b":")[2]) for line in told.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
    )
    await reader.readexactly(length)
    return int(told.split(b" ")[1])


async def read_on(port: int, known: list[str], pause: float, ends: float, waits: Waits) -> None:
    """One reader, until the time is up."""
    chance = random.Random()  # noqa: S311 - who reads what
    counts = time.monotonic() + WARM
    await asyncio.sleep(chance.random() * min(pause, 2))
    connection = await asyncio.open_connection("127.0.0.1", port)
    while time.monotonic() < ends:
        address = chance.choice(known)
        begun = time.monotonic()
        try:
            status = await asyncio.wait_for(ask(*connection, address), PATIENCE)
            if status not in {200, 304}:
                waits.errors.append(f"{status} {address}")
        except (TimeoutError, OSError, asyncio.IncompleteReadError) as error:
            waits.errors.append(f"{type(error).__name__} {address}")
            connection[1].close()
            connection = await asyncio.open_connection("127.0.0.1", port)
        if begun > counts:
            waits.seconds.append(time.monotonic() - begun)
        await asyncio.sleep(chance.expovariate(1 / pause) if pause else 0)
        # A browser's connection is closed when it has rested for long.
        if connection[0].at_eof():
            connection = await asyncio.open_connection("127.0.0.1", port)
    connection[1].close()


async def measure(port: int, known: list[str], readers: int, pause: float, seconds: float) -> Waits:
    """So many readers for so long."""
    waits = Waits()
    ends = time.monotonic() + seconds + WARM
    await asyncio.gather(*(read_on(port, known, pause, ends, waits) for _ in range(readers)))
    return waits


def new(find: Find, number: int) -> Find:
    """The same under an address and an id of its own."""
    url = f"{find.link.url}-ny-{number}"
    return replace(
        find,
        link=replace(find.link, url=url, external_id=f"ny-{number}"),
        result=replace(find.result, url=url, canonical_url=url),
        snapshot=replace(find.snapshot, url=url, final_url=url),
    )


def turn(batch: list[Find]) -> Crawl:
    """A source's turn that found these."""
    state = SourceState(source_id=PAPER.id)
    return Crawl(source_id=PAPER.id, started_at=NOW, outcome=Outcome.CHANGED, finds=tuple(batch), state=state)


def write(path: Path) -> None:
    """Save a turn of twenty new articles every second, and say how many there were, until killed."""
    chance = random.Random(time.time())  # noqa: S311 - words, not secrets
    number = 0
    with Archive.open(path, tag_authority="example.org") as archive:
        while True:
            begun = time.monotonic()
            batch = [new(find, number + at) for at, find in enumerate(finds(20, chance))]
            archive.save(turn(batch), PAPER, at=NOW)
            number += len(batch)
            print(number, time.monotonic() - begun, flush=True)
            time.sleep(max(0.0, 1 - (time.monotonic() - begun)))


def main() -> None:
    """Fill, serve, measure, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--pause", type=float, default=2.0)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--write", type=Path, help="be the one who writes")
    given = parser.parse_args()
    if given.write:
        write(given.write)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        with Archive.open(path, tag_authority="example.org") as archive:
            archive.register(Config(sources=(PAPER,)), NOW)
            chance = random.Random(7)  # noqa: S311 - a bench, the same each time
            for batch in batches(list(finds(given.articles, chance))):
                archive.save(turn(batch), PAPER, at=NOW)
        run(path, given)


def batches(every: list[Find]) -> list[list[Find]]:
    """Turns of a hundred."""
    return [every[start : start + 100] for start in range(0, len(every), 100)]


def run(path: Path, given: argparse.Namespace) -> None:
    """Measure one reader, then all, then one again: the middle one against the mean of its neighbours."""
    serving = [sys.executable, "-m", "aggregator", "serve", "--archive", str(path), "--port", "0", "--json"]
    with subprocess.Popen(serving, cwd=path.parent, stdout=subprocess.PIPE, text=True) as site:
        assert site.stdout is not None  # noqa: S101 - it was asked for
        port = int(json.loads(site.stdout.readline())["address"].rpartition(":")[2].strip("/"))
        writing = [sys.executable, "-m", "bench.load", "--write", str(path)]
        with subprocess.Popen(writing, stdout=subprocess.PIPE, text=True) as writer:
            try:
                tell(port, given)
            finally:
                writer.terminate()
                saved = writer.communicate()[0].split("\n")[-2].split()
                print(f"written meanwhile: {saved[0]} articles; the last turn took {1000 * float(saved[1]):.0f} ms")
                site.terminate()


def tell(port: int, given: argparse.Namespace) -> None:
    """The table."""
    known = addresses(given.articles, random.Random(3))  # noqa: S311 - a bench, the same each time
    p95: list[float] = []
    print("| readers | pages | per second | median ms | p95 ms | errors |")
    print("|---|---|---|---|---|---|")
    for readers in (1, given.readers, 1):
        pause = given.pause if readers > 1 else min(given.pause, 0.2)
        waits = asyncio.run(measure(port, known, readers, pause, given.seconds))
        p95.append(waits.p(0.95))
        told = (len(waits.seconds) / given.seconds, 1000 * statistics.median(waits.seconds), p95[-1], len(waits.errors))
        print(f"| {readers} | {len(waits.seconds)} | " + " | ".join(f"{one:.0f}" for one in told) + " |")
        for error in sorted(set(waits.errors))[:5]:
            print(f"  {error}")
    print(f"p95 of {given.readers} readers: {p95[1] / statistics.mean([p95[0], p95[2]]):.1f} times that of one")


if __name__ == "__main__":
    main()
