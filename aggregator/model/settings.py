"""What the configuration says: sources, tag rules, projects, feeds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class SourceKind(StrEnum):
    """How a source's news is found; ``auto`` probes API, feed, sitemap and page, in that order."""

    AUTO = "auto"
    PAGE = "page"
    FEED = "feed"
    SITEMAP = "sitemap"
    WORDPRESS = "wordpress"
    POLICE = "police"
    PROJECTS = "projects"


class Role(StrEnum):
    """What an outlet is; an authority, university or pressroom is the origin of its own articles."""

    NEWSPAPER = "newspaper"
    BROADCASTER = "broadcaster"
    AUTHORITY = "authority"
    UNIVERSITY = "university"
    PRESSROOM = "pressroom"
    POLICE = "police"
    ORGANISATION = "organisation"


ORIGIN_ROLES = frozenset({Role.AUTHORITY, Role.UNIVERSITY, Role.PRESSROOM, Role.POLICE})
"""Outlets that are the origin of what they publish: in a story they lead."""


class Publish(StrEnum):
    """How much of an article our feeds may carry: title, lead, link and picture address, or all of it."""

    SUMMARY = "summary"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """CSS selectors and texts that an operator gives for one source; where present, they win.

    ``links``, ``title``, ``body``, ``date``: selectors. ``drop``: selectors of what is cut from the body.
    ``end_at``: a selector, or a text with which a paragraph begins; the body ends before it.
    """

    links: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    end_at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How far one source's turn may go, and how gently."""

    min_delay: timedelta = timedelta(seconds=2)
    """Pause between two requests to one host; a robots.txt Crawl-delay raises it."""
    jitter: float = 0.3
    """Share of a pause that chance may add to it."""
    max_retries: int = 2
    """Further tries of one request within a turn, after a failure that may pass."""
    page_deadline: timedelta = timedelta(seconds=30)
    """The wall-clock time of one whole response, redirects included."""
    source_deadline: timedelta = timedelta(minutes=10)
    """The wall-clock time of a source's turn."""
    max_page_bytes: int = 10_000_000
    """Cap on a response's bytes, on the wire and decoded, each."""
    max_new_pages: int = 100
    """New article pages fetched in a turn; the next turn continues."""
    revisit: timedelta = timedelta(hours=48)
    """How long an article is young, and therefore looked at again."""
    min_interval: timedelta = timedelta(minutes=10)
    """The least time between two checks of a listing, whatever the schedule says."""
    max_interval: timedelta = timedelta(days=2)
    """The longest that max-age, ttl or back-off may put off a check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An outlet that we follow and how to find its news: one ``[[source]]``."""

    id: str
    name: str
    url: str
    kind: SourceKind = SourceKind.AUTO
    role: Role = Role.NEWSPAPER
    publish: Publish = Publish.SUMMARY
    enabled: bool = True
    schedule: str = "1h"
    """An interval ("15m", "2h", "1d") or a five-field cron expression, in the configured time zone."""
    quiet_hours: tuple[time, time] | None = None
    """Local times between which nothing is due, e.g. 23:00 to 05:00."""
    origin: str | None = None
    """The organisation that stands behind every article of this source, if one does."""
    language: str = "sv"
    branches: tuple[str, ...] = ()
    """First path segments that are language branches of one text ("sv", "en", …), the preferred one first."""
    drop_query: tuple[str, ...] = ()
    """Glob patterns of query keys that name a view, not a page ("E-*", "sv.*")."""
    include: tuple[str, ...] = ()
    """Glob patterns of article addresses' paths; empty takes all."""
    exclude: tuple[str, ...] = ()
    """Glob patterns of paths that are never articles."""
    municipality: str | None = None
    """The kommun whose news this source carries: weak evidence for the tagger."""
    hints: Hints = Hints()
    bounds: Bounds = Bounds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``[aggregator]``: what holds for the whole program."""

    archive: str = "archive.db"
    feeds: str = "feeds"
    base_url: str = "http://localhost:8000/"
    """The address under which ``feeds/`` is served; ends in a slash."""
    title: str = "Nyheter från Örebro län"
    language: str = "sv"
    timezone: str = "Europe/Stockholm"
    user_agent_contact: str = ""
    """An address or URL at which a webmaster reaches the operator; part of the User-Agent."""
    workers: int = 8
    allow_private: frozenset[tuple[str, int]] = frozenset()
    """The only private (host, port) pairs that may be fetched: tests, intranets."""
    keep_listings: timedelta = timedelta(days=30)
    """How long the snapshots of listings are kept; article pages are kept for good."""
    keep_runs: timedelta = timedelta(days=400)
    """How long the reports of runs and crawls are kept."""
    feed_limit: int = 50
    """Entries in a feed's document; older ones go to archive documents (RFC 5005)."""
    stories: bool = True
    """Whether a story is one entry of a feed, whatever number of articles it has."""
    bounds: Bounds = Bounds()


