"""Listings in the shapes of the region's sites; the words are our own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from aggregator import discover
from aggregator.model import Listing, Probe, Rejection, Request, Snapshot, Source, SourceKind

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HTML = "text/html; charset=utf-8"

FRAME = """<!doctype html><html lang="sv"><head><title>Nyheter</title></head><body class="home">
<header><a href="/">Startsida</a><nav><ul><li><a href="/omsorg-och-stod-for-dig/">Omsorg och stöd för dig</a></li>
<li><a href="/bygga-bo-och-miljo-i-kommunen/">Bygga, bo och miljö i kommunen</a></li></ul></nav></header>
<main>{main}</main>
<div class="pagination"><a href="?page=2">2</a><a rel="next" href="{url}?page=2">Nästa sida med nyheter</a></div>
<footer><ul><li><a href="/om-webbplatsen-och-kakor/">Om webbplatsen och om kakor</a></li>
<li><a href="/tillganglighetsredogorelse/">Tillgänglighetsredogörelse för alla</a></li>
<li><a href="https://www.facebook.example/delning-av-sidan">Följ oss gärna på Facebook</a></li></ul></footer>
</body></html>"""


def source(url: str, kind: SourceKind = SourceKind.AUTO, **more: Any) -> Source:
    """A source with nothing but its address and what a test adds."""
    return Source(id="prov", name="Prov", url=url, kind=kind, **more)


def snapshot(url: str, body: str | bytes, headers: Mapping[str, str] | None = None) -> Snapshot:
    """What a server answered just now."""
    raw = body.encode() if isinstance(body, str) else body
    return Snapshot(
        url=url, final_url=url, status=200, headers=headers or {"content-type": HTML}, body=raw, fetched_at=NOW
    )


def read(
    kind: SourceKind, url: str, body: str | bytes, *, memory: Mapping[str, str] | None = None, **more: Any
) -> Listing | Rejection:
    """Read a body as a listing of a source of that kind at that address."""
    headers = {"content-type": more.pop("content_type", HTML)}
    asked = more.pop("source", None) or source(url, kind, **more)
    probe = Probe(kind=kind, request=Request(url=url))
    return discover.read(probe, snapshot(url, body, headers), asked, memory=memory or {}, now=NOW)


def listing(kind: SourceKind, url: str, body: str | bytes, **more: Any) -> Listing:
    """The same, where there must be one."""
    result = read(kind, url, body, **more)
    assert isinstance(result, Listing), result
    return result


def page(url: str, main: str) -> str:
    """A listing page with all that surrounds one."""
    return FRAME.format(main=main, url=url)
