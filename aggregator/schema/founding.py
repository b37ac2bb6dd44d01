"""The tables with which the archive began: m001 to m010."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.schema.numbered import migration, run

if TYPE_CHECKING:
    from sqlite_utils import Database


@migration
def m001_sources_and_hosts(db: Database) -> None:
    """What we follow, and what we remember of it between runs."""
    run(
        db,
        """
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT

CREATE TABLE sources (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, url TEXT NOT NULL, kind TEXT NOT NULL, role TEXT NOT NULL,
    publish TEXT NOT NULL, language TEXT NOT NULL, origin TEXT, municipality TEXT,
    enabled INTEGER NOT NULL, added_at TEXT NOT NULL) STRICT

CREATE TABLE source_states (
    source_id TEXT PRIMARY KEY REFERENCES sources(id), memory TEXT NOT NULL, next_check_at TEXT,
    last_checked_at TEXT, last_changed_at TEXT, failures INTEGER NOT NULL, failing_since TEXT,
    last_reason TEXT) STRICT

CREATE TABLE listings (
    source_id TEXT NOT NULL REFERENCES sources(id), url TEXT NOT NULL, etag TEXT, last_modified TEXT,
    body_hash TEXT, PRIMARY KEY (source_id, url)) STRICT, WITHOUT ROWID

CREATE TABLE hosts (
    host TEXT PRIMARY KEY, retry_at TEXT, failures INTEGER NOT NULL, robots BLOB, robots_status INTEGER,
    robots_at TEXT, unreachable_since TEXT) STRICT
""",
    )


@migration
def m002_runs_and_snapshots(db: Database) -> None:
    """What was done, and every page that was fetched, once per distinct body."""
    run(
        db,
        """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY, started_at TEXT NOT NULL, ended_at TEXT, counts TEXT, written TEXT, failed TEXT) STRICT

CREATE TABLE crawls (
    id INTEGER PRIMARY KEY, run_id INTEGER REFERENCES runs(id) ON DELETE CASCADE,
    source_id TEXT NOT NULL REFERENCES sources(id), started_at TEXT NOT NULL, seconds REAL NOT NULL,
    outcome TEXT NOT NULL, reason TEXT, detail TEXT NOT NULL, requests INTEGER NOT NULL,
    not_modified INTEGER NOT NULL, links INTEGER NOT NULL, pages INTEGER NOT NULL, new INTEGER NOT NULL,
    updated INTEGER NOT NULL, duplicates INTEGER NOT NULL, rejected INTEGER NOT NULL, failed INTEGER NOT NULL,
    gone INTEGER NOT NULL, pending INTEGER NOT NULL, wire_bytes INTEGER NOT NULL) STRICT

CREATE INDEX crawls_by_source ON crawls(source_id, started_at)

CREATE INDEX crawls_by_run ON crawls(run_id)

CREATE TABLE bodies (
    hash TEXT PRIMARY KEY, content BLOB, size_bytes INTEGER NOT NULL, stored_bytes INTEGER NOT NULL) STRICT

CREATE TABLE snapshots (
    id INTEGER PRIMARY KEY, source_id TEXT NOT NULL REFERENCES sources(id), purpose TEXT NOT NULL,
    url TEXT NOT NULL, final_url TEXT NOT NULL, status INTEGER NOT NULL, headers TEXT NOT NULL,
    fetched_at TEXT NOT NULL, body_hash TEXT NOT NULL REFERENCES bodies(hash)) STRICT

CREATE UNIQUE INDEX snapshots_by_url ON snapshots(url, body_hash)

CREATE INDEX snapshots_by_body ON snapshots(body_hash)

CREATE INDEX snapshots_of_listings ON snapshots(fetched_at) WHERE purpose = 'listing'

CREATE TABLE links (
    id INTEGER PRIMARY KEY, source_id TEXT NOT NULL REFERENCES sources(id), url_key TEXT NOT NULL,
    url TEXT NOT NULL, hints TEXT NOT NULL, fingerprint TEXT, listed_at TEXT NOT NULL, found_at TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, last_try_at TEXT, next_try_at TEXT NOT NULL, last_reason TEXT,
    given_up_at TEXT) STRICT

CREATE UNIQUE INDEX links_by_key ON links(source_id, url_key)

CREATE INDEX links_waiting ON links(source_id, listed_at DESC) WHERE given_up_at IS NULL
""",
    )


@migration
def m003_articles(db: Database) -> None:
    """Articles, each in a story."""
    run(
        db,
        """
CREATE TABLE stories (
    id INTEGER PRIMARY KEY, created_at TEXT NOT NULL,
    lead_article_id INTEGER REFERENCES articles(id) DEFERRABLE INITIALLY DEFERRED) STRICT

