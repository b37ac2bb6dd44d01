"""Static files: one style sheet, and what else the pages need; nothing comes from elsewhere."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from aggregator.web.assets import assets

router = APIRouter(include_in_schema=False)

FOREVER = "public, max-age=31536000, immutable"


@router.get("/static/{name}")
def static(name: str) -> Response:
    """A file under the address that holds its hash; by its bare name it is not kept."""
    asset = assets().get(name)
    if asset is None:
        raise HTTPException(404)
    cache = FOREVER if name == asset.served_as else "no-cache"
    return Response(asset.body, media_type=asset.media_type, headers={"Cache-Control": cache})
