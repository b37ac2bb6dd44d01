"""Scripts, styles and drawings: more than half of most pages, and never text."""

from __future__ import annotations

import re


def _element(rest: str, inside: str, but: str = "") -> str:
    """An element that begins with "<s" and the ``rest`` of its name, from there to the end of its end tag.

    Its start tag does not go on with ``but``, holds no "<" or ">" but its own, ends with no "/", and has quotes only
    around values; nothing in the element looks like ``inside``.
    """
    tag = r"""(?:[^<>"'=]++|=(?:"[^"<>]*+"|'[^'<>]*+'|(?!["'])))*+(?<!/)>"""
    return rf"{rest}(?=[\s>]){but}{tag}[^<]*+(?:<(?!{inside}|/(?i:s{rest}))[^<]*+)*+</s{rest}\s*+>"


_CUT_OR_KEPT = re.compile(
    rf"""
    <(?:
        s(?:
            {_element("cript", "!--|(?i:script)", r"(?![^<>]*ld[+]json)")}
            | {_element("tyle", "!--|(?i:style)")}
            | {_element("vg", "!--|(?i:s(?:cript|tyle|vg))")}
        )
        | (
            !--(?:-?>|[^-]*+(?:-(?!-!?>)[^-]*+)*+)
            | [sS](?:
                (?i:cript)(?=[\s/>])[^<]*+(?:<(?!/(?i:script))[^<]*+)*+
                | (?i:tyle)(?=[\s/>])[^<]*+(?:<(?!/(?i:style))[^<]*+)*+
                | (?i:vg)(?=[\s>])[^<]*+(?:<(?!/(?i:svg))[^<]*+)*+
            )
        )
    )
    """.encode(),
    re.VERBOSE,
)
"""What is cut; or, as its group, what is kept with all in it: comments, data, and what may end elsewhere."""


def without_scripts(body: bytes) -> bytes:
    """An HTML body without its scripts, styles and drawings (SVG), but with its data (JSON-LD); CR made a space.

    What is left parses to the same tree without those (HTML Standard, section 13.2.5). Left as they are for the parser
    to judge: what never ends, what stands in a comment or in a tag that has not ended, what is written in capitals, and
    what is written so that its end is not plain to see. It is not where the start tag's ">" may stand in an attribute,
    or where the tag ends the element itself; where another begins inside, as where drawings nest or where what seemed
    to begin it was part of an attribute; and where a script writes comments: then an end tag may be part of it (section
    13.2.5.27).
    """
    kept: list[bytes] = []
    place = 0
    for found in _CUT_OR_KEPT.finditer(body):
        start, end = found.span()
        if found[1] is None and body.rfind(b"<", place, start) <= body.rfind(b">", place, start):
            kept.append(body[place:start])
            place = end
    kept.append(body[place:])
    return b"".join(kept).replace(b"\r", b" ")
