"""When it was published, and when the page says that it was changed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from aggregator import dates
from aggregator.dates import Said
from aggregator.extract.head import kinds
from aggregator.extract.surroundings import said_before
from aggregator.extract.titles import squeeze

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from aggregator.dates import Moment
    from aggregator.extract.head import Head
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
_LONGEST = 120
_PLACES = 100
"""A page that marks more than so many dates lists stories; its own is among the first."""
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(20)?(\d\d)(?!\d|\.\d)")
# What Java's Date prints: "Mon Oct 11 14:57:21 CEST 2021".
_JAVA = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d{1,2}) (\d\d:\d\d):\d\d (?:CES?T|MES?Z) (\d{4})")
_UPDATED_MARKS = re.compile(
    r"^(?:\S*[_-])?(?:updated|modified|last-?updated|uppdaterad|aktualisiert|updated-date|update-date)(?:$|\s)"
)


class Visible(Protocol):
    """What readers see of dates."""

    def places(self) -> list[Node]:
        """Marked places, the likeliest first."""

    def unmarked(self) -> list[Node]:
        """Places by the headline that hold little else than a date."""

    def lines(self) -> Sequence[str]:
        """Lines that may hold a date."""

    def is_apart(self, node: Node) -> bool:
        """Whether a place stands above the article, where sites show the day of the visit."""

    def dateline(self) -> str:
        """The date with which the text begins; "" where it does not."""


def choose(head: Head, seen: Visible, url: str, now: datetime | None) -> tuple[Moment | None, Moment | None, str]:
    """(published, updated, who says when it was published).

    The outlet's word in data comes first, then marked places, visible lines, the text's beginning, and the address.
    What is visible is looked at only where the data leaves a date open, or the clock of publication.

    A label of change ("Senast uppdaterad") never gives publication; nothing later than a day after ``now``.
    """
    said = _told_in_data(head, now)
    updated = _first(_told(head, "dateModified"), now) or _first(_metas(head, _UPDATED), now)
    if updated and _is_exact(said):
        return said.moment, updated, said.witness
    in_path = _checked(dates.in_path(url, tz=ZONE), now)
    said, changed = _shown(said, seen, _Reading(now, in_path), wants_change=updated is None)
    if said.moment is None:
        whole = _first(_told_of_page(head), now)
        said = _Word("JSON-LD", whole) if whole else _Word("the address" if in_path else "", in_path)
    return said.moment, updated or changed, said.witness


def _shown(said: _Word, seen: Visible, reading: _Reading, *, wants_change: bool) -> tuple[_Word, Moment | None]:
    """The word of the data, or what readers see where that is silent or names the same day's minute; and the change.

    Without a marked place, a line that is labelled as publication is believed before a bare date by the headline, which
    is believed before a bare one farther off.
    """
    places = seen.places()
    published, updated = _marked(places, reading, seen)
    said = _closer(said, _Word("a marked place", published))
    if _is_exact(said) and (updated or not wants_change):
        return said, updated
    lines = seen.lines()
    said = _closer(said, _Word("a visible line", reading.told(dates.find_labelled, lines)))
    if not places and not _is_exact(said):
        published, changed = _marked(seen.unmarked(), reading, seen)
        said, updated = _closer(said, _Word("a line by the headline", published)), updated or changed
    if not _is_exact(said):
        said = _closer(said, _Word("a visible line", reading.told(dates.find_published, lines)))
    if said.moment is None and places:  # of others, or of a change
        said = _Word("a line by the headline", _marked(seen.unmarked(), reading, seen)[0])
    if said.moment is None:
        said = _Word("the text's beginning", reading.one(seen.dateline()))
    return said, updated or reading.told(dates.find_updated, lines)


class _Word(NamedTuple):
    """Who says when it was published, and what."""

    witness: str
    moment: Moment | None


def _is_exact(word: _Word) -> bool:
    return word.moment is not None and word.moment.precision == "minute"


def _closer(first: _Word, second: _Word) -> _Word:
    """The first word, but the second where that is silent, or where it tells the minute of the first one's day."""
    if first.moment is None:
        return second
    if second.moment is None or _is_exact(first) or not _is_exact(second):
        return first
    return second if _same_day(second.moment.at, first.moment.at) else first


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

    def told(self, find: Callable[..., Moment | None], lines: Sequence[str]) -> Moment | None:
        """What ``dates.find_published`` or ``find_updated`` makes of lines."""
        return self._settled(find(lines, tz=ZONE), lambda: find(lines, tz=ZONE, reference=self.reference))

    def checked(self, moment: Moment) -> Moment | None:
        """A moment that is not in the future."""
        return _checked(moment, self.now)

    def is_today(self, moment: Moment) -> bool:
        """Whether a moment is no more than the day of the visit."""
        return self.now is not None and moment.precision == "day" and _same_day(moment.at, self.now)

    def _settled(self, plain: Moment | None, yearless: Callable[[], Moment | None]) -> Moment | None:
        if plain is not None:
            return _checked(plain, self.now)
        guessed = yearless() if self.since else None
        return _checked(guessed, self.now) if guessed and self.since and guessed.at >= self.since else None


