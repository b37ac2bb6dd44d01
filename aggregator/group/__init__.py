"""Which articles tell the same thing, and what became of a press release.

- ``overlap(release, pickup, ignore)``: how much of one text stands word for word in another, side by side
- ``headline_changed(release, pickup)``: whether two headlines differ by more than typography

All pure; nothing is read from disk.
"""

from aggregator.group.overlap import VERSION as OVERLAP_VERSION
from aggregator.group.overlap import headline_changed, overlap

__all__ = [
    "OVERLAP_VERSION",
    "headline_changed",
    "overlap",
]
