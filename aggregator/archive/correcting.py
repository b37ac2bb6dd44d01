"""The archive's door for what tags rest on: staff's corrections, and how it writes the projects' names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aggregator.archive import corrections, reading, tagging, wordcounts
from aggregator.archive.opened import Opened
from aggregator.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from aggregator.model import Correction, Standing, Tag, TagKind


class Correcting(Opened):
    """Staff's word on tags, said and read again; names counted."""

    def correct(  # noqa: PLR0913 - what is said of which tags, by whom and when, by name
        self,
        article: int | str,
        *,
        add: Iterable[tuple[TagKind, str]] = (),
        remove: Iterable[tuple[TagKind, str]] = (),
        withdraw: Iterable[tuple[TagKind, str]] = (),
        by: str,
        at: datetime,
    ) -> tuple[Tag, ...]:
        """Staff's word on an article's tags, kept for ever and above every rule; the tags that it then has.

        ``article`` is an id, a guid, or an address at which it was seen. ``withdraw`` leaves a tag to the rules again.
        Raises InputError where there is no such article, nothing to correct, two verdicts on one tag, or no name.
        """
        verdicts = corrections.read_verdicts(add, remove, withdraw)
        with self._writing() as db:
            article_id = corrections.article_id_of(db, article)
            if article_id is None:
                raise InputError(f"the archive has no article {article}")
            tagging.correct(db, article_id, verdicts, by, at)
            return next(reading.by_ids(db, [article_id])).tags

    def article_id(self, name: int | str) -> int | None:
        """The id of the article of an id, a guid, or an address at which it was seen; None where there is none."""
        with self._reading() as db:
            return corrections.article_id_of(db, name)

    def corrections(self, article: int | str | None = None) -> tuple[Correction, ...]:
        """Every correction of an article's tags, or of all articles', the oldest first; none of an unknown one."""
        with self._reading() as db:
            article_id = None if article is None else corrections.article_id_of(db, article)
            return () if article is not None and article_id is None else corrections.all_of(db, article_id)

    def standings(self, names: Iterable[str], *, read_through: int = wordcounts.READ_THROUGH) -> dict[str, Standing]:
        """How the archive writes each name, by the name: as an ordinary word or as a name; writes where it counted.

        Up to ``read_through`` articles not yet counted are read; of more, those that the index has for a name.
        """
        with self._open_to_write() as db:
            return wordcounts.standings(db, names, read_through)
