"""The archive's door: one SQLite file, one writer, readers that never wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.archive import (
    articles,
    export,
    feeds,
    frontier,
    grouping,
    identity,
    projects,
    reading,
    runs,
    saving,
    search,
    snapshots,
    sources,
    stories,
    tagging,
)
from aggregator.archive.correcting import Correcting
from aggregator.archive.impact import Impact
from aggregator.archive.matching import Matching
from aggregator.archive.overview import Overview

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from aggregator.archive.coverage import Month
    from aggregator.archive.export import Imported
    from aggregator.archive.feeds import FeedTag
    from aggregator.archive.runs import PastRun
    from aggregator.archive.search import SearchResult, Sort
    from aggregator.archive.sources import SourceHealth
    from aggregator.model import (
        Article,
        Config,
        Crawl,
        Filter,
        HostState,
        KeptArticle,
        KnownPage,
        Link,
        Project,
        Run,
        Settings,
        Snapshot,
        Source,
        SourceState,
        Story,
        Tag,
    )
    from aggregator.query import Query


class Archive(Overview, Correcting, Matching, Impact):
    """All that was fetched, read and remembered."""

    # What is remembered between runs

    def register(self, config: Config, at: datetime) -> None:
        """Bring sources and projects of the configuration in; writes nothing where nothing changed."""
        with self._writing() as db:
            sources.register(db, config.sources, at)
            projects.register(db, config.projects, at)

    def states(self) -> dict[str, SourceState]:
        """What is remembered of each source that was ever checked, by its id."""
        with self._reading() as db:
            return sources.states(db)

    def hosts(self) -> dict[str, HostState]:
        """What is remembered of each host, by ``scheme://host:port``."""
        with self._reading() as db:
            return sources.hosts(db)

    def save_hosts(self, states: Iterable[HostState]) -> None:
        """Replace what is remembered of these hosts."""
        changed = tuple(states)
        if changed:
            with self._writing() as db:
                sources.save_hosts(db, changed)

    def known(self, source: Source, links: Sequence[Link]) -> dict[str, KnownPage]:
        """What is remembered of the pages behind links, by ``Link.url``; links never met are left out.

        A link that was tried and rests (rejected, given up, or waiting for its next try) is known with
        ``article_id`` 0.
        """
        with self._reading() as db:
            return identity.known(db, source, links)

    def pending(self, source_id: str, now: datetime, limit: int) -> tuple[Link, ...]:
        """Links found earlier, not yet fetched, that may be tried now; the newest first."""
        with self._reading() as db:
            return frontier.pending(db, source_id, now, limit)

    def young(self, source_id: str, since: datetime, limit: int) -> tuple[KnownPage, ...]:
        """Pages first seen since then and not gone; the longest unchecked first."""
        with self._reading() as db:
            return identity.young(db, source_id, since, limit)

    # A run

    def read_anew(self, readings: Mapping[str, str], at: datetime) -> tuple[str, ...]:
        """Note how each source is read, by its id, as a text that moves with its settings and our reading of it.

        Where it moved, the source's validators (RFC 9110: those of a body that we would now read otherwise) and the
        way found to it are forgotten, and it is due at once; the ids of these sources.
        """
        with self._reading() as db:
            moved = sources.moved(db, readings)
        if moved:
            with self._writing() as db:
                for source_id in moved:
                    sources.read_anew(db, source_id, readings[source_id], at)
        return moved

    def read_since(self) -> dict[str, datetime]:
        """Since when each source is read as it is now, by its id."""
        with self._reading() as db:
            return sources.read_since(db)

    def start_run(self, at: datetime) -> int:
        """Open a run; its id."""
        with self._writing() as db:
            return runs.start(db, at)

    def save(self, crawl: Crawl, source: Source, *, at: datetime, run_id: int | None = None) -> Crawl:
        """Save one source's turn: all of it or nothing. Returns it with the counts that only the archive knows."""
        with self._writing() as db:
            return saving.save(articles.begin(db, self._authority), crawl, source, at, run_id)

    def close_run(self, run_id: int, run: Run) -> None:
        """Close a run with its report."""
        with self._writing() as db:
            runs.close(db, run_id, run)

    def prune(self, settings: Settings, now: datetime) -> None:
        """Drop listings, runs and crawls that are past their time; what was fetched as an article's page stays."""
        with self._writing() as db:
            snapshots.forget(db, settings, now)

    def retag(self, fingerprint: str, tagger: Callable[[Article, str], Iterable[Tag]]) -> int:
        """Tag every article anew if the rules' ``fingerprint`` is another than the last time's.

        ``tagger`` is given the article and its source's id. Returns how many articles' tags changed.
        """
        with self._open_to_write() as db:
            return tagging.retag(db, fingerprint, tagger)

    def group(self, at: datetime) -> int:
        """Put every article that is in no story, or has another text than when it was grouped, into its story.

        Returns how many that were. A killed grouping is finished by the next.
        """
        with self._open_to_write() as db:
            return grouping.group_new(db, at)

    # What there is

    def projects(self) -> tuple[Project, ...]:
        """The register of projects."""
        with self._reading() as db:
            return projects.all_of(db)

    def article(self, name: int | str) -> KeptArticle | None:
        """One article by its id or its guid, with its earlier wordings; None where there is none."""
        with self._reading() as db:
            column = "id" if isinstance(name, int) else "guid"
            row = db.execute(f"SELECT id FROM articles WHERE {column} = ?", (name,)).fetchone()
            return None if row is None else next(reading.by_ids(db, [row["id"]], versions=True), None)

    def page(self, article_id: int) -> Snapshot | None:
        """The kept page that an article was last read from, its body whole; None where none was kept."""
        with self._reading() as db:
            return snapshots.of_article(db, article_id)

    def recent_pages(self, source_id: str, limit: int) -> tuple[Snapshot, ...]:
        """The kept pages of a source's newest articles, the newest first."""
        with self._reading() as db:
            return snapshots.recent(db, source_id, limit)

    def articles(self, ids: Iterable[int]) -> tuple[KeptArticle, ...]:
        """The articles with these ids, in that order; without earlier wordings."""
        with self._reading() as db:
            return tuple(reading.by_ids(db, ids))

    def story(self, story_id: int) -> Story | None:
        """A story with its members, the lead first; None where there is none of this id (``KeptArticle.story_id``)."""
        with self._reading() as db:
            return stories.stories(db, [story_id]).get(story_id)

    def stories(self, ids: Iterable[int]) -> dict[int, Story]:
        """The stories with these ids, by id; those that there are not are left out."""
        with self._reading() as db:
            return stories.stories(db, ids)

    def search(  # noqa: PLR0913 - they are the choices that a page of results has
        self,
        line: Query | str,
        *,
        limit: int = 20,
        offset: int = 0,
        sort: Sort = "relevance",
        with_facets: bool = False,
        folded: bool = True,
        after: str | None = None,
    ) -> SearchResult:
        """Find articles by a search line (``aggregator.query``); nothing that is typed raises an error.

        ``sort`` is "relevance" or "newest". ``with_facets`` counts sources, tags and years beside. ``folded``: a story
        of several articles is one hit; else each is. ``after`` is ``SearchResult.next`` of the page before (the same
        line, sort and folding), and ``offset`` is counted from there. Raises InputError where it is something else.
        """
        with self._reading() as db:
            return search.search(
                db,
                line,
                limit=limit,
                offset=offset,
                sort=sort,
                with_facets=with_facets,
                folded=folded,
                after=after,
            )

    def search_months(self, line: Query | str) -> tuple[Month, ...]:
        """How many articles a search finds in each month that has any, by source, the oldest first.

        Of more than 10 000 each month is counted whole, and all stand under the source "".
        """
        with self._reading() as db:
            return search.months(db, line)

    def health(self, now: datetime) -> tuple[SourceHealth, ...]:
        """How each source fares."""
        with self._reading() as db:
            return sources.health(db, now)

    def runs(self, *, limit: int = 20) -> tuple[PastRun, ...]:
        """The last runs, the newest first."""
        with self._reading() as db:
            return runs.past(db, limit)

    # Feeds

    def feed_tags(self) -> tuple[FeedTag, ...]:
        """The tags that have articles not gone, by kind and name."""
        with self._reading() as db:
            return feeds.feed_tags(db)

    def feed_sources(self) -> tuple[str, ...]:
        """The sources at which articles not gone were seen, by their ids."""
        with self._reading() as db:
            return feeds.feed_sources(db)

    def member_ids(self, chosen: Filter, *, limit: int | None = None) -> tuple[int, ...]:
        """The ids of a filter's articles, newest first (``published_at``, else ``fetched_at``); without those gone."""
        with self._reading() as db:
            return feeds.member_ids(db, chosen, limit)

    def member_stories(self, chosen: Filter) -> tuple[int, ...]:
        """The ids of the stories of ``member_ids``, those first whose oldest member there is newest."""
        with self._reading() as db:
            return feeds.member_stories(db, chosen)

    def members(self, chosen: Filter, *, limit: int | None = None) -> tuple[KeptArticle, ...]:
        """The articles of ``member_ids``."""
        with self._reading() as db:
            return tuple(reading.by_ids(db, feeds.member_ids(db, chosen, limit)))

    def fingerprint(self, chosen: Filter) -> str:
        """A text that moves with anything about a filter's articles, so that an unmoved feed can be left alone."""
        with self._reading() as db:
            return feeds.fingerprint(db, chosen)

    def published(self) -> dict[str, str]:
        """The fingerprint with which each feed was last written, by the feed's id."""
        with self._reading() as db:
            return feeds.published(db)

    def save_published(self, fingerprints: Mapping[str, str], at: datetime) -> None:
        """Note with what fingerprint feeds were written."""
        with self._writing() as db:
            feeds.save_published(db, fingerprints, at)

    def feed_archives(self, feed_id: str) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """A feed's closed archive documents (RFC 5005), the oldest first: number, and articles' ids in order."""
        with self._reading() as db:
            return feeds.feed_archives(db, feed_id)

    def add_feed_archive(self, feed_id: str, ids: Iterable[int], at: datetime) -> int:
        """Close an archive document that holds these articles for ever; its number, counted from 1."""
        with self._writing() as db:
            return feeds.add_feed_archive(db, feed_id, ids, at)

    # In and out

    def export(self) -> Iterator[KeptArticle]:
        """Every article with its earlier wordings, in the order in which they came."""
        last = 0
        while True:
            with self._reading() as db:
                ids = [
                    row["id"]
                    for row in db.execute(
                        "SELECT id FROM articles WHERE id > ? ORDER BY id LIMIT ?", (last, reading.BATCH)
                    )
                ]
                kept = list(reading.by_ids(db, ids, versions=True))
            if not ids:
                return
            last = ids[-1]
            yield from kept

    def import_articles(self, rows: Iterable[Mapping[str, object]], *, at: datetime) -> Imported:
        """Take in articles in the shape of the export; those that are here already are left as they are.

        Raises InputError, naming the article by its place, where one cannot be read; of the batch of 500 in which
        it stands nothing is taken in, and the import can be done again.
        """
        with self._open_to_write() as db:
            return export.import_rows(db, rows, self._authority, at)
