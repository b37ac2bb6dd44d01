"""When it was published, and when the page says that it was changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from aggregator import dates
from aggregator.extract.titles import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from aggregator.dates import Moment
    from aggregator.extract.head import Head
    from aggregator.extract.tree import Node

ZONE = ZoneInfo("Europe/Stockholm")
_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "og:article:published_time",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dcterms.issued",
    "dc.date.created",
    "cxenseparse:recs:publishtime",
    "article.published",
    "published_time",
    "publishtime",
    "citation_publication_date",
    "citation_online_date",
    "rnews:datepublished",
    "datecreated",
    "bt:pubdate",
    "article_date_original",
    "created",
)
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "lastmod")
MARKS = re.compile(
    r"(?:^|[\s_-])(?:date|datum|time|timestamp|published|publicerad|pubdate|publish-?date|pub-?date|post-?date|entry-?date|dateline|"
    r"publish\w*|posted-on|created|meta-date|article-date|news-date)(?:$|[\s_-])"
)


def choose(
    head: Head, places: Iterable[Node], lines: Iterable[str], url: str, now: datetime | None
) -> tuple[Moment | None, Moment | None]:
    """(published, updated). The outlet's word in data first, then in marked places, visible lines, and the address.

    A label of change ("Senast uppdaterad") never gives publication; nothing later than a day after ``now``.
    """
    places = list(places)
    lines = list(lines)
    published = _first(_told(head, "datePublished", "dateCreated", "uploadDate"), now) or _first(
        _metas(head, _PUBLISHED), now
    )
    updated = _first(_told(head, "dateModified"), now) or _first(_metas(head, _UPDATED), now)
    marked_published, marked_updated = _marked(places, now)
    seen_published = _checked(dates.find_published(lines, tz=ZONE, reference=now), now)
    seen_updated = _checked(dates.find_updated(lines, tz=ZONE, reference=now), now)
    published = published or marked_published or seen_published or _checked(dates.in_path(url, tz=ZONE), now)
    if published and published.precision == "day":
        finer = next(
            (
                m
                for m in (marked_published, seen_published)
                if m and m.precision == "minute" and _same_day(m, published)
            ),
            None,
        )
        published = finer or published
    return published, updated or marked_updated or seen_updated


def _same_day(a: Moment, b: Moment) -> bool:
    return a.at.astimezone(ZONE).date() == b.at.astimezone(ZONE).date()


def _checked(moment: Moment | None, now: datetime | None) -> Moment | None:
    return moment if moment and (now is None or dates.settle(moment, now)) else None


def _first(values: Iterable[str], now: datetime | None) -> Moment | None:
    for value in values:
        moment = _checked(dates.parse(value, tz=ZONE, reference=now), now)
        if moment:
            return moment
    return None


def _told(head: Head, *keys: str) -> Iterator[str]:
    for key in keys:
        for item in head.articles():
            value = item.get(key)
            if isinstance(value, str) and value.strip():
                yield value


def _metas(head: Head, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from head.metas.get(name, ())


def _marked(places: list[Node], now: datetime | None) -> tuple[Moment | None, Moment | None]:
    published = updated = None
    for node in places:
        text = squeeze(node.text())
        value = node.attrs.get("datetime") or node.attrs.get("content") or ""
        moment = _checked(dates.parse(value, tz=ZONE, reference=now), now) if value else None
        if moment is None and len(text) <= 120:
            moment = _checked(dates.parse(text, tz=ZONE, reference=now), now)
        if moment is None:
            continue
        prop = (node.attrs.get("itemprop") or "").lower()
        before = node.parent.text()[:80] if node.parent is not None and node.parent.chars <= node.chars + 60 else ""
        if (
            prop == "datemodified"
            or dates.is_updated_label(text)
            or dates.is_updated_label(before.split(text)[0] if text else before)
        ):
            updated = updated or moment
        elif prop == "datepublished":
            return moment, updated
        else:
            published = published or moment
    return published, updated
