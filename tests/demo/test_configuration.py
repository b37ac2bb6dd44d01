"""The demo's own ``sources.toml``: valid, on loopback only, with the shipped rules in it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from aggregator import config, demo
from tests.conftest import ROOT

ADDRESSES = {site: f"http://127.0.0.1:{9000 + number}" for number, site in enumerate(demo.SITES)}


def _written(rules: str) -> str:
    return demo.configuration(ADDRESSES, rules=rules, archive="a b.db", feeds="flöden")


def test_it_is_a_valid_configuration_with_the_region_s_sites() -> None:
    parsed = config.parse(_written(""), "demo.toml")
    assert parsed.settings.archive == "a b.db"
    assert parsed.settings.feeds == "flöden"
    assert len(parsed.sources) == 11
    assert all(source.url.startswith("http://127.0.0.1:90") for source in parsed.sources)


def test_the_untouchable_site_is_not_allowed_and_all_others_are() -> None:
    allowed = config.parse(_written(""), "demo.toml").settings.allow_private
    ports = {site: int(base.rpartition(":")[2]) for site, base in ADDRESSES.items()}
    assert allowed == {("127.0.0.1", port) for site, port in ports.items() if site != "bystander"}


def test_the_shipped_tags_and_projects_are_carried_over_whole_and_nothing_else_is() -> None:
    rules = (ROOT / "sources.toml").read_text("utf-8")
    shipped, written = tomllib.loads(rules), tomllib.loads(_written(rules))
    for table in ("tag", "project"):
        assert written.get(table) == shipped.get(table)
    assert not {source["id"] for source in written["source"]} & {"svt-orebro", "orebronyheter"}
    assert [feed["id"] for feed in written["feed"]] == ["vard-i-vaster"]
    config.parse(_written(rules), "demo.toml")


def test_tables_are_told_apart_by_their_headers_alone() -> None:
    rules = """
[aggregator]
language = "sv"
[[tag]]
name = "hälsa"
words = [
    "vård",   # [[source]] in a comment
]
[[source]]
id = "x"
[source.hints]
links = ["a"]
[[project]] # the first
name = "CROSS"
[[project.contacts]]
name = "Alva Exempelsson"
[[feed]]
id = "y"
"""
    written = tomllib.loads(_written(rules))
    assert written["tag"] == [{"name": "hälsa", "words": ["vård"]}]
    assert written["project"] == [{"name": "CROSS", "contacts": [{"name": "Alva Exempelsson"}]}]
    assert "x" not in {source["id"] for source in written["source"]}


def test_a_path_with_any_letter_comes_through(tmp_path: Path) -> None:
    odd = str(tmp_path / 'å "quoted" \\ $name.db')
    text = demo.configuration(ADDRESSES, rules="", archive=odd, feeds="feeds")
    assert tomllib.loads(text)["aggregator"]["archive"] == odd
