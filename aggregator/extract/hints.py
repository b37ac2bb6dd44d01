"""An operator's hints for one source: selectors and texts that win over everything else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aggregator.extract.titles import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aggregator.extract.blocks import Block
    from aggregator.extract.page import Page
    from aggregator.extract.tree import Node
    from aggregator.model import Source


_LINE, _SENTENCE = 40, 15
"""So many letters make a line of the text, or a sentence of it."""


@dataclass(slots=True)
class Hinted:
    """What the hints of a source found on this page; empty where they match nothing."""

    title: str = ""
    body: Node | None = None
    dates: list[str] = field(default_factory=list)
    end_texts: list[str] = field(default_factory=list)
    end_at: Node | None = None


def apply(page: Page, source: Source | None) -> Hinted:
    """Looks for what the hints name, and cuts from the tree what they drop."""
    hint = Hinted()
    if source is None:
        return hint
    asked = source.hints
    if not (asked.title or asked.body or asked.date or asked.drop or asked.end_at):
        return hint
    hint.title = next((line for node in _found(page, asked.title) if (line := squeeze(node.text()))), "")
    hint.body = next((node for node in _found(page, asked.body) if node.chars), None)
    if hint.body is not None and hint.body.around:  # the operator knows better
        hint.body.mark(page.order, "")
    for found in _found(page, asked.drop):
        found.mark(page.order, "hint drop")
    hint.dates = [
        line
        for node in _found(page, asked.date)
        for line in (node.attr("datetime") or "", squeeze(node.text()))
        if line
    ]
    for ending in asked.end_at:
        hint.end_at = hint.end_at or next(iter(_found(page, (ending,))), None)
    if hint.end_at is None:
        hint.end_texts = [text.casefold() for text in asked.end_at]
    return hint


def _found(page: Page, selectors: Sequence[str]) -> Iterable[Node]:
    """Our nodes that a selector matches, the first selector's first; a text that is no selector matches none."""
    for selector in selectors:
        yield from page.select(selector)


def end(blocks: list[Block], hint: Hinted) -> None:
    """Cuts the blocks from where a hint says that the article ends; words do not before the text has begun.

    "Senast uppdaterad" stands above the headline, too, on some sites.
    """
    if hint.end_at is None and not hint.end_texts:
        return
    ended = begun = False
    for block in blocks:
        line = block.line.casefold()
        ended = (
            ended
            or (hint.end_at is not None and block.node.place >= hint.end_at.place)
            or (begun and any(line.startswith(text) for text in hint.end_texts))
        )
        if ended:
            block.cut = "hint end_at"
        least = _SENTENCE if line.endswith((".", "!", "?")) else _LINE
        begun = begun or (not block.is_heading and len(line) >= least)
