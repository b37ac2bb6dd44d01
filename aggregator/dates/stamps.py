"""What a visible line says of its dates: published, updated, or reviewed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from aggregator.dates.moments import Found, Moment, found, tidied

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo

_LONGEST_DATELINE: Final = 70
_FEW_WORDS: Final = 3
_ANY_DAY: Final = datetime(2000, 1, 1, tzinfo=UTC)
_WEEKDAYS: Final = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_PARTS: Final = re.compile(r"[|•·/]")
"""What parts the fields of a line on an article."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_OF_EVENTS: Final = frozenset(("kl", "uhr", "mån", "tis", "ons", "tors", "fre", "lör", "sön", *_WEEKDAYS))
"""Words of a date that events need more than news."""
_BESIDE: Final = _OF_EVENTS | {"den"}
"""Words that belong to a date."""
_LONGEST: Final = 300
"""A date line is short; a paragraph that mentions "publicerades den 3 maj" is not one."""


class Said(StrEnum):
    """What a label makes of the date behind it."""

    PUBLISHED = "published"
    UPDATED = "updated"
    OTHER = "other"
    """Reviewed, valid until, a deadline: never when it was published."""
    NOTHING = ""


_TELLING: Final = (Said.PUBLISHED, Said.UPDATED)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date of a visible line and what its label says."""

    said: Said
    moment: Moment


_LABELS: Final = {
    # "Senast publicerad" is Sitevision's word for the last change
    Said.UPDATED: r"""
        senaste?\s+(?:publicerad|uppdaterad|ändrad|redigerad|uppdatering|sparad)\w*
        | uppdater(?:ad|at|ades|ing)\w*(?:\s+senast(?:\s+den)?)?
        | (?:last|page)\s+(?:updated|modified|changed|edited|published|reviewed|revised|update)
        | updated | modified | edited
        | (?:zuletzt\s+)?(?:aktualisiert|geändert|bearbeitet) | letzte\s+(?:aktualisierung|änderung) | aktualisierung
        | ändra(?:d|t|des) | redigera(?:d|t|des) | revidera(?:d|t|des) | korrigera(?:d|t|des) | rätta(?:d|t|des)
        | stand(?=:)
    """,
    Said.OTHER: r"""
        (?:fakta)?granska(?:d|t|des) | kontrollera(?:d|t|des) | reviewed | geprüft | gäller\s+\w+ | giltig\w*
        | senast(?=\s+(?:den\s+)?\d) | sista\s+\w*dag\w* | deadline | anmälan | ansökan | synpunkter | överklaga\w*
        | startar | slutar | öppna(?:r|s|de|des) | stäng(?:er|s|de|des) | invig\w* | beräkna\w* | evenemang\w*
        | (?:bygg|trafik|kurs|skol|termins|anmälnings)start
        | (?:när|tid|start|slut)(?=:) | starttid | sluttid | (?:start|slut|mötes|sammanträdes|besluts)datum
        | datum\s+och\s+tid | expires | valid | tas\s+(?:bort|ne[dr]) | avpublicera\w* | arkivera\w* | copyright | född
    """,
    Said.PUBLISHED: r"""
        publicera(?:d|t|des) | (?:publicerings|anslags)datum | publicering | published | publication\s+date | posted
        | veröffentlicht\w* | publiziert | erstellt | skapa(?:d|t|des) | upplagd | inlagd | inskickad | postad | utgiven
        | skriv(?:en|et)
        | created | date | datum | release\s+date | pressmeddeland\w+ | nyhet(?:er)? | pressemitteilung
        | press\s+release | by\b[^.]{0,80}\bon | av\b[^.]{0,80}\b(?:på|den)
        | av\b[^.|•·]{2,60}[|•·]
    """,
}
_LABEL: Final = re.compile(
    rf"(?<!\w)(?:{'|'.join(f'(?P<{said.name}>{words})' for said, words in _LABELS.items())})(?!\w)",
    re.VERBOSE,
)


def label(text: str) -> Said:
    """What the last label of a text says of the date that may follow."""
    return _said(tidied(text[:_LONGEST]))


def is_updated_label(text: str) -> bool:
    """Whether a label speaks of the last change ("Senast uppdaterad:", "Zuletzt aktualisiert")."""
    return label(text) is Said.UPDATED


def is_published_label(text: str) -> bool:
    """Whether a label speaks of publication ("Publicerad:", "Posted")."""
    return label(text) is Said.PUBLISHED


def stamps(line: str, *, tz: tzinfo, reference: datetime | None = None) -> tuple[Stamp, ...]:
    """Every date of one visible line with what the label before it says; () for a line too long to be one.

    The label is the last before the date and after the date before it: "Publicerad 2 maj 2024, uppdaterad
    3 maj 2024" gives both. "Sidan granskades" and deadlines give ``Said.OTHER``.
    """
    if len(line) > _LONGEST * 2:
        return ()
    tidy = tidied(line)
    if len(tidy) > _LONGEST:
        return ()
    stamped: list[Stamp] = []
    position = 0
    for date in found(tidy, tz=tz, reference=reference):
        stamped.append(Stamp(_said(tidy[position : date.start]), date.moment))
        position = date.end
    return tuple(stamped)


def is_dateline(line: str) -> bool:
    """Whether a line is a date with little else: its label, or three words and no clock or weekday, as events have.

    Two dates make one where each has its label ("Publicerad 2 maj 2024 / Ändrad 3 maj 2024"). A date without a year,
    and a day of this week ("i går 14.32"), count only behind a label.
    """
    if len(line) > _LONGEST_DATELINE:
        return False
    tidy = tidied(line)
    said = _said(tidy)
    reference = _ANY_DAY if said in _TELLING else None
    dated = list(found(tidy, tz=UTC, reference=reference))
    if said is Said.OTHER or not _is_one_or_labelled(tidy, dated):
        return False
    rest = _rest(tidy, dated)
    words = _WORD.findall(_LABEL.sub(" ", rest))
    timed = any(date.moment.precision == "minute" for date in dated) or not _OF_EVENTS.isdisjoint(words)
    return sum(word not in _BESIDE for word in words) <= (0 if timed and said is Said.NOTHING else _FEW_WORDS)


def is_event(line: str) -> bool:
    """Whether a line without a label tells day and clock behind a word of its own: "Matchstart: 5 maj 2024 kl 16"."""
    tidy = tidied(line[:_LONGEST])
    dated = next(found(tidy, tz=UTC, reference=None), None)
    if dated is None or dated.moment.precision != "minute" or _said(tidy):
        return False
    before = tidy[: dated.start]
    return not _PARTS.search(before) and any(word not in _BESIDE for word in _WORD.findall(before))


def _is_one_or_labelled(tidy: str, dated: list[Found]) -> bool:
    if len(dated) != 2:
        return len(dated) == 1
    first, second = dated
    return _said(tidy[: first.start]) in _TELLING and _said(tidy[first.end : second.start]) in _TELLING


def _rest(tidy: str, dated: list[Found]) -> str:
    """A text without its dates."""
    pieces, place = [], 0
    for date in dated:
        pieces.append(tidy[place : date.start])
        place = date.end
    return " ".join([*pieces, tidy[place:]])


def find_published(lines: Iterable[str], *, tz: tzinfo, reference: datetime | None = None) -> Moment | None:
    """The publication time that lines tell: a labelled one, else the first line that is only a date."""
    bare: Moment | None = None
    for stamp, alone in _walk(lines, tz, reference):
        if stamp.said is Said.PUBLISHED:
            return stamp.moment
        if bare is None and alone and stamp.said is Said.NOTHING:
            bare = stamp.moment
    return bare


def find_labelled(lines: Iterable[str], *, tz: tzinfo, reference: datetime | None = None) -> Moment | None:
    """The publication time that lines tell by its label; None where they tell several: they date several stories."""
    told = {stamp.moment for stamp, _ in _walk(lines, tz, reference) if stamp.said is Said.PUBLISHED}
    return told.pop() if len(told) == 1 else None


def find_updated(lines: Iterable[str], *, tz: tzinfo, reference: datetime | None = None) -> Moment | None:
    """The time of the last change that visible lines tell."""
    return next((stamp.moment for stamp, _ in _walk(lines, tz, reference) if stamp.said is Said.UPDATED), None)


def _walk(lines: Iterable[str], tz: tzinfo, reference: datetime | None) -> Iterator[tuple[Stamp, bool]]:
    """Stamps, and whether the line is nothing but its date; a label alone on a line speaks for the next."""
    before = Said.NOTHING
    for line in lines:
        read = stamps(line, tz=tz, reference=reference)
        tidy = tidied(line[: _LONGEST * 2])
        for stamp in read:
            said = stamp.said or before
            yield Stamp(said, stamp.moment), len(tidy.split()) <= 8 and len(read) == 1
        if tidy:
            before = _said(tidy) if not read and len(tidy.split()) <= 3 else Said.NOTHING


def _said(text: str) -> Said:
    """What the last label of a tidied text says."""
    said = Said.NOTHING
    for match in _LABEL.finditer(text):
        said = Said[match.lastgroup or "NOTHING"]
    return said
