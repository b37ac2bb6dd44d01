"""The places by an article's headline and end where its date stands, as against those of other stories."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aggregator import dates
from aggregator.extract import closing, marks
from aggregator.extract.titles import squeeze

if TYPE_CHECKING:
    from aggregator.extract.page import Page
    from aggregator.extract.tree import Node
    from aggregator.extract.trim import Trimmed

_OTHERS = re.compile(
    r"comment|kommentar|related|relaterad|sidebar|latest|senaste|teaser|widget|recommend|popular|trending|ticker|footer|"
    r"mest-?last|most-?read|more-|nav\b|menu|calendar|kalender|event|weather|archive|carousel|slider"
)
_BEFORE_HEADING = 15
_AFTER_TEXT = 60


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
    return Surroundings(near + far, _lines(page, trimmed, (start, first, last)))


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
        if above.marks and above is not container and _OTHERS.search(above.marks):
            return True
        above = above.parent
    return False


def _lines(page: Page, trimmed: Trimmed, ends: tuple[int, int, int]) -> list[str]:
    start, first, last = ends
    near = [node for node in page.order[start:first] if node.place >= first - 60]
    above = [line for node in near if (line := _short(node)) and _tells(line)]
    below = [line for node in page.order[last + 1 :] if (line := _short(node))]
    published = {line for line in below if dates.is_published_label(line)}
    if len(published) > 1:
        below = [line for line in below if line not in published]
    below = [line for line in below if dates.is_published_label(line) or dates.is_updated_label(line)]
    return [*trimmed.dated, *above, *below]


def _tells(line: str) -> bool:
    """Whether a line is there for its date: labelled, or with little else; a headline may hold one, too."""
    return bool(
        closing.BYLINE.match(line) or len(line) <= 30 or dates.is_published_label(line) or dates.is_updated_label(line)
    )


def _short(node: Node) -> str:
    """The text of a small place that holds a number; "" for any other."""
    if not 6 <= node.chars <= 120 or node.tag == "a":
        return ""
    line = squeeze(node.text())
    return line if any(char.isdigit() for char in line) else ""
