"""Municipalities by the rulings of docs/tags.md, on texts of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aggregator.model import Role, Source, TagKind
from tests.tag.conftest import article

if TYPE_CHECKING:
    from collections.abc import Callable

    from aggregator.model import Tag
    from tests.tag.conftest import Names


@pytest.mark.parametrize(
    ("text", "kommun"),
    [
        ("Branden i Frövi släcktes på kvällen.", "Lindesberg"),
        ("En ny förskola byggs i Kopparberg.", "Ljusnarsberg"),
        ("Torget i Fjugesta byggs om.", "Lekeberg"),
        ("Tågen stannar åter i Pålsboda.", "Hallsberg"),
        ("Banan i Sannahed invigs.", "Kumla"),
        ("Gruvan i Zinkgruvan anställer.", "Askersund"),
        ("Bron i Gyttorp stängs.", "Nora"),
        ("Krogen i Grythyttan byter ägare.", "Hällefors"),
        ("Hamnen i Röfors muddras.", "Laxå"),
        ("Skolan i Vivalla får ny gård.", "Örebro"),
        ("Kyrkan i Stora Mellösa renoveras.", "Örebro"),
        ("Karlskogas nya badhus öppnar.", "Karlskoga"),
        ("KARLSKOGA. En cykel stals på natten.", "Karlskoga"),
        ("Degerfors hamn rustas i Degerfors.", "Degerfors"),
        ("En karlskogabo har vunnit pris i Stockholm.", "Karlskoga"),
        ("Kommunen bygger i Karlskoga-Bregården.", "Karlskoga"),
        ("Patienterna flyttas till nya lokaler vid Karlskoga lasarett.", "Karlskoga"),
        ("Nora kommun gräver på Storgatan.", "Nora"),
        ("Minimässan ordnas av specialistmottagningarna vid Lindesbergs lasarett.", "Lindesberg"),
        ("Racet körs på Kumla Motorstadion.", "Kumla"),
        ("Eleverna spelar upp sin revy på Lindeskolan.", "Lindesberg"),
        ("Vinden tog taket i Nora.", "Nora"),
    ],
)
def test_a_place_gives_its_municipality(names: Names, text: str, kommun: str) -> None:
    assert names(TagKind.KOMMUN, text) == {kommun}


@pytest.mark.parametrize(
    "text",
    [
        "Näringslivet i Örebro län växer.",
        "Örebro läns kommuner får mer pengar.",
        "Region Örebro län söker personal.",
        "Forskare vid Örebro universitet har hittat svaret.",
        "Brotten minskar i Lokalpolisområde Örebro.",
        "Det skriver Örebrokuriren och Örebronyheter.",
        "Örebronyheters läsare röstade. Örebrokurirens också.",
        "Det berättar P4 Örebro.",
        "Örebroforskare har hittat svaret.",
        "Hon är specialist vid Lindesbergs lasarett och skriver om sömn.",
        "Nora Persson släpper en roman. – Jag är glad, säger Nora.",
        "Sångerskan Nora Berg turnerar i vår.",
        "Nora, 9, har sålt teckningar.",
        "Nora, som slog igenom i fjol, gör en ny skiva.",
        "En intern på Anstalten Kumla åtalas.",
        "Rymningen från Kumlaanstalten utreds.",
        "Larm från anstalten i Kumla på natten.",
        "Den som söker nora i en atlas, eller kumla, letar länge.",
    ],
)
def test_a_name_that_is_not_the_place_gives_nothing(names: Names, text: str) -> None:
    assert names(TagKind.KOMMUN, text) == set()


TWELVE = "Askersund, Degerfors, Hallsberg, Hällefors, Karlskoga, Kumla, Laxå, Lekeberg, Lindesberg, Ljusnarsberg, Nora"


def test_a_list_of_all_twelve_is_the_county(names: Names) -> None:
    assert names(TagKind.KOMMUN, f"Med är {TWELVE} och Örebro.") == set()
    table = "\n".join(f"{place} {number}" for number, place in enumerate([*TWELVE.split(", "), "Örebro"]))
    assert names(TagKind.KOMMUN, f"Så många nyanlända tas emot.\n{table}") == set()


def test_up_to_six_participants_are_all_named(names: Names) -> None:
    six = {"Askersund", "Hallsberg", "Kumla", "Laxå", "Lekeberg", "Nora"}
    text = "Projektet pågår i tre år. Syftet är bättre vägar. Pengarna räcker länge, tror ledaren. Sommaren väntar. "
    assert names(TagKind.KOMMUN, f"{text * 3}Med är Askersund, Hallsberg, Kumla, Laxå, Lekeberg och Nora.") == six


@pytest.mark.parametrize(
    "aside",
    [
        "Till skillnad från Örebro är det gratis.",
        "Jämfört med Kumla är kön kort.",
        "Artisten är född i Lindesberg.",
        "Tåget går via Hallsberg.",
        "Resan sker med byte i Hallsberg.",
        "Hon är uppvuxen i Nora.",
    ],
)
def test_a_place_named_in_passing_is_not_the_place(names: Names, aside: str) -> None:
    assert names(TagKind.KOMMUN, f"Festen hålls på torget i Karlskoga. {aside}", "Fest i Karlskoga") == {"Karlskoga"}


def test_two_places_in_one_word_are_both_named(names: Names) -> None:
    assert names(TagKind.KOMMUN, "Nytt spår byggs.", "Kumla-Hallsberg får dubbelspår") == {"Kumla", "Hallsberg"}


def test_a_club_stands_for_its_home_when_it_is_the_subject(names: Names) -> None:
    assert names(TagKind.KOMMUN, "BIK vann efter förlängning.", "BIK Karlskoga klart för final") == {"Karlskoga"}
    assert names(TagKind.KOMMUN, "ÖSK tog ledningen tidigt.", "ÖSK vann till slut") == {"Örebro"}
    assert names(TagKind.KOMMUN, "Degerfors IF vände matchen.", "Degerfors vann") == {"Degerfors"}


def test_in_a_police_log_every_town_with_an_event_counts(names: Names) -> None:
    log = "Ett urval av nattens ärenden.\nKarlskoga: Inbrott i butik.\nKumla: Rattfylleri.\nFrövi, klockan 02.40. Bråk."
    assert names(TagKind.KOMMUN, log, "Nattens händelser från polisen") == {"Karlskoga", "Kumla", "Lindesberg"}


def test_a_street_of_another_town_far_down_is_not_the_place(names: Names) -> None:
    body = "Laget tränade hela våren. Spelarna är redo. Tränaren ser ljust på framtiden. Publiken hoppas. "
    text = f"Klubben i Karlskoga satsar. Karlskoga har vunnit förr. {body * 4}En spelare bodde ett år i Kumla. {body}"
    assert names(TagKind.KOMMUN, text, "Karlskoga laddar") == {"Karlskoga"}


def test_an_authoritys_own_site_and_a_listings_place_are_evidence(tagged: Callable[..., tuple[Tag, ...]]) -> None:
    site = Source(id="k", name="Kumla kommun", url="https://k.example/", role=Role.AUTHORITY, municipality="Kumla")
    paper = Source(id="p", name="Bladet", url="https://p.example/", municipality="Kumla")
    piece = article("Vattnet stängs av på torsdag.")
    assert [found.name for found in tagged(piece, site) if found.kind is TagKind.KOMMUN] == ["Kumla"]
    assert [found.name for found in tagged(piece, paper) if found.kind is TagKind.KOMMUN] == []
    located = article("En cykel har stulits.", place="Nora")
    assert [found.name for found in tagged(located) if found.kind is TagKind.KOMMUN] == ["Nora"]
    county = article("En cykel har stulits.", place="Örebro län")
    assert [found.name for found in tagged(county) if found.kind is TagKind.KOMMUN] == []


@pytest.mark.parametrize(
    ("text", "kommuner"),
    [
        ("Elever på Storåskolan har vunnit pris för sin film.", {"Lindesberg"}),
        ("Filmteamet intar Nora under tre veckor i sommar.", {"Nora"}),
        ("Nora Ek vann tävlingen, och juryn var enig.", set()),
        ("Flickan heter Nora och tycker om hästar.", set()),
        ("Nora berättar om sin barndom i boken.", set()),
        ("Mobilerna smugglades in till celler på Kumla.", set()),
        ("Branden bröt ut på Varberga i natt.", {"Örebro"}),
        ("Resultaten är lovande, säger hon, som är överläkare på USÖ.", set()),
        ("Patienterna kan välja vård i Karlskoga eller Lindesberg.", set()),
        ("BIK-forwarden stängs av i fem matcher.", {"Karlskoga"}),
        ("Guldsmedshytte SK bjuder in till knatteläger.", {"Lindesberg"}),
    ],
)
def test_whose_place_it_is_is_told_by_the_words_around(names: Names, text: str, kommuner: set[str]) -> None:
    assert names(TagKind.KOMMUN, text) == kommuner


def test_a_municipality_that_signs_is_a_party_and_one_of_the_county_is_not(names: Names) -> None:
    text = "Nu kan du ansöka om plats i sommar."
    assert names(TagKind.KOMMUN, f"{text}\n\nKälla: Lindesbergs kommun") == {"Lindesberg"}
    assert names(TagKind.KOMMUN, f"{text}\n\nKälla: Region Örebro län") == set()
    assert names(TagKind.KOMMUN, f"{text}\n\nKälla: Örebro universitet") == set()


def test_a_municipality_that_acts_counts_however_late_it_is_named(names: Names) -> None:
    text = "Lampan ska lysa.\n\nTidigare tog det tre veckor.\n\nMålet är fem dagar.\n\nKumla kommun byter armaturer."
    assert names(TagKind.KOMMUN, text) == {"Kumla"}


def test_a_log_told_in_prose_gives_every_town_with_an_event(names: Names) -> None:
    text = (
        "Polisen hade mycket att göra under julnatten, mer än en vanlig lördag, och det mesta gällde bråk i hemmet."
        " Totalt fick femton personer sova i arresten, vilket är fler än de senaste åren.\n\n"
        "Vid midnatt larmades en patrull till ett gräl i Karlskoga.\n\nI Kumla stals en tomte.\n\n"
        "Senare brann ett ljus ner i en villa i Lindesberg."
    )
    assert names(TagKind.KOMMUN, text) == {"Karlskoga", "Kumla", "Lindesberg"}


def test_two_towns_in_one_item_of_a_log_both_count(names: Names) -> None:
    text = (
        "Vid midnatt larmades en patrull till ett gräl i Karlskoga.\n\nI Kumla stals en tomte.\n\n"
        "Senare brann det i en villa i Latorp, och samtidigt kom ett larm från en lada i Hällefors."
    )
    assert names(TagKind.KOMMUN, text) == {"Karlskoga", "Kumla", "Örebro", "Hällefors"}
