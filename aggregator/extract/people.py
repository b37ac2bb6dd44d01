"""Who wrote it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from aggregator import dates
from aggregator.extract import head as heads
from aggregator.extract import marks, names
from aggregator.extract.titles import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aggregator.extract.head import Head
    from aggregator.extract.surroundings import Surroundings
    from aggregator.extract.tree import Node

_WRITTEN_BY = re.compile(
    r"(?:written|posted|skriven|skrevet|geschrieben|verfasst|escrito|écrit|scritto|geschreven|författare)\b",
    re.IGNORECASE,
)
_WRITERS_PAGE = re.compile(r"/(?:authors?|autor(?:en|es)?|skribent(?:er)?|forfattere?|auteurs?|staff|reporter)/\w")
_LONGEST = 80
_WORDS = 3
_PLACES = 60
_STORY = 1500
"""A part of the page with more letters than these is no comment and no teaser."""
_ORGANISATIONS = frozenset(("Organization", "NewsMediaOrganization", "Corporation"))
_METAS = (
    "author",
    "article:author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "citation_author",
)


def choose(head: Head, bylines: Sequence[Node], site: str, around: Surroundings) -> tuple[tuple[str, ...], str]:
    """The names that sign: persons by JSON-LD with the agencies beside them, else by meta tags, or as readers see them.

    Where only the data signs, and with no person's name, it is the agency or the outlet itself that is named there.
    With them the word of who names them; "" where nobody does.
    """
    told = list(_told(head))
    if names.clean([name for name, is_person in told if is_person], site, agencies=True):
        return names.clean([name for name, _ in told], "", agencies=True), "JSON-LD"
    organisations = {name for name, is_person in told if not is_person}
    found = names.clean([value for value in _metas(head) if value not in organisations], site)
    if found:
        return found, "meta"
    found = _shown([node for node in bylines[:_PLACES] if not _of_others(node, around)], site, said=bool(told))
    if found:
        return found, "a visible byline"
    found = _said(around, site)
    if found:
        return found, "a line that signs"
    found = _linked(around, site)
    if found:
        return found, "a link to a writer's page"
    found = names.signed([name for name, _ in told])
    return found, "JSON-LD" if found else ""


def _metas(head: Head) -> Iterator[str]:
    """What meta tags name, at last those that label a value for a preview card ("Skriven av")."""
    for key in _METAS:
        yield from head.metas.get(key, ())
    for number in "12":
        if _WRITTEN_BY.match(head.first(f"twitter:label{number}")):
            yield head.first(f"twitter:data{number}")


def _told(head: Head) -> Iterator[tuple[str, bool]]:
    """Each name that JSON-LD gives, and whether it is not said to be an organisation's."""
    by_id = {item["@id"]: item for item in head.items if isinstance(item.get("@id"), str) and "name" in item}
    for item in head.articles:
        yield from _named(item.get("author") or item.get("creator"), by_id)


def _named(value: Any, by_id: dict[str, dict[str, Any]], depth: int = 0) -> Iterator[tuple[str, bool]]:
    if depth > 3:
        return
    if isinstance(value, str):
        yield value, True
    elif isinstance(value, list):
        for each in value[:20]:
            yield from _named(each, by_id, depth + 1)
    elif isinstance(value, dict):
        named = value if "name" in value else by_id.get(str(value.get("@id")), value)
        types = heads.kinds(named)
        person = "Person" in types or not _ORGANISATIONS.intersection(types)
        name = named.get("name")
        if name is None and isinstance(named.get("familyName"), str):
            name = f"{named.get('givenName') or ''} {named['familyName']}"
        for line, _ in _named(name, by_id, depth + 1):
            yield line, person


def _shown(mine: Sequence[Node], site: str, *, said: bool) -> tuple[str, ...]:
    """The names of the first byline that holds one; several inside it are asked one by one.

    With ``said`` only a byline that says so ("By …") counts: the data names another.
    """
    for node in mine:
        line = squeeze(node.text(apart=True))
        if said and not names.BEFORE.match(line):
            continue
        found = names.clean([line], site) if len(line) <= _LONGEST else ()
        if found and all(len(name.split()) <= _WORDS for name in found):
            return found
        inner = [other for other in mine if other is not node and other.within(node)]
        leaves = [other for other in inner if not any(each is not other and each.within(other) for each in inner)]
        found = names.clean([squeeze(leaf.text(apart=True)) for leaf in leaves], site) or found
        if found:
            return found
    return ()


def _said(around: Surroundings, site: str) -> tuple[str, ...]:
    """The names of the first line near the text that says that it signs ("Av …", "Text: …") and holds nothing else.

    Before the text a name signs, too, with a newsroom's role or above its owner's address of e-mail; after it, that is
    a contact's.
    """
    above = ""
    for node in around.texts(_LONGEST):
        line = squeeze(node.text(apart=True))
        found: tuple[str, ...] = ()
        beside = names.labelled(above, line) or names.beside_date(line)
        if beside:
            found = names.full(beside, site)
        elif names.signs(line) and not dates.is_updated_label(above):
            found = names.full(line, site)
        elif "@" in line and around.begins_after(node):
            name, _, address = line.rpartition(" ")
            found = names.full(name or above, site) if names.owns(address, name or above) else ()
        elif names.works(line) and around.begins_after(node):
            found = names.full(line, site)
        if found and around.is_ours(node):
            return found
        above = line
    return ()


def _linked(around: Surroundings, site: str) -> tuple[str, ...]:
    """The names of the first link near the text that leads to a writer's page."""
    for node in around.links(_LONGEST):
        if _WRITERS_PAGE.search(node.attr("href") or ""):
            found = names.full(squeeze(node.text()), site)
            if found and around.is_ours(node):
                return found
    return ()


def _of_others(node: Node, around: Surroundings) -> bool:
    """Whether it signs a comment or another story."""
    above: Node | None = node
    while above is not None and above.chars <= _STORY and not around.is_over_headline(above):
        if above.tag in ("nav", "footer", "form") or above.said & marks.OTHERS:
            return True
        above = above.parent
    return False
