"""Which addresses are equal: resolve, clean and compare http(s) URLs.

Syntax is RFC 3986, read as leniently as a browser reads it (WHATWG URL: backslashes, blanks, IPv4 in any
spelling). No function here raises, whatever the text.
"""

from __future__ import annotations

import ipaddress
import re
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urljoin

import idna

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_LENGTH = 8_000
"""Characters: RFC 9110 (section 4.1) asks servers for 8,000 octets, and newsrooms write no longer ones."""

DEFAULT_PORTS = {"http": 80, "https": 443}

TRACKING = re.compile(
    r"(?:utm|pk|mtm|piwik|matomo|hsa|at_campaign|at_medium|vero|oly|__cf_chl|fb_action)_.*"
    r"|[a-z]*clid|gclsrc|[gw]braid|igsh|igshid|li_fat_id|mc_[ce]id|mkt_tok|_ga|_gl|_gac|_hsenc|_hsmi|hsctatracking"
    r"|at_campaign|at_medium|ml_subscriber(?:_hash)?|__twitter_impression|fb_ref|fb_source|rb_clickid|s_cid|wickedid|srsltid"
    r"|jsessionid|phpsessid|aspsessionid[a-z]*|cfid|cftoken|_|_dc|nocache|cachebust(?:er)?",
    re.IGNORECASE,
)
"""Query keys that tell who sent the reader, his session, or that caches are to be passed by, never which page it is."""
SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
"""A session that a server writes into the path."""

DOUBLETS = ("embed", "amp")
"""Last path segments under which WordPress serves the same article again."""

_DOUBLET_QUERY = ("amp", "outputtype", "replytocom", "share")
"""Query keys (lower case) that show the same article in another dress."""

_SPLIT = re.compile(
    r"(?P<scheme>https?):[/\\]{2,}(?P<authority>[^/\\?#]*)(?P<path>[^?#]*)"
    r"(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.IGNORECASE | re.DOTALL,
)
_EDGE = "".join(map(chr, range(0x21))) + "\x7f\xa0\ufeff\u200b"
_INNER = re.compile(r"[\t\r\n]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_ODD = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~!$&'()*+,;=:@/]")
_QUERY_ODD = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?]")
_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_KNOTTY = re.compile(r"^//|/\.|;")
"""A host, dot segments, parameters: a path without them only has to be set behind the host that it is found on."""
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")


