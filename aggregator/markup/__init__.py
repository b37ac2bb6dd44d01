"""Bytes and markup as they come off the wire: characters, nesting, sanitising, plain text.

Nothing here looks for news; it makes what strangers send safe to parse, to keep and to publish.
"""

from aggregator.markup.characters import decode, strip_forbidden, xml_text
from aggregator.markup.cleaning import plain, sanitise, shorten
from aggregator.markup.nesting import cap_depth, end_phrases
from aggregator.markup.scripts import without_scripts
from aggregator.markup.words import words

__all__ = [
    "cap_depth",
    "decode",
    "end_phrases",
    "plain",
    "sanitise",
    "shorten",
    "strip_forbidden",
    "without_scripts",
    "words",
    "xml_text",
]
