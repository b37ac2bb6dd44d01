"""What came to the archive's tables after the founding: a new migration stands at the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.schema import founding  # noqa: F401 - its migrations come first
from aggregator.schema.numbered import migration, run

if TYPE_CHECKING:
    from sqlite_utils import Database


@migration
def m011_stories(db: Database) -> None:
    """Stories are grouped anew: a story's id is that of the article of it that was kept first."""
    run(
        db,
        """
UPDATE articles SET story_id = NULL

DELETE FROM stories

ALTER TABLE stories ADD COLUMN relation TEXT NOT NULL DEFAULT 'single'

ALTER TABLE stories ADD COLUMN updated_at TEXT

CREATE TABLE story_members (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    parent_id INTEGER REFERENCES articles(id) ON DELETE SET NULL, share REAL NOT NULL, relation TEXT NOT NULL,
    joined_at TEXT NOT NULL) STRICT

CREATE INDEX story_members_by_parent ON story_members(parent_id) WHERE parent_id IS NOT NULL

CREATE TABLE story_related (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, PRIMARY KEY (article_id, other_id))
    STRICT, WITHOUT ROWID

CREATE INDEX story_related_by_other ON story_related(other_id)
""",
    )


@migration
def m012_coverage_by_month(db: Database) -> None:
    """How many articles bear each tag, by local month and source; kept by triggers, so that no page has to count.

    Tag 0 counts every article. Articles gone from their site are counted: they were news. Swedish summer time lies
    over the ends of the months March to September.
    """
    run(
        db,
        """
CREATE TABLE tag_months (
    tag_id INTEGER NOT NULL, month TEXT NOT NULL, source_id TEXT NOT NULL REFERENCES sources(id),
    articles INTEGER NOT NULL, PRIMARY KEY (tag_id, month, source_id)) STRICT, WITHOUT ROWID

CREATE VIEW local_months AS
SELECT id, source_id, coalesce(substr(datetime(listed_at,
    CASE WHEN substr(listed_at, 6, 2) BETWEEN '03' AND '09' THEN '+2 hours' ELSE '+1 hours' END), 1, 7),
    substr(listed_at, 1, 7)) AS month
FROM articles

INSERT INTO tag_months (tag_id, month, source_id, articles)
SELECT 0, month, source_id, count(*) FROM local_months GROUP BY month, source_id

INSERT INTO tag_months (tag_id, month, source_id, articles)
SELECT x.tag_id, m.month, m.source_id, count(*) FROM article_tags x JOIN local_months m ON m.id = x.article_id
GROUP BY x.tag_id, m.month, m.source_id

CREATE TRIGGER tag_months_article AFTER INSERT ON articles BEGIN
    INSERT INTO tag_months (tag_id, month, source_id, articles)
    SELECT 0, month, source_id, 1 FROM local_months WHERE id = new.id
    ON CONFLICT DO UPDATE SET articles = articles + 1;
END

CREATE TRIGGER tag_months_tag AFTER INSERT ON article_tags BEGIN
    INSERT INTO tag_months (tag_id, month, source_id, articles)
    SELECT new.tag_id, month, source_id, 1 FROM local_months WHERE id = new.article_id
    ON CONFLICT DO UPDATE SET articles = articles + 1;
END
""",
    )


@migration
def m013_coverage_moves(db: Database) -> None:
    """The counts of ``tag_months`` follow tags taken away, dates and outlets corrected, articles deleted."""
    run(
        db,
        """
CREATE TRIGGER tag_months_untag AFTER DELETE ON article_tags BEGIN
    UPDATE tag_months SET articles = articles - 1 WHERE tag_id = old.tag_id AND (month, source_id) =
    (SELECT month, source_id FROM local_months WHERE id = old.article_id);
END

CREATE TRIGGER tag_months_leave BEFORE UPDATE OF listed_at, source_id ON articles
WHEN (old.listed_at, old.source_id) <> (new.listed_at, new.source_id) BEGIN
    UPDATE tag_months SET articles = articles - 1
    WHERE tag_id IN (SELECT 0 UNION ALL SELECT tag_id FROM article_tags WHERE article_id = old.id)
    AND (month, source_id) = (SELECT month, source_id FROM local_months WHERE id = old.id);
END

CREATE TRIGGER tag_months_arrive AFTER UPDATE OF listed_at, source_id ON articles
WHEN (old.listed_at, old.source_id) <> (new.listed_at, new.source_id) BEGIN
    INSERT INTO tag_months (tag_id, month, source_id, articles)
    SELECT t.tag_id, m.month, m.source_id, 1 FROM local_months m,
    (SELECT 0 AS tag_id UNION ALL SELECT tag_id FROM article_tags WHERE article_id = new.id) t WHERE m.id = new.id
    ON CONFLICT DO UPDATE SET articles = articles + 1;
END

CREATE TRIGGER tag_months_delete BEFORE DELETE ON articles BEGIN
    DELETE FROM article_tags WHERE article_id = old.id;
    UPDATE tag_months SET articles = articles - 1 WHERE tag_id = 0 AND (month, source_id) =
    (SELECT month, source_id FROM local_months WHERE id = old.id);
END
""",
    )


@migration
def m014_indexes_of_overviews(db: Database) -> None:
    """What pages count of a source, and which articles are gone, without reading the articles."""
    run(
        db,
        """
CREATE INDEX articles_by_arrival ON articles(source_id, fetched_at)

CREATE INDEX articles_gone ON articles(id) WHERE gone_at IS NOT NULL

CREATE INDEX links_given_up ON links(source_id) WHERE given_up_at IS NOT NULL
""",
    )


