"""Whether what a feed or an API gives of an article is all of it."""

from __future__ import annotations

import re
from typing import Final

from aggregator import markup

_CUT_SHORT: Final = re.compile(
    r"(?:…|\.\.\.|\[(?:…|\.\.\.|&hellip;)\]|(?:läs|se|visa|read|continue|weiter|les)\s*(?:mer|hela\b.{0,40}|more|reading.{0,60}"
    r"|lesen|videre)\s*(?:här|»|›|>|→|\.{1,3}|…|här\s*»)?|fortsätt\s+läs.{0,80})\s*$",
    re.IGNORECASE,
)
_FOOTER: Final = re.compile(
    r"(?:<p[^>]{0,200}>\s*)?(?:Inlägget|The post|Der Beitrag|Innlegget)\s(?:(?!<p[\s>]).){0,1500}?"
    r"(?:dök först upp på|appeared first on|erschien zuerst auf|dukket først opp på)(?:(?!<p[\s>]).){0,600}$",
    re.IGNORECASE | re.DOTALL,
)
_TAIL: Final = 3000
"""The footer is looked for in so many last characters only."""
_PARAGRAPH: Final = re.compile(r"<p[\s>]|<br\s*/?>\s*<br", re.IGNORECASE)
_LEAST_PARAGRAPHS: Final = 3
_LEAST: Final = 500
"""Characters of text below which a feed's content may be a long teaser."""


def words_cut_short(text: str) -> bool:
    """Whether a text ends as a teaser does: in dots, or by asking the reader to read on."""
    return bool(_CUT_SHORT.search(text[-200:]))


def whole(html: str) -> bool:
    """Whether a feed's content is an article's whole text; in doubt, no."""
    if len(_PARAGRAPH.findall(html)) < _LEAST_PARAGRAPHS:
        return False
    text = markup.plain(html)
    return len(text) >= _LEAST and not words_cut_short(text)


def without_footer(html: str) -> str:
    """The content without WordPress's closing line "Inlägget … dök först upp på …"."""
    head, tail = html[:-_TAIL], html[-_TAIL:]
    return (head + _FOOTER.sub("", tail)).strip()
