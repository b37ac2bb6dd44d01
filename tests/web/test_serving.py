"""On a port: slow clients hold no places, and what is asked beyond measure is refused."""

from __future__ import annotations

import socket
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from aggregator.errors import ConfigError
from aggregator.model import Web
from aggregator.web import build
from aggregator.web.serving import MOST_WAITING, listen
from tests.web.conftest import CONFIG, TODAY, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def serving(path: Path) -> Iterator[tuple[str, int]]:
    """The site over the archive at ``path``; its host and port."""
    with served(build(CONFIG, path, lambda: TODAY)) as address:
        host, _, port = address.removeprefix("http://").partition(":")
        yield host, int(port)


def was_closed(client: socket.socket) -> bool:
    try:
        return client.recv(1000) == b""
    except ConnectionError:
        return True


@pytest.mark.usefixtures("archive")
def test_slow_clients_hold_no_places(path: Path) -> None:
    with serving(path) as address, ExitStack() as open_:
        slow = [open_.enter_context(socket.create_connection(address)) for _ in range(MOST_WAITING + 40)]
        for number, client in enumerate(slow):
            client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n" if number % 2 else b"G")
        assert httpx.get(f"http://{address[0]}:{address[1]}/").status_code == 200
        slow[0].settimeout(20)
        assert was_closed(slow[0])  # it waited longest
        slow[-1].sendall(b"\r\n" if (len(slow) - 1) % 2 else b"ET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        slow[-1].settimeout(20)
        assert slow[-1].recv(1000).startswith(b"HTTP/1.1 200 ")


@pytest.mark.usefixtures("archive")
def test_one_who_does_not_take_the_answer_keeps_nobody_waiting(path: Path) -> None:
    with serving(path) as address, ExitStack() as open_:
        for _ in range(40):
            client = open_.enter_context(socket.create_connection(address))
            client.sendall(b"GET /static/site.css HTTP/1.1\r\nHost: localhost\r\n\r\n" * 50)
        assert httpx.get(f"http://{address[0]}:{address[1]}/", timeout=20).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 200_000 + b"\r\n\r\n",
        b"GET /" + b"x" * 200_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: annan.example\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"POST /logga-in HTTP/1.1\r\nHost: [::1]\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /logga-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    ],
)
@pytest.mark.usefixtures("archive")
def test_what_is_no_http_is_refused_and_the_next_is_answered(path: Path, sent: bytes) -> None:
    with serving(path) as address:
        with socket.create_connection(address, timeout=20) as client:
            client.sendall(sent)
            told = client.recv(100)
            assert told.split(b" ")[1] in {b"400", b"403", b"431"}
        assert httpx.get(f"http://{address[0]}:{address[1]}/").status_code == 200


def test_a_port_that_is_taken_is_told_with_what_to_do() -> None:
    with listen(Web(port=0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=rf"127\.0\.0\.1:{port} cannot be listened on: .*--port"):
            listen(Web(port=port))
    with pytest.raises(ConfigError, match=r"is no address of this machine|cannot be listened on"):
        listen(Web(host="192.0.2.1", port=0))


def test_an_ipv6_address_is_listened_on_as_well() -> None:
    try:
        with listen(Web(host="::1", port=0)) as listening:
            assert listening.getsockname()[0] == "::1"
    except ConfigError as error:
        pytest.skip(f"no IPv6 here: {error}")


def test_an_answer_is_sent_at_once_and_not_held_back_for_an_acknowledgement() -> None:
    """asyncio turns Nagle's algorithm off only where the socket names its protocol."""
    with listen(Web(port=0)) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.proto == socket.IPPROTO_TCP
