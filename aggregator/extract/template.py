"""What a site repeats on every page, learned from several of its pages: its template.

Pages fetched at one moment share their ticker, banners and teasers, and pages of one site their footers and standing
paragraphs; what is on many pages under different headlines is none's own. Nothing here knows any site's names.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from types import MappingProxyType
from typing import TYPE_CHECKING
from zlib import crc32

from aggregator import markup
from aggregator.extract import page as pages
from aggregator.extract import titles
from aggregator.extract.blocks import gather

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aggregator.extract.blocks import Block
    from aggregator.extract.page import RawPage
    from aggregator.extract.tree import Node

FEWEST = 3
"""So many pages under different headlines must share a text before it is the site's."""
STANDING = 0.3
"""Share of the pages that must hold a running text at the edge of an article before it is the site's."""
EVERYWHERE = 0.6
"""Share of the pages that must hold a line, or anything in the midst of an article, before it is the site's."""
RUNNING = 80
"""Letters from which a block is running text, and no line."""
OPENING_WORDS = 6
"""Words by which an excerpt is known as the beginning of another story."""
_LONGEST_PAGE = 1_500_000
_CONTAINERS = frozenset(("div", "section", "aside", "ul", "ol", "nav", "footer", "header", "form", "details", "dl"))
_BY_TAG = frozenset(("html", "body", "main", "article"))
_CELLS = frozenset(("td", "th"))
_BEGINNING = 3
_SENTENCE = 25
_OWN_TEXT = 15
_PLACE_SHARE = 0.7
_PLACE_OWN = 0.34
_VARIES = re.compile(r"\S*\d\S*|(?:category|tag|author|status|format|current|active)[-_]\S+")


@dataclass(frozen=True, slots=True)
class Template:
    """What is known of a site's frame. All numbers are hashes that hold between processes.

    An empty template is false, and changes nothing.
    """

    texts: Mapping[int, float] = field(default_factory=lambda: MappingProxyType({}))
    """A text at its place in the markup → the share of pages that hold it there."""
    places: frozenset[int] = frozenset()
    """Containers (``place_signs``) that hold the site's text and no page's own."""
    headlines: frozenset[int] = frozenset()
    """Headlines of stories (``text_sign``)."""
    openings: frozenset[int] = frozenset()
    """How stories begin (``opening_sign``)."""
    owners: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    """The beginning of a story (``text_sign``), where teasers repeat it whole → the story's headline."""

    def __bool__(self) -> bool:
        return bool(self.texts or self.places or self.headlines)


EMPTY = Template()


@dataclass(slots=True)
class _Seen:
    """One page as learning needs it."""

    title: int
    blocks: list[tuple[Block, int, int]]
    """Block, sign of its place, sign of its text."""
    signs: list[int]
    holds_headline: set[int]
    heading: int | None
    """Which block is the headline."""


def learn(raw: Sequence[RawPage], headlines: Iterable[str] = ()) -> Template:
    """The template of one site from some of its article pages, ``EMPTY`` from fewer than three different ones.

    The pages need be neither of one moment nor all of one kind; a dozen of the newest is plenty, and each costs about
    a parse. ``headlines`` are further headlines of the site's stories, from its listing. Never raises on any bytes.
    """
    seen: dict[int, _Seen] = {}
    openings: set[int] = set()
    for one in raw:
        looked = _look(one)
        if looked is not None and looked.title not in seen:
            seen[looked.title] = looked
            openings.update(_opening(looked))
    if len(seen) < FEWEST:
        return EMPTY
    shown = list(seen.values())
    named = {text_sign(line) for line in map(titles.squeeze, headlines) if len(line) >= 12}
    return Template(
        texts=MappingProxyType(_standing(shown)),
        places=_places(shown, openings),
        headlines=frozenset(named.union(seen)),
        openings=frozenset(openings),
        owners=MappingProxyType(_owners(shown)),
    )


def text_sign(text: str) -> int:
    """A text's hash: words alone, case ignored."""
    return int.from_bytes(blake2b(titles.loose(text).encode(), digest_size=8).digest())


def opening_sign(text: str) -> int | None:
    """The hash of a text's first words; None for a text of fewer."""
    words = titles.loose(text[:200]).split()[:OPENING_WORDS]
    return text_sign(" ".join(words)) if len(words) == OPENING_WORDS else None


def standing_sign(place: int, text: int) -> int:
    """A text at its place: the same words in a teaser and in the story that it points to are two."""
    return text ^ place << 31


def place_signs(order: list[Node]) -> list[int]:
    """For every element in page order the hash of its way down from the body: tags, classes and ids.

    Classes and ids with digits, or that name a category or author, vary from story to story and are left out.
    """
    signs: list[int] = []
    for node in order:
        above = signs[node.parent.place] if node.parent is not None else 0
        marks = "" if node.tag in _BY_TAG or not node.marks else _steady(node.marks)
        signs.append(crc32(f"{node.tag}.{marks}".encode(), above))
    return signs


@lru_cache(maxsize=4096)
def _steady(marks: str) -> str:
    return " ".join(sorted(word for word in marks.split() if not _VARIES.fullmatch(word)))


