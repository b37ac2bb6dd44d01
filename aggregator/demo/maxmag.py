"""Hjälmarnytt: a WordPress paper in the Max Mag theme, with its ticker, its "Latest News" and its closing block.

The ticker and "Latest News" belong to the moment of fetching, not to the article that they surround.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from aggregator.demo import wordpress
from aggregator.demo.answers import Ask, esc, fill
from aggregator.demo.paper import Paper, content
from aggregator.demo.pieces import Piece, day, shown, words

if TYPE_CHECKING:
    from collections.abc import Sequence

TICKER = 10


def path(piece: Piece) -> str:
    """Where a piece is shown."""
    return f"/{piece.slug}/"


def _headline(ask: Ask, piece: Piece) -> str:
    return f'<a class="main-headline" href="{ask.base}{path(piece)}">{esc(piece.title)}</a>'


def _ticker(ask: Ask) -> str:
    return "\n".join(f"<li>{_headline(ask, piece)}</li>" for piece in shown(ask.site, ask.epoch)[:TICKER])


def _posted(piece: Piece) -> str:
    when = day(piece.at, ",") if piece.at else ""
    return f'<ul class="headlines-info"><li>Posted {when}</li><li class="comments-icon">0</li></ul>'


def _latest(ask: Ask) -> str:
    return "\n".join(
        f"<li>\n{_headline(ask, piece)}\n<p>{esc(words(piece.text, 11))}</p>\n"
        f'<div class="headlines-info">{_posted(piece)}</div>\n</li>'
        for piece in shown(ask.site, ask.epoch)[:TICKER]
    )


def _byline(piece: Piece) -> str:
    """English chrome for some, Swedish for others; the writer is often left out."""
    by, on = ("Av", "på") if piece.number % 2 else ("By", "on")
    writer = f'<span class="vcard author"><span class="fn">{esc(piece.by)}</span></span>'
    when = day(piece.at, ",") if piece.at else ""
    return f'{by} {writer} {on} <span class="date updated">{when}</span>'


def article(ask: Ask, piece: Piece) -> str:
    """A single page."""
    image = ask.base + piece.image if piece.image else ""
    swedish = piece.number % 2
    login = "Du måste logga in för att lämna kommentarer <a href='/wp-login.php'>Logga in</a>"
    if not swedish:
        login = "You must be logged in to post a comment <a href='/wp-login.php'>Login</a>"
    others = [each for each in shown(ask.site, ask.epoch) if each.slug != piece.slug][:3]
    return fill(
        "maxmag.html",
        lang="sv-SE" if swedish else "en-US",
        title=esc(piece.title),
        name=HJALMARNYTT.name,
        base=ask.base,
        address=ask.base + path(piece),
        image_meta=f'<meta property="og:image" content="{image}">' if image else "",
        ticker=_ticker(ask),
        byline=_byline(piece),
        picture=f'<div class="post-image"><img src="{image}" width="620" alt=""></div>' if image else "",
        content=content(HJALMARNYTT, piece),
        related="".join(f"<li>{_headline(ask, each)}</li>" for each in others),
        comments=login,
        latest=_latest(ask),
    )


def listing(ask: Ask, heading: str, pieces: Sequence[Piece]) -> str:
    """The front page, a category or a monthly tag."""
    items = "\n".join(
        f'<li><div class="category3-image"></div><div class="category3-text">{_headline(ask, piece)}'
        f"<p>{esc(words(piece.text, 20))}</p>{_posted(piece)}</div></li>"
        for piece in pieces
    )
    return fill(
        "maxmag-listing.html",
        kind="home blog" if heading == HJALMARNYTT.name else "archive",
        title=esc(heading),
        name=HJALMARNYTT.name,
        base=ask.base,
        ticker=_ticker(ask),
        items=items,
    )


HJALMARNYTT = Paper(site="hjalmarnytt", name="Hjälmarnytt", permalink=path, article=article, listing=listing)
answer = partial(wordpress.answer, HJALMARNYTT)
