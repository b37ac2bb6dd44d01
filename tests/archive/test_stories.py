"""A story is asked for by its id, and told with its members, the lead first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.model import Relation
from tests.archive.made import NOW, PAPER, find, turn

if TYPE_CHECKING:
    from aggregator.archive import Archive


def test_an_article_by_itself_is_a_story_of_one(archive: Archive) -> None:
    archive.save(turn(find("https://bladet.example/a")), PAPER, at=NOW)
    [kept] = archive.export()
    assert kept.story_id is not None
    story = archive.story(kept.story_id)
    assert story is not None
    assert (story.guid, story.relation, story.lead.article_id) == (kept.guid, Relation.SINGLE, kept.id)
    assert story.outlets == (kept.source_name,)
    assert archive.story(999) is None
