"""Generated sites: stories of made-up words in the frames of several themes, as they looked at a given moment.

A frame holds what the moment brings (ticker, warnings, teasers of newer stories, some without any mark) and what always
stands there (footer, about us). What is the story's own is known, so that every foreign word can be counted.
"""

from __future__ import annotations

import random
from dataclasses import dataclass


def words(line: str) -> tuple[str, ...]:
    return tuple(line.split())


_ONSETS = words("b br d dr f fl g gr h j k kl kr l m n p pl r s sk sl sn st t tr v")
_VOWELS = words("a e i o u y å ä ö")
_CODAS = words("n r l t s k m rn lk nd st v ng")
NAMES = ("ticker", "glued", "bare", "banners", "inside", "cards")


@dataclass(frozen=True, slots=True)
class Story:
    """A headline and its paragraphs; the first is the lead."""

    number: int
    title: str
    paragraphs: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"https://www.example.org/nyheter/{self.title.split()[0].lower()}-{self.number}/"


class Site:
    """A site of one theme. ``page(n, at)`` is story ``n`` as it was fetched when story ``at`` was the newest."""

    def __init__(self, theme: str, seed: int = 1, stories: int = 40) -> None:
        self.theme = theme
        self.chance = random.Random(f"{theme} {seed}")  # noqa: S311 - texts, no secrets
        self.words = [self._word() for _ in range(700)]
        self.stories = [self._story(n) for n in range(stories)]
        self.about = self._sentences(3)
        self.cookie = self._sentences(2)
        self.footer = [self._sentence(5) for _ in range(4)]
        self.warnings = [self._sentences(2) for _ in range(stories)]

    def _word(self) -> str:
        pick = self.chance.choice
        return "".join(pick(_ONSETS) + pick(_VOWELS) + pick(_CODAS) for _ in range(self.chance.randint(1, 3)))

    def _sentence(self, length: int) -> str:
        return " ".join(self.chance.choices(self.words, k=length)).capitalize()

    def _sentences(self, count: int) -> str:
        return " ".join(self._sentence(self.chance.randint(8, 16)) + "." for _ in range(count))

    def _story(self, number: int) -> Story:
        size = self.chance.randint(2, 9)
        paragraphs = [self._sentences(self.chance.randint(1, 4)) for _ in range(size)]
        if size > 5:
            paragraphs.insert(3, "Bakgrund")
        return Story(number, self._sentence(self.chance.randint(5, 9)), tuple(paragraphs))

    def excerpt(self, story: Story, words: int = 14) -> str:
        """How a teaser quotes a story: its first words, cut or whole."""
        lead = story.paragraphs[0].split()
        return " ".join(lead[:words]) + ("…" if len(lead) > words and story.number % 2 else "")

    def newest(self, at: int, count: int, but: int = -1) -> list[Story]:
        return [story for story in reversed(self.stories[: at + 1]) if story.number != but][:count]

    def page(self, number: int, at: int) -> bytes:
        story = self.stories[number]
        make = getattr(self, f"_{self.theme}")
        head = f"<head><meta charset='utf-8'><title>{story.title} | Länets blad</title></head>"
        return f"<!doctype html><html lang='sv'>{head}<body>{make(story, at)}</body></html>".encode()

    def own(self, story: Story) -> str:
        return "".join(f"<h2>{line}</h2>" if " " not in line else f"<p>{line}</p>" for line in story.paragraphs)

    def _ticker(self, story: Story, at: int) -> str:
        items = "".join(f"<li><a href='{s.url}'>{s.title}</a></li>" for s in self.newest(at, 10))
        side = "".join(f"<li><p>{s.title}</p><p>{self.excerpt(s)}</p></li>" for s in self.newest(at, 6))
        foot = "".join(f"<p>{line}</p>" for line in self.footer)
        return (
            f"<div class='x1'><ul class='x2'>{items}</ul></div>"
            f"<div class='x3 post-{story.number}'><h1>{story.title}</h1>"
            f"{self.own(story)}<div class='x4'><h3>Mer</h3><ul>{side}</ul></div></div><div class='x5'>{foot}</div>"
        )

    def _glued(self, story: Story, at: int) -> str:
        """Teasers of newer stories run on in the text's own container, without a mark."""
        count = 3 + story.number % 3
        teasers = "".join(
            f"<p><strong>{s.title}</strong></p><p>{self.excerpt(s, 22)}</p>"
            for s in self.newest(at, count, story.number)
        )
        return (
            f"<header><a href='/'>Länets blad</a></header><article><h1>{story.title}</h1>"
            f"<div class='k9'>{self.own(story)}{teasers}</div></article><footer><p>{self.footer[0]}</p></footer>"
        )

    def _bare(self, story: Story, at: int) -> str:
        """No class or id anywhere."""
        latest = "".join(
            f"<div><a href='{s.url}'>{s.title}</a><div>{self.excerpt(s)}</div></div>" for s in self.newest(at, 5)
        )
        return (
            f"<p>{self.warnings[at // 5]}</p><div><div>{self.cookie}</div><h1>{story.title}</h1>{self.own(story)}"
            f"<p>{self.about}</p><div>{latest}</div><p>{self.footer[1]}</p></div>"
        )

    def _banners(self, story: Story, at: int) -> str:
        """Warnings and standing words within the text's container, before and after it."""
        warning = f"<div class='m7'><p>{self.warnings[at // 5]}</p></div>" if at % 2 else ""
        return (
            f"<main><h1>{story.title}</h1><div class='q3'>{warning}<p>{self.cookie}</p>{self.own(story)}"
            f"<p>{self.about}</p><p>{self.footer[2]}.</p></div></main>"
        )

    def _inside(self, story: Story, at: int) -> str:
        """A box of other stories in the midst of the text."""
        box = "".join(f"<p><a href='{s.url}'>{s.title}</a></p>" for s in self.newest(at, 4, story.number))
        lines = [f"<p>{line}</p>" for line in story.paragraphs]
        lines.insert(len(lines) // 2, f"<div class='zz'><p>{self.footer[3]}</p>{box}</div>")
        return f"<div class='r1'><h1>{story.title}</h1>{''.join(lines)}<p>{self.about}</p></div>"

    def _cards(self, story: Story, at: int) -> str:
        """Cards of newer stories after the text, each a container of its own."""
        cards = "".join(
            f"<section class='y4'><h3>{s.title}</h3><p>{self.excerpt(s, 30)}</p></section>"
            for s in self.stories[story.number + 1 : min(at, story.number + 4) + 1]
        )
        return (
            f"<div class='w0'><p>{self.cookie}</p></div><div class='w1'><h1>{story.title}</h1><div class='w2'>"
            f"{self.own(story)}{cards}</div><p>{self.about}</p></div>"
        )
