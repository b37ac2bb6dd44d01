"""Search finds what people seek: a ratchet on queries of our own, those never tuned on apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aggregator.archive import Archive
from tests.archive.relevance import measure

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path = tmp_path_factory.mktemp("bibliotek") / "a.db"
    with Archive.open(path, tag_authority="example.org") as opened:
        measure.fill(opened)
        yield opened


def measured(library: Archive, *, held: bool) -> dict[str, tuple[float, float, int]]:
    asked = [one for one in measure.queries() if one.held is held]
    return measure.table(lambda line: measure.found(library, line), asked)


def test_the_set_is_of_the_size_and_kinds_that_tell_something() -> None:
    names = {name for name, _, _ in measure.texts()}
    asked = measure.queries()
    assert len(names) == len(measure.texts()) >= 60
    assert len(asked) >= 120
    assert sum(one.held for one in asked) >= 35
    assert {name for one in asked for name in one.worth} <= names


def test_tuned_queries_find_what_they_seek(library: Archive) -> None:
    recall, gain, _ = measured(library, held=False)["all"]
    assert (recall, gain) >= (0.98, 0.98)
    assert gain >= 0.98


def test_queries_never_tuned_on_find_what_they_seek(library: Archive) -> None:
    recall, gain, _ = measured(library, held=True)["all"]
    assert recall >= 0.96
    assert gain >= 0.95


@pytest.mark.parametrize("kind", ["fold", "diacritic", "phrase", "name", "ellipsis", "inflection"])
def test_what_must_not_fail_does_not(library: Archive, kind: str) -> None:
    recall, gain, _ = measured(library, held=False)[kind]
    assert (recall, round(gain, 3)) == (1.0, 1.0)
