"""Where on the page the article's text stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from aggregator.extract import marks
from aggregator.extract.elements import BLOCKS, HEADINGS
from aggregator.extract.tree import Node

if TYPE_CHECKING:
    from aggregator.extract.page import Page

_LIGHT = frozenset(("li", "td", "dd", "dt", "th"))
_INLINE = frozenset(("span", "a", "strong", "em", "b", "i"))
_LIGATURE = re.compile(r"[a-z]{3,}(?:_[a-z0-9]+)*")
"""What a typeface of icons shows as one, as "lock_clock"."""
_ICON = 30
_NEVER_AROUND = frozenset(("html", "body", "main", "article", "tr", "td", "th", "tbody", "thead"))
_MOST = 0.75
_MUCH = 0.4
"""What holds this share of a page's text is not around the article, whatever it is named."""
_ALMOST_ALL = 0.75
"""The share that an ``aside`` has to hold: a live ticker is longer than many an article."""
_TEXT, _SENTENCE = 600, 150
"""So many letters make a text of what is named for a box, and so little else is none: a notice has more."""
_NAMED = "side by its class or id"
_ARTICLE = 0.7
_CHAPTER = 200
_OWN = 600
_BEFORE = 12
_RUNNING = frozenset(("p", "blockquote", "pre"))
_INNERMOST = frozenset(("p", "ul", "ol", "table", "blockquote", "li", "tr", "tbody", "td", "pre"))


class _Inside(NamedTuple):
    """The letters of a page outside of its menus: all, those in no link, those in paragraphs."""

    chars: int
    plain: int
    running: int


def weigh(page: Page) -> None:
    """Gives every node ``good``: how much running text it holds.

    What stands around articles (comments, menus, appeals) is marked and counts nothing. Where no text is left then, but
    a box holds one, boxes may be the article after all.
    """
    marked = [(node, node.around) for node in page.order if node.around]
    _mark(page, marks.ASIDE)
    if _count(page) < _SENTENCE and any(_is_text_in_box(node) for node in page.noted):
        for node in page.order:
            node.around, node.good = "", 0.0
        for node, why in marked:
            node.around = why
        _mark(page, marks.AROUND)
        _count(page)


def _mark(page: Page, names: int) -> None:
    """Marks what stands around the article by its tag, its role or one of these kinds of names."""
    inside = _inside(page)
    for node in page.noted:
        if not node.around:
            why = _why_around(node, inside, names)
            # a banner with the headline in it is the article's head
            if why and not (why == _NAMED and any(h1.within(node) for h1 in page.h1s) and "banner" in node.marks):
                node.mark(page.order, why)


def _count(page: Page) -> float:
    """Gives every node its ``good``, and says what the whole page's is."""
    for text in page.texts:
        if not text.around and text.tag not in HEADINGS:
            worth = _worth(text.tag, text.own + text.phrased - 2 * text.pointed)
            if worth:
                above: Node | None = text
                while above is not None:
                    above.good += worth
                    above = above.parent
    return page.order[0].good


def _is_text_in_box(node: Node) -> bool:
    """Whether it is a box that holds a text, is one by all of its names, and is in nothing that was marked, too."""
    if node.around != _NAMED or not node.said & marks.BOX or node.said & (marks.AROUND | marks.OTHERS):
        return False
    alone = node.parent is None or not node.parent.around
    return alone and node.chars - node.linked >= _TEXT and node.linked < 0.3 * node.chars


def _inside(page: Page) -> _Inside:
    """The page's text without its menus, which on some pages are longer than the article."""
    body, end = page.order[0], 0
    chars, plain, running = body.chars, body.chars - body.linked, body.running
    for node in page.noted:
        if node.tag == "nav" and node.place >= end:
            chars -= node.chars
            plain -= node.chars - node.linked
            running -= node.running
            end = node.end
    return _Inside(chars, plain, running)


def _worth(tag: str, plain: int) -> float:
    """What a block's own text counts: long running text most, list items and cells least."""
    if plain < 30:
        return 0.0
    weight = min(plain, 800) + 40
    return weight * (0.4 if tag in _LIGHT else 1.0 if tag in _RUNNING else 0.8)


