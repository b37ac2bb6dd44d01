"""The tables of ``sources.toml`` as pydantic models: every key there is, its type and its limits.

The keys are promises to operators; what each does is told in docs/configuration.md, which a test compares with
this file.
"""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from aggregator.config import values
from aggregator.config.words import weights
from aggregator.model import ProjectStatus, Public, Publish, Role, SourceKind, TagKind

YEAR_SECONDS = 31_622_400
YEARS_DAYS = 36_600

TAG_KINDS = {
    "tema": "theme", "tagg": "theme", "tag": "theme", "municipality": "kommun", "kommuner": "kommun",
    "project": "projekt", "kalla": "källa", "source": "källa", "origin": "källa",
}  # fmt: skip
"""Other spellings of the kinds of tag, English ones among them."""

Line = Annotated[str, AfterValidator(values.line)]
Id = Annotated[str, AfterValidator(values.identifier)]
WebAddress = Annotated[str, AfterValidator(values.web_address)]
Language = Annotated[str, AfterValidator(values.language)]
Lines = Annotated[list[Line], BeforeValidator(values.strings)]
Selectors = Annotated[list[Annotated[str, AfterValidator(values.selector)]], BeforeValidator(values.strings)]
Seconds = Annotated[float, Field(ge=0, le=YEAR_SECONDS, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
SomeSeconds = Annotated[float, Field(gt=0, le=YEAR_SECONDS, allow_inf_nan=False)]
Hours = Annotated[float, Field(ge=0, le=YEARS_DAYS * 24, allow_inf_nan=False)]
Days = Annotated[float, Field(ge=0, le=YEARS_DAYS, allow_inf_nan=False)]


class Table(BaseModel):
    """A table whose unknown keys are errors, and whose values are what TOML says they are (no "5" for 5)."""

    model_config = ConfigDict(extra="forbid", strict=True)


class BoundsTable(Table):
    """How far a source's turn may go; in ``[aggregator]`` for all, in ``[[source]]`` for one."""

    min_delay_seconds: Seconds | None = None
    jitter: Share | None = None
    max_retries: Annotated[int, Field(ge=0, le=20)] | None = None
    page_deadline_seconds: SomeSeconds | None = None
    source_deadline_seconds: SomeSeconds | None = None
    max_page_bytes: Annotated[int, Field(ge=1, le=2**40)] | None = None
    max_new_pages: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    revisit_hours: Hours | None = None
    min_interval_seconds: Seconds | None = None
    max_interval_hours: Annotated[Hours, Field(gt=0)] | None = None


class AggregatorTable(BoundsTable):
    """``[aggregator]``."""

    archive: Line = "archive.db"
    feeds: Line = "feeds"
    base_url: Annotated[str, AfterValidator(values.base_address)] | None = None
    title: Line | None = None
    language: Language = "sv"
    timezone: Annotated[str, AfterValidator(values.time_zone)] = "Europe/Stockholm"
    user_agent_contact: Annotated[str, AfterValidator(values.contact)] = ""
    workers: Annotated[int, Field(ge=1, le=100)] | None = None
    allow_private: Annotated[
        list[Annotated[str, AfterValidator(values.host_and_port)]], BeforeValidator(values.strings)
    ] = []
    keep_listings_days: Days | None = None
    keep_runs_days: Days | None = None
    feed_limit: Annotated[int, Field(ge=1, le=1000)] | None = None
    stories: bool | None = None


class HintsTable(Table):
    """``[source.hints]``: selectors of this site that win over the general way."""

    links: Selectors = []
    title: Selectors = []
    body: Selectors = []
    date: Selectors = []
    drop: Selectors = []
    end_at: Lines = []


class SourceTable(BoundsTable):
    """One ``[[source]]``."""

    id: Id
    name: Line
    url: WebAddress
    kind: Annotated[SourceKind, BeforeValidator(partial(values.choice, SourceKind, {}))] = SourceKind.AUTO
    role: Annotated[Role, BeforeValidator(partial(values.choice, Role, {}))] = Role.NEWSPAPER
    publish: Annotated[Publish, BeforeValidator(partial(values.choice, Publish, {}))] = Publish.SUMMARY
    enabled: bool = True
    schedule: Annotated[str, AfterValidator(values.followed)] = "1h"
    quiet_hours: Annotated[Any, BeforeValidator(values.quiet_hours)] = None
    origin: Line | None = None
    language: Language | None = None
    branches: Lines = []
    drop_query: Lines = []
    include: Lines = []
    exclude: Lines = []
    municipality: Line | None = None
    hints: HintsTable = HintsTable()


class TagTable(Table):
    """One ``[[tag]]``."""

    kind: Annotated[TagKind, BeforeValidator(partial(values.choice, TagKind, TAG_KINDS))] = TagKind.THEME
    name: Line
    words: Annotated[dict[str, float], BeforeValidator(weights)] = {}
    likely: Lines = []
    weak: Lines = []
    phrases: Annotated[dict[str, float], BeforeValidator(weights)] = {}
    parties: Annotated[dict[str, float], BeforeValidator(weights)] = {}
    jointly: Annotated[dict[str, float], BeforeValidator(weights)] = {}
    requires: Lines = []
    excludes: Lines = []
    not_in: Lines = []
    places: Lines = []
    threshold: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)] | None = None
    yields_to: dict[Line, Share] = {}
    quotes: Share | None = None
    first_name: bool = False


