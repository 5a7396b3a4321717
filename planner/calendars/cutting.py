"""Cutting a calendar file into its components by lines alone (RFC 5545 section 3.1), before anything is parsed.

So a broken component costs no other. What a component holds inside, such as an event's alarms, is left out; a zone
keeps its parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planner.calendars import quoted_printable
from planner.contacts.encodings import byte_order_mark, decode, guess, utf16_without_mark

#: Lines that nobody here reads, and that may be as large as the files people attach.
_UNREAD = re.compile(
    r"(?:ATTACH|X-(?!ALT-DESC|WR-)[A-Z0-9-]+|IMAGE|STRUCTURED-DATA|STYLED-DESCRIPTION)[;:]", re.IGNORECASE
)
_MARK = re.compile(r"^(BEGIN|END)\s*:\s*([A-Za-z0-9-]+)\s*$", re.IGNORECASE)
_STRAY = re.compile(r"(?:UID|DTSTART|DTEND|SUMMARY|RRULE|ORGANIZER|ATTENDEE)[;:]", re.IGNORECASE)
#: What begins anew wherever it stands; other components may be parts of these.
_KINDS = ("VEVENT", "VTODO", "VJOURNAL", "VTIMEZONE")
_ABOUT = ("METHOD", "NAME", "X-WR-CALNAME", "X-WR-TIMEZONE")
#: A value longer than this many characters is cut off, and it is said so.
LONGEST_VALUE = 100_000
#: Such lines are left out where they are longer than this.
_LONG_UNREAD = 1_000


class NotACalendar(ValueError):
    """The file holds no calendar at all; the text says what is wrong in a short clause."""


@dataclass
class Cut:
    """One component, cut out of the file. `method` is that of its calendar; `cut_off` names what was too long."""

    position: int
    name: str
    method: str = ""
    lines: list[str] = field(default_factory=list)
    complete: bool = False
    cut_off: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The component as iCalendar."""
        return "\r\n".join(self.lines) + "\r\n"


@dataclass
class Pieces:
    """A file in pieces: its components, its first calendar's own properties, whether every BEGIN found its END."""

    cuts: list[Cut] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    whole: bool = True


def text_of(data: bytes) -> str:
    """The text of a file in whatever encoding, unfolded, with line feeds alone."""
    if found := byte_order_mark(data[:4]):
        data = decode(data[found[1] :], found[0]).encode()
    elif (wide := utf16_without_mark(data)) and "BEGIN:" in (text := decode(data, wide)).upper():
        data = text.encode()
    # Unfolded as bytes: some programs fold inside a character (RFC 5545 section 3.1 speaks of octets).
    data = data.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\0", b"")
    data = quoted_printable.plain(re.sub(rb"\n[ \t]", b"", data))
    try:
        return data.decode()
    except UnicodeDecodeError:
        return decode(data, guess(data))


def cut(text: str) -> Pieces:
    """The components of a file. Raises NotACalendar where there is not so much as a beginning of one."""
    found = Pieces()
    current: Cut | None = None
    inner: list[str] = []  # components inside the current one
    method = ""
    calendars = ended = position = 0
    for line in text.split("\n"):
        mark = _MARK.match(line)
        word, name = (mark[1].upper(), mark[2].upper()) if mark else ("", "")
        if name == "VCALENDAR" or line[:15].upper() == "BEGIN:VCALENDAR":
            calendars += word != "END"
            ended += word == "END"
            current, inner, method = None, [], ""
        elif word == "BEGIN" and (name in _KINDS or (current is None and calendars)):
            # An event inside an event is one that follows a broken one.
            position += name != "VTIMEZONE"
            current, inner = Cut(position, name, method, [f"BEGIN:{name}"]), []
            found.cuts.append(current)
        elif current is None and _STRAY.match(line):
            # What follows has lost its first line, and must not go in silence.
            position += 1
            current, inner = Cut(position, "", method, [line]), []
            found.cuts.append(current)
        elif current is None:
            method = _about(found, line, method)
        elif word == "END" and name not in inner and current.name in (name, ""):
            current.lines.append(f"END:{name}")
            current.complete = True
            current, inner = None, []
        else:
            _inside(current, inner, word, name, line)
    if not calendars and not found.cuts:
        raise NotACalendar("it holds no calendar" if text.strip() else "it is empty")
    found.whole = ended >= calendars
    return found


def _about(found: Pieces, line: str, method: str) -> str:
    """A property of the calendar itself; returns its method."""
    key, _, value = line.partition(":")
    name = key.partition(";")[0].strip().upper()
    if name in _ABOUT:
        said = re.sub(r"\\([,;\\])", r"\1", value.strip())
        found.about.setdefault(name, said)
        if name == "METHOD":
            return said.upper()
    return method


def _inside(current: Cut, inner: list[str], word: str, name: str, line: str) -> None:
    if word == "BEGIN":
        inner.append(name)
    if line.strip() and (not inner or current.name == "VTIMEZONE"):
        if len(line) > _LONG_UNREAD and _UNREAD.match(line):
            pass
        elif len(line) > LONGEST_VALUE:
            current.cut_off.append(re.split("[;:]", line[:60], maxsplit=1)[0].upper())
            # Not in the middle of an escape, which would make the whole value unreadable.
            current.lines.append(line[:LONGEST_VALUE].rstrip("\\"))
        else:
            current.lines.append(line)
    if word == "END" and inner and name == inner[-1]:
        inner.pop()
