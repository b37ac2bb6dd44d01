"""Sets of names, written as a line of words."""

from __future__ import annotations


def words(line: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(line.split())
