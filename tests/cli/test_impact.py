"""``pickups``: the list, the filters, the files, and one release side by side."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import openpyxl
import pytest

from aggregator.archive import Archive
from aggregator.model import Tag, TagKind
from tests.archive.regional import HALF, NOW, PAPER, PRESS, RELEASE, TITLE, joined, save, told

if TYPE_CHECKING:
    from tests.cli.conftest import Shell

OTHER = "Länets bibliotek får längre öppettider från nyår, och låntagare kan hämta böcker även på kvällar och helger."


@pytest.fixture
def told_shell(shell: Shell) -> Shell:
    """A shell in a folder with an archive of two releases, of which one was taken up."""
    theme = Tag(kind=TagKind.THEME, name="hälsa", score=1.0)
    with Archive.open(shell.folder / "archive.db", tag_authority="example.org") as archive:
        save(archive, PRESS, told(PRESS, "sensorer", TITLE, RELEASE, tags=(theme,)))
        save(archive, PRESS, told(PRESS, "bibliotek", "Bibliotek öppna längre", OTHER, -480))
        save(archive, PAPER, told(PAPER, "a", "Ny teknik larmar när äldre faller", HALF, 3))
        kept = {one.article.url: one.id for one in archive.export()}
        joined(archive.path, kept["https://press.example/sensorer"], kept["https://bladet.example/a"])
        archive.follow_pickups(NOW)
    return shell


def test_the_list_tells_each_release_with_who_took_it_up_and_the_sum(told_shell: Shell) -> None:
    code, out, err = told_shell("pickups")
    assert (code, err) == (0, "")
    assert f"2026-11-20  {TITLE}  (Region Exempel)" in out
    assert "Exempelbladet: " in out
    assert " % ordagrant, 3 timmar senare, 1 av 1 citat kvar, ny rubrik" in out
    assert "Ingen har tagit upp det" in out
    assert "2 releases: 1 taken up, 1 by nobody; 1 pickups; median 3 timmar senare" in out


@pytest.mark.parametrize(
    ("arguments", "releases"),
    [
        (("--nobody",), ["Bibliotek öppna längre"]),
        (("--theme", "hälsa"), [TITLE]),
        (("--from", "2026-11-15"), [TITLE]),
        (("--to", "2026-10"), ["Bibliotek öppna längre"]),
        (("--from", "2026", "--to", "2026"), [TITLE, "Bibliotek öppna längre"]),
        (("--outlet", "bladet"), [TITLE]),
        (("--outlet", "Exempelbladet", "--sender", "Region Exempel"), [TITLE]),
        (("--limit", "1"), [TITLE]),
    ],
)
def test_the_list_is_narrowed(told_shell: Shell, arguments: tuple[str, ...], releases: list[str]) -> None:
    code, out, err = told_shell("pickups", "--json", *arguments)
    assert (code, err) == (0, "")
    assert [one["title"] for one in json.loads(out)["releases"]] == releases


def test_a_name_that_no_release_has_is_told_with_those_that_there_are(told_shell: Shell) -> None:
    code, out, err = told_shell("pickups", "--theme", "helsa", "--municipality", "Nora")
    assert code == 0
    assert 'no release has --theme "helsa"; there are: hälsa' in err
    assert 'no release has --municipality "Nora"; there are: none at all' in err
    assert "0 releases" in out


def test_csv_has_english_columns_and_utc_excel_swedish_ones_and_local_time(told_shell: Shell) -> None:
    _, out, _ = told_shell("pickups", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["outlet"] for row in rows] == ["Exempelbladet", ""]
    assert (rows[0]["sent_at"], rows[0]["headline_changed"]) == ("2026-11-20T08:00:00Z", "ja")
    _, out, _ = told_shell("pickups", "--excel")
    [row, _] = csv.DictReader(io.StringIO(out.lstrip("\ufeff")), delimiter=";")
    assert (row["Skickat"], row["Timmar senare"]) == ("2026-11-20 09:00", "3,0")


def test_a_workbook_opens_with_numbers_as_numbers(told_shell: Shell) -> None:
    code, out, err = told_shell("pickups", "--xlsx", "genomslag.xlsx")
    assert (code, out) == (0, "")
    assert "2 releases in genomslag.xlsx" in err
    sheet = openpyxl.load_workbook(told_shell.folder / "genomslag.xlsx").active
    assert sheet is not None
    head, first, second = sheet.values
    cells = dict(zip(head, first, strict=True))
    assert isinstance(cells["Procent ordagrant"], int)
    assert (cells["Utgivare"], second[3]) == ("Exempelbladet", None)


@pytest.mark.parametrize("name", ["1", "https://press.example/sensorer", "https://bladet.example/a"])
def test_one_release_is_shown_side_by_side(told_shell: Shell, name: str) -> None:
    code, out, err = told_shell("pickups", name)
    assert (code, err) == (0, "")
    assert "{+Grannarna är nyfikna. En av dem undrar vad kameror skulle ha kostat i stället.+}" in out
    assert "[-Försöket kostar pengar varje månad" in out
    assert "kept: Vi vill att fler ska kunna bo hemma tryggt" in out
    code, out, _ = told_shell("pickups", name, "--json")
    [pickup] = json.loads(out)["pickups"]
    assert "".join(piece["text"] for piece in pickup["compared"]["release"]) == RELEASE


def test_articles_that_are_imported_are_grouped_and_traced(shell: Shell) -> None:
    shell.configure(
        """
[[source]]
id = "press"
name = "Pressrummet"
url = "https://press.example/"
role = "pressroom"
origin = "Region Exempel"

[[source]]
id = "bladet"
name = "Exempelbladet"
url = "https://bladet.example/"
"""
    )
    rows = [
        {
            "source": "press",
            "url": "https://press.example/a",
            "title": TITLE,
            "text": RELEASE,
            "published_at": "2026-11-20T08:00:00Z",
        },
        {
            "source": "bladet",
            "url": "https://bladet.example/b",
            "title": "Larm",
            "text": HALF,
            "published_at": "2026-11-20T09:30:00Z",
        },
    ]
    (shell.folder / "a.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    assert shell("import", "a.jsonl")[0] == 0
    _, out, _ = shell("pickups", "--json")
    [release] = json.loads(out)["releases"]
    [pickup] = release["pickups"]
    assert (release["sender"], pickup["outlet"], pickup["delay_seconds"]) == ("Region Exempel", "Exempelbladet", 5400)
    assert 0.3 < pickup["share"] < 0.6


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("https://press.example/nej",), "no press release, and no pickup of one"),
        (("--from", "igår"), '--from: "igår" is no day'),
        (("--to", "2026-13"), '--to: "2026-13" is no day'),
    ],
)
def test_what_cannot_be_is_one_line_and_exit_code_2(told_shell: Shell, arguments: tuple[str, ...], says: str) -> None:
    code, out, err = told_shell("pickups", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert says in err
