"""What class names, ids, roles and tags say of a place on the page."""

from __future__ import annotations

import re

# Never the article's own text, whatever stands in it.
_AROUND = re.compile(
    r"(?:^|\s)(?:hidden|is-hidden|visually-?hidden)(?:$|\s)|(?<!elementor)(?:^|[\s_-])widgets?(?:$|[\s_\d-])|"
    r"fact-?box|fakta-?ruta|text-?box|info-?box|kastenbox|recirculation|image-subtitle|affiliate|next-?story|"
    r"trust-?badge|"
    r"comment|disqus|respond\b|related|relaterad|recommend|sidebar|side-bar|breadcrumb|newsletter|nyhetsbrev|"
    r"(?:^|[\s_-])(?:footer|footnotes?-nav|nav|menu|navbar|navigation|share|shares|sharing|sharebar|sharedaddy|"
    r"social|socials|ad|ads|"
    r"adv|advert|adbox|ad-?slot|promo|promos|promotion|sponsor|sponsored|cookie|cookies|consent|popup|modal|"
    r"overlay|banner|toolbar|"
    r"pagination|pager|tags|taglist|tag-list|subscribe|subscription|signup|sign-up|login|paywall|"
    r"outbrain|taboola|teaser|teasers|topics|follow|printonly|print-only|print-button|no-?print|not-?print|sr-only|"
    r"screen-reader\w*|latest|popular|trending|most-?read|mest-?last|"
    r"byline|autor|autoren|infotext|mediainfo|bildtext|bildunterschrift|image-?(?:caption|description|text|meta\S*)|"
    r"media-?caption|photo-?credit|foto-?text|author|authors|author-?box|author-?bio|author-?info|bio|avatar|"
    r"dateline|timestamp|"
    r"post-?meta|entry-?meta|article-?meta|meta|metadata|meta-?data|entry-?footer|caption|credit|credits|"
    r"wp-caption-text|"
    r"figcaption|gallery|slideshow|carousel|slider|toc|toc_container|table-of-contents|"
    r"skip|skip-link|jump|rating|ratings|vote|poll|quiz|donate|donation|appeal|"
    r"read-?more|readmore|read-?also|lasmer|las-?mer|more-?from|more-?stories|see-?also|also-?read|infobox-nav|"
    r"instagram|twitter|facebook|tweet|embed|"
    r"next|prev|previous|post-?nav\w*|nav-?links|copyright|disclaimer|correction-form|feedback|survey|"
    r"tooltip|audio|player|video|podcast|weather|vader|"
    r"cta|call-to-action|advertisement|annons|reklam|werbung|anzeige|anzeigen|publicidad)(?:$|[\s_\d-])|"
    r"addtoany|socialshare|share-?buttons|social-?share|article-?share|jp-relatedposts|yarpp|mc_embed|"
    r"sign-?up-?(?:message|box|form)|whatsapp-?(?:group|box|channel)|expandable-?box|linkback|(?:element|inline)-?poll|writer-?profile|text-?author|d-print-(?:block|inline)|jump-?label-?list|"
    r"(?:estimated|article)-?read(?:ing)?-?time|reading-?time|lese(?:dauer|zeit)|ai-?(?:article-?)?summary|inline-?image|(?:rollover|hover|popover|flyout)[\w-]*-?(?:block|box|card|content|panel)|"
    r"mw-editsection|navbox|reflist|catlinks|printfooter|noprint|article__tags|article-tags|author__|"
    r"advertisement|googlead|adsense|dfp-|teads|onetrust|cmp-(?:box|banner|consent|dialog|layer|message|modal|overlay|wrapper)|gdpr|newsletter|subscri(?:be|ption)-"
)
# A container whose name promises the article's text.
_BODY = re.compile(
    r"article-?_*(?:body|content|text|main|copy)|articlebody|articletext|articlecontent|story-?_*(?:body|content|"
    r"text)|"
    r"storybody|entry-?_*content|entrycontent|post-?_*(?:content|body|text)|postcontent|body-?_*(?:text|copy|"
    r"content)|"
    r"bodytext|bodycopy|content-?_*(?:body|text|article)|main-?content|news-?_*(?:body|content|text)|single-?content|"
    r"blog-?_*(?:content|body)|text-?content|artikel-?(?:text|body|inhalt)|brodtext|field-name-body|content-area|"
    r"paywall-content|page-?content|rich-?text|richtext|td-post-content|c-content|detail-?text|pressrelease|"
    r"sv-text-portlet"
)
_LEAD = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|leadtext|ingress|intro|introduction|standfirst|stand-first|summary|preamble|deck|dek|"
    r"subtitle|sub-title|subheadline|sub-headline|subheading|description|chapeau|vorspann|sapo|entradilla|bajada|"
    r"underrubrik|anons|kicker-text|teaser-text|abstract|excerpt|strap|strapline|sottotitolo|occhiello|manchet|"
    r"perex|article-intro|article__intro|article-lead|article__lead)(?:$|[\s_\d-])"
)
_TEASER = re.compile(r"(?:^|[\s_-])(?:teaser|intro)")
# A word set before the text of a paragraph: section, series, "Nyheter".
_LABEL = re.compile(
    r"(?:^|[\s_-])(?:label|etikett|vignett?e?|category|kategori|kicker|badge|section-name|flag)(?:$|[\s_-])"
)
# Where a date stands, a writer's name, and other stories.
_DATE = re.compile(
    r"\w*(?:date|datum|pubtime)(?:$|[\s_-])|"
    r"(?:^|[\s_-])(?:date|datum|time|timestamp|published|publicerad|pubdate|publish-?date|pub-?date|post-?date|entry-?date|dateline|"
    r"publish\w*|posted-on|created|meta-date|article-date|news-date)(?:$|[\s_-])"
)
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:byline\w*|authors?|author-?_*name|fn|writer|reporter|skribent|journalist|autor|autoren|forfatter|vcard)"
    r"(?:$|[\s_-])|author__name|author-name|byline__name|article-author|post-author|entry-author"
)
_OTHERS = re.compile(
    r"comment|kommentar|related|relaterad|sidebar|latest|senaste|teaser|recommend|popular|trending|ticker|"
    r"mest-?last|most-?read|menu|calendar|kalender|carousel"
)

AROUND, BODY, LEAD, TEASER, LABEL, DATE, BYLINE, OTHERS, SURELY = (1 << bit for bit in range(9))
_PATTERNS = (
    (AROUND, _AROUND),
    (BODY, _BODY),
    (LEAD, _LEAD),
    (TEASER, _TEASER),
    (LABEL, _LABEL),
    (DATE, _DATE),
    (BYLINE, _BYLINE),
    (OTHERS, _OTHERS),
)
SIDE_TAGS = frozenset(("nav", "aside", "footer"))
SIDE_ROLES = frozenset(("navigation", "complementary", "contentinfo", "search", "banner", "dialog", "alert"))


_MOST = 50_000
_words: dict[str, int] = {}
_classes: dict[str, int] = {}
"""What words and whole classes say; a site's few hundred are asked for often."""


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
            known = _words[name] = _word(name.lower())
        said |= known
    return said


def _word(word: str) -> int:
    said = sum(flag for flag, pattern in _PATTERNS if pattern.search(word))
    return said | SURELY if said & AROUND and not said & TEASER else said
