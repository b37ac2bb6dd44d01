"""The headline, by agreement of those that the page offers."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aggregator import dates, markup
from aggregator.extract import marks, sites
from aggregator.extract.blocks import teasers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aggregator.extract.blocks import Block
    from aggregator.extract.head import Head
    from aggregator.extract.tree import Node

_WORD = re.compile(r"\w+")
_SEPARATOR = re.compile(r"\s+[|–—\-•·»:/ㅣǀ│]+\s+|\s*[|ㅣǀ│]\s*|\s+::\s+|--+")
_TIME = re.compile(rf"\d{{4}}|(?:{dates.MONTH})", re.IGNORECASE)
_GOES_ON = re.compile(r"[–—:,.;/-]")
_IS_FOLLOWED = re.compile(r"[–—:,/-]\s*$")
"""How a line goes on with what its first words began, and how these end where it does."""
_ASIDE = re.compile(r"\s*\(([^()]{2,60})\)$")
_LONGEST = 400
_NOTICE = 20
"""So many letters make a notice, where its headline has to be looked for."""
_SENTENCE = 3
_FEW_PARTS = 3
"""Headings with a line each; a list of stories has more."""
_KICKED = 2
"""So many words make a headline beside a kicker."""
_REACH = 60
"""So many places below an h1 the headline is looked for, where the h1 is another line."""


def squeeze(text: object) -> str:
    """A headline on one line, entities and tags read; "" for what is no text."""
    if not isinstance(text, str):
        return ""
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = re.sub(r"</?[a-zA-Z][^<>]{0,300}>", "", text)
    line = " ".join(markup.strip_forbidden(text).replace("\xad", "").replace("\u200b", "").split())
    return line if len(line) <= _LONGEST else ""


def loose(text: str) -> str:
    """Words alone, case ignored: what two spellings of one headline share."""
    return " ".join(_WORD.findall(text.casefold()))


@dataclass(frozen=True, slots=True)
class _Offers:
    """What the head and the data call the page, without the site's name; "" where they are silent."""

    og: str
    twitter: str
    ld: str
    tag: str

    def all(self) -> list[str]:
        """Those there are, the likeliest first."""
        return [line for line in (self.og, self.twitter, self.ld, self.tag) if line]


def choose(head: Head, h1s: Sequence[Node], site: str, order: Sequence[Node] = ()) -> str:
    """The headline: the visible one where another agrees with it, else what two agree on, else the first there is.

    ``order`` is every element of the page: an h1 may stand in the trail of links, the headline in an h2.
    """
    told = (squeeze(item.get("headline") or item.get("name")) for item in head.articles)
    og, twitter = head.first("og:title"), head.first("twitter:title")
    offers = _Offers(
        bare(og, site),
        bare(twitter, site) if twitter != og else "",  # said twice by one program
        next((bare(line, site) for line in told if line), ""),
        bare(head.title, site, tag=True),
    )
    lines = [line for node in h1s if not _is_crumb(node) and (line := _headline(node, offers, head.title))]
    h1 = _visible([line for line in lines if not _is_logo(line, site, head.title)], offers.all())
    wanted = [offers.og, offers.ld]
    if not h1:
        wanted += [part for part in _SEPARATOR.split(squeeze(head.title)) if len(part.split()) >= _SENTENCE]
    line = _announced(h1, h1s, wanted, order) or _agreed(h1, offers) or next(iter(lines), "")
    if offers.og and line.endswith(offers.og) and line.removesuffix(offers.og).rstrip().endswith(":"):
        line = offers.og  # the headline without its kicker
    return _spelled(line, h1, offers)


def _is_logo(line: str, site: str, tag: str) -> bool:
    """Whether a heading is the site's name; "Kumla växer" is none where the title tag has it beside that name."""
    if not sites.is_name(line, site):
        return False
    named = any(sites.is_whole_name(part, site) for part in _SEPARATOR.split(squeeze(tag)))
    return sites.is_whole_name(line, site) or not (named and loose(line) in loose(tag))


