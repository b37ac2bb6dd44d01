"""Rows that go on over several pages: which part of them an address asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

Item = TypeVar("Item")

_LONGEST = 17
"""Digits of a number that SQLite can hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Generic[Item]):
    """A page of a row that is known whole."""

    items: Sequence[Item]
    page: int
    pages: int

    @property
    def before(self) -> int | None:
        """The number of the page before; None on the first."""
        return self.page - 1 if self.page > 1 else None

    @property
    def after(self) -> int | None:
        """The number of the next page; None on the last."""
        return self.page + 1 if self.page < self.pages else None


def number(text: str | None) -> int | None:
    """A number as an address tells it; None where it is none that can be looked up."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= _LONGEST else None


def part(row: Sequence[Item], request: Request, size: int) -> Part[Item]:
    """The page that ``?sida=`` names, the first where it names none; one beyond the last is the last."""
    pages = max(1, -(-len(row) // size))
    page = min(max(number(request.query_params.get("sida")) or 1, 1), pages)
    return Part(items=row[(page - 1) * size : page * size], page=page, pages=pages)
