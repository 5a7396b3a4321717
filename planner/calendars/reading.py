"""Reading foreign calendar files (RFC 5545): one item at a time, so that a broken one never costs the others.

A file is cut into its components first, by lines alone; each event is then parsed by icalendar for itself. What has no
readable start, breaks off, or is no event is listed with its reason and its text. Series are spread out by
recurring-ical-events within a window, and never for longer than a person could use.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from time import monotonic
from typing import Any

import icalendar
from icalendar.prop import vBroken

from planner.calendars.file_zones import Zones, defined, iana, windows_to_olson_name
from planner.calendars.found import CalendarFile, FoundEvent, Invitee
from planner.calendars.series import NONSENSE, OCCURRENCES, Component, endless, occurrences, when_text
from planner.contacts.encodings import byte_order_mark, decode, guess
from planner.contacts.records import FailedItem

#: A single item larger than this many characters is no appointment.
LARGEST_ITEM = 1_000_000
#: Seconds for spreading out the series of one file; what remains after that is read with its first time alone.
PATIENCE = 2.0
#: Times outside these years are a slip of the program that wrote them.
YEARS = range(1900, 2200)
_KINDS = {"VEVENT": "", "VTODO": "it is a task, not an event", "VJOURNAL": "it is a journal entry, not an event"}
_MARK = re.compile(r"^(BEGIN|END)\s*:\s*([A-Za-z0-9-]+)\s*$", re.IGNORECASE)
#: "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin": a name made unique by its vendor (RFC 5545 section 3.2.19).
_VENDOR = re.compile(r"""TZID="?/[^:;"\s]*?/([A-Z][A-Za-z_]+/[^:;"\s]+)"?(?=[:;])""")
_TIMES = ("DTSTART", "DTEND", "RECURRENCE-ID")
_LISTS = ("EXDATE", "RDATE")


class NotACalendar(ValueError):
    """The file holds no calendar at all; the text says what is wrong in a short clause."""


@dataclass
class _Cut:
    """One component, cut out of the file."""

    position: int
    name: str
    lines: list[str] = field(default_factory=list)
    complete: bool = False

    @property
    def text(self) -> str:
        return "\r\n".join(self.lines) + "\r\n"


def looks_like_calendar(data: bytes) -> bool:
    """Whether a file may be a calendar, by its first part."""
    return b"BEGIN:VCALENDAR" in data[:4096].replace(b"\0", b"").upper()


def read(data: bytes, zone: tzinfo, since: datetime, until: datetime) -> CalendarFile:
    """Read a calendar file. Raises NotACalendar where it is none.

    `zone` is that of times that name none. Series are spread out from `since` to `until` (aware).
    """
    cuts, about, whole = _cut(_text(data))
    own_zone = iana(about.get("X-WR-TIMEZONE", "")) or iana(windows_to_olson_name(about.get("X-WR-TIMEZONE", "")))
    zones = Zones(defined(_zone_texts(cuts)), own_zone or zone)
    failed: list[FailedItem] = []
    series: dict[str, list[tuple[_Cut, Component, str]]] = {}
    for cut in cuts:
        if cut.name == "VTIMEZONE":
            continue
        reason = _KINDS[cut.name]
        if not reason:
            made = _event(cut, zones)
            if not isinstance(made, str):
                event, note = made
                uid = _line(event.get("UID")) or f"without-{cut.position}"
                series.setdefault(uid, []).append((cut, event, note))
                continue
            reason = made
        failed.append(FailedItem(cut.position, reason, cut.text[:20_000]))
    events: list[FoundEvent] = []
    end = monotonic() + PATIENCE
    for uid, members in series.items():
        for found in _spread(uid, members, since, until, lambda: monotonic() > end):
            (failed if isinstance(found, FailedItem) else events).append(found)  # type: ignore[arg-type]
    if not whole:
        last = max((cut.position for cut in cuts), default=0)
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


# --- cutting


def _text(data: bytes) -> str:
    if found := byte_order_mark(data[:4]):
        data = decode(data[found[1] :], found[0]).encode()
    # Unfolded as bytes: some programs fold inside a character (RFC 5545 section 3.1 speaks of octets).
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\0", b"")
    data = re.sub(rb"\n[ \t]", b"", data)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return decode(data, guess(data))


def _cut(text: str) -> tuple[list[_Cut], dict[str, str], bool]:
    """The components of a file, the calendar's own properties, and whether every BEGIN found its END."""
    cuts: list[_Cut] = []
    about: dict[str, str] = {}
    current: _Cut | None = None
    inner: list[str] = []  # components inside the current one
    calendars = ended = position = 0
    for line in text.split("\n"):
        mark = _MARK.match(line)
        word, name = (mark[1].upper(), mark[2].upper()) if mark else ("", "")
        if name == "VCALENDAR":
            calendars += word == "BEGIN"
            ended += word == "END"
            current, inner = None, []
        elif word == "BEGIN" and (name in _KINDS or (name == "VTIMEZONE" and not inner)):
            position += name != "VTIMEZONE"
            current, inner = _Cut(position, name, [f"BEGIN:{name}"]), []
            cuts.append(current)
        elif current is None:
            key, _, value = line.partition(":")
            if key.partition(";")[0].upper() in ("METHOD", "NAME", "X-WR-CALNAME", "X-WR-TIMEZONE"):
                about.setdefault(key.partition(";")[0].upper(), _unescaped(value.strip()))
        elif word == "END" and name == current.name and not (inner and name in inner):
            current.lines.append(f"END:{name}")
            current.complete = True
            current, inner = None, []
        else:
            _inside(current, inner, word, name, line)
    if not calendars and not cuts:
        raise NotACalendar("it holds no calendar" if text.strip() else "it is empty")
    return cuts, about, ended >= calendars


def _inside(current: _Cut, inner: list[str], word: str, name: str, line: str) -> None:
    """A line inside a component. What stands in an event, such as its alarms, is not read; a zone needs its parts."""
    if word == "BEGIN":
        inner.append(name)
    if line.strip() and (not inner or current.name == "VTIMEZONE"):
        current.lines.append(line)
    if word == "END" and inner and name == inner[-1]:
        inner.pop()


def _unescaped(value: str) -> str:
    return re.sub(r"\\([,;\\])", r"\1", value)


def _zone_texts(cuts: Sequence[_Cut]) -> Iterator[str]:
    for cut in cuts:
        if cut.name == "VTIMEZONE" and cut.complete and len(cut.text) <= LARGEST_ITEM:
            yield cut.text


# --- one event


def _event(cut: _Cut, zones: Zones) -> tuple[Component, str] | str:
    """An event with its times settled, and what of it could not be read; or why it can't be used."""
    if not cut.complete:
        return "it breaks off before its end"
    if len(cut.text) > LARGEST_ITEM:
        return "it is larger than any appointment"
    try:
        made: Component = icalendar.Event.from_ical(_VENDOR.sub(r"TZID=\1", cut.text))
    except NONSENSE as error:
        return f"it is not well-formed ({_short(error)})"
    if not isinstance(made, icalendar.Event):
        return "it is no event"
    lost = [str(name) for name, _ in made.errors if name and not str(name).upper().startswith("X-")]
    for name, value in list(made.items()):
        if any(isinstance(each, vBroken) for each in (value if isinstance(value, list) else [value])):
            del made[name]
            lost.append(name)
    lost += ["a line without a name"] if any(not name for name, _ in made.errors) else []
    for name in (*_TIMES, *_LISTS):
        if name in made and not _settle(made, name, zones):
            lost.append(name)
    start = made.get("DTSTART")
    if isinstance(start, list):
        return "it has two starts"
    if start is None:
        return "its start can't be read" if "DTSTART" in lost else "it has no start"
    if not isinstance(start.dt, date) or start.dt.year not in YEARS:
        return "its start is out of range"
    return made, f"could not be read of it: {', '.join(dict.fromkeys(lost))}" if lost else ""


def _settle(event: Component, name: str, zones: Zones) -> bool:
    """Give the times of a property their zone; what is no time is taken out, and False returned."""
    held = event[name]
    try:
        for value in held if isinstance(held, list) else [held]:
            tzid = str(value.params.get("TZID", ""))
            for each in value.dts if hasattr(value, "dts") else [value]:
                if isinstance(each.dt, tuple):
                    continue  # a period of an RDATE
                if not isinstance(each.dt, date):
                    raise TypeError(name)
                each.dt = zones.settle(each.dt, tzid)
                each.dt.strftime("%Y")
    except NONSENSE:
        del event[name]
        return False
    return True


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__


# --- series


def _spread(
    uid: str,
    members: list[tuple[_Cut, Component, str]],
    since: datetime,
    until: datetime,
    impatient: Callable[[], bool],
) -> Iterator[FoundEvent | FailedItem]:
    """The events under one UID: each as it is, or the occurrences of a series with its exceptions."""
    repeats = any("RRULE" in event or "RDATE" in event for _, event, _ in members)
    exceptions = any("RECURRENCE-ID" in event for _, event, _ in members)
    if not repeats:
        # Some publishers give every session the same UID: these are no exceptions of anything.
        seen: dict[str, int] = {}
        for cut, event, note in members:
            which = when_text(event["RECURRENCE-ID"].dt) if exceptions and "RECURRENCE-ID" in event else ""
            if len(members) > 1 and not which:
                which = when_text(event["DTSTART"].dt)
            seen[which] = seen.get(which, 0) + 1
            if seen[which] > 1:
                which = f"{which}-{seen[which]}"
            yield _found(cut, event, uid, which, note)
        return
    cut, master, note = next((member for member in members if "RECURRENCE-ID" not in member[1]), members[0])
    reason = "working the others out took too long" if impatient() else endless(master)
    times_found: list[Component] = []
    if not reason:
        try:
            times_found = occurrences([event for _, event, _ in members], since, until)
        except NONSENSE as error:
            reason = f"how it repeats can't be read ({_short(error)})"
    if reason:
        yield _found(cut, master, uid, "", "; ".join(part for part in (note, f"only the first time: {reason}") if part))
        return
    if not times_found:
        yield _found(
            cut, master, uid, "", "; ".join(part for part in (note, "only the first time: it is over") if part)
        )
        return
    times = "1 time" if len(times_found) == 1 else f"{len(times_found)} times"
    more = f"it repeats: {times} until {until.date().isoformat()}"
    if len(times_found) > OCCURRENCES:
        more = f"it repeats: the first {OCCURRENCES} times"
    told = "; ".join(part for part in (note, more) if part)
    for number, event in enumerate(times_found[:OCCURRENCES]):
        which = when_text(event["RECURRENCE-ID"].dt if "RECURRENCE-ID" in event else event["DTSTART"].dt)
        yield _found(cut, event, uid, which, told if number == 0 else "")


# --- what it says


def _found(cut: _Cut, event: Component, uid: str, occurrence: str, note: str) -> FoundEvent | FailedItem:
    try:
        starts, ends = _span(event)
        return FoundEvent(
            position=cut.position,
            uid=uid,
            summary=_line(event.get("SUMMARY")),
            starts=starts,
            ends=ends,
            occurrence=occurrence,
            zone=getattr(getattr(starts, "tzinfo", None), "key", "") or "",
            description=_first_text(event.get("DESCRIPTION")) or _first_text(event.get("X-ALT-DESC")),
            location=_line(event.get("LOCATION")),
            url=_line(event.get("URL")),
            categories=_categories(event.get("CATEGORIES")),
            people=tuple(_people(event)),
            cancelled=_line(event.get("STATUS")).upper() == "CANCELLED",
            note=note,
            source_text=cut.text[:20_000],
        )
    except NONSENSE as error:
        return FailedItem(cut.position, f"it can't be understood ({_short(error)})", cut.text[:20_000])


def _span(event: Component) -> tuple[datetime | date, datetime | date]:
    """Start and end (RFC 5545 section 3.6.1): by DTEND, by DURATION, else a day or nothing. Never reversed."""
    starts = event["DTSTART"].dt
    ends = event["DTEND"].dt if "DTEND" in event and not isinstance(event["DTEND"], list) else None
    length = getattr(event.get("DURATION"), "dt", None)
    if isinstance(starts, datetime) != isinstance(ends, datetime):
        ends = None
    if ends is None and isinstance(length, timedelta):
        if isinstance(starts, datetime):
            ends = (starts.astimezone(UTC) + length).astimezone(starts.tzinfo)
        else:
            ends = starts + timedelta(days=length.days)
    if isinstance(starts, datetime):
        ends = starts if ends is None or ends < starts else ends
    else:
        ends = starts + timedelta(days=1) if ends is None or ends <= starts else ends
    if ends.year not in YEARS:
        raise ValueError("its end is out of range")
    return starts, ends


def _line(value: Any) -> str:
    return " ".join(_first_text(value).split())


def _first_text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return "" if value is None else str(value).strip()


def _categories(value: Any) -> tuple[str, ...]:
    found: list[str] = []
    for each in value if isinstance(value, list) else [value] if value is not None else []:
        found += [str(name).strip() for name in getattr(each, "cats", [each])]
    return tuple(dict.fromkeys(name for name in found if name))


def _people(event: Component) -> Iterator[Invitee]:
    seen: set[str] = set()
    for name in ("ORGANIZER", "ATTENDEE"):
        held = event.get(name)
        for value in held if isinstance(held, list) else [held] if held is not None else []:
            email = str(value).strip()
            email = email[7:] if email.lower().startswith("mailto:") else "" if "@" not in email else email
            params = getattr(value, "params", {})
            if str(params.get("CUTYPE", "")).upper() in ("ROOM", "RESOURCE", "GROUP"):
                continue
            called = " ".join(str(params.get("CN", "")).strip("\"' ").split())
            called = "" if called.lower() == email.lower() else called
            key = (email or called).lower()
            if key and key not in seen:
                seen.add(key)
                yield Invitee(called, email, organizer=name == "ORGANIZER")
