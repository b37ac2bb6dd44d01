"""What a person has chosen on the search page: read from its address, and written into the addresses of its links.

An address is permanent and plain: ``/?q=vård&kalla=Örebrobladet&kommun=Karlskoga&ar=2024&ordning=nyast&sida=2``. What
is not understood in it is passed over; the same choices always give the same address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode

from aggregator import query as line_reader
from aggregator.query import LONGEST_LINE, All, Field, Node, Query, Within

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE = 20
"""Results on a page."""
LAST_PAGE = 500
"""The furthest page; who wants more narrows the search or takes all of it as a file."""
MOST_FILTERS = 24
LONGEST_VALUE = 200

Order = Literal["relevance", "newest"]


@dataclass(frozen=True, slots=True)
class Way:
    """A way to narrow a search: a key of the address, the facet whose values it takes, and its heading."""

    key: str
    facet: str
    heading: str
    field: Field | None = None
    """None for a year, which is a stretch of time."""


WAYS = (
    Way("kalla", "source", "Källa", Field.OUTLET),
    Way("tema", "theme", "Tema", Field.TAG),
    Way("kommun", "kommun", "Kommun", Field.MUNICIPALITY),
    Way("projekt", "projekt", "Projekt", Field.PROJECT),
    Way("avsandare", "källa", "Avsändare", Field.ORIGIN),
    Way("ar", "year", "År"),
)
_WAYS = {way.key: way for way in WAYS}
_ORDERS: dict[str, Order] = {"nyast": "newest", "relevans": "relevance"}
_YEAR = re.compile(r"[12]\d{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """A search as its page's address tells it."""

    line: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    """(key of WAYS, value), in the order of WAYS and then of the alphabet; all of them must hold."""
    since: str = ""
    until: str = ""
    """Days, both included, as 2026-11-23; empty where not chosen."""
    order: Order | None = None
    """None where the default of the search holds."""
    page: int = 1

    @property
    def sort(self) -> Order:
        """The order of results: where words are sought, the best first; else the newest."""
        return self.order or ("relevance" if self.line else "newest")

    @property
    def narrowed(self) -> bool:
        """Whether anything at all was asked for."""
        return bool(self.line or self.filters or self.since or self.until)

    def query(self) -> Query:
        """The search line and the filters together; the line, where it cannot be read, as plain words."""
        read = line_reader.parse(self.line)
        asked = [node for node in (read.node, *self._nodes()) if node is not None]
        node = All(tuple(asked)) if len(asked) > 1 else asked[0] if asked else None
        return Query(line=self.line, node=node, understood=read.understood)

    def _nodes(self) -> Iterable[Node]:
        for key, value in self.filters:
            field = _WAYS[key].field
            if field is not None:
                yield Within(field, value)
            else:
                yield Within(Field.AFTER, date(int(value), 1, 1))
                yield Within(Field.BEFORE, date(int(value), 12, 31))
        if self.since:
            yield Within(Field.AFTER, date.fromisoformat(self.since))
        if self.until:
            yield Within(Field.BEFORE, date.fromisoformat(self.until))

    def parameters(self, *, paged: bool = True) -> list[tuple[str, str]]:
        """The address's keys and values in their one order, those that say nothing left out."""
        given = [("q", self.line), *self.filters, ("fran", self.since), ("till", self.until)]
        if paged and self.order is not None and self.order != replace(self, order=None).sort:
            given.append(("ordning", next(name for name, order in _ORDERS.items() if order == self.order)))
        if paged and self.page > 1:
            given.append(("sida", str(self.page)))
        return [(key, value) for key, value in given if value]

    def address(self, path: str = "/", *, paged: bool = True) -> str:
        """The path with the choices; ``paged``: with order and page, which a feed or a file does not have."""
        told = urlencode(self.parameters(paged=paged), errors="replace")
        return f"{path}?{told}" if told else path

    def added(self, key: str, value: str) -> Choices:
        """With one filter more, from the first page."""
        return replace(self, filters=_ordered([*self.filters, (key, value)]), page=1)

    def dropped(self, key: str, value: str) -> Choices:
        """Without that filter, from the first page."""
        return replace(self, filters=tuple(one for one in self.filters if one != (key, value)), page=1)


def read(parameters: Iterable[tuple[str, str]]) -> Choices:
    """The choices in an address's parameters; of what can be given once the last counts."""
    given = [(key, _plain(value)) for key, value in parameters]
    once = dict(given)
    page = once.get("sida", "")
    return Choices(
        line=once.get("q", "")[: LONGEST_LINE + 1],
        filters=_ordered((key, value) for key, value in given if _fits(key, value)),
        since=_day(once.get("fran", "")),
        until=_day(once.get("till", "")),
        order=_ORDERS.get(once.get("ordning", "")),
        page=min(max(int(page), 1), LAST_PAGE) if re.fullmatch(r"[0-9]{1,9}", page) else 1,
    )


def _plain(value: str) -> str:
    """Blanks made single, without what no text has."""
    return " ".join(value.replace("\0", "").split())


def _fits(key: str, value: str) -> bool:
    if key not in _WAYS or not value or len(value) > LONGEST_VALUE:
        return False
    return _WAYS[key].field is not None or bool(_YEAR.fullmatch(value))


def _ordered(filters: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    places = {way.key: place for place, way in enumerate(WAYS)}
    return tuple(sorted(set(filters), key=lambda one: (places[one[0]], one[1].casefold(), one[1])))[:MOST_FILTERS]


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        return ""
