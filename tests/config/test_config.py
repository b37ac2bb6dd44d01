"""config: what sources.toml may say, and what is said of it when it is wrong."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import time, timedelta
from pathlib import Path

import pytest
import turbohtml
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from aggregator import config
from aggregator.config import values
from aggregator.errors import ConfigError
from aggregator.model import (
    Bounds,
    Config,
    Feed,
    Hints,
    Project,
    ProjectStatus,
    Publish,
    Role,
    Settings,
    Source,
    SourceKind,
    TagKind,
    TagRule,
)

SOURCE = '[[source]]\nid = "tidningen"\nname = "Tidningen"\nurl = "https://tidningen.example/"\n'


def problems(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        config.parse(text, "sources.toml")
    assert caught.value.exit_code == 2
    assert all("\n" not in problem for problem in caught.value.problems)
    return caught.value.problems


def test_an_empty_file_is_the_defaults() -> None:
    assert config.parse("", "sources.toml") == Config()


def test_a_source_needs_an_id_a_name_and_an_address_and_has_defaults_for_the_rest() -> None:
    [source] = config.parse(SOURCE, "sources.toml").sources
    assert (source.kind, source.role, source.publish) == (SourceKind.AUTO, Role.NEWSPAPER, Publish.SUMMARY)
    assert source.schedule == "1h"
    assert source.bounds == Bounds()
    assert problems("[[source]]\n") == [
        f"sources.toml: [[source]] #1: {key}: is missing" for key in ("id", "name", "url")
    ]


def test_every_key_reaches_the_model() -> None:
    text = """
        [aggregator]
        archive = "nyheter.db"
        feeds = "ut"
        base_url = "https://nyheter.example/feeds"
        title = "Nyheter"
        language = "sv-SE"
        timezone = "Europe/Helsinki"
        user_agent_contact = "webb@nyheter.example"
        workers = 3
        allow_private = ["127.0.0.1:8080", "[::1]:81", "Intranet.Example:443"]
        keep_listings_days = 1
        keep_runs_days = 2.5
        feed_limit = 20
        min_delay_seconds = 0.5
        jitter = 0
        max_retries = 0
        page_deadline_seconds = 5
        source_deadline_seconds = 60
        max_page_bytes = 1000
        max_new_pages = 7
        revisit_hours = 24
        min_interval_seconds = 0
        max_interval_hours = 12

        [[source]]
        id = "tidningen"
        name = "Tidningen"
        url = "https://tidningen.example/"
        kind = "wordpress"
        role = "authority"
        publish = "full"
        enabled = false
        schedule = "*/15 6-22 * * *"
        quiet_hours = "23:00-05:00"
        origin = "Region Örebro län"
        language = "en"
        branches = ["sv", "en"]
        drop_query = "E-*"
        include = ["/nyheter/*"]
        exclude = ["/tag/*"]
        municipality = "Nora"
        max_new_pages = 9
        revisit_hours = 1.5
        [source.hints]
        links = "ul.category3 > li > div.category3-text > a"
        title = ["h1.headline", "h1"]
        body = "#content-area"
        date = "span.date.updated"
        drop = [".post-image", "aside, .x"]
        end_at = ["Latest News", "#author-info"]

        [[tag]]
        kind = "theme"
        name = "hälsa"
        words = {"vård" = 2, "nära vård" = 1.5}
        likely = ["klinik"]
        weak = ["region"]
        phrases = {"psykisk hälsa" = 1, "hälsar på" = -2}
        requires = ["region"]
        excludes = ["ishockey"]
        not_in = ["hälsas välkommen"]
        places = []
        threshold = 2
        yields_to = {sport = 0.5}
        quotes = 0.25
        first_name = true

        [[tag]]
        kind = "municipality"
        name = "Karlskoga"
        words = ["Karlskoga", "Bofors"]
        places = ["Valåsen"]

        [[project]]
        name = "CROSS"
        aliases = ["CROSS-samverkan"]
        status = "finished"
        description = "Samverkan"
        contacts = [{name = "N.N.", title = "ledare", email = "nn@region.example", phone = "019"}]
        links = ["https://region.example/cross"]
        period = "2020-09 – 2022-09"
        near = ["samverkan"]
        never_near = ["motocross"]
        not_in = ["crossfit"]
        page_url = "https://region.example/projekt"

        [[feed]]
        id = "karlskogas-halsa"
        title = "Hälsa i Karlskoga"
        description = "Bara det"
        tags = ["Hälsa", "kommun:karlskoga", "projekt:cross-samverkan", "källa:Region Örebro län"]
        sources = ["tidningen"]
        query = "primärvård"
        limit = 10
        group = "Våra"
    """
    found = config.parse(text, "sources.toml")
    assert found.settings == Settings(
        archive="nyheter.db",
        feeds="ut",
        base_url="https://nyheter.example/feeds/",
        title="Nyheter",
        language="sv-SE",
        timezone="Europe/Helsinki",
        user_agent_contact="webb@nyheter.example",
        workers=3,
        allow_private=frozenset({("127.0.0.1", 8080), ("::1", 81), ("intranet.example", 443)}),
        keep_listings=timedelta(days=1),
        keep_runs=timedelta(days=2.5),
        feed_limit=20,
        bounds=Bounds(
            min_delay=timedelta(seconds=0.5),
            jitter=0,
            max_retries=0,
            page_deadline=timedelta(seconds=5),
            source_deadline=timedelta(minutes=1),
            max_page_bytes=1000,
            max_new_pages=7,
            revisit=timedelta(days=1),
            min_interval=timedelta(0),
            max_interval=timedelta(hours=12),
        ),
    )
    [source] = found.sources
    assert source.quiet_hours == (time(23), time(5))
    assert (source.kind, source.role, source.publish, source.enabled) == ("wordpress", "authority", "full", False)
    assert (source.schedule, source.origin, source.language) == ("*/15 6-22 * * *", "Region Örebro län", "en")
    assert (source.branches, source.drop_query, source.municipality) == (("sv", "en"), ("E-*",), "Nora")
    assert (source.include, source.exclude) == (("/nyheter/*",), ("/tag/*",))
    assert source.hints == Hints(
        links=("ul.category3 > li > div.category3-text > a",),
        title=("h1.headline", "h1"),
        body=("#content-area",),
        date=("span.date.updated",),
        drop=(".post-image", "aside, .x"),
        end_at=("Latest News", "#author-info"),
    )
    assert (source.bounds.max_new_pages, source.bounds.revisit) == (9, timedelta(minutes=90))
    assert source.bounds.page_deadline == timedelta(seconds=5)
    theme, kommun = found.tags
    assert dict(theme.words) == {
        "vård": 2,
        "nära vård": 1.5,
        "klinik": 0.6,
        "region": 0.3,
        "psykisk hälsa": 1,
        "hälsar på": -2,
    }
    assert (theme.requires, theme.excludes, theme.not_in) == (("region",), ("ishockey",), ("hälsas välkommen",))
    assert (theme.threshold, dict(theme.yields_to), theme.quotes, theme.first_name) == (2, {"sport": 0.5}, 0.25, True)
    assert (kommun.kind, dict(kommun.words)) == (TagKind.KOMMUN, {"Karlskoga": 1, "Bofors": 1})
    assert kommun.places == ("Valåsen",)
    [project] = found.projects
    assert (project.status, project.period) == (ProjectStatus.FINISHED, "2020-09 – 2022-09")
    assert (project.near, project.never_near, project.not_in) == (("samverkan",), ("motocross",), ("crossfit",))
    assert project.contacts[0].email == "nn@region.example"
    [feed] = found.feeds
    assert feed.filter.tags == (
        (TagKind.THEME, "hälsa"),
        (TagKind.KOMMUN, "Karlskoga"),
        (TagKind.PROJEKT, "CROSS"),
        (TagKind.ORIGIN, "Region Örebro län"),
    )
    assert (feed.filter.sources, feed.filter.query, feed.limit, feed.group) == (
        ("tidningen",),
        "primärvård",
        10,
        "Våra",
    )


def test_every_setting_of_the_model_can_be_written() -> None:
    def written(names: list[str], table: str) -> set[str]:
        known = {
            key if key == "quiet_hours" else re.sub("_(seconds|hours|days)$", "", key) for key in config.keys(table)
        }
        return set(names) - known

    bounds = [field.name for field in fields(Bounds)]
    assert written([*(f.name for f in fields(Settings)), *bounds], "aggregator") == {"bounds"}
    assert written(bounds, "source") == set()
    assert written([f.name for f in fields(Hints)], "source.hints") == set()
    assert written([f.name for f in fields(Source)], "source") == {"bounds"}
    assert written([f.name for f in fields(TagRule)], "tag") == set()
    assert written([f.name for f in fields(Project)], "project") == {"page_updated_at", "gone_at"}
    assert written([f.name for f in fields(Feed)], "feed") == {"filter"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (SOURCE + "shcedule = '1h'", '[[source]] #1 "tidningen": unknown key "shcedule"; did you mean "schedule"?'),
        (
            SOURCE + "min_delay = 3",
            '[[source]] #1 "tidningen": unknown key "min_delay"; did you mean "min_delay_seconds"?',
        ),
        (SOURCE + "body = '#x'", '[[source]] #1 "tidningen": unknown key "body"; it is a key of [source.hints]'),
        (
            SOURCE + "[source.hints]\nbdy = '#x'",
            '[[source]] #1 "tidningen" [source.hints]: unknown key "bdy"; did you mean "body"?',
        ),
        (
            SOURCE + "[source.hints]\nbody = ['p', 'div >']",
            '[[source]] #1 "tidningen" [source.hints]: body (value 2): "div >" is not a CSS selector',
        ),
        (
            SOURCE + "kind = 'wordpres'",
            (
                '[[source]] #1 "tidningen": kind: "wordpres" is not one of auto, page, feed, sitemap, wordpress, '
                'police, projects; did you mean "wordpress"?'
            ),
        ),
        (SOURCE + "enabled = 'no'", '[[source]] #1 "tidningen": enabled: must be true or false, not "no"'),
        (SOURCE + "max_retries = 1.5", '[[source]] #1 "tidningen": max_retries: must be a whole number, not 1.5'),
        (SOURCE + "max_retries = true", '[[source]] #1 "tidningen": max_retries: must be a whole number, not true'),
        (
            SOURCE + "min_delay_seconds = -1",
            '[[source]] #1 "tidningen": min_delay_seconds: must be at least 0, not -1',
        ),
        (SOURCE + "min_delay_seconds = nan", '[[source]] #1 "tidningen": min_delay_seconds: must be a finite number'),
        (
            SOURCE + "schedule = 'hourly'",
            (
                '[[source]] #1 "tidningen": schedule: "hourly" is neither an interval ("15m", "1h", "1d") nor a cron '
                "expression of five fields"
            ),
        ),
        (
            SOURCE + "quiet_hours = '23-5'",
            '[[source]] #1 "tidningen": quiet_hours: "23-5" is not written as "23:00-05:00"',
        ),
        (SOURCE + "branches = [1]", '[[source]] #1 "tidningen": branches (value 1): must be text in quotes, not 1'),
        (SOURCE + SOURCE, '[[source]] #2 "tidningen": is given twice; the first is #1'),
        ("[agregator]\n", '[agregator]: unknown table; did you mean "aggregator"?'),
        ("[source]\nid = 'x'", "[[source]]: must be written with two brackets, [[source]], once for each source"),
        ("aggregator = 3", "[aggregator]: must be one table, written [aggregator]"),
        ("archive = 'x.db'", 'unknown key "archive" outside any table; it is a key of [aggregator]'),
        (
            "[aggregator]\nbase_url = 'ftp://x/'",
            '[aggregator]: base_url: "ftp://x/" must be an address that begins with http:// or https://',
        ),
        (
            "[aggregator]\nlanguage = 'sv_SE'",
            '[aggregator]: language: "sv_SE" is not a language tag such as "sv" or "sv-SE"',
        ),
        (
            "[aggregator]\ntimezone = 'Europe/Stokholm'",
            '[aggregator]: timezone: "Europe/Stokholm" is no time zone; did you mean "Europe/Stockholm"?',
        ),
        (
            "[aggregator]\nallow_private = ['::1']",
            '[aggregator]: allow_private (value 1): "::1" is not written as "host:port", such as "127.0.0.1:8080"',
        ),
        ("[aggregator]\nworkers = 0", "[aggregator]: workers: must be at least 1, not 0"),
        (
            "[aggregator]\nuser_agent_contact = \"a\\r\\nX: y\"",
            '[aggregator]: user_agent_contact: "a��X: y" must be plain ASCII: it is sent in the User-Agent header',
        ),
        ("[[tag]]\nname = 'a'\nwords = {a = 'b'}", '[[tag]] #1 "a": words: "a" must have a number as weight, not b'),
        (
            "[[tag]]\nname = 'a'\nwords = 3",
            '[[tag]] #1 "a": words: must be a list of words or a table of word = weight',
        ),
        (
            "[[feed]]\nid='x'\ntitle='X'\ntags=['hälsa']",
            '[[feed]] #1 "x": tags: no [[tag]] of kind theme is called "hälsa"',
        ),
        (
            "[[tag]]\nname='hälsa'\n[[feed]]\nid='x'\ntitle='X'\ntags=['hälse']",
            '[[feed]] #1 "x": tags: no [[tag]] of kind theme is called "hälse"; did you mean "hälsa"?',
        ),
        (
            "[[feed]]\nid='x'\ntitle='X'\ntags=['komun:Nora']",
            '[[feed]] #1 "x": tags: "komun:Nora" has an unknown kind; did you mean "kommun"?',
        ),
        (
            SOURCE + "[[feed]]\nid='x'\ntitle='X'\nsources=['tidningar']",
            '[[feed]] #1 "x": sources: no [[source]] has the id "tidningar"; did you mean "tidningen"?',
        ),
        (
            "[[tag]]\nname = 'a'\nwords = {vård = 1}",
            (
                "is not TOML: Expected '=' after a key in a key/value pair (at line 3, column 11); "
                'a word with å, ä, ö or a space before "=" needs quotes'
            ),
        ),
        ("[aggregator\n", "is not TOML: Expected ']' at the end of a table declaration (at line 1, column 12)"),
        ("x = " + "[" * 100_000, "values are nested too deeply"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_line_with_table_key_and_the_nearest_right_spelling(text: str, problem: str) -> None:
    assert problems(text) == [f"sources.toml: {problem}"]


def test_all_problems_are_told_at_once() -> None:
    text = SOURCE + "[[source]]\nid = 'åäö'\nname = ''\nurl = 'orebro.se'\n[aggregator]\nworkers = 'many'\n"
    found = problems(text)
    assert [line.split(": ")[1:3] for line in found] == [
        ["[aggregator]", "workers"],
        ['[[source]] #2 "åäö"', "id"],
        ['[[source]] #2 "åäö"', "name"],
        ['[[source]] #2 "åäö"', "url"],
    ]


@pytest.mark.parametrize(
    "url",
    ["", "orebro.se", "//orebro.se/", "ftp://orebro.se/", "https://", "https://[::1/", "https://a:b/", "https://u:p@a.example/",
     "https://a.example/x y", " https://a.example/", "https://a.example:99999/", "javascript:alert(1)", "https://a.example/\n"],
)  # fmt: skip
def test_an_address_that_cannot_be_fetched_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"must|address"):
        values.web_address(url)


def test_an_exercise_site_with_false_alarms_is_never_a_source() -> None:
    [problem] = problems(SOURCE.replace("tidningen.example", "Demo.Krisinformation.se"))
    assert "exercise site" in problem


@pytest.mark.parametrize("identifier", ["../x", "a/b", "", "-a", ".a", "a..b", "å", "a b", "x" * 65, "a\n"])
def test_an_id_that_could_leave_its_folder_is_refused(identifier: str) -> None:
    with pytest.raises(ValueError, match="must be"):
        values.identifier(identifier)


@pytest.mark.parametrize(
    "selector",
    ["a", "*", "#main > .x", "a[href]", "a[href^='/nyheter/']", 'a[href="x,y"]', "li:not(.a, .b) + p", "ul  li", "a, b",
     "a[rel=next i]", "p:nth-child(2n+1)", "h1.headline.entry-title", "a:is(:not(.x))", ".å", "main article~p", "#1a"],
)  # fmt: skip
def test_a_selector_that_the_parsers_take_is_taken(selector: str) -> None:
    LexborHTMLParser("<p>").css(selector)
    turbohtml.parse("<p>").select(selector)
    assert values.selector(selector) == selector


@pytest.mark.parametrize(
    "selector", ["", " ", "a[", "div >", "> a", "..x", "a,,b", "a,", ",a", "a[]", "a(", "p:", "a >> b", "{}", "1"]
)
def test_a_selector_that_the_parser_refuses_is_refused(selector: str) -> None:
    with pytest.raises(SelectolaxError):
        LexborHTMLParser("<p>").css(selector)
    with pytest.raises(ValueError, match="selector"):
        values.selector(selector)


KEYS = sorted({key for table in config.TABLES for key in config.keys(table)})
TOML_VALUES = st.recursive(
    st.one_of(
        st.booleans().map(lambda value: str(value).lower()),
        st.integers().map(str),
        st.sampled_from(["nan", "inf", "-inf", "1e308", "1979-05-27", "07:32:00", '""', '"1h"', '"hälsa"', '"a:1"']),
        st.text(st.characters(exclude_categories=["C"], exclude_characters='"\\'), max_size=12).map('"{}"'.format),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(st.sampled_from("abc"), inner, max_size=2).map(
            lambda items: "{" + ", ".join(f"{key} = {value}" for key, value in items.items()) + "}"
        ),
    ),
    max_leaves=4,
)
HEADS = st.sampled_from(
    ["[aggregator]", "[[source]]", "[source.hints]", "[[tag]]", "[[project]]", "[[feed]]", "[x]", SOURCE]
)
LINES = st.one_of(HEADS, st.tuples(st.sampled_from([*KEYS, "x"]), TOML_VALUES).map(" = ".join))


@given(st.one_of(st.text(), st.lists(LINES, max_size=8).map("\n".join)))
@example("a = " + "9" * 5000)
@example("\ufeff[aggregator]\r\n")
def test_any_text_is_a_configuration_or_a_list_of_one_line_problems(text: str) -> None:
    try:
        found = config.parse(text, "sources.toml")
    except ConfigError as error:
        assert error.problems  # noqa: PT017 - a configuration is as right an end as an error
        assert [problem for problem in error.problems if set("\r\n") & set(problem)] == []  # noqa: PT017
    else:
        assert isinstance(found, Config)


def test_paths_in_the_file_are_relative_to_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "etc" / "sources.toml"
    path.parent.mkdir()
    path.write_text('[aggregator]\narchive = "a.db"\nfeeds = "/srv/feeds"\n', "utf-8-sig")
    settings = config.load(path).settings
    assert settings.archive == str(path.parent / "a.db")
    assert settings.feeds == "/srv/feeds"


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes('title = "Örebro"'.encode("latin-1"))
    for path, says in [
        (tmp_path / "none.toml", "no such file"),
        (tmp_path, "is a folder"),
        (latin, "not UTF-8"),
        (tmp_path / "a\0b", "cannot be read"),
        (latin / "x", "cannot be read"),
    ]:
        with pytest.raises(ConfigError, match=says) as caught:
            config.load(path)
        assert len(caught.value.problems) == 1
