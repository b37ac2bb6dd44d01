"""The Region's newsroom with a press service: an RSS feed of releases and their pages.

Quotes begin with a hyphen, "Dela" stands above the text, "Kontakt" with telephone numbers below it, and every
release ends with the same words about the sender. The numbers are from the ranges kept for fiction (PTS).
"""

from __future__ import annotations

from html import unescape

from aggregator.demo.answers import Answer, Ask, esc, fill, iso, missing, page, rfc822, robots, xml
from aggregator.demo.picture import PICTURE
from aggregator.demo.pieces import Piece, body, day, every, local, shown

PUBLISHER = "3235654"
ABOUT = (
    "Region Örebro län ansvarar för många frågor som har betydelse för människors vardag, som hälso- och sjukvård, "
    "kollektivtrafik, tillväxt, kultur och utbildning. Vi är cirka 10 000 medarbetare."
)


def path(piece: Piece) -> str:
    """Where a piece is shown."""
    return f"/pressmeddelande/{3480000 + piece.number * 311}/{piece.slug}?publisherId={PUBLISHER}"


def _feed(ask: Ask) -> Answer:
    pieces = shown(ask.site, ask.epoch)
    newest = max(piece.changed_at for piece in pieces if piece.changed_at)
    items = "\n".join(
        f"<item><title>{esc(piece.title)}</title><link>{esc(ask.base + path(piece))}</link>"
        f'<guid isPermaLink="false">{3480000 + piece.number * 311}</guid>'
        f"<pubDate>{rfc822(piece.at or ask.now)}</pubDate><description>{esc(piece.lead)}</description>"
        f'<enclosure url="{ask.base}/data/images/{piece.number}.png" length="{len(PICTURE)}" type="image/png"/>'
        "</item>"
        for piece in pieces
    )
    return xml(
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>Region Örebro län</title><link>{ask.base}/pressrum/{PUBLISHER}/region-orebro-lan</link>"
        "<description>Pressmeddelanden från Region Örebro län</description><language>sv</language><ttl>15</ttl>\n"
        f"{items}\n</channel></rss>\n",
        modified_at=newest,
    )


def _release(ask: Ask, piece: Piece) -> Answer:
    at = piece.at or ask.now
    lead, _, text = piece.text.partition("\n\n")
    return page(
        fill(
            "newsroom.html",
            title=esc(piece.title),
            address=esc(ask.base + path(piece)),
            image=f"{ask.base}/data/images/{piece.number}.png",
            published=iso(at),
            shown=f"{day(at)} {local(at):%H:%M:%S} CET | Pressmeddelande",
            lead=esc(lead),
            body=body(text),
            contact=esc(piece.more.get("contact", "Presstjänsten, 08-465 004 02")),
            about=ABOUT,
        )
    )


def answer(ask: Ask) -> Answer:
    """Whatever is asked of the newsroom."""
    if ask.path == "/robots.txt":
        return robots("User-agent: *\nDisallow: /api/\n")
    if ask.path == "/rss/releases/latest":
        return _feed(ask) if ask.query.get("publisherId") == PUBLISHER else missing()
    if ask.path.startswith("/data/images/"):
        return Answer(body=PICTURE, media_type="image/png", compressible=False)
    for piece in every(ask.site, ask.epoch):
        if ask.path == unescape(path(piece)).partition("?")[0]:
            return _release(ask, piece)
    return missing()
