"""Article → tags: themes, municipalities, projects and origin, each with a score and the words that gave it.

``compile_rules`` makes the rules of ``sources.toml`` and the register of projects ready; ``tag`` applies them.
The words of all rules are found in one pass over the article; the taggers of ``TAGGERS`` then judge what was found.
What a tag promises, and how a rule is written: docs/tags.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aggregator import swedish
from aggregator.model import Role, Tag
from aggregator.tag.labels import Names, read_label
from aggregator.tag.names import score_names
from aggregator.tag.ordinary import is_ordinary, names_of
from aggregator.tag.origins import clean_origin, score_origin
from aggregator.tag.places import score_places
from aggregator.tag.reading import Reading, read
from aggregator.tag.rules import Rules, compile_rules
from aggregator.tag.themes import score_themes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aggregator.model import Article, Source
    from aggregator.tag.patterns import Hit

__all__ = ["TAGGERS", "Names", "Rules", "compile_rules", "is_ordinary", "names_of", "read_label", "tag"]

_OWN_SITE, _LISTING, _PLACE, _CATEGORY = 0.55, 0.2, 0.5, 0.15


class Reads(NamedTuple):
    """What every tagger is given."""

    article: Article
    source: Source | None
    rules: Rules
    reading: Reading
    hits: Sequence[Hit]


def tag(article: Article, rules: Rules, source: Source | None = None) -> tuple[Tag, ...]:
    """The tags of an article, kind by kind; scores are 0..1, evidence tells the words and where they stand.

    ``source`` adds what is known beside the text: who publishes it, and a kommun whose news it carries.
    """
    reading = read(article)
    reads = Reads(article, source, rules, reading, rules.table.find(reading))
    return tuple(found for tagger in TAGGERS for found in tagger(reads))


def _themes(reads: Reads) -> tuple[Tag, ...]:
    category = swedish.lower(reads.article.category or "")
    words = {token.word for token in swedish.tokens(category.partition("|")[0])}
    hint = {rule.name: 1.0 for rule in reads.rules.themes if words.intersection(rule.name.split("-"))}
    return score_themes(reads.rules.themes, reads.reading, reads.hits, hint, reads.rules.places.own_names)


def _places(reads: Reads) -> tuple[Tag, ...]:
    hints: list[tuple[str, float, str]] = []
    known = reads.rules.places
    article, source = reads.article, reads.source
    for text, weight, where in ((article.place, _PLACE, "place"), (article.category, _CATEGORY, "category")):
        named = {word for token in swedish.tokens(text or "") for word in token.word.split("-")}
        if "län" not in named:
            hints += [(name, weight, where) for key, name in known.own_names.items() if key in named]
    said = swedish.lower(clean_origin(article.origin or reads.reading.origin or ""))
    hints += [(name, _OWN_SITE, "origin") for key, name in known.own_names.items() if said in _own_offices(key)]
    if source is not None and source.municipality in known.own_names.values():
        weight = _OWN_SITE if source.role is Role.AUTHORITY else _LISTING
        hints.append((str(source.municipality), weight, "source"))
    return score_places(known, reads.reading, reads.hits, hints)


def _own_offices(town: str) -> tuple[str, str]:
    """What a municipality calls itself: "Nora kommun", "Kumla kommun", "Degerfors kommun", "Lindesbergs kommun"."""
    return f"{town} kommun", f"{town}s kommun"


def _names(reads: Reads) -> tuple[Tag, ...]:
    return score_names(reads.rules.names, reads.reading, reads.hits)


def _origin(reads: Reads) -> tuple[Tag, ...]:
    return score_origin(reads.rules.origins, reads.article.origin, reads.reading.origin, reads.source)


TAGGERS: tuple[Callable[[Reads], tuple[Tag, ...]], ...] = (_themes, _places, _names, _origin)
