"""Who wrote it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from aggregator.extract.titles import loose, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aggregator.extract.head import Head
    from aggregator.extract.tree import Node

_BEFORE = re.compile(
    r"^(?:(?:text|foto|bild|skriven|written|posted|publicerad|veröffentlicht|reported|words|story|analys|reportage|kommentar)\s*(?:och|and|&|/)?\s*)*"
    r"(?:\s*(?:av|by|von|af|par|por|di|door|od)\b|\s*:)\s*:?\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*[;,|•·]\s*|\s+/\s+|\s+(?:and|und|och|og|et|y|&|e|mit|with)\s+")
_LABEL = re.compile(
    r"^(?:autor(?:in|en)?|authors?|writer|reporter|skribent|journalist|redaktör|redaktion|by|av|von)\s*:\s*",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[(\[{][^)\]}]*[)\]}]?")
_NOT_NAME = re.compile(
    r"@|https?:|www\.|\d{2,}|^(?:admin|administrator|redaktion\w*|redaksjon\w*|editor\w*|staff|webmaster|newsroom|author|autor|"
    r"nyhetsredaktionen|unknown|none|null|guest|root|user)$|uppdaterad|publicerad|published|updated|\bdpa\b|\bafp\b|reuters|"
    r"associated press|^tt$|\btt nyhetsbyrån\b",
    re.IGNORECASE,
)


def choose(head: Head, bylines: Iterable[Node], site: str) -> tuple[tuple[str, ...], str]:
    """Names of persons: from JSON-LD, else meta tags, else the visible byline; never the site's own name.

    With them the word of who names them; "" where nobody does.
    """
    told = [name for item in head.articles() for name in _named(item.get("author") or item.get("creator"))]
    found, witness = _clean(told, site), "JSON-LD"
    if not found:
        metas = [
            value
            for key in (
                "author",
                "article:author",
                "byl",
                "dc.creator",
                "dcterms.creator",
                "parsely-author",
                "sailthru.author",
                "citation_author",
            )
            for value in head.metas.get(key, ())
        ]
        found, witness = _clean(metas, site), "meta"
    if not found:
        for node in bylines:
            line = squeeze(node.text())
            if len(line) <= 80:
                found, witness = _clean([line], site), "a visible byline"
                if found:
                    break
    return found, witness if found else ""


def _named(value: Any, depth: int = 0) -> list[str]:
    if depth > 3:
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [name for each in value[:20] for name in _named(each, depth + 1)]
    if isinstance(value, dict):
        if value.get("@type") in ("Organization", "NewsMediaOrganization", "Corporation"):
            return []
        return _named(value.get("name"), depth + 1)
    return []


def _clean(raw: list[str], site: str) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for line in raw:
        text = squeeze(line)
        if "://" in text:
            continue
        for piece in _SPLIT.split(_BEFORE.sub("", _ASIDE.sub("", text))):
            name = _BEFORE.sub("", _LABEL.sub("", piece)).strip(" .,:–-")
            key = loose(name)
            if is_name(name) and key.replace(" ", "") != loose(site).replace(" ", ""):
                names.setdefault(key, name)
    return tuple(names.values())[:10]


def is_name(text: str) -> bool:
    """Whether it can be a person's name: one to five words with a capital (where the script has any), no agency.

    "anna.e" and "redaktionen" are how programs sign, not persons.
    """
    words = text.split()
    if not 1 <= len(words) <= 5 or not 2 <= len(text) <= 60 or _NOT_NAME.search(text):
        return False
    return text[0].isalpha() and (text != text.lower() or text == text.upper())
