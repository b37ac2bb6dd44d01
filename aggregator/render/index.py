"""``feeds/index.html``: what feeds there are, for a person with a browser.

One page of plain HTML and CSS, built from strings with every text escaped: no script, nothing from elsewhere, links
relative, so that it works from a disk, under any address and on paper. It is in Swedish and meets WCAG 2.2 AA.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from aggregator.render.document import OPML, Format, file_name
from aggregator.render.fitness import address, language_tag, plain_line
from aggregator.render.style import CSS
from aggregator.swedish import MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from aggregator.model import Entry, Feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A feed as the index lists it: how many entries it has in all, and the newest."""

    feed: Feed
    entries: int
    newest: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Feeds under one heading. Where ``intro`` says what they are, each need not say it again."""

    name: str
    feeds: tuple[Listed, ...]
    intro: str = ""


def index_page(
    shelves: Sequence[Shelf], formats: Sequence[Format], *, title: str, timezone: tzinfo, language: str = "sv"
) -> bytes:
    """The page, UTF-8, with shelves and feeds in the order given; shelves without feeds are left out.

    ``timezone`` is the readers'. The page says nothing of when it was made: it changes when what it lists does.
    """
    filled = [shelf for shelf in shelves if shelf.feeds]
    listed = [one for shelf in filled for one in shelf.feeds]
    heading = escape(plain_line(title))
    sections = "".join(_shelf(number, shelf, formats, timezone) for number, shelf in enumerate(filled, 1))
    jumps = "".join(
        f'<li><a href="#grupp-{number}">{_name(shelf)}&nbsp;<span class="n">{len(shelf.feeds)}</span></a></li>\n'
        for number, shelf in enumerate(filled, 1)
    )
    page = f"""<!doctype html>
<html lang="{escape(language_tag(language) or "sv")}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{heading} – flöden att följa</title>
<meta name="description" content="Prenumerera på nyheter från Örebro län efter tema, kommun, projekt eller källa.">
<link rel="icon" href="data:,">
{_autodiscovery(listed, formats)}<style>
{CSS}</style>
</head>
<body>
<a class="skip" href="#innehall">Hoppa till flödena</a>
<header>
<div class="wrap">
<h1>{heading}</h1>
<p class="lead">Välj det du vill följa – ett tema, en kommun, ett projekt eller en källa – och läs nyheterna
i den läsare du redan använder. Inget konto, inga kakor, ingen reklam.</p>
{_how_to(listed)}</div>
</header>
<nav aria-label="Grupper av flöden">
<div class="wrap"><ul>
{jumps}</ul></div>
</nav>
<main id="innehall" class="wrap" tabindex="-1">
{sections or "<p>Här finns inga flöden ännu. De kommer när de första nyheterna har hämtats.</p>"}</main>
<footer>
<div class="wrap">
<p>Rubriker och ingresser länkar alltid till den som publicerade nyheten, och det är där du läser hela texten.
Flödena uppdateras av sig själva.</p>
<p><a href="{OPML}">Alla flöden i en fil (OPML)</a> · <a href="#innehall">Till första flödet</a></p>
</div>
</footer>
</body>
</html>
"""
    return page.encode()


def _autodiscovery(listed: Sequence[Listed], formats: Sequence[Format]) -> str:
    """The links by which a reader that is given this page's address finds the feeds."""
    return "".join(
        f'<link rel="alternate" type="{form.media_type}" title="{_title(one.feed)} ({form.name})"'
        f' href="{file_name(one.feed.id, form.suffix)}">\n'
        for one in listed
        for form in formats
    )


def _how_to(listed: Sequence[Listed]) -> str:
    """How one subscribes, in plain words."""
    example = file_name(listed[0].feed.id, "rss") if listed else "alla.rss"
    return f"""<details class="how">
<summary>Så prenumererar du</summary>
<ol>
<li><strong>Skaffa en läsare</strong> om du inte har en. Feedly, Inoreader, NetNewsWire, Thunderbird och Outlook
är exempel; intranät och Teams kan också visa flöden.</li>
<li><strong>Kopiera adressen</strong> till flödet du vill följa: högerklicka eller håll fingret på
<a href="{example}">RSS</a> vid flödets namn och välj ”Kopiera länk”.</li>
<li><strong>Klistra in den i läsaren</strong> under ”Lägg till flöde” eller ”Prenumerera”. Nya artiklar kommer sedan av
sig själva, var och en en gång.</li>
</ol>
<p>RSS fungerar överallt. Välj Atom om din läsare kan det och JSON om du bygger något eget. Vill du följa allt på
en gång kan du importera <a href="{OPML}">alla flöden i en fil (OPML)</a>.</p>
</details>
"""


def _name(shelf: Shelf) -> str:
    return escape(plain_line(shelf.name) or "Flöden")


def _shelf(number: int, shelf: Shelf, formats: Sequence[Format], timezone: tzinfo) -> str:
    """A heading and its feeds. Its anchor begins with "grupp-", which no feed's id does."""
    anchor = f"grupp-{number}"
    intro = escape(plain_line(shelf.intro))
    feeds = "".join(_feed(one, formats, timezone, described=not intro) for one in shelf.feeds)
    return (
        f'<section id="{anchor}" aria-labelledby="{anchor}-namn">\n<h2 id="{anchor}-namn">{_name(shelf)}</h2>\n'
        + (f'<p class="intro">{intro}</p>\n' if intro else "")
        + f'<ul class="feeds">\n{feeds}</ul>\n</section>\n'
    )


def _feed(one: Listed, formats: Sequence[Format], timezone: tzinfo, *, described: bool) -> str:
    """One feed: its name, what it is, how much there is, the newest headline, and the addresses."""
    feed = one.feed
    links = "".join(
        f'<a href="{file_name(feed.id, form.suffix)}" type="{form.media_type}">{form.name.removesuffix(" Feed")}'
        f'<span class="vh"> – {_title(feed)}</span></a>\n'
        for form in formats
    )
    description = escape(plain_line(feed.description)) if described else ""
    return (
        f'<li id="{escape(feed.id)}">\n<h3>{_title(feed)}</h3>\n'
        + (f'<p class="what">{description}</p>\n' if description else "")
        + (_newest(one.newest, timezone) if one.newest else "")
        + f'<p class="foot"><span class="n">{_amount(one.entries)}</span>\n'
        f'<span class="formats">{links}</span></p>\n</li>\n'
    )


def _newest(entry: Entry, timezone: tzinfo) -> str:
    url = address(entry.url)
    headline = escape(plain_line(entry.title))
    language = language_tag(entry.language)
    lang = f' lang="{language}"' if language and language != "sv" else ""
    linked = f'<a href="{escape(url)}"{lang}>{headline}</a>' if url else f"<span{lang}>{headline}</span>"
    at = entry.published_at.astimezone(timezone)
    return f'<p class="newest"><time datetime="{at:%Y-%m-%d}">{_date(at)}</time> {linked}</p>\n'


def _title(feed: Feed) -> str:
    return escape(plain_line(feed.title) or feed.id)


def _amount(entries: int) -> str:
    """ "1 284 nyheter", the thousands set apart by a no-break space."""
    number = f"{entries:,}".replace(",", "\N{NO-BREAK SPACE}")
    return f"{number} {'nyhet' if entries == 1 else 'nyheter'}"


def _date(at: datetime) -> str:
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"
