"""``sources.toml`` becomes the model, once, at the door; after this room nobody reads a setting by its name.

Text → tomllib → pydantic tables (``tables``) → cross-checks (``references``) → ``model.Config`` (``build``).
Whatever is wrong is gathered and told at once: ``ConfigError.problems`` holds a line for each mistake, with file,
table, key, what is wrong, and the nearest right spelling.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

from aggregator.config.build import build
from aggregator.config.reading import read_tables
from aggregator.config.references import check_references
from aggregator.config.tables import TABLES, keys
from aggregator.config.values import listening_host, nearest, shown
from aggregator.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aggregator.model import Config, Source

__all__ = ["TABLES", "keys", "listening_host", "load", "named", "parse"]


def load(path: Path) -> Config:
    """Read a configuration file; the paths in it are taken relative to the file's own folder.

    Raises ConfigError where the file cannot be read or anything in it is wrong.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        hint = "; name another with --config" if not path.is_absolute() else ""
        raise ConfigError([f"{path}: there is no such file{hint}"]) from None
    except IsADirectoryError:
        raise ConfigError([f"{path}: is a folder, not a file"]) from None
    except UnicodeDecodeError as error:
        raise ConfigError([f"{path}: is not UTF-8 (byte {error.start}); save it as UTF-8"]) from None
    except (OSError, ValueError) as error:
        raise ConfigError([f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}"]) from None
    config = parse(text, str(path))
    folder = path.parent
    settings = replace(
        config.settings,
        archive=str(folder / config.settings.archive),
        feeds=str(folder / config.settings.feeds),
    )
    web = config.web
    if web.secret_file:
        web = replace(web, secret_file=str(folder / web.secret_file))
    return replace(config, settings=settings, web=web)


def parse(text: str, path: str) -> Config:
    """Parse a configuration; ``path`` is what error lines call the file. Raises ConfigError, and nothing else."""
    try:
        raw = tomllib.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        raise ConfigError([f"{path}: values are nested too deeply"]) from None
    except ValueError as error:
        # tomllib says "… (at line 3, column 7)" itself; its most usual complaint here deserves its cure.
        cure = '; a word with å, ä, ö or a space before "=" needs quotes' if "after a key" in str(error) else ""
        raise ConfigError([f"{path}: is not TOML: {error}{cure}"]) from None
    tables, problems = read_tables(raw)
    if not problems:
        problems = check_references(tables)
    if problems:
        raise ConfigError([f"{path}: {problem}" for problem in problems])
    return build(tables)


def named(config: Config, ids: Sequence[str]) -> tuple[Source, ...]:
    """The sources with these ids, in the configuration's order. Raises ConfigError for those that nobody knows."""
    known = [source.id for source in config.sources]
    wrong = [
        f'no source has the id "{shown(name)}"{nearest(name, known) or "; `aggregator sources` lists them"}'
        for name in ids
        if name not in known
    ]
    if wrong:
        raise ConfigError(wrong)
    return tuple(source for source in config.sources if source.id in set(ids))
