"""The places by an article's headline and end where its date stands, as against those of other stories."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aggregator import dates
from aggregator.dates import Said
from aggregator.extract import closing, marks
from aggregator.extract.elements import HEADINGS
from aggregator.extract.titles import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aggregator.extract.page import Page
    from aggregator.extract.tree import Node
    from aggregator.extract.trim import Trimmed

_DIGIT = re.compile(r"\d")
_DATED = re.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}\.\s?(?:\d{1,2}\.|[^\W\d]{3,9}\.?)\s?(?:20)?\d\d(?!\d)|\d{1,2} [^\W\d]{3,9},? 20\d\d"
)
_DATELINE = re.compile(
    r"(?:(?!Den\b|Am\b|On\b|Vom\b)[A-ZÅÄÖ][\w .-]{1,30}[ ,]\s?)??"
    r"(\d{4}-\d\d-\d\d|\d{1,2}\.\s?\d{1,2}\.\s?20\d\d|\d{1,2}\.? [^\W\d]{3,9} 20\d\d)\s*[–—:-]\s"
)
_CLOCK_AND_PLACE = re.compile(
    r"\bkl(?:ockan)?\.?\s*\d{1,2}(?:[.:]\d\d)?(?:\s*[–-]\s*\d{1,2}(?:[.:]\d\d)?)?,?\s+[A-ZÅÄÖ][a-zåäö]{2}"
)
_DAYS = re.compile(
    rf"(?<![\d-])\d{{1,2}}(?:\s+(?:{dates.MONTH}))?\s*[–—-]\s*\d{{1,2}}\s+(?:{dates.MONTH})\b", re.IGNORECASE
)
"""From one day to another."""
_EVENTS = re.compile(r"(?:tid|plats|lokal|var|klockan|kl|arrangör)\b")
_SAID = (Said.PUBLISHED, Said.UPDATED)
_WORDS = {Said.PUBLISHED: "publicerad", Said.UPDATED: "uppdaterad", Said.OTHER: "granskad"}
"""A label of the same meaning for what is labelled in a line before."""
_BEFORE_HEADING, _AFTER_HEADING = 15, 25
_BEFORE_TEXT, _AFTER_TEXT = 60, 60
_REACH = 400
_OPENING = 3
_BARE = 2
_FEW_WORDS = 4
_SHORT, _ALONE, _LONG, _STORY = 6, 34, 40, 800


class Surroundings:
    """Where readers see an article's dates; nothing is looked for before it is asked for.

    From a little before its headline to a little after its end: several "Posted …" below the text date other stories,
    and a date far above it is the day of the visit. With ``hinted`` lines nothing else counts.
    """

    def __init__(self, page: Page, container: Node, trimmed: Trimmed, hinted: Sequence[str] = ()) -> None:
        self._page, self._container, self._trimmed, self._hinted = page, container, trimmed, hinted
        self._first, self._last = trimmed.blocks[0].node.place, trimmed.blocks[-1].node.place
        headline = max((node for node in page.h1s if node.place < self._first), key=_place, default=None)
        self._heading = headline.place if headline is not None else self._first
        self._own = _scope(container if headline is None else _common(headline, container))
        self._start = max(0, self._heading - _BEFORE_HEADING)

    def places(self) -> list[Node]:
        """Marked places of dates, the best first."""
        if self._hinted:
            return []
        start, end, scope = self._start, self._last + _AFTER_TEXT, _scope(self._container)
        dated = [node for node in self._page.dated if node.place <= end and not self._of_others(node)]
        near = sorted((node for node in dated if node.place >= start), key=self._is_day_apart)
        far = [node for node in dated if node.place < start and node.within(scope)]
        return near + far

    def unmarked(self) -> list[Node]:
        """Places by the headline that hold little else than a date.

        For pages that mark none, and those whose wrappers are named after a sidebar or a carousel, so that all in them
        seems to be another story's.
        """
        if self._hinted:
            return []
        order = self._page.order
        places = order[self._start : self._heading + _AFTER_HEADING]
        small = [node for node in places if _SHORT <= node.chars <= _LONG or node.tag == "time"]
        small = [node for node in small if not _is_link(node)]
        found = [
            node
            for node in small
            if _is_stamp(node, order) and not self._of_another(node) and not self._in_sites_head(node)
        ]
        return sorted(found, key=lambda node: (self.is_apart(node), node.attr("datetime") is None))

    def is_apart(self, node: Node) -> bool:
        """Whether a place stands above what holds headline and text, as the day of the visit does on many sites."""
        return node.place < self._heading and not node.within(self._own)

    def dateline(self) -> str:
        """The date with which the text itself begins, or its body behind the lead: "Örebro 4 maj 2023 – "."""
        found = (_DATELINE.match(block.line) for block in self._trimmed.blocks[:_OPENING])
        return next((match[1] for match in found if match), "")

    def texts(self, longest: int) -> Iterator[Node]:
        """Short places with text of their own, from a little before the headline to a little after the end."""
        end = self._last + _AFTER_TEXT
        for node in reversed(self._page.texts):
            if self._start <= node.place <= end and node.chars <= longest:
                yield node

    def links(self, longest: int) -> Iterator[Node]:
        """Short links, likewise."""
        for node in self._page.order[self._start : self._last + _AFTER_TEXT]:
            if node.tag == "a" and 0 < node.chars <= longest:
                yield node

    def is_ours(self, node: Node) -> bool:
        """Whether a place belongs to no other story, comment or the site's edge."""
        place = node.parent or node if node.tag == "a" else node
        return not self._of_others(place)

    def begins_after(self, node: Node) -> bool:
        """Whether the running text begins after a place."""
        begin = next((block.node.place for block in self._trimmed.blocks if block.running), self._last)
        return node.place < begin

    def is_over_headline(self, node: Node) -> bool:
        """Whether the headline lies in a place."""
        return node.place <= self._heading < node.end

    def lines(self) -> Sequence[str]:
        """Visible lines that may hold a date."""
        if self._hinted:
            return self._hinted
        order = self._page.order
        above = _numbered(order, max(self._start, self._first - _BEFORE_TEXT), self._first)
        told: list[str] = []
        within: Node | None = None
        for node, line in above:
            if within is not None and node.within(within):
                continue  # a labelled line's date in an element of its own
            said = dates.label(line)
            within = node if said else within
            apart = said not in _SAID and self.is_apart(node)
            if _tells(line) and not (apart or self._of_others(node) or _is_event(node, line)):
                before = Said.NOTHING if said else said_before(node)
                told.append(f"{_WORDS[before]} {line}" if before else line)
        below = _numbered(order, self._last + 1, self._last + _REACH)
        labels = ((dates.label(line), node, line) for node, line in below)
        labelled = [
            (said, line)
            for said, node, line in labels
            if said in _SAID and not self._of_others(node) and not _is_event(node, line)
        ]
        return [*_of_one(self._trimmed.dated), *told, *_labelled(labelled)]

    def _is_head(self, node: Node) -> bool:
        """Whether it is a ``footer`` by name only: between headline and text, as Drupal sets day and writer."""
        return node.tag == "footer" and self._heading < node.place and node.end <= self._first

    def _of_another(self, node: Node) -> bool:
        """Whether it stands in a link, or in a small part of the page without the headline that is another story's."""
        above: Node | None = node
        while above is not None and above.chars <= _STORY and not above.place <= self._heading < above.end:
            if above.tag in ("a", "nav", "h1") or above.said & marks.OTHERS:
                return True
            if (above.tag == "footer" and not self._is_head(above)) or (above.tag == "h2" and above.own):
                return True
            if above.place > self._last and _is_card(above):
                return True
            above = above.parent
        return False

    def _is_day_apart(self, node: Node) -> bool:
        """Whether a place apart may tell the day of the visit: that has no clock."""
        return self.is_apart(node) and ":" not in (node.attr("datetime") or node.text())

    def _is_sites_head(self, node: Node) -> bool:
        """Whether it is the site's ``header``: it ends above the headline, outside of what holds that and the text."""
        return node.tag == "header" and node.end <= self._heading and not node.within(self._own)

    def _in_sites_head(self, node: Node) -> bool:
        above: Node | None = node
        while above is not None and not self._is_sites_head(above):
            above = above.parent
        return above is not None

    def _of_others(self, node: Node) -> bool:
        """Whether a place belongs to another story, a comment, or the site's edge."""
        container = self._container
        above: Node | None = node
        while above is not None and not container.within(above):
            if self._is_sites_head(above):
                return True
            if above.tag in marks.SIDE_TAGS and not (_is_foot(above, container) or self._is_head(above)):
                return True
            if above.tag == "article" or above.said & marks.OTHERS or (above.place > self._last and _is_card(above)):
                return True
            if above.tag == "a" and above.chars > node.chars:  # a date alone links to the article itself, or its day
                return True
            above = above.parent
        return False


