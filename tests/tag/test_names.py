"""Projects: named ones, ordinary phrases, successors, and those read from a page today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aggregator.model import Project, Standing, TagKind
from aggregator.tag import compile_rules, is_ordinary, tag
from tests.tag.conftest import article

if TYPE_CHECKING:
    from tests.tag.conftest import Names


@pytest.mark.parametrize(
    ("text", "project"),
    [
        ("Projektet Cross har pågått i två år.", "CROSS"),
        ("Genom Cross har samverkan mellan kommun och civilsamhälle vuxit.", "CROSS"),
        ("CROSS avslutas nu. Region Örebro län samlar lärdomarna.", "CROSS"),
        ("Vinnova betalar. Cross har sex delprojekt.", "CROSS"),
        ("CROSS-samverkan i kommunen fortsätter.", "CROSS"),
        ("Inom cross-projektet möts föreningar.", "CROSS"),
        ("Crossprojektet är slut.", "CROSS"),
        ("Så gick det för Cross-projektet.", "CROSS"),
        ("Projekten Cross och TABB är klara.", "CROSS; TABB"),
        ("TABB:s styrgrupp har möte.", "TABB"),
        ("InnoMera-projektet förlängs.", "InnoMera"),
        ("Nära vård-omställningen är på väg.", "Nära vård"),
        ("Cherries har prövat en modell.", "CHERRIES"),
        ("CHERRIES slutkonferens hålls i maj.", "CHERRIES"),
        ("Testbädden InnoMera växer.", "InnoMera"),
        ("InnoMeras första år är till ända.", "InnoMera"),
        ("Försöket görs genom innomera.", "InnoMera"),
        ("TABB permanentas i kommunen.", "TABB"),
        ("Nu fortsätter TABB 2.0 med nya pengar.", "TABB 2.0"),
        ("Resultatet av Liv & hälsa ung är här.", "Liv & hälsa ung"),
        ("Liv och hälsa ung visar att unga sover sämre.", "Liv & hälsa ung"),
        ("Enkäten Liv & hälsa går ut till tusentals invånare.", "Liv & hälsa"),
        ("Omställningen till nära vård tar tid.", "Nära vård"),
        ("Region Örebro län fortsätter arbetet med nära vård.", "Nära vård"),
        ("Projektet Trygga kompetensen har lagt fram sin plan.", "Trygga kompetensen"),
        ("Rena resan, ett projekt för resor utan utsläpp, är slut.", "Fossilfritt 2030"),
        ("Fossilfritt 2030 får nya pengar.", "Fossilfritt 2030"),
        ("Kraftsamling barn och unga drar i gång.", "Kraftsamling barn och unga"),
        ("Projektet Grönt näringsliv ger rådgivning.", "Grönt näringsliv"),
    ],
)
def test_a_named_project_is_found_and_no_other(names: Names, text: str, project: str) -> None:
    assert names(TagKind.PROJEKT, text) == set(project.split("; "))


@pytest.mark.parametrize(
    "text",
    [
        "Föraren vann klassen i motocross.",
        "Cross avgjordes i leran. Motocrossklubben stod för arrangemanget i samverkan med kommunen.",
        "Cross är gymmets populäraste pass. Träningen hålls i samverkan med friskvården.",
        "Crossfit lockar allt fler till gymmet.",
        "En cross från kanten blev mål i tredje perioden.",
        "CROSS-passet leds av en instruktör på gymmet.",
        "Red Cross samlade in pengar.",
        "Invånarna vill ha nära vård.",
        "Det är viktigt med en nära vård, säger läkaren.",
        "Hon är verksamhetschef i område nära vård i Region Örebro län.",
        "Företagen utbildar själva för att trygga kompetensen.",
        "Region Örebro län vill trygga kompetensen i vården.",
        "Branden innebar fara för liv och hälsa.",
        "Ett grönt näringsliv är målet.",
        "Tabben i matchen blev dyr.",
        "Barn och unga tar en kraftsamling på isen.",
    ],
)
def test_an_ordinary_phrase_is_no_project(names: Names, text: str) -> None:
    assert names(TagKind.PROJEKT, text) == set()


def test_the_shorter_name_counts_where_it_stands_by_itself(names: Names) -> None:
    assert names(TagKind.PROJEKT, "TABB är slut. Nu kommer TABB 2.0.") == {"TABB", "TABB 2.0"}


def test_context_two_sentences_away_is_not_near(names: Names) -> None:
    text = "Cross är ett ord. Solen skiner i dag. Vinden blåser svagt. Samverkan pågår."
    assert names(TagKind.PROJEKT, text) == set()


def found(project: Project, text: str) -> bool:
    """Whether a project just read from a page is found in a text."""
    return bool(tag(article(text), compile_rules([], [project])))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("FRAMÅT", "Nu startar FRAMÅT i tre kommuner."),
        ("SamKraft", "Pengarna går till SamKrafts arbete."),
        ("Digital brygga 2027", "Digital brygga 2027 är i gång."),
        ("Förstudie kring barnfattigdom", "Projektet Förstudie kring barnfattigdom startar."),
        ("Hela vägen", "Projektet Hela vägen får pengar."),
        ("Hela vägen", "Nu får satsningen Hela vägen pengar."),
        ("Hela vägen", "Pengarna går till Hela vägen, som hjälper unga."),
        ("Tillsammans", "Projektet Tillsammans går mot sitt slut."),
    ],
)
def test_a_project_announced_today_is_a_tag_today(name: str, text: str) -> None:
    assert found(Project(name=name), text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("FRAMÅT", "De gick framåt."),
        ("Hela vägen", "Hela vägen hem regnade det."),
        ("Hela vägen", "Han sprang hela vägen."),
        ("Tillsammans", "Tillsammans med Region Örebro län bygger de."),
        ("Hela vägen", "Hela den långa vägen var våt."),
    ],
)
def test_a_name_of_ordinary_words_asks_for_its_context(name: str, text: str) -> None:
    assert not found(Project(name=name), text)


def test_names_are_ordinary_by_their_looks() -> None:
    assert [is_ordinary(name) for name in ("Trygga kompetensen", "Nära vård", "Tillsammans")] == [True, True, True]
    assert [is_ordinary(name) for name in ("InnoMera", "CROSS", "Fossilfritt 2030", "Innomera")] == [False] * 4


def test_an_exception_of_a_project_hides_its_name() -> None:
    project = Project(name="Bro", near=("projekt*",), not_in=("bro över ån",))
    assert not found(project, "Projektledaren bygger en bro över ån.")
    assert found(project, "Projektledaren för Bro är nöjd.")


@pytest.mark.parametrize(
    ("name", "standing", "ordinary"),
    [
        ("Lyftet", Standing(lower=9, capital=1), True),
        ("Möckelnlyftet", Standing(lower=0, capital=8), False),
        ("LYKTA", Standing(lower=20, capital=3), True),
        ("LYKTA", Standing(lower=1, capital=2), False),
        ("Hela vägen", Standing(lower=0, capital=6), False),
        ("InnoMera", Standing(lower=9, capital=1), False),
        ("Fossilfritt 2030", Standing(lower=9, capital=1), False),
    ],
)
def test_the_archives_own_writing_judges_a_name_once_it_has_it_often(
    name: str, standing: Standing, ordinary: bool
) -> None:
    assert is_ordinary(name, standing) is ordinary


def test_a_name_that_the_archive_writes_as_a_word_needs_context() -> None:
    project = Project(name="LYKTA", description="Mentorskap för nyanlända akademiker på väg till sitt första arbete.")

    def named(text: str, standing: Standing) -> bool:
        rules = compile_rules([], [project], {"LYKTA": standing})
        return bool(tag(article(text), rules))

    word, nothing = Standing(lower=40, capital=2), Standing()
    assert named("Nu startar LYKTA i tre kommuner.", nothing)
    assert not named("Vid grinden hänger en LYKTA och lyser.", word)
    assert named("Nu startar projektet LYKTA i tre kommuner.", word)
    assert named("Genom LYKTA får tolv en mentor. Nyanlända akademiker möter arbetsgivare.", word)


def test_words_that_every_description_has_are_no_context() -> None:
    project = Project(name="Hopp", description="Regionens projekt i länets kommuner ska utveckla samverkan.")
    assert not found(project, "Med hopp om framtiden fortsätter regionens samverkan med kommunerna.")


def test_the_register_of_names_moves_the_fingerprint_with_what_is_judged_of_them() -> None:
    project = Project(name="LYKTA")
    fresh = compile_rules([], [project]).fingerprint
    assert compile_rules([], [project], {"LYKTA": Standing(lower=1)}).fingerprint == fresh
    assert compile_rules([], [project], {"LYKTA": Standing(lower=40)}).fingerprint != fresh
