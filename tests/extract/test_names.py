"""A byline holds persons' names, and besides them what is none."""

from __future__ import annotations

import pytest

from aggregator.extract import names


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("Av Ada Exempel", ("Ada Exempel",)),
        ("Text och foto: Ada Exempel", ("Ada Exempel",)),
        ("Text: Ada Exempel Foto: Bo Påhittad", ("Ada Exempel",)),
        ("Text: Ada Exempel | Foto: Bo Påhittad", ("Ada Exempel",)),
        ("Text: Ada Exempel Foto: Bo Påhittad och Cleo Påhittad", ("Ada Exempel",)),
        ("Foto: Bo Påhittad och Cleo Påhittad, text: Ada Exempel", ("Ada Exempel",)),
        ("Foto: Bo Påhittad och Cleo Påhittad", ()),
        ("Photo illustration by Bo Påhittad", ()),
        ("Artikel av Ada Exempel", ("Ada Exempel",)),
        ("Eine Kolumne von Ada Exempel", ("Ada Exempel",)),
        ("byAda Exempel", ("Ada Exempel",)),
        ("Byron Exempel", ("Byron Exempel",)),
        ("作者：艾達", ("艾達",)),
    ],
)
def test_what_introduces_a_name_is_no_part_of_it(byline: str, expected: tuple[str, ...]) -> None:
    assert names.clean([byline], "") == expected


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("Publicerad 12 mars 2024 av Ada Exempel", ("Ada Exempel",)),
        ("Ada Exempel 2024-03-12 kl. 08.15", ("Ada Exempel",)),
        ("Ada Exempel, 21. Jan. 2015", ("Ada Exempel",)),
        ("By Ada Exempel - Apr 16, 2015 8:02 pm UTC", ("Ada Exempel",)),
        ("Ada Exempel Tuesday", ("Ada Exempel",)),
        ("By Ada Exempel @ada on June 3, 2013", ("Ada Exempel",)),
        ("Ada Exempel ada.exempel@blad.example.org", ("Ada Exempel",)),
        ("September 4", ()),
        ("Posted november 2, 2024", ()),
        ("By on 12 december, 2017", ()),
        ("Av på 17 juni, 2021", ()),
        ("Senast ändrad 12 mars 2024 kl. 08.15", ()),
        ("Måndag 12 mars", ()),
    ],
)
def test_days_and_addresses_are_no_part_of_a_name(byline: str, expected: tuple[str, ...]) -> None:
    assert names.clean([byline], "") == expected


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("Ada Exempel, reporter", ("Ada Exempel",)),
        ("Ada Exempel Chefredaktör", ("Ada Exempel",)),
        ("Ada Exempel and Bo Påhittad - AP Technology Writers", ("Ada Exempel", "Bo Påhittad")),
        ("ADA EXEMPEL, Executive Editor", ("ADA EXEMPEL",)),
        ("Ada Exempel, MA", ("Ada Exempel",)),
        ("Ada Exempel And Bo Påhittad For The Daily Example", ("Ada Exempel", "Bo Påhittad")),
        ("Authors", ()),
        ("Redaktionen", ()),
        ("Ledarredaktionen", ()),
        ("Ada Exempel/TT", ("Ada Exempel",)),
        ("Alla inlägg", ()),
    ],
)
def test_roles_and_degrees_and_labels_are_no_names(byline: str, expected: tuple[str, ...]) -> None:
    assert names.clean([byline], "") == expected


@pytest.mark.parametrize("company", ["Exempel Förlag AB", "Exempel GmbH & Co. KG", "Wydawnictwo Exempel Sp. z o.o."])
def test_a_company_is_no_person(company: str) -> None:
    assert names.clean([company], "") == ()


def test_a_last_name_set_first_is_turned_and_dashes_at_the_ends_go() -> None:
    assert names.clean(["Exempel, Ada"], "") == ("Ada Exempel",)
    assert names.clean(["Ada Exempel —"], "") == ("Ada Exempel",)
    assert names.clean(["Ada Exempel, Bo Påhittad"], "") == ("Ada Exempel", "Bo Påhittad")


def test_the_outlet_does_not_sign_as_a_person() -> None:
    assert names.clean(["Läns Bladet"], "Länsbladet") == ()
