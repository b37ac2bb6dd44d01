"""Words of a text as they are compared: blind to what typesetting and editors' software change by themselves.

Blanks of every kind, dashes, quotation marks, soft hyphens, ligatures, Unicode composition and letter case make no
difference; neither do the signs inside a figure ("08.00" and "08:00", "10 000" and "10000"). An inflection does.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"
_LETTER = rf"(?:[^\W_]|[\u0300-\u036f{_INVISIBLE}])"
_WORD = re.compile(
    r"\d{1,3}(?:[ \u00a0\u2009\u202f.]\d{3})+(?!\d)"  # 10 000, 1.250.000
    r"|\d+(?:[.,:]\d+)+(?![^\W_])"  # 08.00, 3,5
    rf"|[^\W_]{_LETTER}*(?:['’´`:]{_LETTER}+)*"
    r"|%"
)
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_SILENT = re.compile(rf"[^\w%]|_|[\u0300-\u036f{_INVISIBLE}]")
_PAUSE = re.compile(r"[.!?…:;\n\r\u2028\u2029]")


class Word(NamedTuple):
    """One word: the form in which it is compared, and its half-open place in the text."""

    key: str
    start: int
    end: int
    opens: bool
    """Whether it is the first of a sentence."""
    name: bool
    """Whether it has a capital letter without being the first of a sentence."""


def words(text: str) -> list[Word]:
    """The words of a text in order; places are those of ``text`` itself."""
    found: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        opens = not found or _PAUSE.search(text, last, start) is not None
        found.append(Word(_key(match[0]), start, end, opens, not opens and text[start].isupper()))
        last = end
    return found


def keys(text: str) -> list[str]:
    """The same words, without their places."""
    return [_key(match[0]) for match in _WORD.finditer(text)]


def plain(text: str) -> str:
    """A text without invisible signs and ligatures, its blanks plain: for rules that look at its form."""
    return text if text.isascii() else _UNSEEN.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    if word.isascii() and word.isalnum():
        return word.lower()
    composed = unicodedata.normalize("NFKC", word).casefold()
    return _SILENT.sub("", composed) or word
