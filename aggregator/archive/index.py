"""The search index: what stands in it of each article, in step with the transactions that change articles.

``articles_fts`` has no text of its own. Its rowid is an article's place in time (``place``), so that "newest first"
and "between these days" are read straight off the index; ``search_places`` tells which article stands there. Beside
the words (``analysis``), the column ``body`` holds what articles are filtered by: tags, sources, local days, months and
years, each as one token that begins with ``#``.
"""

from __future__ import annotations

from datetime import date, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog

from aggregator import swedish
from aggregator.archive.analysis import VERSION, body, tokens
from aggregator.archive.opening import writing
from aggregator.archive.rows import dump, time

if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Row

    from sqlite_utils import Database

log = structlog.get_logger()

LOCAL = ZoneInfo("Europe/Stockholm")
"""A day that a person names begins and ends at its midnights there."""

EVERY = "#x"
"""The mark that every article bears."""


BATCH = 500
"""Articles indexed in one transaction when an archive is brought up to date."""

LARGE = 4_000
"""The same where there are ``MANY``: the larger the batches, the less is merged."""

MERGED = 4_000
"""Pages merged in one transaction."""

MANY = 20_000
"""Articles from which indexing is told of in the log, and after how many each time."""

_FACTS = "id, title, lead, text, listed_at, source_id"


def place(at: str) -> int:
    """The place of a second: a time as the archive writes it → a rowid of the index.

    Where it is taken, the next that is free is the article's: of one second, who came first stands first.
    """
    return int(time(at).timestamp())


def year_at(at_place: int) -> int:
    """The local year in which a place lies."""
    return datetime.fromtimestamp(at_place, LOCAL).year


def tag_mark(tag_id: int) -> str:
    """The token of a tag."""
    return f"#t{tag_id}"


def source_mark(source_id: str) -> str:
    """The token of a source; its id may hold signs that no token has."""
    return f"#s{blake2b(source_id.encode(), digest_size=5).hexdigest()}"


def day_marks(day: date) -> tuple[str, str, str]:
    """The tokens of a local day: of its year, its month, itself."""
    return f"#y{day:%Y}", f"#m{day:%Y%m}", f"#d{day:%Y%m%d}"


def follow(db: Database, revision: int) -> None:
    """Bring the index in step with the articles that bear a revision; called at the foot of their transaction."""
    refresh(db, db.execute(f"SELECT {_FACTS} FROM articles WHERE revision = ?", (revision,)).fetchall())


def refresh(db: Database, articles: Iterable[Row]) -> None:
    """Index articles as they are now; those that stand so already are left alone.

    The oldest first: a rowid below the one before makes FTS5 write out all that it has gathered.
    """
    words: set[str] = set()
    free = _Free(db)
    for article in sorted(articles, key=lambda one: (one["listed_at"], one["id"])):
        marks = _marks(db, article)
        old = _standing(db, article)
        if old is not None and (old["marks"], old["listed_at"]) == (marks, article["listed_at"]):
            continue
        if old is not None:
            _take_out(db, article, old)
        else:
            words.update(swedish.words(f"{article['title']} {body(article['lead'], article['text'])}"))
        _put_in(db, article, marks, free.at_or_after(place(article["listed_at"])))
    _learn(db, words)


def forget(db: Database, article: Row) -> None:
    """Take an article out of the index, before its wording changes: the index must be told what it held."""
    old = _standing(db, article)
    if old is not None:
        _take_out(db, article, old)


def _standing(db: Database, article: Row) -> Row | None:
    found: Row | None = db.execute(
        "SELECT id, listed_at, marks FROM search_places WHERE article_id = ?", (article["id"],)
    ).fetchone()
    return found


def catch_up(db: Database) -> None:
    """Index what is not indexed yet: an archive of an earlier version, or one whose reading of words was another.

    In batches, each a transaction of its own; a killed process goes on where it was. Readers search meanwhile what is
    indexed already, the oldest articles first. The log tells of it, since a large archive takes minutes.
    """
    row = db.execute("SELECT value FROM settings WHERE name = 'search'").fetchone()
    version, _, reached = ("" if row is None else row["value"]).partition("/")
    if version == VERSION and not reached:
        return
    if version != VERSION:
        reached = "0"
        with writing(db):
            db.execute("INSERT INTO articles_fts(articles_fts) VALUES ('delete-all')")
            for table in ("search_places", "search_words"):
                db.execute(f"DELETE FROM {table}")
            _note(db, f"{VERSION}/0")
    last = int(reached)
    left = db.execute("SELECT count(*) AS n FROM articles WHERE id > ?", (last,)).fetchone()["n"]
    many = left > MANY
    if many:  # it takes minutes, in which nothing else is told
        log.warning("the search index is made anew", articles=left)
        _configure(db, automerge=16, hashsize=64 << 20)
    while articles := db.execute(
        f"SELECT {_FACTS} FROM articles WHERE id > ? ORDER BY id LIMIT {LARGE if many else BATCH}", (last,)
    ).fetchall():
        last = articles[-1]["id"]
        with writing(db):
            refresh(db, articles)
            _note(db, f"{VERSION}/{last}")
        left -= len(articles)
        if left // MANY != (left + len(articles)) // MANY:
            log.info("indexed for search", up_to=last, left=left)
    if many:
        _configure(db, automerge=4, hashsize=1 << 20)
        _merge(db)
    with writing(db):
        _note(db, VERSION)


