"""The archive in a browser: search, read, follow. Server-rendered pages in Swedish that work without JavaScript.

- ``build(config, archive_path, now)``: the application (ASGI), for uvicorn or a test

A page is a module of ``pages/`` with a router, and templates; ``pages.ROUTERS`` lists them, ``navigation.PLACES`` the
ones that stand in the navigation.
"""

from aggregator.web.app import build

__all__ = ["build"]
