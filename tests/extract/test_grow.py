"""Our tree is the one that a browser's parser makes: what is open, what is text, whatever way the tags are written."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from aggregator.extract.grow import DEEPEST, grow

WELL_TOLD = [
    "before<p>one<p>two<div>three</div>four",
    "<ul><li>one<li>two<ul><li>in</ul><li>three</ul>after",
    "<dl><dt>a<dd>b<dt>c<dd>d</dl>",
    "<table><tr><td>a<td>b<tr><th>c</table>d",
    "<table><tbody><tr><td><table><tr><td>in</table>out<td>next</table>",
    "<p>a<b>b<i>c</i></b>d</p>e</p>f",
    "<h2>a<h3>b</h2>c",
    "<a href=x>one<a href=y>two</a>three",
    '<p title="a > b" class="c">text</p>',
    "<p title='a < b > c'>text</p>",
    '<p data-x=\'{"a": "<b>"}\' id="i">text</p>',
    "<DIV CLASS='Big Small' ID=x>text</DIV >more",
    '<div\n  class="a"\n>text</div\n>',
    "a < b &amp; c &lt; d &aring;<br/>e",
    "a<!-- <p>no</p> -->b<!-->c<!doctype x>d",
    "<script>if (a < b) '<p>no</p>'</script>after<style>p > a {}</style><textarea><p>no</textarea>end",
    "<div><span>one</div>two</span>three",
    "<div></p><br></br>x</div></section></div>y",
    "<td>no table</td><tr>here",
    "<body class=first><p>a</body><p>b<body class=second>",
    "<main><article><header><h1>T</h1></header><section>a</section></article></main>",
    "<p><a href=/x>one</a> two <em>three</em>",
    "<p>a<hr>b<p>c<img src=x>d",
]
PASSED_OVER = [
    "<p>a<svg><path d='M'/><g><text>no</text></g></svg>b",
    "<p>a</p><button><span>no</span></button><p>b",
    "<div>a<noscript><p>no</p></noscript>b</div>",
    '<div hidden><p>no<div>no</div></div><p style="color:red; display: none">no</p><p>b',
    "<select><option>no<option>no</select>b",
    "<ul><li hidden>no<li>b</ul>c",
    "<div><button>no</div>b",
]


def _lexbor(html: str) -> list[tuple[str, str, str, str]]:
    body = LexborHTMLParser(html).body
    assert body is not None
    return [
        (
            node.tag or "",
            (node.parent.tag if node is not body and node.parent else "") or "",
            *_named(node),
            _own(node),
        )[:4]
        for node in body.css("*")
        if node.tag not in ("script", "style", "textarea")
    ]


def _named(node: LexborNode) -> tuple[str]:
    return (f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}".strip().lower(),)


def _own(node: LexborNode) -> str:
    return "".join(
        "".join(kid.text_content or "" for kid in node.iter(include_text=True) if kid.tag == "-text").split()
    )


def _ours(html: str) -> list[tuple[str, str, str, str]]:
    return [
        (
            node.tag,
            node.parent.tag if node.parent else "",
            node.marks.strip(),
            "".join("".join(kid for kid in node.kids if isinstance(kid, str)).split()),
        )
        for node in grow(html).order
    ]


@pytest.mark.parametrize("html", WELL_TOLD)
def test_the_tree_is_that_of_a_parser(html: str) -> None:
    expected = [(tag, "" if tag == "body" else parent, named, own) for tag, parent, named, own in _lexbor(html)]
    assert _ours(html) == expected


@pytest.mark.parametrize("html", PASSED_OVER)
def test_what_is_never_text_is_passed_over_and_the_rest_is_read(html: str) -> None:
    text = grow(html).order[0].text()
    assert "no" not in text
    assert "b" in text


def test_what_a_button_in_a_heading_opens_is_text_and_so_is_its_name() -> None:
    folded = (
        "<h2><button aria-controls=a aria-expanded=false>Var?<svg><path></svg></button></h2><div id=a hidden>här</div>"
        "<h3>När? <button aria-controls=b>+</button></h3><div id=b style='display: none'>nu</div>"
        "<div id=c hidden>nej</div><button aria-controls=d>Sök</button><div id=d hidden>nej</div>"
    )
    assert grow(folded).order[0].text() == "Var? här När? + nu"


@pytest.mark.parametrize(
    ("markup", "tag"),
    [
        ("<div role=heading aria-level=1>Rubrik</div>", "h1"),
        ("<p role=heading aria-level=3>Rubrik</p>", "h3"),
        ("<div role=heading>Rubrik</div>", "h2"),
        ("<div role=heading aria-level=12>Rubrik</div>", "h2"),
        ("<li role=heading aria-level=1>Rubrik</li>", "li"),
    ],
)
def test_a_heading_by_its_role_is_one(markup: str, tag: str) -> None:
    assert [node.tag for node in grow(markup).order if node.text() == "Rubrik"][-1] == tag


def test_what_speaks_of_the_page_is_kept_wherever_it_stands() -> None:
    told = grow(
        '<html lang=sv><head><title>A &amp; B</title><meta name="x" content="y">'
        '<script type="application/ld+json">{"a": "<b>"}</script><script>var a</script></head>'
        "<body><svg><title>no</title></svg><div hidden><link rel=Canonical href=/z></div><p>text"
    ).told
    assert [(element.tag, element.text) for element in told] == [
        ("html", told[0].text),
        ("title", "A & B"),
        ("meta", ""),
        ("script", '{"a": "<b>"}'),
        ("link", ""),
    ]
    assert told[0].attr("lang") == "sv"


def test_places_and_ends_tell_what_lies_in_what_however_broken_the_page() -> None:
    chance = random.Random(3)  # noqa: S311 - the same pages each time
    names = [
        "p",
        "div",
        "li",
        "ul",
        "a",
        "b",
        "table",
        "tr",
        "td",
        "h2",
        "span",
        "button",
        "svg",
        "form",
        "section",
        "br",
    ]
    for _ in range(300):
        tags = (f"<{chance.choice(('', '/'))}{chance.choice(names)}>x" for _ in range(60))
        order = grow("".join(tags)).order
        assert [node.place for node in order] == list(range(len(order)))
        assert all(kid.within(node) for node in order for kid in node.kids if not isinstance(kid, str))
        assert all(above.parent is None or above.within(above.parent) for above in order)


def test_nothing_nests_deeper_than_the_limit_and_no_text_is_lost() -> None:
    order = grow("<div>a" * 5000 + "</div>" * 5000).order
    assert max(node.depth for node in order) == DEEPEST
    assert order[0].chars == 5000


@pytest.mark.parametrize(
    "unit", ["<b>", "<a><div>", "</p>", "<table>", '<a "', "<!--", "<svg>", "<button><i>", "<p a='<"]
)
def test_work_is_linear_in_the_length_of_a_page(unit: str) -> None:
    sizes = [len(grow(unit * times).order) for times in (500, 1000, 2000)]
    assert all(more <= 2 * less + DEEPEST for less, more in pairwise(sizes))


def test_menus_and_lists_of_other_stories_are_one_element_with_their_text() -> None:
    html = "<nav><ul><li><a href=/>Start</a></ul></nav><p>Text" + " ord" * 200 + '<div class="sidebar"><p>Annat</div>'
    growth = grow(html)
    assert [(node.tag, node.text()[:5], node.linked) for node in growth.order[1:]] == [
        ("nav", "Start", 5),
        ("p", "Text ", 0),
        ("div", "Annat", 0),
    ]
    assert [node.tag for node in grow(html, whole=True).order] == ["body", "nav", "ul", "li", "a", "p", "div", "p"]


@pytest.mark.parametrize("inside", ["<h1>Rubrik</h1><p>Text", "<p>" + "En mening som är lång. " * 40, "<p>Text<!--"])
def test_what_only_seemed_to_be_a_sidebar_is_read_whole(inside: str) -> None:
    order = grow(f'<div class="sidebar">{inside}</div>').order
    assert "p" in [node.tag for node in order]


@pytest.mark.parametrize("name", ["site-menu", "shareButtons", "cookie-banner", "footer-links", "navbar"])
def test_the_frame_of_a_site_is_one_element_each_unless_it_may_hold_what_the_article_says_of_itself(name: str) -> None:
    text = "<p>" + "En mening som är lång. " * 40
    frame = f'<div class="{name}"><span>Dela <a href=/>Start</a></span></div>{text}'
    assert [node.tag for node in grow(frame).order] == ["body", "div", "p"]
    dated = f'<div class="{name}"><span>Dela <time>2024-05-06</time></span></div>{text}'
    assert [node.tag for node in grow(dated).order] == ["body", "div", "span", "time", "p"]


def test_what_ends_an_article_is_no_frame() -> None:
    html = "<p>" + "En mening som är lång. " * 40 + '</p><div class="article-footer"><span>Källa: Kumla</span></div>'
    assert [node.tag for node in grow(html).order] == ["body", "p", "div", "span"]


def test_where_a_sidebar_is_the_text_the_menus_stay_one_element_each() -> None:
    text = "<p>" + "En mening som är lång. " * 40
    html = f'<nav><a href=/>Start</a></nav><div class="sidebar"><div class="related">{text}</div></div>'
    assert [node.tag for node in grow(html).order] == ["body", "nav", "div", "div", "p"]
