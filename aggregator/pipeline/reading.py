"""Reads the pages that a turn fetched, once all are there: together they show what their site repeats on each.

The template is learned anew in every turn that has a page to read, from its own pages and the newest that the archive
kept; nothing of it is stored. An article whose text moves only because of that gets no new version: with a page that
is known goes what the kept page says when it is read in the same way today. A new hint is another matter: the pages
last read before it are read as if the outlet had changed them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

import structlog

from aggregator import extract, tag
from aggregator.model import Article, Failure, Find, Link, Reason, Rejection, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aggregator.model import KnownPage, Snapshot, Source
    from aggregator.pipeline.turn import Parcel

log = structlog.get_logger()

SAMPLE = 12
"""Pages that a template is learned from: more say little more, and each costs a parse."""
SAMPLE_BYTES = 1_000_000
"""What they may weigh together, some fifty milliseconds; four pages are taken whatever they weigh."""
STANDS_IN = frozenset({SourceKind.FEED, SourceKind.POLICE, SourceKind.WORDPRESS, SourceKind.AUTO})
"""Kinds whose listing's own words stand in for a page that cannot be had."""


class Memory(Protocol):
    """What a turn may ask the archive."""

    def known(self, source: Source, links: Sequence[Link], /) -> Mapping[str, KnownPage]:
        """What it has of a listing's links, by ``Link.url``."""
        ...

    def page(self, article_id: int, /) -> Snapshot | None:
        """The kept page of an article."""
        ...

    def recent_pages(self, source_id: str, limit: int, /) -> tuple[Snapshot, ...]:
        """The kept pages of a source's newest articles."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page that was fetched and waits to be read; ``page`` where it is known."""

    link: Link
    snapshot: Snapshot
    page: KnownPage | None = None


def read_all(
    parcel: Parcel, visits: Sequence[Find | Fetched], headlines: Iterable[str], memory: Memory
) -> tuple[Find, ...]:
    """The finds of a turn, in its order; ``headlines`` are those of the listing."""
    kept = {
        visit.page.article_id: memory.page(visit.page.article_id)
        for visit in visits
        if isinstance(visit, Fetched) and visit.page is not None and not _read_otherwise(parcel, visit.page)
    }
    settled = [_unless_as_it_was(visit, kept) if isinstance(visit, Fetched) else visit for visit in visits]
    fetched = [visit.snapshot for visit in settled if isinstance(visit, Fetched)]
    template = _template(parcel.source, fetched, headlines, memory) if fetched else extract.EMPTY
    return tuple(_read(parcel, visit, kept, template) if isinstance(visit, Fetched) else visit for visit in settled)


def stand_in(parcel: Parcel, link: Link, page: KnownPage | None, failure: Failure | Rejection) -> Find:
    """The listing's own words, where the page cannot be had and the listing says enough; else what went wrong."""
    passing = isinstance(failure, Failure) and failure.passing
    speaks = link.external_id is not None and bool(link.title) and bool(link.lead or link.html)
    if page is None and speaks and not passing and parcel.source.kind in STANDS_IN:
        return tagged(link, None, extract.from_link(link, parcel.source, parcel.now), parcel)
    return Find(link=link, snapshot=None, result=failure)


def tagged(link: Link, snapshot: Snapshot | None, result: Article | Rejection, parcel: Parcel) -> Find:
    """The find with its tags."""
    if isinstance(result, Rejection):
        return Find(link=link, snapshot=snapshot, result=result)
    tags = tag.tag(result, parcel.rules, parcel.source)
    return Find(link=link, snapshot=snapshot, result=result, tags=tags)


def _read_otherwise(parcel: Parcel, page: KnownPage) -> bool:
    """Whether hints or readers moved since the page was last read: it must not hide what they change."""
    return parcel.read_since is not None and page.last_checked_at < parcel.read_since


