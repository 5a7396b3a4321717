"""What was found in a foreign calendar file, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from planner.contacts.records import FailedItem


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody on an event. `email` is "" where none is given; `answer` is "accepted", "tentative" or "declined"."""

    name: str
    email: str
    organizer: bool = False
    answer: str = ""


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """One event, or one occurrence of a series. `starts` and `ends` (exclusive) are aware, or dates for whole days.

    `zone` is the IANA name of the zone it was written in, "" where it names none. `note` says what could not be read
    of it, or that only part of a series is here. `answer`: it is somebody's answer to an invitation. `busy`: its time
    counts as taken. `uid` is the file's; `occurrence` tells those of a series apart.
    """

    position: int
    uid: str
    summary: str
    starts: datetime | date
    ends: datetime | date
    occurrence: str = ""
    zone: str = ""
    description: str = ""
    location: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    people: tuple[Invitee, ...] = ()
    cancelled: bool = False
    answer: bool = False
    busy: bool = True
    note: str = ""
    source_text: str = ""


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What a calendar file holds. `zone_assumed`: some times named no zone and were read in the caller's."""

    name: str
    method: str
    events: tuple[FoundEvent, ...]
    failed: tuple[FailedItem, ...]
    zone: str = ""
    zone_assumed: bool = False
