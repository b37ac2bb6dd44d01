"""Where articles stand that others are compared with: the shingles of those within the window, in SQLite.

- ``story_texts``: each grouped article, what its text was then (``mark``), and its indexed shingles while it is shelved
- ``story_shingles``: which shelved article has a shingle
- ``story_standing``: in how many texts of a source a shingle stands, versions of one text counted once
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from aggregator.archive.analysis import body
from aggregator.archive.rows import dump, stamp, time
from aggregator.group.linking import COMMON_SHINGLE, NOTICE_RUNS, STANDING, WINDOW, Shared, Text, worth_a_look
from aggregator.group.reading import read

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime
    from sqlite3 import Row

    from sqlite_utils import Database

_SHARING = (
    "SELECT s.article_id, count(*) AS common, length(t.shingles) / 8 AS size FROM (SELECT value FROM json_each(?)"
    " WHERE (SELECT count(*) FROM (SELECT 1 FROM story_shingles c WHERE c.shingle = value LIMIT ?)) <= ?) j"
    " CROSS JOIN story_shingles s ON s.shingle = j.value CROSS JOIN story_texts t ON t.article_id = s.article_id"
    " WHERE s.article_id <> ? AND t.at BETWEEN ? AND ? GROUP BY s.article_id HAVING common >= ?"
)
_TEXT = "SELECT id, source_id, title, lead, text, listed_at, content_hash FROM articles"


class Shelf:
    """The archive's shelf, within one transaction. Texts are read once."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._texts: dict[int, Text] = {}
        self._shared: dict[int, list[Shared]] = {}
        self._known: dict[tuple[str, frozenset[int]], frozenset[int]] = {}

    def text(self, text_id: int, /) -> Text:
        """The article with this id, as it is worded now."""
        if text_id not in self._texts:
            self._texts[text_id] = _text(self.db.execute(f"{_TEXT} WHERE id = ?", (text_id,)).fetchone())
        return self._texts[text_id]

    def sharing(self, text: Text, /) -> Iterable[Shared]:
        """The other shelved articles within the window that have some of its indexed shingles."""
        if text.id not in self._shared:
            self._shared[text.id] = self._sharing(text)
        return self._shared[text.id]

    def _sharing(self, text: Text) -> list[Shared]:
        rows = self.db.execute(
            _SHARING,
            (
                dump(list(text.reading.indexed)),
                COMMON_SHINGLE + 1,
                COMMON_SHINGLE,
                text.id,
                stamp(text.order[0] - WINDOW),
                stamp(text.order[0] + WINDOW),
                2 if len(text.reading.runs) > NOTICE_RUNS else 1,
            ),
        )
        return [Shared(row["article_id"], row["common"], row["size"] or 0) for row in rows]

    def standing(self, source: str, shingles: Collection[int], /) -> frozenset[int]:
        """Those of the shingles that are standing words of a source."""
        asked = source, frozenset(shingles)
        if asked not in self._known:
            self._known[asked] = frozenset(self._counted(source, shingles, f">= {STANDING}"))
        return self._known[asked]

    def put(self, text: Text, mark: str, version_of: int) -> None:
        """Shelve an article, in place of what was shelved of it."""
        self._take_down([text.id])
        shingles = array("q", sorted(text.reading.indexed)).tobytes()
        self.db.execute(
            "INSERT OR REPLACE INTO story_texts (article_id, source_id, at, mark, version_of, shingles)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (text.id, text.source, stamp(text.order[0]), mark, version_of, shingles),
        )
        self._index(text)

    def count(self, source: str, shingles: Collection[int]) -> list[int]:
        """Count a further text of a source that has these shingles; those that became standing words by it."""
        became = self._counted(source, shingles, f"= {STANDING - 1}")
        self.db.execute(
            "INSERT INTO story_standing (source_id, shingle, texts) SELECT ?, value, 1 FROM json_each(?) WHERE true"
            " ON CONFLICT (source_id, shingle) DO UPDATE SET texts = texts + 1",
            (source, dump(list(shingles))),
        )
        if became:
            self._known.clear()
        return became

    def holders(self, source: str, shingles: Collection[int]) -> set[int]:
        """The shelved articles of a source that have one of these shingles."""
        rows = self.db.execute(
            "SELECT DISTINCT t.article_id FROM json_each(?) j JOIN story_shingles s ON s.shingle = j.value"
            " JOIN story_texts t ON t.article_id = s.article_id WHERE t.source_id = ?",
            (dump(list(shingles)), source),
        )
        return {row["article_id"] for row in rows}

    def shelved(self, ids: Iterable[int]) -> dict[int, tuple[int, frozenset[int]]]:
        """Of which text each of these articles is a version, and its shingles as they were shelved last."""
        rows = self.db.execute(
            "SELECT article_id, version_of, shingles FROM json_each(?) j JOIN story_texts t ON t.article_id = j.value",
            (dump(list(ids)),),
        )
        return {row["article_id"]: (row["version_of"], _shingles(row["shingles"])) for row in rows}

    def versions(self, roots: Collection[int]) -> list[int]:
        """The articles that are versions of these texts."""
        rows = self.db.execute(
            "SELECT article_id FROM json_each(?) j JOIN story_texts t ON t.version_of = j.value", (dump(list(roots)),)
        )
        return [row["article_id"] for row in rows]

    def move(self, first: datetime, last: datetime) -> None:
        """See that all grouped articles between two times, and a window to both sides, are shelved."""
        rows = self.db.execute(
            "SELECT article_id FROM story_texts WHERE at BETWEEN ? AND ? AND shingles IS NULL",
            (stamp(first - WINDOW), stamp(last + WINDOW)),
        ).fetchall()
        for row in rows:
            text = self.text(row["article_id"])
            shingles = array("q", sorted(text.reading.indexed)).tobytes()
            self.db.execute("UPDATE story_texts SET shingles = ? WHERE article_id = ?", (shingles, text.id))
            self._index(text)
            self.db.execute(
                "INSERT OR IGNORE INTO story_standing (source_id, shingle, texts) SELECT ?, value, 1 FROM json_each(?)",
                (text.source, dump(list(text.reading.indexed))),
            )

    def prune(self, before: datetime) -> None:
        """Take down what was published before then. What a source said in two texts or more stays counted."""
        rows = self.db.execute(
            "SELECT article_id, source_id, shingles FROM story_texts WHERE at < ? AND shingles IS NOT NULL",
            (stamp(before),),
        ).fetchall()
        self._take_down([row["article_id"] for row in rows])
        for row in rows:
            self.db.execute(
                "DELETE FROM story_standing WHERE source_id = ? AND texts = 1"
                " AND shingle IN (SELECT value FROM json_each(?))",
                (row["source_id"], dump(list(_shingles(row["shingles"])))),
            )

    def _index(self, text: Text) -> None:
        self._shared.clear()
        self.db.conn.executemany(
            "INSERT OR IGNORE INTO story_shingles (shingle, article_id) VALUES (?, ?)",
            [(shingle, text.id) for shingle in sorted(text.reading.indexed)],
        )

    def _take_down(self, ids: Collection[int]) -> None:
        for text_id, (_, shingles) in self.shelved(ids).items():
            self.db.conn.executemany(
                "DELETE FROM story_shingles WHERE shingle = ? AND article_id = ?",
                [(shingle, text_id) for shingle in shingles],
            )
            self.db.execute("UPDATE story_texts SET shingles = NULL WHERE article_id = ?", (text_id,))

    def _counted(self, source: str, shingles: Collection[int], times: str) -> list[int]:
        rows = self.db.execute(
            "SELECT s.shingle FROM json_each(?) j JOIN story_standing s ON s.source_id = ? AND s.shingle = j.value"
            f" WHERE s.texts {times}",
            (dump(list(shingles)), source),
        )
        return [row["shingle"] for row in rows]


def later(text: Text, shelf: Shelf) -> list[int]:
    """The articles after this one, within the window, that share something to speak of with it."""
    shared = dump([one.id for one in worth_a_look(text, shelf)])
    rows = shelf.db.execute(
        "SELECT article_id FROM json_each(?) j JOIN story_texts t ON t.article_id = j.value WHERE t.at >= ?",
        (shared, stamp(text.order[0])),
    ).fetchall()
    return [row["article_id"] for row in rows if shelf.text(row["article_id"]).order > text.order]


def _text(row: Row) -> Text:
    at = time(row["listed_at"])
    return Text(
        id=row["id"],
        source=row["source_id"],
        at=at,
        reading=read(row["title"], body(row["lead"], row["text"])),
        order=(at, f"{row['content_hash']} {row['source_id']} {row['id']:012d}"),
    )


def _shingles(blob: bytes | None) -> frozenset[int]:
    found = array("q")
    found.frombytes(blob or b"")
    return frozenset(found)
