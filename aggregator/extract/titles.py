"""The headline, by agreement of those that the page offers."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING

from aggregator import markup
from aggregator.extract.tree import Node

if TYPE_CHECKING:
    from aggregator.extract.head import Head

_WORD = re.compile(r"\w+")
_SEPARATOR = re.compile(r"\s+[|–—\-•·»:/ㅣ]+\s+|\s*[|ㅣ]\s*|\s+::\s+|--+")
_LONGEST = 400


def squeeze(text: object) -> str:
    """A headline on one line, entities and tags read; "" for what is no text."""
    if not isinstance(text, str):
        return ""
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = re.sub(r"</?[a-zA-Z][^<>]{0,300}>", "", text)
    line = " ".join(markup.strip_forbidden(text).replace("\xad", "").replace("\u200b", "").split())
    return line if len(line) <= _LONGEST else ""


def loose(text: str) -> str:
    """Words alone, case ignored: what two spellings of one headline share."""
    return " ".join(_WORD.findall(text.casefold()))


def choose(head: Head, h1s: list[Node], site: str) -> str:
    """The headline: the visible one where another agrees with it, else what two agree on, else the first there is."""
    shown = [line for node in h1s if (line := squeeze(node.text()))]
    told = [squeeze(item.get("headline") or item.get("name")) for item in head.articles()]
    offers = [bare(squeeze(line), site) for line in (head.first("og:title"), head.first("twitter:title"))]
    tag = bare(head.title, site, tag=True)
    ld = next((bare(line, site) for line in told if line), "")
    others = [line for line in (*offers, ld, tag) if line]
    h1 = _visible(shown, others)
    og = offers[0]
    if og and ld and loose(og) == loose(ld):
        return og
    if h1:
        if any(loose(h1) == loose(line) for line in others):
            return h1
        if og and loose(h1).endswith(loose(og)) and len(og) > 0.5 * len(h1):
            return og
        if not others or _kin(h1, others):
            return h1
    return og or ld or h1 or tag


def _visible(shown: list[str], others: list[str]) -> str:
    """Of several h1, the one that some other source of a title knows; a page's logo is an h1, too."""
    for line in shown:
        if any(loose(line) == loose(other) for other in others):
            return line
    kin = [line for line in shown if _kin(line, others)]
    return kin[0] if kin else shown[0] if shown else ""


def _kin(line: str, others: list[str]) -> bool:
    """Whether at least a third of its words are in another title."""
    mine = set(_WORD.findall(line.casefold()))
    return any(len(mine & set(_WORD.findall(other.casefold()))) * 3 >= len(mine) for other in others) if mine else False


def bare(title: str, site: str, *, tag: bool = False) -> str:
    """A title without the site's name at its end or beginning.

    In a title ``tag`` the last part is the site's name, too, where it looks like a name and enough stands before it.
    """
    title = squeeze(title)
    breaks = list(_SEPARATOR.finditer(title))
    while breaks:
        last = breaks.pop()
        part = title[last.end() :]
        if not _is_site(part, site) and not (tag and _is_suffix(title[: last.start()], last.group(), part)):
            break
        title = title[: last.start()]
    first = _SEPARATOR.search(title)
    if first and _is_site(title[: first.start()], site):
        title = title[first.end() :]
    return title.strip()


def _is_suffix(before: str, separator: str, part: str) -> bool:
    """Whether what stands behind the last separator of a title tag looks like a site's name."""
    if len(part.split()) > 5 or not (part[:1].isupper() or "." in part):
        return False
    return len(before.split()) >= 4 or (len(before) >= 12 and "|" in separator)


def _flat(text: str) -> str:
    """Letters and digits alone, without their marks: what a name shares with the host that bears it."""
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if char.isalnum())


def _is_site(part: str, name: str) -> bool:
    flat, site = _flat(part), _flat(name)
    if not flat:
        return True
    return len(flat) >= 2 and bool(site) and (flat in site or (site in flat and len(flat) < len(site) + 12))
