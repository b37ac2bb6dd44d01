"""A page laid out as blocks in reading order: headings, paragraphs, list items, each with its links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from aggregator import markup, urls

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

HEADINGS: Final = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLOCKS: Final = (
    "p,div,ul,ol,li,dl,dt,dd,h1,h2,h3,h4,h5,h6,table,tr,td,th,section,article,details,summary,blockquote,figure"
    ",figcaption,main,aside,address,header,button"
)
_BLOCK_TAGS: Final = frozenset(_BLOCKS.split(","))
_SKIPPED: Final = frozenset(
    {"nav", "footer", "form", "script", "style", "noscript", "template", "svg", "iframe", "select", "head", "dialog"}
)
_FRAME: Final = frozenset({"footer", "form", "nav"})
_SPACES: Final = re.compile(r"[^\S\n]+")
_FILE: Final = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|pdf|docx?)\s*$", re.IGNORECASE)
_MAIN: Final = "main,[role=main],#main,#content,.main-content"
_LEAST_MAIN: Final = 200
MOST_BLOCKS: Final = 3000
"""Blocks of a page that are looked at; a longer one is no page of projects."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link with its words; ``email`` and ``phone`` where it is none to a page."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Block:
    """One line of text as a reader sees it. ``level`` is 1 to 7 for a heading (7: an accordion's), else 0."""

    text: str
    level: int = 0
    item: bool = False
    links: tuple[Anchor, ...] = ()
    mail: str | None = None
    phone: str | None = None


def laid_out(tree: LexborHTMLParser, base: str) -> list[Block]:
    """The blocks of a page's main part; picture and file names left out."""
    root = tree.body
    for node in tree.css(_MAIN):
        if len(node.text(deep=True)) >= _LEAST_MAIN:
            root = node
            break
    if root is None:
        return []
    blocks = _Walk(base, _holders(root)).walk(root)
    return [block for block in blocks if block.text and not _FILE.search(block.text)][:MOST_BLOCKS]


def lines_of(body: LexborNode) -> list[str]:
    """Every line of a page, its frame included: that is where "Senast uppdaterad" stands."""
    return [block.text for block in _Walk("", _holders(body), everything=True).walk(body)]


def _holders(root: LexborNode) -> set[int]:
    """The elements that hold blocks, found in one pass."""
    holders: set[int] = set()
    for node in root.css(_BLOCKS):
        around = node.parent
        while around is not None and around.mem_id not in holders:
            holders.add(around.mem_id)
            around = around.parent
    return holders


@dataclass(slots=True)
class _Walk:
    """A walk through an element, from its first word to its last. Depth is capped before parsing: it may recurse."""

    base: str
    holders: set[int]
    everything: bool = False
    blocks: list[Block] = field(default_factory=list)

    def walk(self, node: LexborNode) -> list[Block]:
        """The blocks of an element, added to those before it."""
        tag = node.tag or ""
        if tag in _SKIPPED and not (self.everything and tag in _FRAME):
            return self.blocks
        level = _level(node)
        if level or node.mem_id not in self.holders:
            self._emit([node], node, level)
            return self.blocks
        run: list[LexborNode] = []
        for child in node.iter(include_text=True):
            if child.tag in _BLOCK_TAGS or child.tag in _SKIPPED or child.mem_id in self.holders:
                self._emit(run, node, 0)
                run = []
                self.walk(child)
            else:
                run.append(child)
        self._emit(run, node, 0)
        return self.blocks

    def _emit(self, run: list[LexborNode], around: LexborNode, level: int) -> None:
        """One block for every line of a run of inline nodes."""
        text = "".join(_text(node) for node in run)
        lines = [line for piece in text.split("\n") if (line := _SPACES.sub(" ", piece).strip(" \u200b\ufeff"))]
        if not lines:
            return
        anchors = [
            a for node in run if node.is_element_node for a in ([node] if node.tag == "a" else node.css("a[href]"))
        ]
        mail, phone = _reach(anchors)
        if not level and len(lines) == 1 and _all_bold(run, lines[0]):
            level = 6
        for index, line in enumerate(lines):
            links = tuple(_links(anchors, self.base, line if len(lines) > 1 else None))
            last = index == len(lines) - 1
            bullet = around.tag in {"li", "td"} or line.startswith(("•", "·", "- "))
            self.blocks.append(
                Block(line.lstrip("•· "), level, bullet, links, mail if last else None, phone if last else None)
            )


def _level(node: LexborNode) -> int:
    if node.tag in HEADINGS:
        return HEADINGS[node.tag]
    opens = node.tag == "summary" or (node.tag == "button" and "aria-expanded" in node.attributes)
    if opens:
        inner = node.css_first("h1,h2,h3,h4,h5,h6")
        return HEADINGS[inner.tag] if inner is not None and inner.tag in HEADINGS else 7
    if node.tag == "dt":
        return 7
    if node.attributes.get("role") == "heading":
        written = node.attributes.get("aria-level") or ""
        return int(written) if written in {"1", "2", "3", "4", "5", "6"} else 2
    return 0


def _text(node: LexborNode) -> str:
    pieces = []
    for part in node.traverse(include_text=True):
        if part.tag == "br":
            pieces.append("\n")
        elif part.is_text_node and (part.parent is None or part.parent.tag not in _SKIPPED):
            pieces.append((part.text_content or "").replace("\n", " "))
    return markup.strip_forbidden("".join(pieces))


def _all_bold(run: list[LexborNode], line: str) -> bool:
    """A paragraph that is bold from end to end is a heading in all but name."""
    bold = [
        b
        for node in run
        if node.is_element_node
        for b in ([node] if node.tag in {"b", "strong"} else node.css("b,strong"))
    ]
    return len(line) <= 120 and bool(bold) and _SPACES.sub(" ", _text(bold[0])).strip() == line


def _links(anchors: list[LexborNode], base: str, line: str | None) -> list[Anchor]:
    found = []
    for node in anchors:
        words = _SPACES.sub(" ", _text(node)).strip()
        url = urls.resolve(base, node.attributes.get("href") or "") if base else None
        if url and (line is None or (words and words in line)):
            found.append(Anchor(words, urls.clean(url)))
    return found


def _reach(anchors: list[LexborNode]) -> tuple[str | None, str | None]:
    mail = phone = None
    for node in anchors:
        scheme, _, rest = (node.attributes.get("href") or "").strip().partition(":")
        if scheme.lower() == "mailto" and "@" in rest:
            mail = mail or rest.partition("?")[0].strip()
        elif scheme.lower() == "tel":
            phone = phone or rest.strip()
    return mail, phone
