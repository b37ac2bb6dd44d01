"""Quoted passages of a Swedish text: speech after a dash, and what stands between quotation marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTEST = 4
"""Words from which a passage between quotation marks is a quote; fewer are a title or a term."""

_PARAGRAPH = re.compile(r"[^\n]+")
_DASH = re.compile(r"\s*(?P<dash>[–—‒―−-])\s*(?=[\w\"”“»(])")
_VERB = (
    "säger|sa|sade|berättar|berättade|förklarar|förklarade|menar|menade|konstaterar|konstaterade|kommenterar|"
    "kommenterade|tillägger|tillade|uppger|uppgav|skriver|skrev|framhåller|framhöll|poängterar|betonar|fortsätter|"
    "påpekar|hälsar|tycker|tyckte|anser|ansåg|summerar|avslutar|understryker|svarar|svarade|utbrister|tror|hoppas|"
    "lovar|frågar|undrar|minns|bekräftar|beskriver|says|said"
)
_SAID = re.compile(rf"(?P<mark>[,?!….]|[\"”“«»])\s*,?\s+(?:{_VERB})\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…][\"”“»]?\s+(?=[A-ZÅÄÖÉ\"”“»(0-9])")
_MARKED = re.compile(r"[“”„\"»«](?P<said>[^“”„\"»«\n]+)[“”\"»«]")
_WORD = re.compile(r"[^\W_]+")

Span = tuple[int, int]


def quotes(text: str) -> list[tuple[Span, ...]]:
    """The quotes of a text in order, each as the half-open places of what was said; the attribution is left out.

    Speech after a dash goes to the end of its paragraph, an attribution in its middle left out ("– Bra, säger hon.
    Mycket bra."). A line that a hyphen begins is speech only where it is attributed or ends as a sentence does:
    others are a list's.
    """
    found: list[tuple[Span, ...]] = []
    for paragraph in _PARAGRAPH.finditer(text):
        start, end = paragraph.span()
        dash = _DASH.match(text, start, end)
        if dash and (dash["dash"] != "-" or _spoken(text, dash.end(), end)):
            spans = tuple(_speech(text, dash.end(), end))
            if spans:
                found.append(spans)
            continue
        marked = _MARKED.finditer(text, start, end)
        found += [(one.span("said"),) for one in marked if len(_WORD.findall(one["said"])) >= SHORTEST]
    return found


def _spoken(text: str, start: int, end: int) -> bool:
    line = text[start:end].rstrip(' "”“»')
    return bool(_SAID.search(text, start, end)) or (line.endswith((".", "!", "?", "…")) and line[:1].isupper())


def _speech(text: str, start: int, end: int) -> Iterator[Span]:
    """What is said in a paragraph of speech, attributions left out."""
    while start < end:
        said = _SAID.search(text, start, end)
        stop = said.start() + (said["mark"] in "?!….") if said else end
        if _WORD.search(text, start, stop):
            yield start, stop
        if said is None:
            return
        after = _SENTENCE_END.search(text, said.end(), end)
        if after is None:
            return
        start = after.end()
