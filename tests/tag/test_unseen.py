"""On texts by another hand, written without sight of the rules, the tagger keeps what it reached.

Of some of them the kinds of error were told (bench/README.md). From now on no rule is made from
``unseen.jsonl``: who reads its errors to tune by them moves the text to ``labelled.jsonl``.
"""

from __future__ import annotations

import json

import pytest

from aggregator.config import load
from aggregator.model import TagKind
from aggregator.tag import Names, compile_rules, tag
from aggregator.tag.evaluation import Evaluation, evaluate, read_labelled
from tests.conftest import ROOT

FLOORS = {TagKind.THEME: (0.89, 0.88), TagKind.KOMMUN: (0.98, 0.98), TagKind.ORIGIN: (1.0, 1.0)}
"""Kind → F1 over all tags, and the mean of each tag's."""


@pytest.fixture(scope="module")
def found() -> Evaluation:
    shipped = load(ROOT / "sources.toml")
    rules = compile_rules(shipped.tags, shipped.projects)
    rows = [json.loads(line) for line in (ROOT / "tests" / "tag" / "unseen.jsonl").read_text("utf-8").splitlines()]
    sources = {source.id: source for source in shipped.sources}
    texts = list(read_labelled(rows, Names(shipped.tags, shipped.projects), sources))
    return evaluate(texts, lambda article, source: tag(article, rules, source))


@pytest.mark.parametrize("kind", FLOORS)
def test_texts_by_another_hand_are_tagged_as_well_as_before(found: Evaluation, kind: TagKind) -> None:
    reached = found.micro(kind).f1, found.macro(kind)
    assert all(got >= floor for got, floor in zip(reached, FLOORS[kind], strict=True)), reached
