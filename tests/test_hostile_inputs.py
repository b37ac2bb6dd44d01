"""Ten thousand hostile or random inputs through extract, discover, projects and config: values come back, no exception.
The seeds are pages in the region's shapes (and, where they are beside the checkout, real ones); the inputs are cut,
garbled, relabelled, nested and mixed from them by a chance that is the same in every run.
"""

from __future__ import annotations

import gzip
import random
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

import pytest

from aggregator import config, discover, extract, projects
from aggregator.errors import ConfigError
from aggregator.model import Article, Listing, Probe, Rejection, Request, Snapshot, Source, SourceKind
from tests.conftest import ROOT, beside
from tests.site import Story

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2024, 11, 3, 6, 0, tzinfo=UTC)
URL = "https://bladet.example/nyheter/artikel-1"
SHARES = 10
EACH = {"extract": 400, "discover": 400, "projects": 100, "config": 100}
"""Inputs of each kind in one share: ten shares make ten thousand."""

RSS = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Bladet</title><ttl>60</ttl>
<link>https://b.example/</link><item><title>V\xc3\xa5rd i Kumla</title><link>/nyheter/1</link><guid>1</guid>
<pubDate>Sat, 02 Nov 2024 06:00:00 +0100</pubDate><description><![CDATA[<p>Ny mottagning</p>]]></description></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>B</title><id>urn:b</id><updated>2024-11-02T06:00:00Z</updated>
<entry><title>T</title><id>urn:1</id><link href="/nyheter/2"/><updated>2024-11-02T06:00:00Z</updated></entry></feed>"""
SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://b.example/nyheter/3</loc>
<lastmod>2024-11-02</lastmod></url></urlset>"""
JSON = b"""[{"id": 1, "datetime": "2024-11-02 7:05:00 +01:00", "name": "02 november 07.05, Brand, Kumla",
"summary": "Brand.", "url": "/aktuellt/1", "type": "Brand", "location": {"name": "Kumla", "gps": "59,15"},
"link": "https://b.example/1", "title": {"rendered": "T"}, "content": {"rendered": "<p>T</p>"},
"date_gmt": "2024-11-02T06:00:00", "items": [null]}]"""
PIECES = [
    b"<div>",
    b"</div>",
    b"<p>",
    b"<table><tr>",
    b"<b><i>",
    b"<!--",
    b"-->",
    b"<script>",
    b"</script>",
    b"<![CDATA[",
    b"]]>",
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"&#0;",
    b"&#xD800;",
    b"&amp;amp;",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"<svg><math>",
    b'<meta charset="utf-16">',
    b'<meta charset="nonsense">',
    b'<base href="http://[">',
    b'<a href="http://[::1">x</a>',
    b'<script type="application/ld+json">{"@type": "NewsArticle", "author": [[], 1], "datePublished": {}}</script>',
    b'<time datetime="9999-99-99">',
    b'<link rel="canonical" href="//">',
    b"K\xe4lla",
    b"{",
    b"}",
    b'"',
    b"\\ud800",
    b"[" * 300,
]
TYPES = [
    "text/html",
    "text/html; charset=utf-16",
    "text/html; charset=x-mac-cyrillic",
    "application/xml",
    "",
    ";;=",
    "image/png",
]


@cache
def _seeds() -> tuple[bytes, ...]:
    own = [Story(number).html.encode() for number in range(3)]
    shipped = [path.read_bytes() for path in sorted((ROOT / "aggregator/demo/pages").rglob("*")) if path.is_file()]
    place = beside("corpus")
    real = sorted((place / "html").rglob("*.gz"))[::12] if place else []
    return (
        *own,
        RSS,
        ATOM,
        SITEMAP,
        JSON,
        *shipped[:20],
        *(gzip.decompress(path.read_bytes())[:60_000] for path in real),
    )


def _mutant(chance: random.Random, seed: bytes) -> bytes:
    """One input: cut, spliced, flipped, recoded or filled with pieces that parsers trip over."""
    body = bytearray(seed[: chance.randrange(1, 12_000)])
    for _ in range(chance.randrange(4)):
        at = chance.randrange(len(body) + 1)
        match chance.randrange(5):
            case 0:
                body[at:at] = chance.choice(PIECES) * chance.choice((1, 1, 3, 500))
            case 1:
                del body[at : at + chance.randrange(400)]
            case 2:
                body[at : at + 30] = chance.randbytes(30)
            case 3:
                body = bytearray(
                    bytes(body).decode("utf-8", "replace").encode(chance.choice(("utf-16", "cp1252")), "replace")
                )
            case _:
                body[at:at] = body[: chance.randrange(2000)]
    return bytes(body)


def _extract(chance: random.Random, body: bytes) -> None:
    result = extract.extract(body, URL, content_type=chance.choice(TYPES), now=NOW)
    assert isinstance(result, Article | Rejection)


def _snapshot(chance: random.Random, body: bytes) -> Snapshot:
    headers = {
        "content-type": chance.choice(TYPES),
        "link": chance.choice(["", "<>; rel=", '</wp-json/>; rel="https://api.w.org/"']),
    }
    return Snapshot(url=URL, final_url=URL, status=200, headers=headers, body=body, fetched_at=NOW)


def _discover(chance: random.Random, body: bytes) -> None:
    source = Source(id="bladet", name="Bladet", url=URL)
    kind = chance.choice([kind for kind in SourceKind if kind not in (SourceKind.AUTO, SourceKind.PROJECTS)])
    snapshot = _snapshot(chance, body)
    purpose = chance.choice(("listing", "signal"))
    probe = Probe(kind=kind, request=Request(url=URL), purpose=purpose)
    assert isinstance(discover.read(probe, snapshot, source, memory={}, now=NOW), Listing | Rejection)
    assert all(isinstance(way, Probe) for way in discover.probes(source, snapshot, [body[:80].decode("latin-1")]))


def _projects(chance: random.Random, body: bytes) -> None:
    source = Source(id="bladet", name="Bladet", url=URL, kind=SourceKind.PROJECTS)
    assert isinstance(projects.read_projects(_snapshot(chance, body), source, NOW), tuple | Rejection)


def _config(chance: random.Random, body: bytes) -> None:
    lines = (ROOT / "sources.toml").read_text("utf-8").splitlines()
    start = chance.randrange(len(lines) - 20)
    text = "\n".join(lines[start : start + 20]) + body[: chance.randrange(40)].decode("latin-1")
    try:
        config.parse(text, "sources.toml")
    except ConfigError as error:
        wrong = [problem for problem in error.problems if not problem.startswith("sources.toml") or "\n" in problem]
        if wrong:
            pytest.fail(f"not one line that names the file: {wrong!r}")


ROOMS: dict[str, Callable[[random.Random, bytes], None]] = {
    "extract": _extract,
    "discover": _discover,
    "projects": _projects,
    "config": _config,
}


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("room", ROOMS)
def test_no_input_raises(room: str, share: int) -> None:
    chance = random.Random(f"{room}/{share}")  # noqa: S311 - inputs, not secrets
    for _ in range(EACH[room]):
        ROOMS[room](chance, _mutant(chance, chance.choice(_seeds())))
