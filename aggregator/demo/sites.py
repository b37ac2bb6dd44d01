"""Which sites there are, and who answers for each."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from aggregator.demo import hostile, kuriren, lindebladet, maxmag, newsroom, optimizely, police, sitevision
from aggregator.demo.answers import Ask

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aggregator.demo.answers import Answer
    from aggregator.demo.pieces import Piece

SITES: Mapping[str, Callable[[Ask], Answer]] = {
    "hjalmarnytt": maxmag.answer,
    "lanskuriren": kuriren.answer,
    "lindebladet": lindebladet.answer,
    "region": optimizely.answer,
    "utveckling": optimizely.projects,
    "pressrum": newsroom.answer,
    "polisen": police.answer,
    "karlskoga": sitevision.answer,
    "hostile": hostile.answer,
    "bystander": hostile.bystander,
}

PATHS: Mapping[str, Callable[[Piece], str]] = {
    "hjalmarnytt": maxmag.path,
    "lanskuriren": kuriren.path,
    "lindebladet": lindebladet.path,
    "region": optimizely.path,
    "pressrum": newsroom.path,
    "polisen": police.path,
    "karlskoga": sitevision.path,
    "hostile": hostile.path,
}
"""Where each site shows a piece: path and query. The page of projects shows all its pieces at one address."""


def respond(site: str, target: str, *, epoch: int, bases: Mapping[str, str], first: bool = False) -> Answer:
    """What ``site`` says to a GET of ``target`` (path and query); ``bases`` are all sites' addresses."""
    parts = urlsplit(target)
    query = MappingProxyType(dict(parse_qsl(parts.query, keep_blank_values=True)))
    return SITES[site](Ask(site=site, path=parts.path, query=query, epoch=epoch, bases=bases, first=first))
