"""The standing passages of a source: paragraphs that several of its articles have."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from aggregator.archive.wording import normal

if TYPE_CHECKING:
    from sqlite_utils import Database

AROUND = 20
"""Articles of the source that are looked at before, and after, the one at hand."""

OFTEN = 2
"""Other stories that a paragraph stands in from which it is a standing passage: three with the one at hand."""


def standing(db: Database, source_id: str, article_id: int) -> frozenset[str]:
    """Paragraphs of an article, as written, that stand in other stories of the source published about then."""
    article = db.execute("SELECT text, listed_at, story_id FROM articles WHERE id = ?", (article_id,)).fetchone()
    own = {normal(line): line for line in article["text"].split("\n") if line.strip()}
    seen: Counter[str] = Counter()
    stories = {article["story_id"]}
    for sign, order in (("<=", "DESC"), (">", "ASC")):
        for row in db.execute(
            f"SELECT id, text, story_id FROM articles WHERE source_id = ? AND listed_at {sign} ? AND id <> ?"
            f" ORDER BY listed_at {order} LIMIT {AROUND}",
            (source_id, article["listed_at"], article_id),
        ):
            if row["story_id"] is None or row["story_id"] not in stories:
                stories.add(row["story_id"])
                seen.update({normal(line) for line in row["text"].split("\n")}.intersection(own))
    return frozenset(own[line] for line, times in seen.items() if times >= OFTEN)