CREATE TABLE articles (
    id INTEGER PRIMARY KEY, guid TEXT NOT NULL UNIQUE, source_id TEXT NOT NULL REFERENCES sources(id),
    story_id INTEGER REFERENCES stories(id), title TEXT NOT NULL, lead TEXT NOT NULL, text TEXT NOT NULL,
    url TEXT NOT NULL, canonical_url TEXT NOT NULL, published_at TEXT, date_precision TEXT NOT NULL,
    page_updated_at TEXT, fetched_at TEXT NOT NULL, updated_at TEXT NOT NULL, gone_at TEXT,
    listed_at TEXT NOT NULL, authors TEXT NOT NULL, category TEXT, origin TEXT, place TEXT, image_url TEXT,
    language TEXT, kind TEXT NOT NULL, external_id TEXT, html TEXT NOT NULL, content_hash TEXT NOT NULL,
    canonical_key TEXT NOT NULL,
    revision INTEGER NOT NULL, words TEXT NOT NULL) STRICT

CREATE INDEX articles_by_content ON articles(content_hash)

CREATE INDEX articles_by_canonical ON articles(canonical_key)

CREATE INDEX articles_by_date ON articles(listed_at DESC, id DESC) WHERE gone_at IS NULL

CREATE INDEX articles_by_source ON articles(source_id, listed_at DESC)

CREATE INDEX articles_by_story ON articles(story_id)

CREATE INDEX articles_by_revision ON articles(revision)
""",
    )


@migration
def m004_addresses(db: Database) -> None:
    """Every address at which an article was seen, and its earlier wordings."""
    run(
        db,
        """
CREATE TABLE addresses (
    id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    source_id TEXT NOT NULL REFERENCES sources(id), url TEXT NOT NULL, url_key TEXT NOT NULL,
    external_id TEXT, main INTEGER NOT NULL,
    alias_of INTEGER REFERENCES addresses(id) ON DELETE CASCADE, complete INTEGER NOT NULL, first_seen_at TEXT NOT NULL,
    last_checked_at TEXT NOT NULL, gone_at TEXT, published_at TEXT, fingerprint TEXT, etag TEXT,
    last_modified TEXT, content_hash TEXT NOT NULL, snapshot_id INTEGER REFERENCES snapshots(id)) STRICT

CREATE UNIQUE INDEX addresses_by_key ON addresses(url_key)

CREATE INDEX addresses_by_external_id ON addresses(source_id, external_id) WHERE external_id IS NOT NULL

CREATE INDEX addresses_by_article ON addresses(article_id)

CREATE INDEX addresses_by_source ON addresses(source_id, article_id)

CREATE INDEX addresses_by_alias ON addresses(alias_of) WHERE alias_of IS NOT NULL

CREATE INDEX addresses_by_age ON addresses(source_id, first_seen_at) WHERE main = 1

CREATE INDEX addresses_by_snapshot ON addresses(snapshot_id)

CREATE TABLE versions (
    id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    at TEXT NOT NULL, title TEXT NOT NULL, lead TEXT NOT NULL, text TEXT NOT NULL, html TEXT NOT NULL) STRICT

CREATE INDEX versions_by_article ON versions(article_id, at)
""",
    )


@migration
def m005_tags(db: Database) -> None:
    """What articles are about, with score and evidence."""
    run(
        db,
        """
CREATE TABLE tags (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (kind, name)) STRICT

CREATE TABLE article_tags (
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tags(id), score REAL NOT NULL, evidence TEXT NOT NULL,
    PRIMARY KEY (article_id, tag_id)) STRICT, WITHOUT ROWID

CREATE INDEX article_tags_by_tag ON article_tags(tag_id, article_id)
""",
    )


@migration
def m006_projects(db: Database) -> None:
    """The register: what ``sources.toml`` says, what the project page says, both together, and how it was before."""
    run(
        db,
        """
CREATE TABLE projects (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, aliases TEXT NOT NULL, status TEXT NOT NULL,
    description TEXT NOT NULL, contacts TEXT NOT NULL, links TEXT NOT NULL, period TEXT, page_url TEXT,
    page_updated_at TEXT, source_id TEXT REFERENCES sources(id), first_seen_at TEXT NOT NULL,
    updated_at TEXT NOT NULL, gone_at TEXT, from_register TEXT, from_page TEXT) STRICT

CREATE TABLE project_versions (
    id INTEGER PRIMARY KEY, project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
    at TEXT NOT NULL, name TEXT NOT NULL, aliases TEXT NOT NULL, status TEXT NOT NULL, description TEXT NOT NULL,
    contacts TEXT NOT NULL, links TEXT NOT NULL, period TEXT, page_updated_at TEXT) STRICT

