"""One article is one, two are two, wherever and however they are met."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from aggregator.model import Filter, Link
from tests.archive.made import DAY, HOUR, LONG, NOW, PAPER, RIVAL, article, find, page, plans, turn

if TYPE_CHECKING:
    from pathlib import Path

    from aggregator.archive import Archive
    from aggregator.model import Crawl, Source

HOME = "https://bladet.example"


def save(archive: Archive, crawl: Crawl, source: Source = PAPER, *, hours: int = 0) -> Crawl:
    return archive.save(crawl, source, at=NOW + hours * HOUR)


def number(archive: Archive) -> int:
    return len(archive.member_ids(Filter()))


@pytest.mark.parametrize(
    "again",
    [
        f"{HOME}/nyhet/",
        "https://www.bladet.example/nyhet",
        "http://bladet.example/nyhet/",
        f"{HOME}/en/nyhet/",
        f"{HOME}/de/nyhet/?utm_source=brev",
        f"{HOME}/nyhet/#kommentarer",
    ],
)
def test_one_page_under_many_spellings_of_its_address_is_one_article(archive: Archive, again: str) -> None:
    save(archive, turn(find(f"{HOME}/sv/nyhet/")))
    crawl = save(archive, turn(find(again)), hours=1)
    assert (crawl.counts.new, number(archive)) == (0, 1)
    assert list(archive.known(PAPER, [Link(url=again)])) == [again]


def test_a_source_s_own_id_is_an_identity_beyond_the_address(archive: Archive) -> None:
    save(archive, turn(find(f"{HOME}/gammal", external_id="p7")))
    guid = archive.articles([1])[0].guid
    assert archive.known(PAPER, [Link(url=f"{HOME}/ny", external_id="p7")])[f"{HOME}/ny"].article_id == 1
    save(archive, turn(find(f"{HOME}/ny", external_id="p7")), hours=1)
    (kept,) = archive.articles([1])
    assert (kept.guid, kept.article.url, number(archive)) == (guid, f"{HOME}/ny", 1)
    assert archive.known(PAPER, [Link(url=f"{HOME}/gammal")])[f"{HOME}/gammal"].article_id == 1


def test_an_id_that_one_listing_gives_to_two_addresses_is_no_identity(archive: Archive) -> None:
    save(archive, turn(find(f"{HOME}/a", external_id="0")))
    links = [Link(url=f"{HOME}/b", external_id="0"), Link(url=f"{HOME}/c", external_id="0")]
    assert archive.known(PAPER, links) == {}


def test_an_id_that_comes_with_quite_another_text_is_no_identity(archive: Archive) -> None:
    save(archive, turn(find(f"{HOME}/a", external_id="0")))
    save(archive, turn(find(f"{HOME}/b", "Brand i Nora", "En lada brann ned i natt. " * 20, external_id="0")))
    assert number(archive) == 2


def test_the_same_id_at_two_sources_is_two_things(archive: Archive) -> None:
    save(archive, turn(find(f"{HOME}/a", external_id="7")))
    assert archive.known(RIVAL, [Link(url="https://kuriren.example/x", external_id="7")]) == {}


def test_a_page_is_known_by_every_address_that_led_to_it(archive: Archive) -> None:
    met = find(f"{HOME}/kort")
    end = f"{HOME}/2026/lang"
    met = replace(met, snapshot=replace(page(f"{HOME}/kort"), final_url=end), result=article(end))
    save(archive, turn(met))
    links = [Link(url=f"{HOME}/kort"), Link(url=end)]
    assert {known.article_id for known in archive.known(PAPER, links).values()} == {1}
    assert len(archive.young(PAPER.id, NOW - DAY, 10)) == 1


def test_a_canonical_address_makes_two_pages_one(archive: Archive) -> None:
    save(archive, turn(find(f"{HOME}/nyhet?vy=2", canonical_url=f"{HOME}/nyhet")))
    crawl = save(archive, turn(find(f"{HOME}/nyhet", text=LONG + " Läs även vår granskning.")), hours=1)
    assert (crawl.counts.duplicates, number(archive)) == (1, 1)


def test_a_canonical_address_that_every_page_names_makes_nothing_one(archive: Archive) -> None:
    titles = ["Brand i Nora", "Ny skola i Kumla", "Vårdcentral stänger"]
    finds = [
        find(
            f"{HOME}/{n}",
            title,
            f"{title}. " + f"Det här är text nummer {n} om {title.lower()}. " * 9,
            canonical_url=HOME,
        )
        for n, title in enumerate(titles)
    ]
    assert save(archive, turn(*finds)).counts.new == 3


def test_an_equal_text_in_another_outlet_is_a_further_address(archive: Archive) -> None:
    save(archive, turn(find(f"{HOME}/a")))
    typeset = LONG.replace("äldre.", "äldre. ").replace(" - ", " – ")
    crawl = save(archive, turn(find("https://kuriren.example/b", text=typeset), source=RIVAL), RIVAL)
    (kept,) = archive.articles(archive.member_ids(Filter()))
    assert crawl.counts.duplicates == 1
    assert [address.source_id for address in kept.addresses] == ["bladet", "kuriren"]
    assert archive.member_ids(Filter(sources=("kuriren",))) == (kept.id,)


def test_an_equal_text_within_a_source_is_one_article(archive: Archive) -> None:
    assert save(archive, turn(find(f"{HOME}/a"), find(f"{HOME}/b"))).counts.new == 1


@pytest.mark.parametrize(
    ("first", "second", "articles"),
    [
        (NOW - HOUR, NOW - HOUR - 6 * DAY, 1),
        (NOW - HOUR, NOW - HOUR - 30 * DAY, 2),
        (NOW - HOUR, None, 1),
        (None, None, 1),
    ],
)
def test_an_equal_text_is_a_copy_within_a_week_or_without_a_date(
    archive: Archive, first: object, second: object, articles: int
) -> None:
    save(archive, turn(find(f"{HOME}/a", published_at=first), find(f"{HOME}/b", published_at=second)))
    assert number(archive) == articles


def test_one_headline_over_different_texts_is_as_many_articles(archive: Archive) -> None:
    title = "Nattens händelser från polisen"
    finds = [
        find(f"{HOME}/natt-{n}", title, f"Natten till den {n} var lugn. " + "Inga larm kom in. " * n) for n in (1, 2, 3)
    ]
    assert save(archive, turn(*finds)).counts.new == 3


def test_a_short_standing_text_on_another_day_is_another_article(archive: Archive) -> None:
    short = {"title": "Mingel", "text": "Se bilderna från helgen."}
    finds = [
        find(f"{HOME}/mingel-1", **short, published_at=NOW),
        find(f"{HOME}/mingel-2", **short, published_at=NOW - 7 * DAY),
        find(f"{HOME}/mingel-3", **short, published_at=NOW - HOUR),
    ]
    assert save(archive, turn(*finds)).counts.new == 2


def test_short_equal_texts_that_the_source_itself_numbers_apart_stay_two(archive: Archive) -> None:
    finds = [find(f"{HOME}/{n}", "Avstängd väg", "Länsväg 243.", external_id=str(n)) for n in (1, 2)]
    assert save(archive, turn(*finds)).counts.new == 2


def test_titles_without_text_are_never_made_one(archive: Archive) -> None:
    assert save(archive, turn(find(f"{HOME}/1", text=""), find(f"{HOME}/2", text=""))).counts.new == 2


def test_a_guid_names_authority_first_sight_and_source_and_is_unique(archive: Archive) -> None:
    finds = [find(f"{HOME}/{n}", f"Titel {n}", f"{LONG} {n}", external_id=str(n)) for n in range(30)]
    save(archive, turn(*finds))
    guids = [kept.guid for kept in archive.articles(archive.member_ids(Filter()))]
    assert len(set(guids)) == 30
    assert all(guid.startswith("tag:example.org,2026-11-22:bladet/") for guid in guids)


def test_an_article_without_a_date_keeps_none(archive: Archive) -> None:
    save(archive, turn(find(f"{HOME}/a", published_at=None)))
    (kept,) = archive.articles([1])
    assert (kept.article.published_at, kept.fetched_at) == (None, NOW)


def test_known_lookups_scan_no_table(archive: Archive, path: Path) -> None:
    steps = plans(archive, path, lambda: archive.known(PAPER, [Link(url=f"{HOME}/a", external_id="1")]))
    assert steps
    assert not [step for step in steps if step.startswith("SCAN") and "VIRTUAL TABLE" not in step]