def _look(raw: RawPage) -> _Seen | None:
    if len(raw.body) > _LONGEST_PAGE or not raw.body.strip():
        return None
    html = markup.decode(markup.without_scripts(raw.body), raw.content_type)
    page = pages.read(html, raw.url, whole=True)
    title = titles.choose(page.head, page.h1s, page.site)
    if not page.order or not title:
        return None
    signs = place_signs(page.order)
    blocks = [(block, signs[block.node.place], text_sign(block.line)) for block in gather(page.order[0])]
    own = text_sign(title)
    heading = _heading(blocks, own)
    holds = {signs[node.place] for node in _above(blocks[heading][0].node)} if heading is not None else set()
    return _Seen(own, blocks, signs, holds, heading)


def _heading(blocks: list[tuple[Block, int, int]], own: int) -> int | None:
    """Which block is the headline itself; a ticker names the story, too, in a link."""
    spoken = [number for number, (block, _, text) in enumerate(blocks) if text == own and block.link_share < 0.8]
    h1 = next((number for number in spoken or range(len(blocks)) if blocks[number][0].node.tag == "h1"), None)
    return h1 if h1 is not None or not spoken else spoken[0]


def _above(node: Node | None) -> Iterable[Node]:
    while node is not None:
        yield node
        node = node.parent


def _opening(seen: _Seen) -> list[int]:
    """How the story begins: the first running text after its headline."""
    if seen.heading is None:
        return []
    for block, _, _ in seen.blocks[seen.heading + 1 :]:
        if len(block.line) >= 60 and block.link_share < 0.3:
            sign = opening_sign(block.line)
            return [] if sign is None else [sign]
    return []


def _owners(shown: list[_Seen]) -> dict[int, int]:
    """The first sentence after each headline that is not a banner, which follows many headlines."""
    beginnings = []
    for seen in shown:
        after = seen.blocks[seen.heading + 1 :] if seen.heading is not None else []
        spoken = [text for block, _, text in after if len(block.line) >= _SENTENCE and block.link_share < 0.5]
        beginnings.append((seen.title, spoken[:_BEGINNING]))
    ranks: defaultdict[int, list[int]] = defaultdict(list)
    for _, spoken in beginnings:
        for rank, text in enumerate(spoken):
            ranks[text].append(rank)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for title, spoken in beginnings:
        for rank, text in enumerate(spoken):
            if sum(other <= rank for other in ranks[text]) < FEWEST:
                found[text].add(title)
                break
    return {lead: named.pop() for lead, named in found.items() if len(named) == 1}


def _standing(shown: list[_Seen]) -> dict[int, float]:
    """Texts that enough pages hold in one place. Cells of tables repeat by nature, and are left out.

    So are a series' sentences ("Polisen har inga misstänkta"): what stands amid the text on many of its pages,
    with lines of the page's own before and after it in the same place, is the story's, however often it is said.
    """
    pages_with = _pages_with(shown)
    counts: Counter[int] = Counter()
    amid: Counter[int] = Counter()
    least: dict[int, float] = {}
    for seen in shown:
        ends: dict[int, tuple[int, int]] = {}
        for number, (_, place, text) in enumerate(seen.blocks):
            if pages_with[text] == 1:
                ends[place] = (ends.get(place, (number, number))[0], number)
        here: dict[int, bool] = {}
        for number, (block, place, text) in enumerate(seen.blocks):
            if block.node.tag not in _CELLS:
                sign = standing_sign(place, text)
                first, last = ends.get(place, (number, number))
                here[sign] = here.get(sign, False) or first < number < last
                least[sign] = STANDING if len(block.line) >= RUNNING else EVERYWHERE
        counts.update(here.keys())
        amid.update(sign for sign, inside in here.items() if inside)
    return {
        sign: count / len(shown)
        for sign, count in counts.items()
        if count >= FEWEST and count / len(shown) >= least[sign] and amid[sign] * 4 <= count
    }


def _pages_with(shown: list[_Seen]) -> Counter[int]:
    """Text → how many pages hold it, wherever."""
    return Counter(text for seen in shown for text in {text for _, _, text in seen.blocks})


def _places(shown: list[_Seen], openings: set[int]) -> frozenset[int]:
    """Containers most of whose text other pages hold too, and that hold no headline and hardly any text of a page.

    So a ticker is known on a page of another moment, when all its lines are others.
    """
    pages_with = _pages_with(shown)
    headlines = {seen.title for seen in shown}
    total: Counter[int] = Counter()
    shared: Counter[int] = Counter()
    present: defaultdict[int, set[int]] = defaultdict(set)
    own: defaultdict[int, set[int]] = defaultdict(set)
    for number, seen in enumerate(shown):
        for block, _, text in seen.blocks:
            size = len(block.line)
            others = pages_with[text] >= 2 or (text in headlines and text != seen.title)
            excerpt = not others and opening_sign(block.line) in openings
            is_own = not others and not excerpt and size >= _OWN_TEXT and block.link_share < 0.5
            for node in _above(block.node):
                if node.tag in _CONTAINERS:
                    place = seen.signs[node.place]
                    total[place] += size
                    present[place].add(number)
                    if others or excerpt:
                        shared[place] += size
                    if is_own:
                        own[place].add(number)
    never = set().union(*(seen.holds_headline for seen in shown))
    return frozenset(
        place
        for place, size in total.items()
        if place not in never
        and len(present[place]) >= max(FEWEST, 0.25 * len(shown))
        and shared[place] >= _PLACE_SHARE * size
        and len(own[place]) <= _PLACE_OWN * len(present[place])
    )
