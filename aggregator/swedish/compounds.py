"""What a compound is made of, and what a coordinated ellipsis leaves out."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from aggregator.swedish import lexicon, members
from aggregator.swedish.stems import stem
from aggregator.swedish.words import lower

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

_SHORTEST = 3
_LONGEST_WORD = 60
_LINKS = frozenset("soueai")
_COORDINATORS = frozenset({"och", "eller", "samt", "respektive", "men", "till", "&", "som", "liksom"})
DERIVATIONS = frozenset(  # derivations, not members: "målning" is no kind of "mål"
    {
        "ning",
        "ningen",
        "ningar",
        "ningarna",
        "ningens",
        "het",
        "heten",
        "heter",
        "else",
        "elser",
        "lig",
        "ligt",
        "liga",
        "isk",
        "iska",
        "iskt",
        "are",
        "aren",
        "arna",
        "arnas",
        "ande",
        "andet",
        "ende",
        "skap",
        "dom",
        "bar",
        "bart",
        "bara",
        "sam",
        "samt",
        "samma",
        "lös",
        "löst",
        "lösa",
        "ade",
        "ades",
        "at",
        "ats",
        "ing",
        "inga",
        "ingen",
        "ling",
        "lingar",
        "ska",
        "inna",
        "ist",
        "ister",
        "eri",
        "erier",
        "ar",
        "er",
        "or",
        "en",
        "et",
        "an",
        "na",
        "as",
        "os",
        "es",
        "ens",
        "ets",
        "iga",
        "igt",
    }
)


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """The stems of the shipped word list."""
    return frozenset(stem(word) for word in lexicon.WORDS.split() if len(word) >= _SHORTEST)


@lru_cache(maxsize=1)
def generous() -> frozenset[str]:
    """The stems of all shipped words, for search: those of ``common`` and many more."""
    stems = common() | {stem(word) for word in members.WORDS.split() if len(word) >= _SHORTEST}
    return stems | {f"{one}n" for one in stems if one.endswith("i")}  # psykiatrin: not stemmed to psykiatri


def vocabulary() -> str:
    """All shipped words, the ground on which words are cut: what moves with it is read anew."""
    return f"{lexicon.WORDS}\n{members.WORDS}"


def splits(word: str) -> Iterator[tuple[str, str]]:
    """Every way to cut a word in two: (the first part without its linking letter, the rest as written).

    Both parts have at least three letters, the rest has a vowel and is no derivational ending. Where a double
    consonant meets its like, one of three is not written: "busstation" gives ("buss", "station").
    """
    word = lower(word)
    if not 2 * _SHORTEST <= len(word) <= _LONGEST_WORD:
        return
    for place in range(_SHORTEST, len(word) - _SHORTEST + 1):
        head, tail = word[:place], word[place:]
        if tail in DERIVATIONS or tail[0] == tail[1] or not any(letter in "aeiouyåäöé" for letter in tail):
            continue
        if tail[0] == head[-1] and tail[1:] in DERIVATIONS:  # "väggen" is no kind of "väg"
            continue
        yield head, tail
        if head[-1] in _LINKS and len(head) > _SHORTEST:
            yield head[:-1], tail
        if len(head) > _SHORTEST and head[-1] == head[-2]:
            yield head, head[-1] + tail


def parts(word: str, known: Container[str] | None = None) -> tuple[str, ...]:
    """The stems of a compound's members, first to last; of a simple or unknown word, its own stem alone.

    ``parts("sjukvården") == ("sjuk", "vård")``, ``parts("folkhälsan") == (stem("folk"), stem("hälsa"))``.
    ``known`` says which stems are words (an archive's vocabulary); by default the shipped list. The split
    with the fewest members wins, and of those the one with the longest last member.
    """
    vocabulary = common() if known is None else known
    return _parts(lower(word).strip("-"), vocabulary, 4)


def _parts(word: str, known: Container[str], most: int) -> tuple[str, ...]:
    if "-" in word:
        return tuple(part for piece in word.split("-") if piece for part in _parts(piece, known, most))
    whole = stem(word)
    best: tuple[str, ...] = ()
    if most > 1:
        for head, tail in splits(word):
            if not _is_member(head, known):
                continue
            last = stem(tail)
            rest = (last,) if last in known else _parts(tail, known, most - 1)
            if (last in known or len(rest) > 1) and (not best or len(rest) + 1 < len(best)):
                best = (stem(head) if stem(head) in known else head, *rest)
    return best or (whole,)


def _is_member(head: str, known: Container[str]) -> bool:
    return head in known or stem(head) in known


def ellipses(words: Sequence[str], known: Container[str] | None = None) -> list[tuple[int, str]]:
    """What the words with a final hyphen stand for: (index of the word, the word in full).

    ``ellipses(["hälso-", "och", "sjukvård"]) == [(0, "hälsovård")]``; in a longer row ("för-, grund- och
    gymnasieskolor") every cut word takes the last member of the whole one. Words in lower case.
    """
    found: list[tuple[int, str]] = []
    for index, word in enumerate(words):
        if not word.endswith("-") or len(word) < 3:
            continue
        whole = _whole_after(words, index)
        tail = _last_member(whole, known) if whole else None
        if tail:
            found.append((index, word[:-1] + tail))
    return found


def _whole_after(words: Sequence[str], index: int) -> str | None:
    for place in range(index + 1, min(index + 6, len(words))):
        word = words[place]
        if not word.endswith("-") and word not in _COORDINATORS:
            return word
    return None


def _last_member(word: str, known: Container[str] | None) -> str | None:
    """The last member as written: of the cuts with both parts known, that with the longest first part."""
    vocabulary = common() if known is None else known
    found = None
    for head, tail in splits(word):
        first = _is_member(head, vocabulary) or len(_parts(head, vocabulary, 3)) > 1
        if first and stem(tail) in vocabulary:
            found = tail
    return found
