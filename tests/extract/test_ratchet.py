"""Accuracy on real pages that nobody here wrote never falls below its floors."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aggregator.extract import extract
from bench.scoring import Tally, add, load, nameless

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def tallies(corpus: Path) -> dict[str, Tally]:
    sets = {name: Tally() for name in FLOORS if name != "share"}
    for page in load(corpus, share=FLOORS["share"]):
        add(sets[page.set], page, extract(page.raw, page.url, now=NOW))
        hashed = nameless(page)
        add(sets[f"nameless {page.set}"], hashed, extract(hashed.raw, page.url, now=NOW))
    return sets


@pytest.mark.parametrize(
    ("name", "measure"), [(name, measure) for name, floors in FLOORS.items() if name != "share" for measure in floors]
)
def test_a_measure_keeps_its_floor(tallies: dict[str, Tally], name: str, measure: str) -> None:
    assert tallies[name].figures()[measure] >= FLOORS[name][measure]
