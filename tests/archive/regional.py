"""A pressroom, a region's own site and two papers that take up its releases, made up for these tests."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from aggregator.model import Config, Find, Role, Source, Tag, TagKind
from tests.archive.made import find, turn

if TYPE_CHECKING:
    from pathlib import Path

    from aggregator.archive import Archive

SENT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PRESS = Source(
    id="press", name="Regionens pressrum", url="https://press.example/", role=Role.PRESSROOM, origin="Region Exempel"
)
SITE = Source(
    id="regionen", name="Region Exempel", url="https://region.example/", role=Role.AUTHORITY, origin="Region Exempel"
)
PAPER = Source(id="bladet", name="Exempelbladet", url="https://bladet.example/")
RIVAL = Source(id="kuriren", name="Länskuriren", url="https://kuriren.example/")
CONFIG = Config(sources=(PRESS, SITE, PAPER, RIVAL))
BY_REGION = Tag(kind=TagKind.ORIGIN, name="Region Exempel", score=1.0)

TITLE = "Sensorer ska märka fall i hemmet"
RELEASE = """Tjugo hem i Lekeberg får i vinter sensorer som märker om någon har fallit eller inte stigit upp ur sängen.

– Vi vill att fler ska kunna bo hemma tryggt, säger projektledaren.

Försöket kostar pengar varje månad och pågår till sommaren. Resultaten redovisas i juni för kommunerna och regionen, \
som sedan bestämmer om sensorerna ska köpas in.

Arbetet följs av universitetet i Exempel, som ska fråga de äldre hur de har upplevt tekniken hemma hos sig."""
HALF = """Nu kommer tekniken till Lekeberg. Tjugo hem i Lekeberg får i vinter sensorer som märker om någon har fallit \
eller inte stigit upp ur sängen.

– Vi vill att fler ska kunna bo hemma tryggt, säger projektledaren.

Grannarna är nyfikna. En av dem undrar vad kameror skulle ha kostat i stället."""


def told(source: Source, slug: str, title: str, text: str, after_hours: float = 0, **more: object) -> Find:
    """An article as a turn finds it, so many hours after the release was sent."""
    at = SENT + timedelta(hours=after_hours)
    return find(f"{source.url}{slug}", title, text, published_at=at, **{"tags": (), **more})  # type: ignore[arg-type]


def save(archive: Archive, source: Source, *finds: Find, at: datetime = NOW) -> None:
    """A source's turn."""
    archive.register(CONFIG, at)
    archive.save(turn(*finds, source=source), source, at=at)


def joined(path: Path, *ids: int) -> None:
    """Make one story of these articles, as grouping does: their revisions move."""
    with sqlite3.connect(path) as db:
        named = ", ".join(map(str, ids))
        db.execute(
            "INSERT OR REPLACE INTO stories (id, created_at, lead_article_id) SELECT id, fetched_at, id FROM articles"
            " WHERE id = ?",
            (min(ids),),
        )
        db.execute(
            f"UPDATE articles SET story_id = {min(ids)}, revision = (SELECT max(revision) + 1 FROM articles)"  # noqa: S608 - numbers
            f" WHERE id IN ({named})"
        )
    db.close()
