"""The register of projects: what ``sources.toml`` says and what the Region's page says, merged, with history."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from aggregator.archive.rows import dump, dump_project, project, stamp, stamped
from aggregator.archive.tables import insert, update
from aggregator.model import Project, ProjectStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from sqlite3 import Row

    from sqlite_utils import Database

_WORDING = ("name", "aliases", "status", "description", "contacts", "links", "period", "page_updated_at")


def name_key(name: str) -> str:
    """Under which two spellings of a project's name are one: case, blanks, hyphens and "projektet" do not matter."""
    plain = re.sub(r"[^\w.]+", " ", name.casefold()).strip()
    return re.sub(r"^projekt(?:et)? (?=\w)", "", plain).replace(" ", "")


def register(db: Database, configured: Iterable[Project], at: datetime) -> None:
    """Bring the projects of ``sources.toml`` in; writes nothing where nothing changed.

    One that was taken out of the file stays in the archive, as the page has it or as it last was.
    """
    rows = _rows(db)
    named: set[int] = set()
    for wanted in configured:
        row = _match(rows, wanted, page=False)
        if row is None:
            rows = _insert(db, wanted, at, {"from_register": dump_project(wanted)})
            continue
        named.add(row["id"])
        if row["from_register"] != dump_project(wanted):
            db.execute("UPDATE projects SET from_register = ? WHERE id = ?", (dump_project(wanted), row["id"]))
            rows = _merge(db, row["id"], at)


def save_page(db: Database, source_id: str, read: Sequence[Project], at: datetime) -> None:
    """Bring in what a project page holds, all of it: one that is no longer there is marked, not deleted."""
    rows = _rows(db)
    named: set[int] = set()
    for found in read:
        row = _match(rows, found, page=True)
        if row is None:
            rows = _insert(db, found, at, {"from_page": dump_project(found), "source_id": source_id})
            named.update(r["id"] for r in rows if r["from_page"] == dump_project(found))
            continue
        named.add(row["id"])
        if (row["from_page"], row["source_id"], row["gone_at"]) != (dump_project(found), source_id, None):
            db.execute(
                "UPDATE projects SET from_page = ?, source_id = ?, gone_at = NULL WHERE id = ?",
                (dump_project(found), source_id, row["id"]),
            )
            rows = _merge(db, row["id"], at)
    for row in rows:
        if row["source_id"] == source_id and row["id"] not in named and row["gone_at"] is None:
            db.execute("UPDATE projects SET gone_at = ? WHERE id = ?", (stamp(at), row["id"]))


def all_of(db: Database) -> tuple[Project, ...]:
    """The whole register, in the order in which the projects came to be known."""
    return tuple(_project(row) for row in _rows(db))


def _rows(db: Database) -> list[Row]:
    return db.execute("SELECT * FROM projects ORDER BY id").fetchall()


def _project(row: Row) -> Project:
    lists = {name: json.loads(row[name]) for name in ("aliases", "contacts", "links")}
    registered = json.loads(row["from_register"] or "{}")
    near = {name: registered.get(name, ()) for name in ("near", "never_near", "not_in")}
    return project({**dict(row), **lists, **near})


def _match(rows: Sequence[Row], wanted: Project, *, page: bool) -> Row | None:
    """The project of that name; else one of which either names the other as an alias.

    A name beats an alias: "TABB 2.0" is not "TABB", though a page may call TABB its forerunner.
    """
    key = name_key(wanted.name)
    for row in rows:
        if key in _names(row):
            return row
    keys = {key, *map(name_key, wanted.aliases)}
    for row in rows:
        taken = row["from_page" if page else "from_register"] is not None
        if not taken and keys & {*_names(row), *map(name_key, json.loads(row["aliases"]))}:
            return row
    return None


def _names(row: Row) -> set[str]:
    layers = [json.loads(row[layer])["name"] for layer in ("from_register", "from_page") if row[layer]]
    return {name_key(name) for name in [row["name"], *layers]}


def _insert(db: Database, new: Project, at: datetime, layer: Mapping[str, str | None]) -> list[Row]:
    columns = {
        **_columns(new),
        "page_url": new.page_url,
        "first_seen_at": stamp(at),
        "updated_at": stamp(at),
        "gone_at": stamped(new.gone_at),
        **layer,
    }
    insert(db, "projects", columns)
    return _rows(db)


def _columns(of: Project) -> dict[str, str | None]:
    return {
        "name": of.name,
        "aliases": dump(of.aliases),
        "status": of.status.value,
        "description": of.description,
        "contacts": dump([{n: getattr(c, n) for n in ("name", "title", "email", "phone")} for c in of.contacts]),
        "links": dump(of.links),
        "period": of.period,
        "page_updated_at": stamped(of.page_updated_at),
    }


def _merge(db: Database, project_id: int, at: datetime) -> list[Row]:
    """Write the two layers' sum; if its wording moved, the earlier one is kept as a version."""
    row = db.execute("SELECT * FROM projects WHERE id = ?", (project_id,)).fetchone()
    layers = [project(json.loads(row[layer])) for layer in ("from_register", "from_page") if row[layer]]
    merged = layers[0] if len(layers) == 1 else _sum(*layers)
    columns = _columns(merged)
    if any(columns[name] != row[name] for name in _WORDING):
        names = ", ".join(_WORDING)
        db.execute(
            f"INSERT INTO project_versions (project_id, at, {names}) SELECT id, updated_at, {names} FROM projects"
            " WHERE id = ?",
            (project_id,),
        )
        update(db, "projects", project_id, {**columns, "updated_at": stamp(at)})
    update(db, "projects", project_id, {"page_url": merged.page_url})
    return _rows(db)


def _sum(registered: Project, page: Project) -> Project:
    """The register gives the name and the words that must be near; the page what it knows better, being newer."""
    names = [*registered.aliases, page.name, *page.aliases]
    aliases = dict.fromkeys(name for name in names if name != registered.name)
    unknown = page.status is ProjectStatus.UNKNOWN
    return replace(
        registered,
        aliases=tuple(aliases),
        status=registered.status if unknown else page.status,
        description=page.description or registered.description,
        contacts=page.contacts or registered.contacts,
        links=tuple(dict.fromkeys([*page.links, *registered.links])),
        period=page.period or registered.period,
        page_url=page.page_url or registered.page_url,
        page_updated_at=page.page_updated_at or registered.page_updated_at,
    )
