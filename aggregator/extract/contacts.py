"""Contact persons and offices in and below a text: personal, and no news."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aggregator.extract import names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aggregator.extract.blocks import Block
    from aggregator.extract.tree import Node

# Not inside a word, for fingerprints of files hold as many digits; no address ends in a version's number.
PHONE = re.compile(
    r"(?<!\w)(?=\+?(?:[\s()–-]{0,3}\d){8})(?:\+46|0)[\s(]?\d{1,3}\)?[\s–-]?\s?\d{2,3}[\s–-]?\d{2}[\s–-]?\d{0,3}(?!\w)|"
    r"\btel(?:efon)?\b\s*[.:]?\s*\+?\d",
    re.IGNORECASE,
)
EMAIL = re.compile(r"[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
_HEAD = re.compile(
    r"^\W*(?:kontakt(?:er|a|uppgifter|person(?:er)?|center)?|contacts?|kontakta oss|ansprechpartner|"
    r"(?:med )?(?:vänlig\w*|bästa|hjärtlig\w*)(?: \w+)? hälsning\w*)\b\s*:?.{0,60}$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^\W*(?:har du (?:några )?frågor|frågor|vill du veta mer|(?:för )?mer information)\b.{0,30}$|"
    r"^för .{0,40}\b(?:frågor|kommentarer)\b.{0,60}:?$",
    re.IGNORECASE,
)
"""What heads contacts, too, where some follow."""
_OFFERS = re.compile(
    r"^\W*(?:(?:för|vid) (?:mer|ytterligare|frågor)|(?:om du )?har du (?:frågor|tips)|frågor|tipsa?|kontakt\w*|ring|"
    r"mejla|got|get|contact|e-?mail)\b",
    re.IGNORECASE,
)
_TURNS = re.compile(r"^(?:anmäl|skicka|lämna|ansök|boka|synpunkt|biljett)\w*\b.{12}", re.IGNORECASE)
"""How a notice begins to tell where to turn."""
_PLACED = re.compile(r"^[\w-]+, [A-ZÅÄÖ]|.*\d")
"""A place in a town, or a line with a clock: no name."""
_PERSONAL = re.compile(r"\b[a-zåäö-]+\.[a-zåäö-]+@", re.IGNORECASE)
"""How addresses of employees are made."""
_SHORTEST = 25
_CAPITALS = re.compile(r"\b([A-ZÅÄÖ][a-zåäöé]+) ([A-ZÅÄÖ][a-zåäöé-]+)\b")
_BOXES = frozenset(("div", "section", "address", "aside", "ul", "dl", "li", "p", "header", "details"))
_CELLS = frozenset(("td", "th"))
_CARD = 300
"""No more letters are in a card of contacts."""
_LINE, _LABEL, _SENTENCE = 160, 200, 60
_REACH = 8
"""Among so many lines under a heading of contacts the first one stands."""
_LINES = 3
"""So many short lines may stand between a name and its telephone number."""
_MOST = 0.5
"""The share of a text that may be contacts; what has more is about them."""
_ENDS = tuple(".!?…")


def has_contact(line: str) -> bool:
    """Whether a line holds a telephone number or an address of e-mail."""
    if "@" in line and EMAIL.search(line):
        return True
    return ("0" in line or "+46" in line or "tel" in line.lower()) and bool(PHONE.search(line))


def cut(blocks: list[Block]) -> None:
    """Gives the blocks that are contacts their ``cut``: cards, what a heading calls so, and lines below the middle."""
    left = [block for block in blocks if not block.cut]
    half = len(left) // 2
    held = [len(block.line) <= _LABEL and has_contact(block.line) for block in left]
    found = _headed(left, held, sure=min(half, 3))
    for place, holds in enumerate(held):
        if holds and left[place].node.tag not in _CELLS:
            found |= _card(left, held, place)
    if sum([len(left[place].line) for place in found]) <= _MOST * sum([len(block.line) for block in left]):
        for place in found:
            left[place].cut = "contact"
    for place in range(max(1, half), len(left)):
        if held[place] and not _is_office(left[place]):
            left[place].cut = "contact"


def _headed(left: list[Block], held: Sequence[bool], *, sure: int) -> set[int]:
    """The places from a heading of contacts on, up to where the text goes on.

    From the place ``sure`` on a heading that says so does, where nothing but short lines follows; else some contact has
    to stand under it.
    """
    found: set[int] = set()
    goes_on = _goes_on(left, held)
    place = 1
    while place < len(left):
        line = left[place].line
        if len(line) <= _LINE and (_HEAD.match(line) or _ASKS.match(line)):
            end = goes_on[place + 1]
            if end > place + 1 and end < len(left) and left[end - 1].is_heading:
                end -= 1
            alone = end == len(left) and place >= sure and _HEAD.match(line)
            if alone or any(held[place : min(end, place + 1 + _REACH)]):
                found.update(range(place, end))
                place = end
                continue
        place += 1
    return found


def _goes_on(left: list[Block], held: Sequence[bool]) -> list[int]:
    """For every place the next one, itself too, with a sentence without contacts; the end where there is none."""
    places = [len(left)] * (len(left) + 1)
    for place in range(len(left) - 1, -1, -1):
        places[place] = place if not held[place] and _is_sentence(left[place]) else places[place + 1]
    return places


def _card(left: list[Block], held: Sequence[bool], place: int) -> set[int]:
    """The places of the box around a contact that holds no text, and of the heading or name above it."""
    if _is_sentence(left[place]):
        return set()
    start, end = _box(left, held, place)
    named = _name_above(left, start)
    if end == start + 1 and named == start:
        return set()
    start = named
    if start > 0 and (_HEAD.match(left[start - 1].line) or _ASKS.match(left[start - 1].line)):
        start -= 1
    return set(range(start, end))


def _box(left: list[Block], held: Sequence[bool], place: int) -> tuple[int, int]:
    """From which place up to which the largest element around a contact goes that holds nothing but short lines."""
    best = place, place + 1
    above: Node | None = left[place].node
    while above is not None and above.chars <= _CARD and (above.tag in _BOXES or above is left[place].node):
        start, end = best
        while start > 0 and left[start - 1].node.within(above):
            start -= 1
        while end < len(left) and left[end].node.within(above):
            end += 1
        if any(not held[number] and _is_sentence(left[number]) for number in range(start, end)):
            break
        best = start, end
        above = above.parent
    return best


def _name_above(left: list[Block], start: int) -> int:
    """The place of a person's name at most a few short lines above, as cards without a box of their own begin."""
    if _names(left[start].line):
        return start
    for place in range(start - 1, max(-1, start - 1 - _LINES), -1):
        line = left[place].line
        into_list = left[place].node.tag == "li" and left[start].node.tag != "li"
        if len(line) > _SENTENCE or into_list or _is_sentence(left[place]):
            break
        if (names.full(line, "") and not _PLACED.match(line)) or names.works(line):
            return place
    return start


def _is_office(block: Block) -> bool:
    """Whether a sentence of the text tells where to turn, as notices do: it names no person, and offers no answers."""
    line = block.line
    if len(line) < _SHORTEST or not (line.endswith(_ENDS) or _TURNS.match(line)):
        return False
    return not (_OFFERS.match(line) or _PERSONAL.search(line) or _names(line))


def _names(line: str) -> bool:
    """Whether a person's name stands in a line."""
    return any(names.full(" ".join(pair), "") for pair in _CAPITALS.findall(line))


def _is_sentence(block: Block) -> bool:
    return len(block.line) >= _SENTENCE and block.line.rstrip("\"'”’»)").endswith(_ENDS)
