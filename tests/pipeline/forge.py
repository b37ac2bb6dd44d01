"""Imports the program once, then forks a child for each line of standard input, so that a run starts in milliseconds.

A line is a JSON list of command-line arguments. For each, the child's process id is printed; in between the test may
kill it at any moment. After a further line, whatever it says, the child is waited for and its wait status printed: so
its process id is its own for as long as the test may use it.
"""

import json
import os
import sys

import aggregator.archive
import aggregator.pipeline  # noqa: F401 - the commands import it when they run; here it is loaded once for all
from aggregator.cli import main

if __name__ == "__main__":
    while line := sys.stdin.readline():
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            sys.argv = ["aggregator", *json.loads(line)]
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            try:
                main()
            except SystemExit as end:
                os._exit(end.code if isinstance(end.code, int) else 0)
            finally:
                os._exit(70)  # not reached by a command that ends as it should: with an exit code
        print(child, flush=True)  # noqa: T201 - the pipe to the test
        sys.stdin.readline()
        print(os.waitpid(child, 0)[1], flush=True)  # noqa: T201
