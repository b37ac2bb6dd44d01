"""Every page of the recorded region, read as the program reads it: title, date, words, origin and tags.

The pieces say what is on their pages; ``expected.toml`` says what they are about.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from aggregator import config, demo, extract, tag
from aggregator.model import Article, Source
from tests.conftest import ROOT

SOURCES = {
    "hjalmarnytt": "hjalmarnytt",
    "lanskuriren": "lanskuriren",
    "lindebladet": "lindebladet",
    "region": "region-orebro-lan",
    "pressrum": "region-pressrum",
    "polisen": "polisen",
    "karlskoga": "karlskoga",
    "hostile": "ovanlig",
}
EXPECTED = tomllib.loads((Path(__file__).parent / "expected.toml").read_text("utf-8"))
STANDING = (
    "Latest News",
    "logged in to post",
    "logga in för att lämna",
    "Du är på Region",
    "Logotyp för",
    "Hade du nytta",
    "Senast uppdaterad",
    "Kontakt",
    "070-174",
    "Dela",
    "ansvarar för många frågor",
    "Nyckelord",
    "Läs vidare med en prenumeration",
    "Mest läst",
    "äldre än 6 månader",
    "använder kakor",
    "Viktigt meddelande till allmänheten i Strömtorp",
    "Sidansvarig",
    "Text av Polisen",
    "Källa",
    "källa:",
    ", ,",
)
"""What surrounds the texts and is never part of one."""


@dataclass(frozen=True, eq=False)
class Case:
    site: str
    epoch: int
    piece: demo.Piece

    @property
    def name(self) -> str:
        return f"{self.site}/{self.piece.slug}@{self.epoch}"

    @property
    def stub(self) -> bool:
        """Behind the pay wall only the beginning is there."""
        return self.site == "lanskuriren" and not self.piece.copy


def _cases() -> list[Case]:
    """Every piece at the first epoch, and at the last those that are new or have changed."""
    cases = []
    for site in demo.PATHS:
        before = {piece.slug: piece for piece in demo.shown(site, 0)}
        cases += [Case(site, 0, piece) for piece in before.values()]
        cases += [Case(site, 2, piece) for piece in demo.shown(site, 2) if before.get(piece.slug) != piece]
    return cases


ADDRESSES = {site: f"http://{site}.example:8080" for site in demo.SITES}
CASES = _cases()
every_case = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


@cache
def _rules() -> tag.Rules:
    shipped = config.load(ROOT / "sources.toml")
    return tag.compile_rules(shipped.tags, shipped.projects)


@cache
def _sources() -> dict[str, Source]:
    text = demo.configuration(ADDRESSES, rules="", archive="demo.db", feeds="feeds")
    return {source.id: source for source in config.parse(text, "demo.toml").sources}


@cache
def _read(case: Case) -> Article:
    source = _sources()[SOURCES[case.site]]
    path = demo.PATHS[case.site](case.piece)
    answer = demo.respond(case.site, path, epoch=case.epoch, bases=ADDRESSES)
    result = extract.extract(
        answer.body,
        ADDRESSES[case.site] + path,
        content_type=answer.media_type,
        source=source,
        now=demo.EPOCHS[case.epoch],
    )
    assert isinstance(result, Article), result
    return result


def _flat(text: str) -> str:
    return " ".join(text.replace("**", "").replace("* ", "").split())


def _words(article: Article) -> str:
    """Lead and text as one, whether or not the text begins with the lead."""
    lead, text = _flat(article.lead), _flat(article.text)
    return text if text.startswith(lead) else f"{lead} {text}"


@every_case
def test_a_page_gives_the_title_and_the_day_of_its_piece(case: Case) -> None:
    article = _read(case)
    if case.site != "polisen":  # there the API gives both, and the page its title without a year
        assert article.title == case.piece.title
        if case.piece.at is None:
            assert article.published_at is None
        else:
            assert article.published_at is not None
            assert abs((article.published_at - case.piece.at).total_seconds()) < 86_400
            assert article.date_precision == "day" or article.published_at == case.piece.at


@every_case
def test_a_page_gives_the_whole_text_of_its_piece_and_nothing_else(case: Case) -> None:
    got = _words(_read(case))
    assert [standing for standing in STANDING if standing in got and standing not in case.piece.text] == []
    if case.stub:
        assert _flat(case.piece.text).startswith(got.rstrip("…").strip())
        assert len(got) > 100
    else:
        assert got == _flat(case.piece.text)


@every_case
def test_the_closing_line_names_the_origin_and_the_category_and_neither_is_in_the_text(case: Case) -> None:
    article = _read(case)
    assert article.origin == case.piece.origin
    if case.piece.category and not case.piece.category.startswith("Leia"):  # a writer's name stands there instead
        assert article.category == case.piece.category


@every_case
def test_the_tags_that_are_sure_are_given_and_no_other_that_is_sure_not_to_be(case: Case) -> None:
    expected = EXPECTED["region"].get(case.piece.copy) or EXPECTED[case.site][case.piece.slug]
    given = {_as_written(each) for each in tag.tag(_read(case), _rules(), _sources()[SOURCES[case.site]])}
    missing = [] if case.stub else [name for name in expected["tags"] if not _among(name, given)]
    wrong = [name for name in expected["never"] if _among(name, given)]
    assert (missing, wrong) == ([], []), sorted(given)


def _as_written(given: tag.Tag) -> str:
    return given.name if given.kind == "theme" else f"{given.kind}:{given.name}"


def _among(name: str, given: set[str]) -> bool:
    """Whether a tag is given; "kommun" and "projekt" alone mean any of the kind."""
    if name in {"kommun", "projekt"}:
        return any(each.startswith(f"{name}:") for each in given)
    return name in given


def test_the_expectations_cover_every_piece_and_name_no_other() -> None:
    told = {(site, slug) for site, pieces in EXPECTED.items() for slug in pieces}
    there = {(case.site, case.piece.slug) for case in CASES if not case.piece.copy}
    assert told == there
