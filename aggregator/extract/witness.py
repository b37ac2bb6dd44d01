"""The article's text as the page's own JSON-LD gives it: a witness, and the text where the markup has less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator import markup
from aggregator.extract.blocks import Block

if TYPE_CHECKING:
    from aggregator.extract.head import Head
    from aggregator.extract.tree import Node

_SHORTEST = 300


def instead(head: Head, container: Node, kept: list[Block]) -> list[Block]:
    """Blocks made of ``articleBody`` where the visible text is less than half of it; [] where it is not.

    Some sites draw their text by script from JSON; what the markup holds is then a lead, or nothing.
    """
    told = max((_body(item.get("articleBody")) for item in head.articles()), key=len, default="")
    shown = sum(len(block.line) for block in kept)
    if len(told) < _SHORTEST or shown * 2 >= len(told):
        return []
    return [Block(container, [line], 0, 0) for row in told.split("\n") if (line := " ".join(row.split()))]


def _body(value: object) -> str:
    if not isinstance(value, str):
        return ""
    return markup.plain(value) if "<" in value or "&" in value else value.strip()