def said_before(node: Node) -> Said:
    """What a short line of its own right before a place makes of the date in it: "Senast uppdaterad:", then the day."""
    line = _beside(node, before=True)
    return dates.label(line) if len(line.split()) <= _FEW_WORDS else Said.NOTHING


def _beside(node: Node, *, before: bool) -> str:
    """The text right before a place, or right after it, outside of all that holds nothing else; "" at an edge."""
    at = node
    while at.parent is not None:
        kids = at.parent.kids if before else at.parent.kids[::-1]
        found: Node | str = ""
        for kid in kids:
            if kid is at:
                break
            if not isinstance(kid, str) or not kid.isspace():
                found = kid
        if found:
            return squeeze(found if isinstance(found, str) else found.text())
        if at.parent.chars != node.chars:
            return ""
        at = at.parent
    return ""


def _is_event(node: Node, line: str) -> bool:
    """Whether it tells when something takes place: days, or a clock, with a place or with one in the line after it."""
    if _CLOCK_AND_PLACE.search(line) or _DAYS.search(line) or dates.is_event(line):
        return True
    return line.lower().startswith("datum") and _EVENTS.match(_beside(node, before=False).lower()) is not None


def _place(node: Node) -> int:
    return node.place


def _common(node: Node, other: Node) -> Node:
    """The innermost element that holds both."""
    while not other.within(node):
        if node.parent is None:
            return node
        node = node.parent
    return node


