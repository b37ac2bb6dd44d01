"""How soon the pages answer over a large archive, and how large they are.

    python -m bench.web [--articles 100000] [--keep FOLDER]

The site runs in a process of its own, as ``aggregator serve`` runs it, and is asked over one kept connection on
loopback: each kind of page with other words each time. Told are the first byte (median, and below which 95 of 100
stay), the processor time that the site took for an answer (what the first byte would be on a machine that does nothing
else), the bytes of the page and of what went over the wire. A static file shows what the server takes by itself.
``--keep`` leaves the archive in a folder, and uses it again the next time.
"""

from __future__ import annotations

import argparse
import http.client
import multiprocessing
import os
import random
import socket
import statistics
import tempfile
import time
from pathlib import Path
from urllib.parse import quote_plus, urlencode

from aggregator.archive import Archive
from aggregator.model import Config, Web
from aggregator.web import build
from aggregator.web.serving import listen, server
from bench.archive import NOW
from bench.prose import Prose
from bench.search import OUTLETS, fill

ASKED = 40
NOW_SECOND = int(NOW.timestamp())
GOAL_MS, GOAL_BYTES = 50, 60_000


def serve(path: Path, listening: socket.socket) -> None:
    """The site, until the process is ended."""
    app = build(Config(sources=OUTLETS), path, lambda: NOW)
    server(app).run(sockets=[listening])


def pages() -> list[tuple[str, list[str]]]:
    """Kinds of page, each with addresses that differ."""
    chance = random.Random(13)  # noqa: S311 - the same each time
    prose = Prose()
    words = prose.sought(chance, 8 * ASKED)

    def some(number: int) -> str:
        return quote_plus(" ".join(words.pop() for _ in range(number)))

    filters = [{"kalla": f"Bladet {n % 8}", "tema": "kultur", "ar": str(2018 + n % 8)} for n in range(ASKED)]
    return [
        ("the start page", ["/"] * ASKED),
        ("a search, one to three words", [f"/?q={some(1 + n % 3)}" for n in range(ASKED)]),
        ("the same, newest first", [f"/?q={some(1 + n % 3)}&ordning=nyast" for n in range(ASKED)]),
        ("a search with three filters", [f"/?q={some(1)}&{urlencode(chosen)}" for chosen in filters]),
        ("filters alone", [f"/?{urlencode(chosen)}" for chosen in filters]),
        (
            "the commonest words",
            [f"/?q={quote_plus(' '.join(chance.sample(prose.words[:60], 1 + n % 3)))}" for n in range(ASKED)],
        ),
        ("a misspelt word", [f"/?q=x{some(1)}" for _ in range(ASKED)]),
        ("a search's feed", [f"/sok.rss?q={some(1 + n % 3)}" for n in range(ASKED)]),
        ("an article", [f"/artikel/{chance.randrange(1, 1000)}" for _ in range(ASKED)]),
        ("a theme", ["/tema/kultur"] * ASKED),
        ("themes", ["/teman"] * ASKED),
        (
            "a municipality, far back",
            [f"/kommun/orebro?fore={(NOW_SECOND - n * 6_000_000) * 16}" for n in range(ASKED)],
        ),
        ("a source", [f"/kalla/bladet{n % 8}" for n in range(ASKED)]),
        ("feeds", ["/floden"] * ASKED),
        ("a feed", ["/floden/tema-kultur"] * ASKED),
        ("sources", ["/kallor"] * ASKED),
        ("pickups", ["/genomslag"] * ASKED),
    ]


def asked(connection: http.client.HTTPConnection, address: str) -> tuple[float, int, int]:
    """Milliseconds to the first byte, bytes over the wire, status."""
    started = time.perf_counter()
    connection.request("GET", address, headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read(1)
    first = 1000 * (time.perf_counter() - started)
    return first, len(body) + len(answer.read()), answer.status


def whole(connection: http.client.HTTPConnection, address: str) -> int:
    """Bytes of the page itself."""
    connection.request("GET", address, headers={"Accept": "text/html"})
    return len(connection.getresponse().read())


def measure(site: int, kinds: list[tuple[str, list[str]]], connection: http.client.HTTPConnection) -> None:
    """Print the table of the site that runs as this process."""
    print("| page | first byte, median / p95 | processor time, mean | page / over the wire |\n|---|---|---|---|")
    for name, addresses in [("(a static file)", ["/static/icon.svg"] * ASKED), *kinds]:
        asked(connection, addresses[0])
        began = worked(site)
        told = [asked(connection, address) for address in addresses]
        took = 1000 * (worked(site) - began) / len(addresses)
        times = sorted(first for first, _, _ in told)
        high = times[int(0.95 * (len(times) - 1))]
        size, wire = max(whole(connection, address) for address in addresses[:10]), max(sent for _, sent, _ in told)
        statuses = {status for _, _, status in told} - {200}
        print(
            f"| {name} | {statistics.median(times):.1f} / {high:.1f} ms | {took:.1f} ms"
            f" | {size / 1000:.1f} / {wire / 1000:.1f} kB |{f' {statuses}' if statuses else ''}",
            flush=True,
        )
    print(f"\nGoal: first byte within {GOAL_MS} ms at 100,000 articles, pages within {GOAL_BYTES / 1000:.0f} kB.")


def worked(process: int) -> float:
    """Seconds of processor time that a process has had, itself and the system for it (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Make the archive if it is not there, serve, ask, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--keep", type=Path)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = (chosen.keep or Path(folder)) / f"{chosen.articles}.db"
        if not path.exists():
            fill(path, chosen.articles)
        Archive.open(path, tag_authority="example.org").close()  # of an earlier version it would not be read
        kinds, listening = pages(), listen(Web(port=0))
        site = multiprocessing.get_context("fork").Process(target=serve, args=(path, listening))
        site.start()
        try:
            connection = http.client.HTTPConnection("127.0.0.1", listening.getsockname()[1], timeout=60)
            measure(site.pid or 0, kinds, connection)
        finally:
            site.terminate()
            site.join()


if __name__ == "__main__":
    main()
