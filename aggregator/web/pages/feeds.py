"""Flöden: every feed, how to subscribe for one who never has, and what a feed holds right now."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from aggregator.model import TagKind
from aggregator.pipeline.entries import entry_of
from aggregator.pipeline.feeds import ALL, GROUPS, all_feeds, document_title, slug
from aggregator.render import OPML
from aggregator.web import rows
from aggregator.web.catalogue import SHELVES
from aggregator.web.site import show, site_of
from aggregator.web.subscribing import Way, linked, ways, whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aggregator.archive import Archive
    from aggregator.model import Config, Feed

router = APIRouter(include_in_schema=False)

SHOWN = 30
"""Feeds of a group on the page of all groups."""
LISTED = 100
"""Feeds on a page of one group."""
PREVIEWED = 10
"""Articles that are shown of a feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A feed in a list."""

    feed: Feed
    articles: int | None
    """None where it is not counted: a feed of the configuration."""
    rss: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The feeds under one heading."""

    name: str
    intro: str
    feeds: Sequence[Listed]

    @property
    def slug(self) -> str:
        """The group in an address."""
        return slug(self.name)


@router.get("/floden")
def feeds(request: Request) -> Response:
    """Every group with its feeds, of a long one the largest."""
    groups = _groups(request)
    shown = [Group(name=one.name, intro=one.intro, feeds=_largest(one.feeds)) for one in groups]
    sizes = {one.name: len(one.feeds) for one in groups}
    return _listed(request, "feeds.html", shown, sizes=sizes)


@router.get("/floden/grupp/{name}")
def group(request: Request, name: str) -> Response:
    """One group, all of it."""
    found = next((one for one in _groups(request) if one.slug == name), None)
    if found is None:
        raise HTTPException(404)
    part = rows.part(found.feeds, request, LISTED)
    shown = Group(name=found.name, intro=found.intro, feeds=part.items)
    return _listed(request, "feedgroup.html", [shown], group=shown, part=part, total=len(found.feeds))


@router.get("/floden/{feed_id}")
def feed(request: Request, feed_id: str) -> Response:
    """One feed: its addresses, and what stands in it now."""
    site = site_of(request)
    with site.reading() as archive:
        found = next((one for one in all_feeds(site.config, archive) if one.id == feed_id), None)
        if found is None:
            raise HTTPException(404)
        entries = [entry_of(kept) for kept in archive.newest(found.filter, limit=PREVIEWED)]
    follow = ways(request, feed_id)
    answer = show(
        request,
        "feed.html",
        feed=found,
        name=document_title(found, site.config),
        entries=entries,
        follow=follow,
        page=_page_of(found, site.config),
    )
    return linked(answer, follow)


def _listed(request: Request, template: str, groups: Sequence[Group], **values: Any) -> Response:
    listed = [one.rss for group in groups for one in group.feeds]
    everything = ways(request, ALL)
    answer = show(
        request,
        template,
        groups=groups,
        everything=everything,
        opml=whole(request, OPML),
        opml_name=OPML,
        **values,
    )
    return linked(answer, dict.fromkeys([*everything, *listed]))


def _groups(request: Request) -> list[Group]:
    site = site_of(request)
    with site.reading() as archive:
        found = all_feeds(site.config, archive)
        counts = _counts(archive)
    listed = [Listed(feed=one, articles=_count(one, counts), rss=ways(request, one.id)[0]) for one in found]
    return [
        Group(name=name or "Flöden", intro=GROUPS.get(name, ""), feeds=list(members))
        for name, members in groupby(listed, key=lambda one: one.feed.group)
    ]


def _counts(archive: Archive) -> dict[object, int]:
    tags: dict[object, int] = {(tag.kind, tag.name): tag.articles for tag in archive.feed_tags()}
    return tags | dict(archive.articles_by_source().items())


def _count(feed: Feed, counts: Mapping[object, int]) -> int | None:
    """The articles of a feed that asks for one tag or one source and nothing else."""
    asked: list[object] = [*feed.filter.tags, *feed.filter.sources]
    return counts.get(asked[0]) if len(asked) == 1 and not feed.filter.query else None


def _largest(listed: Sequence[Listed]) -> list[Listed]:
    """Those with the most articles, in the order in which they stood."""
    if len(listed) <= SHOWN:
        return list(listed)
    chosen = sorted(listed, key=lambda one: -(one.articles or 0))[:SHOWN]
    ids = {one.feed.id for one in chosen}
    return [one for one in listed if one.feed.id in ids]


def _page_of(feed: Feed, config: Config) -> str:
    """The page about what an automatic feed follows; empty for others."""
    if any(feed.id == own.id for own in config.feeds):
        return ""
    if feed.id.startswith("kalla-"):
        return f"/kalla/{feed.id.removeprefix('kalla-')}"
    prefixes = {SHELVES[kind].prefix for kind in TagKind}
    prefix, _, name = feed.id.partition("-")
    return f"/{prefix}/{name}" if prefix in prefixes and name else ""
