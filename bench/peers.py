"""Other ways to search the same texts with SQLite, for the tables of ``bench.search`` and ``bench.relevance``.

- plain: FTS5 as it comes (unicode61, diacritics folded), ranked by bm25
- stemmer: FTS5 over words stemmed by Snowball's Swedish algorithm (PyStemmer), å ä ö kept, ranked by bm25
- reader: the search of lemon24/reader 3.26 (``reader/_storage/_search.py``): Porter's English stemmer, diacritics
  folded, bm25(4, 1, 2), three snippets; without its grouping and JSON, and limited at once, which makes it quicker
- datasette: the table page of Datasette 0.65 over ``sqlite-utils enable-fts``: by rowid, counted, 101 rows

A line's words are each put in quotes, as Datasette's ``escape_fts`` does it.
"""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

import Stemmer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

PEERS = ("plain", "stemmer", "reader", "datasette")
TABLES = {
    "plain": ("CREATE VIRTUAL TABLE plain USING fts5(title, text)",),
    "stemmer": (
        "CREATE VIRTUAL TABLE stemmer USING fts5(title, text, content='', tokenize='unicode61 remove_diacritics 0')",
    ),
    "reader": (
        """CREATE VIRTUAL TABLE reader USING fts5(
            title, content, feed, _id UNINDEXED, _feed UNINDEXED, _content_path UNINDEXED,
            _is_feed_user_title UNINDEXED, tokenize = "porter unicode61 remove_diacritics 1 tokenchars '_'")""",
        "INSERT INTO reader(reader, rank) VALUES ('rank', 'bm25(4, 1, 2)')",
    ),
    "datasette": (
        "CREATE TABLE articles (id INTEGER PRIMARY KEY, title TEXT, text TEXT, source TEXT)",
        "CREATE VIRTUAL TABLE datasette USING fts5(title, text, content='articles', content_rowid='id')",
    ),
}
_STEMMER = Stemmer.Stemmer("swedish")
_WORD = re.compile(r"[^\W_]+")


class Text(NamedTuple):
    """What is searched."""

    id: int
    source: str
    title: str
    text: str


def fill(path: Path, texts: Iterable[Text], peers: Iterable[str] = PEERS) -> None:
    """Make the peers' tables, all in one file."""
    chosen = tuple(peers)
    connection = sqlite3.connect(path)
    for peer in chosen:
        for statement in TABLES[peer]:
            connection.execute(statement)
    for one in texts:
        for peer in chosen:
            _ADD[peer](connection, one)
    connection.commit()
    connection.close()


def _stemmed(text: str) -> str:
    return " ".join(_STEMMER.stemWords(_WORD.findall(text.lower())))


def _plain(db: sqlite3.Connection, one: Text) -> None:
    db.execute("INSERT INTO plain(rowid, title, text) VALUES (?, ?, ?)", (one.id, one.title, one.text))


def _stem(db: sqlite3.Connection, one: Text) -> None:
    stems = (one.id, _stemmed(one.title), _stemmed(one.text))
    db.execute("INSERT INTO stemmer(rowid, title, text) VALUES (?, ?, ?)", stems)


def _reader(db: sqlite3.Connection, one: Text) -> None:
    db.execute(
        "INSERT INTO reader(rowid, title, content, feed, _id, _feed) VALUES (?, ?, ?, ?, ?, ?)",
        (one.id, one.title, one.text, one.source, str(one.id), one.source),
    )


def _datasette(db: sqlite3.Connection, one: Text) -> None:
    db.execute("INSERT INTO articles VALUES (?, ?, ?, ?)", (one.id, one.title, one.text, one.source))
    db.execute("INSERT INTO datasette(rowid, title, text) VALUES (?, ?, ?)", (one.id, one.title, one.text))


_ADD: dict[str, Callable[[sqlite3.Connection, Text], None]] = {
    "plain": _plain,
    "stemmer": _stem,
    "reader": _reader,
    "datasette": _datasette,
}


def ask(connection: sqlite3.Connection, peer: str, line: str, limit: int = 20) -> list[int]:
    """The ids of the first that a peer finds, with all that it reads for a page."""
    words = _WORD.findall(_stemmed(line)) if peer == "stemmer" else line.split()
    match = " ".join('"' + word.replace('"', "") + '"' for word in words if word.replace('"', ""))
    if not match:
        return []
    rows = connection.execute(_ASKED[peer], (match, limit)).fetchall()
    if peer == "datasette":
        connection.execute(
            "SELECT count(*) FROM articles WHERE id IN (SELECT rowid FROM datasette WHERE datasette MATCH ?)", (match,)
        ).fetchone()
    return [row[0] for row in rows]


_ASKED = {
    "plain": "SELECT rowid, title, snippet(plain, 1, '[', ']', '…', 30) FROM plain WHERE plain MATCH ?"
    " ORDER BY rank LIMIT ?",
    "stemmer": "SELECT rowid FROM stemmer WHERE stemmer MATCH ? ORDER BY rank LIMIT ?",
    "reader": "SELECT _id + 0, _feed, rank, snippet(reader, 0, '>', '<', '...', 16),"
    " snippet(reader, 1, '>', '<', '...', 16), snippet(reader, 2, '>', '<', '...', 16)"
    " FROM reader WHERE reader MATCH ? ORDER BY rank LIMIT ?",
    "datasette": "SELECT id, title, text FROM articles WHERE id IN"
    " (SELECT rowid FROM datasette WHERE datasette MATCH ?) ORDER BY id LIMIT ? + 81",
}
