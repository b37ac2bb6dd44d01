"""Blocks → segments, a project's worth each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from aggregator.model import ProjectStatus
from aggregator.projects import contacts, naming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aggregator.projects.blocks import Block

_ABOUT_PROJECTS: Final = re.compile(r"projekt|project|satsning|testbädd", re.IGNORECASE)
_WORDS: Final = 8
"""Characters that tell something of a project under its own heading."""
_RUNNING: Final = re.compile(r"pågående|aktuella|ongoing|current|laufende", re.IGNORECASE)
_INTRODUCES: Final = re.compile(
    r"\b(?:nedan|här|below|here)\b.{0,40}\b(?:hittar|finns|ser|presenter\w+|kan du läsa|you)\b.{0,80}\bproje[ck]t",
    re.IGNORECASE,
)
"""What brings in the page and no project: "Nedan hittar du våra senaste och pågående projekt"."""
_INTRODUCTION: Final = 8
"""Blocks at the top of a page among which its introduction stands."""
_PARAGRAPH: Final = 60
"""Characters from which a line is a paragraph and not a caption or a label."""


@dataclass(slots=True)
class Segment:
    """The blocks of what may be one project."""

    status: ProjectStatus
    headed: bool = False
    """Whether it begins with a heading at which projects stand."""
    blocks: list[Block] = field(default_factory=list)
    contact_blocks: list[Block] = field(default_factory=list)
    name: str = ""
    naming_lines: list[str] = field(default_factory=list)
    pointed: bool = False
    """Whether a line has pointed at the whole ("Läs mer om …"), which mostly ends it."""

    @property
    def texts(self) -> list[str]:
        """The paragraphs that describe it."""
        return [
            block.text
            for block in self.blocks
            if (len(block.text) >= _PARAGRAPH or block.item or block.text.endswith((".", ":")))
            and block.text not in self.naming_lines
            and not block.level
            and naming.pointed_at(block.text) is None
        ]


@dataclass(frozen=True, slots=True)
class _Page:
    blocks: Sequence[Block]
    levels: dict[int, int]
    """Index of a section's first block → the heading level at which its projects stand (0: none)."""
    known: frozenset[str]
    """Names that headings, titles of persons and pointing lines give away."""
    about: bool
    """Whether the page is about projects at all."""


def cut(blocks: Sequence[Block], *, title: str) -> list[Segment]:
    """The page's segments that name a project, in its order."""
    page = _Page(
        blocks=blocks,
        levels=_project_levels(blocks),
        known=_known(blocks),
        about=bool(_ABOUT_PROJECTS.search(title)) or any(naming.status_of(block.text) for block in blocks),
    )
    named = []
    for segment in _split(page):
        _name(segment, page)
        if segment.name:
            named.append(segment)
    return named + _lists(page, {segment.name for segment in named})


def _sections(blocks: Sequence[Block]) -> list[int]:
    """Where sections begin: at the top, and at headings that give a status."""
    return [0, *(index for index, block in enumerate(blocks) if index and naming.status_of(block.text))]


def _project_levels(blocks: Sequence[Block]) -> dict[int, int]:
    """The level of a section's projects: the highest below its own heading, else its own (a flat page)."""
    levels: dict[int, int] = {}
    starts = _sections(blocks)
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        own = blocks[start].level if start < len(blocks) else 0
        within = [
            block.level
            for block in blocks[start + 1 : end]
            if block.level and not naming.generic(block.text) and not contacts.person(block.text)
        ]
        below = [level for level in within if level > own]
        levels[start] = min(below, default=own if own in within else 0)
    return levels


def _known(blocks: Sequence[Block]) -> frozenset[str]:
    names = [name for block in blocks if (name := naming.led(block.text) or naming.pointed_at(block.text))]
    names += [naming.of_heading(block.text) for block in blocks if block.level and naming.name_like(block.text)]
    return frozenset(name for name in names if len(name) > 2)


