"""discover: whatever a server sends, reading it gives a Listing or a Rejection, and never an exception."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from aggregator import discover
from aggregator.model import Listing, Probe, Rejection, Request, SourceKind
from tests.discover import test_feeds, test_page, test_police, test_sitemaps, test_wordpress
from tests.discover.shapes import NOW, page, snapshot, source

SEEDS = [
    test_feeds.rss(test_feeds.ITEM, "<ttl>5</ttl><skipHours><hour>3</hour></skipHours>"),
    json.dumps({"items": [{"id": 1, "url": "/a", "title": "x", "authors": [{"name": "z"}], "tags": ["a"]}]}),
    test_sitemaps.GENERAL,
    test_sitemaps.INDEX,
    json.dumps([test_police.event()]),
    json.dumps([test_wordpress.post(1)]),
    json.dumps({"body": [{"id": 1}], "headers": {"X-WP-Total": 5}}),
    page("https://a.example/", test_page.MAX_MAG),
    page("https://a.example/", test_page.CARDS),
]
SPLINTERS = st.sampled_from(
    [b"<![CDATA[", b"<!", b"<?", b"&#x110000;", b"\x00", b"\xff", b"<!--", b"<loc>", b"http://[::1", b"//", b"[[[[",
     b'<a href="http://[x">', b'<base href="http://[">', b"null", b"1e999", b"-1", b"<rss>", b"</item>", b'"\\ud800"',
     b'<time datetime="0001-01-01">', b"\xed\xa0\x80", b"9999-12-31T23:59:59-14:00", "²³ maj 2024".encode(), b"<table>"]
)  # fmt: skip
MEMORIES = st.sampled_from(
    [
        {},
        {"pages_left": "3"},
        {"queue": "[", "backlog": "x", "grown": "q"},
        {"queue": '["http://[",3]'},
        {"total": "-5"},
    ]
)
ADDRESSES = st.sampled_from(
    [
        "https://a.example/",
        "https://a.example/kommun/nora/?modified_after=3&page=q",
        "http://[::1]/wp-json/?after=1&page=9",
    ]
)
PURPOSES = st.sampled_from(["listing", "signal", "child", "alternate"])
KINDS = st.sampled_from([kind for kind in SourceKind if kind is not SourceKind.PROJECTS])


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """A real answer with pieces cut out, moved in, and put beside it; or plain noise."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=300))
    body = draw(st.sampled_from(SEEDS)).encode()
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, len(body)))
        gap = draw(st.integers(0, 60))
        body = body[:place] + draw(SPLINTERS) * draw(st.sampled_from([0, 1, 1, 40])) + body[place + gap :]
    return body[: draw(st.sampled_from([None, None, len(body) // 2]))]


@given(bodies(), KINDS, PURPOSES, ADDRESSES, MEMORIES)
def test_no_answer_raises(body: bytes, kind: SourceKind, purpose: str, url: str, memory: dict[str, str]) -> None:
    asked = source(url, kind, branches=("sv", "en"))
    got = snapshot(url, body, {"link": '<http://[>; rel="https://api.w.org/"', "x-wp-totalpages": "²"})
    probe = Probe(kind=kind, request=Request(url=url), purpose=purpose, endpoint=url)
    result = discover.read(probe, got, asked, memory=memory, now=NOW)
    assert isinstance(result, Listing | Rejection)
    if isinstance(result, Listing):
        assert all(link.url.startswith("http") for link in result.links)
    assert discover.probes(asked, got, ("http://[",))
