"""One article as its page shows it: its text as far as its reader may see it, its story, its tags, its changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from aggregator.model import Relation
from aggregator.pipeline.entries import entry_of, without_contacts
from aggregator.web import changes
from aggregator.web.evidence import because
from aggregator.web.readable import paragraphs, readable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from aggregator.model import KeptArticle, Member, Story, Tag, TagKind
    from aggregator.web.access import Viewer

INLINE = 6_000
"""Characters of a change that is shown on the article's own page."""
LISTED = 30
"""Changes that are listed there, the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A tag, where its page is, and why the article bears it."""

    tag: Tag
    path: str
    why: str
    corrected: bool

    @property
    def label(self) -> str:
        """As the form names it: "theme:hälsa"."""
        return f"{self.tag.kind.value}:{self.tag.name}"

    @property
    def percent(self) -> int:
        """How sure we are."""
        return round(self.tag.score * 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """An outlet that tells the same."""

    member: Member
    what: str
    """What it is to the others, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one wording in the next."""

    number: int
    at: datetime
    """When the next was first seen."""
    title: tuple[changes.Piece, ...] = ()
    """Empty where the headline stayed."""
    lead: tuple[changes.Piece, ...] = ()
    text: tuple[changes.Paragraph, ...] = ()

    @property
    def size(self) -> int:
        """Characters that are shown."""
        shown = [*self.title, *self.lead, *(piece for one in self.text for piece in one.pieces)]
        return sum(len(piece.text) for piece in shown)


def title(kept: KeptArticle, viewer: Viewer) -> str:
    """The headline."""
    return (kept.article.title if viewer.staff else entry_of(kept).title) or "Utan rubrik"


def authors(kept: KeptArticle, viewer: Viewer) -> tuple[str, ...]:
    """Who wrote it."""
    return kept.article.authors if viewer.staff else tuple(name for name in entry_of(kept).authors if name)


def lead(kept: KeptArticle, viewer: Viewer) -> str:
    """The lead, where it does not begin the text that follows it."""
    if not viewer.may_read(kept):
        return entry_of(kept).summary
    told = kept.article.lead if viewer.staff else without_contacts(kept.article.lead)
    begins = " ".join(kept.article.text.split()).startswith(" ".join(kept.article.lead.split()))
    return "" if begins and viewer.may_read(kept) else told


def body(kept: KeptArticle, viewer: Viewer) -> Markup:
    """The text; empty where its reader may see the lead alone."""
    if not viewer.may_read(kept):
        return Markup()
    base = kept.article.canonical_url or kept.article.url
    if not viewer.staff:
        return readable(entry_of(kept).content_html or "", base)
    return readable(kept.article.html, base) if kept.article.html.strip() else paragraphs(kept.article.text)


def reasons(kept: KeptArticle, pages: Mapping[tuple[TagKind, str], str]) -> list[Reason]:
    """The article's tags by kind, each with its evidence in words."""
    order = list(dict.fromkeys(kind for kind, _ in pages))
    found = [
        Reason(
            tag=tag,
            path=pages.get((tag.kind, tag.name), ""),
            why=because(tag),
            corrected=any(one.where == "correction" for one in tag.evidence),
        )
        for tag in kept.tags
    ]
    return sorted(found, key=lambda one: (order.index(one.tag.kind) if one.tag.kind in order else 9, -one.tag.score))


def tellers(story: Story | None) -> list[Teller]:
    """The members of a story; none where it stands in one source alone."""
    if story is None or (len(story.members) < 2 and not story.members[0].also):
        return []
    return [Teller(member=member, what=_relation(member, story)) for member in story.members]


def _relation(member: Member, story: Story) -> str:
    share = f"{round(member.share * 100)}\N{NO-BREAK SPACE}% av texten är gemensam"
    return {
        Relation.SINGLE: "pressmeddelandet" if story.relation is Relation.PICKUP else "först och fullast",
        Relation.VERSION: "en annan version i samma källa",
        Relation.COPY: "samma text",
        Relation.REWRITE: f"omskriven, {share}",
        Relation.PICKUP: f"bygger på pressmeddelandet, {share}",
    }[member.relation]


def times_of_changes(kept: KeptArticle) -> list[tuple[int, datetime, bool]]:
    """(number, when it came, whether the headline changed) of every change, the newest first."""
    after = [(one.at, one.title) for one in kept.versions[1:]] + [(kept.updated_at, kept.article.title)]
    found = [
        (number, at, before.title != title)
        for number, (before, (at, title)) in enumerate(zip(kept.versions, after, strict=False), 1)
    ]
    return found[::-1]


def change(kept: KeptArticle, number: int, viewer: Viewer) -> Change:
    """The change with this number, from 1: what became of that wording in the next; of the text, if it may be read.

    Raises IndexError where there are not so many.
    """
    if not 0 < number <= len(kept.versions):
        raise IndexError(number)
    before = kept.versions[number - 1]
    now = kept.article
    after = kept.versions[number] if number < len(kept.versions) else None
    told = (after.title, after.lead, after.text) if after else (now.title, now.lead, now.text)
    pairs = list(zip((before.title, before.lead, before.text), told, strict=True))
    if not viewer.staff:
        pairs = [(without_contacts(old), without_contacts(new)) for old, new in pairs]
    (old_title, new_title), (old_lead, new_lead), (old_text, new_text) = pairs
    reads = viewer.may_read(kept)
    # A lead with which the text begins is told of there.
    apart = old_lead != new_lead and not (new_text.startswith(new_lead) and old_text.startswith(old_lead))
    return Change(
        number=number,
        at=after.at if after else kept.updated_at,
        title=changes.line(old_title, new_title) if old_title != new_title else (),
        lead=changes.line(old_lead, new_lead) if reads and apart else (),
        text=changes.text(old_text, new_text) if reads else (),
    )
