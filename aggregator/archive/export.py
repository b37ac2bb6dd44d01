"""Articles in the shape of the export, in again."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from aggregator.archive import articles, identity, index
from aggregator.archive.opening import writing
from aggregator.archive.rows import safe, stamp, stamped, time
from aggregator.errors import InputError
from aggregator.model import Article, Evidence, Link, Source, Tag, TagKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlite_utils import Database

    from aggregator.archive.articles import Ledger

BATCH = 500
"""Articles taken in by one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did."""

    new: int = 0
    known: int = 0


def import_rows(db: Database, rows: Iterable[Mapping[str, object]], authority: str, at: datetime) -> Imported:
    """Take in lines of an export, in batches, each a transaction."""
    new = known = 0
    numbered = enumerate(rows, 1)
    while batch := list(islice(numbered, BATCH)):
        with writing(db):
            books = articles.begin(db, authority)
            for number, row in batch:
                try:
                    taken = _take(books, row, at)
                except (KeyError, TypeError, ValueError, AttributeError) as error:
                    raise InputError(f"article {number} of the import: {_why(error)}") from error
                new, known = new + taken, known + (not taken)
            index.follow(db, books.revision)
    return Imported(new=new, known=known)


def _why(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _take(books: Ledger, row: Mapping[str, Any], at: datetime) -> bool:
    """Whether the line was new to us. One with a guid or an address that we have is not."""
    guid = row.get("guid")
    if guid is not None and books.db.execute("SELECT 1 FROM articles WHERE guid = ?", (guid,)).fetchone():
        return False
    source = _source(books.db, str(row["source"]), str(row["url"]), at)
    article = _article(row)
    first_seen = _time(row, "fetched_at") or at
    seen = identity.sighting(article, Link(url=article.url), None, source, first_seen)
    if identity.address_of(books.db, seen) is not None:
        return False
    met = articles.Meeting(seen=seen, link=Link(url=article.url), tags=_tags(row), snapshot=None, snapshot_id=None)
    if identity.copied(books.db, seen) is not None:
        articles.add(books, met)
        return False
    article_id = articles.add_new(books, met, None if guid is None else safe(str(guid)))
    _restore(books.db, article_id, row)
    return True


def _source(db: Database, source_id: str, url: str, at: datetime) -> Source:
    """The source as the archive has it; one that it does not know is added, not followed."""
    db.execute(
        "INSERT INTO sources (id, name, url, kind, role, publish, language, enabled, added_at)"
        " VALUES (?, ?, ?, 'auto', 'newspaper', 'summary', 'sv', 0, ?) ON CONFLICT (id) DO NOTHING",
        (safe(source_id), safe(source_id), safe(url), stamp(at)),
    )
    return Source(id=safe(source_id), name=source_id, url=url)


def _article(row: Mapping[str, Any]) -> Article:
    texts = {name: _text(row, name) for name in ("lead", "text", "html")}
    maybe: dict[str, Any] = {name: _text(row, name) or None for name in ("category", "origin", "image_url", "language")}
    authors = row.get("authors") or []
    if not isinstance(authors, list):
        raise TypeError(f"authors is no list: {authors!r}")
    url = row["url"]
    if not isinstance(url, str) or not url:
        raise ValueError(f"url is no address: {url!r}")
    return Article(
        url=url,
        canonical_url=_text(row, "canonical_url") or url,
        title=_text({"title": row["title"]}, "title"),
        authors=tuple(str(author) for author in authors),
        published_at=_time(row, "published_at"),
        page_updated_at=_time(row, "page_updated_at"),
        **texts,
        **maybe,
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{name} is no text: {value!r}")
    return value or ""


def _time(row: Mapping[str, Any], name: str) -> datetime | None:
    text = _text(row, name)
    return time(text) if text else None


def _tags(row: Mapping[str, Any]) -> tuple[Tag, ...]:
    return tuple(
        Tag(
            kind=TagKind(tag["kind"]),
            name=str(tag["name"]),
            score=float(tag.get("score", 1.0)),
            evidence=tuple(Evidence(**evidence) for evidence in tag.get("evidence") or ()),
        )
        for tag in row.get("tags") or ()
    )


def _restore(db: Database, article_id: int, row: Mapping[str, Any]) -> None:
    """What only the other archive knew: when the wording last moved, how it was before, whether it is gone."""
    updated_at, gone_at = _time(row, "updated_at"), _time(row, "gone_at")
    db.execute(
        "UPDATE articles SET updated_at = coalesce(?, updated_at), gone_at = ? WHERE id = ?",
        (stamped(updated_at), stamped(gone_at), article_id),
    )
    db.execute("UPDATE addresses SET gone_at = ? WHERE article_id = ?", (stamped(gone_at), article_id))
    for version in row.get("versions") or ():
        db.execute(
            "INSERT INTO versions (article_id, at, title, lead, text, html) VALUES (?, ?, ?, '', ?, '')",
            (article_id, stamp(time(version["at"])), safe(str(version["title"])), safe(str(version["text"]))),
        )
