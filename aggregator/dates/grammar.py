"""The shapes in which dates and clocks are written, and the words of three languages in them.

All are for texts in lower case: to ask them of any case would take several times as long.
"""

from __future__ import annotations

import re
from typing import Final

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januari january januar jänner jan",
            "februari february februar febr feb",
            "mars march märz maerz mar mrz",
            "april apr",
            "maj may mai",
            "juni june jun",
            "juli july jul",
            "augusti august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "december dezember dec dez",
        ),
        start=1,
    )
    for name in names.split()
}

ZONES: Final = {
    # Minutes east of Greenwich. RFC 5322 section 4.3 gives the American ones; European servers write the rest.
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0,
    "cet": 60, "mez": 60, "bst": 60, "west": 60,
    "cest": 120, "mesz": 120, "eet": 120, "eest": 180,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
}  # fmt: skip

MONTH: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
"""A pattern of their names, to stand in a group."""
_ZONE = "|".join(sorted(ZONES, key=len, reverse=True))
_YEAR = r"(?P<y>\d{4})(?!\d)"
_DAY = r"(?<!\d)(?<!\d[.,:/-])(?P<d>\d{1,2})"
_ORDINAL = r"(?::?[ea](?!\w)|st|nd|rd|th)?\.?"

NUMERIC: Final = tuple(
    re.compile(shape)
    for shape in (
        # 2024-05-16, 2024/5/16, 2024.05.16
        r"(?<!\d)(?<!\d[.,/-])(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)",
        # 20240516T100600: the basic form of ISO 8601, only where a clock follows
        r"(?<!\d)(?<!\d[.,/-])(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?=t\d{4})",
        # 16/5 2024, 16/5-2024, 16.05.2024, 16-05-2024: the day always first
        _DAY + r"(?P<sep>[-/.])(?P<m>\d{1,2})(?:(?P=sep)|(?<=\d)[ -]\s?)" + _YEAR,
    )
)

# In these and those without a year stands a month's name.
NAMED: Final = tuple(
    re.compile(shape)
    for shape in (
        # den 16 maj 2024, 14. Februar 2023, 17th of June 2024, 12 december, 2017
        _DAY + _ORDINAL + rf"(?:\s+of)?[-\s]\s?(?P<month>{MONTH})\b\.?[,\s-]{{1,3}}" + _YEAR,
        # november 2, 2024; Okt 10, 2018
        rf"\b(?P<month>{MONTH})\b\.?\s+(?P<d>\d{{1,2}}){_ORDINAL}[,\s]{{1,3}}" + _YEAR,
        # 2024 november 24, 2024, 24 november
        rf"(?<!\d)(?<!\d[.,/-])(?P<y>\d{{4}})[,\s]\s?(?P<month>{MONTH})\b\.?\s+(?P<d>\d{{1,2}})(?![\d:.]\d|\d)",
        # Sat, 16 May 24 10:00:00 GMT: a year of two digits only in RFC 822, where a clock with seconds follows
        _DAY + rf"\s+(?P<month>{MONTH})\s+(?P<yy>\d{{2}})(?=\s+\d\d:\d\d:\d\d)",
        # Thu May 16 10:06:00 2024: ctime, the third of RFC 9110's date forms
        rf"\b(?P<month>{MONTH})\s+(?P<d>\d{{1,2}})\s+(?P<hms>\d\d:\d\d:\d\d)\s+" + _YEAR,
    )
)

