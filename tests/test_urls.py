"""Which addresses are equal."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator import urls

URLISH = st.text(alphabet=st.sampled_from("htps:/\\.@[]%?#&=-_~aZ09å\udc00 \t\x00：１２7xn"), max_size=60)
ANY = st.one_of(st.text(), URLISH, URLISH.map("http://".__add__), st.text().map("https://example.se/".__add__))


@given(ANY, ANY, st.lists(st.text(max_size=5), max_size=3))
def test_no_text_makes_any_function_raise(one: str, two: str, patterns: list[str]) -> None:
    urls.resolve(one, two)
    urls.host(one)
    urls.host_port(one)
    urls.same_site(one, two)
    urls.clean(one, drop_query=patterns)
    urls.key(one, branches=patterns, drop_query=patterns)
    urls.prefer_branch(one, patterns)


@given(ANY)
def test_cleaning_is_idempotent_and_gives_ascii_that_the_standard_library_reads_alike(text: str) -> None:
    once = urls.clean(text, drop_query=["E-*=*"])
    assert urls.clean(once, drop_query=["E-*=*"]) == once
    whole = urls.parts(text)
    if whole is not None:
        assert once.isascii()
        assert urlsplit(once).hostname == whole.host


@given(ANY, ANY)
def test_what_resolves_is_an_absolute_address_that_resolves_to_itself(base: str, href: str) -> None:
    found = urls.resolve(base, href)
    if found is not None:
        assert found.startswith(("http://", "https://"))
        assert urls.resolve("https://other.example/", found) == found


@given(st.text(alphabet="/.;\\:@%[]ab2Eå", max_size=20))
def test_a_reference_is_joined_as_the_standard_library_joins_it(href: str) -> None:
    base = "https://user@www.example.se:8080/a/b;c?d"
    try:
        whole = urls.parts(urljoin(base, f"/{href}".replace("\\", "/")))
    except ValueError:
        whole = None
    assert urls.resolve(base, f"/{href}") == (None if whole is None else whole.text())


@given(ANY)
def test_the_key_of_a_cleaned_address_is_the_key_of_the_address(text: str) -> None:
    assert urls.key(urls.clean(text)) == urls.key(text)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/nyheter/", "https://www.example.se/nyheter/"),
        ("slug", "https://www.example.se/a/slug"),
        ("../slug?x=1#del", "https://www.example.se/slug?x=1#del"),
        ("//annan.example/x", "https://annan.example/x"),
        ("?sida=2", "https://www.example.se/a/b?sida=2"),
        ("#topp", "https://www.example.se/a/b#topp"),
        ("", "https://www.example.se/a/b"),
        ("  /hälsa och vård\n ", "https://www.example.se/h%C3%A4lsa%20och%20v%C3%A5rd"),
        ("\\nyheter\\x?a=\\b", "https://www.example.se/nyheter/x?a=%5Cb"),
        ("HTTP://Örebro.Example/", "http://xn--rebro-iua.example/"),
        ("http:/\\annan.example", "http://annan.example/"),
        ("mailto:red@example.se", None),
        ("MAILTO:red@example.se", None),
        ("javascript:void(0)", None),
        (" java\nscript:alert(1)", None),
        ("data:text/html,hej", None),
        ("tel:019-10 00 00", None),
        ("ftp://example.se/", None),
        ("http://[::1", None),
        ("http://exa mple.se/", None),
        ("http://", None),
        ("http://example.se:99999/", None),
        ("http://example.se:0/", None),
        ("http://example.se:8a/", None),
        ("http://256.1.1.1/", None),
        ("x" * 9000, None),
    ],
)
def test_a_link_resolves_as_a_browser_would_or_to_nothing(href: str, expected: str | None) -> None:
    assert urls.resolve("https://www.example.se/a/b", href) == expected


def test_a_link_on_a_page_without_a_usable_address_resolves_only_if_it_is_absolute() -> None:
    assert urls.resolve("about:blank", "/x") is None
    assert urls.resolve("https://example.se/a#b", "") == "https://example.se/a"
    assert urls.resolve("", "https://example.se/x") == "https://example.se/x"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://WWW.Example.SE:443/A/b/", "https://www.example.se/A/b/"),
        ("http://example.se", "http://example.se/"),
        ("http://example.se:443/", "http://example.se:443/"),
        ("https://example.se./x", "https://example.se/x"),
        ("https://example.se/x#kommentarer", "https://example.se/x"),
        ("https://example.se/x?", "https://example.se/x"),
        ("https://example.se/x?utm_source=a&id=7&FBCLID=b&UTM_Medium=c", "https://example.se/x?id=7"),
        ("https://example.se/x?b=2&a=1", "https://example.se/x?b=2&a=1"),
        ("https://example.se/%7Ered/%e5%a4", "https://example.se/~red/%E5%A4"),
        ("https://example.se/100%", "https://example.se/100%25"),
        ("https://example.se/a/./b/../c/%2e%2e/d", "https://example.se/a/d"),
        ("https://example.se/a%2Fb", "https://example.se/a%2Fb"),
        ("https://example.se/a//b", "https://example.se/a//b"),
        ("https://example.se/energi--och---klimat/", "https://example.se/energi--och---klimat/"),
        ("https://örebro.example/vård?q=å", "https://xn--rebro-iua.example/v%C3%A5rd?q=%C3%A5"),
        ("http://[2001:DB8:0:0::1]:8080/", "http://[2001:db8::1]:8080/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://0177.0.0.1/", "http://127.0.0.1/"),
        ("http://１２７.0.0.1/", "http://127.0.0.1/"),
        ("https://en:tva@example.se/", "https://en:tva@example.se/"),
        (" inte en adress ", "inte en adress"),
    ],
)
def test_cleaning_gives_the_normal_form(url: str, expected: str) -> None:
    assert urls.clean(url) == expected


@pytest.mark.parametrize(
    ("url", "drop", "expected"),
    [
        ("https://x.example/n/?E-20583=20583", ["E-*"], "https://x.example/n/"),
        ("https://x.example/n/?E-20583=20583&sida=2", ["E-*=*"], "https://x.example/n/?sida=2"),
        ("https://x.example/?sv.target=12.a&sv.12.a.route=/&id=3", ["sv.*"], "https://x.example/?id=3"),
        ("https://x.example/?e-post=ja", ["E-*"], "https://x.example/?e-post=ja"),
        ("https://x.example/?mobilmeny=1", ["mobilmeny"], "https://x.example/"),
    ],
)
def test_query_keys_that_name_a_view_are_dropped_by_glob(url: str, drop: list[str], expected: str) -> None:
    assert urls.clean(url, drop_query=drop) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.orebronyheter.example/slug/", "http://orebronyheter.example/slug"),
        ("https://m.example.se/slug", "https://www.example.se/slug/"),
        ("https://example.se/slug/embed/", "https://example.se/slug"),
        ("https://example.se/slug/amp", "https://example.se/slug?amp"),
        ("https://example.se/slug?outputType=amp", "https://example.se/slug#del"),
        ("https://example.se/slug?_=1732300000", "https://example.se/slug?_=1732300001"),
        ("https://example.se/slug;jsessionid=0AF3.n1?a=1", "https://example.se/slug?a=1&PHPSESSID=7"),
        ("https://example.se/slug?a=1&b=2", "https://example.se/slug?b=2&a=1&fbclid=x"),
        ("https://www.region.example/sv/aktuellt/nytt/", "https://www.region.example/en/aktuellt/nytt"),
        ("https://www.region.example/sv-ll/aktuellt/nytt/", "https://www.region.example/SV/aktuellt/nytt"),
        ("https://www.region.example/sv/", "http://region.example/de"),
    ],
)
def test_addresses_of_one_article_have_one_key(one: str, other: str) -> None:
    branches = ["sv", "en", "de", "sv-ll"]
    assert urls.key(one, branches=branches) == urls.key(other, branches=branches)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.se/liv--halsa", "https://example.se/liv-halsa"),
        ("https://example.se/Slug", "https://example.se/slug"),
        ("https://example.se/?p=1", "https://example.se/?p=2"),
        ("https://example.se:8080/a", "https://example.se/a"),
        ("https://nyheter.example.se/a", "https://example.se/a"),
        ("https://example.se/embed", "https://example.se/"),
        ("https://example.se/svar/a", "https://example.se/a"),
    ],
)
def test_addresses_of_different_articles_keep_different_keys(one: str, other: str) -> None:
    assert urls.key(one, branches=["sv"]) != urls.key(other, branches=["sv"])


def test_the_preferred_branch_takes_the_place_of_another_and_nothing_else_moves() -> None:
    branches = ["sv", "en", "sv-ll"]
    url = "https://region.example/sv-ll/aktuellt/liv--halsa/?x=1"
    assert urls.prefer_branch(url, branches) == "https://region.example/sv/aktuellt/liv--halsa/?x=1"
    assert urls.prefer_branch("https://region.example/en", branches) == "https://region.example/sv"
    assert urls.prefer_branch("https://region.example/enkelt/", branches) == "https://region.example/enkelt/"
    assert urls.prefer_branch(url, []) == url


def test_the_unit_of_politeness_is_scheme_host_and_port() -> None:
    assert urls.host("HTTPS://Example.se/x") == "https://example.se:443"
    assert urls.host("http://[::1]:8080/x") == "http://[::1]:8080"
    assert urls.host("mailto:x@example.se") == ""


def test_one_site_is_one_host_but_for_www_and_scheme_and_its_port() -> None:
    assert urls.same_site("https://www.example.se/a", "http://example.se/b")
    assert not urls.same_site("http://127.0.0.1:8001/", "http://127.0.0.1:8002/")
    assert not urls.same_site("https://nyheter.example.se/", "https://example.se/")
    assert not urls.same_site("x", "x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("localhost:8000", ("localhost", 8000)),
        (" 127.0.0.1:80 ", ("127.0.0.1", 80)),
        ("[::1]:8080", ("::1", 8080)),
        ("Örebro.example:81", ("xn--rebro-iua.example", 81)),
        ("localhost", None),
        ("::1:80", None),
        ("localhost:http", None),
        (":80", None),
        ("", None),
    ],
)
def test_a_setting_names_a_host_and_its_port_exactly(text: str, expected: tuple[str, int] | None) -> None:
    assert urls.host_port(text) == expected
