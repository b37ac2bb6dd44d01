"""projects: a project page gives all its projects, and none that it does not name."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model import Contact, Project, ProjectStatus, Reason, Rejection, Snapshot, Source, SourceKind
from aggregator.projects import read_projects

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
URL = "https://utveckling.region.example/en/valfard/projekt/?E-20583=20583"
SOURCE = Source(id="p", name="P", url=URL, kind=SourceKind.PROJECTS, branches=("sv", "en"), drop_query=("E-*",))
ONGOING, FINISHED, UNKNOWN = ProjectStatus.ONGOING, ProjectStatus.FINISHED, ProjectStatus.UNKNOWN


def read(body: str | bytes) -> tuple[Project, ...] | Rejection:
    raw = body.encode() if isinstance(body, str) else body
    headers = {"content-type": "text/html; charset=utf-8"}
    got = Snapshot(url=URL, final_url=URL, status=200, headers=headers, body=raw, fetched_at=NOW)
    return read_projects(got, SOURCE, NOW)


def projects(body: str) -> dict[str, Project]:
    result = read(body)
    assert not isinstance(result, Rejection), result
    assert len({project.name for project in result}) == len(result)
    return {project.name: project for project in result}


def page(main: str, title: str = "Projekt") -> str:
    return f"""<!doctype html><html><head><title>{title} - Region Exempel</title></head><body>
<header><nav><ul><li><a href="/en/kalender/">Kalender</a></li><li><a href="/en/om/">Om oss</a></li></ul></nav></header>
<main><h1>{title}</h1>{main}<section><h2>Did the content help you?</h2></section></main>
<footer><p>Last updated: Tuesday, May 7, 2024</p><p>Växel 019-000 00 00</p></footer></body></html>"""


LONG = "Under tre år prövar kommuner och vårdcentraler nya sätt att arbeta tillsammans med invånarna i länet."

HEADED = page(f"""
<p>Nedan hittar du våra senaste och pågående projekt.</p>
<h2>Pågående projekt</h2>
<h3>Fönsterbänken</h3><p>{LONG}</p><h4>Bakgrund</h4><p>Det började med en enkät i två kommuner hösten 2021.</p>
<h4>Kontakt</h4><p>Alva Exempelsson<br>Processledare: Folkhälsa<br>Telefon: 019-111 22 33<br>
<a href="mailto:alva@region.example">Skicka e-post till Alva</a></p>
<h3>LyktA (Lyssna kring trygghet)</h3><p>{LONG} Ring 070-111 22 33 eller skriv till lykta@region.example.</p>
<p><a href="/sv/lykta/?utm_source=x">Läs mer om LyktA</a></p>
<h2>Genomförda projekt</h2>
<h3>BRYGGA - Barn och unga i gemensam vård</h3>
<p>BRYGGA står för Barn och ungas gemensamma arbete, vilket säger allt.</p>
<p>{LONG}</p><h4>Vi blir bättre tillsammans</h4><p>En modell för alla som vill prova.</p>
<h3>Gröna vägen</h3><p>{LONG}</p>""")


def test_headings_under_sections_give_names_and_status() -> None:
    found = projects(HEADED)
    assert {name: project.status for name, project in found.items()} == {
        "Fönsterbänken": ONGOING,
        "LyktA": ONGOING,
        "BRYGGA": FINISHED,
        "Gröna vägen": FINISHED,
    }
    assert found["LyktA"].aliases == ("Lyssna kring trygghet",)
    assert found["BRYGGA"].aliases == ("Barn och unga i gemensam vård", "Barn och ungas gemensamma arbete")


def test_description_and_contacts_are_told_apart_and_nobody_is_to_be_rung_from_a_description() -> None:
    found = projects(HEADED)
    assert found["Fönsterbänken"].contacts == (
        Contact(
            name="Alva Exempelsson",
            title="Processledare: Folkhälsa",
            email="alva@region.example",
            phone="019-111 22 33",
        ),
    )
    assert "Det började med en enkät" in found["Fönsterbänken"].description
    assert "Exempelsson" not in found["Fönsterbänken"].description
    assert "070" not in found["LyktA"].description
    assert "@" not in found["LyktA"].description


def test_links_are_absolute_and_the_page_says_when_it_was_updated() -> None:
    project = projects(HEADED)["LyktA"]
    assert project.links == ("https://utveckling.region.example/sv/lykta/",)
    assert project.page_url == "https://utveckling.region.example/sv/valfard/projekt/"
    assert project.page_updated_at == datetime(2024, 5, 7, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "opening",
    [
        '<h3><button aria-expanded="false">{}</button></h3><div>',
        '<button type="button" aria-expanded="true">{}</button><div>',
        "<details><summary>{}</summary><div>",
        "<p><strong>{}</strong></p><div>",
        '<div role="heading" aria-level="3">{}</div><div>',
    ],
)
def test_accordions_and_bold_lines_are_headings_too(opening: str) -> None:
    sections = (
        ("Pågående projekt", ("Fönsterbänken", "Gröna vägen")),
        ("Avslutade projekt", ("BRYGGA", "Trygga gator")),
    )
    end = "</div></details>" if "details" in opening else "</div>"
    main = "".join(
        f"<h2>{section}</h2>" + "".join(f"{opening.format(name)}<p>{LONG}</p>{end}" for name in names)
        for section, names in sections
    )
    assert {name: project.status for name, project in projects(page(main)).items()} == {
        "Fönsterbänken": ONGOING,
        "Gröna vägen": ONGOING,
        "BRYGGA": FINISHED,
        "Trygga gator": FINISHED,
    }


def test_sections_and_projects_at_one_level_are_told_apart() -> None:
    main = f"""<h2>Fönsterbänken</h2><p>{LONG}</p><h2>Gröna vägen</h2><p>{LONG}</p><h2>Tidigare projekt</h2>
