"""Lindebladet: a paper with a listing page alone, without feed, API, sitemap or visible dates.

Teasers of other, newer stories are glued to the end of the text in the same container, and nothing marks where they
begin. The time of publication stands in a ``<meta>`` only.
"""

from __future__ import annotations

from aggregator.demo.answers import Answer, Ask, esc, fill, missing, moved, page, robots
from aggregator.demo.pieces import Piece, body, every, local, shown, words

TEASERS = 4


def path(piece: Piece) -> str:
    """Where a piece is shown."""
    return f"/nyheter/{piece.slug}"


def _link(ask: Ask, piece: Piece) -> str:
    return ask.base + path(piece)


def _teaser(ask: Ask, piece: Piece) -> str:
    return (
        f'<div class="et_pb_blurb"><h4><a href="{_link(ask, piece)}">{esc(piece.title)}</a></h4>'
        f"<p>{esc(words(piece.text, 24))}</p></div>"
    )


def _article(ask: Ask, piece: Piece) -> Answer:
    teasers = [each for each in shown(ask.site, ask.epoch) if each.slug != piece.slug][:TEASERS]
    stamp = ""
    if piece.at is not None:
        stamp = f'<meta property="article:published_time" content="{local(piece.at).isoformat()}">'
    charset = piece.more.get("charset", "utf-8")
    text = fill(
        "lindebladet.html",
        charset=charset,
        base=ask.base,
        title=esc(piece.title),
        head=f'<meta property="og:title" content="{esc(piece.title)}">\n'
        f'<meta property="og:site_name" content="Lindebladet">\n{stamp}\n'
        f'<link rel="canonical" href="{_link(ask, piece)}">',
        main=f'<div class="et_pb_post_title"><h1 class="entry-title">{esc(piece.title)}</h1></div>\n'
        f'<div class="et_pb_text">{body(piece.text)}\n{"".join(_teaser(ask, each) for each in teasers)}</div>',
    )
    return Answer(body=text.encode(charset), media_type="text/html")


def _listing(ask: Ask) -> Answer:
    items = "\n".join(
        f'<article class="et_pb_post"><h2 class="entry-title"><a href="{_link(ask, piece)}">{esc(piece.title)}</a></h2>'
        f'<p>{esc(words(piece.text, 18))} <a href="{_link(ask, piece)}" class="more-link">läs mer</a></p></article>'
        for piece in shown(ask.site, ask.epoch)
    )
    main = f"<h1>Nyheter</h1>\n{items}"
    return page(fill("lindebladet.html", charset="utf-8", base=ask.base, title="Nyheter", head="", main=main))


def answer(ask: Ask) -> Answer:
    """Whatever is asked of the paper."""
    if ask.path == "/robots.txt":
        return robots("User-agent: *\nDisallow: /wp-admin/\n")
    if ask.path == "/":
        return moved(f"{ask.base}/nyheter", 302)
    if ask.path.rstrip("/") == "/nyheter":
        return _listing(ask)
    slug = ask.path.strip("/").removeprefix("nyheter/")
    for piece in every(ask.site, ask.epoch):
        if piece.slug == slug and not (piece.until is not None and ask.epoch >= piece.until):
            return _article(ask, piece)
    return missing("Inga resultat hittades")
