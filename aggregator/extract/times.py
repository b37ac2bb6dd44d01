"""When it was published, and when the page says that it was changed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from aggregator import dates
from aggregator.extract import marks
from aggregator.extract.head import kinds
from aggregator.extract.titles import squeeze

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from aggregator.dates import Moment
    from aggregator.extract.head import Head
    from aggregator.extract.page import Page
    from aggregator.extract.tree import Node

ZONE = ZoneInfo("Europe/Stockholm")
_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "og:article:published_time",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dcterms.issued",
    "dc.date.created",
    "cxenseparse:recs:publishtime",
    "article.published",
    "published_time",
    "publishtime",
    "citation_publication_date",
    "citation_online_date",
    "rnews:datepublished",
    "datecreated",
    "bt:pubdate",
    "article_date_original",
    "created",
    "article:published:time",
    "shareaholic:article_published_time",
    "publicationdate",
    "pub_date",
    "publish_time",
    "cxenseparse:publishtime",
)
_UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
    "lastmod",
    "article:modified:time",
)
_PAGES = frozenset(("WebPage", "ItemPage", "AboutPage", "MedicalWebPage", "HowTo", "Recipe", "CreativeWork", "QAPage"))
_YOUNG = timedelta(days=45)
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(20)?(\d\d)(?!\d|\.\d)")
# What Java's Date prints: "Mon Oct 11 14:57:21 CEST 2021".
_JAVA = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d{1,2}) (\d\d:\d\d):\d\d (?:CES?T|MES?Z) (\d{4})")
_DATED = re.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}\.\s?(?:\d{1,2}\.|[^\W\d]{3,9}\.?)\s?(?:20)?\d\d(?!\d)|\d{1,2} [^\W\d]{3,9},? 20\d\d"
)
_ABOVE, _BELOW = 15, 25
_SHORT, _LONG, _STORY = 6, 40, 800
_UPDATED_MARKS = re.compile(
    r"^(?:\S*[_-])?(?:updated|modified|last-?updated|uppdaterad|aktualisiert|updated-date|update-date)(?:$|\s)"
)


def choose(
    head: Head, places: Iterable[Node], lines: Iterable[str], url: str, now: datetime | None
) -> tuple[Moment | None, Moment | None, str]:
    """(published, updated, who says when it was published).

    The outlet's word in data comes first, then marked places, visible lines, and the address.

    A label of change ("Senast uppdaterad") never gives publication; nothing later than a day after ``now``.
    """
    lines = list(lines)
    in_path = _checked(dates.in_path(url, tz=ZONE), now)
    reading = _Reading(now, in_path)
    told = _first(_told(head, "datePublished", "dateCreated", "uploadDate"), now)
    meta = None if told else _first(_metas(head, _PUBLISHED), now)
    updated = _first(_told(head, "dateModified"), now) or _first(_metas(head, _UPDATED), now)
    marked, marked_updated = _marked(list(places), reading)
    seen = reading.told(dates.find_published, lines)
    whole = None if told or meta or marked or seen else _first(_told_of_page(head), now)
    offers = (
        ("JSON-LD", told),
        ("meta", meta),
        ("a marked place", marked),
        ("a visible line", seen),
        ("JSON-LD", whole),
        ("the address", in_path),
    )
    witness, published = next(((name, moment) for name, moment in offers if moment), ("", None))
    if published and published.precision == "day":
        exact = ((name, moment) for name, moment in offers[2:4] if moment and moment.precision == "minute")
        same = ((name, moment) for name, moment in exact if _same_day(moment, published))
        witness, published = next(same, (witness, published))
    return published, updated or marked_updated or reading.told(dates.find_updated, lines), witness


class _Reading:
    """Reads visible dates. One without a year is this year's news, or dated by the address; else it is no date."""

    def __init__(self, now: datetime | None, in_path: Moment | None) -> None:
        self.now = now
        self.reference = in_path.at + timedelta(days=2) if in_path else now
        self.since = (in_path.at - timedelta(days=400)) if in_path else now - _YOUNG if now else None

    def one(self, text: str) -> Moment | None:
        """The date of a short text."""
        text = _tidy(text)
        return self._settled(dates.parse(text, tz=ZONE), lambda: dates.parse(text, tz=ZONE, reference=self.reference))

    def told(self, find: Callable[..., Moment | None], lines: list[str]) -> Moment | None:
        """What ``dates.find_published`` or ``find_updated`` makes of lines."""
        return self._settled(find(lines, tz=ZONE), lambda: find(lines, tz=ZONE, reference=self.reference))

    def _settled(self, plain: Moment | None, yearless: Callable[[], Moment | None]) -> Moment | None:
        if plain is not None:
            return _checked(plain, self.now)
        guessed = yearless() if self.since else None
        return _checked(guessed, self.now) if guessed and self.since and guessed.at >= self.since else None


