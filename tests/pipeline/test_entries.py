"""An entry carries what the source permits and what the article says, and nobody's telephone number."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.markup import shorten
from aggregator.model import Article, KeptArticle, Publish, Tag, TagKind
from aggregator.pipeline.entries import entry_of, markup_without_contacts, summary_of, without_contacts
from aggregator.render import SUMMARY_LIMIT

SEEN = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def kept(publish: Publish = Publish.SUMMARY, tags: tuple[Tag, ...] = (), **changes: object) -> KeptArticle:
    fields: dict[str, object] = {
        "url": "https://tidning.example/vard?x=1",
        "canonical_url": "https://tidning.example/vard/",
        "title": "Vården får nya lokaler",
        "lead": "Regionen bygger om vårdcentralen.",
        "text": "Regionen bygger om vårdcentralen.\n\nArbetet börjar i mars.",
        "html": "<p>Regionen bygger om vårdcentralen.</p><p>Arbetet börjar i mars.</p>",
        "published_at": SEEN - timedelta(hours=2),
    }
    return KeptArticle(
        id=1,
        guid="tag:nyheter.example,2026:1",
        source_id="tidningen",
        source_name="Tidningen",
        article=Article(**(fields | changes)),  # type: ignore[arg-type] # fields are given by name in one place
        fetched_at=SEEN,
        updated_at=SEEN,
        publish=publish,
        tags=tags,
    )


def test_a_summary_source_gives_title_lead_link_and_picture_address_only() -> None:
    entry = entry_of(kept(image_url="https://tidning.example/bild.jpg"))
    assert (entry.title, entry.summary) == ("Vården får nya lokaler", "Regionen bygger om vårdcentralen.")
    assert entry.url == "https://tidning.example/vard/"
    assert entry.content_html is None
    assert entry.image is not None
    assert entry.image.url == "https://tidning.example/bild.jpg"


def test_a_full_source_gives_its_text_too() -> None:
    assert "Arbetet börjar i mars" in (entry_of(kept(Publish.FULL)).content_html or "")
    plain = entry_of(kept(Publish.FULL, html="", text="Ett < två\n\nTre"))
    assert plain.content_html == "<p>Ett &lt; två</p>\n<p>Tre</p>"


def test_a_lead_is_short_and_taken_from_the_text_where_there_is_none() -> None:
    entry = entry_of(kept(lead="", text="ord " * 500))
    assert 200 < len(entry.summary) <= 300
    assert entry.summary.endswith("…")


def test_an_article_is_never_dated_after_we_saw_it_nor_before_the_web() -> None:
    assert entry_of(kept()).published_at == SEEN - timedelta(hours=2)
    assert entry_of(kept(published_at=None)).published_at == SEEN
    assert entry_of(kept(published_at=SEEN + timedelta(days=3))).published_at == SEEN
    assert entry_of(kept(published_at=datetime(1970, 1, 1, tzinfo=UTC))).published_at == SEEN


def test_categories_are_the_tags_in_an_order_that_does_not_move() -> None:
    tags = tuple(
        Tag(kind=kind, name=name, score=score)
        for kind, name, score in (
            (TagKind.ORIGIN, "Region Örebro län", 1.0),
            (TagKind.KOMMUN, "Nora", 0.9),
            (TagKind.THEME, "samverkan", 0.4),
            (TagKind.THEME, "hälsa", 0.3),
        )
    )
    expected = ("hälsa", "samverkan", "Nora", "Region Örebro län")
    assert entry_of(kept(tags=tags)).categories == expected
    assert entry_of(kept(tags=tags[::-1])).categories == expected


@pytest.mark.parametrize(
    "contact",
    [
        "070-123 45 67",
        "0701234567",
        "019-602 10 00",
        "08-123 456 78",
        "0582-68 50 00",
        "019 - 602 10 00",
        "019/602 10 00",
        "+46 70 123 45 67",
        "+46 (0)70-123 45 67",
        "0046 70 123 45 67",
        "019–602\u00a010\u00a000",
        "019.602.10.00",
        "019-602 10 00/070-123 45 67",
        "+45 12 34 56 78",
        "fornamn.efternamn@region.example",
        "press+info@örebro-län.example",
        "namn(at)kommun.example.se",
    ],
)
@pytest.mark.parametrize(
    "frame",
    [
        "{}",
        "Kontakt: Namn Namnsson, pressansvarig, tfn {}.",
        "Ring ({}) eller kom.",
        "Tel:{}: växeln",
        "mobil {}, e-post x@y.example",
    ],
)
def test_no_telephone_number_or_mail_address_gets_through(contact: str, frame: str) -> None:
    text = frame.format(contact)
    html = f"<p>{text}</p>"
    entry = entry_of(kept(Publish.FULL, lead=text, title=text, html=html, text=text))
    for published in (entry.title, entry.summary, entry.content_html or ""):
        assert "@" not in published
        assert "(at)" not in published
        assert sum(char.isdigit() for char in published) < 4


def test_links_to_a_telephone_or_mailbox_lose_their_target_and_keep_their_words() -> None:
    html = '<p><a href="mailto:x@y.example">Namn Namnsson</a> <a href="tel:+4619">växeln</a> <a href="https://y.example">y</a></p>'
    cleaned = markup_without_contacts(html)
    assert "Namn Namnsson" in cleaned
    assert "mailto" not in cleaned
    assert "tel:" not in cleaned
    assert 'href="https://y.example"' in cleaned


@pytest.mark.parametrize(
    "text",
    [
        "Öppet 08.00–16.00 och 07.30-15.30, ring 112 eller 1177.",
        "Åren 2024-2025 och 2019–2021 kostade det 12 500 000 kronor, 0,5 procent.",
        "Mötet hålls 2026-11-22 kl. 10:00 i sal 019.",
        "Matchen slutade 3-2 (1-0, 0-1, 2-1) inför 5 012 åskådare.",
        "Diarienummer 24RS01234, 561 personer, 70 000 000 kronor.",
        "Följ @regionen och läs mer på region.example/halsa.",
    ],
)
def test_other_figures_and_signs_stay(text: str) -> None:
    assert without_contacts(text) == text
    assert markup_without_contacts(f"<p>{text}</p>") == f"<p>{text}</p>"


@given(st.text(max_size=200), st.text(alphabet="0123456789 -–()+.@a<>&;\u00a0", max_size=80))
def test_taking_contacts_out_never_fails_and_is_done_once(text: str, figures: str) -> None:
    for given_text in (text, figures):
        assert len(without_contacts(given_text)) <= len(given_text)
        markup_without_contacts(given_text)


@pytest.mark.parametrize("run", ["a.", "0 ", "07", "tel ", "x@", "<", "&nbsp;", "+46 ", "a@b."])
def test_taking_contacts_out_takes_time_that_grows_with_the_text_alone(run: str) -> None:
    """A long text is done at once; a search that starts anew at each of its characters would take minutes."""
    text = run * (200_000 // len(run))
    assert len(without_contacts(text)) <= len(text)
    markup_without_contacts(text)


@given(
    st.lists(
        st.sampled_from(
            ["ord ", "och", " ", "Ring 019-602 10 00. ", "eva.ek@region.example ", "+46 (0)19 602 10 00, "]
        ),
        max_size=300,
    )
)
def test_a_long_text_is_summed_up_by_its_beginning_as_if_all_of_it_had_been_looked_at(parts: list[str]) -> None:
    text = "".join(parts)
    assert summary_of(kept(lead="", text=text)) == shorten(without_contacts(text), SUMMARY_LIMIT)