def _why_around(node: Node, inside: _Inside, names: int) -> str:
    """A word on why it stands around the article; "" where it may be part of it."""
    tag = node.tag
    if tag in _NEVER_AROUND or tag == "nav":
        return "navigation" if tag == "nav" else ""
    if node.said & marks.LABEL and node.chars <= 30 and tag in _INLINE:
        return "a label"
    if node.said & marks.ICON and node.chars <= _ICON and tag in _INLINE and _LIGATURE.fullmatch(node.text()):
        return "an icon"
    why = "caption" if tag == "figcaption" else "side" if tag in marks.SIDE_TAGS else ""
    if not why and node.speaks and node.attr("role") in marks.SIDE_ROLES:
        why = "side by its role"
    if not why and node.said and _is_named_around(node, names):
        why = _NAMED
    return why if why and _is_small(node, inside) else ""


def _is_small(node: Node, inside: _Inside) -> bool:
    """Whether it holds too little of the page's text to be the article."""
    much = _ALMOST_ALL if node.tag == "aside" else _MUCH
    if node.running >= 300 and node.running >= much * inside.running:
        return False
    return node.chars < much * inside.chars or node.chars - node.linked < much * inside.plain


def _is_named_around(node: Node, names: int) -> bool:
    # a heading's id is an anchor made of its words
    said = node.said if node.tag not in HEADINGS else marks.says(node.attr("class") or "")
    if not said & names or said & marks.BODY:
        return False
    # a teaser that leads nowhere, or only back, is this article's own
    return bool(said & marks.SURELY or node.linked > 0.02 * node.chars or not said & marks.TEASER)


def find(page: Page) -> Node:
    """The smallest container that holds most of the running text, from the best-named place downwards."""
    node = _headed(page, _named(page.order))
    is_article = _promise(node) >= _ARTICLE
    while True:
        best = max([kid for kid in node.kids if not isinstance(kid, str)], key=_good, default=None)
        if best is None or not best.good or best.tag in _INNERMOST or best.good < _MOST * node.good:
            return node
        if _goes_on(node, best) or (is_article and _is_chapter(node, best)) or _begins_before(page, node, best):
            return node
        node = best


def _begins_before(page: Page, node: Node, best: Node) -> bool:
    """Whether a text stands between the headline and the best part: that may be the comments on it."""
    headline = next((each.place for each in page.h1s if each.within(node)), best.place)
    if headline >= best.place:
        return False
    before = [kid for kid in node.kids if isinstance(kid, Node) and headline < kid.end and kid.place < best.place]
    return sum([kid.good for kid in before if not kid.around]) >= max(_OWN, 0.15 * node.good)


def _headed(page: Page, named: Node) -> Node:
    """The ``article`` around the headline where the best-named place is another story's, or holds both.

    Pages go on with the next story, or with comments, and these may be longer. Where no place is named at all, ``main``
    will do.
    """
    own = next((place for headline in page.h1s if (place := _place_around(headline)) is not None), None)
    if own is None or own.around or named.within(own) or _promise(named) > _ARTICLE:
        return named
    if not own.within(named):
        least = max(_OWN, 0.25 * named.good)
    elif named.tag not in ("main", "body"):
        return named
    elif own.tag == "main":
        least = max(_SENTENCE, 0.1 * named.good)
    elif named.tag == "main" and named.linked - own.linked >= 0.05 * (named.chars - own.chars):
        least = max(0.5 * _OWN, 0.15 * named.good)
    else:  # what follows may go on with what an article of a headline and a standfirst begins
        least = max(_OWN, 0.3 * named.good)
    return own if own.good >= least else named


def _place_around(node: Node) -> Node | None:
    """The innermost ``article`` or ``main`` that a node stands in."""
    above: Node | None = node
    while above is not None and above.tag not in ("article", "main"):
        above = above.parent
    return above


def _goes_on(node: Node, best: Node) -> bool:
    """Whether the text begins above its best part: in paragraphs, or in parts of the same make.

    What stands below in a part of the same make is more often about the publisher.
    """
    alike = sum(kid.good for kid in node.kids if isinstance(kid, Node) and kid is not best and _is_part(kid, best))
    return alike >= 200 and alike >= 0.8 * (node.good - best.good) and _noise(node) <= 2 * _noise(best) + 200


