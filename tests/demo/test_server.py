"""The recorded region behaves as the real sites do, over real HTTP on loopback."""

from __future__ import annotations

import gzip
import http.client
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from aggregator import demo
from tests.demo.conftest import Got

Get = Callable[..., Got]
LISTINGS = [
    ("hjalmarnytt", "/feed/"),
    ("lanskuriren", "/feed/"),
    ("lanskuriren", "/kommun/karlskoga/"),
    ("lindebladet", "/nyheter"),
    ("region", "/sv/aktuellt/"),
    ("utveckling", "/sv/valfard-och-folkhalsa/projekt/"),
    ("pressrum", "/rss/releases/latest?publisherId=3235654"),
    ("polisen", "/api/events?locationname=Nora"),
    ("karlskoga", "/nyheter.html"),
]
PIECES = [(site, piece) for site in demo.PATHS for piece in demo.shown(site, 0)]


def test_at_least_sixty_articles_are_told_and_most_of_them_at_some_length() -> None:
    lengths = [len(piece.text.split()) for site in demo.PATHS for piece in demo.every(site, 2)]
    assert len(lengths) >= 80
    assert sum(length >= 60 for length in lengths) >= 60
    assert max(lengths) <= 250


@pytest.mark.parametrize(("site", "piece"), PIECES, ids=[f"{site}-{piece.slug}" for site, piece in PIECES])
def test_every_piece_is_shown_at_its_address(region: demo.Region, site: str, piece: demo.Piece) -> None:
    answer = region.answer(site, demo.PATHS[site](piece))
    assert answer.status == 200
    assert b"<h1" in answer.body


