"""How right and how fast is extraction?

    python bench/extract.py CORPUS                 accuracy, tuned and untouched hosts apart; pages a second
    python bench/extract.py CORPUS --peer          the same for trafilatura, in the same run
    python bench/extract.py CORPUS --nameless      accuracy where every class name is hashed and no id is left
    python bench/extract.py CORPUS --hostile 10000 as many broken inputs made of its pages: no exception allowed
    python bench/extract.py CORPUS --memory        the peak for a page, in times its bytes
    python bench/extract.py --linear               how much longer four times the markup takes, by its kind

CORPUS is a folder with ``gold.jsonl`` and pages (default: ``../shared/corpus`` or $AGGREGATOR_SHARED/corpus).
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import statistics
import subprocess
import sys
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from aggregator.extract import extract  # noqa: E402 - after the path is set
from aggregator.model import Article, Reason, Rejection  # noqa: E402 - likewise
from bench.scoring import Page, Tally, add, load, nameless  # noqa: E402 - likewise

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime.now(UTC)


def ours(raw: bytes, url: str) -> Article | Rejection:
    """This program."""
    return extract(raw, url, now=NOW)


def trafilatura(raw: bytes, url: str) -> Article | Rejection:
    """The published extractor that it is measured against, with its default settings and metadata."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - a development dependency

    found = bare_extraction(raw, url=url, with_metadata=True, include_comments=False)
    if found is None or not found.text:
        return Rejection(url=url, reason=Reason.EMPTY)
    day = datetime.fromisoformat(found.date).replace(hour=12, tzinfo=UTC) if found.date else None
    names = tuple(name for name in (found.author or "").split("; ") if name)
    return Article(
        url=url,
        canonical_url=url,
        title=found.title or "",
        text=found.text,
        authors=names,
        published_at=day,
        image_url=found.image,
    )


def accuracy(pages: list[Page], run: Callable[[bytes, str], Article | Rejection]) -> None:
    """A line for each set: all pages, hosts that the rules were tuned on, hosts that nobody looked at."""
    answers = [(page, run(page.raw, page.url)) for page in pages]
    for name in ("scrapinghub", "fundus", "trafilatura"):
        for part, wanted in (("all", (True, False)), ("tuned", (False,)), ("untouched", (True,))):
            tally = Tally()
            for page, found in answers:
                if page.set == name and page.untouched in wanted:
                    add(tally, page, found)
            figures = "  ".join(f"{key} {value:.3f}" for key, value in tally.figures().items())
            print(f"{name:12} {part:10} {tally.pages:4} pages  {figures}  empty {tally.empty}")


def speed(pages: list[Page], runs: list[Callable[[bytes, str], Article | Rejection]]) -> None:
    """CPU seconds for all pages, the runs taking turns, the median of three."""
    taken: dict[str, list[float]] = {run.__name__: [] for run in runs}
    for _ in range(3):
        for run in runs:
            gc.collect()
            began = time.process_time()
            for page in pages:
                run(page.raw, page.url)
            taken[run.__name__].append(time.process_time() - began)
    megabytes = sum(len(page.raw) for page in pages) / 1e6
    for name, seconds in taken.items():
        middle = statistics.median(seconds)
        print(f"{name:12} {len(pages) / middle:7.1f} pages/s  {megabytes / middle:6.2f} MB/s of CPU time")


def hostile(pages: list[Page], inputs: int) -> None:
    """Pages cut, spliced, flipped and mislabelled; an exception ends the program."""
    chance = random.Random(1)  # noqa: S311 - the same inputs each time
    labels = [None, "text/html; charset=utf-16", "text/html; charset=windows-1252", "text/html; charset=x", "image/png"]
    slowest = 0.0
    for _ in range(inputs):
        body = bytearray(chance.choice(pages).raw[: chance.choice((500, 5_000, 50_000))])
        for _ in range(chance.randrange(20)):
            place = chance.randrange(len(body) + 1)
            other = chance.choice(pages).raw
            start = chance.randrange(len(other))
            body[place : place + chance.randrange(200)] = chance.choice(
                (
                    b"",
                    chance.randbytes(20),
                    other[start : start + 300],
                    b"<div>" * 200,
                    b"<!--",
                    b'"',
                    b"<table><b>" * 50,
                )
            )
        began = time.perf_counter()
        extract(bytes(body), chance.choice(pages).url, content_type=chance.choice(labels), now=NOW)
        slowest = max(slowest, time.perf_counter() - began)
    print(f"{inputs} broken inputs, no exception, the slowest {slowest:.2f} s")


