"""``correct``: staff's word from the shell, in what search and export show right after."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Shell

URL = "https://tidningen.example/vard"
ROW = {
    "source": "tidningen",
    "url": URL,
    "title": "Ny vårdcentral i Karlskoga",
    "text": "Kommunen bygger en vårdcentral för 8 000 patienter i Karlskoga.",
}


@pytest.fixture
def filled(shell: Shell) -> Shell:
    """A shell whose archive holds one article, tagged hälsa and Karlskoga."""
    (shell.folder / "in.jsonl").write_text(json.dumps(ROW) + "\n", "utf-8")
    assert shell("import", "in.jsonl")[0] == 0
    return shell


def tags(shell: Shell) -> set[str]:
    _, out, _ = shell("export")
    return {tag["name"] for tag in json.loads(out)["tags"]}


def listed(shell: Shell, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(shell("correct", *more, "--list", "--json")[1])
    return found


def test_tags_are_added_and_removed_and_the_tags_then_shown(filled: Shell) -> None:
    code, out, err = filled("correct", URL, "--add", "projekt:innomera", "--remove", "kommun:Karlskoga", "--by", "Siv")
    assert (code, out, err) == (0, "tags now: projekt:InnoMera, theme:hälsa\n", "")
    assert tags(filled) == {"hälsa", "InnoMera"}
    assert "1 found" in filled("search", "projekt:InnoMera")[1]


def test_what_was_corrected_is_listed_with_who_and_when(filled: Shell) -> None:
    filled("correct", "1", "--add", "innomera", "--by", "Siv")
    filled("correct", URL, "--withdraw", "innomera", "--by", "Bo")
    assert [(one["verdict"], one["kind"], one["name"], one["by"]) for one in listed(filled)] == [
        ("add", "projekt", "InnoMera", "Siv"),
        ("withdraw", "projekt", "InnoMera", "Bo"),
    ]
    assert listed(filled, URL) == listed(filled)
    assert "2026-11-22" in filled("correct", "--list")[1]
    assert tags(filled) == {"hälsa", "Karlskoga"}


def test_the_export_holds_the_corrected_articles_with_their_tags(filled: Shell) -> None:
    assert filled("correct", "--export")[1] == ""
    filled("correct", "1", "--remove", "hälsa", "--by", "Siv")
    row = json.loads(filled("correct", "--export")[1])
    assert row["title"] == ROW["title"]
    assert row["tags"] == {"theme": [], "kommun": ["Karlskoga"], "projekt": [], "källa": []}


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((), "name an article"),
        (("1", "--add", "hälsa"), "--by"),
        (("--add", "hälsa", "--by", "S"), "which article"),
        (("1", "--add", "helsa", "--by", "S"), 'did you mean "hälsa"'),
        (("1", "--add", "kommun:hälsa", "--by", "S"), 'no tag "hälsa"'),
        (("1", "--add", "hälsa", "--remove", "theme:hälsa", "--by", "S"), "two ways"),
        (("99", "--add", "hälsa", "--by", "S"), "no article 99"),
        (("99", "--list"), "no article 99"),
        (("1", "--list", "--add", "hälsa"), "only read"),
    ],
)
def test_a_mistake_is_told_and_nothing_written(filled: Shell, arguments: tuple[str, ...], why: str) -> None:
    code, out, err = filled("correct", *arguments)
    assert (code, out) == (2, "")
    assert why in err
    assert listed(filled) == []
