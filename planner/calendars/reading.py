"""Reading foreign calendar files (RFC 5545): one item at a time, so that a broken one never costs the others.

A file is cut into its components first, by lines alone; each event is then parsed by icalendar for itself. What has no
readable start, breaks off, or is no event is listed with its reason and its text. Series are spread out by
recurring-ical-events within a window, and never for longer than a person could use.
"""

from __future__ import annotations

import calendar
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import icalendar
from icalendar.prop import vBroken
from icalendar.timezone import windows_to_olson

from planner.contacts.encodings import byte_order_mark, decode, guess
from planner.contacts.records import FailedItem

#: A single item larger than this many characters is no appointment.
LARGEST_ITEM = 1_000_000
#: How many occurrences of one series are read.
OCCURRENCES = 100
#: Seconds for spreading out the series of one file; what remains after that is read with its first time alone.
PATIENCE = 2.0
#: Times outside these years are a slip of the program that wrote them.
YEARS = range(1900, 2200)
_KINDS = {"VEVENT": "", "VTODO": "it is a task, not an event", "VJOURNAL": "it is a journal entry, not an event"}
_FINE = {"SECONDLY", "MINUTELY", "HOURLY"}
_MARK = re.compile(r"^(BEGIN|END)\s*:\s*([A-Za-z0-9-]+)\s*$", re.IGNORECASE)
#: "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin": a name made unique by its vendor (RFC 5545 section 3.2.19).
_VENDOR = re.compile(r"""TZID="?/[^:;"\s]*?/([A-Z][A-Za-z_]+/[^:;"\s]+)"?(?=[:;])""")
_TIMES = ("DTSTART", "DTEND", "RECURRENCE-ID")
_LISTS = ("EXDATE", "RDATE")
#: A component of icalendar: what its properties hold depends on the file, so no type says more.
_Component = Any
#: What icalendar and recurring-ical-events raise on nonsense, beside ValueError.
_NONSENSE = (ValueError, KeyError, IndexError, TypeError, AttributeError, ArithmeticError, RecursionError)


class NotACalendar(ValueError):
    """The file holds no calendar at all; the text says what is wrong in a short clause."""


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody on an event. `email` is "" where none is given."""

    name: str
    email: str
    organizer: bool = False


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """One event, or one occurrence of a series. `starts` and `ends` (exclusive) are aware, or dates for whole days.

    `zone` is the IANA name of the zone it was written in, "" where it names none. `note` says what could not be read
    of it, or that only part of a series is here. `uid` is the file's; `occurrence` tells those of a series apart.
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


@dataclass
class _Zones:
    """How this file's times become moments."""

    own: dict[str, tzinfo]
    default: tzinfo
    assumed: bool = False

    def named(self, name: str) -> tzinfo | None:
        """The zone a TZID means: by IANA name, as Windows calls it, as the file defines it."""
        name = name.strip().strip('"')
        if found := iana(name) or iana(windows_to_olson_name(name)):
            return found
        return self.own.get(name)

    def settle(self, value: Any, tzid: str) -> Any:
        """A moment with its zone; dates stay dates."""
        if not isinstance(value, datetime):
            return value
        if tzid and (zone := self.named(tzid)) is not None:
            return value.replace(tzinfo=zone)
        if value.tzinfo is not None:
            return value
        self.assumed = True
        return value.replace(tzinfo=self.default)


def iana(name: str) -> tzinfo | None:
    """The zone of that IANA name, None where there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def windows_to_olson_name(name: str) -> str:
    """ "W. Europe Standard Time" is "Europe/Berlin"; "" for what is no Windows name."""
    return windows_to_olson.WINDOWS_TO_OLSON.get(name, "")


def looks_like_calendar(data: bytes) -> bool:
    """Whether a file may be a calendar, by its first part."""
    return b"BEGIN:VCALENDAR" in data[:4096].replace(b"\0", b"").upper()


def read(data: bytes, zone: tzinfo, since: datetime, until: datetime) -> CalendarFile:
    """Read a calendar file. Raises NotACalendar where it is none.

    `zone` is that of times that name none. Series are spread out from `since` to `until` (aware).
    """
    cuts, about, whole = _cut(_text(data))
    own_zone = iana(about.get("X-WR-TIMEZONE", "")) or iana(windows_to_olson_name(about.get("X-WR-TIMEZONE", "")))
    zones = _Zones(_defined(cuts), own_zone or zone)
    failed: list[FailedItem] = []
    series: dict[str, list[tuple[_Cut, _Component, str]]] = {}
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


def _defined(cuts: Sequence[_Cut]) -> dict[str, tzinfo]:
    """The zones a file defines, where their definition can be used."""
    found: dict[str, tzinfo] = {}
    for cut in cuts:
        if cut.name != "VTIMEZONE" or not cut.complete or len(cut.text) > LARGEST_ITEM:
            continue
        tzid = next((line.split(":", 1)[1].strip() for line in cut.lines if line.upper().startswith("TZID")), "")
        if iana(tzid) or iana(windows_to_olson_name(tzid)) or _too_fine(cut.text):
            continue
        try:
            defined: _Component = icalendar.Timezone.from_ical(cut.text)
            zone: tzinfo = defined.to_tz(lookup_tzid=False)
            zone.utcoffset(datetime(2020, 1, 1))  # noqa: DTZ001 - wall time is what a zone is asked about
        except _NONSENSE:
            continue
        found[tzid] = zone
    return found


def _too_fine(text: str) -> bool:
    return re.search(r"FREQ=(SECONDLY|MINUTELY|HOURLY|DAILY)", text, re.IGNORECASE) is not None


# --- one event


def _event(cut: _Cut, zones: _Zones) -> tuple[_Component, str] | str:
    """An event with its times settled, and what of it could not be read; or why it can't be used."""
    if not cut.complete:
        return "it breaks off before its end"
    if len(cut.text) > LARGEST_ITEM:
        return "it is larger than any appointment"
    try:
        made: _Component = icalendar.Event.from_ical(_VENDOR.sub(r"TZID=\1", cut.text))
    except _NONSENSE as error:
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