YEARLESS: Final = tuple(
    re.compile(shape)
    for shape in (
        _DAY + _ORDINAL + rf"\s*(?P<month>{MONTH})\b\.?(?!,?\s+\d{{4}}\b)",
        rf"\b(?P<month>{MONTH})\b\.?\s+(?P<d>\d{{1,2}})(?![\d:.]\d|\d){_ORDINAL}(?!,?\s+\d{{4}}\b)",
    )
)
MONTH_BEGINS: Final = re.compile("|".join(sorted({name[:3] for name in MONTHS})))
"""Whether a text may hold a month's name at all, which most of those with a date do not."""
WEEKDAY_BEFORE: Final = re.compile(
    r"(?<!\w)(?:(?P<d0>mån|mon)|(?P<d1>tis|tue)|(?P<d2>ons|wed)|(?P<d3>tor|thu)|(?P<d4>fre|fri)|(?P<d5>lör|sat)|"
    r"(?P<d6>sön|sun))\w{0,6},?\s$"
)
"""The weekday right before a date, as the last group that matches ("d0" is Monday)."""
SLASHED: Final = re.compile(r"(?<![\d.,:/-])(?P<d>\d{1,2})/(?P<m>\d{1,2})(?![\d/-])")
"""16/5, without a year: only where a whole text is expected to be a date, since 3/4 is also a fraction."""

DAYS_AGO: Final = {
    "i förrgår": 2, "förrgår": 2, "vorgestern": 2,
    "i går": 1, "igår": 1, "yesterday": 1, "gestern": 1,
    "i dag": 0, "idag": 0, "today": 0, "heute": 0,
}  # fmt: skip
RELATIVE_DAY: Final = re.compile(rf"(?<!\w)(?P<word>{'|'.join(DAYS_AGO)})(?!\w)")
AGO: Final = re.compile(
    r"(?<!\w)(?P<n>\d{1,3}|en|ett|an?|one|einer|einem)\s+"
    r"(?:(?P<minutes>min(?:ut(?:er|e?s?|en)?)?\.?|minute|minuten?)|(?P<hours>tim(?:m(?:ar|e))?\.?|hours?|h|stunden?)"
    r"|(?P<days>dag(?:ar)?|days?|tag(?:en)?)|(?P<weeks>veck(?:a|or)|weeks?|wochen?))\s+(?:sedan|sen|ago)\b"
)

_CLOCK = (
    r"(?P<H>\d{1,2})"
    r"(?:(?P<colon>[:.])(?P<M>\d{2})(?:[:.](?P<S>\d{2})(?:[.,]\d{1,9})?)?(?!\d)|(?=\s*[ap]\.?m\b))"
)
CLOCK_AFTER: Final = re.compile(
    r"(?P<gap>t|[\s,;•·|–—-]{0,4}(?:(?:kl(?:ockan)?|at|um|clock)\b\.?:?\s*)?)"
    + _CLOCK
    + r"(?:\s*(?P<half>[ap])\.?m\b\.?)?(?:\s*uhr\b)?"
    + rf"(?:\s*(?:(?P<zone>{_ZONE})\b(?![+-]\d)"
    + r"|(?:gmt|utc)?(?P<sign>[+−-])(?P<oh>\d{2}):?(?P<om>\d{2})?(?!\d)))?"
)
BASIC_CLOCK: Final = re.compile(
    r"t(?P<H>\d{2})(?P<M>\d{2})(?P<S>\d{2})?"
    r"(?:(?P<zone>z)|(?P<sign>[+-])(?P<oh>\d{2}):?(?P<om>\d{2})?)?(?!\d)"
)
CLOCK_BEFORE: Final = re.compile(
    r"(?<![\d.,:/-])(?P<H>\d{1,2})(?P<colon>[:.])(?P<M>\d{2})(?:\s*uhr)?"
    r"[\s,;•·|–—-]{1,4}(?:(?:den|on|am|the)\s+)?(?:\w{3,9}(?:dag|day|tag)?[,.]?\s+)?(?:den\s+)?$"
)
"""A clock right before a date: "kl. 14.05 den 16 maj 2024"."""

STANDARD: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}t[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:z|[+-](?:0[0-9]|1[0-3]):[0-9]{2})"
)
"""How programs write a time: RFC 3339."""
COMPACT: Final = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:(?P<H>\d{2})(?P<M>\d{2})(?P<S>\d{2})?)?")
UNIX: Final = re.compile(r"(?:/date\()?(?P<seconds>\d{9,10})(?P<millis>\d{3})?(?:\.\d{1,9})?(?:[+-]\d{4})?(?:\)/)?")
