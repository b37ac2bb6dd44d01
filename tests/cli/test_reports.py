"""What people and machines are told of a run, and how the log speaks."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import structlog

from aggregator.cli.logs import set_up
from aggregator.cli.reasons import OUTCOMES, REASONS, explain
from aggregator.cli.reports import exit_code, run_json, run_report
from aggregator.cli.tables import table
from aggregator.model import Counts, Crawl, Outcome, Published, Reason, Run

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
CRAWL = Crawl(source_id="a", started_at=AT, outcome=Outcome.CHANGED, counts=Counts(new=3, requests=4))
RUN = Run(started_at=AT, ended_at=AT + timedelta(seconds=2), crawls=(CRAWL,), counts=CRAWL.counts)
FAILED = replace(CRAWL, outcome=Outcome.FAILED, reason=Reason.TIMEOUT, detail="30 s\nwent by", counts=Counts())


def test_only_a_failed_source_or_feed_makes_exit_code_1() -> None:
    assert exit_code(RUN) == 0
    assert exit_code(replace(RUN, crawls=(replace(CRAWL, outcome=Outcome.PARTIAL, reason=Reason.DEADLINE),))) == 0
    assert exit_code(replace(RUN, crawls=(CRAWL, FAILED))) == 1
    assert exit_code(replace(RUN, published=Published(failed=(("alla.rss", "why"),)))) == 1


def test_each_source_is_a_line_with_its_outcome_and_what_to_do() -> None:
    lines = list(run_report(replace(RUN, crawls=(CRAWL, FAILED)), {"a": "Åkerbladet"}))
    assert lines[2].split()[:2] == ["Åkerbladet", "read"]
    assert "FAILED" in lines[3]
    assert "too slowly (30 s went by); do: nothing, if it passes" in lines[3]
    assert lines[5] == "2026-11-22 13:00  2 sources: 3 new, 0 updated, 4 requests (0 unchanged), 2.0 s"


def test_a_feed_that_could_not_be_written_is_named() -> None:
    run = replace(RUN, published=Published(written=("a.rss",), unchanged=2, failed=(("alla.rss", "no room"),)))
    assert list(run_report(run, {}))[-2:] == [
        "Feeds: 1 file written, 2 as they were",
        "NOT WRITTEN alla.rss: no room; the earlier file is still in place",
    ]
    assert run_json(run)["feeds"]["failed"] == [{"file": "alla.rss", "why": "no room"}]


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_explained_on_one_line(reason: Reason) -> None:
    what, remedy = REASONS[reason]
    assert explain(replace(FAILED, reason=reason, detail="")) == f"{what}; do: {remedy}"


def test_every_outcome_has_a_word() -> None:
    assert set(OUTCOMES) == set(Outcome)


def test_columns_stand_straight_under_wide_and_combining_letters() -> None:
    lines = list(table(("Name", "N"), [("Örebro", "1"), ("O\u0308rebro", "10"), ("新聞", "100")], right=(1,)))
    assert [line.rstrip()[-1] for line in lines[2:]] == ["1", "0", "0"]
    assert lines[2:] == ["Örebro    1", "O\u0308rebro   10", "新聞    100"]


HEAD = ("Id", "State", "Articles", "Why")
ROWS = [("lokalbladet", "well", "12", ""), ("radion", "failing", "3", "the site answered too slowly; do: nothing")]


def test_a_table_that_fits_the_terminal_is_as_it_is_in_a_file() -> None:
    assert list(table(HEAD, ROWS, right=(2,), width=80)) == list(table(HEAD, ROWS, right=(2,)))


def test_in_a_narrow_terminal_the_last_column_goes_below_its_row() -> None:
    lines = list(table(HEAD, ROWS, right=(2,), width=40))
    assert lines[2:4] == ["lokalbladet  well           12", "radion       failing         3"]
    assert lines[4:] == ["    the site answered too slowly; do:", "    nothing"]


def test_in_a_very_narrow_terminal_each_row_is_a_paragraph_and_nothing_is_lost() -> None:
    lines = list(table(HEAD, ROWS, right=(2,), width=28))
    assert lines[:2] == ["lokalbladet", "    State: well; Articles:"]
    assert max(len(line) for line in lines) <= 28
    assert all(word in " ".join(lines[2:]) for cell in ROWS[1] for word in cell.split())


def test_the_log_has_the_same_keys_for_our_events_and_libraries(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        set_up("info", as_json=True)
        structlog.get_logger().info("source.done", run=1, source="a", url="https://a.example/")
        structlog.get_logger().debug("not.told")
        logging.getLogger("library").warning("trouble with %s", "å")
        ours, theirs = (json.loads(line) for line in capsys.readouterr().err.splitlines())
        assert ours.items() >= {"event": "source.done", "level": "info", "run": 1, "source": "a"}.items()
        assert theirs.items() >= {"event": "trouble with å", "level": "warning", "logger": "library"}.items()
        set_up("info", as_json=False)
        structlog.get_logger().info("source.done", source="a", run=1)
        assert capsys.readouterr().err.split(" ", 1)[1] == "level=info event=source.done run=1 source=a\n"
    finally:
        structlog.reset_defaults()
        logging.getLogger().handlers.clear()
