"""Reading foreign calendar files (RFC 5545): one item at a time, so that a broken one never costs the others.

A file is cut into its components first, by lines alone; each event is then parsed by icalendar for itself. What has no
readable start, breaks off, or is no event is listed with its reason and its text. Series are spread out by
recurring-ical-events within a window, and never for longer than a person could use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, tzinfo
from time import thread_time

import icalendar
from icalendar.prop import vBroken

from planner.calendars.cutting import Cut, NotACalendar, cut, text_of
from planner.calendars.file_zones import Zones, defined, iana, is_area, windows_to_olson_name
from planner.calendars.found import CalendarFile, FoundEvent
from planner.calendars.patience import TookTooLong, within
from planner.calendars.saying import KEPT, YEARS, line_of, short
from planner.calendars.series import NONSENSE, Component
from planner.calendars.spreading import Member, settled
from planner.contacts.records import FailedItem

__all__ = ["NotACalendar", "looks_like_calendar", "read"]

#: A single item larger than this many characters is no appointment.
LARGEST_ITEM = 1_000_000
#: Seconds for spreading out the series of one file; what remains after that is read with its first time alone.
PATIENCE = 2.0
#: Seconds for any one series, and for parsing any one item, however large the file.
PATIENCE_EACH = 0.7
#: How gzip and zip files begin.
PACKED = (b"\x1f\x8b", b"PK\x03\x04")
#: Longer items, in characters, are parsed with an eye on the clock.
_LARGE = 20_000
_KINDS = {
    "VTODO": "it is a task, not an event",
    "VJOURNAL": "it is a journal entry, not an event",
    "VFREEBUSY": "it tells when somebody is busy, and is no event",
    "VAVAILABILITY": "it tells when somebody has time, and is no event",
    "VPOLL": "it is a poll, not an event",
    "VALARM": "it is an alarm without an event",
    "": "its beginning is missing",
}
#: "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin": a name made unique by its vendor (RFC 5545 section 3.2.19).
_VENDOR = re.compile(r"""TZID="?/[^:;"\s]*?/([A-Z][A-Za-z_]+/[^:;"\s]+)"?(?=[:;])""")
#: icalendar takes the name of a folder of zones, "America", for one of the zones, and fails to read it.
_AREA = re.compile(r"""(?<=TZID=)("?)([A-Za-z_/]+)\1(?=[:;])""")
#: A leap second is allowed, and no clock here has one (RFC 5545 section 3.3.12).
_LEAP = re.compile(r"^((?:DTSTART|DTEND|RECURRENCE-ID)[^\r\n]*:\d{8}T\d{4})60", re.MULTILINE | re.IGNORECASE)
_TIMES = ("DTSTART", "DTEND", "RECURRENCE-ID")
_LISTS = ("EXDATE", "RDATE")
#: Of these an event has one (RFC 5545 section 3.6.1); where there are more, the first is read.
_ONCE = ("UID", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "SUMMARY", "STATUS")


def looks_like_calendar(data: bytes) -> bool:
    """Whether a file may be a calendar, by its first part."""
    return b"BEGIN:VCALENDAR" in data[:4096].replace(b"\0", b"").upper()


def read(data: bytes, zone: tzinfo, since: datetime, until: datetime) -> CalendarFile:
    """Read a calendar file. Raises NotACalendar where it is none.

    `zone` is that of times that name none. Series are spread out from `since` to `until` (aware).
    """
    try:
        pieces = cut(text_of(data))
    except NotACalendar as error:
        if data.startswith(PACKED):
            raise NotACalendar("it is compressed, and has to be unpacked first") from error
        raise
    about = pieces.about
    own_zone = iana(about.get("X-WR-TIMEZONE", "")) or iana(windows_to_olson_name(about.get("X-WR-TIMEZONE", "")))
    end = thread_time() + PATIENCE
    zones = Zones(defined(_zone_texts(pieces.cuts), lambda: min(PATIENCE_EACH, end - thread_time())), own_zone or zone)
    failed: list[FailedItem] = []
    series: dict[str, list[Member]] = {}
    for piece in pieces.cuts:
        if piece.name == "VTIMEZONE":
            continue
        reason = "" if piece.name == "VEVENT" else _KINDS.get(piece.name, "it is no event")
        if not reason:
            made = _event(piece, zones, since)
            if not isinstance(made, str):
                event, note = made
                uid = line_of(event.get("UID")) or f"without-{piece.position}"
                series.setdefault(uid, []).append((piece, event, note))
                continue
            reason = made
        failed.append(FailedItem(piece.position, reason, piece.text[:KEPT]))
    events: list[FoundEvent] = []
    for uid, members in series.items():
        for found in settled(uid, members, since, until, lambda: min(PATIENCE_EACH, end - thread_time())):
            (failed if isinstance(found, FailedItem) else events).append(found)  # type: ignore[arg-type]  # each its own
    if not pieces.whole:
        last = max((piece.position for piece in pieces.cuts), default=0)
        failed.append(FailedItem(last + 1, "the file breaks off here, so there may have been more", ""))
    events.sort(key=lambda event: event.position)
    failed.sort(key=lambda item: item.position)
    return CalendarFile(
        name=about.get("X-WR-CALNAME") or about.get("NAME", ""),
        method=about.get("METHOD", "").upper(),
        events=tuple(events),
        failed=tuple(failed),
        zone=getattr(own_zone, "key", "") or "",
        zone_assumed=zones.assumed and own_zone is None,
    )


def _zone_texts(cuts: Sequence[Cut]) -> Iterator[str]:
    for piece in cuts:
        if piece.name == "VTIMEZONE" and piece.complete and len(piece.text) <= LARGEST_ITEM:
            yield piece.text


# --- one event


def _event(piece: Cut, zones: Zones, since: datetime) -> tuple[Component, str] | str:
    """An event with its times settled, and what of it could not be read; or why it can't be used."""
    if not piece.complete:
        return "it breaks off before its end"
    text = piece.text
    if len(text) > LARGEST_ITEM:
        return "it is larger than any appointment"
    text = _LEAP.sub(r"\g<1>59", _VENDOR.sub(r"TZID=\1", text))
    text = _AREA.sub(lambda found: f'"{found[2]} (an area)"' if is_area(found[2]) else found[0], text)
    try:
        made: Component = (
            within(PATIENCE_EACH, lambda: icalendar.Event.from_ical(text))
            if (len(text) > _LARGE)
            else icalendar.Event.from_ical(text)
        )
    except TookTooLong:
        return "reading it took too long"
    except NONSENSE as error:
        return f"it is not well-formed ({short(error)})"
    if not isinstance(made, icalendar.Event):
        return "it is no event"
    zones.unknown.clear()
    lost = _cleaned(made, zones)
    if reason := _start(made, lost, since, called_off=piece.method == "CANCEL"):
        return reason
    told = f"could not be read of it: {', '.join(dict.fromkeys(lost))}" if lost else ""
    where = f"its time zone “{zones.unknown[0]}” is not known, and read as yours" if zones.unknown else ""
    cut_off = f"cut off, being very long: {', '.join(piece.cut_off)}" if piece.cut_off else ""
    return made, "; ".join(part for part in (told, where, cut_off) if part)


def _cleaned(made: Component, zones: Zones) -> list[str]:
    """Take out what can't be read and settle the times; returns the names of what was taken out."""
    lost = [str(name) for name, _ in made.errors if name and not str(name).upper().startswith("X-")]
    for name, value in list(made.items()):
        held = value if isinstance(value, list) else [value]
        fine = [each for each in held if not isinstance(each, vBroken)]
        if name in _ONCE and len(fine) > 1:
            lost.append(f"a second {name}")
        if name in _ONCE and fine:
            made[name] = fine[0]
        elif len(fine) < len(held):
            del made[name]
            lost.append(name)
    lost += ["a line without a name"] if any(not name for name, _ in made.errors) else []
    params = getattr(made.get("DTSTART"), "params", {})
    for name in (*_TIMES, *_LISTS):
        # A time that names no zone beside a start that does is meant in that of the start.
        if name in made and not _settle(made, name, zones, str(params.get("TZID", ""))):
            lost.append(name)
    if "EXRULE" in made:
        lost.append("EXRULE, a rule for exceptions")
    return lost


def _start(event: Component, lost: list[str], since: datetime, *, called_off: bool) -> str:
    """Why its start is none, "" if it is one. Who calls an event off need not say when it was (RFC 5546, 3.2.5)."""
    start = event.get("DTSTART")
    if isinstance(start, list):
        return "it has two starts"
    if start is None and called_off and "DTSTART" not in lost:
        event.add("DTSTART", since)
        return ""
    if start is None:
        return "its start can't be read" if "DTSTART" in lost else "it has no start"
    if not isinstance(start.dt, date) or start.dt.year not in YEARS:
        return "its start is out of range"
    return ""


def _settle(event: Component, name: str, zones: Zones, usual: str) -> bool:
    """Give the times of a property their zone; what is no time is taken out, and False returned.

    `usual` is the TZID of times that are floating.
    """
    held = event[name]
    try:
        for value in held if isinstance(held, list) else [held]:
            tzid = str(value.params.get("TZID", ""))
            for each in value.dts if hasattr(value, "dts") else [value]:
                if isinstance(each.dt, tuple):
                    # A period of an RDATE: two times, or a time and a length.
                    each.dt = tuple(zones.settle(part, tzid) for part in each.dt)
                    continue
                if not isinstance(each.dt, date):
                    raise TypeError(name)
                floating = getattr(each.dt, "tzinfo", None) is None
                each.dt = zones.settle(each.dt, tzid or (usual if floating else ""))
                each.dt.strftime("%Y")
    except NONSENSE:
        del event[name]
        return False
    return True
