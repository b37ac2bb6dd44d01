"""How long a search takes in a large archive, beside plain FTS5 over the same texts.

    python -m bench.search [--articles 100000] [--keep FOLDER]

The archive is made of made-up Swedish, about 1.3 kB an article, spread over ten years, with tags and sources. Each kind
of query is asked with other words each time; the table tells the time below which 95 of 100 answers stay. ``--keep``
leaves the archive in a folder, and uses it again the next time.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from aggregator.archive import Archive
from aggregator.model import Article, Config, Crawl, Find, Link, Outcome, Source, SourceState, Tag, TagKind
from bench.archive import ENDS, KOMMUNER, NOW, SMALL, STEMS, THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OUTLETS = tuple(Source(id=f"bladet{n}", name=f"Bladet {n}", url=f"https://bladet{n}.example/") for n in range(8))
ASKED = 40
TURN = 500
VOCABULARY = 60_000


def words(chance: random.Random) -> tuple[list[str], list[float]]:
    """A vocabulary with the weights of a language: few words that are everywhere, many that are rare (Zipf)."""
    made = [first + second + end for first in ["", *STEMS] for second in STEMS for end in ENDS]
    made += [f"{one}{chance.randrange(1000)}" for one in chance.choices(made, k=VOCABULARY - len(made))]
    chance.shuffle(made)
    every = [*SMALL, *made]
    weights = [1 / (place + 2.7) for place in range(len(every))]
    total = 0.0
    return every, [total := total + weight for weight in weights]


def articles(number: int, chance: random.Random) -> Iterator[tuple[Source, Find]]:
    """From the oldest to the newest, as a crawl finds them."""
    vocabulary, weights = words(chance)
    step = timedelta(days=3650) / number
    for n in range(number):
        told = chance.choices(vocabulary, cum_weights=weights, k=200)
        told[9::12] = [f"{word}." for word in told[9::12]]
        source = OUTLETS[chance.randrange(len(OUTLETS))]
        url = f"{source.url}{n}"
        title, text = " ".join(told[:7]).capitalize() + f" {n}", " ".join(told[7:])
        tags = [(TagKind.KOMMUN, chance.choice(KOMMUNER)), *((TagKind.THEME, one) for one in chance.sample(THEMES, 2))]
        article = Article(
            url=url, canonical_url=url, title=title, lead="", text=text, published_at=NOW - step * (number - n)
        )
        given = tuple(Tag(kind=kind, name=name, score=1.0) for kind, name in tags)
        yield source, Find(link=Link(url=url), snapshot=None, result=article, tags=given)


def fill(path: Path, number: int) -> None:
    """Make the archive, and beside it plain FTS5 over the same texts."""
    started = time.perf_counter()
    plain = sqlite3.connect(path.with_suffix(".plain"))
    plain.execute("CREATE VIRTUAL TABLE plain USING fts5(title, text)")
    with Archive.open(path, tag_authority="example.org") as archive:
        archive.register(Config(sources=OUTLETS), NOW)
        waiting: dict[str, list[Find]] = {source.id: [] for source in OUTLETS}
        for n, (source, find) in enumerate(articles(number, random.Random(7)), 1):  # noqa: S311 - the same each time
            waiting[source.id].append(find)
            assert isinstance(find.result, Article)  # noqa: S101 - made so above
            plain.execute("INSERT INTO plain (title, text) VALUES (?, ?)", (find.result.title, find.result.text))
            if len(waiting[source.id]) == TURN or n > number - 1:
                for one in OUTLETS:
                    save(archive, one, waiting[one.id])
                    waiting[one.id] = []
    plain.commit()
    plain.close()
    seconds = time.perf_counter() - started
    print(f"{number:,} articles saved with analysis in {seconds:,.0f} s: {number / seconds:,.0f} a second\n")


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
    """Milliseconds below which 95 of 100 stay."""
    taken = []
    for line in lines:
        started = time.perf_counter()
        ask(line)
        taken.append(1000 * (time.perf_counter() - started))
    return sorted(taken)[int(0.95 * (len(taken) - 1))]


def main() -> None:
    """Make the archive if it is not there, ask, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--keep", type=Path)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = (chosen.keep or Path(folder)) / f"{chosen.articles}.db"
        if not path.exists():
            fill(path, chosen.articles)
        measure(path)


def measure(path: Path) -> None:
    """Print the table of an archive."""
    chance = random.Random(11)  # noqa: S311 - the same each time
    vocabulary, weights = words(random.Random(7))  # noqa: S311 - the archive's

    def some(number: int) -> str:
        return " ".join(chance.choices(vocabulary[len(SMALL) :], cum_weights=weights[len(SMALL) :], k=number))

    one_to_three = [some(1 + n % 3) for n in range(ASKED)]
    common = [" ".join(chance.sample(vocabulary[:60], 1 + n % 3)) for n in range(ASKED)]
    narrowed = [f"{some(1)} källa:bladet{n % 8} tagg:kultur från:{2018 + n % 5}" for n in range(ASKED)]
    plain = sqlite3.connect(path.with_suffix(".plain"))

    def ranked(line: str) -> None:
        sought = " ".join(f'"{word}"' for word in line.split())
        plain.execute("SELECT count(*) FROM plain WHERE plain MATCH ?", (sought,)).fetchone()
        plain.execute(
            "SELECT title, snippet(plain, 1, '[', ']', '…', 30) FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 20",
            (sought,),
        ).fetchall()

    with Archive.reader(path) as archive:
        rows: list[tuple[str, Callable[[str], object], list[str], list[str] | None, int]] = [
            ("newest first, one to three words", lambda x: archive.search(x, sort="newest"), one_to_three, None, 20),
            ("newest first, everything", lambda x: archive.search(x, sort="newest"), [""] * ASKED, None, 20),
            ("ranked, one to three words", archive.search, one_to_three, one_to_three, 60),
            ("ranked, with source, tag, dates", archive.search, narrowed, None, 30),
            ("ranked, with all facets", lambda x: archive.search(x, with_facets=True), one_to_three, None, 110),
            ("ranked, the commonest words", archive.search, common, common, 150),
            ("a phrase", lambda x: archive.search(f'"{x}"'), one_to_three, None, 60),
            ("a misspelt word", lambda x: archive.search(f"x{x}"), [some(1) for _ in range(ASKED)], None, 150),
        ]
        print("| query | ours, p95 | plain FTS5, p95 | goal |\n|---|---|---|---|")
        for name, ask, lines, beside, goal in rows:
            ours = p95(ask, lines)
            theirs = f"{p95(ranked, beside):,.1f} ms" if beside else ""
            print(f"| {name} | {ours:,.1f} ms | {theirs} | {goal} ms |")
    plain.close()
    sizes(path)


def sizes(path: Path) -> None:
    """What the index takes on disk, and what all of this took in memory."""
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT name LIKE 'articles_fts%', sum(pgsize) FROM dbstat"
        " WHERE name LIKE 'articles_fts%' OR name LIKE '%search_%' GROUP BY 1"
    )
    taken = {bool(own): size / 1e6 for own, size in rows}
    connection.close()
    print(f"\nIndex {taken.get(True, 0):,.0f} MB, beside it {taken.get(False, 0):,.0f} MB; ", end="")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:,.0f} MB")


if __name__ == "__main__":
    main()
