"""The ``sources.toml`` of the recorded region: its sites at their loopback addresses, with the shipped rules."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aggregator.demo.answers import fill

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADER = re.compile(r"\[\[?\s*([A-Za-z0-9_-]+)[^\]]*\]?\]\s*(#.*)?$")
CARRIED = frozenset({"tag", "project"})
"""The tables that are taken over from the shipped file."""
MARK = "# The recorded region, as `aggregator demo` wrote it."
"""How the file begins: what has it may be replaced by another demo."""
TITLE = "(inspelad region)"
"""What the title of the demo's feeds ends with."""
UNTOUCHABLE = "bystander"
"""The site that nobody allowed."""


def configuration(addresses: Mapping[str, str], *, rules: str, archive: str, feeds: str) -> str:
    """The text of a configuration for the region that is served at ``addresses`` (``Region.addresses``).

    ``rules`` is the text of a ``sources.toml``; its ``[[tag]]`` and ``[[project]]`` tables are carried over as they
    stand, comments included. ``archive`` and ``feeds`` are paths as they shall stand in the file.
    """
    allowed = [urlsplit(base).netloc for name, base in addresses.items() if name != UNTOUCHABLE]
    return (
        fill(
            "sources.toml",
            archive=_quoted(archive),
            feeds=_quoted(feeds),
            allow=", ".join(_quoted(pair) for pair in allowed),
            **addresses,
        )
        + carried(rules)
        + "\n"
    )


def carried(rules: str) -> str:
    """The lines of the tables in CARRIED, in their order.

    A table begins at a line that is nothing but its header and ends at the next one's.
    """
    lines: list[str] = []
    inside = False
    for line in rules.splitlines():
        header = _HEADER.match(line)
        if header:
            inside = header[1] in CARRIED
        if inside:
            lines.append(line)
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False)
