"""``serve`` and ``staff``: the archive in a browser and as an API, and who may read all of it."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aggregator.cli.commands import command
from aggregator.cli.place import Place
from aggregator.cli.streams import complain, say, say_json
from aggregator.errors import ConfigError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime

    from aggregator.model import Config, Web

SHORTEST_PASSWORD = 10
"""Letters; a sentence is longer and easier to remember."""


@command("serve", short_help="The archive in a browser and as an API.")
def serve(
    place: Place,
    host: Annotated[
        str | None, typer.Option("--host", metavar="ADDRESS", help="Where to listen; wins over the configuration.")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option("--port", min=0, max=65_535, help="Likewise; 0 takes a free one."),
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Also crawl, each source on its own schedule.")] = False,
) -> int:
    """Serve the archive until SIGTERM or Ctrl-C: pages for people, an API for programs, the feeds.

    Only this machine reaches it, unless the configuration says who may read what: docs/operating.md.
    """
    from aggregator import web as site
    from aggregator.web.serving import listen, serve_until_stopped

    config = place.config() if watch else place.config_if_there()
    web = _where(config.web, host, port)
    _see_who_may_read(web)
    config = replace(config, web=web)
    _bring_up_to_date(config)
    app = site.build(config, Path(config.settings.archive), _clock(place))
    listening = listen(web)
    at = _address(listening.getsockname())
    _warn_of_another_address(config, at)
    with listening, _crawling(place, config, watch=watch):
        if place.json:
            say_json({"address": at, "watch": watch}, indent=None)
        else:
            say(f"serving {at}" + (", and crawling" if watch else "") + "; Ctrl-C ends it")
        sys.stdout.flush()
        serve_until_stopped(app, listening, web.trusted_proxies)
    return 0


@command("staff", short_help="A password or token for [[web.staff]].")
def staff(
    place: Place,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whom it is for.")],
    token: Annotated[bool, typer.Option("--token", help="Make a token for a program, not a password.")] = False,
) -> int:
    """Ask for a password (or make a token) and print its hash as a table for sources.toml.

    The password is asked for twice on a terminal; otherwise it is the first line of standard input.
    """
    import json
    import secrets

    from aggregator.web import hashed

    if not name.strip() or not name.isprintable():
        raise ConfigError(["NAME must be a name, on one line"])
    secret = secrets.token_urlsafe(32) if token else _password()
    kind = "token" if token else "password"
    if place.json:
        say_json({"name": name, kind: hashed(secret)} | ({"secret": secret} if token else {}))
        return 0
    say("[[web.staff]]")
    say(f"name = {json.dumps(name.strip(), ensure_ascii=False)}")
    say(f'{kind} = "{hashed(secret)}"')
    if token:
        complain(f"the token, which is shown only now: {secret}")
    return 0


def _bring_up_to_date(config: Config) -> None:
    """Migrate an archive that an earlier version wrote, before anybody reads; a run that is at work does it, too."""
    from aggregator.archive import Archive, archive_lock
    from aggregator.cli.running import open_archive
    from aggregator.errors import ArchiveTooOld, RunInProgress

    path = Path(config.settings.archive)
    if not path.exists():
        return
    try:
        Archive.reader(path).close()
    except ArchiveTooOld:
        complain(f"bringing {path} up to date; of a large archive this takes a while")
        with suppress(RunInProgress), archive_lock(path):
            open_archive(config).close()


def _password() -> str:
    import getpass

    if not sys.stdin.isatty():
        found = sys.stdin.readline().rstrip("\r\n")
    else:
        found = getpass.getpass("Password: ")
        if found != getpass.getpass("The same again: "):
            raise InputError("the two passwords differ")
    if len(found) < SHORTEST_PASSWORD:
        raise InputError(f"a password has at least {SHORTEST_PASSWORD} letters; a few words in a row are good")
    return found


def _where(web: Web, host: str | None, port: int | None) -> Web:
    from aggregator.config import listening_host

    if host is not None:
        try:
            web = replace(web, host=listening_host(host))
        except ValueError as error:
            raise ConfigError([f"--host: {error}"]) from None
    return web if port is None else replace(web, port=port)


def _see_who_may_read(web: Web) -> None:
    """Refuse to be reached by others while everybody would be staff."""
    from aggregator.web import is_loopback

    if not is_loopback(web.host) and web.public is None and not web.staff:
        raise ConfigError(
            [
                f"{web.host} is reached from other machines, and the configuration does not say who may read what",
                'write [web] public = "feeds" (headlines for all; `aggregator staff` adds those who read texts)',
                "or listen on this machine alone: --host 127.0.0.1",
            ]
        )


def _clock(place: Place) -> Callable[[], datetime]:
    """The clock, or ``--now`` and what has passed since the start."""
    import time
    from datetime import timedelta

    began = time.monotonic()
    given = place.given_now
    return lambda: place.now() if given is None else given + timedelta(seconds=time.monotonic() - began)


def _address(name: tuple[object, ...]) -> str:
    host, port = str(name[0]), name[1]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _warn_of_another_address(config: Config, at: str) -> None:
    """The feeds name the address of the configuration: readers would come to nothing, or to another's site."""
    from urllib.parse import urlsplit

    from aggregator.web import is_loopback

    told = urlsplit(config.settings.base_url)
    if is_loopback(told.hostname or "") and (told.port or 80) != urlsplit(at).port:
        complain(f"note: feeds say that they are served at {config.settings.base_url}, and this is {at}; see base_url")


def _crawling(place: Place, config: Config, *, watch: bool) -> AbstractContextManager[object]:
    from contextlib import nullcontext

    if not watch:
        return nullcontext()
    from aggregator.cli.beside import beside

    return beside(place, config)
