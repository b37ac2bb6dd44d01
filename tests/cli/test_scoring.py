"""``tag --evaluate``: any plausible form of a labelled set, scores that can be checked by hand, every error listed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Shell

TITLE = "Ny vårdcentral i Karlskoga"
TEXT = "Kommunen bygger en vårdcentral för 8 000 patienter i Karlskoga."


def scored(shell: Shell, *rows: dict[str, Any]) -> dict[str, Any]:
    (shell.folder / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    code, out, err = shell("tag", "--evaluate", "gold.jsonl", "--json")
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def row(**labels: Any) -> dict[str, Any]:
    return {"id": "a", "title": TITLE, "text": TEXT, **labels}


@pytest.mark.parametrize(
    "labels",
    [
        {"tags": {"theme": ["hälsa"], "kommun": ["Karlskoga"]}},
        {"tags": {"themes": "hälsa", "municipality": "Karlskoga"}},
        {"tags": [{"kind": "theme", "name": "hälsa"}, {"kind": "kommun", "name": "Karlskoga"}]},
        {"labels": ["theme:hälsa", "kommun:Karlskoga"]},
        {"gold": ["halsa", "karlskoga"]},
        {"expected": {"tema": ["Hälsa"], "kommuner": ["KARLSKOGA"]}},
        {"teman": ["hälsa"], "kommun": "Karlskoga"},
    ],
)
def test_labels_are_understood_in_every_usual_form(shell: Shell, labels: dict[str, Any]) -> None:
    found = scored(shell, row(**labels))
    assert found["errors"] == []
    assert {kind: of["f1"] for kind, of in found["kinds"].items()} == {"theme": 1.0, "kommun": 1.0}


def test_scores_are_counted_per_tag_and_per_kind_and_errors_listed_with_their_evidence(shell: Shell) -> None:
    found = scored(
        shell,
        row(tags={"theme": ["hälsa"], "kommun": ["Nora"]}),
        {
            "id": "b",
            "title": "Match i regn",
            "text": "Det blev 2–1.",
            "tags": {"theme": ["sport", "hälsa"], "kommun": []},
        },
    )
    assert found["texts"] == 2
    assert {kind: (of["right"], of["wrong"], of["missing"]) for kind, of in found["kinds"].items()} == {
        "theme": (1, 0, 2),
        "kommun": (0, 1, 1),
    }
    care = next(one for one in found["tags"] if one["name"] == "hälsa")
    assert (care["precision"], care["recall"], round(care["f1"], 3)) == (1.0, 0.5, 0.667)
    assert round(found["kinds"]["theme"]["macro_f1"], 3) == 0.333
    wrong = next(one for one in found["errors"] if one["error"] == "wrong")
    assert (wrong["id"], wrong["name"], wrong["wanted"], wrong["got"]) == (
        "a",
        "Karlskoga",
        ["kommun:Nora"],
        ["kommun:Karlskoga"],
    )
    assert wrong["evidence"][0]["words"] == "Karlskoga"
    assert {(one["id"], one["name"]) for one in found["errors"] if one["error"] == "missing"} == {
        ("a", "Nora"),
        ("b", "sport"),
        ("b", "hälsa"),
    }


def test_a_kind_that_no_line_speaks_of_is_not_scored(shell: Shell) -> None:
    found = scored(shell, row(tags={"theme": ["hälsa"]}), row(tags=["theme:hälsa"]))
    assert list(found["kinds"]) == ["theme"]
    assert found["errors"] == []


def test_it_reads_aloud_what_is_wrong_in_tables(shell: Shell) -> None:
    (shell.folder / "gold.jsonl").write_text(json.dumps(row(tags={"kommun": ["Nora"]})), "utf-8")
    out = shell("tag", "--evaluate", "gold.jsonl")[1]
    assert "1 texts, 2 errors" in out
    assert "missing  kommun:Nora  a  Ny vårdcentral i Karlskoga\n" in out
    assert "wrong    kommun:Karlskoga  a  Ny vårdcentral i Karlskoga  by Karlskoga (title)" in out


def test_staffs_corrections_are_a_labelled_set(shell: Shell) -> None:
    article = {"source": "tidningen", "url": "https://tidningen.example/vard", "title": TITLE, "text": TEXT}
    (shell.folder / "in.jsonl").write_text(json.dumps(article), "utf-8")
    shell("import", "in.jsonl")
    shell("correct", "1", "--remove", "hälsa", "--by", "Siv")
    (shell.folder / "gold.jsonl").write_text(shell("correct", "--export")[1], "utf-8")
    found = json.loads(shell("tag", "--evaluate", "gold.jsonl", "--json")[1])
    assert [(one["name"], one["error"]) for one in found["errors"]] == [("hälsa", "wrong")]
    assert found["kinds"]["kommun"]["f1"] == 1.0


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"title": "a", "text": "b"}', "labelled text 1: says no tags"),
        ('{"title": "a", "tags": {"ämne": ["x"]}}', 'labelled text 1: "ämne" is no kind of tag'),
        ('{"title": "a", "tags": ["hejhå"]}', 'labelled text 1: "hejhå" is of no known kind'),
        ('{"title": "a", "tags": [{"kind": "theme"}]}', "labelled text 1: None is no tag's name"),
        ('{"title": "a", "tags": {"theme": 7}}', "labelled text 1: 7 is no list of tags"),
        ('{"tags": {"theme": []}}', "labelled text 1: has neither title nor text"),
        ('{"title": ["a"], "tags": {"theme": []}}', "labelled text 1: title is no text"),
        ('{"title": "a", "source": {"role": "x"}, "tags": []}', 'labelled text 1: "x" is no role'),
        ("nej", "line 1: is not JSON"),
        ("", "holds no labelled text"),
    ],
)
def test_what_cannot_be_understood_is_told_with_its_place(shell: Shell, line: str, why: str) -> None:
    (shell.folder / "gold.jsonl").write_text(line, "utf-8")
    code, out, err = shell("tag", "--evaluate", "gold.jsonl")
    assert (code, out) == (2, "")
    assert why in err


def test_two_files_are_one_too_many(shell: Shell) -> None:
    code, _, err = shell("tag", "in.jsonl", "--evaluate", "gold.jsonl")
    assert code == 2
    assert "leave out the other" in err
