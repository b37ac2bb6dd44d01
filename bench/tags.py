"""Articles tagged per second with the shipped rules, cold and warm, and how long it takes to make the rules ready.

    python -m bench.tags [--rounds 3] [--words 400]

The articles are the labelled texts of tests/tag, several joined until they have the length of an ordinary news text.
Times are processor time. Cold is the first time that the words are seen; in a running program most words have been
seen before.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path

from aggregator import config
from aggregator.model import Article
from aggregator.tag import Rules, compile_rules, tag

ROOT = Path(__file__).resolve().parent.parent


def articles(words: int) -> list[Article]:
    """The labelled texts, each continued by the following ones until it has so many words."""
    rows = [json.loads(line) for line in (ROOT / "tests/tag/labelled.jsonl").read_text("utf-8").splitlines()]
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
