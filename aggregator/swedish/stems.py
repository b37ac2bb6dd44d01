"""One stem for all forms of a word: Snowball's Swedish algorithm, mended where news text needs it.

Snowball (snowballstem.org, Swedish) leaves the definite forms in -an and most in -et ("hälsan", "brottet"),
double consonants ("programmet") and umlaut plurals ("bränder") apart from their dictionary form; these are
folded here. Noun and verb of one root share a stem ("samverkan", "samverkar"): whoever must tell them apart
compares forms.
"""

from __future__ import annotations

import threading
from functools import lru_cache

import Stemmer

from aggregator.swedish.words import lower

_STEMMER = Stemmer.Stemmer("swedish")
_LOCK = threading.Lock()  # a Snowball stemmer holds its word inside and is not for two threads at once
_VOWELS = frozenset("aeiouyåäöé")
_PLURALS = {
    "bränder": "brand",
    "städer": "stad",
    "länder": "land",
    "stränder": "strand",
    "nätter": "natt",
    "böcker": "bok",
    "bönder": "bonde",
    "söner": "son",
    "bröder": "bror",
    "döttrar": "dotter",
    "mödrar": "moder",
    "rötter": "rot",
    "ledamöter": "ledamot",
}
_PLURAL_ENDINGS = tuple(form + ending for form in _PLURALS for ending in ("", "s", "na", "nas"))
_NOUNS = tuple(f"{noun}{end}" for noun in ("brand", "hand", "strand", "band") for end in ("en", "ens"))
_BARE = ("kontor", "motor", "rektor", "traktor", "sektor", "faktor", "doktor", "professor", "nad", "stad")
"""Endings that look inflected and are not: "kontor" is no plural, "bostad" and "marknad" no participles."""
_NEUTERS = (  # Latin neuters: museum, museet, museer; gymnasium, gymnasiet, gymnasier; centrum, centret
    ("eum", "e"),
    ("eums", "e"),
    ("eet", "e"),
    ("eets", "e"),
    ("eer", "e"),
    ("eerna", "e"),
    ("eernas", "e"),
    ("ium", "i"),
    ("iums", "i"),
    ("iet", "i"),
    ("iets", "i"),
    ("ier", "i"),
    ("ierna", "i"),
    ("iernas", "i"),
    ("ntrum", "nt"),
    ("ntrums", "nt"),
    ("ntret", "nt"),
    ("ntrets", "nt"),
)
_NEUTER_ENDINGS = tuple(ending for ending, _ in _NEUTERS)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The common stem of a word's inflections, in lower case; not itself always a word.

    ``stem("sjukvårdens") == stem("sjukvård")``, ``stem("bränderna") == stem("brand")``. Works on compounds by
    their last member. A word of up to three letters is returned as it is.
    """
    word = lower(word)
    if len(word) < 4:
        return word
    if ("ä" in word or "ö" in word) and word.endswith(_PLURAL_ENDINGS):
        word = _without_umlaut(word)
    if word.endswith(_NEUTER_ENDINGS):
        for ending, instead in _NEUTERS:
            if word.endswith(ending) and len(word) > len(ending) + 1:
                return word[: -len(ending)] + instead
    if len(word) == 4 and word[-1] == "s" and word[-2] not in _VOWELS:  # börs, kurs: no genitive
        return word
    bare = _bare(word)
    if bare is not None:
        return bare
    with _LOCK:
        short: str = _STEMMER.stemWord(_prepared(word))
    return _mended(short)


def _bare(word: str) -> str | None:
    if word.endswith(("torn", "sorn", "torns", "sorns")) and len(word) > 5:  # rektorn, professorn
        word = word.removesuffix("s")[:-1]
    if word.removesuffix("s").endswith(_BARE):
        return word.removesuffix("s")
    if word.endswith(_NOUNS):  # to Snowball these are participles, as in "meddelanden"
        return word[: word.rindex("en")]
    return None


def _prepared(word: str) -> str:
    if word.endswith(("ans", "ers", "elset")) and len(word) > 5:
        word = word[:-1]
    if word.endswith("an") and len(word) > 4 and word[-3] not in _VOWELS:
        return word[:-1]
    if word.endswith(("eln", "elns")):
        return word[: word.rindex("eln") + 2]
    return word


def _without_umlaut(word: str) -> str:
    for plural, singular in _PLURALS.items():
        head, found, tail = word.rpartition(plural)
        if found and tail in {"", "s", "na", "nas"}:
            return head + singular
    return word


def _mended(short: str) -> str:
    for ending in ("ets", "et"):
        while short.endswith(ending) and len(short) - len(ending) >= 3 and _voiced(short[: -len(ending)]):
            short = short[: -len(ending)]
    if short.endswith(("mm", "nn")) and len(short) > 3:
        short = short[:-1]
    elif short.endswith("el") and len(short) > 4 and short[-3] not in _VOWELS:
        short = short[:-2] + "l"
    elif short.endswith(("tr", "dr", "ttn")) and len(short) > 4:
        short = short[:-1]
    return short


def _voiced(short: str) -> bool:
    return any(letter in _VOWELS for letter in short) and short[-1] not in _VOWELS
