"""``extract`` and ``tag``: the stages on their own, for saved pages and texts from anywhere."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aggregator.cli.commands import command
from aggregator.cli.place import Place
from aggregator.cli.streams import say, say_json, shown_time
from aggregator.errors import ConfigError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aggregator.extract import Trace
    from aggregator.model import Article, Config, Rejection, Source, Tag

STANDARD = "-"


@command("extract", short_help="One saved page to an article as JSON.")
def extract(  # noqa: PLR0913, PLR0917 - a command's options are its parameters
    place: Place,
    file: Annotated[str, typer.Argument(metavar="FILE", help='A saved page; "-" is standard input.')],
    url: Annotated[str, typer.Option("--url", metavar="URL", help="Where the page was read.")],
    content_type: Annotated[
        str | None, typer.Option("--content-type", metavar="TYPE", help="The Content-Type it came with.")
    ] = None,
    like: Annotated[
        list[str] | None,
        typer.Option(
            "--like", metavar="FILE", help="Another saved page of the site, to learn its template; repeatable."
        ),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show what was taken, what was cut and why, and who said what.")
    ] = False,
) -> int:
    """Read one saved page and print the article as JSON, or why it is none.

    The hints of a configured source on the same site are used. A page that is no article gives {"kind": "rejection"}
    and exit code 0. With --explain, lines for people are printed instead, or with --json a list of steps.
    """
    from aggregator.extract import RawPage, Trace, learn, read_page
    from aggregator.model import Article
    from aggregator.urls import resolve

    address = resolve(url, url)
    if address is None:
        raise ConfigError([f'--url: "{url}" must be an address that begins with http:// or https://'])
    source = _source_of(place.config_if_there(), address)
    trace = Trace() if explain else None
    page = RawPage(read_bytes(file), content_type, address)
    template = learn([page, *(RawPage(read_bytes(other), None, address) for other in like or ())])
    found = read_page(page, source=source, now=place.now(), template=template, trace=trace)
    if trace is not None:
        _explain(trace, found, as_json=place.json)
    elif isinstance(found, Article):
        say_json(article_json(found))
    else:
        say_json({"kind": "rejection", "reason": found.reason.value, "detail": found.detail, "url": found.url})
    return 0


def _explain(trace: Trace, found: Article | Rejection, *, as_json: bool) -> None:
    from dataclasses import asdict

    from aggregator.extract import Step
    from aggregator.model import Rejection

    steps = list(trace.steps())
    if isinstance(found, Rejection):
        steps.insert(0, Step(what="rejected", path="", reason=found.reason.value, text=found.detail))
    if as_json:
        say_json([asdict(step) for step in steps])
        return
    for step in steps:
        about = " · ".join(part for part in (step.path, step.reason) if part)
        say(f"{step.what:8}  {about}\n          {step.text}" if about else f"{step.what:8}  {step.text}")


@command("tag", short_help="Tags for texts, JSON Lines to JSON Lines.")
def tag(
    place: Place,
    file: Annotated[str, typer.Argument(metavar="[FILE]", help='JSON Lines; "-" is standard input.')] = STANDARD,
    evaluate: Annotated[
        str | None,
        typer.Option("--evaluate", metavar="FILE", help="Labelled texts (JSON Lines): how well does the tagger do?"),
    ] = None,
) -> int:
    """Tag JSON Lines {id, url, title, text, source}; print {id, tags: [{kind, name, score, evidence}]} for each.

    With --evaluate, score the tagger against labelled texts instead, and list every error.
    """
    from aggregator import tag as tagging

    if evaluate is not None:
        from aggregator.cli.scoring import score

        if file != STANDARD:
            raise ConfigError(["--evaluate takes the one file of labelled texts; leave out the other"])
        return score(place, evaluate)
    config = place.config()
    rules = tagging.compile_rules(config.tags, config.projects)
    sources = {name: source for source in config.sources for name in (source.name.casefold(), source.id)}
    for row in json_lines(file):
        named = row.get("source")
        source = sources.get(named, sources.get(named.casefold())) if isinstance(named, str) else None
        tags = tagging.tag(article_of(row), rules, source)
        say_json({"id": row.get("id"), "tags": [tag_json(given) for given in tags]}, indent=None)
    return 0


def article_json(article: Article) -> dict[str, Any]:
    """An article as ``extract`` prints it: promised names first."""
    return {
        "title": article.title,
        "lead": article.lead,
        "text": article.text,
        "html": article.html,
        "authors": list(article.authors),
        "published_at": shown_time(article.published_at),
        "updated_at": shown_time(article.page_updated_at),
        "image_url": article.image_url,
        "canonical_url": article.canonical_url,
        "language": article.language,
        "origin": article.origin,
        "kind": article.kind,
        "category": article.category,
        "place": article.place,
        "date_precision": article.date_precision,
        "url": article.url,
    }


def tag_json(given: Tag) -> dict[str, Any]:
    """A tag with its evidence."""
    evidence = [
        {"rule": one.rule, "words": one.words, "where": one.where, "weight": round(one.weight, 4)}
        for one in given.evidence
    ]
    return {"kind": given.kind.value, "name": given.name, "score": round(given.score, 4), "evidence": evidence}


def article_of(row: dict[str, Any]) -> Article:
    """The article that a line describes; what is missing is empty, what is no text is left out."""
    from aggregator.model import Article

    def text(*names: str) -> str:
        return next((row[name] for name in names if isinstance(row.get(name), str)), "")

    return Article(
        url=text("url"),
        canonical_url=text("canonical_url", "url"),
        title=text("title"),
        lead=text("lead"),
        text=text("text"),
        language=text("language") or None,
        origin=text("origin") or None,
        category=text("category") or None,
    )


def read_bytes(file: str) -> bytes:
    """The bytes of a file, or of standard input for "-". Raises InputError."""
    if file == STANDARD:
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except FileNotFoundError:
        raise InputError(f"{file}: there is no such file") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: cannot be read: {getattr(error, 'strerror', None) or error}") from None


def json_lines(file: str) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file; empty lines are passed over. Raises InputError with the line's number."""
    return (row for _, row in numbered_lines(file))


def numbered_lines(file: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The same with each line's number, counted from 1."""
    for number, line in enumerate(read_bytes(file).splitlines(), 1):
        try:
            text = line.decode("utf-8-sig").strip()
            if not text:
                continue
            row = json.loads(text)
        except UnicodeDecodeError:
            raise InputError(f"{file}, line {number}: is not UTF-8") from None
        except (ValueError, RecursionError) as error:
            raise InputError(f"{file}, line {number}: is not JSON ({error})") from None
        if not isinstance(row, dict):
            raise InputError(f"{file}, line {number}: is not a JSON object")
        yield number, row


def _source_of(config: Config, url: str) -> Source | None:
    """The configured source on the same site; the one with the longest path that the address begins with."""
    from aggregator import urls

    same = [source for source in config.sources if urls.same_site(source.url, url)]
    return max(same, key=lambda source: _common_length(source.url, url), default=None)


def _common_length(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one.split("/")[3:], other.split("/")[3:], strict=False):
        if a != b:
            break
        length += 1
    return length
