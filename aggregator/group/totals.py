"""Figures of what became of releases: per month, theme, project, municipality, outlet and sender."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from aggregator.model import ReleaseReport, ReleaseTotal, TagKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from aggregator.model import ReleaseFilter


class Sent(NamedTuple):
    """A release: the archive's id, its local month ("2026-11"), whose it is."""

    article_id: int
    month: str
    sender: str
    stands_in: bool


class TakenUp(NamedTuple):
    """A pickup of a release: in which outlet, how many seconds later, and how much of it, 0..1."""

    release_id: int
    outlet: str
    seconds: int
    share: float


class Borne(NamedTuple):
    """A tag of a release."""

    article_id: int
    kind: TagKind
    name: str


def report(
    chosen: ReleaseFilter, sent: Sequence[Sent], taken: Sequence[TakenUp], borne: Iterable[Borne]
) -> ReleaseReport:
    """The report of these releases, of their pickups, and of their tags."""
    of_release: dict[int, list[TakenUp]] = defaultdict(list)
    for pickup in taken:
        of_release[pickup.release_id].append(pickup)
    named: dict[TagKind, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for tag in borne:
        named[tag.kind][tag.name].append(tag.article_id)
    standing_in = {one.article_id for one in sent if one.stands_in}
    months = _between([one.month for one in sent])
    by_month: dict[str, list[int]] = {month: [] for month in months}
    by_sender: dict[str, list[int]] = defaultdict(list)
    for one in sent:
        by_month[one.month].append(one.article_id)
        by_sender[one.sender].append(one.article_id)

    def total(name: str, ids: Sequence[int]) -> ReleaseTotal:
        own = sum(one not in of_release and one not in standing_in for one in ids)
        return replace(_total(name, [of_release.get(one, []) for one in ids]), not_picked_up=own)

    def totals(groups: Mapping[str, Sequence[int]]) -> tuple[ReleaseTotal, ...]:
        return _ordered(total, groups)

    return ReleaseReport(
        chosen=chosen,
        total=total("", [one.article_id for one in sent]),
        months=tuple(total(month, ids) for month, ids in by_month.items()),
        themes=totals(named[TagKind.THEME]),
        projects=totals(named[TagKind.PROJEKT]),
        municipalities=totals(named[TagKind.KOMMUN]),
        outlets=_outlets(taken),
        senders=totals(by_sender),
        outlet_months=_outlet_months({one.article_id: one.month for one in sent}, taken, months),
    )


def _total(name: str, taken: Sequence[Sequence[TakenUp]]) -> ReleaseTotal:
    """``taken`` holds the pickups of each release."""
    pickups = [one for of_one in taken for one in of_one]
    return ReleaseTotal(
        name=name,
        releases=len(taken),
        picked_up=sum(bool(of_one) for of_one in taken),
        not_picked_up=0,
        pickups=len(pickups),
        median_delay=timedelta(seconds=round(median(one.seconds for one in pickups))) if pickups else None,
        median_share=median(one.share for one in pickups) if pickups else None,
    )


def _ordered(
    total: Callable[[str, Sequence[int]], ReleaseTotal], groups: Mapping[str, Sequence[int]]
) -> tuple[ReleaseTotal, ...]:
    """Those with the most releases first."""
    made = [total(name, ids) for name, ids in groups.items()]
    return tuple(sorted(made, key=lambda one: (-one.releases, one.name)))


def _outlets(taken: Sequence[TakenUp]) -> tuple[ReleaseTotal, ...]:
    groups: dict[str, dict[int, list[TakenUp]]] = defaultdict(lambda: defaultdict(list))
    for one in taken:
        groups[one.outlet][one.release_id].append(one)
    made = [_total(outlet, list(of_release.values())) for outlet, of_release in groups.items()]
    return tuple(sorted(made, key=lambda one: (-one.pickups, one.name)))


def _outlet_months(
    month_of: Mapping[int, str], taken: Sequence[TakenUp], months: Sequence[str]
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(months, 0))
    for one in taken:
        counts[one.outlet][month_of[one.release_id]] += 1
    rows = [(outlet, tuple(of.values())) for outlet, of in counts.items()]
    return tuple(sorted(rows, key=lambda row: (-sum(row[1]), row[0])))


def _between(months: Sequence[str]) -> list[str]:
    """Every month from the first to the last."""
    if not months:
        return []
    first, last = min(months), max(months)
    year, month = int(first[:4]), int(first[5:7])
    found = []
    while (told := f"{year:04}-{month:02}") <= last:
        found.append(told)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found
