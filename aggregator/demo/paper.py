"""A paper on WordPress, whatever its theme: its name, its addresses, and a text as its editor entered it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aggregator.demo.answers import Ask, esc
from aggregator.demo.pieces import Piece, body, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One WordPress site: its name, what its addresses look like, and its theme."""

    site: str
    name: str
    permalink: Callable[[Piece], str]
    article: Callable[[Ask, Piece], str]
    listing: Callable[[Ask, str, Sequence[Piece]], str]
    api: bool = True
    """Whether the REST API is open; many papers close it."""
    stub: Callable[[Piece], str] | None = None
    """What the feed gives of a text, where it is less than all."""


def content(paper: Paper, piece: Piece) -> str:
    """The body as the editor has it in WordPress: caption first, and the closing block with "Källa"."""
    caption = f"<p>{esc(piece.caption)}</p>\n" if piece.caption else ""
    closing = [piece.category, paper.name if piece.category else "", piece.closing]
    lines = [esc(line) for line in closing if line]
    return caption + body(piece.text) + (f"\n<p>{'<br />'.join(lines)}</p>" if lines else "")


def post_id(piece: Piece) -> int:
    """WordPress's own number of an article."""
    return 20000 + piece.number * 17


def address(paper: Paper, ask: Ask, piece: Piece) -> str:
    """Where the piece stands, absolutely."""
    return ask.base + paper.permalink(piece)


def excerpt(paper: Paper, piece: Piece) -> str:
    """What the feed and the API call the excerpt."""
    text = paper.stub(piece) if paper.stub else words(piece.text, 55).replace("...", " [&#8230;]")
    return f"<p>{text}</p>"
