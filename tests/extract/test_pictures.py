"""The picture is the one that the story is shown with."""

from __future__ import annotations

import pytest

from aggregator.extract import extract
from aggregator.model import Article
from tests.extract import shapes

HEAD = '<meta property="og:image" content="https://cdn.example.org/delning-logga.jpg">'


def picture(figure: str, head: str = HEAD) -> str | None:
    page = (
        f"<html><head>{head}</head><body><main><article><h1>{shapes.TITLE}</h1>{figure}{shapes.body()}"
        "</article></main></body></html>"
    )
    found = extract(page.encode(), "https://www.example.org/nyhet/")
    assert isinstance(found, Article), found
    return found.image_url


def test_the_widest_rendition_of_the_picture_by_the_headline_is_taken() -> None:
    figure = '<figure><img src="/a/liten.jpg" srcset="/a/liten.jpg 320w, /a/stor.jpg 1280w"></figure>'
    assert picture(figure) == "https://www.example.org/a/stor.jpg"


def test_the_file_for_sharing_is_taken_where_it_is_the_one_shown() -> None:
    head = '<meta property="og:image" content="https://cdn.example.org/1200/bild.jpg">'
    assert picture('<figure><img src="/600/bild.jpg"></figure>', head) == "https://cdn.example.org/1200/bild.jpg"


def test_portraits_icons_and_other_stories_pictures_are_not_the_storys() -> None:
    others = (
        '<div class="author-box"><img src="/anna.jpg"></div><img src="/icons/print.png"><img src="/logo.svg">'
        '<a href="/annan-nyhet/"><img src="/annan.jpg"></a><img src="/liten.jpg" width="80">'
    )
    assert picture(others) == "https://cdn.example.org/delning-logga.jpg"


def test_a_page_without_any_picture_has_none() -> None:
    assert picture("", head="") is None
    assert picture('<img src=""><img srcset=", ,">', head='<meta property="og:image" content="">') is None


@pytest.mark.parametrize(
    "figure",
    [
        '<img src="/tom.gif" data-src="/a/bild.jpg">',
        '<img src="data:image/svg+xml;base64,AAA" data-lazy-src="/a/bild.jpg">',
        '<img data-original="/a/bild.jpg" src="">',
        '<img data-srcset="/a/bild-400.jpg 400w, /a/bild.jpg 1200w" src="data:image/gif;base64,R0">',
        '<img src="https://statistik.example/pixel.gif" width="1" height="1"><img src="/a/bild.jpg">',
    ],
)
def test_a_picture_that_loads_late_is_taken(figure: str) -> None:
    assert picture(figure, "") == "https://www.example.org/a/bild.jpg"


def test_a_picture_that_only_a_link_names_is_taken() -> None:
    assert picture("", '<link rel="image_src" href="/a/bild.jpg">') == "https://www.example.org/a/bild.jpg"
