"""What every page works with: the configuration, the archive, the clock, the templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from aggregator.web import wording
from aggregator.web.access import viewer
from aggregator.web.assets import assets
from aggregator.web.navigation import PLACES

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime

    from starlette.requests import Request

    from aggregator.archive import Archive
    from aggregator.model import Config
    from aggregator.web.reading import Readers


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The site as it was built. ``site_of(request)`` gives it to a page."""

    config: Config
    readers: Readers
    now: Callable[[], datetime]
    """The present moment, in UTC."""
    templates: Environment
    address: str | None = None
    """Where the site is reached from outside, ending in a slash; None: as the request says."""

    def reading(self) -> AbstractContextManager[Archive]:
        """An archive to read from, for this thread alone, while the block lasts.

        Raises NoArchiveYet or ArchiveError, which ``troubles`` answers with a page.
        """
        return self.readers.lend()

    def base(self, request: Request) -> str:
        """The site's public address, ending in a slash: for what is read elsewhere, such as feeds."""
        return self.address or str(request.base_url)


def site_of(request: Request) -> Site:
    """The site that a request is made to."""
    found: Site = request.app.state.site
    return found


def environment(config: Config) -> Environment:
    """The templates: every text escaped, an unknown name an error."""
    made = Environment(
        loader=PackageLoader("aggregator.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(wording.filters(ZoneInfo(config.settings.timezone)))
    made.globals.update(places=PLACES, settings=config.settings)
    return made


def show(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page: the template with these values and what every template may use.

    Those are ``request``, ``viewer``, ``path`` (the address's path), ``to("/x")`` (a path below where the site
    stands), ``static("site.css")`` (a static file's address), ``places`` and ``settings``.
    """
    return HTMLResponse(_template(request, template).render(**_around(request), **values), status_code=status)


def _template(request: Request, name: str) -> Any:
    return site_of(request).templates.get_template(name)


def _around(request: Request) -> dict[str, Any]:
    root = request.scope.get("root_path", "").rstrip("/")

    def to(path: str) -> str:
        return f"{root}{path}"

    def static(name: str) -> str:
        return to(f"/static/{assets()[name].served_as}")

    path = request.url.path.removeprefix(root) or "/"
    here = f"{path}?{request.url.query}" if request.method == "GET" and request.url.query else path
    around = {"request": request, "viewer": viewer(request), "path": path, "next_address": here}
    return around | {"to": to, "static": static}
