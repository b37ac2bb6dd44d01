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

Label = tuple[TagKind, str]

KINDS = {
    **dict.fromkeys(("theme", "themes", "tema", "teman", "tagg", "tag"), TagKind.THEME),
    **dict.fromkeys(("kommun", "kommuner", "municipality", "municipalities"), TagKind.KOMMUN),
    **dict.fromkeys(("projekt", "project", "projects"), TagKind.PROJEKT),
    **dict.fromkeys(("källa", "källor", "kalla", "origin", "origins"), TagKind.ORIGIN),
}
"""What a kind of tag is called, in Swedish and English → the kind."""


class Names:
    """Every name of a tag that is known: of the themes, municipalities and origins of the rules, of the register."""

    def __init__(self, rules: Sequence[TagRule], projects: Iterable[Project]) -> None:
        self._known = _known(rules, projects)

    def find(self, kind: TagKind | None, text: str) -> Label:
        """The tag that is meant; a name that is not known is taken as it is written, if the kind is told.

        Raises InputError where neither the kind nor the name says what is meant.
        """
        told, name = _parted(text)
        kind = kind or told
        for one in (kind,) if kind else tuple(TagKind):
            found = self._spelled(one, name)
            if found is not None:
                return one, found
        if kind is None:
            raise InputError(f'"{text}" is of no known kind; write for example theme:{name}')
        return kind, clean_origin(name) if kind is TagKind.ORIGIN else name

    def read(self, text: str) -> Label:
        """The tag that a person means. Raises InputError, with the nearest name where one is near."""
        kind, name = _parted(text)
        if not name:
            raise InputError(f'"{text}" names no tag; write for example theme:hälsa or kommun:Nora')
        if kind is TagKind.ORIGIN:
            return self.find(kind, name)
        kinds = (TagKind.THEME, TagKind.KOMMUN, TagKind.PROJEKT) if kind is None else (kind,)
        for one in kinds:
            found = self._spelled(one, name)
            if found is not None:
                return one, found
        raise InputError(_unknown(name, {key: value for one in kinds for key, value in self._known[one].items()}))

    def _spelled(self, kind: TagKind, name: str) -> str | None:
        known = self._known[kind]
        if kind is TagKind.ORIGIN:
            return known.get(origin_key(name))
        return known.get(name.casefold()) or known.get(swedish.fold(name))


def read_label(text: str, rules: Sequence[TagRule], projects: Iterable[Project]) -> Label:
    """The tag that a person means; case, dots and a project's other names do not matter.

    Themes, municipalities and projects are those of the rules and the register; an origin may be any organisation.
    Raises InputError, with the nearest name where one is near.
    """
    return Names(rules, projects).read(text)


def _parted(text: str) -> tuple[TagKind | None, str]:
    """The kind, where it is told before a colon, and the name."""
    head, colon, tail = text.partition(":")
    kind = KINDS.get(head.strip().casefold()) if colon else None
    return kind, (tail if kind else text).strip()


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
