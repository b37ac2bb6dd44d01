"""A shelf in memory, and grouping all that stands on it."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from aggregator.group.linking import COMMON_SHINGLE, STANDING, WINDOW, Link, Shared, Text, best, nearest, versions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


class MemoryShelf:
    """All articles at once. ``texts`` come in the order of time, those without a date last."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self._all = list(texts)
        self.texts = {text.id: text for text in self._all}
        self._dates = [text.at for text in self._all if text.at is not None]
        self._by_shingle: defaultdict[int, array[int]] = defaultdict(lambda: array("l"))
        for rank, text in enumerate(self._all):
            for shingle in text.reading.indexed:
                self._by_shingle[shingle].append(rank)
        self._nearest: dict[int, list[Text]] = {}
        self._standing: dict[str, frozenset[int]] = {}
        self._standing = self._count()

    def text(self, text_id: int, /) -> Text:
        """The article with this id."""
        return self.texts[text_id]

    def sharing(self, text: Text, /) -> Iterable[Shared]:
        """The other articles within the window that have some of its indexed shingles."""
        first, last, undated = 0, len(self._all), len(self._dates)
        if text.at is not None:
            first, last = bisect_left(self._dates, text.at - WINDOW), bisect_right(self._dates, text.at + WINDOW)
        shared: Counter[int] = Counter()
        for shingle in text.reading.indexed:
            there = self._by_shingle[shingle]
            if len(there) > 1:
                close = there[bisect_left(there, first) : bisect_left(there, last)]
                if last < undated < len(self._all):
                    close += there[bisect_left(there, undated) :]
                if len(close) <= COMMON_SHINGLE:
                    shared.update(close)
        found = ((self._all[rank], count) for rank, count in shared.items())
        return [Shared(one.id, count, len(one.reading.indexed)) for one, count in found if one.id != text.id]

    def nearest(self, text: Text) -> list[Text]:
        """The articles that share most with this one; looked up once."""
        if text.id not in self._nearest:
            self._nearest[text.id] = nearest(text, self)
        return self._nearest[text.id]

    def standing(self, source: str, shingles: Collection[int], /) -> frozenset[int]:
        """Those of the shingles that are standing words of a source."""
        return self._standing.get(source, frozenset()).intersection(shingles)

    def _count(self) -> dict[str, frozenset[int]]:
        """The shingles of each source that stand in several texts of it, versions of one counted once."""
        roots = {text_id: text_id for text_id in self.texts}
        for text in self.texts.values():
            same = [one for one in self.nearest(text) if one.source == text.source and one.order < text.order]
            for other in versions(text, same):
                join(roots, text.id, other)
        return self._in_several(roots)

    def _in_several(self, roots: dict[int, int]) -> dict[str, frozenset[int]]:
        found: defaultdict[str, set[int]] = defaultdict(set)
        for shingle, there in self._by_shingle.items():
            if len(there) >= STANDING:
                texts = {(self._all[rank].source, root(roots, self._all[rank].id)) for rank in there}
                for source, count in Counter(source for source, _ in texts).items():
                    if count >= STANDING:
                        found[source].add(shingle)
        return {source: frozenset(shingles) for source, shingles in found.items()}

    def links(self) -> tuple[dict[int, Link], set[tuple[int, int]]]:
        """Each linked article's link, and the pairs that share a quote."""
        links: dict[int, Link] = {}
        related: set[tuple[int, int]] = set()
        for text in self.texts.values():
            link, others = best(text, self.nearest(text), self)
            related.update((other, text.id) for other in others)
            if link is not None:
                links[text.id] = link
        return links, related


def root(roots: dict[int, int], one: int) -> int:
    """The member that stands for the set that ``one`` is in (union-find with halved paths)."""
    while roots[one] != one:
        roots[one] = roots[roots[one]]
        one = roots[one]
    return one


def join(roots: dict[int, int], one: int, other: int) -> None:
    """Make two sets one."""
    first, second = sorted((root(roots, one), root(roots, other)))
    roots[second] = first
