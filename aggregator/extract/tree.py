"""One walk over the parsed page: our own light tree, with the figures that every later decision needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.extract.marks import named
from aggregator.markup import words

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# Never text of an article; their content is not looked at.
_SKIPPED = words(
    "script style noscript template svg iframe button select textarea input canvas object embed audio video head "
    "link meta math dialog map datalist progress meter frameset applet -comment"
)
BLOCKS = words(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption hgroup"
)
HEADINGS = words("h1 h2 h3 h4 h5 h6")


_UNNAMED = ("", 0)


class Node:
    """An element: ``kids`` are Nodes and pieces of text in page order.

    ``place`` counts the elements before it, ``end`` is the place after the last element inside it. ``own`` counts the
    letters of its own pieces of text, ``chars`` those of all text in it, ``linked`` those inside links, ``running``
    those of longer paragraphs. ``marks`` is class and id in lower case, ``said`` what they say (``marks.says``).
    """

    __slots__ = (
        "around",
        "attrs",
        "chars",
        "end",
        "good",
        "kids",
        "linked",
        "marks",
        "mem_id",
        "own",
        "parent",
        "place",
        "running",
        "said",
        "tag",
    )

    def __init__(self, source: LexborNode, tag: str, parent: Node | None, place: int) -> None:
        self.mem_id = source.mem_id
        self.tag = tag
        self.attrs = attrs = source.attributes
        self.parent = parent
        self.place = self.end = place
        self.kids: list[Node | str] = []
        self.own = self.chars = self.linked = self.running = 0
        self.good = 0.0
        self.around = ""
        name, id_ = attrs.get("class"), attrs.get("id")
        self.marks, self.said = named(name, id_) if name or id_ else _UNNAMED

    def nodes(self) -> list[Node]:
        """All elements below it and itself, in page order."""
        out, waiting = [], [self]
        while waiting:
            node = waiting.pop()
            out.append(node)
            waiting.extend([kid for kid in reversed(node.kids) if not isinstance(kid, str)])
        return out

    def text(self) -> str:
        """Its text, white space squeezed, blocks and line breaks as spaces."""
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
                if node.tag in BLOCKS:
                    pieces.append(" ")
                    waiting.append(" ")
                waiting.extend(reversed(node.kids))
        return " ".join("".join(pieces).split())

    def within(self, other: Node) -> bool:
        """Whether it is ``other`` or lies inside it."""
        return other.place <= self.place < other.end


def grow(root: LexborNode) -> list[Node]:
    """Every element from ``root`` on in page order, with the figures of its text.

    What is hidden or never text of an article is left out, with all in it.
    """
    top = node = Node(root, root.tag or "body", None, 0)
    order = [top]
    opened: list[LexborNode] = []
    source = root.first_child
    while True:
        if source is None:
            _close(node, len(order))
            if not opened or node.parent is None:
                return order
            source, node = opened.pop(), node.parent
        elif (tag := source.tag) == "-text":
            text = source.text_content or ""
            node.own += len(text.strip())
            node.kids.append(text)
        elif tag is not None and tag not in _SKIPPED:
            kid = Node(source, tag, node, len(order))
            if not (kid.attrs and _hidden(kid.attrs)):
                order.append(kid)
                node.kids.append(kid)
                below = source.first_child
                if below is None:
                    kid.end += 1
                else:
                    opened.append(source)
                    source, node = below, kid
                    continue
        source = source.next


def _hidden(attrs: dict[str, str | None]) -> bool:
    if "hidden" in attrs:
        return True
    style = attrs.get("style")
    return bool(style and "display:none" in style.replace(" ", "").lower())


def _close(node: Node, end: int) -> None:
    """Its figures, when all inside it is known; they count for the element around it, too."""
    node.end = end
    chars = node.chars = node.chars + node.own
    if node.tag == "a":
        node.linked = chars
    elif node.tag == "p" and chars - node.linked >= 60:
        node.running += chars - node.linked
    parent = node.parent
    if parent is not None:
        parent.chars += chars
        parent.linked += node.linked
        parent.running += node.running
