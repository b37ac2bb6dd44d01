"""What may be meant by a word that finds nothing: without its dots, or misspelt. From the archive's own words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from aggregator import swedish
from aggregator.archive.analysis import STOP_WORDS, term
from aggregator.archive.asking import Unit, unit
from aggregator.query import FIELDS, LONGEST_LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlite_utils import Database

    from aggregator.query import Query

_READ = 4_000
"""Words of the archive that are compared with a misspelt one."""

_MOST_WORDS = 12
"""Different words of a line that are looked up; whoever typed more did not misspell one."""

_FORMS = 300
"""Words with dots, of those that begin like one typed without, that are looked at."""

_OTHERS = 12
"""Words that one typed without dots may stand for."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def widened(db: Database, one: Unit) -> tuple[Unit, ...]:
    """The word, and where it is written without dots those that have them: "orebro" → "örebro"."""
    if not one.word.isascii():
        return (one,)
    folded = swedish.fold(term(one.word))
    words = {
        row["word"]: None
        for row in db.execute(
            "SELECT word FROM search_words WHERE folded >= ? AND folded < ? AND word <> folded ORDER BY folded LIMIT ?",
            (folded, f"{folded}\U0010ffff", _FORMS),
        )
        if _folds_to(row["word"], one.word, folded)
    }
    others = {other.terms: other for other in map(unit, words)}
    inside = (unit(stem) for stem in _dotted().get(folded, ()))
    return (one, *list({**others, **{other.terms: other for other in inside}}.values())[:_OTHERS])


def _folds_to(word: str, typed: str, folded: str) -> bool:
    return swedish.fold(word) == typed or swedish.fold(term(word)) == folded


@lru_cache(maxsize=1)
def _dotted() -> dict[str, list[str]]:
    """The shipped words that have dots, by their stems without them."""
    found: dict[str, list[str]] = {}
    for stem in sorted(swedish.common()):
        if not stem.isascii():
            found.setdefault(swedish.fold(stem), []).append(stem)
    return found


def suggestion(db: Database, query: Query) -> str | None:
    """The line with each word that the archive does not hold put right; None where there is nothing to put right."""
    line = query.line
    if len(line) > LONGEST_LINE:
        return None  # nobody typed it
    changed = line
    known: dict[str, str | None] = {}
    for match in reversed(list(_WORD.finditer(line))):
        word = match[0].lower()
        field = line[match.end() : match.end() + 1] == ":" and word in FIELDS
        if field or word in STOP_WORDS or len(word) < 4:
            continue
        if word not in known:
            if len(known) == _MOST_WORDS:
                return None
            known[word] = None if _held(db, word) else _nearest(db, word)
        better = known[word]
        if better is not None:
            changed = f"{changed[: match.start()]}{better}{changed[match.end() :]}"
    return None if changed == line else changed


def _held(db: Database, word: str) -> bool:
    found = db.execute("SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? LIMIT 1", (unit(word).match,)).fetchone()
    return found is not None


def _nearest(db: Database, word: str) -> str | None:
    """The word of the archive that is the fewest slips away; of equals, the one in more articles."""
    folded = swedish.fold(word)
    allowed = 1 if len(folded) < 6 else 2
    near: list[tuple[int, str]] = []
    letters = frozenset(folded)
    for other, written in _candidates(db, folded):
        longer = len(written) > len(folded) + allowed and written.isalpha()
        plain = swedish.fold(term(other)) if longer else written  # "vrdcentral" is near to "vårdcentralen" too
        # A slip brings at most one letter that was not there, and takes at most one away.
        likely = abs(len(plain) - len(folded)) <= allowed and len(letters.difference(plain)) <= allowed
        if likely and len(frozenset(plain).difference(letters)) <= allowed:
            slips = _slips(folded, plain, allowed)
            if slips is not None:
                near.append((slips, other))
    if not near:
        return None
    fewest = min(slips for slips, _ in near)
    return max((other for slips, other in near if slips == fewest), key=lambda other: (_articles(db, other), other))


def _candidates(db: Database, folded: str) -> Iterator[tuple[str, str]]:
    """Words that begin alike; where the slip is among the first letters, that begin with them exchanged."""
    begins = dict.fromkeys([folded[:3], *_slipped(folded[:4])])
    for begin in begins:
        for row in db.execute(
            "SELECT word, folded FROM search_words WHERE folded >= ? AND folded < ? ORDER BY folded LIMIT ?",
            (begin, f"{begin}\U0010ffff", _READ),
        ):
            yield row["word"], row["folded"]


def _slipped(begin: str) -> Iterable[str]:
    """Beginnings of three letters that one slip in the first four may have hidden."""
    yield begin[1] + begin[0] + begin[2:3]
    yield begin[0] + begin[2] + begin[1]
    yield begin[0] + begin[2:4]
    yield begin[1:4]
    for letter in "aeiouybdfghjklmnprstv":
        yield begin[0] + letter + begin[1]
        yield begin[0] + letter + begin[2:3]
        yield begin[:2] + letter


def _slips(one: str, other: str, most: int) -> int | None:
    """Letters wrong, missing, too many or exchanged with the next (optimal string alignment); None beyond ``most``."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, its in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None


def _articles(db: Database, word: str) -> int:
    row = db.execute(
        "SELECT count(*) AS found FROM (SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? LIMIT 1000)",
        (unit(word).match,),
    ).fetchone()
    return int(row["found"])
