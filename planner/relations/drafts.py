"""What is handed in to be logged: the values of a new interaction, promise, exchange, introduction or milestone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from planner.relations.records import Direction, ExchangeKind, InteractionKind, MilestoneKind, PromiseSide


@dataclass(frozen=True, slots=True)
class InteractionDraft:
    """Something that happened with one or more contacts.

    `at` is aware. Without `has_time` only its date in the person's zone counts. `minutes` is how long it took.
    `private` keeps it out of every export unless asked for.
    """

    kind: InteractionKind
    at: datetime
    has_time: bool = False
    contact_ids: tuple[int, ...] = ()
    text: str = ""
    minutes: int | None = None
    place: str = ""
    event_id: int | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class PromiseDraft:
    """Something owed.

    Inside `log`, no `contact_id` means everyone the interaction was with. `due_on` None: no date agreed.
    """

    side: PromiseSide
    text: str
    due_on: date | None = None
    contact_id: int | None = None


@dataclass(frozen=True, slots=True)
class ExchangeDraft:
    """Value given or received.

    Inside `log`, no `contact_id` means everyone the interaction was with; `on` None: that day.
    """

    direction: Direction
    kind: ExchangeKind
    text: str = ""
    link: str = ""
    contact_id: int | None = None
    on: date | None = None
    event_id: int | None = None


@dataclass(frozen=True, slots=True)
class IntroductionDraft:
    """Two contacts to be made known to each other; each is asked before it is made.

    `b_id` None: the other side is you. `introducer_id` None: you introduce; else that contact is asked to. `made_on`
    is for one that has happened already: nobody is asked any more.
    """

    a_id: int
    b_id: int | None = None
    reason: str = ""
    introducer_id: int | None = None
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class MilestoneDraft:
    """A dated reason to celebrate."""

    contact_id: int
    kind: MilestoneKind
    on: date
    text: str = ""
