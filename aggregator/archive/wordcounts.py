"""How often the archive writes the projects' names in lower case, and how often as names.

``name_counts`` keeps for each name the counts and up to which article they reach; a new article is counted once, a new
name in the whole archive (where that is large, in the newest articles that have it). An edit is not counted again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aggregator.archive import search
from aggregator.archive.opening import writing
from aggregator.archive.rows import safe
from aggregator.model import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlite_utils import Database

READ_THROUGH = 2_000
"""Articles that are read from end to end; of more, those that the search index finds."""
FOUND = 500
"""Articles with a new name that are looked at; enough to tell a name from a word."""

_OPENS = re.compile(r"(?:^|[.!?:\n–—•*-]\s*|[.!?:]?\s*[\"”»'(]\s*)$")
"""What stands before the first word of a sentence, where every word has a capital."""


def standings(db: Database, names: Iterable[str], read_through: int = READ_THROUGH) -> dict[str, Standing]:
    """How each name stands in the archive; counted up to the newest article, and written only where that is news."""
    wanted = list(dict.fromkeys(safe(name) for name in names if name.strip()))
    newest = int(db.execute("SELECT coalesce(max(id), 0) AS newest FROM articles").fetchone()["newest"])
    known = {row["name"]: row for row in db.execute("SELECT * FROM name_counts")}
    behind: dict[int, list[str]] = {}
    for name in wanted:
        reached = known[name]["reaches"] if name in known else 0
        if name not in known or reached < newest:
            behind.setdefault(reached, []).append(name)
    counted = {name: Standing(lower=row["lower"], capital=row["capital"]) for name, row in known.items()}
    for reached, late in behind.items():
        for name, more in _count(db, late, reached, read_through).items():
            old = counted.get(name, Standing())
            counted[name] = Standing(lower=old.lower + more.lower, capital=old.capital + more.capital)
    if behind:
        _write(db, {name: counted[name] for late in behind.values() for name in late}, newest)
    return {name: counted[name] for name in wanted}


def _write(db: Database, counted: Mapping[str, Standing], newest: int) -> None:
    with writing(db):
        for name, one in counted.items():
            db.execute(
                "INSERT OR REPLACE INTO name_counts (name, reaches, lower, capital) VALUES (?, ?, ?, ?)",
                (name, newest, one.lower, one.capital),
            )


def _count(db: Database, names: Sequence[str], after: int, read_through: int) -> dict[str, Standing]:
    late = db.execute("SELECT count(*) AS late FROM articles WHERE id > ?", (after,)).fetchone()["late"]
    if late <= read_through:
        rows = db.execute("SELECT title, lead, text FROM articles WHERE id > ?", (after,)).fetchall()
        texts = ["\n".join((row["title"], row["lead"], row["text"])) for row in rows]
        plain = [text.lower() for text in texts]  # looking for a plain text is many times as quick as the pattern
        return {
            name: _standing(
                name, (text for text, low in zip(texts, plain, strict=True) if name.split()[0].lower() in low)
            )
            for name in names
        }
    return {name: _standing(name, _found(db, name)) for name in names}


def _found(db: Database, name: str) -> list[str]:
    hits = search.search(db, '"' + name.replace('"', " ") + '"', limit=FOUND, sort="newest").hits
    articles = [hit.article.article for hit in hits]
    return ["\n".join((one.title, one.lead, one.text)) for one in articles]


def _standing(name: str, texts: Iterable[str]) -> Standing:
    """In how many texts the name stands in lower case, and in how many with a capital that only a name has."""
    pattern = re.compile(r"(?<![\w-])" + r"\s+".join(map(re.escape, name.split())) + r"(?!\w)", re.IGNORECASE)
    lower = capital = 0
    for text in texts:
        found = list(pattern.finditer(text))
        lower += any(match[0][:1].islower() for match in found)
        capital += any(match[0][:1].isupper() and not _opens(text, match.start()) for match in found)
    return Standing(lower=lower, capital=capital)


def _opens(text: str, start: int) -> bool:
    return bool(_OPENS.search(text[max(0, start - 6) : start])) or start == 0
