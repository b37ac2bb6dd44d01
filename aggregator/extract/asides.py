"""Blocks inside a text that are no part of it, by their structure: captions, lists of links, summaries, credits."""

from __future__ import annotations

import re
from itertools import groupby, pairwise, takewhile
from typing import TYPE_CHECKING

from aggregator.extract import closing, marks, names

if TYPE_CHECKING:
    from aggregator.extract.blocks import Block
    from aggregator.extract.tree import Node

_RUNNING = 80
_HEADING = 60
_EXCERPT, _LINES_OF_CARD = 200, 3
"""So many letters, and lines, hold what a list says of another story."""
_BOXES = frozenset(("div", "span", "center"))
_APPEALS = frozenset(("p", "div", "section", "aside", "form", "li", "ul"))
_APPEAL = 500
_NO_PICTURE = frozenset(("article", "main", "body", "td", "blockquote"))
_PICTURE = re.compile(r"image|img|pict?(?:ure|box|s)?\b|photo|foto|bild|figur|media")
_SENTENCE_ENDS = tuple(".!?…。！？")
_BEHIND_SENTENCE = "])\"'”’»）」"
_CUT_LINKS = frozenset(("list of links", "linked heading", "pointer"))
# A summary before the text, made of it by a machine or for those in a hurry.
_SUMMARY = re.compile(
    r"^(?:kort fortalt|kortversjonen|kort sagt|kort opsummeret|(?:ai-)?sammanfattning\w*|sammendrag\w*|"
    r"oppsummering\w*)\W*$",
    re.IGNORECASE,
)
# A site's other ways to be read, offered behind a heading of their own; the latter are also what news is about.
_OFFER = re.compile(r"\b(?:newsletters?|nyhetsbrev\w*|nyhedsbrev\w*|(?P<channel>whatsapp|telegram))\b", re.IGNORECASE)
_TO_READERS = re.compile(
    r"\b(?:du|dig|din|ditt|dina|oss|vår|våra|följ|you|your|our|sie|ihr|ihre|ihnen|uns|unser\w*|vous)\b",
    re.IGNORECASE,
)
_ABOUT_WRITER = re.compile(
    r"^(?:[A-ZÅÄÖÜ][\w.'’-]+\s+){2,4}(?:is|are|är|er|ist)\s[^.!?]{0,60}\b(?:research\w+|professor|editor|"
    r"reporter|curator|"
    r"correspondent|journalist|columnist|lecturer|fellow|founder|writer|author|skribent|krönikör|redaktör|reporter|"
    r"redakteur\w*|korrespondent\w*|autor\w*|kommentator)\b"
)
# Who wrote, edited and checked: in the last lines.
_CREDIT = re.compile(
    r"^\W*(?:(?:additional |with )?(?:reporting|writing|editing|edited|compiled|graphics)\b.{0,60}? by\b|"
    r"our standards\b|first published (?:in|on|by)\b|citation:|translated (?:from|by)\b|redaktion:|"
    r"with (?:\w+ ){1,2}wires\b|with reports from\b|"
    r"mit (?:agentur)?material\b|[—–-]{0,2}\s*(?:\w+ ){1,4}(?:writers?|reporters?|"
    r"journalists?) .{3,80} contributed to this|"
    r"(?:follow|more) AP(?:['’]s)? |reach the reporters? (?:on|at)\b|follow (?:him|her|them) on\b|"
    r"dieser artikel ist zuerst\b|"
    r"dieses thema im programm\b|aus dem .{3,20}ischen von\b|copyright:|denna (?:text|artikel) (?:har|"
    r"publicerades) (?:tidigare|först)|"
    r"redaktör:|red\.:)",
    re.IGNORECASE,
)
# A news agency's or writer's mark: "TT", "SDA/sep", "MDR (dst)".
_SIGNATURE = re.compile(r"^\W*[A-ZÅÄÖÜ]{2,8}(?:[/ ,-]{1,2}\w{1,12}){0,3}(?:\s*\([^()]{1,40}\))?\W*$")
_NAMED = re.compile(
    r"^(?i:by|av|von|af|par|por|di|tekst|text)\s+[A-ZÅÄÖÜØÆ][\w.'’-]+(?:\s+(?:de|van|von|af|"
    r"la)?\s*[A-ZÅÄÖÜØÆ][\w.'’-]*){1,3}"
    r"(?:\s*(?:,|och|und|and|og|&|\|)\s*[^.!?]{2,50})?$"
)
# Who signs above a text; behind a bare "Av" it has to be an authority or office, as sentences begin so, too.
_ISSUED = re.compile(r"^(?P<verb>(?:publicerad|skriven|uppdaterad)\s+)?av\s+(?P<who>[^.!?:]{3,60})$", re.IGNORECASE)


