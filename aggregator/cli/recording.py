"""``sources record``: a source as a fixture, so that its reading can be tested and a redesign be seen.

The folder holds ``listing.*`` and ``article.*`` (the bodies as they came), ``fixture.toml`` (their addresses and
types, how the listing is read and how many links it gives) and ``expected.json`` (what was made of the article, to be
corrected by hand). ``tests/test_recorded.py`` holds every such folder below ``tests/fixtures/`` to what it says. The
texts are the publisher's: they are for one's own tests, not for passing on.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aggregator.cli.pages import article_json
from aggregator.discover import read
from aggregator.errors import InputError
from aggregator.extract import extract
from aggregator.model import Article, Listing, Probe, Request, SourceKind

if TYPE_CHECKING:
    from pathlib import Path

    from aggregator.model import Crawl, Snapshot, Source

_SUFFIXES = (("html", "html"), ("json", "json"), ("xml", "xml"), ("rss", "xml"), ("atom", "xml"))


def record(crawl: Crawl, source: Source, folder: Path) -> Path:
    """Write the fixture's files and give their folder. Raises InputError where there is nothing, or no room."""
    if not crawl.listings:
        raise InputError(f"{source.id}: no listing could be read ({crawl.detail or crawl.outcome}); nothing is written")
    lines = [f"id = {_toml(source.id)}", f"recorded_at = {_toml(crawl.started_at.isoformat())}"]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lines += _write_listing(folder, crawl, source)
        lines += _write_find(folder, crawl, source)
        (folder / "fixture.toml").write_text("\n".join(lines) + "\n", "utf-8")
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror}") from None
    return folder


def _write_listing(folder: Path, crawl: Crawl, source: Source) -> list[str]:
    """The first answer that lists articles in the way found; before it stand home pages and cheap questions."""
    memory = crawl.state.memory if crawl.state else {}
    kind = SourceKind(memory.get("kind", source.kind))
    for snapshot in crawl.listings if kind is not SourceKind.AUTO else ():
        probe = Probe(kind=kind, request=Request(url=snapshot.final_url))
        listing = read(probe, snapshot, source, memory={}, now=crawl.started_at)
        if isinstance(listing, Listing) and listing.links:
            lines = _write_snapshot(folder, "listing", snapshot)
            return [*lines, f"kind = {_toml(kind.value)}", f"links = {len(listing.links)}"]
    return _write_snapshot(folder, "listing", crawl.listings[0])


def _write_find(folder: Path, crawl: Crawl, source: Source) -> list[str]:
    """An article and what its page alone gives; what the listing knew of it besides is not the page's to tell."""
    articles = [find for find in crawl.finds if isinstance(find.result, Article)]
    for snapshot in (find.snapshot for find in articles if find.snapshot is not None):
        content_type = snapshot.headers.get("content-type")
        found = extract(
            snapshot.body, snapshot.final_url, content_type=content_type, source=source, now=crawl.started_at
        )
        if isinstance(found, Article):
            _write_expected(folder, found)
            return _write_snapshot(folder, "article", snapshot)
    if articles and isinstance(articles[0].result, Article):
        _write_expected(folder, articles[0].result)
    return []


def _write_expected(folder: Path, article: Article) -> None:
    expected = json.dumps(article_json(article), ensure_ascii=False, indent=2)
    (folder / "expected.json").write_text(expected + "\n", "utf-8")


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
