"""Articles in any order → stories: who belongs together, who leads, and what the others are to the lead."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import urlsplit

from aggregator.group.likeness import likeness
from aggregator.group.linking import Order, Text
from aggregator.group.memory import MemoryShelf, join, root
from aggregator.group.reading import read
from aggregator.model import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


FULLEST = 0.6
"""Share of the longest member's words from which a text is full enough to lead."""
COPIED = 0.9
"""Share of the shorter text, and of the longer, from which one is a copy of the other."""
LAST = datetime.max.replace(tzinfo=UTC)

Name = TypeVar("Name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given(Generic[Name]):
    """An article to be grouped, under whatever name its owner has for it."""

    name: Name
    title: str
    text: str
    source: str = ""
    """The outlet's id; where it is empty, the address tells which outlet it is."""
    url: str = ""
    published_at: datetime | None = None
    """With a zone; None is near any time."""
    origin: bool = False
    """Whether its source is the origin of what it tells: a pressroom, an authority, a university, the police."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped(Generic[Name]):
    """A story."""

    members: tuple[Name, ...]
    """The lead first, then by time."""
    relation: Relation
    related: tuple[Name, ...] = ()
    """Articles of other stories that share a quote with a member, and little else."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What choosing a lead asks of a member."""

    id: int
    order: Order
    size: int
    """Of its text, in words or in characters, as long as it is the same for all."""
    origin: bool
    gone: bool = False


def group(articles: Iterable[Given[Name]]) -> tuple[Grouped[Name], ...]:
    """The stories of these articles, by the time of their leads; every article is in one.

    Neither the stories nor their order depends on the order of ``articles``. Articles more than 14 days apart are not
    compared; one without a date is compared with all.
    """
    given = list(articles)
    order = _orders(given)
    texts = [
        Text(
            id=at,
            source=one.source or urlsplit(one.url).netloc,
            at=one.published_at,
            reading=read(one.title, one.text),
            order=order[at],
        )
        for at, one in sorted(enumerate(given), key=lambda pair: order[pair[0]])
    ]
    links, pairs = MemoryShelf(texts).links()
    roots = {text.id: text.id for text in texts}
    for text_id, link in links.items():
        join(roots, text_id, link.to)
    stories: defaultdict[int, list[Text]] = defaultdict(list)
    for text in texts:
        stories[root(roots, text.id)].append(text)
    related: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        if root(roots, one) != root(roots, other):
            related[root(roots, one)].add(other)
            related[root(roots, other)].add(one)
    told = [(_told(given, members), sorted(related[at], key=order.__getitem__)) for at, members in stories.items()]
    told.sort(key=lambda story: order[story[0][0][0]])
    return tuple(
        Grouped(
            members=tuple(given[at].name for at in members),
            relation=relation,
            related=tuple(given[at].name for at in others),
        )
        for (members, relation), others in told
    )


def _told(given: Sequence[Given[Name]], members: Sequence[Text]) -> tuple[tuple[int, ...], Relation]:
    first = lead([Candidate(one.id, one.order, len(one.reading.stems), given[one.id].origin) for one in members])
    head = next(one for one in members if one.id == first)
    others = [one for one in members if one.id != first]
    relations = [to_lead(one, head)[0] for one in others]
    return (first, *(one.id for one in others)), of_story(relations, origin=given[first].origin)


def _orders(given: Sequence[Given[Name]]) -> list[Order]:
    """Where each stands; of articles that are wholly the same, one before the other, whichever."""
    seen: Counter[Order] = Counter()
    orders = []
    for one in given:
        order = order_of(one.published_at, one.source, one.title, one.text, str(one.name))
        orders.append((order[0], f"{order[1]} {seen[order]:06d}"))
        seen[order] += 1
    return orders


def order_of(at: datetime | None, *said: str) -> Order:
    """Where an article stands among all: by time, then by a hash of what it says."""
    return at or LAST, blake2b("\0".join(said).encode("utf-8", "replace"), digest_size=8).hexdigest()


def lead(members: Iterable[Candidate]) -> int:
    """Who leads: the origin's own where it is there, else the first that is nearly as full as the fullest.

    One that is gone leads only where all are.
    """
    everybody = list(members)
    there = [one for one in everybody if not one.gone] or everybody
    chosen = [one for one in there if one.origin] or there
    enough = FULLEST * max(one.size for one in chosen)
    return min((one for one in chosen if one.size >= enough), key=lambda one: one.order).id


def to_lead(member: Text, head: Text) -> tuple[Relation, float]:
    """What a member is to the lead, and how much of the text of the two that tells less stands in the other."""
    like = likeness(member.reading, head.reading)
    if member.source == head.source != "":
        return Relation.VERSION, like.share
    copied = min(like.share, like.back) >= COPIED
    return (Relation.COPY if copied else Relation.REWRITE), like.share


def of_story(relations: Sequence[Relation], *, origin: bool) -> Relation:
    """What a story is, by what its members are to a lead that is, or is not, the origin's."""
    if not relations:
        return Relation.SINGLE
    if all(one is Relation.VERSION for one in relations):
        return Relation.VERSION
    if origin:
        return Relation.PICKUP
    return Relation.REWRITE if Relation.REWRITE in relations else Relation.COPY
