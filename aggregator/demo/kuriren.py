"""Länskuriren: a WordPress paper behind a pay wall, with dated addresses and its REST API closed.

Most texts are stubs, cut in the middle of a sentence, with the section's label glued before the lead. What it runs of
press releases is whole, with a lower-case "källa:" and a stray ", ," at the end. ``/embed/`` doubles every page.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from aggregator.demo import wordpress
from aggregator.demo.answers import Answer, Ask, esc, fill
from aggregator.demo.paper import Paper
from aggregator.demo.pieces import Piece, body, day, local, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

STUB_LETTERS = 210
LOCK = '<div class="paywall"><p>Läs vidare med en prenumeration. Logga in eller bli kund.</p></div>'


def path(piece: Piece) -> str:
    """Where a piece is shown."""
    return f"/{piece.at:%Y/%m/%d}/{piece.slug}/"


def stub(piece: Piece) -> str:
    """What a reader without a subscription sees of a text."""
    flat = " ".join(piece.text.split())
    return flat[:STUB_LETTERS].rsplit(" ", 1)[0] + "…"


def _whole(piece: Piece) -> str:
    return body(piece.text) + f"<p>{esc(piece.closing)}</p><p>, ,</p>"


def article(ask: Ask, piece: Piece) -> str:
    """A single page."""
    label = piece.more.get("label", "Nyheter")
    text = _whole(piece) if piece.copy else f"<p><span>{label}</span>{esc(stub(piece))}</p>{LOCK}"
    others = "".join(
        f'<li><a href="{ask.base}{path(each)}">{esc(each.title)}</a></li>'
        for each in shown(ask.site, ask.epoch)[:4]
        if each.slug != piece.slug
    )
    return fill(
        "kuriren.html",
        title=esc(piece.title),
        address=ask.base + path(piece),
        base=ask.base,
        at=local(piece.at).isoformat() if piece.at else "",
        day=day(piece.at) if piece.at else "",
        by=piece.by or "Redaktionen",
        text=text,
        others=others,
    )


def listing(ask: Ask, heading: str, pieces: Sequence[Piece]) -> str:
    """The front page, a category or a kommun."""
    items = "\n".join(
        f'<article class="teaser"><h2><a href="{ask.base}{path(piece)}">{esc(piece.title)}</a></h2>'
        f"<p>{esc(stub(piece))}</p><time>{day(piece.at) if piece.at else ''}</time></article>"
        for piece in pieces
    )
    return f"""<!DOCTYPE html>
<html lang="sv-SE"><head><meta charset="utf-8"><title>{esc(heading)} | Länskuriren</title>
<link rel="alternate" type="application/rss+xml" title="Länskuriren &raquo; flöde" href="{ask.base}/feed/"></head>
<body class="archive"><header><a href="{ask.base}/">Länskuriren</a></header>
<main><h1>{esc(heading)}</h1>
{items}
</main></body></html>
"""


LANSKURIREN = Paper(
    site="lanskuriren",
    name="Länskuriren",
    permalink=path,
    article=article,
    listing=listing,
    api=False,
    stub=stub,
)


def answer(ask: Ask) -> Answer:
    """Whatever is asked of the paper; its pages, unlike Hjälmarnytt's, have validators."""
    if ask.path.endswith("/embed/"):
        return _pages(replace(ask, path=ask.path.removesuffix("embed/")))
    return _pages(ask)


_pages = partial(wordpress.answer, LANSKURIREN)