def _headline(node: Node, offers: _Offers, tag: str) -> str:
    """What a heading says, without a kicker, or a day in small print, that it begins or ends with as an element.

    A kicker is one by its name, or by another line of the page that has the rest alone, or behind a separator.
    """
    line = squeeze(node.text())
    while len(kids := [kid for kid in node.kids if not isinstance(kid, str) or not kid.isspace()]) == 1:
        if isinstance(kids[0], str):
            return line
        node = kids[0]
    for kid, parted in ((kids[0], str.removeprefix), (kids[-1], str.removesuffix)) if kids else ():
        piece = "" if isinstance(kid, str) else squeeze(kid.text())
        rest = parted(line, piece).strip()
        if isinstance(kid, str) or not piece or not rest or rest == line:
            continue
        if kid.tag in ("small", "time") and dates.is_dateline(piece):
            line = rest
        elif not _GOES_ON.match(rest) and not _IS_FOLLOWED.search(piece if line.startswith(piece) else rest):
            named = kid.tag == "small" or kid.said & marks.LABEL
            if (named and len(rest.split()) >= _KICKED) or _is_known(rest, line, offers, tag):
                line = rest
    return line


def _is_known(rest: str, line: str, offers: _Offers, tag: str) -> bool:
    """Whether the page has a line elsewhere without its first or last words, and og:title does not have it whole."""
    if same(line, offers.og):
        return False
    others = (*offers.all(), squeeze(tag))
    return any(same(rest, part) for other in others for part in (other, *_SEPARATOR.split(other)))


def _agreed(h1: str, offers: _Offers) -> str:
    og, ld, tag, others = offers.og, offers.ld, offers.tag, offers.all()
    if og and same(og, ld):
        return og
    if h1:
        if same(h1, tag) and _shortens(og, h1):
            return og
        if any(same(h1, line) for line in others):
            return h1
        if og and loose(h1).endswith(loose(og)) and len(og) > 0.5 * len(h1):
            return og
        if not others or _kin(h1, others):
            return h1
    return ld if ld and same(ld, tag) else og or ld or h1 or tag


def same(one: str, other: str) -> bool:
    """Whether two lines have the same letters and digits in the same order."""
    return one == other or _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))


def _shortens(short: str, line: str) -> bool:
    """Whether ``short`` only leaves words out: the longer line was made for search, the title tag has it, too."""
    few, many = _WORD.findall(short.casefold()), _WORD.findall(line.casefold())
    if len(few) < 4 or len(few) >= len(many) or len(short) < 0.4 * len(line):
        return False
    rest = iter(many)
    return not short.endswith(("…", "...")) and all(word in rest for word in few)


def _spelled(line: str, h1: str, offers: _Offers) -> str:
    """The line as most of its witnesses write it (quotes, dashes, case), and not with words glued together.

    What readers see counts more than one other; the title tag and og:title are made of one another and count as one.
    """
    spellings: dict[str, int] = {}
    for other, votes in ((h1, 3), (offers.ld, 2), (offers.og or offers.tag, 2)):
        if other and same(other, line):
            spellings[other] = spellings.get(other, 0) + votes
    if len(spellings) < 2:
        return next(iter(spellings), line)
    most = max(len(_WORD.findall(spelling)) for spelling in spellings)
    whole = [spelling for spelling in spellings if len(_WORD.findall(spelling)) == most]
    return max(whole, key=spellings.__getitem__)


def _is_crumb(node: Node) -> bool:
    """Whether a heading is the last step of the trail of links."""
    above: Node | None = node
    for _ in range(6):
        if above is None:
            return False
        if above.tag == "nav" or (above.said & marks.AROUND and "breadcrumb" in above.marks):
            return True
        above = above.parent
    return False