def _same_day(a: datetime, b: datetime) -> bool:
    return a.astimezone(ZONE).date() == b.astimezone(ZONE).date()


def _checked(moment: Moment | None, now: datetime | None) -> Moment | None:
    return moment if moment and (now is None or dates.settle(moment, now)) else None


def _first(values: Iterable[str], now: datetime | None) -> Moment | None:
    for value in values:
        moment = _checked(dates.parse(_tidy(value), tz=ZONE, reference=now), now)
        if moment:
            return moment
    return None


def _told_in_data(head: Head, now: datetime | None) -> _Word:
    """The word of JSON-LD, else of meta tags."""
    told = _first(_told(head, "datePublished", "dateCreated", "uploadDate"), now)
    return _Word("JSON-LD", told) if told else _Word("meta", _first(_metas(head, _PUBLISHED), now))


def _told(head: Head, *keys: str) -> Iterator[str]:
    articles = head.articles
    for key in keys:
        for item in articles:
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
    if "T " in text or "Z " in text:
        text = _JAVA.sub(r"\1 \3 \2", text)
    return text if "." not in text else _DOTTED.sub(lambda found: f"{found[1]}.{found[2]}.20{found[4]}", text)


def _metas(head: Head, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from head.metas.get(name, ())


def _marked(places: list[Node], reading: _Reading, seen: Visible) -> tuple[Moment | None, Moment | None]:
    published = updated = None
    for node in places[:_PLACES]:
        for said, moment in _stamps(node, reading):
            if reading.is_today(moment) and seen.is_apart(node):
                continue
            prop = (node.attr("itemprop") or "").lower()
            if prop == "datemodified" or said is Said.UPDATED:
                updated = updated or moment
            elif prop == "datepublished":
                return moment, updated
            elif said is not Said.OTHER:
                published = published or moment
    return published, updated


def _stamps(node: Node, reading: _Reading) -> list[tuple[Said, Moment]]:
    """The dates of a marked place, each with what its label makes of it."""
    text = squeeze(node.text())
    told = dates.stamps(text, tz=ZONE) if len(text) <= _LONGEST else ()
    stamped = node.attr("datetime") or node.attr("content") or ""
    if len(told) > 1 and not stamped:
        return [(stamp.said, moment) for stamp in told if (moment := reading.checked(stamp.moment))]
    moment = reading.one(stamped)
    if moment is None and len(text) <= _LONGEST:
        moment = reading.one(text) or reading.one(node.attr("title") or "")
    if moment is None:
        return []
    return [((told[0].said if told else dates.label(text)) or _said_around(node, text), moment)]


def _said_around(node: Node, text: str) -> Said:
    """What a place's name makes of its date, or what stands just before it."""
    if node.marks and _UPDATED_MARKS.search(node.marks):
        return Said.UPDATED
    parent = node.parent
    if parent is None or parent.chars > node.chars + 60:
        return said_before(node)
    around = parent.text()[:200]
    return dates.label(around.split(text)[0] if text else around) or said_before(node)
