"""Articles are grouped as they come; what comes out is the same in whatever order, and a story keeps its name."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from aggregator.archive import Archive
from aggregator.group import Given, group
from aggregator.model import Config, Relation, Role, Source, Story
from bench.understanding import families
from tests.archive.made import DAY, HOUR, LONG, NOW, PAPER, RIVAL, find, turn

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from bench.understanding.families import Told

PRESS = Source(id="region", name="Regionen", url="https://region.example/", role=Role.PRESSROOM)
CUT = LONG[:130]
OTHER = (
    "Biblioteket i Nora köper in ljudböcker för 45 000 kronor efter en insamling bland låntagarna. Böckerna finns att"
    " låna från och med den 3 mars, och en kurs för nybörjare hålls varje onsdag klockan 14 i studiecirkelns lokal."
)
BRIDGE = f"{LONG}\n\n{OTHER}"


def take(
    archive: Archive, source: Source, name: str, text: str, *, hours: float = 0, title: str = "Nytt avtal"
) -> None:
    """An article comes, so many hours from now, and is grouped."""
    at = NOW + timedelta(hours=hours)
    archive.register(Config(sources=(PAPER, RIVAL, PRESS)), at)
    archive.save(turn(find(f"{source.url}{name}", title, text, published_at=at), source=source), source, at=at)
    archive.group(at)


def only_story(archive: Archive) -> Story:
    [number] = {kept.story_id for kept in archive.export()}
    assert number is not None
    story = archive.story(number)
    assert story is not None
    return story


def partition(archive: Archive) -> set[frozenset[str]]:
    found: dict[int | None, set[str]] = {}
    for kept in archive.export():
        found.setdefault(kept.story_id, set()).update(address.url.rsplit("/", 1)[1] for address in kept.addresses)
    return {frozenset(names) for names in found.values()}


def test_an_article_by_itself_is_a_story_of_one(archive: Archive) -> None:
    take(archive, PAPER, "a", LONG)
    [kept] = archive.export()
    story = only_story(archive)
    assert (story.guid, story.relation, story.lead.article_id) == (kept.guid, Relation.SINGLE, kept.id)
    assert story.outlets == (kept.source_name,)
    assert archive.story(999) is None


def test_a_story_keeps_its_name_while_the_release_takes_the_lead(archive: Archive) -> None:
    take(archive, PAPER, "a", CUT)
    first = only_story(archive)
    take(archive, RIVAL, "b", f"{LONG} Det är klart.", hours=1)
    grown = only_story(archive)
    take(archive, PRESS, "c", LONG, hours=2, title="Avtal om vård av äldre")
    whole = only_story(archive)
    assert {(s.id, s.guid) for s in (first, grown, whole)} == {(first.id, first.guid)}
    assert grown.relation is Relation.REWRITE
    assert (whole.lead.source_id, whole.relation) == ("region", Relation.PICKUP)
    assert whole.outlets == ("Regionen", "Örebrobladet", "Länskuriren")
    assert whole.members[0].relation is Relation.SINGLE
    assert all(0.8 <= member.share <= 1 for member in whole.members)


def test_grouping_again_writes_nothing(archive: Archive, path: Path) -> None:
    take(archive, PAPER, "a", LONG)
    before = path.read_bytes()
    assert archive.group(NOW + DAY) == 0
    assert path.read_bytes() == before


def test_a_corrected_article_is_grouped_again_by_what_it_says_now(archive: Archive) -> None:
    take(archive, PAPER, "a", LONG)
    take(archive, RIVAL, "b", CUT, hours=1)
    assert partition(archive) == {frozenset("ab")}
    take(archive, PAPER, "a", f"{LONG} Rättelse: åtta, inte nio.", hours=2, title="Nytt avtal, rättat")
    assert partition(archive) == {frozenset("ab")}
    take(archive, RIVAL, "b", OTHER, hours=3, title="Ljudböcker")
    assert partition(archive) == {frozenset("a"), frozenset("b")}
    first, second = archive.export()
    assert [first.story_id, second.story_id] == [first.id, second.id]


def test_of_two_stories_that_become_one_the_older_name_stays(archive: Archive) -> None:
    take(archive, PAPER, "a", LONG)
    take(archive, RIVAL, "b", OTHER, hours=1, title="Ljudböcker")
    assert partition(archive) == {frozenset("a"), frozenset("b")}
    oldest = next(archive.export())
    take(archive, PRESS, "c", BRIDGE, hours=-1, title="Avtal och ljudböcker")
    story = only_story(archive)
    assert (story.id, story.guid) == (oldest.id, oldest.guid)


def test_an_old_text_told_again_is_a_new_story(archive: Archive) -> None:
    take(archive, PAPER, "a", LONG)
    take(archive, RIVAL, "b", f"{LONG} Igen.", hours=15 * 24)
    assert partition(archive) == {frozenset("a"), frozenset("b")}


def test_what_is_found_late_joins_the_story_of_its_own_day(archive: Archive) -> None:
    """Also when the shelf has moved on since."""
    take(archive, PAPER, "a", LONG)
    take(archive, PAPER, "z", OTHER, hours=60 * 24, title="Ljudböcker")
    late = find(f"{RIVAL.url}b", "Nytt avtal", CUT, published_at=NOW + HOUR)
    archive.save(turn(late, source=RIVAL), RIVAL, at=NOW + 61 * DAY)
    archive.group(NOW + 61 * DAY)
    assert partition(archive) == {frozenset("ab"), frozenset("z")}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_arrival_does_not_show(tmp_path: Path, seed: int) -> None:
    """Neither against another order, nor against all at once."""
    told = [one for one in families.corpus(seed) if one.family.split("-")[0] in ("topic", "notice", "series")]
    told = [one for one in told if one.family.split("-")[1] in ("0", "1", "4")]
    shuffled = told[:]
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - an order, not a secret
    by_time = sorted(told, key=lambda one: one.at)
    found = [_grouped(tmp_path / f"{number}.db", order) for number, order in enumerate((by_time, shuffled))]
    at_once = group(
        [Given(name=one.id, title=one.title, text=one.text, source=one.source, published_at=one.at) for one in told]
    )
    assert found[0] == found[1] == {frozenset(story.members) for story in at_once}
    assert any(len(story) > 3 for story in found[0])


def _grouped(path: Path, told: Iterable[Told]) -> set[frozenset[str]]:
    sources = {one.source: Source(id=one.source, name=one.source, url=f"https://{one.source}.example/") for one in told}
    everything = list(told)
    now = NOW + 400 * DAY
    with Archive.open(path, tag_authority="example.org") as archive:
        archive.register(Config(sources=tuple(sources.values())), now)
        for start in range(0, len(everything), 7):
            for one in everything[start : start + 7]:
                source = sources[one.source]
                seen = find(f"{source.url}{one.id}", one.title, one.text, published_at=one.at)
                archive.save(turn(seen, source=source), source, at=now)
            archive.group(now)
        return partition(archive)
