"""What HTML says of elements by their names: which hold text, which are void, which are never text of an article."""

from __future__ import annotations

from aggregator.markup import words

BLOCKS = words(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption hgroup"
)
HEADINGS = words("h1 h2 h3 h4 h5 h6")
EMPTY = words("area br col hr img param source track wbr image")
"""Void elements that may stand in a text (HTML Standard, section 13.1.2); nothing can stand in them."""
NEVER_TEXT = words(
    "script style textarea title iframe xmp noembed noframes noscript template svg math base input link meta embed "
    "frame frameset keygen basefont bgsound button select canvas object audio video dialog map datalist progress meter "
    "applet"
)
"""Never text of an article, with all in them."""
