"""Measures of extraction against gold answers, as the public benchmarks define them; standard library only.

Four-word shingles with multiplicity for whole bodies (scrapinghub/article-extraction-benchmark, MIT, and fundus),
segments that must and must not be in the text (trafilatura's evaluation), and fields compared one by one.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from aggregator.model import Article, Rejection

_WORD = re.compile(r"\w+")
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))


@dataclass(frozen=True)
class Page:
    """A real page with its gold answers; ``untouched`` where nobody tuned the extractor on its host."""

    id: str
    set: str
    url: str
    raw: bytes
    gold: dict[str, Any]
    untouched: bool


@dataclass
class Tally:
    """Sums over pages; ``figures`` turns them into measures."""

    precisions: list[float] = field(default_factory=list)
    recalls: list[float] = field(default_factory=list)
    segments: Counter[str] = field(default_factory=Counter)
    authors: Counter[str] = field(default_factory=Counter)
    fields: dict[str, list[bool]] = field(default_factory=dict)
    pages: int = 0
    empty: int = 0

    def figures(self) -> dict[str, float]:
        """F1, segF1, title, date, authF1, image: those for which there is gold."""
        out: dict[str, float] = {}
        if self.recalls:
            precision = _mean(self.precisions)
            recall = _mean(self.recalls)
            out |= {"P": precision, "R": recall, "F1": _harmonic(precision, recall)}
        if self.segments:
            out["segF1"] = _f1(self.segments)
        out |= {name: _mean([float(hit) for hit in hits]) for name, hits in self.fields.items() if hits}
        if self.authors:
            out["authF1"] = _f1(self.authors)
        return out


def load(folder: Path, *, share: int = 1) -> Iterator[Page]:
    """Every ``share``-th page of a folder with ``gold.jsonl`` and the pages that it names."""
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % share == 0:
                gold = json.loads(line)
                raw = (folder / gold["html"]).read_bytes()
                raw = gzip.decompress(raw) if gold["html"].endswith(".gz") else raw
                yield Page(gold["id"], gold["set"], gold["url"], raw, gold, untouched(gold["url"]))


_NAMES = re.compile(rb"""\s(class|id)\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)""", re.IGNORECASE)


def nameless(page: Page) -> Page:
    """The page as a framework writes it that hashes class names, and without ids: equal names stay equal."""

    def hashed(found: re.Match[bytes]) -> bytes:
        if found[1].lower() == b"id":
            return b""
        return b' class="x' + hashlib.sha1(found[2], usedforsecurity=False).hexdigest()[:6].encode() + b'"'

    return replace(page, raw=_NAMES.sub(hashed, page.raw))


def untouched(url: str) -> bool:
    """Whether a page's host is of the third that was kept out of tuning, by the hash of its registered name."""
    parts = (urlsplit(url).hostname or "").lower().removeprefix("www.").split(".")
    second = len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in ("co", "com", "org", "net", "gov", "ac")
    name = ".".join(parts[-3:] if second else parts[-2:])
    return int(hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest(), 16) % 3 == 0


def add(tally: Tally, page: Page, found: Article | Rejection) -> None:
    """Counts one answer; a rejection counts as an empty one."""
    gold = page.gold
    text = str(getattr(found, "text", ""))
    tally.pages += 1
    tally.empty += not text
    if gold.get("body") is not None:
        _body(tally, page, text)
    if gold.get("with") or gold.get("without"):
        flat = _squash(text)
        for kind, right, wrong in (("with", "hit", "missed"), ("without", "extra", "clean")):
            for segment in gold.get(kind, ()):
                tally.segments[right if kind == "with" else wrong] += 0
                present = _squash(segment) in flat
                name = (right if present else wrong) if kind == "with" else ("extra" if present else "clean")
                tally.segments[name] += 1
    _fields(tally, gold, found)


def _body(tally: Tally, page: Page, text: str) -> None:
    gold = page.gold["body"]
    if page.set == "fundus":
        gold, text = gold.translate(_INVISIBLE), text.translate(_INVISIBLE)
    wanted, got = _shingles(gold), _shingles(text)
    hits = (wanted & got).total()
    if got:
        tally.precisions.append(hits / got.total())
    if wanted:
        tally.recalls.append(hits / wanted.total())


def _fields(tally: Tally, gold: dict[str, Any], found: Article | Rejection) -> None:
    def note(name: str, *, hit: bool) -> None:
        tally.fields.setdefault(name, []).append(hit)

    if gold.get("title"):
        note("title", hit=_squash(gold["title"]) == _squash(getattr(found, "title", "")))
    if gold.get("date"):
        note("date", hit=_same_day(gold["date"], getattr(found, "published_at", None)))
    if gold.get("images"):
        note("image", hit=_basename(getattr(found, "image_url", None) or "") in gold["images"])
    if gold.get("authors"):
        wanted = {_loose(name) for name in gold["authors"]} - {""}
        got = {_loose(name) for name in getattr(found, "authors", ())} - {""}
        tally.authors.update({"hit": len(wanted & got), "missed": len(wanted - got), "extra": len(got - wanted)})


def _same_day(gold: str, got: datetime | None) -> bool:
    from datetime import datetime as moment  # noqa: PLC0415 - the name is taken by the type

    if got is None:
        return False
    try:
        wanted = moment.fromisoformat(gold)
    except ValueError:
        return gold[:10] == got.date().isoformat()
    return wanted.date() in (got.date(), got.astimezone(wanted.tzinfo).date() if wanted.tzinfo else got.date())


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3))) if words else Counter()


def _squash(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _loose(text: str) -> str:
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _basename(url: str) -> str:
    return unquote(urlsplit(url).path.rstrip("/")).rsplit("/", 1)[-1].casefold()


def _mean(values: Iterable[float]) -> float:
    values = list(values)
    return sum(values) / len(values) if values else 0.0


def _harmonic(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0


def _f1(counts: Counter[str]) -> float:
    hits = counts["hit"]
    precision = hits / (hits + counts["extra"]) if hits + counts["extra"] else 0.0
    recall = hits / (hits + counts["missed"]) if hits + counts["missed"] else 0.0
    return _harmonic(precision, recall)
