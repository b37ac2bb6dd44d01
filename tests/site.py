"""A small news site on loopback, over real HTTP, whose pages a test changes while it is crawled."""

from __future__ import annotations

import hashlib
import random
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

SUBJECTS = ["Kommunen", "Vårdcentralen", "Biblioteket", "Idrottsföreningen", "Räddningstjänsten", "Regionen", "Skolan"]
VERBS = ["öppnar", "bygger", "utreder", "inviger", "samlar", "stärker", "flyttar", "prövar", "följer upp", "visar"]
OBJECTS = [
    "en ny mottagning för äldre", "gång- och cykelvägen vid ån", "höstens föreläsningar", "en gemensam satsning",
    "lokalerna vid torget", "stödet till föreningar", "en utställning om bygden", "trafiken genom centrum",
]  # fmt: skip
PLACES = ["Karlskoga", "Lindesberg", "Kumla", "Hallsberg", "Nora", "Askersund", "Örebro", "Degerfors", "Laxå"]


@dataclass(slots=True)
class Story:
    """One article of the site, written from its number alone."""

    number: int
    edition: int = 0
    day: int = 1
    title: str = ""
    body: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        chance = random.Random(f"{self.number}/{self.edition}")  # noqa: S311 - words, not secrets
        place = PLACES[self.number % len(PLACES)]
        self.title = self.title or f"{SUBJECTS[self.number % len(SUBJECTS)]} i {place} nummer {self.number}"
        self.body = self.body or tuple(
            " ".join(
                f"{chance.choice(SUBJECTS)} {chance.choice(VERBS)} {chance.choice(OBJECTS)} i {place} och räknar med "
                f"{chance.randrange(20, 900)} besökare under året."
                for _ in range(4)
            )
            for _ in range(4)
        )

    @property
    def path(self) -> str:
        return f"/nyheter/artikel-nummer-{self.number}"

    @property
    def html(self) -> str:
        paragraphs = "".join(f"<p>{text}</p>" for text in self.body)
        published_at = f"2024-10-{self.day:02d}T07:{self.number % 60:02d}:00+02:00"
        return (
            f'<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{self.title} | Bladet</title>'
            f'<meta property="article:published_time" content="{published_at}">'
            f"</head><body><header><a href='/'>Bladet</a></header><main><article><h1>{self.title}</h1>"
            f"{paragraphs}</article></main><footer><a href='/om-oss'>Om oss</a></footer></body></html>"
        )


@dataclass(slots=True)
class Page:
    """What one path answers."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    validators: bool = True


class Site:
    """Pages by path, an access log, and a delay; conditional requests are answered with 304."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.stories: list[Story] = []
        self.log: list[tuple[str, int]] = []
        self.delay = 0.0
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # else each answer on a kept connection waits some 40 ms

            def do_GET(self) -> None:
                time.sleep(site.delay)
                site.answer(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
                """Quiet: the log is ``site.log``."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    @property
    def netloc(self) -> str:
        return f"127.0.0.1:{self.server.server_address[1]}"

    @property
    def url(self) -> str:
        return f"http://{self.netloc}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.server.shutdown()
        self.server.server_close()

    def publish(self, *stories: Story) -> None:
        """Put stories on the site, and on its front page, newest first; a story of the same number is replaced."""
        for story in stories:
            self.stories = [other for other in self.stories if other.number != story.number]
            self.stories.insert(0, story)
            self.pages[story.path] = Page(story.html.encode())
        items = "".join(
            f'<li class="teaser"><h2><a href="{story.path}">{story.title}</a></h2><p>{story.body[0][:90]}…</p></li>'
            for story in self.stories
        )
        front = f'<!doctype html><html lang="sv"><head><title>Bladet</title></head><body><main><ul>{items}</ul></main>'
        self.pages["/nyheter/"] = Page(f"{front}</body></html>".encode())

    def withdraw(self, story: Story) -> None:
        """Take a story away: its page is 404 and the front page no longer names it."""
        self.stories = [other for other in self.stories if other.number != story.number]
        del self.pages[story.path]
        self.publish()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        path = request.path
        page = self.pages.get(path, Page(b"<h1>Hittades inte</h1>", status=404, validators=False))
        etag = f'"{hashlib.sha1(page.body).hexdigest()}"'  # noqa: S324 - a validator, not a secret
        status = page.status
        if page.validators and status == 200 and request.headers.get("If-None-Match") == etag:
            status = 304
        self.log.append((path, status))
        request.send_response(status)
        for name, value in page.headers.items():
            request.send_header(name, value)
        if page.validators:
            request.send_header("ETag", etag)
        body = b"" if status == 304 else page.body
        if status != 304:
            request.send_header("Content-Type", page.content_type)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def asked(self, path: str = "") -> list[tuple[str, int]]:
        """The requests since the last ``forget``, robots.txt apart, for one path or all."""
        return [line for line in self.log if line[0] != "/robots.txt" and path in ("", line[0])]

    def forget(self) -> None:
        self.log.clear()


@contextmanager
def sites(count: int) -> Iterator[list[Site]]:
    """So many sites, each on a port of its own."""
    running = [Site() for _ in range(count)]
    try:
        for site in running:
            site.__enter__()
        yield running
    finally:
        for site in running:
            site.__exit__(None, None, None)


def toml_for(running: list[Site], kind: str = "page", **settings: str) -> str:
    """A ``sources.toml`` that follows each site's front page, for tests: no pause, loopback allowed."""
    lines = ["[aggregator]", 'base_url = "https://nyheter.example.org/"', "min_delay_seconds = 0", "max_retries = 0"]
    lines += [f"allow_private = [{', '.join(repr(site.netloc) for site in running)}]"]
    lines += [f"{key} = {value}" for key, value in settings.items()]
    for number, site in enumerate(running):
        lines += ["[[source]]", f'id = "blad-{number}"', f'name = "Bladet {number}"', f'url = "{site.url}/nyheter/"']
        lines += [f'kind = "{kind}"', 'schedule = "1h"']
    lines += ["[[tag]]", 'kind = "theme"', 'name = "hälsa"', 'words = ["vårdcentral", "mottagning"]']
    return "\n".join(lines) + "\n"
