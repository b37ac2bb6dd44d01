"""What staff corrected of the tags: kept for ever, and laid over what the rules give.

``tag_corrections`` is a history; of a tag of an article the newest line holds. It also keeps what the rules say beneath
it (``ruled``), so that a correction taken back leaves the tag as it would be, at once and without tagging anew.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from aggregator import swedish, urls
from aggregator.archive.rows import dump_evidence, safe, stamp, time
from aggregator.archive.tables import insert
from aggregator.errors import InputError
from aggregator.model import Correction, Evidence, Tag, TagKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from sqlite3 import Row

    from sqlite_utils import Database

Label = tuple[TagKind, str]
RULE = "rättelse"
"""The rule that a corrected tag's evidence names."""
WHERE = "correction"

_LOCAL = ZoneInfo("Europe/Stockholm")
_NEWEST = (
    "SELECT c.* FROM tag_corrections c WHERE c.article_id = ? AND c.verdict <> 'withdraw' AND c.id ="
    " (SELECT max(d.id) FROM tag_corrections d WHERE d.article_id = c.article_id AND d.kind = c.kind"
    " AND d.name = c.name) ORDER BY c.id"
)


def laid_over(db: Database, article_id: int, ruled: Mapping[Label, Tag]) -> dict[Label, Tag]:
    """The tags of an article: what the rules give, and over it what staff said; notes beneath what the rules give."""
    tags = dict(ruled)
    for row in db.execute(_NEWEST, (article_id,)).fetchall():
        label = (TagKind(row["kind"]), row["name"])
        beneath = tags.pop(label, None)
        told = None if beneath is None else _dump(beneath)
        if told != row["ruled"]:
            db.execute("UPDATE tag_corrections SET ruled = ? WHERE id = ?", (told, row["id"]))
        if row["verdict"] == "add":
            tags[label] = _corrected(label, row)
    return tags


def correct(
    db: Database, article_id: int, verdicts: Mapping[Label, str], by: str, at: datetime
) -> dict[Label, Tag] | None:
    """Write corrections down; the tags that the article then has, or None where nothing new was said.

    Saying again what holds already is no correction.
    """
    holding = {(TagKind(row["kind"]), row["name"]): row for row in db.execute(_NEWEST, (article_id,))}
    tags = {(tag.kind, tag.name): tag for tag in _tags(db, article_id)}
    ruled = {label: tag for label, tag in tags.items() if label not in holding}
    ruled |= {label: _load(label, row["ruled"]) for label, row in holding.items() if row["ruled"]}
    said = False
    for (kind, name), verdict in verdicts.items():
        label, now = (kind, safe(name)), holding.get((kind, safe(name)))
        if verdict == ("withdraw" if now is None else now["verdict"]):
            continue
        said = True
        beneath = _dump(ruled[label]) if label in ruled and verdict != "withdraw" else None
        columns = {"article_id": article_id, "kind": kind.value, "name": label[1], "verdict": verdict}
        insert(db, "tag_corrections", {**columns, "by_whom": safe(by), "at": stamp(at), "ruled": beneath})
    return ruled if said else None


def all_of(db: Database, article_id: int | None = None) -> tuple[Correction, ...]:
    """Every correction ever made, of one article or of all, the oldest first."""
    rows = db.execute(
        "SELECT * FROM tag_corrections WHERE ? IS NULL OR article_id = ? ORDER BY id", (article_id, article_id)
    )
    return tuple(
        Correction(
            article_id=row["article_id"],
            kind=TagKind(row["kind"]),
            name=row["name"],
            verdict=row["verdict"],
            by=row["by_whom"],
            at=time(row["at"]),
        )
        for row in rows
    )


def article_id_of(db: Database, name: int | str) -> int | None:
    """The article of an id, a guid, or an address at which it was seen; None where there is none."""
    if isinstance(name, int):
        row = db.execute("SELECT id FROM articles WHERE id = ?", (name,)).fetchone()
        return None if row is None else int(row["id"])
    by_guid = db.execute("SELECT id FROM articles WHERE guid = ?", (name,)).fetchone()
    if by_guid is not None:
        return int(by_guid["id"])
    # An address is known by its key; with the branch of a language in it, by its letters.
    for column, value in (("url_key", urls.key(name)), ("url", name)):
        row = db.execute(f"SELECT article_id FROM addresses WHERE {column} = ? ORDER BY id", (value,)).fetchone()
        if row is not None:
            return int(row["article_id"])
    return None


def read_verdicts(add: Iterable[Label], remove: Iterable[Label], withdraw: Iterable[Label]) -> dict[Label, str]:
    """Tag → what is said of it. Raises InputError where two things are said of one tag, or nothing at all."""
    verdicts: dict[Label, str] = {}
    for verdict, labels in (("add", add), ("remove", remove), ("withdraw", withdraw)):
        for kind, name in labels:
            if not name.strip():
                raise InputError(f"a tag of kind {kind.value} without a name")
            if verdicts.setdefault((kind, name.strip()), verdict) != verdict:
                raise InputError(f"{kind.value}:{name} is corrected in two ways at once")
    if not verdicts:
        raise InputError("nothing to correct: say which tags to add, remove or leave to the rules")
    return verdicts


def _tags(db: Database, article_id: int) -> Iterator[Tag]:
    for row in db.execute(
        "SELECT t.kind, t.name, x.score, x.evidence FROM article_tags x JOIN tags t ON t.id = x.tag_id"
        " WHERE x.article_id = ?",
        (article_id,),
    ):
        yield _tag((TagKind(row["kind"]), row["name"]), row["score"], json.loads(row["evidence"]))


def _corrected(label: Label, row: Row) -> Tag:
    at = time(row["at"]).astimezone(_LOCAL)
    words = f"rättad av {row['by_whom']} den {at.day} {swedish.MONTHS[at.month - 1]} {at.year}"
    return Tag(kind=label[0], name=label[1], score=1.0, evidence=(Evidence(rule=RULE, words=words, where=WHERE),))


def _dump(tag: Tag) -> str:
    return f"{float(tag.score)!r} {dump_evidence(tag.evidence)}"


def _load(label: Label, text: str) -> Tag:
    score, _, evidence = text.partition(" ")
    return _tag(label, float(score), json.loads(evidence))


def _tag(label: Label, score: float, evidence: Sequence[Mapping[str, object]]) -> Tag:
    pieces = tuple(Evidence(**one) for one in evidence)  # type: ignore[arg-type]  # as dump_evidence wrote them
    return Tag(kind=label[0], name=label[1], score=score, evidence=pieces)
