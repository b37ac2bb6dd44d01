"""``sources record``: a source as a fixture, so that its reading can be tested and a redesign be seen.

The folder holds ``listing.*`` and ``article.*`` (the bodies as they came), ``fixture.toml`` (their addresses and
types) and ``expected.json`` (what was made of the article, to be corrected by hand). The texts are the publisher's:
they are for one's own tests, not for passing on.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aggregator.cli.pages import article_json
from aggregator.errors import InputError
from aggregator.model import Article

if TYPE_CHECKING:
    from pathlib import Path

    from aggregator.model import Crawl, Find, Snapshot, Source

_SUFFIXES = (("html", "html"), ("json", "json"), ("xml", "xml"), ("rss", "xml"), ("atom", "xml"))


def record(crawl: Crawl, source: Source, folder: Path) -> Path:
    """Write the fixture's files and give their folder. Raises InputError where there is nothing, or no room."""
    find = next((find for find in crawl.finds if isinstance(find.result, Article)), None)
    if not crawl.listings:
        raise InputError(f"{source.id}: no listing could be read ({crawl.detail or crawl.outcome}); nothing is written")
    lines = [f"id = {_toml(source.id)}", f"recorded_at = {_toml(crawl.started_at.isoformat())}"]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lines += _write_snapshot(folder, "listing", crawl.listings[0])
        lines += _write_find(folder, find)
        (folder / "fixture.toml").write_text("\n".join(lines) + "\n", "utf-8")
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror}") from None
    return folder


def _write_find(folder: Path, find: Find | None) -> list[str]:
    if find is None or not isinstance(find.result, Article):
        return []
    expected = json.dumps(article_json(find.result), ensure_ascii=False, indent=2)
    (folder / "expected.json").write_text(expected + "\n", "utf-8")
    return _write_snapshot(folder, "article", find.snapshot) if find.snapshot is not None else []


def _write_snapshot(folder: Path, name: str, snapshot: Snapshot) -> list[str]:
    media_type = snapshot.headers.get("content-type", "")
    suffix = next((suffix for word, suffix in _SUFFIXES if word in media_type.lower()), "bin")
    (folder / f"{name}.{suffix}").write_bytes(snapshot.body)
    return [
        "",
        f"[{name}]",
        f"file = {_toml(f'{name}.{suffix}')}",
        f"url = {_toml(snapshot.final_url)}",
        f"content_type = {_toml(media_type)}",
    ]


def _toml(text: str) -> str:
    """A TOML string; JSON's escapes are a part of TOML's."""
    return json.dumps(text)
