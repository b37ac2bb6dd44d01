"""Whatever bytes and markup come in, they become text that is safe to parse, keep and publish."""

from __future__ import annotations

import re

import pytest
import turbohtml
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from aggregator import markup
from aggregator.model import Reason

SWEDISH = "Åtta förskolor på Öster – ”klart”"


def depth(html: str) -> int:
    parser = LexborHTMLParser(html)
    deepest, waiting = 0, [(parser.root, 0)]
    while waiting:
        node, height = waiting.pop()
        deepest = max(deepest, height)
        if isinstance(node, LexborNode):
            waiting.extend((child, height + 1) for child in node.iter())
    return deepest


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (SWEDISH.encode("utf-8"), None),
        (b"\xef\xbb\xbf" + SWEDISH.encode("utf-8"), "text/html; charset=iso-8859-1"),
        (b"\xff\xfe" + SWEDISH.encode("utf-16-le"), None),
        (b"\xfe\xff" + SWEDISH.encode("utf-16-be"), None),
        (SWEDISH.encode("cp1252"), "text/html; charset=iso-8859-1"),
        (SWEDISH.encode("cp1252"), "text/html; charset=utf-8"),
        (b"<meta charset=windows-1252>" + SWEDISH.encode("cp1252"), None),
        (b"<meta http-equiv='Content-Type' content='text/html; charset=ISO-8859-1'>" + SWEDISH.encode("cp1252"), None),
        (SWEDISH.encode("utf-8"), "text/html; charset=iso-8859-1"),
        (SWEDISH.encode("utf-8"), "text/html; charset=no-such-thing"),
        (SWEDISH.encode("utf-8").decode("cp1252", "ignore").encode("utf-8"), "text/html; charset=utf-8"),
    ],
)
def test_swedish_text_is_read_whatever_its_label_says(body: bytes, content_type: str | None) -> None:
    text = markup.decode(body, content_type)
    assert "förskolor på Öster" in text


def test_other_alphabets_are_read_by_their_label() -> None:
    assert markup.decode("новости".encode("koi8-r"), "text/html; charset=koi8-r") == "новости"
    assert markup.decode("ニュース".encode("shift_jis"), "text/html; charset=Shift_JIS") == "ニュース"


def test_one_broken_byte_does_not_change_the_encoding_of_the_page() -> None:
    body = "<p>åäö åäö åäö".encode() + b"\xe5" + " och så vidare".encode()
    assert markup.decode(body, "text/html; charset=utf-8").count("åäö") == 3


def test_ordinary_words_with_capital_a_tilde_are_left_alone() -> None:
    assert markup.decode("SÃO PAULO, IRMÃ".encode(), None) == "SÃO PAULO, IRMÃ"


@given(st.lists(st.sampled_from(["ö", "Å", "–", "“", "plain ", "Ã", "â€", "ã", "x"]), max_size=12))
def test_text_that_was_encoded_twice_is_repaired_run_by_run(pieces: list[str]) -> None:
    twice = "".join(piece.encode().decode("cp1252") if piece in "öÅ–“" else piece for piece in pieces)
    body = f"förskolor: {'å'.encode().decode('cp1252')} och {'ä'.encode().decode('cp1252')} {twice}".encode()
    text = markup.decode(body, None)
    assert text.startswith("förskolor: å och ä ")
    if not {"Ã", "â€", "ã"} & set(pieces):
        assert text.endswith("".join(pieces))


@given(st.binary(max_size=400), st.one_of(st.none(), st.text(max_size=60)))
def test_decode_never_raises(body: bytes, content_type: str | None) -> None:
    assert isinstance(markup.decode(body, content_type), str)
    assert isinstance(markup.xml_text(body, content_type), str | Reason)


@pytest.mark.parametrize("label", ["zlib", "rot13", "idna", "unicode_escape", "undefined", "utf-7", "hex"])
def test_a_label_that_is_no_web_encoding_is_ignored(label: str) -> None:
    assert markup.decode("smörgås \\x41".encode(), f"text/html; charset={label}") == "smörgås \\x41"


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss/>',
        '<?xml version="1.0"?><!-- a comment --><!doctype rss SYSTEM "http://example.org/x.dtd"><rss/>',
        "\ufeff <!DOCTYPE html><html></html>",
    ],
)
def test_xml_with_a_doctype_is_refused(xml: str) -> None:
    assert markup.xml_text(xml.encode(), None) is Reason.NOT_PARSEABLE
    assert markup.xml_text(xml.encode("utf-16"), None) is Reason.NOT_PARSEABLE


def test_xml_without_doctype_is_read_in_its_declared_encoding() -> None:
    body = '<?xml version="1.0" encoding="ISO-8859-1"?><rss><title>Över\x07 &lt;!DOCTYPE</title></rss>'.encode(
        "latin-1"
    )
    text = markup.xml_text(body, "application/xml")
    assert isinstance(text, str)
    assert "<title>Över &lt;" in text