def _same_day(a: Moment, b: Moment) -> bool:
    return a.at.astimezone(ZONE).date() == b.at.astimezone(ZONE).date()


def _checked(moment: Moment | None, now: datetime | None) -> Moment | None:
    return moment if moment and (now is None or dates.settle(moment, now)) else None


def _first(values: Iterable[str], now: datetime | None) -> Moment | None:
    for value in values:
        moment = _checked(dates.parse(_tidy(value), tz=ZONE, reference=now), now)
        if moment:
            return moment
    return None


def _told(head: Head, *keys: str) -> Iterator[str]:
    for key in keys:
        for item in head.articles():
            value = item.get(key)
            if isinstance(value, str) and value.strip():
                yield value


def _told_of_page(head: Head) -> Iterator[str]:
    """What JSON-LD says of the page itself, where it describes no article."""
    for item in head.items:
        value = item.get("datePublished")
        if isinstance(value, str) and _PAGES.intersection(kinds(item)):
            yield value


def _tidy(text: str) -> str:
    """Dates as programs and German offices write them, in a form that is read everywhere."""
    text = _JAVA.sub(r"\1 \3 \2", text)
    return _DOTTED.sub(lambda found: f"{found[1]}.{found[2]}.20{found[4]}", text)


def near(page: Page, first: int) -> list[Node]:
    """Places by the headline that hold little else than a date; ``first`` is the place of the first text.

    For pages whose wrappers are named after a sidebar or a carousel, so that all in them seems to be another story's.
    """
    heading = max((node.place for node in page.h1s if node.place < first), default=first)
    places = page.order[max(0, heading - _ABOVE) : heading + _BELOW]
    small = [node for node in places if _SHORT <= node.chars <= _LONG or node.tag == "time"]
    found = [node for node in small if _DATED.search(_stamp(node)) and not _of_another(node, heading)]
    return sorted(found, key=lambda node: "datetime" not in node.attrs)


def _stamp(node: Node) -> str:
    return node.attrs.get("datetime") or squeeze(node.text())


def _of_another(node: Node, heading: int) -> bool:
    """Whether it stands in a link, or in a small part of the page, without the headline, that is another story's."""
    above: Node | None = node
    while above is not None and above.chars <= _STORY and not above.place <= heading < above.end:
        if above.tag in ("a", "nav", "footer", "h1", "h2") or above.said & marks.OTHERS:
            return True
        above = above.parent
    return False


def _metas(head: Head, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from head.metas.get(name, ())


def _marked(places: list[Node], reading: _Reading) -> tuple[Moment | None, Moment | None]:
    published = updated = None
    for node in places:
        text = squeeze(node.text())
        moment = reading.one(node.attrs.get("datetime") or node.attrs.get("content") or "")
        if moment is None and len(text) <= 120:
            moment = reading.one(text)
        if moment is None:
            continue
        prop = (node.attrs.get("itemprop") or "").lower()
        if prop == "datemodified" or _says_updated(node, text):
            updated = updated or moment
        elif prop == "datepublished":
            return moment, updated
        else:
            published = published or moment
    return published, updated


def _says_updated(node: Node, text: str) -> bool:
    """Whether its text, or what stands just before it, labels it as the time of a change."""
    if dates.is_updated_label(text) or (node.marks and _UPDATED_MARKS.search(node.marks)):
        return True
    parent = node.parent
    if parent is None or parent.chars > node.chars + 60:
        return False
    around = parent.text()[:200]
    return dates.is_updated_label(around.split(text)[0] if text else around)
