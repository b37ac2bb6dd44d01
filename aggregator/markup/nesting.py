"""How deep elements nest, bounded before a parser sees them."""

from __future__ import annotations

import re
from itertools import accumulate

from aggregator.markup.words import words

_VOID = words("area base br col embed hr img input link meta param source track wbr")
_RAW = words("script style textarea title xmp iframe noembed noframes")
# Their content obeys other rules than HTML's, so what closes what cannot be told cheaply: left out whole.
_FOREIGN = frozenset(("svg", "math"))
# Start tags that end an open element of these names, when it is the innermost one.
_ENDS = {
    "p": ("p",),
    "li": ("li", "p"),
    "dd": ("dd", "dt", "p"),
    "dt": ("dd", "dt", "p"),
    "td": ("td", "th", "p"),
    "th": ("td", "th", "p"),
    "tr": ("tr", "td", "th", "p"),
    "tbody": ("tbody", "thead", "tfoot", "tr", "td", "th", "p"),
    "option": ("option",),
} | dict.fromkeys(
    words(
        "div ul ol dl table section article aside header footer nav main blockquote figure form h1 h2 h3 h4 h5 h6 hr "
        "pre"
    ),
    ("p",),
)
# Tags that can nest without being counted: ended by the next of their kind, or empty.
_QUICK = re.compile(
    r"<(?:(/)(?!(?:p|li|d[dt]|t[dhr]|tbody|thead|tfoot|path|g|use)\b)|(?!(?:p|li|d[dt]|t[dhr]|tbody|thead|tfoot|br|img|"
    r"input|link|meta|hr|source|path|g|use|wbr|area|base|col|embed|param|track)\b))[a-zA-Z]"
)
_STEP = {"": 1, "/": -1}.__getitem__
_QUICK_TAGS = 30_000
_LEAST_TAG = len("<p>")
# A phrase that the parser opens again, with attributes, so that it is of another kind than the one before.
_PHRASE = re.compile(r"<[bBcCeEfFiInNsStTuU](?:ig|ode|m|ont|obr|mall|trike|trong|t)?[\s/][^>]*")
_QUICK_PHRASES = 40
# One token of the HTML Standard's tokenizer (section 13.2.5): quotes count only where a value may begin.
_TAG = re.compile(
    r"<(/?)([a-zA-Z][^\s/>]*+)(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])[^\s>]*+))?+)*+>"
)


def cap_depth(html: str, limit: int = 400) -> str:
    """``html`` with no element nested deeper than ``limit``, the text unchanged; linear in its length.

    Parse time of lexbor is quadratic in nesting (and in unclosed formatting elements, which the parser opens
    again in each block). A page with ordinary nesting is returned as it is; any other is written anew as
    well-nested tags, so that every parser sees the depth that was counted here. Tags beyond the limit are left out.
    """
    tags = html.count("<")
    if tags <= limit:
        return html
    if tags <= _QUICK_TAGS:
        heights = list(accumulate(map(_STEP, _QUICK.findall(html)), initial=0))
        if max(heights) - min(heights) <= limit // 4:
            return html
    return _Balancer(html, limit).run()


def end_phrases(html: str) -> str:
    """``html`` as it is, or written anew as ``cap_depth`` does where many of its phrases may never end.

    The HTML Standard opens each of them again in every block that follows (section 13.2.4.3; of equal ones three), so
    that a tree that obeys it may grow with the square of the page.
    """
    many = len(html) > _LEAST_TAG * _QUICK_TAGS and html.count("<") > _QUICK_TAGS
    return cap_depth(html) if many or len(set(_PHRASE.findall(html))) > _QUICK_PHRASES else html


class _Balancer:
    """Writes markup anew so that each end tag closes the innermost open element."""

    def __init__(self, html: str, limit: int) -> None:
        self.html = html
        self.limit = limit
        self.out: list[str] = []
        self.open: list[str] = []
        self.count: dict[str, int] = {}
        self.unended: set[str] = set()

    def run(self) -> str:
        html, out, place = self.html, self.out, 0
        while (start := html.find("<", place)) >= 0:
            out.append(html[place:start])
            match = _TAG.match(html, start)
            place = self._tag(match) if match else self._other(start)
        out.append(html[place:])
        out.extend(f"</{name}>" for name in reversed(self.open))
        return "".join(out)

    def _other(self, start: int) -> int:
        """A comment, a declaration, a lone "<", or a tag that the end of the page cuts off."""
        html = self.html
        follower = html[start + 1 : start + 2]
        if html.startswith("<!--", start):
            end = html.find("-->", start + 2)
            return end + 3 if end >= 0 else len(html)
        if follower in ("!", "?", "/") and not html[start + 2 : start + 3].isalpha():
            end = html.find(">", start)
            return end + 1 if end >= 0 else len(html)
        if follower == "!":
            end = html.find(">", start)
            if not self.out or not "".join(self.out[:3]).strip():
                self.out.append(html[start : end + 1])  # the doctype decides how tables sit in paragraphs
            return end + 1 if end >= 0 else len(html)
        if follower.isalpha() or follower == "/":
            return len(html)
        self.out.append("&lt;")
        return start + 1

    def _tag(self, match: re.Match[str]) -> int:
        name, place = match.group(2).lower(), match.end()
        if match.group(1):
            self._close(name)
        elif name in _FOREIGN:
            return self._after(f"</{name}", place)
        elif name in _RAW:
            end = self._after(f"</{name}", place)
            self.out.append(self.html[match.start() : end])
            return end
        elif name in _VOID:
            self.out.append(match.group())
        elif name != "plaintext":
            self._open(name, match.group())
        return place

    def _after(self, ending: str, place: int) -> int:
        """Just past the end tag; past the start tag alone, or at the page's end, where there is none."""
        found = None
        if ending not in self.unended:
            found = re.compile(re.escape(ending) + r"[\s/>]", re.IGNORECASE).search(self.html, place)
        if not found:
            self.unended.add(ending)
            return place if ending[2:] in _FOREIGN else len(self.html)
        end = self.html.find(">", found.start())
        return end + 1 if end >= 0 else len(self.html)

    def _open(self, name: str, tag: str) -> None:
        ends = _ENDS.get(name, ())
        while self.open and self.open[-1] in ends:
            self._close(self.open[-1])
        if len(self.open) < self.limit:
            self.out.append(tag)
            self.open.append(name)
            self.count[name] = self.count.get(name, 0) + 1
        elif name in _ENDS:
            self.out.append("<br>")  # so that words of two blocks do not join

    def _close(self, name: str) -> None:
        if not self.count.get(name):
            return
        while True:
            innermost = self.open.pop()
            self.count[innermost] -= 1
            self.out.append(f"</{innermost}>")
            if innermost == name:
                return
