"""Content codings undone piece by piece."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from aggregator.fetch.decode import DECODERS, MAX_MEMBERS, decoded
from aggregator.fetch.stop import Stop
from aggregator.model import Reason

ENCODERS = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstandard.compress}
CODINGS = st.sampled_from(sorted(ENCODERS))
TEXT = "Örebro län ".encode() * 500


def undone(body: bytes, coding: str, *, max_bytes: int = 1_000_000, size: int = 65_536) -> bytes:
    pieces = (body[start : start + size] for start in range(0, len(body), size))
    return b"".join(decoded(pieces, coding, max_bytes))


def reason(body: bytes, coding: str) -> Reason | None:
    try:
        undone(body, coding)
    except Stop as stop:
        return stop.reason
    return None


def trouble(body: bytes, coding: str, *, max_bytes: int = 1_000_000) -> Stop:
    with pytest.raises(Stop) as met:
        undone(body, coding, max_bytes=max_bytes)
    return met.value


@given(st.binary(max_size=2000), CODINGS, st.integers(1, 500))
def test_what_was_encoded_comes_back_however_it_arrives(body: bytes, coding: str, size: int) -> None:
    assert undone(ENCODERS[coding](body), coding, size=size) == body


@given(st.binary(max_size=500), st.sampled_from(sorted(DECODERS)), st.binary(max_size=20))
def test_no_bytes_make_a_decoder_do_worse_than_stop(body: bytes, coding: str, head: bytes) -> None:
    for text in (body, head + ENCODERS.get(coding, gzip.compress)(body), ENCODERS["gzip"](body)[:-3] + head):
        assert reason(text, coding) in (None, Reason.BAD_ENCODING)


@pytest.mark.parametrize("coding", sorted(ENCODERS))
@pytest.mark.parametrize("cut", [1, 5, 12])
def test_a_body_that_ends_too_early_is_a_failure_that_passes(coding: str, cut: int) -> None:
    stop = trouble(ENCODERS[coding](TEXT)[:-cut], coding)
    assert (stop.reason, stop.passing) == (Reason.BAD_ENCODING, True)


@pytest.mark.parametrize("coding", sorted(DECODERS))
def test_no_body_at_all_is_no_failure(coding: str) -> None:
    assert undone(b"", coding) == b""


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_a_body_may_have_several_members_and_padding_but_not_thousands(coding: str) -> None:
    one = ENCODERS[coding](b"ett ")
    assert undone(one * 3, coding) == b"ett " * 3
    assert undone(one * 3, coding, size=7) == b"ett " * 3
    assert undone(one + b"\0" * 100, coding) == b"ett "
    assert trouble(one * (MAX_MEMBERS + 1), coding).reason is Reason.BAD_ENCODING


@pytest.mark.parametrize("name", ["X-GZIP", "identity, gzip", "gzip,", "utf-8, gzip"])
def test_names_of_codings_are_read_with_indulgence(name: str) -> None:
    assert undone(gzip.compress(TEXT), name) == TEXT


@pytest.mark.parametrize("name", ["", "identity", "UTF-8", "none"])
def test_what_is_no_coding_changes_nothing(name: str) -> None:
    assert undone(TEXT, name) == TEXT


def test_codings_are_undone_in_reverse_order_and_at_most_two() -> None:
    assert undone(brotli.compress(gzip.compress(TEXT)), "gzip, br") == TEXT
    assert trouble(TEXT, "gzip, br, gzip").reason is Reason.BAD_ENCODING
    assert trouble(TEXT, "compress").reason is Reason.BAD_ENCODING


def test_a_bomb_in_a_bomb_is_stopped_at_the_inner_stage() -> None:
    bomb = gzip.compress(gzip.compress(b"\0" * 50_000_000))
    assert trouble(bomb, "gzip, gzip").reason is Reason.TOO_LARGE
    outer = gzip.compress(b"\x1f\x8b" + b"\0" * 50_000_000)
    assert trouble(outer, "gzip, gzip").reason in (Reason.TOO_LARGE, Reason.BAD_ENCODING)


def test_a_zstd_frame_that_wants_a_huge_window_is_refused() -> None:
    window = zstandard.ZstdCompressionParameters(window_log=27)
    frame = zstandard.ZstdCompressor(compression_params=window).compressobj()
    body = frame.compress(TEXT) + frame.flush()
    assert trouble(body, "zstd").reason is Reason.BAD_ENCODING
