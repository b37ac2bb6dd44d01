"""Scripts, styles and drawings: more than half of most pages, and never text."""

from __future__ import annotations

import re

_BEGINS = re.compile(rb"<(?:script|style|svg)(?=[\s>])")
_UNSURE = re.compile(rb"<(?:!--|/S|s(?:cript|tyle|vg))")


def without_scripts(body: bytes) -> bytes:
    """An HTML body without its scripts, styles and drawings (SVG), but with its data (JSON-LD); line ends made one.

    What is left parses to the same tree without those (HTML Standard, section 13.2.5). Left as they are for the parser
    to judge: what never ends, what stands in a comment, and what is written so that its end is not plain to see.
    """
    kept: list[bytes] = []
    place = looked = 0
    begin = _BEGINS.search(body)
    while begin is not None:
        start = begin.start()
        comment = body.rfind(b"<!--", looked, start)
        if comment >= 0 and body.find(b"-->", comment + 2, start) < 0:
            looked = body.find(b"-->", start) + 1
        else:
            first = body.find(b">", start)
            last = body.find(b"</" + begin.group()[1:], first)
            looked = body.find(b">", last) + 1 if 0 <= first < last else 0
            if looked and _ends_plainly(body[start:first], _UNSURE.search(body, first, last)):
                kept.append(body[place:start])
                place = looked
        if not looked:
            break
        begin = _BEGINS.search(body, looked)
    kept.append(body[place:])
    return b"".join(kept).replace(b"\r\n", b"\n")


def _ends_plainly(tag: bytes, unsure: re.Match[bytes] | None) -> bool:
    """Whether an element is no data, and ends where it seems to.

    It may not where the start tag's ">" stands in an attribute, where the tag ends the element itself, or where an end
    tag is in capitals; where another begins inside, as where drawings nest or where what seemed to begin it was part of
    an attribute; and where a script writes comments: then an end tag may be part of it (section 13.2.5.27).
    """
    if unsure or b"ld+json" in tag or tag.endswith(b"/"):
        return False
    return not (tag.count(b'"') & 1 or tag.count(b"'") & 1)
