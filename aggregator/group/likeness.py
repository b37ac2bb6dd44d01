"""How alike two texts are, and in what: shared runs of words, shared names and figures, shared quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aggregator.group.reading import RUN, Reading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

APART = 5
"""Words from which two shared passages are two."""
BEGINNING = 25
"""Words of a text's beginning."""
NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Of the one of two texts that tells less, standing words left out. Shares are 0..1 of what its words tell."""

    share: float
    """In runs of three words that stand in the other as well."""
    back: float
    """The same of the other text."""
    plain: float
    """The same as ``share``, outside quotes."""
    words: int
    """Words in such runs."""
    size: int
    """Words that are not standing words."""
    found: float
    """Words that stand in the other anywhere, in such runs or not."""
    rest: float
    """Of what is in no such run: words that stand in what is in no such run of the other."""
    slots: int
    """Figures and names."""
    kept: float
    """Of figures and names, those that the other has too."""
    figures: int
    figures_kept: float
    """The same of figures alone."""
    swapped: float
    """Of figures and names in a place that the other has too, those in whose stead the other has something else: a
    place is within or between shared runs, or between the same two words."""
    facts: int
    """Figures and names in shared runs outside quotes."""
    passages: int
    """Shared passages outside quotes that stand apart, or in another order, in the other."""
    lead: float
    """How much of the beginnings of both is shared, of the one where it is less."""
    title: float
    """Of the headline with fewer telling words, those that stand in the other headline."""


UNLIKE = Likeness(
    share=0, back=0, plain=0, words=0, size=0, found=0, rest=0, slots=0, kept=0, figures=0, figures_kept=0, swapped=0,
    facts=0, passages=0, lead=0, title=0,
)  # fmt: skip
"""Of two texts that share next to nothing."""


def overlap_of(one: Reading, other: Reading) -> float:
    """The share of shingles that stand in both, of the text that has fewer: quickly, to see whether to look closer."""
    smaller = min(len(one.runs), len(other.runs))
    return len(set(one.runs).intersection(other.runs)) / smaller if smaller else 0.0


def likeness(one: Reading, other: Reading, known: frozenset[int] = NOTHING) -> Likeness:
    """Compare two texts; ``known`` are shingles that are standing words of the one's source or the other's."""
    mine, theirs = one.standing(known), other.standing(known)
    if _told(one, mine) > _told(other, theirs):
        one, other, mine, theirs = other, one, theirs, mine
    shared = set(one.runs).intersection(other.runs).difference(known)
    here, there = _covered(one, shared, mine), _covered(other, shared, theirs)
    weights, total = one.weights, _told(one, mine) or 1.0
    own = [at for at, out in enumerate(mine) if not out]
    free = sum([weights[at] for at in own if not one.quoted[at]])
    covered = [at for at in own if here[at]]
    left = [at for at in own if not here[at] and weights[at] >= 0.5]
    loose = {stem for stem, yes in zip(other.stems, there, strict=True) if not yes}
    anywhere = frozenset(other.stems)
    slots = [at for at in own if one.slots[at]]
    figures = [at for at in slots if one.stems[at][0].isdigit()]
    framed = [at for at in slots if here[at] or _framed(here, at)]
    return Likeness(
        share=sum([weights[at] for at in covered]) / total,
        back=sum([w for w, yes in zip(other.weights, there, strict=True) if yes]) / (_told(other, theirs) or 1.0),
        plain=sum([weights[at] for at in covered if not one.quoted[at]]) / free if free else 0.0,
        words=len(covered),
        size=len(own),
        found=sum([weights[at] for at in own if one.stems[at] in anywhere]) / total if own else 1.0,
        rest=sum(weights[at] for at in left if one.stems[at] in loose) / (sum(weights[at] for at in left) or 1.0),
        slots=len(slots),
        kept=_among(one, slots, anywhere),
        figures=len(figures),
        figures_kept=_among(one, figures, anywhere),
        swapped=max(1 - _among(one, framed, anywhere), _swapped(_units(one, mine), _units(other), anywhere)),
        facts=sum(here[at] and not one.quoted[at] for at in slots),
        passages=_passages(one, other, here),
        lead=min(_beginning(here, mine), _beginning(there, theirs)),
        title=_title(one.title, other.title),
    )


def _among(text: Reading, places: Sequence[int], stems: frozenset[str]) -> float:
    """The share of the words at these places that are among the stems; all, where there are none."""
    return sum(text.stems[at] in stems for at in places) / len(places) if places else 1.0


def _told(text: Reading, standing: Sequence[bool]) -> float:
    return sum([weight for weight, out in zip(text.weights, standing, strict=True) if not out])


def _covered(text: Reading, shared: set[int], standing: Sequence[bool]) -> list[bool]:
    """The words in shared runs of four and more; three in a row are shared by chance."""
    mask = [False] * len(text.stems)
    runs = text.runs
    for at, run in enumerate(runs):
        if run in shared and ((at and runs[at - 1] in shared) or (at + 1 < len(runs) and runs[at + 1] in shared)):
            mask[at : at + RUN] = (True, True, True)
    return [yes and not out for yes, out in zip(mask, standing, strict=True)]


def _passages(one: Reading, other: Reading, here: Sequence[bool]) -> int:
    """Shared passages outside quotes: a new one begins where the other text goes on elsewhere."""
    places = {run: at for at, run in enumerate(other.runs)}
    count, expected = 0, len(one.runs) + len(other.runs) + APART
    for at, run in enumerate(one.runs):
        if here[at] and here[at + RUN - 1] and run in places and not one.quoted[at]:
            count += abs(places[run] - at - expected) >= APART
            expected = places[run] - at
    return count


def _beginning(here: Sequence[bool], standing: Sequence[bool]) -> float:
    first = [yes for yes, out in zip(here, standing, strict=True) if not out][:BEGINNING]
    return sum(first) / len(first) if first else 0.0


def _framed(here: Sequence[bool], at: int) -> bool:
    """Whether a word stands between shared runs, three words from each at most."""
    return any(here[max(0, at - 3) : at]) and any(here[at + 1 : at + 4])


def _units(text: Reading, out: Sequence[bool] = ()) -> dict[tuple[str, str], tuple[str, ...]]:
    """Figures and names, those in a row as one, by the word before and the word after."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    stems, slots, at = text.stems, text.slots, 0
    while (at := slots.find(1, at)) >= 0:
        end = slots.find(0, at)
        if end < 0:
            break
        if at > 0 and not (out and out[at]):
            found[stems[at - 1], stems[end]] = stems[at:end]
        at = end
    return found


def _swapped(
    units: Mapping[tuple[str, str], tuple[str, ...]],
    others: Mapping[tuple[str, str], tuple[str, ...]],
    anywhere: frozenset[str],
) -> float:
    """Of the places that both have, those in which the other has what this one has nowhere."""
    both = [place for place in units if place in others]
    changed = sum(2 * sum(stem not in anywhere for stem in units[place]) >= len(units[place]) for place in both)
    return changed / len(both) if both else 0.0


def _title(one: frozenset[str], other: frozenset[str]) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0
