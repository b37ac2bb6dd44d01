"""What the three crawls came to, and how it is told to a newcomer."""

from __future__ import annotations

from dataclasses import dataclass

FIGURES = (
    ("requests", "requests sent over HTTP"),
    ("not_modified", "  answered “not modified” (304)"),
    ("new", "new articles"),
    ("updated", "articles whose wording changed"),
    ("gone", "articles that vanished from their site"),
    ("duplicates", "copies folded into one article"),
    ("refused", "pages refused, each with a reason"),
    ("written", "files written into the feeds folder"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One of the three crawls."""

    title: str
    requests: int
    not_modified: int
    new: int
    updated: int
    gone: int
    duplicates: int
    refusals: tuple[tuple[str, str], ...]
    """(what, reason code): pages, feeds and sources that gave nothing, in the order of the crawls."""
    written: int
    seconds: float

    @property
    def refused(self) -> int:
        """How many pages gave nothing."""
        return len(self.refusals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole demo: three rounds, what did not hold, and where the result lies."""

    rounds: tuple[Round, ...]
    problems: tuple[str, ...]
    """A line for each expectation that failed; none is success."""
    configuration: str
    archive: str
    feeds: str

    def lines(self, program: str = "aggregator") -> tuple[str, ...]:
        """The report in plain text; ``program`` is how a person calls it here."""
        return (*self._table(), "", *self._refusals(), *self._verdict(program))

    def _table(self) -> list[str]:
        width = max(len(label) for _, label in FIGURES)
        titles = [each.title for each in self.rounds]
        out = [" " * width + "".join(f"  {title:>16}" for title in titles)]
        for name, label in FIGURES:
            out.append(f"{label:<{width}}" + "".join(f"  {getattr(each, name):>16}" for each in self.rounds))
        out.append(f"{'seconds':<{width}}" + "".join(f"  {each.seconds:>16.1f}" for each in self.rounds))
        return out

    def _refusals(self) -> list[str]:
        seen = dict.fromkeys(refusal for each in self.rounds for refusal in each.refusals)
        if not seen:
            return []
        width = max(len(what) for what, _ in seen)
        return ["Refused, and why:", *(f"  {what:<{width}}  {reason}" for what, reason in seen), ""]

    def _verdict(self, program: str) -> list[str]:
        if self.problems:
            return ["The demo did not go as it should:", *(f"  - {problem}" for problem in self.problems)]
        flag = f"--config {self.configuration}"
        return [
            "Everything went as it should. Look at the result:",
            f"  the feeds, in a browser       open {self.feeds}/index.html",
            f"  the same, for a feed reader   python3 -m http.server 8000 --directory {self.feeds}",
            "                                and subscribe to http://localhost:8000/tema-halsa.rss",
            f'  search the archive            {program} search "psykisk hälsa" {flag}',
            f"  the archive, in a browser     {program} serve {flag}",
            f"  the register of projects      {program} projects {flag}",
            f"  how the sources are           {program} sources {flag}",
        ]
