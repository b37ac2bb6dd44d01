"""crawl, watch, sources: on a site served on loopback."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import tomllib
from pathlib import Path

from tests.cli.conftest import NOW, Shell, Site
from tests.conftest import ROOT


def test_a_crawl_reads_publishes_and_reports(follow: Shell, site: Site) -> None:
    code, out, err = follow("crawl")
    assert (code, err) == (0, "")
    assert "Tidningen" in out
    assert "2026-11-22 13:00  1 source: 1 new, 0 updated" in out
    assert (follow.folder / "feeds" / "alla.rss").exists()
    assert "/vardcentral/" in site.asked


def test_the_report_for_machines_tells_the_same(follow: Shell) -> None:
    report = follow.json("crawl", "--json")
    assert isinstance(report, dict)
    [source] = report["sources"]
    assert (report["exit_code"], report["counts"]["new"], report["started_at"]) == (0, 1, "2026-11-22T12:00:00Z")
    assert (source["source"], source["outcome"], source["reason"]) == ("tidningen", "changed", None)
    assert source["next_check_at"] > "2026-11-22T12:"
    assert "alla.atom" in report["feeds"]["written"]


def test_a_source_that_fails_is_told_with_what_to_do_and_exit_code_1(follow: Shell, site: Site) -> None:
    site.pages.pop("/rss")
    code, out, err = follow("crawl")
    assert (code, err) == (1, "")
    assert "FAILED" in out
    assert "not found (404)" in out
    assert "correct the source's url" in out
    code, out, _ = follow("sources")
    assert code == 0
    assert "failing (1 in a row)" in out


def test_options_win_over_the_configuration(follow: Shell) -> None:
    code, _, _ = follow("crawl", "--archive", "other.db", "--feeds", "ut")
    assert code == 0
    assert (follow.folder / "ut" / "alla.rss").exists()
    assert (follow.folder / "other.db").exists()
    assert not (follow.folder / "archive.db").exists()


def test_sources_are_listed_with_their_health(follow: Shell) -> None:
    [before] = follow.json("sources", "--json")  # type: ignore[misc]
    assert (before["id"], before["state"], before["articles"]) == ("tidningen", "never read", 0)
    follow("crawl")
    [after] = follow.json("sources", "--json")  # type: ignore[misc]
    assert (after["state"], after["articles"], after["last_checked_at"]) == ("well", 1, "2026-11-22T12:00:00Z")


def test_a_source_is_tried_live_and_nothing_is_written(follow: Shell) -> None:
    found = follow.json("sources", "check", "tidningen", "--json")
    assert isinstance(found, dict)
    assert found["found"] == {"article": 1}
    [article] = found["articles"]
    assert article["title"] == "Ny vårdcentral i Karlskoga"
    assert "kommun:Karlskoga" in article["tags"]
    code, out, _ = follow("sources", "check", "tidningen")
    assert code == 0
    assert "Ny vårdcentral i Karlskoga" in out
    assert [path.name for path in follow.folder.iterdir()] == ["sources.toml"]


def test_a_source_is_recorded_as_a_fixture(follow: Shell, site: Site) -> None:
    code, _, err = follow("sources", "record", "tidningen", "--folder", "fixtures")
    assert (code, err) == (0, "")
    folder = follow.folder / "fixtures" / "tidningen"
    assert sorted(path.name for path in folder.iterdir()) == [
        "article.html", "expected.json", "fixture.toml", "listing.xml",
    ]  # fmt: skip
    assert (folder / "article.html").read_text("utf-8") == site.pages["/vardcentral/"][1]
    assert json.loads((folder / "expected.json").read_text("utf-8"))["title"] == "Ny vårdcentral i Karlskoga"
    told = tomllib.loads((folder / "fixture.toml").read_text("utf-8"))
    assert (told["listing"]["kind"], told["listing"]["links"]) == ("feed", 1)


def test_watch_runs_what_is_due_and_ends_cleanly_on_a_signal(follow: Shell) -> None:
    for stop in (signal.SIGTERM, signal.SIGINT):
        archive = follow.folder / f"{stop.name}.db"
        with subprocess.Popen(
            [sys.executable, "-m", "aggregator", "watch", "--json", "--log-json", "--now", NOW,
             "--config", str(follow.folder / "sources.toml"), "--archive", str(archive)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            watchdog = threading.Timer(30, process.kill)
            watchdog.start()
            assert process.stdout is not None
            report = json.loads(process.stdout.readline())
            assert report["counts"]["new"] == 1
            process.send_signal(stop)
            rest, log = process.communicate()
            watchdog.cancel()
        assert (process.returncode, rest) == (0, ""), log
        events = [json.loads(line)["event"] for line in log.splitlines()]
        assert events[-1] == "watch.stopped"
        assert Path(archive).exists()


def test_a_crawl_that_is_interrupted_ends_at_once_and_says_so(follow: Shell, site: Site) -> None:
    site.silent.add("/rss")
    with subprocess.Popen(
        [sys.executable, "-m", "aggregator", "crawl", "--config", str(follow.folder / "sources.toml")],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        watchdog = threading.Timer(30, process.kill)
        watchdog.start()
        assert site.reached.wait(30)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
        watchdog.cancel()
    assert (process.returncode, out) == (130, "")
    assert err == "aggregator: interrupted; what was saved is kept, and the next run goes on from there\n"
