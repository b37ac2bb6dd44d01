"""``group`` tells which lines tell the same, whatever their order, and names the line that cannot be read."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Shell

RELEASE = (
    "Kommunen bygger en gång- och cykelbro över järnvägen i Kumla. Bron blir 84 meter lång och kostar 31,5 miljoner."
    " Under bygget leds trafiken via tunneln vid torget. Räckena görs av återvunnet stål från ett bruk i Hällefors."
)
OTHER = (
    "Biblioteket i Nora köper in ljudböcker på somaliska för 45 000 kronor efter en insamling. Böckerna finns att låna"
    " i telefonen från och med den 3 mars, och en kurs för nybörjare hålls varje onsdag klockan 14."
)
ROWS: list[dict[str, Any]] = [
    {"id": "a", "url": "https://bladet.example/1", "title": "Ny bro", "text": RELEASE, "source": "bladet",
     "published_at": "2026-03-02"},
    {"id": 7, "url": "https://kuriren.example/2", "title": "Bro byggs i Kumla", "text": RELEASE[:170],
     "source": "kuriren", "published_at": "2026-03-02T14:00:00"},
    {"id": "7", "title": "Bron", "text": RELEASE, "source": 12, "published_at": "2026-03-03T08:00:00+01:00"},
    {"id": 8.5, "title": None, "text": OTHER, "source": None, "published_at": None},
    {"id": "tom", "title": "", "text": "", "source": "bladet", "published_at": "2026-03-03"},
]  # fmt: skip


def run(shell: Shell, rows: list[dict[str, Any]]) -> str:
    (shell.folder / "in.jsonl").write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", "utf-8")
    code, out, err = shell("group", "in.jsonl")
    assert (code, err) == (0, "")
    return out


def test_a_line_a_story_with_its_members_and_what_it_is(shell: Shell) -> None:
    told = [json.loads(line) for line in run(shell, ROWS).splitlines()]
    assert [set(line) for line in told] == [{"story", "members", "relation"}] * 3
    assert [line["story"] for line in told] == [1, 2, 3]
    assert told[0] == {"story": 1, "members": ["a", 7, "7"], "relation": "rewrite"}
    assert [line["members"] for line in told[1:]] == [["tom"], [8.5]]
    assert {line["relation"] for line in told[1:]} == {"single"}


def test_the_order_of_lines_does_not_show(shell: Shell) -> None:
    before = run(shell, ROWS)
    shuffled = ROWS[:]
    for seed in range(4):
        random.Random(seed).shuffle(shuffled)  # noqa: S311 - an order, not a secret
        assert run(shell, shuffled) == before


def test_a_configured_origin_leads_and_what_follows_is_a_pickup(shell: Shell) -> None:
    shell.configure('[[source]]\nid = "kuriren"\nname = "K"\nurl = "https://k.example/"\nrole = "pressroom"\n')
    [line, *_] = (json.loads(line) for line in run(shell, [ROWS[0], ROWS[1] | {"text": RELEASE}]).splitlines())
    assert line == {"story": 1, "members": [7, "a"], "relation": "pickup"}


def test_the_same_id_on_two_lines_is_told_once_in_a_story(shell: Shell) -> None:
    [line] = run(shell, [ROWS[0], ROWS[0]]).splitlines()
    assert json.loads(line)["members"] == ["a"]


def test_nothing_in_gives_nothing_out(shell: Shell) -> None:
    assert not run(shell, [])


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 2: is not JSON"),
        ("[]", "line 2: is not a JSON object"),
        ('{"title": "x"}', "line 2: id must be a text or a number"),
        ('{"id": 1, "text": 5}', "line 2: text is no text: 5"),
        ('{"id": 1, "source": {}}', "line 2: source must be"),
        ('{"id": 1, "published_at": "i förrgår kanske"}', "line 2: published_at is no date"),
    ],
)
def test_a_bad_line_is_named(shell: Shell, line: str, says: str) -> None:
    (shell.folder / "in.jsonl").write_text(json.dumps(ROWS[0]) + "\n" + line + "\n", "utf-8")
    code, out, err = shell("group", "in.jsonl")
    assert (code, out) == (2, "")
    assert f"in.jsonl, {says}" in err
