"""Lines at both ends of a text that date it or name its site, and those inside that only look so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aggregator import dates
from aggregator.extract import closing, sites

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aggregator.extract.blocks import Block

_SAID = (dates.Said.PUBLISHED, dates.Said.UPDATED)
_OPENING = 6
"""Among so many blocks before the text the line that dates it is looked for."""
_CLOSING = 4
"""Among so many last blocks lines are looked for that date the text or name its site."""
_NAME, _SHORT = 40, 70
_DIGIT = re.compile(r"\d")
_FACT = re.compile(r"^(?:datum|dag|tid|när|klockan|kl)\b\s*[.:]", re.IGNORECASE)
_PLACE = re.compile(r"^(?:plats|var|lokal|arrangör|adress|samling)\b\s*:", re.IGNORECASE)
_FEW_ENTRIES = 2
# Where a story is set, as Örebronyheter closes: "Örebro/Örebro län".
_PLACED = re.compile(r"[A-ZÅÄÖ]\w+/[A-ZÅÄÖ]\w+(?: län| kommun)?")


def above(blocks: Sequence[Block]) -> list[str]:
    """Cuts the line before the text that tells when it was published, and such words that open the text: these."""
    dated: list[str] = []
    for block in blocks[:_OPENING]:
        if block.cut:
            continue
        if block.running:
            opening = closing.OPENING_DATE.match(block.rows[0])
            if opening:
                block.keep([block.rows[0][opening.end() :], *block.rows[1:]])
                dated.append(opening[0])
            break
        if not block.is_heading and len(block.rows) == 1 and dates.is_dateline(block.line):
            block.cut = "dateline"
            dated.append(block.line)
    return dated


def below(blocks: Sequence[Block], site: str) -> list[str]:
    """Cuts the lines below the text that name section or site, and those that tell of publication or change: these."""
    dated: list[str] = []
    left = [block for block in blocks if not block.cut]
    ends = True
    for block in reversed(left[max(1, len(left) - _CLOSING) :]):
        line = block.line
        if block.is_heading or len(block.rows) > 1:
            ends = False
        elif dates.is_dateline(line) and dates.label(line) in _SAID:
            block.cut = "dateline"
            dated.append(line)
        elif ends and len(line) <= _NAME and _is_name(line, site):
            block.cut = "site's name"
        else:
            ends = False
    return dated[::-1]


def _is_name(line: str, site: str) -> bool:
    return sites.is_section(line) or sites.is_whole_name(line, site) or _PLACED.fullmatch(line) is not None


def entries(blocks: Sequence[Block]) -> set[Block]:
    """Lines of a log or of an event's facts, which only look as if they dated the article.

    Several bare dates with text under each, but for the first; a date or a clock beside a line that says where.
    """
    dated = [place for place, block in enumerate(blocks) if len(block.line) <= _SHORT and _DIGIT.search(block.line)]
    facts = {
        blocks[place]
        for place in dated
        if _FACT.match(blocks[place].line)
        and any(_PLACE.match(near.line) for near in blocks[max(0, place - 2) : place + 3])
    }
    over = [blocks[place] for place in dated if place + 1 < len(blocks) and blocks[place + 1].running]
    if len(over) <= _FEW_ENTRIES:
        return facts
    log = [block for block in over if not dates.label(block.line) and dates.is_dateline(block.line)]
    return facts.union(log[1:]) if len(log) > _FEW_ENTRIES else facts
