"""How well a search finds what was sought: recall and nDCG of the first ten, by kind of query.

python -m tests.archive.relevance.measure
"""

from __future__ import annotations

import math
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aggregator.archive import Archive
from aggregator.model import Config
from tests.archive.made import NOW, PAPER, find, turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HERE = Path(__file__).parent
FIRST = 10


@dataclass(frozen=True)
class Sought:
    """A query with what it should find."""

    kind: str
    line: str
    worth: dict[str, int]
    held: bool


def lines(name: str) -> list[list[str]]:
    """The rows of a file here, their cells without blanks."""
    text = (HERE / name).read_text("utf-8")
    return [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line and line[0] != "#"]


def texts() -> list[tuple[str, str, str]]:
    """Id, title, text."""
    return [(name, title, text) for name, title, text in lines("texts.txt")]


def queries() -> list[Sought]:
    """All of them; those that ask for nothing that is there have no worth."""
    found = []
    for kind, line, worth in lines("queries.txt"):
        pairs = [pair.rsplit(":", 1) for pair in worth.split()]
        valued = {name: int(value) for name, value in pairs if value != "0"}
        found.append(Sought(kind.removeprefix("held "), line, valued, kind.startswith("held ")))
    return found


def fill(archive: Archive) -> None:
    """Keep the texts; their addresses end with their ids."""
    archive.register(Config(sources=(PAPER,)), NOW)
    finds = [find(f"{PAPER.url}{name}", title, text, tags=()) for name, title, text in texts()]
    archive.save(turn(*finds), PAPER, at=NOW)


def found(archive: Archive, line: str) -> list[str]:
    """The ids of the first ten."""
    return [hit.article.article.url.rsplit("/", 1)[-1] for hit in archive.search(line, limit=FIRST).hits]


def scores(sought: Sought, ids: list[str]) -> tuple[float, float]:
    """Recall and nDCG of the first ten; where nothing is to be found, 1 if nothing was."""
    if not sought.worth:
        return (0.0, 0.0) if ids else (1.0, 1.0)
    recall = sum(name in sought.worth for name in ids) / min(len(sought.worth), FIRST)
    gain = sum(sought.worth.get(name, 0) / math.log2(2 + place) for place, name in enumerate(ids))
    best = sorted(sought.worth.values(), reverse=True)[:FIRST]
    return recall, gain / sum(value / math.log2(2 + place) for place, value in enumerate(best))


def table(ask: Callable[[str], list[str]], asked: Iterable[Sought]) -> dict[str, tuple[float, float, int]]:
    """Kind → mean recall, mean nDCG, number; "all" among them."""
    by_kind: dict[str, list[tuple[float, float]]] = {}
    for sought in asked:
        score = scores(sought, ask(sought.line))
        for kind in (sought.kind, "all"):
            by_kind.setdefault(kind, []).append(score)
    return {
        kind: (sum(r for r, _ in both) / len(both), sum(n for _, n in both) / len(both), len(both))
        for kind, both in by_kind.items()
    }


def main() -> None:
    """Print the tables, and below them each query that is not answered whole."""
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder) / "a.db", tag_authority="x") as archive:
        fill(archive)
        for name, held in (("tuned", False), ("held back", True)):
            chosen = [one for one in queries() if one.held is held]
            print(f"\n| {name} | queries | R@10 | nDCG@10 |\n|---|---|---|---|")  # noqa: T201 - a table for a person
            for kind, (recall, gain, number) in table(lambda line: found(archive, line), chosen).items():
                print(f"| {kind} | {number} | {recall:.2f} | {gain:.2f} |")  # noqa: T201 - the same
            for one in chosen:
                ids = found(archive, one.line)
                if min(scores(one, ids)) < 0.995 and not held:
                    print(one.kind, one.line, one.worth, ids)  # noqa: T201 - the same


if __name__ == "__main__":
    main()
