"""The words of a tag rule: a list of words of equal weight, or a table of word and weight."""

from __future__ import annotations

import math
from typing import Any

from aggregator.config.values import line, shown


def weights(value: Any) -> dict[str, float]:
    """Word → weight; a list gives each the weight 1. Raises ValueError."""
    if isinstance(value, str):
        value = [value]
    if isinstance(value, list):
        value = dict.fromkeys(_texts(value), 1.0)
    if not isinstance(value, dict):
        raise ValueError("must be a list of words or a table of word = weight")  # noqa: TRY004 - pydantic's way
    return {line(word): _weight(word, weight) for word, weight in value.items()}


def _texts(items: list[Any]) -> list[str]:
    for item in items:
        if not isinstance(item, str):
            raise ValueError(f"{shown(item)} must be text")  # noqa: TRY004 - pydantic gathers ValueErrors
    return items


def _weight(word: str, weight: Any) -> float:
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not abs(weight) <= 1000:
        raise ValueError(f'"{shown(word)}" must have a number as weight, not {shown(weight)}')
    if not math.isfinite(weight):
        raise ValueError(f'"{shown(word)}" must have a finite number as weight')
    return float(weight)
