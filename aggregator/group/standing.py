"""Standing passages: what an outlet puts round its texts, and what is therefore neither carried over nor left out."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

from aggregator.group.spelled import keys, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aggregator.group.spelled import Word

LEAST = 3
"""Words from which a given passage is sought anywhere in a text; a shorter one only as a line of its own."""

TAIL = 0.4
"""How much of a text at its end may be about its sender under the heading "Om …"."""

LONGEST = 300
"""Signs that a line of the newsroom's own has at most."""

_START = attrgetter("start")
_LINE = re.compile(r"[^\n]+")
_SMALL = re.compile(
    r"\W*(?:(?i:källa|källor|source)\s*:?\s+[A-ZÅÄÖ0-9][^.!?]{0,80}"
    r"|(?i:foto(?:graf)?|bild(?:er)?|bildtext|text|illustration|grafik|arkivbild|pressbild)"
    r"(?:\s*(?:&|och)\s*(?i:foto|bild))?\s*[:/].{1,90}"
    r"|(?i:foto|arkivbild|pressbild)\s+[A-ZÅÄÖ][^.!?]{0,60}"
    r"|(?i:läs (?:mer|mera|också|även|vidare))\b.{0,120}"
    r"|[A-ZÅÄÖ].{0,39}\s\|\s.{1,50}"
    r"|(?i:publicera[dt]|uppdatera[dt]|senast ändrad)\b[^.!?]{0,40}\d[^.!?]{0,30})\W*"
)
_CONTACT = re.compile(
    r"\W*(?:(?:för (?:mer|mera|ytterligare|vidare) information|vid frågor|frågor besvaras av)\b.{0,90}"
    r"|(?:mer information|(?:press|medie)?kontakt(?:er|a|personer|person|uppgifter)?|(?:press|media) contacts?)\b"
    r"[^.!?]{0,60})",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"[\w.+-]+@[\w-]+\.\w"
    r"|(?<![\d-])(?:\+46|0)[\s(]?\d{1,3}\)?[\s–-]{1,3}\d{2,3}[\s–-]?\d{2}[\s–-]?\d{0,3}(?!\d)"
    r"|\b(?i:tel|tfn|telefon|mobil)\b\s*[.:]?\s*\+?\d"
)
_ABOUT = re.compile(r"\W*(?:[Oo]m|OM|[Aa]bout)\s+(?:oss|us|[A-ZÅÄÖ0-9][^.!?]{1,60})\W*")


def standing(text: str, words: Sequence[Word], ignore: Sequence[str] = ()) -> list[bool]:
    """For each word of a text whether it stands in a standing passage: one of ``ignore``, or one known by its form.

    By their form are known lines of origin, picture and category ("Källa: …", "Foto: …", "Hälsa | Örebro"), pointers
    ("Läs mer …"), contact blocks, and a text's end under the heading "Om Region …".
    """
    flags = [False] * len(words)
    for start, end in _by_form(text):
        _flag(flags, words, start, end)
    places: dict[str, list[int]] = {}
    for at, word in enumerate(words if ignore else ()):
        places.setdefault(word.key, []).append(at)
    found = [word.key for word in words]
    for passage in ignore:
        sought = keys(passage)
        for at in places.get(sought[0], ()) if sought else ():
            end = at + len(sought)
            if found[at:end] == sought and (len(sought) >= LEAST or _alone(words, at, end)):
                flags[at:end] = [True] * len(sought)
    return flags


def _alone(words: Sequence[Word], start: int, end: int) -> bool:
    return words[start].opens and (end == len(words) or words[end].opens)


def _flag(flags: list[bool], words: Sequence[Word], start: int, end: int) -> None:
    first = bisect_left(words, start, key=_START)
    for at in range(first, bisect_left(words, end, lo=first, key=_START)):
        flags[at] = True


def _by_form(text: str) -> list[tuple[int, int]]:
    """The half-open places of lines that are standing by their form."""
    found: list[tuple[int, int]] = []
    contacts = False
    for line in _LINE.finditer(text):
        row = plain(line[0]).strip()
        small = len(row) <= LONGEST and len(row.split()) <= 25
        if small and _ABOUT.fullmatch(row) and line.end() < len(text) and len(text) - line.start() <= TAIL * len(text):
            found.append((line.start(), len(text)))
            break
        heading = small and _CONTACT.fullmatch(row) is not None
        reached = small and _REACHED.search(row) is not None
        # Below the heading stand names and titles, none of which is a sentence.
        contacts = (
            heading or reached or (contacts and small and len(row.split()) <= 10 and not row.endswith((".", "!", "?")))
        )
        if contacts or (small and len(row.split()) <= 20 and _SMALL.fullmatch(row)):
            found.append(line.span())
    return found
