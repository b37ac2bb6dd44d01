"""The application, put together."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI

from aggregator.web import troubles
from aggregator.web.pages import ROUTERS
from aggregator.web.reading import Readers
from aggregator.web.site import Site, environment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime

    from aggregator.model import Config


def build(config: Config, archive: Path | str, now: Callable[[], datetime], *, address: str | None = None) -> FastAPI:
    """The site over one archive, as an ASGI application; the archive need not exist yet.

    ``now`` gives the present moment in UTC. ``address``: where the site is reached from outside, ending in a slash;
    without it, feeds name the address by which they were asked for.
    """
    readers = Readers(Path(archive))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        readers.close()

    # The documentation pages that FastAPI makes load scripts from elsewhere.
    app = FastAPI(title=config.settings.title, docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.site = Site(config=config, readers=readers, now=now, templates=environment(config), address=address)
    for router in ROUTERS:
        app.include_router(router)
    troubles.prepare(app)
    return app
