"""What may stand in a feed: entries made fit for every format, or left out with the reason.

The rules are those of the W3C feed validator (errors and warnings), which feed readers follow too.
One unfit entry costs itself, never the feed.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from html.entities import name2codepoint
from typing import TYPE_CHECKING
from urllib.parse import quote

from aggregator import markup, urls
from aggregator.model import Entry, Image

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aggregator.render.document import Document

SUMMARY_LIMIT = 300
TITLE_LIMIT = 500
LINE_LIMIT = 5_000
"""What is longer is no line; decoding an entity that is escaped a thousand times over takes a pass for each."""
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""The W3C validator holds an earlier date for implausible, and so do we: no site of ours is older."""

ABSOLUTE = re.compile(r"[a-zA-Z][0-9a-zA-Z+\-.]*:(//)?[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]+")
TAG_URI = re.compile(r"tag:([a-z0-9\-._]+@)?[a-z0-9.\-]+,\d{4}(-\d{2}(-\d{2})?)?:[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,]+")
WEB = re.compile(r"https?://[0-9a-zA-Z][^/?#]*([/?#].*)?")
ENCLOSABLE = re.compile(r"https?://((\d{1,3}\.){3}|([A-Z0-9-]+\.)+)[A-Z0-9][-A-Z0-9]*(:\d+)?(/|$)", re.IGNORECASE)
MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*", re.IGNORECASE)
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", re.IGNORECASE)

_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(\s[^<>]*)?/?>")
_ENTITY = re.compile(r"&(#?\w+)")
_NO_TEXT = re.compile("[\x7f-\x9f\ufffd\ufeff\u2028\u2029]")
_ADDRESS_KEEPS = "%;/?:@&=+$.-_!~*'(),#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """An entry that was left out of a document, and why."""

    guid: str
    why: str


def fit(document: Document) -> tuple[Document, tuple[Unfit, ...]]:
    """The document with fit entries, newest first, each guid once; and those left out.

    Of two entries with one guid the one updated last stays (RFC 5005, section 4). The outcome does not
    depend on the order of the entries given.
    """
    kept: dict[str, Entry] = {}
    unfit: list[Unfit] = []
    for entry in sorted(document.entries, key=_order, reverse=True):
        fitted = _fit_entry(entry)
        if isinstance(fitted, Unfit):
            unfit.append(fitted)
        elif fitted.guid not in kept:
            kept[fitted.guid] = fitted
        elif fitted.updated_at > kept[fitted.guid].updated_at:
            unfit.append(Unfit(guid=fitted.guid, why="a later version of the same entry stands in its place"))
            kept[fitted.guid] = fitted
        else:
            unfit.append(Unfit(guid=fitted.guid, why="the entry is there already"))
    entries = _distinct(sorted(kept.values(), key=_order, reverse=True))
    feed = replace(
        document.feed,
        title=plain_line(document.feed.title) or document.feed.id,
        description=plain_line(document.feed.description),
    )
    fitted_document = replace(
        document,
        feed=feed,
        entries=tuple(entries),
        language=language_tag(document.language) or "sv",
        publisher=plain_line(document.publisher),
    )
    return fitted_document, tuple(unfit)


def _order(entry: Entry) -> tuple[datetime, datetime, str]:
    return (entry.published_at, entry.updated_at, entry.guid)


@lru_cache(maxsize=1024)  # one article stands in five feeds or so, and in three formats of each
def _fit_entry(entry: Entry) -> Entry | Unfit:
    """The entry with clean texts and addresses, or why it can stand in no feed."""
    if not (TAG_URI if entry.guid.startswith("tag:") else ABSOLUTE).fullmatch(entry.guid):
        return Unfit(guid=entry.guid, why="its guid is not an absolute URI")
    url = address(entry.url)
    if url is None:
        return Unfit(guid=entry.guid, why=f"its address is not one of the web: {entry.url!r}")
    published_at, updated_at = _instant(entry.published_at), _instant(entry.updated_at)
    if min(published_at, updated_at) < EARLIEST:
        return Unfit(guid=entry.guid, why=f"it is dated {min(published_at, updated_at):%Y-%m-%d}")
    summary = markup.shorten(plain_line(entry.summary), SUMMARY_LIMIT)
    source_name = plain_line(entry.source_name)
    title = markup.shorten(plain_line(entry.title), TITLE_LIMIT) or markup.shorten(summary, 80) or source_name
    content = entry.content_html
    return replace(
        entry,
        url=url,
        title=title or "Utan rubrik",
        summary=summary,
        content_html=_content(content, url) if content is not None else None,
        published_at=published_at,
        updated_at=max(published_at, updated_at),
        authors=_lines(entry.authors),
        source_name=source_name,
        categories=_lines(entry.categories),
        image=_image(entry.image),
        language=language_tag(entry.language),
    )


def _instant(at: datetime) -> datetime:
    """Whole seconds, which is all that RSS can say."""
    return at.astimezone(UTC).replace(microsecond=0)


def _distinct(entries: Sequence[Entry]) -> list[Entry]:
    """Gives each entry an ``updated_at`` of its own: the validator warns where two Atom entries share one.

    Those of one second are set back within it by a share that depends on the guid alone, so that an entry's
    bytes do not depend on its neighbours' number or order, and nothing is dated in the future.
    """
    seconds: dict[datetime, int] = {}
    for entry in entries:
        seconds[entry.updated_at] = seconds.get(entry.updated_at, 0) + 1
    taken: set[datetime] = set()
    distinct = []
    for entry in entries:
        if seconds[entry.updated_at] > 1:
            share = int.from_bytes(sha256(entry.guid.encode()).digest()[:4], "big") % 999_000 + 1
            updated_at = entry.updated_at - timedelta(microseconds=share)
            while updated_at in taken:
                updated_at -= timedelta(microseconds=1)
            taken.add(updated_at)
            distinct.append(replace(entry, updated_at=updated_at))
        else:
            distinct.append(entry)
    return distinct


def plain_line(text: str) -> str:
    """One line of plain text: no markup, no entities however often escaped, nothing that XML forbids.

    What still looks like markup ("R&amp;D" once decoded, "a<b") is kept apart by a space, because readers and the
    validator take it for markup.
    """
    text = _clean(text[:LINE_LIMIT])
    if "<" not in text and "&" not in text:
        return " ".join(text.split())
    text = _decoded(text)
    before = None
    while before != text:
        before = text
        text = _decoded(_TAG.sub(" ", text))
    text = _ENTITY.sub(_apart, _clean(text))
    text = re.sub(r"<(?=[/!?a-zA-Z])", "< ", text)
    return " ".join(text.split())


def _clean(text: str) -> str:
    """Without what XML 1.0 forbids, without C1 characters and replacement characters."""
    return _NO_TEXT.sub(" ", markup.strip_forbidden(text))


def _decoded(text: str) -> str:
    """Entities decoded until none is left: feeds of feeds escape twice."""
    for _ in range(5):
        decoded = html.unescape(text)
        if decoded == text:
            break
        text = decoded
    return text


def _apart(match: re.Match[str]) -> str:
    """An ampersand that a reader would take for the start of an entity, set apart from the word after it."""
    word = match[1]
    looks_so = word in name2codepoint or word == "apos" or not word.isalpha()
    return f"& {word}" if looks_so else match[0]


def _content(content: str, url: str) -> str | None:
    """Sanitised markup; None where nothing is left to read.

    Sanitised until it stays as it is: what a parser makes of broken tables can itself be parsed otherwise, and
    links within links come apart only then.
    """
    cleaned, before = _clean(content), ""
    for _ in range(4):
        before, cleaned = cleaned, _clean(markup.sanitise(cleaned, url)).strip()
        if cleaned == before:
            break
    return cleaned if markup.plain(cleaned).strip() or "<img" in cleaned else None


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts as plain lines, none empty, none twice in whatever case."""
    lines: dict[str, str] = {}
    for text in texts:
        line = plain_line(text)
        if line:
            lines.setdefault(line.casefold(), line)
    return tuple(lines.values())


