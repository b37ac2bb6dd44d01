"""What is remembered of sources, hosts, runs and responses."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from aggregator.archive import Archive
from aggregator.model import Config, Counts, HostState, Outcome, Published, Reason, Run, Settings, SourceState
from tests.archive.made import DAY, HOUR, NOW, PAPER, RIVAL, failed, find, page, rejected, remembered, turn

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://bladet.example/nyhet"


def ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_a_source_s_state_comes_back_whole(archive: Archive) -> None:
    assert archive.states() == {}
    archive.save(turn(state=remembered()), PAPER, at=NOW)
    assert archive.states() == {PAPER.id: remembered()}


def test_a_state_replaces_the_one_before(archive: Archive) -> None:
    archive.save(turn(state=remembered()), PAPER, at=NOW)
    fresh = replace(remembered(), validators={}, body_hashes={}, memory={}, failures=0, failing_since=None)
    archive.save(turn(state=fresh), PAPER, at=NOW)
    assert archive.states() == {PAPER.id: fresh}


def test_a_host_s_state_comes_back_and_its_time_to_return_is_never_rounded_down(archive: Archive) -> None:
    host = HostState(
        host="https://bladet.example:443",
        retry_at=NOW + timedelta(seconds=90, milliseconds=1),
        failures=2,
        robots="User-agent: *\nDisallow: /å\n".encode("latin-1"),
        robots_status=200,
        robots_at=NOW - HOUR,
        unreachable_since=NOW - DAY,
    )
    archive.save_hosts([host])
    (back,) = archive.hosts().values()
    assert back == replace(host, retry_at=NOW + timedelta(seconds=91))
    archive.save_hosts([HostState(host=host.host)])
    assert archive.hosts() == {host.host: HostState(host=host.host)}


def test_registering_the_same_again_writes_nothing(archive: Archive, path: Path) -> None:
    archive.save(turn(find(URL)), PAPER, at=NOW)
    before = ask(path, "PRAGMA data_version"), path.stat().st_size, path.with_name(f"{path.name}-wal").stat()
    archive.register(Config(sources=(PAPER, RIVAL)), NOW + DAY)
    archive.prune(Settings(), NOW)
    after = ask(path, "PRAGMA data_version"), path.stat().st_size, path.with_name(f"{path.name}-wal").stat()
    assert before[1:] == after[1:]


def test_a_source_that_was_renamed_bears_its_new_name(archive: Archive) -> None:
    archive.save(turn(find(URL)), PAPER, at=NOW)
    archive.register(Config(sources=(replace(PAPER, name="Örebro nya blad"),)), NOW)
    assert archive.articles([1])[0].source_name == "Örebro nya blad"


def test_health_tells_what_an_operator_asks(archive: Archive) -> None:
    problem = turn(failed(f"{URL}/2", Reason.TIMEOUT, passing=True), rejected(f"{URL}/3", Reason.LISTING))
    archive.save(turn(find(URL), state=remembered()), PAPER, at=NOW)
    archive.save(replace(problem, outcome=Outcome.PARTIAL, detail="tid ute", state=remembered()), PAPER, at=NOW)
    paper, rival = archive.health(NOW + DAY)
    assert (paper.name, paper.articles, paper.new_last_week, paper.newest_at) == ("Örebrobladet", 1, 1, NOW)
    assert (paper.waiting, paper.given_up, paper.last_outcome, paper.last_detail) == (1, 1, "partial", "tid ute")
    assert (paper.state, rival.articles, rival.last_outcome) == (remembered(), 0, None)
    assert archive.health(NOW + 8 * DAY)[0].new_last_week == 0


def test_a_run_and_its_crawls_are_kept_with_their_counts(archive: Archive, path: Path) -> None:
    run_id = archive.start_run(NOW)
    crawl = archive.save(turn(find(URL), counts=Counts(requests=3, wire_bytes=99)), PAPER, at=NOW, run_id=run_id)
    assert (crawl.counts.new, crawl.counts.requests) == (1, 3)
    run = Run(started_at=NOW, ended_at=NOW + HOUR, published=Published(written=("alla.rss",)), counts=crawl.counts)
    archive.close_run(run_id, run)
    (past,) = archive.runs()
    assert (past.started_at, past.ended_at, past.sources) == (NOW, NOW + HOUR, 1)
    assert (past.counts, past.written) == (crawl.counts, ("alla.rss",))
    archive.start_run(NOW + DAY)
    assert [one.ended_at for one in archive.runs()] == [None, NOW + HOUR]
    assert ask(path, "SELECT run_id, requests, new, wire_bytes FROM crawls") == [(run_id, 3, 1, 99)]


def test_a_body_is_kept_once_and_compressed(archive: Archive, path: Path) -> None:
    body = "<p>Samma sida åter igen</p>".encode() * 500
    for at in range(3):
        listings = (page("https://bladet.example/", body), page("https://bladet.example/en/", body))
        archive.save(turn(listings=listings), PAPER, at=NOW + at * HOUR)
    assert ask(path, "SELECT count(*), sum(size_bytes), sum(stored_bytes) < 500 FROM bodies") == [(1, len(body), 1)]
    assert ask(path, "SELECT count(*) FROM snapshots") == [(2,)]


def test_the_page_that_an_article_was_read_from_comes_back_byte_for_byte(archive: Archive) -> None:
    met = find(URL)
    archive.save(turn(met), PAPER, at=NOW)
    assert archive.page(1) == met.snapshot
    assert archive.page(2) is None


def test_a_source_taken_out_of_the_configuration_stays_but_is_not_enabled(archive: Archive) -> None:
    archive.save(turn(find(URL)), PAPER, at=NOW)
    archive.register(Config(sources=(RIVAL,)), NOW)
    assert [(one.source_id, one.enabled) for one in archive.health(NOW)] == [("bladet", False), ("kuriren", True)]
    assert len(archive.articles([1])) == 1


def test_no_body_is_kept_where_the_origin_forbids_it(archive: Archive, path: Path) -> None:
    archive.save(turn(listings=(replace(page(URL), keep_body=False),)), PAPER, at=NOW)
    assert ask(path, "SELECT content, stored_bytes FROM bodies") == [(None, 0)]


def test_pruning_takes_old_listings_and_runs_and_no_article_page(archive: Archive, path: Path) -> None:
    old = replace(page("https://bladet.example/", b"gammal"), fetched_at=NOW - 60 * DAY)
    newer = replace(page("https://bladet.example/", b"ny"), fetched_at=NOW - 50 * DAY)
    met = find(URL)
    assert met.snapshot is not None
    met = replace(met, snapshot=replace(met.snapshot, fetched_at=NOW - 60 * DAY))
    refused = rejected(f"{URL}/2", Reason.PAYWALL)
    run_id = archive.start_run(NOW - 500 * DAY)
    once = replace(page("https://bladet.example/?efter=1", b"en gang"), fetched_at=NOW - 60 * DAY)
    asked = SourceState(source_id=PAPER.id, body_hashes={"https://bladet.example/": "abc"})
    crawl = turn(met, refused, listings=(old, newer, once), state=asked)
    archive.save(crawl, PAPER, at=NOW - 60 * DAY, run_id=run_id)
    archive.prune(Settings(), NOW)
    left = ask(path, "SELECT url, purpose FROM snapshots ORDER BY id")
    assert left == [("https://bladet.example/", "listing"), (URL, "page"), (f"{URL}/2", "page")]
    assert ask(path, "SELECT count(*) FROM bodies") == [(3,)]
    assert ask(path, "SELECT (SELECT count(*) FROM runs), (SELECT count(*) FROM crawls)") == [(0, 0)]
