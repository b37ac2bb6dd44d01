"""The police: an API of events in JSON and a page for each, updated in place.

Titles carry no year and a clock with a dot; the API's ``datetime`` does not pad the hour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.demo.answers import Answer, Ask, as_json, esc, iso, missing, page, robots
from aggregator.demo.pieces import Piece, body, every, local, shown
from aggregator.swedish import MONTHS

if TYPE_CHECKING:
    from datetime import datetime


def path(piece: Piece) -> str:
    """Where a piece is shown."""
    at = local(piece.at) if piece.at else None
    if at is None:
        raise ValueError(f"an event has a time: {piece.title}")
    return f"/aktuellt/handelser/{at.year}/{MONTHS[at.month - 1]}/{at.day}/{piece.slug}/"


def _title(ask: Ask, piece: Piece) -> str:
    at = local(piece.at or ask.now)
    return f"{at.day:02} {MONTHS[at.month - 1]} {at:%H.%M}, {piece.more['type']}, {piece.more['place']}"


def _when(at: datetime) -> str:
    return f"{at:%Y-%m-%d} {at.hour}:{at:%M:%S} {at.isoformat()[-6:]}"


def _events(ask: Ask) -> Answer:
    wanted = {name.casefold() for name in ask.query.get("locationname", "").split(";") if name}
    events = [
        {
            "id": 580000 + piece.number,
            "datetime": _when(local(piece.at or ask.now)),
            "name": _title(ask, piece),
            "summary": piece.lead,
            "url": path(piece),
            "type": piece.more["type"],
            "location": {"name": piece.more["place"], "gps": piece.more.get("gps", "59.275263,15.213411")},
        }
        for piece in shown(ask.site, ask.epoch)
        if not wanted or piece.more["place"].casefold() in wanted
    ]
    return as_json(events, etag=True, headers={"Cache-Control": "max-age=60"})


def _event(ask: Ask, piece: Piece) -> Answer:
    title = _title(ask, piece)
    return page(f"""<!DOCTYPE html>
<html lang="sv">
<head><meta charset="utf-8"><title>{esc(title)} | Polismyndigheten</title>
<meta name="description" content="{esc(piece.lead)}"></head>
<body>
<header><a href="/">Polisen</a><p>Ring 112 om något akut händer.</p></header>
<main id="main">
<div class="event-page editorial-content">
<h1>{esc(title)}</h1>
<p class="preamble">{esc(piece.lead)}</p>
<div class="text-body editorial-html">{body(piece.text.partition(chr(10) + chr(10))[2])}</div>
<p class="publish-date">Publicerad <time datetime="{iso(piece.changed_at or ask.now)}"></time></p>
<p>Text av Polisen Örebro</p>
</div>
<div class="related"><h2>Fler händelser</h2><p><a href="/aktuellt/handelser/">Till alla händelser</a></p></div>
</main>
<footer><p>Händelserna uppdateras inte i efterhand annat än när det är motiverat.</p></footer>
</body></html>
""")


def answer(ask: Ask) -> Answer:
    """Whatever is asked of the police."""
    if ask.path == "/robots.txt":
        return robots("User-agent: *\nDisallow: /episerver/\n")
    if ask.path == "/api/events":
        return _events(ask)
    for piece in every(ask.site, ask.epoch):
        if ask.path == path(piece):
            return _event(ask, piece)
    return missing()