class Public(StrEnum):
    """What ``aggregator serve`` shows to whoever has not signed in."""

    FEEDS = "feeds"
    """Feeds, headlines, leads and what the pages say of them; texts are for staff."""
    NOTHING = "nothing"
    """The page to sign in on, alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """One who may read texts and correct tags: one ``[[web.staff]]``."""

    name: str
    password: str = ""
    """The argon2 hash of what they sign in with in a browser; empty where they do not."""
    token: str = ""
    """The argon2 hash of what their programs send to the API; likewise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """``[web]``: how the archive is served to browsers and programs."""

    host: str = "127.0.0.1"
    port: int = 8000
    public: Public | None = None
    """None where the configuration does not say."""
    staff: tuple[Staff, ...] = ()
    hosts: tuple[str, ...] = ()
    """Host names under which it may be asked for, besides that of ``base_url`` and localhost."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses or networks of reverse proxies whose X-Forwarded-For and -Proto are believed."""
    secret_file: str = ""
    """Holds the key that signs cookies; empty for ``.<archive>.secret`` beside the archive."""
    session: timedelta = timedelta(hours=12)
    """How long one stays signed in."""


class TagKind(StrEnum):
    """The four kinds of tag; see docs/tags.md for what each promises."""

    THEME = "theme"
    KOMMUN = "kommun"
    PROJEKT = "projekt"
    ORIGIN = "källa"


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRule:
    """One ``[[tag]]``: what gives a tag, and what takes it away."""

    kind: TagKind
    name: str
    words: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    """Word or phrase → weight. A word matches its inflections; ``*word*`` matches inside compounds too."""
    requires: tuple[str, ...] = ()
    """Words or phrases of which one must stand near (the same or the next sentence)."""
    excludes: tuple[str, ...] = ()
    """Words or phrases whose presence near takes a match away."""
    not_in: tuple[str, ...] = ()
    """Phrases that contain a word of this rule and mean something else ("media hälsas välkommen")."""
    places: tuple[str, ...] = ()
    """Localities that count for a kommun."""
    threshold: float | None = None
    """The score from which the tag is given; None takes its kind's default."""
    yields_to: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    """Theme → the share of this theme's score that is lost where that theme is certain (an injury in sport)."""
    parties: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    """Word or phrase → how many parties it names; a municipality's name is always one."""
    jointly: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    """Word or phrase → its weight in a sentence that names two parties or more; elsewhere it says nothing."""
    quotes: float = 0.5
    """How much a word counts in quoted speech, as against the piece's own words."""
    first_name: bool = False
    """A kommun that is also a first name (Nora): the bare word needs a preposition of place or an institution."""


class ProjectStatus(StrEnum):
    """Where a project stands, by its heading on the project page or by the register."""

    ONGOING = "ongoing"
    FINISHED = "finished"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A project's contact person, as the project page names them. Never published in feeds."""

    name: str
    title: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the archive writes a name: articles that have it in lower case, and with a capital within a sentence."""

    lower: int = 0
    capital: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A named undertaking: from ``[[project]]``, or read from a project page."""

    name: str
    aliases: tuple[str, ...] = ()
    status: ProjectStatus = ProjectStatus.UNKNOWN
    description: str = ""
    contacts: tuple[Contact, ...] = ()
    links: tuple[str, ...] = ()
    period: str | None = None
    """As written: "2020-09 – 2022-09"."""
    near: tuple[str, ...] = ()
    """Words of which one must stand near, where the name is an ordinary word."""
    never_near: tuple[str, ...] = ()
    """Words that, near, show another meaning (motocross, ishockey)."""
    not_in: tuple[str, ...] = ()
    """Phrases that contain the name and mean something else ("område nära vård")."""
    page_url: str | None = None
    page_updated_at: datetime | None = None
    gone_at: datetime | None = None
    """When it had disappeared from its page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which articles a feed holds; the conditions are joined by AND, the values of one by OR."""

    tags: tuple[tuple[TagKind, str], ...] = ()
    sources: tuple[str, ...] = ()
    query: str = ""
    """A search line (DESIGN.md section 6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A publication of ours: one ``[[feed]]``, or one made for every tag, source and project."""

    id: str
    title: str
    description: str = ""
    filter: Filter = Filter()
    limit: int = 50
    stories: bool = True
    """Whether a story is one entry."""
    group: str = ""
    """The heading under which index and OPML list it: "Teman", "Kommuner", …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All of ``sources.toml``, parsed once at the door."""

    settings: Settings = Settings()
    sources: tuple[Source, ...] = ()
    tags: tuple[TagRule, ...] = ()
    projects: tuple[Project, ...] = ()
    feeds: tuple[Feed, ...] = ()
    web: Web = Web()