def _scope(container: Node) -> Node:
    """The article element around the container, or the container itself."""
    node: Node | None = container
    while node is not None:
        if node.tag in ("article", "main"):
            return node
        node = node.parent
    return container


def _is_card(node: Node) -> bool:
    """Whether it is headed by a link, as the teaser of a story is."""
    if node.chars > _STORY:
        return False
    return any(not isinstance(kid, str) and kid.tag in HEADINGS and 0 < kid.chars == kid.linked for kid in node.kids)


def _is_foot(node: Node, container: Node) -> bool:
    """Whether it is the article's own footer: by the text, within the ``article`` or ``main`` that holds that."""
    parent = node.parent
    if node.tag != "footer" or parent is None or parent is container:
        return False
    return container.within(parent) and parent.within(_scope(container))


def _is_stamp(node: Node, order: list[Node]) -> bool:
    if stamp := node.attr("datetime"):
        return _DATED.search(stamp) is not None
    line = squeeze(node.text()) if _holds_digit(node, order) else ""
    return _DATED.search(line) is not None and dates.label(line) is not Said.OTHER and not _is_event(node, line)


def _labelled(told: list[tuple[Said, str]]) -> list[str]:
    """Lines below the text count by their label only, and not where they date several stories."""
    published = {line for said, line in told if said is Said.PUBLISHED}
    updated = [line for said, line in told if said is Said.UPDATED]
    return [*published, *updated] if len(published) == 1 else updated


def _of_one(dated: list[str]) -> list[str]:
    """Lines that were cut from the text for their date; several bare ones date other stories, or parts of this one."""
    bare = {line for line in dated if not dates.label(line)}
    return dated if len(bare) <= _BARE else [line for line in dated if line not in bare]


def _tells(line: str) -> bool:
    """Whether a line is there for its date: labelled, or with little else; a headline may hold one, too."""
    return len(line) <= 30 or dates.label(line) in _SAID or bool(closing.BYLINE.match(line))


def _numbered(order: list[Node], start: int, end: int) -> Iterator[tuple[Node, str]]:
    """Small places with their text where that holds a number; none that only wraps another."""
    without = 0
    for node in order[start:end]:
        if not 6 <= node.chars <= 120 or node.tag == "a" or node.place < without or _is_link(node):
            continue
        if not _holds_digit(node, order):
            without = node.end
        elif not _wraps(node) and _DIGIT.search(line := squeeze(node.text())):
            yield node, line


def _is_link(node: Node) -> bool:
    """Whether a place is a link, and more than a date."""
    return node.linked == node.chars > _ALONE


def _holds_digit(node: Node, order: list[Node]) -> bool:
    """Whether there is a digit in its text, which need not be put together for that."""
    for inner in order[node.place : node.end]:
        if inner.own:
            for kid in inner.kids:
                if isinstance(kid, str) and _DIGIT.search(kid):
                    return True
    return False


def _wraps(node: Node) -> bool:
    if node.end == node.place + 1:
        return False
    kids = [kid for kid in node.kids if not isinstance(kid, str) or kid.strip()]
    return len(kids) == 1 and not isinstance(kids[0], str) and kids[0].tag != "a"
