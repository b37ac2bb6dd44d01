"""Which words of one text stand word for word in another, wherever they were moved to.

Local alignment by chains of matching blocks, as sequence aligners do it (seed, chain, fill): maximal runs of equal
words are the blocks; neighbouring blocks whose gaps are short on both sides form a chain; chains are taken best
first, each word once, and the short gaps inside a chain are filled by a longest common subsequence. A paragraph that
was moved is a chain of its own, so order costs nothing. A chain counts from a weight that texts on one subject do not
reach by chance: names and idioms that both use are no copying (docs/decisions/0910-overlap-by-chains-of-blocks.md).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from enum import Enum
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from aggregator import markup

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from aggregator.group.spelled import Word

Key = TypeVar("Key", bound="Hashable")

REACH = 10
"""Words that a gap between two blocks of a chain may hold, on either side."""

GAP_COST = 0.25
"""What each word of a gap takes from a chain's weight; a word carried gives 1, a name or function word ``LIGHT``."""

LIGHT = 0.5

ENOUGH = 4.6
"""The weight from which a chain is copying."""

ENOUGH_OF_A_COPY = 3.0
"""The same between texts of which one is known to be made from the other, ..."""

KNOWN = 0.2
"""... which they are where so much of it was carried by surer chains."""

SENTENCE = 3
"""Words from which a sentence, standing alone, is ..."""

MOST = 0.6
"""... where at least so much of it stands in both texts."""

CROWDED = 9
"""Pairs of places of one word beyond which the word alone begins no block: it stands everywhere."""

THRONGED = 400
"""The same of two words that follow each other: a table, or one word over and over, is no text to be carried over."""

FUNCTION_WORDS = markup.words(
    "och i att det som en på är av för med till den har de inte om ett han hon men var jag vi sig från så kan när nu"
    " ska skall nya där under vid alla mot än år efter vara hade blir man bli få får kommer då ut över också sin sina"
    " sitt eller detta denna dessa dem dess oss er ni du mycket mer mest flera många några någon något hur vad vilka"
    " vilket vilken kunde skulle varit blev här upp ner in genom mellan hos även bara just utan både samt ännu nog"
    " the of and to a in is that for on with as at by an be this are was it from or und der die das"
)


class Block(NamedTuple):
    """A run of equal words: ``length`` words from ``here`` in one text and from ``there`` in the other."""

    here: int
    there: int
    length: int


class _Link(NamedTuple):
    """A block, cut to where its best chain goes on, that chain's weight, and the link before; -1 for none."""

    block: Block
    weight: float
    before: int


class Aligned(NamedTuple):
    """Which words of two texts are the same."""

    places: list[int]
    """For each word of the one, the place in the other of the word that it is, or -1."""
    met: list[bool]
    """For each word of the other, whether it is one of the one's."""


def align(one: Sequence[Word], other: Sequence[Word]) -> Aligned:
    """Align two texts. Each word is met once; then passages that only one text has twice are met again."""
    mine, theirs = [word.key for word in one], [word.key for word in other]
    if mine == theirs:
        return Aligned(list(range(len(mine))), [True] * len(mine))
    if not mine or not theirs:
        return Aligned([-1] * len(mine), [False] * len(theirs))
    worth = [0.0, *accumulate(LIGHT if word.name or word.key in FUNCTION_WORDS else 1.0 for word in one)]
    links = _chained(sorted(_blocks(mine, theirs)), worth)
    taking = _Taking(one, other, links, worth)
    ends = sorted(range(len(links)), key=lambda at: (-links[at].weight, links[at].block))
    for end in ends:
        taking.take(end, ENOUGH)
    if sum(place >= 0 for place in taking.places) >= KNOWN * len(one):
        for end in ends:
            taking.take(end, ENOUGH_OF_A_COPY)
    for twice in (_Twice.THERE, _Twice.HERE):
        for end in ends:
            taking.take(end, ENOUGH, twice)
    return Aligned(taking.places, [bool(gone) for gone in taking.gone])


