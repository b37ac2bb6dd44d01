"""A page that we know, seen again: as it was, in another wording, gone, or back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.archive import articles, index
from aggregator.archive.rows import dump, safe, stamp, stamped
from aggregator.archive.tables import insert, update
from aggregator.archive.tagging import set_tags
from aggregator.archive.wording import content_hash, same_matter
from aggregator.model import Rejection, Validators

if TYPE_CHECKING:
    from datetime import datetime
    from sqlite3 import Row

    from aggregator.archive.articles import Ledger, Meeting
    from aggregator.model import Article, Find

_FILLED = ("lead", "image_url", "language", "origin", "category", "place")
"""What a later reading may add where the first had nothing; it is no new wording."""


def see_again(books: Ledger, met: Meeting, address: Row) -> None:
    """Save what a known address says now.

    Only the address at which an article was first seen changes its wording: a copy that another outlet edits must
    not make the text turn to and fro. A copy that no longer tells the same becomes an article of its own. A page that
    now leads to where another article is kept is gone: two articles must not become one text.
    """
    if _leads_elsewhere(books, met, address):
        vanish(books, address, met.seen.at)
        return
    article = books.db.execute("SELECT * FROM articles WHERE id = ?", (address["article_id"],)).fetchone()
    article_id = article["id"]
    if address["main"]:
        if _new_wording(met, article):
            _update(books, met, article)
        else:
            _fill(books, met, article)
    elif _parted(met, address, article):
        article_id = articles.write(books, met.seen, met.tags)
        books.new += 1
        update(books.db, "articles", article["id"], {"revision": books.revision})
        books.db.execute(
            "UPDATE addresses SET article_id = ?, main = id = ? WHERE ? IN (id, alias_of)",
            (article_id, address["id"], address["id"]),
        )
    _note(books, met, address, article_id)
    _come_back(books, address)
    articles.add_aliases(books, met, article_id, address["id"])


def _leads_elsewhere(books: Ledger, met: Meeting, address: Row) -> bool:
    """Whether the page redirects to an address under which another article is kept."""
    row = books.db.execute(
        "SELECT 1 FROM json_each(?) j JOIN addresses d ON d.url_key = j.value WHERE d.article_id <> ?",
        (dump(list(met.seen.addresses)), address["article_id"]),
    ).fetchone()
    return row is not None


def _new_wording(met: Meeting, article: Row) -> bool:
    """Whether the wording moved; a page that suddenly has no text was misread or half sent, and changes nothing.

    Where the page that we kept, read as this one was, says the same, only our reading moved.
    """
    before = met.before
    if before is not None and content_hash(before.title, before.text) == met.seen.content_hash:
        return False
    lost = bool(article["text"]) and not met.seen.article.text.strip()
    return bool(met.seen.content_hash != article["content_hash"]) and not lost


def _parted(met: Meeting, address: Row, article: Row) -> bool:
    now = met.seen
    if now.content_hash in {address["content_hash"], article["content_hash"]}:
        return False
    return not same_matter(now.article.title, now.article.text, article["title"], article["text"])


def _update(books: Ledger, met: Meeting, old: Row) -> None:
    db, seen = books.db, met.seen
    version = {name: old[name] for name in ("title", "lead", "text", "html")}
    insert(db, "versions", {"article_id": old["id"], "at": old["updated_at"], **version})
    index.forget(db, old)
    columns: dict[str, object] = {
        **articles.wording(seen),
        **_additions(seen.article, old),
        "lead": seen.article.lead,
        "updated_at": stamp(seen.at),
        "page_updated_at": stamped(seen.article.page_updated_at) or old["page_updated_at"],
        "revision": books.revision,
    }
    update(books.db, "articles", old["id"], columns)
    set_tags(db, old["id"], met.tags)
    books.updated += 1


def _fill(books: Ledger, met: Meeting, old: Row) -> None:
    """Add what the first reading lacked. The site's own word for its last change is noted, and is no change of ours."""
    columns = _additions(met.seen.article, old)
    if "lead" in columns:
        index.forget(books.db, old)
    if columns:
        columns["revision"] = books.revision
        set_tags(books.db, old["id"], met.tags)
    said = stamped(met.seen.article.page_updated_at)
    if said is not None and said != old["page_updated_at"]:
        columns["page_updated_at"] = said
    update(books.db, "articles", old["id"], columns)


def _additions(article: Article, old: Row) -> dict[str, object]:
    columns: dict[str, object] = {
        name: getattr(article, name) for name in _FILLED if getattr(article, name) and not old[name]
    }
    if article.authors and old["authors"] == "[]":
        columns["authors"] = dump(article.authors)
    if article.published_at is not None and old["published_at"] is None:
        columns["published_at"] = stamp(article.published_at)
        columns["date_precision"] = article.date_precision
        columns["listed_at"] = min(stamp(article.published_at), old["fetched_at"])
    return columns


