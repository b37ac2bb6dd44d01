"""How right the shipped rules are on the labelled texts of tests/tag, and how many articles they tag a second.

    python -m bench.understanding.tags [--rounds 3] [--words 400]

Texts "worked with" were read with their errors while rules were written, of those "held back" only totals were looked
at; traps are those of both that were written to mislead. ``aggregator tag --evaluate`` lists the errors of any set.

For speed several texts are joined until they have the length of an ordinary news text. Times are processor time. Cold
is the first time that the words are seen; in a running program most words have been seen before.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aggregator import config
from aggregator.model import Article, TagKind
from aggregator.tag import Names, Rules, compile_rules, tag
from aggregator.tag.evaluation import evaluate, read_labelled

if TYPE_CHECKING:
    from aggregator.model import Config
    from aggregator.tag.evaluation import Evaluation

ROOT = Path(__file__).resolve().parent.parent.parent


def labelled() -> list[dict[str, Any]]:
    """The lines of the labelled set."""
    return [json.loads(line) for line in (ROOT / "tests/tag/labelled.jsonl").read_text("utf-8").splitlines()]


def judged(shipped: Config, rules: Rules, rows: list[dict[str, Any]]) -> Evaluation:
    """What the rules do with some of the texts."""
    sources = {source.id: source for source in shipped.sources}
    texts = list(read_labelled(rows, Names(shipped.tags, shipped.projects), sources))
    return evaluate(texts, lambda article, source: tag(article, rules, source))


def show_quality(shipped: Config, rules: Rules) -> None:
    """Print a table of kinds by set, and one of themes on the texts held back."""
    rows = labelled()
    sets = {
        "worked with": [row for row in rows if not row["held"]],
        "held back": [row for row in rows if row["held"]],
        "traps": [row for row in rows if row.get("trap")],
    }
    print("| set | texts | kind | precision | recall | F1 | macro F1 |\n|---|---|---|---|---|---|---|")
    for name, chosen in sets.items():
        found = judged(shipped, rules, chosen)
        for kind in found.kinds:
            whole = found.micro(kind)
            figures = " | ".join(
                f"{figure:.3f}" for figure in (whole.precision, whole.recall, whole.f1, found.macro(kind))
            )
            print(f"| {name} | {len(chosen)} | {kind.value} | {figures} |")
    found = judged(shipped, rules, sets["held back"])
    print("\n| theme, held back | precision | recall | F1 | right / wrong / missing |\n|---|---|---|---|---|")
    for (kind, name), one in sorted(found.tags.items()):
        if kind is TagKind.THEME:
            counts = f"{one.right} / {one.wrong} / {one.missing}"
            print(f"| {name} | {one.precision:.2f} | {one.recall:.2f} | {one.f1:.2f} | {counts} |")
    print()


def articles(words: int) -> list[Article]:
    """The labelled texts, each continued by the following ones until it has so many words."""
    rows = labelled()
    made = []
    for first, row in enumerate(rows):
        text, following = row["text"], first + 1
        while text.count(" ") < words:
            text += "\n\n" + rows[following % len(rows)]["text"]
            following += 1
        made.append(Article(url=row["id"], canonical_url=row["id"], title=row["title"], text=text))
    return made


def milliseconds(rules: Rules, texts: list[Article]) -> float:
    """What one article costs on average."""
    started = time.process_time()
    for text in texts:
        tag(text, rules)
    return (time.process_time() - started) / len(texts) * 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--words", type=int, default=400)
    asked = parser.parse_args()
    shipped = config.load(ROOT / "sources.toml")
    started = time.process_time()
    rules = compile_rules(shipped.tags, shipped.projects)
    made_ready = (time.process_time() - started) * 1000
    show_quality(shipped, rules)
    texts = articles(asked.words)
    cold = milliseconds(rules, texts)
    warm = min(milliseconds(rules, texts) for _ in range(asked.rounds))
    print(f"{len(texts)} articles of {sum(t.text.count(' ') + 1 for t in texts) / len(texts):.0f} words")
    print(f"rules made ready    {made_ready:8.1f} ms")
    print(f"an article, cold    {cold:8.2f} ms")
    print(f"an article, warm    {warm:8.2f} ms   ({1000 / warm:.0f} articles a second)")
    print(f"peak memory         {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.1f} MB")


if __name__ == "__main__":
    main()
