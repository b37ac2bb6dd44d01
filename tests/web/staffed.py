"""A site with staff, for tests: Anna signs in with a password, a report asks with a token."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
from argon2 import PasswordHasher

from aggregator.model import Public, Staff, Web
from aggregator.web import build
from tests.web.conftest import CONFIG, TODAY, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aggregator.model import Config

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD, TOKEN = "hemligt åäö", "nyckel-1"
ANNA = Staff(name="Anna", password=CHEAP.hash(PASSWORD))
REPORT = Staff(name="Rapporten", token=CHEAP.hash(TOKEN))
STAFFED = replace(CONFIG, web=Web(public=Public.FEEDS, staff=(ANNA, REPORT)))
CLOSED = replace(CONFIG, web=Web(public=Public.NOTHING, staff=(ANNA, REPORT)))


@contextmanager
def browsing(config: Config, path: Path, **headers: str) -> Iterator[httpx.Client]:
    """One who reads a site of this configuration over the archive at ``path``."""
    headers = {"Accept": "text/html"} | {name.replace("_", "-"): value for name, value in headers.items()}
    with (
        served(build(config, path, lambda: TODAY)) as address,
        httpx.Client(base_url=address, headers=headers) as client,
    ):
        yield client


def hidden(page: str, name: str = "csrf") -> str:
    """The value of a form's hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, page
    return found[1]


def sign_in(client: httpx.Client, name: str = "Anna", password: str = PASSWORD, **fields: str) -> httpx.Response:
    """Fetch the form and send it filled in."""
    page = client.get("/logga-in")
    form = {"csrf": hidden(page.text), "name": name, "password": password} | fields
    return client.post("/logga-in", data=form)
