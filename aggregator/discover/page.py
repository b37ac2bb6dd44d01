"""A listing page → links: by the operator's selectors, else by the general link finder.

The finder looks for links that stand in cards of one shape: headlines with dates and teasers, or addresses that look
like articles'. Navigation, footers, pagination, tags and log-in links stand alike too, but have neither.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from aggregator import markup, urls
from aggregator.discover import cards
from aggregator.discover.asked import fingerprint
from aggregator.discover.likeness import likeness, never
from aggregator.model import Link, Listing, Probe, Reason, Rejection, Request, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

    from aggregator.discover.asked import Asked
    from aggregator.discover.cards import Card
    from aggregator.model import Source

MOST_ANCHORS: Final = 3000
GROUP: Final = 3
"""So many links of one shape make a list."""
GROUP_MEAN: Final = 4.0
LEAST_IN_GROUP: Final = 3
ALONE: Final = 6
"""The score at which a link is taken without its like."""
MUNICIPALITIES: Final = (
    "Askersund", "Degerfors", "Hallsberg", "Hällefors", "Karlskoga", "Kumla",
    "Laxå", "Lekeberg", "Lindesberg", "Ljusnarsberg", "Nora", "Örebro",
)  # fmt: skip
_HEADED: Final = frozenset({cards.Title.HEADING, cards.Title.STYLED, cards.Title.BORROWED})
_OUTSIDE: Final = frozenset({"nav", "footer", "form", "dialog"})
_ROLES: Final = frozenset({"navigation", "contentinfo", "search", "menu", "dialog"})
_CHROME: Final = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|meny|breadcrumbs?|brodsmulor|pag(?:ination|er|enav)|footer|sidfot|cookies?"
    r"|social|share|tag-?cloud|comments?|lang(?:uage)?s?|sprak|login)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ITEM: Final = re.compile(r"card|teaser|puff|post|news|nyhet|artikel|article|headline|story|item|entry", re.IGNORECASE)
_ITEM_TAGS: Final = frozenset({"li", "article", "tr", "dd", "section"})
_FOLD: Final = str.maketrans("åäö", "aao")
_BY_SLUG: Final = {name.lower().translate(_FOLD): name for name in MUNICIPALITIES}
_PLACE: Final = re.compile(r"/(?:kommun|kommuner|municipality|ort|plats)/([^/?#]+)", re.IGNORECASE)
_CATEGORY: Final = re.compile(r"/(?:category|kategori|amne|sektion)/([^/?#]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link that may lead to an article, its card, and how much speaks for it."""

    url: str
    card: Card
    shape: str
    score: int


def probe(url: str) -> Probe:
    """The request for a listing page."""
    return Probe(kind=SourceKind.PAGE, request=Request(url=url))


def read(asked: Asked) -> Listing | Rejection:
    """The articles that a page lists. ``memory["pages_left"]`` asks for so many further pages of it."""
    if not asked.snapshot.body.strip():
        return asked.reject(Reason.EMPTY, "the page is empty")
    text = markup.decode(asked.snapshot.body, asked.content_type)
    if "<" not in text:
        return asked.reject(Reason.NOT_HTML, "no markup in it")
    tree = LexborHTMLParser(markup.cap_depth(text))
    if tree.body is None:
        return asked.reject(Reason.NOT_HTML, "no markup in it")
    base = tree.css_first("base[href]")
    if base is not None:
        asked = replace(asked, base=asked.feed_address(base.attributes.get("href")))
    anchors = _hinted(tree, asked) or _likely(_anchors(tree.body, asked, named=False))
    listing = asked.listing(_links(anchors, asked), asked.remember())
    if isinstance(listing, Rejection):
        return listing
    return _turned(tree, listing, asked)


def _hinted(tree: LexborHTMLParser, asked: Asked) -> list[Anchor]:
    """What the operator's selectors name: links, cards or whole lists."""
    named: list[Anchor] = []
    for selector in asked.source.hints.links:
        try:
            nodes = tree.css(selector)
        except (SelectolaxError, ValueError):
            continue  # the configuration tells of selectors that cannot be read; here the finder stands in
        for node in nodes[:MOST_ANCHORS]:
            found = _anchors(node, asked, named=True)
            several = len({anchor.url for anchor in found}) > 1
            named.extend((_likely(found) or found) if several else found)
    return named


def _anchors(root: LexborNode, asked: Asked, *, named: bool) -> list[Anchor]:
    """Every link below an element that may lead to an article of this site."""
    nodes = [root] if root.tag == "a" else root.css("a[href]")[:MOST_ANCHORS]
    own = _key(asked.url, asked.source)
    leads: list[tuple[LexborNode, str]] = []
    for node in nodes:
        url = asked.address(node.attributes.get("href"))
        if url and urls.same_site(url, asked.url) and not never(url) and _key(url, asked.source) != own:
            leads.append((node, url))
    # A card may also link to its section or place: only what could be an article itself bounds a card.
    deck = cards.Deck(asked, [(node, url) for node, url in leads if likeness(url) or _speaks(node)])
    anchors = []
    for node, url in leads:
        if named or not _outside(node):
            card = deck.card(node, url)
            anchors.append(Anchor(url, card, _shape(node), _score(node, url, card, asked.source)))
    return anchors


def _key(url: str, source: Source) -> str:
    return urls.key(url, branches=source.branches, drop_query=source.drop_query)


def _speaks(node: LexborNode) -> bool:
    return len(cards.text_of(node).split()) >= 3 or node.css_first(cards.HEADINGS) is not None


