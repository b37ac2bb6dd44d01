"""The pages, a module each with its router; a page that is new gets a row in ``ROUTERS``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.web.pages import files, search, signing

if TYPE_CHECKING:
    from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = (search.router, signing.router, files.router)
