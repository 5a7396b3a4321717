"""A schedule as published, before anything of it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

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
    any zone, and were read in the zone the caller gave.
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
