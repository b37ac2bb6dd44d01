"""Origin: the closing line, else the publisher that is itself the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aggregator.model import Role, Source, TagKind
from tests.tag.conftest import article

if TYPE_CHECKING:
    from collections.abc import Callable

    from aggregator.model import Tag
    from tests.tag.conftest import Names


@pytest.mark.parametrize(
    "line",
    [
        "Källa: Region Örebro län",
        "Källa Region Örebro län",
        "källa: Region Örebro län",
        "Källa: Region Örebro läns pressmeddelande",
        "KÄLLA: Region Örebro län",
        "Källa : Region Örebro län.",
        "Källa: Region Örebro län | Örebronyheter",
    ],
)
def test_a_closing_line_names_the_origin(names: Names, line: str) -> None:
    assert names(TagKind.ORIGIN, f"Vården växer i länet.\n\n{line}") == {"Region Örebro län"}
    below = f"Vården växer.\nHälsa | Lokalt\nÖrebronyheter\n{line}\nYou must be logged in to post a comment Login"
    assert names(TagKind.ORIGIN, below) == {"Region Örebro län"}


@pytest.mark.parametrize(
    "text",
    [
        "Källa till glädje finns i vardagen.",
        "Källa Sverige är en bok om vatten som är mycket lång och som många har läst och tyckt om genom alla år.",
        "Vattnet rinner ur en källa i skogen.",
        "En källa: den som vet berättar.",
        "Enligt en källa på regionen blir det så.",
    ],
)
def test_a_spring_is_no_origin(names: Names, text: str) -> None:
    assert names(TagKind.ORIGIN, f"Rubriken.\n\n{text}\n\nSlut på texten.") == set()


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("Region Örebro län", "Region Örebro län"),
        ("Källa: Länsstyrelsen Örebro", "Länsstyrelsen i Örebro län"),
        ("Polisen i Örebro län", "Polisen"),
        ("Hembygdsföreningen Granen", "Hembygdsföreningen Granen"),
        ("Polisens", "Polisen"),
    ],
)
def test_spellings_of_a_known_organisation_are_one(
    tagged: Callable[..., tuple[Tag, ...]], stated: str, name: str
) -> None:
    assert [one.name for one in tagged(article("Text.", origin=stated)) if one.kind is TagKind.ORIGIN] == [name]


@pytest.mark.parametrize("role", [Role.AUTHORITY, Role.UNIVERSITY, Role.PRESSROOM, Role.POLICE])
def test_a_publisher_that_sends_its_own_news_is_the_origin(names: Names, role: Role) -> None:
    source = Source(id="s", name="Örebro universitet", url="https://s.example/", role=role)
    assert names(TagKind.ORIGIN, "Nytt program.", source=source) == {"Örebro universitet"}


def test_a_newspaper_is_no_origin_but_what_is_said_of_it_holds(names: Names) -> None:
    paper = Source(id="p", name="Bladet", url="https://p.example/")
    assert names(TagKind.ORIGIN, "Nytt program.", source=paper) == set()
    room = Source(id="r", name="Via TT", url="https://r.example/", origin="Region Örebro län")
    assert names(TagKind.ORIGIN, "Nytt program.", source=room) == {"Region Örebro län"}


def test_the_closing_line_wins_over_the_publisher(names: Names) -> None:
    source = Source(id="s", name="Kumla kommun", url="https://s.example/", role=Role.AUTHORITY)
    assert names(TagKind.ORIGIN, "Nytt.\n\nKälla: Polisen", source=source) == {"Polisen"}
