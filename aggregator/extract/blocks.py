"""The container's text as a row of blocks, each with what is needed to judge it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aggregator.extract.elements import BLOCKS, HEADINGS
from aggregator.extract.tree import Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PARAGRAPH = 120
_RUNNING = 80
_TEASER = 250
_ENTRY = re.compile(r"(?:^|\s)post-(\d+)(?:\s|$)")
_UNSEEN = re.compile("[\xad\u200b\u2060\ufeff]")
"""Soft hyphens, and spaces of no width, which part words for whoever searches them."""
_LINK_NOTE = re.compile(
    r"[\s,(–-]*(?:[Ll]änk till (?:en )?annan webbplats|[Öö]ppnas i (?:ett )?nytt fönster|[Ee]xtern länk)[.,)]*"
)
"""What Swedish sites tell those who listen of a link, hidden from those who see."""
_STRONG = frozenset(("b", "strong"))


class Block:
    """A paragraph, heading, list item or cell: ``rows`` are its lines (at line breaks), ``linked`` letters in links.

    ``line`` is its text on one line, ``link_share`` how much of it is links, ``running`` counts the letters of running
    text. ``whole`` is a block that is all the text of its element. ``cut`` names why it is not part of the text; ""
    while it is.
    """

    __slots__ = ("cut", "is_heading", "line", "link_share", "linked", "node", "rows", "running", "strong", "whole")

    def __init__(self, node: Node, rows: list[str], linked: int, strong: int) -> None:
        self.node = node
        self.is_heading = node.tag in HEADINGS
        self.linked = linked
        self.strong = strong
        self.cut = ""
        self.keep(rows)

    @property
    def text(self) -> str:
        """Its lines."""
        return "\n".join(self.rows)

    def keep(self, rows: list[str]) -> None:
        """Makes these its rows, and its figures those of these rows."""
        self.rows = rows
        self.line = line = rows[0] if len(rows) == 1 else " ".join(rows)
        self.link_share = self.linked / max(1, sum(map(len, rows))) if self.linked else 0.0
        self.running = len(line) if len(line) >= _RUNNING and self.link_share < 0.5 else 0
        self.whole = False


def gather(container: Node, before: Iterable[Node] = ()) -> list[Block]:
    """The blocks of a container in page order; what stands around articles is left out, with all in it.

    ``before`` are places outside of it that come first (a standfirst).
    """
    blocks: list[Block] = []
    for start in (*before, container):
        blocks.extend(_Gatherer(start).run())
    return blocks


def teasers(blocks: Sequence[Block]) -> int:
    """How many headings have one short line each under them; 0 where anything else stands among them."""
    pairs = list(zip(blocks[::2], blocks[1::2], strict=False))
    alike = all(head.is_heading and not line.is_heading and len(line.line) < _TEASER for head, line in pairs)
    return len(pairs) if alike else 0


def _is_another(node: Node, container: Node) -> bool:
    """Whether it is another WordPress entry than the container's, whose class tells its number (``post_class()``)."""
    if node.tag != "article" or "post-" not in node.marks:
        return False
    own, other = _ENTRY.search(container.marks), _ENTRY.search(node.marks)
    return own is not None and other is not None and own[1] != other[1]


def _is_noted(text: str) -> bool:
    return ("webbplats" in text or "fönster" in text or "xtern länk" in text) and _LINK_NOTE.search(text) is not None


def _is_anchor(link: Node) -> bool:
    """Whether it is only a place that links lead to, as old pages write it around a heading or a whole paragraph."""
    return link.attr("href") is None and link.attr("name") is not None


def _squeezed(text: str) -> str:
    """White space as single spaces, without what is not seen; the plain space is the only one that is printable."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    if not text.isascii():
        text = _UNSEEN.sub("", text)
    return " ".join(text.split())


class _Gatherer:
    """Walks one place; text runs into ``pieces`` until a line, a block or the place ends."""

    def __init__(self, start: Node) -> None:
        self.start = start
        self.owner = start
        self.blocks: list[Block] = []
        self.passed = 0
        """So many places with text were left out."""
        self.lines: list[str] = []
        """Those of the running block that a line break has ended."""
        self.pieces: list[str] = []
        self.linked = self.strong = 0
        self.in_link = self.in_strong = 0

    def run(self) -> list[Block]:
        """All blocks, in page order."""
        self._walk(self.start)
        return self.blocks

    def _walk(self, node: Node) -> None:
        """An element with all in it; the tree's greatest depth (``grow.DEEPEST``) bounds this one's."""
        owner = self.owner
        self._enter(node)
        before = len(self.blocks) + self.passed
        for place, kid in enumerate(node.kids):
            if isinstance(kid, str):
                if self.in_link and _is_noted(kid):
                    node.kids[place] = kid = _LINK_NOTE.sub("", kid)  # noqa: PLW2901 (the HTML is made of the tree)
                self._text(kid)
            elif kid.tag == "br":
                self._end_line()
            elif kid.around or (kid.tag == "article" and _is_another(kid, self.start)):
                self.passed += kid.chars > 0
            else:
                self._walk(kid)
        self._leave(node, owner, before)

    def _enter(self, node: Node) -> None:
        tag = node.tag
        if tag in BLOCKS or node is self.start:
            self._flush()
            self.owner = node
        elif tag == "a" and not _is_anchor(node):
            self.in_link += 1
        elif tag in _STRONG:
            self.in_strong += 1

    def _leave(self, node: Node, owner: Node, before: int) -> None:
        """Ends an element, ``owner`` being the block around it; ``before`` counts the blocks and places before it."""
        tag = node.tag
        if tag in BLOCKS or node is self.start:
            self._flush()
            self.owner = owner
            if len(self.blocks) + self.passed == before + 1 and self.blocks and self.blocks[-1].node is node:
                self.blocks[-1].whole = True
        elif tag == "a" and not _is_anchor(node):
            self.in_link -= 1
        elif tag in _STRONG:
            self.in_strong -= 1

    def _text(self, text: str) -> None:
        if self.owner.tag == "pre":
            first, *lines = text.split("\n")
            self.pieces.append(first)
            for line in lines:
                self._end_line()
                self.pieces.append(line)
        elif self.pieces or not text.isspace():
            self.pieces.append(text)
        if self.in_link:
            self.linked += len(text.strip())
        if self.in_strong:
            self.strong += len(text.strip())

    def _end_line(self) -> None:
        self.lines.append(_squeezed("".join(self.pieces)))
        self.pieces.clear()

    def _flush(self) -> None:
        """Ends the running block; an empty line (two breaks) ends one, too."""
        if not self.pieces and not self.lines:
            return
        self._end_line()
        rows: list[str] = []
        for line in (*self.lines, ""):
            if line:
                rows.append(line)
            elif rows:
                self._add(rows)
                rows = []
        self.lines.clear()
        self.linked = self.strong = 0

    def _add(self, rows: list[str]) -> None:
        """Rows of a paragraph's length are paragraphs; short ones (a poem, an address) stay together."""
        alone = len(rows) > 1 and max(map(len, rows)) >= _PARAGRAPH
        for group in [[row] for row in rows] if alone else [rows]:
            size = sum(map(len, group))
            self.blocks.append(Block(self.owner, group, min(self.linked, size), min(self.strong, size)))
