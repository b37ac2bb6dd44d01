"""Cuts from a page what its site's template holds, and what other stories left on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.extract.template import EVERYWHERE, RUNNING, opening_sign, place_signs, standing_sign, text_sign

if TYPE_CHECKING:
    from aggregator.extract.blocks import Block
    from aggregator.extract.template import Template
    from aggregator.extract.tree import Node

WORD = "template"
"""The reason word of what is cut here."""
OTHERS = "another story"
_TEASER = 320
_HEADLINE = 140
_LEAST = 40


class Foreign:
    """What of one page is not its own, by the template of its site.

    Made before the page's text is looked for: places of the template are marked as standing around. ``weigh`` is
    called on its blocks before they are trimmed, ``cut`` after.
    """

    def __init__(self, template: Template, order: list[Node]) -> None:
        self.template = template
        self.signs = place_signs(order)
        self.shares: dict[int, float] = {}
        for node in order:
            if self.signs[node.place] in template.places and node.tag not in ("body", "main", "article"):
                node.mark(order, WORD)

    def weigh(self, blocks: list[Block], title: str) -> None:
        """Notes which blocks stand on other pages, too, while they still have all their rows."""
        own = text_sign(title)
        for block in blocks:
            text = text_sign(block.line)
            share = self.template.texts.get(standing_sign(self.signs[block.node.place], text))
            if share is not None and self.template.owners.get(text) != own:
                self.shares[id(block)] = share

    def cut(self, blocks: list[Block], title: str) -> list[Block]:
        """Gives what is foreign its ``cut``, unless too little were left; what stays."""
        kept = [block for block in blocks if not block.cut]
        foreign = {id(block): WORD for block in self._standing(kept)}
        left = [block for block in kept if id(block) not in foreign]
        foreign.update((id(block), OTHERS) for block in self._stories(left, text_sign(title)))
        left = [block for block in kept if id(block) not in foreign]
        if sum(len(block.line) for block in left) < _LEAST:
            return kept
        for block in kept:
            block.cut = foreign.get(id(block), "")
        while left and left[-1].is_heading:
            left.pop().cut = "heading of nothing"
        return left

    def _standing(self, kept: list[Block]) -> list[Block]:
        """Blocks that the site repeats: at the edges whatever it is, in the midst of the article only lines and links.

        Running text between paragraphs of the article's own is the article's, on however many pages it stands:
        outlets have standing sentences, and no frame stands there. A subheading of the article's own ("Bakgrund") may
        be on many pages; it goes only with what it heads.
        """
        own = [n for n, block in enumerate(kept) if id(block) not in self.shares and len(block.line) >= _LEAST]
        first, last = (own[0], own[-1]) if own else (len(kept), -1)
        found: list[Block] = []
        for number in range(len(kept) - 1, -1, -1):
            block = kept[number]
            share = self.shares.get(id(block))
            if share is None:
                continue
            inside = first < number < last
            if _may_head(block):
                heads_foreign = number + 1 == len(kept) or bool(found and found[-1] is kept[number + 1])
                if heads_foreign or not (inside or number < first):
                    found.append(block)
            elif not inside or (share >= EVERYWHERE and not _is_running(block)):
                found.append(block)
        return found

    def _stories(self, left: list[Block], own: int) -> list[Block]:
        """Other stories' headlines that are links, wherever; and the tail of teasers that one of them opens."""
        known = [self._story(block, own) for block in left]
        lone = [
            block
            for block, story in zip(left, known, strict=True)
            if story and block.link_share >= 0.8 and not block.is_heading
        ]
        start, running = len(left), 0
        for number, block in enumerate(left):
            if running >= _LEAST and known[number] and self._only_teasers(left[number:], known[number:]):
                start = number
                break
            if len(block.line) >= _LEAST and not known[number]:
                running += len(block.line)
        return [*lone, *(block for block in left[start:] if block not in lone)]

    def _story(self, block: Block, own: int) -> bool:
        """Whether it is the headline of another story."""
        if len(block.line) > _HEADLINE:
            return False
        sign = text_sign(block.line)
        return sign != own and sign in self.template.headlines

    def _only_teasers(self, tail: list[Block], known: list[bool]) -> bool:
        """Whether a tail is teasers and no more: short blocks, of which every excerpt has a headline before it.

        At least a third of it is known: headlines of other stories, or how those begin.
        """
        if any(len(block.line) > _TEASER for block in tail):
            return False
        sure = [
            story or opening_sign(block.line) in self.template.openings
            for block, story in zip(tail, known, strict=True)
        ]
        strangers = sum(len(block.line) >= RUNNING and not mine for block, mine in zip(tail, sure, strict=True))
        return strangers <= sum(known) and sum(sure) * 3 >= len(tail)


def _is_running(block: Block) -> bool:
    """Whether it is a paragraph, not a line, a headline or a list of links."""
    return len(block.line) >= RUNNING and block.link_share < 0.5


def _may_head(block: Block) -> bool:
    """Whether it is a heading by its tag, or looks like one."""
    line = block.line
    return block.is_heading or (len(line) < RUNNING and block.link_share < 0.5 and line[-1:] not in ".!?…")
