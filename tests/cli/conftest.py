"""A site on loopback and a folder to work in, for the commands."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from aggregator import cli

NOW = "2026-11-22T12:00:00+00:00"
PARAGRAPH = (
    "Kommunfullmäktige i Karlskoga beslutade i går kväll att bygga en ny vårdcentral vid torget. "
    "Den öppnar hösten 2028, och patienterna flyttar dit från de gamla lokalerna vid sjön. "
)

RULES = """
[[tag]]
kind = "theme"
name = "hälsa"
words = {"*vård*" = 1, "patient" = 1}

[[tag]]
kind = "kommun"
name = "Karlskoga"
words = ["Karlskoga"]

[[project]]
name = "InnoMera"
status = "ongoing"
period = "2021 –"
"""


@dataclass
class Site:
    """What the site answers, path → (type, body), and what it was asked."""

    base: str = ""
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)
    """Paths that are never answered; ``reached`` tells that one was asked for."""
    reached: threading.Event = field(default_factory=threading.Event)
    closing: threading.Event = field(default_factory=threading.Event)

    def article(self, slug: str, title: str) -> None:
        head = f'<meta property="article:published_time" content="2026-11-21T08:00:00+01:00"><title>{title}</title>'
        paragraphs = "".join(f"<p>{PARAGRAPH}Del {number} av {slug}.</p>" for number in range(4))
        html = f"<html lang=sv><head>{head}</head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
        self.pages[f"/{slug}/"] = ("text/html; charset=utf-8", html)

    def feed(self, *slugs: str) -> None:
        items = "".join(
            f"<item><title>{slug}</title><link>{self.base}/{slug}/</link><guid>{slug}</guid></item>" for slug in slugs
        )
        self.pages["/rss"] = (
            "application/rss+xml",
            f'<rss version="2.0"><channel><title>T</title><link>{self.base}/</link>{items}</channel></rss>',
        )


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            if self.path in found.silent:
                found.reached.set()
                found.closing.wait(60)
                return
            kind, body = found.pages.get(self.path, ("text/plain", ""))
            self.send_response(200 if self.path in found.pages else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """The test log is not the place for requests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    found.article("vardcentral", "Ny vårdcentral i Karlskoga")
    found.feed("vardcentral")
    yield found
    found.closing.set()
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Shell:
    """Runs commands as a shell would: exit code, standard output, standard error."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        self.capsys.readouterr()
        code = cli.run(arguments)
        output = self.capsys.readouterr()
        return code, output.out, output.err

    def json(self, *arguments: str) -> object:
        code, out, err = self(*arguments)
        assert (code, err) == (0, "")
        return json.loads(out)

    def configure(self, text: str) -> None:
        (self.folder / "sources.toml").write_text(text, "utf-8")


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AGGREGATOR_NOW", NOW)
    found = Shell(tmp_path, capsys)
    found.configure(RULES)
    return found


@pytest.fixture
def follow(shell: Shell, site: Site) -> Shell:
    """The shell with the site as its one source."""
    shell.configure(
        f"""
        [aggregator]
        allow_private = ["{site.base.removeprefix("http://")}"]
        min_delay_seconds = 0
        max_retries = 0
        [[source]]
        id = "tidningen"
        name = "Tidningen"
        url = "{site.base}/rss"
        kind = "feed"
        {RULES}
        """
    )
    return shell
