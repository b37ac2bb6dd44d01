"""The docs name every command, option, key, default, exit code, reason, format and room, and nothing else."""

from __future__ import annotations

import re
import shlex
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
import typer.main

from aggregator import config, errors
from aggregator.cli.program import app
from aggregator.cli.reasons import REASONS
from aggregator.model import Bounds, Hints, Project, Reason, Settings, Source, Staff, TagKind, TagRule, Web
from aggregator.render import FORMATS
from tests.conftest import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(
    [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "CHANGELOG.md",
        *DOCS.glob("*.md"),
        *DOCS.glob("decisions/*.md"),
    ]
)
COMMON = {"--config", "--archive", "--feeds", "--now", "--json", "--log-level", "--log-json", "--help"}


def commands() -> dict[str, Any]:
    group: Any = typer.main.get_command(app)
    return dict(group.commands)


def options(command: Any) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts if name.startswith("--")}


def sections(page: Path, level: int) -> dict[str, str]:
    """Heading → text, of one page's headings of one level."""
    parts = re.split(rf"^{'#' * level} (.+)$", page.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(text: str) -> list[list[str]]:
    """The cells of a text's tables, without heads."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    table = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return [cells for i, cells in enumerate(table) if not _is_head(table, i)]


def _is_head(table: list[list[str]], i: int) -> bool:
    def ruled(j: int) -> bool:
        return j < len(table) and all(set(cell) <= set("-: ") for cell in table[j]) and any(table[j])

    return ruled(i) or ruled(i + 1)


def test_every_command_has_its_section_and_every_section_its_command() -> None:
    told = {heading.strip("`") for heading in sections(DOCS / "commands.md", 2) if heading.startswith("`")}
    assert told == set(commands())


def test_every_option_is_told_in_its_commands_section_and_no_other() -> None:
    told = sections(DOCS / "commands.md", 2)
    assert {row[0].strip("`").split()[0] for row in rows(told["Options of every command"])} == COMMON
    for name, command in commands().items():
        text = told[f"`{name}`"]
        assert set(re.findall(r"--[a-z][a-z-]*", text)) - COMMON == options(command) - COMMON, name


def keys_told() -> dict[str, list[list[str]]]:
    page = DOCS / "configuration.md"
    told = {heading.strip("`[]"): text.split("\n### ")[0] for heading, text in sections(page, 2).items()}
    told |= {heading.strip("`[]"): text.split("\n## ")[0] for heading, text in sections(page, 3).items()}
    return {table: rows(text) for table, text in told.items()}


def test_every_key_is_told_in_its_table_and_no_other() -> None:
    told = {table: [row[0].strip("`") for row in cells] for table, cells in keys_told().items()}
    bounds = told.pop("Bounds")
    for table in config.TABLES:
        own = [key for key in config.keys(table) if key not in bounds]
        assert sorted(told.pop(table)) == sorted(own), table
        if table in ("aggregator", "source"):
            assert set(bounds) <= set(config.keys(table))
    assert told == {}


def default_in_toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case StrEnum() | str():
            return f'"{value}"'
        case frozenset() | tuple():
            return "[]"
        case None:
            return ""
        case int() | float():
            return f"{value:g}" if isinstance(value, float) else str(value)
        case _:
            return "{}"


ELSEWHERE = {"hints", "phrases", "likely", "weak", "threshold", "language"}
"""Keys whose default is not a value but told in words, or which the noun does not have."""


@pytest.mark.parametrize(
    ("table", "noun"),
    [
        ("aggregator", Settings()),
        ("Bounds", Bounds()),
        ("source", Source(id="x", name="x", url="https://x.example/")),
        ("source.hints", Hints()),
        ("web", Web()),
        ("web.staff", Staff(name="x")),
        ("tag", TagRule(kind=TagKind.THEME, name="x")),
        ("project", Project(name="x")),
    ],
)
def test_defaults_are_told_as_they_are(table: str, noun: Any) -> None:
    units = {"seconds": 1, "hours": 3600, "days": 86_400}
    for key, default, _ in keys_told()[table]:
        name, told = key.strip("`"), default.strip("`")
        stem, _, unit = name.rpartition("_")
        if unit in units and name != "quiet_hours":
            assert told == f"{getattr(noun, stem).total_seconds() / units[unit]:g}", name
        elif name in ("id", "name", "url"):
            assert told == "", name
        elif name not in ELSEWHERE:
            assert told == default_in_toml(getattr(noun, name)), name


def test_every_exit_code_is_told() -> None:
    told = {int(row[0]) for row in rows(sections(DOCS / "operating.md", 2)["Exit codes"])}
    raised = {error.exit_code for error in vars(errors).values() if isinstance(error, type)}
    assert told == {0, 130} | raised


def test_every_reason_is_told_in_the_words_of_the_report() -> None:
    told = {row[0].strip("`"): (row[1], row[2]) for row in rows(sections(DOCS / "operating.md", 2)["Reasons"])}
    assert told == {reason.value: words for reason, words in REASONS.items()}
    assert set(REASONS) == set(Reason)


def test_every_feed_format_is_told() -> None:
    told = {
        tuple(cell.strip("`") for cell in row)
        for row in rows(sections(DOCS / "operating.md", 2)["What is in `feeds/`"])
    }
    assert told == {(form.name, f"<id>.{form.suffix}", form.media_type) for form in FORMATS}


def test_every_room_is_told() -> None:
    told = {row[1].strip("`") for row in rows(sections(DOCS / "architecture.md", 2)["The rooms"])}
    rooms = {
        path.stem for path in (ROOT / "aggregator").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert told == rooms - {"__init__", "__main__"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_within_the_docs_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", there.read_text("utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}, (
                target
            )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_shown_in_the_docs_exist(page: Path) -> None:
    blocks = re.findall(r"^```\w*\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    lines = [
        line for block in blocks for line in block.splitlines() if re.match(r"(\.venv/bin/)?aggregator [a-z]", line)
    ]
    for line in lines:
        words = shlex.split(line.split("#")[0].split(">")[0])
        known = commands()
        assert words[1] in known, line
        used = {word for word in words[2:] if word.startswith("--")}
        assert used <= options(known[words[1]]), line


def test_the_shipped_files_that_run_it_call_commands_that_exist() -> None:
    known = commands()
    for path in sorted((ROOT / "deploy").rglob("*")):
        if path.is_file():
            for name in re.findall(
                r"aggregator (crawl|watch|publish|[a-z]+)(?=$| >>)", path.read_text("utf-8"), re.MULTILINE
            ):
                assert name in known, path
