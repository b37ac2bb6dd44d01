"""The main job on the recorded region, once for all these tests: three crawls over real HTTP, archive and feeds."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from aggregator import config, demo, pipeline
from aggregator.archive import Archive
from aggregator.model import KeptArticle, Project, ProjectStatus, Run
from tests.conftest import ROOT

ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass(frozen=True)
class Played:
    """What is left when the demo is over."""

    report: demo.Report
    runs: tuple[Run, ...]
    articles: tuple[KeptArticle, ...]
    projects: Mapping[str, Project]
    feeds: Path

    def titled(self, title: str) -> list[KeptArticle]:
        return [kept for kept in self.articles if kept.article.title == title]

    def one(self, title: str) -> KeptArticle:
        (kept,) = self.titled(title)
        return kept


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("demo")
    runs: list[Run] = []

    def crawl(settings: Path, now: object) -> Run:
        found = config.load(settings)
        with Archive.open(found.settings.archive, tag_authority="example.org") as archive:
            runs.append(pipeline.run(found, archive, now=now, folder=Path(found.settings.feeds)))
        return runs[-1]

    rules = (ROOT / "sources.toml").read_text("utf-8")
    report = demo.play(crawl, rules=rules, archive=folder / "demo.db", feeds=folder / "feeds", say=lambda _line: None)
    with Archive.reader(folder / "demo.db") as archive:
        yield Played(
            report=report,
            runs=tuple(runs),
            articles=tuple(archive.export()),
            projects={project.name: project for project in archive.projects()},
            feeds=folder / "feeds",
        )


def _told(site: str) -> set[str]:
    return {piece.title for epoch in (0, 2) for piece in demo.shown(site, epoch)}


def test_the_demo_goes_as_it_should(played: Played) -> None:
    assert played.report.problems == ()


@pytest.mark.parametrize("site", sorted(set(demo.PATHS) - {"polisen"}))
def test_every_piece_that_was_ever_shown_is_in_the_archive(played: Played, site: str) -> None:
    titles = {kept.article.title for kept in played.articles}
    titles |= {version.title for kept in played.articles for version in kept.versions}
    assert _told(site) <= titles


def test_every_police_event_is_there_once(played: Played) -> None:
    events = [kept for kept in played.articles if kept.source_id == "polisen"]
    assert len(events) == len(demo.every("polisen", 2))
    assert all(kept.article.published_at is not None for kept in events)


def test_a_release_and_its_word_for_word_copies_are_one_article_with_several_addresses(played: Played) -> None:
    kept = played.one("Testbädden InnoMera prövar sensorer i hemtjänsten")
    assert {address.source_id for address in kept.addresses} >= {"region-orebro-lan", "hjalmarnytt", "lanskuriren"}


@pytest.mark.parametrize(("title", "count"), [("Nattens händelser från polisen", 4), ("Mingel – *Makeriet* Lördag", 2)])
def test_articles_of_a_series_stay_apart_under_one_title(played: Played, title: str, count: int) -> None:
    same = played.titled(title)
    assert len(same) == count
    assert len({kept.guid for kept in same}) == count


@pytest.mark.parametrize(
    ("title", "before", "after"),
    [
        ("Olycka på E18 vid Vintrosa (Uppdatering)", "räknar med att vägen är fri", "halka bidrog"),
        ("Dags att vaccinera sig mot influensa", "I dag börjar årets", "2 400 personer"),
    ],
)
def test_a_changed_page_is_the_same_article_with_its_earlier_wording_kept(
    played: Played, title: str, before: str, after: str
) -> None:
    kept = played.one(title)
    assert after in kept.article.text
    assert before not in kept.article.text
    (version,) = kept.versions
    assert before in version.text
    assert kept.updated_at == demo.EPOCHS[2]
    assert kept.fetched_at == demo.EPOCHS[0]


def test_a_page_that_moved_is_still_one_article_under_its_first_guid(played: Played) -> None:
    kept = played.one("Mobil provtagning stannar i Hällefors")
    assert kept.fetched_at == demo.EPOCHS[0]
    assert [version.title for version in kept.versions] == ["Mobil provtagning i Hällefors på prov"]


def test_the_police_s_update_in_place_is_the_same_event(played: Played) -> None:
    (kept,) = [each for each in played.articles if "älg har krockat" in each.article.text + each.article.lead]
    assert "UPPDATERING KL 08:48" in kept.article.text
    assert len(kept.versions) == 1


def test_nothing_else_was_taken_for_changed(played: Played) -> None:
    """Tickers, teasers and a new VMA banner moved on nearly every page."""
    changed = {kept.article.title for kept in played.articles if kept.versions}
    assert len(changed) <= 4


@pytest.mark.parametrize("title", ["Julmarknaden i Wadköping flyttas till hamnen", "Ny e-tjänst för bygglov"])
def test_a_page_that_vanished_stays_in_the_archive_marked_and_leaves_the_feeds(played: Played, title: str) -> None:
    assert played.one(title).gone_at == demo.EPOCHS[2]
    assert title not in (played.feeds / "alla.rss").read_text("utf-8")


def test_the_register_grows_and_follows_the_page_of_projects(played: Played) -> None:
    assert played.projects["InnoMera"].status is ProjectStatus.FINISHED
    assert played.projects["Fönsterbänken"].status is ProjectStatus.ONGOING


def test_a_project_announced_today_is_a_tag_today(played: Played) -> None:
    for title in (
        "Nytt projekt: Fönsterbänken ska korta kötiden till samtal",
        "Fönsterbänken ska göra väntan kortare",
        "Väntan på samtal ska bli kortare",
    ):
        assert "Fönsterbänken" in {tag.name for tag in played.one(title).tags if tag.kind == "projekt"}
    assert (played.feeds / "projekt-fonsterbanken.rss").is_file()


def test_contact_persons_and_their_numbers_stay_out_of_the_feeds(played: Played) -> None:
    for path in played.feeds.rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8")
            assert not re.search(r"070-?174|08-?465 ?00", text), path.name
            assert "Exempelsson" not in text, path.name


def test_a_newspaper_s_article_is_summed_up_and_an_authority_s_release_given_whole(played: Played) -> None:
    items = json.loads((played.feeds / "alla.json").read_text("utf-8"))["items"]
    by_title = {item["title"]: item for item in items}
    paper = by_title["BIK Karlskoga vände i tredje perioden"]
    assert "en poäng bakom serieledarna" not in json.dumps(paper, ensure_ascii=False)
    release = by_title["Fossilfritt 2030: nu byts drivmedlet i kommunernas bilar"]
    assert "gemensam upphandling av laddstolpar" in release["content_html"]


def test_every_feed_is_well_formed_and_no_id_stands_twice_in_one(played: Played) -> None:
    feeds = sorted(played.feeds.glob("*.atom"))
    assert len(feeds) > 30
    for path in feeds:
        ids = [entry.text for entry in ET.parse(path).iterfind(f"{ATOM}entry/{ATOM}id")]  # noqa: S314 - our own feed
        assert ids, path.name
        assert len(ids) == len(set(ids)), path.name


def test_no_feed_failed_and_the_second_run_wrote_none(played: Played) -> None:
    assert all(run.published.failed == () for run in played.runs)
    assert played.runs[1].published.written == ()
