"""A page read once: the tree, its head, and the places that later decisions look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from turbohtml import SelectorSyntaxError

from aggregator import markup, urls
from aggregator.extract import head as heads
from aggregator.extract import marks
from aggregator.extract.grow import grow

if TYPE_CHECKING:
    from turbohtml import Document, Element

    from aggregator.extract.head import Head
    from aggregator.extract.tree import Node


_DATE_PROPERTIES = frozenset(("datePublished", "dateModified", "dateCreated"))


class RawPage(NamedTuple):
    """A page as it was fetched: the body after content decoding, the Content-Type header's value, the final address."""

    body: bytes
    content_type: str | None
    url: str


@dataclass(slots=True)
class Page:
    """A page as it was read: ``order`` is every element in page order, the body first.

    ``noted`` and ``texts`` are those of ``grow.Growth``. ``fetched`` is None where no page was, but an API's answer.
    """

    url: str
    base: str
    fetched: RawPage | None
    document: Document
    head: Head
    order: list[Node]
    noted: list[Node]
    texts: list[Node]
    h1s: list[Node] = field(default_factory=list)
    dated: list[Node] = field(default_factory=list)
    bylines: list[Node] = field(default_factory=list)
    site: str = ""
    _nodes: dict[Element, Node] = field(default_factory=dict)

    def with_scripts(self) -> str:
        """The page's whole markup as it was fetched; "" where none was."""
        return markup.decode(self.fetched.body, self.fetched.content_type) if self.fetched else ""

    def select(self, selector: str) -> list[Node]:
        """The nodes that a CSS selector matches; [] for a text that is none."""
        if not self._nodes:
            self._nodes = {node.element: node for node in self.order}
        try:
            found = self.document.select(selector)
        except SelectorSyntaxError:
            return []
        return [self._nodes[element] for element in found if element in self._nodes]


def read(html: str, url: str, *, fetched: RawPage | None = None, whole: bool = False) -> Page:
    """The page; with ``whole`` every element of it, those in menus and lists of other stories, too.

    ``html`` need not hold what scripts and styles do (``markup.without_scripts``).
    """
    growth = grow(html, whole=whole)
    head = heads.read(growth.told)
    base = urls.resolve(url, head.base) or url if head.base else url
    page = Page(url, base, fetched, growth.document, head, growth.order, growth.noted, growth.texts)
    page.site = (
        head.first("og:site_name", "application-name")
        or urls.host(url).split("//")[-1].split(":")[0].removeprefix("www.").rsplit(".", 1)[0]
    )
    _notice(page)
    return page


def _notice(page: Page) -> None:
    """Gathers headlines, and places that may hold dates and names."""
    for node in page.noted:
        tag = node.tag
        if tag == "h1":
            page.h1s.append(node)
        elif tag == "time":
            page.dated.append(node)
        elif node.chars <= 150:
            said = node.said
            prop = node.attr("itemprop") if node.speaks else None
            if said & marks.DATE or prop in _DATE_PROPERTIES:
                page.dated.append(node)
            if said & marks.BYLINE or prop == "author" or (node.speaks and node.attr("rel") == "author"):
                page.bylines.append(node)
