"""Why an article bears a tag, in words that a person understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.model import TagKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aggregator.model import Evidence, Tag

STANDS = {
    "title": "i rubriken",
    "lead": "i ingressen",
    "text": "i texten",
    "origin": "i raden om källan",
    "category": "i utgivarens egen rubricering",
    "place": "i utgivarens platsangivelse",
}
"""Where words stood → how that is said."""
SHOWN = 5
"""Words that are told from one place."""


def because(tag: Tag) -> str:
    """The evidence of a tag as a clause: ``orden ”avtal” och ”samverkan” i rubriken, ordet ”vård” i texten``.

    Empty where there is none.
    """
    own = [one for one in tag.evidence if one.where in STANDS]
    rest = [_otherwise(tag, one) for one in tag.evidence if one.where not in STANDS]
    return _listed(dict.fromkeys([*_stands(own), *rest]))


def _stands(evidence: Iterable[Evidence]) -> list[str]:
    found: dict[str, dict[str, str]] = {}
    for one in evidence:
        words = " ".join(one.words.split())
        if words:
            found.setdefault(one.where, {}).setdefault(words.casefold(), words)
    told = sorted(found.items(), key=lambda row: list(STANDS).index(row[0]))
    return [_words(list(words.values()), where) for where, words in told]


def _words(words: list[str], where: str) -> str:
    shown = words[:SHOWN]
    noun = "ordet" if len(words) == 1 and " " not in words[0] else "orden"
    more = f" och {len(words) - SHOWN} till" if len(words) > SHOWN else ""
    quoted = [f"”{word}”" for word in shown]
    return f"{noun} {', '.join(quoted) if more else _listed(quoted)}{more} {STANDS[where]}"


def _otherwise(tag: Tag, one: Evidence) -> str:
    if one.where == "correction":
        return one.words
    if one.where == "source":
        if tag.kind is TagKind.ORIGIN:
            return "utgivaren är själv avsändare"
        return f"källan bevakar {one.words}" if tag.kind is TagKind.KOMMUN else f"källan: {one.words}"
    return f"”{one.words}”" if one.words else ""


def _listed(parts: Iterable[str]) -> str:
    """ "a", "a och b", "a, b och c"."""
    told = [part for part in parts if part]
    return " och ".join([*([", ".join(told[:-1])] if len(told) > 1 else []), *told[-1:]])
