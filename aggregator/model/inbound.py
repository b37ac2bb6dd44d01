"""What comes in: requests, snapshots, failures, links, and what we remember of sources and hosts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from aggregator.model.settings import SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What makes a request conditional (RFC 9110, section 8.8): both verbatim, as the server wrote them."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What we remember of a source between runs."""

    source_id: str
    validators: Mapping[str, Validators] = field(default_factory=lambda: MappingProxyType({}))
    """Listing URL → validators of the body that we keep for it."""
    body_hashes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Listing URL → hash of the body last read, so that an equal 200 counts as unchanged."""
    memory: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What probing found ("kind", "endpoint", "signal", "modified_after", …); the words of discover."""
    next_check_at: datetime | None = None
    last_checked_at: datetime | None = None
    last_changed_at: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    last_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostState:
    """What we remember of one scheme://host:port: its robots.txt and when it asked us to come back."""

    host: str
    retry_at: datetime | None = None
    failures: int = 0
    robots: bytes | None = None
    robots_status: int | None = None
    """The HTTP status of the last robots.txt answer; None when the host could not be reached."""
    robots_at: datetime | None = None
    unreachable_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One GET that a stage asks for."""

    url: str
    validators: Validators = Validators()
    accept: str = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One URL's response at one instant. A 304 has an empty body and is a result, not an error."""

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    """Lower-case names; repeated fields joined by ", "."""
    body: bytes
    """After content decoding, before charset decoding."""
    fetched_at: datetime
    permanent_url: str | None = None
    """Where 301/308 alone lead, if the response came that way."""
    keep_body: bool = True
    """False under Cache-Control: no-store."""

    @property
    def not_modified(self) -> bool:
        """Whether the server said that what we have is current."""
        return self.status == 304

    @property
    def validators(self) -> Validators:
        """The validators to send next time."""
        return Validators(etag=self.headers.get("etag"), last_modified=self.headers.get("last-modified"))


class Reason(StrEnum):
    """Why a request, a page or a crawl did not give what it should; stable words for reports and tests."""

    ROBOTS = "robots"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    RETRY_LATER = "retry_later"
    PRIVATE_ADDRESS = "private_address"
    BAD_URL = "bad_url"
    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    PROTOCOL = "protocol"
    REDIRECTS = "redirects"
    TOO_LARGE = "too_large"
    BAD_ENCODING = "bad_encoding"
    NOT_FOUND = "not_found"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    HTTP_ERROR = "http_error"
    SERVER_ERROR = "server_error"
    UNEXPECTED_304 = "unexpected_304"
    DEADLINE = "deadline"
    NOT_PARSEABLE = "not_parseable"
    NO_LINKS = "no_links"
    DRIFT = "drift"
    NOT_HTML = "not_html"
    EMPTY = "empty"
    LISTING = "listing"
    PAYWALL = "paywall"
    ERROR_PAGE = "error_page"
    CONSENT = "consent"
    GALLERY = "gallery"
    TOO_DEEP = "too_deep"
    NO_TITLE = "no_title"
    BUG = "bug"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A request that gave no usable response."""

    url: str
    reason: Reason
    detail: str
    """One plain English sentence part: what happened, with the figures at hand."""
    status: int | None = None
    retry_at: datetime | None = None
    passing: bool = False
    """Whether trying again may help (time-outs, 5xx, 429), as against 404 or robots."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A candidate found in a listing, with what the listing says of it."""

    url: str
    title: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    external_id: str | None = None
    """The source's own id (a WordPress post's, a police event's, a feed's guid): identity beyond the URL."""
    lead: str | None = None
    html: str | None = None
    """The body as the API or feed gave it, unsanitised."""
    complete: bool = False
    """Whether ``html`` is the whole text, so that the page need not be fetched."""
    authors: tuple[str, ...] = ()
    category: str | None = None
    image_url: str | None = None
    place: str | None = None
    """A place the listing names (police location, kommun listing): weak evidence."""
    fingerprint: str | None = None
    """Hash of what the listing says of it; when it moves, the page is looked at again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A request for a listing, and how its answer is to be read."""

    kind: SourceKind
    request: Request
    purpose: str = "listing"
    """listing, signal (a cheap conditional question that stands for a dearer one) or home."""
    endpoint: str | None = None
    """Behind a signal: the address of the API that it stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """What the archive remembers of an article's page, for the turn that meets it again."""

    article_id: int
    url: str
    key: str
    """``urls.key`` of the address."""
    external_id: str | None
    fingerprint: str | None
    validators: Validators
    first_seen_at: datetime
    last_checked_at: datetime
    complete: bool = False
    """Whether the listing gave the whole text: then the page is asked only whether it is still there."""
    gone_at: datetime | None = None
    readdressed: bool = False
    """Whether the listing names it by an address that we have not met: it is known by the source's own id alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What one listing response holds."""

    links: tuple[Link, ...] = ()
    next_probe: Probe | None = None
    """What to ask next to complete this listing: a further page, or the API behind a feed that changed."""
    memory: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Additions to SourceState.memory."""
    ttl: timedelta | None = None
    """How long the listing itself says not to come back (RSS ttl, skipHours)."""