<h2>BRYGGA</h2><p>{LONG}</p><h2>Så blir vi bättre tillsammans</h2><p>{LONG}</p>"""
    found = projects(page(main))
    assert {name: project.status for name, project in found.items()} == {
        "Fönsterbänken": ONGOING,
        "Gröna vägen": ONGOING,
        "BRYGGA": FINISHED,
    }


BARE = """Region Exempels webbplats
Projekt
Nedan hittar du våra senaste och pågående projekt.
Fönster ballong.jpg
Vi skapar hälsa tillsammans
Hela länet ställer om till öppen vård, en omställning som berör alla invånare och alla som arbetar i vården.
Här kan du läsa mer om omställningen till öppen vård
Regionen och fem kommuner driver en testbädd för att fler ska känna sig trygga, självständiga och aktiva hemma.
Läs mer om testbädden NyHemma
Kontakt
Alva Exempelsson
Processledare: Regional testbädd
Projektet Starka händer startade år 2020 med uppdrag att ta fram en gemensam plan för alla som arbetar i vården.
Utifrån planen har kommunerna angett:
• vilka aktiviteter som görs i dag
• vad de önskar göra framåt
Kontakt
Bo Påhittad
Projektledare: Starka händer
Genomförda projekt
Ett treårigt projekt om hur vården kan möta lokala utmaningar med nya arbetssätt och med hjälp av föreningar.
Kort om projektet BÄRIS
BÄRIS var ett europeiskt forskningsprojekt. BÄRIS står för Bättre äldrevård i regional samverkan, vilket är nytt.
Läs mer om BÄRIS
BÄRIS logga
EU
Cilla Låtsas
Utvecklingsledare: Folkhälsa
KORS - Kommuner och regioner i samverkan
Tillsammans skapar vi nya arbetssätt
KORS arbetssätt är en möjlighet att arbeta mer förebyggande. (Läs mer om projektet KORS längre ner på sidan.)
KORS - Slutrapportering
Här kan du se delar av konferensen
• Cilla Låtsas, projektledare KORS, Regional utveckling
Hur gör man en organisation redo?
Om KORS
KORS byggde på ett tidigare arbete i en av kommunerna och på de erfarenheter som gjordes där under tre år.
Kontakt
Cilla Låtsas, utvecklingsledare, Regional utveckling
Telefon: 019-000 00 01
En förstudie kring ensamhet ska koppla forskning och beprövad erfarenhet till en kartläggning av hela länet.
Kontakt
Dan Fejk
Utvecklingsledare
Did the content help you?
Last updated: Tuesday, May 7, 2024"""


@pytest.mark.parametrize(
    "body",
    [
        "<html><body>" + "".join(f"<p>{html.escape(line)}</p>" for line in BARE.split("\n")) + "</body></html>",
        "<html><body><div>" + "<br>".join(html.escape(line) for line in BARE.split("\n")) + "</div></body></html>",
    ],
    ids=["paragraphs", "line breaks"],
)
def test_a_page_of_nothing_but_paragraphs_gives_the_projects_that_they_bring_in(body: str) -> None:
    found = projects(body)
    assert {name: project.status for name, project in found.items()} == {
        "Öppen vård": ONGOING,
        "NyHemma": ONGOING,
        "Starka händer": ONGOING,
        "BÄRIS": FINISHED,
        "KORS": FINISHED,
        "Förstudie kring ensamhet": FINISHED,
    }
    assert found["KORS"].aliases == ("Kommuner och regioner i samverkan",)
    assert found["BÄRIS"].aliases == ("Bättre äldrevård i regional samverkan",)
    assert found["Förstudie kring ensamhet"].aliases == ("Förstudie ensamhet",)
    assert [contact.name for contact in found["NyHemma"].contacts] == ["Alva Exempelsson"]
    assert found["KORS"].contacts[0].phone == "019-000 00 01"
    assert found["NyHemma"].description.startswith("Regionen och fem kommuner driver en testbädd")
    assert "vad de önskar göra framåt" in found["Starka händer"].description
    assert found["KORS"].page_updated_at is not None


def test_a_list_of_links_to_projects_own_pages_gives_each() -> None:
    main = """<h2>Pågående projekt</h2><ul><li><a href="/sv/a/">Gröna vägen</a> – cykelvägar till skolor</li>
