"""An archive in a folder of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aggregator.archive import Archive
from aggregator.model import Config
from tests.archive.made import NOW, PAPER, RIVAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "arkivet å.db"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with Archive.open(path, tag_authority="example.org") as opened:
        opened.register(Config(sources=(PAPER, RIVAL)), NOW)
        yield opened
