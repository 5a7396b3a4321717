"""A schedule as published, before anything of it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from planner.changes import Changes
from planner.contacts.records import FailedItem


@dataclass(frozen=True, slots=True)
class PublishedSpeaker:
    """A speaker as printed. `external_id` is the publisher's, "" if there is none."""

    name: str
    external_id: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class PublishedSession:
    """A session as printed. Times are aware, None where the schedule gives none; `abstract` is plain text."""

    title: str
    external_id: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    room: str = ""
    track: str = ""
    abstract: str = ""
    link: str = ""
    speakers: tuple[PublishedSpeaker, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedSchedule:
    """A whole schedule. What could not be read is listed in `failed`, with its text.

    `time_zone` is the IANA name the publisher gives, "" if none. `zone_assumed` says that times were printed without
    any zone, and were read in the zone the caller gave. Where it is not `complete`, a session that is missing may be
    one that could not be read.
    """

    title: str
    sessions: tuple[PublishedSession, ...]
    failed: tuple[FailedItem, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    time_zone: str = ""
    zone_assumed: bool = False
    place: str = ""
    link: str = ""
    complete: bool = True


@dataclass(frozen=True, slots=True)
class ScheduleOutcome:
    """What an imported schedule did to an event's agenda, counted in sessions.

    `gone` are no longer published and kept, because something of yours is on them; `removed` had nothing. `missing`
    were not found in a file that could not be read whole, and are left as they were. `known_speakers` counts the
    contacts among the speakers.
    """

    changes: Changes
    event_id: int
    title: str
    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    removed: int = 0
    missing: int = 0
    known_speakers: int = 0
    failed: tuple[FailedItem, ...] = ()
    zone_assumed: bool = False

    @property
    def in_words(self) -> str:
        """ "312 new, 4 changed and 1 no longer published sessions"."""
        named = (
            (self.new, "new"),
            (self.changed, "changed"),
            (self.same, "as before"),
            (self.gone, "no longer published, kept for your marks"),
            (self.removed, "no longer published"),
            (self.missing, "not in this file, left as they were"),
            (len(self.failed), "to look at"),
        )
        parts = [f"{count:,} {words}" for count, words in named if count]
        return ", ".join(parts) or "no sessions"
