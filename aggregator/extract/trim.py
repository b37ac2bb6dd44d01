"""What of the container's blocks is the article: cut at both ends, and furniture cut from between."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from aggregator.extract import asides, closing, contacts, edges, marks
from aggregator.extract.blocks import Block
from aggregator.extract.titles import loose

_SENTENCE_ENDS = tuple(".!?…:")
_BEHIND_SENTENCE = "'\"”’»)"
_BEGINNING = 8
"""So many characters of a line tell whether it begins as the headline does."""
_CAPTION = 160
_LINKED = 0.5
_SENTENCE = 60
_MUCH = 600
"""So much running text before a line is the article's beginning."""


@dataclass(slots=True)
class Trimmed:
    """The blocks that stay, in order, and what the cut lines said."""

    blocks: list[Block] = field(default_factory=list)
    origin: str | None = None
    category: str | None = None
    dated: list[str] = field(default_factory=list)


def trim(blocks: list[Block], title: str, site: str = "") -> Trimmed:
    """Judges every block; those that are no text of the article get their ``cut``. ``site`` is the site's name."""
    out = Trimmed()
    _before_title(blocks, title)
    for block in blocks[:8]:
        glued = closing.GLUED.match(block.rows[0])
        if glued:
            block.keep([block.rows[0][glued.end() :], *block.rows[1:]])
    _ending(blocks, out)
    entries = edges.entries(blocks)
    for block, after in zip(blocks, [*blocks[1:], None], strict=False):
        if not block.cut and block not in entries:
            _rows(block, out, heads=_heads(block, after))
    asides.locked(blocks)
    out.dated += edges.above([block for block in blocks if block not in entries])
    _alarms(blocks, title)
    contacts.cut(blocks)
    _pleas(blocks)
    asides.cut(blocks)
    _pointers(blocks)
    _teasers(blocks)
    asides.headings(blocks)
    asides.foot(blocks)
    out.dated += edges.below(blocks, site)
    _hanging(blocks)
    out.blocks = [block for block in blocks if not block.cut]
    return out


def _before_title(blocks: list[Block], title: str) -> None:
    """A block that repeats the headline is cut, and all before it where that is no running text."""
    name = loose(title)
    found = _repeated(blocks, title, name) if name else -1
    if found < 0:
        return
    headline, before = blocks[found], blocks[:found]
    headline.cut = "title"
    for block in blocks[found + 1 : found + 4]:
        if block.is_heading and loose(block.line) == name:
            block.cut = "title"
    running = sum(len(block.line) for block in before if len(block.line) >= 80 and block.link_share < 0.3)
    if running >= _MUCH and not headline.is_heading:
        return  # the text names itself once more
    after = sum(len(block.line) for block in blocks[found + 1 :] if block.link_share < 0.5)
    if running < 0.3 * after or (headline.node.tag == "h1" and running <= after):
        for block in before:
            block.cut = "before the title" if not _is_lead(block) else ""