def _blocks(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[Block]:
    """The maximal runs of equal words that hold two words which are not everywhere, and rare single words."""
    after_mine, after_theirs = [*mine[1:], ">"], [*theirs[1:], "»"]  # no word is either, so that runs end there
    pairs, often = _places(zip(theirs, after_theirs, strict=True)), Counter(zip(mine, after_mine, strict=True))
    singles, counts = _places(theirs), Counter(mine)
    reached: dict[int, int] = {}
    for here, (key, after) in enumerate(zip(mine, after_mine, strict=True)):
        together = pairs.get((key, after), ())
        for there in together if len(together) * often[key, after] <= THRONGED else ():
            if here >= reached.get(there - here, 0):
                block = _run(mine, theirs, here, there)
                reached[there - here] = block.here + block.length
                yield block
        alone = singles.get(key, ())
        if len(alone) * counts[key] <= CROWDED and key not in FUNCTION_WORDS:
            for there in alone:
                if here >= reached.get(there - here, 0) and after_theirs[there] != after:
                    yield Block(here, there, 1)


def _places(found: Iterable[Key]) -> dict[Key, list[int]]:
    places: dict[Key, list[int]] = defaultdict(list)
    for at, key in enumerate(found):
        places[key].append(at)
    return places


def _run(mine: Sequence[str], theirs: Sequence[str], here: int, there: int) -> Block:
    """The whole run in which two equal words stand."""
    length, most = 2, min(len(mine) - here, len(theirs) - there)
    while length < most and mine[here + length] == theirs[there + length]:
        length += 1
    while here and there and mine[here - 1] == theirs[there - 1]:
        here, there, length = here - 1, there - 1, length + 1
    return Block(here, there, length)


def _chained(blocks: Sequence[Block], worth: Sequence[float]) -> list[_Link]:
    """Each block, sorted by place, with the best chain that it ends."""
    links: list[_Link] = []
    ending: dict[int, list[int]] = defaultdict(list)
    for block in blocks:
        here, there, length = block
        own = worth[here + length] - worth[here]
        best = _Link(block, own, -1)
        # A block before may run into this one by a word or two that stand twice on one side.
        for end in range(here - REACH, here + min(length, 4)):
            for at in ending.get(end, ()):
                earlier = links[at].block
                skipped, passed = here - end, there - earlier.there - earlier.length
                cut = max(0, -skipped, -passed)
                if cut >= length or cut > 3:
                    continue
                gap = max(skipped, passed) + cut
                weight = links[at].weight + own - (worth[here + cut] - worth[here]) - GAP_COST * gap
                if gap <= REACH and weight > best.weight:
                    best = _Link(Block(here + cut, there + cut, length - cut), weight, at)
        ending[here + length].append(len(links))
        links.append(best)
    return links


class _Twice(Enum):
    """In which text words that were met already may be met again: the other text has their passage twice."""

    HERE = "here"
    THERE = "there"


class _Sentences:
    """Where the sentences of a text begin."""

    def __init__(self, text: Sequence[Word]) -> None:
        self._starts = [at for at, word in enumerate(text) if word.opens]
        self._end = len(text)

    def span(self, first: int, end: int) -> int:
        """The words of the sentences in which the words from ``first`` to ``end`` stand."""
        start = bisect_right(self._starts, first) - 1
        after = bisect_left(self._starts, end)
        return (self._starts[after] if after < len(self._starts) else self._end) - self._starts[start]


class _Taking:
    """Chains taken one after another, each word of either text once."""

    def __init__(
        self, one: Sequence[Word], other: Sequence[Word], links: Sequence[_Link], worth: Sequence[float]
    ) -> None:
        self._one = one
        self._other = other
        self._mine = _Sentences(one)
        self._theirs = _Sentences(other)
        self._links = links
        self._worth = worth
        self._used: set[int] = set()
        self.gone = bytearray(len(other))
        self.places = [-1] * len(one)

    def take(self, end: int, enough: float, twice: _Twice | None = None) -> None:
        """Take what is free of the chain with this end, if its weight is enough, or it is a sentence."""
        if self._links[end].weight < LIGHT * SENTENCE:
            return
        chain: list[Block] = []
        numbers: list[int] = []
        at = end
        while at >= 0 and at not in self._used:
            numbers.append(at)
            chain[:0] = self._free(self._links[at].block, twice)
            at = self._links[at].before
        if chain and (self._weight(chain) >= enough or self._sentence(chain)):
            self._used.update(numbers)
            for block in chain:
                self._mark(block)
            for first, second in pairwise(chain) if twice is None else ():
                self._fill(first, second)

    def _free(self, block: Block, twice: _Twice | None) -> list[Block]:
        """What is not taken of a block, as blocks."""
        free: list[Block] = []
        for step in range(block.length):
            here, there = block.here + step, block.there + step
            taken = self.places[here] >= 0 and twice is not _Twice.HERE
            if taken or (self.gone[there] and twice is not _Twice.THERE):
                continue
            if free and free[-1].here + free[-1].length == here:
                free[-1] = free[-1]._replace(length=free[-1].length + 1)
            else:
                free.append(Block(here, there, 1))
        return free

    def _weight(self, chain: Sequence[Block]) -> float:
        words = sum(self._worth[block.here + block.length] - self._worth[block.here] for block in chain)
        gaps = (
            max(second.here - first.here - first.length, second.there - first.there - first.length)
            for first, second in pairwise(chain)
        )
        return words - GAP_COST * sum(gaps)

    def _sentence(self, chain: Sequence[Block]) -> bool:
        """Whether the chain is most of the sentences that it stands in, in both texts."""
        length = sum(block.length for block in chain)
        first, last = chain[0], chain[-1]
        here = self._mine.span(first.here, last.here + last.length)
        there = self._theirs.span(first.there, last.there + last.length)
        return length >= SENTENCE and length >= MOST * max(here, there)

    def _mark(self, block: Block) -> None:
        for step in range(block.length):
            if self.places[block.here + step] < 0:
                self.places[block.here + step] = block.there + step
            self.gone[block.there + step] = 1

    def _fill(self, first: Block, second: Block) -> None:
        """Take the words that both gaps between two blocks of a chain hold in the same order."""
        mine = [at for at in range(first.here + first.length, second.here) if self.places[at] < 0]
        theirs = [at for at in range(first.there + first.length, second.there) if not self.gone[at]]
        if mine and theirs:
            keys = [self._one[at].key for at in mine], [self._other[at].key for at in theirs]
            for here, there in _common(*keys):
                self._mark(Block(mine[here], theirs[there], 1))


def _common(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of a longest common subsequence, from its end."""
    table = [[0] * (len(theirs) + 1) for _ in range(len(mine) + 1)]
    for i, key in enumerate(mine, 1):
        for j, other in enumerate(theirs, 1):
            same = table[i - 1][j - 1] + 1 if key == other else 0
            table[i][j] = max(same, table[i - 1][j], table[i][j - 1])
    i, j = len(mine), len(theirs)
    while i and j:
        if mine[i - 1] == theirs[j - 1]:
            i, j = i - 1, j - 1
            yield i, j
        elif table[i - 1][j] >= table[i][j - 1]:
            i -= 1
        else:
            j -= 1
