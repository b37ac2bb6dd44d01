"""Articles out of the archive, as they were kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.archive.rows import article, dump, optional_time, tag, time
from aggregator.model import Address, KeptArticle, Publish, Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from sqlite3 import Row

    from sqlite_utils import Database

    from aggregator.model import Tag

BATCH = 500
"""Articles read at a time."""


def by_ids(db: Database, ids: Iterable[int], *, versions: bool = False) -> Iterator[KeptArticle]:
    """The articles with these ids, in that order; ids that are not there are left out.

    Earlier wordings come along only where asked for.
    """
    wanted = list(ids)
    for start in range(0, len(wanted), BATCH):
        yield from _batch(db, wanted[start : start + BATCH], versions=versions)


def _batch(db: Database, ids: Sequence[int], *, versions: bool) -> Iterator[KeptArticle]:
    named = dump(ids)
    rows = db.execute(
        "SELECT a.*, s.name AS source_name, s.publish FROM json_each(?) j JOIN articles a ON a.id = j.value"
        " JOIN sources s ON s.id = a.source_id",
        (named,),
    )
    found = {row["id"]: row for row in rows}
    tags = _tags(db, named)
    addresses = _addresses(db, named)
    earlier = _versions(db, named) if versions else {}
    for article_id in ids:
        row = found.get(article_id)
        if row is not None:
            yield KeptArticle(
                id=article_id,
                guid=row["guid"],
                source_id=row["source_id"],
                source_name=row["source_name"],
                article=article(row),
                fetched_at=time(row["fetched_at"]),
                updated_at=time(row["updated_at"]),
                gone_at=optional_time(row["gone_at"]),
                publish=Publish(row["publish"]),
                tags=tuple(tags.get(article_id, ())),
                addresses=tuple(addresses.get(article_id, ())),
                versions=tuple(earlier.get(article_id, ())),
                story_id=row["story_id"],
            )


def _tags(db: Database, named: str) -> dict[int, list[Tag]]:
    """The surest first."""
    found: dict[int, list[Tag]] = {}
    for row in db.execute(
        "SELECT x.article_id, t.kind, t.name, x.score, x.evidence FROM json_each(?) j"
        " JOIN article_tags x ON x.article_id = j.value JOIN tags t ON t.id = x.tag_id"
        " ORDER BY x.article_id, x.score DESC, t.kind, t.name",
        (named,),
    ):
        found.setdefault(row["article_id"], []).append(tag(row))
    return found


def _addresses(db: Database, named: str) -> dict[int, list[Address]]:
    found: dict[int, list[Address]] = {}
    for row in db.execute(
        "SELECT d.* FROM json_each(?) j JOIN addresses d ON d.article_id = j.value ORDER BY d.article_id, d.id",
        (named,),
    ):
        found.setdefault(row["article_id"], []).append(_address(row))
    return found


def _address(row: Row) -> Address:
    return Address(
        url=row["url"],
        source_id=row["source_id"],
        first_seen_at=time(row["first_seen_at"]),
        published_at=optional_time(row["published_at"]),
    )


def _versions(db: Database, named: str) -> dict[int, list[Version]]:
    """The oldest first."""
    found: dict[int, list[Version]] = {}
    for row in db.execute(
        "SELECT v.* FROM json_each(?) j JOIN versions v ON v.article_id = j.value ORDER BY v.article_id, v.id",
        (named,),
    ):
        version = Version(at=time(row["at"]), title=row["title"], text=row["text"], lead=row["lead"])
        found.setdefault(row["article_id"], []).append(version)
    return found
