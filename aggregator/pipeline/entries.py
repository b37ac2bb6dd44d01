"""An article as it stands in a feed: what its source lets us carry, without anybody's telephone or mail address."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING

from aggregator import markup
from aggregator.model import Entry, Image, Publish, TagKind
from aggregator.render import SUMMARY_LIMIT

if TYPE_CHECKING:
    from aggregator.model import KeptArticle

_BEGINNING = 3 * SUMMARY_LIMIT
"""Characters of a text in which its summary is looked for."""

CATEGORY_ORDER = (TagKind.THEME, TagKind.KOMMUN, TagKind.PROJEKT, TagKind.ORIGIN)

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""A page that claims to be older is mistaken: the web was not there."""

_GAP = r"(?:[ \u00a0\u2009\u202f/–-]|&nbsp;){0,3}"
_LABEL = r"\b(?:tel(?:efon)?(?:nummer)?|tfn|mobil(?:nummer)?|e-?post(?:adress)?|mejl|e?-?mail)\b[.:]{0,2}\s{0,5}"
MAIL = re.compile(
    rf"(?:{_LABEL})?(?<![\w.+%-])[\w.+%-]{{1,99}}(?:@|\(at\)|\[at\])[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,8}}",
    re.IGNORECASE,
)
# A Swedish number, home or abroad: area code and subscriber, eight digits or more in all; 112 and 1177 are no contact
# persons. A figure that goes on from another ("2024-01-15", "12,070") is none, and a point parts groups of two or
# three throughout or not at all, because it parts times too ("08.00–16.00").
PHONE = re.compile(
    rf"(?:{_LABEL}|(?<!\w)(?<!\d[,.:-]))"
    rf"(?:(?:(?:\+|00){_GAP}\d{{1,3}}{_GAP}(?:\(0\){_GAP})?[1-9]|0[1-9])(?:{_GAP}\d){{6,10}}|0\d{{1,3}}(?:\.\d{{2,3}}){{3,4}})"
    r"(?!\w|[.,:]\d)",
    re.IGNORECASE,
)
_CONTACT_LINK = re.compile(r"""\shref\s*=\s*(["'])\s*(?:mailto|tel|sms|callto):[^"']*\1""", re.IGNORECASE)
_TAG = re.compile(r"(<[^<>]*>)")
_LEFT_OVER = re.compile(r"[ \t\u00a0]+([,;.])|\(\s*\)|([,;])(?=\s*[,;.])")


def entry_of(kept: KeptArticle) -> Entry:
    """The entry for an article; content only where its source publishes in full.

    Without a date of the outlet's it is dated when we first saw it, and never later than that.
    """
    article = kept.article
    published_at = min(article.published_at or kept.fetched_at, kept.fetched_at)
    return Entry(
        guid=kept.guid,
        url=article.canonical_url or article.url,
        title=without_contacts(article.title),
        summary=summary_of(kept),
        content_html=_content(kept) if kept.publish is Publish.FULL else None,
        published_at=published_at if published_at >= EARLIEST else kept.fetched_at,
        updated_at=kept.updated_at,
        authors=tuple(without_contacts(author) for author in article.authors),
        source_name=kept.source_name,
        categories=_categories(kept),
        image=Image(url=article.image_url) if article.image_url else None,
        language=article.language,
    )


def summary_of(kept: KeptArticle) -> str:
    """The lead, else how the text begins, on one line of at most SUMMARY_LIMIT characters.

    Of a long text only the beginning is looked at; what the cut may have left of a number or an address goes with it.
    """
    told = kept.article.lead or kept.article.text
    cleaned = without_contacts(told[:_BEGINNING])
    if len(told) > _BEGINNING:
        cleaned = cleaned[: -2 * SUMMARY_LIMIT // 3]
        if len(" ".join(cleaned.split())) <= SUMMARY_LIMIT:
            cleaned = without_contacts(told)
    return markup.shorten(cleaned, SUMMARY_LIMIT)


def _categories(kept: KeptArticle) -> tuple[str, ...]:
    """The tags' names: themes, municipalities, projects, origin, each in alphabetical order."""
    tags = sorted(kept.tags, key=lambda tag: (CATEGORY_ORDER.index(tag.kind), tag.name))
    return tuple(dict.fromkeys(tag.name for tag in tags))


def _content(kept: KeptArticle) -> str | None:
    """The article's markup, or its paragraphs where we have no markup of it."""
    html = kept.article.html
    if not html.strip():
        paragraphs = [part.strip() for part in kept.article.text.split("\n\n") if part.strip()]
        html = "\n".join(f"<p>{escape(part, quote=False)}</p>" for part in paragraphs)
    return markup_without_contacts(html) or None


def without_contacts(text: str) -> str:
    """Plain text without telephone numbers and e-mail addresses, and without the labels before them."""
    cleaned = PHONE.sub("", MAIL.sub("", text))
    if cleaned == text:
        return text
    return re.sub(r"[ \t\u00a0]{2,}", " ", _LEFT_OVER.sub(r"\1", cleaned)).strip()


def markup_without_contacts(html: str) -> str:
    """Markup without them: links to them lose their target, texts are cleaned between the tags."""
    parts = _TAG.split(html)
    for at, part in enumerate(parts):
        if at % 2:
            parts[at] = _CONTACT_LINK.sub("", part)
        else:
            parts[at] = (
                _LEFT_OVER.sub(r"\1", cleaned) if (cleaned := PHONE.sub("", MAIL.sub("", part))) != part else part
            )
    return "".join(parts)
