"""The program as typer knows it, and ``command``, which gives every command the common options."""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from aggregator.cli import place
from aggregator.cli.logs import LEVELS, set_up
from aggregator.cli.streams import hang_up
from aggregator.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

app = typer.Typer(
    name="aggregator",
    help="Crawls the news of Örebro county, tags it, keeps it, and publishes filtered feeds.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help"], "max_content_width": 110},
)

_COMMON: dict[str, tuple[Any, Any]] = {
    "config": (place.ConfigOption, place.DEFAULT_CONFIG),
    "archive": (place.ArchiveOption, None),
    "feeds": (place.FeedsOption, None),
    "now": (place.NowOption, None),
    "json": (place.JsonOption, False),
    "log_level": (place.LogOption, ""),
    "log_json": (place.LogJsonOption, False),
}
"""Option → its type for typer, and its default."""


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"aggregator {installed('aggregator')}")
        raise typer.Exit


def command(name: str, **settings: Any) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Make ``function(place, own parameters …) -> exit code`` a command that also takes the common options.

    The common options come after the command's own, and reach it as its first argument, a ``Place``.
    """

    def adorn(function: Callable[..., int]) -> Callable[..., int]:
        hints = get_type_hints(function, include_extras=True)
        own = list(inspect.signature(function).parameters.values())[1:]
        own = [parameter.replace(annotation=hints[parameter.name]) for parameter in own]
        common = [
            inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
            for key, (kind, default) in _COMMON.items()
        ]

        @functools.wraps(function)
        def called(**given: Any) -> int:
            here = _place({key: given.pop(key) for key in _COMMON})
            set_up(here.log_level or "warning", as_json=here.log_json)
            try:
                return function(here, **given)
            except BrokenPipeError:
                # Caught here, since typer would make it exit code 1: the reader has all that it wanted.
                hang_up()
                return 0

        named = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
        called.__signature__ = inspect.Signature([*named, *common])  # type: ignore[attr-defined]  # for typer to read
        called.__annotations__ = {parameter.name: parameter.annotation for parameter in (*named, *common)}
        app.command(name, **settings)(called)
        return function

    return adorn


def _place(common: dict[str, Any]) -> place.Place:
    level = common["log_level"].lower()
    if level and level not in LEVELS:
        raise ConfigError([f'--log-level: "{level}" is not one of {", ".join(LEVELS)}'])
    return place.Place(
        config_path=common["config"],
        archive_override=common["archive"],
        feeds_override=common["feeds"],
        given_now=place.present_moment(common["now"]),
        json=common["json"],
        log_level=level or None,
        log_json=common["log_json"],
    )
