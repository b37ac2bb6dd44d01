"""The places that every page leads to, in the order of the navigation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the navigation. It is the current one on its own page and on those below it."""

    path: str
    name: str

    def current(self, path: str) -> bool:
        """Whether ``path`` is this page's or below it."""
        return path == self.path or (self.path != "/" and path.startswith(f"{self.path}/"))


PLACES: tuple[Place, ...] = (Place("/", "Sök"),)
