"""How long a search takes in a large archive, beside other ways to search the same texts with SQLite.

    python -m bench.search [--articles 100000] [--keep FOLDER] [--peers plain,reader,datasette]

The archive is made of made-up Swedish (``bench.prose``), about 1.3 kB an article, spread over ten years, with tags and
sources, and is the same each time. Each kind of query is asked with other words each time; the table tells the
processor time below which 95 of 100 answers stay, in one process. ``--keep`` leaves the archive in a folder, and uses
it again the next time.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from aggregator.archive import Archive
from aggregator.model import Article, Config, Crawl, Find, Link, Outcome, Source, SourceState, Tag, TagKind
from bench import peers
from bench.archive import KOMMUNER, NOW, THEMES
from bench.prose import SMALL, Prose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

OUTLETS = tuple(Source(id=f"bladet{n}", name=f"Bladet {n}", url=f"https://bladet{n}.example/") for n in range(8))
ASKED = 60
TURN = 500
SAVED = 5_000
MADE = 50_000


def texts(number: int, prose: Prose) -> Iterator[peers.Text]:
    """From the oldest to the newest: ``MADE`` of words drawn one by one, the rest of those texts' sentences."""
    chance = random.Random(7)  # noqa: S311 - the same each time
    titles: list[str] = []
    sentences: list[str] = []
    for n in range(number):
        if n < MADE:
            title, text = prose.article(chance)
            titles.append(title)
            sentences += text.replace("\n\n", " ").split(". ")
        else:
            title = " ".join(chance.choice(titles).split()[:4] + chance.choice(titles).split()[4:])
            told = chance.choices(sentences, k=14)
            text = "\n\n".join(". ".join(told[start : start + 5]) + "." for start in (0, 5, 10))
        yield peers.Text(n + 1, OUTLETS[chance.randrange(len(OUTLETS))].id, title, text)


def found(one: peers.Text, number: int, chance: random.Random) -> Find:
    """The article as a crawl finds it."""
    url = f"https://{one.source}.example/{one.id}"
    at = NOW - timedelta(days=3650) / number * (number - one.id) - timedelta(seconds=chance.randrange(200))
    article = Article(url=url, canonical_url=url, title=f"{one.title} {one.id}", text=one.text, published_at=at)
    tags = [(TagKind.KOMMUN, chance.choice(KOMMUNER)), *((TagKind.THEME, name) for name in chance.sample(THEMES, 2))]
    given = tuple(Tag(kind=kind, name=name, score=1.0) for kind, name in tags)
    return Find(link=Link(url=url), snapshot=None, result=article, tags=given)


def fill(path: Path, number: int) -> None:
    """Make the archive: some articles in turns, as a crawl saves them, the rest put in place and then indexed."""
    saved = min(number, SAVED)
    every = texts(number, Prose())
    waiting: dict[str, list[Find]] = {source.id: [] for source in OUTLETS}
    chance = random.Random(3)  # noqa: S311 - the same each time
    for one in islice(every, saved):
        waiting[one.source].append(found(one, number, chance))
    with Archive.open(path, tag_authority="example.org") as archive:
        archive.register(Config(sources=OUTLETS), NOW)
        with timed(f"{saved:,} articles saved in turns of {TURN}, with analysis", saved):
            for source in OUTLETS:
                finds = waiting[source.id]
                for start in range(0, len(finds), TURN):
                    save(archive, source, finds[start : start + TURN])
    if number > saved:
        put(path, every, number, chance)
        with timed(f"{number:,} articles indexed, with analysis", number):
            Archive.open(path, tag_authority="example.org").close()


