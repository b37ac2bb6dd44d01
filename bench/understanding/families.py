"""Families of texts, made up: releases with what newsrooms make of them, and what only looks alike.

Each ``Told`` bears the story that it belongs to and how it was made. A third of the topics, series and notices is held
back (``held``): thresholds were chosen on the rest. Everything follows from the seed.
"""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

START: Final = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
_SAID: Final = tomllib.loads((Path(__file__).parent / "topics.toml").read_text("utf-8"))
TOPICS: Final = _SAID["topic"]
NOTICES: Final = _SAID["notice"]
SERIES: Final = _SAID["series"]
SYNONYMS: Final = _SAID["synonyms"]
QUOTES: Final = _SAID["quotes"]
FOOTER: Final = _SAID["footers"]
OWN: Final = _SAID["own"]
OUTLETS: Final = ("nerikes", "kuriren", "linde", "radion", "kumlabladet", "norabladet", "direktpress", "tv-vast")
PLACES: Final = ("Karlskoga", "Lindesberg", "Kumla", "Hallsberg", "Nora", "Askersund", "Örebro", "Degerfors", "Laxå")
SENDERS: Final = ("Region Örebro län", "Örebro kommun", "Länsstyrelsen", "Örebro universitet", "Karlskoga kommun")
FIRST: Final = ("Anna", "Erik", "Maria", "Johan", "Karin", "Lars", "Sofia", "Ahmed", "Elin", "Mats", "Fatima", "Nils")
LAST: Final = ("Svensson", "Lindqvist", "Berg", "Haddad", "Norén", "Ek", "Sandell", "Wallin", "Öberg", "Kjellgren")
DAYS: Final = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
KINDS: Final = (
    "copy",
    "light",
    "cut60",
    "cut30",
    "reorder",
    "half",
    "half noise",
    "half short",
    "with own",
    "notice copy",
    "notice light",
    "notice half",
    "update",
)
"""Ways in which a text becomes another of the same story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A text as an outlet has it."""

    id: str
    family: str
    """Texts of one family are one story."""
    kind: str
    source: str
    title: str
    text: str
    at: datetime
    held: bool
    related: str = ""
    """The family with which it shares a quote."""


@dataclass(frozen=True, slots=True)
class Release:
    """A text in two wordings, sentence by sentence."""

    title: tuple[str, str]
    sentences: tuple[tuple[str, str], ...]


def release(topic: int, chance: random.Random, sentences: int = 8) -> Release:
    """What a sender writes of a topic, with names, places and figures of its own."""
    slots = filled(chance)
    told = TOPICS[topic]
    facts = [tuple(part.strip() for part in fact.split(" | ")) for fact in told["facts"]]
    pairs = [(fact[0].format(**slots), fact[-1].format(**slots)) for fact in facts]
    title = tuple(line.format(**slots) for line in told["title"])
    return Release((title[0], title[1]), tuple(pairs[:sentences]))


def filled(chance: random.Random) -> dict[str, str]:
    """Values for the slots of a text."""
    place, other = chance.sample(PLACES, 2)
    one, two = (f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in range(2))
    return {
        "ort": place,
        "ort2": other,
        "org": chance.choice(SENDERS),
        "namn": one,
        "namn2": two,
        "n1": str(chance.randrange(12, 980)),
        "n2": str(chance.randrange(3, 95)),
        "n3": str(chance.randrange(2, 40)),
        "dag": chance.choice(DAYS),
        "pengar": f"{chance.randrange(2, 90)},{chance.randrange(1, 9)} miljoner kronor",
        "kl": f"{chance.randrange(0, 24):02d}.{chance.randrange(0, 60):02d}",
        "kl2": f"{chance.randrange(0, 24):02d}.{chance.randrange(0, 60):02d}",
    }


def paragraphs(sentences: list[str], chance: random.Random) -> str:
    """Sentences in paragraphs of one to three; a quote stands alone."""
    parts: list[list[str]] = [[]]
    for one in sentences:
        if one.startswith("–") or len(parts[-1]) >= chance.randrange(1, 4) or (parts[-1] and parts[-1][-1][0] == "–"):
            parts.append([])
        parts[-1].append(one)
    return "\n\n".join(" ".join(part) for part in parts if part)


