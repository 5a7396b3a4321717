"""One item as it stands on a server: reading its facts, and writing ours into it without losing what others put there.

People's calendar programs add to an item what is theirs: a colour, a snoozed alarm, attendees, notes of when a reminder
was seen. All of it survives our edits: only the properties listed in `_OURS` are replaced.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import icalendar

from planner.calendars import ics
from planner.calendars.file_zones import Zones, defined, iana
from planner.calendars.records import CalendarEntry, Chosen, EntryState, Outgoing
from planner.calendars.series import NONSENSE

#: What we write, and therefore replace; everything else in an item is others'.
_OURS = (
    "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "CATEGORIES", "STATUS", "TRANSP", "PERCENT-COMPLETE", "COMPLETED",
    "DTSTART", "DTEND", "DUE", "DURATION", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "CREATED", "UID",
)  # fmt: skip

#: Those of them that a person sees; the others tell of revisions.
_SHOWN = tuple(
    name for name in _OURS if name not in ("COMPLETED", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "CREATED", "UID")
)

#: Tells our alarm from those that a calendar program or the person added.
_OUR_ALARM = "X-RAPPORT-ALARM"

_NAMES = ("VEVENT", "VTODO")


class Unreadable(ValueError):
    """The item is not one we can read; the text says why. It is left alone."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What either side may change: when it is (UTC, or a date; None if the item no longer says), and its state."""

    when: datetime | date | None
    state: EntryState

    def to_text(self) -> str:
        """The facts as canonical text, by which the two sides are compared."""
        if isinstance(self.when, datetime):
            when = self.when.astimezone(UTC).isoformat()
        else:
            when = self.when.isoformat() if self.when else ""
        return json.dumps([when, self.state.value])

    @classmethod
    def from_text(cls, text: str) -> Facts:
        """The facts behind a text of `to_text`."""
        when, state = json.loads(text)
        moment = None if not when else datetime.fromisoformat(when) if "T" in when else date.fromisoformat(when)
        return cls(moment, EntryState(state))


def facts_of_entry(entry: CalendarEntry) -> Facts:
    """The facts of our side."""
    return Facts(_moment(entry.starts, entry.zone), entry.state)


def yields(entry: CalendarEntry, facts: Facts, theirs: str, zone: tzinfo) -> bool:
    """Whether nobody here has chosen what differs from their facts; `zone` is the person's, for days.

    Of a follow-up for any time of the day, the hour; of one that was made without being asked, everything.
    """
    if entry.state is not EntryState.OPEN or entry.chosen is Chosen.TIME:
        return False
    if entry.chosen is Chosen.NOTHING:
        return True
    there = Facts.from_text(theirs)
    if there.when is None or facts.when is None or there.state is not facts.state:
        return False
    return _day(there.when, zone) == _day(facts.when, zone)


def _day(when: datetime | date, zone: tzinfo) -> date:
    return when.astimezone(zone).date() if isinstance(when, datetime) else when


def read(data: str) -> tuple[str, Facts]:
    """The UID and the facts of an item. Raises Unreadable.

    A completed task, or an event whose title begins with our mark, is done; a cancelled one is dropped.
    """
    calendar = _parse(data)
    component = _main(calendar)
    uid = str(component.get("UID", "")).strip()
    if not uid:
        raise Unreadable("it has no UID")
    status = str(component.get("STATUS", "")).upper()
    if status == "CANCELLED":
        state = EntryState.CANCELLED
    elif status == "COMPLETED" or "COMPLETED" in component or _marked_done(component):
        state = EntryState.DONE
    else:
        state = EntryState.OPEN
    return uid, Facts(_when(component, calendar), state)


def _marked_done(component: icalendar.Component) -> bool:
    # A tick typed by hand, with or without our space, says the same; some programs also file "100 %" without a status.
    summary = str(component.get("SUMMARY", "")).lstrip()
    return summary.startswith(("✓", "✔", "☑")) or str(component.get("PERCENT-COMPLETE", "")) == "100"


def _when(component: icalendar.Component, calendar: icalendar.Calendar) -> datetime | date | None:
    for name in ("DUE", "DTSTART") if component.name == "VTODO" else ("DTSTART",):
        if name in component:
            held = component[name]
            if not isinstance(held, icalendar.vDDDTypes):
                raise Unreadable(f"its {name} is no date")
            value = held.dt
            if isinstance(value, datetime):
                return _in_utc(value, str(held.params.get("TZID", "")), calendar)
            if isinstance(value, date):
                return value
    return None


def _in_utc(value: datetime, tzid: str, calendar: icalendar.Calendar) -> datetime:
    """A time of an item in UTC.

    icalendar keeps a zone that any file defined for the whole process, under its name alone. What this item says by
    that name is therefore looked up anew: in the world's zones, else in its own definitions, never in another's.
    """
    if not tzid:
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    own = {} if iana(tzid) else defined(str(zone.to_ical(), "utf-8") for zone in calendar.walk("VTIMEZONE"))
    try:
        return Zones(own, UTC).settle(value, tzid).astimezone(UTC)  # type: ignore[no-any-return]  # untyped library
    except NONSENSE as error:
        raise Unreadable("its time zone can't be used") from error


