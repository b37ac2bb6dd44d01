"""What HTML says of elements by their names: which hold text, which end others, which are never text of an article.

HTML Standard, sections 13.1.2 (void and raw text elements), 13.2.4.2 (special elements, scopes) and 13.2.6.4.7.
"""

from __future__ import annotations

from aggregator.markup import words

BLOCKS = words(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption hgroup"
)
HEADINGS = words("h1 h2 h3 h4 h5 h6")

VOID = words("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr image")
"""Nothing can stand in them."""
DROPPED = words("base input link meta embed frame frameset keygen basefont bgsound")
"""Void, and of no use for the text; meta, link and base speak in the page's head."""
RAW = words("script style textarea title iframe xmp noembed noframes")
"""Their content is no markup."""
FOREIGN = words("svg math")
"""Here a slash at a tag's end does end the element."""
MUTED = FOREIGN | words(
    "noscript template button select canvas object audio video dialog map datalist progress meter applet"
)
"""Never text of an article; their content is passed over."""
FRAME = words("html head body")

CLOSES_P = BLOCKS - words("body caption tbody td tfoot th thead tr") | words("dialog dir listing menu plaintext search")
"""Their start tag ends an open paragraph."""
SPECIAL = BLOCKS | CLOSES_P | words("colgroup marquee")
"""No end tag of a phrase reaches out of them."""
FORMATTING = words("a b big code em font i nobr s small strike strong tt u")
"""Phrases that the parser opens again where blocks and they overlap."""
TABLE_PARTS = words("caption colgroup tbody thead tfoot tr td th")
ROWS = words("tbody thead tfoot")
OPTIONAL_END = words("p li dd dt td th tr tbody thead tfoot option optgroup rp rt colgroup caption")
"""Whose end tag writers leave out."""
ENDED_BY = {
    "a": words("a"),
    "p": CLOSES_P,
    "li": words("li"),
    "dd": words("dd dt"),
    "dt": words("dd dt"),
    "td": words("td th tr tbody"),
    "th": words("td th tr tbody"),
    "tr": words("tr tbody tfoot"),
    "button": words("button"),
}
"""Whose start tag ends an element, where no other stands between."""
SCOPE = words("table td th caption marquee body")
"""No end tag reaches out of them, but a table's own."""
LIST_SCOPE = SCOPE | words("ul ol")
TABLE_SCOPE = words("table body")