def _is_chapter(node: Node, best: Node) -> bool:
    """Whether the best part is one ``section`` of several: the rest is running text, too."""
    rest, chars = node.good - best.good, node.chars - best.chars
    if best.tag != "section" or rest < _CHAPTER:
        return False
    return chars <= 1.3 * rest + 100 and node.linked - best.linked <= 0.1 * chars


def _noise(node: Node) -> float:
    """How much of its text is no running text, about."""
    return max(0.0, node.chars - node.good)


def _is_part(kid: Node, best: Node) -> bool:
    if kid.around or kid.good < 100 or kid.place > best.place:
        return False
    return kid.tag == "p" or (kid.tag == best.tag and bool(best.marks) and kid.marks == best.marks)


def _good(node: Node) -> float:
    return node.good


def _named(order: list[Node]) -> Node:
    """The place whose name promises the text, weighed by how much of the page's running text it holds."""
    total = order[0].good
    if not total:  # a notice of a few words
        for tag in ("article", "main"):
            places = [node for node in order if node.tag == tag and node.chars and not node.around]
            if len(places) == 1:
                return places[0]
        return order[0]
    best, best_score = order[0], 0.0
    for node in order:
        if node.around or not node.good or node.good < 0.2 * total:
            continue
        promise = _promise(node)
        score = promise * (node.good / total) ** 0.5
        if promise and score > best_score:
            best, best_score = node, score
    return _first_of_its_kind(order, best)


def _first_of_its_kind(order: list[Node], best: Node) -> Node:
    """Where several articles of one make stand on a page, the first after the headline; parts of one, together."""
    heading = next((node.place for node in order if node.tag == "h1"), 0)
    if not best.marks and best.tag != "article":
        return best
    if best.parent is not None and best.marks and any(_is_twin(kid, best) for kid in best.parent.kids):
        return best.parent
    for node in order[heading:]:
        if node.place >= best.place:
            break
        if node.tag == best.tag and node.marks == best.marks and node.good >= 0.25 * best.good and not node.around:
            if best.within(node):
                break
            return node.parent if node.parent is best.parent and node.parent is not None else node
    return best


def _is_twin(kid: Node | str, best: Node) -> bool:
    """Whether a sibling of the same make holds text, too."""
    return isinstance(kid, Node) and kid is not best and kid.marks == best.marks and kid.good > 0 and not kid.around


def _promise(node: Node) -> float:
    if node.speaks and node.attr("itemprop") == "articleBody":
        return 1.0
    if node.said & marks.BODY:
        return 0.9
    if node.tag == "article":
        return _ARTICLE
    is_main = node.tag == "main" or (node.speaks and node.attr("role") == "main")
    return 0.5 if is_main else 0.0


def leads(page: Page, container: Node) -> list[Node]:
    """Standfirsts that stand between the headline and the container, outside of it."""
    start = _after_heading(page, container)
    found: list[Node] = []
    skip_to = 0
    for node in page.order[start : container.place]:
        if node.place >= skip_to and not container.within(node) and _is_lead(node):
            found.append(node)
            skip_to = node.end
    return found[:3]


def _after_heading(page: Page, container: Node) -> int:
    """Where a standfirst may begin: after the headline above the container; without one, a little before it."""
    above = [node for node in page.h1s if node.place < container.place]
    if above:
        return above[-1].end
    if any(node.within(container) for node in page.h1s):
        return container.place
    near = container.place - _BEFORE
    return next(
        (node.place for node in page.order[max(0, near) : container.place] if node.said & marks.LEAD), container.place
    )


def _is_bare_lead(node: Node) -> bool:
    """A sentence or two in a box of its own, under the headline."""
    if node.tag not in ("div", "span") or not 80 <= node.chars <= 600:
        return False
    return _is_sentence(node.text()) and not any(isinstance(kid, Node) and kid.tag in BLOCKS for kid in node.kids)


def _is_sentence(text: str) -> bool:
    return text[:1].isupper() and " " in text and text.rstrip("\"”“'").endswith((".", "!", "?"))


def _is_lead(node: Node) -> bool:
    if not 15 <= node.chars <= 1200 or node.linked > 0.3 * node.chars or node.around:
        return False
    return (
        bool(node.said & marks.LEAD)
        or (node.tag in ("p", "h2") and node.chars >= 60)
        or (node.tag in ("h3", "h4") and node.chars >= 100)
        or (node.tag == "p" and _is_sentence(node.text()))
        or _is_bare_lead(node)
    )
