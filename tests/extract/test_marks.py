"""What class names say of a place."""

from __future__ import annotations

import time

import pytest

from aggregator.extract import marks


@pytest.mark.parametrize(
    "name",
    [
        "related-posts",
        "article__related_posts",
        "articleRelatedPosts",
        "relatedposts2",
        "RelatedPosts-module_list__x1Y",
    ],
)
def test_a_name_is_read_part_by_part_however_it_is_divided(name: str) -> None:
    assert marks.says(name) & marks.ASIDE
    assert marks.says(name) & marks.OTHERS


@pytest.mark.parametrize("name", ["faktaruta", "fakta-ruta", "faktaRuta", "sida__fakta_ruta--bred"])
def test_a_hyphen_of_the_lists_may_be_there_or_not(name: str) -> None:
    assert marks.says(name) & marks.ASIDE


@pytest.mark.parametrize("name", ["shareholders", "navet", "badge-reklamation", "context-box", "sc-aNavIx", "x-adB2"])
def test_a_part_of_a_word_says_nothing(name: str) -> None:
    assert not marks.says(name) & marks.ASIDE


@pytest.mark.parametrize(
    "name",
    ["article-has-inline-image", "stycke--no-caption", "text_with_video", "stycke-without-share", "rutaHasVideoBelow"],
)
def test_a_state_tells_how_a_thing_looks_and_not_what_it_is(name: str) -> None:
    assert not marks.says(name) & marks.ASIDE


def test_what_is_not_printed_is_no_state() -> None:
    assert marks.says("no-print") & marks.AROUND
    assert marks.says("related-has-image") & marks.AROUND


def test_a_wrapper_that_page_builders_put_around_everything_says_nothing() -> None:
    assert not marks.says("elementor-widget elementor-widget-text-editor w-embed") & marks.ASIDE
    assert marks.says("widget elementor-widget-gallery") & marks.BOX


@pytest.mark.parametrize(
    ("name", "flag"),
    [
        ("articleBody", marks.BODY),
        ("c-article__body-text", marks.BODY),
        ("artikelIngress", marks.LEAD),
        ("publiceringsdatum", marks.DATE),
        ("articleByline", marks.BYLINE),
        ("sektion-etikett", marks.LABEL),
        ("storTeaser", marks.TEASER),
    ],
)
def test_a_name_promises_text_lead_date_writer_label_or_teaser(name: str, flag: int) -> None:
    assert marks.says(name) & flag


@pytest.mark.parametrize("piece", ["Abc", "hover", "comment-", "-", "no-", "a1"])
def test_a_name_of_any_length_is_read_at_once(piece: str) -> None:
    before = time.process_time()
    marks.says(piece * 100_000)
    assert time.process_time() - before < 0.5