def _split(page: _Page) -> list[Segment]:
    """Cut at headings of projects, at paragraphs that bring one in, after contacts, and after what points away."""
    status = _first_status(page.blocks)
    segments = [Segment(status)]
    level = page.levels.get(0, 0)
    in_contacts = False
    for index, block in enumerate(page.blocks):
        section = naming.status_of(block.text) if index else None
        if index < _INTRODUCTION and _INTRODUCES.search(block.text):
            continue
        if section is not None and not (block.item or block.text.endswith(".")):
            status, level, in_contacts = section, page.levels.get(index, 0), False
            segments.append(Segment(status))
            continue
        current = segments[-1]
        if _is_contact(page.blocks, index, in_contacts=in_contacts):
            in_contacts = True
            current.contact_blocks.append(block)
            continue
        if _begins(page, index, current, level=level, after_contacts=in_contacts):
            headed = bool(block.level and block.level == level and naming.name_like(block.text))
            current = Segment(status, headed=headed)
            segments.append(current)
        in_contacts = False
        current.blocks.append(block)
        current.pointed = current.pointed or naming.pointed_at(block.text) is not None
    return segments


def _first_status(blocks: Sequence[Block]) -> ProjectStatus:
    """Before any section's heading: ongoing where the page says so, or where a later section holds the finished."""
    later = {naming.status_of(block.text) for block in blocks}
    says = any(_RUNNING.search(block.text) for block in blocks[:_INTRODUCTION])
    return ProjectStatus.ONGOING if says or ProjectStatus.FINISHED in later else ProjectStatus.UNKNOWN


def _is_contact(blocks: Sequence[Block], index: int, *, in_contacts: bool) -> bool:
    block = blocks[index]
    if contacts.heads_contacts(block.text):
        return True
    if in_contacts:
        return (
            contacts.person(block.text)
            or contacts.title(block.text)
            or contacts.person_with_title(block.text)
            or contacts.reaches(block)
        )
    if block.item:
        return False
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    reachable = block.mail is not None or block.phone is not None
    pair = (
        following is not None and not following.item and (contacts.title(following.text) or contacts.reaches(following))
    )
    return (contacts.person(block.text) and (pair or reachable)) or (
        contacts.person_with_title(block.text)
        and (reachable or (following is not None and contacts.reaches(following)))
    )


def _begins(page: _Page, index: int, current: Segment, *, level: int, after_contacts: bool) -> bool:
    """Whether a new project begins with this block."""
    block = page.blocks[index]
    own = _own_name(current)
    if not (current.blocks or current.contact_blocks):
        return bool(block.level and block.level == level)
    if level and block.level and naming.ends(block.text):
        return True
    if level and block.level and not naming.generic(block.text):
        if block.level < level:
            return True
        if block.level == level:
            return _heads(page, index, own, headed=current.headed)
    brought = naming.of_heading(block.text) if _is_long_name(block) else None
    brought = brought or (None if block.item else naming.brought_in(block.text, known=page.known))
    if brought is not None:
        return naming.folded(brought) != naming.folded(own) and (bool(own) or not _lone_heading(current))
    if current.headed or _about(block.text, own):
        return False
    if after_contacts:
        return len(block.text) > 2
    paragraph = len(block.text) >= _PARAGRAPH and not block.item and not block.level
    return current.pointed and paragraph and _plain(current)


def _heads(page: _Page, index: int, own: str, *, headed: bool) -> bool:
    """Whether a heading at which projects stand begins one: by its own look, or by what comes under it."""
    block = page.blocks[index]
    if own and _about(block.text, own):
        return False
    if naming.name_like(block.text):
        return True
    if naming.pointed_at(block.text):
        return bool(own)
    ahead = _named_below(page.blocks[index + 1 :], block.level)
    return naming.folded(ahead) != naming.folded(own) if ahead else not headed


def _named_below(blocks: Sequence[Block], level: int) -> str:
    """The name that comes up between a heading and the next of its rank."""
    for block in blocks:
        if (block.level and block.level <= level) or naming.status_of(block.text):
            return ""
        if name := naming.pointed_at(block.text) or (None if block.item else naming.brought_in(block.text)):
            return name
    return ""


