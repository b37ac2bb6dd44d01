"""What the API is, told to programs (OpenAPI 3.1) and to people (a page of ours, without scripts)."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aggregator.web.api import finding, impact, register, shapes
from aggregator.web.problems import ADVICE, MEDIA_TYPE
from aggregator.web.site import show, site_of

if TYPE_CHECKING:
    from collections.abc import Mapping

router = APIRouter(include_in_schema=False)

VERSION = "1.0"
TOLD = (
    "The archive of regional news, for programs. What is told of an article depends on who asks: texts, earlier"
    " wordings, evidence and contact persons' addresses are for staff, who send a token. Every answer has an ETag."
)
ALWAYS = (400, 401, 414, 421, 422, 429, 500, 503)
"""Statuses with which any operation may answer; 404 where something is named, or a page; 304 if asked conditionally."""


@router.get("/api/v1/openapi.json")
def openapi(request: Request) -> Response:
    """The description for programs."""
    return Response(json.dumps(_described(request), ensure_ascii=False), media_type="application/json")


@router.get("/api/")
def page(request: Request) -> Response:
    """The description for people."""
    told = _described(request)
    return show(request, "api.html", description=told, operations=_operations(told), shapes=_shapes(told))


@router.get("/api")
@router.get("/api/v1")
@router.get("/api/v1/")
def there(request: Request) -> Response:
    """To the page."""
    return RedirectResponse(f"{request.scope.get('root_path', '').rstrip('/')}/api/", status_code=308)


def _described(request: Request) -> dict[str, Any]:
    return description_of(site_of(request).config.settings.title, request.scope.get("root_path", "").rstrip("/"))


@lru_cache(maxsize=4)
def description_of(title: str, root: str) -> dict[str, Any]:
    """The OpenAPI document of a site that is called ``title`` and stands below the path ``root``."""
    told = get_openapi(
        title=f"{title}: API",
        version=VERSION,
        description=TOLD,
        routes=[*finding.router.routes, *register.router.routes, *impact.router.routes],
        servers=[{"url": root or "/"}],
    )
    schemas = told["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Problem"] = shapes.Problem.model_json_schema()
    told["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "`aggregator staff NAME --token` makes one."},
        "password": {"type": "http", "scheme": "basic"},
    }
    told["security"] = [{}, {"token": []}, {"password": []}]
    for path, operations in told["paths"].items():
        for operation in operations.values():
            operation["responses"] = _responses(operation, named="{" in path)
    return told


def _responses(operation: Mapping[str, Any], *, named: bool) -> dict[str, Any]:
    problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    paged = any(one["name"] == "cursor" for one in operation.get("parameters", ()))
    fine = {
        **operation["responses"]["200"],
        "description": "What was asked for.",
        "headers": {"ETag": _HEADER, "Link": _LINK},
    }
    found: dict[str, Any] = {"200": fine, "304": {"description": "As it was: If-None-Match holds its ETag."}}
    for status in sorted({*ALWAYS, *([404] if named or paged else [])}):
        found[str(status)] = {"description": ADVICE[status], "content": problem}
    return found


_HEADER = {"schema": {"type": "string"}, "description": "What to send as If-None-Match next time."}
_LINK = {"schema": {"type": "string"}, "description": 'The next page, as `rel="next"`.'}


def _operations(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the page lists: path, summary, parameters, and the shape of the answer."""
    found = []
    for path, operations in told["paths"].items():
        operation = operations["get"]
        shape = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        parameters = [_parameter(one) for one in operation.get("parameters", ())]
        found.append(
            {
                "path": path,
                "summary": operation["summary"],
                "description": operation.get("description", ""),
                "parameters": parameters,
                "shape": shape,
            }
        )
    return found


def _shapes(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What answers look like: the keys of each shape, with type and meaning."""
    return [
        {
            "name": name,
            "description": shape.get("description", ""),
            "fields": [
                {"name": key, "type": _type(value), "description": value.get("description", "")}
                for key, value in shape["properties"].items()
            ],
        }
        for name, shape in told["components"]["schemas"].items()
        if "properties" in shape
    ]


def _parameter(one: Mapping[str, Any]) -> dict[str, Any]:
    default = one["schema"].get("default")
    return {
        "name": one["name"],
        "where": one["in"],
        "type": _type(one["schema"]).removesuffix(" or null"),
        "default": "" if default in (None, "") else json.dumps(default),
        "description": one.get("description", ""),
    }


def _type(schema: Mapping[str, Any]) -> str:
    """A JSON schema of ours in a few words: "list of Tag", "integer 1–100", "string or null"."""
    if "anyOf" in schema:
        return " or ".join(map(_type, schema["anyOf"]))
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    told = " | ".join(schema["enum"]) if "enum" in schema else str(schema.get("type", "any"))
    if "minimum" in schema and "maximum" in schema:
        told += f" {schema['minimum']}–{schema['maximum']}"
    return told
