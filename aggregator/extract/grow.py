"""From markup to our tree, in one pass over its tags.

The page is split at every "<"; each piece is a tag and the text behind it. Most tags of a page are written more than
once ("li class=…", "/div"), so a tag is read when it is first met and looked up from then on. The tree is the one
that the HTML Standard's parser makes (section 13.2.6), as far as the text of an article can tell: what never is text
is passed over, a phrase that overlaps blocks ends where it is ended and the blocks go on, and stray text in tables
stays there. Every piece is looked at once and nothing nests deeper than ``DEEPEST``: time is linear, whatever is sent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, ClassVar, Final

from aggregator.extract import elements, pieces
from aggregator.extract.rest import Rest
from aggregator.extract.starts import (
    AROUND,
    BESIDE,
    BLOCK,
    END,
    FRAME,
    HEADING,
    ITEM,
    LINK,
    MUTED,
    NAME,
    NONE,
    ODD,
    RAW,
    TABLE_PART,
    TOP,
    VOID,
    Start,
    glance,
    is_whole,
)
from aggregator.extract.starts import read as read_start
from aggregator.extract.tree import Node, measure, untie

if TYPE_CHECKING:
    from collections.abc import Callable

DEEPEST: Final = 300
_OVERLAP: Final = 4
"""So many blocks are opened again behind a phrase that ended among them."""
_READ_ANYWHERE = frozenset((VOID, RAW, FRAME, ODD))
_LISTS = frozenset(("ul", "ol"))


@dataclass(slots=True)
class Growth:
    """A grown page. ``order`` is every element in page order, the body first."""

    order: list[Node]
    noted: list[Node] = field(default_factory=list)
    """Elements that say more than others: by class, id or properties, or by a tag such as h1, time, nav."""
    passed: list[Node] = field(default_factory=list)
    """Elements of which nothing but the text is known."""
    texts: list[Node] = field(default_factory=list)
    """Blocks with text of their own."""
    told: list[tuple[str, dict[str, str | None], str]] = field(default_factory=list)
    """Tag, attributes and content of what speaks of the page: meta, link, title, base, html, scripts of JSON-LD."""


def grow(html: str, *, whole: bool = False) -> Growth:
    """The tree of a page. What is hidden or never text of an article is left out, with all in it.

    Menus, lists of other stories and the like, two thirds of most pages, are one element each, with their text in one
    piece; where one of them holds much of the page's text after all, or with ``whole``, all their elements are there.
    """
    growth, sure = _Grower(html, whole=whole).run()
    growth.texts = measure(growth.order)
    if whole or (sure and all(_is_small(node, growth.order[0]) for node in growth.passed)):
        return growth
    untie(growth.order)
    del growth  # before there is another
    return grow(html, whole=True)


def _is_small(node: Node, page: Node) -> bool:
    """Whether a place holds too little text to be the article, as ``body.weigh`` sees it, and a bit less."""
    plain = node.chars - node.linked
    return node.tag == "nav" or (
        node.chars < 0.4 * page.chars and (plain < 0.3 * (page.chars - page.linked) or plain < 300)
    )


class _Grower:
    """Goes through the pieces of one page; the element that is open is handed from tag to tag."""

    def __init__(self, html: str, *, whole: bool) -> None:
        self.whole = whole
        self.sure = True
        self.pieces = pieces.cut(html)
        self.top = Node(Start("body", "body", TOP), None, 0, 0)
        self.growth = Growth([self.top])
        self.known: dict[str, Start] = {}
        self.beside = Start("", "", NONE[BESIDE])
        self.odd = Start("", "", NONE[ODD])

    def run(self) -> tuple[Growth, bool]:
        """All pieces, from the first to the last; and whether all was what it seemed to be."""
        known, meet, answers = self.known, self._meet, self.answers
        order, noted, top = self.growth.order, self.growth.noted, self.top
        node, closing = top, top.start.closing
        for piece in self.pieces:
            head, closed, text = piece.partition(">")
            if head == closing and closed:
                node = node.parent or top
                closing = node.start.closing
            else:
                start = known.get(head) or meet(head)
                rule = start.rule if closed else ODD
                if rule > ITEM or (rule > BLOCK and not (node.start.special if rule == LINK else node.tag in _LISTS)):
                    node, text = answers[rule](self, node, start, piece, text)
                    closing = node.start.closing
                else:
                    if rule == BLOCK:
                        node = _out_of_paragraph(node)
                    if node.depth < DEEPEST:
                        kid = Node(start, node, len(order), node.depth + 1)
                        order.append(kid)
                        node.kids.append(kid)
                        if start.noted:
                            noted.append(kid)
                        node = kid
                    closing = node.start.closing
            if text:
                if "&" in text:
                    text = unescape(text)
                if not text.isspace():
                    node.own += len(text.strip())
                node.kids.append(text)
        return self.growth, self.sure

    def _push(self, parent: Node, start: Start) -> Node:
        """Opens an element; at the greatest depth its parent stays open instead."""
        if parent.depth >= DEEPEST:
            return parent
        kid = self._put(parent, start)
        if start.noted:
            self.growth.noted.append(kid)
        return kid

    def _put(self, parent: Node, start: Start) -> Node:
        order = self.growth.order
        kid = Node(start, parent, len(order), parent.depth + 1)
        order.append(kid)
        parent.kids.append(kid)
        return kid

    # Tags that are met for the first time.

    def _meet(self, head: str) -> Start:
        first = head[:1]
        if first == "/":
            name = NAME.match(head, 1)
            if name is None:
                return self.beside
            start = Start(name.group().lower(), head, NONE[END])
        elif first.isalpha() and first.isascii():
            if (head.count('"') & 1 or "'" in head) and not is_whole(head):
                return self.odd
            start = read_start(head)
        else:
            return self.beside if first in ("!", "?") and not head.startswith("!--") else self.odd
        self.known[head] = start
        return start

    # What to do with a tag: each gets the open element and gives the one that is open after it, and the text behind.

    def _beside(self, node: Node, _start: Start, _piece: str, text: str) -> tuple[Node, str]:
        """A declaration: it is nothing."""
        return node, text

    def _odd(self, node: Node, _start: Start, piece: str, _text: str) -> tuple[Node, str]:
        """A comment, a lone "<", or a tag whose attributes hold "<" or ">"."""
        if piece.startswith("!--"):
            return node, pieces.after_comment(piece, self.pieces)
        if piece[:1] == "/" and ">" not in piece and piece[1:2].isalpha():
            return node, ""  # an end tag that the page's end cuts off, or with a "<" in it
        if not NAME.match(piece):
            return node, f"<{piece}"
        whole = pieces.torn(piece, self.pieces)
        if whole is None:
            return node, ""
        head, text = whole
        start = self.known.get(head)
        if start is None:
            start = self.known[head] = read_start(head)
        return self._begin(node, start, f"{head}>{text}", text)

    def _begin(self, node: Node, start: Start, piece: str, text: str) -> tuple[Node, str]:
        """What ``run`` does with a tag."""
        if start.rule > BLOCK:
            return self.answers[start.rule](self, node, start, piece, text)
        return self._push(_out_of_paragraph(node) if start.rule == BLOCK else node, start), text

    def _end(self, node: Node, start: Start, _piece: str, text: str) -> tuple[Node, str]:
        name = start.tag
        if name in elements.FORMATTING:
            return self._end_phrase(node, name), text
        if name in elements.HEADINGS:
            names, scope = elements.HEADINGS, elements.SCOPE
        elif name in elements.TABLE_PARTS or name == "table":
            names, scope = frozenset((name,)), elements.TABLE_SCOPE
        elif name in elements.SPECIAL:
            names, scope = frozenset((name,)), elements.LIST_SCOPE if name == "li" else elements.SCOPE
        else:
            names, scope = frozenset((name,)), elements.SPECIAL
        open_ = node
        while open_.tag not in names:
            if open_.tag in scope or open_.parent is None:
                return self._end_of_nothing(node, name), text
            open_ = open_.parent
        return open_.parent or node, text

    def _end_of_nothing(self, node: Node, name: str) -> Node:
        """Two end tags stand for an element where none is open."""
        if name in ("p", "br") and node.depth < DEEPEST:
            self._put(node, read_start(name))
        return node

    def _end_phrase(self, node: Node, name: str) -> Node:
        """Ends a phrase; blocks that were opened in it go on without it."""
        open_, between = node, []
        while open_.tag != name:
            if open_.tag in elements.SCOPE or open_.parent is None:
                return node
            if open_.start.special:
                between.append(open_.start)
            open_ = open_.parent
        node = open_.parent or self.top
        for start in reversed(between[-_OVERLAP:]):
            node = self._push(node, start)
        return node

    def _item(self, node: Node, start: Start, _piece: str, text: str) -> tuple[Node, str]:
        """An item of a list ends the one before it."""
        ends = ("li",) if start.tag == "li" else ("dd", "dt")
        open_ = node
        while open_.tag not in ends and open_.parent is not None:
            if open_.start.special and open_.tag not in ("address", "div", "p"):
                return self._push(_out_of_paragraph(node), start), text
            open_ = open_.parent
        node = open_.parent or node
        return self._push(_out_of_paragraph(node), start), text

    def _heading(self, node: Node, start: Start, _piece: str, text: str) -> tuple[Node, str]:
        node = _out_of_paragraph(node)
        if node.tag in elements.HEADINGS:
            node = node.parent or node
        return self._push(node, start), text

    def _link(self, node: Node, start: Start, _piece: str, text: str) -> tuple[Node, str]:
        """A link ends the one that it stands in."""
        open_ = node
        while not open_.start.special and open_.parent is not None:
            if open_.tag == "a":
                node = open_.parent
                break
            open_ = open_.parent
        return self._push(node, start), text

    def _table_part(self, node: Node, start: Start, _piece: str, text: str) -> tuple[Node, str]:
        """A part of a table stands in its table, row or group of rows, whatever is open there; elsewhere it is none."""
        tag = start.tag
        within = {"td": "tr", "th": "tr", "tr": "tbody"}.get(tag, "table")
        open_: Node | None = node
        while open_ is not None and open_.tag != "table":
            if open_.tag == within or (open_.tag in elements.ROWS and within != "table"):
                break
            open_ = open_.parent
        if open_ is None:
            return node, text
        if open_.tag == "table" and within != "table":
            open_ = self._push(open_, read_start("tbody"))
        if open_.tag in elements.ROWS and within == "tr":
            open_ = self._push(open_, read_start("tr"))
        return self._push(open_, start), text

    def _void(self, node: Node, start: Start, _piece: str, text: str) -> tuple[Node, str]:
        tag = start.tag
        if tag == "meta" or (tag == "link" and "anonical" in start.source) or tag == "base":
            self.growth.told.append((tag, start.attrs, ""))
        if tag == "hr":
            node = _out_of_paragraph(node)
        if tag not in elements.DROPPED and node.depth < DEEPEST:
            kid = self._put(node, start)
            if start.noted:
                self.growth.noted.append(kid)
        return node, text

    def _raw(self, node: Node, start: Start, _piece: str, text: str) -> tuple[Node, str]:
        """An element whose content is no markup: some of it speaks of the page."""
        tag = start.tag
        told = tag == "title" or (tag == "script" and "ld+json" in start.source.lower())
        content, text = pieces.raw(tag, text, self.pieces, told=told)
        if told:
            self.growth.told.append((tag, start.attrs, unescape(content) if tag == "title" else content))
        return node, text

    def _frame(self, node: Node, start: Start, _piece: str, text: str) -> tuple[Node, str]:
        """The html element's attributes speak of the page; of several bodies the first is the page's."""
        if start.tag == "html":
            self.growth.told.append(("html", start.attrs, ""))
        elif start.tag == "body" and self.top.start.source == "body":
            self.top.start = start
            start.closing = TOP[-1]
        return node, text

    def _muted(self, node: Node, start: Start, _piece: str, text: str) -> tuple[Node, str]:
        """Passes over an element with all in it."""
        if start.tag in elements.FOREIGN and start.source.endswith("/"):
            return node, text
        return self._pass_over(node, start)

    def _around(self, node: Node, start: Start, _piece: str, text: str) -> tuple[Node, str]:
        """An element that stands around articles, by all signs: of what is in it, the text is kept in one piece."""
        kid = self._push(_out_of_paragraph(node), start)
        if self.whole or kid.depth >= DEEPEST:
            return kid, text
        rest = Rest(start.tag, text)
        after = rest.gather(self.pieces)
        self.growth.told.extend(rest.told)
        self.sure = self.sure and rest.sure
        kid.kids.append(unescape(" ".join(rest.texts)))
        kid.own = sum(map(len, rest.texts))
        kid.linked = rest.linked
        self.growth.passed.append(kid)
        return kid.parent or kid, after

    def _pass_over(self, node: Node, start: Start) -> tuple[Node, str]:
        """Goes to an element's end tag, or to the tag of another that ends it."""
        open_ = [start.tag]
        for piece in self.pieces:
            head, closed, text = piece.partition(">")
            tag, rule = glance(head) if closed else ("", ODD)
            if rule == END:
                if tag in open_:
                    del open_[_last(open_, tag) :]
                elif _ends_around(node, tag, open_):
                    return self._end(node, self._meet(head), piece, text)
                if not open_:
                    return node, text
            elif rule in _READ_ANYWHERE:
                self.answers[rule](self, _NOWHERE, self.known.get(head) or self._meet(head), piece, text)
            elif len(open_) == 1 and tag in elements.ENDED_BY.get(start.tag, ()):
                return self._begin(node, self._meet(head), piece, text)
            elif _is_to_end(tag, head, start.tag) and len(open_) < DEEPEST:
                open_.append(tag)
        return node, ""

    answers: ClassVar[dict[int, Callable[[_Grower, Node, Start, str, str], tuple[Node, str]]]] = {
        END: _end,
        ITEM: _item,
        TABLE_PART: _table_part,
        HEADING: _heading,
        LINK: _link,
        VOID: _void,
        RAW: _raw,
        MUTED: _muted,
        AROUND: _around,
        FRAME: _frame,
        BESIDE: _beside,
        ODD: _odd,
    }


def _is_to_end(tag: str, head: str, around: str) -> bool:
    """Whether an element is one to be ended by a tag of its own."""
    return tag not in elements.OPTIONAL_END and not (head.endswith("/") and around in elements.FOREIGN)


def _last(open_: list[str], name: str) -> int:
    return len(open_) - 1 - open_[::-1].index(name)


def _ends_around(node: Node, name: str, open_: list[str]) -> bool:
    """Whether an end tag ends an element around what is passed over, and that with it."""
    if name in elements.OPTIONAL_END and (len(open_) > 1 or open_[0] not in elements.OPTIONAL_END):
        return False
    up: Node | None = node
    while up is not None and up.tag != name:
        up = up.parent
    return up is not None


_NOWHERE: Final = Node(Start("", "", TOP), None, 0, DEEPEST)
"""Where what is passed over is put: nothing is put below the greatest depth."""


def _out_of_paragraph(node: Node) -> Node:
    """The element that stays open where a block begins: a paragraph ends there."""
    up = node
    while not up.start.special and up.parent is not None:
        up = up.parent
    return up.parent if up.tag == "p" and up.parent is not None else node
