"""Dates as regional newsrooms write them, in Swedish, English and German.

``parse`` reads one date, ``find`` the first date of a free text, ``in_path`` the date in an address,
``stamps`` the dates of a visible line with what its label says of them ("Publicerad", "Senast uppdaterad").
Nothing here raises on any text; what is no date, or an impossible one, is None.
"""

from aggregator.dates.grammar import MONTH
from aggregator.dates.moments import Moment, find, local, parse, settle
from aggregator.dates.paths import in_path
from aggregator.dates.stamps import (
    Said,
    Stamp,
    find_labelled,
    find_published,
    find_updated,
    is_dateline,
    is_event,
    is_published_label,
    is_updated_label,
    label,
    stamps,
)

__all__ = [
    "MONTH",
    "Moment",
    "Said",
    "Stamp",
    "find",
    "find_labelled",
    "find_published",
    "find_updated",
    "in_path",
    "is_dateline",
    "is_event",
    "is_published_label",
    "is_updated_label",
    "label",
    "local",
    "parse",
    "settle",
    "stamps",
]
