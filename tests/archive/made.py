"""Sources, articles and turns made up for these tests."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from aggregator.model import (
    Article,
    Crawl,
    Evidence,
    Failure,
    Find,
    Link,
    Outcome,
    Reason,
    Rejection,
    Snapshot,
    Source,
    SourceState,
    Tag,
    TagKind,
    Validators,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aggregator.archive import Archive

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PAPER = Source(id="bladet", name="Örebrobladet", url="https://bladet.example/", branches=("sv", "en", "de"))
RIVAL = Source(id="kuriren", name="Länskuriren", url="https://kuriren.example/")
LONG = (
    "Regionen och kommunerna i Örebro län har skrivit under ett avtal om vården av äldre. Avtalet gäller från"
    " årsskiftet och ska göra det lättare för den som behöver hjälp från flera håll. Åtta vårdcentraler berörs."
)
HEALTH = Tag(
    kind=TagKind.THEME,
    name="hälsa",
    score=0.9,
    evidence=(Evidence(rule="hälsa", words="vårdcentraler", where="text", weight=2.0),),
)
KARLSKOGA = Tag(kind=TagKind.KOMMUN, name="Karlskoga", score=1.0)


def plans(archive: Archive, path: Path, ask: Callable[[], object]) -> list[str]:
    """How SQLite goes about what the archive asks of it: the steps of every statement's query plan."""
    statements: list[str] = []
    connection = archive._reader.conn  # noqa: SLF001 - what SQLite is asked is not to be had otherwise
    connection.set_trace_callback(statements.append)
    ask()
    connection.set_trace_callback(None)
    other = sqlite3.connect(path)
    steps = [
        row[3] for sql in statements if not sql.startswith("--") for row in other.execute(f"EXPLAIN QUERY PLAN {sql}")
    ]
    other.close()
    return steps


def article(url: str, title: str = "Nytt avtal om vården", text: str = LONG, **more: Any) -> Article:
    """An article of substance."""
    values: dict[str, Any] = {"canonical_url": url, "html": f"<p>{text}</p>", "published_at": NOW - HOUR, **more}
    return Article(url=url, title=title, text=text, **values)


def page(url: str, body: bytes = b"<p>en sida</p>", *, status: int = 200, **headers: str) -> Snapshot:
    """A response."""
    return Snapshot(url=url, final_url=url, status=status, headers=headers, body=body, fetched_at=NOW)


def find(url: str, title: str = "Nytt avtal om vården", text: str = LONG, **more: Any) -> Find:
    """A page read as an article; ``external_id`` and ``fingerprint`` go to the link."""
    link = Link(url=url, external_id=more.pop("external_id", None), fingerprint=more.pop("fingerprint", None))
    tags = more.pop("tags", (HEALTH,))
    body = f"{title}{text}".encode()
    return Find(link=link, snapshot=page(url, body, etag='"1"'), result=article(url, title, text, **more), tags=tags)


def failed(url: str, reason: Reason, *, passing: bool = False, **more: Any) -> Find:
    """A page that could not be had."""
    failure = Failure(url=url, reason=reason, detail="as the test has it", passing=passing, **more)
    return Find(link=Link(url=url), snapshot=None, result=failure)


def rejected(url: str, reason: Reason, fingerprint: str | None = None) -> Find:
    """A page that is no article."""
    link = Link(url=url, fingerprint=fingerprint)
    return Find(link=link, snapshot=page(url), result=Rejection(url=url, reason=reason))


def turn(*finds: Find, source: Source = PAPER, **more: Any) -> Crawl:
    """A source's turn; ``finds`` in the order in which they are kept, which is a listing's from its foot upwards."""
    values: dict[str, Any] = {"state": SourceState(source_id=source.id, last_checked_at=NOW), **more}
    return Crawl(source_id=source.id, started_at=NOW, outcome=Outcome.CHANGED, finds=finds[::-1], **values)


def remembered(source: Source = PAPER) -> SourceState:
    """A state in which every field says something."""
    return SourceState(
        source_id=source.id,
        validators={"https://bladet.example/flöde": Validators(etag='W/"å"', last_modified="Sun, 22 Nov 2026")},
        body_hashes={"https://bladet.example/flöde": "abc", "https://bladet.example/": "def"},
        memory={"kind": "feed", "endpoint": "https://bladet.example/flöde"},
        next_check_at=NOW + HOUR,
        last_checked_at=NOW,
        last_changed_at=NOW - DAY,
        failures=3,
        failing_since=NOW - 2 * DAY,
        last_reason="timeout",
    )
