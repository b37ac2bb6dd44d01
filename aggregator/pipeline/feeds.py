"""Which feeds there are: those of the configuration, and one for all, each tag, each source and each origin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from aggregator.model import Feed, Filter, TagKind
from aggregator.pipeline.impact import GROUP, impact_feed

if TYPE_CHECKING:
    from aggregator.archive import Archive
    from aggregator.model import Config

ALL = "alla"
GROUPS = {
    "Alla": "",
    "Teman": "Nyheter från hela länet efter ämne. En artikel kan höra till flera.",
    "Kommuner": "Nyheter som rör kommunen: det som händer där, och det som berör dem som bor där.",
    "Projekt": "Nyheter där projektet nämns vid namn och något sägs om det.",
    "Källor": "Allt från en och samma utgivare.",
    "Avsändare": "Nyheter som bygger på en organisations pressmeddelanden, hos alla utgivare som återger dem.",
    GROUP: "Vad det blev av pressmeddelandena: vilka som tog upp dem, hur snart och hur mycket ordagrant.",
}
"""The headings of index and OPML in their order, with what to say under them; groups of ``[[feed]]`` follow."""

_ASCII = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "ł": "l", "þ": "th", "ð": "d"})
_LAST = str.maketrans({"å": "z1", "ä": "z2", "ö": "z3", "é": "e", "ü": "y"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """How the feeds of one kind of tag are named."""

    prefix: str
    group: str
    describes: str


_KINDS: Mapping[TagKind, _Kind] = {
    TagKind.THEME: _Kind(prefix="tema", group="Teman", describes="Nyheter från hela länet om {lower}."),
    TagKind.KOMMUN: _Kind(prefix="kommun", group="Kommuner", describes="Nyheter som rör {name} kommun."),
    TagKind.PROJEKT: _Kind(prefix="projekt", group="Projekt", describes="Nyheter om {name}."),
    TagKind.ORIGIN: _Kind(
        prefix="avsandare",
        group="Avsändare",
        describes="Nyheter som {name} har skickat ut, i alla källor som återger dem.",
    ),
}


def all_feeds(config: Config, archive: Archive) -> tuple[Feed, ...]:
    """Every feed that is published now, in the order of index and OPML.

    A ``[[feed]]`` with the id of an automatic feed stands in its place. Ids are unique.
    """
    own = {feed.id: feed for feed in config.feeds}
    stories = config.settings.stories
    made = [replace(feed, stories=stories) for feed in _automatic(config, archive) if feed.id not in own]
    order = [*GROUPS, *(feed.group for feed in config.feeds if feed.group not in GROUPS)]
    return tuple(sorted([*made, *own.values()], key=lambda feed: order.index(feed.group)))


def document_title(feed: Feed, config: Config) -> str:
    """The feed's name in a reader, where no page stands around it: automatic feeds say whose they are."""
    if any(feed.id == own.id for own in config.feeds):
        return feed.title
    return config.settings.title if feed.id == ALL else f"{feed.title} – {config.settings.title}"


def _automatic(config: Config, archive: Archive) -> list[Feed]:
    limit = config.settings.feed_limit
    feeds = [
        Feed(
            id=ALL,
            title="Alla nyheter",
            description="Allt som publiceras av de källor vi följer.",
            limit=limit,
            group="Alla",
        )
    ]
    tags = [(found.kind, found.name) for found in archive.feed_tags()]
    for kind in _KINDS:
        names = sorted((name for of, name in tags if of is kind), key=alphabet)
        feeds += [_of_tag(kind, name, slug, limit) for name, slug in zip(names, slugs(names), strict=True)]
    with_articles = set(archive.feed_sources())
    names_of = {source.id: source.name for source in config.sources}
    ordered = [source.id for source in config.sources if source.id in with_articles]
    for source_id in [*ordered, *sorted(with_articles - set(ordered))]:
        name = names_of.get(source_id, source_id)
        feeds.append(
            Feed(
                id=f"kalla-{source_id}",
                title=name,
                description=f"Artiklar från {name}.",
                filter=Filter(sources=(source_id,)),
                limit=limit,
                group="Källor",
            )
        )
    if archive.pickup_count():
        feeds.append(impact_feed(limit))
    return feeds


def _of_tag(kind: TagKind, name: str, slug: str, limit: int) -> Feed:
    words = _KINDS[kind]
    # A theme's name joins what belongs together: "barn-unga" is read as "Barn och unga".
    spelled = name.replace("-", " och ") if kind is TagKind.THEME else name
    return Feed(
        id=f"{words.prefix}-{slug}",
        title=spelled[:1].upper() + spelled[1:],
        description=words.describes.format(name=spelled, lower=spelled[:1].lower() + spelled[1:]),
        filter=Filter(tags=((kind, name),)),
        limit=limit,
        group=words.group,
    )


def alphabet(name: str) -> tuple[str, str]:
    """The order of a Swedish list: å, ä and ö last; capitals as small letters."""
    return (name.casefold().translate(_LAST), name)


def slug(name: str) -> str:
    """A name in lower-case ASCII for an address: "Hälsa och vård" → "halsa-och-vard"; never empty."""
    parted = unicodedata.normalize("NFKD", name.casefold().translate(_ASCII))
    folded = "".join(char for char in parted if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:80].strip("-") or _mark(name)


def slugs(names: Sequence[str]) -> list[str]:
    """A slug for each name; where two names fold into one, the later bear a mark made from their spelling."""
    taken: set[str] = set()
    chosen = []
    for name in names:
        one = slug(name)
        if one in taken:
            one = f"{one}-{_mark(name)}"
        taken.add(one)
        chosen.append(one)
    return chosen


def _mark(name: str) -> str:
    return sha256(name.encode("utf-8", "replace")).hexdigest()[:6]


def digest(parts: Iterable[object]) -> str:
    """A short fingerprint of values whose ``repr`` says all of them."""
    return sha256("\x1f".join(repr(part) for part in parts).encode("utf-8", "replace")).hexdigest()
