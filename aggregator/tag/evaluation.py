"""How well the tagger does on labelled texts: per tag, per kind, and every error with its evidence.

A labelled text is a mapping as ``aggregator tag`` reads it, with the tags that it should have. These may be told in any
of the usual shapes, under ``tags`` (or ``labels``, ``gold``, ``expected``, ``wanted``) or at the top of the mapping:
``{"theme": ["hälsa"], "kommun": ["Nora"]}``, ``[{"kind": "theme", "name": "hälsa"}]``, ``["theme:hälsa", "Nora"]``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from aggregator.errors import InputError
from aggregator.model import Article, Role, Source, TagKind
from aggregator.tag.labels import KINDS, Names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from aggregator.model import Evidence, Tag

Label = tuple[TagKind, str]
_TAGS = ("tags", "labels", "gold", "expected", "wanted")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with the tags that people gave it."""

    id: str
    article: Article
    source: Source | None
    wanted: frozenset[Label]
    kinds: frozenset[TagKind]
    """The kinds of which it says anything, if only that there is none."""


@dataclass(slots=True)
class Score:
    """Counts of a tag, or of a kind of tag: given rightly, given wrongly, not given."""

    right: int = 0
    wrong: int = 0
    missing: int = 0

    @property
    def precision(self) -> float:
        """Of what was given, the share that was wanted; 1 where nothing was given."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of what was wanted, the share that was given; 1 where nothing was wanted."""
        return self.right / (self.right + self.missing) if self.right + self.missing else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both: 2 · right / (2 · right + wrong + missing)."""
        counted = 2 * self.right + self.wrong + self.missing
        return 2 * self.right / counted if counted else 1.0


class Slip(NamedTuple):
    """A tag that was given and not wanted, or wanted and not given."""

    id: str
    title: str
    kind: TagKind
    name: str
    missing: bool
    evidence: tuple[Evidence, ...]
    """What gave a tag that was not wanted."""
    wanted: tuple[Label, ...]
    """All tags of this kind that the text should have."""
    got: tuple[Label, ...]


@dataclass(slots=True)
class Evaluation:
    """The scores of a labelled set."""

    texts: int = 0
    kinds: tuple[TagKind, ...] = ()
    """The kinds that the set speaks of; others are not scored."""
    tags: dict[Label, Score] = field(default_factory=lambda: defaultdict(Score))
    slips: list[Slip] = field(default_factory=list)

    def micro(self, kind: TagKind) -> Score:
        """All tags of a kind counted together."""
        whole = Score()
        for (of, _), score in self.tags.items():
            if of is kind:
                whole.right += score.right
                whole.wrong += score.wrong
                whole.missing += score.missing
        return whole

    def macro(self, kind: TagKind) -> float:
        """The mean F1 of a kind's tags, each counted alike: those that were wanted or given anywhere."""
        scores = [score.f1 for (of, _), score in self.tags.items() if of is kind]
        return sum(scores) / len(scores) if scores else 1.0


def evaluate(texts: Sequence[Labelled], tagger: Callable[[Article, Source | None], Iterable[Tag]]) -> Evaluation:
    """Tag each text and compare."""
    kinds = tuple(kind for kind in TagKind if any(kind in text.kinds for text in texts))
    found = Evaluation(texts=len(texts), kinds=kinds)
    for text in texts:
        given = {(tag.kind, tag.name): tag for tag in tagger(text.article, text.source) if tag.kind in kinds}
        for label in sorted(text.wanted | given.keys()):
            score = found.tags[label]
            if label in given and label in text.wanted:
                score.right += 1
                continue
            missing = label in text.wanted
            score.missing += missing
            score.wrong += not missing
            evidence = () if missing else given[label].evidence
            wanted, got = (tuple(sorted(one for one in of if one[0] is label[0])) for of in (text.wanted, given))
            found.slips.append(Slip(text.id, text.article.title, *label, missing, evidence, wanted, got))
    return found


