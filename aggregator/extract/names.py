"""Which persons' names stand in a byline."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from aggregator import dates
from aggregator.extract.titles import loose, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable

_I = re.IGNORECASE
_KINDS = (
    r"(?:text|texte?s|words|story|analys|reportage|kommentar|kolumne|krönika|artikel|beitrag|skriven|written|posted|"
    r"publicerad|publiziert|veröffentlicht|erstellt|geschrieben|verfasst|reported|alles|mehr|mer|more|"
    r"(?:fler|alla) artiklar|alle (?:artikel|beiträge)|all (?:articles|posts))"
)
_PICTURES = r"(?:fotos?|bild(?:er)?|photos?|illustration(?:en|er)?)"
BEFORE = re.compile(
    rf"^(?:(?:(?:ein|eine|en|ett)\s+)?(?:{_KINDS}|{_PICTURES})\s*(?:(?:och|and|und|&|/)\s*)?)*"
    r"(?:\s*(?:av|by|von|vom|af|par|por|di|door|od)\b|\s*[:：])\s*[:：]?\s*",
    _I,
)
# "byAnna Berg": the space between two elements that nobody wrote.
_GLUED = re.compile(r"^(?:[Bb]y|[Aa]v|[Vv]on)(?=[A-ZÅÄÖÜ][a-zåäöü])")
_LABEL = re.compile(
    r"^(?:autor(?:in|en)?|authors?|writer|reporter|skribent|journalist|redaktör|redaktion|interview|texte?|by|av|von|"
    r"作者|责任编辑|责编)\s*[:：]\s*",
    _I,
)
_WRITERS_LABEL = re.compile(
    r"^(?:författare|skribent|reporter|text|authors?|autor(?:in)?)(?:$|\s+(?-i:(?=[A-ZÅÄÖÜ])))", _I
)
_SPLIT = re.compile(r"\s*[;,|•·、]\s*|\s+/\s+|\s+(?:(?i:and|und|och|og|et|mit|with)|&|y|e)\s+")
_BESIDE_DATE = re.compile(
    r"(?:^|[|·•/,]\s*|\b(?:[Pp]ublicera[dt]|[Ss]kriv(?:en|et)|[Pp]ostad|[Ii]nskicka[dt]|[Tt]ext)\s+(?:den\s+)?\|?\s*)"
    r"(?P<by>[Aa]v\s+[A-ZÅÄÖ][^|·•/]*)"
)
_ASIDE = re.compile(r"\s*[(\[{][^)\]}]*[)\]}]?")
_ADDRESS = re.compile(r"(?<!\S)[a-z0-9._+-]*@\S+")
_TAG = re.compile(r"(?<!\S)#\S+")
# Who took the pictures, up to who wrote the text.
_PICTURED = re.compile(rf"\b{_PICTURES}(?:\s+{_PICTURES})*\s*(?:[:：]|\b(?:av|by|von)\b).*?(?=\btexte?\s*[:：]|$)", _I)
# What a byline says besides names: when, as what, for whom.
_MONTH = rf"(?:{dates.MONTH})\b\.?"
_WEEKDAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mån|tis|ons|tors|fre|lör|sön)dag|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
)
_WHEN = re.compile(
    r"[\s,|–-]*\b(?:(?:on|at|am|um|den|kl|le|stand|updated|uppdaterad)\b[.:]?\s*)?"
    rf"(?:(?:{_WEEKDAY}|mo|di|mi|do|fr|sa|so)\b[.,]?\s*)?"
    rf"(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\s?\d{{1,2}}[./]\s?(?:\d{{4}}|\d\d)|"
    rf"\d{{1,2}}\.?\s+{_MONTH},?(?:\s+\d{{4}})?|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b,?(?:\s+\d{{4}})?|"
    r"\d{1,2}[:.]\d\d\b(?:\s*(?:[ap]m|uhr)\b)?(?:\s+[A-Z]{2,4}\b)?)",
    _I,
)
_DAYS = ("day", "dag", "tag", "mittwoch")
_LAST_DAY = re.compile(rf"(?<=\s)(?:{_WEEKDAY})$", _I)
_ROLES = (
    r"(?:writers?|editors?|reporters?|correspondents?|columnists?|contributors?|journalist(?:s|er|in)?|officer|"
    r"(?:chef)?redaktör(?:er)?|nyhetschef|krönikör|(?:ledar)?skribent|kommunikatör|kommunikationschef|presschef|"
    r"pressekreterare|(?:chef)?redakteur(?:in)?|korrespondent(?:in)?|기자)$"
)
_ROLE_WORD = re.compile(_ROLES, _I)
_ROLE = re.compile(
    r"(?:(?:\s+[–—-]\s+|^(?=ap\s|afp\s|reuters\s))(?:\w+\s+){0,3}|^|\s+)"
    r"(?:(?:staff|senior|chief|executive|managing|deputy|associate|assistant|contributing|technology|business|political|"
    r"politics|sports?|science|health|news|foreign|people|editorial|freelance|special|guest|ansvarig|biträdande|"
    rf"politisk|lokal|leitende[rn]?|freie[rn]?)\s+)*{_ROLES}",
    _I,
)
_AT_WORK = re.compile(
    r"\s*[,|–-]\s*(?:(?:lokal|nyhets|kultur|sport|frilans|politisk)\s?)?(?:reporter|journalist|redaktör|skribent|krönikör)$"
    r"|\s*[,|–-]\s*(?:chefredaktör|ledarskribent)$",
    _I,
)
_FOR_AGENCY = re.compile(r"(?<=[a-zåäö])/[A-Z]{2,5}(?:-[A-Z]+)?$")
_FOR = re.compile(r"(?<=\w)\s+for\s+(?:the\s+)?[A-ZÅÄÖÜ].*$", _I)
_NOT_NAME = re.compile(
    r"@|https?:|www\.|\d{2,}|\*|^(?:admin|administrator|user admin|\w*redaktion\w*|redaksjon\w*|redacción|editor\w*|"
    r"staff|webmaster|newsroom|authors?|autor\w*|unknown|none|null|guest|root|user|name|namn|über|about|"
    r"letters? .*|posted(?: on)?|publiziert am|gesponserte inhalte|erstellt|created|skapad|skriven|written|reported|"
    r"(?:senast|last|zuletzt)\b.*|datum|date|stand|i ?dag|i ?går|today|yesterday|heute|gestern|artikel|text|lyssna|"
    rf"nyheter|news|debatt|insändare|ledare|krönika|kultur|sport|{_WEEKDAY}|"
    r"ma|ba|b\.?sc|m\.?sc|md|phd|ph\.d|m\.d|mba|jr|sr|esq|dr|prof)$|"
    r"^(?:twitter|facebook|follow)\b|"
    r"uppdaterad|publicerad|published|updated|veröffentlicht|publiziert|"
    r"\b(?:sagt|says|säger|skriver|schreibt|schrieb|dice|dit|von|by|av)\s*:?$|"
    r"\b(?:alle|all|alla|show all) (?:artikel|artiklar|articles|beiträge|inlägg|posts)\b",
    _I,
)
# Companies and associations sign for themselves.
_COMPANY = re.compile(r"\s(?:AB|GmbH|AG|Ltd|Inc|LLC|PLC|Oy|ASA|e\.\s?V|S\.A|KG|z o\.\s?o)\.?$")
# So do authorities and their offices, schools of higher education, associations.
_BODY = re.compile(
    r"^region\s|\b(?:kommun|region|län|landsting|polis|universitet|högskola|brandkår|förening|kommunikation|"
    r"\w+(?:avdelning|förvaltning|enhet|nämnd|tjänst|myndighet|styrelse|kontor|verk|förbund|förening))"
    r"(?:en|et|n)?$",
    _I,
)
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
AGENCY = re.compile(r"\b(?:dpa|afp|sda|apa|ntb)\b|reuters|associated press|^(?:tt|ap|sid|efe)$|\btt nyhetsbyrån\b", _I)
_DOMAIN = re.compile(r"^(?:[\w-]+\.)+[a-z]{2,}$", _I)
_VERB = re.compile(r"(?:written|posted|skriven|publicerad|erstellt|geschrieben|verfasst)\s+(?:by|av|von)\s", _I)
_PARTICLE = r"(?:(?:de|da|van|von|der|af|la|al|el)\s+){0,2}"
_CAPITAL = r"[^\W\d_a-zåäöüéèøæ][\w.'’-]*"
_FULL = re.compile(rf"^{_PARTICLE}{_CAPITAL}(?:\s+{_PARTICLE}{_CAPITAL}){{1,3}}$")
# How Örebronyheter closes: a writer where else the section stands.
_PLACED = re.compile(
    r"^(?!(?:Nyheter|Kultur|Evenemang|Sport|Näringsliv|Debatt|Ledare|Blåljus|Ekonomi|Politik|Nöje|Lokalt|Länet|Region|"
    r"Örebro)\b)(?P<who>[A-ZÅÄÖ][a-zåäöé-]+(?:\s[A-ZÅÄÖ][\wåäöé-]+){1,2})\s*\|\s*[A-ZÅÄÖ][a-zåäö]+$"
)
_TURNED = re.compile(r"^(?P<last>[^\W\d_][\w'’-]*),\s+(?P<first>[^\W\d_][\w.'’-]*(?:\s+[^\W\d_]\.?)*)$")
_OFFICE_WORDS = 5
_LONGEST_LABEL = 12
_LONGEST = 500


def clean(raw: Iterable[str], site: str, *, agencies: bool = False) -> tuple[str, ...]:
    """The names in some bylines, each once; the outlet's own is none, and agencies only where they are asked for."""
    outlet = loose(site).replace(" ", "")
    found: dict[str, str] = {}
    for line in raw:
        for key, name in _names(line, agencies):
            if key.replace(" ", "") != outlet:
                found.setdefault(key, name)
    return tuple(found.values())[:10]


