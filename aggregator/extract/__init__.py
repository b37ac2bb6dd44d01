"""A page becomes an article, or the reason why it does not.

``extract`` reads a fetched page, ``read_page`` too, with the template of its site that ``learn`` makes of several of
its pages; ``from_link`` reads what an API or feed gave of an article; ``complete`` adds what
the listing knew and the page did not say. All three are pure: the present moment is an argument, nothing is fetched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.extract import links, reading
from aggregator.extract.page import RawPage
from aggregator.extract.template import EMPTY, Template, learn
from aggregator.extract.trace import Step, Trace

if TYPE_CHECKING:
    from datetime import datetime

    from aggregator.model import Article, Link, Rejection, Source

__all__ = ["EMPTY", "RawPage", "Step", "Template", "Trace", "complete", "extract", "from_link", "learn", "read_page"]


def extract(
    body: bytes,
    url: str,
    *,
    content_type: str | None = None,
    source: Source | None = None,
    now: datetime | None = None,
) -> Article | Rejection:
    """The article that a page holds.

    ``body`` is the response after content decoding, ``url`` the final address, ``content_type`` the header's whole
    value. ``source`` brings hints, language branches and query keys to drop. ``now`` (aware) bounds dates: none
    lies in the future of it. Never raises on any bytes; what is no article is a Rejection with its reason.
    """
    return reading.read(RawPage(body, content_type, url), source, now)


def read_page(
    page: RawPage,
    *,
    source: Source | None = None,
    now: datetime | None = None,
    template: Template = EMPTY,
    trace: Trace | None = None,
) -> Article | Rejection:
    """The article that a page holds, as ``extract`` reads it, without what its site repeats on every page.

    ``template`` is what ``learn`` made of other pages of the site; it never makes an article a Rejection.
    ``trace`` is filled with what was decided and why; it costs nothing where it is not given.
    """
    return reading.read(page, source, now, template, trace)


def from_link(link: Link, source: Source, now: datetime) -> Article | Rejection:
    """The article of a link that brought its whole body, with the same cleaning as a page's."""
    return links.from_link(link, source, now)


def complete(article: Article, link: Link) -> Article:
    """``article`` with what the listing knew and the page did not say: dates, authors, picture, place, outer id."""
    return links.complete(article, link)
