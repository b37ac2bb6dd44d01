"""What the page says of itself: meta tags, links, the title tag, JSON-LD."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from turbohtml import Element

_LARGEST_JSON = 2_000_000
_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|SocialMediaPosting|LiveBlogPosting)$")
_CONTROL = re.compile(r"[\x00-\x1f]")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")


@dataclass(slots=True)
class Head:
    """Values in page order; names are in lower case."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    """name, property or itemprop → contents"""
    links: dict[str, list[str]] = field(default_factory=dict)
    """rel → addresses, as written"""
    title: str = ""
    language: str = ""
    base: str = ""
    items: list[dict[str, Any]] = field(default_factory=list)
    """Every JSON-LD object, graphs laid flat."""
    articles: list[dict[str, Any]] = field(default_factory=list)
    """The JSON-LD objects that describe an article, those with most to say first."""

    def first(self, *names: str) -> str:
        """The first content that is not blank, by the order of ``names``."""
        for name in names:
            for value in self.metas.get(name, ()):
                if value:
                    return value
        return ""


def kinds(item: dict[str, Any]) -> list[str]:
    """The types of a JSON-LD object."""
    named = item.get("@type")
    return [kind for kind in (named if isinstance(named, list) else [named]) if isinstance(kind, str)]


def read(told: Iterable[Element]) -> Head:
    """What the elements say that speak of the page, in page order."""
    head = Head()
    for element in told:
        tag, attr = element.tag, element.attr
        if tag == "meta":
            name = attr("property") or attr("name") or attr("itemprop") or attr("http-equiv")
            content = attr("content")
            if name and content is not None:
                head.metas.setdefault(name.lower(), []).append(" ".join(content.split()))
        elif tag == "link":
            for rel in (attr("rel") or "").lower().split():
                head.links.setdefault(rel, []).append((attr("href") or "").strip())
        elif tag == "title":
            head.title = head.title or " ".join(element.text.split())
        elif tag == "script":
            head.items.extend(_objects(element.text))
        elif tag == "html":
            head.language = head.language or attr("lang") or attr("xml:lang") or ""
        elif tag == "base":
            head.base = head.base or (attr("href") or "").strip()
    found = [item for item in head.items if any(_ARTICLE_TYPES.search(kind) for kind in kinds(item))]
    head.articles = sorted(found, key=lambda item: -sum(key in item for key in ("headline", "datePublished", "author")))
    return head


def _objects(script: str) -> Iterator[dict[str, Any]]:
    if len(script) > _LARGEST_JSON:
        return
    waiting: list[Any] = [parse_json(script)]
    seen = 0
    while waiting and seen < 500:
        value = waiting.pop(0)
        seen += 1
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            yield value
            waiting.extend(
                value[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed")
                if isinstance(value.get(key), dict | list)
            )


def parse_json(script: str) -> Any:
    """The value of a JSON script, mended where newsrooms commonly break it; None where it cannot be read."""
    text = script.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    text = text.removeprefix("//<![CDATA[").removeprefix("<![CDATA[").removesuffix("//]]>").removesuffix("]]>")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass
    try:
        return json.loads(_TRAILING_COMMA.sub(r"\1", _CONTROL.sub(" ", text)), strict=False)
    except (ValueError, RecursionError):
        return None
