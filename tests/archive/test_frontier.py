"""A link found is fetched until it succeeds or is given up with a reason."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from aggregator.model import Link, Reason
from tests.archive.made import DAY, HOUR, NOW, PAPER, RIVAL, failed, find, rejected, turn

if TYPE_CHECKING:
    from datetime import datetime

    from aggregator.archive import Archive
    from aggregator.model import Find

URL = "https://bladet.example/nyhet"


def attempt(archive: Archive, what: Find, at: datetime) -> None:
    archive.save(turn(what), PAPER, at=at)


def waiting(archive: Archive, at: datetime) -> list[str]:
    return [link.url for link in archive.pending(PAPER.id, at, 99)]


def test_a_waiting_link_comes_back_with_every_hint_that_it_had(archive: Archive) -> None:
    link = Link(
        url="https://bladet.example/å?x=1",
        title="Å i åa ä e ö",
        published_at=NOW - DAY,
        updated_at=NOW - HOUR,
        external_id="p:1",
        lead="Ingress",
        html="<p>Å</p>",
        complete=True,
        authors=("Åsa Testare", "Öivind Testare"),
        category="Hälsa",
        image_url="https://bladet.example/ö.jpg",
        place="Örebro",
        fingerprint="abc",
    )
    archive.save(turn(pending=(link,)), PAPER, at=NOW)
    (back,) = archive.pending(PAPER.id, NOW, 9)
    assert back == link
    assert all(getattr(back, f.name) for f in fields(Link)), "a hint was added to Link and not to this test"


def test_the_newest_link_is_handed_out_first_and_equals_in_the_order_of_their_listing(archive: Archive) -> None:
    links = (
        Link(url=f"{URL}/old", published_at=NOW - 3 * DAY),
        Link(url=f"{URL}/b"),
        Link(url=f"{URL}/a"),
        Link(url=f"{URL}/new", published_at=NOW - HOUR),
        Link(url=f"{URL}/mistaken", published_at=NOW + 300 * DAY),
    )
    archive.save(turn(pending=links), PAPER, at=NOW)
    assert waiting(archive, NOW) == [f"{URL}/{name}" for name in ("b", "a", "mistaken", "new", "old")]
    assert [link.url for link in archive.pending(PAPER.id, NOW, 1)] == [f"{URL}/b"]
    assert archive.pending(RIVAL.id, NOW, 9) == ()


def test_a_link_is_tried_at_growing_waits_and_given_up_at_last(archive: Archive) -> None:
    now, waits = NOW, []
    archive.save(turn(pending=(Link(url=URL),)), PAPER, at=now)
    while waiting(archive, now):
        attempt(archive, failed(URL, Reason.TIMEOUT, passing=True), now)
        wait = next((hours for hours in range(1, 60) if waiting(archive, now + hours * HOUR)), None)
        if wait is None:
            break
        waits.append(wait)
        now += wait * HOUR
    assert waits == sorted(waits)
    assert (len(waits), waits[0], waits[-1]) == (7, 1, 48)
    assert URL in archive.known(PAPER, [Link(url=URL)])


@pytest.mark.parametrize("reason", [Reason.LISTING, Reason.GALLERY, Reason.NO_TITLE, Reason.PAYWALL])
def test_a_page_that_is_no_article_is_given_up_at_once_and_known_as_such(archive: Archive, reason: Reason) -> None:
    attempt(archive, rejected(URL, reason, "f1"), NOW)
    assert waiting(archive, NOW + 365 * DAY) == []
    known = archive.known(PAPER, [Link(url=URL, fingerprint="f2")])[URL]
    assert (known.article_id, known.fingerprint, known.last_checked_at) == (0, "f1", NOW)
    assert archive.known(RIVAL, [Link(url=URL)]) == {}


def test_a_missing_page_may_be_early_and_has_a_few_tries(archive: Archive) -> None:
    for day in range(3):
        assert (day == 0) or waiting(archive, NOW + day * DAY)
        attempt(archive, failed(URL, Reason.NOT_FOUND), NOW + day * DAY)
    assert waiting(archive, NOW + 99 * DAY) == []


def test_being_asked_to_wait_costs_no_try_and_is_obeyed(archive: Archive) -> None:
    for _ in range(20):
        attempt(archive, failed(URL, Reason.RETRY_LATER, retry_at=NOW + 5 * DAY), NOW)
    assert waiting(archive, NOW + 5 * DAY - HOUR) == []
    assert waiting(archive, NOW + 5 * DAY) == [URL]


def test_a_link_that_was_tried_is_not_fetched_anew_because_a_listing_names_it(archive: Archive) -> None:
    attempt(archive, failed(URL, Reason.TIMEOUT, passing=True), NOW)
    archive.save(turn(pending=(Link(url=URL, title="ny rubrik"),)), PAPER, at=NOW)
    assert waiting(archive, NOW) == []
    assert archive.known(PAPER, [Link(url=URL)])[URL].article_id == 0
    (link,) = archive.pending(PAPER.id, NOW + DAY, 9)
    assert link.title == "ny rubrik"


def test_a_link_that_was_read_waits_no_longer(archive: Archive) -> None:
    archive.save(turn(pending=(Link(url=URL),)), PAPER, at=NOW)
    attempt(archive, find(URL), NOW)
    assert waiting(archive, NOW + DAY) == []
    assert archive.known(PAPER, [Link(url=URL)])[URL].article_id == 1


def test_half_a_surrogate_pair_or_a_nul_in_a_hint_stops_nothing(archive: Archive) -> None:
    bad = Link(url=f"{URL}\ud800", title="a\0b\udfff", external_id="\ud800", fingerprint="\udfff")
    archive.save(turn(pending=(bad,)), PAPER, at=NOW)
    assert [link.title for link in archive.pending(PAPER.id, NOW, 9)] == ["a\0b?"]
    assert archive.known(PAPER, [bad]) == {}
