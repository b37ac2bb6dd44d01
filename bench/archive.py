"""Articles per second saved with tags, and what it costs to ask for them again.

    python -m bench.archive [--articles 2000] [--turn 20]

Each article is about 1.3 kB of made-up Swedish on a page of 40 kB, with five tags and their evidence; a turn is one
transaction, as in a crawl. The index (stems and members of compounds) and the kept page are part of it.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from aggregator.archive import Archive
from aggregator.model import (
    Article,
    Config,
    Crawl,
    Evidence,
    Filter,
    Find,
    Link,
    Outcome,
    Snapshot,
    Source,
    SourceState,
    Tag,
    TagKind,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PAPER = Source(id="bladet", name="Örebrobladet", url="https://bladet.example/")
STEMS = [
    *("vård", "skola", "region", "kommun", "buss", "väg", "idrott", "kultur", "polis", "brand", "äldre", "barn"),
    *("miljö", "energi", "företag", "bibliotek", "museum", "sjukhus", "projekt", "samverkan", "avtal", "politik"),
    *("nämnd", "budget", "förening", "trafik", "olycka", "domstol", "forskning", "universitet"),
]
ENDS = ["", "en", "ens", "et", "ar", "arna", "central", "frågan", "arbetet", "utveckling", "plan", "nämnden"]
SMALL = [
    *("och", "att", "det", "som", "på", "är", "av", "för", "med", "till", "den", "har", "i", "en", "om", "ett"),
    *("men", "var", "sig", "från", "vi", "så", "kan", "när", "år"),
]
KOMMUNER = ["Karlskoga", "Nora", "Kumla", "Hallsberg", "Askersund", "Örebro"]
THEMES = ["hälsa", "samverkan", "kultur", "sport", "politik", "näringsliv"]


def text(chance: random.Random, size: int) -> str:
    """Swedish in look, length and shape of words."""
    words: list[str] = []
    while sum(map(len, words)) + len(words) < size:
        if chance.random() < 0.5:
            words.append(chance.choice(SMALL))
        else:  # one in three is a compound of its own, so that no memory of words flatters the figures
            first = chance.choice(STEMS) if chance.random() < 0.33 else ""
            words.append(first + chance.choice(STEMS) + chance.choice(ENDS))
        if chance.random() < 0.08:
            words[-1] += "."
    return " ".join(words)


def finds(number: int, chance: random.Random) -> Iterator[Find]:
    """Articles, each on its page."""
    chrome = text(chance, 38_000)
    for n in range(number):
        title, body = f"{text(chance, 40).capitalize()} {n}", text(chance, 1_300)
        url = f"https://bladet.example/2026/{n}-{title.split(maxsplit=1)[0].lower()}"
        page = f"<html><body>{chrome}<h1>{title}</h1><p>{body}</p></body></html>".encode()
        named = [(TagKind.KOMMUN, k) for k in chance.sample(KOMMUNER, 2)]
        named += [(TagKind.THEME, t) for t in chance.sample(THEMES, 3)]
        proof = (
            Evidence(rule="regel", words="vårdcentralen", where="text"),
            Evidence(rule="regel", words="vård", where="title"),
        )
        yield Find(
            link=Link(url=url, external_id=str(n), fingerprint=f"{n:x}"),
            snapshot=Snapshot(
                url=url, final_url=url, status=200, headers={"etag": f'"{n}"'}, body=page, fetched_at=NOW
            ),
            result=Article(
                url=url,
                canonical_url=url,
                title=title,
                lead=body[:150],
                text=body,
                html=f"<p>{body}</p>",
                published_at=NOW - timedelta(minutes=7 * n),
            ),
            tags=tuple(Tag(kind=kind, name=name, score=0.8, evidence=proof) for kind, name in named),
        )


def timed(name: str, unit: str, number: int, work: Callable[[], object]) -> None:
    """Do it, and print a row; processor time tells more than the clock where others work on the machine."""
    started, began = time.perf_counter(), time.process_time()
    work()
    seconds, busy = time.perf_counter() - started, time.process_time() - began
    print(f"| {name} | {number / seconds:,.0f} {unit}/s | {1000 * busy / number:.2f} ms |")


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=2000)
    options.add_argument("--turn", type=int, default=20)
    chosen = options.parse_args()
    made = list(finds(chosen.articles, random.Random(7)))  # noqa: S311 - a bench, the same each time
    turns = [tuple(made[n : n + chosen.turn]) for n in range(0, len(made), chosen.turn)]
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder) / "a.db", tag_authority="x") as archive:
        archive.register(Config(sources=(PAPER,)), NOW)

        def save(all_of: list[tuple[Find, ...]]) -> None:
            for some in all_of:
                crawl = Crawl(
                    source_id=PAPER.id,
                    started_at=NOW,
                    outcome=Outcome.CHANGED,
                    finds=some,
                    state=SourceState(source_id=PAPER.id),
                )
                archive.save(crawl, PAPER, at=NOW)

        print("| what | speed | processor time each |\n|---|---|---|")
        timed(f"saved, {chosen.turn} a turn", "articles", len(made), lambda: save(turns))
        timed("seen again, unchanged", "articles", len(made), lambda: save(turns))
        links = [find.link for find in made]
        timed(
            "known, 50 links at a time",
            "links",
            len(links),
            lambda: [archive.known(PAPER, links[n : n + 50]) for n in range(0, len(links), 50)],
        )
        karlskoga = Filter(tags=((TagKind.KOMMUN, "Karlskoga"), (TagKind.THEME, "hälsa")))
        timed("a feed's 50 newest", "feeds", 20, lambda: [archive.members(karlskoga, limit=50) for _ in range(20)])
        timed("a feed's fingerprint", "feeds", 20, lambda: [archive.fingerprint(karlskoga) for _ in range(20)])
        timed(
            "search, two words", "searches", 20, lambda: [archive.search("samverkansavtal vården") for _ in range(20)]
        )
        timed("exported", "articles", len(made), lambda: list(archive.export()))
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
        print(f"| on disk | {size / len(made) / 1000:.1f} kB an article | |")


if __name__ == "__main__":
    main()
