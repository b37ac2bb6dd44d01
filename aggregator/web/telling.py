"""An article as a list tells it: what its reader may see, in the pieces that a template sets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aggregator.model import TagKind
from aggregator.pipeline.entries import summary_of, without_contacts

if TYPE_CHECKING:
    from datetime import datetime

    from aggregator.archive import Elsewhere, Hit
    from aggregator.model import KeptArticle, Tag
    from aggregator.web.access import Viewer

Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces: (text, whether it is what was sought). Texts are plain: a template escapes them."""

TAG_KEYS = {
    TagKind.THEME: "tema",
    TagKind.KOMMUN: "kommun",
    TagKind.PROJEKT: "projekt",
    TagKind.ORIGIN: "avsandare",
}
"""A kind of tag → the key of the search page's address that narrows by it."""

MOST_TAGS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An article in a list."""

    kept: KeptArticle
    at: datetime
    """The outlet's word, else when we first saw it."""
    title: Pieces
    text: Pieces
    also: tuple[Elsewhere, ...] = ()
    tags: tuple[tuple[str, Tag], ...] = ()
    """(key of TAG_KEYS, tag), the surest first."""


def told(kept: KeptArticle, viewer: Viewer) -> Told:
    """An article without regard to any words: its lead, else how its text begins."""
    title = kept.article.title if viewer.staff else without_contacts(kept.article.title)
    summary = summary_of(kept)
    return Told(
        kept=kept,
        at=kept.article.published_at or kept.fetched_at,
        title=((title or "Utan rubrik", False),),
        text=((summary, False),) if summary else (),
        tags=tuple((TAG_KEYS[tag.kind], tag) for tag in _tags(kept)),
    )


def _tags(kept: KeptArticle) -> list[Tag]:
    """Themes, then places, then projects, then whose release it is unless it stands there: the surest of each first."""
    kinds = list(TAG_KEYS)
    told = [tag for tag in kept.tags if tag.kind is not TagKind.ORIGIN or tag.name != kept.source_name]
    return sorted(told, key=lambda tag: kinds.index(tag.kind))[:MOST_TAGS]


def found(hit: Hit, viewer: Viewer) -> Told:
    """What a search found: the stretch of the text that shows why, where its reader may see it."""
    plain = told(hit.article, viewer)
    shown = any(match for _, match in hit.pieces) and _may_see(hit.article, hit.pieces, viewer)
    title = hit.title_pieces if _may_see(hit.article, hit.title_pieces, viewer, of_title=True) else plain.title
    return replace(plain, title=title, text=hit.pieces if shown else plain.text, also=hit.also)


def _may_see(kept: KeptArticle, pieces: Pieces, viewer: Viewer, *, of_title: bool = False) -> bool:
    """Staff sees all; others a stretch of what its source publishes whole, if nobody's telephone stands in it."""
    stretch = "".join(text for text, _ in pieces)
    if not stretch.strip():
        return False
    return viewer.staff or ((of_title or viewer.may_read(kept)) and without_contacts(stretch) == stretch)
