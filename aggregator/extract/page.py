"""A page read once: the tree, its head, and the places that later decisions look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, LexborNode

from aggregator import markup, urls
from aggregator.extract import head as heads
from aggregator.extract import marks
from aggregator.extract.tree import Node, grow

if TYPE_CHECKING:
    from aggregator.extract.head import Head


_DATE_PROPERTIES = frozenset(("datePublished", "dateModified", "dateCreated"))


@dataclass(slots=True)
class Page:
    """``order`` is every element in page order, the body first; ``sources`` finds one by the parser's number."""

    url: str
    base: str
    tree: LexborHTMLParser
    head: Head
    order: list[Node]
    h1s: list[Node] = field(default_factory=list)
    dated: list[Node] = field(default_factory=list)
    bylines: list[Node] = field(default_factory=list)
    sources: dict[int, Node] = field(default_factory=dict)
    site: str = ""

    def node_of(self, source: LexborNode) -> Node | None:
        """Our node of a parsed one, None where the walk left it out."""
        if not self.sources:
            self.sources.update({node.mem_id: node for node in self.order})
        return self.sources.get(source.mem_id)

    def dissolve(self) -> None:
        """Unties its elements, when it is done with: they go at once, and leave the collector nothing to search."""
        for node in self.order:
            node.parent = None


def read(html: str, url: str, raw: bytes | None = None) -> Page:
    """The page; ``order`` is empty where it has no body. ``raw`` is ``html`` in UTF-8, where that is at hand."""
    capped = markup.cap_depth(html)
    tree = LexborHTMLParser(capped if raw is None or capped is not html else raw)
    head = heads.read(tree)
    body = tree.body
    order = grow(body) if body is not None else []
    base = urls.resolve(url, head.base) or url if head.base else url
    page = Page(url, base, tree, head, order)
    page.site = (
        head.first("og:site_name", "application-name")
        or urls.host(url).split("//")[-1].split(":")[0].removeprefix("www.").rsplit(".", 1)[0]
    )
    _notice(page)
    return page


def _notice(page: Page) -> None:
    """Gathers headlines, and places that may hold dates and names."""
    for node in page.order:
        tag, attrs = node.tag, node.attrs
        if tag == "h1":
            page.h1s.append(node)
        elif tag == "time":
            page.dated.append(node)
        elif attrs and node.chars <= 150 and (node.said or "itemprop" in attrs or "rel" in attrs):
            prop = attrs.get("itemprop")
            if node.said & marks.DATE or prop in _DATE_PROPERTIES:
                page.dated.append(node)
            if node.said & marks.BYLINE or prop == "author" or attrs.get("rel") == "author":
                page.bylines.append(node)
