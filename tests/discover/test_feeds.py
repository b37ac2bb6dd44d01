"""discover: RSS, Atom and JSON Feed give their entries; what is no feed is rejected, a page leads on to its feed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from aggregator.model import Reason, Rejection, SourceKind
from tests.discover.shapes import listing, read

FEED = SourceKind.FEED
URL = "https://paper.example/feed/"
XML = "application/rss+xml; charset=utf-8"
BODY = "".join(
    f"<p>Stycke {n} handlar om bron över ån, som nu äntligen har fått sina nya räcken och sin belysning.</p>" * 2
    for n in range(4)
)


def rss(items: str, head: str = "", declaration: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return f"""{declaration}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">
<channel><title>Nyheter</title><link>https://paper.example/</link>{head}{items}</channel></rss>"""


ITEM = f"""<item><title>Bron &amp;amp; &lt;em&gt;ån&lt;/em&gt; i Örebro</title>
<link>https://paper.example/bron-i-orebro/?utm_source=rss</link>
<guid isPermaLink="false">https://paper.example/?p=17</guid><pubDate>Wed, 02 Oct 2024 07:05:00 +0200</pubDate>
<dc:creator>Redaktionen</dc:creator><category>Trafik</category><category>Örebro</category>
<description>&lt;p&gt;Bron är klar.&lt;/p&gt;
&lt;p&gt;Inlägget &lt;a href="x"&gt;Bron&lt;/a&gt; dök först upp på &lt;a&gt;P&lt;/a&gt;.&lt;/p&gt;</description>
<content:encoded><![CDATA[{BODY}<p>Inlägget <a href="/b">Bron</a> dök först upp på <a href="/">Papper</a>.</p>]]>
</content:encoded>
<media:content url="/bilder/bro.jpg" medium="image"/></item>"""


def test_an_rss_item_gives_all_that_it_says() -> None:
    (link,) = listing(FEED, URL, rss(ITEM), content_type=XML).links
    assert link.url == "https://paper.example/bron-i-orebro/"
    assert link.title == "Bron & ån i Örebro"
    assert link.published_at == datetime(2024, 10, 2, 5, 5, tzinfo=UTC)
    assert link.external_id == "https://paper.example/?p=17"
    assert link.authors == ("Redaktionen",)
    assert link.category == "Trafik"
    assert link.image_url == "https://paper.example/bilder/bro.jpg"
    assert link.lead == "Bron är klar."
    assert link.html is not None
    assert link.html.startswith("<p>Stycke 0")
    assert "dök först upp" not in link.html
    assert link.complete


@pytest.mark.parametrize(
    "content",
    [
        "<p>Bron är klar.</p>",
        BODY + "<p>Mer om bron följer i texten [&hellip;]</p>",
        BODY + "<p>Mer om bron följer …</p>",
        BODY + '<p><a href="/x">Läs mer</a></p>',
        BODY + '<p><a href="/x">Fortsätt läsa <span>Bron</span> →</a></p>',
    ],
)
def test_a_teaser_is_not_taken_for_the_whole_text(content: str) -> None:
    item = f"<item><title>Bron</title><link>/bron</link><content:encoded><![CDATA[{content}]]></content:encoded></item>"
    (link,) = listing(FEED, URL, rss(item), content_type=XML).links
    assert not link.complete
    assert link.url == "https://paper.example/bron"


def test_an_atom_entry_in_latin_1_gives_the_same() -> None:
    atom = f"""<?xml version="1.0" encoding="ISO-8859-1"?><feed xmlns="http://www.w3.org/2005/Atom"><title>N</title>
<entry><id>tag:paper.example,2024:17</id><title type="html">Bron &amp;amp; ån</title><updated>2024-10-03T08:00:00Z
</updated>
<published>2024-10-02T08:00:00Z</published><link rel="self" href="/self"/>
<link rel="alternate" type="text/html" href="/bron"/>
<author><name>Åsa Påhittad</name></author>
<content type="html">{BODY.replace("<", "&lt;")}</content></entry></feed>"""
    (link,) = listing(FEED, URL, atom.encode("latin-1"), content_type="application/atom+xml").links
    assert (link.url, link.title, link.authors) == ("https://paper.example/bron", "Bron & ån", ("Åsa Påhittad",))
    assert link.published_at == datetime(2024, 10, 2, 8, tzinfo=UTC)
    assert link.updated_at == datetime(2024, 10, 3, 8, tzinfo=UTC)
    assert link.complete


