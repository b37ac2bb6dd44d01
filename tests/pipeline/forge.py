"""Imports the program once, then forks a child for each line of standard input, so that a run starts in milliseconds.

A line is a JSON list of command-line arguments. For each, the child's process id is printed, and its wait status when
it has ended: the test in between may kill it at any moment.
"""

import json
import os
import sys

from aggregator.cli import main

import aggregator.archive
import aggregator.pipeline  # noqa: F401 - the commands import it when they run; here it is loaded once for all

if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            sys.argv = ["aggregator", *json.loads(line)]
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            try:
                main()
            finally:
                os._exit(70)  # only if main() returned or raised without an exit code of its own
        print(child, flush=True)  # noqa: T201 - the pipe to the test
        print(os.waitpid(child, 0)[1], flush=True)  # noqa: T201