@given(st.text())
def test_what_is_left_is_allowed_in_xml(text: str) -> None:
    kept = markup.strip_forbidden(text)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", kept.replace("\x7f", ""))


@given(
    st.text(st.sampled_from("aå \t\n\r\x00\x0b\x1f\x7f\x80\x93\x9f\xa0\xad\ud800\udfff\ufffd\ufffe\uffff\U00010000"))
)
def test_nothing_else_is_lost(text: str) -> None:
    allowed = "aå \t\n\r\x7f\xa0\xad\ufffd\U00010000"
    meant = {"\x80": "€", "\x93": "“", "\x9f": "Ÿ"}
    expected = "".join(meant.get(char, char if char in allowed else "") for char in text)
    assert markup.strip_forbidden(text) == expected


def test_c1_controls_become_what_they_stood_for() -> None:
    assert markup.strip_forbidden("\x93Hej\x94 \x96 5 \x80 \udce5") == "“Hej” – 5 € "


MANY = 100_000
HOSTILE = {
    "open div": "<div>" * MANY,
    "open formatting": "<b><i>" * MANY,
    "formatting opened anew in every paragraph": "".join(f"<p><b id={n}>" for n in range(40_000)),
    "some formatting, many paragraphs": "".join(f"<font id={n}>" for n in range(390)) + "<p>" * MANY,
    "nested tables": "<table><tr><td>" * 30_000,
    "end tags hidden in attributes": '<div title="</div>">' * 50_000,
    "end tags hidden in comments": "<div><!-- </div> -->" * 50_000,
    "end tags that close nothing there": "<div><table></div></table>" * 40_000,
    "end tags ignored behind blocks": "<span><div></span>" * 50_000,
    "end tags ignored in templates": "<div><template></div></template>" * 30_000,
    "foreign elements": "<svg>" + "<td>" * MANY,
    "foreign text": "<svg><g><![CDATA[></g>]]>" * 40_000,
    "comments without end": "<!--" * MANY,
    "scripts without end": "<script>" * MANY,
    "quotes without end": '<a b="' * MANY,
    "svg without end": "<svg>" * MANY,
    "less-than signs": "<" * 500_000,
    "custom elements": "<x-a>" * MANY,
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_markup_is_deeper_than_the_limit_nor_grows_in_the_parser(html: str) -> None:
    capped = markup.cap_depth(html, 400)
    assert depth(capped) <= 400 * 1.5  # the parser adds a tbody to each table, and html and body
    assert len(LexborHTMLParser(capped).css("*")) <= 2_000_000
    assert len(capped) <= 5 * len(html)


def test_capping_keeps_the_text_and_the_order_of_blocks() -> None:
    html = (
        "<!doctype html><body>" + "<div>" * 900 + "<p>Först<ul><li>ett<li>två</ul><p>Sist &amp; slut" + "</div>" * 900
    )
    text = LexborHTMLParser(markup.cap_depth(html)).body
    assert text is not None
    assert text.text(separator=" ").split() == ["Först", "ett", "två", "Sist", "&", "slut"]


def test_ordinary_pages_are_returned_as_they_are() -> None:
    html = "<ul>" + "<li>punkt <b>fet</b><br>" * 3000 + "</ul>" + "<p>stycke" * 3000
    assert markup.cap_depth(html) is html


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_phrase_that_never_ends_makes_the_tree_grow_beyond_the_page(html: str) -> None:
    tree = turbohtml.parse(markup.end_phrases(html))
    assert sum(1 for _ in tree.descendants) <= len(html)


def test_a_page_of_ordinary_phrases_is_returned_as_it_is() -> None:
    html = "".join(f"<p>stycke <i class='a'>kursivt {n}</i> <font color=red>rött</font>" for n in range(900))
    assert markup.end_phrases(html) is html


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("a<script>if (1 < 2) '<p>no</p>'</script >b<style>p > a {}</style>c", "abc"),
        ("a<svg viewBox='0 0 1 1'><path d='M0'/></svg>b", "ab"),
        ("a<script src='x'></script><script>b", "a<script>b"),
        ('<script type="application/ld+json">{"a": "<b>"}</script>', None),
        ("<svg/>a<svg><g/></svg>b", "<svg/>ab"),
        ("<svg width=1 />a<svg><g/></svg>b", None),
        ("<!-- <script> -->a<script>no</script>b", "<!-- <script> -->ab"),
        ("<script>no</SCRIPT>a<script>no</script>b", "<script>no</SCRIPT>ab"),
        ("<script>'<!--<script></script>' no --></script>a", None),
        ('<script a=">">no</script>b', None),
        ('<p title="<script>">a<script>no</script>b', None),
        ("<svg><svg></svg>no</svg>a", None),
        ("<scripts>a</scripts>", None),
    ],
)
def test_scripts_styles_and_drawings_are_cut_where_their_end_is_plain(body: str, left: str | None) -> None:
    assert markup.without_scripts(body.encode()) == (body if left is None else left).encode()


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_never_ends_is_left_to_the_parser(html: str) -> None:
    assert markup.without_scripts(html.encode()) == html.encode()


