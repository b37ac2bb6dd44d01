"""A page seen again: unchanged, reworded, gone, back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from aggregator.model import Filter, Find, Link, Reason, Validators
from tests.archive.made import (
    DAY,
    HEALTH,
    HOUR,
    KARLSKOGA,
    LONG,
    NOW,
    PAPER,
    RIVAL,
    failed,
    find,
    page,
    rejected,
    turn,
)

if TYPE_CHECKING:
    from aggregator.archive import Archive
    from aggregator.model import Counts, KeptArticle, Source

URL = "https://bladet.example/nyhet"
COPY = "https://kuriren.example/nyhet"
ONLY = Filter()


def see(archive: Archive, *finds: Find, hours: int = 0, source: Source = PAPER) -> Counts:
    return archive.save(turn(*finds, source=source), source, at=NOW + hours * HOUR).counts


def only(archive: Archive) -> KeptArticle:
    kept = archive.article(1)
    assert kept is not None
    return kept


def test_a_new_wording_keeps_the_guid_and_the_earlier_wording(archive: Archive) -> None:
    see(archive, find(URL))
    before = only(archive)
    counts = see(archive, find(URL, title="Rättad rubrik", tags=(KARLSKOGA,)), hours=1)
    after = only(archive)
    assert (counts.new, counts.updated) == (0, 1)
    assert (after.guid, after.fetched_at, after.updated_at) == (before.guid, NOW, NOW + HOUR)
    assert after.article.title == "Rättad rubrik"
    assert [(v.at, v.title, v.text) for v in after.versions] == [(NOW, "Nytt avtal om vården", LONG)]
    assert after.tags == (KARLSKOGA,)


@pytest.mark.parametrize(
    "text",
    [
        LONG.replace(" ", "  "),
        LONG.replace("å", "a\u030a"),
        LONG + "\n",
        LONG.replace("vården", "vår\u00adden"),
    ],
    ids=["blanks", "decomposed", "line end", "soft hyphen"],
)
def test_what_software_changes_by_itself_is_no_new_wording(archive: Archive, text: str) -> None:
    see(archive, find(URL))
    mark = archive.fingerprint(ONLY)
    assert see(archive, find(URL, text=text), hours=1).updated == 0
    assert (only(archive).updated_at, archive.fingerprint(ONLY)) == (NOW, mark)


def test_dashes_and_quotes_are_typography_and_capitals_are_not(archive: Archive) -> None:
    see(archive, find(URL, title="”Bra” – säger hon"))
    assert see(archive, find(URL, title='"Bra" - säger hon'), hours=1).updated == 0
    assert see(archive, find(URL, title='"bra" - säger hon'), hours=2).updated == 1


def test_facts_that_the_first_reading_lacked_are_filled_in_without_a_version(archive: Archive) -> None:
    see(archive, find(URL, published_at=None))
    see(
        archive,
        find(URL, image_url="https://bladet.example/bild.jpg", authors=("Åsa Testare",), published_at=NOW - DAY),
        hours=1,
    )
    kept = only(archive)
    assert (kept.article.image_url, kept.article.authors) == ("https://bladet.example/bild.jpg", ("Åsa Testare",))
    assert (kept.article.published_at, kept.updated_at, kept.versions) == (NOW - DAY, NOW, ())


def test_a_page_that_suddenly_has_no_text_changes_nothing(archive: Archive) -> None:
    see(archive, find(URL))
    assert see(archive, find(URL, text=""), hours=1).updated == 0
    assert only(archive).article.text == LONG


def test_a_copy_that_another_outlet_edits_does_not_turn_the_text_to_and_fro(archive: Archive) -> None:
    see(archive, find(URL))
    see(archive, find(COPY), source=RIVAL)
    edited = find(COPY, text=LONG + " Läs mer i papperstidningen.")
    for hours in (1, 2, 3):
        assert see(archive, edited, hours=hours, source=RIVAL).updated == 0
        assert see(archive, find(URL), hours=hours).updated == 0
    assert (only(archive).versions, len(archive.member_ids(ONLY))) == ((), 1)


def test_a_copy_whose_address_comes_to_tell_something_else_becomes_an_article(archive: Archive) -> None:
    see(archive, find(URL))
    see(archive, find(COPY), source=RIVAL)
    other = find(COPY, "Brand i Nora", "En lada brann ned till grunden. " * 12)
    assert see(archive, other, hours=1, source=RIVAL).new == 1
    assert see(archive, other, hours=2, source=RIVAL).new == 0
    assert [kept.source_id for kept in archive.articles([1, 2])] == ["bladet", "kuriren"]
    assert archive.member_ids(Filter(sources=("kuriren",))) == (2,)


@pytest.mark.parametrize("reason", [Reason.NOT_FOUND, Reason.GONE])
def test_a_page_that_is_gone_is_marked_and_comes_back(archive: Archive, reason: Reason) -> None:
    see(archive, find(URL))
    assert see(archive, failed(URL, reason), hours=1).gone == 1
    assert see(archive, failed(URL, reason), hours=2).gone == 0
    assert only(archive).gone_at == NOW + HOUR
    assert archive.member_ids(ONLY) == ()
    assert archive.known(PAPER, [Link(url=URL)])[URL].gone_at == NOW + HOUR
    assert archive.young(PAPER.id, NOW - DAY, 9) == ()
    see(archive, find(URL), hours=3)
    assert (only(archive).gone_at, archive.member_ids(ONLY)) == (None, (1,))


def test_an_article_is_not_gone_because_a_copy_of_it_is(archive: Archive) -> None:
    see(archive, find(URL))
    see(archive, find(COPY), source=RIVAL)
    assert see(archive, failed(COPY, Reason.GONE), source=RIVAL).gone == 0
    assert only(archive).gone_at is None


def test_a_passing_failure_or_a_page_that_is_no_article_now_leaves_what_we_have(archive: Archive) -> None:
    see(archive, find(URL))
    see(archive, failed(URL, Reason.TIMEOUT, passing=True), rejected(URL, Reason.PAYWALL, "ny"), hours=1)
    kept, known = only(archive), archive.known(PAPER, [Link(url=URL)])[URL]
    assert (kept.article.text, kept.gone_at) == (LONG, None)
    assert (known.last_checked_at, known.fingerprint) == (NOW + HOUR, "ny")


def test_an_unmodified_page_brings_its_validators_up_to_date(archive: Archive) -> None:
    see(archive, find(URL))
    assert archive.known(PAPER, [Link(url=URL)])[URL].validators == Validators(etag='"1"')
    answer = replace(page(URL, b"", status=304), headers={"etag": '"2"', "last-modified": "igår"})
    see(archive, Find(link=Link(url=URL), snapshot=answer, result=None), hours=1)
    known = archive.known(PAPER, [Link(url=URL)])[URL]
    assert known.validators == Validators(etag='"2"', last_modified="igår")
    assert (known.last_checked_at, only(archive).updated_at) == (NOW + HOUR, NOW)


def test_a_page_whose_body_may_not_be_kept_is_never_asked_conditionally(archive: Archive) -> None:
    met = find(URL)
    assert met.snapshot is not None
    see(archive, replace(met, snapshot=replace(met.snapshot, keep_body=False)))
    assert archive.known(PAPER, [Link(url=URL)])[URL].validators == Validators()


def test_young_pages_are_the_main_ones_and_the_longest_unchecked_come_first(archive: Archive) -> None:
    urls = [f"{URL}-{n}" for n in range(3)]
    see(archive, *(find(url, f"Titel {n}", f"{LONG} {n}") for n, url in enumerate(urls)))
    see(archive, Find(link=Link(url=urls[0]), snapshot=None, result=None), hours=1)
    assert [known.url for known in archive.young(PAPER.id, NOW - DAY, 9)] == [urls[1], urls[2], urls[0]]
    assert archive.young(PAPER.id, NOW + HOUR, 9) == ()


def test_tags_of_an_unchanged_article_stay_as_they_were(archive: Archive) -> None:
    see(archive, find(URL, tags=(HEALTH,)))
    see(archive, find(URL, tags=(KARLSKOGA,)), hours=1)
    assert only(archive).tags == (HEALTH,)


def moved(url: str, end: str, title: str) -> Find:
    """A page that redirects to another address, where it bears another headline."""
    met = find(end, title=title)
    return replace(met, link=Link(url=url), snapshot=replace(page(url, b"x"), final_url=end))


@pytest.mark.parametrize("order", [1, -1])
def test_a_page_that_moved_and_is_listed_anew_keeps_its_guid(archive: Archive, order: int) -> None:
    end = f"{URL}/flyttad"
    see(archive, find(URL))
    counts = see(archive, *(find(end, title="Flyttad"), moved(URL, end, "Flyttad"))[::order], hours=1)
    assert (counts.new, counts.updated) == (0, 1)
    assert (only(archive).article.title, archive.member_ids(ONLY)) == ("Flyttad", (1,))


def test_a_page_that_leads_to_where_another_article_is_kept_is_gone(archive: Archive) -> None:
    end = f"{URL}/flyttad"
    see(archive, find(URL), find(end, title="Annan", text=f"{LONG} Annan."))
    (kept,) = (kept for kept in archive.articles([1, 2]) if kept.article.url == URL)
    see(archive, moved(URL, end, "Annan"), hours=1)
    assert len(archive.member_ids(ONLY)) == 1
    gone = archive.article(kept.id)
    assert gone is not None
    assert (gone.gone_at, gone.versions, gone.article.title) == (NOW + HOUR, (), kept.article.title)


def test_articles_without_a_date_keep_the_order_of_their_listing(archive: Archive) -> None:
    titles = ["Överst", "Mitten", "Nederst"]
    finds = [find(f"{URL}/{t}", t, f"{LONG} {t}", published_at=None) for t in titles]
    archive.save(replace(turn(), finds=tuple(finds)), PAPER, at=NOW)
    assert [kept.article.title for kept in archive.members(ONLY)] == titles
