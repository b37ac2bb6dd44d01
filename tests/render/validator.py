"""The W3C feed validator's rules, errors and warnings, for what our feeds use.

Each rule bears the validator's own name for the finding, so that a failing test can be looked up at
https://validator.w3.org/feed/docs/. ``findings`` returns an empty list for a feed that passes with neither.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html.entities import name2codepoint
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
FH = "{http://purl.org/syndication/history/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"

RFC2822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d? (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d\d:\d\d:\d\d [+-]\d\d[03]0"
)
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
FULL_URI = re.compile(r"[a-zA-Z][0-9a-zA-Z+\-.]*:(//)?[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]+")
TAG_URI = re.compile(r"tag:([a-z0-9\-._]+?@)?[a-z0-9.\-]+?,\d{4}(-\d{2}(-\d{2})?)?:[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,]*")
HTTP_URL = re.compile(r"https?://((\d{1,3}\.){3}|([A-Z0-9-]+\.)+)[A-Z0-9][-A-Z0-9]*(:\d+)?(/|$)", re.IGNORECASE)
MIME = re.compile(r"[^\s()<>,;:\\\"/\[\]?=]+/[^\s()<>,;:\\\"/\[\]?=]+")
LANGUAGE = re.compile(r"(sv|en|de|no|da|fi)(-[A-Za-z]{2})?")
RELATIONS = {"alternate", "self", "enclosure", "current", "prev-archive", "next-archive", "hub", "via", "related"}
MEDIA_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml"}

TAGS = re.findall(
    r"\w+",
    "a abbr acronym address area article aside audio b bdi big blockquote br button canvas caption center cite code col"
    " colgroup data dd del details dfn dialog dir div dl dt em fieldset figcaption figure footer font form header h1 h2"
    " h3 h4 h5 h6 hgroup hr i img input ins kbd label legend li m main map mark menu meter nav ol output optgroup"
    " option p picture pre progress q rp rt ruby s samp section select small source span strike strong sub summary sup"
    " table tbody td textarea time tfoot th thead tr track tt u ul var video wbr",
)
ATTRIBUTES = re.findall(
    r"\w+",
    "abbr align alt axis border cellpadding cellspacing char charoff charset cite class cols colspan compact coords"
    " datetime dir frame headers height href hreflang hspace id itemprop kind label lang loading longdesc media name"
    " nowrap open poster rel rev reversed rows rowspan rules scope shape size sizes span src srclang srcset start"
    " summary target title translate type usemap valign value vspace width",
)
VOID = {"area", "br", "col", "hr", "img", "input", "source", "track", "wbr"}


class _Fragment(HTMLParser):
    """Reads one HTML fragment and notes what the validator would."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        if self.open:
            self.found.append(f"NotHtml: never closed: {self.open}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.append(f"SecurityRisk: {tag}")
        cell = max((at for at, name in enumerate(self.open) if name in {"td", "th", "caption"}), default=0)
        if tag == "a" and "a" in self.open[cell:]:
            self.found.append("NotHtml: a link within a link")
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name not in ATTRIBUTES and not name.startswith("data-"):
                self.found.append(f"SecurityRiskAttr: {name}")
            if name in {"href", "src", "action", "poster"}:
                self._address(value or "")

    def _address(self, value: str) -> None:
        if not re.match(r"\w+:", value.strip()):
            self.found.append(f"ContainsRelRef: {value!r}")
        if re.match(r"\s*(javascript|data|vbscript):", value, re.IGNORECASE):
            self.found.append(f"SecurityRisk: {value!r}")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.found.append(f"NotHtml: </{tag}> out of place")


def parsed(body: bytes) -> ET.Element:
    """Our own output as a tree; it is parsed as strictly as a reader may."""
    return ET.fromstring(body.decode("utf-8"))  # noqa: S314 - written by us a moment ago


def findings(body: bytes, address: str, now: datetime) -> list[str]:
    """The validator's errors and warnings for an RSS or Atom document served at ``address``."""
    try:
        root = parsed(body)
    except (ET.ParseError, UnicodeDecodeError) as error:
        return [f"SAXError: {error}"]
    found = _characters(root)
    if root.tag == "rss":
        return found + _rss(root, address, now)
    if root.tag == f"{ATOM}feed":
        return found + _atom(root, address, now)
    return [*found, f"UndefinedElement: {root.tag}"]


def _characters(root: ET.Element) -> list[str]:
    return [
        f"BadCharacters: {element.tag} {text!r}"
        for element in root.iter()
        for text in (element.text or "", *element.attrib.values())
        if re.search("[\x80-\x9f\ufffd]", text)
    ]


def _uri(value: str | None, what: str) -> list[str]:
    value = value or ""
    if value.startswith("tag:"):
        return [] if TAG_URI.fullmatch(value) else [f"InvalidTAG: {what} {value!r}"]
    if not FULL_URI.fullmatch(value):
        return [f"InvalidFullLink: {what} {value!r}"]
    if value.startswith("http") and not re.match(r"\w+://[^/].*", value):
        return [f"InvalidFullLink: {what} {value!r}"]
    return []


def _plain(value: str | None, what: str) -> list[str]:
    value = value or ""
    found = []
    if not value.strip():
        found.append(f"NotBlank: {what}")
    if re.search(r"</\w+>|&#[x0-9]|<[/a-zA-Z]", value):
        found.append(f"ContainsHTML: {what} {value!r}")
    found += [
        f"ContainsHTML: {what} {value!r}"
        for word in re.findall(r"&(#?\w+)", value)
        if word in name2codepoint or word == "apos" or not word.isalpha()
    ]
    return found


def _date(value: str | None, now: datetime, what: str) -> list[str]:
    value = value or ""
    if not RFC2822.fullmatch(value):
        return [f"ProblematicalRFC822Date: {what} {value!r}"]
    at = parsedate_to_datetime(value)
    found = [] if at.strftime("%a") == value[:3] else [f"IncorrectDOW: {what} {value!r}"]
    return found + _plausible(at, now, what)


def _rfc3339(value: str | None, now: datetime, what: str) -> list[str]:
    if not RFC3339.fullmatch(value or ""):
        return [f"InvalidRFC3339Date: {what} {value!r}"]
    return _plausible(datetime.fromisoformat(value or ""), now, what)


def _plausible(at: datetime, now: datetime, what: str) -> list[str]:
    plausible = datetime(1990, 1, 1, tzinfo=UTC) <= at <= now + timedelta(minutes=10)
    return [] if plausible else [f"ImplausibleDate: {what} {at}"]


def _once(parent: ET.Element, names: set[str]) -> list[str]:
    tags = [child.tag for child in parent]
    return [f"DuplicateElement: {name}" for name in names if tags.count(name) > 1]


def _rss(root: ET.Element, address: str, now: datetime) -> list[str]:
    found = [] if root.get("version") == "2.0" else ["InvalidRSSVersion"]
    channel = root.find("channel")
    assert channel is not None
    tags = [child.tag for child in channel]
    if "item" in tags and any(tag != "item" for tag in tags[tags.index("item") :]):
        found.append("MisplacedItem")
    found += _once(channel, {"title", "link", "description", "language", "lastBuildDate", "generator", "docs"})
    found += _plain(channel.findtext("title"), "channel title")
    found += _plain(channel.findtext("description"), "channel description")
    found += _uri(channel.findtext("link"), "channel link")
    found += _self(channel, address, "rss")
    if channel.findtext("link") == address:
        found.append("the channel's link is the feed itself")
    if not LANGUAGE.fullmatch(channel.findtext("language") or ""):
        found.append(f"InvalidLanguage: {channel.findtext('language')!r}")
    found += _date(channel.findtext("lastBuildDate"), now, "lastBuildDate")
    items = channel.findall("item")
    dates = [parsedate_to_datetime(item.findtext("pubDate") or "") for item in items]
    if any(earlier < later for earlier, later in pairwise(dates)):
        found.append("items are not newest first")
    guids = [item.findtext("guid") for item in items]
    if len(set(guids)) < len(guids):
        found.append("DuplicateValue: guid")
    for item in items:
        found += _item(item, now)
    return found + _history(channel)


def _item(item: ET.Element, now: datetime) -> list[str]:
    found = _once(item, {"title", "link", "description", "guid", "pubDate", "enclosure", f"{CONTENT}encoded"})
    found += _plain(item.findtext("title"), "item title")
    found += _uri(item.findtext("link"), "item link")
    found += _date(item.findtext("pubDate"), now, "pubDate")
    guid = item.find("guid")
    if guid is None or not guid.text:
        found.append("MissingGuid")
    elif guid.get("isPermaLink") != "false":
        found.append("InvalidPermalink")
    else:
        found += _uri(guid.text, "guid")
    tags = [child.tag for child in item]
    if f"{CONTENT}encoded" in tags and "description" not in tags[: tags.index(f"{CONTENT}encoded")]:
        found.append("NeedDescriptionBeforeContent")
    for text in (item.findtext("description"), item.findtext(f"{CONTENT}encoded")):
        found += _Fragment(text or "").found
    if item.find("author") is not None:
        found.append("an author without e-mail address belongs in dc:creator")
    for category in item.findall("category"):
        found += _plain(category.text, "category")
    enclosure = item.find("enclosure")
    if enclosure is not None:
        found += _enclosed(enclosure.get("url"), enclosure.get("type"), enclosure.get("length"))
        if not HTTP_URL.match(enclosure.get("url") or ""):
            found.append(f"InvalidURLAttribute: {enclosure.get('url')!r}")
    return found + _common(item)


def _enclosed(url: str | None, media_type: str | None, length: str | None) -> list[str]:
    found = _uri(url, "enclosure")
    if not MIME.fullmatch(media_type or ""):
        found.append(f"InvalidMIMEAttribute: {media_type!r}")
    if not re.fullmatch(r"[1-9]\d*", length or ""):
        found.append(f"InvalidNonNegativeInteger: {length!r}")
    return found


def _common(entry: ET.Element) -> list[str]:
    """Elements of other namespaces, which RSS and Atom share."""
    found = []
    for name in ("creator", "publisher"):
        for element in entry.findall(f"{DC}{name}"):
            found += _plain(element.text, f"dc:{name}")
    for group in entry.findall(f"{MEDIA}group"):
        if len(group.findall(f"{MEDIA}content")) < 2:
            found.append("MediaGroupWithoutAlternatives")
    for picture in entry.findall(f"{MEDIA}content"):
        found += _picture(picture)
    known = {DC, CONTENT, MEDIA, ATOM, FH}
    for child in entry:
        namespace = child.tag.partition("}")[0] + "}" if child.tag.startswith("{") else ""
        if namespace and namespace not in known:
            found.append(f"UnknownNamespace: {child.tag}")
    return found


def _picture(picture: ET.Element) -> list[str]:
    found = _uri(picture.get("url"), "media:content")
    if picture.get("medium") not in {"image", None}:
        found.append("InvalidMediaMedium")
    if picture.get("type") is not None and not MIME.fullmatch(picture.get("type") or ""):
        found.append("InvalidMIMEAttribute")
    if picture.get("fileSize") is not None and not re.fullmatch(r"[1-9]\d*", picture.get("fileSize") or ""):
        found.append("InvalidPositiveInteger")
    return found


def _self(parent: ET.Element, address: str, kind: str) -> list[str]:
    links = [link for link in parent.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if len(links) != 1:
        return [f"MissingSelf: {len(links)} self links"]
    found = _links(parent)
    if links[0].get("href") != address:
        found.append(f"SelfDoesntMatchLocation: {links[0].get('href')!r} is served at {address!r}")
    if links[0].get("type") != MEDIA_TYPES[kind]:
        found.append(f"SelfNotAtom: {links[0].get('type')!r}")
    return found


def _links(parent: ET.Element) -> list[str]:
    found = []
    alternates = set()
    for link in parent.findall(f"{ATOM}link"):
        rel = link.get("rel", "alternate")
        if rel not in RELATIONS:
            found.append(f"UnregisteredAtomLinkRel: {rel}")
        if parent.tag == f"{ATOM}entry" and rel in {"current", "prev-archive", "next-archive"}:
            found.append("FeedHistoryRelInEntry")
        found += _uri(link.get("href"), f"link {rel}")
        if link.get("type") is not None and not MIME.fullmatch(link.get("type") or ""):
            found.append(f"InvalidMIMEType: {link.get('type')!r}")
        if rel == "enclosure":
            found += _enclosed(link.get("href"), link.get("type"), link.get("length"))
        if rel == "alternate":
            key = (link.get("type"), link.get("hreflang"))
            if key in alternates:
                found.append("DuplicateAtomLink")
            alternates.add(key)
    return found


def _history(parent: ET.Element) -> list[str]:
    """RFC 5005: a document is complete, or an archive document with its way back, or neither."""
    relations = {link.get("rel") for link in parent.findall(f"{ATOM}link")}
    complete, archive = parent.find(f"{FH}complete") is not None, parent.find(f"{FH}archive") is not None
    found = []
    if complete and archive:
        found.append("complete and archive at once")
    if complete and "prev-archive" in relations:
        found.append("a complete feed has no archive")
    if archive and "current" not in relations:
        found.append("an archive document without a link to the current one")
    return found


def _atom(feed: ET.Element, address: str, now: datetime) -> list[str]:
    found = _once(feed, {f"{ATOM}{name}" for name in ("id", "title", "updated", "subtitle", "generator")})
    found += _uri(feed.findtext(f"{ATOM}id"), "feed id")
    found += _plain(feed.findtext(f"{ATOM}title"), "feed title")
    found += _rfc3339(feed.findtext(f"{ATOM}updated"), now, "feed updated")
    found += _self(feed, address, "atom")
    if not LANGUAGE.fullmatch(feed.get(f"{XML}lang") or ""):
        found.append(f"InvalidLanguage: {feed.get(f'{XML}lang')!r}")
    entries = feed.findall(f"{ATOM}entry")
    has_author = feed.find(f"{ATOM}author/{ATOM}name") is not None
    for name in ("id", "updated"):
        values = [entry.findtext(f"{ATOM}{name}") for entry in entries]
        if len(set(values)) < len(values):
            found.append(f"DuplicateValue: {name} of two entries")
    for entry in entries:
        if not has_author and entry.find(f"{ATOM}author/{ATOM}name") is None:
            found.append("MissingElement: author")
        found += _entry(entry, now)
    return found + _history(feed)


def _entry(entry: ET.Element, now: datetime) -> list[str]:
    found = _once(entry, {f"{ATOM}{name}" for name in ("id", "title", "updated", "published", "summary", "content")})
    found += _uri(entry.findtext(f"{ATOM}id"), "entry id")
    found += _plain(entry.findtext(f"{ATOM}title"), "entry title")
    found += _rfc3339(entry.findtext(f"{ATOM}updated"), now, "updated")
    found += _rfc3339(entry.findtext(f"{ATOM}published"), now, "published")
    found += _links(entry)
    content, summary = entry.find(f"{ATOM}content"), entry.find(f"{ATOM}summary")
    if content is None and not any(
        link.get("rel", "alternate") == "alternate" for link in entry.findall(f"{ATOM}link")
    ):
        found.append("MissingContentOrAlternate")
    if content is not None:
        if content.get("type") != "html":
            found.append(f"InvalidMIMEType: content {content.get('type')!r}")
        if not (content.text or "").strip():
            found.append("NotBlank: content")
        found += _Fragment(content.text or "").found
    if summary is not None:
        if summary.get("type", "text") != "text":
            found.append("summary is plain text")
        found += _plain(summary.text, "summary")
    for category in entry.findall(f"{ATOM}category"):
        found += _plain(category.get("term"), "category")
    for name in entry.findall(f"{ATOM}author/{ATOM}name"):
        found += _plain(name.text, "author")
    return found + _common(entry)


def json_findings(body: bytes, address: str, now: datetime) -> list[str]:
    """What JSON Feed 1.1 demands, for a document served at ``address``."""
    feed = json.loads(body)
    found = []
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        found.append("version")
    if feed.get("feed_url") != address:
        found.append(f"feed_url {feed.get('feed_url')!r}")
    if feed.get("next_url") == address:
        found.append("next_url leads back to itself")
    found += _plain(feed.get("title"), "title")
    found += _uri(feed.get("home_page_url"), "home_page_url")
    ids = [item["id"] for item in feed["items"]]
    if len(set(ids)) < len(ids):
        found.append("an id twice")
    for item in feed["items"]:
        found += _json_item(item, now)
    return found


def _json_item(item: dict[str, Any], now: datetime) -> list[str]:
    found = [] if isinstance(item["id"], str) else ["an id that is no string"]
    if not (item.get("content_html") or item.get("content_text")):
        found.append("an item without content")
    if "author" in item or any(not author.get("name") for author in item.get("authors", [])):
        found.append("author is of version 1, and authors have names")
    if any(not one.get("url") or not one.get("mime_type") for one in item.get("attachments", [])):
        found.append("an attachment without url or mime_type")
    found += _Fragment(item.get("content_html", "")).found
    found += _uri(item["url"], "url")
    found += _rfc3339(item["date_published"], now, "date_published")
    return found + _rfc3339(item["date_modified"], now, "date_modified")


def opml_findings(body: bytes) -> list[str]:
    """The validator's rules for OPML 2.0."""
    root = parsed(body)
    found = []
    if root.tag != "opml" or root.get("version") != "2.0":
        found.append("InvalidOPMLVersion")
    if [child.tag for child in root] != ["head", "body"]:
        found.append("MissingElement")
    for outline in root.iter("outline"):
        if not outline.get("text"):
            found.append("MissingAttribute: text")
        if outline.get("type") is None:
            if set(outline.attrib) - {"text"}:
                found.append("MissingOutlineType")
            continue
        if outline.get("type") != "rss" or not outline.get("title"):
            found.append("MissingTitleAttr")
        found += _uri(outline.get("xmlUrl"), "xmlUrl")
        found += _uri(outline.get("htmlUrl"), "htmlUrl")
    return found
