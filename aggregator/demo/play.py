"""The main job, played on the recorded region: three crawls over real HTTP, and what must hold of them."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from aggregator.demo.configuration import MARK, TITLE, UNTOUCHABLE, configuration
from aggregator.demo.pieces import EPOCHS
from aggregator.demo.report import Report, Round
from aggregator.demo.server import serve
from aggregator.errors import InputError
from aggregator.model import Failure, Outcome, Reason, Rejection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from aggregator.demo.server import Region
    from aggregator.model import Crawl, Run

TITLES = ("first visit", "an hour later", "the next day")
INTRODUCTIONS = (
    "First visit: nothing is known yet, everything is read.",
    "An hour later: nothing has happened. One small question a site, and nothing is written.",
    "The next day: news has come, some pages have changed, moved or vanished.",
)
HARMFUL = "hostile"
HARMS = ("runt-och-runt", "bomb", "djupt", "dropp", "bakdorr", "ovanligt-flode")
"""What on the hostile site must end in a reason."""
VANISHED = frozenset({Reason.NOT_FOUND, Reason.GONE})
"""Pages that are no more are counted as vanished, not as refused."""
LEAST_NEW = 60


def play(
    crawl: Callable[[Path, datetime], Run],
    *,
    rules: str,
    archive: Path,
    feeds: Path,
    say: Callable[[str], None],
) -> Report:
    """Serve the region, crawl it three times with the present moment moved on, and judge the outcome.

    ``crawl`` makes one run of the due sources with the configuration file and the moment it is given, and publishes.
    ``rules`` is the text of a ``sources.toml`` whose tags and projects are used. The archive is made anew; the
    configuration is left beside it, with the suffix ``.toml``, for looking at the result. Raises InputError where
    that would replace an archive or a file that is not of an earlier demo.
    """
    settings = _make_room(archive)
    if _holds_others(feeds):
        say(f"{feeds} held feeds of another archive; “aggregator publish” writes them anew.")
    with serve() as region:
        settings.write_text(
            configuration(region.addresses, rules=rules, archive=str(archive.absolute()), feeds=str(feeds.absolute())),
            "utf-8",
        )
        rounds, problems = _crawl_thrice(lambda now: crawl(settings, now), region, feeds, say)
    return Report(
        rounds=rounds,
        problems=problems,
        configuration=str(settings),
        archive=str(archive),
        feeds=str(feeds),
    )


def _make_room(archive: Path) -> Path:
    """Remove what an earlier demo left, and nothing else; where the configuration goes."""
    settings = archive.with_suffix(".toml")
    ours = settings.is_file() and settings.read_text("utf-8", errors="replace").startswith(MARK)
    for path in (archive, settings):
        if not ours and path.exists() and (path.is_dir() or path.stat().st_size):
            raise InputError(
                f"{path}: is not of an earlier demo, and the demo would replace it; choose another --archive"
            )
    for suffix in ("", "-wal", "-shm"):
        archive.with_name(archive.name + suffix).unlink(missing_ok=True)
    archive.parent.mkdir(parents=True, exist_ok=True)
    return settings


def _holds_others(feeds: Path) -> bool:
    index = feeds / "index.html"
    return index.is_file() and TITLE not in index.read_text("utf-8", errors="replace")


def _crawl_thrice(
    crawl: Callable[[datetime], Run], region: Region, feeds: Path, say: Callable[[str], None]
) -> tuple[tuple[Round, ...], tuple[str, ...]]:
    rounds: list[Round] = []
    problems: list[str] = []
    for epoch, now in enumerate(EPOCHS):
        say(INTRODUCTIONS[epoch])
        region.epoch = epoch
        before = fingerprints(feeds)
        began = time.monotonic()
        run = crawl(now)
        rounds.append(replace(_figures(run, region, epoch), seconds=time.monotonic() - began))
        problems.extend(_always(run))
        if epoch == 1:
            problems.extend(_nothing_new(region, before, fingerprints(feeds)))
    problems.extend(_in_all(rounds, region))
    return tuple(rounds), tuple(problems)


def fingerprints(folder: Path) -> dict[str, tuple[str, int]]:
    """Of each file: the hash of its bytes, and when it was last put in place (nanoseconds)."""
    return {
        path.relative_to(folder).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _figures(run: Run, region: Region, epoch: int) -> Round:
    """Requests and 304s as the sites counted them, the rest as the run reports it."""
    hits = [hit for hit in region.requests if hit.epoch == epoch]
    return Round(
        title=TITLES[epoch],
        requests=len(hits),
        not_modified=sum(hit.status == 304 for hit in hits),
        new=run.counts.new,
        updated=run.counts.updated,
        gone=run.counts.gone,
        duplicates=run.counts.duplicates,
        refusals=tuple(refusal for crawl in run.crawls for refusal in _refusals(crawl)),
        written=len(run.published.written),
        seconds=0.0,
    )


def _refusals(crawl: Crawl) -> Iterator[tuple[str, str]]:
    if crawl.outcome is Outcome.FAILED:
        yield crawl.source_id, _why(crawl)
    for find in crawl.finds:
        if isinstance(find.result, Failure | Rejection) and find.result.reason not in VANISHED:
            path = "/" + find.link.url.split("/", 3)[-1]
            yield f"{crawl.source_id} {path}", find.result.reason.value


def _why(crawl: Crawl) -> str:
    return crawl.reason.value if crawl.reason else "no reason given"


def _always(run: Run) -> Iterator[str]:
    """What must hold of every crawl: no source but the hostile ones fails, no feed is lost."""
    for crawl in run.crawls:
        honest = not crawl.source_id.startswith("ovanlig")
        if crawl.reason is Reason.BUG or (honest and crawl.outcome is Outcome.FAILED):
            yield f"the source {crawl.source_id} failed: {_why(crawl)}, {crawl.detail}"
    for name, why in run.published.failed:
        yield f"{name} could not be written: {why}"


def _nothing_new(
    region: Region, before: dict[str, tuple[str, int]], after: dict[str, tuple[str, int]]
) -> Iterator[str]:
    """What must hold of the second crawl: honest sites were asked conditionally, and no file was touched."""
    for hit in region.requests:
        if hit.epoch == 1 and hit.site != HARMFUL and hit.status != 304:
            yield f"nothing had changed, but {hit.site} was asked for {hit.path} and answered {hit.status}"
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield f"nothing had changed, but {name} was written"


def _in_all(rounds: list[Round], region: Region) -> Iterator[str]:
    first, second, third = rounds
    if first.new < LEAST_NEW:
        yield f"the first visit found {first.new} articles, and {LEAST_NEW} are there"
    if second.new or second.updated or second.gone or second.written:
        yield "the second visit found news where there was none"
    if not (third.new and third.updated and third.gone):
        yield f"the next day had {third.new} new, {third.updated} changed and {third.gone} vanished articles"
    refused = " ".join(what for what, _ in first.refusals)
    yield from (f"the hostile page {name} did not end in a reason" for name in HARMS if name not in refused)
    if any(hit.site == UNTOUCHABLE for hit in region.requests):
        yield "a machine that nobody allowed was asked for a page"
