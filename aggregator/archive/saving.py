"""One source's turn, saved whole in one transaction, validators and the next check last of all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aggregator.archive import articles, frontier, identity, index, projects, revisits, runs, snapshots, sources
from aggregator.archive.articles import Ledger, Meeting
from aggregator.model import Article, Failure, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from aggregator.model import Crawl, Find, Source

_NOT_THERE = frozenset({Reason.NOT_FOUND, Reason.GONE})


def save(books: Ledger, crawl: Crawl, source: Source, at: datetime, run_id: int | None) -> Crawl:
    """Write a turn; within the caller's transaction, so that a killed process repeats work and skips no news.

    Returns the crawl with the counts that only the archive knows: new, updated, duplicates, gone.
    """
    for listing in crawl.listings:
        snapshots.save(books.db, source.id, listing, "listing")
    frontier.add(books.db, source, crawl.pending, at)
    for find in _in_order(books, crawl.finds, source):
        _save_find(books, find, source, at)
    index.follow(books.db, books.revision)
    if crawl.projects is not None:
        projects.save_page(books.db, source.id, crawl.projects, at)
    counted = replace(
        crawl,
        counts=replace(
            crawl.counts,
            new=books.new,
            updated=books.updated,
            duplicates=books.duplicates,
            gone=books.gone,
        ),
    )
    runs.save_crawl(books.db, counted, run_id)
    if crawl.state is not None:
        sources.save_state(books.db, crawl.state)
    return counted


def _in_order(books: Ledger, finds: Sequence[Find], source: Source) -> list[Find]:
    """What we know first: a page that moved is then known by its new address too, before it is met there.

    Then the new, from the foot of the listing upwards, so that of two without a date the upper one came last.
    """
    known = identity.known(books.db, source, [find.link for find in finds])
    here = {url for url, page in known.items() if page.article_id}
    again = [find for find in finds if find.link.url in here]
    return again + [find for find in reversed(finds) if find.link.url not in here]


def _save_find(books: Ledger, find: Find, source: Source, at: datetime) -> None:
    result = find.result
    if isinstance(result, Article):
        _save_article(books, find, result, source, at)
        return
    if find.snapshot is not None and not isinstance(result, Failure):
        snapshots.save(books.db, source.id, find.snapshot, "page")
    address = identity.by_link(books.db, source, find.link)
    if address is None:
        if result is not None:
            frontier.note(books.db, source, find.link, result, at)
    elif result is None:
        revisits.still_there(books, find, address, at)
    elif isinstance(result, Failure) and result.reason in _NOT_THERE:
        revisits.vanish(books, address, at)
    else:
        revisits.looked(books, find, address, at)


def _save_article(books: Ledger, find: Find, article: Article, source: Source, at: datetime) -> None:
    seen = identity.sighting(article, find.link, find.snapshot, source, at)
    kept = snapshots.save(books.db, source.id, find.snapshot, "page") if find.snapshot else None
    met = Meeting(
        seen=seen, link=find.link, tags=find.tags, snapshot=find.snapshot, snapshot_id=kept, before=find.before
    )
    address = identity.address_of(books.db, seen)
    if address is None:
        articles.add(books, met)
    else:
        revisits.see_again(books, met, address)
    frontier.remove(books.db, source, tuple(seen.addresses))