def put(path: Path, every: Iterable[peers.Text], number: int, chance: random.Random) -> None:
    """Articles in their tables, without index; as an archive of an earlier version has them."""
    db = sqlite3.connect(path)
    (tags,) = ([row[0] for row in db.execute("SELECT id FROM tags ORDER BY id")],)
    names = [row[0] for row in db.execute("SELECT name FROM pragma_table_info('articles') ORDER BY cid")]
    for one in every:
        find = found(one, number, chance)
        assert isinstance(find.result, Article)  # noqa: S101 - made so above
        at = f"{find.result.published_at:%Y-%m-%dT%H:%M:%SZ}"
        row = {
            **dict.fromkeys(("authors",), "[]"),
            **dict.fromkeys(("lead", "content_hash", "html"), ""),
            **dict.fromkeys(("published_at", "fetched_at", "updated_at", "listed_at"), at),
            **dict.fromkeys(("url", "canonical_url", "canonical_key", "guid"), find.link.url),
            "id": one.id,
            "source_id": one.source,
            "story_id": one.id,
            "title": find.result.title,
            "text": one.text,
            "date_precision": "minute",
            "kind": "article",
            "revision": one.id,
        }
        db.execute("INSERT INTO stories (id, created_at) VALUES (?, ?)", (one.id, at))
        marks = ", ".join("?" * len(names))
        db.execute(f"INSERT INTO articles VALUES ({marks})", [row.get(name) for name in names])  # noqa: S608 - our own
        db.execute(
            "INSERT INTO addresses (article_id, source_id, url, url_key, main, complete, first_seen_at,"
            " last_checked_at, content_hash) VALUES (?, ?, ?, ?, 1, 0, ?, ?, '')",
            (one.id, one.source, find.link.url, find.link.url, at, at),
        )
        given = [(one.id, tag) for tag in sorted(chance.sample(tags, 3))]
        db.executemany("INSERT INTO article_tags (article_id, tag_id, score, evidence) VALUES (?, ?, 1, '[]')", given)
    db.execute("DELETE FROM settings WHERE name = 'search'")
    db.commit()
    db.close()


@contextmanager
def timed(what: str, articles: int) -> Iterator[None]:
    """Print how many a second, by the clock and by the processor's time."""
    begun, worked = time.perf_counter(), time.process_time()
    yield
    taken, work = time.perf_counter() - begun, time.process_time() - worked
    print(f"{what}: {articles / taken:,.0f} a second, {articles / work:,.0f} a second of processor time", flush=True)


def save(archive: Archive, source: Source, finds: list[Find]) -> None:
    """One turn."""
    crawl = Crawl(
        source_id=source.id,
        started_at=NOW,
        outcome=Outcome.CHANGED,
        finds=tuple(reversed(finds)),
        state=SourceState(source_id=source.id),
    )
    archive.save(crawl, source, at=NOW)


def p95(ask: Callable[[str], object], lines: list[str]) -> float:
    """Milliseconds of processor time below which 95 of 100 stay."""
    taken = []
    for line in lines:
        started = time.process_time()
        ask(line)
        taken.append(1000 * (time.process_time() - started))
    return sorted(taken)[int(0.95 * (len(taken) - 1))]


