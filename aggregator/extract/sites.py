"""What of a title is the site's: its name, and the names of its sections."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from aggregator import dates, markup

_WORD = re.compile(r"\w+")
# What sections are called, and never news.
_SECTION = re.compile(
    r"(?:(?:alla|senaste|aktuella|fler|våra) )?"
    r"(?:nyheter(?:na)?|nytt|artiklar|pressmeddelanden|evenemang|inlägg)(?: \d{4})?|"
    r"(?:nyheter|aktuellt|senaste nytt) (?:från|i) (?:\w+ ){0,2}(?:kommun(?:en)?|region(?:en)?|länet)|"
    rf"nyhetsarkiv (?:{dates.MONTH}) \d{{4}}|"
    r"(?:aktuella |pågående )?(?:drift|trafik)?störningar|"
    r"nyhets(?:arkiv|lista|rum|flöde)(?: \d{4})?|arkiv(?: \d{4})?|aktuellt|press(?:rum)?|"
    r"evenemangskalender|kalender|"
    r"kalendarium|blogg|start(?:sida)?|hem|home|kontakt(?:a (?:oss|kommunen|regionen|redaktionen))?|kontaktuppgifter|"
    r"om (?:oss|webbplatsen|kakor|cookies|tidningen)|webbkarta|sök|sökresultat.*|lediga (?:jobb|tjänster)|protokoll|"
    r"driftinformation|(?:digital )?anslagstavla(?:n)?|kungörelser|"
    r"(?:nyheter|press) och (?:press|media)|"
    r"tillgänglighetsredogörelse|(?:kakor|cookies)(?: \(cookies\))?|integritetspolicy|mina sidor|"
    r"tack för (?:ditt|din) (?:meddelande|anmälan|beställning)|"
    r"(?:latest |all )?news|press releases|events?|calendar|search(?: results.*)?|"
    r"sport|kultur|debatt|ledare|opinion|insändare|näringsliv|ekonomi|politik|nöje|familj|blåljus|lokalt|"
    r"(?:etikett|tagg|tag|kategori|category|ämne|författare|author)\s*:\s*\S.*|"
    rf"(?:{dates.MONTH}) \d{{4}}",
    re.IGNORECASE,
)
_KINDS_OF_SITES = markup.words("the visit region kommun kommuns län läns stad tidning se com nu net org www")
"""Words beside the name of a place or paper in a site's own: "Kumla kommun" is kumla.se."""
_ENDING = 2
"""The letters of a genitive: "Exempels kommun" is exempel.example."""


def _flat(text: str) -> str:
    """Letters and digits alone, without their marks: what a name shares with the host that bears it."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text.casefold())))


_flat_name = lru_cache(maxsize=64)(_flat)
"""The same of a site's name, which is asked for once a part."""


def is_name(part: str, name: str) -> bool:
    """Whether a part of a title may be the site's name: it lies in that, or holds it with a word or two more."""
    flat, site = _flat(part), _flat_name(name)
    if not flat:
        return True
    return len(flat) >= 2 and bool(site) and (flat in site or (site in flat and len(flat) < len(site) + 12))


def is_whole_name(part: str, name: str) -> bool:
    """Whether it is the site's name and no more, nor a word of it.

    "Örebro – Karlskoga 3–1" is a match, also in Örebronyheter, and "Kumla växer" is news, also on kumla.se.
    """
    flat, site = _bare_name(part), _bare_name(name)
    if not flat or not site:
        return False
    return (flat in site and len(flat) >= 0.7 * len(site)) or (site in flat and len(flat) <= len(site) + _ENDING)


@lru_cache(maxsize=256)
def _bare_name(name: str) -> str:
    return _flat("".join(word for word in _WORD.findall(name.casefold()) if word not in _KINDS_OF_SITES))


def is_section(title: str) -> bool:
    """Whether it is what a section is called ("Nyheter"), and no headline."""
    return _SECTION.fullmatch(title) is not None


def is_general(title: str, site: str) -> bool:
    """Whether it is a section's name or the site's own, and no headline; one may stand under it, but not "Kontakt"."""
    return (is_section(title) and not title.casefold().startswith("kontakt")) or is_whole_name(title, site)
