"""Whatever the sites do, in whatever order: guids stand, nothing is lost, and the tables stay in step."""

from __future__ import annotations

import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.archive import Archive
from aggregator.model import Config, Find, Link, Reason
from tests.archive.made import HOUR, LONG, NOW, PAPER, RIVAL, failed, find, page, rejected, turn

TEXTS = (LONG, f"{LONG} Ett tillägg.", "En lada brann ned till grunden i natt. " * 9, "Kort.", "")
TITLES = ("Nytt avtal", "Brand i Nora")
NAMES = ("a", "b", "c", "sv/a")


@st.composite
def seen(draw: st.DrawFn, home: str) -> Find:
    """Something that a site may answer."""
    url, end = f"{home}{draw(st.sampled_from(NAMES))}", f"{home}{draw(st.sampled_from(NAMES))}"
    kind = draw(st.sampled_from(["article", "article", "article", "moved", "failed", "rejected", "same"]))
    if kind == "failed":
        return failed(url, draw(st.sampled_from([Reason.GONE, Reason.TIMEOUT])))
    if kind == "rejected":
        return rejected(url, Reason.PAYWALL, draw(st.sampled_from([None, "f"])))
    if kind == "same":
        return Find(link=Link(url=url), snapshot=page(url, b"", status=304), result=None)
    met = find(
        end if kind == "moved" else url,
        draw(st.sampled_from(TITLES)),
        draw(st.sampled_from(TEXTS)),
        external_id=draw(st.sampled_from([None, None, "1", "2"])),
        canonical_url=draw(st.sampled_from([url, end, home])),
        published_at=draw(st.sampled_from([None, NOW, NOW - 200 * HOUR])),
    )
    return replace(met, link=replace(met.link, url=url)) if kind == "moved" else met


@st.composite
def turns(draw: st.DrawFn) -> tuple[object, list[Find]]:
    source = draw(st.sampled_from([PAPER, RIVAL]))
    return source, draw(st.lists(seen(source.url), max_size=4))


@settings(max_examples=60, deadline=None)
@given(st.lists(turns(), min_size=1, max_size=6))
def test_any_history_leaves_a_sound_archive(history: list[tuple[object, list[Find]]]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive.open(Path(folder) / "a.db", tag_authority="x.example") as kept,
    ):
        kept.register(Config(sources=(PAPER, RIVAL)), NOW)
        guids: dict[int, str] = {}
        for hours, (source, finds) in enumerate(history):
            kept.save(turn(*finds, source=source), source, at=NOW + hours * HOUR)
            kept.group(NOW + hours * HOUR)
            now = {article.id: article.guid for article in kept.export()}
            assert now.items() >= guids.items(), "an article went, or its guid changed"
            guids = now
            known = kept.known(source, [find.link for find in finds])
            assert all(find.link.url in known for find in finds if hasattr(find.result, "title"))
        assert len(set(guids.values())) == len(guids)
        _sound(Path(folder) / "a.db", len(guids))


def _sound(path: Path, articles: int) -> None:
    connection = sqlite3.connect(path)
    try:
        ask = connection.execute
        assert ask("PRAGMA foreign_key_check").fetchall() == []
        assert ask("SELECT count(*) FROM addresses WHERE main = 1").fetchone() == (articles,)
        ends = "SELECT count(*) FROM addresses d JOIN addresses m ON m.id = d.alias_of"
        assert ask(f"{ends} WHERE m.alias_of IS NOT NULL OR m.article_id <> d.article_id").fetchone() == (0,)
        assert ask("SELECT count(*) FROM articles WHERE story_id IS NULL").fetchone() == (0,)
        first = (
            "SELECT count(*) FROM stories s WHERE s.id <> (SELECT min(a.id) FROM articles a WHERE a.story_id = s.id)"
        )
        assert ask(first).fetchone() == (0,)
        assert (
            ask("SELECT count(*) FROM stories").fetchone()
            == ask("SELECT count(DISTINCT story_id) FROM articles").fetchone()
        )
        ask("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')")
    finally:
        connection.close()
