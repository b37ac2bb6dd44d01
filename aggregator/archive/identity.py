"""Which article a page is: one that we have, another address of one that we have, or a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from aggregator.archive.frontier import resting, url_key
from aggregator.archive.rows import dump, optional_time, safe, safe_article, stamp, time, validators
from aggregator.archive.wording import SUBSTANTIAL, content_hash, normal, same_matter, same_title
from aggregator.model import KnownPage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from sqlite3 import Row

    from sqlite_utils import Database

    from aggregator.model import Article, Link, Snapshot, Source

COPY_WINDOW = timedelta(days=7)
"""How far apart two equal texts may be published and be one article."""

STANDING_WINDOW = timedelta(days=1)
"""The same for short texts, which a series may repeat from week to week."""

_PAGES = (
    "SELECT d.*, a.source_id AS owner, a.title, a.text FROM addresses k"
    " JOIN addresses d ON d.id = coalesce(k.alias_of, k.id) JOIN articles a ON a.id = d.article_id"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """An article as it was met on one page of one source."""

    article: Article
    source: Source
    external_id: str | None
    addresses: dict[str, str]
    """Every address that led to it, the link's first, by its key; the canonical one only if it led here."""
    canonical_key: str
    content_hash: str
    at: datetime

    @property
    def key(self) -> str:
        """The key of the address that was asked for."""
        return next(iter(self.addresses))


def sighting(article: Article, link: Link, snapshot: Snapshot | None, source: Source, at: datetime) -> Sighting:
    """What identity can be read from."""
    article = safe_article(article)
    addresses: dict[str, str] = {}
    for url in (link.url, article.url, *((snapshot.final_url,) if snapshot else ())):
        addresses.setdefault(url_key(url, source), safe(url))
    external_id = link.external_id or article.external_id
    return Sighting(
        article=article,
        source=source,
        external_id=None if external_id is None else safe(external_id),
        addresses=addresses,
        canonical_key=url_key(article.canonical_url or article.url, source),
        content_hash=content_hash(article.title, article.text),
        at=at,
    )


def address_of(db: Database, seen: Sighting) -> Row | None:
    """The address that this page is, if it is known: by URL, else by the source's own id.

    An id that a source gives to two different texts is no identity.
    """
    for key in seen.addresses:
        row = by_key(db, key)
        if row is not None:
            return row
    if seen.external_id is not None:
        row = by_external_id(db, seen.source.id, seen.external_id)
        if row is not None and (same_title(seen.article.title, row["title"]) or _one_matter(seen, row)):
            return row
    return None


def by_link(db: Database, source: Source, link: Link) -> Row | None:
    """The address that a link leads to, by URL, else by the source's own id."""
    row = by_key(db, url_key(link.url, source))
    if row is None and link.external_id is not None:
        return by_external_id(db, source.id, safe(link.external_id))
    return row


def by_key(db: Database, key: str) -> Row | None:
    """The address with this key; where it is another's alias, that one."""
    row: Row | None = db.execute(f"{_PAGES} WHERE k.url_key = ?", (key,)).fetchone()
    return row


def by_external_id(db: Database, source_id: str, external_id: str) -> Row | None:
    """The address that the source calls so; the main one, where it gave the id to several."""
    row: Row | None = db.execute(
        f"{_PAGES} WHERE k.source_id = ? AND k.external_id = ? ORDER BY d.main DESC, d.id",
        (source_id, external_id),
    ).fetchone()
    return row


def copied(db: Database, seen: Sighting) -> int | None:
    """The article that this page, at an address not yet known, is a copy of: the oldest, where there are several.

    A canonical address is believed only where the texts bear it out: sites exist whose every page names the front
    page, or the newest article, as canonical, and believing them would make all their news one article.
    """
    named = by_key(db, seen.canonical_key)
    if named is not None and _one_matter(seen, named):
        return int(named["article_id"])
    for other in db.execute(
        "SELECT id, title, text FROM articles WHERE canonical_key IN (SELECT value FROM json_each(?)) ORDER BY id",
        (dump([seen.canonical_key, *seen.addresses]),),
    ):
        if _one_matter(seen, other):
            return int(other["id"])
    for other in db.execute(
        "SELECT id, source_id, published_at, fetched_at, external_id, text FROM articles WHERE content_hash = ?"
        " ORDER BY id",
        (seen.content_hash,),
    ):
        if _copy(seen, other):
            return int(other["id"])
    return None


