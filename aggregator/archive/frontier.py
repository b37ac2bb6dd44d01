"""Links found and not yet fetched: each is fetched until it succeeds, or is given up with a reason."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from aggregator import urls
from aggregator.archive.rows import dump, dump_link, link, optional_time, safe, stamp, time
from aggregator.model import Failure, KnownPage, Reason, Validators

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlite_utils import Database

    from aggregator.model import Link, Rejection, Source

ATTEMPTS = 8
"""Tries of a link that fails in a way that may pass; at doubling waits that is about a week."""

FIRST_WAIT = timedelta(hours=1)
LONGEST_WAIT = timedelta(days=2)

_TRIES: Mapping[Reason, int] = {
    # What the page is will not pass.
    **dict.fromkeys(
        (
            Reason.GONE,
            Reason.BAD_URL,
            Reason.PRIVATE_ADDRESS,
            Reason.NOT_HTML,
            Reason.LISTING,
            Reason.GALLERY,
            Reason.NO_TITLE,
            Reason.PAYWALL,
            Reason.TOO_DEEP,
            Reason.TOO_LARGE,
        ),
        1,
    ),
    # Not there yet, half written, or behind a passing page of the site's.
    **dict.fromkeys(
        (Reason.NOT_FOUND, Reason.FORBIDDEN, Reason.EMPTY, Reason.ERROR_PAGE, Reason.CONSENT, Reason.BUG), 3
    ),
}


def url_key(url: str, source: Source) -> str:
    """The key under which an address of this source is known."""
    return safe(urls.key(url, branches=source.branches, drop_query=source.drop_query))


def add(db: Database, source: Source, links: Sequence[Link], at: datetime) -> None:
    """Note links that wait. What is known of their tries stays; the hints become the newest."""
    for waiting in links:
        listed_at = min(waiting.published_at or at, at)
        db.execute(
            "INSERT INTO links (source_id, url_key, url, hints, fingerprint, listed_at, found_at, next_try_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (source_id, url_key) DO UPDATE SET hints = excluded.hints, url = excluded.url,"
            " fingerprint = excluded.fingerprint"
            " WHERE (hints, url, fingerprint) IS NOT (excluded.hints, excluded.url, excluded.fingerprint)",
            (
                source.id,
                url_key(waiting.url, source),
                safe(waiting.url),
                dump_link(waiting),
                None if waiting.fingerprint is None else safe(waiting.fingerprint),
                stamp(listed_at),
                stamp(at),
                stamp(at),
            ),
        )


def remove(db: Database, source: Source, keys: Sequence[str]) -> None:
    """Forget links that were read."""
    db.conn.executemany("DELETE FROM links WHERE source_id = ? AND url_key = ?", [(source.id, key) for key in keys])


def note(db: Database, source: Source, tried: Link, problem: Failure | Rejection, at: datetime) -> None:
    """Note a try that gave no article: when to try again, or that the link is given up."""
    add(db, source, (tried,), at)
    key = url_key(tried.url, source)
    row = db.execute("SELECT attempts FROM links WHERE source_id = ? AND url_key = ?", (source.id, key)).fetchone()
    asked_to_wait = problem.reason is Reason.RETRY_LATER
    attempts = row["attempts"] + (not asked_to_wait)
    passing = isinstance(problem, Failure) and problem.passing
    allowed = ATTEMPTS if passing or asked_to_wait else _TRIES.get(problem.reason, ATTEMPTS)
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(max(0, attempts - 1), 10))
    retry_at = problem.retry_at if isinstance(problem, Failure) else None
    db.execute(
        "UPDATE links SET attempts = ?, last_try_at = ?, next_try_at = ?, last_reason = ?, given_up_at = ?"
        " WHERE source_id = ? AND url_key = ?",
        (
            attempts,
            stamp(at),
            stamp(max(at + wait, retry_at) if retry_at else at + wait),
            problem.reason,
            stamp(at) if attempts >= allowed else None,
            source.id,
            key,
        ),
    )


def pending(db: Database, source_id: str, now: datetime, limit: int) -> tuple[Link, ...]:
    """Links that may be tried now, newest first; those found together in the order of their listing."""
    rows = db.execute(
        "SELECT hints FROM links WHERE source_id = ? AND given_up_at IS NULL AND next_try_at <= ?"
        " ORDER BY listed_at DESC, id LIMIT ?",
        (source_id, stamp(now), limit),
    )
    return tuple(link(row["hints"]) for row in rows)


def resting(db: Database, source_id: str, keys: Mapping[str, Sequence[Link]]) -> dict[str, KnownPage]:
    """Links, by their address, that were tried and are not to be tried again because a listing names them anew.

    ``article_id`` is 0: the page was judged, and holds no article. ``pending`` brings back those whose time comes.
    """
    found: dict[str, KnownPage] = {}
    rows = db.execute(
        "SELECT l.* FROM json_each(?) j JOIN links l ON l.source_id = ? AND l.url_key = j.value"
        " WHERE l.attempts > 0 OR l.last_try_at IS NOT NULL",
        (dump(list(keys)), source_id),
    )
    for row in rows:
        page = KnownPage(
            article_id=0,
            url=row["url"],
            key=row["url_key"],
            external_id=None,
            fingerprint=row["fingerprint"],
            validators=Validators(),
            first_seen_at=time(row["found_at"]),
            last_checked_at=optional_time(row["last_try_at"]) or time(row["found_at"]),
        )
        found.update({named.url: page for named in keys[row["url_key"]]})
    return found
