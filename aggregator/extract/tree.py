"""One walk over the parsed page: our own light tree, with the figures that every later decision needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.extract.marks import says
from aggregator.markup import words

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# Never text of an article; their content is not looked at.
_SKIPPED = words(
    "script style noscript template svg iframe button select textarea input canvas object embed audio video head "
    "link meta math dialog map datalist progress meter frameset applet"
)
BLOCKS = words(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption hgroup"
)
HEADINGS = words("h1 h2 h3 h4 h5 h6")


class Node:
    """An element: ``kids`` are Nodes and pieces of text in page order.

    ``chars`` counts the letters of its text (white space squeezed), ``linked`` those inside links, ``running`` those of
    its longer paragraphs; ``marks`` is class and id in lower case, ``said`` what they say (``marks.says``);
    ``place`` counts the elements before it.
    """

    __slots__ = (
        "around",
        "attrs",
        "chars",
        "good",
        "kids",
        "linked",
        "marks",
        "mem_id",
        "noise",
        "parent",
        "place",
        "running",
        "said",
        "tag",
    )

    def __init__(self, tag: str, attrs: dict[str, str | None], parent: Node | None, mem_id: int) -> None:
        self.tag = tag
        self.attrs = attrs
        self.parent = parent
        self.place = 0
        self.mem_id = mem_id
        self.kids: list[Node | str] = []
        self.chars = 0
        self.linked = 0
        self.good = 0.0
        self.noise = 0.0
        self.running = 0
        self.around = False
        self.marks = ""
        self.said = 0
        if attrs:
            name, id_ = attrs.get("class"), attrs.get("id")
            if name or id_:
                self.marks = f"{name or ''} {id_ or ''}".lower()
                self.said = says(self.marks)

    def nodes(self) -> list[Node]:
        """All elements below it and itself, in page order."""
        out, waiting = [], [self]
        while waiting:
            node = waiting.pop()
            out.append(node)
            waiting.extend(kid for kid in reversed(node.kids) if isinstance(kid, Node))
        return out

    def text(self) -> str:
        """Its text, white space squeezed, blocks and line breaks as spaces."""
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
        node: Node | None = self
        while node is not None:
            if node is other:
                return True
            node = node.parent
        return False


def grow(root: LexborNode) -> list[Node]:
    """Every element below ``root`` (and ``root`` itself, first) in page order, with ``chars`` and ``linked``."""
    top = Node(root.tag or "body", root.attributes, None, root.mem_id)
    order = [top]
    waiting = [(root, top)]
    while waiting:
        source, node = waiting.pop()
        kids = node.kids
        found: list[tuple[LexborNode, Node]] = []
        for child in source.iter(include_text=True):
            tag = child.tag
            if tag == "-text":
                kids.append(child.text_content or "")
            elif tag is not None and tag not in _SKIPPED:
                attrs = child.attributes
                if attrs and _hidden(attrs):
                    continue
                kid = Node(tag, attrs, node, child.mem_id)
                kids.append(kid)
                found.append((child, kid))
        if found:
            found.reverse()
            waiting.extend(found)
    order = top.nodes()
    _count(order)
    return order


def _hidden(attrs: dict[str, str | None]) -> bool:
    style = attrs.get("style")
    return "hidden" in attrs or bool(style and "display:none" in style.replace(" ", "").lower())


def _count(order: list[Node]) -> None:
    for place, node in enumerate(order):
        node.place = place
    for node in reversed(order):
        chars = node.chars
        for kid in node.kids:
            if isinstance(kid, str):
                chars += len(kid.strip())
        node.chars = chars
        linked = chars if node.tag == "a" else node.linked
        node.linked = linked
        if node.tag == "p" and chars - linked >= 60:
            node.running += chars - linked
        parent = node.parent
        if parent is not None:
            parent.chars += chars
            parent.linked += linked
            parent.running += node.running
