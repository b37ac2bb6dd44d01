"""Raw TOML → tables, or the problems in it, each as one line: table, key, what is wrong, the nearest right spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from aggregator.config.tables import TABLES, Table, Tables, keys
from aggregator.config.values import nearest, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic_core import ErrorDetails

_SINGLE = ("aggregator", "web")
_LISTS = ("source", "tag", "project", "feed")

_SENTENCES = {
    "string_type": "must be text in quotes, not {given}",
    "int_type": "must be a whole number, not {given}",
    "int_from_float": "must be a whole number, not {given}",
    "float_type": "must be a number, not {given}",
    "bool_type": "must be true or false, not {given}",
    "list_type": "must be a list, not {given}",
    "dict_type": "must be a table, not {given}",
    "model_type": "must be a table, not {given}",
    "greater_than_equal": "must be at least {ge}, not {given}",
    "greater_than": "must be more than {gt}, not {given}",
    "less_than_equal": "must be at most {le}, not {given}",
    "finite_number": "must be a finite number",
}
"""pydantic's error types in plain words; those not named here say what pydantic says."""

_AnyTable = TypeVar("_AnyTable", bound=Table)


def read_tables(raw: Mapping[str, Any]) -> tuple[Tables, list[str]]:
    """The tables, and a line for each problem; with problems, the tables hold what was right."""
    problems = [_unknown_table(name) for name in raw if name not in (*_SINGLE, *_LISTS)]
    tables = Tables()
    for name in _SINGLE:
        settings = raw.get(name, {})
        if isinstance(settings, dict):
            setattr(tables, name, _one(name, f"[{name}]", settings, problems) or getattr(tables, name))
        else:
            problems.append(f"[{name}]: must be one table, written [{name}]")
    for name in _LISTS:
        setattr(tables, name, list(_several(name, raw.get(name, []), problems)))
    return tables, problems


def label(name: str, number: int, entry: Mapping[str, Any] | Table) -> str:
    """How an error line names a table of several: '[[source]] #3 "orebronyheter"'."""
    fields = entry if not isinstance(entry, Table) else dict(entry)
    title = fields.get("id") or fields.get("name")
    return f"[[{name}]] #{number}" + (f' "{shown(title)}"' if isinstance(title, str) else "")


def _several(name: str, entries: Any, problems: list[str]) -> Iterator[Table]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        problems.append(f"[[{name}]]: must be written with two brackets, [[{name}]], once for each {name}")
        return
    for number, entry in enumerate(entries, 1):
        table = _one(name, label(name, number, entry), entry, problems)
        if table is not None:
            yield table


def _one(name: str, title: str, entry: Mapping[str, Any], problems: list[str]) -> Any:
    """The table, or None and its problems added to ``problems``."""
    try:
        return TABLES[name].model_validate(entry)
    except ValidationError as error:
        problems.extend(dict.fromkeys(_line(name, title, detail) for detail in error.errors(include_url=False)))
        return None


def _line(name: str, title: str, detail: ErrorDetails) -> str:
    place, title = _place(name, title, detail["loc"])
    where = ".".join(str(part) for part in place)
    if detail["type"] == "extra_forbidden":
        return f"{title}: {_unknown_key(name, detail['loc'])}"
    if detail["type"] == "missing":
        return f"{title}: {where}: is missing"
    return f"{title}: {where}: {_sentence(detail)}"


def _place(name: str, title: str, loc: Sequence[int | str]) -> tuple[list[str], str]:
    """The key in words ("links (2nd value)"), and the title with the table that it stands in."""
    place: list[str] = []
    for part in loc:
        if isinstance(part, int) and place:
            place[-1] += f" (value {part + 1})"
        elif not isinstance(part, int):
            place.append(shown(part))
    if len(place) > 1 and f"{name}.{loc[0]}" in TABLES:
        return place[1:], f"{title} [{name}.{place[0]}]"
    return place, title


def _sentence(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    if detail["type"] == "value_error":
        return str(context.get("error", detail["msg"]))
    sentence = _SENTENCES.get(detail["type"], detail["msg"].replace("{", "{{").replace("}", "}}"))
    limits = {name: f"{limit:g}" if isinstance(limit, float) else limit for name, limit in context.items()}
    return sentence.format(given=_given(detail["input"]), **limits)


def _given(value: object) -> str:
    """A wrong value as TOML writes it."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{shown(value)}"'
        case dict():
            return "a table"
        case list():
            return "a list"
        case int():
            return shown(value) if abs(value) < 10**30 else "a very large number"
        case _:
            return shown(value)


def _unknown_key(name: str, loc: Sequence[int | str]) -> str:
    """An unknown key, with the nearest right one here, or the table of which it is a key."""
    table = f"{name}.{loc[0]}" if len(loc) > 1 else name
    key = str(loc[-1])
    sentence = f'unknown key "{shown(key)}"'
    suggestion = nearest(key, keys(table)) if table in TABLES else ""
    if not suggestion or key in keys("source.hints"):
        homes = [home for home in TABLES if home != table and key in keys(home)]
        suggestion = f"; it is a key of [{homes[0]}]" if homes else suggestion
    return sentence + suggestion


def _unknown_table(name: str) -> str:
    homes = [home for home in ("aggregator", "web", "source", "feed") if name in keys(home)]
    if homes:
        return f'unknown key "{shown(name)}" outside any table; it is a key of [{homes[0]}]'
    return f"[{shown(name)}]: unknown table{nearest(name, (*_SINGLE, *_LISTS))}"
