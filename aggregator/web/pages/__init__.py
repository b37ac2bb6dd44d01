"""The pages, a module each with its router; a page that is new gets a row in ``ROUTERS``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.web.pages import (
    articles,
    feeds,
    files,
    following,
    impact,
    projects,
    search,
    signing,
    sources,
    taking,
    topics,
)

if TYPE_CHECKING:
    from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = (
    search.router,
    taking.router,
    following.router,
    articles.router,
    projects.router,
    topics.router,
    sources.router,
    feeds.router,
    impact.router,
    signing.router,
    files.router,
)
