"""The demo judges honestly: a run that does what it should is praised, any other is told apart, line by line."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from aggregator import config, demo
from aggregator.errors import InputError
from aggregator.model import Counts, Crawl, Failure, Find, Link, Outcome, Published, Reason, Run

HARMS = ("runt-och-runt", "bomb", "djupt", "dropp", "bakdorr")
COUNTS = (Counts(new=80, duplicates=4), Counts(), Counts(new=9, updated=3, gone=2))


class Actor:
    """Stands in for the real crawl: asks one address a site, and reports what it is told to."""

    def __init__(self, feeds: Path) -> None:
        self.feeds = feeds
        self.turn = 0
        self.at: list[datetime] = []
        self.counts = list(COUNTS)
        self.spoil: Callable[[Path], None] = lambda _settings: None
        self.extra: tuple[Crawl, ...] = ()

    def __call__(self, settings: Path, now: datetime) -> Run:
        parsed = config.load(settings)
        self.at.append(now)
        if self.turn != 1:
            self.feeds.mkdir(exist_ok=True)
            (self.feeds / "alla.rss").write_text(f"<rss>{self.turn}</rss>")
        else:
            self.spoil(settings)
        counts = self.counts[self.turn]
        self.turn += 1
        base = next(source.url for source in parsed.sources if source.id == "ovanlig")
        finds = tuple(_refused(f"{base}nyheter/{name}") for name in HARMS)
        harmful = _crawl("ovanlig", Outcome.PARTIAL, finds=finds)
        feed = replace(_crawl("ovanligt-flode", Outcome.FAILED), reason=Reason.NOT_PARSEABLE)
        written = ("alla.rss",) if self.turn != 2 else ()
        crawls = (harmful, feed, *self.extra)
        return Run(started_at=now, ended_at=now, crawls=crawls, published=Published(written=written), counts=counts)


def _refused(url: str) -> Find:
    failure = Failure(url=url, reason=Reason.TOO_LARGE, detail="too much")
    return Find(link=Link(url=url), snapshot=None, result=failure)


def _crawl(source_id: str, outcome: Outcome, finds: tuple[Find, ...] = ()) -> Crawl:
    return Crawl(source_id=source_id, started_at=demo.EPOCHS[0], outcome=outcome, finds=finds)


@pytest.fixture
def actor(tmp_path: Path) -> Actor:
    return Actor(tmp_path / "feeds")


def _play(actor: Actor, folder: Path) -> demo.Report:
    said: list[str] = []
    report = demo.play(actor, rules="", archive=folder / "demo.db", feeds=actor.feeds, say=said.append)
    assert len(said) == 3
    return report


def test_three_crawls_as_they_should_be_are_no_problem_and_the_table_shows_them(actor: Actor, tmp_path: Path) -> None:
    report = _play(actor, tmp_path)
    assert report.problems == ()
    assert actor.at == list(demo.EPOCHS)
    assert [each.new for each in report.rounds] == [80, 0, 9]
    text = "\n".join(report.lines())
    assert "first visit" in text
    assert "aggregator search" in text
    assert ".venv/bin/aggregator search" in "\n".join(report.lines(program=".venv/bin/aggregator"))
    assert "index.html" in text
    assert "too_large" in text
    assert config.load(tmp_path / "demo.toml").settings.archive == str(tmp_path / "demo.db")


def test_an_earlier_demo_s_archive_is_made_anew(actor: Actor, tmp_path: Path) -> None:
    _play(actor, tmp_path)
    for name in ("demo.db", "demo.db-wal", "demo.db-shm"):
        (tmp_path / name).write_bytes(b"old")
    _play(Actor(actor.feeds), tmp_path)
    assert [path.name for path in tmp_path.glob("demo.db*")] == []


@pytest.mark.parametrize("name", ["demo.db", "demo.toml"])
def test_an_archive_or_a_file_that_is_not_a_demo_s_is_left_alone(actor: Actor, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"years of news")
    with pytest.raises(InputError, match=name):
        demo.play(actor, rules="", archive=tmp_path / "demo.db", feeds=actor.feeds, say=print)
    assert (tmp_path / name).read_bytes() == b"years of news"
    assert actor.turn == 0


def test_feeds_of_another_archive_are_replaced_and_it_is_said_how_to_get_them_back(
    actor: Actor, tmp_path: Path
) -> None:
    actor.feeds.mkdir()
    (actor.feeds / "index.html").write_text("<title>Nyheter</title>", "utf-8")
    said: list[str] = []
    demo.play(actor, rules="", archive=tmp_path / "demo.db", feeds=actor.feeds, say=said.append)
    assert "publish" in said[0]


def test_a_file_touched_when_nothing_had_changed_is_a_problem(actor: Actor, tmp_path: Path) -> None:
    actor.spoil = lambda _settings: (actor.feeds / "alla.rss").touch() or None
    assert _play(actor, tmp_path).problems == ("nothing had changed, but alla.rss was written",)


def test_an_unconditional_request_when_nothing_had_changed_is_a_problem(actor: Actor, tmp_path: Path) -> None:
    def ask(settings: Path) -> None:
        url = next(source.url for source in config.load(settings).sources if source.id == "lindebladet")
        with urllib.request.urlopen(url, timeout=5) as answer:
            answer.read()

    actor.spoil = ask
    assert _play(actor, tmp_path).problems == (
        "nothing had changed, but lindebladet was asked for /nyheter and answered 200",
    )


def test_following_the_back_door_is_a_problem(actor: Actor, tmp_path: Path) -> None:
    def follow(settings: Path) -> None:
        base = next(source.url for source in config.load(settings).sources if source.id == "ovanlig")
        with urllib.request.urlopen(f"{base}nyheter/bakdorr", timeout=5) as answer:
            answer.read()

    actor.spoil = follow
    problems = _play(actor, tmp_path).problems
    assert "a machine that nobody allowed was asked for a page" in problems


def test_too_few_articles_or_no_news_the_next_day_is_a_problem(actor: Actor, tmp_path: Path) -> None:
    actor.counts = [Counts(new=12), Counts(new=1), Counts(new=1)]
    assert len(_play(actor, tmp_path).problems) == 3


def test_a_failed_honest_source_and_a_lost_feed_are_problems(actor: Actor, tmp_path: Path) -> None:
    actor.extra = (replace(_crawl("polisen", Outcome.FAILED), reason=Reason.TIMEOUT, detail="8 s"),)
    problems = _play(actor, tmp_path).problems
    assert set(problems) == {"the source polisen failed: timeout, 8 s"}
    text = "\n".join(replace(_play(Actor(actor.feeds), tmp_path), problems=problems).lines())
    assert "did not go as it should" in text
    assert "Look at the result" not in text


def test_nothing_is_served_any_more_when_the_demo_is_over(actor: Actor, tmp_path: Path) -> None:
    _play(actor, tmp_path)
    url = config.load(tmp_path / "demo.toml").sources[0].url
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(url, timeout=2)