class Parts(NamedTuple):
    """An http(s) address taken apart and put in normal form; all text is ASCII."""

    scheme: str
    """``http`` or ``https``."""
    userinfo: str | None
    """``user:pass`` before the ``@``; fetching refuses it."""
    host: str
    """Lower case, punycode; IPv4 dotted, IPv6 compressed and without brackets."""
    port: int
    path: str
    """Begins with a slash; without dot segments."""
    query: str | None
    fragment: str | None

    @property
    def netloc(self) -> str:
        """Host and port as a Host header has them: IPv6 in brackets, the scheme's own port left out."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == DEFAULT_PORTS[self.scheme] else f"{name}:{self.port}"

    def text(self) -> str:
        """The address in one piece."""
        user = "" if self.userinfo is None else f"{self.userinfo}@"
        query = "" if self.query is None else f"?{self.query}"
        fragment = "" if self.fragment is None else f"#{self.fragment}"
        return f"{self.scheme}://{user}{self.netloc}{self.path}{query}{fragment}"


def parts(url: str) -> Parts | None:
    """Take an absolute http(s) address apart; None where it is something else or broken."""
    return None if len(url) > MAX_LENGTH else _parts(url)


@lru_cache(maxsize=64)
def _parts(url: str) -> Parts | None:
    """``parts`` of one that is not too long; whoever compares and cleans an address asks for it several times."""
    match = _SPLIT.fullmatch(_one_line(url))
    if match is None:
        return None
    scheme = match["scheme"].lower()
    userinfo, at, place = match["authority"].rpartition("@")
    name, port = _host_and_port(place, DEFAULT_PORTS[scheme])
    host = None if name is None else _host(name)
    if host is None or port is None:
        return None
    return Parts(
        scheme=scheme,
        userinfo=_escape(userinfo, _PATH_ODD).replace("@", "%40").replace("/", "%2F") if at else None,
        host=host,
        port=port,
        path=_without_dots(_escape(match["path"].replace("\\", "/"), _PATH_ODD)),
        query=_escape(match["query"], _QUERY_ODD) if match["query"] is not None else None,
        fragment=_escape(match["fragment"], _QUERY_ODD) if match["fragment"] is not None else None,
    )


def _one_line(text: str) -> str:
    """``text`` without what browsers strip at its edges and drop inside it."""
    text = text.strip(_EDGE)
    return text if text.isprintable() else _INNER.sub("", text)


def host_port(text: str) -> tuple[str, int] | None:
    """Read ``host:port`` ("localhost:8000", "127.0.0.1:80", "[::1]:8080") as it is written in a setting."""
    name, port = _host_and_port(text.strip(_EDGE), None)
    host = None if name is None else _host(name)
    return None if host is None or port is None else (host, port)


@lru_cache(maxsize=64)
def _origin(base: str) -> Parts | None:
    """The address of a page; all its links ask for it."""
    return parts(base.partition("#")[0])


def resolve(base: str, href: str) -> str | None:
    """Make ``href``, found on the page ``base``, an absolute http(s) address in normal form, fragment kept.

    None for what is no web page (mailto:, javascript:, data:, tel:) and for what cannot be read.
    """
    if len(href) > MAX_LENGTH:
        return None
    href = _one_line(href)
    whole = parts(href)
    if whole is not None:
        return whole.text()
    origin = _origin(base)
    if origin is None:
        return None
    joined = _joined(origin, href)
    whole = None if joined is None else parts(joined)
    return None if whole is None else whole.text()


def _joined(origin: Parts, href: str) -> str | None:
    """A reference joined to the address that it is relative to (RFC 3986, 5.2)."""
    before, mark, after = _cut_at_query(href)
    path = before.replace("\\", "/")
    if path[:1] == "/" and not mark and not _KNOTTY.search(path):
        return origin._replace(path=path, query=None, fragment=None).text()
    try:
        return urljoin(origin.text(), path + mark + after)
    except ValueError:  # an unmatched bracket, a host that changes under NFKC
        return None


def clean(url: str, *, drop_query: Sequence[str] = ()) -> str:
    """Give the address under which a page is kept: normal form, no fragment, no tracking parameters.

    ``drop_query`` holds globs of further query keys ("sv.*"), or of whole pairs where a glob has an equals
    sign ("E-*=*"); case counts. Hyphens and the final slash stay. Idempotent. Text that is no http(s) address
    comes back stripped.
    """
    whole = parts(url)
    if whole is None:
        return url.strip(_EDGE)
    return _cleaned(whole, drop_query).text()


def key(url: str, *, branches: Sequence[str] = (), drop_query: Sequence[str] = ()) -> str:
    """Give the text by which two addresses of one article are equal: for comparing, not for fetching.

    No scheme, no ``www.``/``m.``, no final slash, no language branch, no ``/embed`` or
    ``/amp``; the query sorted.
    """
    whole = parts(url)
    if whole is None:
        return url.strip(_EDGE)
    whole = _cleaned(whole, drop_query)
    segments = [*_without_branch(whole.path, branches)]
    while segments and (not segments[-1] or (len(segments) > 1 and segments[-1].lower() in DOUBLETS)):
        segments.pop()
    pairs = [] if whole.query is None else whole.query.split("&")
    query = "&".join(sorted(pair for pair in pairs if pair.partition("=")[0].lower() not in _DOUBLET_QUERY))
    return "/".join((_site(whole), *segments)) + ("?" + query if query else "")


def prefer_branch(url: str, branches: Sequence[str]) -> str:
    """Give the same page's address in the preferred language branch, the first of ``branches``."""
    whole = parts(url)
    if whole is None or not branches:
        return url
    first, slash, rest = whole.path[1:].partition("/")
    if first.lower() not in {branch.lower() for branch in branches}:
        return url
    return whole._replace(path=f"/{branches[0]}{slash}{rest}").text()


def host(url: str) -> str:
    """Give ``scheme://host:port``, the unit of politeness; the empty string where there is none."""
    whole = parts(url)
    if whole is None:
        return ""
    name = f"[{whole.host}]" if ":" in whole.host else whole.host
    return f"{whole.scheme}://{name}:{whole.port}"


def same_site(a: str, b: str) -> bool:
    """Whether both addresses lie on one host, ``www.`` and scheme set aside; an unusual port counts."""
    one, other = parts(a), parts(b)
    return one is not None and other is not None and _site(one) == _site(other)


