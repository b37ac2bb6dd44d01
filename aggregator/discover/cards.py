"""What stands around a link on a listing page: its card, with title, date, teaser and picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
_TITLES: Final = "[class*=title i],[class*=headline i],[class*=rubrik i],[class*=heading i],[itemprop=headline]"
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


@dataclass(frozen=True, slots=True)
class Card:
    """The words of one listed article."""

    title: str
    heading: bool
    """Whether the title stands in a heading, or in what is styled as one."""
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


def surroundings(anchors: Iterable[tuple[LexborNode, str]]) -> dict[int, set[str]]:
    """Element id → the articles linked within it (two are enough to know that it is no card)."""
    within: dict[int, set[str]] = {}
    for node, url in anchors:
        for level, around in enumerate(above(node)):
            known = within.setdefault(around.mem_id, set())
            if len(known) < 2:
                known.add(url)
            if level > _LEVELS:
                break
    return within


def frame(node: LexborNode, within: dict[int, set[str]]) -> LexborNode:
    """The outermost element that holds this link and no other article's."""
    card = node
    for level, around in enumerate(above(node)):
        if level >= _LEVELS or around.tag in _STOPS or len(within.get(around.mem_id, ())) > 1:
            break
        if len(around.text(deep=True)) > _LARGEST:
            break
        card = around
    return card


def read(node: LexborNode, card: LexborNode, url: str, asked: Asked) -> Card:
    """Read a card by its link."""
    title, heading = _title(node, card)
    published, updated = _dates(card, title, asked)
    return Card(
        title=title[:_LONGEST_TITLE],
        heading=heading,
        teaser=_teaser(card, title, asked),
        published_at=published or at_path(url, asked.now),
        updated_at=updated,
        image_url=_image(card, asked),
        said_date=published is not None or updated is not None,
    )


def _title(node: LexborNode, card: LexborNode) -> tuple[str, bool]:
    inner = node.css_first(HEADINGS)
    if inner is not None and (text := text_of(inner)):
        return text, True
    text = text_of(node)
    plain = bool(text) and not _reads_on(text)
    if plain and _in_heading(node, card):
        return text, True
    if plain and len(text) <= 160 and len(text.split()) > 1 and node.css_first("p,div,time,li") is None:
        return text, _styled(node)
    for found in (card.css_first(HEADINGS), node.css_first(_TITLES), card.css_first(_TITLES)):
        if found is not None and (words := text_of(found)) and not _reads_on(words):
            return words, True
    label = _SPACES.sub(" ", node.attributes.get("aria-label") or node.attributes.get("title") or "").strip()
    if label and (words := _READ_ON.sub("", label)):
        return words, False
    if plain:
        return (text if len(text) <= 160 else _first_line(node)), False
    return "", False


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
        if len(line.split()) > 2 and dates.parse(line[:60], tz=LOCAL) is None:
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
