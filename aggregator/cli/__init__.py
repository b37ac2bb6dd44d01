"""The commands: the composition root, which builds, calls one verb, prints, and exits.

Exit codes: 0 fine; 1 some source failed; 2 configuration or arguments wrong; 3 archive unusable; 4 another run is
at work; 130 interrupted. What is expected to go wrong is one plain line on standard error, never a traceback.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from aggregator.cli.program import app
from aggregator.cli.streams import complain, hang_up, prepare
from aggregator.errors import AggregatorError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["app", "main", "run"]

INTERRUPTED = 130


def main() -> None:
    """The console script: run the command of ``sys.argv`` and exit."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code."""
    from typer import TyperException

    prepare()
    try:
        code = app(args=list(arguments) or ["--help"], prog_name="aggregator", standalone_mode=False)
        sys.stdout.flush()
    except AggregatorError as error:
        complain(str(error))
        return error.exit_code
    except TyperException as error:
        complain(_usage(error))
        return 2
    except BrokenPipeError:
        hang_up()
        return 0
    if code == INTERRUPTED:  # typer has made this of Ctrl-C
        complain("interrupted; what was saved is kept, and the next run goes on from there")
    return code if isinstance(code, int) else 0


def _usage(error: Exception) -> str:
    """A wrong argument in one line, with the way to help."""
    says = getattr(error, "format_message", lambda: str(error))()
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "aggregator"
    says = says.replace("Value error, ", "")  # pydantic's, under typer's own words
    return f"{' '.join(says.split())} ({command} --help tells more)"
