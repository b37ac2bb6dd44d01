"""Our own light tree of a page: elements with the figures that every later decision needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.extract.elements import BLOCKS

if TYPE_CHECKING:
    from turbohtml import Element


class Node:
    """An element: ``kids`` are Nodes and pieces of text in page order, ``element`` is the parser's.

    ``place`` counts the elements before it, ``end`` is the place after the last element inside it. ``own`` counts the
    letters of its own pieces of text, ``chars`` those of all text in it, ``linked`` those inside links, ``running``
    those of longer paragraphs. Of the letters of its phrases, which are no blocks, ``phrased`` counts all and
    ``pointed`` those inside links. ``said`` is what class and id say, as a sum of the flags of ``marks``; ``speaks``
    tells that it has a role, a property or an author.
    """

    __slots__ = (
        "around",
        "chars",
        "depth",
        "element",
        "end",
        "good",
        "kids",
        "linked",
        "own",
        "parent",
        "phrased",
        "place",
        "pointed",
        "running",
        "said",
        "speaks",
        "tag",
    )

    def __init__(self, element: Element, tag: str, parent: Node | None, place: int) -> None:
        self.element = element
        self.tag = tag
        self.parent = parent
        self.place = place
        self.end = place + 1
        self.depth: int = parent.depth + 1 if parent is not None else 0
        self.kids: list[Node | str] = []
        self.own = self.chars = self.linked = self.running = self.phrased = self.pointed = self.said = 0
        self.good = 0.0
        self.around = ""
        self.speaks = False

    def add(self, text: str) -> None:
        """Takes in a piece of text of its own."""
        self.kids.append(text)
        if not text.isspace():
            self.own += len(text.strip())

    def attr(self, name: str) -> str | None:
        """An attribute's value as written, entities read; "" where it has none, None where there is no such one."""
        return self.element.attr(name)

    @property
    def marks(self) -> str:
        """Class and id in lower case; "" where it has neither."""
        name, id_ = self.element.attr("class"), self.element.attr("id")
        return f"{name or ''} {id_ or ''}".lower() if name or id_ else ""

    def nodes(self) -> list[Node]:
        """All elements below it and itself, in page order."""
        out, waiting = [], [self]
        while waiting:
            node = waiting.pop()
            out.append(node)
            waiting.extend([kid for kid in reversed(node.kids) if not isinstance(kid, str)])
        return out

    def text(self, *, apart: bool = False) -> str:
        """Its text, white space squeezed, blocks and line breaks as spaces; with ``apart`` phrases, too.

        What a style sheet sets apart may be written without a space: a name and its owner's role.
        """
        if self.end == self.place + 1:
            return " ".join("".join([kid for kid in self.kids if isinstance(kid, str)]).split())
        pieces: list[str] = []
        waiting: list[Node | str] = [self]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                pieces.append(node)
            elif node.tag == "br":
                pieces.append(" ")
            else:
                if apart or node.tag in BLOCKS:
                    pieces.append(" ")
                    waiting.append(" ")
                waiting.extend(reversed(node.kids))
        return " ".join("".join(pieces).split())

    def mark(self, order: list[Node], around: str) -> None:
        """Gives it and all in it a word on why they stand around the article; ``order`` is the page's."""
        for node in order[self.place : self.end]:
            node.around = around

    def within(self, other: Node) -> bool:
        """Whether it is ``other`` or lies inside it."""
        return other.place <= self.place < other.end


def measure(order: list[Node]) -> list[Node]:
    """Gives all elements of a page their figures, which count for the elements around them, too.

    The blocks that have text of their own, in links or phrases too, the last one first.
    """
    texts: list[Node] = []
    for node in reversed(order):
        chars = node.chars = node.chars + node.own
        parent = node.parent
        if parent is None:
            texts.append(node)
            return texts
        if parent.end == parent.place + 1:  # the last of its kids comes first
            parent.end = node.end
        if chars:
            tag = node.tag
            if tag == "a":
                node.linked = chars
            elif tag == "p" and chars - node.linked >= 60:
                node.running += chars - node.linked
            parent.chars += chars
            parent.linked += node.linked
            parent.running += node.running
            if tag in BLOCKS:
                if node.own + node.phrased:
                    texts.append(node)
            else:
                parent.phrased += node.own + node.phrased
                parent.pointed += node.own + node.phrased if tag == "a" else node.pointed
    return texts


def untie(order: list[Node]) -> None:
    """Parts elements from those around them, when they are done with: they go at once, and leave no cycles."""
    for node in order:
        node.parent = None
