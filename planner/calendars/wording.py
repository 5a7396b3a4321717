"""What a calendar entry says: its description, as plain text that reads well in any calendar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

# Control characters have no place in a TEXT value (RFC 5545 section 3.3.11); neither do halves of surrogate pairs,
# which no encoding can write. A line break stays.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Person:
    """How to reach someone, as a calendar entry shows it."""

    name: str
    title: str = ""
    organisation: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A person to meet, and what is prepared for it."""

    person: Person
    talking_points: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Text without characters that iCalendar forbids; line breaks as single newlines, tabs as spaces."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def line(text: str) -> str:
    """Plain text on one line."""
    return " ".join(plain(text).split())


def mailto(address: str, subject: str = "") -> str:
    """A mailto link (RFC 6068); "" for what can't be an address."""
    address = plain(address).strip()
    if "@" not in address or any(c.isspace() for c in address):
        return ""
    link = "mailto:" + quote(address, safe="@+.-_")
    return f"{link}?subject={quote(line(subject), safe='')}" if subject.strip() else link


def tel(number: str) -> str:
    """A tel link (RFC 3966) without visual separators; "" where there are no digits."""
    kept = re.sub(r"[^\d+#*]", "", re.split(r"(?i)\s*(?:ext|x|;)", number, maxsplit=1)[0])
    kept = kept[:1] + kept[1:].replace("+", "")
    return f"tel:{kept}" if re.search(r"\d", kept) else ""


def followup_title(title: str, names: Sequence[str]) -> str:
    """A follow-up's title with whom it is for, unless one of them is named in it: "Thank-you note · Ingrid Vale"."""
    said = set(re.findall(r"\w+", title.casefold()))
    if not names or any(part in said for name in names for part in re.findall(r"\w\w+", name.casefold())):
        return title
    whom = " and ".join(names) if len(names) < 3 else f"{names[0]} and {len(names) - 1} more"
    return f"{title} · {whom}"


def followup_text(
    *, why: str, subject: str, message: str, meetings: Sequence[Meeting], link: str, event_title: str = ""
) -> str:
    """The description of a follow-up: why, the message, what to talk about, how to reach people, and the way back."""
    about = [line(why)] if why.strip() else []
    if event_title:
        about.append(f"Event: {line(event_title)}")
    words = [f"Subject: {line(subject)}"] if subject.strip() else []
    if message.strip():
        words.append(plain(message).strip())
    points = _listed("To talk about", _unique(point for m in meetings for point in m.talking_points))
    questions = _listed("To ask", _unique(question for m in meetings for question in m.questions))
    people = [_reach(meeting.person, subject) for meeting in meetings]
    return _paragraphs(["\n".join(about), "\n\n".join(words), points, questions, *people, link])


def event_text(*, aim: str, meetings: Sequence[Meeting], notes: str, own_link: str, link: str) -> str:
    """The description of an event or a session: its aim, whom to meet with what is prepared, and the way back."""
    people = []
    for meeting in meetings:
        parts = [_reach(meeting.person, "")]
        parts += [part for part in (_bullets(meeting.talking_points), _bullets(meeting.questions)) if part]
        people.append("\n".join(parts))
    return _paragraphs([plain(aim).strip(), plain(notes).strip(), *people, line(own_link), link])


def _reach(person: Person, subject: str) -> str:
    who = line(", ".join(part for part in (person.title, person.organisation) if part.strip()))
    first = f"{line(person.name)} · {who}" if who else line(person.name)
    links = [mailto(person.email, subject), tel(person.phone)]
    return "\n".join([first, *(link for link in links if link)])


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(line(text) for text in texts if text.strip()))


def _listed(heading: str, texts: Sequence[str]) -> str:
    return f"{heading}\n{_bullets(texts)}" if texts else ""


def _bullets(texts: Sequence[str]) -> str:
    return "\n".join(f"- {line(text)}" for text in texts if text.strip())


def _paragraphs(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part)
