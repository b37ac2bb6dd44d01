"""Bytes → files in ``feeds/``: whole or not at all, and only where they differ.

A file is written beside its place under a name that begins with ``.publish-``, brought to the disk, and renamed; a
kill or a full disk leaves the old file as it was. Files that are the same already are not touched, so their
modification time is when they last changed. Nothing is deleted but what a killed run left of such a temporary file.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from aggregator.errors import AggregatorError
from aggregator.model import Published

if TYPE_CHECKING:
    from collections.abc import Iterable

TEMPORARY = ".publish-"


class PublishError(AggregatorError):
    """The folder cannot be written at all; the message names it."""


def publish(files: Iterable[tuple[str, bytes | Exception]], folder: Path) -> Published:
    """Puts each file in its place under ``folder``, which is made if it is missing.

    ``files`` holds (path relative to the folder with "/", bytes), or in place of the bytes the exception that
    rendering ended in: then the old file stays and is told of in ``Published.failed``, as is a file that
    cannot be written. Raises PublishError where the folder itself cannot be made or written.
    """
    _prepare(folder)
    written: list[str] = []
    failed: list[tuple[str, str]] = []
    unchanged = 0
    touched: set[Path] = set()
    for name, body in files:
        if isinstance(body, Exception):
            failed.append((name, f"not rendered: {type(body).__name__}: {body}"))
            continue
        try:
            place = _place(folder, name)
            if _holds(place, body):
                unchanged += 1
                continue
            _replace(place, body)
        except (OSError, ValueError) as error:
            failed.append((name, f"not written: {error}"))
        else:
            written.append(name)
            touched |= {folder, place.parent}
    for parent in sorted(touched):
        _sync_folder(parent)
    return Published(written=tuple(written), unchanged=unchanged, failed=tuple(failed))


def _prepare(folder: Path) -> None:
    """Makes the folder, clears what a killed run left in it, and sees that it can be written."""
    if folder.exists() and not folder.is_dir():
        raise PublishError(f"{folder}: is a file, where the folder for feeds should be")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for leftover in folder.rglob(f"{TEMPORARY}*"):
            leftover.unlink(missing_ok=True)
        descriptor, probe = tempfile.mkstemp(prefix=TEMPORARY, dir=folder)
    except OSError as error:
        raise PublishError(f"{folder}: the folder for feeds cannot be written: {error.strerror or error}") from error
    os.close(descriptor)
    Path(probe).unlink()


def _place(folder: Path, name: str) -> Path:
    """Where the file belongs; a name that leads out of the folder, or to a temporary file, is refused."""
    path = PurePosixPath(name)
    if path.is_absolute() or not path.parts or ".." in path.parts or "\0" in name or path.name.startswith(TEMPORARY):
        raise ValueError(f"{name!r} is no file name within the folder")
    return folder.joinpath(*path.parts)


def _holds(place: Path, body: bytes) -> bool:
    """Whether the file is there with these very bytes."""
    try:
        return place.stat().st_size == len(body) and place.read_bytes() == body
    except FileNotFoundError:
        return False


def _replace(place: Path, body: bytes) -> None:
    """Writes beside and renames; an error leaves the old file and no temporary one."""
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=TEMPORARY, dir=place.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
            file.flush()
            os.fchmod(file.fileno(), 0o666 & ~_umask())  # mkstemp's 0600 would hide the feed from a web server
            os.fsync(file.fileno())
        Path(name).replace(place)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The process's umask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Brings the renames to the disk, where the file system knows how."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
