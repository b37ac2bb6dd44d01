"""Between the nouns and what a column can hold: times, lists, tags, links."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from aggregator.model import Article, Contact, Evidence, Link, Project, ProjectStatus, Tag, TagKind, Validators

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

_TIMES = frozenset({"published_at", "updated_at", "page_updated_at", "gone_at"})


def stamp(at: datetime) -> str:
    """A time as the archive writes it: UTC, whole seconds, ``2026-11-22T21:46:00Z``."""
    if at.tzinfo is None:
        raise ValueError(f"a time without a zone: {at}")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


def stamped(at: datetime | None) -> str | None:
    """The same for a time that may be missing."""
    return None if at is None else stamp(at)


def time(text: str) -> datetime:
    """Read what ``stamp`` wrote, or any ISO 8601 time with a zone; ValueError for others."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"a time without a zone: {text}")
    return at.astimezone(UTC)


def optional_time(text: str | None) -> datetime | None:
    """The same for a time that may be missing."""
    return None if text is None else time(text)


def safe_article(article: Article) -> Article:
    """The article with every text made ``safe``; itself, where all are."""
    texts = {f.name: getattr(article, f.name) for f in fields(article)}
    unsafe: dict[str, Any] = {
        name: safe(text) for name, text in texts.items() if isinstance(text, str) and safe(text) != text
    }
    authors = tuple(safe(author) for author in article.authors)
    return replace(article, authors=authors, **unsafe) if unsafe or authors != article.authors else article


def safe(text: str) -> str:
    """The text without what a TEXT column cannot hold whole: NUL, and half a surrogate pair (which becomes "?")."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def dump(value: Any) -> str:
    """JSON that a person can read: å as å."""
    return safe(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def dump_evidence(evidence: Iterable[Evidence]) -> str:
    """A tag's evidence as a JSON array of ``{rule, words, where, weight}``."""
    return dump([asdict(one) for one in evidence])


def tag(row: sqlite3.Row) -> Tag:
    """A tag from a row of tags and article_tags."""
    evidence = tuple(Evidence(**one) for one in json.loads(row["evidence"]))
    return Tag(kind=TagKind(row["kind"]), name=row["name"], score=row["score"], evidence=evidence)


def validators(row: sqlite3.Row) -> Validators:
    """Validators from the columns etag and last_modified."""
    return Validators(etag=row["etag"], last_modified=row["last_modified"])


def dump_link(link: Link) -> str:
    """A link's hints as JSON, without those it does not give."""
    hints = {name: value for name, value in asdict(link).items() if value not in (None, (), False)}
    return dump({name: stamp(value) if isinstance(value, datetime) else value for name, value in hints.items()})


def link(text: str) -> Link:
    """What ``dump_link`` wrote."""
    hints: dict[str, Any] = json.loads(text)
    for name in _TIMES & hints.keys():
        hints[name] = time(hints[name])
    hints["authors"] = tuple(hints.get("authors", ()))
    return Link(**hints)


def dump_project(project: Project) -> str:
    """A project as JSON, whole."""
    return dump({n: stamp(v) if isinstance(v, datetime) else v for n, v in asdict(project).items() if n != "gone_at"})


def project(values: Mapping[str, Any]) -> Project:
    """A project from its JSON, or from a row of the table whose lists are read already."""
    return Project(
        name=values["name"],
        aliases=tuple(values["aliases"]),
        status=ProjectStatus(values["status"]),
        description=values["description"],
        contacts=tuple(Contact(**contact) for contact in values["contacts"]),
        links=tuple(values["links"]),
        period=values["period"],
        near=tuple(values.get("near", ())),
        never_near=tuple(values.get("never_near", ())),
        not_in=tuple(values.get("not_in", ())),
        page_url=values["page_url"],
        page_updated_at=optional_time(values["page_updated_at"]),
        gone_at=optional_time(values.get("gone_at")),
    )


def article(row: sqlite3.Row) -> Article:
    """The outlet's words from a row of articles."""
    return Article(
        url=row["url"],
        canonical_url=row["canonical_url"],
        title=row["title"],
        lead=row["lead"],
        text=row["text"],
        html=row["html"],
        authors=tuple(json.loads(row["authors"])),
        published_at=optional_time(row["published_at"]),
        page_updated_at=optional_time(row["page_updated_at"]),
        image_url=row["image_url"],
        language=row["language"],
        origin=row["origin"],
        category=row["category"],
        place=row["place"],
        kind=row["kind"],
        external_id=row["external_id"],
        date_precision=row["date_precision"],
    )
