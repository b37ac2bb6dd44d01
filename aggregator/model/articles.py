"""What we make of it: articles, tags, entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aggregator.model.settings import Publish, TagKind

if TYPE_CHECKING:
    from datetime import datetime

    from aggregator.model.inbound import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What was extracted from one page, or from what an API gave of it."""

    url: str
    """Where it was read."""
    canonical_url: str
    title: str
    lead: str = ""
    text: str = ""
    """Paragraphs joined by a blank line; without title, byline, category and "Källa" lines."""
    html: str = ""
    """Sanitised, links absolute."""
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    """The outlet's word; None where it gives none."""
    page_updated_at: datetime | None = None
    """The outlet's word for its last change."""
    image_url: str | None = None
    language: str | None = None
    """BCP 47: "sv", "en"."""
    origin: str | None = None
    """From the closing line "Källa …"."""
    category: str | None = None
    """The publisher's own category line, a weak hint."""
    place: str | None = None
    kind: str = "article"
    """article, notice (a few lines) or liveblog."""
    external_id: str | None = None
    date_precision: str = "minute"
    """"minute", or "day" where only a date was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A page that is no article, and why."""

    url: str
    reason: Reason
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What gave a tag: the words found, where, and by which rule."""

    rule: str
    words: str
    where: str
    """title, lead, text, origin, category, place, source, correction"""
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A promise to a subscriber: theme, kommun, projekt or källa, with score and evidence."""

    kind: TagKind
    name: str
    score: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Staff's word on one tag of an article; the newest on a tag holds, above every rule."""

    article_id: int
    kind: TagKind
    name: str
    verdict: str
    """add, remove, or withdraw: the rules decide again."""
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An article's earlier wording."""

    at: datetime
    """When this wording was first seen."""
    title: str
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address at which an article was seen."""

    url: str
    source_id: str
    first_seen_at: datetime
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptArticle:
    """An article as the archive holds it: the words of the outlet, and ours."""

    id: int
    guid: str
    """Our permanent id, a tag URI (RFC 4151), minted at first sight."""
    source_id: str
    source_name: str
    article: Article
    fetched_at: datetime
    """When we first saw it."""
    updated_at: datetime
    """When its content hash last moved; at first, ``fetched_at``."""
    gone_at: datetime | None = None
    publish: Publish = Publish.SUMMARY
    tags: tuple[Tag, ...] = ()
    addresses: tuple[Address, ...] = ()
    versions: tuple[Version, ...] = ()
    story_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture's address, with media type and length in bytes where known."""

    url: str
    media_type: str | None = None
    length_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article as it stands in a feed."""

    guid: str
    url: str
    title: str
    summary: str
    """Plain text, at most 300 characters."""
    content_html: str | None
    """Sanitised, absolute links; None where the source lets us carry the summary only."""
    published_at: datetime
    updated_at: datetime
    authors: tuple[str, ...] = ()
    source_name: str = ""
    categories: tuple[str, ...] = ()
    image: Image | None = None
    language: str | None = None
