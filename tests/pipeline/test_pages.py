"""Every member of a feed stands in a document of it, whatever comes in whatever order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aggregator.pipeline.feeds import slug, slugs
from aggregator.pipeline.publication import pages

BATCHES = st.lists(st.lists(st.integers(0, 1000), max_size=40), min_size=1, max_size=12)


@given(BATCHES, st.integers(1, 20))
def test_a_reader_that_polls_meets_every_article_and_the_documents_hold_their_promises(
    batches: list[list[int]], limit: int
) -> None:
    """A batch is what one run finds: its articles' dates, old ones among them; ids grow as they are found."""
    dates: dict[int, int] = {}
    archived: list[tuple[int, ...]] = []
    for batch in batches:
        new = range(len(dates) + 1, len(dates) + 1 + len(batch))
        dates |= dict(zip(new, batch, strict=True))
        by_date = sorted(dates, key=lambda one: (dates[one], one), reverse=True)
        page = pages(by_date, (one for chunk in archived for one in chunk), limit)
        archived += page.chunks
        in_archives = [one for chunk in archived for one in chunk]
        assert len(in_archives) == len(set(in_archives))
        assert set(page.current).union(in_archives) == set(dates)
        assert len(page.current) == min(limit, len(dates))
        assert all(0 < len(chunk) <= limit for chunk in page.chunks)
        assert [one for one in by_date if one in set(page.current)] == list(page.current)
        newest = by_date[: limit - max(1, limit // 2)]
        assert set(newest) <= set(page.current)
        if len(new) <= max(1, limit // 2):
            assert set(new) <= set(page.current)
        if len(dates) <= limit:
            assert not page.chunks


def test_the_same_members_open_no_further_archive_document() -> None:
    by_date = list(range(120, 0, -1))
    first = pages(by_date, (), 50)
    archived = [one for chunk in first.chunks for one in chunk]
    again = pages(by_date, archived, 50)
    assert first.chunks
    assert again.chunks == ()
    assert again.current == first.current


def test_many_at_once_fill_whole_archive_documents() -> None:
    assert [len(chunk) for chunk in pages(list(range(1000, 0, -1)), (), 50).chunks][:-1] == [50] * 19


def test_a_slug_is_plain_ascii_and_two_names_never_share_one() -> None:
    assert slug("Hälsa & vård i Örebro") == "halsa-vard-i-orebro"
    assert slug("Ängelholm–Malmö, 2.0") == "angelholm-malmo-2-0"
    assert slug("!!!").isalnum()
    names = ["Oden", "Ödén", "oden!"]
    assert len(set(slugs(names))) == 3
    assert slugs(names)[0] == "oden"


@given(st.lists(st.text(max_size=20), unique=True, max_size=8))
def test_slugs_of_any_names_are_safe_in_a_file_name_and_distinct(names: list[str]) -> None:
    made = slugs(sorted(names))
    assert len(set(made)) == len(names)
    assert all(one and all(char.isascii() and (char.isalnum() or char == "-") for char in one) for one in made)