def _settle(event: _Component, name: str, zones: _Zones) -> bool:
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
    except _NONSENSE:
        del event[name]
        return False
    return True


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__


# --- series


def _spread(
    uid: str,
    members: list[tuple[_Cut, _Component, str]],
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
            which = _when_text(event["RECURRENCE-ID"].dt) if exceptions and "RECURRENCE-ID" in event else ""
            if len(members) > 1 and not which:
                which = _when_text(event["DTSTART"].dt)
            seen[which] = seen.get(which, 0) + 1
            if seen[which] > 1:
                which = f"{which}-{seen[which]}"
            yield _found(cut, event, uid, which, note)
        return
    cut, master, note = next((member for member in members if "RECURRENCE-ID" not in member[1]), members[0])
    reason = "working the others out took too long" if impatient() else _endless(master)
    occurrences: list[_Component] = []
    if not reason:
        try:
            occurrences = _occurrences([event for _, event, _ in members], since, until)
        except _NONSENSE as error:
            reason = f"how it repeats can't be read ({_short(error)})"
    if reason:
        yield _found(cut, master, uid, "", "; ".join(part for part in (note, f"only the first time: {reason}") if part))
        return
    if not occurrences:
        yield _found(
            cut, master, uid, "", "; ".join(part for part in (note, "only the first time: it is over") if part)
        )
        return
    times = "1 time" if len(occurrences) == 1 else f"{len(occurrences)} times"
    more = f"it repeats: {times} until {until.date().isoformat()}"
    if len(occurrences) > OCCURRENCES:
        more = f"it repeats: the first {OCCURRENCES} times"
    told = "; ".join(part for part in (note, more) if part)
    for number, event in enumerate(occurrences[:OCCURRENCES]):
        which = _when_text(event["RECURRENCE-ID"].dt if "RECURRENCE-ID" in event else event["DTSTART"].dt)
        yield _found(cut, event, uid, which, told if number == 0 else "")


def _endless(event: _Component) -> str:
    """Why a rule is not worked out: finer than a day, or naming days that no month has, which costs minutes."""
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        frequency = str((rule.get("FREQ") or [""])[0]).upper()
        if frequency in _FINE or not frequency:
            return "it repeats more often than daily" if frequency else "its rule names no frequency"
        if any(name in rule for name in ("BYSECOND", "BYMINUTE", "BYHOUR", "BYSETPOS")) and frequency == "DAILY":
            return "its rule is too fine"
        days = rule.get("BYDAY", [])
        if any(abs(getattr(day, "relative", None) or 0) > (5 if frequency == "MONTHLY" else 53) for day in days) or any(
            abs(int(place)) > 31 for place in rule.get("BYSETPOS", []) if frequency in ("MONTHLY", "WEEKLY")
        ):
            return "its rule names days that no month has"
        if not _has_days(rule):
            return "its rule names days that no month has"
        count = rule.get("COUNT") or [1]
        if not str(count[0]).lstrip("-").isdigit() or int(count[0]) < 1 or int((rule.get("INTERVAL") or [1])[0]) < 1:
            return "its rule counts wrongly"
    return ""


def _has_days(rule: Any) -> bool:
    """Whether any year has such a day: months, days of the month or year and weeks that never meet are none."""
    months, month_days, year_days, weeks = (
        {int(value) for value in rule.get(name, [])} for name in ("BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO")
    )
    if not (months or month_days or year_days or weeks):
        return True
    for year in (2024, 2025, 2026):  # with and without a leap day, with 52 and 53 weeks
        length = (date(year + 1, 1, 1) - date(year, 1, 1)).days
        for past in range(1, length + 1):
            day = date(year, 1, 1) + timedelta(days=past - 1)
            if months and day.month not in months:
                continue
            if year_days.isdisjoint((past, past - length - 1)) and year_days:
                continue
            last = calendar.monthrange(year, day.month)[1]
            if month_days.isdisjoint((day.day, day.day - last - 1)) and month_days:
                continue
            week = day.isocalendar().week
            if not weeks or week in weeks or any(-53 <= other < 0 for other in weeks):
                return True
    return False


def _occurrences(events: Sequence[_Component], since: datetime, until: datetime) -> list[_Component]:
    import recurring_ical_events

    whole = icalendar.Calendar()
    whole.add("PRODID", "-//Rapport//")
    whole.add("VERSION", "2.0")
    for event in events:
        whole.add_component(event)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = recurring_ical_events.of(whole, skip_bad_series=False).between(since, until)
    found = [event for event in found if isinstance(event, icalendar.Event)]
    found.sort(key=lambda event: _order(event["DTSTART"].dt))
    return list(islice(found, OCCURRENCES + 1))


def _order(value: datetime | date) -> datetime:
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    return datetime.combine(value, time(), UTC)


def _when_text(value: datetime | date) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return value.strftime("%Y%m%d")


# --- what it says


def _found(cut: _Cut, event: _Component, uid: str, occurrence: str, note: str) -> FoundEvent | FailedItem:
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
    except _NONSENSE as error:
        return FailedItem(cut.position, f"it can't be understood ({_short(error)})", cut.text[:20_000])


def _span(event: _Component) -> tuple[datetime | date, datetime | date]:
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


def _people(event: _Component) -> Iterator[Invitee]:
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
