"""Swedish: words with their places, stems, members of compounds, what an ellipsis leaves out, folding.

- ``tokens(text)``: words with their places, ``words(text)`` without; ``sentences(text)``: the places of sentences
- ``stem(word)``: one stem for all inflections
- ``parts(word)``: the members of a compound, ``cut(word)``: the same, generously; ``splits(word)``: every cut in two
- ``ellipses(words)``: what "hälso- och sjukvård" leaves out
- ``MONTHS``: their names in order
- ``fold(text)``: without diacritics; ``lower(text)``: the form in which words are compared

All pure; stems are cached. Nothing is read from disk.
"""

from aggregator.swedish.calendar import MONTHS
from aggregator.swedish.compounds import common, ellipses, generous, parts, splits, vocabulary
from aggregator.swedish.cutting import cut
from aggregator.swedish.stems import stem
from aggregator.swedish.words import Token, fold, lower, sentences, tokens, words

__all__ = [
    "MONTHS",
    "Token",
    "common",
    "cut",
    "ellipses",
    "fold",
    "generous",
    "lower",
    "parts",
    "sentences",
    "splits",
    "stem",
    "tokens",
    "vocabulary",
    "words",
]
