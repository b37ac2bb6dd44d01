"""A real press release as a naive reader sees it: ticker above, teasers of other stories below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.model import TagKind
from aggregator.tag import Rules, tag
from tests.tag.conftest import article

if TYPE_CHECKING:
    from pathlib import Path


def test_a_release_in_its_chrome_is_tagged_for_what_it_tells(seeds: Path, rules: Rules) -> None:
    text = (seeds / "orebronyheter-article.txt").read_text("utf-8")
    given = tag(article(text, "Förbättrad samverkan mellan samhällets aktörer"), rules)
    by_kind = {kind: {one.name for one in given if one.kind is kind} for kind in TagKind}
    assert by_kind[TagKind.THEME] == {"samverkan", "hälsa"}
    assert by_kind[TagKind.PROJEKT] == {"CROSS", "CHERRIES"}
    assert by_kind[TagKind.KOMMUN] == set()
    assert by_kind[TagKind.ORIGIN] == {"Region Örebro län"}
