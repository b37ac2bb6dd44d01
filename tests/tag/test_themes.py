"""Themes by the rulings of docs/tags.md, on texts of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aggregator.model import TagKind
from tests.tag.conftest import article

if TYPE_CHECKING:
    from collections.abc import Callable

    from aggregator.model import Tag
    from tests.tag.conftest import Names

CULTURE = "Skulpturen avtäcks på torget av konstnären själv. Kören sjunger och musiken fortsätter hela kvällen. "


@pytest.mark.parametrize(
    "greeting",
    [
        "Media hälsas välkommen till visningen.",
        "Vi hälsar alla välkomna.",
        "En varm hälsning från oss i föreningen.",
        "Ordföranden hälsade alla välkomna och önskade en god jul.",
        "Kungen hälsar på i parken.",
    ],
)
def test_a_greeting_is_no_health(names: Names, greeting: str) -> None:
    assert "hälsa" not in names(TagKind.THEME, CULTURE + greeting, "Skulptur avtäcks")
    assert "hälsa" not in names(TagKind.THEME, greeting, greeting)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Vårdcentralen får nya läkare", "Tre läkare börjar i mars. Patienterna får kortare väntan."),
        ("Kortare köer till BUP", "Barn som mår dåligt får hjälp inom en månad. Psykologerna har blivit fler."),
        ("Vaccinet är här", "Den som är över 65 kan vaccinera sig mot influensa på apoteket."),
        ("Ge blod i sommar", "Blodgivare behövs på sjukhuset. Lagren är låga."),
        ("Fler barnmorskor", "Förlossningen anställer fem barnmorskor."),
    ],
)
def test_health_is_told_in_many_words(names: Names, title: str, text: str) -> None:
    assert "hälsa" in names(TagKind.THEME, text, title)


@pytest.mark.parametrize(
    ("theme", "title", "text"),
    [
        (
            "brott-olyckor",
            "Två skadade i krock",
            (
                "En lastbil och en personbil krockade på måndagen. Båda förarna fördes till sjukhus med ambulans. "
                "Polisen utreder olyckan och vården av de skadade fortsätter på sjukhuset."
            ),
        ),
        (
            "sport",
            "Backen borta resten av säsongen",
            (
                "Spelaren skadade knät i matchen och opereras på sjukhuset i veckan. Läkaren räknar med ett halvår. "
                "– Han är en viktig spelare för laget, säger tränaren."
            ),
        ),
    ],
)
def test_injuries_in_crime_and_sport_are_no_health(names: Names, theme: str, title: str, text: str) -> None:
    found = names(TagKind.THEME, text, title)
    assert theme in found
    assert "hälsa" not in found


def test_a_boards_name_is_not_its_matter(names: Names) -> None:
    text = (
        "Hälso- och sjukvårdsnämnden har sagt ja till nya biljettpriser. Resenärer i busstrafiken betalar mer "
        "från mars. Kollektivtrafiken blir dyrare i hela länet."
    )
    found = names(TagKind.THEME, text, "Dyrare att åka buss")
    assert "infrastruktur-trafik" in found
    assert "hälsa" not in found


@pytest.mark.parametrize(
    "footer",
    [
        "Region Örebro län ansvarar för många frågor som rör hälso- och sjukvård, kollektivtrafik och kultur.",
        "Hälsa | Örebro/Örebro län\nÖrebronyheter\nKälla: Region Örebro län",
        "Latest News\n- Vårdcentralen får läkare\nPatienter får vård snabbare…\n- Posted november 2, 2024\n- 0",
        "You must be logged in to post a comment Login\nVården i fokus för patienter och sjukhus",
        "Kontakt\nPressansvarig, hälso- och sjukvård\nSjukvårdens presstjänst 019-000 00 00",
    ],
)
def test_what_stands_below_the_piece_never_counts(names: Names, footer: str) -> None:
    found = names(TagKind.THEME, f"{CULTURE}Biljetter till konserten finns kvar.\n{footer}", "Konstverk avtäcks")
    assert found == {"kultur"}


def test_the_ticker_above_the_piece_never_counts(names: Names) -> None:
    ticker = "- Polisen grep rånare\n- Ny vårdcentral öppnar\n- BIK vann matchen\n- Skolan får nya elever\n"
    text = f"{ticker}Konstverk avtäcks\n{CULTURE}"
    assert names(TagKind.THEME, text, "Konstverk avtäcks") == {"kultur"}
    assert names(TagKind.THEME, ticker + CULTURE, "Konstverk avtäcks på lördag") == {"kultur"}


@pytest.mark.parametrize(
    "text",
    [
        "Kommunerna har tecknat ett avtal om samarbete. Avtalet gäller i fem år och samarbetet börjar i höst.",
        "Ett idéburet offentligt partnerskap har bildats av kommunen och tre föreningar. Partnerskapet gäller stöd.",
        "Regionen och universitetet har skrivit under en överenskommelse. Handslaget ska stärka samarbetet mellan dem.",
        "Tre kommuner bildar en gemensam nämnd. Samarbetet ska ge lägre kostnader för alla tre.",
        "De två räddningstjänsterna går samman om en brandbil. Kommunerna delar på kostnaden för samarbetet.",
        "Ett nytt kommunalförbund bildas av fyra kommuner som går samman om sin renhållning.",
    ],
)
def test_cooperation_without_its_word(names: Names, text: str) -> None:
    assert "samverkan" in names(TagKind.THEME, text, "Nu enas de")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Byggare klar för badhuset", "Kommunen har valt samverkanspartner för bygget. Badhuset kostar 400 miljoner."),
        (
            "Tre partier styr vidare",
            "Partierna är överens om samverkan om styret i kommunen. Budgeten ligger fast under mandatperioden.",
        ),
        ("Ljusfest vid slottet", "Festen arrangeras i samarbete med studieförbund. Dansare och musiker uppträder."),
        (
            "Fabriken byggs ut",
            (
                "Företaget bygger en ny fabrik. Produktionen ökar och hundra anställs. "
                "– Vi har en god samverkan med skolan, säger platschefen. Industrin väntas växa."
            ),
        ),
        ("Kommuner i tvist", "De två kommunerna är oense om samarbetet. Tvisten kan hamna i domstol."),
    ],
)
def test_what_is_called_cooperation_and_is_not_the_matter(names: Names, title: str, text: str) -> None:
    assert "samverkan" not in names(TagKind.THEME, text, title)


def test_crime_by_the_young_and_against_the_old_names_its_target_group(names: Names) -> None:
    young = "Två 15-åriga pojkar greps för rån. Polisen ser fler ungdomsrån där unga rånar unga."
    old = "Polisen varnar äldre för bedragare. Flera pensionärer har lurats av en som sa sig vara från hemtjänsten."
    assert {"brott-olyckor", "barn-unga"} <= names(TagKind.THEME, young, "Ungdomar greps för rån")
    assert {"brott-olyckor", "omsorg-äldre"} <= names(TagKind.THEME, old, "Äldre luras av bedragare")


def test_weather_warnings_are_no_accident_but_an_exercise_with_vma_is_its_theme(names: Names) -> None:
    warning = "SMHI varnar för kraftigt regn. En orange varning gäller från lördag. Källare kan svämma över."
    exercise = "Räddningstjänsten övar på ett gasutsläpp. Ett VMA sänds under övningen. Ingen fara råder."
    assert "brott-olyckor" not in names(TagKind.THEME, warning, "SMHI varnar för skyfall")
    assert "brott-olyckor" in names(TagKind.THEME, exercise, "Övning med VMA på torsdag")


def test_gyms_and_crossfit_are_sport(names: Names) -> None:
    text = "Det nya gymmet har plats för crossfit. Medlemmarna tränar i grupp."
    assert "sport" in names(TagKind.THEME, text, "Nytt gym öppnar")
    assert "hälsa" not in names(TagKind.THEME, text, "Nytt gym öppnar")


def test_a_study_visit_is_no_school_and_a_quoted_politician_no_politics(names: Names) -> None:
    visit = "Politikerna gjorde ett studiebesök i fabriken. Företaget visade sin nya produktion för dem."
    quoted = (
        "Forskarna får fyra miljoner till en studie av robotar. Forskningen pågår i tre år.\n\n"
        "– Det är glädjande för länet, säger ordföranden i nämnden."
    )
    assert "skola-utbildning" not in names(TagKind.THEME, visit, "Besök i fabriken")
    assert "politik" not in names(TagKind.THEME, quoted, "Forskare får miljoner")


def test_a_decision_that_is_the_news_is_politics_and_an_old_one_is_not(names: Names) -> None:
    new = "Kommunfullmäktige röstade på måndagen för att höja skatten. Oppositionen reserverade sig mot budgeten."
    old = "I dag började barnen i den nya skolan. Byskolan stängdes efter beslutet förra året. Eleverna trivs."
    assert "politik" in names(TagKind.THEME, new, "Skatten höjs")
    assert "politik" not in names(TagKind.THEME, old, "Första dagen i nya skolan")


def test_a_publishers_category_is_a_hint_and_no_label(tagged: Callable[..., tuple[Tag, ...]]) -> None:
    piece = article(CULTURE, "Konstverk avtäcks", category="Hälsa | Lokalt/Länet")
    assert {found.name for found in tagged(piece) if found.kind is TagKind.THEME} == {"kultur"}


def test_every_tag_tells_the_rule_the_words_and_where_they_stand(tagged: Callable[..., tuple[Tag, ...]]) -> None:
    piece = article("Förlossningen i Karlskoga får fler barnmorskor.\nKälla: Region Örebro län", "Fler barnmorskor")
    for found in tagged(piece):
        assert found.evidence
        assert 0 < found.score <= 1
        for evidence in found.evidence:
            assert evidence.rule.startswith(("theme:", "kommun:", "projekt:", "källa"))
            assert evidence.where in {"title", "lead", "text", "origin", "category", "place", "source"}
            whole = f"{piece.title} {piece.text}"
            assert all(word in whole for word in evidence.words.split())


def test_an_empty_or_strange_article_has_no_tags_and_no_accident(tagged: Callable[..., tuple[Tag, ...]]) -> None:
    for text in ("", "\n\n", "–", "- \n- \n- ", "Källa:", "|", "\x00\ud800", "Å" * 50_000, "a- " * 5_000):
        assert tagged(article(text, "")) == ()


@pytest.mark.parametrize(
    ("theme", "title", "text"),
    [
        ("brott-olyckor", "Konstverket invigs", "Alla har en viktig plats att fylla i parken, säger konstnären."),
        ("brott-olyckor", "Volt vill satsa på ungdomar", "Partiet Volt lägger fram sitt program i dag."),
        ("brott-olyckor", "Svamputbrott i skogen", "Granar drabbas av svamputbrott efter en torr sommar."),
        ("miljö-klimat", "Stark miljö för forskning", "Universitetet bygger en utbildningsmiljö för unga forskare."),
        ("skola-utbildning", "Spökjakt på slottet", "Studieförbundet Vuxenskolan ordnar en kväll om spöken."),
        ("skola-utbildning", "Varierande betyg från företagen", "Företagsklimatet får olika betyg i kommunerna."),
        ("sport", "Utvisningshot mot pojke", "Familjehemmet slåss mot utvisningshotet. Pojken ska utvisas till Kabul."),
        ("sport", "Frisör prisas", "Hon vann Yrkes-SM och tog hem guldmedaljen i herrfrisyr."),
        ("hälsa", "Laxhälsan blir bättre", "Laxhälsan i älven följs av länsstyrelsen."),
        ("samverkan", "Kulturfest i parken", "Festen arrangeras av biblioteket i samarbete med två föreningar."),
    ],
)
def test_a_word_in_another_sense_gives_no_theme(names: Names, theme: str, title: str, text: str) -> None:
    assert theme not in names(TagKind.THEME, text, title)


@pytest.mark.parametrize(
    ("theme", "title", "text"),
    [
        ("omsorg-äldre", "Nya platser för äldre", "Kommunens särskilda boenden får tolv platser till."),
        ("hälsa", "BB i Karlskoga öppnar", "BB öppnar igen nästa år, lovar regionen."),
    ],
)
def test_a_theme_is_told_in_other_forms_of_its_words(names: Names, theme: str, title: str, text: str) -> None:
    assert theme in names(TagKind.THEME, text, title)
