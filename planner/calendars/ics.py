"""Calendar entries as iCalendar (RFC 5545), written the way that imports cleanly in the programs people use.

METHOD:PUBLISH and no X-WR-CALNAME, because a name or a request makes Outlook open another calendar or take one entry
only. Times carry a TZID with its VTIMEZONE, or are UTC; they never float, because Google reads floating times as UTC.
Alarms ring before or at the start, because Outlook drops the sign of a TRIGGER.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import BinaryIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import icalendar

from planner.calendars.records import CalendarEntry, Component, EntryState, LeftOut, Outgoing, Progress, no_progress
from planner.calendars.wording import line, plain
from planner.calendars.zones import vtimezone

_STATUS = {
    Component.EVENT: {
        EntryState.OPEN: "CONFIRMED",
        EntryState.DONE: "CONFIRMED",
        EntryState.CANCELLED: "CANCELLED",
    },
    Component.TASK: {
        EntryState.OPEN: "NEEDS-ACTION",
        EntryState.DONE: "COMPLETED",
        EntryState.CANCELLED: "CANCELLED",
    },
}

#: An event can't be completed in iCalendar; a mark in its summary says so to the person.
DONE_MARK = "✓ "

#: How many entries are written between two reports of progress.
_STEP = 100

#: Names of UTC, which is written as such.
_UTC = frozenset({"", "UTC", "Etc/UTC", "Etc/GMT", "GMT", "Etc/UCT", "UCT", "Zulu", "Etc/Zulu"})


def write(
    file: BinaryIO, outgoing: Iterable[Outgoing], stamp: datetime, progress: Progress = no_progress
) -> tuple[list[Outgoing], list[LeftOut]]:
    """Write one VCALENDAR as a stream of bytes. Returns what is in it, and what could not be written and why.

    `stamp` is the moment of writing (DTSTAMP). What `progress` raises stops the writing and passes.
    """
    entries = list(outgoing)
    zones = zones_of(item.entry for item in entries)
    head = calendar_head().to_ical()
    tail = b"END:VCALENDAR\r\n"
    file.write(head.removesuffix(tail))
    for zone in zones.values():
        if zone is not None:
            file.write(zone.to_ical())
    written, left_out = [], []
    for number, item in enumerate(entries):
        if number % _STEP == 0:
            progress(number, len(entries))
        try:
            text = component(item, stamp, zones).to_ical()
        except (ValueError, OverflowError) as error:
            # One entry that can't be said in iCalendar must not cost the others.
            left_out.append(LeftOut(item.entry.summary, str(error)))
            continue
        file.write(text)
        written.append(item)
    file.write(tail)
    progress(len(entries), len(entries))
    return written, left_out


def calendar_head() -> icalendar.Calendar:
    """The VCALENDAR with its own properties and nothing in it."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Rapport//Rapport//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    return calendar


def zones_of(entries: Iterable[CalendarEntry]) -> dict[str, icalendar.Timezone | None]:
    """The zones these entries are in, by name; None where a zone can't be described, and UTC is used instead."""
    years: dict[str, tuple[int, int]] = {}
    for entry in entries:
        if entry.zone in _UTC or not isinstance(entry.starts, datetime):
            continue
        first, last = years.get(entry.zone, (entry.starts.year, entry.starts.year))
        years[entry.zone] = (min(first, entry.starts.year), max(last, (entry.ends or entry.starts).year))
    return {name: _described(name, *span) for name, span in sorted(years.items())}


def _described(name: str, first_year: int, last_year: int) -> icalendar.Timezone | None:
    try:
        return vtimezone(name, first_year, last_year)
    except (
        OverflowError,
        ValueError,
        ZoneInfoNotFoundError,
        OSError,
    ):  # also the first and the last years of the calendar
        return None


def component(
    item: Outgoing, stamp: datetime, zones: Mapping[str, icalendar.Timezone | None]
) -> icalendar.Event | icalendar.Todo:
    """One entry as VEVENT or VTODO. Raises ValueError or OverflowError for times iCalendar can't say."""
    entry = item.entry
    task = entry.component is Component.TASK
    made: icalendar.Event | icalendar.Todo = icalendar.Todo() if task else icalendar.Event()
    made.add("uid", line(entry.uid))
    made.add("dtstamp", stamp)
    made.add("sequence", item.sequence)
    made.add("last-modified", item.revised_at)
    if entry.created_at:
        made.add("created", min(entry.created_at, item.revised_at))
    made.add("status", _STATUS[entry.component][entry.state])
    _say(made, entry, task=task)
    if task and entry.state is EntryState.DONE:
        made.add("percent-complete", 100)
        made.add("completed", entry.closed_at or item.revised_at)
    _time(made, entry, zones, task=task)
    if entry.alarm_minutes is not None and entry.state is EntryState.OPEN:
        made.add_component(_alarm(entry, task=task))
    return made


def _say(made: icalendar.Component, entry: CalendarEntry, *, task: bool) -> None:
    done_event = entry.state is EntryState.DONE and not task
    made.add("summary", (DONE_MARK if done_event else "") + line(entry.summary))
    if entry.description:
        made.add("description", plain(entry.description))
    if entry.location:
        made.add("location", line(entry.location))
    if entry.url:
        made.add("url", line(entry.url))
    if entry.categories:
        made.add("categories", [line(category) for category in entry.categories])
    if not task:
        made.add("transp", "OPAQUE" if entry.busy and entry.state is EntryState.OPEN else "TRANSPARENT")


def _time(
    made: icalendar.Component, entry: CalendarEntry, zones: Mapping[str, icalendar.Timezone | None], *, task: bool
) -> None:
    if task:
        made.add("due", _moment(entry.starts, entry.zone, zones))
        return
    made.add("dtstart", _moment(entry.starts, entry.zone, zones))
    if entry.ends is not None and entry.ends != entry.starts:
        made.add("dtend", _moment(entry.ends, entry.zone, zones))


def _moment(moment: datetime | date, zone: str, zones: Mapping[str, icalendar.Timezone | None]) -> datetime | date:
    if not isinstance(moment, datetime):
        return moment
    if zone in _UTC:
        return moment.replace(tzinfo=UTC)
    try:
        local = moment.replace(tzinfo=ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"the time zone “{zone}” is not known") from error
    return local if zones.get(zone) is not None else local.astimezone(UTC)


def _alarm(entry: CalendarEntry, *, task: bool) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", line(entry.summary))
    before = timedelta(minutes=-max(0, entry.alarm_minutes or 0))
    # A task here has no start: its alarm hangs on when it is due (RFC 5545 section 3.8.6.3).
    alarm.add("trigger", before, parameters={"RELATED": "END"} if task else {})
    return alarm
