"""``watch``: the same run as cron's, on each source's schedule, in one process.

One job, run in the main thread: it reads what is due and plans itself anew for the time at which the first source is
due next. So no two runs can overlap, and a signal ends the process at once; the archive's transactions make that safe
at any point.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

import structlog
from apscheduler.executors.debug import DebugExecutor  # type: ignore[import-untyped]  # version 3 has no types
from apscheduler.schedulers.blocking import BlockingScheduler  # type: ignore[import-untyped]  # likewise
from apscheduler.triggers.base import BaseTrigger  # type: ignore[import-untyped]  # likewise

from aggregator import schedule
from aggregator.archive import archive_lock
from aggregator.cli.reports import exit_code, run_json, run_report
from aggregator.cli.running import open_archive, run_once
from aggregator.cli.streams import say, say_json, terminal_columns
from aggregator.errors import AggregatorError, ConfigError, RunInProgress

if TYPE_CHECKING:
    from types import FrameType

    from aggregator.cli.place import Place
    from aggregator.model import Config, Run

log = structlog.get_logger()

LOOK_AGAIN = timedelta(minutes=15)
"""The longest sleep: a changed configuration is noticed within it."""
AFTER_TROUBLE = timedelta(minutes=1)
SHORTEST = timedelta(seconds=1)


def see_that_it_can_run(config: Config) -> None:
    """Raise at the start what would stand in the way: another run, an archive that cannot be used."""
    with archive_lock(Path(config.settings.archive)), open_archive(config):
        pass


def watch_until_stopped(place: Place) -> int:
    """Run until SIGTERM or SIGINT, then give 0; errors that stand in the way at the start are raised."""
    watcher = Watcher(place=place, config=place.config())
    see_that_it_can_run(watcher.config)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, watcher.interrupt)
    try:
        watcher.watch()
    except KeyboardInterrupt:
        log.warning("watch.stopped")
    return 0


@dataclass(slots=True)
class Watcher:
    """The one job, and what it knows between its turns."""

    place: Place
    config: Config
    began: float = field(default_factory=time.monotonic)
    scheduler: BlockingScheduler = field(
        default_factory=lambda: BlockingScheduler(timezone=UTC, executors={"default": DebugExecutor()})
    )
    ended: BaseException | None = None
    stopping: bool = False
    next_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def watch(self) -> None:
        """Block until the job ends it, by an interrupt or a bug, which is raised."""
        self.scheduler.add_job(
            self.turn, _Planned(watcher=self), next_run_time=datetime.now(UTC), misfire_grace_time=None
        )
        self.scheduler.start()
        if self.ended is not None:
            raise self.ended

    def now(self) -> datetime:
        """The clock, or ``--now`` and what has passed since the start."""
        given = self.place.given_now
        return given + timedelta(seconds=time.monotonic() - self.began) if given else datetime.now(UTC)

    def turn(self) -> None:
        """One turn: run what is due, then plan the next."""
        try:
            self._plan(self._run())
        except BaseException as end:  # noqa: BLE001 - APScheduler would swallow it; watch() raises it
            self.ended = end
            self._stop()

    def interrupt(self, _number: int, _frame: FrameType | None) -> NoReturn:
        """Handle a signal: leave whatever is being done."""
        self._stop()
        raise KeyboardInterrupt

    def _stop(self) -> None:
        """End the scheduler when it has done with the job at hand, also where it swallows the interrupt."""
        if not self.stopping:
            self.stopping = True
            # From a thread of its own, since within a job the scheduler cannot be told.
            threading.Thread(target=self._shut_down).start()

    def _shut_down(self) -> None:
        if self.scheduler.running:
            self.scheduler.shutdown(wait=False)

    def _run(self) -> timedelta:
        """Run what is due; how long to wait then."""
        try:
            self._reread()
            with archive_lock(Path(self.config.settings.archive)), open_archive(self.config) as archive:
                states = archive.states()
                tz = ZoneInfo(self.config.settings.timezone)
                if schedule.due(self.config.sources, states, self.now(), tz):
                    self._report(run_once(self.config, archive, self.now(), quiet=self.place.json))
                    states = archive.states()
                following = schedule.earliest(self.config.sources, states, self.now(), tz)
        except RunInProgress as error:
            log.warning("watch.waiting", why=str(error))
            return AFTER_TROUBLE
        except AggregatorError as error:
            # Seen at the start it would have ended the program; now a disk may be full for a while.
            log.error("watch.trouble", why=str(error))  # noqa: TRY400 - an expected error, told in a line
            return AFTER_TROUBLE
        return LOOK_AGAIN if following is None else following - self.now()

    def _reread(self) -> None:
        """Take the configuration as it is now; where it has become wrong, say so and keep the last right one."""
        try:
            self.config = self.place.config()
        except ConfigError as error:
            log.error("watch.configuration", why="; ".join(error.problems))  # noqa: TRY400 - likewise

    def _report(self, run: Run) -> None:
        if self.place.json:
            say_json(run_json(run), indent=None)
        else:
            for line in run_report(run, {source.id: source.name for source in self.config.sources}, terminal_columns()):
                say(line)
        sys.stdout.flush()
        log.info("watch.run", exit_code=exit_code(run))

    def _plan(self, wait: timedelta) -> None:
        self.next_at = datetime.now(UTC) + min(max(wait, SHORTEST), LOOK_AGAIN)


@dataclass(slots=True)
class _Planned(BaseTrigger):  # type: ignore[misc]  # version 3 of APScheduler has no types
    """Fires when the watcher's last turn said; asked by the scheduler after each."""

    watcher: Watcher

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        """The time of the next turn; a later one while the turn that will plan it has not been made."""
        return self.watcher.next_at if self.watcher.next_at > now else now + LOOK_AGAIN
