"""Releases and pickups of known share: how exact ``aggregator.group.overlap`` is, and what a pair costs.

    python -m bench.understanding.pairs [--seeds 10]

The releases are put together from texts of our own (those labelled for tags, of which no sentence is taken twice); a
third of the texts is kept aside as the newsroom's own words. Each release becomes a pickup in every way of ``WAYS``;
the true share is counted in words as the pickup is made. "rewrites" names the ways of which a newsroom's work is made;
"torn" ways change every other word or so, more than newsrooms do.
"""

from __future__ import annotations

import argparse
import difflib
import json
import random
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from aggregator.group import overlap
from aggregator.group.spelled import keys

ROOT = Path(__file__).resolve().parent.parent.parent
SIZES = (120, 300, 500, 900)
"""Words of a release."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A release, what was made of it, in what way, and how much of it was carried over."""

    way: str
    release: str
    pickup: str
    share: float


@dataclass(slots=True)
class Writer:
    """Makes pickups of one release."""

    rng: random.Random
    paragraphs: list[str]
    own: list[str]
    """Sentences that no release has."""

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def sentences(self) -> list[str]:
        return [sentence for paragraph in self.paragraphs for sentence in _SENTENCE.split(paragraph)]

    @property
    def words(self) -> int:
        return len(self.text.split())

    def spoken(self, sentences: int) -> str:
        return " ".join(self.rng.choice(self.own) for _ in range(sentences))

    def word(self) -> str:
        return self.rng.choice(self.spoken(1).split())


Made = tuple[str, int]
"""A pickup, and how many words of the release were carried into it."""


def whole(writer: Writer) -> Made:
    return writer.text, writer.words


def typography(writer: Writer) -> Made:
    return _typeset(writer, writer.text), writer.words


def cut(part: float) -> Callable[[Writer], Made]:
    def made(writer: Writer) -> Made:
        kept: list[str] = []
        for sentence in writer.sentences:
            if _count(kept) >= part * writer.words:
                break
            kept.append(sentence)
        return " ".join(kept), _count(kept)

    return made


def some_sentences(part: float) -> Callable[[Writer], Made]:
    def made(writer: Writer) -> Made:
        kept = [sentence for sentence in writer.sentences if writer.rng.random() < part]
        return " ".join(kept), _count(kept)

    return made


def paragraphs_shuffled(writer: Writer) -> Made:
    return "\n\n".join(writer.rng.sample(writer.paragraphs, len(writer.paragraphs))), writer.words


def sentences_shuffled(writer: Writer) -> Made:
    return " ".join(writer.rng.sample(writer.sentences, len(writer.sentences))), writer.words


def interleaved(writer: Writer) -> Made:
    return "\n\n".join(text for one in writer.paragraphs for text in (one, writer.spoken(2))), writer.words


def half_own(writer: Writer) -> Made:
    chosen = [(sentence, writer.rng.random() < 0.5) for sentence in writer.sentences]
    kept = [sentence for sentence, keep in chosen if keep]
    return " ".join(sentence if keep else writer.spoken(1) for sentence, keep in chosen), _count(kept)


def half_own_shuffled(writer: Writer) -> Made:
    text, carried = half_own(writer)
    sentences = _SENTENCE.split(text)
    return " ".join(writer.rng.sample(sentences, len(sentences))), carried


def swapped(part: float) -> Callable[[Writer], Made]:
    def made(writer: Writer) -> Made:
        told: list[str] = []
        carried = 0
        for paragraph in writer.paragraphs:
            for word in paragraph.split():
                if writer.rng.random() < part:
                    told.append(writer.word())
                else:
                    told.append(word)
                    carried += 1
            told.append("\n\n")
        return " ".join(told), carried

    return made


def dropped(part: float) -> Callable[[Writer], Made]:
    def made(writer: Writer) -> Made:
        kept = [word for word in writer.text.split() if writer.rng.random() >= part]
        return " ".join(kept), len(kept)

    return made


def stuffed(writer: Writer) -> Made:
    told: list[str] = []
    for word in writer.text.split():
        told.append(word)
        if writer.rng.random() < 0.2:
            told.append(writer.word())
    return " ".join(told), writer.words


