"""The shipped sources.toml."""

from __future__ import annotations

import re

import pytest

from aggregator import config
from aggregator.model import Config, Publish, Role, SourceKind
from tests.conftest import ROOT

MUNICIPALITIES = {
    "Askersund", "Degerfors", "Hallsberg", "Hällefors", "Karlskoga", "Kumla",
    "Laxå", "Lekeberg", "Lindesberg", "Ljusnarsberg", "Nora", "Örebro",
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> Config:
    return config.load(ROOT / "sources.toml")


def test_the_shipped_configuration_is_right(shipped: Config) -> None:
    assert {"orebronyheter", "region-orebro-lan", "region-via-tt", "region-projekt", "polisen-orebro"} <= {
        source.id for source in shipped.sources if source.enabled
    }


def test_a_source_that_rests_on_a_guess_says_which() -> None:
    tables = (ROOT / "sources.toml").read_text("utf-8").split("[[source]]")[1:]
    disabled = [table for table in tables if re.search(r"^enabled = false", table, re.MULTILINE)]
    assert [table for table in disabled if "# Guess: " not in table] == []


def test_every_municipality_has_its_own_source(shipped: Config) -> None:
    own = {source.municipality for source in shipped.sources if source.role is Role.AUTHORITY}
    assert own >= MUNICIPALITIES


def test_the_police_are_asked_about_the_county_and_each_municipality(shipped: Config) -> None:
    [police] = [source for source in shipped.sources if source.kind is SourceKind.POLICE]
    assert police.url.count(";") == 12


def test_whole_texts_are_published_only_of_those_who_permit_it(shipped: Config) -> None:
    permitted = {Role.AUTHORITY, Role.PRESSROOM, Role.UNIVERSITY}
    assert {source.role for source in shipped.sources if source.publish is Publish.FULL} <= permitted
