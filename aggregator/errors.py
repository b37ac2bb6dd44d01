"""One error tree.

AggregatorError
├── ConfigError      sources.toml or an argument is wrong: exit 2
├── ArchiveError     the archive cannot be used: exit 3
│   ├── ArchiveTooNew    it was written by a later version
│   ├── ArchiveTooOld    it was written by an earlier version, and is opened to read only
│   └── TookTooLong      what was asked of it was broken off
├── RunInProgress    another run is at work: exit 4
└── InputError       a file given to a command cannot be read: exit 2

What goes wrong with a source, a page or a feed is not in this tree: it is a value (``model.Failure``,
``model.Rejection``, ``model.Published.failed``), so that it cannot stop a run.
"""

from __future__ import annotations


class AggregatorError(Exception):
    """Anything that the program says of its own accord; the message is for the operator to read."""

    exit_code = 1


class ConfigError(AggregatorError):
    """The configuration or an argument is wrong; ``problems`` holds a line for each mistake."""

    exit_code = 2

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class ArchiveError(AggregatorError):
    """The archive cannot be opened, read or written."""

    exit_code = 3


class ArchiveTooNew(ArchiveError):  # noqa: N818 - a state of the archive, read aloud in a sentence
    """The archive was written by a later version of the program."""


class ArchiveTooOld(ArchiveError):  # noqa: N818 - likewise
    """The archive was written by an earlier version; opening it to write brings it up to date."""


class TookTooLong(ArchiveError):  # noqa: N818 - likewise
    """What was asked of the archive took longer than was allowed, and was broken off."""


class RunInProgress(AggregatorError):  # noqa: N818 - likewise
    """Another run holds the archive's lock."""

    exit_code = 4


class InputError(AggregatorError):
    """A file that a command was given cannot be read as what it should be."""

    exit_code = 2
