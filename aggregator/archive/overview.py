"""What the archive tells of itself: coverage by month, the articles of a tag or a source, a source's last turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.archive import coverage, runs, snapshots, sources
from aggregator.archive.opened import Opened

if TYPE_CHECKING:
    from aggregator.archive.coverage import Borne, Leaf, Month
    from aggregator.archive.runs import PastCrawl
    from aggregator.archive.snapshots import KeptPage
    from aggregator.archive.sources import KnownSource
    from aggregator.model import Filter, KeptArticle, TagKind


class Overview(Opened):
    """Reads for those who look around. Each takes milliseconds, however large the archive (bench/overview.py)."""

    def months(self, tag: tuple[TagKind, str] | None = None, *, source_id: str | None = None) -> tuple[Month, ...]:
        """How many articles each month held, by source, the oldest month first: of a tag, a source, both, or all.

        Months are local; those without articles are left out. Articles gone from their sites are counted.
        """
        with self._reading() as db:
            return coverage.months(db, tag, source_id)

    def borne(self, kind: TagKind | None = None, *, since: str = "") -> tuple[Borne, ...]:
        """The tags that articles bear, by kind and name, each with its number of articles, and of those ``since``.

        ``since`` is a local month, "2026-01"; empty for the beginning.
        """
        with self._reading() as db:
            return coverage.borne(db, kind, since)

    def articles_by_source(self) -> dict[str, int]:
        """How many articles each source has, by its id; those gone from their sites included."""
        with self._reading() as db:
            return coverage.by_source(db)

    def leaf(
        self,
        tag: tuple[TagKind, str] | None = None,
        *,
        source_id: str | None = None,
        limit: int = 20,
        before: int | None = None,
        after: int | None = None,
    ) -> Leaf:
        """The articles of a tag, a source, both, or all, newest first, ``limit`` at a time.

        ``before`` and ``after`` are what an earlier leaf gave as ``older`` and ``newer``; they hold for ever.
        """
        with self._reading() as db:
            marks = coverage.marks_of(db, tag, source_id)
            return coverage.leaf(db, marks, limit=limit, before=before, after=after)

    def newest(self, chosen: Filter, *, limit: int) -> tuple[KeptArticle, ...]:
        """The newest articles of a filter, those gone left out: a look into a feed, in milliseconds.

        ``members`` gives all of them, and reads as much.
        """
        with self._reading() as db:
            return coverage.newest(db, chosen, limit)

    def known_sources(self) -> tuple[KnownSource, ...]:
        """Every source that was ever configured, in the order in which they were added."""
        with self._reading() as db:
            return sources.known(db)

    def crawls(self, source_id: str, *, limit: int = 10) -> tuple[PastCrawl, ...]:
        """A source's last turns, the newest first."""
        with self._reading() as db:
            return runs.past_crawls(db, source_id, limit)

    def kept_page(self, article_id: int) -> KeptPage | None:
        """Whether and when the page was kept that an article was last read from; ``page`` gives it whole."""
        with self._reading() as db:
            return snapshots.kept_page(db, article_id)

    def changes(self) -> int:
        """A number that moves whenever another connection has changed anything; it tells nothing between archives."""
        with self._reading() as db:
            return int(db.execute("PRAGMA data_version").fetchone()[0])

    def revision(self) -> int:
        """The number of the last change to any article or its tags; what was made of them holds until it moves."""
        with self._reading() as db:
            row = db.execute("SELECT coalesce(max(revision), 0) AS last FROM articles").fetchone()
            return int(row["last"])
