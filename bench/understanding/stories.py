"""How well articles are grouped into stories, on families made up for it, and how fast.

python -m bench.understanding.stories --seeds 8
python -m bench.understanding.stories --speed 2000
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aggregator.group import Given, group
from bench.understanding import families

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.understanding.families import Told


@dataclass(frozen=True, slots=True)
class Score:
    """Of pairs of articles: how many of those grouped belong together, and how many that do are grouped."""

    precision: float
    recall: float
    merged: tuple[tuple[str, str], ...]
    """Families, of which two were made one story: their kinds."""
    missed: tuple[str, ...]
    """The kinds of those that are not in the story of most of their family."""
    kinds: Counter[str]
    """How many there are of each kind."""


def stories_of(told: Sequence[Told]) -> dict[str, int]:
    """Text's id → number of its story."""
    origins = {"press", "polisen"}
    given = [
        Given(name=t.id, title=t.title, text=t.text, source=t.source, published_at=t.at, origin=t.source in origins)
        for t in told
    ]
    return {name: number for number, story in enumerate(group(given)) for name in story.members}


def score(told: Sequence[Told], found: dict[str, int]) -> Score:
    """How the stories found compare with the families."""
    by_family: defaultdict[str, list[Told]] = defaultdict(list)
    by_story: defaultdict[int, list[Told]] = defaultdict(list)
    for one in told:
        by_family[one.family].append(one)
        by_story[found[one.id]].append(one)
    right, grouped = _pairs(by_family.values()), _pairs(by_story.values())
    kind = {one.id: one.kind for one in told}
    missed: list[str] = []
    for members in by_family.values():
        common, count = Counter(found[one.id] for one in members).most_common(1)[0]
        missed += [one.kind for one in members if len(members) > 1 and (count == 1 or found[one.id] != common)]
    return Score(
        precision=len(grouped & right) / len(grouped) if grouped else 1.0,
        recall=len(grouped & right) / len(right) if right else 1.0,
        merged=tuple((kind[one], kind[other]) for one, other in sorted(grouped - right)),
        missed=tuple(missed),
        kinds=Counter(one.kind for members in by_family.values() if len(members) > 1 for one in members),
    )


def _pairs(groups: Iterable[Sequence[Told]]) -> set[tuple[str, str]]:
    return {(a.id, b.id) for members in groups for a in members for b in members if a.id < b.id}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument(
        "--speed", type=int, default=0, help="group so many copies of the families at once, and time it"
    )
    wanted = parser.parse_args()
    if wanted.speed:
        _speed(wanted.speed)
        return
    totals: Counter[tuple[str, bool]] = Counter()
    missed: Counter[tuple[str, bool]] = Counter()
    for held in (False, True):
        results = []
        for seed in range(1, wanted.seeds + 1):
            told = families.corpus(seed)
            found = stories_of(told)
            result = score([one for one in told if one.held is held], found)
            results.append(result)
            totals.update({(kind, held): count for kind, count in result.kinds.items()})
            missed.update((kind, held) for kind in result.missed)
        precision = sum(r.precision for r in results) / len(results)
        recall = sum(r.recall for r in results) / len(results)
        wrong = Counter(pair for r in results for pair in r.merged)
        print(f"{'held back' if held else 'own'}: precision {precision:.4f} recall {recall:.4f} wrong {dict(wrong)}")
    for kind in families.KINDS:
        own, held_back = (_share(missed[kind, held], totals[kind, held]) for held in (False, True))
        print(f"| {kind} | {own} | {held_back} |")


def _share(missed: int, total: int) -> str:
    return f"{1 - missed / total:.3f} of {total}" if total else "–"


def _speed(count: int) -> None:
    """Time grouping of so many texts, families of many seeds."""
    chance = random.Random(1)  # noqa: S311 - an order, not a secret
    told = [one for seed in range(count // 350 + 1) for one in families.corpus(seed)][:count]
    chance.shuffle(told)
    given = [
        Given(name=at, title=t.title, text=t.text, source=t.source, published_at=t.at) for at, t in enumerate(told)
    ]
    began = time.process_time()
    stories = group(given)
    spent = time.process_time() - began
    words = sum(len(t.text.split()) for t in told) / count
    print(f"{count} texts of {words:.0f} words, {len(stories)} stories: {1000 * spent / count:.2f} ms each")


if __name__ == "__main__":
    main()
