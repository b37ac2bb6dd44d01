"""Does search find what it should: ours beside other ways to search the same texts with SQLite.

    python -m bench.relevance

The texts and queries of ``tests/archive/relevance``; recall and nDCG of the first ten.
"""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from aggregator.archive import Archive
from bench import peers
from tests.archive.relevance import measure


def main() -> None:
    """Print a table for the queries worked with, and one for those held back."""
    names = {number: name for number, (name, _, _) in enumerate(measure.texts(), 1)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "peers"
        told = (peers.Text(number, "", title, text) for number, (_, title, text) in enumerate(measure.texts(), 1))
        peers.fill(path, told)
        beside = sqlite3.connect(path)
        with Archive.open(Path(folder) / "ours.db", tag_authority="example.org") as archive:
            measure.fill(archive)
            for what, held in (("queries worked with", False), ("queries held back", True)):
                asked = [one for one in measure.queries() if one.held is held]
                tables = {"ours": measure.table(lambda line: measure.found(archive, line), asked)}
                for peer in ("plain", "stemmer", "reader"):
                    tables[peer] = measure.table(
                        lambda line, p=peer: [names[one] for one in peers.ask(beside, p, line, 10)],  # type: ignore[misc]
                        asked,
                    )
                print(f"\n| {what} | number | " + " | ".join(tables) + " |\n|---|---|" + "---|" * len(tables))
                for kind in sorted(tables["ours"], key=lambda one: (one != "all", one)):
                    cells = " | ".join(f"{table[kind][0]:.2f} / {table[kind][1]:.2f}" for table in tables.values())
                    print(f"| {kind} | {tables['ours'][kind][2]} | {cells} |")
        beside.close()


if __name__ == "__main__":
    main()
