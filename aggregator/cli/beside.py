"""``serve --watch``: the watcher in a process of its own, so that readers do not wait while pages are read.

It ends with the process that began it, whatever becomes of that one, and is begun anew where it ended by itself.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog

from aggregator.cli.logs import set_up
from aggregator.cli.streams import prepare
from aggregator.cli.watching import see_that_it_can_run, watch_until_stopped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aggregator.cli.place import Place
    from aggregator.model import Config

log = structlog.get_logger()

BEGIN_ANEW_SECONDS = 60.0
END_SECONDS = 5.0


@contextmanager
def beside(place: Place, config: Config) -> Iterator[None]:
    """Watch while the block lasts. Raises at once what would stand in the way."""
    see_that_it_can_run(config)
    leaving = threading.Event()
    keeper = threading.Thread(target=_keep, args=(place, leaving), name="keeper")
    keeper.start()
    try:
        yield
    finally:
        leaving.set()
        keeper.join()


def _keep(place: Place, leaving: threading.Event) -> None:
    """Have a watcher at work until ``leaving``."""
    spawning = multiprocessing.get_context("spawn")
    while not leaving.is_set():
        watcher = spawning.Process(target=_watch, args=(place,), name="watch", daemon=True)
        watcher.start()
        while watcher.is_alive() and not leaving.wait(0.1):
            pass
        if leaving.is_set():
            watcher.terminate()
            watcher.join(END_SECONDS)
            if watcher.is_alive():
                watcher.kill()
                watcher.join()
            return
        log.error("serve.watcher_ended", exit_code=watcher.exitcode)
        leaving.wait(BEGIN_ANEW_SECONDS)


def _watch(place: Place) -> None:
    """The other process."""
    prepare()
    set_up(place.log_level or "warning", as_json=place.log_json)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    watch_until_stopped(place)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
