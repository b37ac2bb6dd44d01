"""The picture that an article is shown with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from aggregator import urls
from aggregator.extract import marks
from aggregator.extract.rendering import picture_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aggregator.extract.page import Page
    from aggregator.extract.tree import Node

# Both are for addresses in lower case.
_NO_PICTURE = re.compile(r"logo(?:typ)?\b|placeholder|default[-_]?(?:image|share)|favicon|spacer|pixel|avatar")
_ICON = re.compile(r"(?:^|[/_-])icons?(?:$|[/_.-])|\bblank\b")
_OTHERS = re.compile(
    r"author|autor|byline|avatar|headshot|profile|logo|icon|teaser|related|promo|share|social|recommend|newsletter|hidden"
)
_BETWEEN = re.compile(r",\s+|,(?=/|https?:)")
_WIDTH = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)[wx]")
_BEFORE, _SPAN, _AFTER = 12, 110, 25
_SMALL = 200
_LONGEST = 4000
_DESCRIBED = 2


def choose(page: Page, container: Node, first: int) -> str | None:
    """The address of the picture; ``first`` is the place of the first text.

    What the page names for sharing if it shows the same file by the headline, else the picture that it does show there
    (the one for sharing may be cropped, stamped with a logo, or another); then what it names, then the text's first.
    """
    offers = (urls.resolve(page.base, offer) for offer in _named(page) if offer)
    named = [whole for whole in offers if whole and not _is_logo(whole)]
    names = [_file(address) for address in named]
    shown: list[tuple[Node, list[tuple[float, str]]]] = []
    files: set[str] = set()
    for node, renditions in _shown(page, first):
        shown.append((node, renditions))
        files.update([_file(offer) for _, offer in renditions])
        if names and names[0] in files:
            return named[0]
    same = next((address for address, name in zip(named, names, strict=True) if name in files), None)
    if same:
        return same
    lead = next((renditions for node, renditions in shown if _leads(node)), [])
    widest = max(lead, key=lambda rendition: rendition[0], default=(0.0, ""))[1]
    return (urls.resolve(page.base, widest) if widest else None) or next(iter(named), None) or _first(page, container)


def _named(page: Page) -> Iterator[str]:
    """What meta tags, JSON-LD and a link name."""
    yield page.head.first("og:image", "og:image:url", "og:image:secure_url")
    yield page.head.first("twitter:image", "twitter:image:src")
    for item in page.head.articles:
        image = item.get("image")
        while isinstance(image, list) and image:
            image = image[0]
        if isinstance(image, dict):
            image = image.get("url") or image.get("contentUrl")
        while isinstance(image, list) and image:
            image = image[0]
        if isinstance(image, str):
            yield image
    yield from page.head.links.get("image_src", ())


def _shown(page: Page, first: int) -> Iterator[tuple[Node, list[tuple[float, str]]]]:
    """The pictures from the headline to a little below the first text, each with its renditions and their widths."""
    heading = max((node.place for node in page.h1s if node.place < first), default=first)
    for node in page.order[max(heading - _BEFORE, first - _SPAN, 0) : first + _AFTER]:
        if node.tag in ("img", "source"):
            renditions = [
                (width, offer) for width, offer in _renditions(node) if not _is_logo(offer) and not _is_drawn(offer)
            ]
            if renditions:
                yield node, renditions


def _renditions(node: Node) -> Iterator[tuple[float, str]]:
    for name in ("data-srcset", "srcset"):
        offers = node.attr(name)
        for part in _BETWEEN.split(offers[:_LONGEST]) if offers else ():
            words = part.strip(" ,").split()
            width = _WIDTH.fullmatch(words[1]) if len(words) == _DESCRIBED else None
            if words:
                yield float(width[1]) if width else 0.0, words[0]
    source = picture_source(node)
    if source:
        yield 1.0, source


def _leads(node: Node) -> bool:
    """Whether a picture belongs to the story: large, no link to another, nobody's portrait."""
    width = node.attr("width") or ""
    if re.fullmatch(r"[1-9]\d{0,4}", width) and int(width) < _SMALL:
        return False
    above: Node | None = node
    for _ in range(6):
        if above is None or above.tag in ("article", "main", "body"):
            return True
        if above.tag in marks.SIDE_TAGS or (above.tag == "a" and not _opens_picture(above)):
            return False
        if above.marks and _OTHERS.search(above.marks):
            return False
        above = above.parent
    return True


def _opens_picture(link: Node) -> bool:
    return bool(re.search(r"\.(?:jpe?g|png|webp)\b|^#|^javascript:", link.attr("href") or "#", re.IGNORECASE))


def _first(page: Page, container: Node) -> str | None:
    for node in container.nodes():
        if node.tag == "img":
            source = picture_source(node)
            whole = urls.resolve(page.base, source) if source else None
            if whole and not _is_logo(whole):
                return whole
    return None


def _file(url: str) -> str:
    return unquote(_without_arguments(url).rstrip("/").rsplit("/", 1)[-1]).casefold()


def _without_arguments(url: str) -> str:
    return url.partition("?")[0].partition("#")[0]


def _is_logo(url: str) -> bool:
    return _NO_PICTURE.search(url.rsplit("/", 1)[-1].lower()) is not None


def _is_drawn(url: str) -> bool:
    """Whether it is no photo: an icon, a blank to be filled later."""
    name = _without_arguments(url).lower()
    if name.endswith((".svg", ".gif")) or "transparent" in name:
        return True
    return ("icon" in name or "blank" in name) and _ICON.search(name) is not None
