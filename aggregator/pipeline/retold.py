"""A story as it stands in a feed: one entry, under the guid of its first member, that names who else tells it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING

from aggregator import markup
from aggregator.model import Publish
from aggregator.pipeline.entries import entry_of
from aggregator.render import SUMMARY_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from aggregator.archive import Archive
    from aggregator.model import Entry, Feed, KeptArticle, Member, Story

NAMED = 5
"""Outlets that an entry names; of more, how many they are."""


@dataclass(slots=True)
class Desk:
    """Entries, each made once for all feeds that hold it."""

    archive: Archive
    _made: dict[tuple[int, str | None], Entry] = field(default_factory=dict)

    def entries(self, ids: Iterable[int], feed: Feed) -> tuple[Entry, ...]:
        """The entries of these articles or stories in a feed; an id that the archive no longer has is passed over.

        An id is a story's where the feed holds stories: then a story that is named after another article is told by
        the article alone. Of a feed of one source, the member that stands there is shown; else the lead.
        """
        source = _source_of(feed) if feed.stories else None
        wanted = list(ids)
        missing = [one for one in wanted if (one, source) not in self._made]
        kept = {one.id: one for one in self.archive.articles(missing)}
        stories = self._several(kept) if feed.stories else {}
        members = {one.article_id for story in stories.values() for one in story.members}
        kept |= {one.id: one for one in self.archive.articles(sorted(members.difference(kept)))}
        for one in missing:
            if one in stories:
                self._made[one, source] = story_entry(stories[one], kept, source)
            elif one in kept:
                self._made[one, source] = entry_of(kept[one])
        return tuple(self._made[one, source] for one in wanted if (one, source) in self._made)

    def _several(self, kept: Mapping[int, KeptArticle]) -> dict[int, Story]:
        """The stories named after these articles that stand at several outlets or in several wordings."""
        found = self.archive.stories(one.id for one in kept.values() if one.story_id == one.id)
        return {one: story for one, story in found.items() if len(story.members) > 1 or len(story.outlets) > 1}


def _source_of(feed: Feed) -> str:
    """The source whose feed it is; empty for a feed of several or of anything else."""
    return feed.filter.sources[0] if len(feed.filter.sources) == 1 else ""


def story_entry(story: Story, kept: Mapping[int, KeptArticle], source: str | None = "") -> Entry:
    """A story's entry. ``kept`` has its members by id; ``source`` is the source whose feed it is for, if it is one's.

    Its ``updated_at`` is that of what is shown, or when another outlet came, went, or took the lead, if that is later.
    """
    there = [one for one in story.members if one.gone_at is None] or list(story.members)
    shown = next((one for one in there if source and source in _places(one)), there[0])
    article = kept[shown.article_id]
    entry = entry_of(article)
    others = _others(there, shown)
    first = next(one for one in story.members if one.article_id == story.id)
    moves = [since for _, since in others.values()]
    moves += [first.joined_at, shown.joined_at, *(one.gone_at for one in story.members if one.gone_at is not None)]
    later = [at for at in moves if at > story.created_at]
    told = replace(entry, guid=story.guid, updated_at=max([entry.updated_at, *later]))
    if not others:
        return told
    also = _named([(name, None) for name in others])
    room = SUMMARY_LIMIT - len(also) - 1
    content = entry.content_html
    if content is not None and article.publish is Publish.FULL:
        links = _named([(name, url) for name, (url, _) in others.items()])
        content = f"{content}\n<p>{links}</p>"
    return replace(told, summary=f"{markup.shorten(entry.summary, room)} {also}".strip(), content_html=content)


def _places(member: Member) -> set[str]:
    return {member.source_id, *(place.source_id for place in member.also)}


def _others(members: Sequence[Member], shown: Member) -> dict[str, tuple[str, datetime]]:
    """The other outlets by name: where it stands there, and since when it is known to."""
    found: dict[str, tuple[str, datetime]] = {}
    for member in members:
        own = [(member.source_name, member.url, member.joined_at)]
        for name, url, since in own + [(a.source_name, a.url, max(a.since_at, member.joined_at)) for a in member.also]:
            before = found.get(name)
            found[name] = (before[0], min(before[1], since)) if before else (url, since)
    found.pop(shown.source_name, None)
    return found


def _named(outlets: Sequence[tuple[str, str | None]]) -> str:
    """ "Även i: Nerikes Allehanda, Örebronyheter." """
    names = [name if url is None else f'<a href="{escape(url)}">{escape(name)}</a>' for name, url in outlets[:NAMED]]
    more = len(outlets) - NAMED
    return f"Även i: {', '.join(names)}{f' och {more} till' if more > 0 else ''}."
