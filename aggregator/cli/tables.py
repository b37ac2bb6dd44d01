"""Tables of text: aligned columns, made to fit where a terminal is too narrow for them."""

from __future__ import annotations

import textwrap
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GAP = "  "
INDENT = "    "


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = (), *, width: int | None = None
) -> Iterator[str]:
    """Lines of aligned columns; the last column is as wide as it needs to be, those in ``right`` end flush.

    ``width``: the columns of the terminal, None where there is no terminal. What does not fit is never cut: first the
    last column goes to lines of its own below its row, and where that is not enough each row becomes a paragraph.
    """
    widths = [max(columns(cells[i]) for cells in (head, *rows)) for i in range(len(head))]
    if width is None or sum(widths) + len(GAP) * (len(head) - 1) <= width:
        yield from _aligned(head, rows, widths, right)
    elif sum(widths[:-1]) + len(GAP) * (len(head) - 2) <= width:
        above, first, *lines = _aligned(head[:-1], [cells[:-1] for cells in rows], widths[:-1], right)
        yield from (above, first)
        for line, cells in zip(lines, rows, strict=True):
            yield line
            yield from _below(cells[-1], width)
    else:
        for cells in rows:
            yield cells[0]
            told = (f"{name}: {cell}" for name, cell in zip(head[1:], cells[1:], strict=True) if cell)
            yield from _below("; ".join(told), width)


def columns(text: str) -> int:
    """Columns that a text takes in a terminal: none for combining marks, two for wide letters."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) > 0 for letter in text)


def _aligned(
    head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], right: Sequence[int]
) -> Iterator[str]:
    rules = ["-" * width for width in widths[:-1]] + ["-" * len(head[-1])]
    for cells in (head, rules, *rows):
        blanks = [" " * (width - columns(cell)) for width, cell in zip(widths, cells, strict=True)]
        fitted = [
            blank + cell if i in right else cell + blank
            for i, (blank, cell) in enumerate(zip(blanks, cells, strict=True))
        ]
        yield GAP.join(fitted).rstrip()


def _below(text: str, width: int) -> list[str]:
    """A text below its row, wrapped and set in."""
    return textwrap.wrap(
        text,
        max(width, len(INDENT) + 20),
        initial_indent=INDENT,
        subsequent_indent=INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
