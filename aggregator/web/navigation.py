"""The places that every page leads to, in the order of the navigation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the navigation. It is the current one on its own page and on those below it."""

    path: str
    name: str
    below: str = ""
    """Where the pages below it are, if that is elsewhere: those of "/kommuner" are under "/kommun"."""

    def current(self, path: str) -> bool:
        """Whether ``path`` is this page's or below it."""
        return path == self.path or (self.path != "/" and path.startswith(f"{self.below or self.path}/"))


PLACES: tuple[Place, ...] = (
    Place("/", "Sök"),
    Place("/projekt", "Projekt"),
    Place("/kommuner", "Kommuner", "/kommun"),
    Place("/teman", "Teman", "/tema"),
    Place("/kallor", "Källor", "/kalla"),
    Place("/floden", "Flöden"),
    Place("/genomslag", "Genomslag"),
)
