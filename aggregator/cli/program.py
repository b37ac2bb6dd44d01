"""All commands together, in the order in which ``--help`` tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.cli import (
    archived,
    correcting,
    following,
    grouping,
    impact,
    pages,
    running,
    searching,
    serving,
    showing,
)
from aggregator.cli.commands import app

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["ROOMS", "app"]

ROOMS: tuple[ModuleType, ...] = (
    running,
    following,
    serving,
    searching,
    archived,
    impact,
    correcting,
    pages,
    grouping,
    showing,
)
"""The modules whose import puts their commands into ``app``."""

app.registered_commands.sort(key=lambda known: [room.__name__ for room in ROOMS].index(known.callback.__module__))