def test_a_feedburner_item_gives_the_outlets_own_address_and_a_zoneless_date_is_swedish_time() -> None:
    item = """<item><title>Bron</title><link>https://feeds.example/~r/x</link><pubDate>2024-10-02 07:05</pubDate>
<feedburner:origLink>https://paper.example/bron</feedburner:origLink></item>"""
    (link,) = listing(FEED, URL, rss(item), content_type=XML).links
    assert link.url == "https://paper.example/bron"
    assert link.published_at == datetime(2024, 10, 2, 5, 5, tzinfo=UTC)


def test_rss_1_0_is_read() -> None:
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="/"><title>N</title></channel>
<item rdf:about="/bron"><title>Bron</title>
<link>https://paper.example/bron</link><dc:date>2024-10-02</dc:date></item></rdf:RDF>"""
    (link,) = listing(FEED, URL, rdf, content_type="application/rdf+xml").links
    assert (link.title, link.url) == ("Bron", "https://paper.example/bron")


def test_a_json_feed_is_read() -> None:
    items = [
        {"id": 17, "url": "/bron", "title": "Bron", "content_html": BODY, "date_published": "2024-10-02T08:00:00+02:00",
         "authors": [{"name": "Redaktionen"}], "tags": ["Trafik"], "image": "/bro.jpg"},
        {"id": "https://paper.example/an", "title": "Ån", "content_text": "Kort."},
        {"id": "utan-adress"}, "skräp", None,
    ]  # fmt: skip
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": items})
    bridge, river = listing(FEED, URL, feed, content_type="application/feed+json").links
    assert (bridge.external_id, bridge.authors, bridge.category) == ("17", ("Redaktionen",), "Trafik")
    assert bridge.complete
    assert (river.url, river.lead, river.complete) == ("https://paper.example/an", "Kort.", False)


@pytest.mark.parametrize(
    ("head", "ttl"),
    [
        ("<ttl>90</ttl>", timedelta(minutes=90)),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", timedelta(minutes=30)),
        ("<skipHours><hour>12</hour><hour>13</hour></skipHours>", timedelta(hours=2)),
        ("<skipHours><hour>3</hour></skipHours>", None),
        ("<ttl>inte ett tal</ttl>", None),
        ("<ttl>99999999</ttl>", None),
        ("<ttl>9999999</ttl>", timedelta(days=30)),
    ],
)
def test_the_feed_says_how_long_not_to_come_back(head: str, ttl: timedelta | None) -> None:
    assert listing(FEED, URL, rss(ITEM, head), content_type=XML).ttl == ttl


def test_an_edited_item_moves_the_fingerprint_and_another_fetch_does_not() -> None:
    first, again, edited = (
        listing(FEED, URL, rss(text), content_type=XML).links[0].fingerprint
        for text in (ITEM, ITEM, ITEM.replace("belysning", "väg"))
    )
    assert first == again != edited


@pytest.mark.parametrize(
    "body",
    [
        rss(ITEM).replace("</channel></rss>", ""),
        rss(ITEM).replace("<description>", "<description>& odeklarerat &nbsp;"),
        "\n\n  " + rss(ITEM),
        rss(ITEM, declaration=""),
    ],
)
def test_a_broken_feed_gives_what_can_be_read(body: str) -> None:
    assert [link.title for link in listing(FEED, URL, body, content_type="text/plain").links] == ["Bron & ån i Örebro"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "inget flöde",
        '{"items": 3}',
        "[1, 2",
        "[" * 100_000,
        "<html><body><p>Underhåll pågår</p></body></html>",
        '<!DOCTYPE rss [<!ENTITY a "b">]>' + rss(ITEM, declaration=""),
        b"\xff\xfe\x00\x01" * 50,
    ],
)
def test_what_is_no_feed_is_rejected(body: str | bytes) -> None:
    result = read(FEED, URL, body, content_type=XML)
    assert isinstance(result, Rejection)
    assert result.reason is Reason.NOT_PARSEABLE


def test_a_page_leads_on_to_the_feed_that_it_names_and_not_to_its_comments() -> None:
    page = """<!doctype html><html><head>
<link rel="alternate" type="application/rss+xml" title="Kommentarsflöde" href="/comments/feed/">
<link rel="alternate" type="application/json+oembed" href="/wp-json/oembed/1.0/embed">
<link rel="alternate" type="application/rss+xml" title="Nyheter" href="/nytt.rss"></head><body></body></html>"""
    result = listing(FEED, URL, page)
    assert result.next_probe is not None
    assert result.next_probe.request.url == "https://paper.example/nytt.rss"
    assert not result.memory


def test_a_feed_of_thousands_gives_its_first_entries() -> None:
    items = "".join(f"<item><title>Text {n}</title><link>/text-{n}</link></item>" for n in range(3000))
    links = listing(FEED, URL, rss(items), content_type=XML).links
    assert len(links) == 500
    assert links[0].title == "Text 0"
