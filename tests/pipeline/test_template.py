"""What a site repeats on its pages stays out of its articles, and learning it changes no article."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from aggregator.model import Hints
from tests.extract.frames import Site as Frames
from tests.site import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.pipeline.conftest import House
    from tests.site import Site

    Build = Callable[..., House]


def show(site: Site, frames: Frames, numbers: range, at: int) -> None:
    """Put stories on the site as they look when story ``at`` is the newest, and the front page with them."""
    for number in numbers:
        site.pages[f"/nyheter/{number}-sida"] = Page(frames.page(number, at))
    lines = "".join(
        f"<li class='teaser'><h2><a href='/nyheter/{n}-sida'>{frames.stories[n].title}</a></h2></li>"
        for n in reversed(numbers)
    )
    front = f"<!doctype html><title>Bladet</title><main><ul>{lines}</ul></main>"
    site.pages["/nyheter/"] = Page(front.encode())


def texts(house: House) -> dict[str, str]:
    return {kept.article.title: kept.article.text for kept in house.articles()}


def own(frames: Frames, numbers: range) -> dict[str, str]:
    return {frames.stories[n].title: "\n\n".join(frames.stories[n].paragraphs) for n in numbers}


@pytest.mark.parametrize("theme", ["bare", "cards"])
def test_the_first_turn_and_those_after_it_keep_each_storys_own_text(build: Build, theme: str) -> None:
    house, frames = build(), Frames(theme, seed=11)
    show(house.sites[0], frames, range(14), 13)
    house.crawl(0)
    assert texts(house) == own(frames, range(14))
    show(house.sites[0], frames, range(15), 14)
    house.crawl(2)
    assert texts(house) == own(frames, range(15))


@pytest.mark.parametrize("theme", ["ticker", "glued"])
def test_an_article_gets_no_version_because_the_template_was_learned_later(build: Build, theme: str) -> None:
    """One page tells nothing of the site; when later pages do, what changed on the first is only its frame."""
    house, frames = build(), Frames(theme, seed=12)
    show(house.sites[0], frames, range(8, 9), 8)
    house.crawl(0)
    (first,) = house.articles()
    show(house.sites[0], frames, range(8, 20), 19)
    report = house.crawl(2)
    assert report.counts.updated == 0
    kept = next(kept for kept in house.articles() if kept.article.title == first.article.title)
    assert (kept.article.text, kept.versions, kept.updated_at) == (first.article.text, (), first.updated_at)
    assert report.counts.new == 11


def test_an_article_that_its_outlet_changed_gets_a_version_without_the_frame(build: Build) -> None:
    house, frames = build(), Frames("ticker", seed=13)
    show(house.sites[0], frames, range(8, 9), 8)
    house.crawl(0)
    story = frames.stories[8]
    frames.stories[8] = replace(story, paragraphs=(*story.paragraphs, "Texten är utökad med en mening som är ny."))
    show(house.sites[0], frames, range(8, 20), 19)
    report = house.crawl(2)
    assert report.counts.updated == 1
    assert texts(house) == own(frames, range(8, 20))


def test_a_paragraph_that_its_outlet_takes_back_is_noticed_under_a_frame_that_moved(build: Build) -> None:
    house, frames = build(), Frames("glued", seed=16)
    show(house.sites[0], frames, range(12), 11)
    house.crawl(0)
    story = max(frames.stories[:12], key=lambda each: len(each.paragraphs))
    frames.stories[story.number] = replace(story, paragraphs=story.paragraphs[:-1])
    show(house.sites[0], frames, range(13), 12)
    assert house.crawl(2).counts.updated == 1
    assert texts(house) == own(frames, range(13))


def test_a_new_hint_reaches_pages_whose_frame_alone_moved(build: Build) -> None:
    house, frames = build(), Frames("ticker", seed=14)
    show(house.sites[0], frames, range(12), 11)
    house.crawl(0)
    story = max(frames.stories[:12], key=lambda each: len(each.paragraphs))
    hinted = replace(house.config.sources[0], hints=Hints(end_at=(story.paragraphs[2],)))
    house.config = replace(house.config, sources=(hinted,))
    show(house.sites[0], frames, range(12), 12)
    house.crawl(4)
    assert texts(house)[story.title] == "\n\n".join(story.paragraphs[:2])


def test_a_run_with_nothing_new_asks_for_no_kept_page(build: Build) -> None:
    """No page to read, none to learn from: the listing's one conditional request is all, as before."""
    house, frames = build(), Frames("ticker", seed=15)
    show(house.sites[0], frames, range(12), 11)
    house.crawl(0)
    house.sites[0].forget()
    house.crawl(1)
    assert house.sites[0].asked() == [("/nyheter/", 304)]
