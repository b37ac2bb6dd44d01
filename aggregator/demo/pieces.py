"""The region's news as its editors wrote it, and how each outlet sets it: epochs, copies, typography.

The texts stand in ``pages/*.toml``, one file per site, an ``[[article]]`` each. Everything in them is invented.
A piece may appear later (``since``), vanish (``until``), move (``moved_to``) or change (``[article.change]``);
``copy`` takes the text of a piece of the Region's own site, as a newspaper that runs a press release does.
"""

from __future__ import annotations

import html
import re
import tomllib
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from aggregator.swedish import MONTHS

if TYPE_CHECKING:
    from collections.abc import Mapping

STOCKHOLM = ZoneInfo("Europe/Stockholm")
START = datetime.fromisoformat("2024-11-04T06:00:00+00:00")
EPOCHS = (START, START + timedelta(hours=1), START + timedelta(days=1))
"""When the three crawls are made: all is there; nothing has happened; a day has passed."""
CHANGES = 2
"""The epoch from which what changes has changed."""
_QUOTED = re.compile(r"”([^”]*)”")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One article at one epoch. ``text`` has paragraphs parted by blank lines; "## " heads, "* " lists."""

    site: str
    slug: str
    title: str
    text: str
    at: datetime | None = None
    """When it was published; None for a page without any date."""
    updated_at: datetime | None = None
    by: str = ""
    category: str = ""
    closing: str = ""
    """The last line, as written: "Källa Region Örebro län"."""
    origin: str | None = None
    """The organisation that ``closing`` names."""
    caption: str = ""
    image: str = ""
    copy: str = ""
    typography: str = "newspaper"
    since: int = 0
    until: int | None = None
    moved_to: str = ""
    number: int = 0
    """Its place in its file, from 1: what ids are made of."""
    more: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What one shape alone needs: a path, a place, a type of event."""

    @property
    def changed_at(self) -> datetime | None:
        """The site's own word for the last change."""
        return self.updated_at or self.at

    @property
    def lead(self) -> str:
        """The first paragraph."""
        return self.text.split("\n\n", 1)[0]


def _typeset(text: str, typography: str) -> str:
    """One text in an outlet's own dashes and quotation marks; the words are the same."""
    if typography == "newsroom":
        return _QUOTED.sub(r'"\1"', re.sub(r"^– ", "- ", text, flags=re.MULTILINE))
    if typography == "kuriren":
        return _QUOTED.sub(r"»\1»", re.sub(r"^– ", "— ", text, flags=re.MULTILINE))
    return text


def _piece(site: str, number: int, table: Mapping[str, Any]) -> Piece:
    fields = {key: value for key, value in table.items() if key in Piece.__dataclass_fields__}
    more = {key: str(value) for key, value in table.items() if key not in fields and key != "change"}
    fields["text"] = fields.get("text", "").strip()
    return Piece(**{"title": "", **fields}, site=site, number=number, more=MappingProxyType(more))


@cache
def _tables(site: str) -> tuple[Mapping[str, Any], ...]:
    text = resources.files(__package__).joinpath("pages", f"{site}.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["article"])


def _as_of(site: str, number: int, epoch: int) -> Piece:
    """The piece as it stands at ``epoch``, a copied text and a change included."""
    table = _tables(site)[number - 1]
    change = table.get("change", {}) if epoch >= CHANGES else {}
    piece = _piece(site, number, {**table, **change})
    if piece.copy:
        release = next(each for each in _tables("region") if each["slug"] == piece.copy)
        piece = replace(piece, title=piece.title or release["title"], text=release["text"].strip())
    return replace(piece, text=_typeset(piece.text, piece.typography))


@cache
def every(site: str, epoch: int) -> tuple[Piece, ...]:
    """All pieces that ``site`` knows of at ``epoch``, also those that have vanished or moved; newest first.

    A piece without a date comes last.
    """
    pieces = [_as_of(site, number, epoch) for number in range(1, len(_tables(site)) + 1)]
    there = [piece for piece in pieces if piece.since <= epoch]
    return tuple(sorted(there, key=lambda piece: piece.at or START - timedelta(days=9999), reverse=True))


def shown(site: str, epoch: int) -> tuple[Piece, ...]:
    """The pieces that ``site`` shows at ``epoch``, newest first."""
    return tuple(piece for piece in every(site, epoch) if not (piece.until is not None and epoch >= piece.until))


def body(text: str) -> str:
    """A piece's text as HTML: paragraphs, "## " headings, "* " lists, "**" bold leads, bare line breaks."""
    out: list[str] = []
    for block in text.split("\n\n"):
        lines = [_inline(line) for line in block.strip().splitlines()]
        if lines and lines[0].startswith("## "):
            out.append(f"<h2>{lines[0][3:]}</h2>")
        elif lines and lines[0].startswith("* "):
            out.append("<ul>\n" + "\n".join(f"<li>{line[2:]}</li>" for line in lines) + "\n</ul>")
        elif lines:
            out.append(f"<p>{'<br />'.join(lines)}</p>")
    return "\n".join(out)


def _inline(line: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html.escape(line, quote=False))


def words(text: str, count: int) -> str:
    """The first words of a text, as an excerpt widget gives them."""
    parts = text.replace("**", "").split()
    return " ".join(parts[:count]) + ("..." if len(parts) > count else "")


def local(moment: datetime) -> datetime:
    """Swedish clock time."""
    return moment.astimezone(STOCKHOLM)


def day(moment: datetime, comma: str = "") -> str:
    """A date in Swedish, "3 november 2024", or with a comma after the month as WordPress sets it."""
    here = local(moment)
    return f"{here.day} {MONTHS[here.month - 1]}{comma} {here.year}"
