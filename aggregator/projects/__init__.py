"""A project page → the projects that it tells of, ongoing and finished.

A page may hold many projects, each under a heading or in an accordion, or in nothing but paragraphs that bring their
project in ("Projektet Trygga kompetensen startade …", "Läs mer om testbädden InnoMera"). The page is first laid out
as blocks, then cut into segments, a project's worth each, and a segment that names no project is no project.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser

from aggregator import dates, markup, urls
from aggregator.model import Project, Reason, Rejection
from aggregator.projects import naming
from aggregator.projects.blocks import laid_out, lines_of
from aggregator.projects.contacts import contacts_of
from aggregator.projects.segments import Segment, cut

if TYPE_CHECKING:
    from datetime import datetime

    from aggregator.model import Snapshot, Source

__all__ = ["read_projects"]

LOCAL: Final = ZoneInfo("Europe/Stockholm")
MOST: Final = 200
"""Projects taken from one page; more are no page of projects but a mistake of ours."""
LONGEST: Final = 4000
"""Characters of a description."""


def read_projects(snapshot: Snapshot, source: Source, now: datetime) -> tuple[Project, ...] | Rejection:
    """All the projects of a page, in its order; a Rejection where it names none, so that none is taken for gone.

    Status is the section's heading ("Genomförda projekt"), description is without contact lines, links are absolute,
    ``page_updated_at`` is the page's own "Senast uppdaterad" line. No body makes this raise.
    """
    if not snapshot.body.strip():
        return Rejection(url=snapshot.final_url, reason=Reason.EMPTY, detail="the page is empty")
    text = markup.decode(snapshot.body, snapshot.headers.get("content-type"))
    tree = LexborHTMLParser(markup.cap_depth(text))
    if tree.body is None or "<" not in text:
        return Rejection(url=snapshot.final_url, reason=Reason.NOT_HTML, detail="no markup in it")
    address = urls.prefer_branch(urls.clean(snapshot.final_url, drop_query=source.drop_query), source.branches)
    updated = dates.settle(dates.find_updated(lines_of(tree.body), tz=LOCAL, reference=now), now)
    found: dict[str, Project] = {}
    for segment in cut(laid_out(tree, snapshot.final_url), title=_title(tree)):
        project = _project(segment, address, updated)
        key = naming.folded(project.name)
        found[key] = _joined(found[key], project) if key in found else project
    if not found or len(found) > MOST:
        return Rejection(url=snapshot.final_url, reason=Reason.EMPTY, detail=f"{len(found)} projects found on the page")
    return tuple(found.values())


def _title(tree: LexborHTMLParser) -> str:
    """What the page calls itself, by its title and its first heading."""
    named = [node.text(deep=True, separator=" ") for node in (tree.css_first("title"), tree.css_first("h1")) if node]
    return " ".join(named)


def _project(segment: Segment, address: str, updated: datetime | None) -> Project:
    contacts = contacts_of(segment.contact_blocks)
    aliases = naming.aliases(segment.name, segment.naming_lines, segment.texts)
    return Project(
        name=segment.name,
        aliases=aliases,
        status=segment.status,
        description=naming.without_contacts("\n\n".join(segment.texts))[:LONGEST].strip(),
        contacts=contacts,
        links=tuple(dict.fromkeys(link.url for block in segment.blocks for link in block.links)),
        page_url=address,
        page_updated_at=updated,
    )


def _joined(first: Project, second: Project) -> Project:
    """One project told of in two places of a page."""
    return Project(
        name=first.name,
        aliases=first.aliases or second.aliases,
        status=first.status,
        description="\n\n".join(filter(None, (first.description, second.description)))[:LONGEST],
        contacts=tuple(dict.fromkeys((*first.contacts, *second.contacts))),
        links=tuple(dict.fromkeys((*first.links, *second.links))),
        page_url=first.page_url,
        page_updated_at=first.page_updated_at,
    )