def cut(blocks: list[Block]) -> None:
    """Gives those blocks their ``cut``, where enough text is left without them."""
    left = [block for block in blocks if not block.cut]
    text = sum([block.running for block in left])
    if text < 400:
        return
    _captions(left, text)
    _link_lists(left)
    _linked_headings(left)
    _summary(left)
    _offers(left)
    _ends(left)
    _labels(blocks)


def _is_sentence(block: Block) -> bool:
    """Whether it ends as a sentence does."""
    return block.line.rstrip(_BEHIND_SENTENCE).endswith(_SENTENCE_ENDS)


def _captions(left: list[Block], text: int) -> None:
    """A short text alone in a box with a picture; not where the article is made of such boxes."""
    found = [block for block in left if not block.linked and len(block.line) <= 350 and _by_picture(block)]
    if sum(len(block.line) for block in found) <= 0.25 * text:
        for block in found:
            block.cut = "caption"


def _by_picture(block: Block) -> bool:
    node = block.node
    if block.is_heading or node.tag in ("li", "td", "th", "pre") or node.said & marks.LEAD:
        return False
    most = len(block.line) + 60
    above = node.parent
    if (
        above is not None
        and node.tag != "p"
        and len(block.line) <= 140
        and not _is_sentence(block)
        and _after_picture(node, above)
    ):
        return True
    if node.tag in _BOXES:
        above = node
    for _ in range(3):
        if above is None or above.chars > most or above.tag in _NO_PICTURE:
            return False
        if above.end - above.place <= 40 and any(each.tag == "img" for each in above.nodes()):
            return len(block.line) <= 160 or above.tag == "figure" or bool(_PICTURE.search(above.marks))
        above = above.parent
    return False


def _after_picture(node: Node, above: Node) -> bool:
    """Whether the element right before it is a picture and nothing else."""
    before: Node | None = None
    for kid in above.kids:
        if kid is node:
            break
        if not isinstance(kid, str):
            before = kid
        elif kid.strip():
            before = None
    if before is None or before.chars or before.end - before.place > 12:
        return False
    return any(each.tag == "img" for each in before.nodes())


def _link_lists(left: list[Block]) -> None:
    """Three or more items of one list, each mostly a link: other stories, or the page's own contents."""
    if not any(block.linked and block.node.tag == "li" for block in left):
        return
    for _, group in groupby(left, key=_list_of):
        items = list(group)
        if (
            len(items) >= 3
            and items[0].node.tag == "li"
            and not any(block.line.endswith((".", "。")) for block in items)
            and sum(block.link_share for block in items) >= 0.6 * len(items)
        ):
            for block in items:
                block.cut = "list of links"


def _list_of(block: Block) -> int:
    parent = block.node.parent
    return parent.place if block.node.tag == "li" and parent is not None else -1 - block.node.place


def _linked_headings(left: list[Block]) -> None:
    """A heading that is a link to another story, unless the article's headings are."""
    headings = [place for place, block in enumerate(left) if block.is_heading]
    found = [place for place in headings if len(left[place].line) >= 12 and _is_linked(left[place])]
    own = 2 * len(found) > len(headings)
    for place in found:
        if not (own and place + 1 < len(left) and left[place + 1].running):
            left[place].cut = "linked heading"
    _excerpts(left)


def _excerpts(left: list[Block]) -> None:
    """What stands under two or more such headings at the end, in a few short lines each."""
    cards, start = 0, len(left)
    for place in range(len(left) - 1, -1, -1):
        block = left[place]
        if block.cut == "linked heading":
            cards, start = cards + 1, place
        elif block.is_heading or len(block.line) > _EXCERPT or start - place > _LINES_OF_CARD:
            break
    if cards >= 2:
        for block in left[start:]:
            block.cut = block.cut or "excerpt"


def _is_linked(block: Block) -> bool:
    if block.link_share >= 0.9:
        return True
    above: Node | None = block.node.parent
    for _ in range(2):
        if above is not None and above.tag == "a":
            return True
        above = above.parent if above is not None else None
    return False


def _summary(left: list[Block]) -> None:
    """The list behind a heading that promises a summary, before the text begins."""
    for place, block in enumerate(left[:6]):
        if _SUMMARY.match(block.line):
            block.cut = "summary"
            for item in left[place + 1 :]:
                if item.node.tag != "li":
                    break
                item.cut = "summary"
            return


