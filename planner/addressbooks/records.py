"""Address books as frozen values: what goes into one, and what a run leaves to the person."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import ClassVar

from planner.calendars.sync.decide import LooksEmptied


@dataclass(frozen=True, slots=True)
class BookOptions:
    """What goes into an address book. Contact fields always do; interactions and promises never.

    `tag` limits it to the people who wear that tag, on both sides; "" is everyone. `notes` lets the notes of a contact
    be the NOTE of the card. `private` adds what only a planner knows (roles, tie, rhythm, boundaries, what to remember,
    research), as X-RAPPORT properties.
    """

    tag: str = ""
    notes: bool = True
    private: bool = False

    def to_text(self) -> str:
        """The options as they are stored."""
        return json.dumps(asdict(self), ensure_ascii=False) if self != BookOptions() else ""

    @classmethod
    def from_text(cls, text: str) -> BookOptions:
        """The options behind a text of `to_text`; what a later program added is left out."""
        kept = json.loads(text) if text else {}
        return cls(**{name: kept[name] for name in cls.__dataclass_fields__ if name in kept})


class Question(StrEnum):
    """What a person is asked about someone."""

    BOTH_CHANGED = "both changed"
    GONE_THERE = "gone there"  # deleted in the address book; here there is a history, or something newer
    GONE_HERE = "gone here"  # deleted here, and changed in the address book since


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A field both sides changed, with both values in words."""

    label: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class PersonDisagreement:
    """Someone about whom both sides differ. Both facts are kept until a person chooses."""

    id: int
    account_id: int
    name: str
    question: Question
    fields: tuple[FieldChoice, ...] = ()


@dataclass
class PeopleGoneThere(LooksEmptied):
    """Suddenly many people are missing in the address book."""

    what: ClassVar[str] = "{gone} of {known} people are suddenly gone from the address book."
    safe: ClassVar[str] = "Nobody was deleted here."
    advice: ClassVar[str] = "If you deleted them yourself, confirm it; else keep the people who are here."


@dataclass
class PeopleGoneHere(LooksEmptied):
    """Suddenly many people are missing here."""

    what: ClassVar[str] = "{gone} of {known} people of the address book are suddenly gone here."
    safe: ClassVar[str] = "Nobody was deleted in the address book."
    advice: ClassVar[str] = "If you deleted them yourself, confirm it; else bring them back."