def other_matter(writer: Writer) -> Made:
    return writer.spoken(max(3, writer.words // 14)), 0


def all_at_once(writer: Writer) -> Made:
    """Half the sentences, in another order, with a tenth of their words changed, among own ones, set anew."""
    told: list[str] = []
    carried = 0
    for sentence in writer.sentences:
        chance = writer.rng.random()
        if chance < 0.5:
            words = [(word, writer.rng.random() < 0.1) for word in sentence.split()]
            carried += sum(not change for _, change in words)
            told.append(" ".join(writer.word().strip(".,") if change else word for word, change in words))
        elif chance < 0.65:
            told.append(writer.spoken(1))
    writer.rng.shuffle(told)
    return _typeset(writer, " ".join(told)), carried


WAYS: dict[str, Callable[[Writer], Made]] = {
    "whole": whole,
    "typography": typography,
    "cut to 60 %": cut(0.6),
    "cut to 30 %": cut(0.3),
    "70 % of the sentences": some_sentences(0.7),
    "25 % of the sentences": some_sentences(0.25),
    "paragraphs shuffled": paragraphs_shuffled,
    "sentences shuffled": sentences_shuffled,
    "own text between paragraphs": interleaved,
    "half own sentences": half_own,
    "half own sentences, shuffled": half_own_shuffled,
    "10 % of the words changed": swapped(0.1),
    "20 % of the words changed": swapped(0.2),
    "30 % of the words changed": swapped(0.3),
    "10 % of the words dropped": dropped(0.1),
    "a word put in after every fifth": stuffed,
    "another matter": other_matter,
}
TORN: dict[str, Callable[[Writer], Made]] = {
    "all at once, torn": all_at_once,
    "30 % of the words dropped, torn": dropped(0.3),
    "50 % of the words changed, torn": swapped(0.5),
}


def pairs(seed: int, ways: dict[str, Callable[[Writer], Made]] | None = None) -> Iterator[Pair]:
    """A release of each size and its pickups in every way."""
    rng = random.Random(seed)  # noqa: S311 - the same pairs each time
    texts = list(_texts())
    rng.shuffle(texts)
    third = len(texts) // 3
    own = [sentence for text in texts[:third] for paragraph in text for sentence in _SENTENCE.split(paragraph)]
    for size in SIZES:
        paragraphs: list[str] = []
        for text in rng.sample(texts[third:], len(texts) - third):
            if _count(paragraphs) >= size:
                break
            paragraphs += text
        writer = Writer(rng, paragraphs, own)
        for way, make in (ways or WAYS | TORN).items():
            pickup, carried = make(writer)
            yield Pair(way, writer.text, pickup, carried / writer.words)


def _texts() -> Iterator[list[str]]:
    """The paragraphs of our own texts without closing lines, and without sentences that an earlier one has."""
    seen: set[str] = set()
    for line in (ROOT / "tests/tag/labelled.jsonl").read_text("utf-8").splitlines():
        paragraphs = []
        for paragraph in json.loads(line)["text"].split("\n\n"):
            if len(paragraph.split()) <= 8 or "|" in paragraph:
                continue
            fresh = [one for one in _SENTENCE.split(paragraph) if one not in seen]
            seen.update(fresh)
            paragraphs.append(" ".join(fresh))
        if any(paragraphs):
            yield [paragraph for paragraph in paragraphs if paragraph]


def _count(texts: Iterable[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _typeset(writer: Writer, text: str) -> str:
    """Other dashes, quotation marks, blanks, and soft hyphens: what a publishing system makes of a text."""
    text = text.replace("– ", "- ").replace('"', "”").replace(" och ", "\u00a0och ")
    text = re.sub(r"(\d) (\d)", "\\1\u00a0\\2", text)
    return "".join(sign + "\u00ad" * (sign.isalpha() and writer.rng.random() < 0.02) for sign in text)


def by_difflib(release: str, pickup: str) -> float:
    """The share by the standard library's matching blocks: the peer."""
    ours, theirs = keys(release), keys(pickup)
    blocks = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(ours)


def main() -> None:
    """Print the errors by way, in percentage points, and the processor time of pairs of 500 words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10)
    errors: dict[str, list[float]] = defaultdict(list)
    peers: dict[str, list[float]] = defaultdict(list)
    times: list[float] = []
    peer_times: list[float] = []
    for seed in range(parser.parse_args().seeds):
        for pair in pairs(seed):
            started = time.process_time()
            share = overlap(pair.release, pair.pickup).share
            between = time.process_time()
            peer = by_difflib(pair.release, pair.pickup)
            if 450 < len(pair.release.split()) < 560:
                times.append(between - started)
                peer_times.append(time.process_time() - between)
            errors[pair.way].append(share - pair.share)
            peers[pair.way].append(peer - pair.share)
    print("| way | mean error | worst | within 2 points | difflib: mean | worst |\n|---|---|---|---|---|---|")
    for way, found in errors.items():
        print(f"| {way} | {_told(found)} | {_within(found)} | {_told(peers[way])} |")
    print(f"500 words: median {1000 * statistics.median(times):.1f} ms, worst {1000 * max(times):.1f} ms;", end=" ")
    print(f"difflib median {1000 * statistics.median(peer_times):.1f} ms, worst {1000 * max(peer_times):.1f} ms")


def _told(found: list[float]) -> str:
    return f"{100 * statistics.mean(found):+.2f} | {100 * max(map(abs, found)):.2f}"


def _within(found: list[float]) -> str:
    return f"{100 * sum(abs(error) <= 0.02 for error in found) / len(found):.0f} %"


if __name__ == "__main__":
    main()