def _repeated(blocks: list[Block], title: str, name: str) -> int:
    """The place of the last block among the first ones that repeats the headline, or of the first h1; -1 for none."""
    found, found_text = -1, False
    for place, block in enumerate(blocks[: max(40, len(blocks) // 3)]):
        here = _words(block, title, name)
        if (
            here == name
            or (len(here) >= 15 and len(here) > 0.6 * len(name) and (here in name))
            or (block.is_heading and not found_text and len(name) >= 20 and name in here and len(here) < 2 * len(name))
            or (block.node.tag == "h1" and (name in here or not found_text))
        ):
            found = place
            if block.node.tag == "h1":
                break
        found_text = found_text or _running(block) > 0
    return found


def _words(block: Block, title: str, name: str) -> str:
    """The words of a block that may be the headline; "" where it is too long, or does not begin in the ``name``.

    No heading, it has to lie in the headline, and then its beginning does; a heading may be the longer one.
    """
    line = block.line
    if block.node.tag != "h1":
        if len(line) > 3 * len(title) + 200:
            return ""
        if not block.is_heading and loose(line[:_BEGINNING]) not in name:
            return ""
    return loose(line)


def _is_lead(block: Block) -> bool:
    """A standfirst that the page sets above its headline."""
    return bool(block.node.said & marks.LEAD) and _running(block) > 0


def _ending(blocks: list[Block], out: Trimmed) -> None:
    """Cuts from the first line that says that the article is over, if more of it stands before than after.

    A "Related" box in the middle of an article is followed by the rest of it: then only the line goes.
    """
    left = [_running(block) for block in blocks]
    rest = sum(left)
    seen = 0
    for place, block in enumerate(blocks):
        if block.cut:
            continue
        rest -= left[place]
        for number, row in enumerate(block.rows):
            why = _ends(row, block) if not _goes_on(blocks, place) else ""
            if why and seen and (closing.SURE_END.match(row.lower()) or rest < 0.6 * seen):
                if place and not number and not blocks[place - 1].cut and _ends(blocks[place - 1].line, block) == "end":
                    blocks[place - 1].cut = why
                _cut_from(blocks, place, number, why, out)
                return
            if why == "origin" and seen:
                out.origin = out.origin or closing.origin_of(row)
            seen += len(row) if why == "" else 0


def _goes_on(blocks: list[Block], place: int) -> bool:
    """Whether a heading that often ends the text heads a part of it: a sentence of it follows."""
    block = blocks[place]
    if not block.is_heading or place + 1 == len(blocks) or not closing.MAY_GO_ON.match(block.line.lower()):
        return False
    after = blocks[place + 1]
    if closing.SURE_END.match(after.line.lower()):
        return False
    return (
        not after.linked
        and len(after.line) >= _SENTENCE
        and _is_sentence(after.line)
        and not contacts.has_contact(after.line)
    )


def _running(block: Block) -> int:
    """The letters of running text in it."""
    return 0 if block.cut else block.running


def _ends(row: str, block: Block) -> str:
    if len(row) > 200:
        if closing.ABOUT_US.match(row):
            return "about us"
        return "end" if closing.SURE_END.match(row.lower()) else ""
    small = row.lower()
    if not closing.may_tell(small):
        return ""
    if closing.END.match(small) or closing.POSTED.match(small):
        return "end"
    if closing.category_of(row) and not block.is_heading:
        return "category"
    if closing.origin_of(row):
        return "origin"
    if closing.ABOUT_US.match(row) and len(row) > 60:
        return "about us"
    return ""


def _cut_from(blocks: list[Block], place: int, number: int, why: str, out: Trimmed) -> None:
    """Cuts the rows from ``number`` of a block on and all blocks after, reading what the closing block says."""
    block = blocks[place]
    tail = block.rows[number:]
    if number:
        block.keep(block.rows[:number])
    else:
        block.cut = why
    for later in blocks[place + 1 :]:
        if not later.cut:
            later.cut = "after the end"
            tail.extend(later.rows)
    for row in tail[:12]:
        out.category = out.category or closing.category_of(row)
        out.origin = out.origin or closing.origin_of(row)
        if closing.BYLINE.match(row) and not closing.POSTED.match(row.lower()):
            out.dated.append(row)


def _heads(block: Block, after: Block | None) -> bool:
    """Whether a block is a heading with text under it."""
    return block.is_heading and after is not None and not after.is_heading and after.link_share < _LINKED


def _rows(block: Block, out: Trimmed, *, heads: bool) -> None:
    """Cuts what is no text from a block's rows; with ``heads`` it is a heading over text."""
    if block.node.tag in ("td", "th", "pre"):
        return
    kept = [row for row in block.rows if not _is_aside(row, out, heads=heads)]
    if not kept:
        block.cut = "furniture"
    elif len(kept) < len(block.rows):
        block.keep(kept)


def _is_aside(row: str, out: Trimmed, *, heads: bool) -> bool:
    """Whether a row is none of the text; what it says of the date is noted."""
    if len(row) > 400:
        return False
    small = row.lower()
    if len(row) > 200:
        return closing.is_asking(small)
    if len(row) <= _CAPTION and closing.is_credited(row):
        return True
    if closing.may_tell(small):
        if closing.BYLINE.match(row) and not heads and not closing.LOGGED.match(small):
            out.dated.append(row)
            return True
        if _is_furnishing(row, small, heads=heads):
            return True
    return closing.is_asking(small) or closing.is_notice(small)


def _is_furnishing(row: str, small: str, *, heads: bool) -> bool:
    """Whether a line is the page's own: a button, caption, pointer or category."""
    return bool(
        (closing.FURNITURE.match(small) and not (heads and closing.MAY_GO_ON.match(small)))
        or (closing.CAPTION.match(small) and not heads and not closing.TELLS.match(row))
        or closing.POINTER.match(small)
        or closing.SHORTCODE.match(small)
        or closing.category_of(row)
    )


def _pleas(blocks: list[Block]) -> None:
    """Requests to the reader in the last third of the text, or at its head with a link."""
    left = [block for block in blocks if not block.cut]
    found = []
    for place, block in enumerate(left):
        if 3 * place >= 2 * len(left) or block.linked:
            line = block.line
            if len(line) <= 320 and closing.is_plea(line.lower()) and not closing.QUOTED.search(line):
                found.append(block)
    if len(found) > 3 and sum(len(block.line) for block in found) > 0.1 * sum(len(block.line) for block in left):
        return  # an article that is made of offers
    for block in found:
        block.cut = "plea"


def _alarms(blocks: list[Block], title: str) -> None:
    """A warning before or after the text is the site's, unless it is the news."""
    if closing.ALARM_TITLE.search(title.lower()):
        return
    left = [block for block in blocks if not block.cut]
    for block in (*left[:2], *left[-2:]):
        if closing.ALARM.match(block.line):
            block.cut = "warning"


def _pointers(blocks: list[Block]) -> None:
    """Lines that are a link to another story, whole or behind an arrow, in the middle of this one."""
    for label, block in pairwise(blocks):
        if label.cut and closing.POINTS.match(label.line.lower()) and block.link_share >= 0.9 and not block.is_heading:
            block.cut = block.cut or "pointer"
    left = [block for block in blocks if not block.cut]
    if sum([block.running for block in left]) < 400:
        return
    for block in left:
        if not block.is_heading and (_is_pointer(block) or _is_row_of_headlines(block)):
            block.cut = "pointer"


def _is_pointer(block: Block) -> bool:
    """A line that is one link, or a link behind an arrow."""
    share = block.link_share
    if share < 0.4 or len(block.line) > 200:
        return False
    whole = share >= 0.9 and len(block.line) >= 20 and not _is_statement(block.line)
    return whole or bool(closing.ARROW.match(block.line))


def _is_statement(line: str) -> bool:
    """Whether it is long and ends in a full stop, as few headlines do."""
    end = line.rstrip(_BEHIND_SENTENCE)
    return len(line) >= 70 and end.endswith(".") and not end.endswith("..")


def _is_row_of_headlines(block: Block) -> bool:
    """A paragraph of headlines of other stories, each a link."""
    if block.link_share < 0.75 or block.line.endswith("."):
        return False
    return len(block.line) <= 900 and sum(each.tag == "a" for each in block.node.nodes()) >= 2


def _teasers(blocks: list[Block]) -> None:
    """Teasers of other stories glued to the end: each a headline and an excerpt, or a headline that is a link.

    One cut-off paragraph is how a stub ends; it is a teaser only behind a marked headline, or one of several.
    """
    left = [block for block in blocks if not block.cut]
    end, teasers, sure = len(left), 0, False
    while end > 1:
        size = _teaser(left, end)
        if not size:
            break
        first = left[end - size]
        teasers += 1
        sure = (
            sure
            or first.link_share >= 0.8
            or (size > 1 and (first.is_heading or first.strong >= 0.8 * len(first.line)))
        )
        end -= size
    if (sure or teasers > 1) and sum([block.running for block in left[:end]]) >= 60:
        for block in left[end:]:
            block.cut = "teaser"


def _teaser(left: list[Block], end: int) -> int:
    """How many of the blocks before ``end`` make up one teaser; 0 where they are text."""
    last, before = left[end - 1], left[end - 2]
    if last.link_share >= 0.8:
        return 1
    if len(last.line) > 320 or end < 3:
        return 0
    if _is_headline(before):
        linked = before.link_share >= 0.8
        return 2 if linked or _is_cut_off(last) else 0
    return 1 if _is_cut_off(last) else 0


def _is_cut_off(block: Block) -> bool:
    return block.line.rstrip("]) ").endswith(("…", "..."))


def _is_headline(block: Block) -> bool:
    line = block.line
    if len(line) > 140 or block.node.tag == "li":
        return False
    return block.link_share >= 0.8 or (len(line) >= 10 and not _is_sentence(line))


def _is_sentence(line: str) -> bool:
    return line.rstrip(_BEHIND_SENTENCE).endswith(_SENTENCE_ENDS)


def _hanging(blocks: list[Block]) -> None:
    """A heading with nothing after it heads something that was cut."""
    for block in reversed(blocks):
        if block.cut:
            continue
        if not block.is_heading:
            return
        block.cut = "heading of nothing"


def is_furniture(line: str) -> bool:
    """Whether a line is a byline, caption, date or other furniture of a page."""
    small = line.lower()
    return bool(
        closing.BYLINE.match(line)
        or closing.FURNITURE.match(small)
        or closing.CAPTION.match(small)
        or closing.POINTER.match(small)
        or closing.END.match(small)
        or closing.category_of(line)
        or closing.origin_of(line)
    )
