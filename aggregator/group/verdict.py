"""Whether two texts tell the same thing, by how they are alike. The thresholds: docs/decisions/0900."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aggregator.group.likeness import Likeness


class Verdict(StrEnum):
    """What two texts are to each other."""

    SAME = "same"
    RELATED = "related"
    APART = "apart"


ENOUGH = 12
"""Shared words from which a text can be another's; of a notice, fewer."""
NOTICE = 60
ACROSS = 0.30
WITHIN = 0.95
WORD_FOR_WORD = 0.97
"""Share of its words, each counting the same, from which a text of another day is the same again."""


def judge(like: Likeness, raw: Likeness, *, within: bool, soon: bool) -> Verdict:
    """``like`` is without standing words, ``raw`` with them; ``within`` one source a text is the same only if nearly
    all of it is. ``soon``: whether one came within hours of the other."""
    if within:
        return Verdict.SAME if is_version(raw, soon=soon) and _one_slot(like, raw) else Verdict.APART
    if _another_issue(like) or _another_issue(raw):
        quote = like.words >= ENOUGH and like.plain < like.share and like.swapped < 0.3
        return Verdict.RELATED if quote else Verdict.APART
    if _mostly_standing(like, raw):
        return Verdict.SAME if raw.share >= 0.5 and _one_slot(like, raw) else Verdict.APART
    if like.words < (8 if like.size < NOTICE else ENOUGH):
        return Verdict.APART
    if like.share >= ACROSS and _kin(like):
        return Verdict.SAME
    if like.share >= ACROSS / 2 and _near_kin(like):
        return Verdict.SAME
    return Verdict.RELATED if like.words >= ENOUGH else Verdict.APART


def is_version(raw: Likeness, *, soon: bool) -> bool:
    """Whether a text of the same source is another in a further version, whatever is standing words.

    What is told again on another day in nearly the same words is a column: then hardly a word may differ.
    """
    if raw.swapped >= 0.2 or raw.words < 8:
        return False
    if not soon and raw.words < WORD_FOR_WORD * raw.size:
        return False
    if raw.share >= WITHIN:
        return raw.kept >= 0.75 or raw.slots < 2
    return raw.share >= 0.8 and raw.title >= 0.6 and raw.kept >= 0.8 and raw.slots >= 3 and raw.swapped == 0


def _another_issue(like: Likeness) -> bool:
    """Whether the same frame holds other figures and names: the next of a series, or the like elsewhere."""
    if like.swapped >= 0.3:
        return True
    strange = like.slots >= 2 and like.kept < 0.34 and like.facts < 2
    few = like.passages < 4 and like.facts < 6
    strange = strange or (few and like.figures >= 2 and like.figures_kept < 0.34)
    taken_up = like.lead >= 0.9 and like.words >= 30 and like.swapped == 0
    return strange and not taken_up


def _mostly_standing(like: Likeness, raw: Likeness) -> bool:
    return like.size < 25 and like.size < raw.size / 2


def _one_slot(like: Likeness, raw: Likeness) -> bool:
    """Whether what stands between the standing words is the same in both."""
    if like.kept == 1 and like.slots >= 3:
        return like.found >= 0.6
    return like.found >= 0.8 and like.kept >= 0.8 and (like.slots >= 2 or raw.share >= WITHIN)


def _kin(like: Likeness) -> bool:
    """Whether more is shared than one passage, which may be a quote or a standing text."""
    if like.title >= 0.5 or like.lead >= 0.6 or like.passages >= 3 or like.facts >= 3:
        return True
    agreed = like.rest >= 0.25 or (like.kept >= 0.8 and like.slots >= 3)
    return like.share >= 0.9 or (agreed and like.plain >= ACROSS / 2)


def _near_kin(like: Likeness) -> bool:
    """The same where less is shared: names and figures must be, and the rest must be told in kindred words."""
    if like.kept < 0.55 or like.kept * like.slots < 2 or like.plain == 0:
        return False
    return like.title >= 0.5 or (like.rest >= 0.25 and like.facts >= 3)