def _site(whole: Parts) -> str:
    """Host without ``www.``, ``m.`` or ``amp.``, and the port where it is not the scheme's own."""
    name = whole.host
    for prefix in ("www.", "m.", "amp."):
        if name.startswith(prefix) and "." in name[len(prefix) :]:
            name = name[len(prefix) :]
            break
    return name if whole.port == DEFAULT_PORTS[whole.scheme] else f"{name}:{whole.port}"


def _cleaned(whole: Parts, drop_query: Sequence[str]) -> Parts:
    path = SESSION.sub("", whole.path) if ";" in whole.path else whole.path
    pairs = [pair for pair in (whole.query or "").split("&") if pair and not _dropped(pair, drop_query)]
    return whole._replace(path=path, query="&".join(pairs) or None, fragment=None)


def _dropped(pair: str, drop_query: Sequence[str]) -> bool:
    name, equals, value = pair.partition("=")
    name = unquote(name)
    if TRACKING.fullmatch(name):
        return True
    full = f"{name}{equals}{unquote(value)}"
    return any(fnmatchcase(full if "=" in pattern else name, pattern) for pattern in drop_query)


def _without_branch(path: str, branches: Sequence[str]) -> list[str]:
    segments = path[1:].split("/")
    if segments[0].lower() in {branch.lower() for branch in branches}:
        return segments[1:]
    return segments


def _cut_at_query(href: str) -> tuple[str, str, str]:
    """Part ``href`` before its query or fragment, where a backslash is no longer a slash."""
    match = re.search(r"[?#]", href)
    return (href, "", "") if match is None else (href[: match.start()], match[0], href[match.end() :])


def _host_and_port(place: str, default: int | None) -> tuple[str | None, int | None]:
    """Part ``host:port``; the port is ``default`` where absent, None where it is none."""
    if place.startswith("["):
        name, bracket, rest = place.partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            return None, None
        name, digits = name + "]", rest[1:]
    else:
        name, _, digits = place.partition(":")
    if not digits:
        return name, default
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 10 and 0 < int(digits) < 65536):
        return name, None
    return name, int(digits)


@lru_cache(maxsize=256)
def _host(name: str) -> str | None:
    """Normal form of a host: IPv6, IPv4 in any of its spellings, or a name in IDNA; None if broken."""
    if name.startswith("["):
        try:
            return str(ipaddress.IPv6Address(name[1:-1])) if "%" not in name else None
        except ValueError:
            return None
    name = unquote(name).lower().removesuffix(".")
    if not name.isascii():
        try:
            name = idna.encode(name[:255], uts46=True).decode("ascii").removesuffix(".")
        except (idna.IDNAError, UnicodeError):
            return None
    if _NAME.fullmatch(name) is None:
        return None
    return _ipv4(name) if _NUMBER.fullmatch(name.rpartition(".")[2]) else name


def _ipv4(name: str) -> str | None:
    """Dotted form of an IPv4 host in the spellings that inet_aton takes: "127.1", "0x7f.1", "2130706433"."""
    pieces = name.split(".")
    if len(pieces) > 4 or not all(_NUMBER.fullmatch(piece) for piece in pieces):
        return None
    try:
        numbers = [_number(piece) for piece in pieces]
    except ValueError:  # an 8 or 9 in an octal number
        return None
    *first, last = numbers
    if any(number > 255 for number in first) or last >= 256 ** (5 - len(numbers)):
        return None
    value = last + sum(number << (8 * (3 - place)) for place, number in enumerate(first))
    return str(ipaddress.IPv4Address(value))


def _number(piece: str) -> int:
    if piece.startswith("0x"):
        return int(piece[2:] or "0", 16)
    return int(piece, 8) if piece.startswith("0") else int(piece)


def _escape(text: str, odd: re.Pattern[str]) -> str:
    """Encode what may not stand, decode what need not be encoded, hex in capitals (RFC 3986, 6.2.2)."""
    return odd.sub(_mend, text)


def _mend(match: re.Match[str]) -> str:
    found = match[0]
    if len(found) == 3:
        char = chr(int(found[1:], 16))
        return char if char in _UNRESERVED else found.upper()
    return "".join(f"%{byte:02X}" for byte in found.encode("utf-8", "surrogatepass"))


def _without_dots(path: str) -> str:
    """Remove dot segments (RFC 3986, 5.2.4) and begin with a slash."""
    if "/." not in path:  # "" or a slash and more: such a segment stands behind a slash
        return path or "/"
    kept: list[str] = []
    segments = path.split("/")[1:] or [""]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)