def read_labelled(rows: Iterable[Mapping[str, Any]], names: Names, sources: Mapping[str, Source]) -> Iterator[Labelled]:
    """Labelled texts from lines of JSON. Raises InputError with the line's number where one cannot be understood.

    ``sources`` are known by id and by name in lower case; a line may also describe its own: ``{name, role, …}``.
    """
    for number, row in enumerate(rows, 1):
        try:
            kinds, wanted = _labels(row, names)
            yield Labelled(
                id=str(row.get("id") or row.get("guid") or row.get("url") or number),
                article=_article(row, labelled=not any(name in row for name in _TAGS)),
                source=_source(row.get("source"), sources),
                wanted=wanted,
                kinds=kinds,
            )
        except InputError as error:
            raise InputError(f"labelled text {number}: {error}") from None


def _labels(row: Mapping[str, Any], names: Names) -> tuple[frozenset[TagKind], frozenset[Label]]:
    told = next((row[name] for name in _TAGS if row.get(name) is not None), None)
    if told is None:
        told = {name: value for name, value in row.items() if name.casefold() in KINDS}
        if not told:
            raise InputError(f"says no tags; give them under {', '.join(_TAGS[:-1])} or {_TAGS[-1]}")
    if isinstance(told, dict):
        given: list[tuple[TagKind | None, object]] = [
            (_kind(name), one) for name, value in told.items() for one in _list(value)
        ]
        kinds = frozenset(_kind(name) for name in told)
    else:
        given = [_named(one) for one in _list(told)]
        kinds = frozenset(kind for kind, _ in given if kind is not None)
    wanted = frozenset(names.find(kind, _name(one)) for kind, one in given)
    return kinds | {kind for kind, _ in wanted}, wanted


def _named(one: object) -> tuple[TagKind | None, object]:
    if isinstance(one, dict):
        kind = next((one[name] for name in ("kind", "type") if name in one), None)
        return (None if kind is None else _kind(str(kind))), one
    return None, one


def _name(one: object) -> str:
    if isinstance(one, dict):
        one = next((one[name] for name in ("name", "tag", "label", "value") if name in one), None)
    if not isinstance(one, str) or not one.strip():
        raise InputError(f"{one!r} is no tag's name")
    return one


def _list(value: object) -> list[Any]:
    if value is None or value == "":
        return []
    if isinstance(value, str | dict):
        return [value]
    if isinstance(value, list):
        return value
    raise InputError(f"{value!r} is no list of tags")


def _kind(name: str) -> TagKind:
    kind = KINDS.get(name.casefold())
    if kind is None:
        raise InputError(f'"{name}" is no kind of tag; the kinds are {", ".join(kind.value for kind in TagKind)}')
    return kind


def _article(row: Mapping[str, Any], *, labelled: bool) -> Article:
    """The article of a line; ``labelled``: its labels stand at the top, so that "origin" is one of them."""

    def text(*names: str) -> str:
        value = next((row[name] for name in names if row.get(name) is not None), "")
        if not isinstance(value, str):
            raise InputError(f"{names[0]} is no text: {value!r}")
        return value

    url = text("url") or "urn:labelled"
    title, body = text("title", "headline", "rubrik"), text("text", "body", "brödtext")
    if not (title or body):
        raise InputError("has neither title nor text")
    return Article(
        url=url,
        canonical_url=text("canonical_url") or url,
        title=title,
        lead=text("lead", "ingress"),
        text=body,
        category=text("category") or None,
        place=text("place") or None,
        origin=None if labelled else text("origin") or None,
    )


def _source(named: object, sources: Mapping[str, Source]) -> Source | None:
    if isinstance(named, str):
        return sources.get(named) or sources.get(named.casefold())
    if not isinstance(named, dict):
        return None
    try:
        role = Role(str(named.get("role", Role.NEWSPAPER.value)))
    except ValueError:
        raise InputError(
            f'"{named["role"]}" is no role; the roles are {", ".join(role.value for role in Role)}'
        ) from None
    town, origin = named.get("municipality"), named.get("origin")
    return Source(
        id=str(named.get("id", "labelled")),
        name=str(named.get("name", "")),
        url=str(named.get("url", "")),
        role=role,
        municipality=str(town) if town else None,
        origin=str(origin) if origin else None,
    )
