"""Which persons' names stand in a byline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aggregator.extract.titles import loose, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable

_I = re.IGNORECASE
_KINDS = (
    r"(?:text|texte?s|words|story|analys|reportage|kommentar|kolumne|krönika|artikel|beitrag|skriven|written|posted|"
    r"publicerad|publiziert|veröffentlicht|erstellt|geschrieben|verfasst|reported)"
)
_PICTURES = r"(?:fotos?|bild(?:er)?|photos?|illustration(?:en|er)?)"
BEFORE = re.compile(
    rf"^(?:(?:(?:ein|eine|en|ett)\s+)?(?:{_KINDS}|{_PICTURES})\s*(?:och|and|und|&|/)?\s*)*"
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
_SPLIT = re.compile(r"\s*[;,|•·、]\s*|\s+/\s+|\s+(?:(?i:and|und|och|og|et|mit|with)|&|y|e)\s+")
_ASIDE = re.compile(r"\s*[(\[{][^)\]}]*[)\]}]?")
_ADDRESS = re.compile(r"(?<!\S)[a-z0-9._+-]*@\S+")
_PICTURED = re.compile(rf"\s*\b{_PICTURES}\s*(?:[:：]|\b(?:av|by|von)\b).*$", _I)
# What a byline says besides names: when, as what, for whom.
_MONTH = (
    r"(?:jan(?:uar[iy]?)?|feb(?:ruar[iy]?)?|mars|march|märz|mar|apr(?:il)?|maj|mai|may|jun[ie]?|jul[iy]?|"
    r"aug(?:ust[i]?)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\b\.?"
)
_WEEKDAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mån|tis|ons|tors|fre|lör|sön)dag|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
)
_WHEN = re.compile(
    rf"[\s,|–-]*\b(?:(?:on|at|am|um|den|kl|le|stand|updated|uppdaterad)\b[.:]?\s*)?(?:(?:{_WEEKDAY}|mo|di|mi|do|fr|sa|so)\b[.,]?\s*)?"
    rf"(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\s?\d{{1,2}}[./]\s?(?:\d{{4}}|\d\d)|"
    rf"\d{{1,2}}\.?\s+{_MONTH},?(?:\s+\d{{4}})?|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b,?(?:\s+\d{{4}})?|"
    r"\d{1,2}[:.]\d\d\b(?:\s*(?:[ap]m|uhr)\b)?(?:\s+[A-Z]{2,4}\b)?)",
    _I,
)
_LAST_DAY = re.compile(rf"(?<=\s)(?:{_WEEKDAY})$", _I)
_ROLE = re.compile(
    r"(?:(?:\s+[–—-]\s+|^(?=ap\s|afp\s|reuters\s))(?:\w+\s+){0,3}|^|\s+)"
    r"(?:(?:staff|senior|chief|executive|managing|deputy|associate|assistant|contributing|technology|business|political|"
    r"politics|sports?|science|health|news|foreign|people|editorial|freelance|special|guest|ansvarig|biträdande|"
    r"politisk|lokal|leitende[rn]?|freie[rn]?)\s+)*"
    r"(?:writers?|editors?|reporters?|correspondents?|columnists?|contributors?|journalist(?:s|er|in)?|officer|"
    r"(?:chef)?redaktör(?:er)?|nyhetschef|krönikör|(?:ledar)?skribent|kommunikatör|kommunikationschef|presschef|"
    r"pressekreterare|(?:chef)?redakteur(?:in)?|korrespondent(?:in)?|기자)$",
    _I,
)
_FOR = re.compile(r"(?<=\w)\s+for\s+(?:the\s+)?[A-ZÅÄÖÜ].*$", _I)
_NOT_NAME = re.compile(
    r"@|https?:|www\.|\d{2,}|\*|^(?:admin|administrator|user admin|redaktion\w*|redaksjon\w*|redacción|editor\w*|staff|"
    r"webmaster|newsroom|authors?|autor\w*|nyhetsredaktionen|unknown|none|null|guest|root|user|name|namn|über|about|"
    r"letters? .*|posted on|publiziert am|gesponserte inhalte|"
    r"ma|ba|b\.?sc|m\.?sc|md|phd|ph\.d|m\.d|mba|jr|sr|esq|dr|prof)$|"
    r"^(?:twitter|facebook|follow)\b|"
    r"uppdaterad|publicerad|published|updated|veröffentlicht|publiziert|"
    r"\b(?:sagt|says|säger|skriver|schreibt|schrieb|dice|dit|von|by|av)\s*:?$|"
    r"\b(?:alle|all|alla|show all) (?:artikel|artiklar|articles|beiträge|inlägg|posts)\b",
    _I,
)
# Companies and associations sign for themselves.
_COMPANY = re.compile(r"\s(?:AB|GmbH|AG|Ltd|Inc|LLC|PLC|Oy|ASA|e\.\s?V|S\.A|KG|z o\.\s?o)\.?$")
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
AGENCY = re.compile(r"\b(?:dpa|afp|sda|apa|ntb)\b|reuters|associated press|^(?:tt|ap|sid|efe)$|\btt nyhetsbyrån\b", _I)
_DOMAIN = re.compile(r"^(?:[\w-]+\.)+[a-z]{2,}$", _I)
_TURNED = re.compile(r"^(?P<last>[^\W\d_][\w'’-]*),\s+(?P<first>[^\W\d_][\w.'’-]*(?:\s+[^\W\d_]\.?)*)$")


def clean(raw: Iterable[str], site: str, *, agencies: bool = False) -> tuple[str, ...]:
    """The names in some bylines, each once; the outlet's own is none, and agencies only where they are asked for."""
    outlet = loose(site).replace(" ", "")
    names: dict[str, str] = {}
    for line in raw:
        if "://" in line:
            continue
        pieces = _pieces(line)
        if not agencies and (_DOMAIN.match(pieces[0]) or _COMPANY.search(pieces[0])):
            continue
        for piece in pieces:
            name = _alone(piece)
            key = loose(name)
            named = is_name(name) or (agencies and bool(AGENCY.search(name)) and len(name.split()) <= 4)
            if named and key.replace(" ", "") != outlet:
                names.setdefault(key, name)
    return tuple(names.values())[:10]


def _pieces(line: str) -> list[str]:
    """A byline at its commas and conjunctions, without what introduces it, says when, or who took the pictures."""
    text = _ADDRESS.sub("", _ASIDE.sub("", squeeze(line)))
    text = _LAST_DAY.sub("", _WHEN.sub(" ", text) if any(map(str.isdigit, text)) else text)
    turned = _TURNED.match(squeeze(text))
    if turned:
        return [f"{turned['first']} {turned['last']}"]
    text = _GLUED.sub("", squeeze(text))
    return _SPLIT.split(text if _PICTURED.match(text) else BEFORE.sub("", text))


def _alone(piece: str) -> str:
    """A name without its label, role and outlet; "" where only a role is left, or who took the pictures."""
    if _PICTURED.match(piece):
        return ""
    name = _PICTURED.sub("", BEFORE.sub("", _LABEL.sub("", piece)))
    name = _FOR.sub("", name).strip(" .,:–—-|/'\"")
    left = _ROLE.sub("", name)
    if left == name:
        return name
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


def signed(raw: list[str]) -> tuple[str, ...]:
    """Agencies and outlets, as they sign."""
    found = {loose(name): name for line in raw if "://" not in line and 2 <= len(name := squeeze(line)) <= 60}
    return tuple(name for key, name in found.items() if key and not _NOT_NAME.search(name))[:3]
