"""From markup to our tree, in one walk over the tree that the parser makes.

The parser (turbohtml) builds what the HTML Standard says (section 13.2), in time linear in the page's length, whatever
is sent. The walk leaves out what is never text of an article, and nests nothing deeper than ``DEEPEST``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import turbohtml
from turbohtml import Element, Text

from aggregator import markup
from aggregator.extract import marks
from aggregator.extract.elements import EMPTY, HEADINGS, NEVER_TEXT
from aggregator.extract.tree import Node, measure, untie
from aggregator.markup import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from turbohtml import Document
    from turbohtml import Node as Parsed

DEEPEST: Final = 300
_LOOKS: Final = 4
"""So often places that hold much text are opened, each in those of the look before, until the page is read whole."""
_TELLING: Final = words("html base title meta link script")
_ASKED: Final = ", ".join(
    (
        'html, base, title:not(svg title), meta, script[type*="ld+json" i]',
        'link[rel~="canonical" i], link[rel~="image_src" i]',
        'body [hidden], body [style*="display:none" i], body [style*="display: none" i]',
        '[itemprop], [role], [rel~="author" i]',
    )
)
"""What speaks of the page, what is hidden, and elements of which more than class and id is asked."""
_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_OPENERS: Final = ":is(h2, h3, h4, h5, h6) button[aria-controls]"
_NOTED: Final = words("h1 time nav aside footer figcaption")
_AROUND: Final = words("nav footer")
_PARTS_OF_PAGES: Final = words("div section aside ul ol")
_MADE_HEADINGS: Final = words("div p span")
"""What may be written as a heading by its role (WAI-ARIA 1.2, section 5.4)."""
_OURS: Final = "h1, time, [itemprop], [rel~=author i]"
"""What in a place tells that it may be the article's after all."""
_NOT_OURS: Final = marks.OTHERS | marks.FRAME
_PERHAPS_OURS: Final = marks.BODY | marks.LEAD | marks.TEASER | marks.DATE | marks.BYLINE
_WRAPPER: Final = re.compile(
    r"wrap|container|layout|template|(?:left|right|with|has|no|one)[-_]?sidebar|sidebar[-_](?:left|right)"
)


@dataclass(slots=True)
class Growth:
    """A grown page. ``order`` is every element in page order, the body first."""

    document: Document
    order: list[Node]
    noted: list[Node] = field(default_factory=list)
    """Elements that say more than others: by class, id or properties, or by a tag such as h1, time, nav."""
    passed: list[Node] = field(default_factory=list)
    """Elements of which nothing but the text is known."""
    texts: list[Node] = field(default_factory=list)
    """Blocks with text of their own."""
    told: list[Element] = field(default_factory=list)
    """What speaks of the page, in page order: meta, link, title, base, html, scripts of JSON-LD."""


def grow(html: str, *, whole: bool = False) -> Growth:
    """The tree of a page. What is hidden or never text of an article is left out, with all in it.

    Menus, lists of other stories and the like, two thirds of most pages, are one element each, with their text in one
    piece; not those that hold much of the page's text after all, and none with ``whole``.
    """
    document = turbohtml.parse(markup.end_phrases(html))
    grower = _Grower(document)
    for _ in range(_LOOKS):
        growth = grower.run(whole=whole)
        large = _large(growth.passed, growth.order[0])
        if not large:
            return growth
        untie(growth.order)
        grower.opened.update(large)
    return grower.run(whole=True)


def _large(passed: list[Node], page: Node) -> list[Element]:
    """Those of these places that hold enough text to be the article, as ``body.weigh`` sees it, or a bit less."""
    menus = [node for node in passed if node.tag == "nav"]
    chars = page.chars - sum([node.chars for node in menus])
    plain = chars - page.linked + sum([node.linked for node in menus])
    large: list[Element] = []
    for node in passed:
        own = node.chars - node.linked
        if node.tag != "nav" and own >= 0.3 * plain and (own >= 300 or node.chars >= 0.4 * chars):
            large.append(node.element)
    return large


