"""OPML 2.0 (http://opml.org/spec2.opml): all feeds in one file that a reader imports."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from lxml import etree  # type: ignore[import-untyped] # lxml ships no types

from aggregator.render.document import INDEX, file_name
from aggregator.render.fitness import language_tag, plain_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aggregator.model import Feed


def opml(feeds: Sequence[Feed], *, title: str, base_url: str, language: str = "sv") -> bytes:
    """The feeds as outlines, those of one group under its heading, in the order given.

    There is no date in it: the file changes when a feed is added or renamed, and only then.
    """
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = plain_line(title)
    body = etree.SubElement(root, "body")
    for group, members in groupby(feeds, key=lambda feed: feed.group):
        heading = plain_line(group)
        # Without a type, the validator lets an outline carry text alone.
        parent = etree.SubElement(body, "outline", text=heading) if heading else body
        for feed in members:
            name = plain_line(feed.title) or feed.id
            etree.SubElement(
                parent,
                "outline",
                text=name,
                title=name,
                type="rss",
                xmlUrl=base_url + file_name(feed.id, "rss"),
                htmlUrl=f"{base_url}{INDEX}#{feed.id}",
                language=language_tag(language) or "sv",
            )
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written