_SENTENCE = "En mening som är lång nog för att räknas som löpande text i den här artikeln om kommunen. "
_KINDS = (
    "<h3><a href=x>Rubriken på en nyhet</a></h3><p>Utdrag</p>",
    f"<p>{_SENTENCE}</p>",
    f"<h2>Rubrik</h2><p>{_SENTENCE}</p>",
    "<ul><li><a href=x>Länk till en nyhet</a></li></ul>",
    "<li>punkt",
    "<div>",
    "<span>a</span>",
    "<b class=a>",
    "<p>Publicerad 2024-03-05</p>",
    "<time datetime=2024-03-05>x</time>",
    "<div class=byline>Av Ada Exempel</div>",
    "<h1>Rubriken på en nyhet</h1>",
    "<table><tr><td>a<td>b</table>",
    "<td>a",
    "<p>Kontakt 019-12 34 56</p>",
    "<div><h3>Ada Exempel</h3><p>019-12 34 56</p></div>",
    f"<p>2024-03-05 kl. 10.00</p><p>{_SENTENCE}</p>",
    "<p>Redan prenumerant? Logga in</p>",
    "<figure><img src=a srcset='a 1w, b 2w'><figcaption>Text</figcaption></figure>",
    "<article><h2><a href=x>Rubriken på en nyhet</a></h2><p>Utdrag…</p></article>",
    "<nav><a href=x>y</a></nav>",
    f"<aside><p>{_SENTENCE}</p></aside>",
    "<br>text",
    "a b c ",
    f"<section class=css-1x><p>{_SENTENCE}</p></section>",
    f"<div class=entry-content><p>{_SENTENCE}</p></div>",
    '<script type=application/ld+json>{"@type": "NewsArticle", "headline": "x"}</script>',
    "<script>a</script>",
    "<svg><path d=M></svg>",
    "<!-- a -->",
    "<div hidden id=a>x</div>",
    "<a href=x>",
    "<p>x<br><br>y</p>",
)


def linear() -> None:
    """The time for 1 MB and 4 MB of one kind of markup under a headline and a text; the three that grow most."""
    factors = []
    for kind in _KINDS:
        taken = []
        for size in (1_000_000, 4_000_000):
            body = f"<html><body><h1>Rubriken är här</h1><p>{_SENTENCE * 3}</p>{kind * (size // len(kind))}".encode()
            began = time.process_time()
            extract(body, "https://example.org/nyhet", now=NOW)
            taken.append(time.process_time() - began)
        factors.append((taken[1] / taken[0], taken[1], kind))
    factors.sort(reverse=True)
    for factor, seconds, kind in factors[:3]:
        print(f"{factor:5.1f} times as long, {seconds:.2f} s  {kind[:60]}")


def memory(pages: list[Page]) -> None:
    """The most that a page takes while it is read, in times its bytes: as Python counts it, and by the process' growth.

    For the growth each page is read by a process of its own, which has read a small page before.
    """
    counted, grown = [], []
    for page in pages:
        ours(page.raw, page.url)
        gc.collect()
        tracemalloc.start()
        ours(page.raw, page.url)
        counted.append(tracemalloc.get_traced_memory()[1] / len(page.raw))
        tracemalloc.stop()
    for page in pages[::4]:
        told = subprocess.run(
            [sys.executable, "-c", _GROWTH], input=page.raw, capture_output=True, cwd=ROOT, check=True
        )
        grown.append(float(told.stdout) / len(page.raw))
    for name, ratios in (("tracemalloc", counted), ("process", grown)):
        ratios.sort()
        middle, most = ratios[len(ratios) // 2], ratios[len(ratios) * 9 // 10]
        print(
            f"{name:12} {len(ratios):4} pages  median {middle:.1f}  0.9 quantile {most:.1f}  largest {ratios[-1]:.1f}"
        )


# Linux's own word: getrusage tells a child of its parent's peak.
_GROWTH = """
import re, sys
from aggregator.extract import extract
def peak():
    return 1024 * int(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1])
raw = sys.stdin.buffer.read()
for _ in range(3):
    extract(b"<html><body><h1>En rubrik som finns</h1><p>" + b"En text som finns. " * 50, "https://example.org/liten")
before = peak()
extract(raw, "https://example.org/nyhet")
print(peak() - before)
"""


def main() -> None:
    """Reads the arguments and prints what was asked."""
    shared = os.environ.get("AGGREGATOR_SHARED", str(ROOT.parent / "shared"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="?", default=Path(shared) / "corpus")
    parser.add_argument("--peer", action="store_true", help="measure trafilatura, too")
    parser.add_argument("--nameless", action="store_true", help="hash class names and leave ids out first")
    parser.add_argument("--hostile", type=int, metavar="N", help="try N broken inputs instead")
    parser.add_argument("--linear", action="store_true", help="measure how time grows with size instead")
    parser.add_argument("--memory", action="store_true", help="measure memory instead")
    parser.add_argument("--share", type=int, default=1, metavar="N", help="take every Nth page")
    asked = parser.parse_args()
    if asked.linear:
        linear()
        return
    pages = list(load(asked.corpus, share=asked.share))
    if asked.nameless:
        pages = list(map(nameless, pages))
    if asked.hostile:
        hostile(pages, asked.hostile)
        return
    if asked.memory:
        memory(pages)
        return
    runs = [ours, trafilatura] if asked.peer else [ours]
    for run in runs:
        print(f"-- {run.__name__}")
        accuracy(pages, run)
    speed(pages, runs)


if __name__ == "__main__":
    main()
