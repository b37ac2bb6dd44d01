"""All rules made ready for matching: one table of words, and for each kind of tag what its words mean."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from aggregator import swedish
from aggregator.model import TagKind
from aggregator.tag import mentions, themes
from aggregator.tag.names import NameRules, name_rules
from aggregator.tag.ordinary import context_words
from aggregator.tag.origins import origin_key
from aggregator.tag.patterns import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aggregator.model import Project, Standing, TagRule

CODE = "4"
"""Moves when the code would tag the same words differently, so that archives are tagged again."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What ``tag`` needs: build once with ``compile_rules``, use for any number of articles, from any thread."""

    fingerprint: str
    """Equal for equal rules, projects and code; moves when any of them does."""
    table: Table
    themes: tuple[themes.ThemeRule, ...]
    places: mentions.PlaceRules
    names: NameRules
    origins: Mapping[str, str]
    """Spelling (lower case) → the organisation's one name."""


def compile_rules(
    rules: Sequence[TagRule], projects: Sequence[Project], standings: Mapping[str, Standing] | None = None
) -> Rules:
    """The rules of ``[[tag]]`` and the register of projects, ready for matching.

    ``standings`` tells how the archive writes the projects' names (``Archive.standings``): as words or as names.
    """
    table = Table()
    by_kind: dict[TagKind, list[TagRule]] = defaultdict(list)
    for rule in rules:
        by_kind[rule.kind].append(rule)
    named = name_rules(projects, table, standings or {})
    return Rules(
        fingerprint=_fingerprint(rules, projects, named),
        table=table,
        themes=tuple(_theme(rule, table) for rule in by_kind[TagKind.THEME]),
        places=_places(by_kind[TagKind.KOMMUN], table),
        names=named,
        origins=MappingProxyType(_origins(by_kind[TagKind.ORIGIN])),
    )


def _theme(rule: TagRule, table: Table) -> themes.ThemeRule:
    words = {table.add(pattern): weight for pattern, weight in rule.words.items()}
    masks = _exceptions(rule.not_in, table)
    return themes.ThemeRule(
        name=rule.name,
        threshold=themes.THRESHOLD if rule.threshold is None else rule.threshold,
        words={atoms[0]: weight for atoms, weight in words.items() if len(atoms) == 1},
        joint=tuple((atoms, weight) for atoms, weight in words.items() if len(atoms) > 1),
        masks=frozenset(atoms[0] for atoms in masks if len(atoms) == 1),
        joint_masks=tuple(atoms for atoms in masks if len(atoms) > 1),
        requires=tuple(table.add(pattern) for pattern in rule.requires),
        excludes=tuple(table.add(pattern) for pattern in rule.excludes),
        parties={table.one(pattern): number for pattern, number in rule.parties.items()},
        jointly={table.one(pattern): weight for pattern, weight in rule.jointly.items()},
        quotes=rule.quotes,
        yields_to=rule.yields_to,
    )


def _exceptions(patterns: Sequence[str], table: Table) -> tuple[tuple[int, ...], ...]:
    return tuple(table.add(_exact(pattern)) for pattern in patterns)


def _exact(pattern: str) -> str:
    """A pattern of ``not_in``: a single word there is that form alone, so that "hälsar" leaves "hälsa" be."""
    return pattern if any(sign in pattern for sign in " =*") else f"={pattern}"


def _places(rules: Sequence[TagRule], table: Table) -> mentions.PlaceRules:
    named: dict[str, list[mentions.Place]] = defaultdict(list)
    words: dict[int, list[tuple[str, float]]] = defaultdict(list)
    for rule in rules:
        for name in dict.fromkeys((rule.name, *rule.places)):
            spelled = tuple(swedish.lower(name).split())
            for last in dict.fromkeys((spelled[-1], _genitive(spelled[-1]))):
                place = mentions.Place((*spelled[:-1], last), rule.name, rule.first_name and name == rule.name)
                named[place.words[0]].append(place)
        for pattern, weight in rule.words.items():
            words[table.one(pattern)].append((rule.name, weight))
    for found in named.values():
        found.sort(key=lambda place: -len(place.words))
    return mentions.PlaceRules(
        places=dict(named),
        words={atom: tuple(given) for atom, given in words.items()},
        masks=frozenset(table.one(_exact(pattern)) for rule in rules for pattern in rule.not_in),
        own_names={swedish.lower(rule.name): rule.name for rule in rules},
        thresholds={rule.name: rule.threshold for rule in rules if rule.threshold is not None},
    )


def _genitive(word: str) -> str:
    return word if word.endswith("s") else word + "s"


def _origins(rules: Sequence[TagRule]) -> dict[str, str]:
    return {origin_key(spelling): rule.name for rule in rules for spelling in (rule.name, *rule.words)}


def _fingerprint(rules: Sequence[TagRule], projects: Sequence[Project], named: NameRules) -> str:
    """Of what the tagger looks at, in the order given: contacts and dates of projects are not."""
    told = [CODE, *(_told(rule) for rule in rules)]
    told += [repr((p.name, p.aliases, p.near, p.never_near, p.not_in, sorted(context_words(p)))) for p in projects]
    told.append(named.told())
    return hashlib.blake2b("\n".join(told).encode(), digest_size=16).hexdigest()


def _told(rule: TagRule) -> str:
    values: list[Any] = [getattr(rule, one.name) for one in fields(rule)]
    return repr([sorted(value.items()) if hasattr(value, "items") else value for value in values])
