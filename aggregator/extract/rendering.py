"""The kept blocks as HTML, in the structure that they had."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from aggregator import markup, urls
from aggregator.extract.elements import BLOCKS, HEADINGS
from aggregator.extract.tree import Node

if TYPE_CHECKING:
    from aggregator.extract.blocks import Block

_STRUCTURE = markup.words("ul ol li dl dt dd table thead tbody tfoot tr td th blockquote pre figure")
_INLINE = markup.words("a b strong i em u s sub sup code q cite abbr mark small del ins kbd samp var time")
_MAY_BE_RELATIVE = re.compile(r"=\"(?<!alt=\")(?!https?://)")
"""How a relative address begins among the attributes that are written here: href, src and alt."""
_ITEMS = markup.words("li dt dd")
_CELLS = markup.words("td th")
_HOLDING = _ITEMS | _CELLS
"""They hold what follows inside them, too."""
_FRAMES = markup.words("figure picture p div a span center")
"""In these a picture may stand between the blocks that are kept."""


def text(blocks: list[Block]) -> str:
    """Paragraphs parted by a blank line; items of one list and rows of one table by a line break, cells by a tab."""
    pieces: list[str] = []
    before: Block | None = None
    for block in blocks:
        if before is not None:
            pieces.append(_between(before.node, block.node))
        pieces.append(block.text)
        before = block
    return markup.strip_forbidden("".join(pieces))


def _between(node: Node, after: Node) -> str:
    """What parts the texts of two elements."""
    parent, other = node.parent, after.parent
    if node.tag in _CELLS and after.tag in _CELLS:
        return "\t" if parent is other else "\n"
    if node.tag in _ITEMS and after.tag in _ITEMS and other is not None and (after.within(node) or node.within(other)):
        return "\n"
    return "\n\n"


def html(container: Node, blocks: list[Block], base: str) -> str:
    """Sanitised HTML of the kept blocks with the pictures between them."""
    fragment = "".join(_pieces(container, blocks))
    return markup.sanitise(fragment, base if _MAY_BE_RELATIVE.search(fragment) else None)


def _pieces(container: Node, blocks: list[Block]) -> list[str]:
    kept: dict[int, list[Block]] = {}
    keeping: set[int] = set()
    for block in blocks:
        kept.setdefault(block.node.place, []).append(block)
        above: Node | None = block.node
        while above is not None and above.place not in keeping:
            keeping.add(above.place)
            above = above.parent
    first, last = (blocks[0].node.place, blocks[-1].node.place) if blocks else (0, -1)
    out = [f"<p>{_rows(block)}</p>" for block in blocks if not block.node.within(container)]
    waiting: list[Node | str] = [container]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            out.append(node)
        elif node.tag == "img":
            if first <= node.place <= last:
                out.append(_picture(node))
        elif node.place in kept:
            _block(node, kept[node.place], out, waiting)
        elif node.place in keeping or (first <= node.place <= last and not node.around and node.tag in _FRAMES):
            if node.tag in _STRUCTURE:
                out.append(f"<{node.tag}>")
                waiting.append(f"</{node.tag}>")
            waiting.extend(_elements(node))
    return out


def _elements(node: Node) -> list[Node]:
    """The elements in it, the last one first, as they are to be put on a stack."""
    return [kid for kid in reversed(node.kids) if not isinstance(kid, str)]


def _block(node: Node, blocks: list[Block], out: list[str], waiting: list[Node | str]) -> None:
    """One block's own text; blocks inside it follow after."""
    tag = node.tag
    inner = _elements(node)
    if len(blocks) == 1 and blocks[0].whole and BLOCKS.isdisjoint([kid.tag for kid in inner]):
        contents, inner = [_inline(node)], []
    else:
        contents = [_rows(block) for block in blocks]
    if tag in _HOLDING:
        out.append(f"<{tag}>" + "<br>".join(contents))
        waiting.append(f"</{tag}>")
    elif tag == "blockquote":
        out.append("<blockquote>")
        out.extend(f"<p>{content}</p>" for content in contents)
        waiting.append("</blockquote>")
    else:
        name = tag if tag == "pre" or tag in HEADINGS else "p"
        out.extend([f"<{name}>{content}</{name}>" for content in contents])
    waiting.extend(inner)


def _rows(block: Block) -> str:
    return "<br>".join([escape(row, quote=False) for row in block.rows])


def _inline(node: Node) -> str:
    """An element's text with the phrases and pictures in it."""
    out: list[str] = []
    around = [(iter(node.kids), "")]
    while around:
        kids, ending = around[-1]
        for kid in kids:
            if isinstance(kid, str):
                out.append(escape(kid, quote=False))
            elif kid.tag == "br":
                out.append("<br>")
            elif kid.tag == "img":
                out.append(_picture(kid))
            else:
                beginning, ending = _tags(kid)
                out.append(beginning)
                around.append((iter(kid.kids), ending))
                break
        else:
            out.append(ending)
            around.pop()
    return "".join(out)


def _tags(node: Node) -> tuple[str, str]:
    """How a phrase begins and ends; nothing for an element that says nothing."""
    tag = node.tag
    if tag not in _INLINE:
        return "", ""
    href = node.attr("href") if tag == "a" else None
    return f'<a href="{escape(href)}">' if href else f"<{tag}>", f"</{tag}>"


def _picture(node: Node) -> str:
    source = picture_source(node)
    if not source:
        return ""
    alt = escape(node.attr("alt") or "")
    return f'<img src="{escape(source)}" alt="{alt}">'


def picture_source(node: Node) -> str:
    """An image's address as written, where it loads late too; "" for pixels and data."""
    if node.attr("width") in ("0", "1") or node.attr("height") in ("0", "1"):
        return ""
    for name in ("data-src", "data-lazy-src", "data-original", "src"):
        value = (node.attr(name) or "").strip()
        if (
            value
            and not value.startswith(("data:", "blob:", "javascript:"))
            and urls.resolve("https://a.invalid/", value)
        ):
            return value
    return ""
