"""An article's tags in the archive, staff's corrections laid over them, and bringing them all to today's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.archive import corrections, index, reading
from aggregator.archive.opening import writing
from aggregator.archive.rows import dump_evidence, safe
from aggregator.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from sqlite_utils import Database

    from aggregator.model import Article, Tag

BATCH = 500
"""Articles tagged in one transaction; a killed run does the last batch again."""


def next_revision(db: Database) -> int:
    """The number of the next change to any article; what changed in one transaction bears the same."""
    row = db.execute("SELECT coalesce(max(revision), 0) + 1 AS next FROM articles").fetchone()
    return int(row["next"])


def set_tags(db: Database, article_id: int, tags: Iterable[Tag]) -> bool:
    """Give an article the rules' tags, staff's corrections laid over them, and no others; whether anything changed."""
    laid = corrections.laid_over(db, article_id, {(t.kind, safe(t.name)): t for t in tags})
    wanted = {(kind.value, name): t for (kind, name), t in laid.items()}
    rows = db.execute(
        "SELECT t.kind, t.name, x.score, x.evidence FROM article_tags x JOIN tags t ON t.id = x.tag_id"
        " WHERE x.article_id = ?",
        (article_id,),
    ).fetchall()
    now = {(row["kind"], row["name"]): (row["score"], row["evidence"]) for row in rows}
    then = {name: (float(t.score), dump_evidence(t.evidence)) for name, t in wanted.items()}
    if now == then:
        return False
    if now:
        db.execute("DELETE FROM article_tags WHERE article_id = ?", (article_id,))
    for (kind, name), (score, evidence) in then.items():
        db.execute("INSERT OR IGNORE INTO tags (kind, name) VALUES (?, ?)", (kind, name))
        db.execute(
            "INSERT INTO article_tags (article_id, tag_id, score, evidence)"
            " SELECT ?, id, ?, ? FROM tags WHERE kind = ? AND name = ?",
            (article_id, score, evidence, kind, name),
        )
    return True


def correct(db: Database, article_id: int, verdicts: Mapping[corrections.Label, str], by: str, at: datetime) -> bool:
    """Correct an article's tags, in the caller's transaction; feeds and search follow. Whether anything new was said.

    Raises InputError where nobody is named as the one who corrects.
    """
    if not by.strip():
        raise InputError("a correction needs the name of whoever makes it")
    ruled = corrections.correct(db, article_id, verdicts, by.strip(), at)
    if ruled is None:
        return False
    if set_tags(db, article_id, ruled.values()):
        revision = next_revision(db)
        db.execute("UPDATE articles SET revision = ? WHERE id = ?", (revision, article_id))
        index.follow(db, revision)
    return True


def retag(db: Database, fingerprint: str, tagger: Callable[[Article, str], Iterable[Tag]]) -> int:
    """Tag every article anew, unless ``fingerprint`` says that the rules are those of the last time.

    In batches, each a transaction of its own; the fingerprint is noted when all are done, so that a killed run
    begins again. Returns how many articles' tags changed.
    """
    row = db.execute("SELECT value FROM settings WHERE name = 'rules'").fetchone()
    if row is not None and row["value"] == fingerprint:
        return 0
    changed = last = 0
    while ids := [
        r["id"] for r in db.execute("SELECT id FROM articles WHERE id > ? ORDER BY id LIMIT ?", (last, BATCH))
    ]:
        kept = list(reading.by_ids(db, ids))
        wanted = {one.id: tuple(tagger(one.article, one.source_id)) for one in kept}
        with writing(db):
            revision = next_revision(db)
            for article_id, tags in wanted.items():
                if set_tags(db, article_id, tags):
                    changed += 1
                    db.execute("UPDATE articles SET revision = ? WHERE id = ?", (revision, article_id))
            index.follow(db, revision)
        last = ids[-1]
    with writing(db):
        db.execute("INSERT OR REPLACE INTO settings (name, value) VALUES ('rules', ?)", (fingerprint,))
    return changed
