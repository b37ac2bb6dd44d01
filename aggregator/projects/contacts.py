"""Contact persons: "Kontakt", a name, a title, a telephone number, in one line or in several."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from aggregator.model import Contact
from aggregator.projects import naming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aggregator.projects.blocks import Block

_HEADS: Final = re.compile(
    r"kontakt(?:a\s+oss|uppgifter|person(?:er)?|information)?\s*:?|contacts?(?:\s+persons?)?\s*:?", re.IGNORECASE
)
_WORD: Final = r"[A-ZÅÄÖÉÜ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?"
_NAME: Final = rf"{_WORD}(?:\s(?:van|von|de|af|der|da)){{0,2}}(?:\s{_WORD}){{1,3}}"
_PERSON: Final = re.compile(_NAME)
_PERSON_AND_TITLE: Final = re.compile(rf"(?P<name>{_NAME})\s*[,/–|-]\s*(?P<title>.{{3,160}})")
_LABEL: Final = re.compile(
    r"(?:kontakt(?:a|person(?:er)?|uppgifter)?|contact(?:\s+persons?)?|(?P<title>\w*(?:ledare|koordinator|samordnare)))"
    r"\s*:\s+(?=[A-ZÅÄÖÉÜ])",
    re.IGNORECASE,
)
"""What stands before a person in his own line: "Kontakt: …", "Projektledare: …"."""
_TITLE: Final = re.compile(
    r"\b\w*(?:ledare|chef|koordinator|samordnare|strateg|handläggare|utredare|sekreterare|direktör|ansvarig|utvecklare"
    r"|konsult|specialist|manager|leader|coordinator|officer|director|forskare|controller|kommunikatör|ordförande)\b",
    re.IGNORECASE,
)
_NO_PERSONS: Final = re.compile(
    r"\b(?:Region|Kommun|Örebro|Regional|Område|Läs|Mer|Nära|Vård|Projekt|Trygga|Kontakt)\b"
)


def heads_contacts(line: str) -> bool:
    """Whether a line is the heading above contact persons."""
    return bool(_HEADS.fullmatch(line.strip()))


def person(line: str) -> bool:
    """Whether a line is a person's name and nothing else."""
    return bool(_PERSON.fullmatch(line.strip())) and not _NO_PERSONS.search(line)


def title(line: str) -> bool:
    """Whether a line is what somebody is: "Processledare: Regional testbädd"."""
    return len(line) <= 120 and bool(_TITLE.search(line)) and not line.rstrip().endswith((".", "!", "?"))


def person_with_title(line: str) -> bool:
    """Whether a line is a name with a title: "Johanna Ek, utvecklingsledare, …", "Projektledare: Johanna Ek"."""
    text, said = _unlabelled(line)
    if said and person(text):
        return True
    match = _PERSON_AND_TITLE.fullmatch(text)
    return bool(match and title(match["title"]) and not _NO_PERSONS.search(match["name"]))


def _unlabelled(line: str) -> tuple[str, str | None]:
    """A line without the label before a person, and what the label says that he is."""
    text = line.strip()
    label = _LABEL.match(text)
    rest = text[label.end() :] if label else text
    match = _PERSON_AND_TITLE.fullmatch(rest)
    if label and (person(rest) or (match and person(match["name"]))):
        return rest, label["title"]
    return text, None


def reaches(block: Block) -> bool:
    """Whether a line is an address or a number to reach somebody by."""
    if block.mail or block.phone:
        return len(block.text) <= 160
    return len(block.text) <= 100 and any(naming.reach(block.text))


def contacts_of(blocks: Sequence[Block]) -> tuple[Contact, ...]:
    """The persons of contact lines, with what the following lines say of each."""
    found: list[Contact] = []
    for block in blocks:
        text, said = _unlabelled(block.text)
        match = _PERSON_AND_TITLE.fullmatch(text)
        if person(text):
            found.append(Contact(name=text, title=said))
        elif match and person(match["name"]):
            found.append(
                Contact(name=match["name"], title=naming.without_contacts(match["title"]).strip(" ,/|") or None)
            )
        elif found and found[-1].title is None and title(text) and not any(naming.reach(text)):
            found[-1] = replace(found[-1], title=text)
        if found:
            mail, phone = naming.reach(text)
            found[-1] = replace(
                found[-1],
                email=found[-1].email or block.mail or mail,
                phone=found[-1].phone or phone or block.phone,
            )
    return tuple(dict.fromkeys(found))
