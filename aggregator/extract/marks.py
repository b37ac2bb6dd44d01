"""What class names, ids, roles and tags say of a place on the page.

A name is read part by part: `article__related-posts`, `articleRelatedPosts` and `article-related-posts` are one to it.
In the lists below a hyphen stands where a name may be divided or not: ``fact-box`` is `factbox` and `factBox`, too.
"""

from __future__ import annotations

import re
from typing import Final

from aggregator.markup import words

AROUND, BOX, BODY, LEAD, TEASER, LABEL, DATE, BYLINE, OTHERS, SURELY, FRAME, ICON = (1 << bit for bit in range(12))
ASIDE: Final = AROUND | BOX
SIDE_TAGS: Final = frozenset(("nav", "aside", "footer"))
SIDE_ROLES: Final = frozenset(("navigation", "complementary", "contentinfo", "search", "banner", "dialog", "alert"))

# What is never the article's own text, whatever stands in it.
_MENUS: Final = "nav navbar navigation nav-links navbox menu toolbar pagination pager login"
_TOOLS: Final = """
    footer entry-footer footnote-nav footnotes-nav printfooter
    next prev previous toc toc-container table-of-contents catlinks reflist linkback
    skip skip-link jump-link jump-links jump-nav jump-to jump-label-list tooltip popup modal overlay
    banner expandable-box visually-hidden sr-only mw-editsection
    print-only print-button no-print not-print d-print-block d-print-inline
"""
_ADVERTS: Final = """
    ad adv advert advertisement ad-box ad-slot adsense dfp teads outbrain taboola
    promotion sponsor sponsored annons reklam werbung anzeige anzeigen publicidad trust-badge
"""
_REQUESTS: Final = """
    cookie cookies consent onetrust cmp-box cmp-banner cmp-consent cmp-dialog cmp-layer cmp-message cmp-modal
    cmp-overlay cmp-wrapper cta call-to-action paywall subscribe subscription sign-up sign-up-box sign-up-form
    sign-up-message whatsapp-group whatsapp-box whatsapp-channel appeal donate donation survey feedback correction-form
    rating ratings vote poll element-poll inline-poll quiz disclaimer copy-right
"""
_SHARES: Final = "share shares sharing sharebar sharedaddy share-buttons article-share social socials addtoany follow"
_READERS: Final = "facebook instagram twitter tweet embed mc-embed respond disqus"
_STORIES: Final = """
    topics tags tag-list latest popular trending most-read mest-last next-story recirculation yarpp
    read-more read-also las-mer more-from more-stories see-also also-read
"""
_LINES: Final = """
    by-line author authors autor autoren author-box author-bio author-info text-author writer-profile bio avatar
    dateline timestamp meta metadata post-meta entry-meta article-meta
    reading-time article-read-time article-reading-time estimated-read-time estimated-reading-time lesedauer lesezeit
    caption figcaption image-caption media-caption wp-caption-text image-text image-description image-subtitle
    credit credits photo-credit foto-text bildtext bildunterschrift infotext media-info
"""

_WHOLE: Final = {
    AROUND: " ".join((_MENUS, _TOOLS, _ADVERTS, _REQUESTS, _SHARES, _READERS, _STORIES, _LINES)),
    # the site's own frame, in which nothing of the article stands
    FRAME: f"{_MENUS} {_SHARES} cookie cookies consent onetrust",
    # boxes that stand beside a text, and hold all of it on a few pages
    BOX: """
        fact-box fakta-ruta text-box kastenbox ai-summary ai-article-summary weather vader inline-image gallery
        slideshow carousel slider audio player video podcast widget widgets teaser teasers promo promos ads
    """,
    LEAD: """
        lead lede lead-text intro introduction article-intro article-lead ingress preamble summary abstract excerpt
        description stand-first deck dek strap strapline sub-title sub-headline sub-heading kicker-text teaser-text
        underrubrik vorspann anons manchet perex chapeau sapo entradilla bajada sottotitolo occhiello
    """,
    # a word set before the text of a paragraph: section, series, "Nyheter"
    LABEL: """
        label etikett vignet vignett vignete vignette vinjett category kategori kicker badge section-name flag
        over-line over-title roof-line top-line eyebrow pre-title dachzeile
    """,
    # whose text is the name of a picture in its typeface
    ICON: "icon icons material-icons material-icon material-symbols glyphicon",
    DATE: "date datum time timestamp published publicerad dateline posted-on created",
    BYLINE: "author authors author-name fn writer reporter skribent journalist autor autoren forfatter vcard",
}
"""What parts of a name say, from the first letter to the last."""
_BEGINNINGS: Final = {
    AROUND: "screen-reader image-meta post-nav social-share affiliate info-box",
    # a container whose name promises the article's text
    BODY: """
        article-body article-content article-text article-main article-copy artikel-body artikel-text artikel-inhalt
        story-body story-content story-text entry-content post-body post-content post-text news-body news-content
        news-text blog-body blog-content body-copy body-content body-text content-article content-body content-text
        content-area page-content single-content text-content c-content detail-text rich-text brodtext
        field-name-body paywall-content press-release sv-text-portlet
    """,
    TEASER: "teaser intro",
    DATE: "publish",
    BYLINE: "by-line article-author post-author entry-author",
}
"""What parts say that begin so."""
_STEMS: Final = {
    BODY: "main-content",
    AROUND: "comment related relaterad recommend side-bar bread-crumb news-letter nyhets-brev google-ad gdpr",
    OTHERS: """
        comment kommentar related relaterad recommend side-bar latest senaste teaser popular trending ticker mest-last
        most-read menu calendar kalender carousel
    """,
}
"""What a name says that holds this anywhere."""
_FOOTERS: Final = ("footer", "site-footer", "page-footer", "main-footer")
"""The frame, too, where a whole name begins so; an `article-footer` is the article's."""
_ENDS: Final = ("date", "datum", "pubtime")
_HIDDEN: Final = ("hidden", "is-hidden")
_OPENS: Final = re.compile(r"(?:(?:roll|h|pop)over|flyout)[\w-]*(?:block|box|card|content|panel)")
"""A box that opens over a name."""
_FRAMES: Final = re.compile(r"\b(?:elementor-widget|w-embed)\b")
"""What page builders put around every element."""
_STATE: Final = re.compile(r"(?:^|-)(?:has|with|without|no(?!-print))(?=-|$)")
"""What stands behind one of these tells how a thing looks, not what it is: `article-has-video`."""