PIECES = [
    *("<script>", "<script src='a'>", "<script type='application/ld+json'>", "</script>", "</script >", "</SCRIPT>"),
    *(
        "<SCRIPT>",
        "<!--",
        "-->",
        "--!>",
        "<!-->",
        "<style>",
        "</style>",
        "<svg>",
        "<svg/>",
        "</svg>",
        "<g>",
        "<p>",
        "</p>",
    ),
    *("<b>", "</b>", "ord ", '"', "'", "<", "->"),
]


@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=12,
    ).filter(lambda pieces: "<svg>" not in pieces or not {"<p>", "<b>", "</p>"}.intersection(pieces))
)
@settings(max_examples=400)
def test_what_is_cut_changes_nothing_that_is_read(pieces: list[str]) -> None:
    """Paragraphs break out of drawings (section 13.2.6.5), which no page that means it has."""
    html = "".join(pieces)
    assert read_text(markup.without_scripts(html.encode()).decode()) == read_text(html)


def read_text(html: str) -> str:
    tree = turbohtml.parse(html)
    tree.remove("script, style, svg")
    return "".join(tree.text.split())


def test_sanitise_keeps_what_readers_need() -> None:
    html = (
        '<h1>Rubrik</h1><p onclick="x()">Text <a href="/nyhet" style="color:red">länk</a></p><ul><li>ett</ul>'
        '<blockquote>citat</blockquote><figure><img src="bild.jpg" alt="En bild" onerror="x()"><figcaption>Bildtext'
        "</figcaption></figure><table><tr><td colspan=2>cell</table>"
    )
    clean = markup.sanitise(html, "https://example.org/mapp/sida")
    assert '<a href="https://example.org/nyhet"' in clean
    assert 'src="https://example.org/mapp/bild.jpg" alt="En bild"' in clean
    assert "<h2>Rubrik</h2>" in clean
    assert clean.count("<li>") == clean.count("</li>") == 1
    assert "onclick" not in clean
    assert "style" not in clean


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<iframe src=//evil.example></iframe>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' &#x6a;avascript:alert(1)'>x</a>",
        "<img src='data:image/svg+xml;base64,AAAA'>",
        "<svg><script>alert(1)</script></svg>",
        "<style>p{background:url(javascript:alert(1))}</style>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    ],
)
def test_sanitise_leaves_nothing_that_runs(html: str) -> None:
    clean = markup.sanitise(f"<p>före</p>{html}<p>efter", "https://example.org/").lower()
    assert "före" in clean
    assert not re.search(r"<script|<iframe|<style|javascript:|data:|<svg|<[^>]*\son\w+=", clean)


@given(
    st.text(alphabet="<>/=\"' abpdiv!-&;x", max_size=200),
    st.sampled_from(["https://example.org/", "", "x:", "http://["]),
)
def test_sanitise_and_plain_never_raise(html: str, base: str) -> None:
    markup.sanitise(html, base)
    assert "<script" not in markup.plain(html)


def test_without_a_base_relative_addresses_are_dropped_and_absolute_ones_kept() -> None:
    clean = markup.sanitise('<a href="/a">b</a><img src="c.png" alt="d"><a href="https://e.example/">f</a>', None)
    assert 'href="/a"' not in clean
    assert "c.png" not in clean
    assert 'href="https://e.example/"' in clean


def test_plain_gives_blocks_on_lines() -> None:
    html = "<h2>Rubrik</h2><p>Ett  stycke\nmed <b>fet</b>stil &amp; mer<br>ny rad<script>x</script><!-- x --><li>a<li>b"
    assert markup.plain(html) == "Rubrik\nEtt stycke med fetstil & mer\nny rad\na\nb"


@settings(max_examples=50)
@given(st.text(max_size=400), st.integers(min_value=10, max_value=300))
def test_shortened_text_fits_and_is_the_beginning(text: str, limit: int) -> None:
    short = markup.shorten(text, limit)
    assert len(short) <= limit
    assert " ".join(text.split()).startswith(short.removesuffix("…"))


def test_text_is_shortened_at_a_word() -> None:
    assert markup.shorten("Regionen bygger en ny vårdcentral i Lindesberg", 25) == "Regionen bygger en ny…"
    assert markup.shorten("Regionen bygger", 25) == "Regionen bygger"