<li><a href="/sv/b/">Fossilfria bussar 2030</a></li></ul><h2>Avslutade projekt</h2>
<ul><li><a href="/sv/c/">BRYGGA</a></li><li><a href="/sv/d/">Trygga gator</a></li></ul>"""
    found = projects(page(main))
    assert {name: project.status for name, project in found.items()} == {
        "Gröna vägen": ONGOING,
        "Fossilfria bussar 2030": ONGOING,
        "BRYGGA": FINISHED,
        "Trygga gator": FINISHED,
    }
    assert found["Gröna vägen"].links == ("https://utveckling.region.example/sv/a/",)


@pytest.mark.parametrize(
    ("main", "expected"),
    [
        pytest.param(
            "<h2>Pågående projekt</h2><table><tr><th>Projekt</th><th>Period</th></tr>"
            '<tr><td><a href="/a">Gröna vägen</a></td><td>2017–</td></tr>'
            '<tr><td><a href="/b">Trygga gator</a></td><td>2023–</td></tr></table>',
            {"Gröna vägen": ONGOING, "Trygga gator": ONGOING},
            id="table",
        ),
        pytest.param(
            f"<h2>Avslutade projekt</h2><dl><dt>Rena resor</dt><dd>{LONG}</dd><dt>BRYGGA</dt><dd>{LONG}</dd></dl>",
            {"Rena resor": FINISHED, "BRYGGA": FINISHED},
            id="definitions",
        ),
        pytest.param(
            "<h2>Pågående</h2><h3>Gröna vägen</h3><p>Cykelvägar till skolor</p>"
            "<h2>Avslutade</h2><h3>BRYGGA</h3><p>Slut 2022</p>",
            {"Gröna vägen": ONGOING, "BRYGGA": FINISHED},
            id="few words",
        ),
        pytest.param(
            f"<h3>Gröna vägen (pågår)</h3><p>{LONG}</p><h3>BRYGGA (avslutat 2022)</h3><p>{LONG}</p>",
            {"Gröna vägen": ONGOING, "BRYGGA": FINISHED},
            id="status in the heading",
        ),
        pytest.param(
            f'<ul><li><article><h2><a href="/a">Gröna vägen</a></h2><p>{LONG}</p></article></li>'
            f'<li><article><h2><a href="/b">TABB 2.0</a></h2><p>{LONG}</p></article></li></ul>',
            {"Gröna vägen": UNKNOWN, "TABB 2.0": UNKNOWN},
            id="cards",
        ),
        pytest.param(
            '<ul><li><a href="/a">Gröna vägen</a></li><li><a href="/b">Trygga gator</a></li></ul>',
            {"Gröna vägen": UNKNOWN, "Trygga gator": UNKNOWN},
            id="links",
        ),
    ],
)
def test_projects_in_other_shapes(main: str, expected: dict[str, ProjectStatus]) -> None:
    found = projects(page(main))
    assert {name: project.status for name, project in found.items()} == expected
    assert not any(project.aliases for project in found.values())


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", Reason.EMPTY),
        ("bara text", Reason.NOT_HTML),
        ("<title>Projekt</title><body></body>", Reason.EMPTY),
        (page("<p>Sidan är under ombyggnad och kommer tillbaka inom kort.</p>"), Reason.EMPTY),
        (page("<h2>Kontakt</h2><p>Alva Exempelsson</p><h2>Relaterad information</h2><p>Finns inte.</p>"), Reason.EMPTY),
        (page(f"<h2>Vården flyttar</h2><p>{LONG}</p><h2>Nya tider</h2><p>{LONG}</p>", "Aktuellt"), Reason.EMPTY),
    ],
)
def test_a_page_that_names_no_project_is_rejected_so_that_none_is_taken_for_gone(body: str, reason: Reason) -> None:
    result = read(body)
    assert isinstance(result, Rejection)
    assert result.reason is reason


def test_the_regions_own_page_gives_the_projects_that_are_known_to_be_on_it(seeds: Path) -> None:
    lines = (seeds / "region-projects-page.txt").read_text("utf-8").split("\n")
    found = projects("<html><body>" + "".join(f"<p>{html.escape(line)}</p>" for line in lines) + "</body></html>")
    expected = {
        "Nära vård": ONGOING,
        "InnoMera": ONGOING,
        "Trygga kompetensen": ONGOING,
        "CHERRIES": FINISHED,
        "CROSS": FINISHED,
    }
    assert {name: found[name].status for name in expected} == expected
    assert len(found) <= 6
    assert any(alias.startswith("Civilsamhälle och regionens") for alias in found["CROSS"].aliases)
    assert any(alias.startswith("Constructing Healthcare") for alias in found["CHERRIES"].aliases)


PIECES = st.lists(
    st.sampled_from(
        [
            *BARE.split("\n"),
            *HEADED.split("\n"),
            "<h2>",
            "</h2>",
            "<p>",
            "</div>",
            "<li>",
            "\x00",
            "<h3></h3>",
            "<details>",
        ]
    )
    | st.text(max_size=20),
    max_size=30,
)


@given(PIECES)
def test_no_page_raises(pieces: list[str]) -> None:
    result = read("\n".join(pieces).encode("utf-8", "surrogatepass"))
    assert isinstance(result, Rejection) or all(project.name for project in result)


@pytest.mark.parametrize("name", ["Ljusa vägar", "Samverkar mera", "Gröna stegs platser"])
@pytest.mark.parametrize("start", ["Projektet {} ska pröva", "{} ska pröva", "I projektet {} prövar"])
def test_a_project_is_called_what_its_heading_says_whatever_words_are_in_it(name: str, start: str) -> None:
    told = f"<h2>Pågående projekt</h2><h3>{name}</h3><p>{start.format(name)} nytt. {LONG}</p>"
    assert list(projects(page(told))) == [name]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Kontakt: Alva Exempelsson, utvecklingsledare, {mail}, 019-111 22 33", "utvecklingsledare"),
        ("Kontaktperson: Alva Exempelsson, strateg, {mail}, 019-111 22 33", "strateg"),
        ("Projektledare: Alva Exempelsson</p><p>019-111 22 33, {mail}", "Projektledare"),
    ],
)
def test_a_contact_person_behind_a_label_is_found(line: str, title: str) -> None:
    mail = '<a href="mailto:alva@region.example">alva@region.example</a>'
    told = f"<h2>Pågående projekt</h2><h3>Ljusa vägar</h3><p>{LONG}</p><p>{line.format(mail=mail)}</p>"
    project = projects(page(told))["Ljusa vägar"]
    alva = Contact(name="Alva Exempelsson", title=title, email="alva@region.example", phone="019-111 22 33")
    assert project.contacts == (alva,)
    assert project.description == LONG
