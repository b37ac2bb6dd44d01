"""What became of press releases, in words, as JSON and as a table for spreadsheets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from aggregator.model import TagKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aggregator.model import Overlap, Pickup, Release, ReleaseReport, ReleaseTotal
    from aggregator.render.spreadsheets import Cell

LOCAL = ZoneInfo("Europe/Stockholm")

_KINDS = ((TagKind.THEME, "themes"), (TagKind.KOMMUN, "municipalities"), (TagKind.PROJEKT, "projects"))


def share_told(share: float) -> str:
    """A share in words: "72 % ordagrant". Only what is whole is told as 100, only what is nothing as 0."""
    percent = round(100 * share)
    return f"{min(max(percent, 1), 99) if 0 < share < 1 else percent} % ordagrant"


def delay_told(delay: timedelta, *, by_day: bool = False) -> str:
    """A delay in words, in the largest unit that says enough: "3 timmar senare", "samma dag", "1 timme före"."""
    seconds = abs(delay.total_seconds())
    if by_day:
        days = round(seconds / 86_400)
        told = _counted(days, "dag", "dagar") if days else ""
        same = "samma dag"
    else:
        minutes, hours, days = round(seconds / 60), round(seconds / 3600), round(seconds / 86_400)
        if minutes < 60:
            told = _counted(minutes, "minut", "minuter") if minutes else ""
        else:
            told = _counted(hours, "timme", "timmar") if hours < 48 else _counted(days, "dag", "dagar")
        same = "samtidigt"
    return f"{told} {'före' if delay < timedelta() else 'senare'}" if told else same


def quotes_told(kept: int, quotes: int) -> str:
    """How many quotes were kept: "1 av 2 citat kvar"; nothing of a release without quotes."""
    return f"{kept} av {quotes} citat kvar" if quotes else ""


def pickup_told(pickup: Pickup) -> str:
    """A pickup in a line: "72 % ordagrant, 3 timmar senare, 1 av 2 citat kvar, ny rubrik"."""
    told = (
        share_told(pickup.share),
        delay_told(pickup.delay, by_day=pickup.by_day),
        quotes_told(pickup.quotes_kept, pickup.quotes),
        "ny rubrik" if pickup.headline_changed else "samma rubrik",
    )
    return ", ".join(part for part in told if part)


def release_json(release: Release) -> dict[str, Any]:
    """A release with its pickups: shares 0..1 in four decimals, delays in seconds, times in UTC."""
    return {
        "id": release.article_id,
        "guid": release.guid,
        "title": release.title,
        "url": release.url,
        "sender": release.sender,
        "source": release.source_id,
        "source_name": release.outlet,
        "published_at": _utc(release.published_at),
        "stands_in": release.stands_in,
        **{key: names_of(release, kind) for kind, key in _KINDS},
        "pickups": [pickup_json(pickup) for pickup in release.pickups],
    }


def pickup_json(pickup: Pickup) -> dict[str, Any]:
    """A pickup."""
    return {
        "guid": pickup.guid,
        "id": pickup.article_id,
        "source": pickup.source_id,
        "outlet": pickup.outlet,
        "title": pickup.title,
        "url": pickup.url,
        "published_at": _utc(pickup.published_at),
        "delay_seconds": round(pickup.delay.total_seconds()),
        "by_day": pickup.by_day,
        "share": round(pickup.share, 4),
        "words": pickup.words,
        "carried": pickup.carried,
        "left_out": pickup.left_out,
        "added": pickup.added,
        "quotes": pickup.quotes,
        "quotes_kept": pickup.quotes_kept,
        "headline_changed": pickup.headline_changed,
        "told": pickup_told(pickup),
    }


def overlap_json(found: Overlap) -> dict[str, Any]:
    """A release and a pickup side by side: the pieces of either text with their kind, and the quotes."""
    return {
        "share": round(found.share, 4),
        "release": [{"kind": piece.kind.value, "text": piece.text} for piece in found.release],
        "pickup": [{"kind": piece.kind.value, "text": piece.text} for piece in found.pickup],
        "quotes": [{"text": quote.text, "kept": quote.kept} for quote in found.quotes],
    }


def report_json(report: ReleaseReport) -> dict[str, Any]:
    """The figures of a report."""
    groups = ("months", "themes", "projects", "municipalities", "outlets", "senders")
    return {
        "total": total_json(report.total),
        "not_picked_up": report.total.not_picked_up,
        **{group: [total_json(one) for one in getattr(report, group)] for group in groups},
    }


def total_json(total: ReleaseTotal) -> dict[str, Any]:
    """One line of figures; medians are None without pickups."""
    delay, share = total.median_delay, total.median_share
    return {
        "name": total.name,
        "releases": total.releases,
        "picked_up": total.picked_up,
        "not_picked_up": total.not_picked_up,
        "pickups": total.pickups,
        "median_delay_seconds": None if delay is None else round(delay.total_seconds()),
        "median_share": None if share is None else round(share, 4),
    }


TOTAL_NAMES = (
    "Indelning",
    "Namn",
    "Pressmeddelanden",
    "Upptagna av någon",
    "Ingen tog upp",
    "Artiklar hos utgivare",
    "Timmar senare (median)",
    "Procent ordagrant (median)",
)
"""The columns of ``total_rows``."""


def total_rows(report: ReleaseReport) -> Iterator[list[Cell]]:
    """The figures of a report as a table: all together, then each month, theme, project, municipality and so on."""
    groups = (
        ("Allt", (report.total,)),
        ("Månad", report.months),
        ("Tema", report.themes),
        ("Projekt", report.projects),
        ("Kommun", report.municipalities),
        ("Utgivare", report.outlets),
        ("Avsändare", report.senders),
    )
    for group, totals in groups:
        for one in totals:
            delay, share = one.median_delay, one.median_share
            counts: list[Cell] = [one.releases, one.picked_up, one.not_picked_up, one.pickups]
            hours = None if delay is None else round(delay / timedelta(hours=1), 1)
            yield [group, one.name, *counts, hours, None if share is None else round(100 * share)]


def names_of(release: Release, kind: TagKind) -> list[str]:
    """The names of a release's tags of one kind."""
    return [tag.name for tag in release.tags if tag.kind is kind]


