"""The page Today as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from planner.events.records import EventFile, EventKind
from planner.followups.queries import Drifting
from planner.followups.queueing import QueueSection
from planner.relations.goal_reading import Goal
from planner.relations.records import GiveAndTake


@dataclass(frozen=True, slots=True)
class Meeting:
    """An event of this week. `starts_at` is in the zone it is held in; `day` its first day, or today while it is on."""

    id: int
    title: str
    kind: EventKind
    day: date
    starts_at: datetime | None  # None: whole days
    to_meet: int
    names: tuple[str, ...]
    wrapped_up: bool


@dataclass(frozen=True, slots=True)
class NextEvent:
    """The event that comes next, with how far it is prepared. `days` until it begins, 0 while it is on."""

    file: EventFile
    days: int


@dataclass(frozen=True, slots=True)
class Today:
    """Everything on the page. `quarter` is the first day of the three months that `give_and_take` counts."""

    day: date
    contacts: int
    overdue: QueueSection
    due: QueueSection
    day_capacity: int
    more_this_week: int
    drifting: tuple[Drifting, ...]
    next_event: NextEvent | None
    meetings: tuple[Meeting, ...]
    quarter: date
    give_and_take: GiveAndTake
    goal: Goal | None

    @property
    def is_new(self) -> bool:
        """Nobody is in the contact book yet, and nothing is planned."""
        return not (self.contacts or len(self.overdue) or len(self.due) or self.next_event or self.meetings)

    @property
    def is_clear(self) -> bool:
        """Nothing is to be done today."""
        return not (len(self.overdue) or len(self.due) or self.drifting)