_CAMEL: Final = re.compile(r"[A-Za-z][a-z]+(?:[A-Z][a-z]{2,})+")
_HUMP: Final = re.compile(r"[A-Za-z][a-z]+")
_LONGEST_NAME: Final = 200
_MOST: Final = 50_000
_words: dict[str, int] = {}
_classes: dict[str, int] = {}
"""What words and whole classes say; a site's few hundred are asked for often."""


def _spelled(names: str) -> list[str]:
    """The names, divided and not."""
    spelled: list[str] = []
    for name in words(names):
        ways = [""]
        for part in name.split("-"):
            ways = [f"{way}{link}{part}" for way in ways for link in (("-", "") if way else ("",))]
        spelled += ways
    return spelled


def _phrases() -> dict[str, int]:
    phrases: dict[str, int] = {}
    for flag, names in _WHOLE.items():
        for name in _spelled(names):
            phrases[name] = phrases.get(name, 0) | flag
    return phrases


def _beginnings() -> dict[str, list[tuple[str, int]]]:
    """Beginnings with what they say, by their first letters."""
    found: dict[str, list[tuple[str, int]]] = {}
    for flag, names in _BEGINNINGS.items():
        for name in _spelled(names):
            found.setdefault(name[:_KEY], []).append((name, flag))
    return found


_KEY: Final = 3
_PHRASES: Final = _phrases()
_LONGEST: Final = 1 + max(name.count("-") for name in _PHRASES)
_OPENINGS: Final = frozenset(name.partition("-")[0] for name in _PHRASES if "-" in name)
"""Parts with which a longer phrase may begin."""
_BEGINS: Final = _beginnings()
_HOLDS: Final = tuple((flag, re.compile("|".join(_spelled(names)))) for flag, names in _STEMS.items())
_HOLDS_ANY: Final = re.compile("|".join(pattern.pattern for _, pattern in _HOLDS))


def said_by(name: str | None, id_: str | None) -> int:
    """What class and id of a place say, as a sum of the flags above."""
    said = 0
    if name:
        known = _classes.get(name)
        if known is None:
            if len(_classes) >= _MOST:
                _classes.clear()
            known = _classes[name] = says(name)
        said = known
    return said | says(id_) if id_ else said


def says(names: str) -> int:
    """What a class or id says, word by word."""
    said = 0
    for name in names.split():
        known = _words.get(name)
        if known is None:
            if len(_words) >= _MOST:
                _words.clear()
            known = _words[name] = _word(name)
        said |= known
    return said


def _word(word: str) -> int:
    parts = _parts(word)
    name = "-".join(parts)
    said = _said_by_whole(name)
    if word.lower() in _HIDDEN:
        said |= AROUND
    begin = 0
    for start, part in enumerate(parts):
        said |= _PHRASES.get(part, 0)
        if part in _OPENINGS:
            for end in range(start + 2, start + _LONGEST + 1):
                said |= _PHRASES.get("-".join(parts[start:end]), 0)
        if part.endswith(_ENDS):
            said |= DATE
        for beginning, flag in _BEGINS.get(name[begin : begin + _KEY], ()):
            if name.startswith(beginning, begin):
                said |= flag
        begin += len(part) + 1
    return said | SURELY if said & ASIDE and not said & TEASER else said


def _said_by_whole(name: str) -> int:
    """What a name says wherever its parts begin and end."""
    said = 0
    if "o" in name and _OPENS.search(name):
        said |= AROUND
    if name.startswith(_FOOTERS):
        said |= FRAME
    if _HOLDS_ANY.search(name):
        for flag, stems in _HOLDS:
            if stems.search(name):
                said |= flag
    return said


def _parts(word: str) -> list[str]:
    """The words that a name is made of, lower case, without numbers at their ends, up to one that tells of a state."""
    name = word[:_LONGEST_NAME].replace("_", "-")
    if not name.islower():
        name = "-".join([_divided(piece) for piece in name.split("-")]).lower()
    if "has" in name or "with" in name or "no" in name:
        name = _STATE.split(name, maxsplit=1)[0]
    if "elementor" in name or "embed" in name:
        name = _FRAMES.sub("", name)
    return [part.rstrip("0123456789") for part in name.split("-") if part]


def _divided(piece: str) -> str:
    return "-".join(_HUMP.findall(piece)) if _CAMEL.fullmatch(piece) else piece
