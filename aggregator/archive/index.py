"""The search index: what stands in it of each article, in step with the transactions that change articles.

``articles_fts`` has no text of its own. Its rowid is an article's place in time (``place``), so that "newest first" and
"between these days" are read straight off the index; ``search_places`` tells which article stands there. The column
``marks`` holds what articles are filtered by: tags, sources, local days, months and years, each as one token.
"""

from __future__ import annotations

import zlib
from datetime import date, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from aggregator import swedish
from aggregator.archive.analysis import VERSION, Terms, analyse, body, exact
from aggregator.archive.opening import writing
from aggregator.archive.rows import dump, safe, time

if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Row

    from sqlite_utils import Database

LOCAL = ZoneInfo("Europe/Stockholm")
"""A day that a person names begins and ends at its midnights there."""

EVERY = "x"
"""The mark that every article bears."""

PER_SECOND = 16
"""Places in a second; when they are taken, the next second's are."""

BATCH = 500
"""Articles indexed in one transaction when an archive is brought up to date."""

_COLUMNS = "rowid, title, body, heads, stems, parts, marks"
_FACTS = "id, title, lead, text, listed_at, source_id"


def place(at: str) -> int:
    """The first place of a second: a time as the archive writes it → a rowid of the index."""
    return int(time(at).timestamp()) * PER_SECOND


