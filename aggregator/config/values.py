"""What single values mean: addresses, hours, ids, selectors.

Each function returns the value as the model holds it, or raises ValueError with what is wrong, in words for people.
"""

from __future__ import annotations

import re
from datetime import time
from difflib import get_close_matches
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from aggregator import schedule

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import StrEnum

_Choice = TypeVar("_Choice", bound="StrEnum")

REFUSED_HOSTS = {"demo.krisinformation.se": "is an exercise site with false alarms, and never a source"}

_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?", re.ASCII)
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.ASCII)
_HOST = re.compile(r"(?=.{1,253}\Z)(?:(?!-)[a-z0-9_-]{1,63}(?<!-)\.)*(?!-)[a-z0-9_-]{1,63}(?<!-)", re.ASCII)
_ARGON2 = re.compile(
    r"\$argon2id\$v=19\$m=\d{1,7},t=\d{1,3},p=\d{1,3}\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{22,171}", re.ASCII
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")

_IDENTIFIER = r"(?:-?(?:[_a-zA-Z\u0080-\U0010ffff]|\\.)(?:[\w\u0080-\U0010ffff-]|\\.)*|--[\w-]+)"
_STRING = r"""(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
_COMPOUND = re.compile(
    rf"""(?:{_IDENTIFIER}|\*)?
    (?: \#(?:[\w\u0080-\U0010ffff-]|\\.)+ | \.{_IDENTIFIER}
      | \[\s*{_IDENTIFIER}\s*(?:[~|^$*]?=\s*(?:{_STRING}|{_IDENTIFIER}|[\w-]+)\s*(?:[iIsS]\s*)?)?\]
      | ::?{_IDENTIFIER}(?:\((?:[^()"']|{_STRING}|\((?:[^()"']|{_STRING})*\))+\))?
    )*""",
    re.VERBOSE,
)
_COMBINATOR = re.compile(r"\s*[>+~]\s*|\s+")


def nearest(word: str, words: Iterable[str]) -> str:
    """'; did you mean "…"?' for the most similar of ``words``, or nothing where none is."""
    folded = {known.casefold(): known for known in words}
    found = get_close_matches(word.casefold()[:200], folded, n=1, cutoff=0.6)
    return f'; did you mean "{folded[found[0]]}"?' if found else ""


def shown(value: object) -> str:
    """A value as an error line shows it: on one line, and not long."""
    text = value if isinstance(value, str) else repr(value)
    text = _CONTROL.sub("�", text).encode("utf-8", "replace").decode()
    return text if len(text) <= 60 else text[:59] + "…"


def choice(kinds: type[_Choice], synonyms: dict[str, str], value: Any) -> _Choice:
    """The member that ``value`` spells, ``synonyms`` allowed."""
    if not isinstance(value, str):
        raise ValueError(f"must be text, one of {', '.join(kinds)}")  # noqa: TRY004 - pydantic gathers ValueErrors
    spelled = value.strip().casefold()
    try:
        return kinds(synonyms.get(spelled, spelled))
    except ValueError:
        known = ", ".join(kinds)
        raise ValueError(f'"{shown(value)}" is not one of {known}{nearest(spelled, kinds)}') from None


def strings(value: Any) -> Any:
    """One text stands for a list of one."""
    return [value] if isinstance(value, str) else value


def line(value: str) -> str:
    """Text on one line, not empty."""
    if not value.strip():
        raise ValueError("must not be empty")
    if _CONTROL.search(value):
        raise ValueError("must be one line without control characters")
    return value.strip()


def identifier(value: str) -> str:
    """An id: it becomes a file name and a part of addresses."""
    if not _ID.fullmatch(value) or ".." in value:
        raise ValueError(
            f'"{shown(value)}" must be 1–64 letters a–z, digits, "-", "_" or "." (it is part of file names)'
        )
    return value


def web_address(value: str) -> str:
    """An absolute http(s) address without credentials."""
    problem = f'"{shown(value)}" must be an address that begins with http:// or https://'
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f'"{shown(value)}" is not an address: {error}') from None
    if parts.scheme not in ("http", "https") or not host or value != value.strip():
        raise ValueError(problem)
    if re.search(r"[\s\\<>\"]", value) or _CONTROL.search(value):
        raise ValueError(f'"{shown(value)}" holds a character that an address cannot hold')
    if parts.username is not None or parts.password is not None:
        raise ValueError(f'"{shown(value)}" must not hold a user name or password')
    if host.rstrip(".") in REFUSED_HOSTS:
        raise ValueError(f'"{shown(value)}" {REFUSED_HOSTS[host.rstrip(".")]}')
    return value


def base_address(value: str) -> str:
    """The address of a folder: ends in a slash, and has neither query nor fragment."""
    web_address(value)
    if "?" in value or "#" in value:
        raise ValueError(f'"{shown(value)}" must not have a query or fragment')
    return value if value.endswith("/") else value + "/"


def contact(value: str) -> str:
    """What a header can carry: printable ASCII."""
    if not (value.isascii() and value.isprintable()):
        raise ValueError(f'"{shown(value)}" must be plain ASCII: it is sent in the User-Agent header')
    return value.strip()


def language(value: str) -> str:
    """A language tag (BCP 47)."""
    if not _LANGUAGE.fullmatch(value):
        raise ValueError(f'"{shown(value)}" is not a language tag such as "sv" or "sv-SE"')
    return value


def time_zone(value: str) -> str:
    """A name of the time zone database."""
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ValueError(f'"{shown(value)}" is no time zone{nearest(value, available_timezones())}') from None
    return value


def followed(value: str) -> str:
    """A schedule that can be followed."""
    schedule.check(value)
    return value


def quiet_hours(value: Any) -> Any:
    """ "23:00-05:00" as two local times, which differ."""
    if not isinstance(value, str):
        raise ValueError('must be text such as "23:00-05:00"')  # noqa: TRY004 - pydantic gathers ValueErrors
    ends = [_CLOCK.fullmatch(part.strip()) for part in re.split(r"[-–]", value)]
    if len(ends) != 2 or not (ends[0] and ends[1]):
        raise ValueError(f'"{shown(value)}" is not written as "23:00-05:00"')
    start, end = (time(int(found[1]), int(found[2])) for found in ends if found)
    if start == end:
        raise ValueError(f'"{shown(value)}" begins and ends at once; to stop a source write enabled = false')
    return (start, end)


def host_and_port(value: str) -> tuple[str, int]:
    """ "127.0.0.1:8080" or "[::1]:8080" as a pair, the host in lower case and without brackets."""
    host, colon, port = value.strip().rpartition(":")
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    digits = port.isascii() and port.isdigit() and 0 < int(port[:6]) <= 65_535
    if not (colon and bare and digits) or (":" in bare and bare == host) or re.search(r"[\s/@\[\]]", bare):
        raise ValueError(f'"{shown(value)}" is not written as "host:port", such as "127.0.0.1:8080"')
    return bare.lower(), int(port)


def listening_host(value: str) -> str:
    """A name or an address to listen on, without port; brackets of an IPv6 address are left away."""
    bare = value.strip().removeprefix("[").removesuffix("]")
    try:
        return str(ip_address(bare))
    except ValueError:
        return host_name(bare)


def host_name(value: str) -> str:
    """A host's name, in lower case and as DNS has it."""
    try:
        name = value.strip().rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        name = ""
    if not _HOST.fullmatch(name):
        raise ValueError(f'"{shown(value)}" is not a host name such as "nyheter.example", without http:// and port')
    return name


def network(value: str) -> str:
    """An IP address or a network of them ("10.0.0.0/8")."""
    try:
        found = ip_network(value.strip())
    except ValueError:
        raise ValueError(f'"{shown(value)}" is not an IP address or a network such as "10.0.0.0/8"') from None
    return str(found.network_address) if found.num_addresses == 1 else str(found)


def argon2_hash(value: str) -> str:
    """An argon2 hash in its usual form (PHC string format)."""
    if not _ARGON2.fullmatch(value):
        # What was written is not shown: it may be the secret itself.
        raise ValueError("must be an argon2 hash that begins with $argon2id$; `aggregator staff` makes one")
    return value


def selector(value: str) -> str:
    """A CSS selector list (Selectors Level 4) whose form is right; that it finds anything is for a live check."""
    for part in _split_list(value):
        position, complete = 0, False
        text = part.strip()
        while position < len(text):
            found = _COMPOUND.match(text, position)
            if not found or found.end() == position:
                complete = False
                break
            position, complete = found.end(), True
            joined = _COMBINATOR.match(text, position)
            if position < len(text) and joined:
                position, complete = joined.end(), False
        if not complete or position < len(text):
            raise ValueError(f'"{shown(value)}" is not a CSS selector')
    return value


def _split_list(value: str) -> list[str]:
    """A selector list at its commas, not at those within brackets or quotes."""
    parts = re.findall(rf"""(?:{_STRING}|\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\]|[^,])+|,""", value)
    if (
        not parts
        or parts[0] == ","
        or parts[-1] == ","
        or len([part for part in parts if part != ","]) * 2 - 1 != len(parts)
    ):
        raise ValueError(f'"{shown(value)}" is not a CSS selector')
    return parts[::2]