def _configure(db: Database, **settings: int) -> None:
    """Settings of FTS5, kept in the file: how soon it merges what was written apart, how much it gathers (bytes)."""
    with writing(db):
        for name, value in settings.items():
            db.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES (?, ?)", (name, value))


def _merge(db: Database) -> None:
    """Put together what was written apart, some pages at a time, so that readers and the disk have peace between."""
    pages = -MERGED  # the first time all is to be merged; FTS5 then goes on where it was
    while True:
        before = db.conn.total_changes
        with writing(db):
            db.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('merge', ?)", (pages,))
        if db.conn.total_changes - before < 2:
            return
        pages = MERGED


def _note(db: Database, value: str) -> None:
    db.execute("INSERT OR REPLACE INTO settings (name, value) VALUES ('search', ?)", (value,))


def _marks(db: Database, article: Row) -> str:
    """Those of the day, then the source's own, then other sources' and tags'."""
    day = time(article["listed_at"]).astimezone(LOCAL).date()
    own = article["source_id"]
    tags = db.execute("SELECT tag_id FROM article_tags WHERE article_id = ? ORDER BY tag_id", (article["id"],))
    sources = db.execute("SELECT DISTINCT source_id FROM addresses WHERE article_id = ?", (article["id"],))
    others = sorted(source_mark(row["source_id"]) for row in sources if row["source_id"] != own)
    return " ".join([EVERY, *day_marks(day), source_mark(own), *others, *(tag_mark(row["tag_id"]) for row in tags)])


class _Free:
    """Free places; those given out are remembered, so that many articles of one second need no long search."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._runs: dict[int, int] = {}

    def at_or_after(self, first: int) -> int:
        """The first free place from there on."""
        at = self._runs.get(first, first)
        step = 1
        while self._taken(at, step) == step:
            at += step
            step *= 2
        while step > 1:  # somewhere among these is one free
            step //= 2
            if self._taken(at, step) == step:
                at += step
        self._runs[first] = at + 1
        return at

    def _taken(self, first: int, places: int) -> int:
        row = self._db.execute(
            "SELECT count(*) AS taken FROM search_places WHERE id BETWEEN ? AND ?", (first, first + places - 1)
        ).fetchone()
        return int(row["taken"])


def _values(article: Row, marks: str) -> tuple[str, str]:
    told, titled = tokens(article["title"], body(article["lead"], article["text"]))
    return f"{marks} {told}", titled


def _take_out(db: Database, article: Row, old: Row) -> None:
    db.execute(
        "INSERT INTO articles_fts(articles_fts, rowid, body, title) VALUES ('delete', ?, ?, ?)",
        (old["id"], *_values(article, old["marks"])),
    )
    db.execute("DELETE FROM search_places WHERE id = ?", (old["id"],))


def _put_in(db: Database, article: Row, marks: str, at: int) -> None:
    db.execute("INSERT INTO articles_fts(rowid, body, title) VALUES (?, ?, ?)", (at, *_values(article, marks)))
    db.execute(
        "INSERT INTO search_places (id, article_id, listed_at, marks) VALUES (?, ?, ?, ?)",
        (at, article["id"], article["listed_at"], marks),
    )


def _learn(db: Database, written: Iterable[str]) -> None:
    """Note words as written, in lower case: what may be meant by a word that nothing holds."""
    words = {swedish.lower(word) for word in written}
    told = sorted(word for word in words if 2 < len(word) <= 40 and word[0].isalpha() and not word.endswith("-"))
    known = {
        row["word"]
        for row in db.execute(
            "SELECT w.word FROM json_each(?) j JOIN search_words w ON w.word = j.value", (dump(told),)
        )
    }
    db.conn.executemany(
        "INSERT OR IGNORE INTO search_words (word, folded) VALUES (?, ?)",
        [(word, swedish.fold(word)) for word in told if word not in known],
    )
