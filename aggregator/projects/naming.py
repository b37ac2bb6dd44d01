"""How a text brings a project in, and what else it is called."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from aggregator.model import ProjectStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOUNS: Final = r"projekt\w{0,3}|projects?|program\w{0,3}|förstudier|satsningar|initiativ|uppdrag|insatser"
SECTION: Final = re.compile(
    r"(?:våra\s+|regionens\s+|lista\s+över\s+)?"
    r"(?:(?P<finished>genomförda|avslutade|tidigare|avklarade|färdiga|gamla|slutförda"
    r"|finished|completed|past|previous|former|closed|abgeschlossene|concluded)"
    r"|(?P<ongoing>pågående|aktuella|nuvarande|löpande|våra|ongoing|current|active|running|laufende|senaste|nya))"
    rf"(?:\s+(?:och\s+\w+\s+)?\w{{0,20}})?\s*(?:{_NOUNS})(?:\s+\w+){{0,4}}\s*:?",
    re.IGNORECASE,
)
"""A line that is a section's heading: "Genomförda projekt", "Pågående projekt inom hälsa"."""

_BARE_SECTION: Final = re.compile(
    r"(?P<finished>genomförda|avslutade|slutförda|finished|completed)|(?P<ongoing>pågående|ongoing)", re.IGNORECASE
)
_STATUS_WORDS: Final = re.compile(
    r"(?P<finished>(?:avsluta|genomför|slutför)\w*|finished|completed|ended)|(?P<ongoing>pågå\w*|ongoing|running)",
    re.IGNORECASE,
)
_KINDS: Final = (
    r"(?:EU-|del|forsknings|utvecklings|samverkans|pilot|forskning)?projektet|testbädden|förstudien|satsningen"
    r"|programmet|initiativet|omställningen\s+till|the\s+project"
)
_READ_MORE: Final = re.compile(
    r"(?:här\s+kan\s+du\s+)?(?:läsa?|read|se)\s+(?:gärna\s+)?(?:mer|more|vidare)\s+(?:om|about|på)\s+"
    rf"(?:(?P<kind>{_KINDS})\s+)?(?P<name>.{{2,90}}?)\s*[.›»>→]?",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(
    rf"(?:kort\s+|mer\s+)?om\s+(?:{_KINDS})\s+(?P<name>.{{2,80}}?)|(?:{_KINDS})\s+(?P<only>\S.{{1,80}}?)", re.IGNORECASE
)
_BRINGS_IN: Final = re.compile(rf"(?:{_KINDS})\s+[\"”“«']?(?P<rest>[A-ZÅÄÖ0-9].*)", re.DOTALL)
_IS_PROJECT: Final = re.compile(
    r"[\"”“«']?(?P<name>[A-ZÅÄÖ][^.,;:]{1,60}?)[\"”“»']?\s+(?:är|var|is|was)\s+(?:ett|en|an?)\s+(?:[\w-]+\s+){0,4}?"
    r"(?:\w*projekt|project|testbädd|förstudie|\w*satsning)\b"
)
_STUDY: Final = re.compile(
    r"(?:En|Vår)\s+(?P<name>förstudie\s+(?:kring|om|av|inom)\s+\w[\w-]*(?:\s+och\s+\w[\w-]*)?)\s"
)
_LEADER: Final = re.compile(
    r"[Pp]rojekt(?:ledare|koordinator|samordnare|ägare)\w*\s*(?:för|:|,)?\s+(?P<name>[A-ZÅÄÖ].{1,60})"
)
LONG_NAME: Final = re.compile(
    r"(?P<short>[A-ZÅÄÖ][\w.+&/]*(?:\s\d[\d.]*)?)\s+[-–—:]\s+(?P<long>[A-ZÅÄÖa-zåäö].{8,200})"
)
_STANDS_FOR: Final = re.compile(
    r"\s(?:står\s+för|stands\s+for|är\s+en\s+förkortning\s+(?:av|för)|uttyds)\s+[\"”“«']?(?P<long>[^.;\"”»]{5,220}?)"
    r"(?=[\"”“»'.;]|,\s+(?:vilket|som|det\s+vill|which|och)|$)",
    re.IGNORECASE,
)
_PARENTHESIS: Final = re.compile(r"(?P<name>.{2,120}?)\s*\((?P<other>[^()]{2,80})\)\s*")

_GENERIC: Final = re.compile(
    r"(?:kontakt\w*|contacts?|läs\s+mer\b.*|läs\s+också|read\s+more\b.*|mer\s+information\b.*|om\s+\w+|bakgrund|syfte\w*"
    r"|mål\w*|resultat\w*|relatera\w+.*|dokument\w*|länkar?|nyheter|aktuellt|kalender\w*|projekt\w{0,3}|projects?"
    r"|deltagare|finansi\w+|tidsplan|organisation|samarbetspartners?|parter|partners?|styrgrupp|arbetsgrupp|aktiviteter"
    r"|material|filmer?|film|rapporter?|slutrapport\w*|utvärdering|vanliga\s+frågor|frågor\s+och\s+svar|faq|dela"
    r"|innehåll\w*|sök|search|meny|publikationer|hade\s+du\s+nytta.*|did\s+the\s+content.*|bilagor?|press\w*"
    r"|evenemang|verktyg|metod\w*|delprojekt|period|budget|askersunds?|degerfors|hallsbergs?|hällefors|karlskoga|kumla"
    r"|laxå|lekebergs?|lindesbergs?|ljusnarsbergs?|nora|örebro)(?:\s+kommun)?",
    re.IGNORECASE,
)
_ENDING: Final = re.compile(
    r"läs\s+mer|läs\s+också|mer\s+information|relatera\w+.*|dela.*|hade\s+du\s+nytta.*|did\s+the\s+content.*|hat\s+ihnen.*",
    re.IGNORECASE,
)
_NO_NAME: Final = re.compile(
    r"\b(?:vi|du|är|var|blir|kan|ska|skall|vill|vad|hur|vart|varför|här|hej|välkommen|klicka|tillsammans\s+\w+r"
    r"|you|we|how|what)\b|[.!?…]\s*$|^(?:att|ett|en|om|så|nu|därför|från|den|det|detta|the|a|kort|region)\b"
    r"|kontakt|@|\d{4,}.{0,3}\d{3}",
    re.IGNORECASE,
)
_STOPS: Final = frozenset({
    "är", "var", "har", "hade", "ska", "skall", "vill", "kan", "får", "fick", "ger", "gav", "går", "gick", "som", "i",
    "på", "för", "till", "av", "med", "inom", "mellan", "under", "från", "vid", "om", "att", "där", "när", "och", "is",
    "syftar", "was", "has", "in", "of", "for", "with", "startade", "drivs", "leds", "pågår", "genomförs", "består",
    "bygger",
})  # fmt: skip
_VERBAL: Final = re.compile(r"\w+(?:ade|ades|ats|ts|ar|er|as|es)")
_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+")
_PHONE: Final = re.compile(
    r"(?:(?:telefon|tel|mobil|växel|phone)\w*\.?\s*(?:nr|nummer)?\s*:?\s*)?"
    r"(?<![\d-])(?:\+46|0)\s?\(?0?\)?\d{1,3}\)?[\s–/-]{1,3}\d[\d\s-]{4,12}\d",
    re.IGNORECASE,
)
_EDGES: Final = " \t\"”“«»'’.:,;›→"


def status_of(line: str) -> ProjectStatus | None:
    """The status that a section's heading gives, or None where a line is no such heading."""
    match = SECTION.fullmatch(line.strip()) or _BARE_SECTION.fullmatch(line.strip(" :"))
    if match is None or len(line) > 70:
        return None
    return ProjectStatus.FINISHED if match["finished"] else ProjectStatus.ONGOING


def folded(name: str) -> str:
    """The text by which two spellings of a name are equal: case, hyphens and blanks set aside."""
    return re.sub(r"[\W_]+", "", name.casefold())


def is_acronym(word: str) -> bool:
    """CROSS, TABB, InnoMera, RF-SISU: two capitals at least, in one word."""
    return sum(letter.isupper() for letter in word) >= 2 and len(word) >= 3 and " " not in word.strip()


def generic(heading: str) -> bool:
    """Whether a heading stands on any page: "Kontakt", "Bakgrund", a municipality's name."""
    return bool(_GENERIC.fullmatch(heading.strip(_EDGES + "?!")))


def ends(heading: str) -> bool:
    """Whether a heading ends what is told of a project: "Läs mer", "Relaterad information"."""
    return bool(_ENDING.fullmatch(heading.strip(_EDGES + "?!")))


def name_like(heading: str) -> bool:
    """Whether a heading could be a name: short, no sentence, nothing that stands on any page."""
    words = heading.split()
    long = LONG_NAME.fullmatch(heading)
    if long:
        return is_acronym(long["short"]) or (len(long["short"]) > 2 and len(words) <= 20 and not generic(long["short"]))
    return (
        1 <= len(words) <= 7
        and heading[:1].upper() == heading[:1]
        and heading[:1].isalnum()
        and not generic(heading)
        and not _NO_NAME.search(heading)
        and status_of(heading) is None
    )


def of_heading(heading: str) -> str:
    """The short name in a heading: "CROSS" of "CROSS - Civilsamhälle och …", what follows "projektet"."""
    text = heading.strip(_EDGES)
    if match := _ABOUT.fullmatch(text):
        return tidy(match["name"] or match["only"])
    if match := LONG_NAME.fullmatch(text):
        return tidy(match["short"])
    if match := _PARENTHESIS.fullmatch(text):
        both = match["name"], match["other"]
        return tidy(both[1] if is_acronym(both[1]) and not is_acronym(both[0]) else both[0])
    return tidy(text)


def status_in(heading: str) -> ProjectStatus | None:
    """The status that a project's own heading gives in parentheses: "CROSS (avslutat 2022)"."""
    inside = _PARENTHESIS.fullmatch(heading.strip(_EDGES))
    match = _STATUS_WORDS.match(inside["other"]) if inside else None
    if match is None:
        return None
    return ProjectStatus.FINISHED if match["finished"] else ProjectStatus.ONGOING


def brought_in(line: str, *, known: Iterable[str] = ()) -> str | None:
    """The name with which a paragraph begins: "Projektet Trygga kompetensen startade …", "En förstudie kring …"."""
    if match := _BRINGS_IN.match(_capital_free(line)):
        return _leading_name(match["rest"], known)
    if match := _STUDY.match(line):
        return tidy(match["name"])
    if (match := _IS_PROJECT.match(line)) and not _NO_NAME.search(match["name"]) and len(match["name"].split()) <= 5:
        return tidy(match["name"])
    return None


def pointed_at(line: str) -> str | None:
    """The name in a line of its own that points: "Läs mer om testbädden InnoMera", "Kort om projektet CHERRIES"."""
    text = line.strip(_EDGES)
    if len(text) > 110:
        return None
    if match := _READ_MORE.fullmatch(text):
        name = match["name"].strip(_EDGES)
        named = match["kind"] or is_acronym(name.split()[0] if name else "") or name_like(name[:1].upper() + name[1:])
        return tidy(name) if named and not generic(name) and len(name.split()) <= 8 else None
    if (match := _ABOUT.fullmatch(text)) and match["name"]:
        return tidy(match["name"])
    return None


def led(title: str) -> str | None:
    """The project that a person's title names: "Projektledare: Trygga kompetensen"."""
    match = _LEADER.search(title)
    return tidy(match["name"].split(",")[0]) if match else None


def aliases(name: str, naming_lines: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """What else a project is called: its long name, what its letters stand for."""
    found: list[str] = []
    for line in naming_lines:
        text = line.strip(_EDGES)
        if (match := LONG_NAME.fullmatch(text)) and folded(match["short"]) == folded(name):
            found.append(tidy(match["long"]))
        elif (match := _PARENTHESIS.fullmatch(text)) and not _STATUS_WORDS.match(match["other"]):
            found += [tidy(match["name"]), tidy(match["other"])]
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)(?:\s*\((?P<other>[^()]{{4,160}})\))?", re.IGNORECASE)
    for text in texts:
        for match in islice(pattern.finditer(text), 20):
            if stands := _STANDS_FOR.match(text, match.end()):
                found.append(tidy(stands["long"]))
            if (other := match["other"]) and len(other.split()) > 2 and not _STATUS_WORDS.match(other):
                found.append(tidy(other))
    if name.lower().startswith("förstudie "):
        found.append(re.sub(r"(?i)^(förstudie)\s+(?:kring|om|av|inom)\s+", r"\1 ", name))
    return tuple(other for other in dict.fromkeys(found) if folded(other) != folded(name))


def tidy(name: str) -> str:
    """A name as it stands in a register: no quotes or stops around it, its first letter as a capital."""
    text = re.sub(r"\s+", " ", name).strip(_EDGES)
    return text[:1].upper() + text[1:]


def without_contacts(text: str) -> str:
    """A text without telephone numbers and e-mail addresses."""
    return re.sub(r"[ \t]{2,}", " ", _PHONE.sub("", _EMAIL.sub("", text)))


def reach(line: str) -> tuple[str | None, str | None]:
    """The e-mail address and telephone number in a line."""
    mail, phone = _EMAIL.search(line), _PHONE.search(line)
    number = re.sub(r"^\D*?(?=[+0])", "", phone[0]).strip() if phone else None
    return mail[0] if mail else None, number


def _capital_free(line: str) -> str:
    """The line with its first letter small, so that "Projektet" and "projektet" are one."""
    return line[:1].lower() + line[1:]


def _leading_name(rest: str, known: Iterable[str]) -> str | None:
    """The name with which a text begins; one of the known where it is, else by the look of its words."""
    for name in sorted(known, key=len, reverse=True):
        if rest.casefold().startswith(name.casefold()) and not rest[len(name) : len(name) + 1].isalpha():
            return tidy(name)
    closing = re.match(r"[^\"”“»']{2,60}[\"”»]", rest)
    if closing:
        return tidy(closing[0])
    words = re.findall(r"[^\s,;:()]+|[,;:()]", rest[:120])
    taken = words[:1]
    plain = not is_acronym(words[0].strip(_EDGES)) if words else False
    for word in words[1:6]:
        bare = word.strip(_EDGES)
        if not bare or taken[-1].endswith(".") or bare.lower() in _STOPS:
            break
        if not (bare[0].isupper() or bare[0].isdigit() or (plain and bare.isalpha() and not _VERBAL.fullmatch(bare))):
            break
        taken.append(word)
    name = tidy(" ".join(taken))
    return name if len(name) >= 3 and not _NO_NAME.search(name) else None