def _note(books: Ledger, met: Meeting, address: Row, article_id: int) -> None:
    """What the address itself is remembered by."""
    seen, link = met.seen, met.link
    columns = {
        "external_id": address["external_id"] or seen.external_id,
        "fingerprint": met.fingerprint or address["fingerprint"],
        "published_at": address["published_at"] or stamped(seen.article.published_at),
        "complete": int(link.complete),
        "last_checked_at": stamp(seen.at),
        "content_hash": seen.content_hash,
    }
    if met.snapshot is not None:
        columns["etag"], columns["last_modified"] = met.validators.etag, met.validators.last_modified
        columns["snapshot_id"] = met.snapshot_id or address["snapshot_id"]
    if _moved(books, met, address):
        columns["url"], columns["url_key"] = safe(link.url), seen.key
    update(books.db, "addresses", address["id"], columns)
    if "url_key" in columns:
        _follow(books, met, address, article_id)


def _moved(books: Ledger, met: Meeting, address: Row) -> bool:
    """Whether the source gave the page a new address: it is known by the source's own id, and by no address."""
    named = dump(list(met.seen.addresses))
    by_address = books.db.execute(
        "SELECT 1 FROM addresses WHERE url_key IN (SELECT value FROM json_each(?))", (named,)
    ).fetchone()
    return by_address is None and address["source_id"] == met.seen.source.id


def _follow(books: Ledger, met: Meeting, old: Row, article_id: int) -> None:
    """Keep the old address as an alias, and let the article point to the new one."""
    at = stamp(met.seen.at)
    books.db.execute(
        "INSERT INTO addresses (article_id, source_id, url, url_key, main, alias_of, complete, first_seen_at,"
        " last_checked_at, content_hash) VALUES (?, ?, ?, ?, 0, ?, 0, ?, ?, ?)",
        (article_id, old["source_id"], old["url"], old["url_key"], old["id"], old["first_seen_at"], at, ""),
    )
    if old["main"]:
        article = met.seen.article
        columns = {
            "url": article.url,
            "canonical_url": article.canonical_url,
            "canonical_key": met.seen.canonical_key,
            "revision": books.revision,
        }
        update(books.db, "articles", article_id, columns)


def still_there(books: Ledger, find: Find, address: Row, at: datetime) -> None:
    """A known page is as it was: note when we looked, and the validators of a 304 (RFC 9111, section 4.3.4)."""
    columns: dict[str, object] = {"last_checked_at": stamp(at)}
    answer = find.snapshot
    if answer is not None and answer.keep_body and answer.validators != Validators():
        columns["etag"], columns["last_modified"] = answer.validators.etag, answer.validators.last_modified
    if find.link.fingerprint is not None:
        columns["fingerprint"] = safe(find.link.fingerprint)
    update(books.db, "addresses", address["id"], columns)
    _come_back(books, address)


def looked(books: Ledger, find: Find, address: Row, at: datetime) -> None:
    """A known page could not be read this time; what we have of it stays.

    One that was fetched and is no article now is not fetched again before its listing says something new.
    """
    said = find.link.fingerprint if isinstance(find.result, Rejection) else None
    books.db.execute(
        "UPDATE addresses SET last_checked_at = ?, fingerprint = coalesce(?, fingerprint) WHERE id = ?",
        (stamp(at), said, address["id"]),
    )


def vanish(books: Ledger, address: Row, at: datetime) -> None:
    """A known page is no longer there: the article stays, marked, once its own source has it nowhere."""
    books.db.execute(
        "UPDATE addresses SET gone_at = coalesce(gone_at, ?), last_checked_at = ? WHERE id = ?",
        (stamp(at), stamp(at), address["id"]),
    )
    changed = books.db.execute(
        "UPDATE articles SET gone_at = ?, revision = ? WHERE id = ? AND gone_at IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM addresses d WHERE d.article_id = articles.id AND d.source_id = articles.source_id"
        " AND d.alias_of IS NULL AND d.gone_at IS NULL)",
        (stamp(at), books.revision, address["article_id"]),
    )
    books.gone += changed.rowcount


def _come_back(books: Ledger, address: Row) -> None:
    if address["gone_at"] is None:
        return
    books.db.execute("UPDATE addresses SET gone_at = NULL WHERE id = ?", (address["id"],))
    books.db.execute(
        "UPDATE articles SET gone_at = NULL, revision = ? WHERE id = ? AND source_id = ? AND gone_at IS NOT NULL",
        (books.revision, address["article_id"], address["source_id"]),
    )
