"""A real reader shows each article once: after an edit, and after a publish of nothing.

newsboat subscribes to feeds that a web server on loopback serves, reloads, and its cache is read.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import threading
from contextlib import closing
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aggregator.publish import publish
from aggregator.render import FORMATS, Document, render
from tests.render.examples import NOW, PICTURE, document, entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aggregator.model import Entry
    from aggregator.render import Format

NEWSBOAT = shutil.which("newsboat")

pytestmark = pytest.mark.skipif(NEWSBOAT is None, reason="newsboat is not installed")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Says nothing."""


class Reader:
    """newsboat with a home of its own, subscribed to one address."""

    def __init__(self, home: Path, address: str) -> None:
        self.home = home
        home.mkdir()
        (home / "urls").write_text(address + "\n")
        (home / "config").write_text('download-retries 1\ndownload-timeout 10\nuser-agent "newsboat of a test"\n')

    def reload(self) -> list[tuple[str, str]]:
        """Fetches the feed; (guid, title) of every article that newsboat then has."""
        assert NEWSBOAT is not None
        files = {"-u": "urls", "-C": "config", "-c": "cache.db"}
        arguments = [part for flag, name in files.items() for part in (flag, str(self.home / name))]
        environment = {"HOME": str(self.home), "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            [NEWSBOAT, *arguments, "-x", "reload"],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        with closing(sqlite3.connect(self.home / "cache.db")) as cache:
            return cache.execute("SELECT guid, title FROM rss_item WHERE deleted = 0 ORDER BY id").fetchall()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder and the address under which it is served."""
    folder = tmp_path / "feeds"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.02))
        thread.start()
        try:
            yield folder, f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("form", FORMATS[:2], ids=lambda form: form.name)
def test_each_article_is_shown_once(served: tuple[Path, str], tmp_path: Path, form: Format) -> None:
    folder, base = served
    seconds = [1_700_000_000]

    def put(*entries: Entry) -> Document:
        doc = document(*entries, base_url=base)
        name = doc.path(form.suffix)
        if publish([(name, render(doc, form))], folder).written:
            # HTTP tells times of change by the second; a test takes less, so each writing gets a second of its own.
            seconds.append(seconds[-1] + 1)
            os.utime(folder / name, (seconds[-1], seconds[-1]))
        return doc

    entries = [entry(n, image=PICTURE, content_html="<p>Text</p>") for n in range(1, 6)]
    reader = Reader(tmp_path / "reader", put(*entries).address(form.suffix))
    first = reader.reload()
    assert sorted(first) == [(one.guid, one.title) for one in entries]

    edited = entry(2, title="Rättad rubrik", updated_at=NOW - timedelta(minutes=1))
    put(entries[0], edited, *entries[2:])
    after_edit = reader.reload()
    assert sorted(guid for guid, _ in after_edit) == sorted(guid for guid, _ in first)
    assert dict(after_edit)[edited.guid] == "Rättad rubrik"

    put(entries[0], edited, *entries[2:])
    assert reader.reload() == after_edit

    put(entries[0], edited, *entries[2:], entry(6))
    assert len(reader.reload()) == len(first) + 1
