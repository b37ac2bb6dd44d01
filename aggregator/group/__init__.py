"""Which articles tell the same thing, and what became of a press release.

- ``group(articles)``: articles in any order → stories, with who leads and what the others are to it
- ``overlap(release, pickup, ignore)``: how much of one text stands word for word in another, side by side
- ``headline_changed(release, pickup)``: whether two headlines differ by more than typography
- ``trace(appearances)``: which article of a story is the press release, and where it went
- ``report(…)``: the figures of many releases

All pure; nothing is read from disk.
"""

from aggregator.group.overlap import VERSION as OVERLAP_VERSION
from aggregator.group.overlap import headline_changed, overlap
from aggregator.group.releases import Appearance, Trace, trace
from aggregator.group.stories import Given, Grouped, group
from aggregator.group.totals import Borne, Sent, TakenUp, report

__all__ = [
    "OVERLAP_VERSION",
    "Appearance",
    "Borne",
    "Given",
    "Grouped",
    "Sent",
    "TakenUp",
    "Trace",
    "group",
    "headline_changed",
    "overlap",
    "report",
    "trace",
]
