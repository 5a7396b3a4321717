"""What is given to a calendar, as frozen values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path


class Scope(StrEnum):
    """What goes into a file."""

    NEW = "new"  # what the calendar has not had yet, and what has changed or gone since it had it
    SELECTION = "selection"
    ALL = "all"


class EntryKind(StrEnum):
    """Which of our records an entry shows."""

    FOLLOW_UP = "followup"
    EVENT = "event"
    SESSION = "session"


class EntryState(StrEnum):
    """Where an entry stands."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Chosen(StrEnum):
    """How much of an entry's time a person has chosen."""

    TIME = "time"
    DAY = "day"  # the hour is the usual one of the settings
    NOTHING = "nothing"  # it was made without being asked, and nobody has touched it yet


class Component(StrEnum):
    """The iCalendar component (RFC 5545 section 3.6) an entry is written as."""

    EVENT = "VEVENT"
    TASK = "VTODO"


class News(StrEnum):
    """What an entry in a file tells the calendar."""

    NEW = "new"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    SAME = "same"


#: Called with how many are done and how many there are.
Progress = Callable[[int, int], object]


def no_progress(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def never() -> bool:
    """The answer of a person who does not cancel."""
    return False


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One entry of a calendar, before it is iCalendar.

    `starts` and `ends` (exclusive) are wall times in `zone` (an IANA name; "" means UTC), or dates for whole days.
    `alarm_minutes` is how long before `starts` to ring, None for no alarm. `busy` says whether the time counts as
    taken.
    """

    kind: EntryKind
    uid: str
    component: Component
    summary: str
    starts: datetime | date
    ends: datetime | date | None
    zone: str = ""
    description: str = ""
    location: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    alarm_minutes: int | None = None
    busy: bool = False
    state: EntryState = EntryState.OPEN
    closed_at: datetime | None = None
    created_at: datetime | None = None
    chosen: Chosen = Chosen.TIME
    over: bool = False  # an appointment that had ended when it was looked up


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An entry on its way into a file: with its revision (RFC 5545 section 3.8.7.4) and when that revision was made."""

    entry: CalendarEntry
    news: News
    sequence: int
    revised_at: datetime
    fingerprint: str
    content: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a calendar was given last under one UID. `given_at` is when it was first given in this revision, in UTC."""

    uid: str
    component: str
    sequence: int
    fingerprint: str
    content: str
    cancelled: bool
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Selection:
    """Records picked by hand, by number."""

    followup_ids: tuple[int, ...] = ()
    event_ids: tuple[int, ...] = ()
    session_ids: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.followup_ids or self.event_ids or self.session_ids)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries a file holds, or would hold, by what they tell the calendar."""

    new: int = 0
    changed: int = 0
    cancelled: int = 0
    same: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.new + self.changed + self.cancelled + self.same

    @property
    def in_words(self) -> str:
        """ "3 new, 1 changed and 2 cancelled entries"."""
        named = ((self.new, "new"), (self.changed, "changed"), (self.cancelled, "cancelled"), (self.same, "unchanged"))
        parts = [f"{count:,} {word}" for count, word in named if count]
        if not parts:
            return "No entries"
        listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
        return f"{listed} {'entry' if self.total == 1 else 'entries'}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something asked for that is not in the file, and the short clause that says why."""

    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExportOutcome:
    """A written calendar file. `by_hand` is what changed since its calendar had it, and a file can't change there."""

    path: Path
    counts: Counts
    left_out: tuple[LeftOut, ...] = ()
    by_hand: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a follow-up stands in the exported files. `news` is what the next file would tell: SAME means up to date."""

    given_at: datetime | None
    component: Component | None
    news: News