def reworded(text: str, chance: random.Random, share: float) -> str:
    """A sentence with so many of its words said otherwise: by a synonym, else left out, moved or joined by another."""
    words = text.split()
    for at, word in enumerate(words):
        bare = word.strip(".,–").lower()
        if chance.random() < share and not any(letter.isdigit() for letter in word):
            if bare in SYNONYMS:
                words[at] = SYNONYMS[bare] + word[len(word.rstrip(".,")) :]
            elif not word[0].isupper() and len(bare) < 6:
                words[at] = chance.choice(
                    ("dessutom", "nu", "också", "just", "så", "där", "enligt uppgift", "i sin tur")
                )
    if chance.random() < 0.5 and len(words) > 6:
        half = len(words) // 2
        words = [*words[half:], *words[:half]]
    return " ".join(words)


def lightly(text: str, chance: random.Random) -> str:
    """One word in fifteen changed, as an editor does."""
    return re.sub(
        r"[^\W\d_]+",
        lambda m: SYNONYMS.get(m[0].lower(), m[0] + "s") if chance.random() < 1 / 15 else m[0],
        text,
    )


def variants(made: Release, chance: random.Random) -> dict[str, tuple[str, str]]:
    """Title and text of what others make of a release, by the way in which they do it."""
    first = [one for one, _ in made.sentences]
    half = [other if at % 2 else one for at, (one, other) in enumerate(made.sentences)]
    noise = [reworded(one, chance, 0.6) if at % 2 else one for at, one in enumerate(first)]
    mixed, noisy = half[:], noise[:]
    chance.shuffle(mixed)
    chance.shuffle(noisy)
    shuffled = paragraphs(first, chance).split("\n\n")
    chance.shuffle(shuffled)
    own = [f"Det berättar {chance.choice(FIRST)} för vår reporter när vi ses på torget en blåsig eftermiddag."]
    own += [lightly(sentence, chance) for sentence in chance.sample(OWN, 5)]
    title, other = made.title
    return {
        "copy": (title, paragraphs(first, chance).replace("–", "-").replace("”", '"') + "\n\n" + chance.choice(FOOTER)),
        "light": (other, lightly(paragraphs(first, chance), chance)),
        "cut60": (title, paragraphs(first[: round(len(first) * 0.6)], chance)),
        "cut30": (other, paragraphs(first[: max(2, round(len(first) * 0.3))], chance)),
        "reorder": (title, "\n\n".join(shuffled)),
        "half": (other, paragraphs(mixed, chance)),
        "half noise": (other, paragraphs(noisy, chance)),
        "with own": (other, paragraphs([*first[: len(first) // 2], *own], chance)),
    }


def notice(number: int, chance: random.Random) -> Release:
    """A few lines of the police or the rescue service."""
    slots = filled(chance)
    title, lines = NOTICES[number]["title"], NOTICES[number]["lines"]
    pairs = [tuple(part.strip().format(**slots) for part in line.split(" | ")) for line in lines]
    filled_title = title.format(**slots)
    return Release((filled_title, filled_title), tuple((pair[0], pair[-1]) for pair in pairs))


def corpus(seed: int = 1) -> list[Told]:
    """All families, in no order."""
    chance = random.Random(seed)  # noqa: S311 - words, not secrets
    out: list[Told] = []
    for topic in range(len(TOPICS)):
        held = topic % 3 == 2
        made = release(topic, chance)
        base = Told(
            id="", family=f"topic-{topic}", kind="release", source="press", title=made.title[0],
            text=paragraphs([one for one, _ in made.sentences], chance), at=_day(chance), held=held,
        )  # fmt: skip
        out.append(base)
        outlets = chance.sample(OUTLETS, len(OUTLETS))
        for (kind, (title, text)), outlet in zip(variants(made, chance).items(), outlets, strict=True):
            out.append(replace(base, kind=kind, source=outlet, title=title, text=text, at=_later(base.at, chance)))
        short = release(topic, chance, 4)
        family = f"short-{topic}"
        brief = " ".join(one for one, _ in short.sentences)
        out.append(replace(base, family=family, kind="release", title=short.title[0], text=brief, at=_far(base.at)))
        halves = [other if at % 2 else one for at, (one, other) in enumerate(short.sentences)]
        chance.shuffle(halves)
        out.append(
            replace(
                base, family=family, kind="half short", source=outlets[0], title=short.title[1],
                text=" ".join(halves), at=_far(base.at) + timedelta(hours=5),
            )
        )  # fmt: skip
        twin = release(topic, chance, 4)
        told = " ".join(first for first, _ in twin.sentences)
        out.append(
            replace(
                base, family=f"twin-{topic}", kind="twin", source=outlets[topic % 2 or 2] if topic % 3 else "press",
                title=twin.title[0], text=told, at=_far(base.at) + timedelta(days=2),
            )
        )  # fmt: skip
        updated = "\n\n".join([base.text, *chance.sample(OWN, 2)])
        again = replace(base, family=f"update-{topic}", at=_far(_far(base.at)), source=outlets[1])
        out += [again, replace(again, kind="update", text=updated, at=again.at + timedelta(hours=3))]
    out += _notices(chance)
    out += _series(chance)
    out += _quotes(chance)
    out += _standing(chance)
    return [replace(one, id=f"{at:05d}") for at, one in enumerate(out)]


def _notices(chance: random.Random) -> list[Told]:
    """Notices of thirty words: many alike of different events, some taken up by a paper."""
    out: list[Told] = []
    for number in range(len(NOTICES)):
        for turn in range(6):
            made = notice(number, chance)
            first = [one for one, _ in made.sentences]
            base = Told(
                id="", family=f"notice-{number}-{turn}", kind="notice", source="polisen", title=made.title[0],
                text=" ".join(first), at=_day(chance) + timedelta(days=2 * turn), held=number % 3 == 2,
            )  # fmt: skip
            out.append(base)
            outlet = chance.choice(OUTLETS)
            half = " ".join(other if at % 2 else one for at, (one, other) in enumerate(made.sentences))
            made_of = {"notice copy": base.text, "notice light": lightly(base.text, chance), "notice half": half}
            kind = ("notice copy", "notice light", "notice half")[turn % 3]
            if turn < 5:
                at = base.at + timedelta(hours=2)
                out.append(replace(base, kind=kind, source=outlet, text=made_of[kind], at=at))
    return out


def _series(chance: random.Random) -> list[Told]:
    """The same frame each day, other figures and names in it; in two sources, one of which has but two issues."""
    out: list[Told] = []
    for number, told in enumerate(SERIES):
        title, lines = told["title"], told["lines"]
        for source, issues in ((OUTLETS[number % 8], 7), (OUTLETS[(number + 3) % 8], 2)):
            for issue in range(issues):
                slots = filled(chance)
                text = " ".join(line.format(**(filled(chance) | {"dag": slots["dag"]})) for line in lines)
                out.append(
                    Told(
                        id="", family=f"series-{number}-{source}-{issue}", kind="series", source=source,
                        title=title.format(**slots), text=text, at=START + timedelta(days=issue, hours=number % 9),
                        held=number % 3 == 2,
                    )
                )  # fmt: skip
    return out


def _quotes(chance: random.Random) -> list[Told]:
    """Two texts of different matters that share a quote; and texts that share a headline only."""
    out: list[Told] = []
    for topic in range(len(TOPICS)):
        other = (topic + 5) % len(TOPICS)
        one, two = release(topic, chance), release(other, chance)
        quote = (
            f"– {chance.choice(QUOTES)}, säger {chance.choice(FIRST)} {chance.choice(LAST)}, regionråd, i en intervju."
        )
        day = _day(chance) + timedelta(days=90)
        for made, source, mate in ((one, OUTLETS[topic % 8], "b"), (two, OUTLETS[(topic + 1) % 8], "a")):
            mine = "a" if mate == "b" else "b"
            lines = [second for _, second in made.sentences if not second.startswith("–")][: chance.randrange(3, 7)]
            lines.insert(chance.randrange(1, len(lines)), quote)
            out.append(
                Told(
                    id="", family=f"quote-{topic}-{mine}", kind="quote", source=source, title=made.title[1],
                    text=paragraphs(lines, chance), at=day + timedelta(hours=len(lines)), held=topic % 3 == 2,
                    related=f"quote-{topic}-{mate}",
                )
            )  # fmt: skip
    return out


def _standing(chance: random.Random) -> list[Told]:
    """Short texts above a long footer of the site; and the same headline over another text on another day."""
    out: list[Told] = []
    count = 0
    for number, outlet in enumerate(OUTLETS[:6]):
        for page in range(2 if number % 2 else 4):
            made = release(count % len(TOPICS), chance)
            half = count // len(TOPICS) * 4
            text = " ".join(second for _, second in made.sentences[half : half + 2]) + "\n\n" + "\n\n".join(FOOTER)
            count += 1
            out.append(
                Told(
                    id="", family=f"footer-{number}-{page}", kind="footer", source=outlet, title=made.title[1],
                    text=text, at=START + timedelta(days=200, hours=8 * page + number), held=number % 3 == 2,
                )
            )  # fmt: skip
    return out


def _day(chance: random.Random) -> datetime:
    return START + timedelta(days=chance.randrange(20), minutes=chance.randrange(1440))


def _later(at: datetime, chance: random.Random) -> datetime:
    return at + timedelta(hours=chance.randrange(-1, 96))


def _far(at: datetime) -> datetime:
    return at + timedelta(days=40)