def _unless_as_it_was(visit: Fetched, kept: Mapping[int, Snapshot | None]) -> Find | Fetched:
    """A known page whose every byte is as it was says nothing new."""
    before = kept.get(visit.page.article_id) if visit.page is not None else None
    if before is None or visit.page is None or visit.page.readdressed:
        return visit
    here = visit.snapshot
    if (before.url, before.final_url, before.body) != (here.url, here.final_url, here.body):
        return visit
    return Find(link=visit.link, snapshot=here, result=None)


def _template(
    source: Source, fetched: Sequence[Snapshot], headlines: Iterable[str], memory: Memory
) -> extract.Template:
    sample = list(fetched[:SAMPLE])
    if len(sample) < SAMPLE:
        here = {snapshot.final_url for snapshot in sample}
        older = memory.recent_pages(source.id, SAMPLE)
        sample += [snapshot for snapshot in older if snapshot.final_url not in here][: SAMPLE - len(sample)]
    weights = accumulate(len(snapshot.body) for snapshot in sample)
    sample = [
        one for n, (one, weight) in enumerate(zip(sample, weights, strict=True)) if n < 4 or weight < SAMPLE_BYTES
    ]
    try:
        return extract.learn([_raw(snapshot) for snapshot in sample], headlines)
    except Exception:
        # A bug of ours must not cost the source its turn: the pages are then read one by one, as they stand.
        log.exception("template.bug", source=source.id)
        return extract.EMPTY


def _raw(snapshot: Snapshot) -> extract.RawPage:
    return extract.RawPage(snapshot.body, snapshot.headers.get("content-type"), snapshot.final_url)


def _read(parcel: Parcel, visit: Fetched, kept: Mapping[int, Snapshot | None], template: extract.Template) -> Find:
    link, snapshot = visit.link, visit.snapshot
    result = _extracted(parcel, snapshot, template)
    if isinstance(result, Rejection):
        return replace(stand_in(parcel, link, None, result), snapshot=snapshot)
    find = tagged(link, snapshot, extract.complete(result, link), parcel)
    before = kept.get(visit.page.article_id) if visit.page is not None else None
    if before is None:
        return find
    return replace(find, before=_said_before(parcel, before, find, template))


def _said_before(parcel: Parcel, kept: Snapshot, find: Find, template: extract.Template) -> Article | None:
    """What the kept page says to those who read it today; the article of today itself, where its frame alone moved."""
    now, before = find.result, _extracted(parcel, kept, template)
    if not isinstance(now, Article) or not isinstance(before, Article) or find.snapshot is None:
        return None
    if not template or (now.title, now.text) == (before.title, before.text) or now.title != before.title:
        return before
    plain_now = _extracted(parcel, find.snapshot, extract.EMPTY)
    plain_before = _extracted(parcel, kept, extract.EMPTY)
    if not isinstance(plain_now, Article) or not isinstance(plain_before, Article):
        return before
    extra, framed = _extra(now.text, before.text), _extra(now.text, plain_now.text)
    known = _extra(before.text, plain_before.text)
    # Where today's page has its frame, the kept one has text that no longer stands there, and no frame that is known:
    # what moved is what stood there then. An outlet that takes a paragraph back does so on a page whose frame we know.
    same = extra is not None and framed is not None and extra <= framed and not known
    return now if same else before


def _extra(text: str, longer: str) -> set[int] | None:
    """Between which of the text's paragraphs ``longer`` has others; None where it lacks one of them."""
    own, gaps = text.split("\n\n"), set()
    place = 0
    for paragraph in longer.split("\n\n"):
        if place < len(own) and paragraph == own[place]:
            place += 1
        else:
            gaps.add(place)
    return gaps if place == len(own) else None


def _extracted(parcel: Parcel, snapshot: Snapshot, template: extract.Template) -> Article | Rejection:
    try:
        return extract.read_page(_raw(snapshot), source=parcel.source, now=parcel.now, template=template)
    except Exception:
        # A bug of ours on one page must not cost the source's others; the page is kept for a better rule.
        log.exception("page.bug", source=parcel.source.id, url=snapshot.final_url)
        return Rejection(url=snapshot.final_url, reason=Reason.BUG, detail="the extractor failed; see the log")
