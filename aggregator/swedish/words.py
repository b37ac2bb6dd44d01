"""Words and sentences of a Swedish text, with their places in it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from operator import methodcaller
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:[-‐‑:'’&.][^\W_]+)*[-‐‑]?(?<![.:&'’])")
_HYPHENS = str.maketrans({"‐": "-", "‑": "-", "’": "'"})
_TO_HYPHENS = re.compile("[‐‑’]")
_SPAN = methodcaller("span")
_END = re.compile(r"[.!?…]+[\"”’»)\]]*\s+(?=[\"”’»(\[–—-]*\s?[^\W_a-zåäö])|\n+")
_STOP = re.compile(r"[.!?…\n]")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:[A-ZÅÄÖa-zåäö]|kl|ca|nr|dr|st|tel|bl\.a|t\.ex|m\.m|dvs|fr\.o\.m|t\.o\.m|s\.k|f\.d|resp|prof|jan"
    r"|feb|aug|sept|okt|nov|dec)\.\s*$"
)
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "ł": "l", "þ": "th", "ð": "d"})


class Token(NamedTuple):
    """One word: as written, in lower case (NFC, plain hyphens), and its half-open place in the text."""

    text: str
    word: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it is written with a capital letter or in capitals."""
        return self.text[0].isupper()


def lower(text: str) -> str:
    """Lower case in Unicode NFC with plain hyphens, the form in which words are compared."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if _TO_HYPHENS.search(text):
            text = text.translate(_HYPHENS)
    return text.lower()


def tokens(text: str) -> list[Token]:
    """The words of a text in order: å ä ö kept, numbers too, hyphens and points inside a word kept.

    A word cut short by a coordinated ellipsis keeps its final hyphen ("hälso-"). The places are those of
    ``unicodedata.normalize("NFC", text)``, which is ``text`` itself for all but decomposed letters.
    """
    text = unicodedata.normalize("NFC", text)
    low = text.translate(_HYPHENS).lower()
    if len(low) != len(text):  # a letter such as İ is two in lower case
        return [Token(m[0], lower(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]
    return [Token(text[start:end], low[start:end], start, end) for start, end in map(_SPAN, _WORD.finditer(text))]


def words(text: str) -> list[str]:
    """The words of ``tokens`` as they are written, without their places; quicker."""
    return _WORD.findall(unicodedata.normalize("NFC", text))


def sentences(text: str) -> list[tuple[int, int]]:
    """The half-open places of the sentences; a line break ends one, "kl. 13.04" and "t.ex. Nora" do not."""
    found: list[tuple[int, int]] = []
    start = read = 0
    for stop in _STOP.finditer(text):  # few places, so that the rule is tried at few
        end = _END.match(text, stop.start()) if stop.start() >= read else None
        if end is None:
            continue
        read = end.end()
        head = text[max(start, end.start() - 12) : end.start() + 1]
        if "\n" not in end[0] and end[0].startswith(".") and _ABBREVIATED.search(head):
            continue
        if text[start : end.end()].strip():
            found.append((start, end.end()))
        start = end.end()
    if text[start:].strip():
        found.append((start, len(text)))
    return found


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Lower case without diacritics: "Hällefors" → "hallefors", so that a search may leave the dots out."""
    plain = unicodedata.normalize("NFKD", lower(text).translate(_LETTERS))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
