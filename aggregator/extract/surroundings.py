"""The places by an article's headline and end where its date stands, as against those of other stories."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aggregator import dates
from aggregator.extract import closing, marks
from aggregator.extract.titles import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aggregator.extract.page import Page
    from aggregator.extract.tree import Node
    from aggregator.extract.trim import Trimmed

_DIGIT = re.compile(r"\d")
_BEFORE_HEADING = 15
_AFTER_TEXT = 60
_REACH = 400


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Marked places of dates, the best first, and visible lines that may hold one."""

    dated: list[Node]
    lines: list[str]


def look(page: Page, container: Node, trimmed: Trimmed) -> Surroundings:
    """The dates of this article: from a little before its headline to a little after its end.

    Several "Posted …" below the text date other stories, and a date far above it is the day of the visit.
    """
    first, last = trimmed.blocks[0].node.place, trimmed.blocks[-1].node.place
    heading = max((node.place for node in page.h1s if node.place < first), default=first)
    start, end = max(0, heading - _BEFORE_HEADING), last + _AFTER_TEXT
    near = [node for node in page.dated if start <= node.place <= end and not _of_others(node, container)]
    far = [
        node
        for node in page.dated
        if node.place < start and not _of_others(node, container) and node.within(_scope(container))
    ]
    reach = page.order[max(start, first - 60) : first] + page.order[last + 1 : last + _REACH]
    small = [(node.place, line) for node, line in _numbered(reach) if not _of_others(node, container)]
    above = [line for place, line in small if place < first and _tells(line)]
    below = [line for place, line in small if place > last]
    return Surroundings(near + far, [*trimmed.dated, *above, *_labelled(below)])


def _scope(container: Node) -> Node:
    """The article element around the container, or the container itself."""
    node: Node | None = container
    while node is not None:
        if node.tag in ("article", "main"):
            return node
        node = node.parent
    return container


def _of_others(node: Node, container: Node) -> bool:
    """Whether a place belongs to another story, a comment, or the site's edge."""
    above: Node | None = node
    while above is not None and not container.within(above):
        if above.tag in marks.SIDE_TAGS or above.tag in ("a", "article"):
            return True
        if above.marks and above is not container and above.said & marks.OTHERS:
            return True
        above = above.parent
    return False


def _labelled(below: list[str]) -> list[str]:
    """Lines below the text count by their label only, and not where they date several stories."""
    published = {line for line in below if dates.is_published_label(line)}
    kept = [line for line in below if dates.is_updated_label(line)]
    return [*published, *kept] if len(published) == 1 else kept


def _tells(line: str) -> bool:
    """Whether a line is there for its date: labelled, or with little else; a headline may hold one, too."""
    return bool(
        closing.BYLINE.match(line) or len(line) <= 30 or dates.is_published_label(line) or dates.is_updated_label(line)
    )


def _numbered(reach: list[Node]) -> Iterator[tuple[Node, str]]:
    """Small places with their text where that holds a number; none that only wraps another."""
    without = 0
    for node in reach:
        if not 6 <= node.chars <= 120 or node.tag == "a" or node.place < without or _wraps(node):
            continue
        text = node.text()
        if not _DIGIT.search(text):
            without = node.end
        elif _DIGIT.search(line := squeeze(text)):
            yield node, line


def _wraps(node: Node) -> bool:
    if node.end == node.place + 1:
        return False
    kids = [kid for kid in node.kids if not isinstance(kid, str) or kid.strip()]
    return len(kids) == 1 and not isinstance(kids[0], str) and kids[0].tag != "a"