CREATE INDEX project_versions_by_project ON project_versions(project_id, at)
""",
    )


@migration
def m007_feeds(db: Database) -> None:
    """What each feed last held, and its archive documents (RFC 5005), whose members never change."""
    run(
        db,
        """
CREATE TABLE feeds (id TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, published_at TEXT NOT NULL) STRICT

CREATE TABLE feed_archives (
    feed_id TEXT NOT NULL, number INTEGER NOT NULL, closed_at TEXT NOT NULL, articles INTEGER NOT NULL,
    PRIMARY KEY (feed_id, number)) STRICT, WITHOUT ROWID

CREATE TABLE feed_archive_articles (
    feed_id TEXT NOT NULL, number INTEGER NOT NULL, position INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, PRIMARY KEY (feed_id, number, position),
    FOREIGN KEY (feed_id, number) REFERENCES feed_archives(feed_id, number)) STRICT, WITHOUT ROWID

CREATE INDEX feed_archive_articles_by_article ON feed_archive_articles(article_id)
""",
    )


@migration
def m008_search(db: Database) -> None:
    """Full text over the articles table itself, kept by triggers; ``words`` holds stems and members of compounds."""
    run(
        db,
        """
CREATE VIRTUAL TABLE articles_fts USING fts5(
    title, lead, text, words, content='articles', content_rowid='id', tokenize="unicode61 remove_diacritics 0")

CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN
    INSERT INTO articles_fts(rowid, title, lead, text, words)
    VALUES (new.id, new.title, new.lead, new.text, new.words);
END

CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles BEGIN
    INSERT INTO articles_fts(articles_fts, rowid, title, lead, text, words)
    VALUES ('delete', old.id, old.title, old.lead, old.text, old.words);
END

CREATE TRIGGER articles_fts_update AFTER UPDATE OF title, lead, text, words ON articles BEGIN
    INSERT INTO articles_fts(articles_fts, rowid, title, lead, text, words)
    VALUES ('delete', old.id, old.title, old.lead, old.text, old.words);
    INSERT INTO articles_fts(rowid, title, lead, text, words)
    VALUES (new.id, new.title, new.lead, new.text, new.words);
END
""",
    )


@migration
def m009_views(db: Database) -> None:
    """What outsiders may build on: articles with names and tags spelt out, and the coverage of each tag by month."""
    run(
        db,
        """
CREATE VIEW articles_full AS
SELECT a.id, a.guid, a.source_id AS source, s.name AS source_name, a.title, a.lead, a.text, a.url, a.canonical_url,
    a.published_at, a.updated_at, a.fetched_at, a.page_updated_at, a.gone_at, a.authors, a.category, a.origin,
    a.place, a.image_url, a.language, a.kind, a.story_id AS story,
    (SELECT group_concat(t.kind || ':' || t.name, ', ') FROM article_tags x JOIN tags t ON t.id = x.tag_id
     WHERE x.article_id = a.id) AS tags,
    (SELECT count(*) FROM versions v WHERE v.article_id = a.id) AS versions,
    (SELECT group_concat(d.url, char(10)) FROM addresses d WHERE d.article_id = a.id) AS addresses
FROM articles a JOIN sources s ON s.id = a.source_id

CREATE VIEW coverage AS
SELECT t.kind, t.name, substr(a.listed_at, 1, 7) AS month, a.source_id AS source, count(*) AS articles
FROM article_tags x JOIN tags t ON t.id = x.tag_id JOIN articles a ON a.id = x.article_id
GROUP BY t.kind, t.name, month, a.source_id
""",
    )


@migration
def m010_search_by_time(db: Database) -> None:
    """A search index whose rows stand in the order of time, filled by ``archive.index``; see there."""
    run(
        db,
        """
DROP TRIGGER articles_fts_insert

DROP TRIGGER articles_fts_delete

DROP TRIGGER articles_fts_update

DROP TABLE articles_fts

ALTER TABLE articles DROP COLUMN words

CREATE VIRTUAL TABLE articles_fts USING fts5(
    title, body, heads, stems, parts, marks, content='', tokenize="unicode61 remove_diacritics 0")

CREATE TABLE search_places (
    id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL UNIQUE REFERENCES articles(id),
    listed_at TEXT NOT NULL, marks TEXT NOT NULL) STRICT

CREATE TABLE search_terms (id INTEGER PRIMARY KEY, terms BLOB NOT NULL) STRICT

CREATE TABLE search_words (word TEXT PRIMARY KEY, folded TEXT NOT NULL) STRICT, WITHOUT ROWID

CREATE INDEX search_words_by_folded ON search_words(folded)
""",
    )
