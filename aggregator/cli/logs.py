"""Logging to standard error: events with the same keys everywhere (``run``, ``source``, ``url``), plain or as JSON."""

from __future__ import annotations

from typing import Any

LEVELS = ("debug", "info", "warning", "error")


class _StandardError:
    """Standard error as it is when something is said, not as it was when logging was set up."""

    def __getattr__(self, name: str) -> Any:
        import sys

        return getattr(sys.stderr, name)


def set_up(level: str, *, as_json: bool) -> None:
    """Send the program's events, and what libraries log, to standard error from ``level`` up."""
    import logging

    import structlog

    stream: Any = _StandardError()

    number = getattr(logging, level.upper())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    last: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.processors.LogfmtRenderer(
            key_order=["timestamp", "level", "event", "run", "source", "url"], drop_missing=True, bool_as_flag=False
        )
    )
    structlog.configure(
        processors=[*shared, last],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    # Libraries speak when something is wrong; their small talk is theirs.
    logging.basicConfig(level=max(number, logging.WARNING), handlers=[handler], force=True)
