"""The kept blocks as HTML, in the structure that they had."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from aggregator import markup, urls
from aggregator.extract.elements import BLOCKS, HEADINGS
from aggregator.extract.tree import Node

if TYPE_CHECKING:
    from aggregator.extract.blocks import Block

_STRUCTURE = markup.words("ul ol li dl dt dd table thead tbody tfoot tr td th blockquote pre figure")
_INLINE = markup.words("a b strong i em u s sub sup code q cite abbr mark small del ins kbd samp var time")
_WIDEST = 20_000


def text(blocks: list[Block]) -> str:
    """Paragraphs joined by a blank line; items of one list by a line break."""
    return markup.strip_forbidden("\n\n".join(block.text for block in blocks))


def html(container: Node, blocks: list[Block], base: str) -> str:
    """Sanitised HTML of the kept blocks with the pictures between them."""
    return markup.sanitise("".join(_pieces(container, blocks)), base)


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
    out: list[str] = []
    waiting: list[Node | str] = [container]
    outside = [block for block in blocks if not block.node.within(container)]
    out.extend(f"<p>{_rows(block)}</p>" for block in outside)
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            out.append(node)
        elif node.tag == "img":
            if first <= node.place <= last:
                out.append(_picture(node))
        elif node.place in kept:
            _block(node, kept[node.place], keeping, out, waiting)
        elif node.place in keeping or (
            first <= node.place <= last
            and not node.around
            and node.tag in ("figure", "picture", "p", "div", "a", "span", "center")
        ):
            structural = node.tag in _STRUCTURE
            if structural:
                out.append(f"<{node.tag}>")
                waiting.append(f"</{node.tag}>")
            waiting.extend(kid for kid in reversed(node.kids) if isinstance(kid, Node))
    return out


def _block(node: Node, blocks: list[Block], keeping: set[int], out: list[str], waiting: list[Node | str]) -> None:
    """One block's own text; blocks inside it follow after."""
    tag = node.tag
    name = tag if tag in HEADINGS or tag in ("pre", "li", "td", "th", "dt", "dd") else "p"
    inner = [kid for kid in node.kids if isinstance(kid, Node) and (kid.tag in BLOCKS or kid.place in keeping)]
    quoted = tag == "blockquote"
    whole = len(blocks) == 1 and blocks[0].whole and not inner
    contents = [_inline(node)] if whole else [_rows(block) for block in blocks]
    if quoted:
        out.append("<blockquote>")
    if name in ("li", "td", "th", "dt", "dd"):
        out.append(f"<{name}>" + "<br>".join(contents))
        waiting.append(f"</{name}>")
    else:
        out.extend(f"<{name}>{content}</{name}>" for content in contents)
    if quoted:
        waiting.append("</blockquote>")
    waiting.extend(reversed([kid for kid in node.kids if isinstance(kid, Node)]) if not whole else ())


def _rows(block: Block) -> str:
    return "<br>".join(escape(row) for row in block.rows)


def _inline(node: Node) -> str:
    out: list[str] = []
    waiting: list[tuple[bool, Node | str]] = [(False, kid) for kid in reversed(node.kids)]
    while waiting:
        ready, item = waiting.pop()
        if isinstance(item, str):
            out.append(item if ready else escape(item))
        elif item.tag == "br":
            out.append("<br>")
        elif item.tag == "img":
            out.append(_picture(item))
        else:
            if item.tag in _INLINE:
                href = item.attrs.get("href") if item.tag == "a" else None
                out.append(f'<a href="{escape(href)}">' if href else f"<{item.tag}>")
                waiting.append((True, f"</{item.tag}>"))
            waiting.extend((False, kid) for kid in reversed(item.kids))
    return "".join(out)


def _picture(node: Node) -> str:
    source = picture_source(node)
    if not source:
        return ""
    alt = escape(node.attrs.get("alt") or "")
    return f'<img src="{escape(source)}" alt="{alt}">'


def picture_source(node: Node) -> str:
    """An image's address as written, where it loads late too; "" for pixels and data."""
    attrs = node.attrs
    if (attrs.get("width") or "") in ("0", "1") or (attrs.get("height") or "") in ("0", "1"):
        return ""
    for name in ("data-src", "data-lazy-src", "data-original", "src"):
        value = (attrs.get(name) or "").strip()
        if (
            value
            and not value.startswith(("data:", "blob:", "javascript:"))
            and urls.resolve("https://a.invalid/", value)
        ):
            return value
    return ""
