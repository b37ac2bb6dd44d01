"""What many ask for at the same time is made once; what has changed, or is somebody's own, is made anew."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response, StreamingResponse

from aggregator.web.access import PUBLIC, Viewer
from aggregator.web.shield import Shared
from tests.archive.made import DAY, NOW, PAPER, find, turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx
    from starlette.types import Receive, Scope, Send

    from aggregator.archive import Archive


class Kitchen:
    """Counts what it makes; each takes until ``ready``."""

    def __init__(self, *answers: Response) -> None:
        self.made = 0
        self.answers = answers
        self.ready = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.made += 1
        number = self.made
        await self.ready.wait()
        answer = self.answers[0] if self.answers else JSONResponse({"number": number})
        await answer(scope, receive, send)


async def ask(shared: Shared, path: str = "/", query: bytes = b"", who: Viewer = PUBLIC) -> tuple[int, bytes]:
    told: list[Any] = []
    scope = {
        "type": "http", "method": "GET", "path": path, "query_string": query, "headers": [(b"host", b"localhost")],
        "scheme": "http", "server": ("localhost", 80), "state": {"viewer": who},
    }  # fmt: skip

    async def send(message: Any) -> None:
        told.append(message)

    async def receive() -> Any:
        await asyncio.Event().wait()  # nobody goes away

    await shared(scope, receive, send)
    return told[0]["status"], b"".join(message.get("body", b"") for message in told[1:])


async def all_at_once(kitchen: Kitchen, *questions: dict[str, Any], version: object = 1) -> list[tuple[int, bytes]]:
    shared = Shared(kitchen, lambda: version)  # type: ignore[arg-type,return-value]  # any hashable will do
    asked = [asyncio.create_task(ask(shared, **question)) for question in questions]
    await asyncio.sleep(0)
    kitchen.ready.set()
    return await asyncio.gather(*asked)


def test_fifty_who_ask_for_the_same_get_one_answer() -> None:
    async def scene() -> tuple[int, set[tuple[int, bytes]]]:
        kitchen = Kitchen()
        return kitchen.made, {*await all_at_once(kitchen, *[{}] * 50)} | {(kitchen.made, b"made")}

    _, told = asyncio.run(scene())
    assert told == {(200, b'{"number":1}'), (1, b"made")}


def test_another_page_reader_or_archive_has_an_answer_of_its_own() -> None:
    anna, bo = (Viewer(may_read_texts=True, name=name) for name in ("Anna", "Bo"))

    async def scene() -> int:
        kitchen = Kitchen()
        await all_at_once(
            kitchen, {}, {"path": "/projekt"}, {"query": b"q=x"}, {"who": anna}, {"who": bo}, {"who": anna}
        )
        return kitchen.made

    assert asyncio.run(scene()) == 5


def test_what_is_not_whole_or_not_for_everybody_is_made_for_each() -> None:
    def parts() -> Iterator[bytes]:
        yield b"x"

    cookie = Response("x")
    cookie.set_cookie("a", "b")
    for answer in (Response("x", 404), cookie, Response("x", headers={"Cache-Control": "no-store"})):

        async def scene(answer: Response = answer) -> int:
            kitchen = Kitchen(answer)
            await all_at_once(kitchen, {}, {}, {})
            return kitchen.made

        assert asyncio.run(scene()) == 3

    async def streamed() -> list[tuple[int, bytes]]:
        kitchen = Kitchen(StreamingResponse(parts()))
        return await all_at_once(kitchen, {})

    assert asyncio.run(streamed()) == [(200, b"x")]


def test_files_forms_and_a_site_without_an_archive_are_not_shared() -> None:
    async def scene(version: object, *questions: dict[str, Any]) -> int:
        kitchen = Kitchen()
        await all_at_once(kitchen, *questions, version=version)
        return kitchen.made

    for path in ("/logga-in", "/static/site.css", "/feeds/alla.rss", "/alla.rss"):
        assert asyncio.run(scene(1, {"path": path}, {"path": path})) == 2
    assert asyncio.run(scene(None, {}, {})) == 2


def test_what_is_saved_is_seen_at_once(browser: httpx.Client, archive: Archive) -> None:
    for number in range(5):
        archive.save(
            turn(find(f"https://bladet.example/{number}", title=f"Nyhet {number}")), PAPER, at=NOW + number * DAY
        )
        assert f"Nyhet {number}" in browser.get("/").text
        assert f"Nyhet {number}" in browser.get("/api/v1/articles").text
