"""RSS 2.0 and Atom through feedgen, with one extension of ours for what it cannot write.

feedgen 1.0.0 drops ``rel``, ``type`` and ``length`` of every link of an Atom entry, wraps a lone picture in
``media:group``, silently omits an RSS author without e-mail address, writes only the self link of a channel and knows
nothing of RFC 5005; so it is given the plain parts, and ``OfEntry`` and ``OfFeed`` write the rest
(docs/decisions/0600-feedgen-with-one-extension.md).
"""

from __future__ import annotations

import html
from datetime import UTC, datetime
from math import ceil
from typing import TYPE_CHECKING

# Neither feedgen nor lxml ships types; what crosses this module's border is typed.
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree  # type: ignore[import-untyped]

from aggregator.render.fitness import enclosable

if TYPE_CHECKING:
    from aggregator.model import Entry
    from aggregator.render.document import Document

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
HISTORY = "http://purl.org/syndication/history/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
NAMESPACES = {"dc": DC, "media": MEDIA, "fh": HISTORY}

ATOM_TYPE = "application/atom+xml"
RSS_TYPE = "application/rss+xml"


class OfFeed(BaseExtension):  # type: ignore[misc] # untyped base
    """The document's place in the feed's history (RFC 5005), and in RSS the links to its neighbours."""

    document: Document

    def extend_ns(self) -> dict[str, str]:
        """The namespaces used by this extension and by that of the entries."""
        return NAMESPACES

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """Adds to ``<channel>``; feedgen itself writes no other atom:link than self."""
        channel = feed[0]
        for rel, href in self.document.related("rss"):
            etree.SubElement(channel, f"{{{ATOM}}}link", rel=rel, href=href, type=RSS_TYPE)
        self._history(channel)
        return feed

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        """Adds to ``<feed>``; the links are feedgen's own there."""
        self._history(feed)
        return feed

    def _history(self, parent: etree._Element) -> None:
        if self.document.number is not None:
            etree.SubElement(parent, f"{{{HISTORY}}}archive")
        elif self.document.complete:
            etree.SubElement(parent, f"{{{HISTORY}}}complete")


class OfEntry(BaseEntryExtension):  # type: ignore[misc] # untyped base
    """Author and outlet in Dublin Core, the picture, and an entry's own language."""

    entry: Entry
    language: str

    def extend_rss(self, item: etree._Element) -> etree._Element:
        """Adds to ``<item>``: dc:creator stands for the author, whose e-mail address RSS would want."""
        for name in self.entry.authors or (self.entry.source_name,):
            if name:
                etree.SubElement(item, f"{{{DC}}}creator").text = name
        self._outlet_and_picture(item)
        return item

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        """Adds to ``<entry>``, the enclosure's link among it."""
        image = self.entry.image
        if image is not None and enclosable(image):
            etree.SubElement(
                entry,
                "link",
                rel="enclosure",
                href=image.url,
                type=image.media_type or "",
                length=str(image.length_bytes),
            )
        if self.entry.language and self.entry.language != self.language:
            entry.attrib[f"{{{XML}}}lang"] = self.entry.language
        self._outlet_and_picture(entry)
        return entry

    def _outlet_and_picture(self, parent: etree._Element) -> None:
        if self.entry.source_name:
            etree.SubElement(parent, f"{{{DC}}}publisher").text = self.entry.source_name
        image = self.entry.image
        if image is not None and not enclosable(image):
            picture = etree.SubElement(parent, f"{{{MEDIA}}}content", url=image.url, medium="image")
            if image.media_type:
                picture.attrib["type"] = image.media_type
            if image.length_bytes:
                picture.attrib["fileSize"] = str(image.length_bytes)


def rss(document: Document) -> bytes:
    """The document as RSS 2.0 by the RSS Advisory Board's profile, UTF-8."""
    generator = _channel(document, "rss", RSS_TYPE)
    # RSS tells whole seconds: one that an entry was set back within counts as begun.
    generator.updated(datetime.fromtimestamp(ceil(document.updated_at.timestamp()), UTC))
    for entry in document.entries:
        item = _item(generator, document, entry)
        # An item's description is markup, where Atom's summary is plain text.
        item.description(html.escape(entry.summary or entry.title, quote=False), isSummary=True)
        image = entry.image
        if image is not None and enclosable(image):
            item.enclosure(image.url, str(image.length_bytes), image.media_type)
    body: bytes = generator.rss_str(pretty=True)
    return body


def atom(document: Document) -> bytes:
    """The document as Atom (RFC 4287), UTF-8."""
    generator = _channel(document, "atom", ATOM_TYPE)
    generator.id(document.subscription("atom"))
    generator.author({"name": document.publisher or document.feed.title})
    for rel, href in document.related("atom"):
        generator.link(href=href, rel=rel, type=ATOM_TYPE)
    for entry in document.entries:
        item = _item(generator, document, entry)
        if entry.summary:
            item.summary(entry.summary, type="text")
        # Entries that share a second are set back within it (``fitness``): never published after their update.
        item.published(min(entry.published_at, entry.updated_at))
        item.author([{"name": name} for name in entry.authors or (entry.source_name,) if name])
    body: bytes = generator.atom_str(pretty=True)
    return body


def _channel(document: Document, suffix: str, media_type: str) -> FeedGenerator:
    """What both formats say of the feed. The self link comes first: feedgen makes the last link RSS's <link>."""
    generator = FeedGenerator()
    generator.register_extension("ours", OfFeed, OfEntry)
    generator.ours.document = document
    generator.title(document.feed.title)
    generator.description(document.feed.description or document.feed.title)
    generator.language(document.language)
    generator.generator("Örebro aggregator")
    generator.link(href=document.address(suffix), rel="self", type=media_type)
    generator.link(href=document.page, rel="alternate", type="text/html")
    generator.updated(document.updated_at)
    return generator


def _item(generator: FeedGenerator, document: Document, entry: Entry) -> FeedGenerator:
    """What both formats say of an entry."""
    item = generator.add_entry(order="append")
    item.guid(entry.guid, permalink=False)
    item.title(entry.title)
    item.link(href=entry.url)
    item.published(entry.published_at)
    item.updated(entry.updated_at)
    if entry.content_html:
        item.content(entry.content_html, type="html")
    if entry.categories:
        item.category([{"term": category} for category in entry.categories])
    item.ours.entry = entry
    item.ours.language = document.language
    return item
