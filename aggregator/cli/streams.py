"""Standard output and standard error: UTF-8 whatever the locale, results on one and complaints on the other."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from aggregator.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def prepare() -> None:
    """Write UTF-8 even where cron gives no locale; half a surrogate pair becomes a JSON escape, not a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str = "") -> None:
    """A line of the result."""
    sys.stdout.write(text + "\n")


def say_json(value: Any, *, indent: int | None = 2) -> None:
    """The result for machines; times as ``2026-11-22T21:46:00Z``."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=indent, default=_plain) + "\n")


def terminal_columns() -> int | None:
    """The width of the terminal that standard output is; None where it is a file or a pipe."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def complain(message: str) -> None:
    """What went wrong, a line for each problem."""
    for line in message.splitlines():
        sys.stderr.write(f"aggregator: {line}\n")


@contextmanager
def opened(output: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that appears under its name only when it is whole. Raises InputError."""
    if output is None:
        sys.stdout.flush()
        yield sys.stdout.buffer
        return
    partial = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with partial.open("wb") as stream:
            yield stream
        partial.replace(output)
    except OSError as error:
        raise InputError(f"{output}: cannot be written: {error.strerror}") from None
    finally:
        partial.unlink(missing_ok=True)


def hang_up() -> None:
    """The reader has gone (``… | head``): let nothing more be written, and nobody be told."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, sys.stdout.fileno())
    os.close(quiet)


def shown_time(at: datetime | None) -> str | None:
    """A time in UTC to the second, as the archive and the export write it."""
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return shown_time(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
