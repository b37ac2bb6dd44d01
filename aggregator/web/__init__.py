"""The archive in a browser: search, read, follow. Server-rendered pages in Swedish that work without JavaScript.

- ``build(config, archive_path, now)``: the application (ASGI), for uvicorn or a test
- ``serving``: the same on a port
- ``hashed``: a password or token as ``[[web.staff]]`` holds it; ``is_loopback``: whether others reach an address

A page is a module of ``pages/`` with a router, and templates; ``pages.ROUTERS`` lists them, ``navigation.PLACES`` the
ones that stand in the navigation.
"""

from aggregator.web.app import build
from aggregator.web.signing.desk import is_loopback
from aggregator.web.signing.hashing import hashed

__all__ = ["build", "hashed", "is_loopback"]
