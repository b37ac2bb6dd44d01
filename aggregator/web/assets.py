"""Static files, each under an address that holds a hash of its content: a browser asks for it once and for all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parent / "static"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One static file."""

    name: str
    """As it stands in ``static/``: "site.css"."""
    served_as: str
    """With its hash: "site.1f0c2a9b7d.css"."""
    media_type: str
    body: bytes


@lru_cache(maxsize=1)
def assets() -> Mapping[str, Asset]:
    """The files of ``static/`` by name, and by the name under which they are served."""
    found: dict[str, Asset] = {}
    for path in sorted(FOLDER.iterdir()):
        if path.suffix in MEDIA_TYPES:
            body = path.read_bytes()
            mark = blake2b(body, digest_size=5).hexdigest()
            asset = Asset(
                name=path.name,
                served_as=f"{path.stem}.{mark}{path.suffix}",
                media_type=MEDIA_TYPES[path.suffix],
                body=body,
            )
            found[asset.name] = found[asset.served_as] = asset
    return MappingProxyType(found)
