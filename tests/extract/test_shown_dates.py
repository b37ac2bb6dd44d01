"""How Swedish offices and newsrooms show the day of publication, on pages without data."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from aggregator.extract import extract
from aggregator.model import Article
from tests.extract import shapes

NOW = datetime(2024, 3, 20, tzinfo=UTC)
HEADLINE = "Fler platser i förskolan"
BEFORE_TEXT = [
    "<p>Publicerad: 2024-03-05</p>",
    "<p>Publicerad 5 mars 2024 kl. 13.45</p>",
    "<p>Publicerad tisdag 5 mars 2024</p>",
    "<p>Publicerades 5 mars 2024</p>",
    "<p>Nyhet publicerad: 2024-03-05</p>",
    "<p>Pressmeddelande den 5 mars 2024</p>",
    "<p>Tisdagen den 5 mars 2024</p>",
    "<p>Tisdag 5 mars</p>",
    "<p>Tis 5 mar 2024 13:45</p>",
    "<p>Den 5 mars 2024</p>",
    "<p>Datum: 2024-03-05</p>",
    "<p>2024-03-05 kl 13:45</p>",
    "<p>2024-03-05 | Nyheter</p>",
    "<p>Nyheter · 5 mar 2024 · 2 min läsning</p>",
    "<p>Nyhetsarkiv / 2024-03-05</p>",
    "<p>Av Anna Exempelsson, 2024-03-05</p>",
    "<p><em>2024-03-05</em></p>",
    "<p><i class='fa fa-calendar'></i> 5 mars, 2024</p>",
    "<small>05 mars, 2024</small>",
    "<small>05/03/2024</small>",
    "<small>5/3 2024</small>",
    "<small>2024.03.05</small>",
    "<small>2024/03/05</small>",
    "<div><span>Exempels kommun</span><span>5 mars 2024</span></div>",
    "<div>Pressmeddelande • Mar 05, 2024 10:15 CET</div>",
    "<div>5.3.2024 08:30:00 CET | Exempels kommun | Pressmeddelande</div>",
    "<dl><dt>Publicerad</dt><dd>2024-03-05 13:45</dd></dl>",
    "<time>5 mars 2024</time>",
    "<footer><div>Inskickad av <span>Bo</span> den tis, 2024-03-05 - 10:15</div></footer>",
    "<footer><div>Inskickad av <span>Bo</span> den tis, 03/05/2024 - 10:15</div></footer>",
    "<p>Inskickad av Bo Påhittad den tis, 2024-03-05 - 10:15</p>",
    "<p>Av Anna Exempelsson den 5 mars 2024 i Nyheter, Sport</p>",
    "<p>Av Anna Exempelsson | mar 5, 2024 | Nyheter | 0 kommentarer</p>",
    "<p>Av Anna Exempelsson | 5 mars 2024 kl 10.15 | Nyheter | 2 kommentarer</p>",
    "<p>Publicerat den 5 mars, 2024 av Anna Exempelsson</p>",
    "<abbr class='published' title='2024-03-05T10:15:00+01:00'>för två veckor sedan</abbr>",
]
BEFORE_HEADLINE = [
    "<p>5 mars 2024</p>",
    "<p>Nyhet | 2024-03-05 14:10</p>",
    "<div><span>2024-03-05 08:30:00 CET</span> | <a href='/k'>Exempels kommun</a> | <span>Pressmeddelande</span></div>",
]
AFTER_TEXT = [
    "<p>Publicerad 5 mars 2024</p>",
    "<p>Publicerad av Anna Exempelsson 2024-03-05</p>",
    "<p>Senast uppdaterad: 2024-03-06 Publicerad: 2024-03-05</p>",
    "<p>Skapad: 2024-03-05 Ändrad: 2024-03-06</p>",
    "<p>Sidan granskades 2024-03-06. Publicerad 2024-03-05.</p>",
    "<p>Sidansvarig: Anna Exempelsson | Publicerad: 2024-03-05</p>",
    "<div><strong>Publicerad:</strong> 2024-03-05</div><div><strong>Uppdaterad:</strong> 2024-03-06</div>",
    "<dl><dt>Publicerad</dt><dd>5 mars 2024</dd><dt>Senast ändrad</dt><dd>6 mars 2024</dd></dl>",
    "<h2>Publicerad</h2><p>2024-03-05</p>",
    "<table><tr><td>Publicerad</td><td>2024-03-05</td></tr><tr><td>Diarienummer</td><td>Ks 12/2024</td></tr></table>",
    "<aside><h3>Om nyheten</h3><p>Publicerad: 2024-03-05</p><p>Kontakt: Anna Exempelsson</p></aside>",
    "<footer><p>Publicerad: 2024-03-05 av Kommunikation</p></footer>",
    "<p>Nora 2024-03-05</p>",
]
HEADINGS = [
    f"<h1>{HEADLINE} <small>2024-03-05</small></h1>",
    f"<h1>{HEADLINE}<br><small>5 mars 2024 • Nyheter</small></h1>",
    f"<h1><time>2024-03-05</time> {HEADLINE}</h1>",
]


def read(*, heading: str = f"<h1>{HEADLINE}</h1>", above: str = "", below: str = "", text: str = "") -> Article:
    menu = "<header><nav><ul><li><a href='/'>Start</a></li><li><a href='/nyheter'>Nyheter</a></li></ul></nav></header>"
    page = (
        f"<html lang='sv'><head><title>{HEADLINE} - Kommunen</title></head><body>{menu}<main><div class='row'>"
        f"{heading}{above}<div>{text}{shapes.body()}</div>{below}</div></main>"
        "<footer><p>Kommunen, 711 30 Nora</p><p>© 2024</p></footer></body></html>"
    )
    return read_page(page)


def read_page(page: str) -> Article:
    found = extract(page.encode(), "https://kommunen.example/nyheter/fler-platser.html", now=NOW)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    "article",
    [
        *(pytest.param({"above": line}, id=line) for line in BEFORE_TEXT),
        *(
            pytest.param({"heading": f"{line}<h1>{HEADLINE}</h1>"}, id=f"over the headline {line}")
            for line in BEFORE_HEADLINE
        ),
        *(pytest.param({"below": line}, id=f"after the text {line}") for line in AFTER_TEXT),
        *(pytest.param({"heading": heading}, id=heading) for heading in HEADINGS),
    ],
)
def test_the_day_is_read_wherever_a_page_shows_it_and_is_no_part_of_headline_or_text(article: dict[str, str]) -> None:
    found = read(**article)
    assert found.published_at is not None
    assert found.published_at.date() == date(2024, 3, 5)
    assert found.title == HEADLINE
    assert "2024" not in found.text


def test_a_labelled_day_that_opens_the_text_is_cut_from_it() -> None:
    found = read(
        text="<p>Publicerad 2024-03-05. Kommunen har beslutat om nya platser i förskolan, och de ska finnas i höst.</p>"
    )
    assert found.published_at is not None
    assert found.published_at.date() == date(2024, 3, 5)
    assert found.text.startswith("Kommunen har beslutat")


@pytest.mark.parametrize(
    "below",
    [
        "<p>Uppdaterad: 2024-03-05</p>",
        "<div class='related'><a href='/b'>Mer</a><footer>Publicerad: 2024-03-05</footer></div>",
    ],
)
def test_a_day_of_change_or_of_another_story_is_no_day_of_publication(below: str) -> None:
    assert read(below=below).published_at is None


NOT_PUBLISHED = [
    "Sista ansökningsdag: 12 mars 2024",
    "Anmälan senast 12 mars 2024",
    "Sista svarsdag: 2024-03-12",
    "Synpunkter senast 12 mars 2024",
    "Överklagas senast 2024-03-12",
    "När: 12 mars 2024 kl. 18.00",
    "Tid: tisdag 12 mars 2024",
    "Datum och tid: 12 mars 2024 kl. 18.00",
    "Startdatum: 2024-03-12",
    "Sammanträdesdatum: 2024-03-12",
    "Beräknas klart: 2024-03-12 18:00",
    "Byggstart 12 mars 2024",
    "Öppnar 12 mars 2024",
    "Gäller från 1 mars 2024",
    "Giltig till 2024-03-12",
    "Anslaget tas ned 2024-03-12",
    "Tas ner: 2024-03-12",
    "Senast granskad: 12 mars 2024",
]


@pytest.mark.parametrize("tag", ["p", "p class='datum'", "div"])
@pytest.mark.parametrize("line", NOT_PUBLISHED)
def test_a_day_that_is_labelled_as_something_else_is_no_day_of_publication(line: str, tag: str) -> None:
    shown = f"<{tag}>{line}</{tag.split(maxsplit=1)[0]}>"
    assert read(above=shown).published_at is None
    assert read(below=shown).published_at is None
    found = read(above=shown, below="<p>Publicerad: 5 mars 2024</p>").published_at
    assert found is not None
    assert found.date() == date(2024, 3, 5)


LABELLED_BESIDE = [
    "<p>Senast uppdaterad:</p><p>6 mars 2024 kl. 09.54</p>",
    "<div>Sidan uppdaterad:</div><div>2024-03-06</div>",
    "<p>Senast uppdaterad: <span>6 mars 2024 kl. 07.06</span></p>",
    "<p><strong>Senast uppdaterad:</strong> <time>6 mars 2024</time></p>",
    "<dl><dt>Senast uppdaterad:</dt><dd>2024-03-06</dd></dl>",
]


@pytest.mark.parametrize("line", LABELLED_BESIDE)
def test_a_label_beside_its_date_tells_of_a_change(line: str) -> None:
    for found in (read(above=line), read(below=line)):
        assert found.published_at is None
        assert found.page_updated_at is not None
        assert found.page_updated_at.date() == date(2024, 3, 6)


@pytest.mark.parametrize(
    "line",
    [
        "<p>Sidan granskad:</p><p>2024-03-06</p>",
        "<p>Sista ansökningsdag:</p><p>2024-03-06</p>",
        "<p>Datum: 6 mars 2024</p><p>Tid: 18.00</p><p>Plats: Rådhuset</p>",
        "<p>2 mars – 8 mars 2024</p>",
        "<p>12 februari 2024 kl. 11.00 Rådhuset</p>",
        "<p>Matchstart: 2024-03-05 kl 16:00</p>",
        "<p>Möte 5 mars 2024 kl. 18.00</p>",
        "<p>Premiär: 2024-03-05 19:00</p>",
    ],
)
def test_the_day_of_an_event_or_of_a_review_is_no_day_of_publication(line: str) -> None:
    assert read(above=line).published_at is None


def test_one_place_may_tell_of_publication_and_change() -> None:
    found = read(above="<p class='datum'>Publicerad 5 mars 2024, uppdaterad 6 mars 2024</p>")
    assert found.published_at is not None
    assert found.page_updated_at is not None
    assert (found.published_at.date(), found.page_updated_at.date()) == (date(2024, 3, 5), date(2024, 3, 6))


def test_a_page_tells_of_its_last_change_in_a_sentence() -> None:
    found = read(below="<p>Sidan uppdaterades senast den 6 mars 2024</p>")
    assert found.published_at is None
    assert found.page_updated_at is not None
    assert found.page_updated_at.date() == date(2024, 3, 6)


def test_a_notice_boards_day_is_that_of_its_posting() -> None:
    found = read(above="<p>Anslagsdatum: 2024-03-05</p>", below="<p>Anslaget tas ned: 2024-03-26</p>").published_at
    assert found is not None
    assert found.date() == date(2024, 3, 5)


TODAY = [
    "<div class='jeg_nav_item jeg_top_date'>onsdag, mars 20, 2024</div>",
    "<div class='topbar-today-date'>onsdag, mars 20 2024</div>",
    "<header><div class='date-in-header'>onsdag, mars 20, 2024</div></header>",
    "<header><div><time datetime='2024-03-20'>20 mars 2024</time></div></header>",
    "<ul class='info-left'><li>ons. mar 20th, 2024</li></ul>",
    "<div>Onsdag 20 mars 2024</div>",
    "<header><p>Onsdag 20 mars, vecka 12. Namnsdag: Joakim, Kim</p></header>",
]


@pytest.mark.parametrize(
    "own", ["<time class='entry-date' datetime='2024-03-05'>5 mars 2024</time>", "<p>5 mars 2024</p>", ""]
)
@pytest.mark.parametrize("today", TODAY)
def test_the_day_of_the_visit_in_the_sites_head_is_no_day_of_publication(today: str, own: str) -> None:
    text = f"<div class='row'><h1>{HEADLINE}</h1>{own}<div>{shapes.body()}</div></div>"
    page = f"<html lang='sv'><head><title>{HEADLINE}</title></head><body>{today}{text}</body></html>"
    found = read_page(page)
    assert (found.published_at.date() if found.published_at else None) == (date(2024, 3, 5) if own else None)


def test_a_day_above_the_article_counts_where_it_is_not_that_of_the_visit() -> None:
    text = f"<article><h1>{HEADLINE}</h1><div>{shapes.body()}</div></article>"
    page = f"<html lang='sv'><head><title>{HEADLINE}</title></head><body><p>5 mars 2024</p>{text}</body></html>"
    found = read_page(page)
    assert found.published_at is not None
    assert found.published_at.date() == date(2024, 3, 5)


def test_the_days_of_other_stories_below_an_undated_notice_are_not_its_day() -> None:
    cards = "".join(
        f"<article><a href='/n{n}'><h3>Ny rondell ska minska köerna {n}</h3><p>Arbetet börjar snart.</p>"
        f"<time>Mar 0{n}, 2024</time></a></article>"
        for n in range(1, 6)
    )
    notice = "<p>På lördag är det öppet hus i den nya förskolan. Alla som vill är välkomna mellan tio och tolv.</p>"
    main = f"<main><h1>{HEADLINE}</h1>{notice}{cards}</main>"
    page = f"<html><head><title>{HEADLINE}</title></head><body>{main}</body></html>"
    found = read_page(page)
    assert found.published_at is None
