"""What a site is asked and what it answers, and the small change of writing it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from html import escape
from importlib import resources
from string import Template
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from aggregator.demo.pieces import EPOCHS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HTML = "text/html; charset=UTF-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One GET, as a site sees it. ``bases`` maps every site of the region to its address."""

    site: str
    path: str
    query: Mapping[str, str]
    epoch: int
    bases: Mapping[str, str]
    first: bool = False
    """Whether this path is asked for the first time in this epoch."""

    @property
    def base(self) -> str:
        """The asked site's own address, without a slash at its end."""
        return self.bases[self.site]

    @property
    def now(self) -> datetime:
        """The epoch's moment."""
        return EPOCHS[self.epoch]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One response. ``etag`` asks for a validator made from the body; ``drip`` is sent as it comes."""

    body: bytes = b""
    media_type: str = HTML
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    etag: bool = True
    modified_at: datetime | None = None
    drip: Iterator[bytes] | None = None
    compressible: bool = True


def page(text: str, **more: Any) -> Answer:
    """An HTML page in UTF-8."""
    return Answer(body=text.encode(), **more)


def xml(text: str, media_type: str = "application/rss+xml; charset=UTF-8", **more: Any) -> Answer:
    """A feed or a sitemap."""
    return Answer(body=text.encode(), media_type=media_type, **more)


def as_json(value: object, **more: Any) -> Answer:
    """A JSON answer, without a validator as the real APIs give none, unless asked for."""
    body = json.dumps(value, ensure_ascii=False).encode()
    return Answer(body=body, media_type="application/json; charset=UTF-8", **{"etag": False, **more})


def moved(to: str, status: int = 301) -> Answer:
    """A redirect."""
    return Answer(status=status, headers={"Location": to}, etag=False)


def missing(title: str = "Sidan kunde inte hittas") -> Answer:
    """A 404 as people see it."""
    return Answer(
        status=404,
        etag=False,
        body=f"<!DOCTYPE html><html lang='sv'><title>{title}</title><h1>{title}</h1></html>".encode(),
    )


def robots(text: str) -> Answer:
    """A robots.txt."""
    return Answer(body=text.encode(), media_type="text/plain; charset=utf-8")


@cache
def _template(name: str) -> Template:
    return Template(resources.files(__package__).joinpath("pages", name).read_text("utf-8"))


def fill(name: str, /, **values: str) -> str:
    """A page template of ``pages/`` with its ``$names`` filled in; the values are HTML already."""
    return _template(name).substitute(values)


def esc(text: str) -> str:
    """Text for HTML and XML, attribute values included."""
    return escape(text, quote=True)


def rfc822(moment: datetime) -> str:
    """The date form of RSS and HTTP, in UTC."""
    return format_datetime(moment.astimezone(UTC))


def iso(moment: datetime) -> str:
    """RFC 3339, in UTC."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
