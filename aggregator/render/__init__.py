"""Entries → bytes: RSS 2.0, Atom, JSON Feed 1.1, OPML and the index page; articles → spreadsheets.

A pure stage: a ``Document`` in, bytes out; the same entries give the same bytes. ``fit`` makes a document's entries
fit for every format and tells which were left out; ``Format.write`` takes what ``fit`` gave, ``render`` does both.

``articles_csv`` and ``articles_xlsx`` give articles as tables with the columns of the export, ``csv_chunks`` and
``sheet`` any other table; ``impact`` tells of press releases and their pickups.

A new format is a function ``Document → bytes`` and a row in ``FORMATS``: publishing, the index page's links and the
documentation read it.
"""

from __future__ import annotations

from aggregator.render import impact
from aggregator.render.document import INDEX, OPML, Document, Format, file_name
from aggregator.render.fitness import SUMMARY_LIMIT, Unfit, fit
from aggregator.render.index import Listed, Shelf, index_page
from aggregator.render.jsonfeed import json_feed
from aggregator.render.opml import opml
from aggregator.render.rows import COLUMNS, to_flat, to_row
from aggregator.render.spreadsheets import (
    CSV_TYPE,
    SEPARATOR,
    XLSX_TYPE,
    Cell,
    articles_csv,
    articles_xlsx,
    csv_chunks,
    plain_cell,
    sheet,
)
from aggregator.render.xml import ATOM_TYPE, RSS_TYPE, atom, rss

__all__ = [
    "COLUMNS",
    "CSV_TYPE",
    "FORMATS",
    "INDEX",
    "OPML",
    "SEPARATOR",
    "SUMMARY_LIMIT",
    "XLSX_TYPE",
    "Cell",
    "Document",
    "Format",
    "Listed",
    "Shelf",
    "Unfit",
    "articles_csv",
    "articles_xlsx",
    "csv_chunks",
    "file_name",
    "fit",
    "impact",
    "index_page",
    "opml",
    "plain_cell",
    "render",
    "sheet",
    "to_flat",
    "to_row",
]


def render(document: Document, form: Format) -> bytes:
    """The document in one format; unfit entries are left out (ask ``fit`` which, and why)."""
    fitted, _ = fit(document)
    return form.write(fitted)


FORMATS = (
    Format(name="RSS", suffix="rss", media_type=RSS_TYPE, write=rss),
    Format(name="Atom", suffix="atom", media_type=ATOM_TYPE, write=atom),
    Format(name="JSON Feed", suffix="json", media_type="application/feed+json", write=json_feed),
)
