"""The register of projects grows from the configuration and from project pages, and forgets nothing."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

from aggregator.model import Config, Contact, Project, ProjectStatus
from tests.archive.made import DAY, NOW, PAPER, RIVAL, turn

if TYPE_CHECKING:
    from pathlib import Path

    from aggregator.archive import Archive

CROSS = Project(name="CROSS", aliases=("Civilsamhälle i samverkan",), near=("samverkan",), never_near=("motocross",))
READ = Project(
    name="Cross",
    status=ProjectStatus.FINISHED,
    description="Ett projekt om civilsamhället.",
    contacts=(Contact(name="Åsa Testare", email="asa@region.example", phone="019-000 00 00"),),
    links=("https://region.example/cross",),
    period="2020 – 2022",
    page_url="https://region.example/projekt/",
    page_updated_at=NOW - DAY,
)


def read(archive: Archive, *projects: Project, days: int = 0) -> None:
    archive.save(turn(projects=projects), PAPER, at=NOW + days * DAY)


def test_the_register_comes_back_as_it_was_configured(archive: Archive) -> None:
    archive.register(Config(projects=(CROSS, replace(READ, name="InnoMera"))), NOW)
    assert archive.projects() == (CROSS, replace(READ, name="InnoMera"))


def test_what_a_page_says_is_joined_to_the_register_by_name_or_alias(archive: Archive) -> None:
    archive.register(Config(projects=(CROSS,)), NOW)
    read(archive, replace(READ, name="Civilsamhälle-i-samverkan"), Project(name="Ny satsning"))
    cross, new = archive.projects()
    assert (cross.name, cross.near, cross.never_near) == ("CROSS", ("samverkan",), ("motocross",))
    assert (cross.status, cross.description, cross.contacts) == (
        ProjectStatus.FINISHED,
        READ.description,
        READ.contacts,
    )
    assert "Civilsamhälle-i-samverkan" in cross.aliases
    assert new.name == "Ny satsning"


def test_a_successor_with_a_name_of_its_own_is_itself(archive: Archive) -> None:
    archive.register(Config(projects=(Project(name="TABB"), Project(name="TABB 2.0", aliases=("TABB2",)))), NOW)
    read(archive, Project(name="Tabb 2.0", description="två"), Project(name="Tabb", description="ett"))
    assert [(p.name, p.description) for p in archive.projects()] == [("TABB", "ett"), ("TABB 2.0", "två")]


def test_a_project_that_leaves_its_page_is_marked_and_one_that_returns_is_not(archive: Archive) -> None:
    read(archive, READ, Project(name="Nära vård"))
    read(archive, Project(name="Nära vård"), days=1)
    read(archive, Project(name="Nära vård"), days=2)
    assert [(p.name, p.gone_at) for p in archive.projects()] == [("Cross", NOW + DAY), ("Nära vård", None)]
    read(archive, READ, Project(name="Nära vård"), days=3)
    assert [p.gone_at for p in archive.projects()] == [None, None]


def test_another_source_s_page_marks_nothing(archive: Archive) -> None:
    read(archive, READ)
    archive.save(turn(source=RIVAL, projects=(Project(name="Annat"),)), RIVAL, at=NOW)
    assert [p.gone_at for p in archive.projects()] == [None, None]


def test_the_earlier_wording_of_a_project_is_kept(archive: Archive, path: Path) -> None:
    read(archive, READ)
    read(archive, READ, days=1)
    read(archive, replace(READ, status=ProjectStatus.ONGOING, description="Nu igen."), days=2)
    connection = sqlite3.connect(path)
    versions = connection.execute("SELECT at, status, description FROM project_versions").fetchall()
    connection.close()
    assert versions == [("2026-11-22T12:00:00Z", "finished", READ.description)]
    assert archive.projects()[0].description == "Nu igen."


def test_a_project_taken_out_of_the_configuration_stays(archive: Archive) -> None:
    archive.register(Config(projects=(CROSS,)), NOW)
    archive.register(Config(), NOW + DAY)
    assert archive.projects() == (CROSS,)


def test_a_changed_register_reaches_the_archive_and_keeps_what_the_page_said(archive: Archive) -> None:
    archive.register(Config(projects=(CROSS,)), NOW)
    read(archive, READ)
    archive.register(Config(projects=(replace(CROSS, near=("Vinnova",), aliases=("CROSS-samverkan",)),)), NOW + DAY)
    (cross,) = archive.projects()
    assert (cross.near, cross.description) == (("Vinnova",), READ.description)
    assert "CROSS-samverkan" in cross.aliases
