"""Start tags: how each is met, and what its attributes say."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from aggregator.extract import elements, marks
from aggregator.markup import words

# What to do where a tag is met: open an element; end an open paragraph first; or ask one of the methods.
PHRASE, BLOCK, LINK, ITEM, END, TABLE_PART, HEADING, VOID, RAW, MUTED, AROUND, FRAME, BESIDE, ODD = range(14)
_RULES: Final[dict[str, int]] = (
    dict.fromkeys(elements.CLOSES_P, BLOCK)
    | dict.fromkeys(("li", "dd", "dt"), ITEM)
    | dict.fromkeys(elements.TABLE_PARTS, TABLE_PART)
    | dict.fromkeys(elements.HEADINGS, HEADING)
    | {"a": LINK, "nav": AROUND, "footer": AROUND}
    | dict.fromkeys(elements.VOID, VOID)
    | dict.fromkeys(elements.RAW, RAW)
    | dict.fromkeys(elements.MUTED, MUTED)
    | dict.fromkeys(elements.FRAME, FRAME)
)
_PHRASES = words(
    "span i b em strong small u s sub sup font label picture abbr cite code q mark time big tt kbd samp var ins del "
    "bdi bdo data ruby rt rp rb figure output slot center nobr strike"
)
_PARTS_OF_PAGES = words("div section aside ul ol")
_FOR_OTHERS: Final = marks.OTHERS | marks.SURELY
_PERHAPS_OURS: Final = marks.BODY | marks.LEAD | marks.TEASER
_WRAPPER = re.compile(
    r"wrap|container|layout|template|(?:left|right|with|has|no|one)[-_]?sidebar|sidebar[-_](?:left|right)"
)
_NOTED = words("h1 time nav aside footer figcaption")
Kind = tuple[int, bool, bool, str]
"""How a start tag is met: its rule, whether it is special, whether it is noted; and its end tag."""
_KINDS: Final[dict[str, Kind]] = {
    tag: (_RULES.get(tag, PHRASE), tag in elements.SPECIAL, tag in _NOTED, f"/{tag}")
    for tag in (*_PHRASES, *_RULES, *elements.SPECIAL)
}
TOP: Final[Kind] = (BLOCK, True, False, "\0")
"""The body: nothing ends it but the page."""
NONE: Final[dict[int, Kind]] = {rule: (rule, False, False, "\0") for rule in (END, BESIDE, ODD)}
"""What is no start tag."""
# A tag's attributes, quotes counting where a value may begin.
PARTS = re.compile(r"(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])))*+")
NAME = re.compile(r"[a-zA-Z][^\s/>]*")
_GIVEN = r"\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))"
_CLASS = re.compile(r"[\s\"'/]class" + _GIVEN, re.IGNORECASE)
_ID = re.compile(r"[\s\"'/]id" + _GIVEN, re.IGNORECASE)
_HIDING = re.compile(r"\shidden(?![^\s=/])|display\s*:\s*none", re.IGNORECASE)
# One attribute as the HTML Standard's tokenizer reads it (section 13.2.5.32 and on).
_ATTRIBUTE = re.compile(r"([^\s/>\"'=][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'][^\s>]*)?))?")


class Start:
    """A start tag as it is written, ``source`` being what stands between "<" and ">"; equal ones of a page share it.

    ``said`` is what class and id say (``marks.says``), ``noted`` whether that or another attribute counts.
    """

    __slots__ = ("_attrs", "closing", "id", "name", "noted", "rule", "said", "source", "special", "tag")

    def __init__(self, tag: str, source: str, kind: Kind) -> None:
        self.tag = tag
        self.source = source
        self.rule, self.special, self.noted, self.closing = kind
        self.name: str | None = None
        self.id: str | None = None
        self.said = 0
        self._attrs: dict[str, str | None] | None = None

    @property
    def marks(self) -> str:
        """Class and id in lower case; "" where it has neither."""
        return f"{self.name or ''} {self.id or ''}".lower() if self.name or self.id else ""

    @property
    def attrs(self) -> dict[str, str | None]:
        """Its attributes, names in lower case, entities read; None for the value of one that has none."""
        if self._attrs is None:
            self._attrs = attributes(self.source) if len(self.source) > len(self.tag) else {}
        return self._attrs


def attributes(source: str) -> dict[str, str | None]:
    """The attributes of a tag; of two of one name the first counts."""
    found: dict[str, str | None] = {}
    name = re.match(r"[^\s/>]*", source)
    for key, double, single, bare in _ATTRIBUTE.findall(source, name.end() if name else 0):
        value = double or single or bare or None
        found.setdefault(key.lower(), unescape(value) if value and "&" in value else value)
    return found


def is_whole(head: str) -> bool:
    """Whether a tag does end where its first ">" stands."""
    found = PARTS.match(head)
    return found is not None and found.end() == len(head)


def glance(head: str) -> tuple[str, int]:
    """The name and rule of a tag, where nothing else is asked."""
    tag = head.partition(" ")[0]
    kind = _KINDS.get(tag)
    if kind is not None:
        whole = not (head.count('"') & 1 or "'" in head) or is_whole(head)
        return (tag, kind[0]) if whole else ("", ODD)
    if head.startswith("/"):
        return head[1:].strip().lower(), END
    found = NAME.match(head)
    if found is None:
        return "", BESIDE if head.startswith(("!", "?")) and not head.startswith("!--") else ODD
    tag = found.group().lower()
    return (tag, _RULES.get(tag, PHRASE)) if is_whole(head) else ("", ODD)


def read(head: str) -> Start:
    """A start tag, and what it says; the guards before each look are what makes most tags cheap."""
    tag, blank, _ = head.partition(" ")
    kind = _KINDS.get(tag)
    if kind is None:
        found = NAME.match(head)
        tag = found.group().lower() if found else ""
        kind = _KINDS.get(tag) or (PHRASE, False, False, f"/{tag}")
        blank = head[len(tag) :].strip(" /")
    start = Start(tag, head, kind)
    if not blank:
        return start
    at = head.find(' class="') + 8
    if at > 7:
        name = head[at : head.find('"', at)]
        start.name = unescape(name) if "&" in name else name
    elif "class" in head or "CLASS" in head:
        start.name = _value(_CLASS, head)
    if "id=" in head or "ID=" in head:
        start.id = _value(_ID, head)
    if start.name or start.id:
        start.said = said = marks.said_by(start.name, start.id)
        start.noted = start.noted or said != 0
        if said & _FOR_OTHERS == _FOR_OTHERS and not said & _PERHAPS_OURS and tag in _PARTS_OF_PAGES:
            start.rule = BLOCK if _WRAPPER.search(head) else AROUND
    if "itemprop" in head or "role=" in head or "author" in head:
        start.noted = True
    if (" hidden" in head or "none" in head) and _HIDING.search(head) and _hidden(start):
        start.rule = BESIDE if start.rule == VOID else MUTED
    return start


def _value(attribute: re.Pattern[str], head: str) -> str | None:
    found = attribute.search(head)
    value = found and (found[1] or found[2] or found[3])
    return unescape(value) if value and "&" in value else value


def _hidden(start: Start) -> bool:
    if start.rule in (RAW, FRAME):
        return False
    attrs = start.attrs
    style = attrs.get("style")
    return "hidden" in attrs or bool(style and "display:none" in style.replace(" ", "").lower())