def new(item: Outgoing, stamp: datetime) -> str:
    """A whole new item for the server: one VCALENDAR without METHOD (RFC 4791 section 4.1)."""
    zones = ics.zones_of([item.entry])
    calendar = ics.calendar_head()
    del calendar["METHOD"]
    for zone in zones.values():
        if zone is not None:
            calendar.add_component(zone)
    calendar.add_component(_ours(item, stamp, zones))
    return _text(calendar)


def merged(data: str, item: Outgoing, stamp: datetime) -> str:
    """The server's item with ours written into it. Raises Unreadable for one that can't be read.

    The revision rises above both sides' (RFC 5545 section 3.8.7.4).
    """
    calendar = _parse(data)
    theirs = _main(calendar)
    zones = ics.zones_of([item.entry])
    ours = _ours(item, stamp, zones)
    sequence = max(_number(theirs.get("SEQUENCE")) + 1, item.sequence)
    for name in _OURS:
        theirs.pop(name, None)
        if name in ours:
            theirs[name] = ours[name]
    theirs["SEQUENCE"] = icalendar.vInt(sequence)
    theirs.subcomponents = [part for part in theirs.subcomponents if not _is_our_alarm(part, ours)]
    theirs.subcomponents.extend(ours.subcomponents)
    known = {str(zone.get("TZID")) for zone in calendar.walk("VTIMEZONE")}
    for name, zone in zones.items():
        if zone is not None and name not in known:
            calendar.subcomponents.insert(0, zone)
    try:
        return _text(calendar)
    except ValueError as error:
        raise Unreadable("something in it can't be written back") from error


def says(data: str, item: Outgoing, stamp: datetime) -> bool:
    """Whether the server's item shows all that ours does, so that there is nothing to write. Raises Unreadable."""
    theirs = _main(_parse(data))
    ours = _ours(item, stamp, ics.zones_of([item.entry]))
    if theirs.name != ours.name or any(_said(theirs, name) != _said(ours, name) for name in _SHOWN):
        return False
    alarms = [_unmarked(part) for part in theirs.subcomponents if _is_our_alarm(part, ours)]
    return alarms == [_unmarked(part) for part in ours.subcomponents]


def _said(component: icalendar.Component, name: str) -> bytes:
    if name not in component or isinstance(component[name], list):
        return b""
    said = component[name].to_ical()
    return said if isinstance(said, bytes) else str(said).encode()


def _text(calendar: icalendar.Calendar) -> str:
    return str(calendar.to_ical(), "utf-8")


def _ours(
    item: Outgoing, stamp: datetime, zones: dict[str, icalendar.Timezone | None]
) -> icalendar.Event | icalendar.Todo:
    made = ics.component(item, stamp, zones)
    for alarm in made.walk("VALARM"):
        alarm.add(_OUR_ALARM, "1")
    return made


def _is_our_alarm(part: icalendar.Component, ours: icalendar.Component) -> bool:
    # One from a file of ours that was imported there has no mark, and says the same.
    if part.name != "VALARM":
        return False
    return _OUR_ALARM in part or _unmarked(part) in (_unmarked(alarm) for alarm in ours.subcomponents)


def _unmarked(alarm: icalendar.Component) -> list[tuple[str, bytes]]:
    return sorted((name, _said(alarm, name)) for name in alarm if name not in (_OUR_ALARM, "UID", "X-WR-ALARMUID"))


def _parse(data: str) -> icalendar.Calendar:
    try:
        calendar = icalendar.Calendar.from_ical(data)
    except NONSENSE as error:
        raise Unreadable(f"it is not well-formed ({type(error).__name__})") from error
    if not isinstance(calendar, icalendar.Calendar):
        raise Unreadable("it is no calendar")
    return calendar


def _main(calendar: icalendar.Calendar) -> icalendar.Component:
    """The event or task itself: of a series that someone made of it, the master."""
    found = list(_entries(calendar))
    if not found:
        raise Unreadable("there is neither an event nor a task in it")
    return next((part for part in found if "RECURRENCE-ID" not in part), found[0])


def _entries(calendar: icalendar.Calendar) -> Iterator[icalendar.Component]:
    for part in calendar.subcomponents:
        if part.name in _NAMES:
            yield part


def _number(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        return 0


def _moment(value: datetime | date, zone: str) -> datetime | date:
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is not None:
        return value.astimezone(UTC)
    try:
        return value.replace(tzinfo=ZoneInfo(zone or "UTC")).astimezone(UTC)
    except (ZoneInfoNotFoundError, ValueError, OverflowError, OSError):
        return value.replace(tzinfo=UTC)
