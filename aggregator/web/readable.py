"""Stored markup made fit for a page of ours: safe, without anything from elsewhere, and in good order for every reader.

It is sanitised again (``markup.sanitise``), whatever was done when it was kept. What then remains is written anew tag
by tag: pictures become links to where they are, headings begin below the page's own and leave out no level, list items
stand in lists, links without text are left out. So a page stays within its Content-Security-Policy and WCAG.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from markupsafe import Markup

from aggregator import markup

if TYPE_CHECKING:
    from collections.abc import Callable

PLAIN = frozenset(
    {"abbr", "b", "blockquote", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "p", "pre", "q", "s"}
    | {"samp", "small", "strong", "sub", "sup", "u", "var"}
)
"""Kept as they are, without attributes."""
LISTS = frozenset({"ul", "ol"})
TABLE = frozenset({"table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption"})
BLOCKS = LISTS | {"p", "pre", "blockquote", "table", "dt", "dd", "figcaption"}
"""What a paragraph cannot hold."""
_MADE_ITEM = "+li"
_HEADING = re.compile(r"h[1-6]")
_NOTHING = re.compile(r"<(a|p|b|i|em|strong|u|h[2-6]|li|blockquote)(?: [^<>]*)?>(?:\s|&nbsp;|\u00a0)*</\1>")
_PASSES = 4


def readable(html: str, base_url: str, *, top: int = 2) -> Markup:
    """Stored markup as it may stand in a page, below a heading of level ``top`` - 1."""
    writer = _Writer(top)
    writer.feed(markup.sanitise(html, base_url))
    writer.close()
    text = writer.written()
    for _ in range(_PASSES):
        slimmer = _NOTHING.sub("", text)
        if slimmer == text:
            break
        text = slimmer
    return Markup(text)  # noqa: S704 - written from a list of tags above, every text and address escaped


def paragraphs(text: str) -> Markup:
    """Plain text as paragraphs."""
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    return Markup("\n").join(Markup("<p>{}</p>").format(part) for part in parts if part)


class _Writer(HTMLParser):
    """Writes tags anew; what it does not know it leaves out, and keeps the text within."""

    def __init__(self, top: int) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._open: list[tuple[str, str]] = []
        """(tag as it came, what closes it)."""
        self._top = top
        self._level = top - 1

    def written(self) -> str:
        """All of it, whatever was left open closed."""
        while self._open:
            self._out.append(self._open.pop()[1])
        return "".join(self._out)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._out.append("<br>")
        elif tag == "hr":
            self._out.append("<hr>" if not self._inside(LISTS | {"p"}) else "")
        elif tag == "img":
            self._picture(given)
        elif tag == "a":
            self._anchor(given)
        else:
            self._block(tag, given)

    def handle_endtag(self, tag: str) -> None:
        self._close(lambda one: one[0] == tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._see_to_item()
        self._out.append(escape(data))

    def _start(self, tag: str, opening: str, closing: str) -> None:
        self._open.append((tag, closing))
        self._out.append(opening)

    def _inside(self, tags: frozenset[str] | set[str]) -> bool:
        return any(name in tags for name, _ in self._open)

    def _see_to_item(self) -> None:
        """In a list, but in none of its items: make one."""
        if self._open and self._open[-1][0] in LISTS:
            self._start(_MADE_ITEM, "<li>", "</li>")

    def _close(self, wanted: Callable[[tuple[str, str]], bool]) -> None:
        """Close what is open down to the innermost that is wanted; nothing where none is."""
        if any(map(wanted, self._open)):
            done = False
            while not done:
                closed = self._open.pop()
                self._out.append(closed[1])
                done = wanted(closed)

    def _picture(self, given: dict[str, str]) -> None:
        told = " ".join(given.get("alt", "").split())
        text = escape(f"Bild: {told}" if told else "Bild")
        if self._inside({"a"}):
            self._out.append(text)
        elif given.get("src", "").startswith(("http://", "https://")):
            self._see_to_item()
            self._out.append(f'<a class="picture" href="{escape(given["src"])}" rel="noopener noreferrer">{text}</a>')

    def _anchor(self, given: dict[str, str]) -> None:
        href = given.get("href", "")
        self._see_to_item()
        if href.startswith(("http://", "https://")) and not self._inside({"a"}):
            self._start("a", f'<a href="{escape(href)}" rel="noopener noreferrer">', "</a>")
        else:
            self._start("a", "", "")

    def _block(self, tag: str, given: dict[str, str]) -> None:
        if tag == "li":
            lists = [at for at, (name, _) in enumerate(self._open) if name in LISTS]
            if lists and any(name == _MADE_ITEM for name, _ in self._open[lists[-1] :]):
                self._close(lambda one: one[0] == _MADE_ITEM)
            known = bool(self._open) and self._open[-1][0] in LISTS
            self._start(tag, *(("<li>", "</li>") if known else ("<p>", "</p>")))
            return
        if tag in BLOCKS or _HEADING.fullmatch(tag):
            self._close(lambda one: one[1] == "</p>")
        if tag not in TABLE or tag == "table":
            self._see_to_item()
        if _HEADING.fullmatch(tag):
            self._heading(tag)
        elif tag in PLAIN or tag in LISTS:
            self._start(tag, f"<{tag}>", f"</{tag}>")
        elif tag in TABLE:
            self._cell(tag, given)
        elif tag in {"dt", "dd", "figcaption"}:
            self._start(tag, "<p>", "</p>")
        else:
            self._start(tag, "", "")

    def _heading(self, tag: str) -> None:
        if self._inside({"a"} | LISTS | TABLE):
            self._start(tag, "<strong>", "</strong>")
            return
        self._level = min(max(int(tag[1]), self._top), self._level + 1, 6)
        self._start(tag, f"<h{self._level}>", f"</h{self._level}>")

    def _cell(self, tag: str, given: dict[str, str]) -> None:
        if tag == "table":
            opening = '<div class="scroll" tabindex="0" role="region" aria-label="Tabell"><table>'
            self._start(tag, opening, "</table></div>")
            return
        spans = "".join(
            f' {name}="{given[name]}"'
            for name in ("colspan", "rowspan")
            if re.fullmatch(r"[1-9]\d?", given.get(name, ""), re.ASCII)
        )
        # A header cell of unknown reach is read as an ordinary one, in bold.
        shown = "td" if tag == "th" else tag
        opening = f"<{shown}{spans}>" if shown == "td" else f"<{shown}>"
        bold = ("<strong>", "</strong>") if tag == "th" else ("", "")
        self._start(tag, opening + bold[0], f"{bold[1]}</{shown}>")
