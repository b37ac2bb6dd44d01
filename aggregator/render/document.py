"""What is rendered: one document of a feed, and the addresses under which it and its neighbours are served."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from aggregator.model import Entry, Feed

NEVER = datetime(2026, 1, 1, tzinfo=UTC)
"""Atom wants ``updated`` even of a feed without entries; any fixed instant keeps its bytes the same."""

INDEX = "index.html"
OPML = "aggregator.opml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of a feed: the subscription document, or an archive document of RFC 5005, section 4.

    ``base_url`` is where the folder ``feeds/`` is served and ends in a slash; ``language`` is BCP 47 ("sv").
    """

    feed: Feed
    entries: tuple[Entry, ...]
    base_url: str
    language: str = "sv"
    publisher: str = ""
    """Who publishes our feeds: the author of the Atom feed."""
    number: int | None = None
    """Which archive document this is, from 1; None for the subscription document."""
    previous: int | None = None
    """The number of the archive document with the next older entries."""
    following: int | None = None
    """The number of the archive document with the next newer entries."""
    partial: bool = False
    """Whether older entries are left out, and stand in no archive document either."""
    asked: str | None = None
    """Of a search's feed: what follows "?" in its addresses and its page's, in ASCII; None for feeds of the folder."""
    cut: bool = False
    """Whether there are older entries that stand in no document."""

    @property
    def complete(self) -> bool:
        """Whether these entries are all that the feed has (RFC 5005, section 2)."""
        return self.number is None and self.previous is None and not self.partial and not self.cut

    @property
    def updated_at(self) -> datetime:
        """The newest entry's last change: the document has not changed since, whatever the clock says."""
        return max((entry.updated_at for entry in self.entries), default=NEVER)

    def path(self, suffix: str, number: int | None = None) -> str:
        """The file, relative to ``feeds/``, of the subscription document or of archive document ``number``."""
        return file_name(self.feed.id, suffix, number)

    def address(self, suffix: str) -> str:
        """Where this very document is served in the format with this suffix."""
        return self.base_url + self.path(suffix, self.number) + self._question

    def subscription(self, suffix: str) -> str:
        """Where the feed's subscription document is served."""
        return self.base_url + self.path(suffix) + self._question

    def archived(self, suffix: str, number: int) -> str:
        """Where archive document ``number`` is served."""
        return self.base_url + self.path(suffix, number)

    @property
    def page(self) -> str:
        """The page for people: this feed's place on the index, or the search itself."""
        if self.asked is not None:
            return self.base_url + self._question
        return f"{self.base_url}{INDEX}#{self.feed.id}"

    @property
    def _question(self) -> str:
        return f"?{self.asked}" if self.asked else ""

    def related(self, suffix: str) -> tuple[tuple[str, str], ...]:
        """(relation, address) of the neighbouring documents, as RFC 5005, section 4 names them."""
        links = []
        if self.number is not None:
            links.append(("current", self.subscription(suffix)))
        if self.previous is not None:
            links.append(("prev-archive", self.archived(suffix, self.previous)))
        if self.following is not None:
            links.append(("next-archive", self.archived(suffix, self.following)))
        return tuple(links)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format that every feed is published in: a row of ``FORMATS``."""

    name: str
    """As people call it: "RSS"."""
    suffix: str
    media_type: str
    write: Callable[[Document], bytes]
    """Takes a document whose entries are fit (``fit``)."""


def file_name(feed_id: str, suffix: str, number: int | None = None) -> str:
    """A feed document's file, relative to ``feeds/``: ``alla.rss``, or ``arkiv/alla-3.rss``."""
    return f"{feed_id}.{suffix}" if number is None else f"arkiv/{feed_id}-{number}.{suffix}"