class _Grower:
    """Walks one parsed page."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.opened: set[Element] = set()
        self.told: list[Element] = []
        self.hidden: set[Element] = set()
        self.speaking: set[Element] = set()
        for element in document.select(_ASKED):
            if element.tag in _TELLING:
                self.told.append(element)
            elif element.attr("hidden") is not None or _HIDDEN.search(element.attr("style") or ""):
                self.hidden.add(element)
            else:
                self.speaking.add(element)
        self._unfold()

    def _unfold(self) -> None:
        """What a button in a heading opens is text that waits to be read, not hidden."""
        folded = {id_: element for element in self.hidden if (id_ := element.attr("id"))}
        if folded:
            for button in self.document.select(_OPENERS):
                self.hidden.discard(folded.get(button.attr("aria-controls") or "", button))

    def run(self, *, whole: bool) -> Growth:
        """Every element of the body, from the first to the last."""
        body = self.document.select_one("body") or Element("body")
        node = Node(body, "body", None, 0)
        growth = Growth(self.document, [node], told=self.told)
        hidden = self.hidden
        open_: list[tuple[Node, Iterator[Parsed]]] = []
        kids = iter(body)
        while True:
            for kid in kids:
                if isinstance(kid, Text):
                    source = kid.to_source()  # not ``data``, of which the parser would keep a copy, four bytes a letter
                    node.add(kid.data if "&" in source else source)
                elif isinstance(kid, Element):
                    tag = kid.tag
                    if kid in hidden or (tag in NEVER_TEXT and not (tag == "button" and node.tag in HEADINGS)):
                        continue
                    inner = self._open(kid, tag, node, growth) if node.depth < DEEPEST else node
                    around = inner.said & _NOT_OURS or tag in _AROUND
                    if tag in EMPTY or (around and not whole and self._passes(inner, growth)):
                        continue
                    if len(kid) == 1 and isinstance(kid[0], Text):  # as most: nothing to go through
                        inner.add(kid.text)
                        continue
                    open_.append((node, kids))
                    node, kids = inner, iter(kid)
                    break
            else:
                if not open_:
                    growth.texts = measure(growth.order)
                    return growth
                node, kids = open_.pop()

    def _open(self, element: Element, tag: str, parent: Node, growth: Growth) -> Node:
        """Makes an element's Node, and notes it where it says something."""
        order = growth.order
        node = Node(element, tag, parent, len(order))
        order.append(node)
        parent.kids.append(node)
        name, id_ = element.attr("class"), element.attr("id")
        if name or id_:
            node.said = marks.said_by(name, id_)
        if element in self.speaking:
            node.speaks = True
            if tag in _MADE_HEADINGS and element.attr("role") == "heading":
                node.tag = tag = _heading(element)
        if node.said or node.speaks or tag in _NOTED:
            growth.noted.append(node)
        return node

    def _passes(self, node: Node, growth: Growth) -> bool:
        """Keeps of an element around articles no more than its text, in one piece; not of one that may be ours."""
        element = node.element
        if not _is_around(node) or element in self.opened or element.select_one(_OURS) is not None:
            return False
        texts = list(element.stripped_strings)
        node.kids.append(" ".join(texts))
        node.own = sum(map(len, texts))
        node.linked = sum([len(link.text.strip()) for link in element.select("a")])
        growth.passed.append(node)
        return True


def _heading(element: Element) -> str:
    """The tag of what is a heading by its role; one without a level is of the second."""
    level = element.attr("aria-level") or ""
    return f"h{level}" if level in "123456" and len(level) == 1 else "h2"


def _is_around(node: Node) -> bool:
    """Whether an element stands around articles, by all signs."""
    if node.tag in _AROUND:
        return True
    said = node.said
    if node.tag not in _PARTS_OF_PAGES or said & _PERHAPS_OURS:
        return False
    return bool(said & _NOT_OURS and said & marks.SURELY) and not _WRAPPER.search(node.marks)