@lru_cache(maxsize=2_000)
def _names(byline: str, agencies: bool) -> tuple[tuple[str, str], ...]:
    """The names of a byline, each after what it is compared by; a site's few writers are asked for often."""
    line = squeeze(byline)
    if len(line) > _LONGEST or "://" in line or "www." in line:
        return ()
    pieces = _pieces(line)
    if not agencies and (_DOMAIN.match(pieces[0]) or _COMPANY.search(pieces[0])):
        return ()
    found = [name for name in map(_alone, pieces) if is_name(name) or (agencies and _is_agency(name))]
    if not agencies:
        found = [name for name in found if not is_office(name)]
    return tuple((loose(name), name) for name in found)


def is_office(name: str) -> bool:
    """Whether a name is an authority's, an office's or an association's: a few words, the kind of body among them."""
    return len(name.split()) <= _OFFICE_WORDS and _BODY.search(name) is not None


def _is_agency(name: str) -> bool:
    return len(name.split()) <= 4 and AGENCY.search(name) is not None


def _pieces(line: str) -> list[str]:
    """A byline at its commas and conjunctions, without what introduces it, says when, or who took the pictures."""
    text = _ASIDE.sub("", line)
    if "@" in text:
        text = _ADDRESS.sub("", text)
    if "#" in text:
        text = _TAG.sub("", text)
    if any(map(str.isdigit, text)):
        text = _WHEN.sub(" ", text)
    if text.lower().endswith(_DAYS):
        text = _LAST_DAY.sub("", text)
    text = squeeze(text)
    turned = _TURNED.match(text) if "," in text else None
    if turned:
        return [f"{turned['first']} {turned['last']}"]
    if not _PICTURED.match(text):
        text = BEFORE.sub("", _GLUED.sub("", text))
    return _SPLIT.split(_PICTURED.sub(", ", text))


