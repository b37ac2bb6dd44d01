"""Origin: the organisation whose press release an article is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aggregator import swedish
from aggregator.model import Evidence, Role, Tag, TagKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aggregator.model import Source

SENDERS = frozenset({Role.AUTHORITY, Role.UNIVERSITY, Role.PRESSROOM, Role.POLICE})
"""Publishers who are themselves the source of what they publish."""
_TRIMMED = " \t.,;:–—-|/\"”'"
_MARK = re.compile(r"^(?:källa\s*:?\s+|pressmeddelande (?:från|av)\s+|text\s*:\s*)", re.IGNORECASE)
_PUBLISHERS = re.compile(r"\s*[|/]\s*(?:örebronyheter|örebrokuriren|örebroguiden)\s*$", re.IGNORECASE)


def origin_key(name: str) -> str:
    """The form in which names of organisations are compared: lower case, one space, no mark of "Källa"."""
    return " ".join(swedish.lower(clean_origin(name)).split())


def clean_origin(name: str) -> str:
    """The organisation's name as written, without "Källa", punctuation around it and the publisher after it."""
    name = _PUBLISHERS.sub("", " ".join(name.split()))
    return _MARK.sub("", name.strip(_TRIMMED)).strip(_TRIMMED)


def score_origin(
    known: Mapping[str, str], stated: str | None, closing: str | None, source: Source | None
) -> tuple[Tag, ...]:
    """The origin by its closing line, else by who publishes it; known spellings give one name.

    ``stated`` is ``Article.origin``, ``closing`` what the text's own last lines say where extraction left them.
    """
    for name, where in ((stated, "origin"), (closing, "text")):
        if name and clean_origin(name):
            return (_tag(known, name, where),)
    if source is not None and source.origin:
        return (_tag(known, source.origin, "source"),)
    if source is not None and source.role in SENDERS:
        return (_tag(known, source.name, "source"),)
    return ()


def _tag(known: Mapping[str, str], name: str, where: str) -> Tag:
    written = clean_origin(name)
    key = origin_key(name)
    genitive = known.get(key[:-1]) if key.endswith("s") else None
    given = known.get(key) or genitive or written
    rule = f"källa:{given}" if given != written else "källa"
    evidence = Evidence(rule=rule, words=written, where=where)
    return Tag(kind=TagKind.ORIGIN, name=given, score=1.0, evidence=(evidence,))
