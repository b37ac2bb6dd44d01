"""The files of ``feeds/`` as readers fetch them: under ``/feeds/``, and under the path of ``base_url``.

Media type, Last-Modified, Cache-Control and the Link header (RFC 8288) are set here; ETag, 304 and gzip come with
every answer. ``rel=self`` is the address that stands in the document, which is ``base_url`` and the file's name.
"""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from aggregator.model import Public
from aggregator.render import FORMATS, INDEX, OPML
from aggregator.render.style import CSS
from aggregator.web.shield.headers import POLICY
from aggregator.web.site import site_of

if TYPE_CHECKING:
    from aggregator.model import Config

MAX_AGE = 300
"""Seconds for which a reader need not ask again."""
FOLDER = "/feeds/"
MEDIA_TYPES = {form.suffix: form.media_type for form in FORMATS} | {"opml": "text/x-opml", "html": "text/html"}
_NAME = re.compile(
    rf"(?:arkiv/)?[A-Za-z0-9][A-Za-z0-9._-]{{0,100}}\.(?:{'|'.join(form.suffix for form in FORMATS)})"
    rf"|{re.escape(INDEX)}|{re.escape(OPML)}",
    re.ASCII,
)


def router_of(config: Config) -> APIRouter:
    """The routes of the feeds, to stand after those of the pages."""
    router = APIRouter(include_in_schema=False)
    for folder in sorted({FOLDER, folder_of(config)}, key=len, reverse=True):
        router.add_api_route(f"{folder}{{name:path}}", published, methods=["GET"])
    return router


def folder_of(config: Config) -> str:
    """The path of ``base_url``, with a slash at both ends."""
    path = urlsplit(config.settings.base_url).path
    return f"/{path.strip('/')}/" if path.strip("/") else "/"


def published(name: str, request: Request) -> Response:
    """One file."""
    config = site_of(request).config
    found = _read(Path(config.settings.feeds), name or INDEX)
    if found is None:
        raise HTTPException(404)
    body, changed_at = found
    name = name or INDEX
    suffix = name.rpartition(".")[2]
    everybody = config.web.public is not Public.NOTHING
    headers = {
        "Content-Type": MEDIA_TYPES[suffix] + ("; charset=utf-8" if suffix in ("opml", "html") else ""),
        "Last-Modified": format_datetime(changed_at, usegmt=True),
        "Cache-Control": f"{'public' if everybody else 'private'}, max-age={MAX_AGE}",
        "Link": _links(config.settings.base_url, name),
    }
    if everybody:
        headers |= {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
    if name == INDEX:
        headers["Content-Security-Policy"] = POLICY.replace("style-src 'self'", f"style-src 'sha256-{_style()}'")
    return Response(body, headers=headers)


def _read(folder: Path, name: str) -> tuple[bytes, datetime] | None:
    """A published file and when it last changed; None for all else, whatever it is called."""
    if not _NAME.fullmatch(name):
        return None
    path = folder / name
    try:
        if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
            return None
        changed_at = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
        return path.read_bytes(), changed_at
    except OSError:
        return None


def _links(base_url: str, name: str) -> str:
    """The document's own address, and the same in the other formats."""
    stem, _, suffix = name.rpartition(".")
    base = base_url.rstrip("/") + "/"
    if name in (INDEX, OPML):
        stem, own = "alla", f'<{base}{name}>; rel="self"; type="{MEDIA_TYPES[suffix]}"'
    else:
        own = f'<{base}{name}>; rel="self"; type="{MEDIA_TYPES[suffix]}"'
    others = [
        f'<{base}{stem}.{form.suffix}>; rel="alternate"; type="{form.media_type}"'
        for form in FORMATS
        if form.suffix != suffix
    ]
    return ", ".join([own, *others])


@lru_cache(maxsize=1)
def _style() -> str:
    """The hash by which the index page's own style sheet is allowed (CSP, level 2)."""
    return base64.b64encode(sha256(f"\n{CSS}".encode()).digest()).decode()
