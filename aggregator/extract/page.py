"""A page read once: the tree, its head, and the places that later decisions look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from aggregator import urls
from aggregator.extract import head as heads
from aggregator.extract import marks
from aggregator.extract.elements import VOID
from aggregator.extract.grow import grow

if TYPE_CHECKING:
    from aggregator.extract.head import Head
    from aggregator.extract.tree import Node


_DATE_PROPERTIES = frozenset(("datePublished", "dateModified", "dateCreated"))
_PLACE = "data-place-of-aggregator"


@dataclass(slots=True)
class Page:
    """``html`` is the page as it was read, ``order`` every element in page order, the body first.

    ``noted`` and ``texts`` are those of ``grow.Growth``.
    """

    url: str
    base: str
    html: str
    head: Head
    order: list[Node]
    noted: list[Node]
    texts: list[Node]
    h1s: list[Node] = field(default_factory=list)
    dated: list[Node] = field(default_factory=list)
    bylines: list[Node] = field(default_factory=list)
    site: str = ""
    _parsed: LexborHTMLParser | None = None

    def select(self, selector: str) -> list[Node]:
        """The nodes that a CSS selector matches; [] for a text that is none."""
        if self._parsed is None:
            self._parsed = LexborHTMLParser(_written(self.order[0]))
        try:
            found = self._parsed.css(selector)
        except (SelectolaxError, ValueError):
            return []
        places = [match.attributes.get(_PLACE) for match in found]
        return [self.order[int(place)] for place in places if place]


def read(html: str, url: str, *, whole: bool = False) -> Page:
    """The page; with ``whole`` every element of it, those in menus and lists of other stories, too."""
    growth = grow(html, whole=whole)
    head = heads.read(growth.told)
    base = urls.resolve(url, head.base) or url if head.base else url
    page = Page(url, base, html, head, growth.order, growth.noted, growth.texts)
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
            start = node.start
            said, source = start.said, start.source
            prop = start.attrs.get("itemprop") if "itemprop" in source else None
            if said & marks.DATE or prop in _DATE_PROPERTIES:
                page.dated.append(node)
            if said & marks.BYLINE or prop == "author" or ("author" in source and start.attrs.get("rel") == "author"):
                page.bylines.append(node)


def _written(top: Node) -> str:
    """The tree as well-nested markup in which each element bears its place, so that a selector can be asked."""
    out: list[str] = ["<!doctype html><html>"]
    waiting: list[Node | str] = [top]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            out.append(item)
            continue
        attrs = "".join(
            f' {name}="{escape(value or "")}"'
            for name, value in item.attrs.items()
            if name.isascii() and name != _PLACE
        )
        out.append(f'<{item.tag} {_PLACE}="{item.place}"{attrs}>')
        if item.tag not in VOID:
            waiting.append(f"</{item.tag}>")
            waiting.extend(escape(kid) if isinstance(kid, str) else kid for kid in reversed(item.kids))
    return "".join(out)