_COLUMNS = {
    "release": "Pressmeddelande",
    "sender": "Avsändare",
    "sent_at": "Skickat",
    "outlet": "Utgivare",
    "title": "Utgivarens rubrik",
    "published_at": "Publicerat",
    "delay_hours": "Timmar senare",
    "percent": "Procent ordagrant",
    "words": "Ord i pressmeddelandet",
    "carried": "Ordagrant övertagna ord",
    "left_out": "Utelämnade ord",
    "added": "Tillagda ord",
    "quotes": "Citat",
    "quotes_kept": "Citat kvar",
    "headline_changed": "Ny rubrik",
    "themes": "Teman",
    "municipalities": "Kommuner",
    "projects": "Projekt",
    "stands_in": "Avsändarens egen text saknas",
    "release_url": "Pressmeddelandets adress",
    "url": "Artikelns adress",
}

IMPACT_KEYS: Sequence[str] = tuple(_COLUMNS)
"""The columns' names for programs."""

IMPACT_NAMES: Sequence[str] = tuple(_COLUMNS.values())
"""The columns' names for people."""


def impact_rows(releases: Iterable[Release]) -> Iterator[list[Cell]]:
    """A row for each pickup, and one for each release that nobody took up, its other cells empty."""
    for release in releases:
        about = _of_release(release)
        for cells in [_of_pickup(pickup) for pickup in release.pickups] or [{}]:
            told = about | cells
            yield [told.get(key) for key in _COLUMNS]


def _of_release(release: Release) -> dict[str, Cell]:
    return {
        "release": release.title,
        "sender": release.sender,
        "sent_at": release.published_at,
        "stands_in": _yes(release.stands_in),
        "release_url": release.url,
        **{key: ", ".join(names_of(release, kind)) for kind, key in _KINDS},
    }


def _of_pickup(pickup: Pickup) -> dict[str, Cell]:
    return {
        "outlet": pickup.outlet,
        "title": pickup.title,
        "published_at": pickup.published_at,
        "delay_hours": round(pickup.delay / timedelta(hours=1), 1),
        "percent": round(100 * pickup.share),
        "words": pickup.words,
        "carried": pickup.carried,
        "left_out": pickup.left_out,
        "added": pickup.added,
        "quotes": pickup.quotes,
        "quotes_kept": pickup.quotes_kept,
        "headline_changed": _yes(pickup.headline_changed),
        "url": pickup.url,
    }


def _yes(it_is: bool) -> str:
    return "ja" if it_is else "nej"


def impact_texts(releases: Iterable[Release], *, local: bool = False) -> Iterator[list[str]]:
    """The same rows as texts: times in UTC for programs; ``local``: Swedish time and decimal comma, for people."""
    for row in impact_rows(releases):
        yield as_texts(row, local=local)


def as_texts(row: Iterable[Cell], *, local: bool = False) -> list[str]:
    """A row's cells as texts."""
    return [_text(cell, local=local) for cell in row]


def _text(cell: Cell, *, local: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell.astimezone(LOCAL):%Y-%m-%d %H:%M}" if local else _utc(cell)
    return str(cell).replace(".", ",") if local and isinstance(cell, float) else str(cell)


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