def _alone(piece: str) -> str:
    """A name without its label, role and outlet; "" where only a role is left."""
    name = BEFORE.sub("", _LABEL.sub("", piece))
    name = _FOR_AGENCY.sub("", _FOR.sub("", name)).strip(" .,:–—-|/'\"")
    if not _ROLE_WORD.match(name.rpartition(" ")[2]):
        return name
    left = _ROLE.sub("", name)
    return left if " " in left or left.lower() == left.upper() else ""


def is_name(text: str) -> bool:
    """Whether it can be a person's name: one to five words with a capital (where the script has any), no agency.

    "anna.e" and "redaktionen" are how programs sign, not persons, and "AB" is how companies do.
    """
    words = text.split()
    if not 1 <= len(words) <= 5 or not 2 <= len(text) <= 60:
        return False
    if _NOT_NAME.search(text) or AGENCY.search(text) or _COMPANY.search(text):
        return False
    if _EAST_ASIAN.search(text) and len(text) > 10:
        return False
    if text == text.lower() == text.upper() and len(max(words, key=len)) > 15:
        return False
    return text[0].isalpha() and (text != text.lower() or text == text.upper())


def signs(line: str) -> bool:
    """Whether a line begins as those do that say who wrote."""
    return bool(BEFORE.match(line) or _LABEL.match(line) or ("|" in line and _PLACED.match(line)))


