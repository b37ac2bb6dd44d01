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
    "link meta math dialog map datalist progress meter frameset applet"
)
BLOCKS = words(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption hgroup"
)
HEADINGS = words("h1 h2 h3 h4 h5 h6")


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
        "noise",
        "own",
        "parent",
        "place",
        "running",
        "said",
        "tag",
    )

    def __init__(self, tag: str, attrs: dict[str, str | None], parent: Node | None, place: int) -> None:
        self.tag = tag
        self.attrs = attrs
        self.parent = parent
        self.place = place
        self.end = place + 1
        self.kids: list[Node | str] = []
        self.own = 0
        self.chars = 0
        self.linked = 0
        self.running = 0
        self.good = 0.0
        self.noise = 0.0
        self.around = ""
        self.marks = ""
        self.said = 0
        if attrs:
            name, id_ = attrs.get("class"), attrs.get("id")
            if name or id_:
                self.marks, self.said = named(name, id_)

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


def grow(root: LexborNode) -> dict[int, Node]:
    """Every element from ``root`` on in page order, by its ``mem_id``, with the figures of its text.

    What is hidden or never text of an article is left out, with all in it.
    """
    top = Node(root.tag or "body", root.attributes, None, 0)
    known = {root.mem_id: top}
    find = known.get
    for source in root.traverse(include_text=True):
        above = source.parent
        parent = find(above.mem_id) if above is not None else None
        if parent is None:
            continue
        tag = source.tag
        if tag == "-text":
            text = source.text_content or ""
            parent.own += len(text.strip())
            parent.kids.append(text)
        elif tag is not None and tag not in _SKIPPED:
            attrs = source.attributes
            if not (attrs and _hidden(attrs)):
                node = Node(tag, attrs, parent, len(known))
                parent.kids.append(node)
                known[source.mem_id] = node
    _count(list(known.values()))
    return known


def _hidden(attrs: dict[str, str | None]) -> bool:
    style = attrs.get("style")
    return "hidden" in attrs or bool(style and "display:none" in style.replace(" ", "").lower())


def _count(order: list[Node]) -> None:
    for node in reversed(order):
        chars = node.chars = node.chars + node.own
        linked = node.linked = chars if node.tag == "a" else node.linked
        if node.tag == "p" and chars - linked >= 60:
            node.running += chars - linked
        parent = node.parent
        if parent is not None:
            parent.chars += chars
            parent.linked += linked
            parent.running += node.running
            parent.end = max(parent.end, node.end)