def _outside(node: LexborNode) -> bool:
    """Whether a link stands in the page's frame: navigation, footer, the header of the whole page."""
    inside = False
    for around in cards.above(node):
        tag, role = around.tag, (around.attributes.get("role") or "").lower()
        if tag in _OUTSIDE or role in _ROLES:
            return True
        if (tag == "header" or role == "banner") and not inside and _is_top(around):
            return True
        inside = inside or tag in {"article", "main", "li"}
    return False


def _is_top(header: LexborNode) -> bool:
    return all(around.tag not in {"article", "main", "section", "li"} for around in cards.above(header))


def _shape(node: LexborNode) -> str:
    """The tags and classes from the link outwards: equal for the cards of one list."""
    steps = [_step(node)]
    for level, around in enumerate(cards.above(node)):
        if level >= 4:
            break
        steps.append(_step(around))
    return "<".join(steps)


def _step(node: LexborNode) -> str:
    # classes with digits name the item ("post-123"), the others its kind
    classes = sorted({name for name in (node.attributes.get("class") or "").split() if name.isalpha() or "-" in name})
    return f"{node.tag}.{'.'.join(name for name in classes if not re.search('[0-9]', name))}"


def _score(node: LexborNode, url: str, card: Card, source: Source) -> int:
    """How much speaks for an article: its address, its title, what stands around it."""
    words = len(card.title.split())
    score = min(likeness(url), 4)
    score += 2 if words >= 4 else 1 if words >= 2 else 0 if words else -2
    score += 2 * (card.title_from in _HEADED) + 2 * card.said_date + bool(card.teaser)
    score += 2 if source.include or _below(url, source) else 0
    return score + _standing(node)


def _below(url: str, source: Source) -> bool:
    folder = urlsplit(source.url).path.rpartition("/")[0] + "/" if "://" in source.url else "/"
    return folder != "/" and urlsplit(url).path.startswith(folder)


def _standing(node: LexborNode) -> int:
    item = False
    malus = 0
    for level, around in enumerate(cards.above(node)):
        names = f"{around.attributes.get('class') or ''} {around.attributes.get('id') or ''}"
        if level < 5 and (around.tag in _ITEM_TAGS or _ITEM.search(names)):
            item = True
        if _CHROME.search(names):
            malus = -3
    return item + malus


def _likely(anchors: Iterable[Anchor]) -> list[Anchor]:
    """Those that stand in a list of articles, or that speak for themselves."""
    groups: defaultdict[str, list[Anchor]] = defaultdict(list)
    for anchor in anchors:
        groups[anchor.shape].append(anchor)
    taken: list[tuple[int, Anchor]] = []
    order = {id(anchor): index for index, anchor in enumerate(a for group in groups.values() for a in group)}
    for group in groups.values():
        scores = [anchor.score for anchor in group]
        listed = len({anchor.url for anchor in group}) >= GROUP and sum(scores) / len(scores) >= GROUP_MEAN
        bar = LEAST_IN_GROUP if listed else ALONE
        taken.extend((order[id(anchor)], anchor) for anchor in group if anchor.score >= bar)
    return [anchor for _, anchor in sorted(taken, key=lambda pair: pair[0])]


def _links(anchors: Iterable[Anchor], asked: Asked) -> list[Link]:
    """One link an article, with the best that its anchors (picture, headline, "Läs mer") tell."""
    best: dict[str, Anchor] = {}
    for anchor in anchors:
        known = best.get(anchor.url)
        if known is None or (anchor.card.title_from, anchor.score) > (known.card.title_from, known.score):
            best[anchor.url] = anchor if known is None else _with_picture(anchor, known)
    place, category = _named_in(asked.source.url)
    return [
        Link(
            url=anchor.url,
            title=anchor.card.title or None,
            published_at=anchor.card.published_at,
            updated_at=anchor.card.updated_at,
            lead=anchor.card.teaser or None,
            category=category,
            image_url=anchor.card.image_url,
            place=place or _named_in(anchor.url)[0],
            fingerprint=fingerprint(anchor.card.updated_at) if anchor.card.updated_at else None,
        )
        for anchor in best.values()
    ]


def _with_picture(anchor: Anchor, known: Anchor) -> Anchor:
    if anchor.card.image_url or not known.card.image_url:
        return anchor
    return replace(anchor, card=replace(anchor.card, image_url=known.card.image_url))


def _named_in(url: str) -> tuple[str | None, str | None]:
    """The municipality and the section that a listing's address names."""
    path = unquote(urlsplit(url).path) if "://" in url else ""
    place, category = _PLACE.search(path), _CATEGORY.search(path)
    town = place[1].lower().translate(_FOLD).removesuffix("s-kommun").removesuffix("-kommun") if place else ""
    return _BY_SLUG.get(town), category[1].replace("-", " ") if category else None


def _turned(tree: LexborHTMLParser, listing: Listing, asked: Asked) -> Listing:
    left = asked.memory.get("pages_left", "")
    if not left.isdecimal() or int(left[:4]) < 1:
        return listing
    for node in tree.css("a[rel~=next][href], link[rel~=next][href], a.next[href], .pagination .next a[href]"):
        url = asked.feed_address(node.attributes.get("href"))
        if url and urls.same_site(url, asked.url) and url != asked.url:
            return Listing(
                links=listing.links,
                next_probe=probe(url),
                memory={
                    "pages_left": str(int(left[:4]) - 1),
                    "first_page": asked.memory.get("first_page") or asked.url,
                },
            )
    return listing
