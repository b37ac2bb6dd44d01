"""The Region's two sites on Optimizely: news under ``/sv/aktuellt/`` and the page of projects.

``/sv/``, ``/en/``, ``/de/`` and ``/sv-ll/`` give the same Swedish text; only the chrome speaks another language.
An accordion query (``?E-20583=20583``) opens a section and is no page of its own.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from aggregator.demo.answers import Answer, Ask, esc, fill, iso, missing, moved, page, robots
from aggregator.demo.pieces import CHANGES, Piece, body, day, every, local, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

BRANCHES = ("sv", "en", "de", "sv-ll")
_ENGLISH_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_ENGLISH_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
_GERMAN_MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()  # noqa: SIM905
_GERMAN_DAYS = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split()  # noqa: SIM905
_SWEDISH = {
    "lang": "sv",
    "skip": "Till innehållet",
    "menu": "Huvudmeny",
    "search": "Sök",
    "greeting": "Du är på Region Örebro läns webbplats.",
    "question": "Hade du nytta av innehållet på denna sida?",
    "yes": "Ja",
    "no": "Nej",
    "logo": "Region Örebro län",
}
_CHROME: Mapping[str, Mapping[str, str]] = {
    "sv": _SWEDISH,
    "sv-ll": _SWEDISH,
    "en": {
        "lang": "en",
        "skip": "To the content",
        "menu": "Main menu",
        "search": "Search",
        "greeting": "",
        "question": "Did the content help you?",
        "yes": "Yes",
        "no": "No",
        "logo": "Region Örebro county",
    },
    "de": {
        "lang": "de",
        "skip": "Zum Inhalt",
        "menu": "Hauptmenü",
        "search": "Suche",
        "greeting": "Du är på Region Örebro läns webbplats.",
        "question": "Hat Ihnen dieser Inhalt weitergeholfen?",
        "yes": "Ja",
        "no": "Nein",
        "logo": "Region Örebro bezirk",
    },
}


def path(piece: Piece) -> str:
    """Where a piece is shown, in the branch that is to be preferred."""
    return f"/sv/aktuellt/{piece.slug}/"


def _updated(branch: str, at: datetime) -> str:
    here = local(at)
    if branch == "en":
        return (
            f"Last updated: {_ENGLISH_DAYS[here.weekday()]}, {_ENGLISH_MONTHS[here.month - 1]} {here.day}, {here.year}"
        )
    if branch == "de":
        return (
            f"Zuletzt aktualisiert: {_GERMAN_DAYS[here.weekday()]}, "
            f"{here.day}. {_GERMAN_MONTHS[here.month - 1]} {here.year}"
        )
    return f"Senast uppdaterad: den {day(at)}"


def _published(branch: str, at: datetime) -> str:
    label = {"en": "Published", "de": "Veröffentlicht"}.get(branch, "Publicerad")
    return f'<p class="page-published">{label}: {local(at):%Y-%m-%d %H:%M}</p>'


def _page(branch: str, rest: str, title: str, **parts: str) -> Answer:
    return page(
        fill(
            "optimizely.html",
            **_CHROME[branch],
            branch=branch,
            rest=rest,
            title=esc(title),
            site_title=parts.get("site_title", "Region Örebro län"),
            head=parts.get("head", ""),
            main=parts["main"],
            updated=parts.get("updated", ""),
        )
    )


def _article(ask: Ask, branch: str, piece: Piece) -> Answer:
    rest = f"/aktuellt/{piece.slug}/"
    lead, _, text = piece.text.partition("\n\n")
    image = piece.more.get("picture", "")
    figure = (
        f'<figure><img src="/globalassets/{piece.slug}.jpg" alt="" /><span>{esc(image)}</span></figure>'
        if image
        else ""
    )
    published = _published(branch, piece.at) if piece.at else ""
    main = (
        f"<h1>{esc(piece.title)}</h1>\n{published}\n{figure}\n"
        f'<p class="preamble">{esc(lead)}</p>\n<div class="main-body">{body(text)}</div>'
    )
    head = (
        f'<meta property="og:title" content="{esc(piece.title)}" />'
        f'<meta property="og:image" content="{ask.base}/globalassets/{piece.slug}.jpg" />'
    )
    updated = _updated(branch, piece.changed_at) if piece.changed_at else ""
    return _page(branch, rest, piece.title, main=main, head=head, updated=updated)


def _listing(ask: Ask, branch: str) -> Answer:
    """The newest first; some links lead to another branch or carry an accordion's query, as on the real site."""
    items = []
    for piece in shown(ask.site, ask.epoch):
        where = piece.more.get("branch", "sv")
        query = "?E-20583=20583" if piece.number % 5 == 0 else ""
        items.append(
            f'<li class="news-list__item"><a href="/{where}/aktuellt/{piece.slug}/{query}">{esc(piece.title)}</a>'
            f'<time datetime="{iso(piece.at or ask.now)}">{day(piece.at or ask.now)}</time>'
            f"<p>{esc(piece.lead[:140])}</p></li>"
        )
    main = f'<h1>Aktuellt</h1><ul class="news-list">{"".join(items)}</ul>'
    return _page(branch, "/aktuellt/", "Aktuellt", main=main)


