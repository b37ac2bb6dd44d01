"""A kommun's site on Sitevision: ``….5.<hex>.html``, banners above the text, and an updated line below.

Every page shows the VMA in force when it is fetched, and old news says so in a banner. One page has no date at all;
one is in Windows-1252. On the third visit the site is down for a moment and says to try again (``Retry-After``).
"""

from __future__ import annotations

from aggregator.demo.answers import Answer, Ask, esc, missing, moved, robots
from aggregator.demo.pieces import CHANGES, Piece, body, day, every, local, shown

NAME = "Karlskoga kommun"
VMA = (
    '<div class="sv-vma" role="alert"><h2>Viktigt meddelande till allmänheten, VMA</h2>'
    "<p>Viktigt meddelande till allmänheten i Strömtorp i Degerfors kommun. Det brinner i en industrilokal. Alla i "
    "området uppmanas att gå inomhus, stänga dörrar, fönster och ventilation samt lyssna på radion.</p></div>"
)
OLD = '<div class="sv-old-article"><p>Denna artikel är äldre än 6 månader. Uppgifter kan vara inaktuella.</p></div>'


def path(piece: Piece) -> str:
    """Where a piece is shown."""
    return f"/nyheter/{piece.slug}.5.{0x3B7A1C90D42E0000 + piece.number * 7919:016x}.html"


def _frame(ask: Ask, title: str, main: str, charset: str) -> Answer:
    vma = VMA if ask.epoch >= CHANGES else ""
    text = f"""<!DOCTYPE html>
<html lang="sv"><head><meta charset="{charset}"><title>{esc(title)} - {NAME}</title></head>
<body class="env-m-around--0">
<div id="cookie-banner"><p>Den här webbplatsen använder kakor. <button>Godkänn</button></p></div>
{vma}
<header class="sv-layout"><a href="/">{NAME}</a><nav><a href="/omsorg-och-stod.html">Omsorg och stöd</a>
<a href="/nyheter.html">Nyheter</a></nav></header>
<main class="sv-layout sv-template-layout" id="Mittenspalt">
{main}
</main>
<footer><p>{NAME}, 691 83 Karlskoga. Växel 08-465 004 20. Dela: Facebook, Linkedin, E-post</p></footer>
</body></html>
"""
    return Answer(body=text.encode(charset), media_type="text/html")


def _article(ask: Ask, piece: Piece) -> Answer:
    here = local(piece.changed_at) if piece.changed_at else None
    updated = f"<p>Senast uppdaterad: {day(here)} kl. {here:%H.%M}</p>" if here else ""
    published = ""
    if piece.at is not None:
        label = "Senast publicerad" if "old" in piece.more else "Publicerad"
        published = f'<p class="date">{label}: {local(piece.at):%Y-%m-%d}</p>'
    main = (
        f'<div class="sv-text-portlet"><h1 class="heading" id="h-{piece.number}">{esc(piece.title)}</h1>{published}'
        f"{OLD if 'old' in piece.more else ''}"
        f'<div class="sv-text-portlet-content">{body(piece.text)}</div>'
        f'<div class="page-info">{updated}<p>Sidansvarig: Kommunikationsavdelningen</p></div></div>'
    )
    return _frame(ask, piece.title, main, piece.more.get("charset", "utf-8"))


def _listing(ask: Ask) -> Answer:
    """The list of news; every third link carries a view's ``sv.`` parameters."""
    items = []
    for piece in shown(ask.site, ask.epoch):
        query = "?sv.target=12.61f34ae1&sv.12.61f34ae1.route=/" if piece.number % 3 == 0 else ""
        when = f"<time>{local(piece.at):%Y-%m-%d}</time>" if piece.at else ""
        items.append(f'<li><a href="{esc(path(piece) + query)}">{esc(piece.title)}</a>{when}</li>')
    main = f'<h1>Nyheter</h1><ul class="sv-news-list">{"".join(items)}</ul>'
    return _frame(ask, "Nyheter", main, "utf-8")


def answer(ask: Ask) -> Answer:
    """Whatever is asked of the kommun."""
    if ask.path == "/robots.txt":
        return robots("User-agent: *\nDisallow: /edit/\nDisallow: /*?*print=\n")
    if ask.path == "/":
        return moved(f"{ask.base}/nyheter.html", 302)
    if ask.path == "/nyheter.html":
        if ask.epoch == CHANGES and ask.first:
            return Answer(status=503, headers={"Retry-After": "0"}, etag=False, body=b"<h1>Underh\xc3\xa5ll</h1>")
        return _listing(ask)
    for piece in every(ask.site, ask.epoch):
        if ask.path == path(piece):
            gone = piece.until is not None and ask.epoch >= piece.until
            return missing("Sidan kunde inte hittas") if gone else _article(ask, piece)
    return missing()
