"""The rest of a page: menus, footers and lists of other stories, of which no more than the text is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.extract import pieces
from aggregator.extract.elements import RAW
from aggregator.extract.starts import attributes

if TYPE_CHECKING:
    from collections.abc import Iterator

_APART = (
    "!",
    "h1",
    "meta",
    "script",
    "style",
    "textarea",
    "title",
    "iframe",
    "xmp",
    "noembed",
    "noframes",
    "noscript",
    "svg",
)


class Rest:
    """One such element, from its start tag on; only elements of its own name are counted, to know where it ends.

    ``texts`` are its pieces of text, ``linked`` counts the letters of those in links, ``told`` holds what speaks of the
    page (``grow.Growth``). Not ``sure`` is what holds a headline or never ends: then it is not what it seemed to be.
    """

    def __init__(self, tag: str, first: str) -> None:
        self.tag = tag
        self.texts = [first.strip()]
        self.linked = 0
        self.told: list[tuple[str, dict[str, str | None], str]] = []
        self.sure = True

    def gather(self, rest: Iterator[str]) -> str:
        """Takes the pieces to its end tag; the text behind that."""
        tag, ending, size = self.tag, f"/{self.tag}", len(self.tag)
        open_, in_link = 1, False
        for piece in rest:
            if piece.startswith(_APART):
                text = self._apart(piece, rest)
            else:
                head, _, text = piece.partition(">")
                if head == ending:
                    open_ -= 1
                    if not open_:
                        return text
                elif head.startswith(tag) and head[size : size + 1] in ("", " ", "\n", "\t"):
                    open_ += 1
                elif head[:2] in ("a", "a ", "/a"):
                    in_link = head != "/a"
            if text and not text.isspace():
                text = text.strip()
                self.texts.append(text)
                if in_link:
                    self.linked += len(text)
        self.sure = False
        return ""

    def _apart(self, piece: str, rest: Iterator[str]) -> str:
        """The text behind a comment, a script or what else holds no text."""
        if piece.startswith("!--"):
            return pieces.after_comment(piece, rest)
        head, _, text = piece.partition(">")
        name = head.partition(" ")[0].rstrip("/")
        if name == "h1":
            self.sure = False
        elif name == "meta":
            self.told.append((name, attributes(head), ""))
        elif name in RAW or (name in ("svg", "noscript") and not head.endswith("/")):
            told = name == "script" and "ld+json" in head
            content, text = pieces.raw(name, text, rest, told=told)
            if told:
                self.told.append((name, attributes(head), content))
        return text
