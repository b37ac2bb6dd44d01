"""Staff's word on a tag is kept for ever, wins over every rule, and feeds and search follow at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from aggregator.archive import Archive
from aggregator.errors import InputError
from aggregator.model import Config, Filter, Settings, Tag, TagKind
from tests.archive.made import DAY, HEALTH, HOUR, KARLSKOGA, LONG, NOW, PAPER, find, turn

if TYPE_CHECKING:
    from pathlib import Path

    from aggregator.model import Article

URL = "https://bladet.example/a"
NORA = (TagKind.KOMMUN, "Nora")
CARE = (TagKind.THEME, "hälsa")


def kept(archive: Archive) -> set[str]:
    """The names of the tags of the only article."""
    return {tag.name for tag in next(iter(archive.export())).tags}


def saved(archive: Archive, text: str = LONG, tags: tuple[Tag, ...] = (HEALTH, KARLSKOGA)) -> int:
    archive.save(turn(find(URL, text=text, tags=tags)), PAPER, at=NOW)
    return next(iter(archive.export())).id


def test_a_correction_adds_and_removes_and_says_by_whom_and_when(archive: Archive) -> None:
    number = saved(archive)
    tags = archive.correct(number, add=[NORA], remove=[CARE], by="Siv Test", at=NOW)
    assert {tag.name for tag in tags} == {"Karlskoga", "Nora"} == kept(archive)
    added = next(tag for tag in tags if tag.name == "Nora")
    assert added.score == 1.0
    assert [(one.rule, one.words, one.where) for one in added.evidence] == [
        ("rättelse", "rättad av Siv Test den 22 november 2026", "correction")
    ]


def test_an_article_is_named_by_id_guid_or_any_address_of_it(archive: Archive) -> None:
    number = saved(archive)
    guid = next(iter(archive.export())).guid
    for name, by in ((number, "a"), (guid, "b"), (URL, "c"), ("https://www.bladet.example/a/", "d")):
        archive.correct(name, add=[(TagKind.PROJEKT, by)], by=by, at=NOW)
    assert kept(archive) == {"hälsa", "Karlskoga", "a", "b", "c", "d"}


def test_feeds_and_search_follow_at_once(archive: Archive) -> None:
    number = saved(archive)
    nora = Filter(tags=(NORA,))
    before = archive.fingerprint(nora), archive.fingerprint(Filter(tags=(CARE,)))
    archive.correct(number, add=[NORA], remove=[CARE], by="Siv", at=NOW)
    assert archive.member_ids(nora) == (number,)
    assert archive.member_ids(Filter(tags=(CARE,))) == ()
    assert [hit.article.id for hit in archive.search("kommun:Nora").hits] == [number]
    assert archive.search("tagg:hälsa").total == 0
    after = archive.fingerprint(nora), archive.fingerprint(Filter(tags=(CARE,)))
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_corrections_survive_tagging_anew_new_wordings_and_disappearance(archive: Archive, path: Path) -> None:
    number = saved(archive)
    archive.correct(number, add=[NORA], remove=[CARE], by="Siv", at=NOW)

    def tagger(_article: Article, _source: str) -> tuple[Tag, ...]:
        return (HEALTH, KARLSKOGA)

    archive.retag("other rules", tagger)
    assert kept(archive) == {"Karlskoga", "Nora"}
    saved(archive, LONG + " Texten är ny och längre än den var.")
    assert kept(archive) == {"Karlskoga", "Nora"}
    archive.prune(Settings(), NOW + 900 * DAY)
    archive.close()
    with Archive.open(path, tag_authority="example.org") as again:
        again.register(Config(sources=(PAPER,)), NOW)
        assert kept(again) == {"Karlskoga", "Nora"}
        assert [one.verdict for one in again.corrections()] == ["add", "remove"]


def test_a_correction_taken_back_leaves_the_tag_to_the_rules_as_they_are_by_then(archive: Archive) -> None:
    number = saved(archive)
    archive.correct(number, add=[NORA], remove=[CARE], by="Siv", at=NOW)
    surer = replace(HEALTH, score=0.97)
    archive.retag("other rules", lambda _article, _source: (surer,))
    tags = archive.correct(number, withdraw=[NORA, CARE], by="Bo", at=NOW + HOUR)
    assert tags == (surer,)
    assert [(one.name, one.verdict, one.by, one.at) for one in archive.corrections(number)] == [
        ("Nora", "add", "Siv", NOW),
        ("hälsa", "remove", "Siv", NOW),
        ("Nora", "withdraw", "Bo", NOW + HOUR),
        ("hälsa", "withdraw", "Bo", NOW + HOUR),
    ]


def test_a_tag_that_the_rules_give_too_is_left_when_its_correction_is_taken_back(archive: Archive) -> None:
    number = saved(archive)
    archive.correct(number, add=[CARE], by="Siv", at=NOW)
    assert archive.correct(number, withdraw=[CARE], by="Siv", at=NOW) == (KARLSKOGA, HEALTH)


def test_the_last_word_holds(archive: Archive) -> None:
    number = saved(archive)
    archive.correct(number, remove=[CARE], by="Siv", at=NOW)
    archive.correct(number, add=[CARE], by="Bo", at=NOW + HOUR)
    assert kept(archive) == {"hälsa", "Karlskoga"}
    archive.retag("rules that do not know it", lambda _article, _source: (KARLSKOGA,))
    assert kept(archive) == {"hälsa", "Karlskoga"}


def test_to_say_again_what_holds_is_no_correction(archive: Archive) -> None:
    number = saved(archive)
    archive.correct(number, add=[NORA], by="Siv", at=NOW)
    archive.correct(number, add=[NORA], withdraw=[CARE], by="Bo", at=NOW + HOUR)
    assert [one.by for one in archive.corrections()] == ["Siv"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"add": [NORA], "by": "  "}, "needs the name"),
        ({"by": "Siv"}, "nothing to correct"),
        ({"add": [NORA], "remove": [NORA], "by": "Siv"}, "two ways"),
        ({"add": [(TagKind.KOMMUN, " ")], "by": "Siv"}, "without a name"),
    ],
)
def test_what_is_no_correction_is_refused_and_nothing_written(archive: Archive, said: dict, why: str) -> None:  # type: ignore[type-arg]
    number = saved(archive)
    with pytest.raises(InputError, match=why):
        archive.correct(number, at=NOW, **said)
    assert archive.corrections() == ()


def test_an_unknown_article_cannot_be_corrected(archive: Archive) -> None:
    with pytest.raises(InputError, match="no article 17"):
        archive.correct(17, add=[NORA], by="Siv", at=NOW)
    assert archive.corrections(17) == ()
