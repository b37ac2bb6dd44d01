"""How much an address looks like an article's, and which addresses never are."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote, urlsplit

_NEVER: Final = frozenset({
    "tag", "tags", "tagg", "taggar", "etikett", "category", "categories", "kategori", "kategorier", "author",
    "authors", "skribent", "forfattare", "user", "users", "anvandare", "profil", "profile", "page", "sida",
    "search", "sok", "sokresultat", "login", "logga-in", "loggain", "logout", "signin", "signup", "registrera",
    "register", "mina-sidor", "minasidor", "konto", "account", "kassa", "checkout", "cart", "varukorg",
    "prenumerera", "prenumeration", "subscribe", "newsletter", "nyhetsbrev", "annonsera", "annons", "annonser",
    "kontakt", "kontakta-oss", "kontakta", "contact", "about", "om-oss", "omoss", "om", "cookies", "cookie",
    "cookiepolicy", "integritetspolicy", "privacy", "privacy-policy", "gdpr", "tillganglighet",
    "tillganglighetsredogorelse", "accessibility", "feed", "rss", "wp-admin", "wp-login.php", "wp-content", "wp-json",
    "wp-includes", "comments", "kommentarer", "share", "dela", "skriv-ut", "print", "english", "lattlast",
    "lyssna", "sitemap", "webbkarta", "arkiv", "archive", "lediga-jobb",
    "jobba-hos-oss", "karta", "help", "hjalp",
    "faq", "tipsa-oss", "tipsa", "redaktion", "redaktionen", "autor", "autoren", "suche",
})  # fmt: skip
"""Path segments under which no article lies, or that are a page of the site's own upkeep when they come last."""
_ALWAYS_LISTINGS: Final = frozenset({
    "tag", "tags", "tagg", "taggar", "etikett", "category", "categories", "kategori", "kategorier", "author",
    "authors", "autoren", "skribent", "suche", "page", "wp-admin", "wp-content", "wp-json", "wp-includes",
    "wp-login.php", "search",
    "sok", "login", "feed", "rss",
})  # fmt: skip
_QUERIES: Final = re.compile(
    r"(?:^|[&;])(?:s|q|sok|search|query|page|paged|sida|p(?:age)?no|offset|sort|filter|replytocom|share|print|login|redirect"
    r"|return_?url|action)=",
    re.IGNORECASE,
)
_NUMBERED_QUERY: Final = re.compile(r"(?:^|&)(?:p|id|artikel|article|nyhet|news)(?:id)?=\d", re.IGNORECASE)
"""An article by number: /?p=17 of a WordPress without pretty addresses, /artikel.aspx?programid=159&artikel=17."""
_DATED: Final = re.compile(r"/(?:19|20)\d\d/(?:\d{1,2}|[a-z]{3,9})/|(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)|/20\d{6}[-_/]")
_CALENDAR: Final = re.compile(r"/(?:19|20)\d\d(?:/\d{1,2}){0,2}/?$")
"""The archive of a year, a month or a day."""
_SITEVISION: Final = re.compile(r"\.5\.[0-9a-f]{8,}(?:\.html)?$|\.html$")
_NUMBERED: Final = re.compile(r"(?:^|[-/.])(\d{5,})(?:\.html?)?/?$|/(\d{5,})/")
_NEWS: Final = frozenset({
    "nyhet", "nyheter", "news", "aktuellt", "artikel", "artiklar", "article", "articles", "pressmeddelande",
    "pressmeddelanden", "pressrelease", "pressreleases", "nyhetsarkiv", "handelser", "story", "stories", "press",
})  # fmt: skip


def never(url: str) -> bool:
    """Whether an address is a listing, a search, or a page of the site's upkeep."""
    parts = urlsplit(url)
    segments = _segments(parts.path)
    if not segments:
        return not _NUMBERED_QUERY.search(parts.query)
    if _QUERIES.search(parts.query) or _CALENDAR.search(parts.path):
        return True
    folded = [segment.translate(_FOLD) for segment in segments]
    if _ALWAYS_LISTINGS & set(folded[:-1]):
        return True
    return folded[-1] in _NEVER or (folded[0] in _ALWAYS_LISTINGS and len(folded) > 1)


def likeness(url: str) -> int:
    """How much an address speaks for an article: 0 nothing, 3 and more clearly."""
    path = unquote(urlsplit(url).path).lower()
    segments = _segments(path)
    numbered = 2 * bool(_NUMBERED_QUERY.search(urlsplit(url).query))
    if not segments:
        return numbered
    words = len([word for word in re.split(r"[-_.+]+", segments[-1]) if word and word != "html"])
    score = 3 if _DATED.search(path) else 0
    score += 2 if words >= 4 else 1 if words == 3 else 0
    score += 1 if _NEWS & set(segments[:-1]) else 0
    score += 1 if _NUMBERED.search(path) else numbered
    return score + (1 if _SITEVISION.search(path) and words >= 2 else 0)


def article_like(url: str) -> bool:
    """Whether a bare address, of which nothing else is known, is worth fetching as an article."""
    return not never(url) and likeness(url) >= 2


def _segments(path: str) -> list[str]:
    return [segment.lower() for segment in unquote(path).split("/") if segment]


_FOLD: Final = str.maketrans("åäöéü", "aaoeu")