def _announced(h1: str, h1s: Sequence[Node], wanted: list[str], order: Sequence[Node]) -> str:
    """The headline where it is no h1: a heading soon after the h1 that says what og:title or the data says."""
    wanted = [line for line in wanted if line and not same(line, h1)]
    if not wanted:
        return ""
    start = h1s[0].place if h1s else 0
    for node in order[start : start + _REACH] if h1 else order:
        if (node.tag == "h2" or (node.tag == "h3" and not h1)) and node.chars <= _LONGEST and not _is_linked(node):
            line = squeeze(node.text())
            for other in wanted:
                if same(line, other):
                    return other
    return ""


def _is_linked(node: Node) -> bool:
    return node.linked * 2 > node.chars or (node.parent is not None and node.parent.tag == "a")


def _visible(shown: list[str], others: list[str]) -> str:
    """Of several h1, the one that some other source of a title knows; a page's logo is an h1, too."""
    for line in shown:
        if any(same(line, other) for other in others):
            return line
    kin = [line for line in shown if _kin(line, others)]
    return kin[0] if kin else shown[0] if shown else ""


def _kin(line: str, others: list[str]) -> bool:
    """Whether at least a third of its words are in another title."""
    mine = set(_WORD.findall(line.casefold()))
    return any(len(mine & set(_WORD.findall(other.casefold()))) * 3 >= len(mine) for other in others) if mine else False


def bare(title: str, site: str, *, tag: bool = False) -> str:
    """A title without the site's name at its end or beginning; a place that names the site may be the news, too.

    In a title ``tag`` the last part is the site's name, too, where it looks like a name and enough stands before it,
    and sections at the beginning are the way to the page ("Start / Nyheter / …").
    """
    title = squeeze(title)
    aside = _ASIDE.search(title)
    if aside and sites.is_name(aside[1], site):
        title = title[: aside.start()]
    breaks = list(_SEPARATOR.finditer(title))
    named = False
    while breaks:
        last = breaks[-1]
        before, part = title[: last.start()], title[last.end() :]
        whole = sites.is_whole_name(part, site)
        if not whole and sites.is_whole_name(before, site):
            break  # the name stands at the beginning
        if not whole and not sites.is_name(part, site) and not (tag and _is_suffix(before, last.group(), part)):
            break
        named = named or whole
        title = before
        breaks.pop()
    start = 0
    for found in breaks:
        part = title[start : found.start()]
        whole = not named and sites.is_whole_name(part, site)
        if not whole and not (tag and sites.is_section(part)):
            break
        named = named or whole
        start = found.end()
    return title[start:].strip()


def _is_suffix(before: str, separator: str, part: str) -> bool:
    """Whether what stands behind the last separator of a title tag looks like a site's name."""
    if len(part.split()) > 5 or not (part[:1].isupper() or "." in part):
        return False
    return len(before.split()) >= 4 or (len(before) >= 12 and "|" in separator)


def _heads_a_list(line: str) -> bool:
    """Whether a heading is a section's name, or the year, month or day of what stands under it."""
    return sites.is_section(line) or dates.is_dateline(line) or _TIME.fullmatch(line) is not None


def under(h1s: Sequence[Node], order: Sequence[Node], blocks: Sequence[Block]) -> str:
    """The only heading between an h1 that is general and the text; "" where there are more, or none.

    A heading inside the text heads a part of it.
    """
    if teasers([block for block in blocks if block.node.tag != "h1"]) > _FEW_PARTS:
        return ""
    first = next((block.node.place for block in blocks if not block.is_heading), 0)
    above = max((node.place for node in h1s if node.place < first), default=0)
    over = [
        node for node in order[above:first] if node.tag in ("h2", "h3") and not node.around and not _is_linked(node)
    ]
    lines = [line for node in over if (line := squeeze(node.text())) and not _heads_a_list(line)]
    told = sum([len(block.line) for block in blocks if not block.is_heading and not block.linked])
    return lines[0] if len(lines) == 1 and told >= _NOTICE else ""
