"""The article's text as the page's own JSON-LD gives it: a witness, and the text where the markup has less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator import markup
from aggregator.extract import state
from aggregator.extract.blocks import Block

if TYPE_CHECKING:
    from aggregator.extract.page import Page
    from aggregator.extract.tree import Node

_SHORTEST = 300


def instead(page: Page, container: Node, kept: list[Block]) -> list[Block]:
    """Blocks made of ``articleBody`` where the visible text is less than half of it; [] where it is not.

    Some sites draw their text by script from JSON; what the markup holds is then a lead, or nothing. A lead that is
    the page's description stays. Where nothing is visible, the state of the page's framework may hold the text.
    """
    head = page.head
    bodies = [body for item in head.articles if isinstance(body := item.get("articleBody"), str)]
    shown = sum([len(block.line) for block in kept])
    if shown and max(map(len, bodies), default=0) <= 2 * shown:  # as written, they are no shorter than as plain text
        return []
    told = max(map(_plain, bodies), key=len, default="")
    if not told and not shown and (head.articles or head.first("og:type").lower() == "article"):
        told = state.told(page.with_scripts())
    if len(told) < _SHORTEST or shown * 2 >= len(told):
        return []
    lines = [line for row in told.split("\n") if (line := " ".join(row.split()))]
    return [*_lead(page, kept, lines), *(Block(container, [line], 0, 0) for line in lines)]


def _lead(page: Page, kept: list[Block], lines: list[str]) -> list[Block]:
    """The visible lead where it is the page's description and the told text begins after it."""
    described = page.head.first("og:description", "description")[:60].rstrip(" .…")
    if len(described) < 40 or any(described in line for line in lines):
        return []
    return [block for block in kept[:2] if block.line.startswith(described)][:1]


def _plain(body: str) -> str:
    return markup.plain(body) if "<" in body or "&" in body else body.strip()
