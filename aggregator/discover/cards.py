"""What stands around a link on a listing page: its card, with title, date, teaser and picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice
from typing import TYPE_CHECKING, Final

from aggregator import dates, markup
from aggregator.dates import Said
from aggregator.discover.asked import LOCAL, at_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from selectolax.lexbor import LexborNode

    from aggregator.discover.asked import Asked

HEADINGS: Final = "h1,h2,h3,h4,h5,h6"
_CARD_HEADINGS: Final = "h2,h3,h4,h5,h6"
"""The first heading is the listing's own title, and no card's."""
_TITLES: Final = "[class*=title i],[class*=headline i],[class*=rubrik i],[class*=heading i],[itemprop=headline]"
_BLOCKS: Final = "p,div,time,li,section"
_TEASERS: Final = (
    "[class*=excerpt i],[class*=ingress i],[class*=preamble i],[class*=teaser i],[class*=summary i],[class*=lead i]"
)
_DATES: Final = "[class*=date i],[class*=datum i],[class*=time i],[class*=publi i],[class*=posted i],[class*=meta i]"
_STOPS: Final = frozenset({"body", "html", "main", "-undef"})
_LEVELS: Final = 9
"""How far above its link a card may begin."""
_LARGEST: Final = 2500
"""Characters of a card's text: a larger one is a column."""
_LONGEST_TITLE: Final = 300
_READ_ON: Final = re.compile(
    r"^(?:(?:klicka här för att\s+)?(?:läs|se|visa|read|learn|weiter|view)\s*(?:mer|hela|vidare|more|lesen|all)?"
    r"(?:\s+(?:artikeln|nyheten|inlägget))?(?:\s+om:?|\s+about:?)?|till artikeln|mer|more|här)\b\s*[:»›>→…-]*\s*",
    re.IGNORECASE,
)
_SPACES: Final = re.compile(r"\s+")


class Title(IntEnum):
    """Whence a card's title is, the surest last."""

    NONE = 0
    BORROWED = 1
    WORDS = 2
    STYLED = 3
    HEADING = 4


@dataclass(frozen=True, slots=True)
class Card:
    """The words of one listed article."""

    title: str
    title_from: Title
    teaser: str
    published_at: datetime | None
    updated_at: datetime | None
    image_url: str | None
    said_date: bool
    """Whether a date is visible beside the link, as against one in its address."""


def text_of(node: LexborNode) -> str:
    """The text of an element on one line."""
    return _SPACES.sub(" ", markup.strip_forbidden(node.text(deep=True, separator=" "))).strip()


