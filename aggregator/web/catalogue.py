"""What articles are about, as pages: themes, municipalities, projects, senders, each with its permanent address.

A page's address agrees with its feed's id: the feed ``tema-halsa`` has the page ``/tema/halsa``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aggregator.model import TagKind
from aggregator.pipeline.feeds import alphabet, slugs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from aggregator.archive import Archive, Borne, FeedTag
    from aggregator.model import Config


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One kind of topic, and how its pages are named."""

    kind: TagKind
    prefix: str
    """Of a topic's address and of its feed's id: "tema"."""
    path: str
    """Where all of them are listed: "/teman"."""
    heading: str
    several: str
    """Told with a number: "12 teman"."""
    one: str
    lead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One theme, municipality, project or sender."""

    kind: TagKind
    name: str
    slug: str
    articles: int = 0
    """All that bear it, those gone from their sites included."""
    lately: int = 0
    """Those of the last twelve months."""
    has_feed: bool = False

    @property
    def path(self) -> str:
        """Its page's permanent address."""
        return f"/{SHELVES[self.kind].prefix}/{self.slug}"

    @property
    def feed_id(self) -> str:
        """Its feed's."""
        return f"{SHELVES[self.kind].prefix}-{self.slug}"


SHELVES: Mapping[TagKind, Shelf] = {
    TagKind.THEME: Shelf(
        kind=TagKind.THEME,
        prefix="tema",
        path="/teman",
        heading="Teman",
        several="teman",
        one="Tema",
        lead="Vad nyheterna handlar om. En artikel kan höra till flera teman.",
    ),
    TagKind.KOMMUN: Shelf(
        kind=TagKind.KOMMUN,
        prefix="kommun",
        path="/kommuner",
        heading="Kommuner",
        several="kommuner",
        one="Kommun",
        lead="Nyheter som rör kommunen: det som händer där, och det som berör dem som bor där.",
    ),
    TagKind.PROJEKT: Shelf(
        kind=TagKind.PROJEKT,
        prefix="projekt",
        path="/projekt",
        heading="Projekt",
        several="projekt",
        one="Projekt",
        lead="Regionens projekt: vad de är, och vad som har skrivits om dem.",
    ),
    TagKind.ORIGIN: Shelf(
        kind=TagKind.ORIGIN,
        prefix="avsandare",
        path="/avsandare",
        heading="Avsändare",
        several="avsändare",
        one="Avsändare",
        lead="Organisationer vars pressmeddelanden har blivit nyheter, hos alla utgivare som återger dem.",
    ),
}


def topics(archive: Archive, config: Config, kind: TagKind, now: datetime) -> tuple[Topic, ...]:
    """All of a kind, in the order of a Swedish list; those of configuration and register without articles too."""
    return _topics(
        kind, archive.borne(kind, since=_a_year_back(now)), archive.feed_tags(), _known(archive, config, kind)
    )


def every_topic(archive: Archive, config: Config, now: datetime) -> dict[TagKind, tuple[Topic, ...]]:
    """The topics of all kinds."""
    borne, fed = archive.borne(since=_a_year_back(now)), archive.feed_tags()
    return {kind: _topics(kind, borne, fed, _known(archive, config, kind)) for kind in SHELVES}


def _known(archive: Archive, config: Config, kind: TagKind) -> set[str]:
    known = {rule.name for rule in config.tags if rule.kind is kind}
    return known | {project.name for project in archive.projects()} if kind is TagKind.PROJEKT else known


def _topics(
    kind: TagKind, all_borne: Iterable[Borne], all_fed: Iterable[FeedTag], known: set[str]
) -> tuple[Topic, ...]:
    borne = {one.name: one for one in all_borne if one.kind is kind}
    fed = sorted((tag.name for tag in all_fed if tag.kind is kind), key=alphabet)
    # Feeds are named first: another name that folds into the same address must not take it.
    names = [*fed, *sorted({*borne, *known}.difference(fed), key=alphabet)]
    followed = set(fed)
    found = [
        Topic(
            kind=kind,
            name=name,
            slug=slug,
            articles=borne[name].articles if name in borne else 0,
            lately=borne[name].lately if name in borne else 0,
            has_feed=name in followed,
        )
        for name, slug in zip(names, slugs(names), strict=True)
    ]
    return tuple(sorted(found, key=lambda topic: alphabet(topic.name)))


def _a_year_back(now: datetime) -> str:
    """The first of the twelve months that end with this one."""
    return f"{now.year - 1:04}-{now.month + 1:02}" if now.month < 12 else f"{now.year:04}-01"
