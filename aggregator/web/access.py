"""Who reads, and what they may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from aggregator.model import Publish

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection, Request

    from aggregator.model import KeptArticle
    from aggregator.web.signing import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """The one who asks for a page."""

    may_read_texts: bool
    """Whether whole texts and stretches of them are shown, whatever the source's ``publish`` says: staff."""
    name: str | None = None
    """Who is signed in; None where nobody is, or where nobody needs to be."""
    open: bool = False
    """Whether everyone is staff, because nothing but this machine reaches the site: pages say so."""
    csrf: str = ""
    """What every form that is sent with POST carries in a hidden field called "csrf"."""
    bound_to: str = ""
    """The session or visit for which ``csrf`` was made."""

    @property
    def staff(self) -> bool:
        """Whether they may read texts and contact persons' telephone numbers, and correct tags."""
        return self.may_read_texts

    @property
    def signature(self) -> str:
        """The name that stands beside what they change."""
        return self.name or "utan inloggning"

    def may_read(self, kept: KeptArticle) -> bool:
        """Whether they may read this article's text: staff, or everybody where the publisher permits it."""
        return self.may_read_texts or kept.publish is Publish.FULL


PUBLIC = Viewer(may_read_texts=False)


class SignInFirst(Exception):  # noqa: N818 - what to do, not what went wrong
    """This is for staff, and whoever asks has not signed in."""


def viewer(request: HTTPConnection) -> Viewer:
    """Who asks; one of the public where nobody has looked."""
    found = getattr(request.state, "viewer", None)
    return found if isinstance(found, Viewer) else PUBLIC


def require_staff(request: Request) -> Viewer:
    """The member of staff who asks. Raises SignInFirst, which leads to the page to sign in on, or is 401 in the API."""
    found = viewer(request)
    if not found.staff:
        raise SignInFirst
    return found


def check_form(request: Request, csrf: str) -> None:
    """See that a form was sent from one of our own pages; else raises HTTPException 403.

    ``csrf`` is its hidden field. A browser's word that the form stood on another site is believed as well.
    """
    desk: Desk = request.app.state.desk
    found = viewer(request)
    if not found.bound_to or not desk.sessions.fits(csrf, found.bound_to) or not _from_here(request):
        raise HTTPException(403)


def _from_here(request: Request) -> bool:
    """Whether Origin and Sec-Fetch-Site, where they are sent, say that the form is ours."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2].lower() == request.headers.get("host", "").lower()
