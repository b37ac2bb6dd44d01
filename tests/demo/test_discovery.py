"""Every listing of the recorded region gives the links to its pieces, all of them and no others."""

from __future__ import annotations

import tomllib
from types import MappingProxyType
from urllib.parse import urlsplit

import pytest

from aggregator import config, demo, discover, urls
from aggregator.model import Link, Probe, Rejection, Snapshot, Source, SourceKind

ADDRESSES = {site: f"http://{site}.example:8080" for site in demo.SITES}
SITES = {
    "region-orebro-lan": "region",
    "region-pressrum": "pressrum",
    "polisen": "polisen",
    "karlskoga": "karlskoga",
    "hjalmarnytt": "hjalmarnytt",
    "lanskuriren": "lanskuriren",
    "lindebladet": "lindebladet",
}
EXPECTED_KIND = {
    "hjalmarnytt": SourceKind.WORDPRESS,
    "lanskuriren": SourceKind.FEED,
    "region-pressrum": SourceKind.FEED,
    "polisen": SourceKind.POLICE,
}


def _source(source_id: str) -> Source:
    text = demo.configuration(ADDRESSES, rules="", archive="demo.db", feeds="feeds")
    return next(source for source in config.parse(text, "demo.toml").sources if source.id == source_id)


def _fetch(site: str, url: str, epoch: int) -> Snapshot | None:
    """What a fetcher would bring, without one; None for anything but a page."""
    parts = urlsplit(url)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    answer = demo.respond(site, target, epoch=epoch, bases=ADDRESSES)
    if answer.status != 200:
        return None
    headers = {"content-type": answer.media_type, **{name.lower(): value for name, value in answer.headers.items()}}
    return Snapshot(
        url=url,
        final_url=url,
        status=200,
        headers=MappingProxyType(headers),
        body=answer.body,
        fetched_at=demo.EPOCHS[epoch],
    )


def _follow(source: Source, site: str, way: Probe, epoch: int) -> tuple[Link, ...]:
    links: list[Link] = []
    memory: dict[str, str] = {}
    following: Probe | None = way
    while following is not None:
        snapshot = _fetch(site, following.request.url, epoch)
        if snapshot is None:
            return ()
        listing = discover.read(following, snapshot, source, memory=memory, now=demo.EPOCHS[epoch])
        assert not isinstance(listing, Rejection), listing
        links.extend(listing.links)
        memory.update(listing.memory)
        following = listing.next_probe
    return tuple(links)


@pytest.mark.parametrize("epoch", [0, 2])
@pytest.mark.parametrize("source_id", sorted(SITES))
def test_the_best_way_of_each_site_lists_all_its_pieces_and_nothing_else(source_id: str, epoch: int) -> None:
    source, site = _source(source_id), SITES[source_id]
    home = _fetch(site, source.url, epoch)
    for way in discover.probes(source, home, ()):
        links = _follow(source, site, way, epoch)
        if links:
            break
    assert way.kind is EXPECTED_KIND.get(source_id, SourceKind.PAGE)
    keys = {urls.key(link.url, branches=source.branches, drop_query=source.drop_query) for link in links}
    expected = {
        urls.key(ADDRESSES[site] + demo.PATHS[site](piece), branches=source.branches)
        for piece in demo.shown(site, epoch)
    }
    assert keys == expected
    titles = {piece.title for piece in demo.shown(site, epoch)} - {""}
    assert titles <= {link.title for link in links} or site == "polisen"


def test_the_api_gives_the_whole_text_and_the_kommun_listing_the_kommun() -> None:
    source = _source("hjalmarnytt")
    home = _fetch("hjalmarnytt", source.url, 0)
    links = _follow(source, "hjalmarnytt", discover.probes(source, home, ())[0], 0)
    assert {link.complete for link in links if "mingel" not in link.url} == {True}
    karlskoga = _source("lanskuriren-karlskoga")
    listed = _follow(karlskoga, "lanskuriren", discover.probes(karlskoga, None, ())[0], 0)
    assert {link.place for link in listed} == {"Karlskoga"}
    assert len(listed) == sum("karlskoga" in piece.more.get("kommun", "") for piece in demo.shown("lanskuriren", 0))


def test_a_feed_with_a_document_type_is_refused() -> None:
    source = _source("ovanligt-flode")
    way = discover.probes(source, None, ())[0]
    snapshot = _fetch("hostile", way.request.url, 0)
    assert snapshot is not None
    assert isinstance(discover.read(way, snapshot, source, memory={}, now=demo.EPOCHS[0]), Rejection)


def test_the_region_s_configuration_names_each_site_that_is_served() -> None:
    text = demo.configuration(ADDRESSES, rules="", archive="demo.db", feeds="feeds")
    hosts = {urlsplit(source["url"]).netloc for source in tomllib.loads(text)["source"]}
    assert hosts == {urlsplit(base).netloc for site, base in ADDRESSES.items() if site != "bystander"}