def address(url: str) -> str | None:
    """The web address in ASCII (RFC 3986), host in punycode; None where it is no web address."""
    cleaned = urls.clean(markup.strip_forbidden(url.strip())) if url.strip() else ""
    head, _, fragment = cleaned.partition("#")
    spelled = quote(head, safe=_ADDRESS_KEEPS)
    if fragment:
        spelled += "#" + quote(fragment.replace("#", ""), safe=_ADDRESS_KEEPS)
    spelled = re.sub(r"%(?![0-9a-fA-F]{2})", "%25", spelled)
    return spelled if WEB.fullmatch(spelled) and ABSOLUTE.fullmatch(spelled) else None


def _image(image: Image | None) -> Image | None:
    """The picture with an address that is fit, and a type and length that are true or absent."""
    url = address(image.url) if image else None
    if image is None or url is None:
        return None
    media_type = image.media_type.strip().lower() if image.media_type else ""
    length = image.length_bytes if image.length_bytes and image.length_bytes > 0 else None
    known = media_type if MEDIA_TYPE.fullmatch(media_type) else None
    return Image(url=url, media_type=known, length_bytes=length)


def enclosable(image: Image | None) -> bool:
    """Whether a picture may be an enclosure: RSS wants type and length of one, and a host with a dot."""
    if image is None or image.media_type is None or image.length_bytes is None:
        return False
    return ENCLOSABLE.match(image.url) is not None


def language_tag(language: str | None) -> str | None:
    """ "sv_SE" as BCP 47 spells it, "sv-SE"; None where it is no language tag."""
    tag = (language or "").strip().replace("_", "-")
    return tag if LANGUAGE.fullmatch(tag) else None
