"""Archive → files of ``feeds/``: which entries stand in which document, and which documents are new.

A feed's entries beyond its limit stand in archive documents (RFC 5005, section 4), which are written once and never
change; the subscription document leads to the newest of them. A feed about which nothing has moved since it was last
published is neither read nor rendered (docs/decisions/0610-archive-documents.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog

from aggregator.model import Filter, Published
from aggregator.pipeline.feeds import GROUPS, all_feeds, digest, document_title
from aggregator.pipeline.impact import impact_entries, is_impact
from aggregator.pipeline.retold import Desk
from aggregator.publish import publish
from aggregator.render import FORMATS, INDEX, OPML, Document, Listed, Shelf, file_name, fit, index_page, opml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from aggregator.archive import Archive
    from aggregator.model import Config, Feed, Settings

log = structlog.get_logger()

RENDERING = 1
"""Raised when the same entries shall be written otherwise than before, so that every feed is written anew."""


WHOLE = "*"
"""The id under which the archive notes what all feeds together were written from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Where a feed's articles stand, by archive id."""

    current: tuple[int, ...]
    """The subscription document's."""
    chunks: tuple[tuple[int, ...], ...]
    """Those of archive documents that are to be opened now, the oldest first."""


@dataclass(slots=True)
class _Desk(Desk):
    """What one publication works with: the archive, and entries made once for all feeds that hold them."""

    config: Config = field(kw_only=True)
    folder: Path = field(kw_only=True)

    def members(self, feed: Feed) -> tuple[int, ...]:
        """The ids of the stories or articles of a feed, newest first."""
        return (self.archive.member_stories if feed.stories else self.archive.member_ids)(feed.filter)


def publish_all(config: Config, archive: Archive, folder: Path, now: datetime, *, anew: bool = False) -> Published:
    """Brings ``folder`` to what the archive holds; writes the archive's note of it last.

    A feed that cannot be rendered leaves its old files and is told of in ``Published.failed``; it is tried
    again next time. ``anew`` renders every feed, also those that have not moved since they were written, and so
    mends files that somebody else changed. Raises PublishError where the folder cannot be written.
    """
    before = {} if anew else archive.published()
    whole = _whole(config, archive, folder)
    files = _published_files(before)
    if before.get(WHOLE) == whole and _there(folder, files):
        return Published(unchanged=len(files))
    feeds = all_feeds(config, archive)
    around = _around(config, folder)
    prints = {feed.id: digest((around, feed, _moves(archive, feed))) for feed in feeds}
    prints[INDEX] = digest(sorted(prints.items()))
    changed = [feed for feed in feeds if prints[feed.id] != before.get(feed.id) or not _there(folder, _files(feed.id))]
    listed = prints[INDEX] != before.get(INDEX) or not _there(folder, (INDEX, OPML))
    desk = _Desk(config=config, archive=archive, folder=folder)
    outcome = publish(_all_files(desk, feeds, changed, now, listed=listed), folder)
    failed = [name for name, _ in outcome.failed]
    fine = {feed.id: prints[feed.id] for feed in changed if not any(_belongs(name, feed) for name in failed)}
    if listed and not {INDEX, OPML}.intersection(failed):
        fine[INDEX] = prints[INDEX]
    archive.save_published(fine if failed else fine | {WHOLE: whole}, now)
    skipped = (len(feeds) - len(changed)) * len(FORMATS) + (0 if listed else 2)
    return replace(outcome, unchanged=outcome.unchanged + skipped)


