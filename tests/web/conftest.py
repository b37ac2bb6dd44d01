"""The site over an archive in a folder of its own, served on loopback."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import httpx
import pytest

from aggregator.archive import Archive
from aggregator.model import Config, Web
from aggregator.web import build
from aggregator.web.serving import listen, server
from tests.archive.made import NOW, PAPER, RIVAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi import FastAPI

CONFIG = Config(sources=(PAPER, RIVAL))
TODAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The application on a free port of loopback; its address without a slash at the end."""
    running = server(app)
    with listen(Web(port=0)) as listening:
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            running.should_exit = True
            thread.join(20)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "arkivet å.db"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    """The archive, open to write."""
    with Archive.open(path, tag_authority="example.org") as opened:
        opened.register(CONFIG, NOW)
        yield opened


@pytest.fixture
def browser(path: Path) -> Iterator[httpx.Client]:
    """One who reads the site over the archive at ``path``; redirects are not followed."""
    with served(build(CONFIG, path, lambda: TODAY)) as address, httpx.Client(base_url=address) as client:
        yield client
