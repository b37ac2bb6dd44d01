"""A project read from a page is a tag through the whole archive by the same run, the run's own articles among them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aggregator import config
from aggregator.model import TagKind
from tests.site import Page, Story

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.pipeline.conftest import House

    Build = Callable[..., House]

PROJECTS = """<!doctype html><html><head><title>Projekt - Region Exempel</title></head><body><main><h1>Projekt</h1>
<p>Nedan hittar du våra senaste och pågående projekt.</p><h2>Pågående projekt</h2>{headings}</main></body></html>"""
PROJECT = "<h3>{name}</h3><p>{about} Det prövas i tre år med kommuner och föreningar i hela länet.</p>"


def telling(house: House, **projects: str) -> None:
    """Put a projects page on the site: name → what it says of the project."""
    headings = "".join(PROJECT.format(name=name, about=about) for name, about in projects.items())
    house.sites[0].pages["/projekt/"] = Page(PROJECTS.format(headings=headings).encode())


def following(house: House) -> None:
    """Let the house follow the projects page too, after the news: its articles are tagged before it is read."""
    path = house.folder / "sources.toml"
    source = f"""
[[source]]
id = "projekt"
name = "Projekt"
url = "{house.sites[0].url}/projekt/"
kind = "projects"
schedule = "1h"
"""
    path.write_text(path.read_text("utf-8") + source, "utf-8")
    house.config = config.load(path)


def bearing(house: House, project: str) -> set[str]:
    """The titles of the articles that bear a project's tag."""
    return {
        kept.article.title
        for kept in house.articles()
        if any((tag.kind, tag.name) == (TagKind.PROJEKT, project) for tag in kept.tags)
    }


def saying(number: int, sentence: str) -> Story:
    story = Story(number)
    return replace(story, title=f"Rubrik {number}", body=(sentence, *story.body))


def test_a_project_announced_today_tags_old_articles_and_the_runs_own(build: Build) -> None:
    house = build()
    following(house)
    telling(house, SkogsLyftet="Skogsägare får råd om stormar.")
    house.sites[0].publish(saying(1, "Pengarna går till BygdKraft, som startar i vår."), Story(2))
    house.crawl(0)
    assert bearing(house, "BygdKraft") == set()
    telling(house, SkogsLyftet="Skogsägare får råd om stormar.", BygdKraft="Byalag får hjälp att räkna på egen el.")
    house.sites[0].publish(saying(3, "Två byar går med i BygdKraft i höst."))
    house.crawl(2)
    assert bearing(house, "BygdKraft") == {"Rubrik 1", "Rubrik 3"}


def test_a_name_that_the_archive_writes_as_a_word_is_told_by_its_description(build: Build) -> None:
    house = build()
    following(house)
    telling(house, SkogsLyftet="Skogsägare får råd om stormar.")
    words = [saying(number, f"Hon tog fram en LYKTA och en lykta till i kväll {number}.") for number in range(1, 7)]
    house.sites[0].publish(
        *words,
        saying(7, "Genom LYKTA får tolv nyanlända akademiker en mentor på sin nya arbetsplats."),
        saying(8, "Nu startar projektet LYKTA i tre kommuner."),
    )
    house.crawl(0)
    about = "Mentorskap för nyanlända akademiker på väg till sin första arbetsplats."
    telling(house, SkogsLyftet="Skogsägare får råd om stormar.", LYKTA=about)
    house.crawl(2)
    assert bearing(house, "LYKTA") == {"Rubrik 7", "Rubrik 8"}