def _plain(current: Segment) -> bool:
    """Whether the line that pointed away is the last: after it, another paragraph is another matter."""
    last = current.blocks[-1] if current.blocks else None
    return last is not None and naming.pointed_at(last.text) is not None


def _lone_heading(current: Segment) -> bool:
    return len(current.blocks) == 1 and bool(current.blocks[0].level)


def _is_long_name(block: Block) -> bool:
    """A line of its own "CROSS - Civilsamhälle och …", whose first word is an acronym."""
    match = naming.LONG_NAME.fullmatch(block.text)
    return bool(match and not block.item and naming.is_acronym(match["short"]) and len(block.text) <= 200)


def _about(text: str, name: str) -> bool:
    """Whether a text speaks of a project by its name."""
    return bool(name) and re.search(rf"(?<!\w){re.escape(name)}", text, re.IGNORECASE) is not None


def _own_name(segment: Segment) -> str:
    """The name so far, by its heading or by the lines that bring one in or point at one."""
    for block in segment.blocks:
        named = _is_long_name(block) or (segment.headed and block is segment.blocks[0])
        name = naming.of_heading(block.text) if named else naming.pointed_at(block.text)
        name = name or (None if block.item else naming.brought_in(block.text))
        if name:
            return name
    return ""


def _name(segment: Segment, page: _Page) -> None:
    """Name a segment by its heading, by what brings it in, by what points at it, or by its leader's title."""
    if not segment.blocks:
        return
    first = segment.blocks[0]
    described = bool(segment.texts)
    under = segment.blocks[1] if len(segment.blocks) > 1 else segment.blocks[0]
    told = described or (len(under.text) >= _WORDS and not under.level and not naming.generic(under.text))
    for block in segment.blocks:
        heading = block is first and segment.headed and naming.name_like(block.text)
        if ((heading and told) or _is_long_name(block)) and (page.about or _backed(block.text, segment)):
            segment.name = naming.of_heading(block.text)
            segment.naming_lines = [block.text]
            segment.status = naming.status_in(block.text) or segment.status
            return
    for block in segment.blocks:
        name = None if block.item else naming.brought_in(block.text, known=page.known)
        name = name or naming.pointed_at(block.text)
        if name and described:
            segment.name = name
            segment.naming_lines = [block.text] if naming.pointed_at(block.text) else []
            return
    led = [name for block in segment.contact_blocks if (name := naming.led(block.text))]
    if led and described:
        segment.name = led[0]


def _backed(heading: str, segment: Segment) -> bool:
    """Whether the text under a heading speaks of a project by the heading's name."""
    name = re.escape(naming.of_heading(heading))
    pattern = re.compile(rf"(?:projekt\w*|testbädden|förstudien)\s+{name}|{name}\s+(?:är|var)\s+ett?\b", re.IGNORECASE)
    return any(pattern.search(text) for text in segment.texts)


def _lists(page: _Page, known: set[str]) -> list[Segment]:
    """A section that is nothing but a list of links, each to a project's own page."""
    found: list[Segment] = []
    starts = [index for index, block in enumerate(page.blocks) if naming.status_of(block.text)]
    if not starts and not known and page.about and page.blocks:
        starts = [0]
    for start, end in pairwise([*starts, len(page.blocks)]):
        status = naming.status_of(page.blocks[start].text) or ProjectStatus.UNKNOWN
        items = [block for block in page.blocks[start + 1 : end] if _links_a_project(block)]
        if len(items) < 2 or (start and page.levels.get(start)):
            continue
        for block in items:
            name = naming.of_heading(block.links[0].words)
            if name not in known:
                rest = block.text.removeprefix(block.links[0].words).strip(" -–:")
                described = [replace(block, text=rest)] if rest else []
                found.append(Segment(status, blocks=[*described], name=name, naming_lines=[block.text]))
                found[-1].blocks.append(replace(block, text=block.links[0].words, level=7))
    return found


def _links_a_project(block: Block) -> bool:
    return (
        block.item
        and len(block.links) == 1
        and block.text.startswith(block.links[0].words)
        and naming.name_like(block.links[0].words)
    )
