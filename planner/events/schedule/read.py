"""The one way in for schedules: by what a file holds, never by its name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import ClassVar

from planner.errors import FileUnreadable, UserError
from planner.events.schedule.records import PublishedSchedule

#: Larger files, in bytes, are no schedule: the largest conferences publish some 3 MB.
LARGEST = 64 * 1024 * 1024


@dataclass
class NoSchedule(UserError):
    """A file that is no schedule; `reason` is a short clause."""

    name: str
    reason: str

    what: ClassVar[str] = "“{name}” is no schedule that can be read: {reason}."
    safe: ClassVar[str] = "Nothing was imported, and nothing here was changed."
    advice: ClassVar[str] = "Look for a schedule.xml, schedule.json or .ics file on the conference's page."


def read_file(path: Path, zone: tzinfo) -> PublishedSchedule:
    """Read a schedule file. Raises FileUnreadable and NoSchedule. `zone` is that of times printed without one."""
    try:
        if path.stat().st_size > LARGEST:
            raise NoSchedule(path.name, "it is larger than any schedule")
        data = path.read_bytes()
    except OSError as error:
        raise FileUnreadable(path, error.strerror or str(error)) from error
    return read(data, path.name, zone)


def read(data: bytes, name: str, zone: tzinfo) -> PublishedSchedule:
    """Read a schedule: frab XML or JSON, a list of talks from pretalx, or iCalendar.

    Raises NoSchedule, which names it by `name`.
    """
    # These come only now: lxml and icalendar cost what no start of the program should pay, nor the other's file.
    from planner.events.schedule import frab, pretalx

    head = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    try:
        if not head:
            raise frab.NotASchedule("it is empty")
        if head.startswith(b"<"):
            found = frab.read_xml(data.lstrip(b" \t\r\n"), zone)
        elif head.startswith((b"{", b"[")):
            tree = frab.json_tree(data)
            found = pretalx.read_page(tree, zone) if pretalx.is_page(tree) else frab.read_tree(tree, zone)
        elif b"BEGIN:V" in data[:8192].replace(b"\0", b"").upper():
            from planner.events.schedule import ical

            found = ical.read_ical(data, zone)
        elif data.startswith((b"\x1f\x8b", b"PK\x03\x04")):
            raise frab.NotASchedule("it is compressed, and has to be unpacked first")
        else:
            raise frab.NotASchedule("it is neither XML, JSON nor a calendar")
    except frab.NotASchedule as error:
        raise NoSchedule(name, str(error)) from error
    if not found.sessions and not found.failed:
        raise NoSchedule(name, "there are no sessions in it")
    return found


def looks_like_schedule(path: Path) -> bool:
    """Whether a file is a schedule or calendar, by its first bytes or a calendar's suffix."""
    try:
        with path.open("rb") as file:
            head = file.read(8192)
    except OSError:
        return False
    if path.suffix.lower() in (".ics", ".ical", ".icalendar"):
        return True
    upper = head.replace(b"\0", b"").upper()
    if b'"RESULTS"' in upper and b'"SPEAKERS"' in upper and b'"TITLE"' in upper:
        return True  # a page of talks
    return b"<SCHEDULE" in upper or (b'"SCHEDULE"' in upper and b"{" in upper) or b"BEGIN:VCALENDAR" in upper
