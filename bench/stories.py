"""What keeping stories costs with so many recent articles on the shelf.

    python -m bench.stories --recent 100000 --new 200

The texts are made of words drawn as a newspaper's are (Zipf), with phrases that many share, on 14 days of 60 sources.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aggregator.archive import Archive
from aggregator.model import Config, Source
from bench.understanding import families

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
WORDS = 300


def main() -> None:
    """Fill the shelf, then time newcomers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recent", type=int, default=100_000)
    parser.add_argument("--real", type=int, default=1_000, help="of them, those that are articles with texts")
    parser.add_argument("--new", type=int, default=200)
    wanted = parser.parse_args()
    chance = random.Random(1)  # noqa: S311 - words, not secrets
    sources = tuple(Source(id=f"s{n}", name=f"S{n}", url=f"https://s{n}.example/") for n in range(60))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        with Archive.open(path, tag_authority="example.org") as archive:
            archive.register(Config(sources=sources), NOW)
            small = _grouped(archive, wanted.real, chance)
        _crowd(path, wanted.recent // wanted.real - 1)
        with Archive.open(path, tag_authority="example.org") as archive:
            large = _grouped(archive, wanted.new, chance)
        size = path.stat().st_size / 1_000_000
    print(f"{wanted.real} articles on an empty shelf: {small:.2f} ms each")
    print(f"{wanted.new} newcomers beside {wanted.recent}: {large:.2f} ms each; the archive is {size:.0f} MB")


def _grouped(archive: Archive, count: int, chance: random.Random) -> float:
    """Milliseconds of processor time each."""
    archive.import_articles((_row(chance.randrange(10**9), chance) for _ in range(count)), at=NOW)
    began = time.process_time()
    archive.group(NOW)
    return 1000 * (time.process_time() - began) / count


def _crowd(path: Path, times: int) -> None:
    """Shingles of so many times the articles: what is common stays the same shingle, the rest is each time another."""
    db = sqlite3.connect(path)
    with db:
        db.execute("CREATE TEMP TABLE own AS SELECT shingle, article_id FROM story_shingles")
        db.execute("CREATE TEMP TABLE common AS SELECT shingle FROM own GROUP BY shingle HAVING count(*) > 9")
        db.execute("DELETE FROM own WHERE shingle IN (SELECT shingle FROM common) AND article_id % 4 > 0")
        db.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " INSERT OR IGNORE INTO story_shingles SELECT CASE WHEN shingle IN (SELECT shingle FROM common)"
            " THEN shingle ELSE (shingle >> 8) * 7 + i * 1000003 END AS new, article_id + i * 1000000 FROM n, own"
            " ORDER BY new",
            (times,),
        )
    db.close()


def _row(number: int, chance: random.Random) -> dict[str, object]:
    """An article of 300 words; one in five is another's text, shortened."""
    text = " ".join(_phrase(chance) for _ in range(WORDS // 6))
    if number % 5 == 4 and _LAST:
        text = " ".join(chance.choice(_LAST).split(". ")[: chance.randrange(6, 14)])
    _LAST.append(text)
    del _LAST[:-40]
    at = NOW - timedelta(minutes=chance.randrange(14 * 1440))
    return {
        "source": f"s{chance.randrange(60)}",
        "url": f"https://s.example/{number}",
        "title": _phrase(chance),
        "text": text,
        "published_at": at.isoformat(),
        "fetched_at": NOW.isoformat(),
    }


_LAST: list[str] = []
_FUNCTION = "och|att|det|som|på|är|av|för|med|till|den|i|en|om|ett|de|så|från|vid|har|kan|inte|var|vi"
_COMMON = sorted({word for topic in families.TOPICS for fact in topic["facts"] for word in fact.lower().split()})


def _phrase(chance: random.Random) -> str:
    """Six words: a phrase of the language one time in fifty, else function words and others as they fall."""
    if chance.random() < 0.02:
        start = chance.randrange(300)
        return " ".join(_COMMON[(start + at * 7) % len(_COMMON)] for at in range(6)) + "."
    return " ".join(_word(chance) for _ in range(6)) + "."


def _word(chance: random.Random) -> str:
    """Nearly half of running text is function words; of the others, rank and frequency go as Zipf has it."""
    if chance.random() < 0.45:
        return chance.choice(_FUNCTION.split("|"))
    rank = int(50_000 ** chance.random())
    return _COMMON[rank] if rank < len(_COMMON) else f"ord{rank:x}"


if __name__ == "__main__":
    main()
