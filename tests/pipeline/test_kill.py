"""A run killed at any moment, and started again, loses no article, doubles none, and damages no feed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import ROOT
from tests.site import Story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.pipeline.conftest import House

KILLS = 50


class Forge:
    """Starts runs of the real program as processes of their own."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.pipeline.forge"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.stdin, self.stdout = self.process.stdin, self.process.stdout

    def run(self, *arguments: str, kill_after: float | None = None) -> int:
        """The wait status of one command, killed with SIGKILL after so many seconds, where it lasts so long."""
        self.stdin.write(json.dumps(arguments) + "\n")
        self.stdin.flush()
        child = int(self.stdout.readline())
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(child, signal.SIGKILL)
        self.stdin.write("\n")
        self.stdin.flush()
        return int(self.stdout.readline())

    def close(self) -> None:
        self.stdin.close()
        self.process.wait(timeout=30)
        self.stdout.close()


@pytest.fixture
def forge() -> Iterator[Forge]:
    running = Forge()
    yield running
    running.close()


def test_fifty_kills_lose_no_article_double_none_and_damage_no_feed(build: Callable[..., House], forge: Forge) -> None:
    house = build(3, max_new_pages="5")
    chance = random.Random(7)  # noqa: S311 - moments to kill at
    for number, site in enumerate(house.sites):
        site.delay = 0.002
        site.publish(*(Story(1000 * number + i) for i in range(6)))
    assert forge.run(*_crawl(house, 0)) == 0
    began = time.monotonic()
    assert forge.run(*_crawl(house, 1)) == 0
    whole = time.monotonic() - began
    killed = 0
    for attempt in range(2, 4 * KILLS):
        house.sites[attempt % 3].publish(
            Story(1000 * (attempt % 3) + 100 + attempt), Story(1000 * (attempt % 3) + 1, edition=attempt)
        )
        status = forge.run(*_crawl(house, attempt), kill_after=chance.uniform(0, whole))
        killed += os.WIFSIGNALED(status)
        _every_feed_is_whole(house.feeds)
        if killed == KILLS:
            break
    assert killed == KILLS
    for calm in range(1, 8):
        forge.run(*_crawl(house, 200 + 4 * calm))
    expected = sorted(story.title for site in house.sites for story in site.stories)
    assert sorted(kept.article.title for kept in house.articles()) == expected
    guids = [kept.guid for kept in house.articles()]
    assert len(guids) == len(set(guids))
    _every_feed_is_whole(house.feeds)


def _crawl(house: House, hours: int) -> tuple[str, ...]:
    day, hour = divmod(hours, 24)
    return (
        "crawl",
        "--config",
        str(house.folder / "sources.toml"),
        "--now",
        f"2024-11-{2 + day:02d}T{hour:02d}:00:00Z",
    )


def _every_feed_is_whole(feeds: Path) -> None:
    for path in feeds.rglob("*"):
        if path.suffix in {".rss", ".atom", ".opml"}:
            ET.fromstring(path.read_bytes())  # noqa: S314 - our own output
        elif path.suffix == ".json":
            json.loads(path.read_bytes())
        elif path.suffix == ".html":
            assert path.read_text("utf-8").rstrip().endswith("</html>")
