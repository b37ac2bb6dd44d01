"""API, feed, sitemap or page → links.

A site is read by the most structured way that it offers: ``probes`` lists the ways, ``remembered`` gives the one that
was found last time, ``read`` turns an answer into a Listing. A way that takes several requests (the pages of an API,
an index of sitemaps, the API behind a feed that changed) goes on through ``Listing.next_probe``; what is to be
remembered comes with the answer that ends it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from aggregator.discover import feeds, page, police, sitemaps, wordpress
from aggregator.discover.asked import Asked
from aggregator.discover.probing import probes, remembered
from aggregator.model import Failure, Listing, Probe, Rejection, Snapshot, Source, SourceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

__all__ = ["LISTINGS", "probes", "read", "remembered", "without"]


def read(
    probe: Probe, snapshot: Snapshot, source: Source, *, memory: Mapping[str, str], now: datetime
) -> Listing | Rejection:
    """What one answer lists, or the reason why it is no listing.

    ``memory`` is the source's, with what earlier answers of the same chain added to it. No body makes this raise.
    """
    asked = Asked(probe=probe, snapshot=snapshot, source=source, memory=memory, now=now)
    return LISTINGS[probe.kind](asked)


def without(probe: Probe, why: Failure, source: Source, *, memory: Mapping[str, str], now: datetime) -> Listing | None:
    """How a chain goes on where one of its further answers cannot be had; None where it cannot.

    An archive whose last page was the one before, and an index that names a sitemap which is gone, are read to their
    end all the same.
    """
    nothing = Snapshot(
        url=probe.request.url, final_url=probe.request.url, status=200, headers={}, body=b"", fetched_at=now
    )
    asked = Asked(probe=probe, snapshot=nothing, source=source, memory=memory, now=now)
    if probe.kind is SourceKind.SITEMAP and not why.passing:
        return sitemaps.spared(asked)
    if probe.kind is SourceKind.WORDPRESS and why.status in _NOT_THERE:
        return wordpress.past_the_end(asked)
    return None


_NOT_THERE: Final = frozenset({400, 404, 410})
"""How a REST API says that it has no such page."""

LISTINGS: Final[Mapping[SourceKind, Callable[[Asked], Listing | Rejection]]] = MappingProxyType(
    {
        SourceKind.WORDPRESS: wordpress.read,
        SourceKind.FEED: feeds.read,
        SourceKind.SITEMAP: sitemaps.read,
        SourceKind.POLICE: police.read,
        SourceKind.PAGE: page.read,
        SourceKind.AUTO: page.read,
    }
)
