"""The served region, and a client that follows nothing and hides nothing."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from aggregator import demo


@dataclass(frozen=True)
class Got:
    status: int
    headers: Mapping[str, str]
    body: bytes


@pytest.fixture(scope="module")
def served() -> Iterator[demo.Region]:
    with demo.serve() as region:
        yield region


@pytest.fixture
def region(served: demo.Region) -> Iterator[demo.Region]:
    """The region at its first epoch, whatever the test before made of it."""
    served.epoch = 0
    yield served
    served.epoch = 0


@pytest.fixture
def get(region: demo.Region) -> Callable[..., Got]:
    def ask(site: str, path: str, **headers: str) -> Got:
        connection = http.client.HTTPConnection(urlsplit(region.base(site)).netloc, timeout=10)
        try:
            connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return Got(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    return ask
