"""A conference schedule published as iCalendar (RFC 5545): a file, or what a feed's address gives.

Publishers agree on little beyond title and time: rooms stand in LOCATION with the building after a comma, tracks in
CATEGORIES, speakers in ATTENDEE, in a line of the description or behind a dash of the title. Only what is said plainly
is taken for a speaker.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from planner.calendars import reading
from planner.calendars.found import FoundEvent
from planner.contacts.records import FailedItem
from planner.events.schedule.frab import NotASchedule
from planner.events.schedule.plain_text import plain_text
from planner.events.schedule.records import PublishedSchedule, PublishedSession, PublishedSpeaker

#: Repeated sessions are spread out over this time; a conference is shorter, a series of meetups rarely planned longer.
SINCE = datetime(1990, 1, 1, tzinfo=UTC)
UNTIL = datetime(2100, 1, 1, tzinfo=UTC)
_SPEAKERS = re.compile(
    r"^\s*(?:speaker|presenter|presented by|referent|vortragende|by|with|host)(?:s|en|\(s\)|:innen)?\s*:\s*(.+)$",
    re.IGNORECASE | re.MULTILINE,
)
_BETWEEN = re.compile(r"\s*(?:,|;|\s&\s|\sand\s|\sund\s)\s*")
#: More words than this are a sentence, no name.
_NAME_WORDS = 6


def read_ical(data: bytes, zone: tzinfo) -> PublishedSchedule:
    """Read a calendar file as a schedule. Raises NotASchedule. `zone` is that of times printed without one."""
    try:
        found = reading.read(data, zone, SINCE, UNTIL)
    except reading.NotACalendar as error:
        raise NotASchedule(str(error)) from error
    if not found.events and not found.failed:
        raise NotASchedule("the calendar in it is empty")
    sessions, failed = [], list(found.failed)
    complete = not failed
    uids = Counter(event.uid for event in found.events)
    for event in found.events:
        if event.cancelled:
            called = f"“{event.summary}” is called off" if event.summary else "it is called off"
            failed.append(FailedItem(event.position, called, event.source_text))
            continue
        if not event.summary:
            failed.append(FailedItem(event.position, "it has no title", event.source_text))
            complete = False
            continue
        # One UID on many sessions names none of them; together with the time it does.
        external = event.uid if uids[event.uid] == 1 or not event.occurrence else f"{event.uid}#{event.occurrence}"
        sessions.append(_session(event, external, zone))
        if event.note:
            failed.append(FailedItem(event.position, f"“{event.summary}” is in, but {event.note}", event.source_text))
    zones = Counter(event.zone for event in found.events if event.zone and event.zone != "UTC")
    named = found.zone or (zones.most_common(1)[0][0] if zones else "")
    days = _days(found.events)
    return PublishedSchedule(
        title=found.name,
        sessions=tuple(sessions),
        failed=tuple(failed),
        complete=complete,
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        time_zone=named,
        zone_assumed=found.zone_assumed,
    )


def _session(event: FoundEvent, external: str, zone: tzinfo) -> PublishedSession:
    text = plain_text(event.description)
    return PublishedSession(
        title=event.summary,
        external_id=external,
        starts_at=_moment(event.starts, zone),
        ends_at=_moment(event.ends, zone),
        # "Hall 1, Main building, Kraków": the room first, all of it kept.
        room=", ".join(part.strip() for part in event.location.split(",") if part.strip()),
        track=", ".join(event.categories),
        abstract=text,
        link=event.url if event.url.lower().startswith(("http://", "https://")) else "",
        speakers=tuple(_speakers(event, text)),
    )


def _moment(value: datetime | date, zone: tzinfo) -> datetime:
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return datetime.combine(value, time(), zone).astimezone(UTC)


def _speakers(event: FoundEvent, text: str) -> list[PublishedSpeaker]:
    names = [person.name for person in event.people if person.name and not person.organizer]
    if not names and (line := _SPEAKERS.search(text)):
        names = [name for part in _BETWEEN.split(line[1]) if (name := " ".join(part.split()))]
        if any(len(name.split()) > _NAME_WORDS for name in names):
            names = []
    return [PublishedSpeaker(name) for name in dict.fromkeys(names)]


def _days(events: Sequence[FoundEvent]) -> list[date]:
    """First and last day in the events' own zones."""
    days = {_first(event.starts) for event in events} | {_last(event) for event in events}
    return sorted(days)


def _first(value: datetime | date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _last(event: FoundEvent) -> date:
    if isinstance(event.ends, datetime):
        # A session that ends at midnight ends on the day before.
        before = event.ends - timedelta(microseconds=1) if event.ends != event.starts else event.ends
        return before.date()
    return event.ends - timedelta(days=1)