def pages(by_date: Sequence[int], archived: Iterable[int], limit: int) -> Pages:
    """Which articles the subscription document holds, and which go to new archive documents.

    ``by_date`` holds the ids of all members, newest first; ``archived`` those in archive documents already;
    ids grow with the time at which we first saw an article. The subscription document holds ``limit`` at most:
    those in no archive document yet, and else those that came last, up to half of it, so that a subscriber meets an
    article that was found, tagged or joined by a member late; then the newest. No member is in neither it nor an
    archive document.
    """
    if len(by_date) <= limit:
        return Pages(current=tuple(by_date), chunks=())
    half = max(1, limit // 2)
    there = set(archived)
    waiting = sorted(one for one in by_date if one not in there)
    chunks: list[tuple[int, ...]] = []
    while len(waiting) > half:
        size = limit if len(waiting) >= limit + half else half
        chunks.append(tuple(waiting[:size]))
        waiting = waiting[size:]
    come = dict.fromkeys([*waiting, *sorted(by_date, reverse=True)])
    last_come = set(list(come)[:half])
    newest = [one for one in by_date if one not in last_come][: limit - len(last_come)]
    shown = last_come.union(newest)
    return Pages(current=tuple(one for one in by_date if one in shown), chunks=tuple(chunks))


def _around(config: Config, folder: Path) -> str:
    """Moves when what stands around the articles does: our words, addresses, what sources permit, where we write."""
    settings = config.settings
    said = (
        settings.base_url,
        settings.title,
        settings.language,
        settings.timezone,
        settings.feed_limit,
        settings.stories,
    )
    permitted = [(source.id, source.name, source.publish) for source in config.sources]
    return digest((RENDERING, said, permitted, str(folder.resolve())))


def _whole(config: Config, archive: Archive, folder: Path) -> str:
    """Moves when anything may that is published: one question to the archive where nothing did."""
    return digest((_around(config, folder), config.feeds, archive.fingerprint(Filter()), archive.pickups_moved()))


def _moves(archive: Archive, feed: Feed) -> str:
    """Moves when anything about a feed's entries does."""
    return str(archive.pickups_moved()) if is_impact(feed) else archive.fingerprint(feed.filter)


def _published_files(ids: Iterable[str]) -> list[str]:
    """The files of what was published under these ids."""
    feeds = [name for one in ids if one not in {WHOLE, INDEX} for name in _files(one)]
    return [*feeds, INDEX, OPML]


def _files(feed_id: str) -> list[str]:
    return [file_name(feed_id, form.suffix) for form in FORMATS]


def _belongs(name: str, feed: Feed) -> bool:
    """Whether a file is one of the feed's documents, or may be: then it is only looked at once too often."""
    return name in _files(feed.id) or name.startswith(f"arkiv/{feed.id}-")


def _there(folder: Path, names: Iterable[str]) -> bool:
    return all((folder / name).is_file() for name in names)


def _all_files(
    desk: _Desk, feeds: Sequence[Feed], changed: Sequence[Feed], now: datetime, *, listed: bool
) -> Iterator[tuple[str, bytes | Exception]]:
    for feed in changed:
        yield from _feed_files(desk, feed, now)
    if listed:
        yield from _lists(desk, feeds)


def _feed_files(desk: _Desk, feed: Feed, now: datetime) -> Iterator[tuple[str, bytes | Exception]]:
    """A feed's archive documents that are not in the folder yet, and its subscription document."""
    if is_impact(feed):
        yield from _rendered(_impact(desk, feed))
        return
    members = desk.members(feed)
    archives = list(desk.archive.feed_archives(feed.id))
    page = pages(members, (one for _, ids in archives for one in ids), feed.limit)
    archives += [(desk.archive.add_feed_archive(feed.id, chunk, now), chunk) for chunk in page.chunks]
    document = replace(_empty(desk, feed), previous=archives[-1][0] if archives else None)
    for at, (number, ids) in enumerate(archives):
        if not _there(desk.folder, (file_name(feed.id, form.suffix, number) for form in FORMATS)):
            neighbours = replace(
                document,
                number=number,
                previous=archives[at - 1][0] if at else None,
                following=archives[at + 1][0] if at + 1 < len(archives) else None,
            )
            yield from _rendered(replace(neighbours, entries=desk.entries(ids, feed)))
    yield from _rendered(replace(document, entries=desk.entries(page.current, feed)))


def _empty(desk: _Desk, feed: Feed) -> Document:
    """The feed's subscription document before its entries are put in."""
    settings = desk.config.settings
    return Document(
        feed=replace(feed, title=document_title(feed, desk.config)),
        entries=(),
        base_url=_base(settings),
        language=settings.language,
        publisher=settings.title,
    )


def _impact(desk: _Desk, feed: Feed) -> Document:
    entries = impact_entries(desk.archive, feed.limit, desk.config.settings)
    return replace(_empty(desk, feed), entries=entries, partial=desk.archive.pickup_count() > len(entries))


def _rendered(document: Document) -> Iterator[tuple[str, bytes | Exception]]:
    """The document in every format; in place of the bytes, what rendering ended in."""
    fitted, unfit = fit(document)
    for one in unfit:
        log.warning("entry.unfit", feed=document.feed.id, guid=one.guid, reason=one.why)
    for form in FORMATS:
        name = document.path(form.suffix, document.number)
        body: bytes | Exception
        try:
            body = form.write(fitted)
        except Exception as error:
            # Whatever it is, it costs this one file, which is told of and keeps its old bytes (S8).
            log.exception("feed.not_rendered", feed=document.feed.id, file=name)
            body = error
        yield name, body


def _lists(desk: _Desk, feeds: Sequence[Feed]) -> Iterator[tuple[str, bytes | Exception]]:
    """The index page and the OPML file."""
    settings = desk.config.settings
    shelves = tuple(
        Shelf(name=name, intro=GROUPS.get(name, ""), feeds=tuple(_listed(desk, feed) for feed in members))
        for name, members in groupby(feeds, key=lambda feed: feed.group)
    )
    timezone = ZoneInfo(settings.timezone)
    yield INDEX, index_page(shelves, FORMATS, title=settings.title, timezone=timezone, language=settings.language)
    yield OPML, opml(feeds, title=settings.title, base_url=_base(settings), language=settings.language)


def _listed(desk: _Desk, feed: Feed) -> Listed:
    if is_impact(feed):
        latest = impact_entries(desk.archive, 1, desk.config.settings)
        return Listed(feed=feed, entries=desk.archive.pickup_count(), newest=latest[0] if latest else None)
    members = desk.members(feed)
    newest = desk.entries(members[:1], feed)
    return Listed(feed=feed, entries=len(members), newest=newest[0] if newest else None)


def _base(settings: Settings) -> str:
    return settings.base_url.rstrip("/") + "/"
