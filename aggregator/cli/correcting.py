"""``correct``: staff's word on the tags of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from aggregator.cli.commands import command
from aggregator.cli.place import LOCAL, Place
from aggregator.cli.streams import say, say_json, shown_time, terminal_columns
from aggregator.errors import ConfigError, InputError

if TYPE_CHECKING:
    from aggregator.archive import Archive
    from aggregator.model import Correction, KeptArticle

Tags = list[str] | None


@command("correct", short_help="Correct an article's tags, for good.")
def correct(  # noqa: PLR0913, PLR0917 - a command's options are its parameters
    place: Place,
    article: Annotated[
        str | None, typer.Argument(metavar="[ARTICLE]", help="Its number, guid or address, as search shows them.")
    ] = None,
    add: Annotated[Tags, typer.Option("--add", metavar="TAG", help="theme:hälsa, kommun:Nora, …; repeatable.")] = None,
    remove: Annotated[Tags, typer.Option("--remove", metavar="TAG", help="A tag that is wrong; repeatable.")] = None,
    withdraw: Annotated[
        Tags, typer.Option("--withdraw", metavar="TAG", help="A tag that the rules shall decide again; repeatable.")
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who corrects. Needed with a correction.")] = "",
    show: Annotated[
        bool, typer.Option("--list", help="The corrections made so far, of ARTICLE or of all; writes nothing.")
    ] = False,
    labelled: Annotated[
        bool, typer.Option("--export", help="The corrected articles as labelled texts, for tag --evaluate.")
    ] = False,
) -> int:
    """Add tags to an article, or take them away. Staff's word is kept for ever and wins over every rule."""
    said = {"add": add or [], "remove": remove or [], "withdraw": withdraw or []}
    if (show or labelled) and any(said.values()):
        raise ConfigError(["--list and --export only read; leave out --add, --remove and --withdraw"])
    if labelled:
        return _export(place, article)
    if show or not any(said.values()):
        if article is None and not show:
            raise ConfigError(["name an article and what to correct, or --list; aggregator correct --help tells how"])
        return _list(place, article)
    if article is None:
        raise ConfigError(["which article? Name it by its number, guid or address"])
    if not by.strip():
        raise ConfigError(["--by: a correction needs the name of whoever makes it"])
    return _write(place, article, said, by)


def _write(place: Place, article: str, said: dict[str, list[str]], by: str) -> int:
    """No run's lock is asked for: a correction is one short transaction, and may come in the midst of a crawl."""
    from aggregator.cli.running import open_archive
    from aggregator.tag import read_label

    config = place.config()
    with place.reader() as archive:
        register = archive.projects() or config.projects
    labels = {verdict: [read_label(text, config.tags, register) for text in given] for verdict, given in said.items()}
    with open_archive(config) as archive:
        tags = archive.correct(
            _named(article),
            add=labels["add"],
            remove=labels["remove"],
            withdraw=labels["withdraw"],
            by=by,
            at=place.now(),
        )
    if place.json:
        from aggregator.cli.pages import tag_json

        say_json({"article": article, "tags": [tag_json(tag) for tag in tags]})
    else:
        say("tags now: " + (", ".join(f"{tag.kind.value}:{tag.name}" for tag in tags) or "none"))
    return 0


def _list(place: Place, article: str | None) -> int:
    from aggregator.cli.tables import table

    with place.reader() as archive:
        made = _corrections(archive, article)
        named = {kept.id: kept for kept in archive.articles({one.article_id for one in made})}
    if place.json:
        rows = [_row(one, named[one.article_id]) for one in made]
        say_json(rows)
        return 0
    if not made:
        say("no corrections")
        return 0
    lines = [
        (
            f"{one.at.astimezone(LOCAL):%Y-%m-%d %H:%M}",
            one.by,
            one.verdict,
            f"{one.kind.value}:{one.name}",
            str(one.article_id),
            named[one.article_id].article.title,
        )
        for one in made
    ]
    for line in table(
        ("When", "By", "Verdict", "Tag", "Article", "Title"), lines, right=(4,), width=terminal_columns()
    ):
        say(line)
    return 0


def _row(one: Correction, kept: KeptArticle) -> dict[str, Any]:
    return {
        "article": one.article_id,
        "guid": kept.guid,
        "url": kept.article.url,
        "title": kept.article.title,
        "kind": one.kind.value,
        "name": one.name,
        "verdict": one.verdict,
        "by": one.by,
        "at": shown_time(one.at),
    }


def _export(place: Place, article: str | None) -> int:
    """Each corrected article with the tags that it has now: what staff left standing counts as right."""
    from aggregator.model import TagKind

    with place.reader() as archive:
        corrected = dict.fromkeys(one.article_id for one in _corrections(archive, article))
        for kept in archive.articles(corrected):
            tags = {kind.value: sorted(tag.name for tag in kept.tags if tag.kind is kind) for kind in TagKind}
            of = kept.article
            words = {"title": of.title, "lead": of.lead, "text": of.text, "category": of.category, "origin": of.origin}
            row = {"id": kept.guid, "url": of.url, "source": kept.source_id, **words, "place": of.place, "tags": tags}
            say_json(row, indent=None)
    return 0


def _corrections(archive: Archive, article: str | None) -> tuple[Correction, ...]:
    if article is None:
        return archive.corrections()
    if archive.article_id(_named(article)) is None:
        raise InputError(f"the archive has no article {article}")
    return archive.corrections(_named(article))


def _named(article: str) -> int | str:
    return int(article) if article.isascii() and article.isdigit() and len(article) < 19 else article
