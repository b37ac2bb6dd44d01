"""A page cut at every "<", and what reaches over several pieces: comments, scripts, tags that hold a "<"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aggregator.extract.starts import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTE = re.compile(r"=\s*([\"'])")


def cut(html: str) -> Iterator[str]:
    """The pieces in page order: each a tag without its "<", and the text behind it."""
    pieces = html.split("<")
    pieces[0] = f"!>{pieces[0]}"  # the text before the first tag stands behind a declaration
    return iter(pieces)


def after_comment(piece: str, pieces: Iterator[str]) -> str:
    """The text behind the comment that begins a piece; "" where it never ends."""
    if piece.startswith((">", "->"), 3):
        return piece[piece.index(">") + 1 :]
    found = piece.find("-->", 3)
    while found < 0:
        following = next(pieces, None)
        if following is None:
            return ""
        piece = following
        found = piece.find("-->")
    return piece[found + 3 :]


def raw(tag: str, first: str, pieces: Iterator[str], *, told: bool) -> tuple[str, str]:
    """The content of an element that holds no markup ("" where it is not ``told``), and the text behind its end."""
    ending, size = f"/{tag}", len(tag) + 1
    content = [first]
    after = ""
    for piece in pieces:
        if piece[:size].lower() == ending and (piece[size : size + 1] or ">") in "> \t\r\n\f/":
            after = piece.partition(">")[2]
            break
        if told:
            content.append(piece)
    return "<".join(content) if told else "", after


def torn(piece: str, pieces: Iterator[str]) -> tuple[str, str] | None:
    """A tag whose attributes hold "<" or ">", and the text behind it; None where the page ends in it."""
    done: list[str] = []
    rest = piece
    while True:
        found = PARTS.match(rest)
        end = found.end() if found else 0
        if rest[end : end + 1] == ">":
            done.append(rest[:end])
            return "".join(done), rest[end + 1 :]
        quote = _QUOTE.match(rest, end)
        following = next(pieces, None)
        while quote and following is not None and quote[1] not in following:
            done.append(f"{rest}<")
            rest = following
            following = next(pieces, None)
        if following is None:
            return None
        done.append(f"{rest}<")
        rest = following
        if quote:
            close = following.index(quote[1]) + 1
            done.append(following[:close])
            rest = following[close:]
