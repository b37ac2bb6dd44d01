"""The shipped rules, and short ways to ask what a text is tagged with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from aggregator import config
from aggregator.model import Article, Source, Tag, TagKind
from aggregator.tag import Rules, compile_rules, tag
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable


class Names(Protocol):
    """Asks the shipped rules for the names of one kind of tag that a text gets."""

    def __call__(self, kind: TagKind, text: str, title: str = ..., source: Source | None = ...) -> set[str]: ...


@pytest.fixture(scope="session")
def rules() -> Rules:
    """The rules and the register of projects of ``sources.toml``."""
    shipped = config.load(ROOT / "sources.toml")
    return compile_rules(shipped.tags, shipped.projects)


def article(text: str, title: str = "Nytt från länet", **more: str) -> Article:
    """An article of these words, with whatever else is given."""
    return Article(url="https://x.example/a", canonical_url="https://x.example/a", title=title, text=text, **more)


@pytest.fixture
def tagged(rules: Rules) -> Callable[..., tuple[Tag, ...]]:
    """The tags that the shipped rules give an article."""
    return lambda piece, source=None: tag(piece, rules, source)


@pytest.fixture
def names(rules: Rules) -> Names:
    """The names of one kind that a text gets."""

    def ask(kind: TagKind, text: str, title: str = "Nytt från länet", source: Source | None = None) -> set[str]:
        return {found.name for found in tag(article(text, title), rules, source) if found.kind is kind}

    return ask
