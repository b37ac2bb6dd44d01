"""Articles in from CSV of either kind that ``export`` writes."""

from __future__ import annotations

import csv
import io
import sys
from typing import TYPE_CHECKING, Any

from aggregator.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def csv_rows(file: str) -> Iterator[Mapping[str, Any]]:
    """The rows of a CSV file of either kind as lines of our JSON. Raises InputError."""
    from aggregator.cli.pages import read_bytes
    from aggregator.render import SEPARATOR

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


def _unflattened(row: Mapping[str, str]) -> dict[str, Any]:
    """A row of our CSV as a line of our JSON; what CSV does not hold (evidence, versions, story) is left out."""
    from aggregator.render import plain_cell

    row = {name: plain_cell(text) for name, text in row.items()}
    full: dict[str, Any] = {name: text or None for name, text in row.items() if name not in ("versions", "story")}
    full["authors"] = [author for author in row.get("authors", "").split("; ") if author]
    if row.get("tags"):
        pairs = [tag.partition(":") for tag in row["tags"].split("; ")]
        full["tags"] = [{"kind": kind, "name": name, "score": 1.0, "evidence": []} for kind, _, name in pairs]
    return full
