"""A real WordPress, as Örebronyheter is one: found whole, asked conditionally, edits and deletions noticed."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from aggregator import config, pipeline
from aggregator.archive import Archive
from aggregator.model import Outcome
from tests.conftest import beside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aggregator.model import KeptArticle, Run

START = datetime(2024, 11, 3, 6, 0, tzinfo=UTC)
CONFIG = """
[aggregator]
base_url = "https://nyheter.example.org/"
min_delay_seconds = 0
allow_private = ["127.0.0.1:{port}"]
[[source]]
id = "wordpress"
name = "Länets nyheter"
url = "http://127.0.0.1:{port}/"
schedule = "1h"
"""


@dataclass(slots=True)
class WordPress:
    """The origin, and the program that follows it."""

    folder: Path
    site: Path
    installer: Path
    port: int

    def editor(self, *arguments: str) -> None:
        subprocess.run(["php", str(self.installer), str(self.site), *arguments], check=True, capture_output=True)

    def crawl(self, hours: float) -> Run:
        settings = config.parse(CONFIG.format(port=self.port), "sources.toml")
        with Archive.open(self.folder / "archive.db", tag_authority="nyheter.example.org") as archive:
            now = START + timedelta(hours=hours)
            return pipeline.run(settings, archive, now=now, folder=self.folder / "feeds")

    def articles(self) -> dict[str, KeptArticle]:
        """By the last part of the address."""
        with Archive.reader(self.folder / "archive.db") as archive:
            return {kept.article.url.rstrip("/").rpartition("/")[2]: kept for kept in archive.export()}


@pytest.fixture(scope="module")
def wordpress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WordPress]:
    tool = beside("tools/wordpress")
    if tool is None or not all(map(shutil.which, ("php", "mariadbd", "mariadb-install-db"))):
        pytest.skip("no WordPress origin beside the checkout, or no php and mariadb to run it")
    home = tmp_path_factory.mktemp("wordpress")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # One title twice, and more articles than one page of feed or API holds.
    lines = (tool / "posts.jsonl").read_text("utf-8").splitlines()
    for number in range(130):
        day = datetime(2024, 9, 1, 6, tzinfo=UTC) + timedelta(hours=8 * number)
        words = f"<p>Föreningen i Kumla planterar träd nummer {number} vid badet, berättar styrelsen.</p>" * 3
        lines.append(json.dumps({"title": f"Träd {number}", "date": f"{day:%Y-%m-%d %H:%M:%S}", "content": words}))
    (home / "all.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    environment = {**os.environ, "WP_ORIGIN_HOME": str(home / "origin")}
    command = [str(tool / "start"), str(port), str(home / "all.jsonl")]
    try:
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)
        yield WordPress(home, home / "origin/site", tool / "install.php", port)
    finally:
        subprocess.run([str(tool / "stop")], env=environment, check=False, capture_output=True)


def test_a_wordpress_is_followed_through_news_edits_and_deletions(wordpress: WordPress) -> None:
    first = wordpress.crawl(0)
    assert first.counts.new == 134
    before = wordpress.articles()
    assert sum(kept.article.title == "Nattens händelser från polisen" for kept in before.values()) == 2
    cross = before["ny-vardsamverkan-ska-korta-koerna-i-vastra-lansdelen"]
    assert cross.article.origin == "Region Örebro län"
    assert cross.article.published_at == datetime(2024, 10, 30, 7, 15, tzinfo=UTC)
    assert "Örebronyheter" not in cross.article.text

    again = wordpress.crawl(1)
    assert [crawl.outcome for crawl in again.crawls] == [Outcome.UNCHANGED]
    assert (again.counts.requests, again.counts.not_modified) == (1, 1)

    slug = "motocrossklubben-bygger-ny-bana-i-kumla"
    wordpress.editor("--edit", slug, "Klubben bygger ny bana i Kumla", "<p>Banan invigs först i augusti.</p>" * 3)
    assert wordpress.crawl(2).counts.updated == 1
    edited = wordpress.articles()[slug]
    assert (edited.guid, edited.article.title) == (before[slug].guid, "Klubben bygger ny bana i Kumla")
    assert [version.title for version in edited.versions] == ["Motocrossklubben bygger ny bana i Kumla"]

    wordpress.editor("--delete", slug)
    assert wordpress.crawl(8).counts.gone == 1
    after = wordpress.articles()
    assert len(after) == 134
    assert [name for name, kept in after.items() if kept.gone_at] == [slug]
