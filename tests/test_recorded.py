"""Every source that was recorded with ``aggregator sources record`` is still read as its fixture says."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from aggregator import config, discover
from aggregator.cli.pages import article_json
from aggregator.extract import extract
from aggregator.model import Article, Listing, Probe, Request, Snapshot, Source, SourceKind
from tests.conftest import ROOT

FIXTURES = sorted(path.parent for path in (ROOT / "tests" / "fixtures").glob("*/fixture.toml"))
every_fixture = pytest.mark.parametrize("folder", FIXTURES, ids=lambda folder: folder.name)


def _told(folder: Path) -> Mapping[str, Any]:
    return tomllib.loads((folder / "fixture.toml").read_text("utf-8"))


def _source(told: Mapping[str, Any]) -> Source:
    """The source as it is configured now, hints and all; one without any where it is not (any more)."""
    shipped = {source.id: source for source in config.load(ROOT / "sources.toml").sources}
    return shipped.get(told["id"]) or Source(id=told["id"], name=told["id"], url=told["listing"]["url"])


@every_fixture
def test_a_recorded_article_is_read_as_expected(folder: Path) -> None:
    told = _told(folder)
    if "article" not in told:
        pytest.skip("its articles come whole from the listing")
    page = told["article"]
    found = extract(
        (folder / page["file"]).read_bytes(),
        page["url"],
        content_type=page["content_type"],
        source=_source(told),
        now=datetime.fromisoformat(told["recorded_at"]),
    )
    assert isinstance(found, Article), found
    given = json.loads(json.dumps(article_json(found)))
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    assert {key: given[key] for key in expected} == expected


@every_fixture
def test_a_recorded_listing_gives_as_many_links_as_it_gave(folder: Path) -> None:
    told = _told(folder)
    page = told["listing"]
    if "kind" not in page:
        pytest.skip("its listing is not read by one answer alone")
    at = datetime.fromisoformat(told["recorded_at"])
    snapshot = Snapshot(
        url=page["url"],
        final_url=page["url"],
        status=200,
        headers=MappingProxyType({"content-type": page["content_type"]}),
        body=(folder / page["file"]).read_bytes(),
        fetched_at=at,
    )
    probe = Probe(kind=SourceKind(page["kind"]), request=Request(url=page["url"]))
    listing = discover.read(probe, snapshot, _source(told), memory={}, now=at)
    assert isinstance(listing, Listing), listing
    assert len(listing.links) == page["links"]
