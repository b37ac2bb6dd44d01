"""The container's text as a row of blocks, each with what is needed to judge it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aggregator.extract.elements import BLOCKS, HEADINGS
from aggregator.extract.tree import Node

if TYPE_CHECKING:
    from collections.abc import Iterable

_PARAGRAPH = 120
_ENTRY = re.compile(r"(?:^|\s)post-(\d+)(?:\s|$)")
_STRONG = frozenset(("b", "strong"))


class Block:
    """A paragraph, heading, list item or cell: ``rows`` are its lines (at line breaks), ``linked`` letters in links.

    ``cut`` names why it is not part of the text; "" while it is.
    """

    __slots__ = ("cut", "linked", "node", "rows", "strong")

    def __init__(self, node: Node, rows: list[str], linked: int, strong: int) -> None:
        self.node = node
        self.rows = rows
        self.linked = linked
        self.strong = strong
        self.cut = ""

    @property
    def text(self) -> str:
        """Its lines."""
        return "\n".join(self.rows)

    @property
    def line(self) -> str:
        """Its text on one line."""
        rows = self.rows
        return rows[0] if len(rows) == 1 else " ".join(rows)

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading by its tag."""
        return self.node.tag in HEADINGS

    @property
    def link_share(self) -> float:
        """How much of it is links, 0 to 1."""
        return self.linked / max(1, sum(map(len, self.rows)))


def gather(container: Node, before: Iterable[Node] = ()) -> list[Block]:
    """The blocks of a container in page order; what stands around articles is left out, with all in it.

    ``before`` are places outside of it that come first (a standfirst).
    """
    blocks: list[Block] = []
    for start in (*before, container):
        blocks.extend(_Gatherer(start).run())
    return blocks


def _is_another(node: Node, container: Node) -> bool:
    """Whether it is another WordPress entry than the container's, whose class tells its number (``post_class()``)."""
    if node.tag != "article" or "post-" not in node.marks:
        return False
    own, other = _ENTRY.search(container.marks), _ENTRY.search(node.marks)
    return own is not None and other is not None and own[1] != other[1]


class _Gatherer:
    """Walks one place; text runs into ``pieces`` until a block begins or ends."""

    def __init__(self, start: Node) -> None:
        self.start = start
        self.owner = start
        self.blocks: list[Block] = []
        self.pieces: list[str] = []
        self.linked = self.strong = 0
        self.in_link = self.in_strong = 0
        self.open: list[tuple[Node, Node]] = []
        """The elements around, each with the block that ran before it."""

    def run(self) -> list[Block]:
        """All blocks, in page order."""
        waiting: list[Node | str | None] = [self.start]
        while waiting:
            item = waiting.pop()
            if item is None:
                self._leave()
            elif isinstance(item, str):
                self._text(item)
            elif item.tag == "br":
                self.pieces.append("\n")
            elif item is self.start or not (item.around or _is_another(item, self.start)):
                self._enter(item)
                waiting.append(None)
                waiting.extend(reversed(item.kids))
        self._flush()
        return self.blocks

    def _text(self, text: str) -> None:
        if self.owner.tag != "pre":
            text = text.replace("\n", " ").replace("\r", " ")
        self.pieces.append(text)
        if self.in_link:
            self.linked += len(text.strip())
        if self.in_strong:
            self.strong += len(text.strip())

    def _enter(self, node: Node) -> None:
        self.open.append((node, self.owner))
        if node.tag in BLOCKS or node is self.start:
            self._flush()
            self.owner = node
        elif node.tag == "a":
            self.in_link += 1
        elif node.tag in _STRONG:
            self.in_strong += 1

    def _leave(self) -> None:
        node, before = self.open.pop()
        if node.tag in BLOCKS or node is self.start:
            self._flush()
            self.owner = before
        elif node.tag == "a":
            self.in_link -= 1
        elif node.tag in _STRONG:
            self.in_strong -= 1

    def _flush(self) -> None:
        """Ends the running block; an empty line (two breaks) ends one, too."""
        if not self.pieces:
            return
        text = "".join(self.pieces)
        self.pieces.clear()
        linked, strong = self.linked, self.strong
        self.linked = self.strong = 0
        rows: list[str] = []
        for row in (*text.split("\n"), ""):
            line = " ".join(row.split())
            if line:
                rows.append(line)
            elif rows:
                for group in self._groups(rows):
                    size = sum(map(len, group))
                    self.blocks.append(Block(self.owner, group, min(linked, size), min(strong, size)))
                rows = []

    def _groups(self, rows: list[str]) -> list[list[str]]:
        """Rows of a paragraph's length are paragraphs; short ones (a poem, an address) stay together."""
        if len(rows) > 1 and max(map(len, rows)) >= _PARAGRAPH:
            return [[row] for row in rows]
        return [rows]