def _offers(left: list[Block]) -> None:
    """A heading that offers a newsletter or channel, and the short paragraphs under it; after the text has begun."""
    begun = 0
    for place, block in enumerate(left):
        if begun >= 400 and block.is_heading and len(block.line) <= 80:
            named = _OFFER.search(block.line)
            under = list(takewhile(_may_be_offered, left[place + 1 : place + 4])) if named else []
            if named and (not named["channel"] or _is_to_readers([block, *under])):
                for each in (block, *under):
                    each.cut = "offer"
        begun += len(block.line)


def _may_be_offered(block: Block) -> bool:
    return not block.is_heading and len(block.line) <= 300


def _is_to_readers(blocks: list[Block]) -> bool:
    """Whether a link follows, or readers are spoken to."""
    return any(block.linked or _TO_READERS.search(block.line) for block in blocks)


def _ends(left: list[Block]) -> None:
    """Credits and marks of writers: the last lines, and a byline among the first."""
    for block in left[:4]:
        if len(block.line) <= 90 and (_NAMED.match(block.line) or _is_issued(block.line)):
            block.cut = "byline"
    for block, after in pairwise(left[:4]):
        if "@" in after.line and names.owns(after.line, block.line) and len(block.line) <= 90:
            block.cut = after.cut = "byline"
    for block in reversed(left[-4:]):
        line = block.line
        if block.cut or (len(line) <= 300 and (_CREDIT.match(line) or _ABOUT_WRITER.match(line))):
            block.cut = block.cut or "credit"
        elif (len(line) <= 45 and _SIGNATURE.match(line)) or (len(line) <= 90 and _NAMED.match(line)):
            block.cut = "byline"
        elif block.running:
            break


def _is_issued(line: str) -> bool:
    """Whether it says who issued the text: "Publicerad av Kommunledningskontoret", "Av Region Örebro län"."""
    found = _ISSUED.match(line)
    return found is not None and bool(found["verb"] or names.is_office(found["who"]))


def _labels(blocks: list[Block]) -> None:
    """A label right above what was cut as links goes with it."""
    for block, after in pairwise(blocks):
        if (
            after.cut in _CUT_LINKS
            and not block.cut
            and len(block.line) <= _HEADING
            and (block.line.endswith(":") or (not _is_sentence(block) and not block.is_heading))
        ):
            block.cut = "label of links"


def locked(blocks: list[Block]) -> None:
    """The box around an appeal to subscribe goes whole, where it stands below the beginning of the text."""
    first = next((block.node for block in blocks if not block.cut), None)
    for place, block in enumerate(blocks):
        if first is not None and block.cut == "furniture" and closing.is_appeal(block.line.lower()):
            box = _box_of_appeal(block.node, first)
            start = end = place
            while box is not None and start > 0 and blocks[start - 1].node.within(box):
                start -= 1
            while box is not None and end < len(blocks) and blocks[end].node.within(box):
                end += 1
            for each in blocks[start:end]:
                each.cut = each.cut or "appeal"


def _box_of_appeal(node: Node, first: Node) -> Node | None:
    """The largest box around it that is not long, and does not hold the first block that stays."""
    box: Node | None = None
    above: Node | None = node
    while above is not None and above.chars <= _APPEAL and above.tag in _APPEALS and not first.within(above):
        box, above = above, above.parent
    return box


def headings(blocks: list[Block]) -> None:
    """What heads nothing but lines that were cut as links goes with them: a heading, or a line that ends in a colon."""
    links, alone = 0, True
    after = ""
    for block in reversed(blocks):
        if block.cut:
            links += block.cut in _CUT_LINKS
        elif block.is_heading:
            if alone and links >= 2 and len(block.line) <= _HEADING:
                block.cut = "label of links"
            links, alone = 0, True
        elif after in _CUT_LINKS and len(block.line) <= _HEADING and block.line.endswith(":"):
            block.cut = "label of links"
        else:
            alone = False
        after = block.cut


def foot(blocks: list[Block]) -> None:
    """Short lines after the text with three links of other stories among them: the page's foot."""
    rest: list[Block] = []
    for block in reversed(blocks):
        if not block.cut and _is_sentence(block):
            break
        rest.append(block)
    else:
        return
    if sum(block.link_share >= 0.9 for block in rest) >= 3:
        for block in rest:
            if not block.cut and len(block.line) < _RUNNING:
                block.cut = "foot"
