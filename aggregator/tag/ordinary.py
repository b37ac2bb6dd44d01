"""Whether a project's name is an ordinary word or phrase, and which words of its description are its context."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator import swedish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aggregator.model import Project, Standing

LEFT_OUT = frozenset({"och", "and"})
ABOUT = frozenset({"kring", "rörande", "gällande", "angående", "av"})
_PLAIN = frozenset(
    swedish.stem(word)
    for word in (
        *("tillsammans", "framåt", "vidare", "uppåt", "hemma", "nära", "trygg", "stark", "hela", "nya", "mod", "hopp"),
        *(
            "steget",
            "lyftet",
            "bryggan",
            "länken",
            "navet",
            "kraften",
            "växa",
            "bygga",
            "vilja",
            "start",
            "mitt",
            "vår",
        ),
        *("möjlighet", "framtid", "dialog", "nästa", "först", "fler", "alla", "ihop", "rusta", "rörelse", "balans"),
    )
)
"""Ordinary words that projects like to be called, beside those of ``swedish.common``."""
LONG = 5
"""A name of so many words is nobody's ordinary phrase."""
_SEEN = 5
"""Articles with a name from which the archive's own writing judges better than its looks."""
_AS_A_WORD = 0.2
"""The share of them in lower case from which it is an ordinary word or phrase."""
_CONTEXT_LETTERS, ENOUGH_LETTERS, ENOUGH_WORDS = 7, 12, 2
"""A description's words that are context: the least letters, the letters from which one is enough, else how many."""
_GENERAL = frozenset(
    swedish.stem(word)
    for word in (
        *(
            "projekt",
            "projektet",
            "region",
            "regionen",
            "regionens",
            "kommun",
            "kommunen",
            "kommunens",
            "kommuner",
            "länets",
        ),
        *("kommunerna", "arbete", "arbetet", "arbetar", "örebro", "sverige", "genomför", "genomförs", "deltagare"),
        *(
            "verksamhet",
            "verksamheten",
            "verksamheter",
            "människor",
            "personer",
            "tillsammans",
            "utveckla",
            "utveckling",
        ),
        *("regional", "regionala", "regionalt", "organisation", "organisationer", "invånare", "invånarna", "möjlighet"),
        *(
            "möjligheter",
            "målgrupp",
            "samtliga",
            "kontakt",
            "information",
            "aktiviteter",
            "behöver",
            "skapar",
            "syftar",
        ),
        *(
            "ungdomar",
            "sjukvård",
            "sjukvården",
            "hälsa",
            "framtid",
            "framtidens",
            "samverkan",
            "samarbete",
            "fortsätter",
        ),
        *("mellan", "samhället", "samhälle", "resultat", "resultatet", "erfarenheter", "insatser", "stödja", "företag"),
    )
)
"""Words that descriptions of all projects have."""


def names_of(projects: Iterable[Project]) -> tuple[str, ...]:
    """Every name and alias by which projects are found."""
    return tuple(dict.fromkeys(name for project in projects for name in (project.name, *project.aliases)))


def context_words(project: Project) -> frozenset[str]:
    """The words of a project's description that tell it from others, as they are written there."""
    own = {swedish.stem(word) for name in (project.name, *project.aliases) for word in name_words(name)}
    words = (token.word for token in swedish.tokens(project.description) if "-" not in token.word)
    return frozenset(
        word
        for word in words
        if len(word) >= _CONTEXT_LETTERS and word.isalpha() and swedish.stem(word) not in own | _GENERAL
    )


def is_ordinary(name: str, standing: Standing | None = None) -> bool:
    """Whether a name may be an ordinary Swedish phrase: "Trygga kompetensen", not "InnoMera".

    By how the archive writes it, once it has it in a handful of articles; before, by its looks.
    """
    if standing is not None and standing.lower + standing.capital >= _SEEN and not is_unmistakable(name):
        return standing.lower >= _AS_A_WORD * (standing.lower + standing.capital)
    return _looks_ordinary(name)


def _looks_ordinary(name: str) -> bool:
    words = [token.text for token in swedish.tokens(name)]
    if not words or len(words) >= LONG or any(is_coined(word) for word in words):
        return False
    if len(words) > 1:
        return not all(word[0].isupper() for word in words)
    return _is_known(words[0])


def is_coined(word: str) -> bool:
    return any(letter.isdigit() for letter in word) or (len(word) > 1 and word[1:] != word[1:].lower())


def is_unmistakable(name: str) -> bool:
    """With a digit, or capitals within: "Fossilfritt 2030", "InnoMera"; capitals throughout may be shouted."""
    return any(
        any(letter.isdigit() for letter in word)
        or (any(letter.islower() for letter in word) and any(letter.isupper() for letter in word[1:]))
        for word in name.split()
    )


def _is_known(word: str) -> bool:
    stem = swedish.stem(word)
    return stem in _PLAIN or stem in swedish.common() or len(swedish.parts(word)) > 1 or len(word) < 4


def name_words(name: str) -> tuple[str, ...]:
    words = [piece for token in swedish.tokens(name) for piece in token.word.split("-") if piece]
    return tuple("om" if word in ABOUT else word for word in words if word not in LEFT_OUT)
