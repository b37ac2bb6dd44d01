"""Words of other stories and of the site's frame in the text, with and without the site's template.

    python -m bench.template [--seeds 3] [--site http://127.0.0.1:8095/]

Generated sites of several themes (tests/extract/frames.py) are read as two kinds of turn read them: the first, when
many pages are fetched at one moment, and later ones, with one new page and the dozen that the archive kept, each from
its own moment. Foreign are words of the text that are not the story's; lost are the story's that the text lacks. With
``--site`` a WordPress on loopback is read too: its REST API says what is each story's own. ``bench/theme`` is a theme
with such a frame: copy it to ``wp-content/themes/frame``, and ``php bench/theme/activate.php SITE``.
"""

from __future__ import annotations

import argparse
import json
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass
from html import unescape

from aggregator import markup
from aggregator.extract import EMPTY, RawPage, Template, learn, read_page
from aggregator.model import Article
from tests.extract.frames import NAMES, Site

SAMPLE = 12


@dataclass(slots=True)
class Tally:
    """Words counted over pages."""

    text: int = 0
    foreign: int = 0
    own: int = 0
    lost: int = 0
    pages: int = 0
    wrong: int = 0
    """Pages with any foreign or lost word."""

    def add(self, text: str, own: str) -> None:
        """Count one page."""
        got, meant = Counter(_words(text)), Counter(_words(own))
        foreign, lost = (got - meant).total(), (meant - got).total()
        self.text += got.total()
        self.own += meant.total()
        self.foreign += foreign
        self.lost += lost
        self.pages += 1
        self.wrong += bool(foreign or lost)

    def __str__(self) -> str:
        foreign, lost = self.foreign / max(1, self.text), self.lost / max(1, self.own)
        return f"foreign {foreign:7.2%}  lost {lost:6.2%}  pages wrong {self.wrong:3} of {self.pages}"


def _words(text: str) -> list[str]:
    return text.casefold().replace("…", " ").split()


def text_of(page: RawPage, template: Template) -> str:
    """The text that is read from a page."""
    found = read_page(page, template=template)
    return found.text if isinstance(found, Article) else ""


def generated(theme: str, seed: int) -> tuple[dict[str, Tally], list[float]]:
    """Both kinds of turn on one generated site; the tallies by their names, and what learning cost (ms)."""
    site = Site(theme, seed)
    tallies = {f"{turn}{which}": Tally() for turn in ("first", "later") for which in (" plain", " template")}
    costs = []

    def page(number: int, at: int) -> RawPage:
        return RawPage(site.page(number, at), "text/html", site.stories[number].url)

    def note(turn: str, number: int, at: int, template: Template) -> None:
        own = "\n".join(site.stories[number].paragraphs)
        tallies[f"{turn} plain"].add(text_of(page(number, at), EMPTY), own)
        tallies[f"{turn} template"].add(text_of(page(number, at), template), own)

    first = range(19, -1, -1)
    began = time.perf_counter()
    template = learn([page(n, 19) for n in first[:SAMPLE]])
    costs.append(1000 * (time.perf_counter() - began))
    for number in first:
        note("first", number, 19, template)
    for newest in range(20, len(site.stories)):
        began = time.perf_counter()
        template = learn([page(n, max(n, 19)) for n in range(newest, newest - SAMPLE, -1)])
        costs.append(1000 * (time.perf_counter() - began))
        note("later", newest, newest, template)
    return tallies, costs


def served(base: str) -> dict[str, Tally]:
    """A WordPress: its newest stories' pages, all of one moment, against the content that its API gives."""
    with urllib.request.urlopen(f"{base}index.php?rest_route=/wp/v2/posts&per_page=40") as answer:
        stories = json.load(answer)
    fetched = []
    for story in stories:
        with urllib.request.urlopen(story["link"]) as answer:
            fetched.append((RawPage(answer.read(), answer.headers["Content-Type"], story["link"]), story))
    headlines = [unescape(story["title"]["rendered"]) for story in stories]
    template = learn([page for page, _ in fetched[:SAMPLE]], headlines)
    tallies = {"plain": Tally(), "template": Tally()}
    for page, story in fetched:
        own = markup.plain(story["content"]["rendered"])
        tallies["plain"].add(text_of(page, EMPTY), own)
        tallies["template"].add(text_of(page, template), own)
    return tallies


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--site", help="a WordPress on loopback, to be read too")
    asked = parser.parse_args()
    costs: list[float] = []
    for theme in NAMES:
        summed: dict[str, Tally] = {}
        for seed in range(1, asked.seeds + 1):
            tallies, spent = generated(theme, seed)
            costs += spent
            for name, one in tallies.items():
                whole = summed.setdefault(name, Tally())
                for slot in Tally.__slots__:
                    setattr(whole, slot, getattr(whole, slot) + getattr(one, slot))
        for name, tally in summed.items():
            print(f"{theme:8} {name:15} {tally}")
    print(f"learning from {SAMPLE} generated pages: {sorted(costs)[len(costs) // 2]:.1f} ms (median)")
    if asked.site:
        for name, tally in served(asked.site).items():
            print(f"{'WordPress':8} {name:14} {tally}")


if __name__ == "__main__":
    main()
