"""From bytes to characters."""

from __future__ import annotations

import codecs
import re
from itertools import islice

import charset_normalizer

from aggregator.markup.words import words
from aggregator.model import Reason

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:+-]+)", re.IGNORECASE)
_PRESCAN_BYTES = 4096
_DETECT_BYTES = 65_536
_ESCAPE = b"\x1b"
# The bytes of "Ã¥" and "â€", as UTF-8 that was read as Windows-1252 and encoded again has them.
_TWICE = (b"\xc3\x83\xc2", b"\xc3\xa2\xe2\x82\xac")
# The bytes beyond ASCII that Nordic and German newsrooms write in Windows-1252: letters, dashes, quotes, spaces.
_NORTHERN = "åäöÅÄÖæøÆØéÉüÜß–—”“’‘…§°½«»·• \xa0".encode("cp1252")
# What the WHATWG Encoding Standard makes of some labels, in Python's names, and the encodings it knows.
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_WEB_CODECS = words(
    "utf-8 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 cp874 cp932 cp949 big5 euc_jp gb18030 "
    "iso2022_jp koi8-r koi8-u mac-roman iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 "
    "iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16"
)
# C1 controls in text are Windows-1252 characters that passed through ISO-8859-1.
_C1_REPAIR = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)} | {0x85: "…"}
# What XML 1.0 forbids, as a class of its own: one that names what is allowed takes three times as long.
_XML_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_C1 = re.compile("[\x80-\x9f]")
_WRONG = re.compile(f"{_C1.pattern}|{_XML_FORBIDDEN.pattern}")
# Characters that bytes 0x80 to 0xBF become when UTF-8 is read as Windows-1252.
_TRAIL = re.escape("".join(sorted({bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(0x80, 0xC0)})))
# What begins a character of two such bytes, and of three.
_TWO, _THREE = "ÂÃÄÅÎÏÐÑ", "âã"
# A run of them; the set of all that may begin one stands first, which makes the search seven times as fast.
_MOJIBAKE = re.compile(
    f"[{_TWO}{_THREE}](?:(?<=[{_TWO}])[{_TRAIL}]|(?<=[{_THREE}])[{_TRAIL}]{{2}})"
    f"(?:[{_TWO}][{_TRAIL}]|[{_THREE}][{_TRAIL}]{{2}})*"
)
_SAMPLE_CHARS = 200_000


def decode(body: bytes, content_type: str | None) -> str:
    """The text of an HTML body: byte order mark, header, meta, then detection; never raises.

    ``content_type`` is the header's whole value. Labels mean what browsers take them for (WHATWG Encoding
    Standard: "iso-8859-1" is Windows-1252), and a body that is valid UTF-8 is UTF-8 whatever a label says.
    Text that was encoded twice is repaired.
    """
    text = _decode_plain(body)
    if text is not None:
        return text
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    if _ESCAPE not in body:
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return _repair_mojibake(text) if any(sign in body for sign in _TWICE) else text
    return _decode_labelled(body, content_type)


def _decode_plain(body: bytes) -> str | None:
    """The text of a body that is plain UTF-8, byte for byte; None where ``decode`` has more to do."""
    if _ESCAPE in body or body.startswith(codecs.BOM_UTF8):  # with an escape perhaps ISO-2022-JP, all of it ASCII
        return None
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    # Each is looked for where it is found fastest; "â€" is not there where there is no "â".
    return None if "Ã" in text or ("â" in text and _TWICE[1] in body) else text


def _labels(body: bytes, content_type: str | None) -> list[str]:
    """What the header, the meta tag and the XML declaration call the encoding."""
    head = body[:_PRESCAN_BYTES]
    header = _HEADER_CHARSET.search(content_type or "")
    inner = [
        match.group(1).decode("ascii", "replace")
        for match in (_META_CHARSET.search(head), _XML_ENCODING.match(head))
        if match
    ]
    return [header.group(1), *inner] if header else inner


