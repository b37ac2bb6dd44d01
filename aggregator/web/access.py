"""Who reads, and what they may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """The one who asks for a page."""

    staff: bool
    """Whether whole texts and stretches of them are shown, whatever the source's ``publish`` says."""
    name: str | None = None
    """Who is signed in; None where nobody is, or where nobody needs to be."""


def viewer(request: Request) -> Viewer:
    """Who asks. Without access control, which only loopback can be, everyone is staff."""
    found = getattr(request.state, "viewer", None)
    return found if isinstance(found, Viewer) else Viewer(staff=True)
