"""``tag --evaluate``: what the tagger does with labelled texts, as tables or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from aggregator.cli.streams import say, say_json, terminal_columns
from aggregator.errors import ArchiveError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aggregator.cli.place import Place
    from aggregator.model import Config, Project
    from aggregator.tag.evaluation import Evaluation, Score, Slip

_EVIDENCE = 6


def score(place: Place, file: str) -> int:
    """Score the rules of the configuration, with the archive's register of projects where there is an archive."""
    from aggregator import tag
    from aggregator.cli.pages import json_lines
    from aggregator.tag import Names
    from aggregator.tag.evaluation import evaluate, read_labelled

    config = place.config()
    register = tuple(_register(place, config))
    rules = tag.compile_rules(config.tags, register)
    sources = {name: source for source in config.sources for name in (source.name.casefold(), source.id)}
    names = Names(config.tags, register)
    texts = list(read_labelled(json_lines(file), names, sources))
    if not texts:
        raise InputError(f"{file}: holds no labelled text")
    found = evaluate(texts, lambda article, source: tag.tag(article, rules, source))
    if place.json:
        say_json(_json(found))
    else:
        for line in _lines(found):
            say(line)
    return 0


def _register(place: Place, config: Config) -> Iterable[Project]:
    """The archive's register, which holds names read from project pages; else the configuration's."""
    if place.archive_override is None and not Path(config.settings.archive).exists():
        return config.projects
    try:
        with place.reader() as archive:
            return archive.projects() or config.projects
    except ArchiveError:
        if place.archive_override is not None:
            raise
        return config.projects


def _json(found: Evaluation) -> dict[str, Any]:
    return {
        "texts": found.texts,
        "kinds": {kind.value: {**_figures(found.micro(kind)), "macro_f1": found.macro(kind)} for kind in found.kinds},
        "tags": [{"kind": kind.value, "name": name, **_figures(of)} for (kind, name), of in sorted(found.tags.items())],
        "errors": [_error(slip) for slip in found.slips],
    }


def _figures(of: Score) -> dict[str, Any]:
    counts = {"right": of.right, "wrong": of.wrong, "missing": of.missing}
    return {"precision": of.precision, "recall": of.recall, "f1": of.f1, **counts}


def _error(slip: Slip) -> dict[str, Any]:
    evidence = [{"rule": e.rule, "words": e.words, "where": e.where, "weight": e.weight} for e in slip.evidence]
    tag = {"kind": slip.kind.value, "name": slip.name}
    verdict = "missing" if slip.missing else "wrong"
    return {"id": slip.id, "title": slip.title, **tag, "error": verdict, "evidence": evidence} | {
        "wanted": [f"{kind.value}:{name}" for kind, name in slip.wanted],
        "got": [f"{kind.value}:{name}" for kind, name in slip.got],
    }


def _lines(found: Evaluation) -> Iterator[str]:
    from aggregator.cli.tables import table

    head = ("Tag", "Precision", "Recall", "F1", "Right", "Wrong", "Missing")
    rows = [(f"{kind.value}:{name}", *_cells(of)) for (kind, name), of in sorted(found.tags.items())]
    for kind in found.kinds:
        rows.append((f"all of {kind.value} (micro)", *_cells(found.micro(kind))))
        rows.append((f"mean of {kind.value} (macro)", "", "", f"{found.macro(kind):.3f}", "", "", ""))
    yield from table(head, rows, right=(1, 2, 3, 4, 5, 6), width=terminal_columns())
    yield ""
    yield f"{found.texts} texts, {len(found.slips)} errors"
    for slip in found.slips:
        words = ", ".join(f"{piece.words} ({piece.where})" for piece in slip.evidence[:_EVIDENCE])
        verdict = "missing" if slip.missing else "wrong  "
        yield f"{verdict}  {slip.kind.value}:{slip.name}  {slip.id}  {slip.title}" + (f"  by {words}" if words else "")


def _cells(of: Score) -> tuple[str, ...]:
    return f"{of.precision:.3f}", f"{of.recall:.3f}", f"{of.f1:.3f}", str(of.right), str(of.wrong), str(of.missing)
