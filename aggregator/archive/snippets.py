"""The place in a text that shows best why it was found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aggregator import swedish
from aggregator.archive.analysis import terms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

LENGTH = 240
"""Characters, about two lines."""

_READ = 20_000
"""Characters of a long text that are looked through."""


def cut(text: str, sought: Collection[str]) -> str:
    """The stretch with the most different words of those sought (as stems), each between ``[`` and ``]``."""
    text = text[:_READ]
    found = _matching(swedish.tokens(text), sought) if sought else []
    if not found:
        return _whole_words(text, 0, LENGTH)
    start = max(0, _best(found) - LENGTH // 4)
    stretch = _whole_words(text, start, start + LENGTH)
    inside = _matching(swedish.tokens(stretch), sought)
    for token in reversed(inside):
        stretch = f"{stretch[: token.start]}[{stretch[token.start : token.end]}]{stretch[token.end :]}"
    return stretch


def _matching(tokens: Iterable[swedish.Token], sought: Collection[str]) -> list[swedish.Token]:
    """Those that have a term sought, or a member that has it; only words with its first letters are looked into."""
    plain = (swedish.fold(one) for one in sought)
    begins = re.compile("|".join(re.escape(one[:3] if len(one) > 3 else one[:2]) for one in plain))
    return [
        token
        for token in tokens
        if begins.search(token.word if token.word.isascii() else swedish.fold(token.word))
        and any(term in sought for term in terms(token.word))
    ]


def _best(found: list[swedish.Token]) -> int:
    """Where the stretch begins that holds the most different words, the first of equals."""
    best, most = found[0].start, 0
    for index, token in enumerate(found):
        different = {terms(other.word)[0] for other in found[index : index + 20] if other.end <= token.start + LENGTH}
        if len(different) > most:
            best, most = token.start, len(different)
    return best


def _whole_words(text: str, start: int, end: int) -> str:
    """A stretch that begins and ends between words, blanks made single, with ``…`` where something is left out."""
    if start > 0:
        start = text.find(" ", start) + 1 or start
    cut_off = end < len(text)
    if cut_off:
        end = max(text.rfind(" ", start, end), start + 1)
    stretch = " ".join(text[start:end].split())
    return ("… " if start > 0 else "") + stretch + (" …" if cut_off else "")