@migration
def m015_corrections(db: Database) -> None:
    """What staff said of tags, for ever: the newest word on a tag holds; ``ruled`` is what the rules say beneath it."""
    run(
        db,
        """
CREATE TABLE tag_corrections (
    id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL REFERENCES articles(id), kind TEXT NOT NULL, name TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('add', 'remove', 'withdraw')), by_whom TEXT NOT NULL, at TEXT NOT NULL,
    ruled TEXT) STRICT

CREATE INDEX tag_corrections_by_tag ON tag_corrections(article_id, kind, name)
""",
    )


@migration
def m016_releases_and_pickups(db: Database) -> None:
    """What became of press releases: each with where it was taken up, how soon, and how much of it word for word.

    Filled after grouping (``archive.tracing``). Delays are in seconds; ``sent_on`` is the local day; ``wording`` moves
    with what a pair's figures were made from.
    """
    run(
        db,
        """
CREATE TABLE releases (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE, story INTEGER NOT NULL,
    source_id TEXT NOT NULL REFERENCES sources(id), url TEXT NOT NULL, sender TEXT NOT NULL, sent_at TEXT NOT NULL,
    sent_on TEXT NOT NULL, by_day INTEGER NOT NULL, stands_in INTEGER NOT NULL) STRICT

CREATE INDEX releases_by_day ON releases(sent_on, sent_at, article_id)

CREATE INDEX releases_by_story ON releases(story)

CREATE TABLE pickups (
    id INTEGER PRIMARY KEY, guid TEXT NOT NULL UNIQUE,
    release_id INTEGER NOT NULL REFERENCES releases(article_id) ON DELETE CASCADE,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    source_id TEXT NOT NULL REFERENCES sources(id), title TEXT NOT NULL, url TEXT NOT NULL, published_at TEXT NOT NULL,
    by_day INTEGER NOT NULL, delay_seconds INTEGER NOT NULL, words INTEGER NOT NULL, carried INTEGER NOT NULL,
    added INTEGER NOT NULL, quotes INTEGER NOT NULL, quotes_kept INTEGER NOT NULL, headline_changed INTEGER NOT NULL,
    wording TEXT NOT NULL, found_at TEXT NOT NULL, updated_at TEXT NOT NULL, UNIQUE (article_id, source_id)) STRICT

CREATE INDEX pickups_by_release ON pickups(release_id)

CREATE INDEX pickups_by_source ON pickups(source_id, release_id)

CREATE INDEX pickups_by_arrival ON pickups(found_at, id)

CREATE VIEW genomslag AS
SELECT a.title AS release, r.sender, r.sent_at, r.stands_in, r.url AS release_url, s.name AS outlet, p.title,
    p.url, p.published_at, p.delay_seconds, round(100.0 * p.carried / max(p.words, 1)) AS percent_word_for_word,
    p.words, p.carried, p.added, p.quotes, p.quotes_kept, p.headline_changed
FROM releases r JOIN articles a ON a.id = r.article_id LEFT JOIN pickups p ON p.release_id = r.article_id
LEFT JOIN sources s ON s.id = p.source_id
""",
    )


@migration
def m017_search_by_token(db: Database) -> None:
    """A search index of two columns, whose tokens tell by their first letter what they are; ``archive.analysis``."""
    run(
        db,
        """
DROP TABLE articles_fts

DROP TABLE search_terms

DELETE FROM search_places

DELETE FROM search_words

DELETE FROM settings WHERE name = 'search'

CREATE VIRTUAL TABLE articles_fts USING fts5(
    body, title, content='', columnsize=0, tokenize="unicode61 remove_diacritics 0 tokenchars '~+!#_'")
""",
    )


@migration
def m018_texts_of_stories(db: Database) -> None:
    """What stories are found by: shingles of the articles within the window, and how many texts of a source hold one.

    See ``archive.shelf``.
    """
    run(
        db,
        """
CREATE TABLE story_texts (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE, source_id TEXT NOT NULL,
    at TEXT NOT NULL, mark TEXT NOT NULL, version_of INTEGER NOT NULL, shingles BLOB) STRICT

CREATE INDEX story_texts_by_time ON story_texts(at)

CREATE INDEX story_texts_by_version ON story_texts(version_of)

CREATE TABLE story_shingles (
    shingle INTEGER NOT NULL, article_id INTEGER NOT NULL, PRIMARY KEY (shingle, article_id)) STRICT, WITHOUT ROWID

CREATE TABLE story_standing (
    source_id TEXT NOT NULL, shingle INTEGER NOT NULL, texts INTEGER NOT NULL, PRIMARY KEY (source_id, shingle))
    STRICT, WITHOUT ROWID
""",
    )


@migration
def m019_name_counts(db: Database) -> None:
    """How the archive writes the projects' names, and up to which article it was counted."""
    run(
        db,
        """
CREATE TABLE name_counts (
    name TEXT PRIMARY KEY, reaches INTEGER NOT NULL, lower INTEGER NOT NULL, capital INTEGER NOT NULL)
    STRICT, WITHOUT ROWID
""",
    )


@migration
def m020_members_of_other_stories(db: Database) -> None:
    """Which articles stand in a story that is named after another, without reading the articles."""
    run(db, "CREATE INDEX articles_folded ON articles(id, story_id) WHERE story_id <> id")
