"""Keeping an article: a new one, a further address, another wording, gone and back."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from aggregator.archive import identity
from aggregator.archive.rows import dump, safe, stamp, stamped
from aggregator.archive.tables import insert, update
from aggregator.archive.tagging import next_revision, set_tags
from aggregator.model import Validators

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from aggregator.archive.identity import Sighting
    from aggregator.model import Article, Link, Snapshot, Tag


@dataclass(slots=True, kw_only=True)
class Ledger:
    """One transaction's bookkeeping."""

    db: Database
    authority: str
    """Of our tag URIs (RFC 4151)."""
    revision: int
    """Goes up with each transaction; an article that changed in any way bears it."""
    new: int = 0
    updated: int = 0
    duplicates: int = 0
    gone: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A sighting, with what is noted of the page that it was read from."""

    seen: Sighting
    link: Link
    tags: tuple[Tag, ...]
    snapshot: Snapshot | None
    snapshot_id: int | None
    before: Article | None = None
    """What the kept page says, read as this one was."""

    @property
    def fingerprint(self) -> str | None:
        """What the listing says of it, as a hash."""
        return None if self.link.fingerprint is None else safe(self.link.fingerprint)

    @property
    def validators(self) -> Validators:
        """What makes the next request conditional; nothing where no body may be kept."""
        kept = self.snapshot is not None and self.snapshot.keep_body
        return self.snapshot.validators if kept and self.snapshot is not None else Validators()


def begin(db: Database, authority: str) -> Ledger:
    """Open the books of a transaction."""
    return Ledger(db=db, authority=authority, revision=next_revision(db))


def add(books: Ledger, met: Meeting) -> None:
    """Keep an article met at an address not yet known: as a new one, or as a further address of one that we have."""
    article_id = identity.copied(books.db, met.seen)
    if article_id is None:
        add_new(books, met)
        return
    books.duplicates += 1
    address_id = _add_address(books, met, article_id, main=False)
    update(books.db, "articles", article_id, {"revision": books.revision})
    add_aliases(books, met, article_id, address_id)


def add_new(books: Ledger, met: Meeting, guid: str | None = None) -> int:
    """Keep an article that we do not have; its id. ``guid`` is given where it was minted elsewhere."""
    books.new += 1
    article_id = write(books, met.seen, met.tags, guid)
    add_aliases(books, met, article_id, _add_address(books, met, article_id, main=True))
    return article_id


def write(books: Ledger, seen: Sighting, tags: tuple[Tag, ...], guid: str | None = None) -> int:
    """A new article, which is in no story before it is grouped; its id."""
    db, article, at = books.db, seen.article, stamp(seen.at)
    columns = {
        **wording(seen),
        "guid": guid or mint(books, seen),
        "source_id": seen.source.id,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "canonical_key": seen.canonical_key,
        "published_at": stamped(article.published_at),
        "date_precision": article.date_precision,
        "page_updated_at": stamped(article.page_updated_at),
        "fetched_at": at,
        "updated_at": at,
        "listed_at": listed_at(article, seen.at),
        "authors": dump(article.authors),
        "category": article.category,
        "origin": article.origin,
        "place": article.place,
        "image_url": article.image_url,
        "language": article.language,
        "kind": article.kind,
        "external_id": seen.external_id,
        "revision": books.revision,
    }
    article_id = insert(db, "articles", columns)
    set_tags(db, article_id, tags)
    return article_id


def mint(books: Ledger, seen: Sighting) -> str:
    """A permanent id: ``tag:<authority>,<first-seen date>:<source id>/<12 hex digits>`` (RFC 4151)."""
    number = 1
    while True:
        name = seen.key if number == 1 else f"{seen.key} {number}"
        digest = blake2b(name.encode(), digest_size=6).hexdigest()
        guid = f"tag:{books.authority},{stamp(seen.at)[:10]}:{seen.source.id}/{digest}"
        if books.db.execute("SELECT 1 FROM articles WHERE guid = ?", (guid,)).fetchone() is None:
            return guid
        number += 1


def wording(seen: Sighting) -> dict[str, str]:
    """The columns that a new wording replaces."""
    article = seen.article
    return {
        "title": article.title,
        "lead": article.lead,
        "text": article.text,
        "html": article.html,
        "content_hash": seen.content_hash,
    }


def listed_at(article: Article, first_seen: datetime) -> str:
    """Where it stands among others: when it was published, as far as we know and the clock allows."""
    return stamp(min(article.published_at or first_seen, first_seen))


def _add_address(books: Ledger, met: Meeting, article_id: int, *, main: bool) -> int:
    seen, at = met.seen, stamp(met.seen.at)
    columns = {
        "article_id": article_id,
        "source_id": seen.source.id,
        "url": safe(met.link.url),
        "url_key": seen.key,
        "external_id": seen.external_id,
        "main": int(main),
        "complete": int(met.link.complete),
        "first_seen_at": at,
        "last_checked_at": at,
        "published_at": stamped(seen.article.published_at),
        "fingerprint": met.fingerprint,
        "etag": met.validators.etag,
        "last_modified": met.validators.last_modified,
        "content_hash": seen.content_hash,
        "snapshot_id": met.snapshot_id,
    }
    return insert(books.db, "addresses", columns)


def add_aliases(books: Ledger, met: Meeting, article_id: int, address_id: int) -> None:
    """Note every other address that leads to the same page, so that it is known by them too."""
    for key, url in met.seen.addresses.items():
        books.db.execute(
            "INSERT INTO addresses (article_id, source_id, url, url_key, main, alias_of, complete, first_seen_at,"
            " last_checked_at, content_hash) VALUES (?, ?, ?, ?, 0, ?, 0, ?, ?, ?) ON CONFLICT (url_key) DO NOTHING",
            (
                article_id,
                met.seen.source.id,
                url,
                key,
                address_id,
                stamp(met.seen.at),
                stamp(met.seen.at),
                met.seen.content_hash,
            ),
        )
