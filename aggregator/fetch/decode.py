"""Content codings undone piece by piece (RFC 9110, 8.4), so that a small bomb never becomes a large memory."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import brotli
import zstandard

from aggregator.fetch.stop import Stop
from aggregator.model import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ACCEPTED = "gzip, deflate, br, zstd"
"""The Accept-Encoding that goes with DECODERS."""

PIECE_BYTES = 65_536
MAX_STACKED = 2
"""Codings on one response; more is an attack or a broken proxy."""
MAX_MEMBERS = 100
"""gzip members or zstd frames in one body; each costs a copy of what follows it."""
ZSTD_WINDOW_BYTES = 8 * 2**20
"""The largest window that a sender may use on the web (RFC 9659)."""
ZSTD_BITE_BYTES = 256
"""What zstd is given at once: it has no bound on output, and four bytes can stand for 128 KiB."""

_NO_CODING = frozenset({"", "identity", "none", "binary", "8bit", "utf-8", "utf8", "iso-8859-1", "unicode"})
"""Codings, and what servers write in the field by mistake, under which the body is plain."""


def decoded(raw: Iterable[bytes], content_encoding: str, max_bytes: int) -> Iterator[bytes]:
    """Undo ``content_encoding`` over ``raw``, in pieces of at most about PIECE_BYTES.

    Raises Stop: BAD_ENCODING (unknown, corrupt, or stacked too high; passing where the body was cut), TOO_LARGE
    where any stage gives more than ``max_bytes``.
    """
    names = [name for name in re.split(r"[\s,]+", content_encoding.lower()) if name not in _NO_CODING]
    if len(names) > MAX_STACKED:
        raise Stop(Reason.BAD_ENCODING, f"{len(names)} content codings stacked: {content_encoding[:80]!r}")
    pieces: Iterable[bytes] = raw
    for name in reversed(names):
        decoder = DECODERS.get(name)
        if decoder is None:
            raise Stop(Reason.BAD_ENCODING, f"unknown content coding {name[:40]!r}")
        pieces = _bounded(decoder(pieces), name, max_bytes)
    return iter(pieces)


def _bounded(pieces: Iterator[bytes], name: str, max_bytes: int) -> Iterator[bytes]:
    total = 0
    try:
        for piece in pieces:
            total += len(piece)
            if total > max_bytes:
                raise Stop(Reason.TOO_LARGE, f"more than {max_bytes} bytes when {name} is undone")
            yield piece
    except (zlib.error, brotli.error, zstandard.ZstdError) as error:
        raise Stop(Reason.BAD_ENCODING, f"the body is not valid {name}: {error}") from error


def _gzip(raw: Iterable[bytes]) -> Iterator[bytes]:
    return _members(raw, b"\x1f\x8b", lambda: _Inflate(zlib.MAX_WBITS | 16), "gzip")


def _zstd(raw: Iterable[bytes]) -> Iterator[bytes]:
    return _members(raw, b"\x28\xb5\x2f\xfd", _Zstd, "zstd")


def _deflate(raw: Iterable[bytes]) -> Iterator[bytes]:
    """With zlib's header, as the standard says, or without it, as some servers send."""
    head = b""
    rest = iter(raw)
    for piece in rest:
        head += piece
        if len(head) >= 2:
            break
    if not head:
        return
    wrapped = len(head) >= 2 and head[0] & 0x0F == 8 and (head[0] << 8 | head[1]) % 31 == 0
    inflate = _Inflate(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
    yield from inflate.feed(head)
    for piece in rest:
        yield from inflate.feed(piece)
    if not inflate.eof:
        raise _cut("deflate")


def _brotli(raw: Iterable[bytes]) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    any_bytes = False
    for piece in raw:
        any_bytes = any_bytes or bool(piece)
        rest = piece
        while not stream.is_finished():
            out = stream.process(rest, output_buffer_limit=PIECE_BYTES)
            rest = b""
            if not out and stream.can_accept_more_data():  # it may hold output back while it says so
                break
            yield out
    if any_bytes and not stream.is_finished():
        raise _cut("br")


class _Inflate:
    """One zlib stream or gzip member."""

    def __init__(self, wbits: int) -> None:
        self._stream = zlib.decompressobj(wbits)

    @property
    def eof(self) -> bool:
        return self._stream.eof

    @property
    def unused(self) -> bytes:
        return self._stream.unused_data

    def feed(self, piece: bytes) -> Iterator[bytes]:
        while piece and not self._stream.eof:
            yield self._stream.decompress(piece, PIECE_BYTES)
            piece = self._stream.unconsumed_tail


class _Zstd:
    """One zstd frame."""

    def __init__(self) -> None:
        self._stream = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW_BYTES).decompressobj()
        self.unused = b""

    @property
    def eof(self) -> bool:
        return self._stream.eof

    def feed(self, piece: bytes) -> Iterator[bytes]:
        for start in range(0, len(piece), ZSTD_BITE_BYTES):
            yield self._stream.decompress(piece[start : start + ZSTD_BITE_BYTES])
            if self._stream.eof:
                self.unused = self._stream.unused_data + piece[start + ZSTD_BITE_BYTES :]
                return


def _members(raw: Iterable[bytes], magic: bytes, begin: Callable[[], _Inflate | _Zstd], name: str) -> Iterator[bytes]:
    """Undo one or more members that follow each other; what comes after the last is padding and is ignored."""
    member: _Inflate | _Zstd | None = None
    count = 0
    for piece in raw:
        rest = piece
        while rest:
            if member is None or member.eof:
                if count and not rest.startswith(magic[:1]):
                    return
                count += 1
                if count > MAX_MEMBERS:
                    raise Stop(Reason.BAD_ENCODING, f"more than {MAX_MEMBERS} members in one {name} body")
                member = begin()
            yield from member.feed(rest)
            rest = member.unused if member.eof else b""
    if member is not None and not member.eof:
        raise _cut(name)


def _cut(name: str) -> Stop:
    return Stop(Reason.BAD_ENCODING, f"the {name} body ends too early", passing=True)


DECODERS: dict[str, Callable[[Iterable[bytes]], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