class ContactTable(Table):
    """One contact of a ``[[project]]``; never published in feeds."""

    name: Line
    title: Line | None = None
    email: Line | None = None
    phone: Line | None = None


class ProjectTable(Table):
    """One ``[[project]]``."""

    name: Line
    aliases: Lines = []
    status: Annotated[ProjectStatus, BeforeValidator(partial(values.choice, ProjectStatus, {}))] = ProjectStatus.UNKNOWN
    description: str = ""
    contacts: list[ContactTable] = []
    links: Annotated[list[WebAddress], BeforeValidator(values.strings)] = []
    period: Line | None = None
    near: Lines = []
    never_near: Lines = []
    not_in: Lines = []
    page_url: WebAddress | None = None


class FeedTable(Table):
    """One ``[[feed]]``."""

    id: Id
    title: Line
    description: str = ""
    tags: Lines = []
    sources: Lines = []
    query: str = ""
    limit: Annotated[int, Field(ge=1, le=1000)] | None = None
    stories: bool | None = None
    group: Line = "Egna flöden"


class StaffTable(Table):
    """One ``[[web.staff]]``; hashes, never what is hashed."""

    name: Line
    password: Annotated[str, AfterValidator(values.argon2_hash)] = ""
    token: Annotated[str, AfterValidator(values.argon2_hash)] = ""


class WebTable(Table):
    """``[web]``."""

    host: Annotated[str, AfterValidator(values.listening_host)] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8000
    public: Annotated[Public, BeforeValidator(partial(values.choice, Public, {}))] | None = None
    staff: list[StaffTable] = []
    hosts: Annotated[list[Annotated[str, AfterValidator(values.host_name)]], BeforeValidator(values.strings)] = []
    trusted_proxies: Annotated[
        list[Annotated[str, AfterValidator(values.network)]], BeforeValidator(values.strings)
    ] = []
    secret_file: Line | None = None
    session_hours: Annotated[Hours, Field(gt=0)] | None = None


class Tables(BaseModel):
    """The whole file, each table read."""

    aggregator: AggregatorTable = AggregatorTable()
    web: WebTable = WebTable()
    source: list[SourceTable] = []
    tag: list[TagTable] = []
    project: list[ProjectTable] = []
    feed: list[FeedTable] = []


TABLES: dict[str, type[Table]] = {
    "aggregator": AggregatorTable,
    "web": WebTable,
    "web.staff": StaffTable,
    "source": SourceTable,
    "source.hints": HintsTable,
    "tag": TagTable,
    "project": ProjectTable,
    "project.contacts": ContactTable,
    "feed": FeedTable,
}


def keys(table: str) -> tuple[str, ...]:
    """The keys that one of TABLES may hold, in the order of its definition."""
    return tuple(TABLES[table].model_fields)
