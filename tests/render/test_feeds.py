"""Every feed passes the W3C feed validator without error or warning, whatever the entries hold."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.model import Entry, Feed, Image
from aggregator.render import FORMATS, Document, Format, fit, opml, render
from tests.render.examples import BASE, NOW, PICTURE, document, entry
from tests.render.validator import ATOM, CONTENT, DC, FH, MEDIA, findings, json_findings, opml_findings, parsed

RSS, ATOM_FORMAT, JSON = FORMATS


def check(doc: Document) -> None:
    for form in FORMATS:
        body = render(doc, form)
        judge = json_findings if form is JSON else findings
        assert judge(body, doc.address(form.suffix), NOW) == [], form.name


def items(doc: Document) -> list[ET.Element]:
    return list(parsed(render(doc, RSS)).iter("item"))


def entries(doc: Document) -> list[ET.Element]:
    return list(parsed(render(doc, ATOM_FORMAT)).iter(f"{ATOM}entry"))


def json_items(doc: Document) -> list[dict[str, object]]:
    feed: dict[str, list[dict[str, object]]] = json.loads(render(doc, JSON))
    return feed["items"]


HTML = "<p>Ett <a href='/mer'>avtal</a> <img src='x.jpg' onerror='f()'><script>alert(1)</script></p>"
DOCUMENTS = {
    "ordinary": document(*(entry(n) for n in range(50))),
    "without entries": document(),
    "with everything": document(entry(content_html=HTML, image=PICTURE, language="en")),
    "a picture of unknown size": document(entry(image=Image(url="https://tidning.example/å ä.png"))),
    "a picture on a host without a dot": document(
        entry(image=Image(url="http://intranet/x.png", media_type="image/png", length_bytes=1))
    ),
    "no author": document(entry(authors=())),
    "nothing but what must be": document(
        entry(authors=(), source_name="", categories=(), summary=""), publisher="", language="xx_!"
    ),
    "one second": document(*(entry(n, published_at=NOW, updated_at=NOW) for n in range(50))),
    "an archive document": document(entry(), number=2, previous=1, following=3),
    "the first archive document": document(entry(), number=1, following=2),
    "a subscription document with archives": document(entry(), previous=3),
    "a local address": document(entry(), base_url="http://localhost:8000/"),
    "Swedish as some write it": document(entry(), language="sv_SE"),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_feed_passes_the_validator(name: str) -> None:
    check(DOCUMENTS[name])


NASTY = st.one_of(
    st.text(max_size=40),
    st.text(alphabet=st.characters(), max_size=20),
    st.sampled_from(
        [
            "\x00\x07 noll och klocka \ud800 \ufffe",
            "]]> slut på <![CDATA[ och <!-- kommentar",
            "Tom &amp;amp; Jerry &#38;lt;b&#38;gt; &nbsp;&aring;",
            "<b>fet</b> <script>alert(1)</script> <3 x<y a&b K&3 &lt",
            "\x91citat\x92 \x85 \x80 \ufffd",
            "👩‍⚕️🚑 åäö ÅÄÖ \u202e baklänges",
            "   \t\n ",
            "<iframe src=//ond.example></iframe><img src=x onerror=f()><a href='javascript:f()'>x</a>",
            "<a href='/1'><table><tr><a href='/2'>två</a><td><a href='/3'>tre</table>",
            "<div><p>öppet <ul><li>en<li>två <table><td>cell",
        ]
    ),
)
ADDRESSES = st.one_of(
    st.sampled_from(
        [
            "https://örebro.example/hälsa och vård/å?fråga=ä#rubrik",
            "https://tidning.example/a b\tc|d\\e^f`{g}[h]",
            "http://[::1",
            "javascript:alert(1)",
            "/relativ",
            "",
            "https://tidning.example/%zz%C3%A5",
            "https://user:pass@tidning.example:99999/x",
        ]
    ),
    st.text(max_size=20).map("https://tidning.example/".__add__),
    st.text(max_size=30),
)
DATES = st.datetimes(datetime(1960, 1, 1), datetime(2026, 11, 22, 11), timezones=st.just(UTC))  # noqa: DTZ001 - drawn in UTC
ENTRIES = st.builds(
    Entry,
    guid=st.one_of(st.integers(1, 5).map("tag:nyheter.example,2026:{}".format), NASTY),
    url=ADDRESSES,
    title=NASTY,
    summary=NASTY,
    content_html=st.none() | NASTY,
    published_at=DATES,
    updated_at=DATES | st.just(NOW),
    authors=st.lists(NASTY, max_size=2).map(tuple),
    source_name=NASTY,
    categories=st.lists(NASTY, max_size=3).map(tuple),
    image=st.none()
    | st.builds(Image, url=ADDRESSES, media_type=st.none() | NASTY, length_bytes=st.none() | st.integers(-1, 9)),
    language=st.none() | st.sampled_from(["sv", "sv_SE", "en", "svenska!"]),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(ENTRIES, max_size=6).map(tuple), NASTY)
def test_no_entry_however_nasty_costs_the_feed_or_a_warning(nasty: tuple[Entry, ...], title: str) -> None:
    good = entry(77)
    doc = document(*nasty, good, feed=Feed(id="tema-halsa", title=title, description=title))
    check(doc)
    fitted, unfit = fit(doc)
    assert good.guid in {one.guid for one in fitted.entries}
    assert len(fitted.entries) + len(unfit) == len(nasty) + 1


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"url": "javascript:alert(1)"}, "address"),
        ({"url": "mailto:nagon@example.com"}, "address"),
        ({"guid": "17"}, "guid"),
        ({"guid": "tag:Nyheter Example:1"}, "guid"),
        ({"published_at": datetime(1969, 12, 31, tzinfo=UTC)}, "1969-12-31"),
    ],
)
def test_an_entry_that_cannot_be_cured_is_left_out_and_told_of(changes: dict[str, object], why: str) -> None:
    fitted, unfit = fit(document(entry(1), entry(2, **changes)))
    assert [one.guid for one in fitted.entries] == [entry(1).guid]
    assert why in unfit[0].why


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_the_same_entries_in_whatever_order_are_the_same_bytes(form: Format) -> None:
    some = [entry(n, content_html=HTML) for n in range(6)]
    assert render(document(*some), form) == render(document(*reversed(some)), form)


def test_entries_come_newest_first() -> None:
    order = [entry(3), entry(1), entry(2)]
    titles = [f"Nytt samarbete om vård, del {n}" for n in (1, 2, 3)]
    assert [item.findtext("title") for item in items(document(*order))] == titles
    assert [item.findtext(f"{ATOM}title") for item in entries(document(*order))] == titles
    assert [item["title"] for item in json_items(document(*order))] == titles


def test_the_guid_is_the_id_in_every_format_and_no_permalink() -> None:
    doc = document(entry())
    guid = items(doc)[0].find("guid")
    assert guid is not None
    assert (guid.text, guid.get("isPermaLink")) == (entry().guid, "false")
    assert entries(doc)[0].findtext(f"{ATOM}id") == entry().guid
    assert json_items(doc)[0]["id"] == entry().guid


def test_an_edit_moves_updated_and_leaves_id_and_date_of_publication() -> None:
    edited = entry(title="Rättad rubrik", updated_at=NOW)
    before, after = entries(document(entry()))[0], entries(document(edited))[0]
    assert after.findtext(f"{ATOM}updated") == "2026-11-22T12:00:00+00:00"
    for name in ("id", "published"):
        assert before.findtext(f"{ATOM}{name}") == after.findtext(f"{ATOM}{name}")


def test_the_feed_is_dated_by_its_newest_entry_not_the_clock() -> None:
    doc = document(entry(1), entry(2, updated_at=NOW - timedelta(minutes=5)))
    root = parsed(render(doc, RSS))
    assert root.findtext("channel/lastBuildDate") == "Sun, 22 Nov 2026 11:55:00 +0000"
    assert parsed(render(doc, ATOM_FORMAT)).findtext(f"{ATOM}updated") == "2026-11-22T11:55:00+00:00"


def test_dates_are_right_across_summer_time() -> None:
    summer = timezone(timedelta(hours=2))
    at = datetime(2026, 7, 1, 9, 0, tzinfo=summer)
    doc = document(entry(published_at=at, updated_at=at))
    assert items(doc)[0].findtext("pubDate") == "Wed, 01 Jul 2026 07:00:00 +0000"


def test_entries_of_one_second_are_told_apart_within_it_and_never_later() -> None:
    doc = document(*(entry(n, published_at=NOW, updated_at=NOW) for n in range(50)))
    some = document(*(entry(n, published_at=NOW, updated_at=NOW) for n in range(0, 50, 7)))
    written = {one.findtext(f"{ATOM}id"): one.findtext(f"{ATOM}updated") for one in entries(doc)}
    fewer = {one.findtext(f"{ATOM}id"): one.findtext(f"{ATOM}updated") for one in entries(some)}
    assert parsed(render(doc, RSS)).findtext("channel/lastBuildDate") == "Sun, 22 Nov 2026 12:00:00 +0000"
    assert len(set(written.values())) == 50
    assert all(timedelta(0) < NOW - datetime.fromisoformat(at or "") < timedelta(seconds=1) for at in written.values())
    assert fewer.items() <= written.items()


def test_one_guid_stands_once_with_its_latest_wording() -> None:
    old, new = entry(1, title="Gammal"), entry(1, title="Ny", updated_at=NOW)
    fitted, unfit = fit(document(old, new))
    assert [one.title for one in fitted.entries] == ["Ny"]
    assert len(unfit) == 1


def test_a_summary_is_short_and_plain_and_stays_text_where_readers_take_it_for_markup() -> None:
    doc = document(entry(summary="Fler än 3 < 5 & <b>färre</b> " + "ord " * 200))
    summary = entries(doc)[0].findtext(f"{ATOM}summary") or ""
    assert len(summary) <= 300
    assert summary.startswith("Fler än 3 < 5 & färre ord")
    assert (items(doc)[0].findtext("description") or "").startswith("Fler än 3 &lt; 5 &amp; färre")


def test_content_is_there_only_where_the_source_lets_us_carry_it_and_is_clean() -> None:
    closed, full = document(entry()), document(entry(content_html=HTML))
    assert items(closed)[0].find(f"{CONTENT}encoded") is None
    assert entries(closed)[0].find(f"{ATOM}content") is None
    assert "content_html" not in json_items(closed)[0]
    for content in (
        items(full)[0].findtext(f"{CONTENT}encoded") or "",
        entries(full)[0].findtext(f"{ATOM}content") or "",
        str(json_items(full)[0]["content_html"]),
    ):
        assert "https://tidning.example/mer" in content
        assert "https://tidning.example/artikel-1/x.jpg" in content
        assert "script" not in content
        assert "onerror" not in content


def test_a_link_within_a_link_comes_apart() -> None:
    nested = "<a href='/1'>ett <table><tr><a href='/2'>två</a><td><a href='/3'>tre</table>"
    check(document(entry(content_html=nested)))


def test_authors_and_outlet_are_named_in_every_format() -> None:
    doc = document(entry(1), entry(2, authors=()))
    outlet = "Länstidningen Exempel"
    assert [item.findtext(f"{DC}creator") for item in items(doc)] == ["Skrivare Påhittad", outlet]
    assert [item.findtext(f"{DC}publisher") for item in items(doc)] == [outlet, outlet]
    assert [one.findtext(f"{ATOM}author/{ATOM}name") for one in entries(doc)] == ["Skrivare Påhittad", outlet]
    assert json_items(doc)[1]["authors"] == [{"name": outlet}]


def test_a_picture_is_an_enclosure_when_type_and_length_are_known_and_else_media_content() -> None:
    known, unknown = document(entry(image=PICTURE)), document(entry(image=Image(url=PICTURE.url)))
    enclosure = items(known)[0].find("enclosure")
    assert enclosure is not None
    assert enclosure.attrib == {"url": PICTURE.url, "type": "image/jpeg", "length": "12345"}
    link = entries(known)[0].find(f"{ATOM}link[@rel='enclosure']")
    assert link is not None
    assert link.attrib["length"] == "12345"
    assert items(unknown)[0].find("enclosure") is None
    picture = items(unknown)[0].find(f"{MEDIA}content")
    assert picture is not None
    assert picture.get("url") == PICTURE.url
    assert json_items(unknown)[0]["image"] == PICTURE.url


def test_a_lone_feed_is_complete_and_archives_lead_to_each_other() -> None:
    lone, current = document(entry()), document(entry(), previous=2)
    middle = document(entry(), number=2, previous=1, following=3)
    for form, top in ((RSS, "channel/"), (ATOM_FORMAT, "")):
        suffix = form.suffix
        assert parsed(render(lone, form)).find(f"{top}{FH}complete") is not None
        assert parsed(render(current, form)).find(f"{top}{FH}complete") is None
        root = parsed(render(middle, form))
        assert root.find(f"{top}{FH}archive") is not None
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{top}{ATOM}link")}
        assert links["current"] == f"{BASE}tema-halsa.{suffix}"
        assert links["prev-archive"] == f"{BASE}arkiv/tema-halsa-1.{suffix}"
        assert links["next-archive"] == f"{BASE}arkiv/tema-halsa-3.{suffix}"
    assert json.loads(render(current, JSON))["next_url"] == f"{BASE}arkiv/tema-halsa-2.json"
    assert "next_url" not in json.loads(render(lone, JSON))


def test_an_entity_escaped_over_and_over_is_no_way_to_hold_us_up() -> None:
    check(document(entry(title="&" + "amp;" * 100_000 + "lt;b>", summary="<" * 100_000)))


def test_addresses_are_percent_encoded_and_hosts_in_punycode() -> None:
    doc = document(entry(url="https://örebro.example/hälsa och vård"))
    assert items(doc)[0].findtext("link") == "https://xn--rebro-iua.example/h%C3%A4lsa%20och%20v%C3%A5rd"


def test_opml_lists_every_feed_under_its_group() -> None:
    feeds = [
        Feed(id="alla", title="Alla nyheter", group=""),
        Feed(id="tema-halsa", title="Hälsa & <b>vård</b>", group="Teman"),
        Feed(id="tema-kultur", title="Kultur", group="Teman"),
    ]
    body = opml(feeds, title="Nyheter från Örebro län", base_url=BASE)
    assert opml_findings(body) == []
    outlines = [one for one in parsed(body).iter("outline") if one.get("type") == "rss"]
    assert [one.get("xmlUrl") for one in outlines] == [f"{BASE}{feed.id}.rss" for feed in feeds]
    assert outlines[1].get("text") == "Hälsa & vård"


def test_the_validator_of_these_tests_sees_what_it_is_for() -> None:
    """A check that finds nothing proves nothing: each trap of feedgen's defaults is put in and found."""
    good = render(document(entry(image=PICTURE, content_html="<p>x</p>")), RSS).decode()
    address = f"{BASE}tema-halsa.rss"
    for old, new, name in [
        ('rel="self"', 'rel="via"', "MissingSelf"),
        (address, address + "x", "SelfDoesntMatchLocation"),
        ("<language>sv<", "<language>sv_SE<", "InvalidLanguage"),
        ("+0000</pubDate>", "CET</pubDate>", "ProblematicalRFC822Date"),
        ("2026 11:00:00 +0000</pubDate>", "2027 11:00:00 +0000</pubDate>", "ImplausibleDate"),
        ("<title>Nytt samarbete", "<title>&amp;amp; Nytt", "ContainsHTML"),
        ("&lt;p&gt;", "&lt;p onclick=f&gt;", "SecurityRiskAttr"),
        ("&lt;p&gt;", "&lt;script&gt;", "SecurityRisk"),
        ("&lt;/p&gt;", "", "NotHtml"),
        ("&lt;p&gt;", "&lt;p&gt;&lt;a href='/x'&gt;y&lt;/a&gt;", "ContainsRelRef"),
        ("artikel-1/", "hälsa/", "InvalidFullLink"),
        ('length="12345"', 'length=""', "InvalidNonNegativeInteger"),
        ("<category>hälsa<", "<category><", "NotBlank"),
        ("Nytt samarbete", "\x93Nytt\x94", "BadCharacters"),
        ('isPermaLink="false"', 'isPermaLink="true"', "InvalidPermalink"),
    ]:
        assert old in good, name
        assert any(one.startswith(name) for one in findings(good.replace(old, new, 1).encode(), address, NOW)), name
