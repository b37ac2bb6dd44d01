"""Cutting compounds quickly and generously, for search: by surface forms, so that few pieces need be stemmed."""

from __future__ import annotations

from functools import lru_cache

from aggregator.swedish import lexicon, members
from aggregator.swedish.compounds import DERIVATIONS, generous
from aggregator.swedish.stems import stem

_LONGEST = 60
_MOST = 5
_VOWELS = frozenset("aeiouyåäöé")


@lru_cache(maxsize=1)
def _heads() -> dict[str, str]:
    """The forms that a word takes before another member ("hälsa": hälso) → its stem."""
    forms: dict[str, str] = {}
    for word in (*members.WORDS.split(), *lexicon.WORDS.split()):
        if len(word) < 3:
            continue
        short = word[:-1] if word[-1] in "ae" else word
        links = ("", "o", "u", "e", "s") if short != word else ("",)
        for form in (word, f"{word}s", stem(word), *(short + link for link in links)):
            if len(form) > 2:
                forms[form] = stem(word)
    return forms


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """The first three letters of every known word: no other piece can be one."""
    return frozenset(form[:3] for form in _heads())


def cut(word: str, *, half: bool = False) -> tuple[str, ...]:
    """The stems of a compound's members, first to last; nothing for a simple word.

    The fewest members win, then the longest last one. ``half``: of a word of eight letters and more, one known
    member is enough. The word in lower case.
    """
    if not 6 <= len(word) <= _LONGEST:
        return ()
    found: tuple[str, ...] = ()
    for piece in word.split("-"):
        found += _cut(piece, _MOST) or ((stem(piece),) if "-" in word and piece else ())
    if found or not half:
        return found if len(found) > 1 else ()
    return _half(word) if len(word) >= 8 else ()


def _cut(word: str, most: int) -> tuple[str, ...]:
    best: tuple[str, ...] = ()
    heads = _heads()
    for place in range(3, len(word) - 2):
        first = heads.get(word[:place])
        if first is None:
            continue
        for tail in _tails(word, place):
            last = stem(tail)
            rest = (last,) if last in generous() else _cut(tail, most - 1) if most > 2 else ()
            if rest and (not best or len(rest) + 1 < len(best)):
                best = (first, *rest)
    return best


def _tails(word: str, place: int) -> list[str]:
    """What may follow a head: as written, and with the letter of three that is not written ("buss-station")."""
    head, tail = word[:place], word[place:]
    tails: list[str] = []
    if tail[:3] in _beginnings() and not _derived(head[-1], tail):
        tails.append(tail)
    if head[-1] == head[-2] and head[-1] + tail[:2] in _beginnings():
        tails.append(head[-1] + tail)
    return [one for one in tails if not _VOWELS.isdisjoint(one)]


def _derived(last: str, tail: str) -> bool:
    return tail in DERIVATIONS or tail[0] == tail[1] or (tail[0] == last and tail[1:] in DERIVATIONS)


def _half(word: str) -> tuple[str, ...]:
    """With one member known: rather the last one, else the longest first one."""
    for place in range(3, len(word) - 3):
        tail = word[place:]
        if tail[:3] in _beginnings() and tail not in DERIVATIONS:
            last = stem(tail)
            rest = (last,) if last in generous() else _cut(tail, 3)
            if rest:
                return (word[:place].removesuffix("s") if place > 3 else word[:place], *rest)
    for place in range(len(word) - 4, 3, -1):
        first = _heads().get(word[:place])
        if first is not None and word[place:] not in DERIVATIONS:
            return first, stem(word[place:])
    return ()