def main() -> None:
    """Make the archive if it is not there, ask, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--keep", type=Path)
    options.add_argument("--peers", default="")
    options.add_argument("--query", help="ask one line alone, and tell the memory that it took")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = (chosen.keep or Path(folder)) / f"{chosen.articles}.db"
        if chosen.query is not None:
            one_query(path, chosen.query)
            return
        if not path.exists():
            fill(path, chosen.articles)
        named = tuple(peer for peer in chosen.peers.split(",") if peer)
        for peer in named:
            beside = path.with_suffix(f".{peer}")
            if not beside.exists():
                peers.fill(beside, texts(chosen.articles, Prose()), (peer,))
        measure(path, named)
        saving(path)
        sizes(path)


def measure(path: Path, named: tuple[str, ...]) -> None:
    """Print the table of an archive."""
    chance, prose = random.Random(11), Prose()  # noqa: S311 - the same each time
    words = prose.sought(chance, 8 * ASKED)

    def some(number: int) -> str:
        return " ".join(words.pop() for _ in range(number))

    one_to_three = [some(1 + n % 3) for n in range(ASKED)]
    common = [" ".join(chance.sample(prose.words[:60], 1 + n % 3)) for n in range(ASKED)]
    narrowed = [f"{some(1)} källa:bladet{n % 8} tagg:kultur från:{2018 + n % 5}" for n in range(ASKED)]
    beside = {peer: sqlite3.connect(path.with_suffix(f".{peer}")) for peer in named}
    with Archive.reader(path) as archive:
        rows: list[tuple[str, Callable[[str], object], list[str], bool, int]] = [
            ("newest first, 1–3 words", lambda x: archive.search(x, sort="newest"), one_to_three, False, 20),
            ("newest first, everything", lambda x: archive.search(x, sort="newest"), [""] * ASKED, False, 20),
            ("ranked, 1–3 words", archive.search, one_to_three, True, 60),
            ("ranked, with source, tag and dates", archive.search, narrowed, False, 30),
            ("all facets of 1–3 words", lambda x: archive.search(x, limit=1, sort="newest", with_facets=True),
             one_to_three, False, 50),
            ("ranked page with all facets", lambda x: archive.search(x, with_facets=True), one_to_three, False, 110),
            ("ranked, the commonest words", archive.search, common, True, 150),
            ("the same with all facets", lambda x: archive.search(x, with_facets=True), common, False, 150),
            ("a phrase", lambda x: archive.search(f'"{x}"'), one_to_three, False, 60),
            ("a misspelt word", lambda x: archive.search(f"x{x}"), words[:ASKED], False, 150),
            ("months by source, 1–3 words", archive.search_months, one_to_three, False, 150),
        ]  # fmt: skip
        print("| query, p95 | ours | goal |" + "".join(f" {peer} |" for peer in named))
        print("|---|---|---|" + "---|" * len(named))
        for name, ask, lines, compared, goal in rows:
            told = f"| {name} | {p95(ask, lines):,.1f} ms | {goal} ms |"
            for peer, connection in beside.items():
                theirs = f"{p95(lambda x, c=connection, p=peer: peers.ask(c, p, x), lines):,.1f} ms" if compared else ""
                told += f" {theirs} |"
            print(told, flush=True)


def saving(path: Path) -> None:
    """What it takes to save one article alone and have it searchable."""
    chance, prose = random.Random(time.time_ns()), Prose()  # noqa: S311 - new articles each time
    taken = []
    with Archive.open(path, tag_authority="example.org") as archive:
        for _ in range(ASKED):
            title, text = prose.article(chance)
            one = found(peers.Text(chance.getrandbits(40), OUTLETS[0].id, title, text), 1 << 41, chance)
            started = time.process_time()
            save(archive, OUTLETS[0], [one])
            taken.append(1000 * (time.process_time() - started))
    print(f"\nOne article saved and searchable: p95 {sorted(taken)[int(0.95 * (ASKED - 1))]:,.1f} ms (goal 10)")


def sizes(path: Path) -> None:
    """What the index takes on disk, and what a query takes in memory, asked in a process of its own."""
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT name LIKE 'articles_fts%', sum(pgsize) FROM dbstat"
        " WHERE name LIKE 'articles_fts%' OR name LIKE '%search_%' GROUP BY 1"
    )
    taken = {bool(own): size / 1e6 for own, size in rows}
    connection.close()
    print(f"Index {taken.get(True, 0):,.0f} MB, beside it {taken.get(False, 0):,.0f} MB")
    command = [sys.executable, "-m", "bench.search", "--articles", path.stem, "--keep", str(path.parent), "--query"]
    for line in ("", " ".join(SMALL[2:4]), "kommun vård"):
        print(subprocess.run([*command, line], check=True, capture_output=True, text=True).stdout.strip())


def one_query(path: Path, line: str) -> None:
    """Ask, and tell the peak of the process's memory, before and after."""
    with Archive.reader(path) as archive:
        archive.search("", limit=1)
        before = peak()
        total = archive.search(line, with_facets=True).total
    print(f'"{line}": {total:,} found, peak memory {peak():,.0f} MB, {peak() - before:,.0f} of it for the query')


def peak() -> float:
    """Megabytes; not by ``getrusage``, which counts what the process was before it became this one."""
    told = Path("/proc/self/status").read_text("ascii")
    return int(told.partition("VmHWM:")[2].split()[0]) / 1000


if __name__ == "__main__":
    main()
