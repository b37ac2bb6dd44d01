"""What the search index holds beside the words as written: their stems, and the members of compounds."""

from __future__ import annotations

from functools import lru_cache

from aggregator import swedish


def words(*texts: str) -> str:
    """The stem of every word in order, then the stems of the members of its compounds, once each.

    In lower case; å, ä and ö are letters, é and ü are folded.
    """
    stems: list[str] = []
    members: dict[str, None] = {}
    for text in texts:
        for token in swedish.tokens(text):
            stem, *inside = terms(token.word)
            stems.append(stem)
            members.update(dict.fromkeys(inside))
    return " ".join([*stems, *members])


@lru_cache(maxsize=100_000)
def terms(word: str) -> tuple[str, ...]:
    """A word's own term, then those of the members of a compound."""
    return (term(word), *map(term, swedish.parts(word)))


def term(word: str) -> str:
    """The form under which a word is indexed and asked for; the same for "kaféet", "kafé" and "kafe"."""
    stem = swedish.stem(word)
    folded = stem.translate(_FOLDED)
    while folded != stem:
        stem, folded = folded, swedish.stem(folded)
    return stem


_FOLDED = str.maketrans("éèêëüúùûáàâíìîïóòôçñ", "eeeeuuuuaaaiiiiooocn")
"""Letters that Swedish writes in borrowed words and people type without the mark."""