def answer(ask: Ask) -> Answer:
    """Whatever is asked of the Region's own site."""
    if ask.path == "/robots.txt":
        return robots("User-agent: *\nDisallow: /episerver/\nDisallow: /*/sok/\n")
    branch, _, rest = ask.path.strip("/").partition("/")
    if branch == "":
        return moved(f"{ask.base}/sv/", 302)
    if branch not in BRANCHES:
        return missing()
    if not ask.path.endswith("/"):
        return moved(f"{ask.base}{ask.path}/")
    if rest in {"", "aktuellt"}:
        return _listing(ask, branch)
    slug = rest.removeprefix("aktuellt/")
    for piece in every(ask.site, ask.epoch):
        if piece.slug != slug:
            continue
        if piece.until is not None and ask.epoch >= piece.until:
            return moved(f"{ask.base}/sv/aktuellt/{piece.moved_to}/") if piece.moved_to else missing()
        return _article(ask, branch, piece)
    return missing()


def _section(piece: Piece) -> str:
    """One project in its accordion, with its contact; a few stand without a heading of their own, as on the page."""
    contact = piece.more.get("contact", "")
    lines = "".join(f"<p>{esc(line)}</p>" for line in contact.split(" / ")) if contact else ""
    block = f'<div class="contact-block"><h4>Kontakt</h4>{lines}</div>' if contact else ""
    link = f'<p><a href="{piece.more["link"]}">Läs mer om {esc(piece.title)}</a></p>' if "link" in piece.more else ""
    number = 20580 + piece.number
    heading = ""
    if "bare" not in piece.more:
        heading = (
            f'<h3 class="accordion__title"><a href="?E-{number}={number}" aria-expanded="false">'
            f"{esc(piece.title)}</a></h3>"
        )
    return (
        f'<div class="accordion" id="E-{number}">{heading}<div class="accordion__body">'
        f"{body(piece.text)}{link}{block}</div></div>"
    )


def projects(ask: Ask) -> Answer:
    """Whatever is asked of the site for regional development: its one page here is the page of projects."""
    if ask.path == "/robots.txt":
        return robots("User-agent: *\nDisallow: /episerver/\nCrawl-delay: 0\n")
    branch, _, rest = ask.path.strip("/").partition("/")
    if branch not in BRANCHES or rest.strip("/") != "valfard-och-folkhalsa/projekt":
        return missing()
    pieces = sorted(shown(ask.site, ask.epoch), key=lambda piece: piece.number)
    ongoing = "\n".join(_section(piece) for piece in pieces if piece.more["status"] == "ongoing")
    finished = "\n".join(_section(piece) for piece in pieces if piece.more["status"] == "finished")
    main = (
        "<p>Region Örebro läns webbplats för Regional utveckling</p>\n<h1>Projekt</h1>\n"
        '<p class="preamble">I arbetet med metod- och verksamhetsutveckling ingår att driva både interna, regionala, '
        "nationella och internationella projekt. Nedan hittar du våra senaste och pågående projekt.</p>\n"
        f"<p>Nära vård ballong.jpg</p>\n{ongoing}\n<h2>Genomförda projekt</h2>\n{finished}"
    )
    updated = datetime.fromisoformat("2024-11-05T05:30+00:00" if ask.epoch >= CHANGES else "2024-10-14T08:00+00:00")
    return _page(
        branch,
        "/valfard-och-folkhalsa/projekt/",
        "Projekt",
        main=main,
        updated=_updated(branch, updated),
        site_title="Regional utveckling",
    )