def _one_matter(seen: Sighting, row: Row) -> bool:
    return same_matter(seen.article.title, seen.article.text, row["title"], row["text"])


def _copy(seen: Sighting, other: Row) -> bool:
    """Whether an article of equal title and text is the same one, not the next of a series."""
    theirs = optional_time(other["published_at"])
    ours = seen.article.published_at
    dated = theirs is not None and ours is not None
    apart = abs((theirs or time(other["fetched_at"])) - (ours or seen.at))
    text = normal(seen.article.text)
    if len(text) >= SUBSTANTIAL:
        return apart <= COPY_WINDOW or not dated
    told_apart = (
        seen.source.id == other["source_id"]
        and seen.external_id is not None
        and other["external_id"] is not None
        and seen.external_id != other["external_id"]
    )
    return bool(text) and apart <= STANDING_WINDOW and not told_apart


def known(db: Database, source: Source, links: Sequence[Link]) -> dict[str, KnownPage]:
    """The pages that the archive has of these links, by ``Link.url``: by URL, else by the source's own id.

    A page that another source owns is known too; what this source's listing says of it is taken as unmoved, or
    two listings in two wordings would have it fetched for ever.
    """
    by_url: dict[str, list[Link]] = {}
    by_id: dict[str, list[Link]] = {}
    for link in links:
        by_url.setdefault(url_key(link.url, source), []).append(link)
        if link.external_id is not None:
            by_id.setdefault(safe(link.external_id), []).append(link)
    found: dict[str, KnownPage] = {}
    # An id that one listing gives to several addresses is no identity.
    alone = [name for name, named in by_id.items() if len({url_key(link.url, source) for link in named}) == 1]
    for row in db.execute(
        "SELECT d.*, k.external_id AS found_as FROM json_each(?) j"
        " JOIN addresses k ON k.source_id = ? AND k.external_id = j.value"
        " JOIN addresses d ON d.id = coalesce(k.alias_of, k.id) ORDER BY d.main, d.id DESC",
        (dump(alone), source.id),
    ):
        named = by_id[row["found_as"]]
        found.update({link.url: replace(_page_for(link, source, row), readdressed=True) for link in named})
    for row in db.execute(
        "SELECT d.*, k.url_key AS found_as FROM json_each(?) j JOIN addresses k ON k.url_key = j.value"
        " JOIN addresses d ON d.id = coalesce(k.alias_of, k.id)",
        (dump(list(by_url)),),
    ):
        found.update({link.url: _page_for(link, source, row) for link in by_url[row["found_as"]]})
    unknown = {key: named for key, named in by_url.items() if named[0].url not in found}
    return {**resting(db, source.id, unknown), **found}


def _page_for(link: Link, source: Source, row: Row) -> KnownPage:
    known_page = page(row)
    return known_page if row["source_id"] == source.id else replace(known_page, fingerprint=link.fingerprint)


def young(db: Database, source_id: str, since: datetime, limit: int) -> tuple[KnownPage, ...]:
    """Pages of a source first seen since then and not gone, the longest unchecked first."""
    rows = db.execute(
        "SELECT * FROM addresses WHERE source_id = ? AND main = 1 AND first_seen_at >= ? AND gone_at IS NULL"
        " ORDER BY last_checked_at, id LIMIT ?",
        (source_id, stamp(since), limit),
    )
    return tuple(page(row) for row in rows)


def page(row: Row) -> KnownPage:
    """What a turn needs to know of an address."""
    return KnownPage(
        article_id=row["article_id"],
        url=row["url"],
        key=row["url_key"],
        external_id=row["external_id"],
        fingerprint=row["fingerprint"],
        validators=validators(row),
        first_seen_at=time(row["first_seen_at"]),
        last_checked_at=time(row["last_checked_at"]),
        complete=bool(row["complete"]),
        gone_at=optional_time(row["gone_at"]),
    )
