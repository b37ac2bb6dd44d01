"""Articles and other tables for spreadsheets: CSV (RFC 4180) and Excel workbooks (XLSX, ECMA-376).

What strangers wrote never becomes a formula or a link: in CSV a text that a spreadsheet would calculate gets an
apostrophe before it (OWASP, "CSV Injection"; ``plain_cell`` takes it away again), in a workbook it is a text cell.
"""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, time
from itertools import chain, islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import xlsxwriter

from aggregator.markup import strip_forbidden
from aggregator.render.rows import COLUMNS, TIMES, to_flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from aggregator.model import KeptArticle

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MARK = "\ufeff"
"""By this byte order mark Excel knows UTF-8; without it å, ä and ö are garbled."""
SEPARATOR = ";"
"""What separates cells where the comma is the decimal sign; with commas all would stand in one column."""
CELL_LIMIT = 32_767
"""The most letters that a cell of Excel holds; the rest of a longer text would spill into rows below."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet calculate a cell that a stranger wrote; an apostrophe before it makes it text."""
MOST_ROWS = 1_048_575
"""The most rows that a sheet of Excel holds below its header."""

LOCAL = ZoneInfo("Europe/Stockholm")
"""Cells of a workbook have no zone: moments stand there in Swedish time."""

Cell = str | int | float | bool | datetime | date | None
"""What a cell may hold; a ``datetime`` needs a zone."""

_CHUNK = 64 * 1024
_MEASURED = 200
_NARROWEST, _WIDEST = 8, 60
_WIDTHS = {"title": 50, "lead": 50, "text": 50, "html": 12, "tags": 40, "url": 40, "canonical_url": 40, "guid": 16}
_FORBIDDEN_IN_TITLE = str.maketrans("[]:*?/\\", "       ")


def articles_csv(articles: Iterable[KeptArticle], *, excel: bool = False) -> Iterator[bytes]:
    """A line for each article below a line of names, in chunks of UTF-8.

    Commas, for programs; ``excel``: semicolons, a byte order mark and cells of at most ``CELL_LIMIT`` letters, as a
    Swedish Excel opens by a double click.
    """
    return csv_chunks(COLUMNS, (to_flat(kept).values() for kept in articles), excel=excel)


def csv_chunks(header: Sequence[str], rows: Iterable[Iterable[str]], *, excel: bool = False) -> Iterator[bytes]:
    """Any table of texts as CSV, in the same way."""
    buffer = io.StringIO(MARK if excel else "")
    buffer.seek(0, io.SEEK_END)
    writer = csv.writer(buffer, delimiter=SEPARATOR if excel else ",")
    longest = CELL_LIMIT if excel else None
    for row in chain((header,), rows):
        writer.writerow([_harmless(text)[:longest] for text in row])
        if buffer.tell() >= _CHUNK:
            yield buffer.getvalue().encode("utf-8", "replace")
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode("utf-8", "replace")


def plain_cell(text: str) -> str:
    """A cell's text without the apostrophe that ``articles_csv`` put before it."""
    return text[1:] if text.startswith("'") and _calculates(text) else text


def articles_xlsx(articles: Iterable[KeptArticle]) -> bytes:
    """The same columns as a workbook; moments are real dates in Swedish time."""
    return sheet("Artiklar", COLUMNS, (_cells(kept) for kept in articles), widths=_WIDTHS)


def sheet(
    title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, widths: dict[str, int] | None = None
) -> bytes:
    """A workbook of one sheet: its header row frozen and filterable, columns as wide as their first cells need.

    ``title`` names the sheet (31 letters at most are kept). ``widths`` says how many letters wide a column is, by its
    name in the header. Rows beyond ``MOST_ROWS`` are left out, letters of a cell beyond ``CELL_LIMIT`` too.
    """
    out = io.BytesIO()
    # Rows are written out as they come, through a temporary file: a workbook of any size takes little memory.
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"created": datetime(1980, 1, 1, tzinfo=UTC)})  # not the clock: same rows, same bytes
    page = book.add_worksheet(strip_forbidden(title).translate(_FORBIDDEN_IN_TITLE).strip("' ")[:31] or "Blad")
    bold = book.add_format({"bold": True, "bottom": 1})
    forms = {
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        str: book.add_format({"quote_prefix": True}),  # stays text also when a person edits the cell
    }
    page.freeze_panes(1, 0)
    for column, name in enumerate(header):
        page.write_string(0, column, strip_forbidden(name)[:CELL_LIMIT], bold)
    above = list(islice(rows_left := iter(rows), _MEASURED))
    for column, name in enumerate(header):
        page.set_column(column, column, (widths or {}).get(name) or _width(name, [row[column] for row in above]))
    last = 0
    for last, row in enumerate(islice(chain(above, rows_left), MOST_ROWS), 1):
        for column, cell in enumerate(row):
            _write(page, (last, column), cell, forms)
    page.autofilter(0, 0, last, max(len(header) - 1, 0))
    book.close()
    return out.getvalue()


def _write(page: Worksheet, at: tuple[int, int], cell: Cell, forms: dict[type, Format]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        page.write_boolean(*at, cell)
    elif isinstance(cell, int | float) and abs(cell) < 1e15:  # NaN and infinities are no numbers of Excel's
        page.write_number(*at, cell)
    elif isinstance(cell, datetime) and 1900 < cell.year < 9999:
        page.write_datetime(*at, cell.astimezone(LOCAL).replace(tzinfo=None), forms[datetime])
    elif isinstance(cell, date) and not isinstance(cell, datetime) and 1900 < cell.year < 9999:
        page.write_datetime(*at, datetime.combine(cell, time()), forms[date])
    else:
        text = strip_forbidden(str(cell)).replace("\r\n", "\n").replace("\r", "\n")[:CELL_LIMIT]
        page.write_string(*at, text, forms[str] if _calculates(text) else None)


def _cells(kept: KeptArticle) -> list[Cell]:
    flat: dict[str, Cell] = dict(to_flat(kept))
    moments = (
        kept.article.published_at,
        kept.updated_at,
        kept.article.page_updated_at,
        kept.fetched_at,
        kept.gone_at,
    )
    flat |= dict(zip(TIMES, moments, strict=True))
    flat |= {"story": kept.story_id, "versions": len(kept.versions)}
    return list(flat.values())


def _width(name: str, cells: Iterable[Cell]) -> int:
    """Letters; a moment takes 16."""
    longest = max((16 if isinstance(cell, datetime) else len(str(cell or "")) for cell in cells), default=0)
    return min(max(longest, len(name) + 3, _NARROWEST) + 1, _WIDEST)


def _harmless(text: str) -> str:
    return f"'{text}" if _calculates(text) else text


def _calculates(text: str) -> bool:
    """Whether a spreadsheet would calculate it, with or without apostrophes that stand before it already."""
    return text.lstrip("'").startswith(FORMULA)