def labelled(label: str, line: str) -> str:
    """What stands beside a label that a writer has, in a column or behind it without a mark; "" where it is none.

    ``label`` is what stands before ``line``.
    """
    if len(label) <= _LONGEST_LABEL and _WRITERS_LABEL.fullmatch(label.rstrip(" :")):
        return line
    found = _WRITERS_LABEL.match(line)
    return line[found.end() :] if found else ""


def beside_date(line: str) -> str:
    """The part of a line that says who wrote, where its date stands beside it: "5 mars 2024 av Ada", "… | Av Ada"."""
    if ("av " not in line and "Av " not in line) or not any(map(str.isdigit, line)):
        return ""
    if dates.is_updated_label(line):  # who changed a page need not be who wrote
        return ""
    found = _BESIDE_DATE.search(_WHEN.sub(" | ", line))
    return found["by"] if found else ""


def works(line: str) -> bool:
    """Whether a line is a name with a newsroom's role, as "Ada Exempel, reporter"; a contact has another."""
    return _AT_WORK.search(line) is not None and _FULL.match(_AT_WORK.sub("", line)) is not None


def full(line: str, site: str) -> tuple[str, ...]:
    """The names of a line where nothing marks it as a byline: first and last ones, the first thing in it.

    One name is enough behind a verb ("Posted by Ada"); "Av Ada Exempel, TT" gives the person.
    """
    placed = _PLACED.match(line)
    if placed:
        return (placed["who"],)
    found = clean([line], site)
    if not found or (len(found) == 1 and _VERB.match(line)):
        return found
    return tuple(name for name in found if _FULL.match(name)) if _FULL.match(found[0]) else ()


def owns(address: str, name: str) -> bool:
    """Whether a line is nothing but an address of e-mail that a first or last name is in."""
    local, _, host = address.partition("@")
    return (
        " " not in address
        and "." in host
        and any(len(part) > 2 and _folded(part) in local.lower() for part in name.split())
    )


def _folded(text: str) -> str:
    """In the letters that addresses have."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def signed(raw: list[str]) -> tuple[str, ...]:
    """Agencies and outlets, as they sign."""
    found = {loose(name): name for line in raw if "://" not in line and 2 <= len(name := squeeze(line)) <= 60}
    return tuple(name for key, name in found.items() if key and not _NOT_NAME.search(name))[:3]
