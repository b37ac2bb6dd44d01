"""The key that signs cookies and forms: a file that only its owner reads."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from aggregator.errors import ConfigError

SHORTEST = 32
"""Bytes; what we make ourselves has 64 hexadecimal digits."""


def secret_of(path: Path) -> bytes:
    """The key in the file, made at first (mode 0600). Raises ConfigError where it cannot be had, or is too short."""
    try:
        _make(path)
        key = path.read_bytes().strip()
    except OSError as error:
        raise ConfigError([f"{path}: the key for cookies cannot be kept there: {error.strerror}"]) from None
    if len(key) < SHORTEST:
        raise ConfigError([f"{path}: holds a key of {len(key)} bytes; take the file away, and a good one is made"])
    return key


def _make(path: Path) -> None:
    """Write a new key, unless there is a file: whole or not at all, also where two begin at the same time."""
    if path.exists():
        return
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32) + "\n")
        try:
            os.link(partial, path)
        except FileExistsError:
            return
    finally:
        partial.unlink(missing_ok=True)
