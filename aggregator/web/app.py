"""The application, put together."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI

from aggregator.web import api, troubles
from aggregator.web.pages import ROUTERS, published
from aggregator.web.reading import Readers
from aggregator.web.shield import Shared, Shield, Thrift, Turns
from aggregator.web.signing import Desk, Doorman
from aggregator.web.site import Site, environment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime

    from starlette.types import ASGIApp

    from aggregator.model import Config


THREADS = 12
"""Requests that are worked on at the same time; more wait. Two cores are no faster with more."""


class _Guarded(FastAPI):
    """The application with what stands around every page outermost: also the page that tells of a bug is shielded."""

    def build_middleware_stack(self) -> ASGIApp:
        site: Site = self.state.site
        web = site.config.web
        names = [urlsplit(address).hostname for address in (site.config.settings.base_url, site.address) if address]
        shared = Shared(Turns(super().build_middleware_stack()), site.readers.version)
        inner = Doorman(shared, self.state.desk)
        return Shield(Thrift(inner), [*web.hosts, web.host, *(name for name in names if name)])


def build(config: Config, archive: Path | str, now: Callable[[], datetime], *, address: str | None = None) -> FastAPI:
    """The site over one archive, as an ASGI application; the archive need not exist yet.

    ``now`` gives the present moment in UTC. ``address``: where the site is reached from outside, ending in a slash;
    without it, feeds name the address by which they were asked for. Raises ConfigError where the key that signs
    cookies cannot be kept.
    """
    readers = Readers(Path(archive))
    desk = Desk(config.web, Path(archive), now)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = THREADS
        yield
        readers.close()

    # The documentation pages that FastAPI makes load scripts from elsewhere; its telemetry reads the environment.
    app = _Guarded(
        title=config.settings.title,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.site = Site(config=config, readers=readers, now=now, templates=environment(config), address=address)
    app.state.desk = desk
    for router in (*ROUTERS, *api.ROUTERS, published.router_of(config)):
        app.include_router(router)
    troubles.prepare(app)
    return app
