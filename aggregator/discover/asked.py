"""What every reader of listings is given, and what is alike for all links."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from aggregator import dates, urls
from aggregator.model import Listing, Reason, Rejection

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from aggregator.model import Link, Probe, Snapshot, Source

LOCAL: Final = ZoneInfo("Europe/Stockholm")
"""What a newsroom of the county means by a time without a zone."""
MOST_LINKS: Final = 1000
"""Links taken from one response: a listing that holds more is an archive, and its newest come first."""
NOT_PAGES: Final = re.compile(
    r"\.(?:pdf|jpe?g|png|gif|webp|svg|avif|ico|mp[34]|m4a|webm|wav|ogg|zip|gz|rar|7z|docx?|xlsx?|pptx?|odt|csv|ics|vcf"
    r"|xml|rss|atom|json|js|css|txt|woff2?|exe|apk|epub)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One response to read: what was asked, what came, whose it is, what we remember, and the present moment."""

    probe: Probe
    snapshot: Snapshot
    source: Source
    memory: Mapping[str, str]
    now: datetime
    base: str | None = None
    """What relative links are relative to, where a page's <base> says so."""

    @property
    def url(self) -> str:
        """The address that the response came from, after redirects."""
        return self.snapshot.final_url or self.probe.request.url

    @property
    def content_type(self) -> str | None:
        """The Content-Type header, as written."""
        return self.snapshot.headers.get("content-type")

    def reject(self, reason: Reason, detail: str) -> Rejection:
        """Say why this response is no listing."""
        return Rejection(url=self.url, reason=reason, detail=detail)

    def remember(self, endpoint: str | None = None, **more: str) -> dict[str, str]:
        """The words by which ``remembered`` finds this way again."""
        return {
            "kind": self.probe.kind.value,
            "endpoint": endpoint or self.probe.request.url,
            "for": self.source.url,
            **more,
        }

    def moment(self, text: str | None) -> datetime | None:
        """A date as the site wrote it, never in the future; None where there is none."""
        if not text:
            return None
        return dates.settle(dates.parse(text, tz=LOCAL, reference=self.now), self.now)

    def address(self, href: str | None) -> str | None:
        """The article address that ``href`` means, cleaned and in the preferred language branch; None where unfit."""
        absolute = self.feed_address(href)
        if absolute is None:
            return None
        cleaned = urls.prefer_branch(urls.clean(absolute, drop_query=self.source.drop_query), self.source.branches)
        return cleaned if admits(self.source, cleaned) else None

    def feed_address(self, href: str | None) -> str | None:
        """The absolute address of a feed, sitemap or picture that ``href`` means."""
        return urls.resolve(self.base or self.url, href) if href else None

    def links(self, found: Iterable[Link]) -> tuple[Link, ...]:
        """Distinct links, the newest first where every one has a date, else in the listing's own order."""
        seen: dict[str, Link] = {}
        for link in found:
            key = urls.key(link.url, branches=self.source.branches, drop_query=self.source.drop_query)
            seen.setdefault(key, link)
        links = list(seen.values())
        if all(link.published_at or link.updated_at for link in links):
            links.sort(key=lambda link: link.published_at or link.updated_at or self.now, reverse=True)
        return tuple(links[:MOST_LINKS])

    def listing(self, found: Iterable[Link], memory: Mapping[str, str]) -> Listing | Rejection:
        """A listing of what was found; where nothing was, the reason why not."""
        links = self.links(found)
        if not links:
            return self.reject(Reason.NO_LINKS, "no link in it leads to an article")
        return Listing(links=links, memory=memory)


def admits(source: Source, url: str) -> bool:
    """Whether the source's include and exclude globs let an address through, and it is a page at all."""
    try:
        path = urlsplit(url).path or "/"
    except ValueError:
        return False
    forms = (path, unquote(path))
    if NOT_PAGES.search(path) or any(fnmatchcase(form, glob) for glob in source.exclude for form in forms):
        return False
    return not source.include or any(fnmatchcase(form, glob) for glob in source.include for form in forms)


def fingerprint(*words: object) -> str:
    """A short hash of what a listing says of an article."""
    return hashlib.sha256("\x1f".join("" if word is None else str(word) for word in words).encode()).hexdigest()[:32]


def at_path(url: str, now: datetime) -> datetime | None:
    """The day in an article's address, never in the future."""
    return dates.settle(dates.in_path(url, tz=LOCAL), now)


def dated(link: Link, now: datetime) -> Link:
    """The link with the date of its address where the listing gives none."""
    return link if link.published_at else replace(link, published_at=at_path(link.url, now))