def above(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around one, from the inside out, the page's own frame left out."""
    around = node.parent
    while around is not None and around.tag not in {"body", "html", "-undef", "-document"}:
        yield around
        around = around.parent


class Deck:
    """The cards of one page. What a card says is read once, however many links it has."""

    def __init__(self, asked: Asked, leads: Iterable[tuple[LexborNode, str]]) -> None:
        self._asked = asked
        self._within: dict[int, set[str]] = {}
        """Element → the articles linked within it; two are enough to know that it is no card."""
        self._lengths: dict[int, int] = {}
        self._dates: dict[int, tuple[datetime | None, datetime | None]] = {}
        self._images: dict[int, str | None] = {}
        for node, url in leads:
            for around in islice(above(node), _LEVELS + 2):
                known = self._within.setdefault(around.mem_id, set())
                if len(known) < 2:
                    known.add(url)

    def card(self, node: LexborNode, url: str) -> Card:
        """Read the card of a link."""
        frame = self._frame(node)
        title, title_from = _title(node, frame)
        if frame.mem_id not in self._dates:
            self._dates[frame.mem_id] = _dates(frame, title, self._asked)
            self._images[frame.mem_id] = _image(frame, self._asked)
        published, updated = self._dates[frame.mem_id]
        return Card(
            title=title[:_LONGEST_TITLE],
            title_from=title_from,
            teaser=_teaser(frame, title, self._asked),
            published_at=published or at_path(url, self._asked.now),
            updated_at=updated,
            image_url=self._images[frame.mem_id],
            said_date=published is not None or updated is not None,
        )

    def _frame(self, node: LexborNode) -> LexborNode:
        """The outermost element that holds this link and no other article's."""
        card = node
        for around in islice(above(node), _LEVELS):
            if around.tag in _STOPS or len(self._within.get(around.mem_id, ())) > 1:
                break
            if around.mem_id not in self._lengths:
                self._lengths[around.mem_id] = len(around.text(deep=True))
            if self._lengths[around.mem_id] > _LARGEST:
                break
            card = around
        return card


def _title(node: LexborNode, card: LexborNode) -> tuple[str, Title]:
    """The title and how sure it is: the link's heading, its words, or what its card has for a heading."""
    inner = node.css_first(HEADINGS)
    if inner is not None and (text := text_of(inner)):
        return text, Title.HEADING
    text = text_of(node)
    speaks = bool(text) and not _reads_on(text)
    if speaks and _in_heading(node, card):
        return text, Title.HEADING
    if speaks and node.css_first(_BLOCKS) is None and len(text) <= 160 and len(text.split()) > 1:
        return text, Title.STYLED if _styled(node) else Title.WORDS
    bold = node.css_first(f"{_TITLES},strong,b")
    if bold is not None and len((words := text_of(bold)).split()) > 1 and not _is_date(words):
        return words, Title.STYLED
    borrowed = _borrowed(node, card)
    if borrowed:
        return borrowed, Title.BORROWED
    if speaks:
        return _first_line(node) or text, Title.WORDS
    return "", Title.NONE


def _borrowed(node: LexborNode, card: LexborNode) -> str:
    """What stands for the title of a link without words of its own: a picture, "Läs mer"."""
    for found in (card.css_first(_CARD_HEADINGS), card.css_first(_TITLES)):
        if found is not None and not _leads_elsewhere(found, node) and not _is_date(words := text_of(found)):
            return words
    label = _SPACES.sub(" ", node.attributes.get("aria-label") or node.attributes.get("title") or "").strip()
    return _READ_ON.sub("", label)


def _is_date(text: str) -> bool:
    return len(text) <= 60 and dates.parse(text, tz=LOCAL) is not None


def _leads_elsewhere(heading: LexborNode, node: LexborNode) -> bool:
    """Whether a heading is another link's title (a section or an author named in the same card), or no title."""
    link = heading.css_first("a[href]")
    other = link is not None and link.attributes.get("href") != node.attributes.get("href")
    return other or _reads_on(text_of(heading))


def _reads_on(text: str) -> bool:
    return len(text.split()) <= 4 and not _READ_ON.sub("", text)


def _in_heading(node: LexborNode, card: LexborNode) -> bool:
    for around in above(node):
        if around.tag in HEADINGS.split(","):
            return True
        if around.mem_id == card.mem_id:
            return False
    return False


def _styled(node: LexborNode) -> bool:
    around = node.parent
    classes = f"{node.attributes.get('class') or ''} {(around.attributes.get('class') or '') if around else ''}".lower()
    return any(word in classes for word in ("headline", "title", "rubrik", "heading"))


def _lines(node: LexborNode) -> list[str]:
    pieces = node.text(deep=True, separator="\n").split("\n")
    return [line for piece in pieces if (line := _SPACES.sub(" ", markup.strip_forbidden(piece)).strip())]


def _first_line(node: LexborNode) -> str:
    for line in _lines(node):
        if len(line.split()) > 2 and not _is_date(line):
            return line
    return ""


def _dates(card: LexborNode, title: str, asked: Asked) -> tuple[datetime | None, datetime | None]:
    """Published and updated, from machine-readable times, from what is marked as a date, from short lines."""
    published = updated = None
    for said, moment in _stamps(card, title, asked):
        at = dates.settle(moment, asked.now)
        if said is Said.UPDATED:
            updated = updated or at
        elif said is not Said.OTHER:
            published = published or at
    return published, updated


def _stamps(card: LexborNode, title: str, asked: Asked) -> Iterator[tuple[Said, dates.Moment]]:
    for time in card.css("time")[:4]:
        written = time.attributes.get("datetime") or text_of(time)
        moment = dates.parse(written, tz=LOCAL, reference=asked.now)
        if moment:
            beside = f"{text_of(time.parent) if time.parent else ''}"[:200]
            yield (
                Said.UPDATED if dates.is_updated_label(beside.split(text_of(time) or "\n")[0]) else Said.NOTHING,
                moment,
            )
    for marked in card.css(_DATES)[:6]:
        text = text_of(marked)
        if text != title and len(text) <= 120:
            for stamp in dates.stamps(text, tz=LOCAL, reference=asked.now):
                yield stamp.said, stamp.moment
    for line in _lines(card)[:40]:
        if line != title and len(line) <= 80:
            for stamp in dates.stamps(line, tz=LOCAL, reference=asked.now if _only_date(line) else None):
                yield stamp.said, stamp.moment


def _only_date(line: str) -> bool:
    """A line that is short enough to be a date alone, so that a day without a year means the last one."""
    return len(line.split()) <= 5


def _teaser(card: LexborNode, title: str, asked: Asked) -> str:
    for node in (*card.css("p")[:6], *card.css(_TEASERS)[:4]):
        text = text_of(node)
        if len(text) >= 20 and text != title and not _reads_on(text) and not _date_line(text, asked):
            return text[:1000]
    return ""


def _date_line(text: str, asked: Asked) -> bool:
    return len(text) <= 80 and bool(dates.stamps(text, tz=LOCAL, reference=asked.now))


def _image(card: LexborNode, asked: Asked) -> str | None:
    for image in card.css("img")[:3]:
        sources = [image.attributes.get(name) or "" for name in ("data-src", "data-lazy-src", "src")]
        sources.append((image.attributes.get("srcset") or "").strip().split(" ")[0].rstrip(","))
        for source in sources:
            if source and not source.startswith("data:") and (url := asked.feed_address(source)):
                return url
    return None
