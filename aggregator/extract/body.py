"""Where on the page the article's text stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.extract import marks
from aggregator.extract.tree import BLOCKS, HEADINGS, Node

if TYPE_CHECKING:
    from aggregator.extract.page import Page

_LIGHT = frozenset(("li", "td", "dd", "dt", "th"))
_RUNNING = frozenset(("p", "blockquote", "pre"))
_INNERMOST = frozenset(("p", "ul", "ol", "table", "blockquote", "li", "tr", "tbody", "td", "pre"))


def weigh(order: list[Node]) -> None:
    """Gives every node its ``good``: how much running text it holds, without what stands around articles."""
    total = max(1, order[0].chars)
    for node in order:
        parent = node.parent
        node.around = node.around or bool(parent and parent.around) or _is_around(node, total)
    own = [0] * len(order)
    links = [0] * len(order)
    for node in reversed(order):
        here, parent = node.place, node.parent
        chars = own[here] + sum(len(kid.strip()) for kid in node.kids if isinstance(kid, str))
        linked = chars if node.tag == "a" else links[here]
        if parent is None or node.tag in BLOCKS:
            node.good += _worth(node, chars - 2 * linked)
        else:
            own[parent.place] += chars
            links[parent.place] += linked
        if parent is not None:
            parent.good += node.good


def _worth(node: Node, plain: int) -> float:
    """What a block's own text counts: long running text most, list items and cells least, headings nothing."""
    if plain < 30 or node.around or node.tag in HEADINGS:
        return 0.0
    weight = min(plain, 800) + 40
    return weight * (0.4 if node.tag in _LIGHT else 1.0 if node.tag in _RUNNING else 0.8)


def _is_around(node: Node, total: int) -> bool:
    tag = node.tag
    if node.marks and node.chars <= 30 and tag in ("span", "a", "strong", "em", "b") and marks.LABEL.search(node.marks):
        return True
    if tag in ("html", "body", "main", "article"):
        return False
    found = tag in marks.SIDE_TAGS or tag == "figcaption" or node.attrs.get("role") in marks.SIDE_ROLES
    if not found and node.marks:
        found = bool(marks.AROUND.search(node.marks))
        if found and marks.BODY.search(node.marks):
            found = False
    return found and node.chars < total * 0.4


def find(order: list[Node]) -> Node:
    """The smallest container of the article's text."""
    top = order[0]
    if not top.good:
        return top
    node = top
    hinted = _hinted(order, top.good)
    if hinted is not None:
        node = hinted
    while True:
        best = max((kid for kid in node.kids if isinstance(kid, Node)), key=lambda kid: kid.good, default=None)
        if best is None or best.tag in _INNERMOST or best.good < 0.85 * node.good:
            return node
        node = best


def _hinted(order: list[Node], total: float) -> Node | None:
    best, best_score = None, 0.0
    for node in order:
        if node.around or node.good < 0.25 * total:
            continue
        promise = 0.0
        if (node.attrs.get("itemprop") or "") == "articleBody":
            promise = 1.0
        elif node.marks and marks.BODY.search(node.marks):
            promise = 0.9
        elif node.tag == "article":
            promise = 0.7
        elif node.tag == "main" or node.attrs.get("role") == "main":
            promise = 0.5
        if promise:
            score = promise * (node.good / total) ** 0.5
            if score > best_score:
                best, best_score = node, score
    return best


def leads(page: Page, container: Node) -> list[Node]:
    """Standfirsts that stand between the headline and the container, outside of it."""
    heading = None
    for node in page.h1s:
        if node.place < container.place or node.within(container):
            heading = node
    if heading is None or heading.within(container):
        return []
    found: list[Node] = []
    skip_to = 0
    for node in page.order[heading.place + 1 : container.place]:
        if node.place >= skip_to and not container.within(node) and not node.within(heading) and _is_lead(node):
            found.append(node)
            skip_to = node.place + len(node.nodes())
    return found[:3]


def _is_lead(node: Node) -> bool:
    if not 40 <= node.chars <= 1200 or node.linked > 0.3 * node.chars or node.around:
        return False
    return bool(marks.LEAD.search(node.marks)) or (node.tag in ("p", "h2") and node.chars >= 60)