@pytest.mark.parametrize(("site", "path"), LISTINGS)
def test_a_listing_answers_304_until_something_has_happened(
    region: demo.Region, get: Get, site: str, path: str
) -> None:
    first = get(site, path)
    assert first.status == 200
    region.epoch = 1
    again = get(site, path, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    region.epoch = 2
    later = get(site, path, If_None_Match=first.headers["etag"])
    nora_has_nothing_new = site == "polisen"
    assert later.status == (304 if nora_has_nothing_new else 503 if site == "karlskoga" else 200)


def test_a_feed_answers_304_by_its_date_alone(region: demo.Region, get: Get) -> None:
    first = get("hjalmarnytt", "/feed/")
    assert get("hjalmarnytt", "/feed/", If_Modified_Since=first.headers["last-modified"]).status == 304
    region.epoch = 2
    assert get("hjalmarnytt", "/feed/", If_Modified_Since=first.headers["last-modified"]).status == 200


def test_the_kommun_is_down_once_on_the_third_visit_and_says_to_come_back_at_once() -> None:
    with demo.serve() as fresh:
        fresh.epoch = 2
        answers = [fresh.answer("karlskoga", "/nyheter.html") for _ in range(3)]
    assert [answer.status for answer in answers] == [503, 200, 200]
    assert answers[0].headers["Retry-After"] == "0"


def test_the_api_pages_filters_sorts_and_counts_as_wordpress_does(get: Get) -> None:
    first = get("hjalmarnytt", "/wp-json/wp/v2/posts?per_page=20&_fields=id,date_gmt,title.rendered")
    assert first.headers["x-wp-total"] == str(len(demo.shown("hjalmarnytt", 0)))
    assert first.headers["x-wp-totalpages"] == "2"
    assert first.headers["link"].endswith('&page=2>; rel="next"')
    items = json.loads(first.body)
    assert set(items[0]) == {"id", "date_gmt", "title"}
    assert [item["date_gmt"] for item in items] == sorted((item["date_gmt"] for item in items), reverse=True)
    assert get("hjalmarnytt", "/wp-json/wp/v2/posts?per_page=20&page=3").status == 400
    assert get("hjalmarnytt", "/wp-json/wp/v2/posts?per_page=101").status == 400
    after = json.loads(get("hjalmarnytt", "/wp-json/wp/v2/posts?after=2024-11-04T05:55:00").body)
    assert [item["slug"] for item in after] == ["nattens-handelser-fran-polisen-4"]


def test_an_edit_shows_by_modified_after_and_keeps_its_id(region: demo.Region, get: Get) -> None:
    slug = "olycka-pa-e18-vid-vintrosa-uppdatering"
    before = next(item for item in json.loads(get("hjalmarnytt", "/wp-json/wp/v2/posts").body) if item["slug"] == slug)
    region.epoch = 2
    query = "modified_after=2024-11-04T07:00:00%2B01:00&orderby=modified&order=asc"
    changed = json.loads(get("hjalmarnytt", f"/wp-json/wp/v2/posts?{query}").body)
    edited = next(item for item in changed if item["slug"] == slug)
    assert edited["id"] == before["id"]
    assert edited["date"] == before["date"]
    assert edited["content"] != before["content"]
    assert len(changed) == 4


def test_feeds_and_sitemaps_are_xml_and_name_absolute_addresses(region: demo.Region, get: Get) -> None:
    feed = ET.fromstring(get("hjalmarnytt", "/feed/").body)  # noqa: S314 - our own feed
    assert len(feed.findall("channel/item")) == 10
    releases = ET.fromstring(get("pressrum", "/rss/releases/latest?publisherId=3235654").body)  # noqa: S314 - likewise
    enclosure = releases.find("channel/item/enclosure")
    assert enclosure is not None
    picture = get("pressrum", urlsplit(enclosure.attrib["url"]).path)
    assert picture.headers["content-type"] == enclosure.attrib["type"] == "image/png"
    assert len(picture.body) == int(enclosure.attrib["length"])
    sitemap = get("hjalmarnytt", "/wp-sitemap-posts-post-1.xml").body.decode()
    assert sitemap.count(f"<loc>{region.base('hjalmarnytt')}/") == len(demo.shown("hjalmarnytt", 0))


def test_a_body_is_compressed_for_those_who_accept_it(get: Get) -> None:
    packed = get("region", "/sv/aktuellt/", Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == get("region", "/sv/aktuellt/").body


def test_pages_vanish_move_and_change_by_the_third_visit(region: demo.Region, get: Get) -> None:
    moved_from = "/sv/aktuellt/mobil-provtagning-i-hallefors-pa-prov/"
    gone = demo.PATHS["karlskoga"](next(p for p in demo.every("karlskoga", 0) if p.until))
    assert get("region", moved_from).status == get("karlskoga", gone).status == 200
    region.epoch = 2
    moved = get("region", moved_from)
    assert moved.status == 301
    assert get("region", urlsplit(moved.headers["location"]).path).status == 200
    assert get("karlskoga", gone).status == 404
    assert get("hjalmarnytt", "/fel-av-redaktionen-om-julmarknaden/").status == 404


def test_an_address_without_its_final_slash_leads_to_the_one_with_it(get: Get) -> None:
    answer = get("hjalmarnytt", "/nora-hojer-skatten-med-25-ore")
    assert (answer.status, urlsplit(answer.headers["location"]).path) == (301, "/nora-hojer-skatten-med-25-ore/")


@pytest.mark.parametrize("branch", ["sv", "en", "de", "sv-ll"])
def test_the_language_branches_give_the_same_text_in_other_chrome(get: Get, branch: str) -> None:
    text = get("region", f"/{branch}/aktuellt/dags-att-vaccinera-sig-mot-influensa/").body.decode()
    assert "I dag börjar årets vaccination mot influensa" in text
    marks = {"en": "Last updated: Monday, November 4, 2024", "de": "Zuletzt aktualisiert: Montag, 4. November 2024"}
    assert marks.get(branch, "Senast uppdaterad: den 4 november 2024") in text


def test_a_page_in_windows_1252_is_so_and_says_so(region: demo.Region) -> None:
    piece = next(p for p in demo.shown("lindebladet", 0) if "charset" in p.more)
    body = region.answer("lindebladet", demo.PATHS["lindebladet"](piece)).body
    assert b"\x94" in body
    assert b'charset="windows-1252"' in body


def test_a_release_stands_in_four_outlets_in_the_same_words() -> None:
    words = []
    for site in ("region", "pressrum", "hjalmarnytt", "lanskuriren"):
        piece = next(p for p in demo.shown(site, 0) if "gemensam-mottagning" in (p.copy or p.slug))
        words.append([word.strip('–—-”»".,') for word in piece.text.split()])
    assert words[0] == words[1] == words[2] == words[3]


def test_the_page_of_projects_finishes_one_and_announces_one(region: demo.Region, get: Get) -> None:
    path = "/sv/valfard-och-folkhalsa/projekt/"
    ongoing, finished = get("utveckling", path).body.decode().split("Genomförda projekt")
    assert "InnoMera" in ongoing
    assert "Fönsterbänken" not in ongoing + finished
    region.epoch = 2
    ongoing, finished = get("utveckling", path).body.decode().split("Genomförda projekt")
    assert "InnoMera" in finished
    assert "Fönsterbänken" in ongoing


def test_the_hostile_pages_are_what_they_are_said_to_be(region: demo.Region, get: Get) -> None:
    assert get("hostile", "/nyheter/runt-och-runt").headers["location"].endswith("?varv=1")
    bomb = get("hostile", "/nyheter/bomb")
    assert len(bomb.body) < 200_000
    assert len(gzip.decompress(bomb.body)) == 60_000_000
    assert get("hostile", "/nyheter/djupt").body.count(b"<div>") == 60_000
    assert b"<!DOCTYPE rss" in get("hostile", "/feed.xml").body
    assert get("hostile", "/nyheter/bakdorr").headers["location"].startswith(region.base("bystander"))


def test_the_drip_goes_on_until_its_reader_leaves(region: demo.Region) -> None:
    connection = http.client.HTTPConnection(urlsplit(region.base("hostile")).netloc, timeout=10)
    connection.request("GET", "/nyheter/dropp")
    answer = connection.getresponse()
    assert answer.headers.get("Content-Length") is None
    assert answer.read(1) == b"<"
    answer.close()
    connection.close()


def test_the_log_tells_who_asked_for_what_and_whether_conditionally(region: demo.Region, get: Get) -> None:
    region.epoch = 1
    get("polisen", "/api/events?locationname=Nora", If_None_Match='"x"', User_Agent="provare")
    assert region.requests[-1] == demo.Hit(
        epoch=1,
        site="polisen",
        path="/api/events?locationname=Nora",
        status=200,
        conditional=True,
        agent="provare",
    )


def test_there_are_three_epochs_and_no_fourth(region: demo.Region) -> None:
    with pytest.raises(ValueError, match="3 epochs"):
        region.epoch = 3


def test_a_region_that_is_taken_down_answers_no_more() -> None:
    with demo.serve() as region:
        address = urlsplit(region.base("region")).netloc
    connection = http.client.HTTPConnection(address, timeout=2)
    with pytest.raises(ConnectionError):
        connection.request("GET", "/")
    connection.close()
