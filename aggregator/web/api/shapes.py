"""What the API answers, as OpenAPI tells it. Times are UTC: ``2026-11-22T21:46:00Z``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Time = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", examples=["2026-11-22T21:46:00Z"])]
Kind = Literal["theme", "kommun", "projekt", "källa"]


class Shape(BaseModel):
    """A JSON object with these keys and no others."""

    model_config = ConfigDict(extra="forbid")


class Evidence(Shape):
    """What gave a tag."""

    rule: str
    words: str
    where: str
    weight: float


class Tag(Shape):
    """A tag of an article."""

    kind: Kind
    name: str
    score: float
    evidence: Annotated[list[Evidence], Field(description="Empty for whoever is not staff.")]


class Version(Shape):
    """An earlier wording."""

    at: Time
    title: str
    text: str


class Article(Shape):
    """An article as "aggregator export" writes it, with its number in the archive."""

    id: int
    guid: Annotated[str, Field(description="Permanent: a tag URI (RFC 4151).")]
    source: str
    source_name: str
    url: str
    canonical_url: str
    title: str
    lead: Annotated[str, Field(description="For whoever is not staff: at most 300 characters.")]
    text: Annotated[str | None, Field(description="null for whoever may not read it.")]
    html: Annotated[str | None, Field(description="Sanitised; null likewise.")]
    authors: list[str]
    category: str | None
    origin: Annotated[str | None, Field(description="Whose press release it is.")]
    image_url: str | None
    language: str | None
    published_at: Annotated[Time | None, Field(description="The outlet's word.")]
    updated_at: Annotated[Time, Field(description="When its wording last moved, or we first saw it.")]
    page_updated_at: Annotated[Time | None, Field(description="The outlet's word for its last change.")]
    fetched_at: Annotated[Time, Field(description="When we first saw it.")]
    gone_at: Annotated[Time | None, Field(description="When it had vanished from its site.")]
    tags: list[Tag]
    story: Annotated[int | None, Field(description="See /api/v1/stories/{id}.")]
    versions: Annotated[list[Version], Field(description="Earlier wordings; of one article, and for staff.")]


class Outlet(Shape):
    """Another outlet that has the same."""

    source: str
    source_name: str
    url: str


class Hit(Article):
    """An article that a search found."""

    snippet: Annotated[str | None, Field(description="The place that fits best, matches in [ ]; null for the public.")]
    score: float
    also: list[Outlet]


class Facet(Shape):
    """How many of the hits have one value."""

    kind: Annotated[str, Field(description="source, year, theme, kommun, projekt or källa")]
    name: str
    value: Annotated[str, Field(description="What narrows by it in the search line.")]
    count: int


class Page(Shape):
    """A page of a longer list."""

    next: Annotated[str | None, Field(description="The address of the next page; null on the last.")]


class Found(Page):
    """What a search found."""

    query: str
    understood: Annotated[bool, Field(description="false where the line was searched as plain words.")]
    total: Annotated[int, Field(description="Articles found; where more is true, at least so many.")]
    more: bool
    suggestion: Annotated[str | None, Field(description="The line as it may have been meant.")]
    hits: list[Hit]
    facets: list[Facet]


class Articles(Page):
    """Articles, the newest first."""

    articles: list[Article]


class TagCount(Shape):
    """A tag and how many articles bear it."""

    kind: Kind
    name: str
    articles: int


class Tags(Shape):
    """The tags that articles bear."""

    tags: list[TagCount]


class Contact(Shape):
    """A contact person."""

    name: str
    title: str | None
    email: Annotated[str | None, Field(description="null for whoever is not staff.")]
    phone: Annotated[str | None, Field(description="null likewise.")]


class Project(Shape):
    """A project, as "aggregator projects --json" tells it."""

    name: str
    aliases: list[str]
    status: Literal["ongoing", "finished", "unknown"]
    description: str
    contacts: list[Contact]
    links: list[str]
    period: str | None
    page_url: str | None
    page_updated_at: Time | None
    gone_at: Time | None
    articles: int


class Projects(Shape):
    """The register of projects."""

    projects: list[Project]


class Source(Shape):
    """An outlet that is followed, and how it fares."""

    id: str
    name: str
    url: str
    kind: str
    role: str
    enabled: bool
    articles: int
    new_last_week: int
    newest_at: Time | None
    last_checked_at: Time | None
    next_check_at: Time | None
    failing_since: Time | None
    reason: Annotated[str | None, Field(description="A code of docs/operating.md, while it fails.")]


class Sources(Shape):
    """The sources."""

    sources: list[Source]


class Feed(Shape):
    """A feed and its addresses by format."""

    id: str
    title: str
    description: str
    group: str
    addresses: dict[str, str]


class Feeds(Shape):
    """Every feed that is published."""

    opml: str
    feeds: list[Feed]


class Member(Shape):
    """An article of a story."""

    id: int
    guid: str
    source: str
    source_name: str
    title: str
    url: str
    published_at: Time | None
    fetched_at: Time
    gone_at: Time | None
    relation: Annotated[str, Field(description="single (the lead), version, copy, rewrite or pickup")]
    share: Annotated[float, Field(description="How much of the shorter of two texts stands in the other, 0 to 1.")]


class Story(Shape):
    """Articles that tell the same thing, the lead first."""

    id: int
    guid: str
    relation: str
    members: list[Member]
    related: Annotated[list[int], Field(description="Stories that share a quote with this one and little else.")]


class Pickup(Shape):
    """A press release in the hands of another outlet."""

    id: int
    guid: str
    source: str
    outlet: str
    title: str
    url: str
    published_at: Time
    delay_seconds: Annotated[int, Field(description="From the release; negative where the pickup is dated earlier.")]
    by_day: Annotated[bool, Field(description="Whether a time of day is missing, so that the delay is of whole days.")]
    share: Annotated[float, Field(description="How much of the release stands in it word for word, 0 to 1.")]
    words: int
    carried: int
    left_out: int
    added: int
    quotes: int
    quotes_kept: int
    headline_changed: bool
    told: Annotated[str, Field(description="The same in a line of Swedish.")]


class Release(Shape):
    """A press release, and who took it up."""

    id: int
    guid: str
    title: str
    url: str
    sender: str
    source: str
    source_name: str
    published_at: Time
    stands_in: Annotated[bool, Field(description="Whether the first article that names it stands for it.")]
    themes: list[str]
    projects: list[str]
    municipalities: list[str]
    pickups: list[Pickup]


class Releases(Page):
    """Press releases, the newest first."""

    releases: list[Release]


class ReleaseTotal(Shape):
    """What became of the releases under one name."""

    name: str
    releases: int
    picked_up: int
    not_picked_up: Annotated[int, Field(description="Not counted are those known from one outlet alone.")]
    pickups: int
    median_delay_seconds: int | None
    median_share: float | None


class ReleaseReport(Shape):
    """The figures of press releases."""

    total: ReleaseTotal
    not_picked_up: int
    months: list[ReleaseTotal]
    themes: list[ReleaseTotal]
    projects: list[ReleaseTotal]
    municipalities: list[ReleaseTotal]
    outlets: list[ReleaseTotal]
    senders: list[ReleaseTotal]


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: Annotated[list[str] | None, Field(description="Of 422: what is wrong, a line for each.")] = None
