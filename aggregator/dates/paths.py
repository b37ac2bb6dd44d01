"""The date that stands in an address."""

from __future__ import annotations

import re
from datetime import date, tzinfo
from typing import Final
from urllib.parse import unquote

from aggregator.dates import grammar
from aggregator.dates.moments import Moment, local

_SHAPES: Final = tuple(
    re.compile(shape)
    for shape in (
        rf"/(?P<y>(?:19|20)\d\d)/(?:(?P<m>\d{{1,2}})|(?P<month>{grammar.MONTH}))/(?P<d>\d{{1,2}})(?=[/-]|$)",
        r"(?<!\d)(?<!\d-)(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?![\d])",
        r"(?<=/)(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)(?=[/_-]|$)",
    )
)
_SCHEME: Final = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//[^/?#]*", re.IGNORECASE)


def in_path(url: str, *, tz: tzinfo) -> Moment | None:
    """The day in the path of an address, or None.

    Reads ``/2024/10/31/``, ``/2024/november/24/``, ``/2023-10-06-slug``, ``/mote-2022-02-10``, ``/20241031-slug``.
    A year and month alone are no day. Query and fragment are not looked at.
    """
    path = unquote(re.split("[?#]", _SCHEME.sub("", url[:2000]), maxsplit=1)[0]).lower()
    for shape in _SHAPES:
        for match in shape.finditer(path):
            name = match.groupdict().get("month")
            try:
                day = date(
                    int(match["y"]),
                    grammar.MONTHS[name] if name else int(match["m"]),
                    int(match["d"]),
                )
            except ValueError:
                continue
            return local(day, None, tz)
    return None
