"""Made-up Swedish of any amount, the same each time: sentences of about 1.3 kB an article, copied from nobody.

Words come from the program's own word lists, inflected and put together as Swedish does it (compounds, names, numbers);
how often each comes follows Zipf's law, as in any language, and an article keeps to some words of its own.
"""

from __future__ import annotations

import random
from itertools import accumulate
from typing import TYPE_CHECKING

from aggregator.swedish import lexicon, members

if TYPE_CHECKING:
    from collections.abc import Sequence

SMALL = tuple(
    """
    och i att det som på är av för med till den har en om ett de men var sig från vi så kan när han säger år
    inte vid också ska hon eller efter under mot in nu upp där över alla mer mycket två dag ut här vad sin få
    blir nya hade
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
"""The commonest of all, in this order."""

ENDS = ("", "en", "ens", "et", "ets", "ar", "arna", "arnas", "er", "erna", "s", "a", "an")
_FIRST = tuple(
    """
    Al An Be Bro Da El Fors Gran Hag Hult Ka Lind Lun Mar Nor Ros Sand Sten Tor Vik Wes Åk Äng Öst
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_LAST = tuple(
    """
    berg borg bäck dal fors gren holm hult kvist lund man näs rud sjö ström torp vall vik ås gårda löv
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
SHARE = 0.35
STEEP = 1.1
"""Zipf's exponent; with the share of small words it puts the length of words and the number of different ones in an
article where Swedish news has them."""
WORDS_IN_TEXT = 190
TOPICS, REPEATED = 14, 22
VOCABULARY = 400_000


class Prose:
    """A language of its own, made from a seed."""

    def __init__(self, seed: int = 7, size: int = VOCABULARY) -> None:
        chance = random.Random(seed)  # noqa: S311 - the same each time, nothing secret
        simple = sorted({word for words in (lexicon.WORDS, members.WORDS) for word in words.split() if len(word) > 2})
        forms = [word + end for word in simple for end in ENDS]
        names = [first + last + end for first in _FIRST for last in _LAST for end in ("", "s", "en")]
        chance.shuffle(simple)
        weights = list(accumulate(1 / (rank + 5) for rank in range(len(simple))))
        compounds: dict[str, None] = {}
        while len(compounds) < size - len(forms) - len(names):
            first, second = chance.choices(simple, cum_weights=weights, k=2)
            link = chance.choice(("", "", "s"))
            compounds[first + link + second + chance.choice(ENDS[:8])] = None
        common = simple[:3000]
        inflected = sorted(set(forms).difference(common))
        rare = [*compounds, *names, *(str(n) for n in range(2100))]
        for some in (common, inflected, rare):
            chance.shuffle(some)
        some = [*inflected[:15_000], *rare[:15_000]]
        chance.shuffle(some)
        self.words: list[str] = list(dict.fromkeys([*SMALL, *common, *some, *inflected[15_000:], *rare[15_000:]]))
        self._weights = list(accumulate(1 / (rank + 2.7) ** STEEP for rank in range(len(self.words))))

    def draw(self, chance: random.Random, number: int) -> list[str]:
        """Words as they come in texts: two in five are small ones."""
        small = sum(chance.random() < SHARE for _ in range(number))
        return [
            *chance.choices(SMALL, cum_weights=self._weights[: len(SMALL)], k=small),
            *chance.choices(self.words, cum_weights=self._weights, k=number - small),
        ]

    def sought(self, chance: random.Random, number: int) -> list[str]:
        """Words as people seek them: as often as they come, but none of the smallest."""
        found: list[str] = []
        while len(found) < number:
            found += [word for word in self.draw(chance, 4 * number) if len(word) > 3 and word not in SMALL]
        return found[:number]

    def article(self, chance: random.Random) -> tuple[str, str]:
        """A title, and a text of about 1.3 kB in paragraphs."""
        own = self.draw(chance, 2 * TOPICS)[-TOPICS:]
        words = self.draw(chance, WORDS_IN_TEXT - REPEATED) + chance.choices(own, k=REPEATED)
        chance.shuffle(words)
        title = " ".join([*own[:4], *self.draw(chance, 3)]).capitalize()
        return title, _sentences(words)


def _sentences(words: Sequence[str]) -> str:
    told: list[str] = []
    for start in range(0, len(words), 13):
        sentence = " ".join(words[start : start + 13])
        told.append(f"{sentence[0].upper()}{sentence[1:]}." + ("\n\n" if start % 52 == 39 else " "))
    return "".join(told).strip()
