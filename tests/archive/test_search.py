"""Search finds what was asked for, in any inflection, and nothing that is typed breaks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.archive import Archive
from aggregator.model import Config, Project, Tag, TagKind
from tests.archive.made import HEALTH, KARLSKOGA, NOW, PAPER, RIVAL, find, turn

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS = {
    "avtal": ("Samverkansavtalet undertecknat", "Regionen och kommunerna har ingått ett avtal om sjukvården."),
    "lån": ("Lånen blir dyrare", "Banken höjer räntan på bolån. Får ni råd?"),
    "län": ("Länet växer", "Befolkningen i länet ökar."),
    "far": ("Far och son på vift", "En far tog sin son till idéfestivalen på kaféet."),
    "får": ("Får rymde i Laxå", "Sju får sprang på vägen. Fåren fångades in."),
    "covid": ("Läget med covid-19", "Antalet fall av covid-19 minskar på vårdcentralerna."),
    "katt": ("Katten i trädet", "Räddningstjänsten ryckte ut till en katt i Müllers trädgård."),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path = tmp_path_factory.mktemp("bibliotek") / "a.db"
    tags = {
        "avtal": (HEALTH, Tag(kind=TagKind.ORIGIN, name="Region Örebro län", score=1.0)),
        "lån": (KARLSKOGA,),
        "får": (Tag(kind=TagKind.PROJEKT, name="CROSS", score=1.0), KARLSKOGA),
    }
    with Archive.open(path, tag_authority="example.org") as opened:
        register = (Project(name="CROSS", aliases=("Civilsamhälle i samverkan",)),)
        opened.register(Config(sources=(PAPER, RIVAL), projects=register), NOW)
        for year, (name, (title, text)) in enumerate(TEXTS.items(), 2019):
            source = RIVAL if name == "katt" else PAPER
            published = NOW.replace(year=year)
            met = find(f"{source.url}{name}", title, text, tags=tags.get(name, ()), published_at=published)
            opened.save(turn(met, source=source), source, at=NOW)
        yield opened


def found(library: Archive, line: str) -> set[str]:
    hits = library.search(line, limit=99).hits
    return {hit.article.article.url.rsplit("/", 1)[-1] for hit in hits}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("samverkansavtal", {"avtal"}),
        ("SAMVERKANSAVTALEN", {"avtal"}),
        ("sjukvård", {"avtal"}),
        ("lån", {"lån"}),
        ("län", {"län"}),
        ("får", {"lån", "får"}),
        ("far", {"far"}),
        ("fåret", {"lån", "får"}),
        ("covid-19", {"covid"}),
        ("vårdcentral", {"covid"}),
        ("idefestival kafe", {"far"}),
        ("muller", {"katt"}),
        ('"i länet ökar"', {"län"}),
        ('"länet i ökar"', set()),
        ("far OR katt", {"far", "katt"}),
        ("får -räntan", {"får"}),
        ("(far OR får) son", {"far"}),
        ("titel:katten", {"katt"}),
        ('titel:"covid-19"', {"covid"}),
        ("titel:befolkningen", set()),
        ("tagg:hälsa", {"avtal"}),
        ("tag:HÄLSA", {"avtal"}),
        ("tagg:halsa", {"avtal"}),
        ("kommun:karlskoga", {"lån", "får"}),
        ("municipality:Karlskoga får -räntan", {"får"}),
        ("projekt:cross", {"får"}),
        ('projekt:"civilsamhälle i samverkan"', {"får"}),
        ("källa:kuriren", {"katt"}),
        ("utgivare:kuriren", {"katt"}),
        ('utgivare:"Region Örebro län"', set()),
        ('avsändare:"Region Örebro län"', {"avtal"}),
        ("avsändare:kuriren", set()),
        ('källa:"örebrobladet" katt', set()),
        ('källa:"Region Örebro län"', {"avtal"}),
        ("kommun:atlantis", set()),
        ("från:2024", {"covid", "katt"}),
        ("till:2019-11", {"avtal"}),
        ("after:2020 before:2020-11-22", {"lån"}),
        ("till:2020-11-21 från:2020", set()),
        ("kommun:Karlskoga OR tagg:hälsa", {"avtal", "lån", "får"}),
        ("-kommun:Karlskoga från:2023", {"får"} - {"får"} | {"covid", "katt"}),
        ("", set(TEXTS)),
        ("-får", set(TEXTS) - {"lån", "får"}),
    ],
)
def test_a_line_finds_what_it_asks_for(library: Archive, line: str, expected: set[str]) -> None:
    assert found(library, line) == expected


def test_by_relevance_a_title_counts_most_and_by_date_the_newest_is_first(library: Archive) -> None:
    best = library.search("får").hits
    assert [hit.article.article.title for hit in best] == ["Får rymde i Laxå", "Lånen blir dyrare"]
    assert best[0].score > best[1].score > 0
    newest = library.search("far OR avtal OR katt", sort="newest").hits
    dates = [hit.article.article.published_at for hit in newest]
    assert dates == sorted(dates, key=lambda at: at or NOW, reverse=True)


def test_a_page_of_hits_follows_another_and_the_total_is_of_all(library: Archive) -> None:
    first, second = library.search("", limit=4), library.search("", limit=4, offset=4)
    assert (first.total, len(first.hits), len(second.hits)) == (7, 4, 3)
    assert not {hit.article.id for hit in first.hits} & {hit.article.id for hit in second.hits}


def test_the_snippet_marks_the_words_in_the_form_they_have(library: Archive) -> None:
    (hit,) = library.search("vårdcentral").hits
    assert "[vårdcentralerna]" in hit.snippet


def test_what_was_not_understood_is_sought_as_plain_words_and_says_so(library: Archive) -> None:
    result = library.search("(katt OR")
    assert not result.understood
    assert library.search("(katten trädet").total == 1


@pytest.mark.parametrize(
    "line",
    [
        '"',
        "'; DROP TABLE articles; --",
        "a AND NOT",
        "NEAR(a b)",
        "title:",
        "words:x",
        "*",
        "^katt",
        "{title} : x",
        "\0",
    ],
)
def test_syntax_of_the_database_is_nothing_but_words(library: Archive, line: str) -> None:
    library.search(line)
    assert library.search("").total == len(TEXTS)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from('abåä "()-:|ORtagkommunfrån2022.*^\\\x00\ud800'), max_size=40) | st.text(max_size=60))
def test_nothing_that_is_typed_raises(library: Archive, line: str) -> None:
    result = library.search(line, limit=2)
    assert result.total >= len(result.hits)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("samvrekansavtalet", "samverkansavtalet"),
        ("räddningstjänzten katt", "räddningstjänsten katt"),
        ("kommun:Karlskoga befolknigen", "kommun:Karlskoga befolkningen"),
        ("vrdcentral", "vårdcentralerna"),
        ("xylofonist", None),
        ("katt", None),
    ],
)
def test_a_misspelt_word_gets_a_proposal_from_the_archive(library: Archive, line: str, meant: str | None) -> None:
    assert library.search(line).suggestion == meant


def test_a_line_without_dots_finds_only_when_nothing_else_does(library: Archive) -> None:
    wide = library.search("lanet vaxer")
    assert (wide.widened, [hit.article.article.title for hit in wide.hits]) == (True, ["Länet växer"])
    assert not library.search("far").widened
    assert found(library, "lan") == {"lån", "län"}


def test_facets_count_what_was_found_by_source_tag_and_year(library: Archive) -> None:
    facets = library.search("kommun:Karlskoga OR katt", with_facets=True).facets
    assert [(one.kind, one.name, one.count) for one in facets] == [
        ("kommun", "Karlskoga", 2),
        ("projekt", "CROSS", 1),
        ("source", "Örebrobladet", 2),
        ("source", "Länskuriren", 1),
        ("year", "2020", 1),
        ("year", "2023", 1),
        ("year", "2025", 1),
    ]


def test_one_text_in_two_outlets_is_one_hit_that_names_the_other(archive: Archive) -> None:
    for source in (PAPER, RIVAL):
        met = find(f"{source.url}a", "Ett pressmeddelande", TEXTS["avtal"][1] * 4)
        archive.save(turn(met, source=source), source, at=NOW)
    (hit,) = archive.search("pressmeddelande").hits
    assert [(other.source_name, other.url) for other in hit.also] == [("Länskuriren", f"{RIVAL.url}a")]
    assert archive.search("källa:kuriren pressmeddelande").total == 1
