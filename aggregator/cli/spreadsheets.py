"""Articles as CSV, out and in: plain CSV for programs, and the kind that a Swedish Excel opens by a double click."""

from __future__ import annotations

import csv
import io
import sys
from typing import TYPE_CHECKING, Any

from aggregator.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import TextIO

    from aggregator.model import KeptArticle

MARK = "\ufeff"
"""By this byte order mark Excel knows UTF-8; without it å, ä and ö are garbled."""
SEPARATOR = ";"
"""What separates cells where the comma is the decimal sign; with commas all would stand in one column."""
CELL_LIMIT = 32_767
"""The most letters that a cell of Excel holds; the rest of a longer text would spill into rows below."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet calculate a cell that a stranger wrote; an apostrophe before it makes it text."""


def write_csv(articles: Iterable[KeptArticle], stream: TextIO, *, excel: bool = False) -> None:
    """A line for each article below a line of names; UTF-8, RFC 4180. ``excel``: as a Swedish Excel reads it."""
    from aggregator.archive.export import to_flat

    writer: csv.DictWriter[str] | None = None
    for kept in articles:
        flat = to_flat(kept)
        if writer is None:
            stream.write(MARK if excel else "")
            writer = csv.DictWriter(stream, list(flat), delimiter=SEPARATOR if excel else ",")
            writer.writeheader()
        writer.writerow({name: _cell(text) for name, text in flat.items()} if excel else flat)


def csv_rows(file: str) -> Iterator[Mapping[str, Any]]:
    """The rows of a CSV file of either kind as lines of our JSON. Raises InputError."""
    from aggregator.cli.pages import read_bytes

    csv.field_size_limit(sys.maxsize)
    try:
        text = read_bytes(file).decode("utf-8-sig")
        first = text.partition("\n")[0]
        separator = SEPARATOR if first.count(SEPARATOR) > first.count(",") else ","
        for row in csv.DictReader(io.StringIO(text, newline=""), strict=True, delimiter=separator):
            if None in row or None in row.values():
                raise InputError(f"{file}: a row has more or fewer fields than the first line names")
            yield _unflattened(row)
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: is not UTF-8 (byte {error.start})") from None
    except csv.Error as error:
        raise InputError(f"{file}: is not CSV ({error})") from None


def _cell(text: str) -> str:
    return (f"'{text}" if text.startswith(FORMULA) else text)[:CELL_LIMIT]


def _unflattened(row: Mapping[str, str]) -> dict[str, Any]:
    """A row of our CSV as a line of our JSON; what CSV does not hold (evidence, versions, story) is left out."""
    full: dict[str, Any] = {name: text or None for name, text in row.items() if name not in ("versions", "story")}
    full["authors"] = [author for author in row.get("authors", "").split("; ") if author]
    if row.get("tags"):
        pairs = [tag.partition(":") for tag in row["tags"].split("; ")]
        full["tags"] = [{"kind": kind, "name": name, "score": 1.0, "evidence": []} for kind, _, name in pairs]
    return full
