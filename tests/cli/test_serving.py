"""``serve`` and ``staff``: what the operator is told, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import tomllib
from contextlib import closing, contextmanager
from io import StringIO
from typing import TYPE_CHECKING

import httpx
import pytest

from aggregator import config
from aggregator.web.serving import listen
from aggregator.web.signing.hashing import Verifier
from tests.cli.conftest import NOW, Shell, Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """``aggregator serve`` as a process of its own, and the address that it prints."""
    process = subprocess.Popen(
        [sys.executable, "-m", "aggregator", "serve", "--json", "--port", "0", *arguments],
        cwd=folder,
        env=os.environ | {"AGGREGATOR_NOW": NOW, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, process.communicate()
        yield process, json.loads(line)["address"]
    finally:
        process.kill()
        process.communicate()


def test_serve_answers_until_it_is_told_to_stop_and_ends_with_0(shell: Shell) -> None:
    with serving(shell.folder) as (process, address):
        assert "Arkivet är tomt" in httpx.get(address).text
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def test_serve_without_a_configuration_shows_the_archive_that_is_named(follow: Shell, tmp_path: Path) -> None:
    assert follow("crawl", "--archive", str(tmp_path / "en annan.db"))[0] == 0
    elsewhere = tmp_path / "tom"
    elsewhere.mkdir()
    with serving(elsewhere, "--archive", str(tmp_path / "en annan.db")) as (_, address):
        assert "Ny vårdcentral i Karlskoga" in httpx.get(address).text


def test_serve_brings_an_archive_of_an_earlier_version_up_to_date(follow: Shell, tmp_path: Path) -> None:
    path = tmp_path / "gammal.db"
    assert follow("crawl", "--archive", str(path))[0] == 0
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm020_members_of_other_stories'")
        connection.execute("DROP INDEX articles_folded")
    with serving(tmp_path, "--archive", str(path)) as (_, address):
        assert httpx.get(address).status_code == 200


def test_serve_can_crawl_too_and_takes_its_crawler_with_it(follow: Shell, site: Site) -> None:
    with serving(follow.folder, "--watch") as (process, address):
        until = time.monotonic() + 60
        while "Ny vårdcentral i Karlskoga" not in httpx.get(address).text:
            assert time.monotonic() < until
            time.sleep(0.1)
        feed = httpx.get(f"{address}alla.rss")
        assert feed.headers["content-type"] == "application/rss+xml"
        assert "Ny vårdcentral" in feed.text
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert site.asked


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "nyheter.example"])  # noqa: S104 - what is refused
def test_serve_is_not_reached_by_others_before_it_is_said_who_may_read_what(shell: Shell, host: str) -> None:
    code, out, err = shell("serve", "--host", host)
    assert (code, out) == (2, "")
    assert "does not say who may read what" in err
    assert 'public = "feeds"' in err


def test_serve_tells_a_taken_port_and_a_wrong_host_in_a_line(shell: Shell) -> None:
    with listen(config.parse("[web]\nport = 0", "x").web) as taken:
        code, _, err = shell("serve", "--port", str(taken.getsockname()[1]))
    assert code == 2
    assert "cannot be listened on" in err
    code, _, err = shell("serve", "--host", "http://x")
    assert code == 2
    assert "--host" in err


def test_staff_makes_a_table_that_lets_one_in(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO("korrekt häst batteri\n"))
    code, out, err = shell("staff", 'Anna "Ek"')
    assert (code, err) == (0, "")
    assert "häst" not in out
    [person] = config.parse(out, "sources.toml").web.staff
    assert person.name == 'Anna "Ek"'
    assert Verifier([person]).by_password('anna "ek"', "korrekt häst batteri") == person


def test_staff_makes_a_token_that_is_shown_once(shell: Shell) -> None:
    code, out, err = shell("staff", "Rapporten", "--token")
    assert code == 0
    token = err.strip().rpartition(" ")[2]
    assert token not in out
    [table] = tomllib.loads(out)["web"]["staff"]
    [person] = config.parse(out, "sources.toml").web.staff
    assert table["name"] == "Rapporten"
    assert Verifier([person]).by_token(token) == person


@pytest.mark.parametrize("typed", ["", "kort\n"])
def test_staff_refuses_a_short_password(shell: Shell, monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO(typed))
    code, out, err = shell("staff", "Anna")
    assert (code, out) == (2, "")
    assert "at least 10 letters" in err
