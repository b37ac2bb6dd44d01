"""What the search index holds beside the words as written: their stems, and the members of compounds."""

from __future__ import annotations

from aggregator import swedish


def words(*texts: str) -> str:
    """The stem of every word in order, then the stems of the members of its compounds, once each.

    In lower case; å, ä and ö are letters, é and ü are folded.
    """
    stems: list[str] = []
    members: dict[str, None] = {}
    for text in texts:
        for token in swedish.tokens(text):
            stems.append(term(token.word))
            for part in swedish.parts(token.word):
                members.setdefault(term(part))
    return " ".join([*stems, *members])


def term(word: str) -> str:
    """The form under which a word is indexed and asked for; the same for "kaféet", "kafé" and "kafe"."""
    stem = swedish.stem(word)
    folded = stem.translate(_FOLDED)
    while folded != stem:
        stem, folded = folded, swedish.stem(folded)
    return stem


_FOLDED = str.maketrans("éèêëüúùûáàâíìîïóòôçñ", "eeeeuuuuaaaiiiiooocn")
"""Letters that Swedish writes in borrowed words and people type without the mark."""