def _codec(label: str) -> str | None:
    """Python's name of an encoding that the web uses, or None."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    # A meta tag that could be read as ASCII is not UTF-16, whatever it says (HTML Standard, prescan).
    name = "utf-8" if name.startswith(("utf-16", "utf-32", "utf-8")) else _MEANT.get(name, name)
    return name if name in _WEB_CODECS else None


def _decode_labelled(body: bytes, content_type: str | None) -> str:
    for label in _labels(body, content_type):
        name = _codec(label)
        if name == "utf-8":
            text = _decode_mostly_utf8(body)
            if text is not None:
                return text
        elif name == "cp1252":
            return _decode_1252(body)
        elif name:
            return body.decode(name, "replace")
    text = _decode_mostly_utf8(body)
    return text if text is not None else _detect(body)


def _decode_1252(body: bytes) -> str:
    """Windows-1252; its five undefined bytes become C1 controls, as in browsers, and go with them later."""
    try:
        return body.decode("cp1252")
    except UnicodeDecodeError:
        return body.decode("latin-1").translate(_C1_REPAIR)


def _decode_mostly_utf8(body: bytes) -> str | None:
    """The body as UTF-8 with U+FFFD for what is not, if at least nine of ten sequences are right."""
    text = body.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = len(text) - len(text.encode("ascii", "ignore")) - wrong
    return text if wrong * 9 <= right or wrong <= 1 else None


def _detect(body: bytes) -> str:
    sample = body[:_DETECT_BYTES]
    foreign = sample.translate(None, bytes(range(0x80)))
    if 3 * len(foreign.translate(None, _NORTHERN)) <= len(foreign):
        return _decode_1252(body)
    best = charset_normalizer.from_bytes(sample, steps=3, chunk_size=256).best()
    name = _codec(best.encoding) if best is not None else None
    if name is None or name in ("utf-8", "cp1252"):
        return _decode_1252(body)
    return body.decode(name, "replace")


def _repair_mojibake(text: str) -> str:
    """Undoes UTF-8 that was read as Windows-1252 and encoded again ("Ã¶" for "ö"), run by run."""
    if len(list(islice(_MOJIBAKE.finditer(text, 0, _SAMPLE_CHARS), 2))) < 2:
        return text
    return _MOJIBAKE.sub(_repair_run, text)


def _repair_run(match: re.Match[str]) -> str:
    run = match.group()
    raw = b"".join(char.encode("cp1252") if _in_1252(char) else bytes([ord(char) & 0xFF]) for char in run)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return run


def _in_1252(char: str) -> bool:
    return ord(char) > 0xFF or not 0x80 <= ord(char) < 0xA0


def xml_text(body: bytes, content_type: str | None) -> str | Reason:
    """The text of an XML body (feed, sitemap), or ``Reason.NOT_PARSEABLE`` where it holds a DOCTYPE.

    A document type declaration is the door of entity bombs and external entities and no feed needs one.
    Characters that XML 1.0 forbids are gone; the encoding declaration stays as it was written.
    """
    text = decode(body, content_type)
    if _has_doctype(text):
        return Reason.NOT_PARSEABLE
    return strip_forbidden(text)


def _has_doctype(text: str) -> bool:
    """Whether a DOCTYPE or entity declaration stands before the first element."""
    place = 0
    while (place := text.find("<", place)) >= 0:
        if text.startswith("<!--", place):
            end = text.find("-->", place + 4)
            if end < 0:
                return False
            place = end
        elif text.startswith("<!", place):
            return not text.startswith("<![", place)
        elif text[place + 1 : place + 2].isalpha():
            return False
        place += 1
    return False


def strip_forbidden(text: str) -> str:
    """``text`` without what XML 1.0 (section 2.2) forbids; C1 controls become the characters they stood for."""
    if text.isprintable() or not _WRONG.search(text):
        return text
    if _C1.search(text):
        text = text.translate(_C1_REPAIR)
    return _XML_FORBIDDEN.sub("", text)
