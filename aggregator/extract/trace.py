"""How a page was read: what was taken, what was cut and why, and who said what; gathered only when asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aggregator.extract import titles
from aggregator.extract.tree import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aggregator.extract.blocks import Block
    from aggregator.extract.page import Page

_LEVELS = 4
_WORDS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One decision. ``what`` is field, taken, kept or cut.

    ``path`` is a CSS selector of the place, good for a hint; "" where there is none. ``reason`` is who said a field,
    why a place was cut ("navigation", "after the end", "template", "hint drop"), or which kind of place was taken.
    ``text`` is a field's value, or the first words of the place.
    """

    what: str
    path: str
    reason: str
    text: str


@dataclass(slots=True)
class Trace:
    """Filled by the reading that it is given to; holds nothing but what that decided."""

    fields: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Field → its value as text, and who said it."""
    order: list[Node] = field(default_factory=list)
    container: Node | None = None
    found_by: str = ""
    blocks: list[Block] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    """Each block's rows before any was cut."""

    def begin(self, order: list[Node], container: Node, found_by: str, blocks: list[Block]) -> None:
        """Note where the text was looked for. What is read again begins anew."""
        self.order, self.container, self.found_by, self.blocks = order, container, found_by, blocks
        self.rows = [tuple(block.rows) for block in blocks]

    def say(self, name: str, value: str, witness: str) -> None:
        """Note a field and who said it."""
        self.fields[name] = (value, witness)

    def steps(self) -> tuple[Step, ...]:
        """Fields first, then the place that was taken, then what was kept and cut, in page order."""
        told = [Step(what="field", path=name, reason=by, text=value) for name, (value, by) in self.fields.items()]
        if self.container is None:
            return tuple(told)
        taken = Step(
            what="taken",
            path=path(self.container),
            reason=self.found_by,
            text=f"{sum(len(block.text) for block in self.blocks if not block.cut)} letters",
        )
        placed = [*self._blocks(), *self._around(), *self._outside(self.container)]
        return (*told, taken, *(step for _, step in sorted(placed, key=lambda pair: pair[0])))

    def _blocks(self) -> Iterator[tuple[int, Step]]:
        for block, rows in zip(self.blocks, self.rows, strict=True):
            at, where = block.node.place, path(block.node)
            if block.cut:
                yield at, Step(what="cut", path=where, reason=block.cut, text=_words(" ".join(rows)))
                continue
            yield at, Step(what="kept", path=where, reason="", text=_words(block.line))
            for row in rows:
                if row not in block.rows and row not in block.line:
                    yield (
                        at,
                        Step(what="cut", path=where, reason="a line of furniture or after the end", text=_words(row)),
                    )

    def _around(self) -> Iterator[tuple[int, Step]]:
        """The outermost places that stand around articles."""
        for node in self.order:
            if node.around and node.chars and not (node.parent is not None and node.parent.around):
                yield node.place, Step(what="cut", path=path(node), reason=node.around, text=_words(node.text()))

    def _outside(self, container: Node) -> Iterator[tuple[int, Step]]:
        """What stands beside the chosen place on the way down to it, and was no standfirst."""
        leads = {block.node.place for block in self.blocks if not block.node.within(container)}
        node = container
        while node.parent is not None:
            for kid in node.parent.kids:
                if not isinstance(kid, Node) or kid is node or kid.around or not kid.chars:
                    continue
                if not leads.intersection(range(kid.place, kid.place + len(kid.nodes()))):
                    reason = "headline" if kid.tag == "h1" else "outside the place that was taken"
                    yield kid.place, Step(what="cut", path=path(kid), reason=reason, text=_words(kid.text()))
            node = node.parent


def path(node: Node) -> str:
    """A CSS selector: from the nearest id, or the last few parents, with those classes that CSS can name plainly."""
    parts: list[str] = []
    at: Node | None = node
    while at is not None and len(parts) < _LEVELS:
        id_ = (at.attr("id") or "").strip()
        names = [name for name in (at.attr("class") or "").split() if _nameable(name)]
        if _nameable(id_):
            parts.append(f"{at.tag}#{id_}")
            break
        parts.append(".".join([at.tag, *names[:3]]))
        at = at.parent
    return " > ".join(reversed(parts))


def titled_by(page: Page, title: str) -> str:
    """Who on the page says the headline that was chosen."""
    bare, name, head = titles.bare, titles.loose(title), page.head
    told = {
        "h1": [node.text() for node in page.h1s],
        "og:title": [bare(head.first("og:title"), page.site)],
        "JSON-LD": [
            bare(titles.squeeze(item.get("headline") or item.get("name")), page.site) for item in head.articles
        ],
        "title tag": [bare(head.title, page.site, tag=True)],
    }
    found = [witness for witness, lines in told.items() if any(titles.loose(line) == name for line in lines)]
    return ", ".join(found) or "a heading or short line before the text"


def _nameable(name: str) -> bool:
    return name.replace("-", "").replace("_", "").isalnum() and not name[:1].isdigit() and name.isascii()


def _words(text: str) -> str:
    words = titles.squeeze(text[:400]).split() or text[:400].split()
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS or len(text) > 400 else "")
