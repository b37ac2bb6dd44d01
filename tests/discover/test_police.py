"""discover: the police's events come with id, place and time; one changed in place is told by its fingerprint."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from aggregator.model import Rejection, SourceKind
from tests.discover.shapes import listing, read

URL = "https://polis.example/api/events?locationname=Karlskoga;Nora"


def event(**more: Any) -> dict[str, Any]:
    return {
        "id": 541234,
        "datetime": "2024-11-24 8:19:00 +01:00",
        "name": "24 november 08.19, Trafikolycka, singel, Karlskoga",
        "summary": "En bil har kört av vägen vid <Strandvägen>.",
        "url": "/aktuellt/handelser/2024/november/24/24-november-0819-trafikolycka-singel-karlskoga/",
        "type": "Trafikolycka, singel",
        "location": {"name": "Karlskoga", "gps": "59.32,14.52"},
        **more,
    }


def test_an_event_gives_all_that_it_says() -> None:
    (link,) = listing(SourceKind.POLICE, URL, json.dumps([event()])).links
    assert link.external_id == "541234"
    assert link.url == (
        "https://polis.example/aktuellt/handelser/2024/november/24/24-november-0819-trafikolycka-singel-karlskoga/"
    )
    assert link.title == "24 november 08.19, Trafikolycka, singel, Karlskoga"
    assert link.published_at == datetime(2024, 11, 24, 7, 19, tzinfo=UTC)
    assert link.place == "Karlskoga"
    assert link.lead == "En bil har kört av vägen vid <Strandvägen>."
    assert link.html == "<p>En bil har kört av vägen vid &lt;Strandvägen&gt;.</p>"
    assert not link.complete


def test_an_update_in_place_keeps_the_id_and_moves_the_fingerprint() -> None:
    before, after = (
        listing(SourceKind.POLICE, URL, json.dumps([event(summary=words)])).links[0]
        for words in ("En bil har kört av vägen.", "En bil har kört av vägen. UPPDATERING KL 08:48")
    )
    assert before.external_id == after.external_id
    assert before.fingerprint != after.fingerprint


@pytest.mark.parametrize("broken", [{"id": None}, {"url": None}, {"url": 3}, {"id": []}])
def test_an_event_without_id_or_address_is_left_out_and_the_others_stay(broken: dict[str, Any]) -> None:
    body = json.dumps([event(**broken), "skräp", event(id=2, url="/b/c", location=None, datetime=17)])
    (link,) = listing(SourceKind.POLICE, URL, body).links
    assert (link.external_id, link.place) == ("2", None)


@pytest.mark.parametrize("body", ["", "{}", "[", '{"message": "Too many requests"}', json.dumps([{"id": 1}])])
def test_what_is_no_list_of_events_is_rejected(body: str) -> None:
    assert isinstance(read(SourceKind.POLICE, URL, body), Rejection)


def test_no_events_are_no_fault() -> None:
    assert listing(SourceKind.POLICE, URL, "[]").links == ()
