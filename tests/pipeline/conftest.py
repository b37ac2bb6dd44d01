"""A house on loopback: sites to crawl, a configuration, and the verbs that the tests use."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from aggregator import config, pipeline
from aggregator.archive import Archive
from tests.site import sites, toml_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from aggregator.model import Config, KeptArticle, Run
    from tests.site import Site

START = datetime(2024, 11, 2, 6, 0, tzinfo=UTC)


@dataclass(slots=True)
class House:
    """The program as an operator has it: a configuration, an archive, a feeds folder."""

    folder: Path
    config: Config
    sites: list[Site]

    @property
    def feeds(self) -> Path:
        return self.folder / "feeds"

    @contextmanager
    def archive(self) -> Iterator[Archive]:
        with Archive.open(self.folder / "archive.db", tag_authority="nyheter.example.org") as archive:
            yield archive

    def crawl(self, hours: float = 0, *only: str) -> Run:
        """One run, so many hours after the start."""
        with self.archive() as archive:
            now = START + timedelta(hours=hours)
            return pipeline.run(self.config, archive, now=now, folder=self.feeds, only=only)

    def articles(self) -> list[KeptArticle]:
        with self.archive() as archive:
            return sorted(archive.export(), key=lambda kept: kept.article.url)

    def written(self) -> dict[str, bytes]:
        """Every file of ``feeds/``."""
        return {str(p.relative_to(self.feeds)): p.read_bytes() for p in self.feeds.rglob("*") if p.is_file()}


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Callable[..., House]]:
    """Makes houses with so many sites; the sites end with the test."""
    with sites(4) as running:

        def make(count: int = 1, name: str = "house", **settings: str) -> House:
            folder = tmp_path / name
            folder.mkdir(exist_ok=True)
            text = toml_for(running[:count], **settings)
            (folder / "sources.toml").write_text(text, "utf-8")
            return House(folder, config.load(folder / "sources.toml"), running[:count])

        yield make
