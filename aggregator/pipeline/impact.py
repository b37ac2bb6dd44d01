"""The feed "Nya genomslag": an entry for each press release that an outlet took up."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from aggregator import markup
from aggregator.model import Entry, Feed, Filter
from aggregator.pipeline.entries import without_contacts
from aggregator.render import SUMMARY_LIMIT
from aggregator.render.impact import pickup_told

if TYPE_CHECKING:
    from aggregator.archive import Archive
    from aggregator.model import Pickup, Release, Settings

IMPACT = "genomslag"
GROUP = "Genomslag"


def impact_feed(limit: int) -> Feed:
    """The feed; its entries are pickups, not articles of a filter."""
    return Feed(
        id=IMPACT,
        title="Nya genomslag",
        description="Pressmeddelanden som någon har tagit upp: vem, hur snart och hur mycket ordagrant.",
        limit=limit,
        group=GROUP,
    )


def is_impact(feed: Feed) -> bool:
    """Whether this is that feed, and not one of the configuration that bears its id."""
    return feed.id == IMPACT and feed.group == GROUP and feed.filter == Filter()


def impact_entries(archive: Archive, limit: int, settings: Settings) -> tuple[Entry, ...]:
    """The entries of the pickups that were found last, the newest first."""
    zone = ZoneInfo(settings.timezone)
    return tuple(_entry(release, pickup, zone) for release, pickup in archive.new_pickups(limit))


def _entry(release: Release, pickup: Pickup, zone: ZoneInfo) -> Entry:
    """It names outlet, share and delay; of the texts it has the headlines alone."""
    sent = f"{release.published_at.astimezone(zone):%Y-%m-%d}"
    told = [pickup_told(pickup) + (f": ”{pickup.title}”." if pickup.headline_changed else ".")]
    told.append(f"Pressmeddelande från {release.sender} {sent}.")
    if release.stands_in:
        told.append(f"Jämfört med {release.outlet}, eftersom avsändarens egen text saknas.")
    return Entry(
        guid=pickup.guid,
        url=pickup.url,
        title=without_contacts(f"{pickup.outlet} tog upp ”{release.title}”"),
        summary=markup.shorten(without_contacts(" ".join(told)), SUMMARY_LIMIT),
        content_html=None,
        published_at=min(pickup.published_at, pickup.found_at),
        updated_at=pickup.updated_at,
        source_name=pickup.outlet,
        categories=tuple(dict.fromkeys([release.sender, *(tag.name for tag in release.tags)])),
    )
