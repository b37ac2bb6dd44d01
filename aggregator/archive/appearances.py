"""The appearances of stories' articles in outlets, as the tracing of press releases asks for them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from aggregator.archive.rows import dump, time
from aggregator.group import Appearance
from aggregator.model import Role, TagKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from sqlite3 import Row

    from sqlite_utils import Database

SPEAKING_FOR_THEMSELVES = frozenset({Role.AUTHORITY, Role.UNIVERSITY, Role.PRESSROOM, Role.POLICE})
"""Outlets whose own articles are releases when others take them up; so are those of a source with an ``origin``."""

_MARKED = re.compile(r"pressmeddelande|press-?release|pressrum|nyhetsrum|newsroom|/press/", re.IGNORECASE)

_COLUMNS = (
    "SELECT coalesce(a.story_id, -a.id) AS story, a.id, a.source_id AS main_source, a.origin, a.category,"
    " a.date_precision, a.published_at, a.fetched_at, a.canonical_url, d.source_id, d.url,"
    " d.published_at AS there_at, d.first_seen_at, s.role, coalesce(s.origin, s.name) AS speaker,"
    " s.origin IS NOT NULL AS speaks"
    " FROM articles a JOIN addresses d ON d.article_id = a.id AND d.alias_of IS NULL"
    " JOIN sources s ON s.id = d.source_id"
)
_ORDER = "ORDER BY story, a.id, d.main DESC, d.id"


class Seen(NamedTuple):
    """An appearance, and the address at which it stands."""

    appearance: Appearance
    url: str


def by_story(db: Database, stories: Sequence[int]) -> Iterator[tuple[int, list[Seen]]]:
    """The appearances of each story; an article that is in none is known by its id's negative."""
    grouped = dump([story for story in stories if story > 0])
    alone = dump([-story for story in stories if story < 0])
    rows = [
        *db.execute(f"{_COLUMNS} WHERE a.story_id IN (SELECT value FROM json_each(?)) {_ORDER}", (grouped,)),
        *db.execute(
            f"{_COLUMNS} WHERE a.id IN (SELECT value FROM json_each(?)) AND a.story_id IS NULL {_ORDER}", (alone,)
        ),
    ]
    named = _named(db, sorted({row["id"] for row in rows}))
    found: dict[int, dict[tuple[int, str], Seen]] = {}
    for row in rows:
        of_story = found.setdefault(row["story"], {})
        of_story.setdefault((row["id"], row["source_id"]), _seen(row, named))
    for story, of_story in found.items():
        yield story, list(of_story.values())


def _named(db: Database, articles: Sequence[int]) -> dict[int, tuple[str, bool]]:
    """The sender by each article's tag, and whether its text, not its publisher, says so."""
    rows = db.execute(
        "SELECT x.article_id, t.name, x.evidence FROM json_each(?) j JOIN article_tags x ON x.article_id = j.value"
        " JOIN tags t ON t.id = x.tag_id WHERE t.kind = ? ORDER BY x.score, t.name DESC",
        (dump(articles), TagKind.ORIGIN.value),
    )
    return {
        row["article_id"]: (row["name"], any(one["where"] != "source" for one in json.loads(row["evidence"])))
        for row in rows
    }


def _seen(row: Row, named: Mapping[int, tuple[str, bool]]) -> Seen:
    main = row["source_id"] == row["main_source"]
    name, stated = named.get(row["id"], (row["origin"], row["origin"] is not None))
    speaks = row["role"] in SPEAKING_FOR_THEMSELVES or row["speaks"]
    own = bool(speaks and (not stated or name.casefold() == row["speaker"].casefold()))
    speaker = name if stated or (main and name) else row["speaker"]
    address = row["canonical_url"] if main and row["canonical_url"] else row["url"]
    published = row["published_at"] if main else row["there_at"]
    return Seen(
        Appearance(
            article_id=row["id"],
            source_id=row["source_id"],
            at=time(published or (row["fetched_at"] if main else row["first_seen_at"])),
            by_day=published is not None and row["date_precision"] == "day",
            sender=speaker if own else name if stated else None,
            own=own,
            pressroom=own and row["role"] == Role.PRESSROOM,
            marked=own and _MARKED.search(f"{address} {row['category'] or ''}") is not None,
        ),
        address,
    )
