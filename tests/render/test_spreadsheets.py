"""Spreadsheets hold what articles say, and never calculate what a stranger wrote."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest

from aggregator.model import Article, KeptArticle, Tag, TagKind
from aggregator.render import COLUMNS, articles_csv, articles_xlsx, csv_chunks, plain_cell, sheet, to_flat

NOW = datetime(2026, 7, 22, 12, 0, tzinfo=UTC)


def kept(**changes: object) -> KeptArticle:
    fields = {"url": "https://bladet.example/1", "canonical_url": "https://bladet.example/1", "title": "Ny väg"}
    return KeptArticle(
        id=1,
        guid="tag:x,2026:1",
        source_id="bladet",
        source_name="Bladet",
        article=Article(**(fields | {"published_at": NOW} | changes)),  # type: ignore[arg-type] # fields by name
        fetched_at=NOW + timedelta(hours=1),
        updated_at=NOW + timedelta(hours=1),
        tags=(Tag(kind=TagKind.THEME, name="hälsa", score=1.0),),
        story_id=7,
    )


def opened(book: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]


def rows_of(text: bytes, separator: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline=""), delimiter=separator))


HOSTILE = ["=1+1", "+46 19", "-5 grader", "@alla", "\t=1", "\r=1", "＝1", "'=1", "''@x", '=HYPERLINK("https://x")']


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("excel", [False, True])
def test_no_cell_of_a_csv_calculates_and_what_it_said_can_be_had_again(text: str, excel: bool) -> None:
    [row] = rows_of(b"".join(articles_csv([kept(title=text)], excel=excel)), ";" if excel else ",")
    assert row["title"] == f"'{text}"
    assert plain_cell(row["title"]) == text


@pytest.mark.parametrize("text", ["Ny väg", "'citat' i början", "1=1", "", "'", "a\tb"])
def test_an_ordinary_text_stands_as_it_is(text: str) -> None:
    [row] = rows_of(b"".join(articles_csv([kept(title=text)])))
    assert row["title"] == text == plain_cell(text)


def test_both_tables_have_the_columns_of_the_export() -> None:
    article = kept(lead="Den går; genom\nskogen", authors=("A B", "C D"))
    [row] = rows_of(b"".join(articles_csv([article])))
    assert tuple(row) == COLUMNS
    assert row == to_flat(article)
    head, line = opened(articles_xlsx([article])).iter_rows(values_only=True)
    assert head == COLUMNS
    told = dict(zip(head, line, strict=True))
    assert (told["title"], told["authors"], told["tags"]) == ("Ny väg", "A B; C D", "theme:hälsa")
    assert told["lead"] == "Den går; genom\nskogen"
    assert told["story"] == 7


def test_no_articles_are_a_header_alone() -> None:
    assert b"".join(articles_csv([])).decode().strip() == ",".join(COLUMNS)
    assert list(opened(articles_xlsx([])).iter_rows(values_only=True)) == [COLUMNS]


@pytest.mark.parametrize("text", [*HOSTILE, "https://x.example/", "mailto:a@b.example", "0123", "1e5"])
def test_a_text_in_a_workbook_is_neither_formula_nor_link_nor_number(text: str) -> None:
    page = opened(articles_xlsx([kept(title=text)]))
    cell = page.cell(2, COLUMNS.index("title") + 1)
    assert cell.data_type in {"s", "inlineStr"}
    assert cell.value == text.replace("\r", "\n")
    assert cell.hyperlink is None
    assert cell.quotePrefix == text.lstrip("'").startswith(tuple("=+-@\t\r＝"))


def test_moments_are_dates_in_swedish_time() -> None:
    page = opened(articles_xlsx([kept()]))
    cell = page.cell(2, COLUMNS.index("published_at") + 1)
    assert cell.is_date
    assert cell.value == datetime(2026, 7, 22, 14, 0)  # noqa: DTZ001 - a cell has no zone
    assert page.cell(2, COLUMNS.index("gone_at") + 1).value is None


def test_a_sheet_has_its_header_frozen_filterable_and_wide_enough() -> None:
    page = opened(sheet("Källor [2026]: a/b, med ett mycket långt namn", ("Källa", "Artiklar"), [("Nerikes " * 3, 3)]))
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B2"
    assert page.column_dimensions["A"].width > 20
    assert len(page.title) <= 31
    assert page["A1"].font.bold


def test_every_kind_of_cell_is_taken_as_what_it_is() -> None:
    cells = (True, 3, 2.5, NOW, date(2026, 7, 22), None, "", float("nan"), 10**20, date(1700, 1, 1), "a\x00b\x1f\ud800")
    *told, text = next(opened(sheet("T", tuple("abcdefghijk"), [cells])).iter_rows(min_row=2, values_only=True))
    assert told[:3] == [True, 3, 2.5]
    assert told[3:5] == [datetime(2026, 7, 22, 14, 0), datetime(2026, 7, 22, 0, 0)]  # noqa: DTZ001 - likewise
    assert told[5:] == [None, None, "nan", "100000000000000000000", "1700-01-01"]
    assert text == "ab"


def test_a_long_text_is_cut_where_a_cell_ends_and_a_large_table_comes_in_chunks() -> None:
    article = kept(text="å" * 40_000)
    [row] = rows_of(b"".join(articles_csv([article], excel=True)), ";")
    assert len(row["text"]) == 32_767
    assert len(opened(articles_xlsx([article])).cell(2, COLUMNS.index("text") + 1).value) == 32_767
    assert len(list(csv_chunks(("a",), (["x" * 1000] for _ in range(200))))) > 2


def test_the_same_rows_give_the_same_bytes() -> None:
    assert articles_xlsx([kept()]) == articles_xlsx([kept()])
