"""What a sync run did, and what it leaves to the person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from planner.calendars.records import EntryState
from planner.changes import Changes

#: What is said of a run that found all as it should be.
NOTHING = "nothing to do"


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says of an item; `deleted` where it is gone there."""

    when: datetime | date | None
    state: EntryState
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An item that was changed on both sides. Both facts are kept until a person chooses."""

    id: int
    uid: str
    title: str
    here: Side
    there: Side

    @property
    def both_stand(self) -> bool:
        """Whether neither side has deleted it."""
        return not (self.here.deleted or self.there.deleted)


@dataclass(frozen=True, slots=True)
class SyncedItem:
    """One item that a run did something with: what kind of thing it is, and what became of it, in a word or two."""

    kind: str
    uid: str
    name: str
    did: str


@dataclass
class SyncOutcome:
    """A run in figures. `changes` is what it changed here, as one undoable command.

    `postponed` counts what somebody changed there just when it was to be written: the next run sees to it.
    `unreadable` says what was left alone and why, `notices` what else is worth knowing; `items` are told one by one
    where an engine does so.
    """

    created: int = 0
    replaced: int = 0
    deleted: int = 0
    accepted: int = 0
    dropped: int = 0
    disagreements: int = 0
    postponed: int = 0
    unreadable: list[str] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)
    notices: list[str] = field(default_factory=list)
    items: list[SyncedItem] = field(default_factory=list)
    parts: tuple[SyncOutcome, ...] = ()  # what it was joined of

    #: What it is about, where it is told beside another.
    about: ClassVar[str] = ""

    def joined(self, other: SyncOutcome) -> SyncOutcome:
        """Two runs over the same account as one."""
        return SyncOutcome(
            self.created + other.created,
            self.replaced + other.replaced,
            self.deleted + other.deleted,
            self.accepted + other.accepted,
            self.dropped + other.dropped,
            self.disagreements + other.disagreements,
            self.postponed + other.postponed,
            [*self.unreadable, *other.unreadable],
            self.changes | other.changes,
            [*self.notices, *other.notices],
            [*self.items, *other.items],
            (*(self.parts or (self,)), *(other.parts or (other,))),
        )

    def in_words(self) -> str:
        """The run in one line, for status and log."""
        if self.parts:
            told = [f"{part.about}{part.in_words()}" for part in self.parts if part.in_words() != NOTHING]
            return "; ".join(told) or NOTHING
        parts = [
            (self.created, "added there"),
            (self.replaced, "updated there"),
            (self.deleted, "removed there"),
            (self.accepted, "taken over from there"),
            (self.dropped, "dropped here"),
            (self.disagreements, "changed on both sides"),
            (self.postponed, "changed there meanwhile, left for the next run"),
            (len(self.unreadable), "left alone"),
        ]
        return ", ".join(f"{count} {what}" for count, what in parts if count) or NOTHING
