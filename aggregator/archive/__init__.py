"""All that was fetched and remembered, in one SQLite file; every SQL query of the program; search.

- ``Archive.open(path, tag_authority=…)`` to write, ``Archive.reader(path)`` to read beside a writer
- ``archive_lock(path)``: two runs at once are one run and one refusal
"""

from aggregator.archive.archive import Archive
from aggregator.archive.coverage import Borne, Leaf, Month
from aggregator.archive.export import Imported
from aggregator.archive.facets import Facet
from aggregator.archive.feeds import FeedTag
from aggregator.archive.leafing import Elsewhere
from aggregator.archive.opening import archive_lock
from aggregator.archive.runs import PastCrawl, PastRun
from aggregator.archive.search import Hit, SearchResult
from aggregator.archive.snapshots import KeptPage
from aggregator.archive.sources import KnownSource, SourceHealth

__all__ = [
    "Archive",
    "Borne",
    "Elsewhere",
    "Facet",
    "FeedTag",
    "Hit",
    "Imported",
    "KeptPage",
    "KnownSource",
    "Leaf",
    "Month",
    "PastCrawl",
    "PastRun",
    "SearchResult",
    "SourceHealth",
    "archive_lock",
]
