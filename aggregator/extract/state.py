"""A text that stands on the page only in a framework's state: HTML inside of JSON inside of a script."""

from __future__ import annotations

import json
import re

from aggregator import markup

_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)(?:</script|\Z)", re.DOTALL | re.IGNORECASE)
# One that never ends runs to the end of its script, so that no place is looked at twice.
_STRING = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)(?:"|\\?\Z)', re.DOTALL)
_PARAGRAPHS = 4
_SHORTEST = 600
_DEEPEST = 3


def told(page: str) -> str:
    """The longest text of a JSON string in the scripts that holds several paragraphs of HTML; "" where none does."""
    scripts = _SCRIPT.findall(page)
    found = [html for script in scripts if len(script) >= _SHORTEST for html in _strings(script, _DEEPEST)]
    text = markup.plain(max(found, key=len)) if found else ""
    return text if len(text) >= _SHORTEST else ""


def _strings(script: str, deep: int) -> list[str]:
    """The strings in a script's JSON that are paragraphs of HTML, those in strings of JSON, too."""
    found: list[str] = []
    for match in _STRING.finditer(script):
        if len(match[1]) < _SHORTEST:
            continue
        try:
            value = json.loads(match[0], strict=False)
        except ValueError:
            continue
        if not isinstance(value, str) or value.count("<p") + value.count("u003cp") < _PARAGRAPHS:
            continue
        inner = _strings(value, deep - 1) if deep else []
        if inner:
            found.extend(inner)
        elif value.lstrip().startswith("<"):
            found.append(value)
    return found
