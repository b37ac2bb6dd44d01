"""When two texts are the same: the content hash, and how much of their matter they share."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

SUBSTANTIAL = 200
"""Characters from which an equal text on other days is a copy; a shorter one may be a column's standing words."""

SAME_MATTER = 0.5
"""Share of the shorter text's runs of three words from which two texts tell the same under any headline."""

SAME_TITLE = 0.15
"""The same under an equal headline: a series has its headline in common, and little else."""

_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′´`", "'"),
    }
)
_DIALOGUE = re.compile(r"(?:^|(?<=\s))- ?(?=\S)")
_WORD = re.compile(r"[^\W_]+")


def normal(text: str) -> str:
    """The text without what an editor's software changes by itself: blanks, dashes, quotes, Unicode composition.

    Letter case is kept: a corrected capital is a correction.
    """
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text).replace("…", "..."))
    return _DIALOGUE.sub("- ", _SPACE.sub(" ", text.translate(_TYPOGRAPHY)).strip())


def content_hash(title: str, text: str) -> str:
    """32 hex digits that move when the wording does, and only then."""
    return blake2b(f"{normal(title)}\n{normal(text)}".encode("utf-8", "replace"), digest_size=16).hexdigest()


def body_hash(body: bytes) -> str:
    """32 hex digits of a response's body."""
    return blake2b(body, digest_size=16).hexdigest()


def same_title(title: str, other: str) -> bool:
    """Whether two headlines are one but for typography and capitals."""
    return normal(title).casefold() == normal(other).casefold()


def same_matter(title: str, text: str, other_title: str, other_text: str) -> bool:
    """Whether two texts, that one address claims to be one, can be: by runs of three words that they share."""
    runs, others = _runs(text), _runs(other_text)
    titled = same_title(title, other_title)
    if not runs or not others:
        return titled
    share = len(runs & others) / min(len(runs), len(others))
    return share >= (SAME_TITLE if titled else SAME_MATTER)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(normal(text).casefold())
    return frozenset(zip(words, words[1:], words[2:], strict=False))
