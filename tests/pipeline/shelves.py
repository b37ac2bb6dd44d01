"""An archive with articles in it, for the tests of what is published."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from aggregator.model import (
    Article,
    Config,
    Crawl,
    Failure,
    Feed,
    Filter,
    Find,
    Link,
    Outcome,
    Publish,
    Reason,
    Settings,
    Source,
    Tag,
    TagKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aggregator.archive import Archive

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
BASE = "https://nyheter.example/feeds/"

PAPER = Source(id="tidningen", name="Länstidningen Exempel", url="https://tidning.example/")
REGION = Source(id="regionen", name="Regionen", url="https://region.example/", publish=Publish.FULL)
CONFIG = Config(
    settings=Settings(base_url=BASE, feed_limit=10),
    sources=(PAPER, REGION),
    feeds=(
        Feed(
            id="vard-i-nora",
            title="Vård i Nora",
            filter=Filter(tags=((TagKind.THEME, "hälsa"), (TagKind.KOMMUN, "Nora"))),
            limit=10,
            group="Egna flöden",
        ),
    ),
)


def theme(name: str) -> Tag:
    return Tag(kind=TagKind.THEME, name=name, score=1.0)


def kommun(name: str) -> Tag:
    return Tag(kind=TagKind.KOMMUN, name=name, score=1.0)


def found(number: int, *tags: Tag, source: Source = PAPER, **changes: object) -> Find:
    """Article ``number`` as a turn finds it; ``changes`` are fields that shall be otherwise."""
    url = f"{source.url}artikel-{number}"
    fields: dict[str, object] = {
        "url": url,
        "canonical_url": url,
        "title": f"Nyhet nummer {number}",
        "lead": f"Det här är ingressen till nyhet {number}.",
        "text": f"Det här är ingressen till nyhet {number}.\n\nHela texten om nummer {number} står här.",
        "html": f"<p>Hela texten om nummer {number} står här.</p>",
        "published_at": NOW - timedelta(days=30) + timedelta(hours=number),
    }
    article = Article(**(fields | changes))  # type: ignore[arg-type] # fields are given by name in one place
    return Find(link=Link(url=url), snapshot=None, result=article, tags=tags)


def lost(number: int, source: Source = PAPER) -> Find:
    """Article ``number`` whose page is no longer there."""
    url = f"{source.url}artikel-{number}"
    return Find(
        link=Link(url=url),
        snapshot=None,
        result=Failure(url=url, reason=Reason.GONE, detail="it answered 410", status=410),
    )


def save(archive: Archive, finds: Iterable[Find], source: Source = PAPER, at: datetime = NOW) -> None:
    """What a turn found, saved as a run saves it."""
    archive.register(CONFIG, at)
    crawl = Crawl(source_id=source.id, started_at=at, outcome=Outcome.CHANGED, finds=tuple(finds))
    archive.save(crawl, source, at=at)
