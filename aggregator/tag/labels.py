"""A tag as people type it: "theme:hälsa", "kommun:Nora", "projekt:cross", or the bare name."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from aggregator import swedish
from aggregator.errors import InputError
from aggregator.model import TagKind
from aggregator.tag.origins import clean_origin, origin_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aggregator.model import Project, TagRule

KINDS = {
    **dict.fromkeys(("theme", "themes", "tema", "teman", "tagg", "tag"), TagKind.THEME),
    **dict.fromkeys(("kommun", "kommuner", "municipality", "municipalities"), TagKind.KOMMUN),
    **dict.fromkeys(("projekt", "project", "projects"), TagKind.PROJEKT),
    **dict.fromkeys(("källa", "källor", "kalla", "origin", "origins"), TagKind.ORIGIN),
}
"""What a kind of tag is called, in Swedish and English → the kind."""


def read_label(text: str, rules: Sequence[TagRule], projects: Iterable[Project]) -> tuple[TagKind, str]:
    """The tag that a person means; case, dots and a project's other names do not matter.

    Themes, municipalities and projects are those of the rules and the register; an origin may be any organisation.
    Raises InputError, with the nearest name where one is near.
    """
    head, colon, tail = text.partition(":")
    named = KINDS.get(head.strip().casefold()) if colon else None
    name = tail.strip() if named else text.strip()
    if not name:
        raise InputError(f'"{text}" names no tag; write for example theme:hälsa or kommun:Nora')
    known = _known(rules, projects)
    if named is TagKind.ORIGIN:
        return named, known[named].get(origin_key(name), clean_origin(name))
    kinds = (TagKind.THEME, TagKind.KOMMUN, TagKind.PROJEKT) if named is None else (named,)
    for kind in kinds:
        for spelled in (name.casefold(), swedish.fold(name.casefold())):
            if spelled in known[kind]:
                return kind, known[kind][spelled]
    raise InputError(_unknown(name, {key: value for kind in kinds for key, value in known[kind].items()}))


def _known(rules: Sequence[TagRule], projects: Iterable[Project]) -> Mapping[TagKind, dict[str, str]]:
    """For each kind, every spelling in lower case → the name; spellings without dots where they mean no other."""
    known: dict[TagKind, dict[str, str]] = {kind: {} for kind in TagKind}
    for rule in rules:
        if rule.kind is TagKind.ORIGIN:
            known[rule.kind].update({origin_key(spelled): rule.name for spelled in (rule.name, *rule.words)})
        else:
            known[rule.kind][rule.name.casefold()] = rule.name
    register = tuple(projects)
    for project in register:
        known[TagKind.PROJEKT].update({alias.casefold(): project.name for alias in project.aliases})
    known[TagKind.PROJEKT].update({project.name.casefold(): project.name for project in register})
    for spellings in known.values():
        for spelled, name in list(spellings.items()):
            spellings.setdefault(swedish.fold(spelled), name)
    return known


def _unknown(name: str, known: Mapping[str, str]) -> str:
    near = get_close_matches(name.casefold(), known, n=1, cutoff=0.7)
    if near:
        return f'there is no tag "{name}"; did you mean "{known[near[0]]}"?'
    return f'there is no tag "{name}" among the themes, municipalities and projects that are known'