def year_at(at_place: int) -> int:
    """The local year in which a place lies."""
    return datetime.fromtimestamp(at_place // PER_SECOND, LOCAL).year


def tag_mark(tag_id: int) -> str:
    """The token of a tag."""
    return f"t{tag_id}"


def source_mark(source_id: str) -> str:
    """The token of a source; its id may hold signs that no token has."""
    return f"s{blake2b(source_id.encode(), digest_size=5).hexdigest()}"


def day_marks(day: date) -> tuple[str, str, str]:
    """The tokens of a local day: of its year, its month, itself."""
    return f"y{day:%Y}", f"m{day:%Y%m}", f"d{day:%Y%m%d}"


def follow(db: Database, revision: int) -> None:
    """Bring the index in step with the articles that bear a revision; called at the foot of their transaction."""
    refresh(db, db.execute(f"SELECT {_FACTS} FROM articles WHERE revision = ?", (revision,)).fetchall())


def refresh(db: Database, articles: Iterable[Row]) -> None:
    """Index articles as they are now; those that stand so already are left alone.

    The oldest first: a rowid below the one before makes FTS5 write out all that it has gathered.
    """
    for article in sorted(articles, key=lambda one: (one["listed_at"], one["id"])):
        marks = _marks(db, article)
        old = db.execute(
            "SELECT p.id, p.listed_at, p.marks, t.terms FROM search_places p JOIN search_terms t ON t.id = p.id"
            " WHERE p.article_id = ?",
            (article["id"],),
        ).fetchone()
        if old is not None and (old["marks"], old["listed_at"]) == (marks, article["listed_at"]):
            continue
        packed: bytes | None = None
        if old is not None:
            packed = old["terms"]
            _take_out(db, article, old)
        _put_in(db, article, marks, packed)


def forget(db: Database, article: Row) -> None:
    """Take an article out of the index, before its wording changes: the index must be told what it held."""
    old = db.execute(
        "SELECT p.id, p.marks, t.terms FROM search_places p JOIN search_terms t ON t.id = p.id WHERE p.article_id = ?",
        (article["id"],),
    ).fetchone()
    if old is not None:
        _take_out(db, article, old)


def unpack(packed: bytes) -> Terms:
    """An article's terms as ``search_terms`` keeps them."""
    return Terms(*zlib.decompress(packed).decode().split("\n"))


def catch_up(db: Database) -> None:
    """Index what is not indexed yet: an archive of an earlier version, or one whose reading of words was another.

    In batches, each a transaction of its own; a killed process goes on where it was.
    """
    row = db.execute("SELECT value FROM settings WHERE name = 'search'").fetchone()
    version, _, reached = ("" if row is None else row["value"]).partition("/")
    if version == VERSION and not reached:
        return
    if version != VERSION:
        reached = "0"
        with writing(db):
            db.execute("INSERT INTO articles_fts(articles_fts) VALUES ('delete-all')")
            for table in ("search_places", "search_terms", "search_words"):
                db.execute(f"DELETE FROM {table}")
            _note(db, f"{VERSION}/0")
    last = int(reached)
    while articles := db.execute(
        f"SELECT {_FACTS} FROM articles WHERE id > ? ORDER BY id LIMIT {BATCH}", (last,)
    ).fetchall():
        last = articles[-1]["id"]
        with writing(db):
            refresh(db, articles)
            _note(db, f"{VERSION}/{last}")
    with writing(db):
        _note(db, VERSION)


def _note(db: Database, value: str) -> None:
    db.execute("INSERT OR REPLACE INTO settings (name, value) VALUES ('search', ?)", (value,))


def _marks(db: Database, article: Row) -> str:
    day = time(article["listed_at"]).astimezone(LOCAL).date()
    tags = db.execute("SELECT tag_id FROM article_tags WHERE article_id = ? ORDER BY tag_id", (article["id"],))
    sources = db.execute("SELECT DISTINCT source_id FROM addresses WHERE article_id = ?", (article["id"],))
    return " ".join(
        [
            EVERY,
            *day_marks(day),
            *sorted({source_mark(article["source_id"]), *(source_mark(row["source_id"]) for row in sources)}),
            *(tag_mark(row["tag_id"]) for row in tags),
        ]
    )


def _free(db: Database, first: int) -> int:
    """The first free place at or after that of a second, behind those that came before."""
    while True:
        row = db.execute(
            "SELECT max(id) AS last FROM search_places WHERE id BETWEEN ? AND ?", (first, first + PER_SECOND - 1)
        ).fetchone()
        if row["last"] is None:
            return first
        if row["last"] < first + PER_SECOND - 1:
            return int(row["last"]) + 1
        first += PER_SECOND


def _values(article: Row, at: int, terms: Terms, marks: str) -> tuple[object, ...]:
    title, text = exact(article["title"]), exact(body(article["lead"], article["text"]))
    return at, title, text, terms.heads, terms.stems, terms.parts, marks


def _take_out(db: Database, article: Row, old: Row) -> None:
    db.execute(
        f"INSERT INTO articles_fts(articles_fts, {_COLUMNS}) VALUES ('delete', ?, ?, ?, ?, ?, ?, ?)",
        _values(article, old["id"], unpack(old["terms"]), old["marks"]),
    )
    db.execute("DELETE FROM search_places WHERE id = ?", (old["id"],))
    db.execute("DELETE FROM search_terms WHERE id = ?", (old["id"],))


def _put_in(db: Database, article: Row, marks: str, packed: bytes | None) -> None:
    at = _free(db, place(article["listed_at"]))
    if packed is None:
        title, text = swedish.tokens(article["title"]), swedish.tokens(body(article["lead"], article["text"]))
        terms = analyse(title, text)
        packed = zlib.compress("\n".join((terms.heads, terms.stems, terms.parts)).encode(), 1)
        _learn(db, {token.word for token in (*title, *text)})
    else:
        terms = unpack(packed)
    db.execute(
        f"INSERT INTO articles_fts({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        _values(article, at, terms, marks),
    )
    db.execute(
        "INSERT INTO search_places (id, article_id, listed_at, marks) VALUES (?, ?, ?, ?)",
        (at, article["id"], article["listed_at"], marks),
    )
    db.execute("INSERT INTO search_terms (id, terms) VALUES (?, ?)", (at, packed))


def _learn(db: Database, words: set[str]) -> None:
    """Note words as written, in lower case: what may be meant by a word that nothing holds."""
    told = [word for word in words if 2 < len(word) <= 40 and word[0].isalpha()]
    known = {
        row["word"]
        for row in db.execute(
            "SELECT w.word FROM json_each(?) j JOIN search_words w ON w.word = j.value", (dump(told),)
        )
    }
    db.conn.executemany(
        "INSERT OR IGNORE INTO search_words (word, folded) VALUES (?, ?)",
        [(word, swedish.fold(word)) for word in map(safe, told) if word not in known],
    )
