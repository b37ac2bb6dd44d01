"""discover: a listing page gives its articles with what it says of them, and nothing of its frame."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from aggregator.discover.likeness import never
from aggregator.model import Hints, Listing, Reason, Rejection, SourceKind
from tests.discover.shapes import listing, page, read

TZ = ZoneInfo("Europe/Stockholm")
PAGE = SourceKind.PAGE


def found(url: str, main: str, **more: object) -> dict[str, tuple[str | None, str | None]]:
    """Path → title and local day."""
    result = listing(PAGE, url, page(url, main), **more)
    return {
        link.url.split(".example", 1)[1]: (
            link.title,
            link.published_at.astimezone(TZ).date().isoformat() if link.published_at else None,
        )
        for link in result.links
    }


MAX_MAG = """<div id="ticker"><ul class="middle-widget">
<li><a class="main-headline" href="/ny-bro-over-svartan-invigd/">Ny bro över Svartån invigd</a>
<p>Elva ord ur texten...</p>
<div class="headlines-info"><ul class="headlines-info"><li>Posted november 2, 2024</li><li><a href="/x/#comments">0
</a></li></ul></div></li>
<li><a class="main-headline" href="/skolan-vann-pris/">Skolan vann pris</a><p>Elva andra ord ur texten...</p>
<div class="headlines-info"><ul class="headlines-info"><li>Posted november 1, 2024</li></ul></div></li>
</ul></div><h3>All posts tagged december 2023</h3><ul class="category3">
<li><div class="category3-image"><a href="/hamnen-oppnar-igen-efter-branden/">
<img src="/wp-content/uploads/hamn.jpg"></a></div>
<div class="category3-text"><a href="/hamnen-oppnar-igen-efter-branden/">Hamnen öppnar igen efter branden</a>
<p>Efter tre månader öppnar småbåtshamnen för alla som har plats där.</p>
<ul class="headlines-info"><li>Posted december 18, 2023</li><li class="comments-icon">
<a href="/hamnen-oppnar-igen-efter-branden/#respond">0</a></li></ul></div></li>
<li><div class="category3-text"><a href="/nattens-handelser-fran-polisen-48/">Nattens händelser från polisen</a>
<p>Nedan följer ett urval av de ärenden som kom in under natten.</p>
<ul class="headlines-info"><li>Posted december 18, 2023</li></ul></div></li></ul>"""


def test_a_max_mag_page_gives_its_list_and_its_ticker() -> None:
    links = found("https://paper.example/tag/december-2023/page/23", MAX_MAG)
    assert links == {
        "/ny-bro-over-svartan-invigd/": ("Ny bro över Svartån invigd", "2024-11-02"),
        "/skolan-vann-pris/": ("Skolan vann pris", "2024-11-01"),
        "/hamnen-oppnar-igen-efter-branden/": ("Hamnen öppnar igen efter branden", "2023-12-18"),
        "/nattens-handelser-fran-polisen-48/": ("Nattens händelser från polisen", "2023-12-18"),
    }


def test_the_operators_selectors_name_the_list_and_nothing_else_is_taken() -> None:
    hints = Hints(links=("ul.category3",))
    links = found("https://paper.example/tag/december-2023/page/23", MAX_MAG, hints=hints)
    assert list(links) == ["/hamnen-oppnar-igen-efter-branden/", "/nattens-handelser-fran-polisen-48/"]


@pytest.mark.parametrize("selectors", [(".borta-efter-omgorningen",), ("a[[[",)])
def test_where_the_operators_selectors_find_nothing_the_general_finder_does(selectors: tuple[str, ...]) -> None:
    assert len(found("https://paper.example/", MAX_MAG, hints=Hints(links=selectors))) == 4


def test_teaser_and_picture_of_a_card_are_kept() -> None:
    result = listing(PAGE, "https://paper.example/", page("https://paper.example/", MAX_MAG))
    link = next(link for link in result.links if "hamnen" in link.url)
    assert link.lead == "Efter tre månader öppnar småbåtshamnen för alla som har plats där."
    assert link.image_url == "https://paper.example/wp-content/uploads/hamn.jpg"


OPTIMIZELY = """<h1>Aktuellt</h1><div class="listing-block"><div class="row">
<a class="news-item" href="/sv/aktuellt/ny-vardcentral-i-norr/"><h2>Ny vårdcentral i norr</h2>
<span class="news-item__date">2024-06-17 15:57</span><p>Den nya vårdcentralen får fyra mottagningar.</p></a>
<a class="news-item" href="/sv/aktuellt/liv--halsa-ung-presenteras/"><h2>Liv &amp; hälsa ung presenteras</h2>
<span class="news-item__date">2024-06-14 09:00</span><p>Undersökningen visar hur unga i länet mår.</p></a>
<a class="news-item" href="/en/aktuellt/bussarna-gar-tatare/"><h2>Bussarna går tätare</h2>
<span class="news-item__date">2024-06-13 11:30</span><p>Från augusti går stadsbussarna tätare i högtrafik.</p></a>
</div></div>"""


def test_a_region_listing_gives_its_cards_in_the_preferred_language_branch() -> None:
    links = found("https://region.example/sv/aktuellt/", OPTIMIZELY, branches=("sv", "en"))
    assert links == {
        "/sv/aktuellt/ny-vardcentral-i-norr/": ("Ny vårdcentral i norr", "2024-06-17"),
        "/sv/aktuellt/liv--halsa-ung-presenteras/": ("Liv & hälsa ung presenteras", "2024-06-14"),
        "/sv/aktuellt/bussarna-gar-tatare/": ("Bussarna går tätare", "2024-06-13"),
    }


SITEVISION = """<ul class="sv-list">
<li><a href="/nyheter/2023-10-06-vattenlackan-ar-lagad.html">Vattenläckan är lagad</a></li>
<li><a href="/nyheter/2023-10-05-vattenlacka-pa-storgatan.html">Vattenläcka på Storgatan</a></li>
<li><a href="/nyheter/nylekplatsiparken.5.4f3e2d1c0b9a8877.html">Ny lekplats i parken</a>
<time datetime="2023-10-04T08:00">4 oktober</time></li>
</ul>"""


def test_a_sitevision_list_gives_the_date_of_the_address() -> None:
    assert found("https://kommun.example/nyheter.html", SITEVISION) == {
        "/nyheter/2023-10-06-vattenlackan-ar-lagad.html": ("Vattenläckan är lagad", "2023-10-06"),
        "/nyheter/2023-10-05-vattenlacka-pa-storgatan.html": ("Vattenläcka på Storgatan", "2023-10-05"),
        "/nyheter/nylekplatsiparken.5.4f3e2d1c0b9a8877.html": ("Ny lekplats i parken", "2023-10-04"),
    }


NEWSROOM = """<div class="stream">
<div class="card"><a href="/pressmeddelande/4148845/gront-naringsliv-far-fortsatta?publisherId=323">
<div><span>28 november 2025 09:15:00</span><h3>Grönt näringsliv får fortsätta</h3>
<p>Projektet får medel i två år till.</p></div></a></div>
<div class="card"><a href="/pressmeddelande/4148001/ny-chef-for-kollektivtrafiken?publisherId=323">
<div><span>27 november 2025 10:00:00</span><h3>Ny chef för kollektivtrafiken</h3><p>Hon börjar sitt uppdrag i mars.
</p></div></a></div>
<div class="card"><a href="/pressmeddelande/4147000/vaccinationen-borjar?publisherId=323">
<div><span>26 november 2025 08:00:00</span><h3>Vaccinationen börjar</h3><p>Alla över 65 år kan boka tid.</p></div>
</a></div></div>"""


def test_a_newsroom_gives_releases_whose_whole_card_is_a_link() -> None:
    assert found("https://via.example/nyhetsrum/323/region", NEWSROOM) == {
        "/pressmeddelande/4148845/gront-naringsliv-far-fortsatta?publisherId=323": (
            "Grönt näringsliv får fortsätta",
            "2025-11-28",
        ),
        "/pressmeddelande/4148001/ny-chef-for-kollektivtrafiken?publisherId=323": (
            "Ny chef för kollektivtrafiken",
            "2025-11-27",
        ),
        "/pressmeddelande/4147000/vaccinationen-borjar?publisherId=323": ("Vaccinationen börjar", "2025-11-26"),
    }


ROOM = """<ol>
<li><div class="meta">Pressmeddelanden • Okt 10, 2018 09:00 CEST</div><h2>
<a href="/se/rum/pressreleases/skylten-avtaecks-paa-torget-2734001">Skylten avtäcks på torget</a></h2>
<p>På onsdag avtäcks den nya skylten på torget.</p>
<a href="/se/rum/pressreleases/skylten-avtaecks-paa-torget-2734001">Läs mer »</a></li>
<li><div class="meta">Nyheter • Maj 3, 2018 14:00 CEST</div><h2>
<a href="/se/rum/news/bussen-boerjar-gaa-i-juni-299001">Bussen börjar gå i juni</a></h2>
<a href="/se/rum/news/bussen-boerjar-gaa-i-juni-299001">Läs mer »</a></li></ol>"""


def test_a_press_room_gives_one_link_a_release_with_the_headline_for_a_title() -> None:
    assert found("https://press.example/se/rum", ROOM) == {
        "/se/rum/pressreleases/skylten-avtaecks-paa-torget-2734001": ("Skylten avtäcks på torget", "2018-10-10"),
        "/se/rum/news/bussen-boerjar-gaa-i-juni-299001": ("Bussen börjar gå i juni", "2018-05-03"),
    }


LOCAL = """<div class="grid"><article class="post-101"><a href="/nyheter/brand-i-lada-utanfor-frovi">
<img src="data:," data-src="/b.jpg"></a>
<h3><a href="/nyheter/brand-i-lada-utanfor-frovi">Brand i lada utanför Frövi</a></h3></article>
<article class="post-102"><h3><a href="/nyheter/stulen-traktor-hittad">Stulen traktor hittad</a></h3></article>
<article class="post-103"><h3><a href="/nyheter/storras">Storras</a></h3></article></div>
<aside><a href="/annonsera">Annonsera hos oss i dag</a><a href="/tag/brand">Allt om bränder här</a></aside>"""


def test_a_local_papers_cards_are_found_without_any_date_even_with_one_word_titles() -> None:
    assert found("https://linde.example/", LOCAL) == {
        "/nyheter/brand-i-lada-utanfor-frovi": ("Brand i lada utanför Frövi", None),
        "/nyheter/stulen-traktor-hittad": ("Stulen traktor hittad", None),
        "/nyheter/storras": ("Storras", None),
    }


def test_a_municipality_or_section_in_the_listings_address_is_told_of_its_links() -> None:
    main = "".join(
        f'<article><h2><a href="/2024/05/0{n}/hallefors-fick-skola-{n}/">Hällefors fick skola {n}</a></h2></article>'
        for n in (1, 2, 3)
    )
    url = "https://post.example/kommun/hallefors/page/2"
    links = listing(PAGE, url, page(url, main)).links
    assert {link.place for link in links} == {"Hällefors"}
    url = "https://post.example/category/nyheter/"
    assert {link.category for link in listing(PAGE, url, page(url, main)).links} == {"nyheter"}


CARDS = """<div id="__next"><div class="css-1x2y3z">
<a class="Card_root__a1B2c" href="/artikel/sa-blir-vintervagen-2024">
<div><div class="Card_kicker__x9">Karlskoga</div><strong>Så blir vintervägen i år</strong><div>Idag 08.15</div>
</div></a>
<a class="Card_root__a1B2c" href="/artikel/hotellet-far-ny-agare"><div><strong>Hotellet får ny ägare</strong>
<div>Igår 17.20</div></div></a>
<a class="Card_root__a1B2c" href="/artikel/gruvan-kan-ateroppna"><div><strong>Gruvan kan återöppna</strong>
<div>20 november 12.00</div></div></a>
</div></div>"""


def test_cards_without_headings_give_their_line_and_dates_relative_to_now() -> None:
    links = found("https://cards.example/", CARDS)
    assert links["/artikel/sa-blir-vintervagen-2024"] == ("Så blir vintervägen i år", "2026-11-22")
    assert links["/artikel/hotellet-far-ny-agare"] == ("Hotellet får ny ägare", "2026-11-21")
    assert links["/artikel/gruvan-kan-ateroppna"] == ("Gruvan kan återöppna", "2026-11-20")


def test_rows_of_a_table_give_the_date_of_their_row() -> None:
    rows = "".join(
        f'<tr><td>{n} mars 2024</td><td><a href="/aktuellt/protokoll-{n}">Nämnden beslutade om skola {n}</a></td></tr>'
        for n in (1, 2, 3)
    )
    links = found("https://table.example/aktuellt", f"<table>{rows}</table>")
    assert links["/aktuellt/protokoll-2"] == ("Nämnden beslutade om skola 2", "2024-03-02")


def test_an_update_line_is_no_publication_time_but_moves_the_fingerprint() -> None:
    url = "https://kommun.example/nyheter"
    card = (
        '<li><a href="/nyheter/sim-{n}-hallen-stanger">Simhallen stänger dag {n}</a>'
        "<p>Senast uppdaterad: {d} maj 2024</p></li>"
    )
    links = [
        listing(PAGE, url, page(url, "<ul>" + "".join(card.format(n=n, d=day) for n in (1, 2, 3)) + "</ul>")).links
        for day in (16, 17)
    ]
    assert [link.published_at for link in links[0]] == [None, None, None]
    assert {link.updated_at.date() for link in links[0] if link.updated_at} == {date(2024, 5, 16)}
    assert links[0][0].fingerprint != links[1][0].fingerprint


def test_globs_of_the_source_decide_what_is_an_article() -> None:
    links = found("https://paper.example/", MAX_MAG, exclude=("/nattens-*",), include=("/*-*-*/",))
    assert list(links) == ["/ny-bro-over-svartan-invigd/", "/skolan-vann-pris/", "/hamnen-oppnar-igen-efter-branden/"]


def test_a_further_page_is_asked_for_only_when_wanted() -> None:
    url = "https://paper.example/nytt/"
    assert listing(PAGE, url, page(url, MAX_MAG)).next_probe is None
    more = listing(PAGE, url, page(url, MAX_MAG), memory={"pages_left": "2"})
    assert more.next_probe is not None
    assert more.next_probe.request.url == url + "?page=2"
    assert more.memory["pages_left"] == "1"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", Reason.EMPTY),
        ("ingen uppmärkning alls", Reason.NOT_HTML),
        (page("https://a.example/", "<p>Välkommen till oss.</p>"), Reason.NO_LINKS),
        (page("https://a.example/", '<a href="/kontakt">Kontakta oss gärna om allt</a>'), Reason.NO_LINKS),
    ],
)
def test_what_lists_nothing_is_rejected_with_the_reason(body: str, reason: Reason) -> None:
    result = read(PAGE, "https://a.example/", body)
    assert isinstance(result, Rejection)
    assert result.reason is reason


def test_the_newest_come_first_where_all_have_dates() -> None:
    result = listing(PAGE, "https://paper.example/", page("https://paper.example/", MAX_MAG))
    times = [link.published_at for link in result.links]
    assert times == sorted(times, key=lambda at: at.timestamp() if at else 0, reverse=True)


def test_a_page_of_twenty_thousand_links_is_read_in_bounded_time() -> None:
    body = "<html><body>" + '<div><a href="/a-b-c-d-{}">Ord efter ord</a>' * 20_000
    assert isinstance(read(PAGE, "https://a.example/", body), Listing | Rejection)


@pytest.mark.parametrize(
    ("url", "an_article"),
    [
        ("https://a.example/", False),
        ("https://a.example/?s=bro", False),
        ("https://a.example/?lang=en", False),
        ("https://a.example/?p=17", True),
        ("https://a.example/nyheter/page/3", False),
        ("https://a.example/tag/bro-over-an/", False),
        ("https://a.example/2024/05/", False),
        ("https://a.example/2024/05/02/bro/", True),
        ("https://a.example/bron-over-an-ar-klar/", True),
        ("https://a.example/pressmeddelande/4148845/bron-klar?publisherId=1&lang=sv", True),
        ("https://a.example/sida/artikel.aspx?programid=159&artikel=1234567", True),
    ],
)
def test_an_address_alone_tells_what_is_never_an_article(url: str, an_article: bool) -> None:
    assert never(url) is not an_article


def test_articles_that_are_named_by_a_number_in_the_query_alone_are_found() -> None:
    rows = "".join(
        f'<li><a href="/visa.aspx?avdelning=3&amp;artikel={7000 + n}">Bron över ån nummer {n} är klar</a></li>'
        for n in range(5)
    )
    found = listing(PAGE, "https://a.example/lista", page("https://a.example/lista", f"<ul>{rows}</ul>")).links
    assert [link.url.rpartition("=")[2] for link in found] == [str(7000 + n) for n in range(5)]
