"""How a source fares, in words for a reader who is no programmer: what is wrong, since when, and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from aggregator.model import Outcome, Reason, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from aggregator.archive import KnownSource, SourceHealth

QUIET = timedelta(days=30)
"""Without anything new for so long, a source is worth a look though it answers."""

LATE = timedelta(hours=2)
"""After what a check that was due has not been made for some reason of our own."""

_WAIT = "Vi försöker igen av oss själva."
_LOOK = "Den som sköter programmet behöver titta på källans inställningar."

WORDS: dict[Reason, tuple[str, str]] = {
    Reason.ROBOTS: ("Webbplatsen tillåter inte att program läser sidan", "Det respekterar vi. Fråga webbplatsen."),
    Reason.ROBOTS_UNREACHABLE: (
        "Webbplatsens regler för program gick inte att läsa",
        f"Utan dem frågar vi inte. {_WAIT}",
    ),
    Reason.RETRY_LATER: ("Webbplatsen bad oss komma tillbaka senare", "Det gör vi."),
    Reason.PRIVATE_ADDRESS: ("Adressen leder till ett inre nät", _LOOK),
    Reason.BAD_URL: ("Adressen går inte att hämta", _LOOK),
    Reason.DNS: ("Webbplatsens namn hittades inte", f"Den kan ha flyttat, eller så är nätet nere. {_WAIT}"),
    Reason.CONNECT: ("Webbplatsen gick inte att nå", _WAIT),
    Reason.TLS: ("Webbplatsens säkerhetscertifikat är inte giltigt", "Webbplatsen behöver rätta till det."),
    Reason.TIMEOUT: ("Webbplatsen svarade för långsamt", _WAIT),
    Reason.PROTOCOL: ("Webbplatsen bröt av svaret", _WAIT),
    Reason.REDIRECTS: ("Webbplatsen skickar oss runt i cirklar", _LOOK),
    Reason.TOO_LARGE: ("Svaret var för stort", _LOOK),
    Reason.BAD_ENCODING: ("Svaret var felaktigt packat", _WAIT),
    Reason.NOT_FOUND: ("Sidan med nyheter finns inte längre där den fanns", _LOOK),
    Reason.GONE: ("Sidan med nyheter är borttagen för gott", _LOOK),
    Reason.FORBIDDEN: ("Webbplatsen släpper inte in oss", "Fråga webbplatsen om vi får läsa den."),
    Reason.HTTP_ERROR: ("Webbplatsen svarade med ett fel", _LOOK),
    Reason.SERVER_ERROR: ("Webbplatsen har själv ett fel", _WAIT),
    Reason.UNEXPECTED_304: ("Webbplatsen sade ”oförändrat” om något den aldrig skickat", _WAIT),
    Reason.DEADLINE: ("Tiden för källan tog slut innan allt var hämtat", "Resten hämtas nästa gång."),
    Reason.NOT_PARSEABLE: ("Listan med nyheter gick inte att läsa", f"Webbplatsen kan ha byggts om. {_LOOK}"),
    Reason.NO_LINKS: ("Inga nyheter hittades på sidan", f"Webbplatsen kan ha byggts om. {_LOOK}"),
    Reason.DRIFT: (
        "Sidorna ger mindre text än de brukar",
        f"Webbplatsen kan ha byggts om. Sidorna är sparade och kan läsas om. {_LOOK}",
    ),
    Reason.NOT_HTML: ("Sidan är ingen webbsida", _LOOK),
    Reason.EMPTY: ("Sidan är tom på text", _LOOK),
    Reason.LISTING: ("Sidan är en lista och ingen artikel", _LOOK),
    Reason.PAYWALL: ("Texten finns bakom betalning eller inloggning", "Rubrik och ingress kommer ändå med."),
    Reason.ERROR_PAGE: ("Webbplatsen visar en felsida", _WAIT),
    Reason.CONSENT: ("Webbplatsen visar bara en fråga om kakor", _LOOK),
    Reason.GALLERY: ("Sidan har bara bilder", "Den tas inte med."),
    Reason.TOO_DEEP: ("Sidan är trasig på ett sätt som inte går att läsa", _LOOK),
    Reason.NO_TITLE: ("Sidan saknar rubrik", _LOOK),
    Reason.BUG: (
        "Ett fel i vårt eget program",
        "Den som sköter programmet behöver anmäla felet. Andra källor påverkas inte.",
    ),
}
"""Reason → what happened, and what it means for a reader."""

OUTCOMES = {
    Outcome.CHANGED: "Läst",
    Outcome.UNCHANGED: "Inget nytt",
    Outcome.PARTIAL: "Delvis läst",
    Outcome.FAILED: "Misslyckades",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A source's condition in words."""

    word: str
    """In short: "Fungerar"."""
    tone: str
    """good, warn, bad or soft: a class of the style sheet; the word says the same."""
    what: str = ""
    """What is wrong, as a sentence without its full stop."""
    means: str = ""
    since: datetime | None = None


def condition(source: KnownSource, health: SourceHealth) -> Condition:
    """How a source is right now."""
    state = health.state
    if not source.enabled:
        return Condition(
            word="Avstängd", tone="soft", what="Vi följer inte källan längre", means="Det som hämtats finns kvar."
        )
    if state.last_checked_at is None:
        return Condition(word="Väntar", tone="soft", what="Källan har inte hämtats ännu")
    if state.failures:
        what, means = explained(state.last_reason)
        return Condition(word="Fungerar inte", tone="bad", what=what, means=means, since=state.failing_since)
    if health.last_outcome in {Outcome.PARTIAL, Outcome.FAILED}:
        what, means = explained(state.last_reason)
        return Condition(word="Fungerar delvis", tone="warn", what=what, means=means)
    return _answering(source, health, state.last_checked_at)


def _answering(source: KnownSource, health: SourceHealth, checked_at: datetime) -> Condition:
    """Of a source that answers: whether anything comes from it."""
    if source.kind is SourceKind.PROJECTS:
        return Condition(word="Fungerar", tone="good")
    if health.newest_at is None and health.seen:
        what = "Allt som kommer härifrån har andra källor haft först"
        return Condition(word="Fungerar", tone="good", what=what, means="Artiklarna räknas där de kom först.")
    if health.newest_at is None:
        return Condition(word="Tom", tone="warn", what="Källan svarar, men inga artiklar har hittats", means=_LOOK)
    quiet = checked_at - health.newest_at
    if quiet > QUIET:
        what = f"Inget nytt på {quiet.days} dagar"
        return Condition(word="Tyst", tone="warn", what=what, means="Källan svarar, men ger inga nya artiklar.")
    return Condition(word="Fungerar", tone="good")


def standstill(health: Iterable[SourceHealth], now: datetime) -> datetime | None:
    """Since when nothing at all was fetched, where every source should have been long ago; None where all is well.

    Then no source is to blame: the program does not run.
    """
    states = [one.state for one in health if one.enabled and one.state.last_checked_at is not None]
    checked = [state.last_checked_at for state in states if state.last_checked_at is not None]
    late = all(state.next_check_at is None or state.next_check_at < now - LATE for state in states)
    return max(checked) if checked and late and max(checked) < now - LATE else None


def explained(reason: str | None) -> tuple[str, str]:
    """A reason code in words: what happened, and what it means; a code of another version is told as itself."""
    if reason is None:
        return "Allt gick inte att hämta", _WAIT
    try:
        return WORDS[Reason(reason)]
    except ValueError:
        return f"Hämtningen misslyckades ({reason})", _WAIT
