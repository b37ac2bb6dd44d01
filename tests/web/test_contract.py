"""The API keeps to its own description, whatever it is asked (schemathesis, every check)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from aggregator.archive import Archive
from aggregator.web import build
from aggregator.web.api.description import description_of
from tests.archive.made import HEALTH, KARLSKOGA, NOW, PAPER, RIVAL, find, turn
from tests.web.conftest import CONFIG, TODAY, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis import Case

contract = schemathesis.openapi.from_dict(description_of("Nyheter", ""))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the API is served over a small archive."""
    path = tmp_path_factory.mktemp("contract") / "a.db"
    with Archive.open(path, tag_authority="example.org") as archive:
        archive.register(CONFIG, NOW)
        archive.save(turn(find("https://bladet.example/1", tags=(HEALTH, KARLSKOGA))), PAPER, at=NOW)
        archive.save(turn(find("https://kuriren.example/2", title="Något annat")), RIVAL, at=NOW)
    with served(build(CONFIG, path, lambda: TODAY)) as found:
        yield found


@contract.parametrize()
@settings(max_examples=12, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_operation_answers_as_it_is_described(case: Case, address: str) -> None:
    case.call_and_validate(base_url=address)
