"""An article as the taggers read it: words in sentences, each sentence with its place and its say.

What belongs to the page and not to the piece is left out first (the ticker of headlines, "Latest News", the closing
block, contact lines, standing footers), whoever handed over the text: most of it is gone from what ``extract`` gives,
but texts come from elsewhere too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aggregator import swedish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aggregator.model import Article

MOST_CHARACTERS = 20_000
"""Of a longer text the beginning is read: what a piece is about stands there, and the time is bounded."""
QUOTED = 0.5
STANDING = 0.1
_LEAD_WORDS = 45

_THE_END = re.compile(
    r"^\W*(latest news|senaste nytt$|you must be logged in|du måste logga in|så arbetar vi\b|javascript är avstängt"
    r"|hade du nytta av|did the content help|hat ihnen dieser|läs fler nyheter|fler nyheter"
    r"|relaterade (artiklar|nyheter)|mer läsning|dela (sidan|artikeln)|ämnen$|kategorier$|följ oss\b|presskontakt"
    r"|kontaktpersoner?:?$|kontakt:?$|för mer information|för ytterligare information|annons ▾|tipsa:)",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"^\W*(kontakt|för (mer|ytterligare) information|presskontakt)", re.IGNORECASE)
_FURNITURE = re.compile(
    r"^\W*((foto|bild|bildtext|text|arkivbild|arkivfoto|skärmdump|illustration)\s?:.{0,90}"
    r"|(arkivbild|arkivfoto|dela|lyssna|skriv ut|annons)\W*|skärmdump från.{0,60}"
    r"|(publicerad|publicerat|senast (uppdaterad|publicerad|ändrad)|last updated|published|zuletzt aktualisiert"
    r"|sidan granskades|innehållsansvarig|kortadress|läs också|läs även|läs mer|by on|av på|posted)\b.{0,90}"
    r"|du är på .{0,40}webbplats\.?)$",
    re.IGNORECASE,
)
_CATEGORY = re.compile(r"^[^.!?|]{2,60}\s\|\s[^.!?|]{2,60}$")
_PUBLISHER = re.compile(
    r"^(örebronyheter|örebroguiden|örebrokuriren|region örebro (län|county|bezirk))\W*$", re.IGNORECASE
)
_ORIGIN = re.compile(r"^\W*(?:[Kk]älla|KÄLLA)(?:\s*:\s*|\s+(?=[A-ZÅÄÖ]))(.{2,80}?)[\s.,;]*$")
_STANDING = re.compile(
    r"Om (?:[Rr]egionen|oss|kommunen|[A-ZÅÄÖ][\w& ]{2,40}$)|Fakta om (?:[Rr]egion|kommunen)"
    r"|Region Örebro län (?:ansvarar|är en|har ungefär|arbetar)"
    r"|[A-ZÅÄÖ][\w& ]{3,40} (?:ansvarar för|är en av (?:Sveriges|landets|länets)"
    r"|är (?:Sveriges|landets) (?:största|ledande))"
)
_QUOTE = re.compile(r"^\s*[–—-]\s|^\s*[”\"»]|, (säger|menar|berättar|kommenterar|tycker|förklarar|avslutar) \w")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Half-open token places, the part of the article it stands in (title, lead, text), and how much it counts."""

    start: int
    end: int
    where: str
    say: float
    quoted: bool
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of an article in order, its sentences, the sentence of each word, and a closing line's origin."""

    tokens: Sequence[swedish.Token]
    sentences: Sequence[Sentence]
    sentence_of: Sequence[int]
    origin: str | None
    body: float
    """How many words stand below the headline, each counted as much as its sentence has to say."""

    def words(self, start: int, end: int) -> str:
        """The words between two token places, as they were written."""
        return " ".join(token.text for token in self.tokens[start:end])


def read(article: Article) -> Reading:
    """The article's title, lead and text as words and sentences, without what belongs to the page."""
    text = article.text[:MOST_CHARACTERS].replace("\xad", "")  # soft hyphens
    paragraphs, origin = _own_paragraphs(text, article.title)
    lead = article.lead.strip()
    pieces: list[tuple[str, str, float]] = [(article.title, "title", 1.0)]
    if lead and not _begins_with(paragraphs, lead):
        pieces.append((lead, "lead", 1.0))
    left = 0 if len(pieces) > 1 else _LEAD_WORDS
    for place, paragraph in enumerate(paragraphs):
        say = STANDING if place and place >= len(paragraphs) - 2 and _STANDING.match(paragraph) else 1.0
        pieces.append((paragraph, "lead" if left > 0 else "text", say))
        left -= paragraph.count(" ") + 1
    return _assembled(pieces, origin)


def _assembled(pieces: list[tuple[str, str, float]], origin: str | None) -> Reading:
    tokens: list[swedish.Token] = []
    sentences: list[Sentence] = []
    sentence_of: list[int] = []
    room = _LEAD_WORDS
    for number, (text, where, say) in enumerate(pieces):
        quoting = bool(re.match(r"\s*[–—-]\s", text))
        for start, end in swedish.sentences(text):
            part = text[start:end]
            words = swedish.tokens(part)
            if not words:
                continue
            quoted = where != "title" and (quoting or bool(_QUOTE.search(part)))
            place = where
            if where == "lead":
                place = "lead" if room > 0 else "text"
                room -= len(words)
            share = say * (QUOTED if quoted else 1.0)
            sentences.append(Sentence(len(tokens), len(tokens) + len(words), place, share, quoted, number))
            sentence_of.extend([len(sentences) - 1] * len(words))
            tokens.extend(words)
    body = sum((one.end - one.start) * one.say for one in sentences if one.where != "title")
    return Reading(tokens, sentences, sentence_of, origin, body)


def _begins_with(paragraphs: list[str], lead: str) -> bool:
    return " ".join(paragraphs)[: len(lead) + 20].find(lead[:60]) >= 0


def _own_paragraphs(text: str, title: str) -> tuple[list[str], str | None]:
    lines = [line.strip() for line in text.split("\n")]
    lines = _without_ticker([line for line in lines if line], title)
    origin = None
    own: list[str] = []
    for place, line in enumerate(lines):
        found = _ORIGIN.match(line)
        if found:
            origin = found[1]
        elif _THE_END.match(line) and _is_end(line, lines[place + 1 :], own):
            origin = origin or _origin_after(lines[place + 1 :])
            break
        elif not (_FURNITURE.match(line) or _PUBLISHER.match(line) or _CATEGORY.match(line)):
            own.append(line)
    return own, origin


def _is_end(line: str, rest: list[str], own: list[str]) -> bool:
    """A contact line ends the piece only where nothing but contacts follows it."""
    if not own:
        return False
    return not _CONTACT.match(line) or sum(len(after) > 160 for after in rest) == 0


def _origin_after(lines: list[str]) -> str | None:
    found = [match[1] for line in lines[:12] if (match := _ORIGIN.match(line))]
    return found[0] if found else None


def _without_ticker(lines: list[str], title: str) -> list[str]:
    name = title.strip().casefold()
    for place, line in enumerate(lines[:25]):
        if line.casefold() == name:
            return lines[place + 1 :]
    listed = 0
    while listed < len(lines) and lines[listed].startswith("- ") and not lines[listed].endswith((".", "!", "?")):
        listed += 1
    return lines[listed:] if listed >= 3 else lines
